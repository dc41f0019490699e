//! Work that the window does not wait for: reading folders, proving flows, keeping drafts, dialogs.
//!
//! Each job runs in a thread of its own and sends one result; the app asks for results at the
//! start of a pass. What is to be kept, drafts and settings, goes through one thread more, so
//! that a later state never gives way to an earlier one. Nothing here draws, and a journal is
//! only begun or opened here, never added to.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use super::placing::{self, Left};
use super::plain_keeper;
use super::screens::EarlierLog;
use super::window::{self, Renderer};
use crate::clock::{Clock, Stopwatch};
use crate::crash;
use crate::files::{self, FileError};
use crate::flow::{FLOW_BYTES_LIMIT, Flow, Problem};
use crate::incident::{Moment, Opening};
use crate::journal::{Holder, NotMarked, ReadOnly};
use crate::plain_log::PlainLog;
use crate::session::{self, Session, SessionError, Summary};
use crate::settings::{SettingsChange, Written};

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
    SettingsLost(FileError),
    /// The settings are kept, up to the change with this number.
    SettingsKept(u64, Box<Written>),
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
    /// The system has no dialog here: it answered at once that nothing was picked.
    NoDialog(Picking),
    /// Who holds the lock of an incident's folder, if anybody does.
    LockSeen(PathBuf, Option<Holder>),
    /// A record that is only read was read once more.
    ReadAgain(PathBuf, Box<Result<Session, SessionError>>),
    /// The names of the traces that faults have left.
    Traces(Vec<String>),
    /// A job fell over; its trace, if it could be left.
    Panicked(Option<PathBuf>),
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

/// What is picked in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picking {
    /// An incident's folder.
    Folder,
    /// A flow file.
    Flow,
    /// A folder for the plain log.
    PlainFolder,
}

/// Within how many milliseconds no person answers a dialog.
const NO_DIALOG_MILLIS: f64 = 300.0;

/// A dialog that is open, and since when.
struct Open {
    picking: Picking,
    since: Stopwatch,
    dialog: Dialog,
}

/// What a job has found, with its ticket.
struct Ticketed {
    kind: &'static str,
    ticket: u64,
    found: Found,
}

/// Unsent texts by the name of their field.
type Drafts = BTreeMap<String, String>;

/// What is to be kept on the disk, the latest state of each.
enum Keep {
    /// Unsent texts, beside a journal.
    Drafts(PathBuf, Drafts),
    /// A change of the settings in the data folder, its number, and when it was made.
    Settings(PathBuf, Box<SettingsChange>, u64, Moment),
    /// How the window is left, in the data folder.
    Place(PathBuf, Left),
    /// Says that everything before is done.
    Done(SyncSender<()>),
}

type Dialog = Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

/// Runs jobs.
pub(super) struct Worker {
    ctx: egui::Context,
    found: Receiver<Found>,
    done: (SyncSender<Ticketed>, Receiver<Ticketed>),
    /// The latest ticket of each kind of job: what comes of an earlier one is of no use any more.
    tickets: BTreeMap<&'static str, u64>,
    keeper: SyncSender<Keep>,
    plain_keeper: SyncSender<plain_keeper::Todo>,
    dialog: Option<Open>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("dialog", &self.dialog.as_ref().map(|open| open.picking))
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
        let work = move || {
            // A fault leaves its trace and costs what was to be kept then, not what comes.
            while catch_unwind(AssertUnwindSafe(|| keep(&todo, &lost, &repaint))).is_err() {}
        };
        let name = "shodo-keeper".to_owned();
        // Without the thread nothing is kept, and each attempt to hand something over says so.
        std::thread::Builder::new().name(name).spawn(work).ok();
        // Apart from the keeper: a disk that holds drafts up must not hold up the plain log.
        let (plain_keeper, todo) = sync_channel(KEPT_BACK);
        let (told, repaint) = (send, ctx.clone());
        let work = move || {
            let keep = || plain_keeper::keep(&todo, &told, &repaint);
            while catch_unwind(AssertUnwindSafe(keep)).is_err() {}
        };
        let name = "shodo-plain".to_owned();
        std::thread::Builder::new().name(name).spawn(work).ok();
        Self {
            ctx,
            found,
            done: sync_channel(32),
            tickets: BTreeMap::new(),
            keeper,
            plain_keeper,
            dialog: None,
        }
    }

    /// Gives what was found since the last call.
    pub(super) fn found(&mut self) -> Vec<Found> {
        let mut found: Vec<Found> = self.found.try_iter().collect();
        for done in self.done.1.try_iter() {
            let is_latest = self.tickets.get(done.kind) == Some(&done.ticket);
            if is_latest || matches!(done.found, Found::Panicked(_)) {
                found.push(done.found);
            }
        }
        let Some(open) = &mut self.dialog else {
            return found;
        };
        let waker = Waker::from(Arc::new(Repaint(self.ctx.clone())));
        if let Poll::Ready(picked) = open.dialog.as_mut().poll(&mut Context::from_waker(&waker)) {
            let picked = picked.map(|file| file.path().to_owned());
            found.extend(answer(open.picking, picked, open.since.millis()));
            self.dialog = None;
        }
        found
    }

    /// Makes what a flow file gives come to nothing, where it was asked for before.
    pub(super) fn forget_flow(&mut self) {
        for kind in ["flow", "own-flow"] {
            self.ticket(kind);
        }
    }

    /// Makes a folder that is being marked not become the mirror folder.
    pub(super) fn forget_mirror(&mut self) {
        self.ticket("mirror");
    }

    /// Looks who holds the lock of an incident's folder.
    pub(super) fn look_at_lock(&mut self, folder: PathBuf) {
        self.run("lock", move || {
            let holder = session::holder(&folder);
            Some(Found::LockSeen(folder, holder))
        });
    }

    /// Reads a record that is only read once more.
    pub(super) fn read_again(&mut self, folder: PathBuf, clock: Clock, was: ReadOnly) {
        self.run("again", move || {
            let read = Session::read_again(&folder, clock, was);
            Some(Found::ReadAgain(folder, Box::new(read)))
        });
    }

    /// Looks for the traces that faults have left.
    pub(super) fn traces(&mut self, data: PathBuf) {
        self.run("traces", move || Some(Found::Traces(crash::traces(&data))));
    }

    /// Notes that a trace was told.
    pub(super) fn trace_told(&mut self, trace: PathBuf) {
        self.run("told", move || {
            crash::told(&trace);
            None
        });
    }

    /// Reads the built-in flow.
    pub(super) fn built_in(&mut self) {
        self.run("built-in", || {
            Some(Found::BuiltIn(session::built_in().map(Arc::new)))
        });
    }

    /// Reads the flow that the data folder puts in the place of the built-in one, if it does.
    pub(super) fn own_flow(&mut self, data: &Path) {
        let path = session::own_flow_path(data);
        self.run("own-flow", move || {
            path.is_file().then(|| {
                let read = read_flow(&path);
                Found::Flow(path, read)
            })
        });
    }

    /// Makes a folder the mirror folder; `says` is for whoever finds the marker.
    pub(super) fn mark_mirror(&mut self, data: PathBuf, folder: PathBuf, says: String) {
        self.run("mirror", move || {
            let marked = session::mark_mirror(&data, &folder, &says);
            Some(Found::MirrorMarked(folder, marked))
        });
    }

    /// Makes the marker of a start name these renderers alone.
    pub(super) fn mark_start(&mut self, marker: PathBuf, renderers: Vec<Renderer>) {
        self.run("marker", move || {
            window::note(&marker, &renderers);
            None
        });
    }

    /// Reads a flow file.
    pub(super) fn flow(&mut self, path: PathBuf) {
        self.forget_flow();
        self.run("flow", move || {
            let read = read_flow(&path);
            Some(Found::Flow(path, read))
        });
    }

    /// Sums up the latest incidents of a data folder.
    pub(super) fn summaries(&mut self, data: &Path) {
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
    pub(super) fn open(&mut self, folder: PathBuf, clock: Clock) {
        let wake = self.ctx.clone();
        self.run("open", move || {
            let opened = Session::open(&folder, clock, Box::new(move || wake.request_repaint()));
            let drafts = session::kept_draft(&folder);
            let opened = opened.map(|session| (session, drafts));
            Some(Found::Opened(Some(folder), Box::new(opened)))
        });
    }

    /// Begins an incident in a new folder below the data folder.
    pub(super) fn begin(&mut self, data: PathBuf, opening: Opening, flow: Arc<Flow>, clock: Clock) {
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

    /// Keeps a change of the settings in the data folder; false when the disk does not answer.
    pub(super) fn keep_settings(
        &self,
        data: PathBuf,
        change: SettingsChange,
        number: u64,
        now: Moment,
    ) -> bool {
        let change = Keep::Settings(data, Box::new(change), number, now);
        self.keeper.try_send(change).is_ok()
    }

    /// Keeps how the window is left; where the disk does not answer, that is lost.
    pub(super) fn keep_place(&self, data: PathBuf, left: Left) {
        self.keeper.try_send(Keep::Place(data, left)).ok();
    }

    /// Keeps the plain log; false when the disk does not answer.
    pub(super) fn keep_plain(&self, log: PlainLog, folders: Vec<PathBuf>) -> bool {
        let todo = plain_keeper::Todo::Keep(log, folders);
        self.plain_keeper.try_send(todo).is_ok()
    }

    /// Looks for the plain logs of earlier runs; a folder that does not answer is passed over.
    pub(super) fn earlier_logs(&mut self, folders: Vec<PathBuf>, now: Moment) {
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
            self.open_dialog(Picking::Folder, Box::pin(dialog.pick_folder()));
        }
    }

    /// Asks the system for a folder for the plain log; does nothing while a dialog is open.
    pub(super) fn pick_plain_folder(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new().set_directory(start);
            self.open_dialog(Picking::PlainFolder, Box::pin(dialog.pick_folder()));
        }
    }

    /// Asks the system for a flow file; does nothing while a dialog is open.
    pub(super) fn pick_flow(&mut self, start: &Path) {
        if self.dialog.is_none() {
            let dialog = rfd::AsyncFileDialog::new()
                .set_directory(start)
                .add_filter("RON", &["ron"]);
            self.open_dialog(Picking::Flow, Box::pin(dialog.pick_file()));
        }
    }

    fn open_dialog(&mut self, picking: Picking, dialog: Dialog) {
        self.dialog = Some(Open {
            picking,
            since: Stopwatch::start(),
            dialog,
        });
        self.ctx.request_repaint();
    }

    /// Gives the next ticket of a kind of job; the earlier ones count no more.
    fn ticket(&mut self, kind: &'static str) -> u64 {
        let ticket = self.tickets.entry(kind).or_default();
        *ticket += 1;
        *ticket
    }

    /// Runs a job in a thread of its own; of several of a kind only the latest has a result.
    fn run(&mut self, kind: &'static str, job: impl FnOnce() -> Option<Found> + Send + 'static) {
        let (send, ctx) = (self.done.0.clone(), self.ctx.clone());
        let ticket = self.ticket(kind);
        let work = move || {
            let found = catch_unwind(AssertUnwindSafe(job))
                .unwrap_or_else(|_panic| Some(Found::Panicked(crash::latest())));
            if let Some(found) = found {
                let done = Ticketed {
                    kind,
                    ticket,
                    found,
                };
                // Fails only when the window is gone, and then nobody asks.
                send.send(done).ok();
                ctx.request_repaint();
            }
        };
        let name = format!("shodo-{kind}");
        std::thread::Builder::new().name(name).spawn(work).ok();
    }
}

/// Gives what a dialog's answer means that came after so many milliseconds.
fn answer(picking: Picking, picked: Option<PathBuf>, millis: f64) -> Option<Found> {
    match picked {
        None => (millis < NO_DIALOG_MILLIS).then_some(Found::NoDialog(picking)),
        Some(path) => Some(match picking {
            Picking::Folder => Found::PickedFolder(path),
            Picking::Flow => Found::PickedFlow(path),
            Picking::PlainFolder => Found::PickedPlainFolder(path),
        }),
    }
}

/// The keeper's thread: of what has piled up, the latest drafts and all changes are written.
fn keep(todo: &Receiver<Keep>, lost: &SyncSender<Found>, ctx: &egui::Context) {
    // A change that cannot be written is written with the next one.
    let mut changes: BTreeMap<PathBuf, Vec<SettingsChange>> = BTreeMap::new();
    while let Ok(first) = todo.recv() {
        let mut drafts = BTreeMap::new();
        let mut settings = BTreeMap::new();
        let mut waiting = Vec::new();
        for next in std::iter::once(first).chain(todo.try_iter()) {
            match next {
                Keep::Drafts(folder, texts) => {
                    drafts.insert(folder, texts);
                }
                Keep::Settings(data, change, number, now) => {
                    changes.entry(data.clone()).or_default().push(*change);
                    settings.insert(data, (number, now));
                }
                Keep::Place(data, left) => placing::keep(&data, left),
                Keep::Done(done) => waiting.push(done),
            }
        }
        let drafts = drafts.iter().filter_map(|(folder, texts)| {
            let error = session::keep_draft(folder, texts).err()?;
            Some(Found::DraftsLost(error.to_string()))
        });
        let settings = settings.into_iter().map(|(data, (number, now))| {
            let all = changes.get(&data).map(Vec::as_slice).unwrap_or_default();
            let now = now.format("%Y-%m-%d-%H%M%S").to_string();
            match SettingsChange::write(all, &data, &now) {
                Ok(written) => {
                    changes.remove(&data);
                    Found::SettingsKept(number, Box::new(written))
                }
                Err(error) => Found::SettingsLost(error),
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_answers_nothing_at_once_is_none_and_later_a_person_has_answered() {
        let none = |millis| answer(Picking::Flow, None, millis);
        assert!(matches!(none(1.0), Some(Found::NoDialog(Picking::Flow))));
        assert!(none(301.0).is_none());
        let some = answer(Picking::Folder, Some(PathBuf::from("/a")), 1.0);
        assert!(matches!(some, Some(Found::PickedFolder(_))));
    }

    #[test]
    fn of_several_jobs_of_a_kind_the_latest_has_a_result_and_a_fault_is_told() {
        let mut worker = Worker::new(egui::Context::default());
        let send = worker.done.0.clone();
        let tickets: Vec<u64> = (0..2).map(|_| worker.ticket("a")).collect();
        for (ticket, text) in [(tickets[1], "latest"), (tickets[0], "late")] {
            let (kind, found) = ("a", Found::DraftsLost(text.to_owned()));
            let done = Ticketed {
                kind,
                ticket,
                found,
            };
            send.send(done).unwrap();
        }
        worker.run("b", || Some(Found::DraftsLost("other".to_owned())));
        worker.run("c", || panic!("a fault"));
        let mut said = Vec::new();
        while said.len() < 3 {
            said.extend(worker.found().into_iter().map(|found| match found {
                Found::DraftsLost(text) => text,
                Found::Panicked(_) => "panicked".to_owned(),
                other => panic!("{other:?}"),
            }));
            std::thread::yield_now();
        }
        said.sort();
        assert_eq!(said, ["latest", "other", "panicked"]);
    }
}
