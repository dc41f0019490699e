//! The plain search: every state, nothing left out, as slow and as simple as it can be.

use std::collections::{BTreeMap, BTreeSet};

use super::super::explore::Plain;
use super::super::file::FlowFile;
use super::super::graph::{GTerm, Graph, NodeIx, OptionIx, is_true};
use super::super::marking::Marking;

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

struct Found {
    marking: Marking,
    depth: usize,
    next: Vec<usize>,
}

/// The states of a flow.
pub(crate) struct Space {
    states: Vec<Found>,
    known: BTreeMap<Marking, usize>,
    reached: BTreeSet<NodeIx>,
    free: BTreeSet<(NodeIx, OptionIx)>,
    let_through: BTreeSet<usize>,
}

impl Space {
    /// Visits all states; nothing when there are more than the limit.
    pub(crate) fn of(graph: &Graph, limit: usize) -> Option<Self> {
        let mut space = Self {
            states: Vec::new(),
            known: BTreeMap::new(),
            reached: BTreeSet::new(),
            free: BTreeSet::new(),
            let_through: BTreeSet::new(),
        };
        for door in (0..graph.doors.len()).map(Plain::Door) {
            space.arrive(graph, door, Marking::for_graph(graph), 1);
        }
        let mut at = 0;
        while at < space.states.len() {
            if at > limit {
                return None;
            }
            let (marking, depth) = (space.states[at].marking.clone(), space.states[at].depth);
            for plain in Plain::all(graph, &marking) {
                if let Plain::Chosen(node, option) = plain {
                    space.free.insert((node, option));
                }
                let next = space.arrive(graph, plain, marking.clone(), depth + 1);
                space.states[at].next.push(next);
            }
            at += 1;
        }
        Some(space)
    }

    fn arrive(&mut self, graph: &Graph, plain: Plain, from: Marking, depth: usize) -> usize {
        let ran = plain.make(graph, from);
        self.let_through.extend(ran.let_through);
        self.reached.extend(ran.marking.open());
        let marking = normal(graph, ran.marking);
        if let Some(&known) = self.known.get(&marking) {
            return known;
        }
        self.known.insert(marking.clone(), self.states.len());
        self.states.push(Found {
            marking,
            depth,
            next: Vec::new(),
        });
        self.states.len() - 1
    }

    /// Tells for each state whether it leads to a marked one.
    fn leads_to(&self, marked: impl Fn(&Marking) -> bool) -> Vec<bool> {
        let mut leads: Vec<bool> = self.states.iter().map(|s| marked(&s.marking)).collect();
        let mut before = vec![Vec::new(); self.states.len()];
        for (at, state) in self.states.iter().enumerate() {
            for &next in &state.next {
                before[next].push(at);
            }
        }
        let mut queue: Vec<usize> = (0..leads.len()).filter(|at| leads[*at]).collect();
        while let Some(at) = queue.pop() {
            for &from in &before[at] {
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
            if arc.when.is_some()
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
        let reached: BTreeSet<usize> = self
            .states
            .iter()
            .flat_map(|state| graph.reached_ends(&state.marking))
            .collect();
        for (at, end) in file.ends.iter().enumerate() {
            if !reached.contains(&at) {
                verdict.unreachable_ends.insert(end.id.clone());
            }
        }
        let leads = self.leads_to(|marking| !graph.reached_ends(marking).is_empty());
        let stuck = leads.iter().position(|leads| !leads);
        verdict.dead_end = stuck.map(|at| self.states[at].depth);
        verdict
    }

    fn waits_for_ever(&self, graph: &Graph, number: usize) -> Option<usize> {
        let terms = &graph.arcs[number].on.terms;
        let leads = self.leads_to(|marking| marking.has_fired(number));
        let waits = |marking: &Marking| {
            let happened = |term: &GTerm| is_true(term, marking);
            terms.iter().any(happened)
                && terms
                    .iter()
                    .all(|term| happened(term) || matches!(term, GTerm::Done(_)))
        };
        let mut states = self.states.iter().zip(&leads);
        let found = states.find(|(state, leads)| !**leads && waits(&state.marking));
        found.map(|(state, _)| state.depth)
    }

    /// Tells whether a way of plain moves can be gone and ends where no end can be reached.
    pub(crate) fn is_dead_end(&self, graph: &Graph, way: &[Plain]) -> bool {
        let mut marking = Marking::for_graph(graph);
        for (at, plain) in way.iter().enumerate() {
            if at > 0 && !Plain::all(graph, &marking).contains(plain) {
                return false;
            }
            marking = normal(graph, plain.make(graph, marking).marking);
        }
        let leads = self.leads_to(|marking| !graph.reached_ends(marking).is_empty());
        self.known.get(&marking).is_some_and(|at| !leads[*at])
    }
}

/// Forgets which of the later attempts it is; a flow cannot tell them apart.
fn normal(graph: &Graph, mut marking: Marking) -> Marking {
    for node in (0..graph.nodes.len()).map(NodeIx) {
        marking.mark_mut(node).unwrap().forget(true);
    }
    marking
}
