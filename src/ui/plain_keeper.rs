//! The thread that keeps the plain log, so that the window never waits for a folder.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};

use super::worker::Found;
use crate::files::PATIENCE;
use crate::plain_log::{Keeper, NotKept, PlainLog};

/// What is to be done.
pub(super) enum Todo {
    /// Keep the log in the first of the folders that takes it.
    Keep(PlainLog, Vec<PathBuf>),
    /// Say that everything before was tried.
    Done(SyncSender<()>),
}

/// Keeps what is handed over, the latest state of it, until nobody can hand anything over.
pub(super) fn keep(todo: &Receiver<Todo>, told: &SyncSender<Found>, ctx: &egui::Context) {
    let mut keeper = Keeper::default();
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
            let kept = keeper.keep(&log, &folders).map_err(|not| match not {
                NotKept::Refused(error) => Some(error.source.to_string()),
                NotKept::Silent => None,
            });
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
