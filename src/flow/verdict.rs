//! The proof that a flow is sound, or what is wrong with it.
//!
//! One search of the cone of all ends and joins shows that nothing comes to a stand. In
//! passing it meets most nodes, free answers and guards that hold; what it has not met is
//! looked for, each in the cone of its own.

use std::collections::BTreeSet;

use super::NodeId;
use super::cone::{Aim, Cone};
use super::cover::Cover;
use super::explore::{Beyond, Plain, Search};
use super::file::FlowFile;
use super::graph::{GTerm, Graph, NodeIx, OptionIx};
use super::limits::{WORK_LIMIT, Work};
use super::marking::Marking;
use super::place::{Place, Places, Segment};
use super::problem::{Move, Problem, ProblemKind};
use super::reduce::opened_with;
use super::set::NodeSet;

/// Visits every state; gives their number, or the problems found.
pub(super) fn prove(
    file: &FlowFile,
    graph: &Graph,
    places: &Places<'_>,
) -> Result<usize, Vec<Problem>> {
    prove_with(file, graph, places, true, Work::new())
}

/// Proves with what is spent forgotten or kept, and with this much work.
pub(super) fn prove_with(
    file: &FlowFile,
    graph: &Graph,
    places: &Places<'_>,
    forgets: bool,
    work: Work,
) -> Result<usize, Vec<Problem>> {
    let proof = Proof {
        file,
        graph,
        places,
        forgets,
        problems: Vec::new(),
    };
    proof.run(work)
}

struct Proof<'a> {
    file: &'a FlowFile,
    graph: &'a Graph,
    places: &'a Places<'a>,
    forgets: bool,
    problems: Vec<Problem>,
}

impl Proof<'_> {
    fn run(mut self, mut work: Work) -> Result<usize, Vec<Problem>> {
        let states = match self.search(&mut work) {
            Ok(states) => states,
            Err(beyond) => {
                let kind = match beyond {
                    Beyond::States(limit) => ProblemKind::TooManyStates { limit },
                    Beyond::Work => ProblemKind::TooMuchWork { limit: WORK_LIMIT },
                };
                return Err(vec![Problem::new(self.places.find(&[]), kind)]);
            }
        };
        if self.problems.is_empty() {
            return Ok(states);
        }
        self.problems
            .sort_by_key(|problem| (problem.line, problem.column));
        Err(self.problems)
    }

    fn search(&mut self, work: &mut Work) -> Result<usize, Beyond> {
        let mut cover = Cover::of(self.graph);
        let opened_with = opened_with(self.graph, work).ok_or(Beyond::Work)?;
        let cone = Cone::of(self.graph, Aim::Ends, work).ok_or(Beyond::Work)?;
        let mut search = Search::new(&cone, &opened_with, self.forgets, work)?;
        search.visit_all(&mut cover, work)?;
        let mut states = search.len();
        states += self.look_for_the_rest(&opened_with, &mut cover, work)?;
        self.check_cover(&cover);
        self.check_ends(&search);
        self.check_joins(&search, &cone, work)?;
        Ok(states)
    }

    /// Looks for what was not met in passing; gives the number of states visited for it.
    fn look_for_the_rest(
        &self,
        opened_with: &[NodeSet],
        cover: &mut Cover<'_>,
        work: &mut Work,
    ) -> Result<usize, Beyond> {
        let mut states = 0;
        let mut looked_for = BTreeSet::new();
        // What is found may open more to look for.
        while let Some(aim) = cover
            .open_aims()
            .into_iter()
            .find(|aim| looked_for.insert(*aim))
        {
            let cone = Cone::of(self.graph, aim, work).ok_or(Beyond::Work)?;
            let mut search = Search::new(&cone, opened_with, self.forgets, work)?;
            search.look(aim, cover, work)?;
            states += search.len();
        }
        Ok(states)
    }

    fn add(&mut self, way: &[Segment], kind: ProblemKind) {
        self.problems
            .push(Problem::new(self.places.find(way), kind));
    }

    fn check_cover(&mut self, cover: &Cover<'_>) {
        let file = self.file;
        for (at, step) in file.steps.iter().enumerate() {
            self.check_reached(cover, &step.id, &["steps".into(), at.into()]);
        }
        for (at, decision) in file.decisions.iter().enumerate() {
            if decision.ground_of.is_some() {
                continue;
            }
            self.check_reached(cover, &decision.id, &["decisions".into(), at.into()]);
            let Some(node) = self.graph.index(&decision.id) else {
                continue;
            };
            for (n, option) in decision.options.iter().enumerate() {
                if cover.is_reached(node) && !cover.is_free(node, OptionIx(n)) {
                    let kind = ProblemKind::LockedForever {
                        decision: decision.id.to_string(),
                        option: option.id.clone(),
                    };
                    let way = ["decisions".into(), at.into(), "options".into(), n.into()];
                    self.add(&way, kind);
                }
            }
        }
        for (at, arc) in self.graph.arcs.iter().enumerate() {
            let mut sources = arc.on.terms.iter().map(GTerm::node);
            let never = arc.when.is_some()
                && !arc.on.needs_a_skip()
                && !cover.has_let_through(at)
                && sources.all(|node| cover.is_reached(node));
            if never {
                let opens = self.list(arc.opens.iter().copied());
                let kind = ProblemKind::NeverFires { opens };
                self.add(&["arcs".into(), at.into()], kind);
            }
        }
    }

    fn check_reached(&mut self, cover: &Cover<'_>, id: &NodeId, way: &[Segment]) {
        let node = self.graph.index(id);
        if node.is_some_and(|node| !cover.is_reached(node)) {
            self.add(way, ProblemKind::Unreachable { id: id.to_string() });
        }
    }

    fn check_ends(&mut self, search: &Search<'_>) {
        let file = self.file;
        let (reached, ended) = search.ends();
        for (at, end) in file.ends.iter().enumerate() {
            if !reached.contains(&at) {
                let id = end.id.clone();
                self.add(
                    &["ends".into(), at.into()],
                    ProblemKind::UnreachableEnd { id },
                );
            }
        }
        let leads = search.leads_to(ended);
        if let Some(stuck) = leads.iter().position(|leads| !leads) {
            let witness = search.witness(stuck);
            let marking = self.replay(&witness);
            let open: Vec<NodeIx> = marking.open().collect();
            let mut problem = Problem::new(
                self.place_of(&open, &witness),
                ProblemKind::DeadEnd {
                    open: Some(self.list(open.iter().copied()))
                        .filter(|open| !open.is_empty())
                        .unwrap_or_else(|| "–".to_owned()),
                },
            );
            problem.witness = self.say(&witness);
            self.problems.push(problem);
        }
    }

    fn check_joins(
        &mut self,
        search: &Search<'_>,
        cone: &Cone,
        work: &mut Work,
    ) -> Result<(), Beyond> {
        for (at, arc) in cone
            .graph
            .arcs
            .iter()
            .enumerate()
            .filter(|(_, arc)| arc.on.all)
        {
            let looks = search.len() * (arc.on.terms.len() + 2);
            work.spend(looks).ok_or(Beyond::Work)?;
            let is_done: Vec<bool> = arc
                .on
                .terms
                .iter()
                .map(|term| matches!(term, GTerm::Done(_)))
                .collect();
            let fired = search.fired(at);
            let begun: Vec<usize> = search
                .terms(&arc.on)
                .enumerate()
                .filter(|(_, terms)| {
                    let mut both = terms.iter().zip(&is_done);
                    terms.iter().any(|t| *t) && both.all(|(is_true, is_done)| *is_true || *is_done)
                })
                .map(|(state, _)| state)
                .filter(|state| fired.get(*state) == Some(&false))
                .collect();
            if begun.is_empty() {
                continue;
            }
            work.spend(search.len() * 8).ok_or(Beyond::Work)?;
            let leads = search.leads_to(fired);
            let waits = begun
                .iter()
                .find(|state| leads.get(**state) == Some(&false));
            let (Some(&state), Some(&origin)) = (waits, cone.origin.get(at)) else {
                continue;
            };
            let terms = search.terms(&arc.on).nth(state).unwrap_or_default();
            let missing = arc
                .on
                .terms
                .iter()
                .zip(&terms)
                .filter(|(_, is_true)| !**is_true);
            let waits = self.list(missing.map(|(term, _)| term.node()));
            let opens = self
                .graph
                .arcs
                .get(origin)
                .into_iter()
                .flat_map(|a| &a.opens);
            let opens = self.list(opens.copied());
            let place = self.places.find(&["arcs".into(), origin.into()]);
            let mut problem = Problem::new(place, ProblemKind::JoinWaits { opens, waits });
            problem.witness = self.say(&search.witness(state));
            self.problems.push(problem);
        }
        Ok(())
    }

    /// Makes the moves in the whole flow.
    fn replay(&self, witness: &[Plain]) -> Marking {
        let start = Marking::for_graph(self.graph);
        witness.iter().fold(start, |marking, plain| {
            plain.make(self.graph, marking).marking
        })
    }

    /// Points at what is open where nothing goes on, or at the last move.
    fn place_of(&self, open: &[NodeIx], witness: &[Plain]) -> Place {
        let main = |node: &&NodeIx| self.graph.nodes.get(node.0).is_some_and(|n| !n.side);
        let last = match witness.last() {
            Some(Plain::Done(node) | Plain::Chosen(node, _)) => Some(*node),
            Some(Plain::Door(_)) | None => None,
        };
        let node = open.iter().find(main).copied().or(last);
        match node.and_then(|node| self.graph.nodes.get(node.0)) {
            Some(node) if node.options.is_none() => {
                self.places.find(&["steps".into(), node.at.into()])
            }
            Some(node) => self.places.find(&["decisions".into(), node.at.into()]),
            None => self.places.find(&["doors".into()]),
        }
    }

    fn say(&self, witness: &[Plain]) -> Vec<Move> {
        let at = |node: NodeIx| self.graph.nodes.get(node.0).map(|node| node.at);
        let moves = witness.iter().filter_map(|plain| {
            Some(match *plain {
                Plain::Door(door) => {
                    let door = self.file.doors.get(door)?;
                    Move::Door {
                        id: door.id.clone(),
                        title: door.title.clone(),
                    }
                }
                Plain::Done(node) => {
                    let step = self.file.steps.get(at(node)?)?;
                    Move::Done {
                        id: step.id.clone(),
                        title: step.title.clone(),
                    }
                }
                Plain::Chosen(node, option) => {
                    let decision = self.file.decisions.get(at(node)?)?;
                    let option = decision.options.get(option.0)?;
                    Move::Chosen {
                        id: decision.id.clone(),
                        question: decision.question.clone(),
                        option: option.id.clone(),
                        title: option.title.clone(),
                    }
                }
            })
        });
        moves.collect()
    }

    fn list(&self, nodes: impl Iterator<Item = NodeIx>) -> String {
        let ids = nodes.filter_map(|node| self.graph.id(node));
        ids.map(NodeId::as_str).collect::<Vec<_>>().join(", ")
    }
}
