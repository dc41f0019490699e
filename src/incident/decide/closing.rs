//! Closing an incident: what it leaves open, and the reasons that some of it needs.

use std::collections::BTreeMap;

use super::{Decided, Decider, filled, join, plain};
use crate::flow::{Flow, Node, NodeId, State};
use crate::incident::reasons::lay_over;
use crate::incident::{
    DutyStanding, EntryNumber, Event, Ground, Incident, LeftOpen, Outcome, Refusal,
};

impl Decider<'_> {
    pub(super) fn close(
        self,
        ground: Ground,
        alone: &BTreeMap<String, Ground>,
    ) -> Result<Decided, Refusal> {
        let mut left_open = self.incident.left_open(self.flow);
        for name in alone.keys() {
            if !left_open.iter().any(|left| left.what == *name) {
                return Err(Refusal::Unknown {
                    what: "open",
                    id: name.clone(),
                    known: join(left_open.iter().map(|left| left.what.as_str())),
                });
            }
        }
        for left in &mut left_open {
            if let Some(own) = alone.get(&left.what) {
                left.ground.clone_from(own);
            }
        }
        Ok(plain(Event::IncidentClosed { ground, left_open }))
    }

    /// Gives a missing reason; of a closing also for one of the things that it left open.
    pub(super) fn reason(
        self,
        of: EntryNumber,
        what: Option<String>,
        ground: Ground,
    ) -> Result<Decided, Refusal> {
        let entry = self.entry(of)?;
        filled(ground.why.clone().unwrap_or_default())?;
        if let Some(name) = &what {
            let alone: Vec<&str> = match &entry.event {
                Event::IncidentClosed { left_open, .. } => left_open
                    .iter()
                    .filter(|left| left.alone)
                    .map(|left| left.what.as_str())
                    .collect(),
                _ => Vec::new(),
            };
            if !alone.contains(&name.as_str()) {
                return Err(Refusal::Unknown {
                    what: "open",
                    id: name.clone(),
                    known: join(alone.into_iter()),
                });
            }
        }
        Ok(plain(Event::ReasonGiven { of, what, ground }))
    }
}

impl Incident {
    /// Gives the things that a closing left open and that still lack a reason and a decider of
    /// their own; an empty name stands for all the others together.
    pub fn unexplained(&self, closing: EntryNumber) -> Vec<&str> {
        let Some(Event::IncidentClosed { left_open, .. }) =
            self.entry(closing).map(|entry| &entry.event)
        else {
            return Vec::new();
        };
        let is_whole = |left: &LeftOpen| {
            let mut ground = left.ground.clone();
            let of = (closing, left.what.clone());
            if let Some(later) = self.closing_reasons.get(&of) {
                lay_over(&mut ground, later);
            }
            ground.is_whole()
        };
        let mut names: Vec<&str> = left_open
            .iter()
            .filter(|left| left.alone && !is_whole(left))
            .map(|left| left.what.as_str())
            .collect();
        if left_open.iter().any(|left| !left.alone) && !self.ground_in_force(closing).is_whole() {
            names.push("");
        }
        names
    }

    /// Gives what is open or parked, deadlines that run, items that are not settled, and the
    /// steps of duties that nobody has answered for: what a closing would leave open. Those with
    /// `alone` need a reason and a decider of their own.
    pub fn left_open(&self, flow: &Flow) -> Vec<LeftOpen> {
        let left = |what: String, alone: bool| LeftOpen {
            what,
            alone,
            ground: Ground::default(),
        };
        let running: Vec<String> = self
            .deadlines(flow)
            .into_iter()
            .filter(|deadline| deadline.state.is_running())
            .map(|deadline| deadline.name())
            .collect();
        let nodes = flow.nodes().filter_map(|(ix, node)| {
            let state = self.marking().mark(ix).state;
            let open = matches!(state, State::Open | State::Parked { .. });
            let alone = matches!(node, Node::Step(step) if step.close_alone);
            let owes = alone && state != State::Closed && self.owes_an_answer(flow, node.id());
            (open || owes).then(|| left(node.id().to_string(), alone))
        });
        let deadlines = running.iter().map(|name| left(name.clone(), true));
        let items = self
            .unsettled_items()
            .map(|(number, _)| left(format!("#{number}"), false));
        nodes.chain(deadlines).chain(items).collect()
    }

    /// Tells whether a settled step that needs a reason of its own was left out without a reason
    /// and a decider, or completed without the report that it is there for. Where the deadlines
    /// of its duty run, those are what is asked for.
    fn owes_an_answer(&self, flow: &Flow, step: &NodeId) -> bool {
        let Some((stamp, outcome)) = self.attempt(step).and_then(|a| a.settled.as_ref()) else {
            return false;
        };
        let duties = self.duties(flow);
        let mut parts = duties.iter().filter(|part| part.duty.step == *step);
        let runs_by_itself = |part: &DutyStanding<'_>| {
            part.deadline.is_some() && self.known().iter().any(|k| k.duty == part.duty.id)
        };
        if flow.duties().iter().any(|duty| duty.step == *step) {
            parts.any(|part| part.state.is_running() && !runs_by_itself(part))
        } else {
            *outcome == Outcome::Skipped && !self.ground_in_force(stamp.entry).is_whole()
        }
    }
}
