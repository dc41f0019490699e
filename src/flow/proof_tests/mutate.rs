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

fn end(file: &mut FlowFile, term: Term) {
    file.ends.push(End {
        id: "cut".to_owned(),
        title: pair(),
        on: On::Any(vec![term]),
        basis: basis(),
    });
}

fn begin_at(file: &mut FlowFile, nodes: &[&str]) {
    for door in file.doors.iter_mut().filter(|door| !door.peacetime) {
        door.opens = nodes.iter().map(|id| NodeId::from(*id)).collect();
    }
}

/// Cuts the shipped flow where all runs pass, so that each piece is small.
pub(crate) fn pieces(file: &FlowFile) -> Vec<(&'static str, FlowFile)> {
    let mut first = file.clone();
    first.arcs.retain(|arc| !opens(arc, "2-1"));
    let yes = ["yes", "no-situation"].map(str::to_owned).into();
    end(&mut first, Term::Chosen("D1".into(), yes));
    let mut second = file.clone();
    begin_at(&mut second, &["2-1"]);
    second.arcs.retain(|arc| !opens(arc, "D4"));
    end(&mut second, Term::Done("3-1".into()));
    let mut third = file.clone();
    begin_at(&mut third, &["3-1", "2-13"]);
    vec![
        ("to D1", first),
        ("2-1 to 3-1", second),
        ("from 3-1", third),
    ]
}

fn opens(arc: &Arc, node: &str) -> bool {
    arc.opens.iter().any(|id| id.as_str() == node)
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
