//! What cannot be done and what does not apply: of a whole step, or of one of its items.

use super::{Decided, Decider, checked};
use crate::flow::{Becomes, NodeId, NodeIx, State};
use crate::incident::{Event, Ground, Refusal, Said};

impl Decider<'_> {
    pub(super) fn impossible(
        mut self,
        node: &NodeId,
        item: Option<u32>,
        instead: Option<String>,
        ground: Ground,
    ) -> Result<Decided, Refusal> {
        self.leave(node, item, Said::Impossible)?;
        let (node, instead) = (node.clone(), checked(instead)?);
        Ok(self.done(Event::FoundImpossible {
            node,
            item,
            instead,
            ground,
        }))
    }

    pub(super) fn not_applicable(
        mut self,
        node: &NodeId,
        item: Option<u32>,
        ground: Ground,
    ) -> Result<Decided, Refusal> {
        self.leave(node, item, Said::NotApplicable)?;
        let node = node.clone();
        Ok(self.done(Event::FoundNotApplicable { node, item, ground }))
    }

    /// Leaves a step out as a skip does, or marks that someone has looked at one of its items:
    /// that fires nothing before the step is settled.
    fn leave(&mut self, node: &NodeId, item: Option<u32>, said: Said) -> Result<(), Refusal> {
        let Some(item) = item else {
            self.step(node)?;
            let ix = self.refuse_settled(node)?;
            self.runner.skip(ix);
            return Ok(());
        };
        let (ix, at): (NodeIx, usize) = self.item(node, item)?;
        if self.incident.marking().mark(ix).is_ticked(at) {
            return Err(Refusal::AlreadyTicked(node.clone(), item));
        }
        let before = self.incident.attempt(node).and_then(|a| a.items.get(&item));
        if before.is_some_and(|(before, _)| *before == said) {
            return Err(Refusal::AlreadySaid(node.clone(), item));
        }
        if self.state(ix) == State::Open {
            self.runner.shift(ix, Becomes::Touched);
        } else {
            self.runner.take(ix);
        }
        Ok(())
    }
}
