//! Takes an entry into the incident. Total: every event has its arm, and nothing can fail;
//! an entry that speaks of what the flow does not have changes only the record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::{
    Attempt, Became, ClockFlag, Effect, Entry, EntryNumber, Event, Filled, Incident, Known, Moment,
    OpenItem, OpenItemKind, Outcome, Row, Said, Stamp, Value,
};
use crate::flow::{Becomes, Flow, NodeId, OptionIx, Shift, WithdrawnBy};

const FAR_AHEAD_DAYS: i64 = 31;

impl Incident {
    /// Takes an entry in.
    pub fn apply(&mut self, flow: &Flow, entry: Entry) {
        let turned = self.undone.note(&entry, &self.entries);
        self.take_in(flow, entry);
        match turned {
            Some(of) => self.fold_anew(flow, of),
            None => self.keep_earlier(),
        }
    }

    /// Takes an entry into the record, and into the state if it counts.
    pub(super) fn take_in(&mut self, flow: &Flow, entry: Entry) {
        self.flag_clock(&entry);
        let counts = self.undone.counts(&entry);
        if counts {
            self.fold(flow, &entry);
        }
        self.entries.push(entry);
        if counts {
            self.weigh_reasons(flow);
        }
    }

    fn fold(&mut self, flow: &Flow, entry: &Entry) {
        let stamp = Stamp {
            entry: entry.number,
            at: entry.happened(),
        };
        let shifts: Vec<Shift> = entry
            .effects
            .iter()
            .filter_map(|effect| shift_from_effect(flow, effect))
            .collect();
        let mut renewed: BTreeSet<&NodeId> = BTreeSet::new();
        for effect in &entry.effects {
            if effect.becomes == Became::Renewed {
                renewed.insert(&effect.node);
            }
            self.log(flow, effect, renewed.contains(&effect.node), stamp);
        }
        if lacks_reason(flow, entry) {
            self.open_item(entry.number, OpenItemKind::MissingReason);
        }
        self.take(flow, entry, stamp);
        // Nothing else makes a trigger true; most entries of a long record are notes.
        if !shifts.is_empty() || self.rows_changed {
            flow.apply(&mut self.marking, &shifts);
        }
        self.rows_changed = self.count_rows(flow);
    }

    pub(super) fn open_item(&mut self, number: EntryNumber, kind: OpenItemKind) {
        let settled = None;
        self.open_items.insert(number, OpenItem { kind, settled });
        self.unsettled.insert(number);
    }

    pub(super) fn settle_item(&mut self, of: EntryNumber, by: EntryNumber) {
        if let Some(item) = self.open_items.get_mut(&of) {
            item.settled.get_or_insert(by);
            self.unsettled.remove(&of);
        }
    }

    fn flag_clock(&mut self, entry: &Entry) {
        let mut flags = Vec::new();
        if let Some(before) = self.entries.last() {
            let passed = entry.recorded_at.signed_duration_since(before.recorded_at);
            if passed < TimeDelta::zero() {
                flags.push(ClockFlag::Backwards);
            }
            if passed.num_days() > FAR_AHEAD_DAYS {
                flags.push(ClockFlag::FarAhead);
            }
            if entry.recorded_at.offset() != before.recorded_at.offset() {
                flags.push(ClockFlag::OtherOffset);
            }
        }
        let later = |at: Moment| at > entry.recorded_at;
        if entry.happened_at.is_some_and(later) || self.moved_to(&entry.event).is_some_and(later) {
            flags.push(ClockFlag::HappenedLater);
        }
        if !flags.is_empty() {
            self.clock.insert(entry.number, flags);
        }
    }

    /// Gives the moment to which a correction moves what was known or reported.
    fn moved_to(&self, event: &Event) -> Option<Moment> {
        let Event::Corrected {
            of,
            value: Some(Value::Moment(at)),
            ..
        } = event
        else {
            return None;
        };
        let corrected = &self.entry(*of)?.event;
        matches!(corrected, Event::DutyKnown { .. } | Event::DutyReported(_)).then_some(*at)
    }

    fn attempt_mut(&mut self, node: &NodeId) -> &mut Attempt {
        let attempts = self.nodes.entry(node.clone()).or_default();
        if attempts.is_empty() {
            attempts.push(Attempt {
                number: 1,
                ..Attempt::default()
            });
        }
        let last = attempts.len() - 1;
        // There is always one: pushed above when there was none.
        #[expect(clippy::indexing_slicing, reason = "the list was filled just above")]
        &mut attempts[last]
    }

    /// Keeps times, ticks and attempts of an effect; the marking is changed apart.
    fn log(&mut self, flow: &Flow, effect: &Effect, is_reopened: bool, stamp: Stamp) {
        let attempt = self.attempt_mut(&effect.node);
        if let Some(arc) = effect.arc {
            attempt.arcs.insert(arc as usize);
        }
        match &effect.becomes {
            Became::Restored => attempt.withdrawn = None,
            Became::Open => {
                attempt.opened.get_or_insert(stamp);
                attempt.parked = None;
                attempt.withdrawn = None;
            }
            Became::Taken => {
                attempt.early |= attempt.opened.is_none() && !is_reopened;
                attempt.opened.get_or_insert(stamp);
                attempt.parked = None;
                attempt.withdrawn = None;
            }
            Became::Renewed => {
                let number = attempt.number.saturating_add(1);
                if let Some(attempts) = self.nodes.get_mut(&effect.node) {
                    attempts.push(Attempt {
                        number,
                        ..Attempt::default()
                    });
                }
                self.renew_rows(flow, &effect.node);
                self.offers.remove(&effect.node);
            }
            Became::Reminded => attempt.reminded = Some(stamp),
            Became::Offered => {
                self.offers.insert(effect.node.clone());
            }
            Became::Parked | Became::ParkedByFlow => attempt.parked = Some(stamp),
            Became::Done => attempt.settled = Some((stamp, Outcome::Done)),
            Became::Chosen(option) => {
                attempt.settled = Some((stamp, Outcome::Chosen(option.clone())));
                // An answer ends the offer to ask again.
                self.offers.remove(&effect.node);
            }
            Became::Skipped => {
                attempt.settled = Some((stamp, Outcome::Skipped));
                self.offers.remove(&effect.node);
            }
            Became::Withdrawn(_) | Became::WithdrawnByChange => attempt.withdrawn = Some(stamp),
            Became::Ticked(item) => {
                attempt.items.remove(item);
                attempt.ticks.insert(*item, stamp);
            }
            Became::Unticked(item) => {
                attempt.items.remove(item);
                attempt.ticks.remove(item);
            }
            Became::Touched => {}
        }
    }

    /// Gives unsettled rows a new attempt, their cells empty but the name.
    fn renew_rows(&mut self, flow: &Flow, owner: &NodeId) {
        for table in flow.tables().iter().filter(|table| table.owner == *owner) {
            for row in self.rows.entry(table.id.clone()).or_default().values_mut() {
                if !row.is_settled(table) {
                    row.attempts.push(BTreeMap::new());
                }
            }
        }
    }

    /// Counts the unsettled rows of each table; tells whether that changed anything.
    fn count_rows(&mut self, flow: &Flow) -> bool {
        let mut changed = false;
        for (at, table) in flow.tables().iter().enumerate() {
            let rows = self.rows.get(&table.id);
            let unsettled = rows.is_some_and(|rows| rows.values().any(|r| !r.is_settled(table)));
            changed |= self.marking.set_unsettled_rows(at, unsettled);
        }
        changed
    }

    fn take(&mut self, flow: &Flow, entry: &Entry, stamp: Stamp) {
        match &entry.event {
            Event::IncidentOpened {
                mode,
                door,
                title,
                site,
                ..
            } => {
                self.mode = *mode;
                self.door = Some(door.clone());
                self.title.clone_from(title);
                self.site.clone_from(site);
                self.recorder.clone_from(&entry.by);
                self.opened_at = Some(stamp.at);
            }
            Event::Titled { title } => self.title = Some(title.clone()),
            Event::SiteNamed { site } => self.site = Some(site.clone()),
            Event::RecorderChanged { name } => self.recorder = Some(name.clone()),
            Event::FieldFilled { node, field, value } => {
                let filled = Filled {
                    value: Some(value.clone()),
                    stamp,
                };
                self.attempt_mut(node).fields.insert(field.clone(), filled);
            }
            Event::CellFilled {
                table,
                row,
                column,
                value,
            } => {
                self.fill_cell(table, row, column, Some(value.clone()), stamp);
                if let Some(table) = flow.table(table) {
                    self.attempt_mut(&table.owner)
                        .written
                        .insert(stamp.entry, true);
                }
            }
            Event::RoleAssigned { role, name }
            | Event::RoleHandedOver { role, name, .. }
            | Event::DeputyAdded { role, name }
            | Event::RoleReleased { role, name } => {
                self.take_role(entry.number, &entry.event, role, name);
            }
            Event::NoteAdded(note) => {
                if let Some(node) = &note.node {
                    self.attempt_mut(node).written.insert(stamp.entry, true);
                }
                if note.open {
                    self.open_item(entry.number, OpenItemKind::Note);
                }
            }
            Event::ItemSettled { of, .. } => self.settle_item(*of, entry.number),
            Event::Corrected {
                of, text, value, ..
            } => {
                self.corrections.entry(*of).or_default().push(entry.number);
                self.correct(*of, text.as_deref(), value.as_ref());
            }
            Event::DutyKnown { duty, who, ground } => self.known.push(Known {
                duty: duty.clone(),
                who: who.clone(),
                ground: ground.clone(),
                stamp,
            }),
            Event::FoundImpossible { node, item, .. } => {
                self.say_of(node, *item, Said::Impossible, stamp);
            }
            Event::FoundNotApplicable { node, item, .. } => {
                self.say_of(node, *item, Said::NotApplicable, stamp);
            }
            Event::DutyReported(report) => {
                let deadline = report.deadline.as_ref();
                self.end_duty(&report.duty, deadline, Some(report), stamp);
            }
            Event::DutyNotReported { duty, deadline, .. } => {
                self.end_duty(duty, deadline.as_ref(), None, stamp);
            }
            Event::IncidentClosed { .. } => self.closed = Some(entry.number),
            Event::IncidentReopened { .. } => self.closed = None,
            Event::AskedAgain { node, .. } => {
                self.offers.remove(node);
            }
            // Its tick, or what was said of it, is taken back also where there was no tick.
            Event::ItemUnticked { node, item, .. } => {
                self.attempt_mut(node).items.remove(item);
            }
            // What reasons come to is worked out once the entry is in the record.
            Event::ReasonGiven { .. }
            | Event::ItemTicked { .. }
            | Event::StepCompleted { .. }
            | Event::OptionChosen { .. }
            | Event::Skipped { .. }
            | Event::StartedEarly { .. }
            | Event::Parked { .. }
            | Event::Resumed { .. }
            | Event::BroughtBack { .. }
            | Event::Reopened { .. }
            | Event::Undone { .. }
            | Event::Redone { .. } => {}
        }
    }

    fn say_of(&mut self, node: &NodeId, item: Option<u32>, said: Said, stamp: Stamp) {
        let attempt = self.attempt_mut(node);
        match item {
            Some(item) => {
                attempt.items.insert(item, (said, stamp));
            }
            None => attempt.said = Some(said),
        }
    }

    fn fill_cell(
        &mut self,
        table: &str,
        row: &str,
        column: &str,
        value: Option<Value>,
        stamp: Stamp,
    ) {
        let rows = self.rows.entry(table.to_owned()).or_default();
        let row: &mut Row = rows.entry(row.to_owned()).or_default();
        if row.attempts.is_empty() {
            row.attempts.push(BTreeMap::new());
        }
        if let Some(cells) = row.attempts.last_mut() {
            cells.insert(column.to_owned(), Filled { value, stamp });
        }
    }

    /// Puts a corrected value in the place of the one that the entry filled in, unless a
    /// later entry has filled it in anew.
    fn correct(&mut self, of: EntryNumber, text: Option<&str>, value: Option<&Value>) {
        let Some(event) = self.entry(of).map(|entry| entry.event.clone()) else {
            return;
        };
        let replace = |filled: &mut Filled| {
            if filled.stamp.entry == of {
                filled.value = value.cloned();
            }
        };
        if let Event::FieldFilled { node, field, .. } = &event {
            for attempt in self.nodes.get_mut(node).into_iter().flatten() {
                attempt.fields.get_mut(field).into_iter().for_each(replace);
            }
        } else if let Event::CellFilled {
            table, row, column, ..
        } = &event
        {
            let rows = self.rows.get_mut(table);
            for cells in rows
                .and_then(|rows| rows.get_mut(row))
                .into_iter()
                .flat_map(|row| &mut row.attempts)
            {
                cells.get_mut(column).into_iter().for_each(replace);
            }
        } else if let Event::DutyKnown { duty, who, ground } = event {
            // A struck mark comes back where the striking is corrected.
            self.known.retain(|mark| mark.stamp.entry != of);
            if let Some(Value::Moment(at)) = value {
                self.known.push(Known {
                    duty,
                    who,
                    ground,
                    stamp: Stamp { entry: of, at: *at },
                });
                self.known.sort_by_key(|mark| mark.stamp.entry);
            }
        } else if let Event::DutyReported(_) | Event::DutyNotReported { .. } = &event {
            let ends = self.duty_ends.iter_mut();
            for end in ends.filter(|end| end.stamp.entry == of) {
                end.struck = text.is_none();
                if let Some(Value::Moment(at)) = value {
                    end.stamp.at = *at;
                }
            }
        } else if let Event::NoteAdded(note) = &event {
            let attempts = note.node.as_ref().and_then(|node| self.nodes.get_mut(node));
            for attempt in attempts.into_iter().flatten() {
                // A struck note begins nothing.
                if let Some(stands) = attempt.written.get_mut(&of) {
                    *stands = text.is_some();
                }
            }
        } else if let Event::Titled { .. }
        | Event::SiteNamed { .. }
        | Event::RecorderChanged { .. }
        | Event::IncidentOpened { .. } = &event
        {
            self.name_anew(of, &event, text);
        }
    }
}

impl Incident {
    /// Corrects a title, a site or a recorder, unless a later entry has named another.
    fn name_anew(&mut self, of: EntryNumber, event: &Event, text: Option<&str>) {
        let later = |same: fn(&Event) -> bool| {
            self.counting()
                .any(|entry| entry.number > of && same(&entry.event))
        };
        let text = text.map(str::to_owned);
        match event {
            Event::Titled { .. } | Event::IncidentOpened { .. }
                if !later(|event| matches!(event, Event::Titled { .. })) =>
            {
                self.title = text;
            }
            Event::SiteNamed { .. } if !later(|event| matches!(event, Event::SiteNamed { .. })) => {
                self.site = text;
            }
            Event::RecorderChanged { .. }
                if !later(|event| matches!(event, Event::RecorderChanged { .. })) =>
            {
                self.recorder = text;
            }
            _ => {}
        }
    }
}

/// Tells whether an entry lacks a reason that is asked for.
pub(super) fn lacks_reason(flow: &Flow, entry: &Entry) -> bool {
    let is_main = |node: &NodeId| flow.node(node).is_some_and(|node| !node.is_side());
    let taken = entry
        .effects
        .iter()
        .any(|effect| effect.becomes == Became::Taken);
    let back_filled = entry.happened_at.is_some();
    match &entry.event {
        Event::OptionChosen {
            node,
            option,
            ground,
            ..
        } => ground.why.is_none() && (is_main(node) || needs_reason(flow, node, option)),
        // What was not done is answered for, also where nothing waits for it.
        Event::Skipped { ground, .. } => ground.why.is_none(),
        Event::StartedEarly { node, ground } => {
            ground.why.is_none() && is_main(node) && !back_filled
        }
        Event::StepCompleted { node, ground, .. } => {
            taken && ground.why.is_none() && is_main(node) && !back_filled
        }
        Event::ItemTicked { node, text, .. } => {
            taken && text.is_none() && is_main(node) && !back_filled
        }
        Event::FoundImpossible {
            node,
            item,
            instead,
            ground,
        } => {
            let asked = item.is_none() || is_main(node);
            asked && instead.is_none() && ground.why.is_none()
        }
        Event::FoundNotApplicable { item, ground, .. } => item.is_none() && ground.why.is_none(),
        Event::DutyNotReported { ground, .. } => !ground.is_whole(),
        Event::Parked { node, ground }
        | Event::BroughtBack { node, ground }
        | Event::Reopened { node, ground }
        | Event::ItemUnticked { node, ground, .. } => ground.why.is_none() && is_main(node),
        Event::Corrected { ground, .. } | Event::IncidentReopened { ground } => {
            ground.why.is_none()
        }
        Event::IncidentClosed { ground, left_open } => {
            // As `Incident::unexplained`, before the entry is in the record.
            left_open
                .iter()
                .any(|left| left.alone && !left.ground.is_whole())
                || (left_open.iter().any(|left| !left.alone) && !ground.is_whole())
        }
        Event::IncidentOpened { .. }
        | Event::Titled { .. }
        | Event::SiteNamed { .. }
        | Event::RecorderChanged { .. }
        | Event::FieldFilled { .. }
        | Event::CellFilled { .. }
        | Event::Resumed { .. }
        | Event::AskedAgain { .. }
        | Event::RoleAssigned { .. }
        | Event::DeputyAdded { .. }
        | Event::RoleHandedOver { .. }
        | Event::RoleReleased { .. }
        | Event::NoteAdded(_)
        | Event::ItemSettled { .. }
        | Event::ReasonGiven { .. }
        | Event::DutyKnown { .. }
        | Event::DutyReported(_)
        | Event::Undone { .. }
        | Event::Redone { .. } => false,
    }
}

fn needs_reason(flow: &Flow, node: &NodeId, option: &str) -> bool {
    let answers = flow.decision(node).map(|decision| &decision.options);
    let mut answers = answers.into_iter().flatten();
    answers.any(|answer| answer.id == option && answer.needs_reason)
}

fn option_index(flow: &Flow, node: &NodeId, option: &str) -> Option<OptionIx> {
    let decision = flow.decision(node)?;
    let at = decision.options.iter().position(|o| o.id == option)?;
    Some(OptionIx(at))
}

fn item_index(item: u32) -> Option<usize> {
    usize::try_from(item.checked_sub(1)?).ok()
}

/// Turns an effect of the record into a shift of the marking; none where the flow lacks it.
pub(super) fn shift_from_effect(flow: &Flow, effect: &Effect) -> Option<Shift> {
    let becomes = match &effect.becomes {
        Became::Open => Becomes::Open,
        Became::Taken => Becomes::Taken,
        Became::Renewed => Becomes::Renewed,
        Became::Reminded => Becomes::Reminded,
        Became::Offered => Becomes::Offered,
        Became::Parked => Becomes::Parked { by_flow: false },
        Became::ParkedByFlow => Becomes::Parked { by_flow: true },
        Became::Done => Becomes::Done,
        Became::Chosen(option) => Becomes::Chosen(option_index(flow, &effect.node, option)?),
        Became::Skipped => Becomes::Skipped,
        Became::Withdrawn(by) => Becomes::Withdrawn(WithdrawnBy::Answer(flow.index(by)?)),
        Became::WithdrawnByChange => Becomes::Withdrawn(WithdrawnBy::Change),
        Became::Restored => Becomes::Restored,
        Became::Ticked(item) => Becomes::Ticked(item_index(*item)?),
        Became::Unticked(item) => Becomes::Unticked(item_index(*item)?),
        Became::Touched => Becomes::Touched,
    };
    Some(Shift {
        node: flow.index(&effect.node)?,
        becomes,
        arc: effect.arc.map(|arc| arc as usize),
    })
}

/// Turns a shift of the marking into an effect of the record.
pub(super) fn effect_from_shift(flow: &Flow, shift: Shift) -> Option<Effect> {
    let node = flow.id_at(shift.node)?.clone();
    let number = |item: usize| u32::try_from(item).ok()?.checked_add(1);
    let becomes = match shift.becomes {
        Becomes::Open => Became::Open,
        Becomes::Taken => Became::Taken,
        Becomes::Renewed => Became::Renewed,
        Becomes::Reminded => Became::Reminded,
        Becomes::Offered => Became::Offered,
        Becomes::Parked { by_flow: false } => Became::Parked,
        Becomes::Parked { by_flow: true } => Became::ParkedByFlow,
        Becomes::Done => Became::Done,
        Becomes::Chosen(option) => {
            let option = flow.decision(&node)?.options.get(option.0)?;
            Became::Chosen(option.id.clone())
        }
        Becomes::Skipped => Became::Skipped,
        Becomes::Withdrawn(WithdrawnBy::Answer(by) | WithdrawnBy::Both(by)) => {
            Became::Withdrawn(flow.id_at(by)?.clone())
        }
        Becomes::Withdrawn(WithdrawnBy::Change) => Became::WithdrawnByChange,
        Becomes::Restored => Became::Restored,
        Becomes::Ticked(item) => Became::Ticked(number(item)?),
        Becomes::Unticked(item) => Became::Unticked(number(item)?),
        Becomes::Touched => Became::Touched,
    };
    Some(Effect {
        node,
        becomes,
        arc: shift.arc.and_then(|arc| u32::try_from(arc).ok()),
    })
}
