//! What an answer leads to, while others are in force: what a changed answer withdraws and keeps.
//!
//! Arcs are followed as they could fire; of a decision that is answered only that answer counts,
//! and an arc whose guard the answers do not allow does not.

use super::Mode;
use super::graph::{GArc, GTerm, Graph, How, NodeIx};
use super::marking::{Marking, State};
use super::set::NodeSet;
use super::truth::may_hold;

/// The answers in force, with one decision settled in this way.
#[derive(Clone, Copy)]
struct Answers<'a> {
    marking: &'a Marking,
    decision: NodeIx,
    how: How,
}

impl Answers<'_> {
    fn of(&self, node: NodeIx) -> Option<How> {
        match self.marking.mark(node) {
            _ if node == self.decision => Some(self.how),
            mark if mark.state == State::Closed => None,
            mark => mark.how(),
        }
    }

    /// Tells whether a term can come true under them.
    fn count(&self, term: &GTerm) -> bool {
        match term {
            GTerm::Chosen(node, _) | GTerm::Skipped(node) => {
                self.of(*node).is_none_or(|how| term.follows(*node, how))
            }
            GTerm::Opened(_) | GTerm::Ticked(..) | GTerm::Done(_) => true,
        }
    }

    /// Tells whether one of them makes a term true.
    fn make(&self, term: &GTerm) -> bool {
        let (GTerm::Chosen(node, _) | GTerm::Skipped(node)) = term else {
            return false;
        };
        self.of(*node).is_some() && self.count(term)
    }

    fn let_through(&self, arc: &GArc) -> bool {
        let guard = arc.when.as_ref();
        guard.is_none_or(|guard| may_hold(guard, &|node| self.of(node)))
    }
}

impl Graph {
    /// Gives the nodes to which something leads once the decision is settled in the new way: the
    /// doors, facts, and every answer in force, the new one among them.
    pub(super) fn led_to(&self, marking: &Marking, decision: NodeIx, new: How) -> NodeSet {
        let answers = Answers {
            marking,
            decision,
            how: new,
        };
        let led = self.arcs.iter().filter(|arc| {
            leads(arc) && answers.let_through(arc) && arc.on.terms.iter().any(|t| answers.make(t))
        });
        let starts = self
            .beginnings()
            .chain(led.flat_map(|arc| &arc.opens).copied());
        self.close_over(starts.collect(), &|term| answers.count(term), &|arc| {
            answers.let_through(arc)
        })
    }

    /// Gives the nodes to which the old way of settling the decision led, beside the other
    /// answers in force.
    pub(super) fn led_to_by(&self, marking: &Marking, decision: NodeIx, old: How) -> NodeSet {
        let answers = Answers {
            marking,
            decision,
            how: old,
        };
        let led = self.arcs_from(decision).filter(|arc| {
            let follows = |term: &GTerm| term.follows(decision, old);
            leads(arc) && answers.let_through(arc) && arc.on.terms.iter().any(follows)
        });
        self.close_over(
            led.flat_map(|arc| &arc.opens).copied().collect(),
            &|term| answers.count(term),
            &|arc| answers.let_through(arc),
        )
    }

    /// Gives the nodes of which [`Self::led_to`] is sure, whatever the other answers are.
    pub(super) fn always_led_to(&self, decision: NodeIx, new: How) -> NodeSet {
        let counts = |term: &GTerm| match term {
            GTerm::Chosen(node, _) | GTerm::Skipped(node) => {
                *node == decision && term.follows(decision, new)
            }
            GTerm::Opened(_) | GTerm::Ticked(..) | GTerm::Done(_) => true,
        };
        let unguarded = |arc: &GArc| arc.when.is_none();
        let led = self.arcs_from(decision).filter(|arc| {
            let follows = |term: &GTerm| term.follows(decision, new);
            leads(arc) && unguarded(arc) && arc.on.terms.iter().any(follows)
        });
        let starts = self
            .beginnings()
            .chain(led.flat_map(|arc| &arc.opens).copied());
        self.close_over(starts.collect(), &counts, &unguarded)
    }
}

/// Tells whether an arc opens its targets.
fn leads(arc: &GArc) -> bool {
    !matches!(arc.mode, Mode::Loop | Mode::Offer)
}
