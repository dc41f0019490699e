//! A copy of the record in another folder, such as a USB stick, kept by a thread of its own.
//!
//! Nobody waits for it. It copies acknowledged entries only, one at a time and each synced, so
//! that a copy can be torn in no other way than a journal can. Nothing stays open in between:
//! a stick can be taken out at any time.
//!
//! **Invariant:** a copy that is not the beginning of the journal is never written over.
//! **Invariant:** nothing is written into a folder without the marker.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use crate::files::{self, Doing, FileError};

use super::Head;
use super::record::{self, Tail};
use super::storage::{BYTES_LIMIT, Disk, Storage as _};
use super::writer::Wake;

/// How long it waits before it looks again whether the folder is there.
const AGAIN: Duration = Duration::from_secs(2);

/// How the copy in the mirror folder stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mirror {
    /// No mirror folder is set.
    Off,
    /// Entries are being copied, or the folder is being looked at.
    Copying,
    /// It holds the record up to this entry.
    UpTo(u64),
    /// The folder does not answer, or slowly: entries have waited for a while to be copied.
    Waiting,
    /// Its path is not whole, so what it leads to would depend on where the program was started.
    Relative,
    /// The folder is not there.
    Missing,
    /// A file or a device stands in its place.
    NotAFolder,
    /// It is where incidents themselves are kept, or lies in one: no second copy.
    SamePlace,
    /// The folder lacks the marker: perhaps nothing is mounted there.
    Unmarked,
    /// The copy is not the beginning of the journal; it is left as it is.
    Diverged,
    /// A file stands where the copy's folder belongs.
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// It could not be copied; it is tried again.
    Failed {
        /// Which file or folder.
        path: PathBuf,
        /// What the system's error is called in the language files.
        reason: &'static str,
        /// The system's words.
        says: String,
    },
}

impl Mirror {
    /// Gives the identifier used in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Copying => "copying",
            Self::UpTo(_) => "up-to",
            Self::Waiting => "waiting",
            Self::Relative => "relative",
            Self::Missing => "missing",
            Self::NotAFolder => "not-a-folder",
            Self::SamePlace => "same-place",
            Self::Unmarked => "unmarked",
            Self::Diverged => "diverged",
            Self::InTheWay { .. } => "in-the-way",
            Self::Failed { .. } => "failed",
        }
    }

    /// Gives the key of the sentence in the language files; a problem has a hint, this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Off => "mirror-off",
            Self::Copying => "mirror-copying",
            Self::UpTo(_) => "mirror-up-to",
            Self::Waiting => "mirror-waiting",
            Self::Relative => "mirror-relative",
            Self::Missing => "mirror-missing",
            Self::NotAFolder => "mirror-not-a-folder",
            Self::SamePlace => "mirror-same-place",
            Self::Unmarked => "mirror-unmarked",
            Self::Diverged => "mirror-diverged",
            Self::InTheWay { .. } => "mirror-in-the-way",
            Self::Failed { .. } => "mirror-failed",
        }
    }

    /// Gives the arguments of the sentence and its hint.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UpTo(count) => vec![("count", count.to_string())],
            Self::InTheWay { path } => vec![("path", path.display().to_string())],
            Self::Failed { path, reason, says } => vec![
                ("path", path.display().to_string()),
                ("reason", (*reason).to_owned()),
                ("says", says.clone()),
            ],
            _ => Vec::new(),
        }
    }

    /// Tells whether a person must do something about it.
    pub fn is_problem(&self) -> bool {
        !matches!(self, Self::Off | Self::Copying | Self::UpTo(_))
    }

    fn failed(error: &FileError) -> Self {
        Self::Failed {
            path: error.path.clone(),
            reason: files::reason(&error.source),
            says: error.source.to_string(),
        }
    }
}

/// Tells whether a folder is or lies in one of these, or in an incident's folder: a copy there
/// would be lost together with what it is a copy of.
fn is_same_place(folder: &Path, kept_in: &[&Path]) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let holds = |place: &&Path| {
        let place = fs::canonicalize(place);
        place.is_ok_and(|place| folder.starts_with(place))
    };
    let is_incident = |place: &Path| place.join(files::JOURNAL).is_file();
    kept_in.iter().any(holds) || folder.ancestors().any(is_incident)
}

/// Why a folder was not made a mirror folder.
#[derive(Debug, thiserror::Error)]
pub enum NotMarked {
    /// It would be [`Mirror::SamePlace`] or [`Mirror::Relative`].
    #[error("no place for a second copy: {}", .0.id())]
    Unfit(Mirror),
    /// The marker could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Makes a folder a mirror folder: puts the marker in it. The folder must be there, and outside
/// of those that records are kept in.
pub fn mark(folder: &Path, kept_in: &[&Path], says: &str) -> Result<(), NotMarked> {
    if !folder.is_absolute() {
        return Err(NotMarked::Unfit(Mirror::Relative));
    }
    if is_same_place(folder, kept_in) {
        return Err(NotMarked::Unfit(Mirror::SamePlace));
    }
    Ok(files::write_whole(
        &folder.join(files::MIRROR),
        says.as_bytes(),
    )?)
}

/// The thread that copies, or only looks.
///
/// Dropping it ends the thread after what it is doing, which is not waited for.
pub struct Mirroring {
    orders: SyncSender<()>,
    shared: Arc<Shared>,
}

impl fmt::Debug for Mirroring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mirroring")
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

/// What the thread and its owner both see; never locked while a disk is asked.
struct Shared {
    now: Mutex<Now>,
    changed: Condvar,
    /// Is called whenever the state is another.
    wake: Mutex<Option<Wake>>,
}

struct Now {
    head: Head,
    state: Mirror,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, state: Mirror) {
        let mut now = self.lock();
        let is_another = now.state != state;
        now.state = state;
        drop(now);
        self.changed.notify_all();
        let wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner);
        if is_another && let Some(wake) = &*wake {
            wake();
        }
    }
}

impl Mirroring {
    /// Starts copying an incident's folder into one of the same name below the mirror folder.
    pub fn copy(folder: &Path, root: &Path, head: &Head) -> Self {
        Self::start(Copier::new(folder, root, true), head)
    }

    /// Starts looking at the copy without writing anything.
    pub fn watch(folder: &Path, root: &Path, head: &Head) -> Self {
        Self::start(Copier::new(folder, root, false), head)
    }

    fn start(copier: Copier, head: &Head) -> Self {
        let (orders, todo) = sync_channel(1);
        let shared = Arc::new(Shared {
            now: Mutex::new(Now {
                head: head.clone(),
                state: Mirror::Copying,
            }),
            changed: Condvar::new(),
            wake: Mutex::new(None),
        });
        let seen = Arc::clone(&shared);
        let root = copier.root.clone();
        let thread = Builder::new()
            .name("mirror".to_owned())
            .spawn(move || work(copier, &todo, &seen));
        if let Err(error) = thread {
            let error = FileError::at(Doing::Create, &root)(error);
            shared.publish(Mirror::failed(&error));
        }
        Self { orders, shared }
    }

    /// Says that the record is acknowledged up to this head; never waits.
    pub fn reached(&self, head: &Head) {
        self.shared.lock().head.clone_from(head);
        // Where an order waits already, it will find this head.
        self.orders.try_send(()).ok();
    }

    /// Calls this on the thread whenever the copy stands otherwise.
    pub fn on_change(&self, wake: Wake) {
        let wakes = self.shared.wake.lock();
        *wakes.unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    /// Gives how the copy stands.
    pub fn state(&self) -> Mirror {
        self.shared.lock().state.clone()
    }

    /// Waits until the copy holds everything or has a problem, but no longer than this.
    pub fn wait(&self, limit: Duration) -> Mirror {
        let is_open = |now: &mut Now| match now.state {
            Mirror::Copying => true,
            Mirror::UpTo(count) => count < now.head.count,
            _ => false,
        };
        let waited = self
            .shared
            .changed
            .wait_timeout_while(self.shared.lock(), limit, is_open);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        now.state.clone()
    }
}

/// The thread: brings the copy up to date, and looks again when told or after a while.
fn work(mut copier: Copier, todo: &Receiver<()>, shared: &Shared) {
    loop {
        let head = {
            let mut now = shared.lock();
            if matches!(now.state, Mirror::UpTo(count) if count < now.head.count) {
                now.state = Mirror::Copying;
            }
            now.head.clone()
        };
        let state = copier.bring_up_to(&head);
        let is_settled = !copier.writes || state == Mirror::Diverged;
        shared.publish(state);
        // What takes a person's hand, or reads both files whole, is not done over and over.
        let ended = if is_settled {
            todo.recv().is_err()
        } else {
            todo.recv_timeout(AGAIN) == Err(RecvTimeoutError::Disconnected)
        };
        if ended {
            return;
        }
    }
}

/// From where to where, and how much of it is done.
struct Copier {
    from: PathBuf,
    root: PathBuf,
    writes: bool,
    /// How many records and bytes the copy is known to hold.
    copied: Option<(u64, u64)>,
}

impl Copier {
    fn new(folder: &Path, root: &Path, writes: bool) -> Self {
        Self {
            from: folder.to_owned(),
            root: root.to_owned(),
            writes,
            copied: None,
        }
    }

    fn bring_up_to(&mut self, head: &Head) -> Mirror {
        let done = self.try_to(head);
        if !matches!(done, Ok(Mirror::UpTo(_))) {
            self.copied = None;
        }
        match done {
            Ok(state) => state,
            // It was taken away while it was written.
            Err(_) if !self.root.is_dir() => Mirror::Missing,
            Err(_) if !self.is_marked() => Mirror::Unmarked,
            Err(error) => Mirror::failed(&error),
        }
    }

    fn is_marked(&self) -> bool {
        self.root.join(files::MIRROR).is_file()
    }

    fn try_to(&mut self, head: &Head) -> Result<Mirror, FileError> {
        if !self.root.is_absolute() {
            return Ok(Mirror::Relative);
        }
        if !self.root.is_dir() {
            let is_there = self.root.exists();
            return Ok(if is_there {
                Mirror::NotAFolder
            } else {
                Mirror::Missing
            });
        }
        let from = fs::canonicalize(&self.from).map_err(FileError::at(Doing::Read, &self.from))?;
        let into = self.root.join(from.file_name().unwrap_or_default());
        if is_same_place(&self.root, &[]) || same_file::is_same_file(&from, &into).unwrap_or(false)
        {
            return Ok(Mirror::SamePlace);
        }
        if !self.is_marked() {
            return Ok(Mirror::Unmarked);
        }
        if into.exists() && !into.is_dir() {
            return Ok(Mirror::InTheWay { path: into });
        }
        if !self.writes {
            return look(&from, &into);
        }
        match self.copied.filter(|copied| is_as_left(&into, *copied)) {
            Some(copied) => self.add(&from, &into, copied, head),
            None => self.attach(&from, &into, head),
        }
    }

    /// Adds the records that the copy lacks.
    fn add(
        &mut self,
        from: &Path,
        into: &Path,
        (count, at): (u64, u64),
        head: &Head,
    ) -> Result<Mirror, FileError> {
        if count == head.count {
            return Ok(Mirror::UpTo(count));
        }
        let source = from.join(files::JOURNAL);
        let more = files::read_from(&source, at, BYTES_LIMIT)?;
        let more = acknowledged(&source, &more, head.count.saturating_sub(count), head)?;
        self.append(into, more, at, head)
    }

    fn append(
        &mut self,
        into: &Path,
        more: &[u8],
        at: u64,
        head: &Head,
    ) -> Result<Mirror, FileError> {
        let mut at = at;
        let mut copy = Disk::open(&into.join(files::JOURNAL))?;
        for line in more.split_inclusive(|byte| *byte == b'\n') {
            copy.append(at, line)?;
            copy.sync()?;
            at += line.len() as u64;
        }
        if !copy.is_in_place()? {
            let gone = io::Error::from(io::ErrorKind::NotFound);
            return Err(FileError::at(Doing::Write, into)(gone));
        }
        self.copied = Some((head.count, at));
        Ok(Mirror::UpTo(head.count))
    }

    /// Finds how much the copy holds, begins it where there is none, and goes on from there.
    fn attach(&mut self, from: &Path, into: &Path, head: &Head) -> Result<Mirror, FileError> {
        let source = from.join(files::JOURNAL);
        let bytes = files::read(&source, BYTES_LIMIT)?;
        let ours = acknowledged(&source, &bytes, head.count, head)?;
        self.make_folder(into)?;
        let flow = from.join(files::FLOW);
        let flow = files::read(&flow, BYTES_LIMIT)?;
        match read_copy(&into.join(files::FLOW))? {
            None => files::write_whole(&into.join(files::FLOW), &flow)?,
            Some(there) if there != flow => return Ok(Mirror::Diverged),
            Some(_) => {}
        }
        let path = into.join(files::JOURNAL);
        let Some(copy) = read_copy(&path)? else {
            files::write_whole(&path, ours)?;
            self.copied = Some((head.count, ours.len() as u64));
            return Ok(Mirror::UpTo(head.count));
        };
        let Some(good) = common(ours, &copy) else {
            return Ok(Mirror::Diverged);
        };
        if let Some(torn) = copy.get(good..).filter(|torn| !torn.is_empty()) {
            let mut copy = Disk::open(&path)?;
            copy.set_aside(good as u64, torn)?;
            copy.cut(good as u64)?;
            copy.sync()?;
        }
        let more = ours.get(good..).unwrap_or_default();
        self.append(into, more, good as u64, head)
    }

    /// Makes the incident's folder, and none above it: where a stick was, nothing is made.
    fn make_folder(&self, into: &Path) -> Result<(), FileError> {
        match fs::create_dir(into) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
            made => made.map_err(FileError::at(Doing::Create, into))?,
        }
        if !self.is_marked() {
            // Taken out between the look and the making; this is the empty mount point.
            fs::remove_dir(into).map_err(FileError::at(Doing::Remove, into))?;
            let gone = io::Error::from(io::ErrorKind::NotFound);
            return Err(FileError::at(Doing::Create, into)(gone));
        }
        files::sync_folder(&self.root)
    }
}

/// Says how the copy stands beside the journal, which may be growing; changes nothing.
fn look(from: &Path, into: &Path) -> Result<Mirror, FileError> {
    // The copy first: the journal is never behind it.
    let copy = read_copy(&into.join(files::JOURNAL))?.unwrap_or_default();
    let there = read_copy(&into.join(files::FLOW))?;
    let ours = files::read(&from.join(files::JOURNAL), BYTES_LIMIT)?;
    let flow = files::read(&from.join(files::FLOW), BYTES_LIMIT)?;
    if there.is_some_and(|there| there != flow) {
        return Ok(Mirror::Diverged);
    }
    Ok(match common(&ours, &copy) {
        Some(good) => Mirror::UpTo(newlines(ours.get(..good).unwrap_or_default())),
        None => Mirror::Diverged,
    })
}

/// Gives how many bytes of the copy are the journal's; none where the copy went its own way.
///
/// A torn end of the copy is not counted: the stick was taken out while it was written.
fn common(ours: &[u8], copy: &[u8]) -> Option<usize> {
    if ours.starts_with(copy) {
        return Some(copy.len());
    }
    let read = record::read(copy).ok()?;
    let good = usize::try_from(read.good_bytes).ok()?;
    let is_torn = matches!(read.tail, Tail::Torn { .. }) && ours.starts_with(copy.get(..good)?);
    // One that is only longer holds what the journal has lost.
    (is_torn && good < ours.len()).then_some(good)
}

/// Tells whether the copy has the length at which it was left.
fn is_as_left(into: &Path, (_, length): (u64, u64)) -> bool {
    fs::metadata(into.join(files::JOURNAL)).is_ok_and(|there| there.len() == length)
}

/// Gives the first records of some bytes, which must end in this head.
fn acknowledged<'a>(
    source: &Path,
    bytes: &'a [u8],
    count: u64,
    head: &Head,
) -> Result<&'a [u8], FileError> {
    let mut last: &[u8] = &[];
    let mut length = 0;
    for line in bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(usize::try_from(count).unwrap_or(usize::MAX))
    {
        last = line;
        length += line.len();
    }
    bytes
        .get(..length)
        .filter(|_| last.ends_with(b"\n") && last.starts_with(head.hash.as_bytes()))
        .ok_or_else(|| {
            let other = io::Error::other("the journal is not as it was written");
            FileError::at(Doing::Read, source)(other)
        })
}

fn newlines(bytes: &[u8]) -> u64 {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| line.ends_with(b"\n")).count() as u64
}

fn read_copy(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match files::read(path, BYTES_LIMIT) {
        Err(error) if error.is_missing() => Ok(None),
        read => read.map(Some),
    }
}
