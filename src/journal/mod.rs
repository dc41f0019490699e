//! The journal: entries on the disk, one line each, chained, never changed.
//!
//! [`Journal::create`] and [`Journal::open`] are the only ways to write one, and both hold
//! the lock; [`read`] and [`verify`] change nothing. What a crash can leave and what opening
//! does then is in `docs/journal-format.md`. Nothing here knows what an entry means.
//!
//! ```text
//! append:  entry → line → write → sync → head        (only now is it saved)
//!                           └──────┴─ failed → nothing more is written until `recover`
//! ```
//!
//! **Invariant:** acknowledged bytes are never changed, and only one program writes.

pub mod draft;
mod error;
mod lock;
mod mirror;
mod outcome;
mod record;
mod storage;
mod writer;

use std::path::Path;
use std::time::Duration;

use crate::files::{self, Doing, FileError, Unfit};
use crate::incident::{Entry, Event};

pub use error::JournalError;
pub use lock::Holder;
pub use mirror::{Mirror, Mirroring, NotMarked, mark as mark_mirror};
pub use outcome::{ReadOnly, Recovery, Verification};
pub use record::{Damage, FORMAT, Fault, Head, NotAHead};
#[doc(hidden)]
pub use storage::{Disk, Failing, Memory, Storage};
pub use writer::{Wake, Writer};

use lock::{Lock, Taken};
use record::{Foreign, Line, Read, Tail};
use storage::BYTES_LIMIT;

/// The longest flow text that is read; no sound flow is longer.
const FLOW_BYTES_LIMIT: u64 = 4 * 1024 * 1024;

/// How much is read to tell whether a journal is ours; a longer first record is read whole.
const BEGINNING_BYTES: u64 = 64 * 1024;

/// How many milliseconds a reader waits each time before it looks again at a torn end.
const WAITS: [u64; 7] = [1, 2, 4, 8, 16, 32, 64];

/// A journal that may be written.
#[derive(Debug)]
pub struct Journal {
    storage: Box<dyn Storage>,
    head: Head,
    /// How many bytes are acknowledged.
    length: u64,
    /// The line that could not be written; while it is here nothing else is.
    failed: Option<Vec<u8>>,
    /// Last, so that the file is closed before the lock is given back.
    lock: Option<Lock>,
}

/// What opening found.
#[derive(Debug)]
pub struct Opened {
    /// The journal; none when it may only be read.
    pub journal: Option<Journal>,
    /// The entries that are right, in order; none only when record 1 is damaged.
    pub entries: Vec<Entry>,
    /// Their head.
    pub head: Head,
    /// What had to be put in order, which a person must be told.
    pub recovery: Recovery,
    /// Why it may only be read.
    pub read_only: Option<ReadOnly>,
    /// The flow's text as it stands beside; none when it is missing or cannot be read.
    pub flow_text: Option<String>,
}

impl Journal {
    /// Makes a new incident's folder with its flow and its first entry.
    pub fn create(folder: &Path, flow_text: &str, first: &Entry) -> Result<Self, JournalError> {
        check_first(first, Some(&record::sha256(flow_text.as_bytes())))?;
        let line = record::write("", first)?;
        if !is_free(folder)? {
            return Err(JournalError::Exists {
                path: folder.to_owned(),
            });
        }
        let is_new = !folder.is_dir();
        let made = files::create_folder(folder)
            .map_err(JournalError::from)
            .and_then(|()| Self::create_locked(folder, flow_text, line));
        if made.is_err() && is_new {
            // Only when nothing is in it; the first error is the one to tell.
            std::fs::remove_dir(folder).ok();
        }
        made
    }

    /// Takes the lock of an empty folder and lays the incident out in it.
    fn create_locked(folder: &Path, flow_text: &str, line: Line) -> Result<Self, JournalError> {
        let exists = || JournalError::Exists {
            path: folder.to_owned(),
        };
        let lock = match lock::take(folder) {
            Taken::Ours(lock) => lock,
            Taken::Held(_) => return Err(exists()),
            Taken::Refused(error) => {
                // Nobody holds it; on a full disk it may be left behind, empty.
                files::remove(&folder.join(files::LOCK)).ok();
                return Err(error.into());
            }
        };
        // Another program may have been faster between the look and the lock.
        if folder.join(files::JOURNAL).exists() {
            return Err(exists());
        }
        match lay_out(folder, flow_text, &line.bytes) {
            Ok(storage) => Ok(Self {
                storage,
                length: line.bytes.len() as u64,
                head: Head {
                    count: 1,
                    hash: line.hash,
                },
                failed: None,
                lock: Some(lock),
            }),
            Err(error) => {
                take_back(folder, lock);
                Err(error.into())
            }
        }
    }

    /// Opens an incident's folder, to write if that can be.
    pub fn open(folder: &Path) -> Result<Opened, JournalError> {
        // Looked at first, so that no lock file is left in somebody else's folder. The whole is
        // read only where the beginning does not tell.
        let beginning = files::read_from(&folder.join(files::JOURNAL), 0, BEGINNING_BYTES);
        if !beginning.is_ok_and(|bytes| record::begins(&bytes)) {
            look(folder)?;
        }
        let found = match lock::take(folder) {
            Taken::Ours(lock) => Disk::open(&folder.join(files::JOURNAL))
                .map(|disk| (disk, lock))
                .map_err(|error| ReadOnly::refused(&error)),
            Taken::Held(holder) => Err(ReadOnly::HeldBy(holder)),
            Taken::Refused(error) => Err(ReadOnly::refused(&error)),
        };
        match found {
            Ok((disk, lock)) => {
                // Read again: another writer may have finished between the look and the lock.
                let (found, flow_text) = look(folder)?;
                let mut opened = settle(found, Box::new(disk), Some(lock));
                opened.flow_text = flow_text;
                Ok(opened)
            }
            Err(reason) => read_because(folder, reason),
        }
    }

    /// Makes a journal on a storage, without folder and lock; for tests.
    #[doc(hidden)]
    pub fn create_on(mut storage: Box<dyn Storage>, first: &Entry) -> Result<Self, JournalError> {
        check_first(first, None)?;
        let line = record::write("", first)?;
        storage.append(0, &line.bytes)?;
        storage.sync()?;
        Ok(Self {
            storage,
            head: Head {
                count: 1,
                hash: line.hash,
            },
            length: line.bytes.len() as u64,
            failed: None,
            lock: None,
        })
    }

    /// Opens a journal on a storage, without folder and lock; for tests.
    #[doc(hidden)]
    pub fn open_on(mut storage: Box<dyn Storage>) -> Result<Opened, JournalError> {
        let bytes = storage.read()?;
        let found = Found::new(storage.path(), bytes)?;
        Ok(settle(found, storage, None))
    }

    /// Writes an entry and syncs it; when this returns a head, it is saved.
    ///
    /// After a failure nothing more is written until [`Self::recover`].
    pub fn append(&mut self, entry: &Entry) -> Result<Head, JournalError> {
        if self.failed.is_some() {
            return Err(JournalError::AlreadyFailed {
                path: self.path().to_owned(),
            });
        }
        if matches!(entry.event, Event::IncidentOpened { .. }) {
            return Err(JournalError::NotAFirstEntry);
        }
        if entry.number.0 != self.head.count + 1 {
            return Err(JournalError::OutOfOrder {
                expected: self.head.count + 1,
                found: entry.number.0,
            });
        }
        let line = record::write(&self.head.hash, entry)?;
        if let Err(error) = self.put(&line.bytes) {
            self.failed = Some(line.bytes);
            return Err(error);
        }
        self.length += line.bytes.len() as u64;
        self.head = Head {
            count: self.head.count + 1,
            hash: line.hash,
        };
        Ok(self.head.clone())
    }

    /// Closes, opens again, and cuts to what is acknowledged; then it may be written again.
    ///
    /// Nothing happens unless a write failed. It gives what was set aside, if anything was.
    pub fn recover(&mut self) -> Result<Recovery, JournalError> {
        let Some(pending) = &self.failed else {
            return Ok(Recovery::None);
        };
        let path = self.storage.path().to_owned();
        let replaced = || JournalError::Replaced { path: path.clone() };
        // Where the lock's file was replaced as well, another program may be writing.
        if let Some(lock) = &self.lock
            && !lock.is_in_place()?
        {
            return Err(replaced());
        }
        match self.storage.reopen() {
            Err(error) if error.is_missing() => return Err(replaced()),
            opened => opened?,
        }
        let bytes = self.storage.read()?;
        let changed = || JournalError::ChangedOutside { path: path.clone() };
        let (ours, behind) = usize::try_from(self.length)
            .ok()
            .and_then(|length| bytes.split_at_checked(length))
            .ok_or_else(changed)?;
        let is_ours = record::read(ours).is_ok_and(|read| {
            read.damage.is_none() && read.tail == Tail::Clean && read.head() == self.head
        });
        if !is_ours {
            return Err(changed());
        }
        let mut recovery = Recovery::None;
        if !pending.starts_with(behind) {
            // Not from our write. Records of another program are not ours to cut.
            let is_torn = record::read(&bytes).is_ok_and(
                |read| matches!(read.tail, Tail::Torn { at_byte, .. } if at_byte == self.length),
            );
            if !is_torn {
                return Err(changed());
            }
            recovery = Recovery::TailSetAside {
                bytes: behind.len() as u64,
                kept_in: self.storage.set_aside(self.length, behind)?,
            };
        }
        self.storage.cut(self.length)?;
        self.storage.sync()?;
        in_place(self.storage.as_mut())?;
        self.failed = None;
        Ok(recovery)
    }

    /// Gives the head of all that is saved.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Tells whether a write failed and [`Self::recover`] has not yet succeeded.
    pub fn is_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Gives where the journal is.
    pub fn path(&self) -> &Path {
        self.storage.path()
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        if self.storage.length()? != self.length {
            return Err(JournalError::ChangedOutside {
                path: self.path().to_owned(),
            });
        }
        // What could not be read again must not be written.
        if self.length + bytes.len() as u64 > BYTES_LIMIT {
            let limit = Unfit::TooLarge { limit: BYTES_LIMIT };
            return Err(FileError::at(Doing::Write, self.path())(limit.into()).into());
        }
        let written = self.storage.append(self.length, bytes);
        if let Err(error) = written.and_then(|()| self.storage.sync()) {
            // What is told as not saved must not be read as saved by whoever opens next: after
            // a failed sync the bytes are seen and may never reach the disk. The first error
            // is the one to tell, and recovering cuts again.
            self.storage.cut(self.length).ok();
            return Err(error.into());
        }
        let is_ours = in_place(self.storage.as_mut());
        // Nor must it stand where nobody looks for it any more; what another program has written
        // there since is not ours to cut.
        let written = self.length + bytes.len() as u64;
        if is_ours.is_err() && self.storage.length().is_ok_and(|length| length == written) {
            self.storage.cut(self.length).ok();
            self.storage.sync().ok();
        }
        is_ours
    }
}

/// Checks that the name leads to the file that is written: what is synced elsewhere is not saved.
fn in_place(storage: &mut dyn Storage) -> Result<(), JournalError> {
    if storage.is_in_place()? {
        return Ok(());
    }
    Err(JournalError::Replaced {
        path: storage.path().to_owned(),
    })
}

/// Tells who writes in an incident's folder, if anybody does; changes nothing.
pub fn holder(folder: &Path) -> Option<Holder> {
    lock::held_by(folder)
}

/// Reads an incident's folder likewise, for a reason that is known.
pub fn read_as(folder: &Path, reason: ReadOnly) -> Result<Opened, JournalError> {
    read_because(folder, reason)
}

/// Reads an incident's folder without asking for the lock and without changing anything.
pub fn read(folder: &Path) -> Result<Opened, JournalError> {
    read_because(folder, ReadOnly::Asked)
}

/// Checks an incident's folder, against a noted head if there is one, without changing anything.
pub fn verify(folder: &Path, noted: Option<&Head>) -> Result<Verification, JournalError> {
    let (found, _flow_text) = look_patiently(folder)?;
    let head = found.read.head();
    if let Some(damage) = found.read.damage {
        return Ok(Verification::Damaged { damage, head });
    }
    if let Some(noted) = noted.filter(|noted| !found.read.fits(noted)) {
        return Ok(Verification::OtherHead {
            noted: noted.clone(),
            head,
        });
    }
    let torn = match found.read.tail {
        Tail::Torn { bytes, .. } => Some(bytes),
        Tail::Clean | Tail::NoNewline | Tail::Damaged => None,
    };
    Ok(Verification::Intact {
        head,
        torn,
        head_checked: noted.is_some(),
    })
}

/// The bytes of a journal and what they hold.
struct Found {
    bytes: Vec<u8>,
    read: Read,
}

impl Found {
    fn new(path: &Path, bytes: Vec<u8>) -> Result<Self, JournalError> {
        match record::read(&bytes) {
            Ok(read) => Ok(Self { bytes, read }),
            Err(Foreign::NotAJournal) => Err(JournalError::BeginsOtherwise {
                path: path.to_owned(),
            }),
            Err(Foreign::Later { format }) => Err(JournalError::LaterFormat {
                path: path.to_owned(),
                format,
                known: FORMAT,
            }),
        }
    }
}

/// Reads the journal's bytes; a folder without it is none of ours.
fn journal_bytes(folder: &Path) -> Result<Vec<u8>, JournalError> {
    files::read(&folder.join(files::JOURNAL), BYTES_LIMIT).map_err(|error| {
        if error.is_missing() {
            JournalError::NotAJournal {
                path: folder.to_owned(),
            }
        } else {
            error.into()
        }
    })
}

/// Reads an incident's folder while another program may be writing.
///
/// A record that is just being written looks like a torn end, for as long as the writer has to
/// wait in the middle of it; so such an end is believed only when it stays.
fn look_patiently(folder: &Path) -> Result<(Found, Option<String>), JournalError> {
    let mut seen = look(folder)?;
    for wait in WAITS {
        let is_torn = matches!(seen.0.read.tail, Tail::Torn { .. });
        // The newline is written last.
        if !is_torn || seen.0.bytes.ends_with(b"\n") {
            break;
        }
        std::thread::sleep(Duration::from_millis(wait));
        seen = look(folder)?;
    }
    Ok(seen)
}

/// Reads the journal and the flow's text, and holds them against each other.
fn look(folder: &Path) -> Result<(Found, Option<String>), JournalError> {
    let bytes = journal_bytes(folder)?;
    let mut found = Found::new(&folder.join(files::JOURNAL), bytes)?;
    let (flow, what) = match files::read(&folder.join(files::FLOW), FLOW_BYTES_LIMIT) {
        Ok(flow) => (Some(flow), Fault::FlowChanged),
        Err(error) if error.is_missing() => (None, Fault::FlowMissing),
        Err(_unreadable) => (None, Fault::FlowUnreadable),
    };
    let is_used = flow
        .as_deref()
        .is_some_and(|flow| record::sha256(flow) == found.read.flow_sha256);
    if !is_used && found.read.damage.is_none() {
        found.read.damage = Some(Damage { record: 1, what });
    }
    let flow_text = flow.map(|flow| String::from_utf8_lossy(&flow).into_owned());
    Ok((found, flow_text))
}

fn read_because(folder: &Path, reason: ReadOnly) -> Result<Opened, JournalError> {
    let (found, flow_text) = look_patiently(folder)?;
    let mut opened = only_read(found.read, reason);
    opened.flow_text = flow_text;
    Ok(opened)
}

/// Gives what was read without the right to write.
fn only_read(read: Read, reason: ReadOnly) -> Opened {
    let recovery = match read.tail {
        Tail::Torn { bytes, .. } => Recovery::TailLeft { bytes },
        Tail::Clean | Tail::NoNewline | Tail::Damaged => Recovery::None,
    };
    Opened {
        journal: None,
        head: read.head(),
        recovery,
        // Damage is the graver reason, whoever holds the lock.
        read_only: Some(read.damage.map_or(reason, ReadOnly::Damaged)),
        entries: read.entries,
        flow_text: None,
    }
}

/// Puts the end in order and gives the journal to write; read-only where that cannot be.
fn settle(found: Found, mut storage: Box<dyn Storage>, lock: Option<Lock>) -> Opened {
    if let Some(damage) = found.read.damage {
        return only_read(found.read, ReadOnly::Damaged(damage));
    }
    match mend(&found, storage.as_mut()) {
        Ok((recovery, length)) => Opened {
            head: found.read.head(),
            journal: Some(Journal {
                storage,
                head: found.read.head(),
                length,
                failed: None,
                lock,
            }),
            recovery,
            read_only: None,
            entries: found.read.entries,
            flow_text: None,
        },
        Err(error) => only_read(found.read, ReadOnly::refused(&error)),
    }
}

/// Puts the end in order and on the disk; gives the length that is right.
///
/// The last record is written once more in its place, with the same bytes: the program that
/// wrote it may have died before its sync, or the sync may have failed, and then the bytes are
/// seen and no sync alone brings them to the disk. Each record before it was synced before the
/// next was begun.
fn mend(found: &Found, storage: &mut dyn Storage) -> Result<(Recovery, u64), FileError> {
    let recovery = match found.read.tail {
        Tail::Clean | Tail::Damaged => Recovery::None,
        Tail::NoNewline => Recovery::NewlineAdded,
        Tail::Torn { at_byte, bytes } => {
            let torn = usize::try_from(at_byte)
                .ok()
                .and_then(|at| found.bytes.get(at..))
                .unwrap_or_default();
            let kept_in = storage.set_aside(at_byte, torn)?;
            storage.cut(at_byte)?;
            Recovery::TailSetAside { bytes, kept_in }
        }
    };
    let (at, last) = last_line(found);
    storage.append(at, &last)?;
    storage.sync()?;
    Ok((recovery, at + last.len() as u64))
}

/// Gives the last right record with its newline, and where it begins.
fn last_line(found: &Found) -> (u64, Vec<u8>) {
    let good = usize::try_from(found.read.good_bytes)
        .ok()
        .and_then(|good| found.bytes.get(..good))
        .unwrap_or_default();
    let text = good.strip_suffix(b"\n").unwrap_or(good);
    let before = text.iter().rposition(|byte| *byte == b'\n');
    let at = before.map_or(0, |newline| newline + 1);
    let last = text.get(at..).unwrap_or_default();
    (at as u64, [last, b"\n"].concat())
}

/// Checks that an entry may be a journal's first.
fn check_first(first: &Entry, sha256: Option<&str>) -> Result<(), JournalError> {
    let is_first = match &first.event {
        Event::IncidentOpened {
            format,
            flow_sha256,
            ..
        } => {
            *format == FORMAT
                && first.number.0 == 1
                && sha256.is_none_or(|sha256| sha256 == flow_sha256)
        }
        _ => false,
    };
    is_first.then_some(()).ok_or(JournalError::NotAFirstEntry)
}

/// Tells whether a folder is not there yet, or empty.
fn is_free(folder: &Path) -> Result<bool, FileError> {
    match std::fs::read_dir(folder) {
        Ok(mut names) => Ok(names.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(FileError::at(Doing::Read, folder)(error)),
    }
}

/// Writes a new incident's files, the journal last: with it the incident is there.
fn lay_out(folder: &Path, flow_text: &str, line: &[u8]) -> Result<Box<dyn Storage>, FileError> {
    files::write_whole(&folder.join(files::FLOW), flow_text.as_bytes())?;
    files::create_folder(&folder.join(files::ATTACHMENTS))?;
    files::sync_folder(files::folder_of(folder))?;
    let path = folder.join(files::JOURNAL);
    files::write_whole(&path, line)?;
    Ok(Box::new(Disk::open(&path)?))
}

/// Removes what an incident that could not be made has left, so that it can be tried again.
///
/// Only names of ours, in a folder that was empty; the first error is the one to tell.
fn take_back(folder: &Path, lock: Lock) {
    for name in [files::JOURNAL, files::FLOW] {
        files::remove(&folder.join(name)).ok();
    }
    std::fs::remove_dir(folder.join(files::ATTACHMENTS)).ok();
    drop(lock);
    files::remove(&folder.join(files::LOCK)).ok();
}
