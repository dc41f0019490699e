//! The flow's arcs with names resolved to numbers, so that running and proving are quick.
//!
//! Built by `check::names` once all names resolve; from then on nothing here can fail.
//! It says what is true in a marking (terms, guards, joins) and what can reach what;
//! how a marking changes is [`super::marking`]'s.

use std::collections::{BTreeMap, BTreeSet};

use super::file::FlowFile;
use super::marking::{Mark, Marking, State};
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
    fn follows(&self, decision: NodeIx, how: How) -> bool {
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
}

impl Graph {
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
        ahead: &mut Option<BTreeSet<NodeIx>>,
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
                        .contains(node),
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
    pub(super) fn can_open(&self, marking: &Marking) -> BTreeSet<NodeIx> {
        let mut reached = BTreeSet::new();
        let mut alive: BTreeSet<NodeIx> = self
            .ids()
            .map(|(ix, _)| ix)
            .filter(|&ix| matches!(marking.mark(ix).state, State::Open | State::Parked { .. }))
            .collect();
        loop {
            let mut grown = false;
            for (number, arc) in self.arcs.iter().enumerate() {
                // An arc that has fired can fire again only when one of its nodes gets a
                // new attempt, and then that node is among the reached.
                let spent = marking.has_fired(number)
                    && !arc
                        .on
                        .terms
                        .iter()
                        .any(|term| reached.contains(&term.node()));
                if arc.mode == Mode::Offer || spent {
                    continue;
                }
                // A term that needs a node to act needs one that is, or comes, alive;
                // a join needs that of every term that is not true already.
                let comes = |term: &GTerm| is_true(term, marking) || alive.contains(&term.node());
                let possible = if arc.on.all {
                    arc.on.terms.iter().all(|term| {
                        comes(term)
                            || matches!(term, GTerm::Done(node)
                                if !matches!(marking.mark(*node).state, State::Open | State::Parked{..}))
                    }) && arc.on.terms.iter().any(comes)
                } else {
                    arc.on.terms.iter().any(comes)
                };
                if !possible {
                    continue;
                }
                let way = self.ways.get(&number).into_iter().flatten();
                for node in arc.opens.iter().chain(way) {
                    grown |= reached.insert(*node);
                    alive.insert(*node);
                }
            }
            if !grown {
                return reached;
            }
        }
    }

    /// Gives the nodes reachable from the doors when the decision can be settled in one way only.
    pub(super) fn reachable_with_only(&self, decision: NodeIx, keep: How) -> BTreeSet<NodeIx> {
        let mut reached: BTreeSet<NodeIx> = self.doors.iter().flatten().copied().collect();
        reached.extend(
            self.nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| node.by_fact)
                .map(|(ix, _)| NodeIx(ix)),
        );
        let term_counts = |term: &GTerm| match term {
            GTerm::Chosen(node, _) | GTerm::Skipped(node) if *node == decision => {
                term.follows(decision, keep)
            }
            GTerm::Chosen(..)
            | GTerm::Skipped(_)
            | GTerm::Opened(_)
            | GTerm::Ticked(..)
            | GTerm::Done(_) => true,
        };
        self.close_over(&mut reached, &term_counts);
        reached
    }

    /// Gives the nodes reachable from one way of settling the decision.
    pub(super) fn reachable_from(&self, decision: NodeIx, how: How) -> BTreeSet<NodeIx> {
        let mut reached = BTreeSet::new();
        for arc in &self.arcs {
            let follows = |term: &GTerm| term.follows(decision, how);
            if arc.on.terms.iter().any(follows) && !matches!(arc.mode, Mode::Loop | Mode::Offer) {
                reached.extend(&arc.opens);
            }
        }
        self.close_over(&mut reached, &|_| true);
        reached
    }

    fn close_over(&self, reached: &mut BTreeSet<NodeIx>, counts: &dyn Fn(&GTerm) -> bool) {
        loop {
            let before = reached.len();
            for arc in &self.arcs {
                if matches!(arc.mode, Mode::Loop | Mode::Offer) {
                    continue;
                }
                let live = |term: &GTerm| reached.contains(&term.node()) && counts(term);
                let fires = if arc.on.all {
                    arc.on.terms.iter().all(live)
                } else {
                    arc.on.terms.iter().any(live)
                };
                if fires {
                    reached.extend(&arc.opens);
                }
            }
            if reached.len() == before {
                return;
            }
        }
    }

    /// Gives the nodes on any way from `from` to `to`, both among them, `Loop` arcs left out.
    pub(super) fn way(&self, from: NodeIx, to: NodeIx) -> BTreeSet<NodeIx> {
        let mut ahead = BTreeSet::from([from]);
        self.close_over_any(&mut ahead, false);
        let mut behind = BTreeSet::from([to]);
        self.close_over_any(&mut behind, true);
        ahead.intersection(&behind).copied().collect()
    }

    fn close_over_any(&self, set: &mut BTreeSet<NodeIx>, backwards: bool) {
        loop {
            let before = set.len();
            for arc in &self.arcs {
                if matches!(arc.mode, Mode::Loop | Mode::Offer) {
                    continue;
                }
                let sources: Vec<NodeIx> = arc.on.terms.iter().map(GTerm::node).collect();
                let (from, to) = if backwards {
                    (&arc.opens, &sources)
                } else {
                    (&sources, &arc.opens)
                };
                if from.iter().any(|node| set.contains(node)) {
                    set.extend(to);
                }
            }
            if set.len() == before {
                return;
            }
        }
    }

    /// Gives the `Loop` arcs that lead to the node.
    pub(super) fn loops_to(&self, node: NodeIx) -> impl Iterator<Item = &BTreeSet<NodeIx>> {
        self.ways
            .iter()
            .filter_map(move |(arc, way)| self.arcs.get(*arc)?.opens.contains(&node).then_some(way))
    }
}

/// Tells whether a term has happened in the current attempts.
pub(super) fn is_true(term: &GTerm, marking: &Marking) -> bool {
    let mark = marking.mark(term.node());
    match term {
        GTerm::Opened(_) => match mark.state {
            State::Closed => false,
            State::Withdrawn { was_open, .. } => was_open,
            State::Open | State::Parked { .. } | State::Done(_) | State::Skipped => true,
        },
        GTerm::Ticked(_, item) => mark.is_settled() || mark.is_ticked(*item),
        GTerm::Done(_) => mark.is_settled(),
        GTerm::Chosen(_, options) => is_chosen(mark, options),
        GTerm::Skipped(_) => mark.state == State::Skipped,
    }
}

fn is_chosen(mark: &Mark, options: &[OptionIx]) -> bool {
    matches!(mark.state, State::Done(Some(option)) if options.contains(&option))
}

/// Tells whether a guard holds.
pub(super) fn holds(guard: &GGuard, marking: &Marking) -> bool {
    match guard {
        GGuard::Chosen(node, options) => in_force(marking.mark(*node), options),
        GGuard::NotChosen(node, options) => !in_force(marking.mark(*node), options),
        GGuard::Settled(nodes) => nodes.iter().all(|node| {
            let mark = marking.mark(*node);
            mark.is_settled() || matches!(mark.state, State::Withdrawn { .. })
        }),
        GGuard::RowsSettled(table) => !marking.has_unsettled_rows(*table),
        GGuard::All(guards) => guards.iter().all(|guard| holds(guard, marking)),
        GGuard::Any(guards) => guards.iter().any(|guard| holds(guard, marking)),
    }
}

/// Tells whether one of the answers is in force: chosen last, even when asked again since.
fn in_force(mark: &Mark, options: &[OptionIx]) -> bool {
    mark.answer.is_some_and(|answer| options.contains(&answer))
}
