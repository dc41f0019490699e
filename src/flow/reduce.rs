//! What the proof need not know of a state, so that few states stand for many.
//!
//! Inside a [`Cone`] a state is brought to a reduced form: a node that nothing reads any more
//! is *spent*, and its mark is forgotten. What is read is worked out backwards from what is
//! asked; the argument stands in `docs/flow-format.md` section 3.2.
//!
//! **Invariant:** a state and its reduced form have the same moves, up to forgotten ones
//! that change nothing, and the same answers to what is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::Mode;
use super::cone::{Aim, Cone, read_by};
use super::graph::{GArc, GGuard, GTerm, Graph, NodeIx, OptionIx};
use super::limits::Work;
use super::marking::{Mark, Marking, State, Was, WithdrawnBy};
use super::set::NodeSet;
use super::truth::is_true;

/// The mark of a spent node: no term is true of it, nothing opens it. No other mark is like it.
pub(super) const SPENT: Mark = Mark::in_state(State::Withdrawn {
    by: WithdrawnBy::Answer(NodeIx(usize::MAX)),
    was: Was::Closed,
});

/// What can be left out of the states of one cone.
pub(super) struct Reduction<'a> {
    cone: &'a Cone,
    graph: &'a Graph,
    /// What is spent is forgotten; not in a cone that is not quiet.
    forgets: bool,
    renewable: &'a NodeSet,
    /// Nodes that an answer parks.
    parkable: NodeSet,
    /// Decisions whose number of attempts makes a difference.
    counts_attempts: NodeSet,
    /// For each arc the nodes that its guard reads.
    guards: Vec<Vec<NodeIx>>,
    /// For each join the nodes that may drop out of it, and for each of these the nodes on
    /// which that depends.
    drops: BTreeMap<usize, Vec<NodeIx>>,
    behind: BTreeMap<NodeIx, NodeSet>,
    /// For each answer the first one that leads the same way.
    same: BTreeMap<(NodeIx, OptionIx), OptionIx>,
    /// The same once the decision is settled for good, and what it set off has been set off.
    same_when_final: BTreeMap<(NodeIx, OptionIx), OptionIx>,
}

impl<'a> Reduction<'a> {
    /// Prepares the reduction; nothing when that alone is too much work.
    pub(super) fn of(
        cone: &'a Cone,
        opened_with: &[NodeSet],
        forgets: bool,
        work: &mut Work,
    ) -> Option<Self> {
        let graph = &cone.graph;
        let renewable = &cone.renewable;
        let drops = drops(graph, renewable, opened_with, work)?;
        let waited_for: BTreeSet<NodeIx> = drops.values().flatten().copied().collect();
        let parks = graph.nodes.iter().flat_map(|node| &node.changes);
        let renewing = graph.arcs.iter().filter(|arc| arc.mode == Mode::Renew);
        Some(Self {
            cone,
            graph,
            forgets: forgets && cone.is_quiet,
            parkable: parks.flat_map(|c| c.parks.iter().copied()).collect(),
            counts_attempts: renewing
                .flat_map(|arc| arc.on.terms.iter().map(GTerm::node))
                .collect(),
            behind: waited_for
                .iter()
                .map(|&node| (node, behind(graph, node)))
                .collect(),
            guards: graph
                .arcs
                .iter()
                .map(|arc| read_by(arc.when.as_ref()).collect())
                .collect(),
            drops,
            renewable,
            same: same_answers(graph, |_| true),
            same_when_final: same_answers(graph, |arc| {
                let mut sources = arc.on.terms.iter().map(GTerm::node);
                let first = sources.next();
                arc.on.all || sources.any(|node| Some(node) != first)
            }),
        })
    }

    /// Brings a state to its reduced form.
    pub(super) fn reduce(&self, marking: &mut Marking) {
        if !self.forgets {
            for node in self.cone.nodes.iter() {
                if let Some(mark) = marking.mark_mut(node) {
                    mark.forget(self.counts_attempts.contains(node));
                }
            }
            return;
        }
        let read = self.read(marking);
        for (number, arc) in self.graph.arcs.iter().enumerate() {
            let is_spent = if arc.on.all {
                // What a join has done is kept: it is asked about.
                self.is_ruled_out(marking, arc)
            } else {
                self.is_dead(marking, number, arc)
                    || (!self.matters(marking, number, arc, &read)
                        && !arc.on.terms.iter().all(|t| read.contains(t.node())))
            };
            if is_spent {
                marking.set_fired(number);
            }
        }
        for node in self.cone.nodes.iter() {
            let keeps_attempt = self.counts_attempts.contains(node);
            let is_final = self.is_final(marking, node);
            let Some(mark) = marking.mark_mut(node) else {
                continue;
            };
            if !read.contains(node) {
                *mark = SPENT;
                continue;
            }
            mark.forget(keeps_attempt);
            let same = if is_final {
                &self.same_when_final
            } else {
                &self.same
            };
            let first = |option| same.get(&(node, option)).copied().unwrap_or(option);
            mark.answer = mark.answer.map(first);
            mark.way = mark.way.map(first);
            match &mut mark.state {
                State::Done(Some(option)) => *option = first(*option),
                // Nothing brings it back, so it is one who withdrew it.
                State::Withdrawn { by, .. } => *by = WithdrawnBy::Answer(NodeIx(0)),
                State::Closed
                | State::Open
                | State::Parked { .. }
                | State::Done(None)
                | State::Skipped => {}
            }
        }
    }

    /// Gives the nodes whose marks are read, now or later.
    fn read(&self, marking: &Marking) -> NodeSet {
        let mut reading = Reading {
            read: NodeSet::with_room(self.graph.nodes.len()),
            queue: Vec::new(),
        };
        match self.cone.aim {
            Aim::Ends => {
                let terms = self.graph.ends.iter().flat_map(|end| &end.terms);
                reading.add_all(terms.map(GTerm::node));
            }
            Aim::Node(node) | Aim::Answers(node) => reading.add(node),
            Aim::Arc(_) => {}
        }
        for (number, arc) in self.graph.arcs.iter().enumerate() {
            let is_over =
                self.is_dead(marking, number, arc) && (!arc.on.all || marking.has_fired(number));
            if self.cone.aim.observes(number, arc) && !is_over {
                self.read_arc(marking, number, arc, &mut reading);
            }
        }
        while let Some(node) = reading.queue.pop() {
            if self.is_final(marking, node) {
                continue;
            }
            for &number in self.graph.index.entering(node) {
                if let Some(arc) = self.graph.arcs.get(number)
                    && self.responds(marking, node, arc)
                    && !self.is_dead(marking, number, arc)
                {
                    self.read_arc(marking, number, arc, &mut reading);
                }
            }
            let deciders = self.graph.index.deciders(node);
            reading.add_all(deciders.filter(|d| !self.is_final(marking, *d)));
            reading.add_all(self.graph.index.locks(node));
        }
        reading.read
    }

    fn read_arc(&self, marking: &Marking, number: usize, arc: &GArc, reading: &mut Reading) {
        reading.add_all(arc.on.terms.iter().map(GTerm::node));
        reading.add_all(self.guards.get(number).into_iter().flatten().copied());
        for node in self.drops.get(&number).into_iter().flatten() {
            if marking.mark(*node).state == State::Closed || self.renewable.contains(*node) {
                reading.add_all(self.behind.get(node).into_iter().flat_map(NodeSet::iter));
            }
        }
    }

    /// Tells whether a node's mark can change no more.
    fn is_final(&self, marking: &Marking, node: NodeIx) -> bool {
        !self.renewable.contains(node)
            && match marking.mark(node).state {
                State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
                State::Closed | State::Open | State::Parked { .. } => false,
            }
    }

    /// Tells whether a join needs something that did not happen and never will.
    fn is_ruled_out(&self, marking: &Marking, arc: &GArc) -> bool {
        arc.on.all
            && arc.on.terms.iter().any(|term| {
                !matches!(term, GTerm::Done(_))
                    && self.is_final(marking, term.node())
                    && !is_true(term, marking)
            })
    }

    /// Tells whether an arc will never fire, or not again.
    fn is_dead(&self, marking: &Marking, number: usize, arc: &GArc) -> bool {
        if self.is_ruled_out(marking, arc) {
            return true;
        }
        let mut terms = arc.on.terms.iter();
        if !marking.has_fired(number) {
            return terms.all(|term| self.is_final(marking, term.node()));
        }
        terms.all(|term| {
            // A join that went on without a node fires again when that node opens.
            let may_open = arc.on.all && marking.mark(term.node()).state == State::Closed;
            !self.renewable.contains(term.node()) && !may_open
        })
    }

    /// Tells whether the arc, when it fires, may change the node.
    fn responds(&self, marking: &Marking, node: NodeIx, arc: &GArc) -> bool {
        match arc.mode {
            Mode::Loop | Mode::Ask | Mode::Renew => true,
            Mode::Offer => false,
            Mode::Open | Mode::Remind => {
                let stays = match marking.mark(node).state {
                    State::Closed | State::Parked { .. } => false,
                    State::Open => !self.parkable.contains(node),
                    State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
                };
                self.renewable.contains(node) || !stays
            }
        }
    }

    /// Tells whether the arc may change a node that is read.
    fn matters(&self, marking: &Marking, number: usize, arc: &GArc, read: &NodeSet) -> bool {
        let way = self.graph.ways.get(&number).into_iter().flatten();
        arc.opens.iter().chain(way).any(|&node| {
            read.contains(node)
                && !self.is_final(marking, node)
                && self.responds(marking, node, arc)
        })
    }
}

/// The nodes found to be read, and those whose own readings are still to be followed.
struct Reading {
    read: NodeSet,
    queue: Vec<NodeIx>,
}

impl Reading {
    fn add(&mut self, node: NodeIx) {
        if self.read.insert(node) {
            self.queue.push(node);
        }
    }

    fn add_all(&mut self, nodes: impl Iterator<Item = NodeIx>) {
        for node in nodes {
            self.add(node);
        }
    }
}

/// Gives for each join the nodes that it judges by what can still open.
fn drops(
    graph: &Graph,
    renewable: &NodeSet,
    opened_with: &[NodeSet],
    work: &mut Work,
) -> Option<BTreeMap<usize, Vec<NodeIx>>> {
    let mut drops: BTreeMap<usize, Vec<NodeIx>> = BTreeMap::new();
    let options = graph.nodes.iter().flat_map(|n| n.options.iter().flatten());
    let withdrawn = options.flat_map(|o| o.withdraws.iter().copied()).collect();
    let mut leads: BTreeMap<NodeIx, NodeSet> = BTreeMap::new();
    let joins = graph.arcs.iter().enumerate().filter(|(_, arc)| arc.on.all);
    for (number, arc) in joins {
        for term in &arc.on.terms {
            work.spend(arc.on.terms.len())?;
            let GTerm::Done(node) = term else {
                continue;
            };
            if !leads.contains_key(node) {
                work.spend(graph.size())?;
                leads.insert(*node, leading_to(graph, *node, renewable, &withdrawn));
            }
            let is_sheltered = leads
                .get(node)
                .is_some_and(|leads| is_sheltered(arc, *node, opened_with, leads));
            if renewable.contains(*node) || !is_sheltered {
                drops.entry(number).or_default().push(*node);
            }
        }
    }
    Some(drops)
}

/// Tells whether the node has opened, or surely still can, whenever the rest of the join is
/// satisfied.
fn is_sheltered(join: &GArc, node: NodeIx, opened_with: &[NodeSet], leads: &NodeSet) -> bool {
    let implies = |term: &GTerm| {
        opened_with
            .get(term.node().0)
            .is_some_and(|with| leads.meets(with.iter()))
    };
    let is_done = |term: &&GTerm| matches!(term, GTerm::Done(_));
    let mut needed = join.on.terms.iter().filter(|term| !is_done(term));
    if needed.clone().next().is_some() {
        return needed.any(implies);
    }
    let others = join.on.terms.iter().filter(|term| term.node() != node);
    others.clone().next().is_some() && others.clone().all(implies)
}

/// Gives the nodes that, once open, surely lead to the node: while they are open it can still
/// open, and when they are settled, in whatever way, one opens that leads to it, or it itself.
fn leading_to(graph: &Graph, node: NodeIx, renewable: &NodeSet, withdrawn: &NodeSet) -> NodeSet {
    let mut leads = NodeSet::from_iter([node]);
    let mut queue = vec![node];
    while let Some(next) = queue.pop() {
        let into = graph.index.entering(next).iter();
        let sources = into.filter_map(|&number| graph.arcs.get(number));
        for source in sources.flat_map(|arc| arc.on.terms.iter().map(GTerm::node)) {
            if !renewable.contains(source)
                && !withdrawn.contains(source)
                && surely_opens(graph, source, &leads)
                && leads.insert(source)
            {
                queue.push(source);
            }
        }
    }
    leads
}

/// Tells whether settling the node, in whatever way, opens one of the others.
fn surely_opens(graph: &Graph, node: NodeIx, others: &NodeSet) -> bool {
    let opens = |comes: &dyn Fn(&GTerm) -> bool| {
        let arcs = graph.index.leaving(node).iter();
        let mut arcs = arcs.filter_map(|&number| graph.arcs.get(number));
        arcs.any(|arc| {
            !arc.on.all
                && arc.when.is_none()
                && others.meets(arc.opens.iter().copied())
                && arc.on.terms.iter().any(|t| t.node() == node && comes(t))
        })
    };
    let options = graph.options(node).map_or(0, <[_]>::len);
    opens(&|term| matches!(term, GTerm::Opened(_) | GTerm::Ticked(..) | GTerm::Done(_)))
        || (options > 0
            && (0..options).all(|at| {
                opens(&|term| matches!(term, GTerm::Chosen(_, o) if o.contains(&OptionIx(at))))
            }))
}

/// Gives for each node of a whole flow the nodes that have opened whenever it has.
pub(super) fn opened_with(graph: &Graph, work: &mut Work) -> Option<Vec<NodeSet>> {
    let count = graph.nodes.len();
    if !graph.arcs.iter().any(|arc| arc.on.all) {
        // Only joins ask.
        return Some(Vec::new());
    }
    let mut with = vec![NodeSet::full(count); count];
    loop {
        let mut changed = false;
        for (ix, into) in graph.index.into.iter().enumerate() {
            let node = NodeIx(ix);
            let mut common = NodeSet::full(count);
            for door in graph.doors.iter().filter(|opens| opens.contains(&node)) {
                common.intersect(&door.iter().copied().collect());
            }
            for arc in into.iter().filter_map(|&number| graph.arcs.get(number)) {
                work.spend(arc.on.terms.len() + arc.opens.len())?;
                if arc.opens.contains(&node) {
                    let mut opened = trigger_opened(arc, &with, count);
                    opened.extend(&arc.opens);
                    common.intersect(&opened);
                }
            }
            common.insert(node);
            if let Some(known) = with.get_mut(ix)
                && *known != common
            {
                *known = common;
                changed = true;
            }
        }
        if !changed {
            return Some(with);
        }
    }
}

/// Gives the nodes that have opened whenever the arc fires.
fn trigger_opened(arc: &GArc, with: &[NodeSet], count: usize) -> NodeSet {
    let of = |term: &GTerm| with.get(term.node().0).cloned().unwrap_or_default();
    let is_done = |term: &&GTerm| matches!(term, GTerm::Done(_));
    if arc.on.all && !arc.on.terms.iter().all(|term| is_done(&term)) {
        let mut all = NodeSet::default();
        for term in arc.on.terms.iter().filter(|term| !is_done(term)) {
            all.unite(&of(term));
        }
        return all;
    }
    let mut common = NodeSet::full(count);
    for term in &arc.on.terms {
        common.intersect(&of(term));
    }
    common
}

/// Gives all nodes from which arcs lead to the node, it among them.
fn behind(graph: &Graph, node: NodeIx) -> NodeSet {
    let mut behind = NodeSet::with_room(graph.nodes.len());
    let mut queue = vec![node];
    while let Some(node) = queue.pop() {
        if behind.insert(node) {
            let into = graph.index.entering(node).iter();
            let arcs = into.filter_map(|&number| graph.arcs.get(number));
            queue.extend(arcs.flat_map(|arc| arc.on.terms.iter().map(GTerm::node)));
        }
    }
    behind
}

/// Two answers lead the same way when every term and guard names both or neither and they
/// withdraw the same; their locks matter only before they are chosen.
fn same_answers(
    graph: &Graph,
    counts: impl Fn(&GArc) -> bool,
) -> BTreeMap<(NodeIx, OptionIx), OptionIx> {
    let mut lists: BTreeMap<NodeIx, Vec<&[OptionIx]>> = BTreeMap::new();
    let ends = graph.ends.iter().flat_map(|end| &end.terms);
    let arcs = graph.arcs.iter().filter(|arc| counts(arc));
    for term in arcs.flat_map(|arc| &arc.on.terms).chain(ends) {
        if let GTerm::Chosen(node, options) = term {
            lists.entry(*node).or_default().push(options);
        }
    }
    let options = graph.nodes.iter().flat_map(|n| n.options.iter().flatten());
    let locks = options.filter_map(|option| option.lock.as_ref());
    let guards = graph.arcs.iter().filter_map(|arc| arc.when.as_ref());
    for guard in guards.chain(locks) {
        answers_of(guard, &mut lists);
    }
    let mut same = BTreeMap::new();
    for (ix, node) in graph.nodes.iter().enumerate() {
        let ix = NodeIx(ix);
        let options = node.options.as_deref().unwrap_or_default();
        for (at, option) in options.iter().enumerate() {
            let alike =
                |(other_at, _): &(usize, _)| {
                    lists.get(&ix).into_iter().flatten().all(|list| {
                        list.contains(&OptionIx(at)) == list.contains(&OptionIx(*other_at))
                    })
                };
            let first = options
                .iter()
                .enumerate()
                .take(at)
                .filter(|(_, other)| other.withdraws == option.withdraws)
                .find(alike)
                .map_or(at, |(first, _)| first);
            same.insert((ix, OptionIx(at)), OptionIx(first));
        }
    }
    same
}

fn answers_of<'g>(guard: &'g GGuard, lists: &mut BTreeMap<NodeIx, Vec<&'g [OptionIx]>>) {
    match guard {
        GGuard::Chosen(node, options) | GGuard::NotChosen(node, options) => {
            lists.entry(*node).or_default().push(options);
        }
        GGuard::Settled(_) | GGuard::RowsSettled(_) => {}
        GGuard::All(guards) | GGuard::Any(guards) => {
            for guard in guards {
                answers_of(guard, lists);
            }
        }
    }
}
