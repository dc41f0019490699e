//! Files and folders: written whole or not at all, and errors that carry their path.
//!
//! Everything but the journal itself is written through here: beside its place, synced,
//! renamed over it, the folder synced. Nothing here knows what the bytes mean; the journal,
//! which only grows, is `journal::storage`'s.
//!
//! **Invariant:** after [`write_whole`] returns, and after a crash at any moment in it, the
//! file holds the old bytes or the new ones, never a part.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// The journal's name in an incident's folder.
pub const JOURNAL: &str = "journal.ron";
/// The name of the flow's text as used.
pub const FLOW: &str = "flow.ron";
/// The name of the folder of attachments.
pub const ATTACHMENTS: &str = "attachments";
/// The name of the file whose lock the writer holds.
pub const LOCK: &str = "journal.lock";
/// The name of the text that says who holds the lock.
pub const HOLDER: &str = "holder";
/// The name of the file of unsent text.
pub const DRAFT: &str = "draft.ron";
/// The name of the marker without which nothing is copied into a mirror folder.
pub const MIRROR: &str = "shodo-mirror";

/// How long a disk that may not answer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// What was being done when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Making sure that it is on the disk.
    Sync,
    /// Making a file or a folder.
    Create,
    /// Putting the finished file in its place.
    Rename,
    /// Cutting off an unfinished end.
    Cut,
    /// Removing.
    Remove,
}

impl Doing {
    /// Gives the identifier used in the language files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Sync => "sync",
            Self::Create => "create",
            Self::Rename => "rename",
            Self::Cut => "cut",
            Self::Remove => "remove",
        }
    }
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The system refused something about a file or a folder.
#[derive(Debug, thiserror::Error)]
#[error("could not {doing} {}", path.display())]
pub struct FileError {
    /// What was being done.
    pub doing: Doing,
    /// With which file or folder.
    pub path: PathBuf,
    /// The system's words.
    pub source: io::Error,
}

impl FileError {
    /// Gives a function that adds what was done, and where, to the system's error.
    pub fn at(doing: Doing, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// Gives the arguments of the sentence `journal-io` in the language files.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        args(self.doing, &self.path, &self.source)
    }

    /// Tells whether there is one already.
    pub fn is_taken(&self) -> bool {
        self.source.kind() == io::ErrorKind::AlreadyExists
    }

    /// Tells whether there simply is no such file.
    pub fn is_missing(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

/// Gives the arguments of the sentence `journal-io` in the language files.
pub fn args(doing: Doing, path: &Path, source: &io::Error) -> Vec<(&'static str, String)> {
    vec![
        ("doing", doing.id().to_owned()),
        ("path", path.display().to_string()),
        ("reason", reason(source).to_owned()),
        ("says", source.to_string()),
    ]
}

/// Why a file is not read although the system would let us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A folder, a device or a pipe: reading one could wait or go on for ever.
    #[error("not a regular file")]
    NotAFile,
    /// Larger than is read.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// How many bytes are read at most.
        limit: u64,
    },
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
}

impl From<Unfit> for io::Error {
    fn from(unfit: Unfit) -> Self {
        Self::new(io::ErrorKind::InvalidData, unfit)
    }
}

/// Gives what a system's error is called in the language files; `other` has only the system's words.
pub fn reason(error: &io::Error) -> &'static str {
    let unfit = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Unfit>());
    match (unfit, error.kind()) {
        (Some(Unfit::NotAFile), _) => "not-a-file",
        (None, io::ErrorKind::IsADirectory) => "a-folder",
        (Some(Unfit::TooLarge { .. }), _) | (None, io::ErrorKind::FileTooLarge) => "too-large",
        (Some(Unfit::NotUtf8), _) => "not-utf8",
        (None, io::ErrorKind::NotFound) => "not-found",
        (None, io::ErrorKind::NotADirectory) => "not-a-folder",
        (None, io::ErrorKind::InvalidFilename) => "bad-name",
        (None, io::ErrorKind::TimedOut) => "silent",
        (None, io::ErrorKind::PermissionDenied) => "denied",
        (None, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => "full",
        (None, io::ErrorKind::ReadOnlyFilesystem) => "read-only",
        (None, _) => "other",
    }
}

/// Reads a regular file whole, up to a limit; a larger one is an error.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    read_regular(path, limit).map_err(FileError::at(Doing::Read, path))
}

/// Does something with a disk that may not answer; none where it takes longer than
/// [`PATIENCE`]. The thread then goes on by itself.
pub fn in_time<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    begin(job).and_then(|done| done.recv_timeout(PATIENCE).ok())
}

/// Begins something with a disk that may not answer, in a thread of its own; none where there is
/// no thread.
pub fn begin<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Option<Receiver<T>> {
    let (send, done) = sync_channel(1);
    let work = move || {
        // Fails only when nobody waits any more.
        send.send(job()).ok();
    };
    let name = "shodo-disk".to_owned();
    let begun = std::thread::Builder::new().name(name).spawn(work);
    begun.ok().map(|_| done)
}

/// Reads a regular file from a place on, up to a limit.
pub fn read_from(path: &Path, at: u64, limit: u64) -> Result<Vec<u8>, FileError> {
    let read = || {
        if !fs::metadata(path)?.is_file() {
            return Err(Unfit::NotAFile.into());
        }
        let mut bytes = Vec::new();
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(FileError::at(Doing::Read, path))
}

fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: opening a pipe waits for whoever writes it.
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(Unfit::NotAFile.into());
    }
    // Not read to find out; it may also grow while it is read.
    if found.len() > limit {
        return Err(Unfit::TooLarge { limit }.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Unfit::TooLarge { limit }.into());
    }
    Ok(bytes)
}

/// Reads a text of limited size; nothing for a file that is not there.
pub fn read_text(path: &Path, limit: u64) -> Result<Option<String>, FileError> {
    match read(path, limit) {
        Err(error) if error.is_missing() => Ok(None),
        read => match String::from_utf8(read?) {
            Ok(text) => Ok(Some(text)),
            Err(_not_text) => Err(FileError::at(Doing::Read, path)(Unfit::NotUtf8.into())),
        },
    }
}

/// Gives the folders in a folder by name; none when it cannot be read.
pub fn folders_in(path: &Path) -> Vec<PathBuf> {
    all_in(path, Path::is_dir)
}

/// Gives the regular files in a folder by name; none when it cannot be read.
pub fn files_in(path: &Path) -> Vec<PathBuf> {
    all_in(path, Path::is_file)
}

fn all_in(path: &Path, is_wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten();
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut wanted: Vec<PathBuf> = paths.filter(|path| is_wanted(path)).collect();
    wanted.sort();
    wanted
}

/// Writes a file whole or not at all; what stood there before is replaced.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    replace(path, bytes, true)?;
    sync_folder(folder_of(path))
}

/// Writes a file likewise without waiting for the disk: it outlasts the process, not the machine.
pub fn write_unsynced(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    replace(path, bytes, false)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that puts files in place"
)]
fn replace(path: &Path, bytes: &[u8], is_synced: bool) -> Result<(), FileError> {
    let beside = name_beside(path);
    let written = write_beside(&beside, path, bytes, is_synced)
        .and_then(|()| fs::rename(&beside, path).map_err(FileError::at(Doing::Rename, path)));
    if written.is_err() {
        // The first error is the one to tell; a left-over file beside does no harm.
        fs::remove_file(&beside).ok();
    }
    written
}

/// Makes sure that a file that stands there is on the disk.
pub fn sync_file(path: &Path) -> Result<(), FileError> {
    let synced = File::options().append(true).open(path);
    let synced = synced.and_then(|file| file.sync_all());
    synced.map_err(FileError::at(Doing::Sync, path))?;
    sync_folder(folder_of(path))
}

/// Makes an empty file; an error where there is one already.
#[expect(
    clippy::disallowed_methods,
    reason = "a name is taken so that nobody else takes it"
)]
pub fn create_new(path: &Path) -> Result<(), FileError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map(drop).map_err(FileError::at(Doing::Create, path))
}

/// Does something while no other program does the same, by the system's lock on this file, which
/// stays; where that cannot be had within [`PATIENCE`] it is done all the same.
#[expect(clippy::disallowed_methods, reason = "a lock needs an open file")]
pub fn alone<T>(lock: &Path, job: impl FnOnce() -> T) -> T {
    const WAIT: Duration = Duration::from_millis(10);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(lock).ok();
    let mut waited = Duration::ZERO;
    while let Some(Err(fs::TryLockError::WouldBlock)) = file.as_ref().map(File::try_lock) {
        if waited >= PATIENCE {
            break;
        }
        std::thread::sleep(WAIT);
        waited += WAIT;
    }
    let done = job();
    if let Some(file) = file {
        file.unlock().ok();
    }
    done
}

/// Removes a file; one that is not there is fine.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FileError::at(Doing::Remove, path)(error))
        }
        _ => Ok(()),
    }
}

/// Makes a folder and those above it that are missing, each with its name on the disk.
pub fn create_folder(path: &Path) -> Result<(), FileError> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let above = folder_of(path);
    create_folder(above)?;
    match fs::create_dir(path) {
        // Another program made it in the same moment.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made.map_err(FileError::at(Doing::Create, path))?,
    }
    sync_folder(above)
}

/// Makes sure that the names in a folder are on the disk.
///
/// Windows gives no way to sync a folder; there its file system keeps a log of names.
pub fn sync_folder(path: &Path) -> Result<(), FileError> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(FileError::at(Doing::Sync, path))
}

/// Gives the path that was typed, pasted or dropped: in quotation marks, as a `file:` address, or as
/// it is.
pub fn typed_path(typed: impl Into<OsString>) -> PathBuf {
    let typed = typed.into();
    let Some(text) = typed.to_str() else {
        return typed.into();
    };
    let trimmed = text.trim();
    let bare = ['"', '\'']
        .into_iter()
        .find_map(|mark| trimmed.strip_prefix(mark)?.strip_suffix(mark))
        .map(str::trim);
    let address = bare.unwrap_or(trimmed);
    match (from_address(address), bare) {
        (Some(path), _) => path,
        (None, Some(bare)) => bare.into(),
        (None, None) => typed.into(),
    }
}

/// Gives the path of a `file:` address.
fn from_address(text: &str) -> Option<PathBuf> {
    let (scheme, rest) = text.split_at_checked("file:".len())?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let path = match rest.strip_prefix("//") {
        None => rest.to_owned(),
        Some(rest) => match rest.split_once('/') {
            Some(("" | "localhost", path)) => format!("/{path}"),
            // On another machine.
            _ => format!("//{rest}"),
        },
    };
    let path = without_percents(&path)?;
    // `/C:/…`
    let drive = path.strip_prefix('/').filter(|drive| {
        let mut signs = drive.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_alphabetic()) && signs.next() == Some(':')
    });
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// Gives a text with its `%20` and the like decoded; none where that gives no text.
fn without_percents(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.split_at_checked(2);
        let decoded = digits.filter(|_| *first == b'%').and_then(|(digits, _)| {
            let digits = std::str::from_utf8(digits).ok()?;
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
        });
        bytes.push(decoded.unwrap_or(*first));
        let read = if decoded.is_some() { 2 } else { 0 };
        rest = behind.get(read..).unwrap_or_default();
    }
    String::from_utf8(bytes).ok()
}

/// Gives the folder of the incident that a path leads to: the path, or where its journal lies.
pub fn incident_folder(path: PathBuf) -> PathBuf {
    if path.file_name() == Some(OsStr::new(JOURNAL)) {
        folder_of(&path).to_owned()
    } else {
        path
    }
}

/// Gives the folder that a file or folder is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Writes a file beside the one that was asked for, which errors name, and syncs it if asked to;
/// its name is synced by the caller.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that writes files whole"
)]
fn write_beside(
    beside: &Path,
    asked: &Path,
    bytes: &[u8],
    is_synced: bool,
) -> Result<(), FileError> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(beside)
        .map_err(FileError::at(Doing::Create, asked))?;
    file.write_all(bytes)
        .map_err(FileError::at(Doing::Write, asked))?;
    if is_synced {
        file.sync_all().map_err(FileError::at(Doing::Sync, asked))?;
    }
    Ok(())
}

/// The longest name in bytes that is lengthened; most systems take 255.
const LENGTHENED: usize = 200;

/// Gives a name in the same folder that no other program and no other thread uses.
fn name_beside(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().unwrap_or_default();
    let is_long = name.len() > LENGTHENED;
    let mut name = if is_long { OsStr::new("long") } else { name }.to_owned();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    name.push(format!(".{}-{number}.new", std::process::id()));
    path.with_file_name(name)
}

/// Tells whether a name is that of a file that was being written for another of this name.
pub fn is_beside(name: &str, of: &str) -> bool {
    let middle = name
        .strip_prefix(of)
        .and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".new"));
    let numbers = middle.and_then(|middle| middle.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|of| of.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_come_in_quotation_marks_as_an_address_or_as_the_journal() {
        let cases = [
            ("/a b", "/a b"),
            ("\"/a b\"", "/a b"),
            (" '/a b' ", "/a b"),
            ("\"C:\\記録\\a\"", "C:\\記録\\a"),
            ("file:///a%20b/%E8%A8%98.ron", "/a b/記.ron"),
            ("FILE://localhost/a", "/a"),
            ("\"file:///a%20b\"", "/a b"),
            ("file:/a", "/a"),
            ("file:///C:/a%5Cb", "C:/a\\b"),
            ("file://server/share/a", "//server/share/a"),
            ("file:///100%/%zz%2", "/100%/%zz%2"),
            // What only looks like it is a name like any other.
            ("\"", "\""),
            ("'a\"", "'a\""),
            ("it's", "it's"),
            ("file", "file"),
            ("a 100%20", "a 100%20"),
        ];
        for (typed, meant) in cases {
            assert_eq!(typed_path(typed), Path::new(meant), "{typed}");
        }
        assert_eq!(typed_path("file:///%ff"), Path::new("file:///%ff"));
        let folder = |path: &str| incident_folder(PathBuf::from(path));
        assert_eq!(folder("a/journal.ron"), Path::new("a"));
        assert_eq!(folder("journal.ron"), Path::new("."));
        assert_eq!(folder("a/b"), Path::new("a/b"));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_not_written_over_by_a_file_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let (link, other) = (folder.path().join("link"), folder.path().join("other"));
        write_whole(&other, b"somebody's").unwrap();
        for write in [write_whole, write_unsynced] {
            fs::remove_file(&link).ok();
            std::os::unix::fs::symlink(&other, &link).unwrap();
            write(&link, b"ours").unwrap();
            assert_eq!(fs::read(&other).unwrap(), b"somebody's");
            assert_eq!(fs::read(&link).unwrap(), b"ours");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(read(&path, 3).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_put_in_place_leaves_nothing_beside_and_names_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::create_dir(&path).unwrap();
        write_whole(&path.join("in"), b"").unwrap();
        let error = write_whole(&path, b"one").unwrap_err();
        assert!(error.to_string().ends_with(&path.display().to_string()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_error_names_the_file_that_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("not-there").join("a");
        assert_eq!(write_whole(&path, b"one").unwrap_err().path, path);
    }

    #[test]
    fn a_name_as_long_as_the_system_takes_is_written() {
        let folder = tempfile::tempdir().unwrap();
        for (letter, count) in [("a", 255), ("a", 250), ("a", 201), ("a", 200), ("院", 85)] {
            let path = folder.path().join(letter.repeat(count));
            write_whole(&path, b"one").unwrap();
            write_whole(&path, b"two").unwrap();
            assert_eq!(read(&path, 3).unwrap(), b"two");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
        let told = write_whole(&folder.path().join("a".repeat(256)), b"").unwrap_err();
        assert_eq!(reason(&told.source), "bad-name");
    }

    #[test]
    fn folders_are_made_with_those_above_and_twice_is_fine() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/c");
        create_folder(&path).unwrap();
        create_folder(&path).unwrap();
        assert!(path.is_dir());
    }

    #[test]
    fn a_missing_file_is_told_from_one_that_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("a"), 9).unwrap_err().is_missing());
        assert!(!read(folder.path(), 9).unwrap_err().is_missing());
        remove(&folder.path().join("a")).unwrap();
    }

    #[test]
    fn a_file_that_is_too_large_and_one_that_is_no_file_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"\xffour").unwrap();
        let told = |error: FileError| reason(&error.source);
        assert_eq!(told(read(&path, 3).unwrap_err()), "too-large");
        assert_eq!(told(read_text(&path, 4).unwrap_err()), "not-utf8");
        assert_eq!(told(read(folder.path(), 4).unwrap_err()), "not-a-file");
        assert_eq!(told(read(&path.join("in"), 4).unwrap_err()), "not-a-folder");
    }
}
