//! What a person does to the nodes, and what the arcs make of it: the one implementation of the
//! rules (`docs/flow-format.md` section 2), for the engine and for the proof.

use std::collections::BTreeSet;

use super::graph::{GTerm, Graph, How, holds, is_true};
use super::marking::{Becomes, Marking, Shift, State, WithdrawnBy};
use super::{Flow, Mode, NodeIx, OptionIx};

/// Carries out operations on a marking and collects the shifts that they make.
#[derive(Debug)]
pub(crate) struct Runner<'a> {
    graph: &'a Graph,
    marking: Marking,
    shifts: Vec<Shift>,
    /// Nodes whose standing triggers open again what a change of an answer closed.
    live: BTreeSet<NodeIx>,
    /// Arcs with a guard that held when their trigger happened.
    let_through: Vec<usize>,
    /// How many arcs were looked at.
    looks: usize,
}

/// What a run has made of a marking, for the proof.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) marking: Marking,
    pub(super) shifts: Vec<Shift>,
    pub(super) let_through: Vec<usize>,
    pub(super) looks: usize,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(flow: &'a Flow, marking: &Marking) -> Self {
        Self::on_graph(flow.graph(), marking.clone())
    }

    pub(super) fn on_graph(graph: &'a Graph, marking: Marking) -> Self {
        Self {
            graph,
            marking,
            shifts: Vec::new(),
            live: BTreeSet::new(),
            let_through: Vec::new(),
            looks: 0,
        }
    }

    pub(crate) fn marking(&self) -> &Marking {
        &self.marking
    }

    /// Fires what is due and gives all shifts made since the start.
    pub(crate) fn finish(mut self) -> Vec<Shift> {
        self.run();
        self.shifts
    }

    pub(super) fn finish_for_proof(mut self) -> Ran {
        self.run();
        Ran {
            marking: self.marking,
            shifts: self.shifts,
            let_through: self.let_through,
            looks: self.looks,
        }
    }

    pub(crate) fn shift(&mut self, node: NodeIx, becomes: Becomes) {
        self.shift_by(node, becomes, None);
    }

    fn shift_by(&mut self, node: NodeIx, becomes: Becomes, arc: Option<usize>) {
        let shift = Shift { node, becomes, arc };
        self.marking.shift(self.graph, &shift);
        self.shifts.push(shift);
    }

    /// Makes an unsettled node open by hand, whatever keeps it from being so.
    pub(crate) fn take(&mut self, node: NodeIx) {
        if !self.marking.mark(node).is_settled() && !self.marking.mark(node).is_open() {
            self.shift(node, Becomes::Taken);
        }
    }

    /// Chooses an answer, with the consequences of a change where another was in force.
    pub(crate) fn choose(&mut self, decision: NodeIx, option: OptionIx) {
        let before = self.marking.mark(decision).how();
        self.shift(decision, Becomes::Chosen(option));
        let withdraws: BTreeSet<NodeIx> = self
            .graph
            .options(decision)
            .and_then(|options| options.get(option.0))
            .map(|option| option.withdraws.iter().copied().collect())
            .unwrap_or_default();
        let now = How::Answer(option);
        if before != Some(now) {
            self.hold_back(decision, before, option);
        }
        if let Some(old) = before.filter(|old| *old != now) {
            self.change(decision, old, now, &withdraws);
        }
        for node in withdraws {
            let mark = self.marking.mark(node);
            if !mark.is_settled() && !matches!(mark.state, State::Withdrawn { .. }) {
                let by = WithdrawnBy::Answer(decision);
                self.shift(node, Becomes::Withdrawn(by));
            }
        }
    }

    /// Leaves a node out, with the consequences of a change where an answer was in force.
    pub(crate) fn skip(&mut self, node: NodeIx) {
        let before = self.marking.mark(node).how();
        self.shift(node, Becomes::Skipped);
        if let Some(old) = before.filter(|old| *old != How::Skipped) {
            self.change(node, old, How::Skipped, &BTreeSet::new());
        }
    }

    /// Parks what would do harm under the new answer, and begins anew what a change makes untrue.
    fn hold_back(&mut self, decision: NodeIx, before: Option<How>, new: OptionIx) {
        let applies = |from: &[OptionIx]| match before {
            _ if from.is_empty() => true,
            Some(How::Answer(old)) => from.contains(&old),
            Some(How::Skipped) | None => false,
        };
        let changes: Vec<_> = self
            .graph
            .nodes
            .get(decision.0)
            .into_iter()
            .flat_map(|node| node.changes.clone())
            .filter(|change| change.to.contains(&new) && applies(&change.from))
            .filter(|change| !matches!(before, Some(How::Answer(old)) if change.to.contains(&old)))
            .collect();
        let parked: BTreeSet<NodeIx> = changes.iter().flat_map(|c| c.parks.clone()).collect();
        for &node in &parked {
            if self.marking.mark(node).is_open() {
                self.shift(node, Becomes::Parked { by_flow: true });
            }
        }
        if before.is_none() {
            return;
        }
        for node in changes.iter().flat_map(|c| c.renews.clone()) {
            let mark = self.marking.mark(node);
            let renew = match mark.state {
                State::Closed | State::Parked { .. } => false,
                State::Open => !mark.touched,
                State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
            };
            if renew {
                self.shift(node, Becomes::Renewed);
            }
        }
    }

    fn change(&mut self, decision: NodeIx, old: How, new: How, still_withdrawn: &BTreeSet<NodeIx>) {
        let restored: Vec<NodeIx> = self
            .marking
            .all()
            .filter(|(ix, mark)| {
                !still_withdrawn.contains(ix)
                    && matches!(mark.state, State::Withdrawn { by, .. }
                        if by == WithdrawnBy::Answer(decision))
            })
            .map(|(ix, _)| ix)
            .collect();
        for node in restored {
            self.shift(node, Becomes::Restored);
            if self.marking.mark(node).state == State::Closed && self.was_led_to(node) {
                self.shift(node, Becomes::Open);
            }
        }
        self.looks += self.graph.arcs.len() * 8;
        let kept = self.graph.reachable_with_only(decision, new);
        for node in self.graph.reachable_from(decision, old).iter() {
            let mark = self.marking.mark(node);
            if !kept.contains(node) && mark.is_open() && !mark.touched {
                self.shift(node, Becomes::Withdrawn(WithdrawnBy::Change));
            }
        }
        self.live.insert(decision);
    }

    /// Tells whether a trigger that stands has met the node while it was withdrawn.
    fn was_led_to(&self, node: NodeIx) -> bool {
        let mut ahead = None;
        self.graph.arcs.iter().enumerate().any(|(number, arc)| {
            arc.opens.contains(&node)
                && !matches!(arc.mode, Mode::Loop | Mode::Offer)
                && self.marking.has_fired(number)
                && self.graph.happened(&arc.on, &self.marking, &mut ahead)
                && arc
                    .when
                    .as_ref()
                    .is_none_or(|when| holds(when, &self.marking))
        })
    }

    /// Starts a new attempt of a settled node, and of the whole way where a loop leads to it.
    pub(crate) fn reopen(&mut self, node: NodeIx) {
        let mut way: BTreeSet<NodeIx> = BTreeSet::new();
        for nodes in self.graph.loops_to(node) {
            way.extend(nodes);
        }
        way.remove(&node);
        for other in way {
            if self.marking.mark(other).is_settled() {
                self.shift(other, Becomes::Renewed);
            }
        }
        self.shift(node, Becomes::Renewed);
        self.shift(node, Becomes::Taken);
    }

    /// Fires arcs until nothing more fires.
    fn run(&mut self) {
        // Each arc fires at most once per attempt, and only loops and asking again make new
        // attempts; the limit is never met by a checked flow and keeps a wrong one from hanging.
        for _ in 0..self.graph.arcs.len().saturating_mul(8).saturating_add(8) {
            let fired = self.fire_round();
            if !self.catch_up() && !fired {
                break;
            }
        }
    }

    /// Goes over the arcs behind a changed answer, and behind settled nodes that a trigger met,
    /// as far as their triggers stand: what an earlier change withdrew or held back opens again.
    fn catch_up(&mut self) -> bool {
        if self.live.is_empty() {
            return false;
        }
        let graph = self.graph;
        self.looks += graph.arcs.len();
        let mut grown = false;
        let mut ahead = None;
        for (number, arc) in graph.arcs.iter().enumerate() {
            let is_live =
                |term: &GTerm| self.live.contains(&term.node()) && is_true(term, &self.marking);
            if matches!(arc.mode, Mode::Loop | Mode::Offer)
                || arc.opens.iter().all(|target| self.live.contains(target))
                || !arc.on.terms.iter().any(is_live)
                || !graph.happened(&arc.on, &self.marking, &mut ahead)
                || !arc
                    .when
                    .as_ref()
                    .is_none_or(|when| holds(when, &self.marking))
            {
                continue;
            }
            for &target in &arc.opens {
                let mark = self.marking.mark(target);
                let comes_back = match mark.state {
                    State::Closed => mark.held,
                    State::Withdrawn { by, .. } => by == WithdrawnBy::Change,
                    State::Open | State::Parked { .. } | State::Done(_) | State::Skipped => false,
                };
                if comes_back {
                    self.shift_by(target, Becomes::Open, Some(number));
                    ahead = None;
                }
                grown |= self.live.insert(target);
            }
        }
        grown
    }

    fn fire_round(&mut self) -> bool {
        let graph = self.graph;
        let mut ahead = None;
        let due: Vec<usize> = graph
            .arcs
            .iter()
            .enumerate()
            .filter(|(number, arc)| {
                !self.marking.has_fired(*number)
                    && graph.happened(&arc.on, &self.marking, &mut ahead)
            })
            .map(|(number, _)| number)
            .collect();
        self.looks += graph.arcs.len() * if ahead.is_some() { 2 } else { 1 };
        for &number in &due {
            self.marking.set_fired(number);
        }
        for &number in &due {
            let Some(arc) = graph.arcs.get(number) else {
                continue;
            };
            if arc
                .when
                .as_ref()
                .is_none_or(|guard| holds(guard, &self.marking))
            {
                if arc.when.is_some() {
                    self.let_through.push(number);
                }
                self.looks += arc.opens.len();
                for &target in &arc.opens {
                    if arc.mode != Mode::Offer && self.marking.mark(target).is_settled() {
                        self.live.insert(target);
                    }
                    self.open_by(number, arc.mode, target);
                }
            }
        }
        !due.is_empty()
    }

    fn open_by(&mut self, number: usize, mode: Mode, target: NodeIx) {
        let arc = Some(number);
        let mode = match mode {
            Mode::Renew => {
                let again = self.graph.arcs.get(number).is_some_and(|arc| {
                    arc.on.terms.iter().any(|term| {
                        matches!(term, GTerm::Chosen(node, _)
                            if is_true(term, &self.marking) && self.marking.mark(*node).attempt > 1)
                    })
                });
                if again { Mode::Ask } else { Mode::Open }
            }
            Mode::Open | Mode::Remind | Mode::Ask | Mode::Loop | Mode::Offer => mode,
        };
        let state = self.marking.mark(target).state;
        let asks = matches!(mode, Mode::Remind | Mode::Ask);
        match (mode, state) {
            (Mode::Offer, _) => self.shift_by(target, Becomes::Offered, arc),
            (Mode::Loop, _) => self.loop_by(number, target),
            (
                _,
                State::Closed
                | State::Parked { by_flow: true }
                | State::Withdrawn {
                    by: WithdrawnBy::Change,
                    ..
                },
            ) => self.shift_by(target, Becomes::Open, arc),
            (_, State::Parked { by_flow: false }) if asks => {
                self.shift_by(target, Becomes::Open, arc);
                self.shift_by(target, Becomes::Reminded, arc);
            }
            (_, State::Open) if asks => self.shift_by(target, Becomes::Reminded, arc),
            (Mode::Ask, State::Done(_) | State::Skipped) => {
                self.shift_by(target, Becomes::Renewed, arc);
                self.shift_by(target, Becomes::Open, arc);
            }
            (
                Mode::Open | Mode::Remind | Mode::Ask | Mode::Renew,
                State::Open
                | State::Parked { .. }
                | State::Done(_)
                | State::Skipped
                | State::Withdrawn { .. },
            ) => {}
        }
    }

    fn loop_by(&mut self, number: usize, target: NodeIx) {
        let way = self.graph.ways.get(&number).cloned().unwrap_or_default();
        for node in way {
            let mark = self.marking.mark(node);
            let renew = match mark.state {
                State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
                State::Closed | State::Open | State::Parked { .. } => false,
            };
            if renew {
                self.shift_by(node, Becomes::Renewed, Some(number));
            }
        }
        let state = self.marking.mark(target).state;
        if matches!(
            state,
            State::Closed | State::Parked { .. } | State::Withdrawn { .. }
        ) {
            self.shift_by(target, Becomes::Open, Some(number));
        }
    }
}
