//! The search: every state that plain moves can reach, inside one cone.
//!
//! Plain moves are completing a step and choosing an unlocked answer. A state is kept in its
//! reduced form ([`super::reduce`]) and packed: a number for each node's mark, a bit for each
//! arc that has fired. What is too large is given up, never taken for searched.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::cone::{Aim, Cone, read_by};
use super::cover::Cover;
use super::graph::{GArc, GOn, GTerm, Graph, NodeIx, OptionIx};
use super::limits::Work;
use super::marking::{Becomes, Mark, Marking};
use super::reduce::{Reduction, SPENT};
use super::runner::{Ran, Runner};
use super::set::NodeSet;
use super::truth::is_true_of;

/// A move of the search, by numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plain {
    Door(usize),
    Done(NodeIx),
    Chosen(NodeIx, OptionIx),
}

impl Plain {
    /// Gives the moves that can be made.
    pub(super) fn all(graph: &Graph, marking: &Marking) -> Vec<Self> {
        let mut moves = Vec::new();
        for node in marking.open() {
            match graph.options(node) {
                None => moves.push(Self::Done(node)),
                Some(options) => moves.extend(
                    (0..options.len())
                        .map(OptionIx)
                        .filter(|option| graph.is_unlocked(marking, node, *option))
                        .map(|option| Self::Chosen(node, option)),
                ),
            }
        }
        moves
    }

    /// Makes the move, and lets the arcs fire.
    pub(super) fn make(self, graph: &Graph, marking: Marking) -> Ran {
        let mut runner = Runner::on_graph(graph, marking);
        match self {
            Self::Door(door) => {
                for &node in graph.doors.get(door).into_iter().flatten() {
                    runner.shift(node, Becomes::Open);
                }
            }
            Self::Done(node) => runner.shift(node, Becomes::Done),
            Self::Chosen(node, option) => runner.choose(node, option),
        }
        runner.finish_for_proof()
    }
}

/// Why a search was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// More states than this.
    States(usize),
    /// More work than is allowed.
    Work,
}

/// A state, packed.
type Key = Rc<[u16]>;

/// The states found, and how each follows from others.
pub(super) struct Search<'a> {
    cone: &'a Cone,
    graph: &'a Graph,
    reduction: Reduction<'a>,
    nodes: Vec<NodeIx>,
    marks: Vec<Mark>,
    codes: BTreeMap<Mark, u16>,
    known: BTreeMap<Key, u32>,
    keys: Vec<Key>,
    from: Vec<(u32, Plain)>,
    /// The states that follow the n-th, from `starts[n]` on.
    next: Vec<u32>,
    starts: Vec<usize>,
}

impl<'a> Search<'a> {
    /// Begins a search that forgets what is spent, or keeps everything.
    pub(super) fn new(
        cone: &'a Cone,
        opened_with: &[NodeSet],
        forgets: bool,
        work: &mut Work,
    ) -> Result<Self, Beyond> {
        let mut search = Self {
            cone,
            graph: &cone.graph,
            reduction: Reduction::of(cone, opened_with, forgets, work).ok_or(Beyond::Work)?,
            nodes: cone.nodes.iter().collect(),
            marks: Vec::new(),
            codes: BTreeMap::new(),
            known: BTreeMap::new(),
            keys: Vec::new(),
            from: Vec::new(),
            next: Vec::new(),
            starts: vec![0],
        };
        search.code(&Mark::default());
        search.code(&SPENT);
        Ok(search)
    }

    /// Visits all states, breadth first.
    pub(super) fn visit_all(
        &mut self,
        cover: &mut Cover<'_>,
        work: &mut Work,
    ) -> Result<(), Beyond> {
        self.enter(cover, work)?;
        let mut at = 0;
        while at < self.keys.len() {
            for next in self.follow(at, cover, work)? {
                self.next.push(next);
            }
            self.starts.push(self.next.len());
            at += 1;
        }
        Ok(())
    }

    /// Visits states until what is aimed at is found or none is left, the latest first.
    pub(super) fn look(
        &mut self,
        aim: Aim,
        cover: &mut Cover<'_>,
        work: &mut Work,
    ) -> Result<(), Beyond> {
        self.enter(cover, work)?;
        let mut stack: Vec<usize> = (0..self.keys.len()).rev().collect();
        while let Some(at) = stack.pop() {
            if cover.has(aim) {
                return Ok(());
            }
            let before = self.keys.len();
            self.follow(at, cover, work)?;
            stack.extend((before..self.keys.len()).rev());
        }
        Ok(())
    }

    fn enter(&mut self, cover: &mut Cover<'_>, work: &mut Work) -> Result<(), Beyond> {
        for door in (0..self.graph.doors.len()).map(Plain::Door) {
            let ran = door.make(self.graph, Marking::for_graph(self.graph));
            self.arrive(ran, (u32::MAX, door), cover, work)?;
        }
        Ok(())
    }

    /// Makes every move from a state; gives the states that follow.
    fn follow(
        &mut self,
        at: usize,
        cover: &mut Cover<'_>,
        work: &mut Work,
    ) -> Result<Vec<u32>, Beyond> {
        let Some(marking) = self.keys.get(at).map(|key| self.unpack(key)) else {
            return Ok(Vec::new());
        };
        let from = u32::try_from(at).unwrap_or(u32::MAX);
        let mut next = Vec::new();
        for plain in Plain::all(self.graph, &marking) {
            if let Plain::Chosen(node, option) = plain {
                cover.free(node, option);
            }
            let ran = plain.make(self.graph, marking.clone());
            next.push(self.arrive(ran, (from, plain), cover, work)?);
        }
        next.sort_unstable();
        next.dedup();
        Ok(next)
    }

    fn arrive(
        &mut self,
        ran: Ran,
        from: (u32, Plain),
        cover: &mut Cover<'_>,
        work: &mut Work,
    ) -> Result<u32, Beyond> {
        // A run costs something even where there is little to look at.
        let looks = 100 + ran.looks + self.graph.size();
        work.spend(looks).ok_or(Beyond::Work)?;
        for shift in &ran.shifts {
            // What a changed answer brings back, the same answer may withdraw at once.
            if shift.becomes == Becomes::Open && ran.marking.mark(shift.node).is_open() {
                cover.reach(shift.node);
            }
        }
        for number in ran.let_through {
            let arc = self.graph.arcs.get(number);
            if let (Some(&origin), true) = (
                self.cone.origin.get(number),
                arc.is_some_and(|arc| self.judges(arc, &ran.marking)),
            ) {
                cover.let_through(origin);
            }
        }
        let mut marking = ran.marking;
        self.reduction.reduce(&mut marking);
        let key = self.pack(&marking).ok_or(Beyond::States(self.keys.len()))?;
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let limit = (work.bytes / (2 * key.len() + 64)).min(work.states);
        if self.keys.len() >= limit {
            return Err(Beyond::States(limit));
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.known.insert(Rc::clone(&key), number);
        self.keys.push(key);
        self.from.push(from);
        Ok(number)
    }

    /// Tells whether all that the arc's guard reads is known.
    fn judges(&self, arc: &GArc, marking: &Marking) -> bool {
        self.cone.judges(arc) && read_by(arc.when.as_ref()).all(|node| *marking.mark(node) != SPENT)
    }

    fn code(&mut self, mark: &Mark) -> Option<u16> {
        if let Some(&code) = self.codes.get(mark) {
            return Some(code);
        }
        let code = u16::try_from(self.marks.len()).ok()?;
        self.marks.push(mark.clone());
        self.codes.insert(mark.clone(), code);
        Some(code)
    }

    /// Packs a state; nothing when there are more different marks than numbers.
    fn pack(&mut self, marking: &Marking) -> Option<Key> {
        let arcs = self.graph.arcs.len();
        let mut key = Vec::with_capacity(self.nodes.len() + arcs.div_ceil(16));
        for at in 0..self.nodes.len() {
            let Some(&node) = self.nodes.get(at) else {
                continue;
            };
            let mark = marking.mark(node);
            key.push(self.code(mark)?);
        }
        for first in (0..arcs).step_by(16) {
            let bits = (0..16).filter(|bit| marking.has_fired(first + bit));
            key.push(bits.map(|bit| 1 << bit).sum());
        }
        Some(key.into())
    }

    fn unpack(&self, key: &[u16]) -> Marking {
        let mut marking = Marking::for_graph(self.graph);
        for (&node, &code) in self.nodes.iter().zip(key) {
            if let (Some(to), Some(mark)) =
                (marking.mark_mut(node), self.marks.get(usize::from(code)))
            {
                to.clone_from(mark);
            }
        }
        for arc in (0..self.graph.arcs.len()).filter(|arc| self.has_fired(key, *arc)) {
            marking.set_fired(arc);
        }
        marking
    }

    /// Gives how many states were found.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    fn has_fired(&self, key: &[u16], arc: usize) -> bool {
        key.get(self.nodes.len() + arc / 16)
            .is_some_and(|bits| bits & (1 << (arc % 16)) != 0)
    }

    /// Gives for each state whether the arc has fired.
    pub(super) fn fired(&self, arc: usize) -> Vec<bool> {
        let keys = self.keys.iter();
        keys.map(|key| self.has_fired(key, arc)).collect()
    }

    /// Tells which of the terms have happened, for each state in turn.
    pub(super) fn terms<'s>(&'s self, on: &'s GOn) -> impl Iterator<Item = Vec<bool>> + 's {
        let places: Vec<(usize, &GTerm)> = on
            .terms
            .iter()
            .map(|term| {
                let at = self.nodes.binary_search(&term.node());
                (at.unwrap_or(usize::MAX), term)
            })
            .collect();
        self.keys.iter().map(move |key| {
            let is_true = |(at, term): &(usize, &GTerm)| {
                let code = key.get(*at).map_or(0, |code| usize::from(*code));
                let mark = self.marks.get(code);
                mark.is_some_and(|mark| is_true_of(term, mark))
            };
            places.iter().map(is_true).collect()
        })
    }

    /// Gives for each state whether one of the marked ones can be reached from it.
    pub(super) fn leads_to(&self, mut marked: Vec<bool>) -> Vec<bool> {
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); self.keys.len()];
        for (at, ends) in self.starts.windows(2).enumerate() {
            let (&[from, to], Ok(at)) = (ends, u32::try_from(at)) else {
                continue;
            };
            for &next in self.next.get(from..to).unwrap_or_default() {
                if let Some(list) = before.get_mut(next as usize) {
                    list.push(at);
                }
            }
        }
        let all = marked.iter().enumerate();
        let mut queue: Vec<usize> = all.filter(|(_, m)| **m).map(|(at, _)| at).collect();
        while let Some(at) = queue.pop() {
            for &from in before.get(at).into_iter().flatten() {
                let from = from as usize;
                if marked.get(from) == Some(&false) {
                    if let Some(flag) = marked.get_mut(from) {
                        *flag = true;
                    }
                    queue.push(from);
                }
            }
        }
        marked
    }

    /// Gives the shortest way to a state.
    pub(super) fn witness(&self, state: usize) -> Vec<Plain> {
        let mut moves = Vec::new();
        let mut here = Some(state);
        while let Some(&(before, plain)) = here.and_then(|at| self.from.get(at)) {
            moves.push(plain);
            here = usize::try_from(before).ok();
        }
        moves.reverse();
        moves
    }

    /// Gives the ends that some state reaches, and for each state whether it reaches one.
    pub(super) fn ends(&self) -> (BTreeSet<usize>, Vec<bool>) {
        let mut reached = BTreeSet::new();
        let mut any = vec![false; self.keys.len()];
        for (number, end) in self.graph.ends.iter().enumerate() {
            for (terms, flag) in self.terms(end).zip(&mut any) {
                let ended = if end.all {
                    terms.iter().all(|t| *t)
                } else {
                    terms.iter().any(|t| *t)
                };
                if ended {
                    reached.insert(number);
                    *flag = true;
                }
            }
        }
        (reached, any)
    }
}
