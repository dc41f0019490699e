//! What is open, settled, parked and withdrawn: the state of a flow's nodes.
//!
//! A [`Marking`] changes only through [`Shift`]s, one node at a time; the engine writes
//! the same shifts into the journal. `Runner::run` fires arcs until nothing more fires
//! and gives the shifts that it made. The rules are those of `docs/flow-format.md` section 2.
//!
//! **Invariant:** applying the shifts that an operation gave to the marking it started
//! from gives the marking it ended with.

use std::collections::BTreeSet;

use super::graph::{GTerm, Graph, holds, is_true};
use super::{Flow, Mode, NodeIx, OptionIx};

/// The state of a node in its current attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not opened yet.
    Closed,
    /// To be worked on.
    Open,
    /// Open, but set aside; by the flow itself when that work would do harm now.
    Parked {
        /// Resumed by the next trigger that opens it.
        by_flow: bool,
    },
    /// Completed, or answered.
    Done(Option<OptionIx>),
    /// Left out.
    Skipped,
    /// No longer needed.
    Withdrawn {
        /// Who withdrew it.
        by: WithdrawnBy,
        /// It was open or parked before.
        was_open: bool,
    },
}

/// What made a node unnecessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WithdrawnBy {
    /// An answer that names it; stays withdrawn until that answer changes.
    Answer(NodeIx),
    /// A changed answer; the next trigger opens it again.
    Change,
}

/// A node's state and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The state in the current attempt.
    pub state: State,
    /// The number of the current attempt, from 1.
    pub attempt: u32,
    /// The answer in force: chosen last, even when it is asked again since.
    pub answer: Option<OptionIx>,
    /// A person has worked on it in this attempt.
    pub touched: bool,
    ticks: u64,
}

impl Default for Mark {
    fn default() -> Self {
        Self {
            state: State::Closed,
            attempt: 1,
            answer: None,
            touched: false,
            ticks: 0,
        }
    }
}

impl Mark {
    /// Tells whether it is done or skipped.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, State::Done(_) | State::Skipped)
    }

    /// Tells whether it is open (not parked).
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Tells whether the item with this number (from 0) is ticked.
    pub fn is_ticked(&self, item: usize) -> bool {
        item < 64 && self.ticks & (1 << item) != 0
    }
}

/// A change of one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The node.
    pub node: NodeIx,
    /// What becomes of it.
    pub becomes: Becomes,
    /// The arc that did it, by its place in the file.
    pub arc: Option<usize>,
}

/// What becomes of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// Open (from closed, withdrawn or parked).
    Open,
    /// Open, and a person did it.
    Taken,
    /// A new attempt, closed.
    Renewed,
    /// Asked again; the state stays.
    Reminded,
    /// Offered to be asked again; the state stays.
    Offered,
    /// Parked.
    Parked {
        /// By the flow, because going on would do harm.
        by_flow: bool,
    },
    /// Completed.
    Done,
    /// Answered.
    Chosen(OptionIx),
    /// Left out.
    Skipped,
    /// No longer needed.
    Withdrawn(WithdrawnBy),
    /// What it was before it was withdrawn.
    Restored,
    /// The item with this number is ticked.
    Ticked(usize),
    /// The tick is taken back.
    Unticked(usize),
    /// A person has worked on it.
    Touched,
}

/// The state of all nodes of a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marking {
    marks: Vec<Mark>,
    fired: Vec<bool>,
    unsettled_tables: BTreeSet<usize>,
}

static CLOSED: Mark = Mark {
    state: State::Closed,
    attempt: 1,
    answer: None,
    touched: false,
    ticks: 0,
};

impl Marking {
    /// Gives the marking before anything happened.
    pub fn new(flow: &Flow) -> Self {
        Self::for_graph(flow.graph())
    }

    pub(super) fn for_graph(graph: &Graph) -> Self {
        Self {
            marks: vec![Mark::default(); graph.nodes.len()],
            fired: vec![false; graph.arcs.len()],
            unsettled_tables: BTreeSet::new(),
        }
    }

    /// Gives a node's mark; closed for a node that the flow does not have.
    pub fn mark(&self, node: NodeIx) -> &Mark {
        self.marks.get(node.0).unwrap_or(&CLOSED)
    }

    /// Gives the nodes that are open, in the order of the file.
    pub fn open(&self) -> impl Iterator<Item = NodeIx> {
        self.all()
            .filter(|(_, mark)| mark.is_open())
            .map(|(ix, _)| ix)
    }

    /// Gives all nodes with their marks, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (NodeIx, &Mark)> {
        self.marks
            .iter()
            .enumerate()
            .map(|(ix, mark)| (NodeIx(ix), mark))
    }

    /// Says whether the table (by its place in the flow) has rows that are not settled.
    pub fn set_unsettled_rows(&mut self, table: usize, unsettled: bool) {
        if unsettled {
            self.unsettled_tables.insert(table);
        } else {
            self.unsettled_tables.remove(&table);
        }
    }

    pub(super) fn has_unsettled_rows(&self, table: usize) -> bool {
        self.unsettled_tables.contains(&table)
    }

    pub(super) fn has_fired(&self, arc: usize) -> bool {
        self.fired.get(arc).copied().unwrap_or(false)
    }

    /// Applies one shift; one that names no node of the flow changes nothing.
    pub(super) fn shift(&mut self, graph: &Graph, shift: &Shift) {
        let Some(mark) = self.marks.get_mut(shift.node.0) else {
            return;
        };
        match shift.becomes {
            Becomes::Open => mark.state = State::Open,
            Becomes::Taken => {
                mark.state = State::Open;
                mark.touched = true;
            }
            Becomes::Renewed => {
                mark.state = State::Closed;
                mark.attempt = mark.attempt.saturating_add(1);
                mark.touched = false;
                mark.ticks = 0;
                for (fired, arc) in self.fired.iter_mut().zip(&graph.arcs) {
                    if arc.on.terms.iter().any(|term| term.node() == shift.node) {
                        *fired = false;
                    }
                }
            }
            Becomes::Parked { by_flow } => {
                mark.state = State::Parked { by_flow };
                mark.touched |= !by_flow;
            }
            Becomes::Done => mark.state = State::Done(None),
            Becomes::Chosen(option) => {
                mark.state = State::Done(Some(option));
                mark.answer = Some(option);
            }
            Becomes::Skipped => {
                mark.state = State::Skipped;
                mark.answer = None;
            }
            Becomes::Withdrawn(by) => {
                let was_open = matches!(mark.state, State::Open | State::Parked { .. });
                mark.state = State::Withdrawn { by, was_open };
            }
            Becomes::Restored => {
                if let State::Withdrawn { was_open, .. } = mark.state {
                    mark.state = if was_open { State::Open } else { State::Closed };
                }
            }
            Becomes::Ticked(item) if item < 64 => {
                mark.ticks |= 1 << item;
                mark.touched = true;
            }
            Becomes::Unticked(item) if item < 64 => mark.ticks &= !(1 << item),
            Becomes::Touched => mark.touched = true,
            Becomes::Ticked(_) | Becomes::Unticked(_) | Becomes::Reminded | Becomes::Offered => {}
        }
    }

    /// Notes which arcs have had their trigger, so that each fires once per attempt.
    pub(super) fn note_fired(&mut self, graph: &Graph) {
        let mut ahead = None;
        for (number, arc) in graph.arcs.iter().enumerate() {
            if !self.has_fired(number)
                && graph.happened(&arc.on, self, &mut ahead)
                && let Some(fired) = self.fired.get_mut(number)
            {
                *fired = true;
            }
        }
    }

    pub(super) fn mark_mut(&mut self, node: NodeIx) -> Option<&mut Mark> {
        self.marks.get_mut(node.0)
    }

    pub(super) fn set_fired(&mut self, arc: usize) {
        if let Some(fired) = self.fired.get_mut(arc) {
            *fired = true;
        }
    }
}

impl Mark {
    /// Forgets what the search for a dead end need not know.
    pub(super) fn forget(&mut self, keeps_attempt: bool) {
        self.attempt = if keeps_attempt {
            self.attempt.min(2)
        } else {
            1
        };
        self.touched = false;
        self.ticks = 0;
    }
}

/// Carries out operations on a marking and collects the shifts that they make.
#[derive(Debug)]
pub(crate) struct Runner<'a> {
    graph: &'a Graph,
    marking: Marking,
    shifts: Vec<Shift>,
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

    pub(super) fn finish_marking(mut self) -> (Marking, Vec<Shift>) {
        self.run();
        (self.marking, self.shifts)
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
        let before = self.marking.mark(decision).answer;
        self.shift(decision, Becomes::Chosen(option));
        let withdraws: BTreeSet<NodeIx> = self
            .graph
            .options(decision)
            .and_then(|options| options.get(option.0))
            .map(|option| option.withdraws.iter().copied().collect())
            .unwrap_or_default();
        if let Some(old) = before.filter(|old| *old != option) {
            self.change(decision, old, option, &withdraws);
        }
        for node in withdraws {
            let mark = self.marking.mark(node);
            if !mark.is_settled() && !matches!(mark.state, State::Withdrawn { .. }) {
                let by = WithdrawnBy::Answer(decision);
                self.shift(node, Becomes::Withdrawn(by));
            }
        }
    }

    fn change(
        &mut self,
        decision: NodeIx,
        old: OptionIx,
        new: OptionIx,
        still_withdrawn: &BTreeSet<NodeIx>,
    ) {
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
        }
        let changes: Vec<_> = self
            .graph
            .nodes
            .get(decision.0)
            .into_iter()
            .flat_map(|node| node.changes.clone())
            .filter(|change| change.from.contains(&old) && change.to.contains(&new))
            .collect();
        let parked: BTreeSet<NodeIx> = changes.iter().flat_map(|c| c.parks.clone()).collect();
        for &node in &parked {
            if self.marking.mark(node).is_open() {
                self.shift(node, Becomes::Parked { by_flow: true });
            }
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
        let kept = self.graph.reachable_with_only(decision, new);
        for node in self.graph.reachable_from(decision, old) {
            let mark = self.marking.mark(node);
            if !kept.contains(&node) && mark.is_open() && !mark.touched {
                self.shift(node, Becomes::Withdrawn(WithdrawnBy::Change));
            }
        }
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
            if !self.fire_round() {
                break;
            }
        }
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
        for &number in &due {
            if let Some(fired) = self.marking.fired.get_mut(number) {
                *fired = true;
            }
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
                for &target in &arc.opens {
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

impl Flow {
    /// Applies shifts that were made earlier, and notes which arcs have had their trigger.
    pub fn apply(&self, marking: &mut Marking, shifts: &[Shift]) {
        for shift in shifts {
            marking.shift(self.graph(), shift);
        }
        marking.note_fired(self.graph());
    }
}
