//! Waiting: for disks that may not answer, and for other programs, never without an end.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// How long a disk that may not answer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(2);

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
