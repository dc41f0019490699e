//! Closing an incident: what it leaves open, and the reasons that some of it needs.

use std::collections::BTreeMap;

use super::{Decided, Decider, filled, join, plain};
use crate::flow::{Flow, Node, State};
use crate::incident::{EntryNumber, Event, Ground, Incident, LeftOpen, Refusal};

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
    /// Gives the things that a closing left open and that still lack a reason of their own;
    /// an empty name stands for all the others together.
    pub fn unexplained(&self, closing: EntryNumber) -> Vec<&str> {
        let Some(Event::IncidentClosed { ground, left_open }) =
            self.entry(closing).map(|entry| &entry.event)
        else {
            return Vec::new();
        };
        let whole = |ground: &Ground| ground.why.is_some() && ground.decider.is_some();
        let given = |what: &str| {
            let (of, what) = (closing, what.to_owned());
            self.closing_reasons.contains(&(of, what))
        };
        let mut names: Vec<&str> = left_open
            .iter()
            .filter(|left| left.alone && !whole(&left.ground) && !given(&left.what))
            .map(|left| left.what.as_str())
            .collect();
        if left_open.iter().any(|left| !left.alone) && !whole(ground) && !given("") {
            names.push("");
        }
        names
    }

    /// Gives what is open or parked, deadlines that run and items that are not settled: what a
    /// closing would leave open. Those with `alone` need a reason and a decider of their own.
    pub fn left_open(&self, flow: &Flow) -> Vec<LeftOpen> {
        let left = |what: String, alone: bool| LeftOpen {
            what,
            alone,
            ground: Ground::default(),
        };
        let nodes = flow.nodes().filter_map(|(ix, node)| {
            let open = matches!(
                self.marking().mark(ix).state,
                State::Open | State::Parked { .. }
            );
            let alone = matches!(node, Node::Step(step) if step.close_alone);
            open.then(|| left(node.id().to_string(), alone))
        });
        let deadlines = self
            .deadlines(flow)
            .into_iter()
            .filter(|deadline| deadline.met.is_none())
            .map(|deadline| left(deadline.name(), true));
        let items = self
            .unsettled_items()
            .map(|(number, _)| left(format!("#{number}"), false));
        nodes.chain(deadlines).chain(items).collect()
    }
}
