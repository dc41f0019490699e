//! From names to numbers: the flow's arcs, answers and ends as a graph.
//!
//! The second part of checking names: every name in a term, a guard or a list of targets is
//! looked up here; one that names nothing is a problem and is left out of the graph, which is
//! used only when there was no problem.

use std::collections::BTreeSet;

use super::check::{Checker, way};
use super::file::FlowFile;
use super::graph::{
    GArc, GChange, GGuard, GNode, GOn, GOption, GTerm, Graph, Index, NodeIx, OptionIx,
};
use super::place::{Places, Segment};
use super::problem::{Problem, ProblemKind, nearest};
use super::{Answer, Guard, Mode, NodeId, On, Term};

impl Checker<'_> {
    fn options(&mut self, way: &[Segment], decision: &NodeId, options: &[String]) -> Vec<OptionIx> {
        let Some(found) = self.file.decisions.iter().find(|d| d.id == *decision) else {
            return Vec::new();
        };
        self.answers(way, &found.options, options)
    }

    fn answers(
        &mut self,
        way: &[Segment],
        answers: &[Answer],
        options: &[String],
    ) -> Vec<OptionIx> {
        let known = answers.iter().map(|o| o.id.as_str());
        options
            .iter()
            .filter_map(|id| {
                self.known(way, "option", id, known.clone());
                answers.iter().position(|o| o.id == *id).map(OptionIx)
            })
            .collect()
    }

    fn nodes(&mut self, way: &[Segment], ids: &[NodeId]) -> Vec<NodeIx> {
        ids.iter()
            .enumerate()
            .filter_map(|(n, id)| {
                let way: Vec<Segment> = way.iter().cloned().chain([n.into()]).collect();
                self.node(&way, id)
            })
            .collect()
    }

    fn term(&mut self, way: &[Segment], term: &Term) -> Option<GTerm> {
        let node = self.node(way, term.node())?;
        Some(match term {
            Term::Opened(_) => GTerm::Opened(node),
            Term::Done(_) => {
                self.expect_step(way, term.node());
                GTerm::Done(node)
            }
            Term::Skipped(_) => GTerm::Skipped(node),
            Term::Chosen(id, options) => GTerm::Chosen(node, self.options(way, id, options)),
            Term::Ticked(id, item) => {
                let step = self.file.steps.iter().find(|step| step.id == *id)?;
                let at = step
                    .items()
                    .position(|piece| piece.id.as_ref() == Some(item));
                if at.is_none() {
                    let ids: Vec<&str> = step.items().filter_map(|p| p.id.as_deref()).collect();
                    let near = nearest(item, ids.into_iter());
                    let id = item.clone();
                    self.problem(
                        way,
                        ProblemKind::Unknown {
                            what: "item",
                            id,
                            near,
                        },
                    );
                }
                GTerm::Ticked(node, at?)
            }
        })
    }

    fn expect_step(&mut self, way: &[Segment], id: &NodeId) {
        if !self.file.steps.iter().any(|step| step.id == *id) {
            let id = id.to_string();
            self.problem(
                way,
                ProblemKind::Unknown {
                    what: "step",
                    id,
                    near: None,
                },
            );
        }
    }

    fn on(&mut self, way: &[Segment], on: &On) -> GOn {
        if on.terms().is_empty() {
            let of = "on".to_owned();
            self.problem(way, ProblemKind::Missing { what: "terms", of });
        }
        GOn {
            all: matches!(on, On::All(_)),
            terms: on
                .terms()
                .iter()
                .enumerate()
                .filter_map(|(n, term)| {
                    let way: Vec<Segment> =
                        way.iter().cloned().chain([0.into(), n.into()]).collect();
                    self.term(&way, term)
                })
                .collect(),
        }
    }

    fn guard(&mut self, way: &[Segment], guard: &Guard) -> GGuard {
        match guard {
            Guard::Chosen(id, options) | Guard::NotChosen(id, options) => {
                let node = self.node(way, id).unwrap_or(NodeIx(0));
                let options = self.options(way, id, options);
                if matches!(guard, Guard::Chosen(..)) {
                    GGuard::Chosen(node, options)
                } else {
                    GGuard::NotChosen(node, options)
                }
            }
            Guard::Settled(ids) => GGuard::Settled(self.nodes(way, ids)),
            Guard::RowsSettled(table) => {
                let at = self.file.tables.iter().position(|t| t.id == *table);
                let known = self.file.tables.iter().map(|t| t.id.as_str());
                self.known(way, "table", table, known);
                GGuard::RowsSettled(at.unwrap_or(0))
            }
            Guard::All(guards) => GGuard::All(guards.iter().map(|g| self.guard(way, g)).collect()),
            Guard::Any(guards) => GGuard::Any(guards.iter().map(|g| self.guard(way, g)).collect()),
        }
    }

    pub(super) fn graph(&mut self) -> Graph {
        let file = self.file;
        let mut graph = Graph {
            by_id: self.index.clone(),
            ..Graph::default()
        };
        for (at, step) in file.steps.iter().enumerate() {
            graph.nodes.push(GNode {
                id: step.id.clone(),
                at,
                options: None,
                changes: Vec::new(),
                left_out_as: None,
                side: step.side,
                by_fact: step.by_fact.is_some(),
            });
        }
        for at in 0..file.decisions.len() {
            if let Some(node) = self.decision_node(at) {
                graph.nodes.push(node);
            }
        }
        for (at, door) in file.doors.iter().enumerate() {
            graph
                .doors
                .push(self.nodes(way!["doors", at, "opens"], &door.opens));
        }
        for (at, end) in file.ends.iter().enumerate() {
            self.pair(way!["ends", at, "title"], &end.title, &end.id);
            graph.ends.push(self.on(way!["ends", at, "on"], &end.on));
            self.basis(way!["ends", at, "basis"], &end.basis);
        }
        for (at, arc) in file.arcs.iter().enumerate() {
            let on = self.on(way!["arcs", at, "on"], &arc.on);
            let when = arc
                .when
                .as_ref()
                .map(|guard| self.guard(way!["arcs", at, "when"], guard));
            let opens = self.nodes(way!["arcs", at, "opens"], &arc.opens);
            if arc.opens.is_empty() {
                let of = "arc".to_owned();
                self.problem(way!["arcs", at], ProblemKind::Missing { what: "opens", of });
            }
            self.basis(way!["arcs", at, "basis"], &arc.basis);
            let mode = arc.mode;
            graph.arcs.push(GArc {
                on,
                when,
                opens,
                mode,
            });
        }
        graph.index = Index::of(&graph);
        let loops = graph
            .arcs
            .iter()
            .enumerate()
            .filter(|(_, arc)| arc.mode == Mode::Loop);
        graph.ways = loops
            .map(|(number, arc)| (number, graph.way_back(arc)))
            .collect();
        graph.index = Index::of(&graph);
        graph
    }

    fn decision_node(&mut self, at: usize) -> Option<GNode> {
        let file = self.file;
        let decision = file.decisions.get(at)?;
        let mut options = Vec::new();
        let mut seen = BTreeSet::new();
        for (n, option) in decision.options.iter().enumerate() {
            if !seen.insert(&option.id) {
                let id = option.id.clone();
                let kind = ProblemKind::Duplicate { what: "option", id };
                self.problem(way!["decisions", at, "options", n, "id"], kind);
            }
            let lock = option.lock.as_ref().map(|lock| {
                let way = way!["decisions", at, "options", n, "lock"];
                self.pair(way, &lock.why, decision.id.as_str());
                self.guard(way, &lock.guard)
            });
            let way = way!["decisions", at, "options", n, "withdraws"];
            let withdraws = self.nodes(way, &option.withdraws);
            if let Some(basis) = &option.basis {
                self.basis(way!["decisions", at, "options", n, "basis"], basis);
            }
            options.push(GOption { withdraws, lock });
        }
        let mut changes = Vec::new();
        for (n, change) in decision.changes.iter().enumerate() {
            let way = way!["decisions", at, "changes", n];
            self.pair(way, &change.warning, decision.id.as_str());
            self.basis(way, &change.basis);
            changes.push(GChange {
                from: self.answers(way, &decision.options, &change.from),
                to: self.answers(way, &decision.options, &change.to),
                parks: self.nodes(way, &change.parks),
                until: match &change.until {
                    Some(until) => {
                        self.expect_step(way, until);
                        self.node(way, until)
                    }
                    None => None,
                },
                renews: self.nodes(way, &change.renews),
            });
        }
        let way = way!["decisions", at, "left_out_as"];
        let left_out_as: Vec<String> = decision.left_out_as.iter().cloned().collect();
        let left_out_as = self.answers(way, &decision.options, &left_out_as);
        decision.ground_of.is_none().then(|| GNode {
            id: decision.id.clone(),
            at,
            options: Some(options),
            changes,
            left_out_as: left_out_as.first().copied(),
            side: decision.side,
            by_fact: false,
        })
    }
}

/// Gives the side nodes that a join of the main line or an end would wait for.
pub(super) fn side_holds_up(file: &FlowFile, graph: &Graph, places: &Places<'_>) -> Vec<Problem> {
    let is_side = |node: NodeIx| graph.nodes.get(node.0).is_some_and(|n| n.side);
    let name = |node: NodeIx| graph.id(node).map(NodeId::to_string).unwrap_or_default();
    let mut problems = Vec::new();
    for (at, arc) in graph.arcs.iter().enumerate() {
        let main = arc.opens.iter().find(|node| !is_side(**node));
        let side = arc.on.terms.iter().map(GTerm::node).find(|n| is_side(*n));
        if let (true, Some(&waits), Some(side)) = (arc.on.all, main, side) {
            problems.push(Problem::new(
                places.find(way!["arcs", at]),
                ProblemKind::SideHoldsUp {
                    side: name(side),
                    waits: name(waits),
                },
            ));
        }
    }
    for (at, end) in graph.ends.iter().enumerate() {
        let side = end.terms.iter().map(GTerm::node).find(|n| is_side(*n));
        if let (true, Some(side)) = (end.all, side) {
            problems.push(Problem::new(
                places.find(way!["ends", at]),
                ProblemKind::SideHoldsUp {
                    side: name(side),
                    waits: file.ends.get(at).map(|e| e.id.clone()).unwrap_or_default(),
                },
            ));
        }
    }
    problems
}

/// Gives the loops whose target is on no way back to what triggers them.
pub(super) fn loops_astray(graph: &Graph, places: &Places<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (&number, way) in &graph.ways {
        let opens = graph.arcs.get(number).map(|arc| arc.opens.as_slice());
        let astray = opens.into_iter().flatten().find(|node| !way.contains(node));
        if let Some(&node) = astray {
            let target = graph.id(node).map(NodeId::to_string).unwrap_or_default();
            let place = places.find(way!["arcs", number]);
            problems.push(Problem::new(place, ProblemKind::LoopAstray { target }));
        }
    }
    problems
}

/// Gives the decisions whose changed answer would park the decision, or give it a new attempt.
pub(super) fn renews_itself(graph: &Graph, places: &Places<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (ix, node) in graph.nodes.iter().enumerate() {
        for (n, change) in node.changes.iter().enumerate() {
            if change
                .renews
                .iter()
                .chain(&change.parks)
                .any(|of| of.0 == ix)
            {
                let place = places.find(way!["decisions", node.at, "changes", n]);
                let id = node.id.to_string();
                problems.push(Problem::new(place, ProblemKind::RenewsItself { id }));
            }
        }
    }
    problems
}
