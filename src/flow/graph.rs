//! The flow's arcs with names resolved to numbers, so that running and proving are quick.
//!
//! Built by `check::names` once all names resolve; from then on nothing here can fail.
//! It says which joins have happened in a marking and what can reach what; what is true of
//! terms and guards is [`super::truth`]'s, how a marking changes [`super::marking`]'s.

use std::collections::{BTreeMap, BTreeSet};

use super::file::FlowFile;
use super::marking::{Mark, Marking, State};
use super::set::NodeSet;
use super::truth::{holds, is_true};
use super::{Mode, Node, NodeId};

/// The number of a node within its flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub(super) usize);

/// The number of an answer within its decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionIx(pub usize);

/// What happened, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GTerm {
    Opened(NodeIx),
    Ticked(NodeIx, usize),
    Done(NodeIx),
    Chosen(NodeIx, Vec<OptionIx>),
    Skipped(NodeIx),
}

impl GTerm {
    pub(super) fn node(&self) -> NodeIx {
        match self {
            Self::Opened(n)
            | Self::Ticked(n, _)
            | Self::Done(n)
            | Self::Chosen(n, _)
            | Self::Skipped(n) => *n,
        }
    }
}

/// A join, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GOn {
    pub(super) all: bool,
    pub(super) terms: Vec<GTerm>,
}

impl GOn {
    /// Tells whether it happens only where something is skipped, which plain moves never do.
    pub(super) fn needs_a_skip(&self) -> bool {
        let is_skip = |term: &GTerm| matches!(term, GTerm::Skipped(_));
        let mut terms = self.terms.iter();
        if self.all {
            terms.any(is_skip)
        } else {
            terms.all(is_skip)
        }
    }
}

/// A guard, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GGuard {
    Chosen(NodeIx, Vec<OptionIx>),
    NotChosen(NodeIx, Vec<OptionIx>),
    Settled(Vec<NodeIx>),
    RowsSettled(usize),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl GGuard {
    pub(super) fn nodes(&self, into: &mut BTreeSet<NodeIx>) {
        match self {
            Self::Chosen(n, _) | Self::NotChosen(n, _) => {
                into.insert(*n);
            }
            Self::Settled(nodes) => into.extend(nodes),
            Self::RowsSettled(_) => {}
            Self::All(guards) | Self::Any(guards) => {
                for guard in guards {
                    guard.nodes(into);
                }
            }
        }
    }
}

/// An arc, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GArc {
    pub(super) on: GOn,
    pub(super) when: Option<GGuard>,
    pub(super) opens: Vec<NodeIx>,
    pub(super) mode: Mode,
}

/// How a decision was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// By this answer.
    Answer(OptionIx),
    /// By leaving it out.
    Skipped,
}

impl GTerm {
    /// Tells whether the decision, settled so, makes this term about it true.
    pub(super) fn follows(&self, decision: NodeIx, how: How) -> bool {
        match (self, how) {
            (Self::Chosen(node, options), How::Answer(option)) => {
                *node == decision && options.contains(&option)
            }
            (Self::Skipped(node), How::Skipped) => *node == decision,
            _ => false,
        }
    }
}

/// An answer, resolved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct GOption {
    pub(super) withdraws: Vec<NodeIx>,
    pub(super) lock: Option<GGuard>,
}

/// What a changed answer does besides, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GChange {
    /// Empty: whatever it was before, unanswered too.
    pub(super) from: Vec<OptionIx>,
    pub(super) to: Vec<OptionIx>,
    pub(super) parks: Vec<NodeIx>,
    /// Until this step is settled, what opens of `parks` opens parked.
    pub(super) until: Option<NodeIx>,
    pub(super) renews: Vec<NodeIx>,
}

/// A node, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GNode {
    pub(super) id: NodeId,
    /// Position among the steps or the decisions of the file.
    pub(super) at: usize,
    /// `None` for a step.
    pub(super) options: Option<Vec<GOption>>,
    pub(super) changes: Vec<GChange>,
    /// The answer whose way is gone when the decision is left out.
    pub(super) left_out_as: Option<OptionIx>,
    pub(super) side: bool,
    /// Opened by a fact, without an arc.
    pub(super) by_fact: bool,
}

/// The resolved flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Graph {
    pub(super) nodes: Vec<GNode>,
    pub(super) arcs: Vec<GArc>,
    pub(super) ends: Vec<GOn>,
    pub(super) doors: Vec<Vec<NodeIx>>,
    /// For each `Loop` arc, the nodes on the way from its target back to its source.
    pub(super) ways: BTreeMap<usize, BTreeSet<NodeIx>>,
    pub(super) by_id: BTreeMap<NodeId, NodeIx>,
    pub(super) index: Index,
}

/// What is asked for by node, again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// The arcs that name the node in a term.
    pub(super) from: Vec<Vec<usize>>,
    /// The arcs that change the node: it is a target, or on the way of a loop.
    pub(super) into: Vec<Vec<usize>>,
    /// The decisions of which an answer withdraws, parks or renews the node, and the steps until
    /// which it is parked.
    pub(super) deciders: Vec<BTreeSet<NodeIx>>,
    /// The nodes that the guards of the decision's locks read.
    pub(super) locks: Vec<BTreeSet<NodeIx>>,
    /// How much there is to look at: nodes, arcs, and what the arcs name.
    pub(super) size: usize,
}

impl Index {
    pub(super) fn of(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let mut index = Self {
            from: vec![Vec::new(); count],
            into: vec![Vec::new(); count],
            deciders: vec![BTreeSet::new(); count],
            locks: vec![BTreeSet::new(); count],
            size: count,
        };
        for (number, arc) in graph.arcs.iter().enumerate() {
            index.size += 1 + arc.on.terms.len() + arc.opens.len();
            let sources: BTreeSet<NodeIx> = arc.on.terms.iter().map(GTerm::node).collect();
            for node in sources {
                if let Some(list) = index.from.get_mut(node.0) {
                    list.push(number);
                }
            }
            if arc.mode == Mode::Offer {
                continue;
            }
            let mut targets: BTreeSet<NodeIx> = arc.opens.iter().copied().collect();
            targets.extend(graph.ways.get(&number).into_iter().flatten());
            for node in targets {
                if let Some(list) = index.into.get_mut(node.0) {
                    list.push(number);
                }
            }
        }
        for (ix, node) in graph.nodes.iter().enumerate() {
            let options = || node.options.iter().flatten();
            let changed = node
                .changes
                .iter()
                .flat_map(|c| c.parks.iter().chain(&c.renews));
            // Whether one that is parked opens parked depends on this step as well.
            for change in &node.changes {
                for (target, until) in change.parks.iter().zip(std::iter::repeat(change.until)) {
                    if let (Some(list), Some(until)) = (index.deciders.get_mut(target.0), until) {
                        list.insert(until);
                    }
                }
            }
            for target in options().flat_map(|o| &o.withdraws).chain(changed) {
                if let Some(deciders) = index.deciders.get_mut(target.0) {
                    deciders.insert(NodeIx(ix));
                }
            }
            if let Some(locks) = index.locks.get_mut(ix) {
                for guard in options().filter_map(|o| o.lock.as_ref()) {
                    guard.nodes(locks);
                }
            }
        }
        index
    }

    pub(super) fn leaving(&self, node: NodeIx) -> &[usize] {
        self.from.get(node.0).map_or(&[], Vec::as_slice)
    }

    pub(super) fn entering(&self, node: NodeIx) -> &[usize] {
        self.into.get(node.0).map_or(&[], Vec::as_slice)
    }

    pub(super) fn deciders(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        self.deciders.get(node.0).into_iter().flatten().copied()
    }

    pub(super) fn locks(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        self.locks.get(node.0).into_iter().flatten().copied()
    }
}

impl Graph {
    pub(super) fn size(&self) -> usize {
        self.index.size
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = (NodeIx, &NodeId)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(ix, node)| (NodeIx(ix), &node.id))
    }

    pub(super) fn index(&self, id: &NodeId) -> Option<NodeIx> {
        self.by_id.get(id).copied()
    }

    pub(super) fn id(&self, ix: NodeIx) -> Option<&NodeId> {
        self.nodes.get(ix.0).map(|node| &node.id)
    }

    pub(super) fn node<'a>(&self, file: &'a FlowFile, ix: NodeIx) -> Option<Node<'a>> {
        let node = self.nodes.get(ix.0)?;
        match node.options {
            None => file.steps.get(node.at).map(Node::Step),
            Some(_) => file.decisions.get(node.at).map(Node::Decision),
        }
    }

    pub(super) fn options(&self, ix: NodeIx) -> Option<&[GOption]> {
        self.nodes.get(ix.0)?.options.as_deref()
    }

    /// Gives what a changed answer of the decision does besides.
    pub(super) fn changes(&self, ix: NodeIx) -> &[GChange] {
        self.nodes.get(ix.0).map_or(&[], |node| &node.changes)
    }

    /// Gives the answer whose way is gone when the decision is left out.
    pub(super) fn left_out_as(&self, ix: NodeIx) -> Option<OptionIx> {
        self.nodes.get(ix.0)?.left_out_as
    }

    /// Tells whether a change parks the node until a step is settled.
    pub(super) fn is_held_by_a_step(&self, node: NodeIx) -> bool {
        let mut changes = self.nodes.iter().flat_map(|of| &of.changes);
        changes.any(|change| change.until.is_some() && change.parks.contains(&node))
    }

    /// Tells whether an answer that holds work back has taken the place of one that does not.
    pub(super) fn is_turned(&self, ix: NodeIx, before: &Mark, now: Option<OptionIx>) -> bool {
        self.changes(ix).iter().any(|change| {
            let is_to = |answer: Option<OptionIx>| answer.is_some_and(|a| change.to.contains(&a));
            change.until.is_some()
                && is_to(now)
                && before.how().is_some()
                && (before.turned() || before.is_left_out() || !is_to(before.way))
        })
    }

    pub(super) fn is_unlocked(
        &self,
        marking: &Marking,
        decision: NodeIx,
        option: OptionIx,
    ) -> bool {
        self.options(decision)
            .and_then(|options| options.get(option.0))
            .and_then(|option| option.lock.as_ref())
            .is_none_or(|guard| holds(guard, marking))
    }

    pub(super) fn reached_ends(&self, marking: &Marking) -> BTreeSet<usize> {
        (0..self.ends.len())
            .filter(|&ix| {
                // Nothing drops out of an end: it says what has been done.
                self.ends.get(ix).is_some_and(|on| {
                    let mut terms = on.terms.iter();
                    if on.all {
                        terms.all(|term| is_true(term, marking))
                    } else {
                        terms.any(|term| is_true(term, marking))
                    }
                })
            })
            .collect()
    }

    /// Tells whether a join is satisfied; `ahead` keeps what can still open, once asked for.
    pub(super) fn happened(
        &self,
        on: &GOn,
        marking: &Marking,
        ahead: &mut Option<NodeSet>,
    ) -> bool {
        if !on.all {
            return on.terms.iter().any(|term| is_true(term, marking));
        }
        let mut some_true = false;
        for term in &on.terms {
            if is_true(term, marking) {
                some_true = true;
            } else if let GTerm::Done(node) = term {
                let dropped = match marking.mark(*node).state {
                    State::Withdrawn { .. } => true,
                    State::Closed => !ahead
                        .get_or_insert_with(|| self.can_open(marking))
                        .contains(*node),
                    State::Open | State::Parked { .. } | State::Done(_) | State::Skipped => false,
                };
                if !dropped {
                    return false;
                }
            } else {
                return false;
            }
        }
        some_true
    }

    /// Gives the nodes that may still open, taking guards and joins as satisfiable.
    pub(super) fn can_open(&self, marking: &Marking) -> NodeSet {
        let mut reached = NodeSet::with_room(self.nodes.len());
        let mut queued = vec![true; self.arcs.len()];
        let mut queue: Vec<usize> = (0..self.arcs.len()).rev().collect();
        while let Some(number) = queue.pop() {
            if let Some(flag) = queued.get_mut(number) {
                *flag = false;
            }
            let Some(arc) = self.arcs.get(number) else {
                continue;
            };
            if arc.mode == Mode::Offer || !can_fire(number, arc, marking, &reached) {
                continue;
            }
            let way = self.ways.get(&number).into_iter().flatten();
            for &node in arc.opens.iter().chain(way) {
                if !reached.insert(node) {
                    continue;
                }
                for &next in self.index.leaving(node) {
                    if let Some(flag) = queued.get_mut(next)
                        && !*flag
                    {
                        *flag = true;
                        queue.push(next);
                    }
                }
            }
        }
        reached
    }

    /// Gives what opens without an arc: by a door, or by a fact.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = NodeIx> {
        let facts = self.nodes.iter().enumerate().filter(|(_, n)| n.by_fact);
        let doors = self.doors.iter().flatten().copied();
        doors.chain(facts.map(|(ix, _)| NodeIx(ix)))
    }

    /// Gives the nodes reachable from one way of settling the decision.
    pub(super) fn reachable_from(&self, decision: NodeIx, how: How) -> NodeSet {
        let mut reached = Vec::new();
        for arc in self.arcs_from(decision) {
            let follows = |term: &GTerm| term.follows(decision, how);
            if arc.on.terms.iter().any(follows) && !matches!(arc.mode, Mode::Loop | Mode::Offer) {
                reached.extend(&arc.opens);
            }
        }
        self.close_over(reached, &|_| true, &|_| true)
    }

    pub(super) fn arcs_from(&self, node: NodeIx) -> impl Iterator<Item = &GArc> {
        let numbers = self.index.leaving(node).iter();
        numbers.filter_map(|&number| self.arcs.get(number))
    }

    /// Gives the nodes and all behind them, by arcs that are let through and of which enough terms
    /// count.
    pub(super) fn close_over(
        &self,
        starts: Vec<NodeIx>,
        counts: &dyn Fn(&GTerm) -> bool,
        lets_through: &dyn Fn(&GArc) -> bool,
    ) -> NodeSet {
        let mut reached = NodeSet::with_room(self.nodes.len());
        let mut queue: Vec<NodeIx> = starts.into_iter().filter(|n| reached.insert(*n)).collect();
        while let Some(node) = queue.pop() {
            for arc in self.arcs_from(node) {
                if matches!(arc.mode, Mode::Loop | Mode::Offer) || !lets_through(arc) {
                    continue;
                }
                let live = |term: &GTerm| reached.contains(term.node()) && counts(term);
                let fires = if arc.on.all {
                    arc.on.terms.iter().all(live)
                } else {
                    arc.on.terms.iter().any(live)
                };
                if fires {
                    queue.extend(arc.opens.iter().filter(|node| reached.insert(**node)));
                }
            }
        }
        reached
    }

    /// Gives the nodes on any way from a target of the arc to one of its sources, both among
    /// them, `Loop` arcs left out.
    pub(super) fn way_back(&self, arc: &GArc) -> BTreeSet<NodeIx> {
        let counts = |arc: &&GArc| !matches!(arc.mode, Mode::Loop | Mode::Offer);
        let mut ahead = NodeSet::with_room(self.nodes.len());
        let mut queue = arc.opens.clone();
        while let Some(node) = queue.pop() {
            if ahead.insert(node) {
                let arcs = self.arcs_from(node).filter(counts);
                queue.extend(arcs.flat_map(|arc| &arc.opens));
            }
        }
        let mut behind = NodeSet::with_room(self.nodes.len());
        let mut queue: Vec<NodeIx> = arc.on.terms.iter().map(GTerm::node).collect();
        while let Some(node) = queue.pop() {
            if behind.insert(node) {
                let arcs = self.index.entering(node).iter();
                let arcs = arcs
                    .filter_map(|&number| self.arcs.get(number))
                    .filter(counts);
                queue.extend(arcs.flat_map(|arc| arc.on.terms.iter().map(GTerm::node)));
            }
        }
        ahead.intersect(&behind);
        ahead.iter().collect()
    }

    /// Gives the `Loop` arcs that lead to the node.
    pub(super) fn loops_to(&self, node: NodeIx) -> impl Iterator<Item = &BTreeSet<NodeIx>> {
        self.ways
            .iter()
            .filter_map(move |(arc, way)| self.arcs.get(*arc)?.opens.contains(&node).then_some(way))
    }
}

/// Tells whether an arc may fire once these nodes have opened.
fn can_fire(number: usize, arc: &GArc, marking: &Marking, reached: &NodeSet) -> bool {
    let mut terms = arc.on.terms.iter();
    // An arc that has fired can fire again only when one of its nodes gets a new attempt,
    // and then that node is among the reached.
    if marking.has_fired(number) && !terms.clone().any(|term| reached.contains(term.node())) {
        return false;
    }
    let works = |node| matches!(marking.mark(node).state, State::Open | State::Parked { .. });
    // A term that needs a node to act needs one that is, or comes, alive; a join needs that
    // of every term that is not true already.
    let comes = |term: &GTerm| {
        is_true(term, marking) || reached.contains(term.node()) || works(term.node())
    };
    if !arc.on.all {
        return terms.any(comes);
    }
    let mut some = false;
    terms.all(|term| {
        let comes = comes(term);
        some |= comes;
        comes || matches!(term, GTerm::Done(node) if !works(*node))
    }) && some
}
