//! The incident as it stood after any of its entries, and the playing of it.

use crate::flow::Flow;
use crate::incident::{Entry, Event, Incident};

/// How many entries are replayed in a pass.
const STRETCH: usize = 4_000;
/// How many changes a second are shown.
pub(super) const PACES: [usize; 4] = [1, 2, 5, 20];

/// Which state of the incident is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// After so many entries; none for as it stands now.
    at: Option<usize>,
    /// An earlier state that was worked out.
    shown: Option<Incident>,
    /// When the next change is due, by egui's clock, while it plays.
    due: Option<f64>,
    /// Which pace, by its place in [`PACES`].
    pub pace: usize,
}

impl Past {
    /// Gives how many entries are shown, of so many.
    pub(super) fn count(&self, all: usize) -> usize {
        self.at.map_or(all, |at| at.min(all))
    }

    /// Tells whether an earlier state is shown.
    pub(super) fn is_past(&self) -> bool {
        self.at.is_some()
    }

    /// Shows the state after so many entries, of so many.
    pub(super) fn go_to(&mut self, at: usize, all: usize) {
        self.at = (at < all).then_some(at.max(1));
    }

    /// Shows the state as it is now.
    pub(super) fn back(&mut self) {
        self.at = None;
        self.due = None;
    }

    /// Tells whether it plays.
    pub(super) fn is_playing(&self) -> bool {
        self.due.is_some()
    }

    /// Starts or stops playing; from the beginning where the end is shown.
    pub(super) fn toggle(&mut self, now: f64, all: usize) {
        if self.due.take().is_some() {
            return;
        }
        if self.at.is_none() {
            self.at = (all > 1).then_some(1);
        }
        self.due = Some(now + self.pause());
    }

    /// Gives the seconds between two changes.
    pub(super) fn pause(&self) -> f64 {
        let pace = PACES.get(self.pace).copied().unwrap_or(1);
        1.0 / u32::try_from(pace).map_or(1.0, f64::from)
    }

    /// Shows the state after the next change of a step, or before the last one.
    pub(super) fn step(&mut self, incident: &Incident, forward: bool) {
        let all = incident.entries().len();
        let at = self.count(all);
        let found = if forward {
            next_change(incident, at)
        } else {
            change_before(incident, at)
        };
        match found {
            Some(at) => self.go_to(at, all),
            None if forward => self.back(),
            None => self.go_to(1, all),
        }
    }

    /// Goes on to the next change of a step when it is due; gives the seconds until the one after.
    pub(super) fn play(&mut self, incident: &Incident, now: f64) -> Option<f64> {
        let due = self.due?;
        if now < due {
            return Some(due - now);
        }
        let all = incident.entries().len();
        let at = self.count(all);
        match next_change(incident, at) {
            Some(next) if next < all => {
                self.at = Some(next);
                self.due = Some(now + self.pause());
                Some(self.pause())
            }
            _ => {
                self.back();
                None
            }
        }
    }

    /// Gives the incident as it stands where this looks, and how many entries are yet to be
    /// replayed until it does.
    pub(super) fn incident<'a>(
        &'a mut self,
        flow: &Flow,
        now: &'a Incident,
    ) -> (&'a Incident, usize) {
        let entries = now.entries();
        let Some(at) = self.at.filter(|at| *at < entries.len()) else {
            self.shown = None;
            return (now, 0);
        };
        let usable = |shown: &Incident| shown.entries().len() <= at;
        let mut shown = match self.shown.take().filter(usable) {
            Some(shown) => shown,
            None => Incident::new(flow),
        };
        let done = shown.entries().len();
        let until = at.min(done + STRETCH);
        for entry in entries.get(done..until).unwrap_or_default() {
            shown.apply(flow, entry.clone());
        }
        (self.shown.insert(shown), at - until)
    }
}

/// Gives after how many entries the next change of a step has happened; none when there is none.
fn next_change(incident: &Incident, at: usize) -> Option<usize> {
    let later = incident.entries().get(at..)?;
    let found = later.iter().position(changes_a_step);
    found.map(|found| at + found + 1)
}

/// Gives after how many entries the change of a step before this one has happened.
fn change_before(incident: &Incident, at: usize) -> Option<usize> {
    let earlier = incident.entries().get(..at.checked_sub(1)?)?;
    let found = earlier.iter().rposition(changes_a_step);
    found.map(|found| found + 1)
}

fn changes_a_step(entry: &Entry) -> bool {
    let undoes = matches!(entry.event, Event::Undone { .. } | Event::Redone { .. });
    undoes || !entry.effects.is_empty()
}
