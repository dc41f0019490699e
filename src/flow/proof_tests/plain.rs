//! The plain search: every state, nothing left out, as slow and as simple as it can be.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::explore::Plain;
use super::super::file::FlowFile;
use super::super::graph::{GTerm, Graph, NodeIx, OptionIx};
use super::super::marking::{Mark, Marking};
use super::super::truth::is_true;

/// What is wrong, in a form that two searches can be compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) unreachable: BTreeSet<String>,
    pub(crate) locked: BTreeSet<(String, String)>,
    /// Arcs by their number.
    pub(crate) never_fires: BTreeSet<usize>,
    pub(crate) unreachable_ends: BTreeSet<String>,
    /// The length of the shortest way to a dead end.
    pub(crate) dead_end: Option<usize>,
    /// For each join that waits for ever the length of the shortest way there.
    pub(crate) joins: BTreeMap<usize, usize>,
}

impl Verdict {
    pub(crate) fn is_sound(&self) -> bool {
        *self == Self::default()
    }
}

/// A state, packed: a number for each node's mark, then a bit for each arc that has fired.
type Packed = Rc<[u8]>;

/// The states of a flow.
#[expect(
    clippy::disallowed_types,
    reason = "a state's number comes from the order in which it was found"
)]
pub(crate) struct Space {
    states: Vec<Packed>,
    known: std::collections::HashMap<Packed, usize>,
    depths: Vec<usize>,
    /// For each state the states before it.
    before: Vec<Vec<u32>>,
    marks: Vec<Mark>,
    codes: BTreeMap<Mark, u8>,
    reached: BTreeSet<NodeIx>,
    free: BTreeSet<(NodeIx, OptionIx)>,
    let_through: BTreeSet<usize>,
    fired: BTreeSet<usize>,
}

impl Space {
    /// Visits all states; nothing when there are more than the limit.
    pub(crate) fn of(graph: &Graph, limit: usize) -> Option<Self> {
        let nodes = (0..graph.nodes.len()).map(NodeIx);
        let mut space = Self {
            states: Vec::new(),
            known: Default::default(),
            depths: Vec::new(),
            before: Vec::new(),
            marks: Vec::new(),
            codes: BTreeMap::new(),
            // A fact may open it at any time.
            reached: nodes.filter(|node| graph.nodes[node.0].by_fact).collect(),
            free: BTreeSet::new(),
            let_through: BTreeSet::new(),
            fired: BTreeSet::new(),
        };
        for door in (0..graph.doors.len()).map(Plain::Door) {
            space.arrive(graph, door, Marking::for_graph(graph), 1);
        }
        let mut at = 0;
        while at < space.states.len() {
            if at > limit {
                return None;
            }
            let (marking, depth) = (space.marking(graph, at), space.depths[at]);
            for plain in Plain::all(graph, &marking) {
                if let Plain::Chosen(node, option) = plain {
                    space.free.insert((node, option));
                }
                let next = space.arrive(graph, plain, marking.clone(), depth + 1);
                space.before[next].push(at.try_into().unwrap());
            }
            at += 1;
        }
        Some(space)
    }

    /// Gives how many states there are.
    pub(crate) fn len(&self) -> usize {
        self.states.len()
    }

    /// Gives the arcs that have had their trigger.
    pub(crate) fn fired(&self) -> impl Iterator<Item = usize> {
        self.fired.iter().copied()
    }

    fn arrive(&mut self, graph: &Graph, plain: Plain, from: Marking, depth: usize) -> usize {
        let ran = plain.make(graph, from);
        self.let_through.extend(ran.let_through);
        let arcs = 0..graph.arcs.len();
        self.fired
            .extend(arcs.filter(|arc| ran.marking.has_fired(*arc)));
        // A loop takes back its own trigger.
        self.fired.extend(ran.shifts.iter().filter_map(|s| s.arc));
        self.reached.extend(ran.marking.open());
        let state = self.pack(graph, &ran.marking);
        if let Some(&known) = self.known.get(&state) {
            return known;
        }
        self.known.insert(Rc::clone(&state), self.states.len());
        self.states.push(state);
        self.depths.push(depth);
        self.before.push(Vec::new());
        self.states.len() - 1
    }

    /// Packs a state. Which of the later attempts it is, is forgotten: a flow cannot tell them
    /// apart.
    fn pack(&mut self, graph: &Graph, marking: &Marking) -> Packed {
        let mut packed = Vec::new();
        for node in (0..graph.nodes.len()).map(NodeIx) {
            let mut mark = marking.mark(node).clone();
            mark.forget(true);
            let next = self.codes.len().try_into().unwrap();
            let code = *self.codes.entry(mark).or_insert_with_key(|mark| {
                self.marks.push(mark.clone());
                next
            });
            packed.push(code);
        }
        for first in (0..graph.arcs.len()).step_by(8) {
            let bits = (0..8).filter(|bit| marking.has_fired(first + bit));
            packed.push(bits.map(|bit| 1 << bit).sum());
        }
        packed.into()
    }

    fn marking(&self, graph: &Graph, state: usize) -> Marking {
        let state = &self.states[state];
        let mut marking = Marking::for_graph(graph);
        for (node, code) in state[..graph.nodes.len()].iter().enumerate() {
            *marking.mark_mut(NodeIx(node)).unwrap() = self.marks[usize::from(*code)].clone();
        }
        let fired = &state[graph.nodes.len()..];
        for arc in (0..graph.arcs.len()).filter(|arc| fired[arc / 8] & (1 << (arc % 8)) != 0) {
            marking.set_fired(arc);
        }
        marking
    }

    /// Tells for each state whether it is marked.
    fn mark(&self, graph: &Graph, marked: impl Fn(&Marking) -> bool) -> Vec<bool> {
        let states = 0..self.states.len();
        states.map(|at| marked(&self.marking(graph, at))).collect()
    }

    /// Tells for each state whether it leads to a marked one.
    fn leads_to(&self, marked: Vec<bool>) -> Vec<bool> {
        let mut leads = marked;
        let mut queue: Vec<usize> = (0..leads.len()).filter(|at| leads[*at]).collect();
        while let Some(at) = queue.pop() {
            for from in self.before[at].iter().map(|from| *from as usize) {
                if !leads[from] {
                    leads[from] = true;
                    queue.push(from);
                }
            }
        }
        leads
    }

    pub(crate) fn verdict(&self, file: &FlowFile, graph: &Graph) -> Verdict {
        let mut verdict = Verdict::default();
        for (node, id) in graph.ids() {
            if !self.reached.contains(&node) {
                verdict.unreachable.insert(id.to_string());
                continue;
            }
            let options = graph.options(node).unwrap_or_default().len();
            for at in (0..options).filter(|at| !self.free.contains(&(node, OptionIx(*at)))) {
                let option = &file.decisions[graph.nodes[node.0].at].options[at];
                verdict.locked.insert((id.to_string(), option.id.clone()));
            }
        }
        for (number, arc) in graph.arcs.iter().enumerate() {
            let mut sources = arc.on.terms.iter().map(GTerm::node);
            let skips = arc.on.terms.iter().map(|t| matches!(t, GTerm::Skipped(_)));
            let needs_a_skip = match arc.on.all {
                true => skips.clone().any(|skips| skips),
                false => skips.clone().all(|skips| skips),
            };
            if arc.when.is_some()
                && !needs_a_skip
                && !self.let_through.contains(&number)
                && sources.all(|node| self.reached.contains(&node))
            {
                verdict.never_fires.insert(number);
            }
            if arc.on.all
                && let Some(depth) = self.waits_for_ever(graph, number)
            {
                verdict.joins.insert(number, depth);
            }
        }
        let mut reached = BTreeSet::new();
        let mut ended = vec![false; self.len()];
        for (at, ended) in ended.iter_mut().enumerate() {
            let ends = graph.reached_ends(&self.marking(graph, at));
            *ended = !ends.is_empty();
            reached.extend(ends);
        }
        for (at, end) in file.ends.iter().enumerate() {
            if !reached.contains(&at) {
                verdict.unreachable_ends.insert(end.id.clone());
            }
        }
        let leads = self.leads_to(ended);
        let stuck = leads.iter().position(|leads| !leads);
        verdict.dead_end = stuck.map(|at| self.depths[at]);
        verdict
    }

    fn waits_for_ever(&self, graph: &Graph, number: usize) -> Option<usize> {
        let terms = &graph.arcs[number].on.terms;
        let leads = self.leads_to(self.mark(graph, |marking| marking.has_fired(number)));
        let waits = |marking: &Marking| {
            let happened = |term: &GTerm| is_true(term, marking);
            terms.iter().any(happened)
                && terms
                    .iter()
                    .all(|term| happened(term) || matches!(term, GTerm::Done(_)))
        };
        let mut states = (0..self.len()).filter(|at| !leads[*at]);
        let found = states.find(|at| waits(&self.marking(graph, *at)));
        found.map(|at| self.depths[at])
    }

    /// Tells whether a way of plain moves can be gone and ends where no end can be reached.
    pub(crate) fn is_dead_end(&mut self, graph: &Graph, way: &[Plain]) -> bool {
        let mut marking = Marking::for_graph(graph);
        for (at, plain) in way.iter().enumerate() {
            if at > 0 && !Plain::all(graph, &marking).contains(plain) {
                return false;
            }
            marking = plain.make(graph, marking).marking;
        }
        let ended = self.mark(graph, |marking| !graph.reached_ends(marking).is_empty());
        let leads = self.leads_to(ended);
        let last = self.pack(graph, &marking);
        self.known.get(&last).is_some_and(|at| !leads[*at])
    }
}
