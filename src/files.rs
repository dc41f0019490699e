//! Files and folders: names, reading within limits, and errors that carry their path.
//!
//! Everything but the journal itself is written through [`write_whole`] and its like. Nothing here
//! knows what the bytes mean; the journal, which only grows, is `journal::storage`'s.
//!
//! **Invariant:** only regular files of a limited size are read whole.

mod patience;
mod typed;
mod write;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

pub use patience::{PATIENCE, alone, begin, in_time};
pub use typed::{incident_folder, typed_path};
pub use write::{
    create_folder, remove, sweep, sync_file, sync_folder, write_new, write_unsynced, write_whole,
};

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

/// Gives the folder that a file or folder is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
