//! What a person asks for, and how it can be refused.
//!
//! Commands are imperative and carry no effects; [`super::decide()`] turns one into an entry
//! or a [`Refusal`]. A refusal is only for what is meaningless, and says what to do instead.

use std::collections::BTreeMap;

use super::decide::join;
use super::{EntryNumber, Event, Ground, Lasting, Mode, Moment, Note};
use crate::flow::{Named, NodeId, Pair, State};

/// The longest text that one command takes, in bytes.
pub const TEXT_BYTES_LIMIT: usize = 1024 * 1024;

/// A command: what to do, when it happened, by whom and in which role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What to do.
    pub act: Act,
    /// When it happened, where that was not just now.
    pub happened_at: Option<Moment>,
    /// In which role.
    pub role: Option<String>,
}

impl From<Act> for Command {
    fn from(act: Act) -> Self {
        Self {
            act,
            happened_at: None,
            role: None,
        }
    }
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Open the incident; only as the first command.
    Open(Opening),
    /// Give it a title.
    Title(String),
    /// Name the site.
    Site(String),
    /// Let another person write.
    Recorder(String),
    /// Tick an item (number from 1); the text says how it went.
    Tick(NodeId, u32, Option<String>),
    /// Take a tick back.
    Untick(NodeId, u32, Ground),
    /// Fill in a field, as typed.
    Fill(NodeId, String, String),
    /// Fill in a cell: table, row, column, text as typed.
    Cell(String, String, String, String),
    /// Complete a step.
    Complete(NodeId, Ground),
    /// Choose an answer.
    Choose(NodeId, String, Ground),
    /// Choose another answer than the one in force.
    Change(NodeId, String, Ground),
    /// Leave a step or decision out.
    Skip(NodeId, Ground),
    /// Start a node that the flow has not opened; also resumes and brings back.
    Start(NodeId, Ground),
    /// Set an open node aside.
    Park(NodeId, Ground),
    /// Take a parked node up again.
    Resume(NodeId, Ground),
    /// Bring a withdrawn node back.
    BringBack(NodeId, Ground),
    /// Open a settled node again.
    Reopen(NodeId, Ground),
    /// Ask a question again because of a new fact.
    AskAgain(NodeId, String),
    /// Give a role to a person.
    Assign(String, String),
    /// Name a deputy.
    Deputy(String, String),
    /// Hand a role over: role, to whom, what was told.
    HandOver(String, String, Option<String>),
    /// Take a person out of a role.
    Release(String, String),
    /// Take a note.
    Note(Note),
    /// Settle an open item.
    Settle(EntryNumber, Option<String>),
    /// Give a missing reason; for one of the things that a closing left open, by name.
    Reason(EntryNumber, Option<String>, Ground),
    /// Strike an entry's text or value, or put another in its place.
    Correct(EntryNumber, Option<String>, Ground),
    /// Say that a duty was known: duty, who knew, which ground.
    Know(String, Option<String>, Option<String>),
    /// Say that a step, or one of its items (from 1), cannot be done; what was done instead.
    Impossible(NodeId, Option<u32>, Option<String>, Ground),
    /// Say that a step, or one of its items (from 1), does not apply.
    NotApplicable(NodeId, Option<u32>, Ground),
    /// Record a report of a duty: which (`ppc/prompt`, `mhlw`), to whom, by whom, its reference.
    Report(String, Option<String>, Option<String>, Option<String>),
    /// Decide not to make a report of a duty: which.
    NotReport(String, Ground),
    /// Close the incident; with reasons of their own for what needs them, by name.
    Close(Ground, BTreeMap<String, Ground>),
    /// Open the incident again after closing.
    ReopenIncident(Ground),
    /// Take an entry back: this one, else the last that counts.
    Undo(Option<EntryNumber>),
    /// Let the entry count again that was taken back last.
    Redo,
}

impl Act {
    /// Gives the step or decision that it is about, where it is about one.
    pub fn node(&self) -> Option<&NodeId> {
        match self {
            Self::Tick(node, ..)
            | Self::Untick(node, ..)
            | Self::Fill(node, ..)
            | Self::Complete(node, _)
            | Self::Choose(node, ..)
            | Self::Change(node, ..)
            | Self::Skip(node, _)
            | Self::Impossible(node, ..)
            | Self::NotApplicable(node, ..)
            | Self::Start(node, _)
            | Self::Park(node, _)
            | Self::Resume(node, _)
            | Self::BringBack(node, _)
            | Self::Reopen(node, _)
            | Self::AskAgain(node, _) => Some(node),
            Self::Note(note) => note.node.as_ref(),
            Self::Open(_)
            | Self::Title(_)
            | Self::Site(_)
            | Self::Recorder(_)
            | Self::Cell(..)
            | Self::Assign(..)
            | Self::Deputy(..)
            | Self::HandOver(..)
            | Self::Release(..)
            | Self::Settle(..)
            | Self::Reason(..)
            | Self::Correct(..)
            | Self::Know(..)
            | Self::Report(..)
            | Self::NotReport(..)
            | Self::Close(..)
            | Self::ReopenIncident(_)
            | Self::Undo(_)
            | Self::Redo => None,
        }
    }
}

/// How an incident begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// Live or drill.
    pub mode: Mode,
    /// Which door of the flow.
    pub door: String,
    /// A title; may come later.
    pub title: Option<String>,
    /// The site; may come later.
    pub site: Option<String>,
    /// Who writes; may come later.
    pub recorder: Option<String>,
    /// The program and its version.
    pub program: String,
}

/// How a node stands, as far as it decides which command takes it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The flow has not opened it yet.
    NotStarted,
    /// A step that is open.
    OpenStep,
    /// A decision that is open.
    OpenDecision,
    /// It is set aside.
    Parked,
    /// It is done or skipped.
    Settled,
    /// It is no longer needed.
    Withdrawn,
}

impl Standing {
    pub(super) fn of(state: State, is_decision: bool) -> Self {
        match state {
            State::Closed => Self::NotStarted,
            State::Open if is_decision => Self::OpenDecision,
            State::Open => Self::OpenStep,
            State::Parked { .. } => Self::Parked,
            State::Done(_) | State::Skipped => Self::Settled,
            State::Withdrawn { .. } => Self::Withdrawn,
        }
    }
}

/// What an entry is about that has no words to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncorrectable {
    /// A role.
    Role,
    /// The state of a node or of the incident.
    State,
}

impl Uncorrectable {
    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::RoleAssigned { .. }
            | Event::DeputyAdded { .. }
            | Event::RoleReleased { .. }
            | Event::RoleHandedOver { .. } => Self::Role,
            _ => Self::State,
        }
    }
}

/// Why a command is meaningless, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The flow has no such thing; the nearest known name, where there is one.
    Unknown {
        /// `node`, `item`, `field`, `option`, `role`, `duty`, `ground`, `door`, `table`, `column`, `open`.
        what: &'static str,
        /// What was named.
        id: String,
        /// What is known, or the most similar of it.
        known: String,
    },
    /// A value does not fit its field.
    BadValue {
        /// The field.
        field: String,
        /// What it is called.
        title: Pair,
        /// What it takes: `number`, `yes-no`, `choice`, `moment`.
        expects: &'static str,
        /// The choices, where there are some.
        known: Vec<Named>,
    },
    /// The text is empty.
    Empty,
    /// The text is longer than is taken.
    TooLong {
        /// Its bytes.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The command does not fit the state of the node.
    Stands(NodeId, Standing),
    /// The decision has another answer: its answer, and the one that was to be chosen.
    AlreadyAnswered(NodeId, String, String),
    /// The decision was left out, with the answer that was to be chosen.
    LeftOut(NodeId, String),
    /// The answer is in force already.
    SameAnswer(NodeId, String),
    /// A decision cannot be completed, only answered.
    NotAStep(NodeId),
    /// A step cannot be answered, only completed.
    NotADecision(NodeId),
    /// The question is the ground of a step.
    GroundOf(NodeId, NodeId),
    /// The item is ticked already.
    AlreadyTicked(NodeId, u32),
    /// This was said of the item already.
    AlreadySaid(NodeId, u32),
    /// The report was made, by this entry.
    Reported(String, EntryNumber),
    /// Nothing stands there to put in an entry's place.
    EmptyCorrection(EntryNumber),
    /// The item is not ticked.
    NotTicked(NodeId, u32),
    /// The field is a table, filled in by rows.
    IsTable(String),
    /// There is no such entry; how many there are.
    NoEntry(EntryNumber, usize),
    /// The entry has no text and no value that could be corrected.
    NothingToCorrect(EntryNumber, Uncorrectable),
    /// The entry opened no item, or it is settled.
    NoOpenItem(EntryNumber),
    /// The person does not hold the role; the role, the person, and who has it.
    NotInRole(String, String, Vec<String>),
    /// The person holds the role already.
    InRole(String, String),
    /// The incident is closed.
    Closed,
    /// The incident is not closed.
    NotClosed,
    /// The incident is open already.
    Opened,
    /// The incident has not been opened.
    NotOpened,
    /// The entry is of a kind that is not undone.
    CannotUndo(EntryNumber, Lasting),
    /// The entry was undone, by which undo.
    Undone(EntryNumber, EntryNumber),
    /// A later entry could have been another without this one.
    UndoTooLate {
        /// The entry.
        entry: EntryNumber,
        /// The later one.
        later: EntryNumber,
        /// What can be undone before it.
        first: EntryNumber,
        /// The settled node that both are about, which can be reopened instead.
        reopen: Option<NodeId>,
    },
    /// A later entry, the second, could have been another with the first.
    RedoTooLate(EntryNumber, EntryNumber),
    /// Nothing is undone.
    NothingToRedo,
}

impl Refusal {
    /// Gives the key of the sentence in the language files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unknown { known, .. } if known.is_empty() => "refusal-unknown",
            Self::Unknown { .. } => "refusal-unknown-known",
            Self::BadValue { known, .. } if known.is_empty() => "refusal-bad-value",
            Self::BadValue { .. } => "refusal-bad-choice",
            Self::Empty => "refusal-empty",
            Self::TooLong { .. } => "refusal-too-long",
            Self::Stands(_, Standing::NotStarted) => "refusal-not-started",
            Self::Stands(_, Standing::OpenStep) => "refusal-open-step",
            Self::Stands(_, Standing::OpenDecision) => "refusal-open-decision",
            Self::Stands(_, Standing::Parked) => "refusal-parked",
            Self::Stands(_, Standing::Settled) => "refusal-settled",
            Self::Stands(_, Standing::Withdrawn) => "refusal-withdrawn",
            Self::LeftOut(..) => "refusal-left-out",
            Self::AlreadyAnswered(..) => "refusal-already-answered",
            Self::SameAnswer(..) => "refusal-same-answer",
            Self::NotAStep(_) => "refusal-not-a-step",
            Self::NotADecision(_) => "refusal-not-a-decision",
            Self::GroundOf(..) => "refusal-ground-of",
            Self::AlreadyTicked(..) => "refusal-already-ticked",
            Self::AlreadySaid(..) => "refusal-already-said",
            Self::Reported(..) => "refusal-reported",
            Self::EmptyCorrection(_) => "refusal-empty-correction",
            Self::NotTicked(..) => "refusal-not-ticked",
            Self::IsTable(_) => "refusal-is-table",
            Self::NoEntry(..) => "refusal-no-entry",
            Self::NothingToCorrect(_, Uncorrectable::Role) => "refusal-correct-role",
            Self::NothingToCorrect(_, Uncorrectable::State) => "refusal-nothing-to-correct",
            Self::NoOpenItem(_) => "refusal-no-open-item",
            Self::NotInRole(_, _, who) if who.is_empty() => "refusal-not-in-role",
            Self::NotInRole(..) => "refusal-not-in-role-held",
            Self::InRole(..) => "refusal-in-role",
            Self::Closed => "refusal-closed",
            Self::NotClosed => "refusal-not-closed",
            Self::Opened => "refusal-opened",
            Self::NotOpened => "refusal-not-opened",
            Self::CannotUndo(_, Lasting::Opening) => "refusal-undo-opening",
            Self::CannotUndo(_, Lasting::Closing) => "refusal-undo-closing",
            Self::CannotUndo(_, Lasting::Undo) => "refusal-undo-undo",
            Self::Undone(..) => "refusal-undone",
            Self::UndoTooLate { reopen: None, .. } => "refusal-undo-too-late",
            Self::UndoTooLate { .. } => "refusal-undo-too-late-reopen",
            Self::RedoTooLate(..) => "refusal-redo-too-late",
            Self::NothingToRedo => "refusal-nothing-to-redo",
        }
    }

    /// Gives the arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unknown { what, id, known } => vec![
                ("what", (*what).to_owned()),
                ("id", id.clone()),
                ("known", known.clone()),
            ],
            Self::BadValue {
                field,
                expects,
                known,
                ..
            } => vec![
                ("field", field.clone()),
                ("expects", (*expects).to_owned()),
                ("known", join(known.iter().map(|name| name.id.as_str()))),
            ],
            Self::TooLong { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::NotAStep(node) | Self::NotADecision(node) | Self::Stands(node, _) => {
                vec![("id", node.to_string())]
            }
            Self::AlreadyAnswered(node, option, other) => vec![
                ("id", node.to_string()),
                ("option", option.clone()),
                ("other", other.clone()),
            ],
            Self::SameAnswer(node, option) | Self::LeftOut(node, option) => {
                vec![("id", node.to_string()), ("option", option.clone())]
            }
            Self::GroundOf(node, step) => {
                vec![("id", node.to_string()), ("step", step.to_string())]
            }
            Self::AlreadyTicked(node, item)
            | Self::AlreadySaid(node, item)
            | Self::NotTicked(node, item) => {
                vec![("id", node.to_string()), ("item", item.to_string())]
            }
            Self::Reported(name, entry) => {
                vec![("name", name.clone()), ("entry", entry.to_string())]
            }
            Self::IsTable(table) => vec![("table", table.clone()), ("title", table.clone())],
            Self::NoEntry(entry, count) => {
                vec![("entry", entry.to_string()), ("count", count.to_string())]
            }
            Self::NothingToCorrect(entry, _)
            | Self::NoOpenItem(entry)
            | Self::EmptyCorrection(entry)
            | Self::CannotUndo(entry, _) => {
                vec![("entry", entry.to_string())]
            }
            Self::Undone(entry, undo) => {
                vec![("entry", entry.to_string()), ("undo", undo.to_string())]
            }
            Self::UndoTooLate {
                entry,
                later,
                first,
                reopen,
            } => vec![
                ("entry", entry.to_string()),
                ("later", later.to_string()),
                ("first", first.to_string()),
                (
                    "id",
                    reopen.as_ref().map_or_else(String::new, NodeId::to_string),
                ),
            ],
            Self::RedoTooLate(entry, later) => {
                vec![("entry", entry.to_string()), ("later", later.to_string())]
            }
            Self::NotInRole(role, name, who) => vec![
                ("role", role.clone()),
                ("name", name.clone()),
                ("who", join(who.iter().map(String::as_str))),
            ],
            Self::InRole(role, name) => vec![("role", role.clone()), ("name", name.clone())],
            Self::Empty
            | Self::Closed
            | Self::NotClosed
            | Self::Opened
            | Self::NotOpened
            | Self::NothingToRedo => Vec::new(),
        }
    }
}
