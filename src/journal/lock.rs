//! Who may write: one program at a time, by the system's lock on a file of its own.
//!
//! The lock is the truth; the text in `holder` only says who has it, and is believed only
//! while the lock is held. A crash frees the lock, so an old `holder` shuts nobody out.
//!
//! **Invariant:** a [`Lock`] exists only while the system's lock is held.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files::{self, Doing, FileError};

use super::storage::leads_to;

/// The longest text of `holder` that is read.
const HOLDER_BYTES_LIMIT: u64 = 64 * 1024;

/// Stands for what the text does not say.
const NOT_SAID: &str = "?";

/// Who writes a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The user's name on the machine.
    pub user: String,
    /// The machine's name.
    pub host: String,
    /// The number of the process.
    pub process: String,
    /// Since when, with the offset of that machine's clock.
    pub since: String,
}

impl Holder {
    /// Gives this process, from now.
    ///
    /// The only place of the journal that asks the environment and the clock; the answer is
    /// for people's eyes and nothing depends on it.
    #[expect(
        clippy::disallowed_methods,
        reason = "who holds the lock is asked of the system, for people to read"
    )]
    fn this_process() -> Self {
        let named = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| std::env::var(name).ok())
                .filter(|value| !value.is_empty())
        };
        let host = named(&["COMPUTERNAME", "HOSTNAME"])
            .or_else(|| std::fs::read_to_string("/etc/hostname").ok());
        let since = chrono::Local::now();
        Self {
            user: one_line(named(&["USER", "USERNAME", "LOGNAME"]).as_deref()),
            host: one_line(host.as_deref()),
            process: std::process::id().to_string(),
            since: since.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        }
    }

    /// Gives the arguments of the sentence; who and where are `unknown` where that is not said.
    pub(super) fn args(&self) -> Vec<(&'static str, String)> {
        let named = |name: &String| match name.as_str() {
            NOT_SAID => "unknown".to_owned(),
            _ => name.clone(),
        };
        vec![
            ("user", named(&self.user)),
            ("host", named(&self.host)),
            ("process", self.process.clone()),
            ("since", self.since_shown()),
        ]
    }

    /// Gives since when, as people write it.
    fn since_shown(&self) -> String {
        chrono::DateTime::parse_from_rfc3339(&self.since).map_or_else(
            |_other| self.since.clone(),
            |since| since.format("%Y-%m-%d %H:%M").to_string(),
        )
    }

    /// Reads the text of `holder`; what it does not say is `?`.
    fn from_text(text: &str) -> Self {
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            one_line(line.and_then(|line| line.strip_prefix(": ")))
        };
        Self {
            user: field("user"),
            host: field("host"),
            process: field("process"),
            since: field("since"),
        }
    }

    fn text(&self) -> String {
        format!(
            "user: {}\nhost: {}\nprocess: {}\nsince: {}\n",
            self.user, self.host, self.process, self.since
        )
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} @ {} (process {}, since {})",
            self.user, self.host, self.process, self.since
        )
    }
}

/// The right to write; given back when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    folder: PathBuf,
    file: File,
}

impl Lock {
    /// Tells whether the name still leads to the file whose lock is held; another writer would
    /// lock what stands there now.
    pub(super) fn is_in_place(&self) -> Result<bool, FileError> {
        let path = self.folder.join(files::LOCK);
        leads_to(&path, &self.file).map_err(FileError::at(Doing::Read, &path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock is given back, or it could be the next holder's. One that stays
        // behind misleads nobody, because only the lock counts.
        files::remove(&self.folder.join(files::HOLDER)).ok();
        // Closing alone would not do while a process that is just being started has the file too.
        self.file.unlock().ok();
    }
}

/// The answer to asking for the lock.
#[derive(Debug)]
pub(super) enum Taken {
    /// We write.
    Ours(Lock),
    /// Somebody else writes.
    Held(Holder),
    /// It cannot be had here.
    Refused(FileError),
}

/// Asks for the lock of an incident's folder, without waiting.
#[expect(clippy::disallowed_methods, reason = "a lock needs an open file")]
pub(super) fn take(folder: &Path) -> Taken {
    let path = folder.join(files::LOCK);
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let file = match opened {
        Ok(file) => file,
        Err(error) => return Taken::Refused(FileError::at(Doing::Create, &path)(error)),
    };
    match try_lock(&file) {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Taken::Held(holder(folder)),
        Err(TryLockError::Error(error)) => {
            return Taken::Refused(FileError::at(Doing::Create, &path)(error));
        }
    }
    let lock = Lock {
        folder: folder.to_owned(),
        file,
    };
    sweep(folder);
    let text = Holder::this_process().text();
    match files::write_whole(&folder.join(files::HOLDER), text.as_bytes()) {
        Err(error) if is_refusal(&error) => Taken::Refused(error),
        // On a full disk the lock holds all the same; only the name is missing.
        _ => Taken::Ours(lock),
    }
}

/// Tells who holds the lock of an incident's folder, if anybody does; changes nothing.
pub(super) fn held_by(folder: &Path) -> Option<Holder> {
    let file = File::open(folder.join(files::LOCK)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(holder(folder)),
        Err(TryLockError::Error(_)) => None,
        Ok(()) => {
            // At once, so that nobody who wants to write is kept from it.
            file.unlock().ok();
            None
        }
    }
}

/// How often, and after how many milliseconds each, a lock that is held is asked for again: whoever
/// only looks at it holds it for a moment.
const ASKED_AGAIN: [u64; 3] = [2, 8, 20];

fn try_lock(file: &File) -> Result<(), TryLockError> {
    for wait in ASKED_AGAIN {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(wait)),
            done => return done,
        }
    }
    file.try_lock()
}

/// Removes what programs that were killed have left of files that only the holder of the lock
/// writes; drafts are not among them.
fn sweep(folder: &Path) {
    files::sweep(folder, &[files::HOLDER, files::FLOW, files::JOURNAL]);
}

/// Reads who holds the lock.
fn holder(folder: &Path) -> Holder {
    let bytes = files::read(&folder.join(files::HOLDER), HOLDER_BYTES_LIMIT).unwrap_or_default();
    Holder::from_text(&String::from_utf8_lossy(&bytes))
}

fn is_refusal(error: &FileError) -> bool {
    matches!(
        error.source.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// Gives the first line of a text, `?` when there is none.
fn one_line(text: Option<&str>) -> String {
    text.and_then(|text| text.lines().next())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .unwrap_or(NOT_SAID)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_to_ask_is_told_who_holds_it_and_gets_it_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let Taken::Ours(first) = take(folder.path()) else {
            panic!("nobody else is here");
        };
        let Taken::Held(holder) = take(folder.path()) else {
            panic!("it is taken");
        };
        assert_eq!(holder.process, std::process::id().to_string());
        assert_ne!(holder.since, "?");
        drop(first);
        assert!(!folder.path().join(files::HOLDER).exists());
        assert!(matches!(take(folder.path()), Taken::Ours(_)));
    }

    #[test]
    fn a_lock_is_given_back_although_a_child_still_has_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let Taken::Ours(first) = take(folder.path()) else {
            panic!("nobody else is here");
        };
        let inherited = first.file.try_clone().unwrap();
        drop(first);
        assert!(matches!(take(folder.path()), Taken::Ours(_)));
        drop(inherited);
    }

    #[test]
    fn what_killed_programs_have_left_is_removed_by_the_next_who_may_write_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let left = [
            "holder.812-0.new",
            "journal.ron.9-3.new",
            "flow.ron.1-0.new",
        ];
        let others = [
            "holder.new",
            "holder.x-0.new",
            "draft.ron.812-0.new",
            "holder.1-0.new.ron",
        ];
        let write = |name: &&str| files::write_whole(&folder.path().join(name), b"x").unwrap();
        let is_there = |name: &&str| folder.path().join(name).exists();
        others.iter().for_each(write);
        let first = take(folder.path());
        assert!(matches!(first, Taken::Ours(_)));
        // Another one may be about to put it in its place.
        left.iter().for_each(write);
        assert!(matches!(take(folder.path()), Taken::Held(_)));
        assert!(left.iter().all(is_there));
        drop(first);
        assert!(matches!(take(folder.path()), Taken::Ours(_)));
        assert!(!left.iter().any(is_there));
        assert!(others.iter().all(is_there));
    }

    #[test]
    fn looking_who_writes_takes_nothing_from_anybody() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(held_by(folder.path()), None);
        assert!(!folder.path().join(files::LOCK).exists());
        let first = take(folder.path());
        let holder = held_by(folder.path()).unwrap();
        assert_eq!(holder.process, std::process::id().to_string());
        drop(first);
        assert_eq!(held_by(folder.path()), None);
        assert!(matches!(take(folder.path()), Taken::Ours(_)));
    }

    #[test]
    fn a_broken_holder_text_still_gives_a_holder() {
        for text in ["", "user: \n\n\u{fffd}", "user: a\nhost"] {
            let holder = Holder::from_text(text);
            assert_eq!(holder.host, "?");
        }
        let holder = Holder::this_process();
        assert_eq!(Holder::from_text(&holder.text()), holder);
    }
}
