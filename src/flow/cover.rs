//! What has been found to be possible: nodes that open, answers that are free, guards that hold.
//!
//! A search gives what it met. What follows from it without a search is followed here: a node
//! that opens in some state can be settled in that very state, in every way that is not locked,
//! so that what an arc without a guard opens then opens too.

use std::collections::BTreeSet;

use super::Mode;
use super::cone::Aim;
use super::graph::{GTerm, Graph, NodeIx, OptionIx};
use super::set::NodeSet;

/// What was found possible so far in a whole flow.
#[derive(Debug)]
pub(super) struct Cover<'a> {
    graph: &'a Graph,
    reached: NodeSet,
    /// Arcs with a guard that held at their trigger.
    let_through: BTreeSet<usize>,
    free: BTreeSet<(NodeIx, OptionIx)>,
    /// Nodes that an answer withdraws: an arc may meet them withdrawn.
    withdrawn: NodeSet,
    /// Nodes that open if guards, locks, joins and withdrawals are left aside.
    thinkable: NodeSet,
}

impl<'a> Cover<'a> {
    pub(super) fn of(graph: &'a Graph) -> Self {
        let options = graph.nodes.iter().flat_map(|n| n.options.iter().flatten());
        let mut cover = Self {
            graph,
            reached: NodeSet::with_room(graph.nodes.len()),
            let_through: BTreeSet::new(),
            free: BTreeSet::new(),
            withdrawn: options.flat_map(|o| o.withdraws.iter().copied()).collect(),
            thinkable: thinkable(graph),
        };
        for (ix, node) in graph.nodes.iter().enumerate() {
            if node.by_fact {
                cover.reach(NodeIx(ix));
            }
        }
        cover
    }

    pub(super) fn is_reached(&self, node: NodeIx) -> bool {
        self.reached.contains(node)
    }

    pub(super) fn is_free(&self, decision: NodeIx, option: OptionIx) -> bool {
        self.free.contains(&(decision, option))
    }

    pub(super) fn has_let_through(&self, arc: usize) -> bool {
        self.let_through.contains(&arc)
    }

    /// Notes that a guard held at its arc's trigger.
    pub(super) fn let_through(&mut self, arc: usize) {
        self.let_through.insert(arc);
    }

    /// Notes that a node is open in some state.
    pub(super) fn reach(&mut self, node: NodeIx) {
        let mut queue = vec![node];
        while let Some(node) = queue.pop() {
            if !self.reached.insert(node) {
                continue;
            }
            let options = self.graph.options(node).unwrap_or_default();
            for (at, option) in options.iter().enumerate() {
                if option.lock.is_none() {
                    self.free.insert((node, OptionIx(at)));
                }
            }
            queue.extend(self.follows(node, |term| match term {
                GTerm::Opened(_) | GTerm::Ticked(..) | GTerm::Done(_) => true,
                GTerm::Chosen(_, named) => {
                    let is_free =
                        |at: &OptionIx| options.get(at.0).is_some_and(|o| o.lock.is_none());
                    named.iter().any(is_free)
                }
                GTerm::Skipped(_) => false,
            }));
        }
    }

    /// Notes that an answer of an open decision is not locked.
    pub(super) fn free(&mut self, decision: NodeIx, option: OptionIx) {
        if self.free.insert((decision, option)) {
            let chosen = |term: &GTerm| matches!(term, GTerm::Chosen(_, o) if o.contains(&option));
            for node in self.follows(decision, chosen) {
                self.reach(node);
            }
        }
    }

    /// Gives what arcs without a guard open at once when one of these terms about the node
    /// comes true.
    fn follows(&self, node: NodeIx, comes: impl Fn(&GTerm) -> bool) -> Vec<NodeIx> {
        // A decision that its own changed answer renews is not settled by being answered.
        let changes = self
            .graph
            .nodes
            .get(node.0)
            .into_iter()
            .flat_map(|n| &n.changes);
        let renews_itself = changes
            .flat_map(|c| &c.renews)
            .any(|renewed| *renewed == node);
        let comes =
            |term: &GTerm| comes(term) && !(renews_itself && matches!(term, GTerm::Chosen(..)));
        let numbers = self.graph.index.leaving(node).iter();
        let arcs = numbers.filter_map(|&number| self.graph.arcs.get(number));
        arcs.filter(|arc| !arc.on.all && arc.when.is_none() && arc.mode != Mode::Offer)
            .filter(|arc| arc.on.terms.iter().any(|t| t.node() == node && comes(t)))
            .flat_map(|arc| arc.opens.iter().copied())
            .filter(|target| !self.withdrawn.contains(*target))
            .collect()
    }

    /// Tells whether what a search aims at has been found.
    pub(super) fn has(&self, aim: Aim) -> bool {
        match aim {
            Aim::Ends => false,
            Aim::Node(node) => self.is_reached(node),
            Aim::Answers(node) => {
                let options = self.graph.options(node).unwrap_or_default();
                (0..options.len()).all(|at| self.is_free(node, OptionIx(at)))
            }
            Aim::Arc(number) => self.has_let_through(number),
        }
    }

    /// Gives what is still to be looked for.
    pub(super) fn open_aims(&self) -> Vec<Aim> {
        let nodes = (0..self.graph.nodes.len()).map(NodeIx);
        let unreached = nodes
            .clone()
            .filter(|&node| self.thinkable.contains(node))
            .map(Aim::Node);
        let locked = nodes
            .filter(|&node| self.is_reached(node) && self.graph.options(node).is_some())
            .map(Aim::Answers);
        let guarded = self
            .graph
            .arcs
            .iter()
            .enumerate()
            .filter(|(_, arc)| arc.when.is_some() && !arc.on.needs_a_skip())
            .filter(|(_, arc)| arc.on.terms.iter().all(|t| self.is_reached(t.node())))
            .map(|(number, _)| Aim::Arc(number));
        let aims = unreached.chain(locked).chain(guarded);
        aims.filter(|aim| !self.has(*aim)).collect()
    }
}

fn thinkable(graph: &Graph) -> NodeSet {
    let facts = graph.nodes.iter().enumerate().filter(|(_, n)| n.by_fact);
    let mut queue: Vec<NodeIx> = facts.map(|(ix, _)| NodeIx(ix)).collect();
    queue.extend(graph.doors.iter().flatten());
    let mut thinkable = NodeSet::with_room(graph.nodes.len());
    while let Some(node) = queue.pop() {
        if thinkable.insert(node) {
            for arc in graph
                .index
                .leaving(node)
                .iter()
                .filter_map(|&a| graph.arcs.get(a))
            {
                if arc.mode != Mode::Offer {
                    queue.extend(&arc.opens);
                }
            }
        }
    }
    thinkable
}
