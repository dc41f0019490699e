//! The proof that a flow is sound: every state that plain moves can reach is visited.
//!
//! Plain moves are completing a step and choosing an unlocked answer. Nodes that cannot
//! matter to others (*inert*, see `docs/flow-format.md` section 3) are left out of the
//! state; whatever else they open is followed by itself. What is still too large is refused.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::file::FlowFile;
use super::graph::{GTerm, Graph, NodeIx, OptionIx, holds, is_true};
use super::marking::{Becomes, Marking, State};
use super::place::{Places, Segment};
use super::problem::{Problem, ProblemKind};
use super::reduce::Reduction;
use super::runner::Runner;
use super::{Mode, NodeId};

/// The largest number of states that are visited.
pub const STATE_LIMIT: usize = 200_000;

/// A move of the search, in the words of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// The door that was taken.
    Door(String),
    /// The step that was completed.
    Done(NodeId),
    /// The answer that was chosen.
    Chosen(NodeId, String),
}

/// Visits every state; gives their number, or the problems found.
pub(super) fn prove(
    file: &FlowFile,
    graph: &Graph,
    places: &Places,
) -> Result<usize, Vec<Problem>> {
    let mut search = Search::new(file, graph);
    if !search.visit() {
        return Err(vec![Problem::new(
            places.find(&[]),
            ProblemKind::TooManyStates { limit: STATE_LIMIT },
        )]);
    }
    let problems = search.problems(places);
    if problems.is_empty() {
        Ok(search.states.len())
    } else {
        Err(problems)
    }
}

struct Visited {
    marking: Marking,
    from: Option<(usize, Move)>,
    next: Vec<usize>,
}

struct Search<'a> {
    file: &'a FlowFile,
    graph: &'a Graph,
    reduction: Reduction<'a>,
    states: Vec<Visited>,
    known: BTreeMap<Marking, usize>,
    reached: BTreeSet<NodeIx>,
    fired: BTreeSet<usize>,
    unlocked: BTreeSet<(NodeIx, OptionIx)>,
}

impl<'a> Search<'a> {
    fn new(file: &'a FlowFile, graph: &'a Graph) -> Self {
        Self {
            file,
            graph,
            reduction: Reduction::of(graph),
            states: Vec::new(),
            known: BTreeMap::new(),
            reached: BTreeSet::new(),
            fired: BTreeSet::new(),
            unlocked: BTreeSet::new(),
        }
    }

    /// Visits all states, breadth first; false when there are too many.
    fn visit(&mut self) -> bool {
        let mut queue = VecDeque::new();
        for (door, opens) in self.file.doors.iter().zip(&self.graph.doors) {
            let mut runner = Runner::on_graph(self.graph, Marking::for_graph(self.graph));
            for &node in opens {
                runner.shift(node, Becomes::Open);
            }
            let (ix, new) = self.arrive(
                None,
                runner,
                Some((usize::MAX, Move::Door(door.id.clone()))),
            );
            if new {
                queue.push_back(ix);
            }
        }
        self.follow_facts();
        while let Some(ix) = queue.pop_front() {
            let Some(marking) = self.states.get(ix).map(|state| state.marking.clone()) else {
                continue;
            };
            for (name, runner) in self.moves(&marking) {
                let (next, new) = self.arrive(Some(&marking), runner, Some((ix, name)));
                if let Some(state) = self.states.get_mut(ix) {
                    state.next.push(next);
                }
                if new {
                    if self.states.len() > STATE_LIMIT {
                        return false;
                    }
                    queue.push_back(next);
                }
            }
        }
        true
    }

    /// Steps that a fact opens are reached, and with them what only they open.
    fn follow_facts(&mut self) {
        for (ix, node) in self.graph.nodes.iter().enumerate() {
            if node.by_fact {
                self.reach(NodeIx(ix));
            }
        }
    }

    fn reach(&mut self, node: NodeIx) {
        if !self.reached.insert(node) || !self.reduction.inert.contains(&node) {
            return;
        }
        // Settling an inert node in each way opens inert nodes only.
        for (number, arc) in self.graph.arcs.iter().enumerate() {
            if arc.on.terms.iter().any(|term| term.node() == node) {
                self.fired.insert(number);
                if arc.mode != Mode::Offer {
                    for &target in &arc.opens {
                        self.reach(target);
                    }
                }
            }
        }
    }

    fn moves(&mut self, marking: &Marking) -> Vec<(Move, Runner<'a>)> {
        let mut moves = Vec::new();
        for node in marking.open() {
            let Some(id) = self.graph.id(node) else {
                continue;
            };
            if self.reduction.unseen.contains(&node) {
                continue;
            }
            match self.graph.options(node) {
                None => {
                    let mut runner = Runner::on_graph(self.graph, marking.clone());
                    runner.shift(node, Becomes::Done);
                    moves.push((Move::Done(id.clone()), runner));
                }
                Some(options) => {
                    for option in (0..options.len()).map(OptionIx) {
                        if self.graph.is_unlocked(marking, node, option) {
                            self.unlocked.insert((node, option));
                            let mut runner = Runner::on_graph(self.graph, marking.clone());
                            runner.choose(node, option);
                            moves.push((self.choice(node, option), runner));
                        }
                    }
                }
            }
        }
        moves
    }

    fn choice(&self, node: NodeIx, option: OptionIx) -> Move {
        let decision = self.graph.nodes.get(node.0);
        let name = decision
            .and_then(|n| self.file.decisions.get(n.at)?.options.get(option.0))
            .map(|answer| answer.id.clone())
            .unwrap_or_default();
        let id = decision.map_or_else(|| NodeId::from(""), |n| n.id.clone());
        Move::Chosen(id, name)
    }

    /// Lets the arcs fire and gives the state's number and whether it is new.
    fn arrive(
        &mut self,
        before: Option<&Marking>,
        runner: Runner<'a>,
        from: Option<(usize, Move)>,
    ) -> (usize, bool) {
        let (mut marking, shifts) = runner.finish_marking();
        for shift in &shifts {
            if matches!(shift.becomes, Becomes::Open | Becomes::Taken) {
                self.reach(shift.node);
            }
            self.fired.extend(shift.arc);
        }
        for (number, arc) in self.graph.arcs.iter().enumerate() {
            // An arc whose targets were there already has had its say all the same.
            let now = marking.has_fired(number) && before.is_none_or(|b| !b.has_fired(number));
            if now
                && arc
                    .when
                    .as_ref()
                    .is_none_or(|guard| holds(guard, &marking) || self.reduction.is_of_inert(guard))
            {
                self.fired.insert(number);
            }
        }
        self.reduction.reduce(&mut marking);
        if let Some(&ix) = self.known.get(&marking) {
            return (ix, false);
        }
        let ix = self.states.len();
        self.known.insert(marking.clone(), ix);
        self.states.push(Visited {
            marking,
            from,
            next: Vec::new(),
        });
        (ix, true)
    }

    fn problems(&self, places: &Places) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |way: &[Segment], kind| problems.push(Problem::new(places.find(way), kind));
        for (at, step) in self.file.steps.iter().enumerate() {
            self.check_reached(&step.id, &["steps".into(), at.into()], &mut add);
        }
        for (at, decision) in self.file.decisions.iter().enumerate() {
            let way = ["decisions".into(), at.into()];
            if decision.ground_of.is_some() {
                continue;
            }
            self.check_reached(&decision.id, &way, &mut add);
            let Some(node) = self.graph.index(&decision.id) else {
                continue;
            };
            for (n, option) in decision.options.iter().enumerate() {
                let open = !self.reduction.inert.contains(&node) && self.reached.contains(&node);
                if open && !self.unlocked.contains(&(node, OptionIx(n))) {
                    let kind = ProblemKind::LockedForever {
                        decision: decision.id.to_string(),
                        option: option.id.clone(),
                    };
                    let way = ["decisions".into(), at.into(), "options".into(), n.into()];
                    add(&way, kind);
                }
            }
        }
        for (at, arc) in self.file.arcs.iter().enumerate() {
            let sources = arc
                .on
                .terms()
                .iter()
                .filter_map(|t| self.graph.index(t.node()));
            let all_reached = sources.into_iter().all(|n| self.reached.contains(&n));
            if all_reached && !self.fired.contains(&at) && arc.when.is_some() {
                let opens = list(arc.opens.iter());
                add(
                    &["arcs".into(), at.into()],
                    ProblemKind::NeverFires { opens },
                );
            }
        }
        self.check_ends(places, &mut problems);
        self.check_joins(places, &mut problems);
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    fn check_reached(
        &self,
        id: &NodeId,
        way: &[Segment],
        add: &mut impl FnMut(&[Segment], ProblemKind),
    ) {
        if self
            .graph
            .index(id)
            .is_some_and(|node| !self.reached.contains(&node))
        {
            add(way, ProblemKind::Unreachable { id: id.to_string() });
        }
    }

    /// Gives for each state whether one of the marked states can be reached from it.
    fn leads_to(&self, marked: impl Fn(&Marking) -> bool) -> Vec<bool> {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.states.len()];
        for (ix, state) in self.states.iter().enumerate() {
            for &next in &state.next {
                if let Some(list) = before.get_mut(next) {
                    list.push(ix);
                }
            }
        }
        let mut leads = vec![false; self.states.len()];
        let mut queue: VecDeque<usize> = VecDeque::new();
        for (ix, state) in self.states.iter().enumerate() {
            if marked(&state.marking) {
                queue.push_back(ix);
            }
        }
        while let Some(ix) = queue.pop_front() {
            if leads.get(ix).copied() == Some(false) {
                if let Some(flag) = leads.get_mut(ix) {
                    *flag = true;
                }
                queue.extend(before.get(ix).into_iter().flatten());
            }
        }
        leads
    }

    fn check_ends(&self, places: &Places, problems: &mut Vec<Problem>) {
        let reached: BTreeSet<usize> = self
            .states
            .iter()
            .flat_map(|state| self.graph.reached_ends(&state.marking))
            .collect();
        for (at, end) in self.file.ends.iter().enumerate() {
            if !reached.contains(&at) {
                problems.push(Problem::new(
                    places.find(&["ends".into(), at.into()]),
                    ProblemKind::UnreachableEnd { id: end.id.clone() },
                ));
            }
        }
        let leads = self.leads_to(|marking| !self.graph.reached_ends(marking).is_empty());
        if let Some(stuck) = leads.iter().position(|leads| !leads) {
            let open = self.open_at(stuck);
            let place = self.place_of_open(stuck, places);
            let mut problem = Problem::new(place, ProblemKind::DeadEnd { open });
            problem.witness = self.witness(stuck);
            problems.push(problem);
        }
    }

    /// Points at what is open in the state where nothing goes on, or at the last move.
    fn place_of_open(&self, state: usize, places: &Places) -> super::place::Place {
        let node = self
            .states
            .get(state)
            .and_then(|s| {
                s.marking
                    .open()
                    .next()
                    .and_then(|ix| self.graph.id(ix))
                    .cloned()
            })
            .or_else(|| match self.witness(state).last() {
                Some(Move::Done(id) | Move::Chosen(id, _)) => Some(id.clone()),
                Some(Move::Door(_)) | None => None,
            });
        let Some(node) = node else {
            return places.find(&["doors".into()]);
        };
        if let Some(at) = self.file.steps.iter().position(|s| s.id == node) {
            places.find(&["steps".into(), at.into()])
        } else {
            let at = self.file.decisions.iter().position(|d| d.id == node);
            places.find(&["decisions".into(), at.unwrap_or(0).into()])
        }
    }

    fn check_joins(&self, places: &Places, problems: &mut Vec<Problem>) {
        for (at, arc) in self.graph.arcs.iter().enumerate() {
            if !arc.on.all {
                continue;
            }
            let leads = self.leads_to(|marking| marking.has_fired(at));
            let waits = self.states.iter().enumerate().find(|(ix, state)| {
                let marking = &state.marking;
                let others = arc
                    .on
                    .terms
                    .iter()
                    .all(|term| matches!(term, GTerm::Done(_)) || is_true(term, marking));
                let begun = arc.on.terms.iter().any(|term| is_true(term, marking));
                others && begun && leads.get(*ix) == Some(&false)
            });
            if let Some((ix, state)) = waits {
                let missing = arc
                    .on
                    .terms
                    .iter()
                    .filter(|term| !is_true(term, &state.marking));
                let missing: Vec<&NodeId> = missing
                    .filter_map(|term| self.graph.id(term.node()))
                    .collect();
                let opens: Vec<&NodeId> = arc
                    .opens
                    .iter()
                    .filter_map(|node| self.graph.id(*node))
                    .collect();
                let mut problem = Problem::new(
                    places.find(&["arcs".into(), at.into()]),
                    ProblemKind::JoinWaits {
                        opens: list(opens.into_iter()),
                        waits: list(missing.into_iter()),
                    },
                );
                problem.witness = self.witness(ix);
                problems.push(problem);
            }
        }
    }

    fn open_at(&self, state: usize) -> String {
        let open = self.states.get(state).map(|state| {
            let nodes = state.marking.all().filter(|(_, m)| m.state == State::Open);
            list(nodes.filter_map(|(ix, _)| self.graph.id(ix)))
        });
        open.filter(|open| !open.is_empty())
            .unwrap_or_else(|| "–".to_owned())
    }

    fn witness(&self, state: usize) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut here = Some(state);
        while let Some((before, name)) = here
            .and_then(|ix| self.states.get(ix))
            .and_then(|state| state.from.clone())
        {
            moves.push(name);
            here = Some(before);
        }
        moves.reverse();
        moves
    }
}

fn list<'b>(ids: impl Iterator<Item = &'b NodeId>) -> String {
    ids.map(NodeId::as_str).collect::<Vec<_>>().join(", ")
}
