//! What the incident's times add up to: deadlines that run, from moments that are known.
//!
//! Pure arithmetic on moments; a date that does not exist is left out, never a panic.

use chrono::{Datelike as _, TimeDelta};

use super::{DutyState, Incident, Moment, duty_name};
use crate::flow::{self, Duty, Flow, NodeIx};

/// The last year that RFC 3339 can write.
const LAST_YEAR: i32 = 9999;

/// A deadline of a duty that is known of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "a duty's deadline is what the law calls it"
)]
pub struct Deadline<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// The deadline.
    pub deadline: &'a flow::Deadline,
    /// Since when the duty is known of.
    pub known_at: Moment,
    /// Its last days.
    pub due: Due,
    /// Whether it runs, was met by a report, or is explicitly not reported.
    pub state: DutyState,
}

/// The last moment of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The earlier date, where the law gives a span.
    pub early: Option<Moment>,
    /// The date; the earliest where several grounds give several.
    pub last: Moment,
}

impl Deadline<'_> {
    /// Gives the name by which it is closed: `ppc/prompt`.
    pub fn name(&self) -> String {
        duty_name(&self.duty.id, Some(&self.deadline.id))
    }
}

impl Incident {
    /// Gives the nodes that a running duty keeps open although an answer changes: its step, and
    /// what the flow names beside it.
    pub(super) fn kept_by_duties<'a>(&self, flow: &'a Flow) -> impl Iterator<Item = NodeIx> + 'a {
        let is_known = |duty: &Duty| self.known.iter().any(|mark| mark.duty == duty.id);
        let running: Vec<&Duty> = self
            .duties(flow)
            .into_iter()
            .filter(|standing| standing.state.is_running() && is_known(standing.duty))
            .map(|standing| standing.duty)
            .collect();
        running
            .into_iter()
            .flat_map(|duty| duty.keeps.iter().chain([&duty.step]))
            .filter_map(|node| flow.index(node))
    }

    /// Gives the deadlines of all duties that are known of, also those that have ended.
    pub fn deadlines<'a>(&self, flow: &'a Flow) -> Vec<Deadline<'a>> {
        let mut found = Vec::new();
        for duty in flow.duties() {
            let marks: Vec<_> = self.known.iter().filter(|k| k.duty == duty.id).collect();
            let Some(known_at) = marks.iter().map(|mark| mark.stamp.at).min() else {
                continue;
            };
            for deadline in &duty.deadlines {
                let days = marks
                    .iter()
                    .map(|mark| {
                        mark.ground
                            .as_ref()
                            .and_then(|ground| deadline.per_ground.get(ground))
                            .copied()
                            .unwrap_or(deadline.days)
                    })
                    .min()
                    .unwrap_or(deadline.days);
                let after = |days: u16| {
                    known_at
                        .checked_add_signed(TimeDelta::days(days.into()))
                        .filter(|due| due.year() <= LAST_YEAR)
                };
                if let Some(last) = after(days) {
                    found.push(Deadline {
                        duty,
                        deadline,
                        known_at,
                        due: Due {
                            early: deadline.early.and_then(after),
                            last,
                        },
                        state: self.duty_state(&duty.id, Some(&deadline.id)),
                    });
                }
            }
        }
        found
    }
}
