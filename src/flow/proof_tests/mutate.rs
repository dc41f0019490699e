//! The shipped flow with something wrong in it, in pieces, and twice in a row.

use super::super::file::FlowFile;
use super::super::{Arc, Basis, End, Guard, NodeId, On, Pair, Term};

/// Gives every flow that differs by one arc deleted, one *any* and *all* swapped or one guard
/// dropped: the kind of the mutation, its name and the flow.
pub(crate) fn all(file: &FlowFile) -> Vec<(&'static str, String, FlowFile)> {
    let mut mutants = Vec::new();
    for at in 0..file.arcs.len() {
        let mut mutant = file.clone();
        mutant.arcs.remove(at);
        mutants.push(("arc deleted", format!("without arc {at}"), mutant));
        let mut mutant = file.clone();
        swap(&mut mutant.arcs[at].on);
        mutants.push(("any/all swapped", format!("arc {at} swapped"), mutant));
        if file.arcs[at].when.is_some() {
            let mut mutant = file.clone();
            mutant.arcs[at].when = None;
            mutants.push(("guard dropped", format!("arc {at} unguarded"), mutant));
        }
    }
    for at in 0..file.ends.len() {
        let mut mutant = file.clone();
        swap(&mut mutant.ends[at].on);
        mutants.push(("any/all swapped", format!("end {at} swapped"), mutant));
    }
    for (at, decision) in file.decisions.iter().enumerate() {
        for (n, option) in decision.options.iter().enumerate() {
            if option.lock.is_some() {
                let mut mutant = file.clone();
                mutant.decisions[at].options[n].lock = None;
                let name = format!("{} {} unlocked", decision.id, option.id);
                mutants.push(("guard dropped", name, mutant));
            }
        }
    }
    mutants
}

fn swap(on: &mut On) {
    *on = match on {
        On::Any(terms) => On::All(terms.clone()),
        On::All(terms) => On::Any(terms.clone()),
    };
}

fn basis() -> Basis {
    Basis::Derived(pair())
}

fn pair() -> Pair {
    Pair {
        ja: "当方".to_owned(),
        en: "ours".to_owned(),
    }
}

/// A part of the shipped flow that is small enough for the plain search.
struct Piece {
    name: &'static str,
    /// What is open at first; nothing where it begins at the doors.
    begins: &'static [&'static str],
    /// What is not opened any more.
    cut: &'static [&'static str],
    /// After what it ends.
    ends: Vec<Term>,
}

/// A piece as a flow of its own.
pub(crate) struct Cut {
    pub(crate) name: &'static str,
    pub(crate) file: FlowFile,
    /// For each of its arcs the number that it has in the shipped flow.
    pub(crate) arcs: Vec<usize>,
}

/// Cuts the shipped flow into pieces.
pub(crate) fn pieces(file: &FlowFile) -> Vec<Cut> {
    let yes = ["yes", "no-situation"].map(str::to_owned).into();
    let attack = ["yes", "cant-tell"].map(str::to_owned).into();
    [
        Piece {
            name: "to 2-1",
            begins: &[],
            cut: &["2-2", "2-3", "2-4", "2-5", "D2"],
            ends: vec![Term::Chosen("D1".into(), yes)],
        },
        Piece {
            name: "2-1 to D2 yes, or by D2 no to 3-1",
            begins: &["2-1"],
            cut: &["2-6", "2-7", "2-13", "2-18", "4-3", "4-4", "X-3", "D4"],
            ends: vec![Term::Chosen("D2".into(), attack), Term::Done("3-1".into())],
        },
        Piece {
            name: "D2 yes to 2-10",
            begins: &["2-5", "D2"],
            cut: &["2-11", "3-1", "4-3", "X-3"],
            ends: vec![Term::Done("2-10".into())],
        },
        Piece {
            name: "2-10 to 3-1",
            begins: &["2-10", "2-13", "2-18", "4-4", "D6"],
            cut: &["D4"],
            ends: vec![Term::Done("3-1".into())],
        },
        Piece {
            name: "from 3-1",
            begins: &["3-1", "2-13"],
            cut: &[],
            ends: Vec::new(),
        },
    ]
    .map(|piece| piece.of(file))
    .into()
}

impl Piece {
    fn of(self, file: &FlowFile) -> Cut {
        let mut file = file.clone();
        if !self.begins.is_empty() {
            for door in file.doors.iter_mut().filter(|door| !door.peacetime) {
                door.opens = self.begins.iter().map(|id| NodeId::from(*id)).collect();
            }
        }
        let mut arcs = Vec::new();
        for (number, mut arc) in std::mem::take(&mut file.arcs).into_iter().enumerate() {
            arc.opens.retain(|id| !self.cut.contains(&id.as_str()));
            if !arc.opens.is_empty() {
                file.arcs.push(arc);
                arcs.push(number);
            }
        }
        if !self.ends.is_empty() {
            file.ends.push(End {
                id: "cut".to_owned(),
                title: pair(),
                on: On::Any(self.ends),
                basis: basis(),
            });
        }
        Cut {
            name: self.name,
            file,
            arcs,
        }
    }
}

fn again(id: &NodeId) -> NodeId {
    format!("again-{id}").as_str().into()
}

fn again_in_term(term: &mut Term) {
    match term {
        Term::Opened(node)
        | Term::Ticked(node, _)
        | Term::Done(node)
        | Term::Chosen(node, _)
        | Term::Skipped(node) => *node = again(node),
    }
}

fn again_in_guard(guard: &mut Guard) {
    match guard {
        Guard::Chosen(node, _) | Guard::NotChosen(node, _) => *node = again(node),
        Guard::Settled(nodes) => again_in(nodes),
        Guard::RowsSettled(_) => {}
        Guard::All(guards) | Guard::Any(guards) => guards.iter_mut().for_each(again_in_guard),
    }
}

fn again_in(nodes: &mut [NodeId]) {
    for node in nodes {
        *node = again(node);
    }
}

fn again_in_on(on: &mut On) {
    match on {
        On::Any(terms) | On::All(terms) => terms.iter_mut().for_each(again_in_term),
    }
}

/// Gives the flow twice: the second begins where the first ends.
pub(crate) fn in_series(file: &FlowFile) -> FlowFile {
    let mut both = file.clone();
    let peacetime: Vec<&NodeId> = file
        .doors
        .iter()
        .filter(|door| door.peacetime)
        .flat_map(|door| &door.opens)
        .collect();
    for step in file.steps.iter().filter(|s| !peacetime.contains(&&s.id)) {
        let mut step = step.clone();
        step.id = again(&step.id);
        both.steps.push(step);
    }
    for decision in file.decisions.iter().filter(|d| d.ground_of.is_none()) {
        let mut decision = decision.clone();
        decision.id = again(&decision.id);
        for option in &mut decision.options {
            again_in(&mut option.withdraws);
            if let Some(lock) = &mut option.lock {
                again_in_guard(&mut lock.guard);
            }
        }
        for change in &mut decision.changes {
            again_in(&mut change.parks);
            again_in(&mut change.renews);
            change.until = change.until.as_ref().map(again);
        }
        both.decisions.push(decision);
    }
    for arc in &file.arcs {
        let mut arc = arc.clone();
        again_in_on(&mut arc.on);
        again_in(&mut arc.opens);
        if let Some(guard) = &mut arc.when {
            again_in_guard(guard);
        }
        both.arcs.push(arc);
    }
    let ended = both.ends.iter_mut().find(|end| end.id == "ended").unwrap();
    let door = file.doors.iter().find(|door| !door.peacetime).unwrap();
    let mut opens = door.opens.clone();
    again_in(&mut opens);
    both.arcs.push(Arc {
        on: ended.on.clone(),
        when: None,
        opens,
        mode: super::super::Mode::Open,
        note: None,
        evidence: Vec::new(),
        basis: basis(),
    });
    again_in_on(&mut ended.on);
    let watching = both.ends.iter().find(|end| end.id == "watching").unwrap();
    let mut watching = watching.clone();
    watching.id = "watching-again".to_owned();
    again_in_on(&mut watching.on);
    both.ends.push(watching);
    both
}
