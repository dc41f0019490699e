//! What became of a node: done, partly done, impossible, not applicable, decided not to.
//!
//! **Invariant:** that something was told, reported or cut is said by ticks and fields only;
//! completing a step says no more than that a person is through with it.

use super::{Attempt, Incident, Outcome, Said};
use crate::flow::{Flow, NodeId};

/// What became of a settled node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Completed with all items ticked or not applicable, or answered.
    Done,
    /// Completed with items left unticked; impossible ones are among them.
    Partly,
    /// It could not be done.
    Impossible,
    /// It does not apply here.
    NotApplicable,
    /// It was decided not to do it.
    Skipped,
}

impl How {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [
        Self::Done,
        Self::Partly,
        Self::Impossible,
        Self::NotApplicable,
        Self::Skipped,
    ];

    /// Gives the identifier used in JSON; in the language files it stands behind `state-`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Impossible => "impossible",
            Self::NotApplicable => "not-applicable",
            Self::Skipped => "skipped",
        }
    }
}

impl Attempt {
    /// Gives what became of this attempt of the node; none while it is not settled.
    pub fn how(&self, flow: &Flow, node: &NodeId) -> Option<How> {
        let (_, outcome) = self.settled.as_ref()?;
        Some(match outcome {
            Outcome::Skipped => match self.said {
                Some(Said::Impossible) => How::Impossible,
                Some(Said::NotApplicable) => How::NotApplicable,
                None => How::Skipped,
            },
            Outcome::Done if self.unticked(flow, node).next().is_some() => How::Partly,
            Outcome::Done | Outcome::Chosen(_) => How::Done,
        })
    }

    /// Gives the items (from 1) that are neither ticked nor not applicable.
    pub fn unticked(&self, flow: &Flow, node: &NodeId) -> impl Iterator<Item = u32> {
        let count = flow.step(node).map_or(0, |step| step.items().count());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (1..=count).filter(|item| {
            let said = self.items.get(item).map(|(said, _)| *said);
            !self.ticks.contains_key(item) && said != Some(Said::NotApplicable)
        })
    }

    /// Tells whether something was ticked, filled in, said of an item or noted in this attempt.
    pub fn is_begun(&self) -> bool {
        !self.ticks.is_empty()
            || !self.items.is_empty()
            || self.written.values().any(|stands| *stands)
            || self.fields.values().any(|filled| filled.value.is_some())
    }
}

impl Incident {
    /// Gives what became of a node in its current attempt; none while it is not settled.
    pub fn how(&self, flow: &Flow, node: &NodeId) -> Option<How> {
        self.attempt(node)?.how(flow, node)
    }

    /// Tells whether something was ticked, filled in, said of an item or noted in the node's
    /// current attempt.
    pub fn is_begun(&self, node: &NodeId) -> bool {
        self.attempt(node).is_some_and(Attempt::is_begun)
    }
}
