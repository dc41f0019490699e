//! Undoing: which entries count, what can be undone, and what an entry is about.
//!
//! An incident is the fold of the entries that count. An undo is an entry of its own that lets
//! an earlier one count no longer, a redo one that lets it count again; so whatever an entry
//! does, undoing it gives back what was there, and there is nothing here that has to know how.
//! What is left to be decided is whether later entries would have come out the same without it.
//!
//! **Invariant:** taking an undo in gives the same as reading the whole record with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::shift_from_effect;
use super::{Became, DutyReport, Entry, EntryNumber, Event, Incident, Refusal};
use crate::flow::{Flow, Node, NodeId, Shift};

/// After how many entries at the least the state is kept again.
const APART: usize = 64;

/// Which entries do not count, and by which undo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Undone {
    /// The undo, by the entry that it took back.
    by: BTreeMap<EntryNumber, EntryNumber>,
    /// The entry that was taken back, by its undo.
    of: BTreeMap<EntryNumber, EntryNumber>,
    /// The last entry that counts.
    last: Option<EntryNumber>,
}

impl Undone {
    /// Takes note of an entry; gives the one that counts no longer, or again, where that
    /// changed. What an undo or a redo says that cannot be so is nothing but a line of the record.
    pub(super) fn note(&mut self, entry: &Entry, record: &[Entry]) -> Option<EntryNumber> {
        let number = entry.number;
        let (Event::Undone { of } | Event::Redone { of }) = entry.event else {
            self.last = Some(number);
            return None;
        };
        let named = at(record, of).filter(|_| of < number)?;
        if matches!(named.event, Event::IncidentOpened { .. }) || is_of_undoing(&named.event) {
            return None;
        }
        let again = matches!(entry.event, Event::Redone { .. });
        match self.by.get(&of) {
            Some(undo) if again => {
                self.of.remove(undo);
                self.by.remove(&of);
                self.last = self.last.max(Some(of));
            }
            None if !again => {
                self.by.insert(of, number);
                self.of.insert(number, of);
                if self.last == Some(of) {
                    self.last = self.last_before(of, record);
                }
            }
            _ => return None,
        }
        Some(of)
    }

    fn last_before(&self, of: EntryNumber, record: &[Entry]) -> Option<EntryNumber> {
        let before = usize::try_from(of.0.checked_sub(1)?).ok()?;
        let earlier = record.get(..before)?.iter().rev();
        let mut earlier = earlier.filter(|entry| self.counts(entry));
        earlier.next().map(|entry| entry.number)
    }

    /// Tells whether an entry counts; undoing and redoing only say which others do.
    pub(super) fn counts(&self, entry: &Entry) -> bool {
        !is_of_undoing(&entry.event) && !self.by.contains_key(&entry.number)
    }

    /// Says of one entry whether it counts, for what would be if.
    fn suppose(&mut self, of: EntryNumber, counts: bool) {
        if counts {
            self.by.remove(&of);
        } else {
            self.by.entry(of).or_insert(of);
        }
    }
}

/// Gives how many entries lie between two states that are kept of so many.
fn apart(count: usize) -> usize {
    APART.max(count / APART)
}

fn at(record: &[Entry], number: EntryNumber) -> Option<&Entry> {
    record.get(usize::try_from(number.0.checked_sub(1)?).ok()?)
}

fn is_of_undoing(event: &Event) -> bool {
    matches!(event, Event::Undone { .. } | Event::Redone { .. })
}

/// Two earlier states, so that undoing what was done just now need not begin at the beginning.
/// They say nothing that the entries do not, and two of them are always alike.
#[derive(Debug, Clone, Default)]
pub(super) struct Earlier(Vec<(usize, Arc<Incident>)>);

impl PartialEq for Earlier {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Earlier {}

impl Incident {
    /// Keeps the state now and then, the further apart the longer the record is: each keeping
    /// copies what stands, and that grows.
    pub(super) fn keep_earlier(&mut self) {
        let count = self.entries.len();
        let last = self.earlier.0.last().map_or(0, |(at, _)| *at);
        if count < last + apart(count) {
            return;
        }
        let record = self.take_record();
        let state = Arc::new(self.clone());
        self.give_record(record);
        if self.earlier.0.len() > 1 {
            self.earlier.0.remove(0);
        }
        self.earlier.0.push((count, state));
    }

    /// Folds the record anew from before an entry that counts no longer, or again.
    pub(super) fn fold_anew(&mut self, flow: &Flow, of: EntryNumber) {
        let before = usize::try_from(of.0.saturating_sub(1)).unwrap_or(usize::MAX);
        self.earlier.0.retain(|(count, _)| *count <= before);
        let (count, state) = match self.earlier.0.last() {
            Some((count, state)) => (*count, Self::clone(state)),
            None => (0, Self::new(flow)),
        };
        let mut record = self.take_record();
        let later = record.entries.split_off(count);
        *self = state;
        self.give_record(record);
        // What is undone next lies before this one, more often than not.
        self.take_in_all(flow, later, before);
    }

    /// Takes entries in, and keeps the states shortly before there are so many.
    pub(super) fn take_in_all(&mut self, flow: &Flow, entries: Vec<Entry>, until: usize) {
        let since = until.saturating_sub(2 * apart(until));
        for entry in entries {
            self.take_in(flow, entry);
            if (since..=until).contains(&self.entries.len()) {
                self.keep_earlier();
            }
        }
    }

    /// Takes out what is not folded.
    fn take_record(&mut self) -> Record {
        Record {
            entries: std::mem::take(&mut self.entries),
            clock: std::mem::take(&mut self.clock),
            undone: std::mem::take(&mut self.undone),
            earlier: std::mem::take(&mut self.earlier),
        }
    }

    fn give_record(&mut self, record: Record) {
        let Record {
            entries,
            clock,
            undone,
            earlier,
        } = record;
        self.entries = entries;
        self.clock = clock;
        self.undone = undone;
        self.earlier = earlier;
    }

    /// Gives the undo that took an entry back, while it stands.
    pub fn undone_by(&self, of: EntryNumber) -> Option<EntryNumber> {
        self.undone.by.get(&of).copied()
    }

    /// Tells whether an entry counts: it was not taken back, and is not itself an undo or redo.
    pub fn counts(&self, entry: &Entry) -> bool {
        self.undone.counts(entry)
    }

    /// Gives the entries that count, in the order of the record.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.counts(entry))
    }

    /// Tells whether two incidents stand alike, whatever their records hold.
    pub fn stands_like(&self, other: &Self) -> bool {
        let state = |incident: &Self| {
            let mut state = incident.clone();
            state.take_record();
            state
        };
        state(self) == state(other)
    }

    /// Gives the entry that an undo takes back: the one that is named, else the last that counts.
    pub fn undoes(&self, flow: &Flow, of: Option<EntryNumber>) -> Result<EntryNumber, Refusal> {
        let of = of.or(self.undone.last).ok_or(Refusal::NotOpened)?;
        let named = |of| {
            self.entry(of)
                .ok_or(Refusal::NoEntry(of, self.entries.len()))
        };
        let mut entry = named(of)?;
        // What a redo has made count again is taken back by its own number.
        if let Event::Redone { of } = entry.event {
            entry = named(of)?;
        }
        let of = entry.number;
        match entry.event {
            Event::IncidentOpened { .. } => return Err(Refusal::CannotUndo(of, Lasting::Opening)),
            Event::IncidentClosed { .. } => return Err(Refusal::CannotUndo(of, Lasting::Closing)),
            Event::Undone { .. } | Event::Redone { .. } => {
                return Err(Refusal::CannotUndo(of, Lasting::Undo));
            }
            _ => {}
        }
        if let Some(undo) = self.undone_by(of) {
            return Err(Refusal::Undone(of, undo));
        }
        // What was left open when it was closed stays true; a note that came after it may go.
        if self.closed.is_some_and(|closed| of < closed) {
            return Err(Refusal::Closed);
        }
        match self.hindrance(flow, entry, of) {
            None => Ok(of),
            Some((later, about)) => {
                let node = about.into_iter().chain(entry.event.node().cloned());
                let mut settled = node.filter(|node| {
                    flow.index(node)
                        .is_some_and(|ix| self.marking.mark(ix).is_settled())
                });
                // What hinders may itself be hindered; the last of them never is.
                let mut first = later;
                while let Some((later, _)) = self
                    .entry(first)
                    .and_then(|entry| self.hindrance(flow, entry, first))
                {
                    first = later;
                }
                Err(Refusal::UndoTooLate {
                    entry: of,
                    later,
                    first,
                    reopen: settled.next(),
                })
            }
        }
    }

    /// Gives the entry that a redo makes count again: the one that was undone last.
    pub fn redoes(&self, flow: &Flow) -> Result<EntryNumber, Refusal> {
        let (undo, of) = self
            .undone
            .of
            .last_key_value()
            .ok_or(Refusal::NothingToRedo)?;
        let entry = self
            .entry(*of)
            .ok_or(Refusal::NoEntry(*of, self.entries.len()))?;
        if self.closed.is_some_and(|closed| *of < closed) {
            return Err(Refusal::Closed);
        }
        match self.hindrance(flow, entry, *undo) {
            None => Ok(*of),
            Some((later, _)) => Err(Refusal::RedoTooLate(*of, later)),
        }
    }

    /// Tells, without looking at what came later, whether there is something to undo.
    pub fn has_undo(&self) -> bool {
        let last = self.undone.last.and_then(|last| self.entry(last));
        last.is_some_and(|entry| self.is_of_a_kind_to_undo(entry))
    }

    /// Tells, without looking at what came later, whether an entry can be undone: it counts, and
    /// the incident was not closed since.
    pub fn is_of_a_kind_to_undo(&self, entry: &Entry) -> bool {
        let lasts = matches!(
            entry.event,
            Event::IncidentOpened { .. } | Event::IncidentClosed { .. }
        );
        let is_closed = self.closed.is_some_and(|closed| entry.number < closed);
        !lasts && !is_closed && self.counts(entry)
    }

    /// Tells, without looking at what came later, whether there is something to redo.
    pub fn has_redo(&self) -> bool {
        !self.undone.of.is_empty()
    }

    /// Gives the first entry after `since` that would perhaps have been another without this
    /// entry, or with it, and the node that both are about.
    fn hindrance(
        &self,
        flow: &Flow,
        entry: &Entry,
        since: EntryNumber,
    ) -> Option<(EntryNumber, Option<NodeId>)> {
        if self.undone.last.is_none_or(|last| last <= since) {
            return None;
        }
        let of = entry.number;
        let count = usize::try_from(of.0.checked_sub(1)?).ok()?;
        let (earlier, later) = (self.entries.get(..count)?, self.entries.get(count..)?);
        let mut before = Self::new(flow);
        before.undone.clone_from(&self.undone);
        for entry in earlier {
            before.take_in(flow, entry.clone());
        }
        let (mut with, mut without) = (before.clone(), before.clone());
        with.undone.suppose(of, true);
        without.undone.suppose(of, false);
        let mut changed = BTreeSet::new();
        let mut after = before.marking.clone();
        for entry in later {
            let (number, is_undoing) = (entry.number, is_of_undoing(&entry.event));
            let is_held_against = number > since && !is_undoing && self.counts(entry);
            let touched = if is_held_against {
                with.things(flow, entry, Reach::LookedAt)
            } else {
                BTreeSet::new()
            };
            with.take_in(flow, entry.clone());
            without.take_in(flow, entry.clone());
            if number == of {
                after.clone_from(&with.marking);
                changed = with.changed_since(flow, &before, entry);
                continue;
            }
            if !is_held_against {
                continue;
            }
            // All that was recorded since then rests on its being open again.
            if self.is_reopening(of) {
                return Some((number, None));
            }
            if let Some(both) = touched.iter().find(|thing| changed.contains(thing)) {
                let node = match both {
                    Thing::Node(node) => Some(node.clone()),
                    _ => None,
                };
                return Some((number, node));
            }
            let alike = (with.marking).is_but_for(&without.marking, &before.marking, &after);
            if !alike {
                return Some((number, None));
            }
        }
        None
    }

    fn is_reopening(&self, of: EntryNumber) -> bool {
        let event = self.entry(of).map(|entry| &entry.event);
        matches!(event, Some(Event::IncidentReopened { .. }))
    }

    /// Gives what this entry, taken in last, has changed.
    fn changed_since(&self, flow: &Flow, before: &Self, entry: &Entry) -> BTreeSet<Thing> {
        let mut changed = self.things(flow, entry, Reach::Named);
        changed.retain(|thing| !matches!(thing, Thing::Node(_)));
        changed.insert(Thing::Entry(entry.number));
        let nodes = flow.nodes().filter(|(ix, node)| {
            self.marking.mark(*ix) != before.marking.mark(*ix)
                || self.attempts(node.id()) != before.attempts(node.id())
        });
        changed.extend(nodes.map(|(_, node)| Thing::Node(node.id().clone())));
        changed
    }

    /// Gives what an entry is about, and on request also what it depended on.
    fn things(&self, flow: &Flow, entry: &Entry, reach: Reach) -> BTreeSet<Thing> {
        let mut things = BTreeSet::new();
        self.add_things(flow, entry, &mut things);
        if let Some(earlier) = named_entry(&entry.event) {
            things.insert(Thing::Entry(earlier));
            if let Some(earlier) = self.entry(earlier) {
                self.add_things(flow, earlier, &mut things);
            }
        }
        if reach == Reach::LookedAt {
            let shifts = entry.effects.iter();
            let shifts: Vec<Shift> = shifts
                .filter_map(|effect| shift_from_effect(flow, effect))
                .collect();
            let seen = flow.looked_at(&self.marking, &shifts);
            let ids = seen.into_iter().filter_map(|ix| flow.node_at(ix));
            things.extend(ids.map(|node| Thing::Node(Node::id(node).clone())));
        }
        things
    }

    fn add_things(&self, flow: &Flow, entry: &Entry, things: &mut BTreeSet<Thing>) {
        things.extend(entry.event.node().cloned().map(Thing::Node));
        for effect in &entry.effects {
            things.insert(Thing::Node(effect.node.clone()));
            if effect.becomes == Became::Renewed {
                // A new attempt begins the rows anew that were not settled.
                for table in flow.tables().iter().filter(|t| t.owner == effect.node) {
                    let rows = self.rows(&table.id);
                    things.extend(rows.map(|(row, _)| Thing::Row(table.id.clone(), row.clone())));
                }
            }
        }
        match &entry.event {
            Event::Titled { .. } => things.extend([Thing::Title]),
            Event::SiteNamed { .. } => things.extend([Thing::Site]),
            Event::RecorderChanged { .. } => things.extend([Thing::Recorder]),
            Event::CellFilled { table, row, .. } => {
                things.extend([Thing::Row(table.clone(), row.clone())]);
            }
            Event::RoleAssigned { role, .. }
            | Event::DeputyAdded { role, .. }
            | Event::RoleHandedOver { role, .. }
            | Event::RoleReleased { role, .. } => things.extend([Thing::Role(role.clone())]),
            Event::DutyKnown { duty, .. }
            | Event::DutyReported(DutyReport { duty, .. })
            | Event::DutyNotReported { duty, .. } => {
                things.extend([Thing::Duty(duty.clone())]);
            }
            Event::IncidentClosed { .. } | Event::IncidentReopened { .. } => {
                things.extend([Thing::Life]);
            }
            _ => {}
        }
    }
}

/// What an incident has beside its state.
struct Record {
    entries: Vec<Entry>,
    clock: BTreeMap<EntryNumber, Vec<super::ClockFlag>>,
    undone: Undone,
    earlier: Earlier,
}

/// What can be changed by one entry and again by a later one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Node(NodeId),
    Row(String, String),
    Role(String),
    Duty(String),
    Entry(EntryNumber),
    Title,
    Site,
    Recorder,
    Life,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Named,
    LookedAt,
}

/// Gives the earlier entry that an entry is about.
fn named_entry(event: &Event) -> Option<EntryNumber> {
    match event {
        Event::ItemSettled { of, .. }
        | Event::ReasonGiven { of, .. }
        | Event::Corrected { of, .. } => Some(*of),
        _ => None,
    }
}

/// What cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// That the incident began.
    Opening,
    /// That it was closed; opening it again is a thing of its own.
    Closing,
    /// An undo, which a redo takes back.
    Undo,
}
