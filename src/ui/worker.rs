//! Work that the window does not wait for: reading folders, proving flows, keeping drafts, dialogs.
//!
//! Each job runs in a thread of its own and sends one result; the app asks for results at the
//! start of a pass. What is to be kept, drafts and settings, goes through one thread more, so
//! that a later state never gives way to an earlier one. Nothing here draws, and a journal is
//! only begun or opened here, never added to.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use super::plain_keeper;
use super::screens::EarlierLog;
use super::window::{self, Renderer};
use crate::clock::Clock;
use crate::files;
use crate::flow::{FLOW_BYTES_LIMIT, Flow, Problem};
use crate::incident::{Moment, Opening};
use crate::journal::NotMarked;
use crate::plain_log::PlainLog;
use crate::session::{self, Session, SessionError, Summary};
use crate::settings::Settings;

/// How many of the latest incidents are summed up.
const LATEST: usize = 6;

/// How many states the keeper takes while the disk does not answer.
const KEPT_BACK: usize = 32;

/// How long the end of the program waits for drafts and settings.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a job found.
#[derive(Debug)]
pub(super) enum Found {
    /// The built-in flow was read.
    BuiltIn(Result<Arc<Flow>, SessionError>),
    /// A flow file was read: a flow, its problems, or why it cannot be read.
    Flow(PathBuf, FlowRead),
    /// The latest incidents, summed up; folders that cannot be read are named.
    Summaries(Vec<Summary>, Vec<(PathBuf, SessionError)>),
    /// An incident was begun or opened, with the drafts beside it, or not.
    Opened(
        Option<PathBuf>,
        Box<Result<(Session, Drafts), SessionError>>,
    ),
    /// The drafts could not be kept.
    DraftsLost(String),
    /// The settings could not be kept.
    SettingsLost(String),
    /// So many lines of the plain log are on a disk, where; or why they are not, none where the
    /// disk does not answer.
    PlainKept(usize, Result<PathBuf, Option<String>>),
    /// The plain logs of earlier runs, the latest first.
    EarlierLogs(Vec<EarlierLog>),
    /// A folder was made the mirror folder, or why it was not.
    MirrorMarked(PathBuf, Result<(), NotMarked>),
    /// A folder for the plain log was picked in the system's dialog.
    PickedPlainFolder(PathBuf),
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
    PlainFolder,
}

/// Unsent texts by the name of their field.
type Drafts = BTreeMap<String, String>;

/// What is to be kept on the disk, the latest state of each.
enum Keep {
    /// Unsent texts, beside a journal.
    Drafts(PathBuf, Drafts),
    /// The settings, in the data folder.
    Settings(PathBuf, Box<Settings>),
    /// Says that everything before is done.
    Done(SyncSender<()>),
}

type Dialog = Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

/// Runs jobs.
pub(super) struct Worker {
    ctx: egui::Context,
    send: SyncSender<Found>,
    found: Receiver<Found>,
    keeper: SyncSender<Keep>,
    plain_keeper: SyncSender<plain_keeper::Todo>,
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
        let (keeper, todo) = sync_channel(KEPT_BACK);
        let (lost, repaint) = (send.clone(), ctx.clone());
        let work = move || keep(&todo, &lost, &repaint);
        let name = "shodo-keeper".to_owned();
        // Without the thread nothing is kept, and each attempt to hand something over says so.
        std::thread::Builder::new().name(name).spawn(work).ok();
        // Apart from the keeper: a disk that holds drafts up must not hold up the plain log.
        let (plain_keeper, todo) = sync_channel(KEPT_BACK);
        let (told, repaint) = (send.clone(), ctx.clone());
        let work = move || plain_keeper::keep(&todo, &told, &repaint);
        let name = "shodo-plain".to_owned();
        std::thread::Builder::new().name(name).spawn(work).ok();
        Self {
            ctx,
            send,
            found,
            keeper,
            plain_keeper,
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
                    Picking::PlainFolder => Found::PickedPlainFolder(path),
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

    /// Makes a folder the mirror folder; `says` is for whoever finds the marker.
    pub(super) fn mark_mirror(&self, data: PathBuf, folder: PathBuf, says: String) {
        self.run("mirror", move || {
            let marked = session::mark_mirror(&data, &folder, &says);
            Some(Found::MirrorMarked(folder, marked))
        });
    }

    /// Makes the marker of a start name these renderers alone.
    pub(super) fn mark_start(&self, marker: PathBuf, renderers: Vec<Renderer>) {
        self.run("marker", move || {
            window::note(&marker, &renderers);
            None
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
            let drafts = session::kept_draft(&folder);
            let opened = opened.map(|session| (session, drafts));
            Some(Found::Opened(Some(folder), Box::new(opened)))
        });
    }

    /// Begins an incident in a new folder below the data folder.
    pub(super) fn begin(&self, data: PathBuf, opening: Opening, flow: Arc<Flow>, clock: Clock) {
        let wake = self.ctx.clone();
        self.run("begin", move || {
            let wake = Box::new(move || wake.request_repaint());
            let begun = Session::create(&data, opening, flow, clock, wake);
            let begun = begun.map(|session| (session, Drafts::new()));
            let place = begun.is_err().then_some(data);
            Some(Found::Opened(place, Box::new(begun)))
        });
    }

    /// Keeps drafts beside a journal; false when the disk does not answer.
    pub(super) fn keep_drafts(&self, folder: PathBuf, texts: Drafts) -> bool {
        self.keeper.try_send(Keep::Drafts(folder, texts)).is_ok()
    }

    /// Keeps the settings in the data folder; false when the disk does not answer.
    pub(super) fn keep_settings(&self, data: PathBuf, settings: Settings) -> bool {
        let settings = Box::new(settings);
        let settings = Keep::Settings(data, settings);
        self.keeper.try_send(settings).is_ok()
    }

    /// Keeps the plain log; false when the disk does not answer.
    pub(super) fn keep_plain(&self, log: PlainLog, folders: Vec<PathBuf>) -> bool {
        let todo = plain_keeper::Todo::Keep(log, folders);
        self.plain_keeper.try_send(todo).is_ok()
    }

    /// Looks for the plain logs of earlier runs; a folder that does not answer is passed over.
    pub(super) fn earlier_logs(&self, folders: Vec<PathBuf>, now: Moment) {
        self.run("earlier", move || {
            let mut found: Vec<EarlierLog> = folders
                .into_iter()
                .filter_map(|folder| files::in_time(move || EarlierLog::all_in(&folder, now)))
                .flatten()
                .collect();
            found.sort_by(|a, b| b.path.file_name().cmp(&a.path.file_name()));
            Some(Found::EarlierLogs(found))
        });
    }

    /// Waits until everything handed over is kept, but not for longer than a disk may take.
    pub(super) fn wait_for_keeper(&self) {
        let (done, is_done) = sync_channel(1);
        let kept = self.keeper.try_send(Keep::Done(done));
        let (done, is_plain_done) = sync_channel(1);
        let plain = self.plain_keeper.try_send(plain_keeper::Todo::Done(done));
        for (handed, is_done) in [(kept.is_ok(), is_done), (plain.is_ok(), is_plain_done)] {
            if handed {
                is_done.recv_timeout(PATIENCE).ok();
            }
        }
    }

    /// Asks the system for a folder; does nothing while a dialog is open.
    pub(super) fn pick_folder(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new().set_directory(start);
            self.dialog = Some((Picking::Folder, Box::pin(dialog.pick_folder())));
            self.ctx.request_repaint();
        }
    }

    /// Asks the system for a folder for the plain log; does nothing while a dialog is open.
    pub(super) fn pick_plain_folder(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new().set_directory(start);
            self.dialog = Some((Picking::PlainFolder, Box::pin(dialog.pick_folder())));
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

/// The keeper's thread: of what has piled up, the latest state of each is written.
fn keep(todo: &Receiver<Keep>, lost: &SyncSender<Found>, ctx: &egui::Context) {
    while let Ok(first) = todo.recv() {
        let mut drafts = BTreeMap::new();
        let mut settings = BTreeMap::new();
        let mut waiting = Vec::new();
        for next in std::iter::once(first).chain(todo.try_iter()) {
            match next {
                Keep::Drafts(folder, texts) => {
                    drafts.insert(folder, texts);
                }
                Keep::Settings(data, latest) => {
                    settings.insert(data, latest);
                }
                Keep::Done(done) => waiting.push(done),
            }
        }
        let drafts = drafts.iter().filter_map(|(folder, texts)| {
            let error = session::keep_draft(folder, texts).err()?;
            Some(Found::DraftsLost(error.to_string()))
        });
        let settings = settings.iter().filter_map(|(data, settings)| {
            let error = settings.write(data).err()?;
            Some(Found::SettingsLost(error.to_string()))
        });
        for found in drafts.chain(settings) {
            // Fails only when the window is gone, and then nobody asks.
            lost.send(found).ok();
            ctx.request_repaint();
        }
        for done in waiting {
            done.send(()).ok();
        }
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
