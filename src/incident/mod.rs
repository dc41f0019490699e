//! The incident: what is known and done, as a fold of journal entries.
//!
//! [`decide()`] turns a command into an entry or a refusal, [`Incident::apply`] takes an
//! entry in and cannot fail, [`Incident::replay`] does so for any prefix of a journal.
//! Nothing here touches a disk or reads a clock: time comes in as an argument.
//!
//! **Invariant:** an `Incident` is a function of its flow and its entries; two incidents
//! with the same entries are equal.

mod apply;
mod command;
mod decide;
mod duty;
mod event;
mod moment;
mod note;
mod own_words;
mod person;
mod reasons;
mod settled;
mod texts;
mod timing;
mod undo;
mod value;

use std::collections::{BTreeMap, BTreeSet};

pub use command::*;
pub use decide::{JOURNAL_FORMAT, decide};
pub use duty::{DutyReport, DutyStanding, DutyState, duty_name, duty_names};
pub use event::*;
pub use moment::{AHEAD, FAR_BACK, Odd, Present, read_moment, writable};
pub use note::{Note, NoteKind};
pub use own_words::OwnWords;
pub use person::Holders;
pub use settled::How;
pub use timing::{Deadline, Due};
pub use undo::Lasting;
pub use value::{is_readable, narrow};

use undo::{Earlier, Undone};

use crate::flow::{Flow, Marking, Node, NodeId, NodeIx, State, Table};

/// The state of an incident after its entries: the fold of those that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    entries: Vec<Entry>,
    marking: Marking,
    /// The last entry settled a table's rows or opened them anew.
    rows_changed: bool,
    mode: Mode,
    door: Option<String>,
    title: Option<String>,
    site: Option<String>,
    recorder: Option<String>,
    nodes: BTreeMap<NodeId, Vec<Attempt>>,
    rows: BTreeMap<String, BTreeMap<String, Row>>,
    roles: BTreeMap<String, Holders>,
    /// Who held each role after each entry that changed it.
    role_history: BTreeMap<String, Vec<(EntryNumber, Holders)>>,
    open_items: BTreeMap<EntryNumber, OpenItem>,
    unsettled: BTreeSet<EntryNumber>,
    corrections: BTreeMap<EntryNumber, Vec<EntryNumber>>,
    reasons: BTreeMap<EntryNumber, Ground>,
    closing_reasons: BTreeMap<(EntryNumber, String), Ground>,
    /// The entries that gave a reason, by the entry that they gave it for.
    given: BTreeMap<EntryNumber, Vec<EntryNumber>>,
    known: Vec<Known>,
    duty_ends: Vec<duty::DutyEnd>,
    offers: BTreeSet<NodeId>,
    closed: Option<EntryNumber>,
    clock: BTreeMap<EntryNumber, Vec<ClockFlag>>,
    opened_at: Option<Moment>,
    undone: Undone,
    earlier: Earlier,
}

/// One attempt of a node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Its number, from 1.
    pub number: u32,
    /// When it opened.
    pub opened: Option<Stamp>,
    /// When it was settled, and how.
    pub settled: Option<(Stamp, Outcome)>,
    /// Since when it is parked.
    pub parked: Option<Stamp>,
    /// Since when it is no longer needed.
    pub withdrawn: Option<Stamp>,
    /// When the flow asked for it again, last.
    pub reminded: Option<Stamp>,
    /// The arcs that opened it or asked for it, by their place in the flow.
    pub arcs: BTreeSet<usize>,
    /// The ticked items, from 1.
    pub ticks: BTreeMap<u32, Stamp>,
    /// What was said of items that are not ticked, from 1.
    pub items: BTreeMap<u32, (Said, Stamp)>,
    /// Why it was left out, where more was said than that it was decided so.
    pub said: Option<Said>,
    /// The entries that noted something about it or filled in rows of its tables, and whether
    /// their words stand.
    pub written: BTreeMap<EntryNumber, bool>,
    /// The fields filled in.
    pub fields: BTreeMap<String, Filled>,
    /// Opened by a person before the flow did.
    pub early: bool,
}

/// How an attempt was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Completed.
    Done,
    /// Answered.
    Chosen(String),
    /// Left out.
    Skipped,
}

/// What was said of a step or an item that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It could not be done.
    Impossible,
    /// It does not apply here.
    NotApplicable,
}

impl Said {
    /// Gives the identifier used in JSON; in the language files it stands behind `state-`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// An entry and the moment that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The entry.
    pub entry: EntryNumber,
    /// When it happened; when it was recorded, where nothing else is said.
    pub at: Moment,
}

/// A field's value and the entry that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The value; none when it was struck.
    pub value: Option<Value>,
    /// The entry.
    pub stamp: Stamp,
}

/// A row of a table: its cells by column, for each attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The attempts, the current one last.
    pub attempts: Vec<BTreeMap<String, Filled>>,
}

impl Row {
    /// Gives the cells of the current attempt.
    pub fn current(&self) -> Option<&BTreeMap<String, Filled>> {
        self.attempts.last()
    }

    /// Tells whether the row is settled; a table without that notion has no unsettled rows.
    pub fn is_settled(&self, table: &Table) -> bool {
        let Some(settled) = &table.settled else {
            return true;
        };
        let value = self.current().and_then(|cells| cells.get(&settled.column));
        matches!(value.and_then(|filled| filled.value.as_ref()),
            Some(Value::Choice(choice)) if settled.among.contains(choice))
    }
}

/// Something that is still to be done about an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// What is missing.
    pub kind: OpenItemKind,
    /// The entry that settled it.
    pub settled: Option<EntryNumber>,
}

/// What an open item is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenItemKind {
    /// The entry lacks its reason.
    MissingReason,
    /// The entry is a note that was marked as open.
    Note,
}

/// A "we knew at" mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The duty.
    pub duty: String,
    /// Who knew.
    pub who: Option<String>,
    /// The ground.
    pub ground: Option<String>,
    /// The entry, and since when it was known.
    pub stamp: Stamp,
}

/// What is odd about an entry's times. The order of the record is not touched by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockFlag {
    /// The clock shows an earlier time than at the entry before.
    Backwards,
    /// The clock is more than 31 days ahead of the entry before.
    FarAhead,
    /// The clock's offset differs from the entry before.
    OtherOffset,
    /// It is said to have happened after it was recorded.
    HappenedLater,
}

impl ClockFlag {
    /// Gives the identifier used in JSON and in the language files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Backwards => "backwards",
            Self::FarAhead => "far-ahead",
            Self::OtherOffset => "other-offset",
            Self::HappenedLater => "happened-later",
        }
    }
}

impl Incident {
    /// Gives the incident before its first entry.
    pub fn new(flow: &Flow) -> Self {
        Self {
            entries: Vec::new(),
            marking: Marking::new(flow),
            rows_changed: false,
            mode: Mode::default(),
            door: None,
            title: None,
            site: None,
            recorder: None,
            nodes: BTreeMap::new(),
            rows: BTreeMap::new(),
            roles: BTreeMap::new(),
            role_history: BTreeMap::new(),
            open_items: BTreeMap::new(),
            unsettled: BTreeSet::new(),
            corrections: BTreeMap::new(),
            reasons: BTreeMap::new(),
            closing_reasons: BTreeMap::new(),
            given: BTreeMap::new(),
            known: Vec::new(),
            duty_ends: Vec::new(),
            offers: BTreeSet::new(),
            closed: None,
            clock: BTreeMap::new(),
            opened_at: None,
            undone: Undone::default(),
            earlier: Earlier::default(),
        }
    }

    /// Gives the incident after a prefix of a journal.
    pub fn replay(flow: &Flow, entries: &[Entry]) -> Self {
        Self::read(flow, entries.to_vec())
    }

    /// Gives the incident after these entries, moved in one after the other: a long record is
    /// not held twice.
    pub fn read(flow: &Flow, entries: Vec<Entry>) -> Self {
        let mut incident = Self::new(flow);
        incident.entries.reserve_exact(entries.len());
        // Which entries count is known before the first is taken in, so each is taken in once,
        // however many were undone.
        for entry in &entries {
            incident.undone.note(entry, &entries);
        }
        let until = entries.len();
        incident.take_in_all(flow, entries, until);
        incident
    }

    /// Gives the entries, in the order of the record.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Gives an entry by its number.
    pub fn entry(&self, number: EntryNumber) -> Option<&Entry> {
        let at = usize::try_from(number.0.checked_sub(1)?).ok()?;
        self.entries.get(at)
    }

    /// Gives the number that the next entry gets.
    pub fn next_number(&self) -> EntryNumber {
        EntryNumber(self.entries.len() as u64 + 1)
    }

    /// Gives the state of the nodes.
    pub fn marking(&self) -> &Marking {
        &self.marking
    }

    /// Tells whether it is the real thing or an exercise.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Gives the door that it was opened through; none before it was.
    pub fn door(&self) -> Option<&str> {
        self.door.as_deref()
    }

    /// Gives the title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Gives the site.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// Gives who writes.
    pub fn recorder(&self) -> Option<&str> {
        self.recorder.as_deref()
    }

    /// Gives when it was opened.
    pub fn opened_at(&self) -> Option<Moment> {
        self.opened_at
    }

    /// Gives the entry that closed it, unless it is open.
    pub fn closed(&self) -> Option<EntryNumber> {
        self.closed
    }

    /// Gives a node's attempts, the current one last; none before it was first touched.
    pub fn attempts(&self, node: &NodeId) -> &[Attempt] {
        self.nodes.get(node).map_or(&[], Vec::as_slice)
    }

    /// Gives a node's current attempt.
    pub fn attempt(&self, node: &NodeId) -> Option<&Attempt> {
        self.attempts(node).last()
    }

    /// Gives a node's state; closed for a node that the flow does not have.
    pub fn state(&self, flow: &Flow, node: &NodeId) -> State {
        flow.index(node)
            .map_or(State::Closed, |ix| self.marking.mark(ix).state)
    }

    /// Gives the open nodes, in the order of the flow.
    pub fn open_nodes<'a>(&'a self, flow: &'a Flow) -> impl Iterator<Item = (NodeIx, Node<'a>)> {
        flow.nodes()
            .filter(|(ix, _)| self.marking.mark(*ix).is_open())
    }

    /// Gives the answer in force, by decision.
    pub fn answers<'a>(
        &'a self,
        flow: &'a Flow,
    ) -> impl Iterator<Item = (&'a NodeId, &'a crate::flow::Answer)> {
        flow.nodes().filter_map(|(ix, node)| match node {
            Node::Step(_) => None,
            Node::Decision(decision) => {
                let answer = self.marking.mark(ix).answer?;
                Some((&decision.id, decision.options.get(answer.0)?))
            }
        })
    }

    /// Gives the rows of a table, by name.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = (&String, &Row)> {
        self.rows.get(table).into_iter().flatten()
    }

    /// Gives who holds which role.
    pub fn roles(&self) -> &BTreeMap<String, Holders> {
        &self.roles
    }

    /// Gives the items that were opened, settled ones among them, by entry.
    pub fn open_items(&self) -> &BTreeMap<EntryNumber, OpenItem> {
        &self.open_items
    }

    /// Tells whether the entry still lacks the reason that was asked for.
    pub fn lacks_reason(&self, of: EntryNumber) -> bool {
        self.open_items
            .get(&of)
            .is_some_and(|item| item.kind == OpenItemKind::MissingReason && item.settled.is_none())
    }

    /// Gives the items that are not settled.
    pub fn unsettled_items(&self) -> impl Iterator<Item = (EntryNumber, &OpenItem)> {
        let item = |number: &EntryNumber| Some((*number, self.open_items.get(number)?));
        self.unsettled.iter().filter_map(item)
    }

    /// Gives how many items are not settled.
    pub fn unsettled_count(&self) -> usize {
        self.unsettled.len()
    }

    /// Gives the corrections of an entry, in their order.
    pub fn corrections(&self, of: EntryNumber) -> &[EntryNumber] {
        self.corrections.get(&of).map_or(&[], Vec::as_slice)
    }

    /// Gives the reason that was given later for an entry.
    pub fn reason(&self, of: EntryNumber) -> Option<&Ground> {
        self.reasons.get(&of)
    }

    /// Gives the "we knew at" marks.
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Gives the questions that were offered to be asked again and were not since.
    pub fn offers(&self) -> &BTreeSet<NodeId> {
        &self.offers
    }

    /// Gives what is odd about an entry's times.
    pub fn clock_flags(&self, of: EntryNumber) -> &[ClockFlag] {
        self.clock.get(&of).map_or(&[], Vec::as_slice)
    }
}
