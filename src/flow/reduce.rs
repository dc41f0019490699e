//! What the proof need not know of a state, so that few states stand for many.
//!
//! Four reductions, each argued in `docs/flow-format.md` section 3.2: inert nodes are left
//! out, nodes whose settling nobody sees are not settled, answers that lead the same way are
//! one, and what is final and read by nothing any more is forgotten.
//!
//! **Invariant:** a state and its reduced form have the same moves, up to forgotten ones
//! that change nothing, and reach the same ends.

use std::collections::{BTreeMap, BTreeSet};

use super::Mode;
use super::graph::{GGuard, GTerm, Graph, How, NodeIx, OptionIx};
use super::marking::{Mark, Marking, State, WithdrawnBy};

/// What can be left out of the states of one flow.
pub(super) struct Reduction<'a> {
    graph: &'a Graph,
    /// Nodes that can matter to no other node.
    pub(super) inert: BTreeSet<NodeIx>,
    /// Nodes of which only the opening is seen.
    pub(super) unseen: BTreeSet<NodeIx>,
    /// Nodes that can get a new attempt by plain moves.
    renewable: BTreeSet<NodeIx>,
    /// Decisions whose number of attempts makes a difference.
    counts_attempts: BTreeSet<NodeIx>,
    /// Plain moves can change an answer so that nodes of the proof are withdrawn by it; then
    /// what stands behind the answer is read once more, and nothing is forgotten.
    keeps_all: bool,
    /// Nodes that an end or a join of all names.
    joined: BTreeSet<NodeIx>,
    /// For each answer the first one that leads the same way.
    same: BTreeMap<(NodeIx, OptionIx), OptionIx>,
    /// Who reads the answer of a decision.
    readers: BTreeMap<NodeIx, Vec<Reader>>,
}

/// A guard that reads an answer: of an arc, or of a decision's lock.
#[derive(Clone, Copy)]
enum Reader {
    Arc(usize),
    Lock(NodeIx),
}

impl<'a> Reduction<'a> {
    pub(super) fn of(graph: &'a Graph) -> Self {
        let inert = inert(graph);
        let all = || (0..graph.nodes.len()).map(NodeIx);
        let terms = || graph.arcs.iter().flat_map(|arc| &arc.on.terms);
        let mut renewable: BTreeSet<NodeIx> = graph.ways.values().flatten().copied().collect();
        let mut counts_attempts = BTreeSet::new();
        for arc in &graph.arcs {
            if matches!(arc.mode, Mode::Ask | Mode::Renew) {
                renewable.extend(&arc.opens);
            }
            if arc.mode == Mode::Renew {
                counts_attempts.extend(arc.on.terms.iter().map(GTerm::node));
            }
        }
        let joins = graph.arcs.iter().map(|arc| &arc.on).filter(|on| on.all);
        let joined: BTreeSet<NodeIx> = graph
            .ends
            .iter()
            .chain(joins)
            .flat_map(|on| on.terms.iter().map(GTerm::node))
            .collect();
        let guarded = guarded(graph, &inert);
        let unseen = all()
            .filter(|node| {
                graph.options(*node).is_none()
                    && !inert.contains(node)
                    && !joined.contains(node)
                    && !guarded.contains(node)
                    && terms()
                        .filter(|term| term.node() == *node)
                        .all(|term| matches!(term, GTerm::Opened(_)))
            })
            .collect();
        Self {
            graph,
            unseen,
            counts_attempts,
            keeps_all: changes_withdraw(graph, &inert, &renewable),
            inert,
            renewable,
            joined,
            same: same_answers(graph),
            readers: readers(graph),
        }
    }

    /// Tells whether a guard reads inert nodes only; such a guard decides about inert nodes only.
    pub(super) fn is_of_inert(&self, guard: &GGuard) -> bool {
        let mut nodes = BTreeSet::new();
        guard.nodes(&mut nodes);
        !nodes.is_empty() && nodes.iter().all(|node| self.inert.contains(node))
    }

    /// Brings a state to its reduced form.
    pub(super) fn reduce(&self, marking: &mut Marking) {
        for ix in (0..self.graph.nodes.len()).map(NodeIx) {
            let keeps_attempt = self.counts_attempts.contains(&ix) && !self.inert.contains(&ix);
            let inert = self.inert.contains(&ix);
            if let Some(mark) = marking.mark_mut(ix) {
                if inert {
                    *mark = Mark::default();
                }
                mark.forget(keeps_attempt);
            }
        }
        if self.keeps_all {
            return;
        }
        self.forget_spent_arcs(marking);
        for ix in (0..self.graph.nodes.len()).map(NodeIx) {
            let answer = self.reduced_answer(marking, ix);
            let state = self.reduced_state(marking, ix);
            if let Some(mark) = marking.mark_mut(ix) {
                mark.answer = answer;
                mark.state = state;
            }
        }
    }

    /// Tells whether a node's state can change no more.
    fn is_final(&self, marking: &Marking, node: NodeIx) -> bool {
        !self.renewable.contains(&node)
            && match marking.mark(node).state {
                State::Done(_) | State::Skipped => true,
                State::Withdrawn { by, .. } => by != WithdrawnBy::Change,
                State::Closed | State::Open | State::Parked { .. } => false,
            }
    }

    /// An arc of which every node is final will never fire, or not again.
    fn forget_spent_arcs(&self, marking: &mut Marking) {
        for (number, arc) in self.graph.arcs.iter().enumerate() {
            let is_final = |term: &GTerm| self.is_final(marking, term.node());
            if arc.on.terms.iter().all(is_final) {
                marking.set_fired(number);
            }
        }
    }

    fn reduced_answer(&self, marking: &Marking, node: NodeIx) -> Option<OptionIx> {
        let answer = marking.mark(node).answer?;
        let read = self
            .readers
            .get(&node)
            .into_iter()
            .flatten()
            .any(|reader| match reader {
                Reader::Arc(number) => !marking.has_fired(*number) || !self.is_for_good(*number),
                Reader::Lock(decision) => !self.is_final(marking, *decision),
            });
        if !read && self.is_final(marking, node) {
            return None;
        }
        Some(self.same.get(&(node, answer)).copied().unwrap_or(answer))
    }

    /// Tells whether an arc that has fired has done so for good.
    fn is_for_good(&self, number: usize) -> bool {
        self.graph.arcs.get(number).is_none_or(|arc| {
            arc.on
                .terms
                .iter()
                .all(|term| !self.renewable.contains(&term.node()))
        })
    }

    fn reduced_state(&self, marking: &Marking, node: NodeIx) -> State {
        let state = marking.mark(node).state;
        let read = self.graph.arcs.iter().enumerate().any(|(number, arc)| {
            arc.on.terms.iter().any(|term| term.node() == node)
                && (arc.on.all || !self.is_for_good(number))
        });
        if !self.joined.contains(&node) && self.is_final(marking, node) && !read {
            // No term is true of it, every guard takes it for settled, and nothing opens it.
            return State::Withdrawn {
                by: WithdrawnBy::Answer(NodeIx(0)),
                was_open: false,
            };
        }
        match state {
            State::Done(Some(option)) => State::Done(Some(
                self.same.get(&(node, option)).copied().unwrap_or(option),
            )),
            State::Closed
            | State::Open
            | State::Parked { .. }
            | State::Done(None)
            | State::Skipped
            | State::Withdrawn { .. } => state,
        }
    }
}

/// Tells whether a plain move can change an answer that was in force so that nodes which
/// only the old one would have opened are withdrawn.
fn changes_withdraw(graph: &Graph, inert: &BTreeSet<NodeIx>, renewable: &BTreeSet<NodeIx>) -> bool {
    renewable.iter().any(|&decision| {
        let count = graph.options(decision).map_or(0, <[_]>::len);
        let answers = || (0..count).map(OptionIx);
        let olds = answers().filter(|old| can_be_asked_again_after(graph, decision, *old));
        olds.into_iter().any(|old| {
            let opened = graph.reachable_from(decision, How::Answer(old));
            answers().filter(|new| *new != old).any(|new| {
                let kept = graph.reachable_with_only(decision, How::Answer(new));
                opened
                    .iter()
                    .any(|node| !kept.contains(node) && !inert.contains(node))
            })
        })
    })
}

/// Tells whether a plain move can ask a question again while this answer is in force.
fn can_be_asked_again_after(graph: &Graph, decision: NodeIx, answer: OptionIx) -> bool {
    graph.arcs.iter().enumerate().any(|(number, arc)| {
        let asks = matches!(arc.mode, Mode::Ask | Mode::Renew) && arc.opens.contains(&decision);
        let loops = graph
            .ways
            .get(&number)
            .is_some_and(|way| way.contains(&decision));
        let by_another = |term: &GTerm| match term {
            GTerm::Chosen(node, options) if *node == decision => options.contains(&answer),
            _ => true,
        };
        asks || (loops && arc.on.terms.iter().any(by_another))
    })
}

/// Gives the nodes that guards and locks name, guards of arcs that open inert nodes left out.
fn guarded(graph: &Graph, inert: &BTreeSet<NodeIx>) -> BTreeSet<NodeIx> {
    let mut named = BTreeSet::new();
    for arc in &graph.arcs {
        if let Some(guard) = &arc.when
            && !arc.opens.iter().all(|node| inert.contains(node))
            && arc.mode != Mode::Offer
        {
            guard.nodes(&mut named);
        }
    }
    for node in &graph.nodes {
        for guard in node
            .options
            .iter()
            .flatten()
            .filter_map(|o| o.lock.as_ref())
        {
            guard.nodes(&mut named);
        }
    }
    named
}

/// Gives the nodes that open only such nodes and that nothing else names.
fn inert(graph: &Graph) -> BTreeSet<NodeIx> {
    let mut inert: BTreeSet<NodeIx> = (0..graph.nodes.len()).map(NodeIx).collect();
    for arc in &graph.arcs {
        if arc.on.all || arc.mode == Mode::Loop {
            for term in &arc.on.terms {
                inert.remove(&term.node());
            }
        }
        if arc.mode == Mode::Loop {
            for node in &arc.opens {
                inert.remove(node);
            }
        }
    }
    for term in graph.ends.iter().flat_map(|end| &end.terms) {
        inert.remove(&term.node());
    }
    for (ix, node) in graph.nodes.iter().enumerate() {
        let mut options = node.options.iter().flatten();
        if options.any(|option| option.lock.is_some() || !option.withdraws.is_empty()) {
            inert.remove(&NodeIx(ix));
        }
    }
    loop {
        let before = inert.len();
        for node in guarded(graph, &inert) {
            inert.remove(&node);
        }
        for arc in &graph.arcs {
            if arc.mode == Mode::Offer || arc.opens.iter().all(|node| inert.contains(node)) {
                continue;
            }
            for term in &arc.on.terms {
                inert.remove(&term.node());
            }
        }
        if inert.len() == before {
            return inert;
        }
    }
}

/// Two answers lead the same way when every term and guard names both or neither and they
/// withdraw the same; their locks matter only before they are chosen.
fn same_answers(graph: &Graph) -> BTreeMap<(NodeIx, OptionIx), OptionIx> {
    let mut lists: Vec<(NodeIx, Vec<OptionIx>)> = Vec::new();
    let ends = graph.ends.iter().flat_map(|end| &end.terms);
    for term in graph.arcs.iter().flat_map(|arc| &arc.on.terms).chain(ends) {
        if let GTerm::Chosen(node, options) = term {
            lists.push((*node, options.clone()));
        }
    }
    let locks = graph.nodes.iter().flat_map(|node| {
        node.options
            .iter()
            .flatten()
            .filter_map(|o| o.lock.as_ref())
    });
    for guard in graph
        .arcs
        .iter()
        .filter_map(|arc| arc.when.as_ref())
        .chain(locks)
    {
        answers_of(guard, &mut lists);
    }
    let mut same = BTreeMap::new();
    for (ix, node) in graph.nodes.iter().enumerate() {
        let ix = NodeIx(ix);
        let options = node.options.as_deref().unwrap_or_default();
        for (at, option) in options.iter().enumerate() {
            let first = options.iter().take(at).position(|other| {
                let other_at = options
                    .iter()
                    .position(|o| std::ptr::eq(o, other))
                    .unwrap_or(at);
                other.withdraws == option.withdraws
                    && lists.iter().filter(|(n, _)| *n == ix).all(|(_, list)| {
                        list.contains(&OptionIx(at)) == list.contains(&OptionIx(other_at))
                    })
            });
            same.insert((ix, OptionIx(at)), OptionIx(first.unwrap_or(at)));
        }
    }
    same
}

fn answers_of(guard: &GGuard, lists: &mut Vec<(NodeIx, Vec<OptionIx>)>) {
    match guard {
        GGuard::Chosen(node, options) | GGuard::NotChosen(node, options) => {
            lists.push((*node, options.clone()));
        }
        GGuard::Settled(_) | GGuard::RowsSettled(_) => {}
        GGuard::All(guards) | GGuard::Any(guards) => {
            for guard in guards {
                answers_of(guard, lists);
            }
        }
    }
}

fn readers(graph: &Graph) -> BTreeMap<NodeIx, Vec<Reader>> {
    let mut readers: BTreeMap<NodeIx, Vec<Reader>> = BTreeMap::new();
    let mut add = |guard: &GGuard, reader: Reader| {
        let mut lists = Vec::new();
        answers_of(guard, &mut lists);
        for (node, _) in lists {
            readers.entry(node).or_default().push(reader);
        }
    };
    for (number, arc) in graph.arcs.iter().enumerate() {
        if let Some(guard) = &arc.when {
            add(guard, Reader::Arc(number));
        }
    }
    for (ix, node) in graph.nodes.iter().enumerate() {
        for guard in node
            .options
            .iter()
            .flatten()
            .filter_map(|o| o.lock.as_ref())
        {
            add(guard, Reader::Lock(NodeIx(ix)));
        }
    }
    readers
}
