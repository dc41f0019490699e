//! On which other nodes it can depend what an operation made of the flow: what must not have
//! been otherwise when it is said that an operation would have come out the same.
//!
//! It names too many rather than too few.

use std::collections::BTreeSet;

use super::graph::{GTerm, Graph};
use super::marking::{Becomes, Marking, Shift};
use super::{Flow, Mode, NodeIx};

impl Flow {
    /// Gives the nodes on whose state it can depend what these shifts of a marking are, the
    /// shifted ones among them.
    pub fn looked_at(&self, marking: &Marking, shifts: &[Shift]) -> BTreeSet<NodeIx> {
        let graph = self.graph();
        let mut seen = BTreeSet::new();
        for shift in shifts {
            seen.insert(shift.node);
            if let Some(arc) = shift.arc {
                look_at_arc(graph, arc, &mut seen);
            }
            for &number in graph.index.leaving(shift.node) {
                let arc = graph.arcs.get(number);
                let meets = |term: &GTerm| term.node() == shift.node && concerns(term, shift);
                if arc.is_some_and(|arc| arc.on.terms.iter().any(meets)) {
                    look_at_arc(graph, number, &mut seen);
                }
            }
            let opens = matches!(
                shift.becomes,
                Becomes::Open | Becomes::Parked { .. } | Becomes::Restored | Becomes::Withdrawn(_)
            );
            if opens {
                look_at_deciders(graph, shift.node, &mut seen);
            }
            let settles = matches!(shift.becomes, Becomes::Chosen(_) | Becomes::Skipped);
            if graph.options(shift.node).is_some() && settles {
                look_at_answer(graph, shift.node, &mut seen);
                let mark = marking.mark(shift.node);
                if mark.attempt > 1 || mark.is_settled() {
                    look_behind(graph, shift.node, &mut seen);
                }
            }
            if shift.becomes == Becomes::Renewed {
                seen.extend(graph.loops_to(shift.node).flatten());
            }
        }
        seen
    }
}

/// Tells whether a shift can make a term true, or let it drop out of a join.
fn concerns(term: &GTerm, shift: &Shift) -> bool {
    let settles = matches!(
        shift.becomes,
        Becomes::Done | Becomes::Chosen(_) | Becomes::Skipped
    );
    match (term, shift.becomes) {
        (GTerm::Ticked(_, item), Becomes::Ticked(ticked)) => *item == ticked,
        (GTerm::Chosen(_, options), Becomes::Chosen(option)) => options.contains(&option),
        (GTerm::Opened(_), Becomes::Open | Becomes::Taken | Becomes::Restored)
        | (GTerm::Done(_), Becomes::Withdrawn(_))
        // Leaving out may stand for an answer.
        | (GTerm::Skipped(_) | GTerm::Chosen(..), Becomes::Skipped) => true,
        (GTerm::Ticked(..) | GTerm::Done(_), _) => settles,
        (GTerm::Opened(_) | GTerm::Chosen(..) | GTerm::Skipped(_), _) => false,
    }
}

fn look_at_arc(graph: &Graph, number: usize, seen: &mut BTreeSet<NodeIx>) {
    let Some(arc) = graph.arcs.get(number) else {
        return;
    };
    seen.extend(arc.on.terms.iter().map(GTerm::node));
    seen.extend(&arc.opens);
    seen.extend(graph.ways.get(&number).into_iter().flatten());
    if let Some(guard) = &arc.when {
        guard.nodes(seen);
    }
}

/// What opens or goes can be held back or withdrawn by answers that stand.
fn look_at_deciders(graph: &Graph, node: NodeIx, seen: &mut BTreeSet<NodeIx>) {
    seen.extend(graph.index.deciders(node));
}

/// An answer looks at what its locks ask for and at what it withdraws, parks or begins anew.
fn look_at_answer(graph: &Graph, decision: NodeIx, seen: &mut BTreeSet<NodeIx>) {
    seen.extend(graph.index.locks(decision));
    if let Some(node) = graph.nodes.get(decision.0) {
        let options = node.options.iter().flatten();
        seen.extend(options.flat_map(|option| &option.withdraws));
        for change in &node.changes {
            seen.extend(change.parks.iter().chain(&change.renews));
        }
    }
}

/// An answer in the place of another looks at all that lies behind it, and at which other
/// answers lead there.
fn look_behind(graph: &Graph, decision: NodeIx, seen: &mut BTreeSet<NodeIx>) {
    let is_decision = |node: &NodeIx| graph.options(*node).is_some();
    seen.extend((0..graph.nodes.len()).map(NodeIx).filter(is_decision));
    let mut queue = vec![decision];
    let mut behind = BTreeSet::new();
    while let Some(node) = queue.pop() {
        for &number in graph.index.leaving(node) {
            let arc = graph.arcs.get(number);
            let arc = arc.filter(|arc| !matches!(arc.mode, Mode::Loop | Mode::Offer));
            for &target in arc.into_iter().flat_map(|arc| &arc.opens) {
                if behind.insert(target) {
                    look_at_deciders(graph, target, seen);
                    queue.push(target);
                }
            }
        }
    }
    seen.extend(behind);
}
