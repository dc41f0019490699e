//! Work that the window does not wait for: reading folders, proving flows, keeping drafts, dialogs.
//!
//! Each job runs in a thread of its own and sends one result; the app asks for results at the
//! start of a pass. Nothing here draws, and nothing here writes to a journal.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::task::{Context, Poll, Wake, Waker};

use crate::clock::Clock;
use crate::files;
use crate::flow::{FLOW_BYTES_LIMIT, Flow, Problem};
use crate::session::{self, Session, SessionError, Summary};

/// How many of the latest incidents are summed up.
const LATEST: usize = 6;

/// What a job found.
#[derive(Debug)]
pub(super) enum Found {
    /// The built-in flow was read.
    BuiltIn(Result<Arc<Flow>, SessionError>),
    /// A flow file was read: a flow, its problems, or why it cannot be read.
    Flow(PathBuf, FlowRead),
    /// The latest incidents, summed up; folders that cannot be read are named.
    Summaries(Vec<Summary>, Vec<(PathBuf, SessionError)>),
    /// An incident was opened, or not.
    Opened(PathBuf, Box<Result<Session, SessionError>>),
    /// The drafts could not be kept.
    DraftsLost(String),
    /// A folder was picked in the system's dialog.
    PickedFolder(PathBuf),
    /// A flow file was picked in the system's dialog.
    PickedFlow(PathBuf),
}

/// What reading a flow file gave.
#[derive(Debug)]
pub(super) enum FlowRead {
    /// A sound flow.
    Sound(Arc<Flow>),
    /// The problems.
    Unsound(Vec<Problem>),
    /// It cannot be read; the system's words.
    Unreadable(String),
}

/// Which dialog is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picking {
    Folder,
    Flow,
}

type Dialog = Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

/// Runs jobs.
pub(super) struct Worker {
    ctx: egui::Context,
    send: SyncSender<Found>,
    found: Receiver<Found>,
    dialog: Option<(Picking, Dialog)>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("dialog", &self.dialog.as_ref().map(|(picking, _)| picking))
            .finish_non_exhaustive()
    }
}

/// Wakes the window when a dialog has something to say.
struct Repaint(egui::Context);

impl Wake for Repaint {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}

impl Worker {
    /// Makes a worker that wakes this window.
    pub(super) fn new(ctx: egui::Context) -> Self {
        let (send, found) = sync_channel(32);
        Self {
            ctx,
            send,
            found,
            dialog: None,
        }
    }

    /// Gives what was found since the last call.
    pub(super) fn found(&mut self) -> Vec<Found> {
        let mut found: Vec<Found> = self.found.try_iter().collect();
        let Some((picking, dialog)) = &mut self.dialog else {
            return found;
        };
        let waker = Waker::from(Arc::new(Repaint(self.ctx.clone())));
        if let Poll::Ready(picked) = dialog.as_mut().poll(&mut Context::from_waker(&waker)) {
            let picking = *picking;
            self.dialog = None;
            if let Some(file) = picked {
                let path = file.path().to_owned();
                found.push(match picking {
                    Picking::Folder => Found::PickedFolder(path),
                    Picking::Flow => Found::PickedFlow(path),
                });
            }
        }
        found
    }

    /// Reads the built-in flow.
    pub(super) fn built_in(&self) {
        self.run("flow", || {
            Some(Found::BuiltIn(session::built_in().map(Arc::new)))
        });
    }

    /// Reads the flow that the data folder puts in the place of the built-in one, if it does.
    pub(super) fn own_flow(&self, data: &Path) {
        let path = session::own_flow_path(data);
        self.run("own-flow", move || {
            path.is_file().then(|| {
                let read = read_flow(&path);
                Found::Flow(path, read)
            })
        });
    }

    /// Reads a flow file.
    pub(super) fn flow(&self, path: PathBuf) {
        self.run("flow", move || {
            let read = read_flow(&path);
            Some(Found::Flow(path, read))
        });
    }

    /// Sums up the latest incidents of a data folder.
    pub(super) fn summaries(&self, data: &Path) {
        let data = data.to_owned();
        self.run("summaries", move || {
            let mut summaries = Vec::new();
            let mut faults = Vec::new();
            for folder in session::folders(&data).into_iter().take(LATEST) {
                match session::summary(&folder) {
                    Ok(summary) => summaries.push(summary),
                    Err(error) => faults.push((folder, error)),
                }
            }
            Some(Found::Summaries(summaries, faults))
        });
    }

    /// Opens an incident's folder.
    pub(super) fn open(&self, folder: PathBuf, clock: Clock) {
        let wake = self.ctx.clone();
        self.run("open", move || {
            let opened = Session::open(&folder, clock, Box::new(move || wake.request_repaint()));
            Some(Found::Opened(folder, Box::new(opened)))
        });
    }

    /// Keeps drafts beside a journal.
    pub(super) fn keep_drafts(&self, folder: PathBuf, texts: BTreeMap<String, String>) {
        self.run("drafts", move || {
            let error = session::keep_draft(&folder, &texts).err()?;
            Some(Found::DraftsLost(error.to_string()))
        });
    }

    /// Asks the system for a folder; does nothing while a dialog is open.
    pub(super) fn pick_folder(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new().set_directory(start);
            self.dialog = Some((Picking::Folder, Box::pin(dialog.pick_folder())));
            self.ctx.request_repaint();
        }
    }

    /// Asks the system for a flow file; does nothing while a dialog is open.
    pub(super) fn pick_flow(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new()
                .set_directory(start)
                .add_filter("RON", &["ron"]);
            self.dialog = Some((Picking::Flow, Box::pin(dialog.pick_file())));
            self.ctx.request_repaint();
        }
    }

    /// Runs a job in a thread of its own.
    fn run(&self, name: &str, job: impl FnOnce() -> Option<Found> + Send + 'static) {
        let (send, ctx) = (self.send.clone(), self.ctx.clone());
        let work = move || {
            if let Some(found) = job() {
                // Fails only when the window is gone, and then nobody asks.
                send.send(found).ok();
                ctx.request_repaint();
            }
        };
        let name = format!("shodo-{name}");
        std::thread::Builder::new().name(name).spawn(work).ok();
    }
}

fn read_flow(path: &Path) -> FlowRead {
    let limit = u64::try_from(FLOW_BYTES_LIMIT).unwrap_or(u64::MAX);
    match files::read_text(path, limit) {
        Ok(Some(text)) => match Flow::read(&text) {
            Ok(flow) => FlowRead::Sound(Arc::new(flow)),
            Err(problems) => FlowRead::Unsound(problems),
        },
        Ok(None) => FlowRead::Unreadable(path.display().to_string()),
        Err(error) => FlowRead::Unreadable(error.to_string()),
    }
}
