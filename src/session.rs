//! A running incident: the one way in which a command becomes an entry.
//!
//! decide → append and sync → apply, in that order and one command at a time. The window
//! submits, goes on drawing, and asks [`Session::tick`] what has become of it; the command
//! line waits. Until an entry is on the disk it is [`Session::pending`], and the incident
//! does not have it.
//!
//! **Invariant:** [`Session::incident`] is the fold of what is on the disk, nothing more.

mod reading;

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Stopwatch};
use crate::crash::{self, Doer};
use crate::files;
use crate::flow::{Flow, SHIPPED};
use crate::incident::{
    Act, Command, Entry, EntryNumber, Incident, Mode, Moment, Opening, Present, Refusal, decide,
};
use crate::journal::{
    self, Head, Journal, JournalError, Mirror, Mirroring, NotMarked, Opened, ReadOnly, Recovery,
    Wake, Writer,
};

pub use reading::holder;

/// The folder of incidents in the data folder.
pub const INCIDENTS: &str = "incidents";

/// After how long a disk that does not answer is told.
const SLOW_MILLIS: f64 = 2000.0;

/// A running or opened incident.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    flow: Arc<Flow>,
    incident: Incident,
    clock: Clock,
    writer: Option<Writer>,
    head: Head,
    queue: VecDeque<Command>,
    in_flight: Option<Entry>,
    /// Since when the entry in flight is being written.
    writing: Option<Stopwatch>,
    failure: Option<JournalError>,
    recovery: Recovery,
    read_only: Option<ReadOnly>,
    flow_fault: Option<FlowFault>,
    saved_at: Option<Moment>,
    /// When what stands on the disk was read.
    read_at: Moment,
    mirror: Option<Mirroring>,
    /// Since when the copy was seen to lack something.
    behind: Cell<Option<Stopwatch>>,
}

/// What has become of a command.
#[derive(Debug)]
pub enum Outcome {
    /// It is on the disk, with this number.
    Saved(EntryNumber),
    /// It was meaningless; nothing was recorded.
    Refused {
        /// The command.
        command: Box<Command>,
        /// Why, and what to do instead.
        refusal: Refusal,
    },
    /// It could not be written and is kept; [`Session::retry`] tries again.
    Failed(EntryNumber),
}

/// The flow beside the journal cannot be used; the built-in one stands in, to read only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowFault {
    /// It is not sound.
    Unsound(Vec<crate::flow::Problem>),
    /// It is missing or cannot be read; which of them is told as damage.
    Absent,
}

/// An incident could not be started or opened.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The journal says no.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A folder or a file says no.
    #[error(transparent)]
    File(#[from] files::FileError),
    /// The opening was refused.
    #[error("refused")]
    Refused(Refusal),
    /// No built-in flow is sound; only a broken build can say so.
    #[error("no sound flow")]
    NoFlow,
}

/// What stands on the home screen about an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its folder.
    pub folder: PathBuf,
    /// Its title.
    pub title: Option<String>,
    /// Live or drill.
    pub mode: Mode,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// When the last entry was recorded.
    pub last_at: Option<Moment>,
    /// How many entries it has.
    pub entries: usize,
    /// How many nodes are open.
    pub open: usize,
    /// How many are parked.
    pub parked: usize,
    /// It is closed.
    pub is_closed: bool,
}

impl Session {
    /// Starts an incident in a new folder below the data folder; it is on the disk on return.
    pub fn create(
        data: &Path,
        opening: Opening,
        flow: Arc<Flow>,
        clock: Clock,
        wake: Wake,
    ) -> Result<Self, SessionError> {
        let now = clock.now();
        let mode = opening.mode;
        let incident = Incident::new(&flow);
        let command = Command::from(Act::Open(opening));
        let first = decide(&flow, &incident, command, now).map_err(SessionError::Refused)?;
        let parent = data.join(INCIDENTS);
        files::create_folder(&parent)?;
        let (folder, journal) = create_in(&parent, mode, now, flow.text(), &first)?;
        let head = journal.head().clone();
        let mut session = Self {
            folder,
            incident,
            clock,
            writer: Some(Writer::spawn_waking(journal, wake)?),
            head,
            queue: VecDeque::new(),
            in_flight: None,
            writing: None,
            failure: None,
            recovery: Recovery::None,
            read_only: None,
            flow_fault: None,
            saved_at: Some(now),
            read_at: now,
            mirror: None,
            behind: Cell::new(None),
            flow,
        };
        session.incident.apply(&session.flow, first);
        Ok(session)
    }

    /// Opens an incident's folder to go on; to read only where writing is not possible.
    pub fn open(folder: &Path, clock: Clock, wake: Wake) -> Result<Self, SessionError> {
        Self::on(folder, Journal::open(folder)?, clock, wake)
    }

    /// Opens an incident's folder to read only; changes nothing in it.
    pub fn read(folder: &Path, clock: Clock) -> Result<Self, SessionError> {
        Self::on(folder, journal::read(folder)?, clock, Box::new(|| {}))
    }

    /// Goes on with a journal that is open; tests give it one on a false disk.
    #[doc(hidden)]
    pub fn on(
        folder: &Path,
        opened: Opened,
        clock: Clock,
        wake: Wake,
    ) -> Result<Self, SessionError> {
        let (flow, flow_fault) = match opened.flow_text.as_deref().map(Flow::read) {
            Some(Ok(flow)) => (flow, None),
            Some(Err(problems)) => (built_in()?, Some(FlowFault::Unsound(problems))),
            None => (built_in()?, Some(FlowFault::Absent)),
        };
        let incident = Incident::read(&flow, opened.entries);
        let writer = match opened.journal {
            // Going on with another flow than the record's would make a record of its own.
            Some(journal) if flow_fault.is_none() => Some(Writer::spawn_waking(journal, wake)?),
            _ => None,
        };
        Ok(Self {
            folder: folder.to_owned(),
            flow: Arc::new(flow),
            saved_at: incident.entries().last().map(|entry| entry.recorded_at),
            incident,
            read_at: clock.now(),
            clock,
            writer,
            head: opened.head,
            queue: VecDeque::new(),
            in_flight: None,
            writing: None,
            failure: None,
            recovery: opened.recovery,
            read_only: opened.read_only,
            flow_fault,
            mirror: None,
            behind: Cell::new(None),
        })
    }

    /// Gives the incident's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the flow.
    pub fn flow(&self) -> &Arc<Flow> {
        &self.flow
    }

    /// Gives the incident as it is on the disk.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Gives where the journal ends.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Gives it another clock; a test lets it jump.
    #[doc(hidden)]
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Gives the present moment of the session's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Gives the present moment, and the record's zone, in which times are typed.
    pub fn present(&self) -> Present {
        Present {
            now: self.clock.now(),
            zone: self.incident.zone(),
        }
    }

    /// Gives when the last entry was saved.
    pub fn saved_at(&self) -> Option<Moment> {
        self.saved_at
    }

    /// Gives what opening found and did about a torn end.
    pub fn recovery(&self) -> &Recovery {
        &self.recovery
    }

    /// Gives why nothing can be written.
    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// Gives what is wrong with the flow beside the journal.
    pub fn flow_fault(&self) -> Option<&FlowFault> {
        self.flow_fault.as_ref()
    }

    /// Keeps a copy in a mirror folder from now on; where nothing can be written, looks at it once.
    pub fn mirror_to(&mut self, root: Option<&Path>) {
        let start = if self.can_write() {
            Mirroring::copy
        } else {
            Mirroring::watch
        };
        self.mirror = root.map(|root| start(&self.folder, root, &self.head));
    }

    /// Calls this on the mirror's thread whenever the copy stands otherwise.
    pub fn on_mirror(&self, wake: Wake) {
        if let Some(mirror) = &self.mirror {
            mirror.on_change(wake);
        }
    }

    /// Gives how the copy in the mirror folder stands; never waits.
    pub fn mirror(&self) -> Mirror {
        let state = self.mirror.as_ref().map(Mirroring::state);
        self.mirror_as_told(state.unwrap_or(Mirror::Off))
    }

    /// Waits until the copy holds everything or has a problem, but no longer than this.
    pub fn mirror_within(&self, limit: Duration) -> Mirror {
        self.mirror();
        let state = self.mirror.as_ref().map(|mirror| mirror.wait(limit));
        self.mirror_as_told(state.unwrap_or(Mirror::Off))
    }

    /// Says that the folder does not answer when it has not for a while.
    fn mirror_as_told(&self, state: Mirror) -> Mirror {
        let is_behind = match state {
            Mirror::Copying => true,
            // Where nothing can be written nobody copies, and it stays as it is.
            Mirror::UpTo(count) => self.can_write() && count < self.head.count,
            _ => false,
        };
        let since = is_behind.then(|| self.behind.get().unwrap_or_else(Stopwatch::start));
        self.behind.set(since);
        if since.is_some_and(|since| since.millis() > SLOW_MILLIS) {
            Mirror::Waiting
        } else {
            state
        }
    }

    /// Tells whether commands can be recorded.
    pub fn can_write(&self) -> bool {
        self.writer.is_some()
    }

    /// Gives why the last entry could not be written; it is kept until it can.
    pub fn failure(&self) -> Option<&JournalError> {
        self.failure.as_ref()
    }

    /// Gives the entry that is being written, or could not be.
    pub fn pending(&self) -> Option<&Entry> {
        self.in_flight.as_ref()
    }

    /// Tells whether the disk has not answered for so long that a person must be told.
    pub fn is_waiting(&self) -> bool {
        let slow = |since: Stopwatch| since.millis() > SLOW_MILLIS;
        self.failure.is_none() && self.in_flight.is_some() && self.writing.is_some_and(slow)
    }

    /// Tells whether the disk or the mirror folder is awaited and may yet have to be told as slow:
    /// whoever shows that must look again by itself.
    pub fn is_under_way(&self) -> bool {
        let writes = self.in_flight.is_some() && self.failure.is_none() && !self.is_waiting();
        let copies = self.mirror() != Mirror::Waiting && self.behind.get().is_some();
        writes || copies
    }

    /// Gives the commands that wait for the one being written.
    pub fn queued(&self) -> impl Iterator<Item = &Command> {
        self.queue.iter()
    }

    /// Tells whether everything submitted is on the disk.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_none() && self.queue.is_empty()
    }

    /// Takes a command; it is carried out when those before it are on the disk.
    ///
    /// False when nothing can be written; then the command was not taken.
    pub fn submit(&mut self, command: impl Into<Command>) -> bool {
        if self.writer.is_none() {
            return false;
        }
        self.queue.push_back(command.into());
        true
    }

    /// Goes on as far as is possible without waiting, and says what has become of commands.
    pub fn tick(&mut self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        loop {
            if let Some(result) = self.writer.as_mut().and_then(Writer::poll) {
                outcomes.extend(self.written(result));
            }
            if self.in_flight.is_some() || !self.next(&mut outcomes) {
                return outcomes;
            }
        }
    }

    /// Waits until everything submitted is on the disk or has failed, and says what has become of it.
    pub fn settle(&mut self) -> Vec<Outcome> {
        let mut outcomes = self.tick();
        while self.in_flight.is_some() && self.failure.is_none() {
            let Some(result) = self.writer.as_mut().map(Writer::wait) else {
                break;
            };
            outcomes.extend(self.written(result));
            outcomes.extend(self.tick());
        }
        outcomes
    }

    /// Tries again to write what could not be written.
    pub fn retry(&mut self) {
        let Some(writer) = &mut self.writer else {
            return;
        };
        if self.failure.take().is_none() {
            return;
        }
        self.writing = Some(Stopwatch::start());
        let again = match (writer.retry(), &self.in_flight) {
            // The writer never took it; hand it over as if for the first time.
            (Err(JournalError::Idle), Some(entry)) => writer.submit(entry.clone()),
            (again, _) => again,
        };
        self.failure = again.err();
    }

    fn written(&mut self, result: Result<Head, JournalError>) -> Option<Outcome> {
        match result {
            Ok(head) => {
                let entry = self.in_flight.take()?;
                let number = entry.number;
                self.saved_at = Some(self.clock.now());
                if let Some(found) = self.writer.as_mut().map(Writer::take_recovery)
                    && found != Recovery::None
                {
                    self.recovery = found;
                }
                if let Some(mirror) = &self.mirror {
                    mirror.reached(&head);
                }
                self.head = head;
                self.incident.apply(&self.flow, entry);
                Some(Outcome::Saved(number))
            }
            Err(error) => {
                self.failure = Some(error);
                self.in_flight
                    .as_ref()
                    .map(|entry| Outcome::Failed(entry.number))
            }
        }
    }

    /// Hands the next command to the writer; false when there is none.
    fn next(&mut self, outcomes: &mut Vec<Outcome>) -> bool {
        let Some(command) = self.queue.pop_front() else {
            return false;
        };
        crash::note(Doer::Session, &command.act);
        match decide(&self.flow, &self.incident, command.clone(), self.present()) {
            Err(refusal) => outcomes.push(Outcome::Refused {
                command: Box::new(command),
                refusal,
            }),
            Ok(entry) => {
                self.in_flight = Some(entry.clone());
                self.writing = Some(Stopwatch::start());
                if let Some(writer) = &mut self.writer
                    && let Err(error) = writer.submit(entry)
                {
                    outcomes.extend(self.written(Err(error)));
                }
            }
        }
        true
    }
}

fn create_in(
    parent: &Path,
    mode: Mode,
    now: Moment,
    flow_text: &str,
    first: &Entry,
) -> Result<(PathBuf, Journal), SessionError> {
    let name = format!("{}-{}", now.format("%Y-%m-%d-%H%M"), mode.id());
    let mut number = 1_u32;
    loop {
        let folder = if number == 1 {
            parent.join(&name)
        } else {
            parent.join(format!("{name}-{number}"))
        };
        match Journal::create(&folder, flow_text, first) {
            Err(JournalError::Exists { .. }) if number < 10_000 => number += 1,
            created => return Ok((folder, created?)),
        }
    }
}

/// Gives where a data folder keeps a flow to be used instead of the built-in incident flow.
pub fn own_flow_path(data: &Path) -> PathBuf {
    let name = SHIPPED.first().map_or("flow.ron", |flow| flow.name);
    data.join("flows").join(name)
}

/// Reads the flow that is used when none is named.
pub fn built_in() -> Result<Flow, SessionError> {
    SHIPPED
        .first()
        .and_then(|flow| Flow::read(flow.text).ok())
        .ok_or(SessionError::NoFlow)
}

/// Sums up an incident for the home screen; changes nothing.
pub fn summary(folder: &Path) -> Result<Summary, SessionError> {
    let session = Session::read(folder, Clock::System)?;
    let incident = session.incident();
    let count = |is: fn(&crate::flow::State) -> bool| {
        incident
            .marking()
            .all()
            .filter(|(_, mark)| is(&mark.state))
            .count()
    };
    Ok(Summary {
        folder: folder.to_owned(),
        title: incident.title().map(str::to_owned),
        mode: incident.mode(),
        opened_at: incident.opened_at(),
        last_at: incident.entries().last().map(|entry| entry.recorded_at),
        entries: incident.entries().len(),
        open: count(|state| matches!(state, crate::flow::State::Open)),
        parked: count(|state| matches!(state, crate::flow::State::Parked { .. })),
        is_closed: incident.closed().is_some(),
    })
}

/// Keeps unsent text beside a journal; an empty map removes it.
pub fn keep_draft(folder: &Path, texts: &BTreeMap<String, String>) -> Result<(), JournalError> {
    journal::draft::save(folder, texts)
}

/// Gives the unsent text that was kept beside a journal.
pub fn kept_draft(folder: &Path) -> BTreeMap<String, String> {
    journal::draft::load(folder)
}

/// Makes a folder the mirror folder of the incidents of a data folder; `says` is for whoever
/// finds the marker.
pub fn mark_mirror(data: &Path, folder: &Path, says: &str) -> Result<(), NotMarked> {
    journal::mark_mirror(folder, &[data, &data.join(INCIDENTS)], says)
}

/// Gives the folders of incidents below the data folder, the latest first.
pub fn folders(data: &Path) -> Vec<PathBuf> {
    let mut folders = files::folders_in(&data.join(INCIDENTS));
    folders.retain(|folder| folder.join(files::JOURNAL).is_file());
    folders.reverse();
    folders
}
