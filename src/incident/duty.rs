//! Duties to report: what ended one, and what still runs.
//!
//! A duty, or each of its deadlines, ends by a report or by an explicit "not reported" with its
//! reason and its decider, never because a step was completed.
//!
//! **Invariant:** striking what ended a duty makes it run again; nothing else does.

use serde::{Deserialize, Serialize};

use super::{EntryNumber, Incident, Moment, Outcome, Stamp};
use crate::flow::{self, Duty, Flow, NodeId, State};

/// A report that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyReport {
    /// The duty.
    pub duty: String,
    /// Which of its deadlines; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// The number under which it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Gives the name of a duty or of its deadline: `mhlw`, `ppc/prompt`.
pub fn duty_name(duty: &str, deadline: Option<&str>) -> String {
    match deadline {
        Some(deadline) => format!("{duty}/{deadline}"),
        None => duty.to_owned(),
    }
}

/// Gives the names of all that can be reported: each deadline, and each duty that has none.
pub fn duty_names(flow: &Flow) -> impl Iterator<Item = String> {
    flow.duties()
        .iter()
        .flat_map(|duty| parts(duty).map(|part| duty_name(&duty.id, part.map(|d| d.id.as_str()))))
}

/// Gives a duty's deadlines, or none once where it has none.
fn parts(duty: &Duty) -> impl Iterator<Item = Option<&flow::Deadline>> {
    let whole = duty.deadlines.is_empty().then_some(None);
    duty.deadlines.iter().map(Some).chain(whole)
}

/// What an entry said about a duty: the report, or the decision not to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DutyEnd {
    pub(super) duty: String,
    pub(super) deadline: Option<String>,
    /// None where it was decided not to report.
    pub(super) report: Option<DutyReport>,
    pub(super) stamp: Stamp,
    pub(super) struck: bool,
}

/// How a duty, or one of its deadlines, stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyState {
    /// Neither reported nor explicitly not.
    Running,
    /// Reported: by which entry and when, and what that said.
    Met(Stamp, DutyReport),
    /// Explicitly not reported, with reason and decider.
    NotReported(Stamp),
}

impl DutyState {
    /// Gives the identifier used in JSON and in the language files.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Met(..) => "met",
            Self::NotReported(_) => "not-reported",
        }
    }

    /// Tells whether it still runs.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running)
    }

    /// Gives when it was reported.
    pub fn met(&self) -> Option<Moment> {
        match self {
            Self::Met(stamp, _) => Some(stamp.at),
            Self::Running | Self::NotReported(_) => None,
        }
    }
}

/// A duty, or one of its deadlines, that may apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyStanding<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// Which of its deadlines; none where it has none.
    pub deadline: Option<&'a flow::Deadline>,
    /// How it stands.
    pub state: DutyState,
}

impl DutyStanding<'_> {
    /// Gives its name: `mhlw`, `ppc/prompt`.
    pub fn name(&self) -> String {
        duty_name(&self.duty.id, self.deadline.map(|d| d.id.as_str()))
    }
}

impl Incident {
    /// Gives how a duty, or one of its deadlines, stands. The first report counts; a report
    /// goes before a decision not to report.
    pub fn duty_state(&self, duty: &str, deadline: Option<&str>) -> DutyState {
        let ends = || {
            self.duty_ends.iter().filter(|end| {
                !end.struck && end.duty == duty && end.deadline.as_deref() == deadline
            })
        };
        let met = ends().find_map(|end| Some((end.stamp, end.report.clone()?)));
        if let Some((stamp, report)) = met {
            return DutyState::Met(stamp, report);
        }
        let decided = |end: &&DutyEnd| self.ground_in_force(end.stamp.entry).is_whole();
        match ends().rfind(decided) {
            Some(end) => DutyState::NotReported(end.stamp),
            None => DutyState::Running,
        }
    }

    /// Gives a decision not to report that lacks its reason or its decider, so that what it is
    /// about still runs.
    pub fn undecided(&self, duty: &str, deadline: Option<&str>) -> Option<EntryNumber> {
        if !self.duty_state(duty, deadline).is_running() {
            return None;
        }
        let mut ends = self.duty_ends.iter().rev();
        ends.find(|end| !end.struck && end.duty == duty && end.deadline.as_deref() == deadline)
            .map(|end| end.stamp.entry)
    }

    /// Gives the duties that may apply and their deadlines: those that are known of, those whose
    /// step was reached, and those of which something was reported.
    pub fn duties<'a>(&self, flow: &'a Flow) -> Vec<DutyStanding<'a>> {
        let mut found = Vec::new();
        for duty in flow.duties() {
            let known = self.known().iter().any(|known| known.duty == duty.id);
            let said = self
                .duty_ends
                .iter()
                .any(|end| !end.struck && end.duty == duty.id);
            if known || said || self.is_reached(flow, duty) {
                let decided = self.skipped_with_decider(&duty.step);
                found.extend(parts(duty).map(|deadline| {
                    let mut state = self.duty_state(&duty.id, deadline.map(|d| d.id.as_str()));
                    // A deadline that runs needs its own word; else the skip says it.
                    if state.is_running()
                        && !(known && deadline.is_some())
                        && let Some(stamp) = decided
                    {
                        state = DutyState::NotReported(stamp);
                    }
                    DutyStanding {
                        duty,
                        deadline,
                        state,
                    }
                }));
            }
        }
        found
    }

    /// Gives when a step was left out, where a reason and a decider stand for that.
    fn skipped_with_decider(&self, step: &NodeId) -> Option<Stamp> {
        let (stamp, outcome) = self.attempt(step)?.settled.as_ref()?;
        let whole = || self.ground_in_force(stamp.entry).is_whole();
        (*outcome == Outcome::Skipped && whole()).then_some(*stamp)
    }

    /// Tells whether the step of a duty was opened or settled, and is needed.
    fn is_reached(&self, flow: &Flow, duty: &Duty) -> bool {
        match self.state(flow, &duty.step) {
            State::Open | State::Parked { .. } | State::Done(_) | State::Skipped => true,
            State::Withdrawn { .. } => false,
            // Renewed, and not opened again yet: what was done before is no report.
            State::Closed => self
                .attempts(&duty.step)
                .iter()
                .any(|attempt| attempt.settled.is_some()),
        }
    }

    pub(super) fn end_duty(
        &mut self,
        duty: &str,
        deadline: Option<&String>,
        report: Option<&DutyReport>,
        stamp: Stamp,
    ) {
        self.duty_ends.push(DutyEnd {
            duty: duty.to_owned(),
            deadline: deadline.cloned(),
            report: report.cloned(),
            stamp,
            struck: false,
        });
    }
}
