//! Reasons: which one stands for an entry, and which entries lack theirs.
//!
//! Worked out anew whenever a reason is given, struck or corrected, so that a struck reason
//! opens what it had settled.

use super::apply::lacks_reason;
use super::{EntryNumber, Event, Ground, Incident, OpenItemKind};
use crate::flow::Flow;

impl Incident {
    /// Gives the reason and the decider that stand for an entry: its own, as corrected, and
    /// over it what was given later and was not struck.
    pub fn ground_in_force(&self, of: EntryNumber) -> Ground {
        let mut ground = self.own_ground(of);
        if let Some(later) = self.reasons.get(&of) {
            lay_over(&mut ground, later);
        }
        ground
    }

    /// Gives the reason that an entry was recorded with, as corrected.
    fn own_ground(&self, of: EntryNumber) -> Ground {
        let event = self.entry(of).map(|entry| &entry.event);
        let Some(mut ground) = event.and_then(Event::ground).cloned() else {
            return Ground::default();
        };
        // Of what was impossible the words are what was done instead, where there are some.
        let is_its_text = !matches!(
            event,
            Some(Event::FoundImpossible {
                instead: Some(_),
                ..
            })
        );
        if is_its_text && let Some(text) = self.corrected_text(of) {
            ground.why = text;
        }
        ground
    }

    /// Gives what stands in the place of an entry's words since it was corrected;
    /// `Some(None)` when they were struck.
    #[expect(
        clippy::option_option,
        reason = "not corrected, struck, replaced: three cases"
    )]
    fn corrected_text(&self, of: EntryNumber) -> Option<Option<String>> {
        let last = self.corrections(of).last()?;
        match &self.entry(*last)?.event {
            Event::Corrected { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    /// Works out the reasons anew after the last entry, where it is about some.
    pub(super) fn weigh_reasons(&mut self, flow: &Flow) {
        let Some(last) = self.entries.last() else {
            return;
        };
        let by = last.number;
        let of = match &last.event {
            Event::ReasonGiven { of, .. } => {
                let of = *of;
                self.given.entry(of).or_default().push(by);
                of
            }
            Event::Corrected { of, .. } => match self.entry(*of).map(|entry| &entry.event) {
                Some(Event::ReasonGiven { of: first, .. }) => *first,
                Some(event) if event.ground().is_some() => *of,
                _ => return,
            },
            _ => return,
        };
        self.gather_reasons(of);
        self.weigh(flow, of, by);
    }

    /// Takes together the reasons that were given for an entry and were not struck.
    fn gather_reasons(&mut self, of: EntryNumber) {
        self.reasons.remove(&of);
        self.closing_reasons
            .retain(|(closing, _), _| *closing != of);
        for number in self.given.get(&of).cloned().unwrap_or_default() {
            let Some(Event::ReasonGiven { what, ground, .. }) =
                self.entry(number).map(|entry| entry.event.clone())
            else {
                continue;
            };
            let mut ground = ground;
            match self.corrected_text(number) {
                Some(None) => continue,
                Some(text) => ground.why = text,
                None => {}
            }
            let place = match what {
                Some(what) => self.closing_reasons.entry((of, what)).or_default(),
                None => self.reasons.entry(of).or_default(),
            };
            lay_over(place, &ground);
        }
    }

    /// Tells whether an entry lacks its reason, with its words as corrected and what was given
    /// later.
    fn lacks_its_reason(&self, flow: &Flow, of: EntryNumber) -> bool {
        let Some(mut entry) = self.entry(of).cloned() else {
            return false;
        };
        let ground = self.ground_in_force(of);
        if let Event::FoundImpossible { instead, .. } = &mut entry.event
            && let (Some(_), Some(text)) = (&instead, self.corrected_text(of))
        {
            *instead = text;
        }
        match entry.event.ground_mut() {
            Some(place) => {
                *place = ground;
                lacks_reason(flow, &entry)
            }
            // A tick has no ground of its own; a reason that was given is one.
            None => ground.why.is_none() && lacks_reason(flow, &entry),
        }
    }

    /// Opens or settles the open item of an entry, by whether its reason stands.
    fn weigh(&mut self, flow: &Flow, of: EntryNumber, by: EntryNumber) {
        let Some(entry) = self.entry(of) else {
            return;
        };
        let lacks = if let Event::IncidentClosed { .. } = &entry.event {
            !self.unexplained(of).is_empty()
        } else {
            self.lacks_its_reason(flow, of)
        };
        let Some(item) = self.open_items.get(&of) else {
            if lacks {
                self.open_item(of, OpenItemKind::MissingReason);
            }
            return;
        };
        if item.kind != OpenItemKind::MissingReason {
            return;
        }
        let settled_by_hand = item.settled.is_some_and(|by| {
            let settling = self.entry(by).map(|entry| &entry.event);
            matches!(settling, Some(Event::ItemSettled { .. }))
        });
        if !lacks {
            self.settle_item(of, by);
        } else if !settled_by_hand {
            self.open_item(of, OpenItemKind::MissingReason);
        }
    }
}

/// Puts the parts that a later ground has in the place of those before.
pub(super) fn lay_over(ground: &mut Ground, later: &Ground) {
    let Ground { why, decider, told } = later.clone();
    ground.why = why.or_else(|| ground.why.take());
    ground.decider = decider.or_else(|| ground.decider.take());
    ground.told = told.or_else(|| ground.told.take());
}
