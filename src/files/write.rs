//! Putting files and folders in place: beside it, synced, renamed over it, the folder synced.
//!
//! **Invariant:** after [`write_whole`] returns, and after a crash at any moment in it, the
//! file holds the old bytes or the new ones, never a part.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Doing, FileError, files_in, folder_of};

/// How many names are tried for a file that is to have one of its own.
const NAMES_LIMIT: u32 = 10_000;

/// The longest name in bytes that is lengthened; most systems take 255.
const LENGTHENED: usize = 200;

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

/// Writes a file whole under the first name that nobody has, and gives where; `name` gives them by
/// their numbers, from 1. Where it cannot be written, no empty file stays.
pub fn write_new(
    folder: &Path,
    name: impl Fn(u32) -> String,
    bytes: &[u8],
) -> Result<PathBuf, FileError> {
    let mut number = 1;
    let path = loop {
        let path = folder.join(name(number));
        match create_new(&path) {
            Ok(()) => break path,
            Err(error) if error.is_taken() && number < NAMES_LIMIT => number += 1,
            Err(error) => return Err(error),
        }
    };
    let written = write_whole(&path, bytes);
    let is_empty = || fs::metadata(&path).is_ok_and(|found| found.len() == 0);
    if written.is_err() && is_empty() {
        // The first error is the one to tell.
        fs::remove_file(&path).ok();
    }
    written.map(|()| path)
}

/// Makes an empty file; an error where there is one already.
#[expect(
    clippy::disallowed_methods,
    reason = "a name is taken so that nobody else takes it"
)]
fn create_new(path: &Path) -> Result<(), FileError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map(drop).map_err(FileError::at(Doing::Create, path))
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

/// Removes what programs that were killed have left of files with these names, which nobody else
/// writes now.
pub fn sweep(folder: &Path, names: &[&str]) {
    for path in files_in(folder) {
        let name = path.file_name().and_then(OsStr::to_str);
        if name.is_some_and(|name| names.iter().any(|of| is_beside(name, of))) {
            remove(&path).ok();
        }
    }
}

/// Tells whether a name is that of a file that was being written for another of this name.
fn is_beside(name: &str, of: &str) -> bool {
    let middle = name
        .strip_prefix(of)
        .and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".new"));
    let numbers = middle.and_then(|middle| middle.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|of| of.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

#[cfg(test)]
mod tests {
    use super::super::{read, reason};
    use super::*;

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
    fn a_file_with_a_name_of_its_own_takes_nobody_elses_and_leaves_none_where_it_fails() {
        let folder = tempfile::tempdir().unwrap();
        let name = |number| format!("a-{number}");
        for number in 1..4 {
            let path = write_new(folder.path(), name, b"one").unwrap();
            assert_eq!(path, folder.path().join(name(number)));
            assert_eq!(read(&path, 3).unwrap(), b"one");
        }
        let always = |_| "a-1".to_owned();
        assert!(
            write_new(folder.path(), always, b"two")
                .unwrap_err()
                .is_taken()
        );
        assert_eq!(read(&folder.path().join("a-1"), 3).unwrap(), b"one");
        let nowhere = folder.path().join("none");
        assert!(write_new(&nowhere, name, b"one").unwrap_err().is_missing());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
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
}
