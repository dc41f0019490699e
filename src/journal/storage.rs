//! The few calls that a journal needs from a disk, and the disk itself.
//!
//! [`Storage`] is one growing file. [`Disk`] is the real one; [`Memory`] and [`Failing`] let
//! tests lose power and refuse calls. Nothing here knows what a record is.
//!
//! **Invariant:** no call changes bytes that stand before the place it is given.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use same_file::Handle;

use crate::files::{self, Doing, FileError};

/// The longest journal that is written and read.
pub(super) const BYTES_LIMIT: u64 = 1024 * 1024 * 1024;

/// One growing file, as a journal uses it.
pub trait Storage: fmt::Debug + Send {
    /// Gives where it is, for messages.
    fn path(&self) -> &Path;
    /// Gives how many bytes it holds.
    fn length(&mut self) -> Result<u64, FileError>;
    /// Gives all bytes.
    fn read(&mut self) -> Result<Vec<u8>, FileError>;
    /// Writes bytes behind the first `at`; what stands there already must be the same.
    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError>;
    /// Makes sure that everything written or cut is on the disk.
    fn sync(&mut self) -> Result<(), FileError>;
    /// Cuts to a length.
    fn cut(&mut self, length: u64) -> Result<(), FileError>;
    /// Keeps a copy of bytes that stood at a place in a file beside, synced; gives where.
    fn set_aside(&mut self, at: u64, bytes: &[u8]) -> Result<PathBuf, FileError>;
    /// Tells whether its path still leads to the file that is open.
    fn is_in_place(&mut self) -> Result<bool, FileError>;
    /// Closes and opens again, by the path, and makes sure that the name is on the disk.
    fn reopen(&mut self) -> Result<(), FileError>;
}

/// A file in an incident's folder.
#[derive(Debug)]
pub struct Disk {
    path: PathBuf,
    file: Option<File>,
}

impl Disk {
    /// Opens a file that is there, for reading and writing.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let mut disk = Self {
            path: path.to_owned(),
            file: None,
        };
        disk.open_again()?;
        Ok(disk)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the journal is opened here and nowhere else"
    )]
    fn open_again(&mut self) -> Result<(), FileError> {
        self.file = None;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&self.path)
            .map_err(FileError::at(Doing::Write, &self.path))?;
        self.file = Some(file);
        Ok(())
    }

    /// Does something with the open file, and names the file should it fail.
    fn with<T>(
        &mut self,
        doing: Doing,
        act: impl FnOnce(&mut File) -> io::Result<T>,
    ) -> Result<T, FileError> {
        let done = match &mut self.file {
            Some(file) => act(file),
            None => Err(io::Error::other("the file could not be opened again")),
        };
        done.map_err(FileError::at(doing, &self.path))
    }
}

impl Storage for Disk {
    fn path(&self) -> &Path {
        &self.path
    }

    fn length(&mut self) -> Result<u64, FileError> {
        self.with(Doing::Read, |file| Ok(file.metadata()?.len()))
    }

    #[expect(
        clippy::verbose_file_reads,
        reason = "the file that is written to is read, not one that may have taken its name"
    )]
    fn read(&mut self) -> Result<Vec<u8>, FileError> {
        self.with(Doing::Read, |file| {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        })
    }

    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        self.with(Doing::Write, |file| {
            file.seek(SeekFrom::Start(at))?;
            file.write_all(bytes)
        })
    }

    fn sync(&mut self) -> Result<(), FileError> {
        self.with(Doing::Sync, |file| file.sync_all())
    }

    fn cut(&mut self, length: u64) -> Result<(), FileError> {
        self.with(Doing::Cut, |file| file.set_len(length))
    }

    fn set_aside(&mut self, at: u64, bytes: &[u8]) -> Result<PathBuf, FileError> {
        let mut number = 1_u64;
        loop {
            let path = self.path.with_file_name(aside_name(at, number));
            match files::read(&path, BYTES_LIMIT) {
                // A crash came between this copy and the cut.
                Ok(there) if there == bytes => return Ok(path),
                Ok(_other) => number += 1,
                Err(error) if error.is_missing() => {
                    files::write_whole(&path, bytes)?;
                    return Ok(path);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn is_in_place(&mut self) -> Result<bool, FileError> {
        let path = self.path.clone();
        self.with(Doing::Read, |file| leads_to(&path, file))
    }

    fn reopen(&mut self) -> Result<(), FileError> {
        self.open_again()?;
        // Another program may have put this file in place a moment ago.
        files::sync_folder(files::folder_of(&self.path))
    }
}

/// Tells whether a path leads to this open file, and not to nothing or to another one.
pub(super) fn leads_to(path: &Path, file: &File) -> io::Result<bool> {
    match std::fs::metadata(path) {
        // A pipe that took the name must not be opened.
        Ok(there) if !there.is_file() => return Ok(false),
        Err(error) if is_gone(&error) => return Ok(false),
        found => found?,
    };
    match Handle::from_path(path) {
        Err(error) if is_gone(&error) => Ok(false),
        there => Ok(there? == Handle::from_file(file.try_clone()?)?),
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Gives the name of a torn end that is set aside; no clock is needed for it.
fn aside_name(at: u64, number: u64) -> String {
    format!("journal.torn-{at}-{number}")
}

/// A storage in memory that tells what is synced from what is not; for tests.
///
/// Clones share the bytes, so a test keeps one and gives one away.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct Memory {
    bytes: Arc<Mutex<Bytes>>,
}

#[derive(Debug, Default)]
struct Bytes {
    live: Vec<u8>,
    synced: Vec<u8>,
    aside: Vec<(u64, Vec<u8>)>,
}

impl Memory {
    /// Gives a storage that holds these bytes, synced.
    pub fn holding(bytes: &[u8]) -> Self {
        let memory = Self::default();
        {
            let mut inner = memory.lock();
            inner.live = bytes.to_vec();
            inner.synced = bytes.to_vec();
        }
        memory
    }

    /// Gives the bytes as a program sees them.
    pub fn live(&self) -> Vec<u8> {
        self.lock().live.clone()
    }

    /// Gives the bytes that survive a loss of power.
    pub fn synced(&self) -> Vec<u8> {
        self.lock().synced.clone()
    }

    /// Gives what was set aside, with its place.
    pub fn aside(&self) -> Vec<(u64, Vec<u8>)> {
        self.lock().aside.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Bytes> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for Memory {
    fn path(&self) -> &Path {
        Path::new("memory")
    }

    fn length(&mut self) -> Result<u64, FileError> {
        Ok(self.lock().live.len() as u64)
    }

    fn read(&mut self) -> Result<Vec<u8>, FileError> {
        Ok(self.live())
    }

    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let mut inner = self.lock();
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let behind = inner.live.get(at..).unwrap_or_default().to_vec();
        inner.live.truncate(at);
        inner.live.extend_from_slice(bytes);
        // As on a disk: what is not written over stays.
        inner
            .live
            .extend_from_slice(behind.get(bytes.len()..).unwrap_or_default());
        Ok(())
    }

    fn sync(&mut self) -> Result<(), FileError> {
        let mut inner = self.lock();
        let live = inner.live.clone();
        inner.synced = live;
        Ok(())
    }

    fn cut(&mut self, length: u64) -> Result<(), FileError> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        self.lock().live.truncate(length);
        Ok(())
    }

    fn set_aside(&mut self, at: u64, bytes: &[u8]) -> Result<PathBuf, FileError> {
        self.lock().aside.push((at, bytes.to_vec()));
        Ok(PathBuf::from(aside_name(at, 1)))
    }

    fn is_in_place(&mut self) -> Result<bool, FileError> {
        Ok(true)
    }

    fn reopen(&mut self) -> Result<(), FileError> {
        Ok(())
    }
}

/// A storage of which chosen calls fail, an append after half of its bytes; for tests.
#[doc(hidden)]
#[derive(Debug)]
pub struct Failing<S> {
    inner: S,
    calls: Arc<AtomicU64>,
    fails: std::ops::Range<u64>,
    kind: io::ErrorKind,
}

impl<S: Storage> Failing<S> {
    /// Gives a storage whose calls with these numbers, from 1, fail.
    pub fn new(inner: S, fails: std::ops::Range<u64>) -> Self {
        Self {
            inner,
            calls: Arc::default(),
            fails,
            kind: io::ErrorKind::Other,
        }
    }

    /// Says what the system says when a call fails.
    #[must_use]
    pub fn saying(mut self, kind: io::ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// Gives the count of calls, which goes on counting.
    pub fn calls(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.calls)
    }

    fn call(&self, doing: Doing) -> Result<(), FileError> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if self.fails.contains(&number) {
            let error = io::Error::new(self.kind, "the test wants it so");
            return Err(FileError::at(doing, self.inner.path())(error));
        }
        Ok(())
    }
}

impl<S: Storage> Storage for Failing<S> {
    fn path(&self) -> &Path {
        self.inner.path()
    }

    fn length(&mut self) -> Result<u64, FileError> {
        self.call(Doing::Read)?;
        self.inner.length()
    }

    fn read(&mut self) -> Result<Vec<u8>, FileError> {
        self.call(Doing::Read)?;
        self.inner.read()
    }

    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        if let Err(error) = self.call(Doing::Write) {
            let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
            self.inner.append(at, half)?;
            return Err(error);
        }
        self.inner.append(at, bytes)
    }

    fn sync(&mut self) -> Result<(), FileError> {
        self.call(Doing::Sync)?;
        self.inner.sync()
    }

    fn cut(&mut self, length: u64) -> Result<(), FileError> {
        self.call(Doing::Cut)?;
        self.inner.cut(length)
    }

    fn set_aside(&mut self, at: u64, bytes: &[u8]) -> Result<PathBuf, FileError> {
        self.call(Doing::Write)?;
        self.inner.set_aside(at, bytes)
    }

    fn is_in_place(&mut self) -> Result<bool, FileError> {
        self.call(Doing::Read)?;
        self.inner.is_in_place()
    }

    fn reopen(&mut self) -> Result<(), FileError> {
        self.call(Doing::Read)?;
        self.inner.reopen()
    }
}
