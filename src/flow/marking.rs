//! What is open, settled, parked and withdrawn: the state of a flow's nodes.
//!
//! A [`Marking`] changes only through [`Shift`]s, one node at a time; the engine writes
//! the same shifts into the journal; [`super::runner`] makes them.
//!
//! **Invariant:** applying the shifts that an operation gave to the marking it started
//! from gives the marking it ended with.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{GOn, GTerm, Graph, How};
use super::truth::{is_true, is_true_of};
use super::{Flow, NodeIx, OptionIx};

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
        /// What it was before.
        was: Was,
    },
}

impl State {
    /// Tells whether it is done or skipped.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done(_) | Self::Skipped)
    }
}

/// What a node was before it was withdrawn, and is again when it is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Was {
    /// Not opened yet.
    Closed,
    /// Open.
    Open,
    /// Set aside.
    Parked {
        /// By the flow itself.
        by_flow: bool,
    },
}

/// What made a node unnecessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WithdrawnBy {
    /// An answer that names it; stays withdrawn until that answer changes.
    Answer(NodeIx),
    /// A changed answer; the next trigger opens it again.
    Change,
    /// Both: what is restored when that answer changes is still withdrawn by the other change.
    Both(NodeIx),
}

impl WithdrawnBy {
    /// Gives the decision whose answer names the node; none where only a change withdrew it.
    pub(super) fn answer_of(self) -> Option<NodeIx> {
        match self {
            Self::Answer(decision) | Self::Both(decision) => Some(decision),
            Self::Change => None,
        }
    }
}

/// A node's state and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact about an attempt; none excludes another"
)]
pub struct Mark {
    /// The state in the current attempt.
    pub state: State,
    /// The number of the current attempt, from 1.
    pub attempt: u32,
    /// The answer in force: chosen last, also while it is asked again; none once a new attempt
    /// is closed.
    pub answer: Option<OptionIx>,
    /// The decision was left out last, as `answer`.
    left_out: bool,
    /// The answer whose way is gone: the one in force, or the one that leaving out stands for.
    pub(super) way: Option<OptionIx>,
    /// Another answer was in force before the one that parks: what it parks is held back.
    turned: bool,
    /// Made a new, closed attempt by a changed answer, or on the way of what a person reopened:
    /// what led to it before may lead to it again.
    pub(super) held: bool,
    /// A person has worked on it in this attempt, or asked for it.
    pub touched: bool,
    /// It has a tick, a field or a note of this attempt.
    pub begun: bool,
    ticks: u64,
}

impl Default for Mark {
    fn default() -> Self {
        Self::in_state(State::Closed)
    }
}

impl Mark {
    /// Gives the mark of a first attempt in this state.
    pub(super) const fn in_state(state: State) -> Self {
        Self {
            state,
            attempt: 1,
            answer: None,
            left_out: false,
            way: None,
            turned: false,
            held: false,
            touched: false,
            begun: false,
            ticks: 0,
        }
    }

    /// How it was settled last, as a decision; leaving out counts as the answer that it stands for.
    pub(super) fn how(&self) -> Option<How> {
        match self.way {
            Some(answer) => Some(How::Answer(answer)),
            None => self.left_out.then_some(How::Skipped),
        }
    }

    /// Tells whether the decision was left out last.
    pub(super) fn is_left_out(&self) -> bool {
        self.left_out
    }

    /// Tells whether its answer took the place of one that held nothing back.
    pub(super) fn turned(&self) -> bool {
        self.turned
    }

    /// Tells whether it is open or set aside.
    pub(super) fn is_alive(&self) -> bool {
        matches!(self.state, State::Open | State::Parked { .. })
    }

    /// Tells whether it is done or skipped.
    pub fn is_settled(&self) -> bool {
        self.state.is_settled()
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

static CLOSED: Mark = Mark::in_state(State::Closed);

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

    /// Says whether the table (by its place in the flow) has rows that are not settled; gives
    /// whether that is new.
    pub fn set_unsettled_rows(&mut self, table: usize, unsettled: bool) -> bool {
        if unsettled {
            self.unsettled_tables.insert(table)
        } else {
            self.unsettled_tables.remove(&table)
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
        let opens = matches!(shift.becomes, Becomes::Open | Becomes::Taken);
        if opens && matches!(mark.state, State::Closed | State::Withdrawn { .. }) {
            // A join that went on without it waits for it after all.
            let waits = |term: &GTerm| *term == GTerm::Done(shift.node);
            for (fired, arc) in self.fired.iter_mut().zip(&graph.arcs) {
                *fired &= !(arc.on.all && arc.on.terms.iter().any(waits));
            }
        }
        match shift.becomes {
            Becomes::Open => {
                mark.state = State::Open;
                mark.held = false;
            }
            Becomes::Taken => {
                mark.state = State::Open;
                mark.held = false;
                mark.touched = true;
            }
            Becomes::Renewed => {
                mark.state = State::Closed;
                mark.attempt = mark.attempt.saturating_add(1);
                mark.touched = false;
                mark.begun = false;
                mark.held = shift.arc.is_none();
                mark.ticks = 0;
                for (fired, arc) in self.fired.iter_mut().zip(&graph.arcs) {
                    if arc.on.terms.iter().any(|term| term.node() == shift.node) {
                        *fired = false;
                    }
                }
            }
            Becomes::Parked { by_flow } => mark.state = State::Parked { by_flow },
            Becomes::Done => mark.state = State::Done(None),
            Becomes::Chosen(option) => {
                mark.turned = graph.is_turned(shift.node, mark, Some(option));
                mark.state = State::Done(Some(option));
                mark.answer = Some(option);
                mark.way = Some(option);
                mark.left_out = false;
            }
            Becomes::Skipped => {
                let way = graph.left_out_as(shift.node);
                mark.turned = graph.is_turned(shift.node, mark, way);
                mark.state = State::Skipped;
                mark.answer = None;
                mark.way = way;
                mark.left_out = true;
            }
            Becomes::Withdrawn(by) => mark.state = mark.withdrawn(by),
            Becomes::Restored => {
                if let State::Withdrawn { by, was } = mark.state {
                    mark.state = match (by, was) {
                        (WithdrawnBy::Both(_), was) => State::Withdrawn {
                            by: WithdrawnBy::Change,
                            was,
                        },
                        (_, Was::Closed) => State::Closed,
                        (_, Was::Open) => State::Open,
                        (_, Was::Parked { by_flow }) => State::Parked { by_flow },
                    };
                }
            }
            Becomes::Ticked(item) => {
                if item < 64 {
                    mark.ticks |= 1 << item;
                }
                mark.touched = true;
                mark.begun = true;
            }
            Becomes::Unticked(item) if item < 64 => mark.ticks &= !(1 << item),
            Becomes::Touched => {
                mark.touched = true;
                mark.begun = true;
            }
            // By a person, because of a new fact; an arc asks without one.
            Becomes::Reminded => mark.touched |= shift.arc.is_none(),
            Becomes::Unticked(_) | Becomes::Offered => {}
        }
    }

    /// Notes which arcs have had their trigger, so that each fires once per attempt, given the marks
    /// before of the nodes that have changed. An arc that waits for one of several things fires on
    /// what happens, not on what stands.
    pub(super) fn note_fired(&mut self, graph: &Graph, before: &BTreeMap<NodeIx, Mark>) {
        let mut ahead = None;
        for (number, arc) in graph.arcs.iter().enumerate() {
            let is_due = !self.has_fired(number)
                && graph.happened(&arc.on, self, &mut ahead)
                && (arc.on.all || self.is_news(&arc.on, |node| before.get(&node)));
            if is_due && let Some(fired) = self.fired.get_mut(number) {
                *fired = true;
            }
        }
    }

    /// Tells whether a marking without an operation is the one with it (`self`) where only what
    /// the operation itself made of the marking before it, `from` to `to`, is put back.
    pub fn is_but_for(&self, without: &Self, from: &Self, to: &Self) -> bool {
        let Self {
            marks,
            fired,
            unsettled_tables,
        } = self;
        let tables = |number: usize| {
            let has = |marking: &Self| [marking.unsettled_tables.contains(&number)];
            all_put_back(&has(self), &has(without), &has(from), &has(to))
        };
        all_put_back(marks, &without.marks, &from.marks, &to.marks)
            && all_put_back(fired, &without.fired, &from.fired, &to.fired)
            && unsettled_tables
                .iter()
                .chain(&without.unsettled_tables)
                .all(|number| tables(*number))
    }

    /// Tells whether one of the terms is true of an attempt of which it was not before; what has no
    /// mark before has not changed.
    pub(super) fn is_news<'m>(&self, on: &GOn, was: impl Fn(NodeIx) -> Option<&'m Mark>) -> bool {
        on.terms.iter().any(|term| {
            is_true(term, self)
                && was(term.node()).is_some_and(|was| {
                    self.mark(term.node()).attempt != was.attempt || !is_true_of(term, was)
                })
        })
    }

    /// Takes from closed decisions the answer that was in force: it stands in its own attempt.
    pub(super) fn end_answers(&mut self) {
        for mark in &mut self.marks {
            if mark.state == State::Closed {
                mark.answer = None;
                mark.way = None;
                mark.left_out = false;
                mark.turned = false;
            }
        }
    }

    /// Tells whether going on with the node would do harm: an answer that took the place of
    /// another parks it, until the step that the change names is settled.
    pub(super) fn is_held_back(&self, graph: &Graph, node: NodeIx) -> bool {
        self.all()
            .filter(|(_, mark)| mark.turned)
            .any(|(ix, mark)| {
                let changes = graph.changes(ix).iter();
                let mut holds = changes.filter(|change| {
                    change.parks.contains(&node)
                        && mark.way.is_some_and(|way| change.to.contains(&way))
                });
                holds.any(|change| {
                    let until = change.until.map(|until| self.mark(until));
                    until.is_some_and(|until| !until.is_settled())
                })
            })
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

/// What an operation did not change itself is as it is with it, the rest as it was before.
fn all_put_back<T: PartialEq>(with: &[T], without: &[T], from: &[T], to: &[T]) -> bool {
    let with = with.iter().zip(without);
    let change = from.iter().zip(to);
    with.zip(change)
        .all(|((with, without), (from, to))| without == if from == to { with } else { from })
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
        self.begun = false;
        self.ticks = 0;
    }

    /// Gives the state of one that is no longer needed, for this reason too.
    fn withdrawn(&self, by: WithdrawnBy) -> State {
        let (by, was) = match (self.state, by) {
            (State::Withdrawn { by: before, was }, by) => match (before, by) {
                (WithdrawnBy::Change, WithdrawnBy::Change) => (WithdrawnBy::Change, was),
                (WithdrawnBy::Answer(_), WithdrawnBy::Answer(now)) => {
                    (WithdrawnBy::Answer(now), was)
                }
                (_, by) => {
                    let decision = by.answer_of().or(before.answer_of());
                    (decision.map_or(WithdrawnBy::Change, WithdrawnBy::Both), was)
                }
            },
            (State::Open, by) => (by, Was::Open),
            (State::Parked { by_flow }, by) => (by, Was::Parked { by_flow }),
            (State::Closed | State::Done(_) | State::Skipped, by) => (by, Was::Closed),
        };
        State::Withdrawn { by, was }
    }
}

impl Flow {
    /// Applies shifts that were made earlier, and notes which arcs have had their trigger.
    pub fn apply(&self, marking: &mut Marking, shifts: &[Shift]) {
        let mut before: BTreeMap<NodeIx, Mark> = BTreeMap::new();
        for shift in shifts {
            let mark = || marking.mark(shift.node).clone();
            before.entry(shift.node).or_insert_with(mark);
            marking.shift(self.graph(), shift);
        }
        marking.note_fired(self.graph(), &before);
        marking.end_answers();
    }
}
