//! What a person does to the nodes, and what the arcs make of it: the one implementation of the
//! rules (`docs/flow-format.md` section 2), for the engine and for the proof.

use std::collections::BTreeSet;

use super::graph::{GTerm, Graph, How};
use super::marking::{Becomes, Mark, Marking, Shift, State, Was, WithdrawnBy};
use super::truth::{holds, is_true};
use super::{Flow, Mode, NodeIx, OptionIx};

/// Carries out operations on a marking and collects the shifts that they make.
#[derive(Debug)]
pub(crate) struct Runner<'a> {
    graph: &'a Graph,
    /// The marking before the operation: what is true since then has happened in it.
    start: Marking,
    marking: Marking,
    shifts: Vec<Shift>,
    /// Nodes that stay open although an answer changed.
    kept: BTreeSet<NodeIx>,
    /// Another answer, or none, is in force than before.
    has_turned: bool,
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
            start: marking.clone(),
            marking,
            shifts: Vec::new(),
            kept: BTreeSet::new(),
            has_turned: false,
            live: BTreeSet::new(),
            let_through: Vec::new(),
            looks: 0,
        }
    }

    /// Keeps these nodes open through a changed answer, as if somebody had worked on them.
    pub(crate) fn keep(&mut self, nodes: impl Iterator<Item = NodeIx>) {
        self.kept.extend(nodes);
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

    /// Opens a node by an arc; one that is held back opens parked.
    fn open(&mut self, node: NodeIx, arc: Option<usize>) {
        let is_held_back = self.marking.is_held_back(self.graph, node);
        if is_held_back && self.marking.mark(node).state == (State::Parked { by_flow: true }) {
            return;
        }
        self.shift_by(node, Becomes::Open, arc);
        if is_held_back {
            self.shift_by(node, Becomes::Parked { by_flow: true }, arc);
        }
    }

    /// Opens again what a changed answer withdrew: what a person had set aside comes back so.
    fn bring_back(&mut self, node: NodeIx, arc: Option<usize>) {
        let was_parked = matches!(
            self.marking.mark(node).state,
            State::Withdrawn {
                was: Was::Parked { by_flow: false },
                ..
            }
        );
        if was_parked {
            self.shift_by(node, Becomes::Restored, arc);
        } else {
            self.open(node, arc);
        }
    }

    /// Chooses an answer, with the consequences of a change where another was in force.
    pub(crate) fn choose(&mut self, decision: NodeIx, option: OptionIx) {
        self.settle(decision, Becomes::Chosen(option));
    }

    /// Leaves a node out, with the consequences of a change where an answer was in force.
    pub(crate) fn skip(&mut self, node: NodeIx) {
        self.settle(node, Becomes::Skipped);
    }

    fn settle(&mut self, node: NodeIx, becomes: Becomes) {
        let before = self.marking.mark(node).how();
        let was_left_out = self.marking.mark(node).is_left_out();
        self.shift(node, becomes);
        let now = self.marking.mark(node).how();
        let option = match now {
            Some(How::Answer(option)) => Some(option),
            Some(How::Skipped) | None => None,
        };
        let withdraws: BTreeSet<NodeIx> = self
            .graph
            .options(node)
            .and_then(|options| options.get(option?.0))
            .map(|option| option.withdraws.iter().copied().collect())
            .unwrap_or_default();
        if let Some(option) = option
            && (before != now || was_left_out)
        {
            self.hold_back(node, before.filter(|_| !was_left_out), was_left_out, option);
        }
        if let (Some(old), Some(new)) = (before, now)
            && old != new
        {
            self.has_turned = true;
            self.change(node, old, new, &withdraws);
        }
        for target in withdraws {
            let mark = self.marking.mark(target);
            let by_answer = match mark.state {
                State::Withdrawn { by, .. } => by.answer_of().is_some(),
                State::Closed | State::Open | State::Parked { .. } => false,
                State::Done(_) | State::Skipped => true,
            };
            if !by_answer {
                let by = WithdrawnBy::Answer(node);
                self.shift(target, Becomes::Withdrawn(by));
            }
        }
    }

    /// Parks what would do harm under the new answer, and begins anew what a change makes untrue;
    /// what was begun while the question was left out counts as begun under another answer.
    fn hold_back(
        &mut self,
        decision: NodeIx,
        before: Option<How>,
        was_left_out: bool,
        new: OptionIx,
    ) {
        let applies = |from: &[OptionIx]| match before {
            _ if from.is_empty() => true,
            Some(How::Answer(old)) => from.contains(&old),
            Some(How::Skipped) | None => false,
        };
        let changes: Vec<_> = self
            .graph
            .changes(decision)
            .iter()
            .filter(|change| change.to.contains(&new) && applies(&change.from))
            .filter(|change| !matches!(before, Some(How::Answer(old)) if change.to.contains(&old)))
            .collect();
        let parked: BTreeSet<NodeIx> = changes.iter().flat_map(|c| c.parks.clone()).collect();
        for &node in &parked {
            if self.marking.mark(node).is_open() {
                self.shift(node, Becomes::Parked { by_flow: true });
            }
        }
        if before.is_none() && !was_left_out {
            return;
        }
        for node in changes.iter().flat_map(|c| c.renews.clone()) {
            let mark = self.marking.mark(node);
            let renew = match mark.state {
                // A question has no work that a new attempt would hide.
                State::Open | State::Parked { .. } if self.graph.options(node).is_some() => true,
                State::Open => !mark.touched,
                State::Closed | State::Parked { .. } => false,
                State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
            };
            if renew {
                self.shift(node, Becomes::Renewed);
            }
        }
    }

    fn change(&mut self, decision: NodeIx, old: How, new: How, still_withdrawn: &BTreeSet<NodeIx>) {
        self.looks += self.graph.arcs.len() * 8;
        let led = self.graph.led_to(&self.marking, decision, new);
        let before = self.graph.led_to_by(&self.marking, decision, old);
        for node in before.iter() {
            let mark = self.marking.mark(node);
            let goes = match mark.state {
                State::Open | State::Parked { .. } => true,
                // Withdrawn by an answer: it is not restored as if the way to it still stood.
                State::Withdrawn { by, .. } => matches!(by, WithdrawnBy::Answer(_)),
                State::Closed | State::Done(_) | State::Skipped => false,
            };
            if goes && !led.contains(node) && !mark.touched && !self.kept.contains(&node) {
                self.shift(node, Becomes::Withdrawn(WithdrawnBy::Change));
            }
        }
        let named: Vec<(NodeIx, WithdrawnBy)> = self
            .marking
            .all()
            .filter_map(|(ix, mark)| match mark.state {
                State::Withdrawn { by, .. } if by.answer_of() == Some(decision) => Some((ix, by)),
                _ => None,
            })
            .filter(|(ix, _)| !still_withdrawn.contains(ix))
            .collect();
        for (node, by) in named {
            if let Some(other) = self.withdraws_too(decision, node) {
                self.shift(node, Becomes::Withdrawn(WithdrawnBy::Answer(other)));
                continue;
            }
            self.shift(node, Becomes::Restored);
            let is_led = led.contains(node) && self.was_led_to(node);
            if is_led && matches!(by, WithdrawnBy::Both(_)) {
                self.bring_back(node, None);
            } else if is_led && self.marking.mark(node).state == State::Closed {
                self.open(node, None);
            }
        }
        self.live.insert(decision);
    }

    /// Gives another decision whose answer in force withdraws the node as well.
    fn withdraws_too(&self, decision: NodeIx, node: NodeIx) -> Option<NodeIx> {
        let mut others = self.marking.all().filter(|(ix, _)| *ix != decision);
        let withdraws = |ix: NodeIx, mark: &Mark| {
            let options = self.graph.options(ix)?;
            let answer = options.get(mark.way.filter(|_| mark.state != State::Closed)?.0)?;
            answer.withdraws.contains(&node).then_some(ix)
        };
        others.find_map(|(ix, mark)| withdraws(ix, mark))
    }

    /// Tells whether a trigger that stands has met the node while it was withdrawn.
    fn was_led_to(&self, node: NodeIx) -> bool {
        let mut ahead = None;
        let stands = |term: &GTerm| {
            let state = self.marking.mark(term.node()).state;
            is_true(term, &self.marking) && !matches!(state, State::Withdrawn { .. })
        };
        self.graph.arcs.iter().enumerate().any(|(number, arc)| {
            arc.opens.contains(&node)
                && !matches!(arc.mode, Mode::Loop | Mode::Offer)
                && self.marking.has_fired(number)
                && arc.on.terms.iter().any(stands)
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
            if self.begins_anew(other) {
                self.shift(other, Becomes::Renewed);
            }
        }
        self.shift(node, Becomes::Renewed);
        self.shift(node, Becomes::Taken);
    }

    /// Tells whether a node on the way back of a loop gets a new attempt: not one that is as it
    /// was when it opened.
    fn begins_anew(&self, node: NodeIx) -> bool {
        let mark = self.marking.mark(node);
        match mark.state {
            State::Done(_) | State::Skipped | State::Withdrawn { .. } => true,
            State::Open | State::Parked { .. } => mark.begun,
            State::Closed => false,
        }
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
        self.marking.end_answers();
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
            let is_live = |term: &GTerm| {
                let state = self.marking.mark(term.node()).state;
                self.live.contains(&term.node())
                    && is_true(term, &self.marking)
                    && !matches!(state, State::Withdrawn { .. })
            };
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
                let arc = Some(number);
                match mark.state {
                    State::Closed if mark.held => self.open(target, arc),
                    State::Withdrawn {
                        by: WithdrawnBy::Change,
                        ..
                    } => self.bring_back(target, arc),
                    State::Parked { by_flow: true } if graph.is_held_by_a_step(target) => {
                        self.open(target, arc);
                    }
                    State::Closed
                    | State::Withdrawn { .. }
                    | State::Open
                    | State::Parked { .. }
                    | State::Done(_)
                    | State::Skipped => {}
                }
                ahead = None;
                grown |= self.live.insert(target);
            }
        }
        grown
    }

    fn fire_round(&mut self) -> bool {
        let graph = self.graph;
        let mut ahead = None;
        let mut due: Vec<(usize, bool)> = Vec::new();
        for (number, arc) in graph.arcs.iter().enumerate() {
            if self.marking.has_fired(number) || !graph.happened(&arc.on, &self.marking, &mut ahead)
            {
                continue;
            }
            let is_news = self
                .marking
                .is_news(&arc.on, |node| Some(self.start.mark(node)));
            // A source that drops out makes a join go on, but not where an answer changed.
            if is_news || arc.on.all {
                due.push((number, is_news || !self.has_turned));
            }
        }
        self.looks += graph.arcs.len() * if ahead.is_some() { 2 } else { 1 };
        for &(number, _) in &due {
            self.marking.set_fired(number);
        }
        for &(number, fires) in &due {
            let Some(arc) = graph.arcs.get(number).filter(|_| fires) else {
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
            // An open question is asked already.
            (Mode::Offer, State::Open | State::Parked { .. }) => {}
            (Mode::Offer, _) => self.shift_by(target, Becomes::Offered, arc),
            (Mode::Loop, _) => self.loop_by(number, target),
            (_, State::Closed | State::Parked { by_flow: true }) => self.open(target, arc),
            (
                _,
                State::Withdrawn {
                    by: WithdrawnBy::Change,
                    ..
                },
            ) => {
                self.bring_back(target, arc);
                // What goes with an answer comes back with it as it was.
                let arc_of = self.graph.arcs.get(number);
                let by_answer = arc_of.is_some_and(|arc| {
                    let mut terms = arc.on.terms.iter();
                    terms.any(|term| matches!(term, GTerm::Chosen(..)))
                });
                if asks
                    && !by_answer
                    && self.marking.mark(target).state == (State::Parked { by_flow: false })
                {
                    self.shift_by(target, Becomes::Open, arc);
                    self.shift_by(target, Becomes::Reminded, arc);
                }
            }
            (_, State::Parked { by_flow: false }) if asks => {
                self.shift_by(target, Becomes::Open, arc);
                self.shift_by(target, Becomes::Reminded, arc);
            }
            (_, State::Open) if asks => self.shift_by(target, Becomes::Reminded, arc),
            (Mode::Ask, State::Done(_) | State::Skipped) => {
                self.shift_by(target, Becomes::Renewed, arc);
                self.open(target, arc);
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
            // A target that is open goes on in its attempt.
            let goes_on = node == target && self.marking.mark(node).is_alive();
            if !goes_on && self.begins_anew(node) {
                self.shift_by(node, Becomes::Renewed, Some(number));
            }
        }
        let state = self.marking.mark(target).state;
        if matches!(
            state,
            State::Closed | State::Parked { .. } | State::Withdrawn { .. }
        ) {
            self.open(target, Some(number));
        }
    }
}
