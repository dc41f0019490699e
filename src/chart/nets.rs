//! From arcs to nets: what follows from the same answer in the same manner shares a trunk.

use super::{Branch, Chart, Ground, Happening, Kind, Net};
use crate::flow::{Basis, Flow, Guard, Mode, Node, NodeId, On, Pair, Term};

/// What opens something: an arc, or the condition of an end.
struct Opener<'a> {
    on: &'a On,
    when: Option<&'a Guard>,
    mode: Mode,
    basis: &'a Basis,
    arc: Option<usize>,
    targets: Vec<usize>,
}

/// Gives the nets of a flow whose shapes are there, by source.
pub(super) fn of(flow: &Flow, chart: &Chart) -> Vec<Net> {
    let mut by_source: Vec<Vec<Net>> = vec![Vec::new(); chart.shapes.len()];
    let openers = openers(flow, chart);
    let joins = joins(&openers);
    for (opener, join) in openers.iter().zip(joins) {
        for term in opener.on.terms() {
            let Some(source) = chart.at(term.node()) else {
                continue;
            };
            for happening in happenings(flow, term) {
                if let Some(nets) = by_source.get_mut(source) {
                    add(nets, source, &happening, opener, join);
                }
            }
        }
    }
    by_source.into_iter().flat_map(merged).collect()
}

fn openers<'a>(flow: &'a Flow, chart: &Chart) -> Vec<Opener<'a>> {
    let arcs = flow.arcs().iter().enumerate().map(|(at, arc)| Opener {
        on: &arc.on,
        when: arc.when.as_ref(),
        mode: arc.mode,
        basis: &arc.basis,
        arc: Some(at),
        targets: arc.opens.iter().filter_map(|id| chart.at(id)).collect(),
    });
    let ends = flow.ends().iter().map(|end| {
        let is = |shape: &super::Shape| shape.kind == Kind::End && shape.id == end.id;
        Opener {
            on: &end.on,
            when: None,
            mode: Mode::Open,
            basis: &end.basis,
            arc: None,
            targets: chart.shapes.iter().position(is).into_iter().collect(),
        }
    });
    arcs.chain(ends).collect()
}

/// Numbers the joins that need all their terms.
///
/// Two that differ in one answer only are one join: "possible" or "skipped", and 2-14 done.
fn joins(openers: &[Opener<'_>]) -> Vec<Option<usize>> {
    let mut numbers: Vec<Option<usize>> = Vec::with_capacity(openers.len());
    for (at, opener) in openers.iter().enumerate() {
        let On::All(terms) = opener.on else {
            numbers.push(None);
            continue;
        };
        let earlier = openers.iter().zip(&numbers).find(|(other, number)| {
            let On::All(others) = other.on else {
                return false;
            };
            number.is_some()
                && (other.when, other.mode) == (opener.when, opener.mode)
                && other.targets == opener.targets
                && differ_in_one_answer(terms, others)
        });
        let number = earlier.and_then(|(_, number)| *number);
        numbers.push((terms.len() > 1).then_some(number.unwrap_or(at)));
    }
    numbers
}

fn differ_in_one_answer(one: &[Term], other: &[Term]) -> bool {
    let different = one.iter().zip(other).filter(|(a, b)| a != b);
    let different: Vec<_> = different.collect();
    one.len() == other.len()
        && different.len() == 1
        && different.iter().all(|(a, b)| a.node() == b.node())
}

fn happenings(flow: &Flow, term: &Term) -> Vec<Happening> {
    match term {
        Term::Done(_) => vec![Happening::Done],
        Term::Opened(_) => vec![Happening::Opened],
        Term::Skipped(_) => vec![Happening::Skipped],
        Term::Ticked(step, item) => {
            let step = flow.step(step);
            let number = step
                .and_then(|step| {
                    step.items()
                        .position(|piece| piece.id.as_ref() == Some(item))
                })
                .map_or(0, |at| at + 1);
            vec![Happening::Ticked(item.clone(), number)]
        }
        Term::Chosen(decision, answers) => answers
            .iter()
            .map(|answer| Happening::Chosen(answer.clone(), title(flow, decision, answer)))
            .collect(),
    }
}

fn title(flow: &Flow, decision: &NodeId, answer: &str) -> Pair {
    let options = match flow.node(decision) {
        Some(Node::Decision(decision)) => decision.options.as_slice(),
        Some(Node::Step(_)) | None => &[],
    };
    let option = options.iter().find(|option| option.id == answer);
    option.map_or_else(Pair::default, |option| option.title.clone())
}

fn add(
    nets: &mut Vec<Net>,
    source: usize,
    happening: &Happening,
    opener: &Opener<'_>,
    join: Option<usize>,
) {
    let is = |net: &Net| {
        net.happenings.first() == Some(happening)
            && net.mode == opener.mode
            && net.when.as_ref() == opener.when
    };
    if !nets.iter().any(is) {
        nets.push(Net {
            source,
            happenings: vec![happening.clone()],
            when: opener.when.cloned(),
            mode: opener.mode,
            branches: Vec::new(),
        });
    }
    let Some(net) = nets.iter_mut().find(|net| is(net)) else {
        return;
    };
    let basis = Ground::from(opener.basis);
    for &target in &opener.targets {
        add_branch(
            &mut net.branches,
            Branch {
                target,
                arcs: opener.arc.into_iter().collect(),
                basis,
                join,
            },
        );
    }
}

fn add_branch(branches: &mut Vec<Branch>, branch: Branch) {
    let same = |b: &&mut Branch| (b.target, b.join) == (branch.target, branch.join);
    if let Some(there) = branches.iter_mut().find(same) {
        let new = branch.arcs.iter().filter(|arc| !there.arcs.contains(arc));
        let new: Vec<usize> = new.copied().collect();
        there.arcs.extend(new);
        there.basis = there.basis.min(branch.basis);
    } else {
        branches.push(branch);
    }
}

/// Makes one net of those that differ in the answer only.
fn merged(nets: Vec<Net>) -> Vec<Net> {
    let mut merged: Vec<Net> = Vec::new();
    for net in nets {
        let ends = |net: &Net| {
            let mut ends: Vec<_> = net.branches.iter().map(|b| (b.target, b.join)).collect();
            ends.sort_unstable();
            ends
        };
        let is_answer = |net: &Net| {
            let answers = |h: &Happening| matches!(h, Happening::Chosen(..) | Happening::Skipped);
            net.happenings.iter().all(answers)
        };
        let same = merged.iter_mut().find(|other| {
            is_answer(other)
                && is_answer(&net)
                && (other.mode, &other.when) == (net.mode, &net.when)
                && ends(other) == ends(&net)
        });
        if let Some(same) = same {
            same.happenings.extend(net.happenings);
            for branch in net.branches {
                add_branch(&mut same.branches, branch);
            }
        } else {
            merged.push(net);
        }
    }
    merged
}
