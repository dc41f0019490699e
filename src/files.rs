//! Files and folders: written whole or not at all, and errors that carry their path.
//!
//! Everything but the journal itself is written through here: beside its place, synced,
//! renamed over it, the folder synced. Nothing here knows what the bytes mean; the journal,
//! which only grows, is `journal::storage`'s.
//!
//! **Invariant:** after [`write_whole`] returns, and after a crash at any moment in it, the
//! file holds the old bytes or the new ones, never a part.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

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

    /// Tells whether there simply is no such file.
    pub fn is_missing(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

/// Reads a file whole.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(path).map_err(FileError::at(Doing::Read, path))
}

/// Reads a text of limited size; nothing for a file that is not there.
///
/// A larger file, and one that is not UTF-8, is an error of kind `InvalidData`.
pub fn read_text(path: &Path, limit: u64) -> Result<Option<String>, FileError> {
    let invalid = |says: String| {
        FileError::at(Doing::Read, path)(io::Error::new(io::ErrorKind::InvalidData, says))
    };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(FileError::at(Doing::Read, path))?,
    };
    if bytes.len() as u64 > limit {
        return Err(invalid(format!("larger than {limit} bytes")));
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|error| invalid(format!("not UTF-8: {error}")))
}

/// Gives the folders in a folder by name; none when it cannot be read.
pub fn folders_in(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Writes a file whole or not at all; what stood there before is replaced.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that puts files in place"
)]
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let beside = name_beside(path);
    let written = write_synced(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path).map_err(FileError::at(Doing::Rename, path)));
    if written.is_err() {
        // The first error is the one to tell; a left-over file beside does no harm.
        fs::remove_file(&beside).ok();
    }
    written?;
    sync_folder(folder_of(path))
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

/// Gives the folder that a file or folder is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Writes a file and syncs it; its name is synced by the caller.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that writes files whole"
)]
fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .map_err(FileError::at(Doing::Create, path))?;
    file.write_all(bytes)
        .map_err(FileError::at(Doing::Write, path))?;
    file.sync_all().map_err(FileError::at(Doing::Sync, path))
}

/// Gives a name in the same folder that no other program and no other thread uses.
fn name_beside(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    name.push(format!(".{}-{number}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
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
        assert!(read(&folder.path().join("a")).unwrap_err().is_missing());
        assert!(!read(folder.path()).unwrap_err().is_missing());
        remove(&folder.path().join("a")).unwrap();
    }
}
