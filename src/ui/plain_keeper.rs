//! The thread that keeps the plain log: a folder that does not answer is passed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::time::Duration;

use super::worker::Found;
use crate::files::FileError;
use crate::plain_log::PlainLog;

/// How long a folder may take before the next one is tried, and how often a silent one is looked
/// at again.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is to be done.
pub(super) enum Todo {
    /// Keep the log in the first of the folders that takes it.
    Keep(PlainLog, Vec<PathBuf>),
    /// Say that everything before was tried.
    Done(SyncSender<()>),
}

/// What one folder made of the log.
type Kept = Result<PathBuf, Option<FileError>>;

/// Folders that have not answered yet, each with the thread that waits for it.
type Silent = BTreeMap<PathBuf, Receiver<Kept>>;

/// Keeps what is handed over, the latest state of it, until nobody can hand anything over.
pub(super) fn keep(todo: &Receiver<Todo>, told: &SyncSender<Found>, ctx: &egui::Context) {
    let mut silent = Silent::new();
    let mut latest: Option<(PlainLog, Vec<PathBuf>)> = None;
    loop {
        // While nothing could be kept, it is tried again.
        let next = match latest {
            Some(_) => todo.recv_timeout(PATIENCE),
            None => todo.recv().map_err(|_gone| RecvTimeoutError::Disconnected),
        };
        let mut waiting = Vec::new();
        match next {
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
            Ok(first) => {
                for next in std::iter::once(first).chain(todo.try_iter()) {
                    match next {
                        Todo::Keep(log, folders) => latest = Some((log, folders)),
                        Todo::Done(done) => waiting.push(done),
                    }
                }
            }
        }
        if let Some((log, folders)) = latest.take() {
            let kept = try_all(&log, &folders, &mut silent);
            let found = Found::PlainKept(log.lines().len(), kept.clone());
            if kept.is_err() {
                latest = Some((log, folders));
            }
            // Fails only when the window is gone, and then nobody asks.
            told.send(found).ok();
            ctx.request_repaint();
        }
        for done in waiting {
            done.send(()).ok();
        }
    }
}

/// Writes the log into the first folder that takes it; else gives the first reason, none where a
/// folder does not answer.
fn try_all(
    log: &PlainLog,
    folders: &[PathBuf],
    silent: &mut Silent,
) -> Result<PathBuf, Option<String>> {
    // One that has come back, with whatever it wrote, is tried like the others.
    silent.retain(|_, kept| matches!(kept.try_recv(), Err(TryRecvError::Empty)));
    let mut refused: Option<String> = None;
    for folder in folders {
        if silent.contains_key(folder) {
            continue;
        }
        let Some(kept) = begin(log, folder) else {
            continue;
        };
        match kept.recv_timeout(PATIENCE) {
            Ok(Ok(path)) => return Ok(path),
            Ok(Err(error)) => {
                let says = error.map_or_else(String::new, |error| error.source.to_string());
                refused.get_or_insert(says);
            }
            Err(RecvTimeoutError::Timeout) => {
                silent.insert(folder.clone(), kept);
            }
            Err(RecvTimeoutError::Disconnected) => {}
        }
    }
    Err(refused.filter(|_| silent.is_empty()))
}

/// Begins to write the log into one folder, in a thread of its own; none where there is no thread.
fn begin(log: &PlainLog, folder: &Path) -> Option<Receiver<Kept>> {
    let (send, kept) = sync_channel(1);
    let (log, folder) = (log.clone(), folder.to_owned());
    let work = move || {
        // Fails only when it took too long, and was told as silent.
        send.send(log.keep(&[folder])).ok();
    };
    let name = "shodo-plain-folder".to_owned();
    let begun = std::thread::Builder::new().name(name).spawn(work);
    begun.ok().map(|_| kept)
}
