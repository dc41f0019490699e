//! On which other nodes it can depend what an operation made of the flow: what must not have
//! been otherwise when it is said that an operation would have come out the same.
//!
//! It names too many rather than too few.

use std::collections::BTreeSet;

use super::graph::{GTerm, Graph};
use super::marking::{Becomes, Shift};
use super::{Flow, Mode, NodeIx};

impl Flow {
    /// Gives the nodes on whose state it can depend what these shifts are, the shifted ones
    /// among them.
    pub fn looked_at(&self, shifts: &[Shift]) -> BTreeSet<NodeIx> {
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
            let settles = matches!(shift.becomes, Becomes::Chosen(_) | Becomes::Skipped);
            if graph.options(shift.node).is_some() && settles {
                look_behind(graph, shift.node, &mut seen);
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
        | (GTerm::Skipped(_), Becomes::Skipped) => true,
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

/// An answer that changes looks at all that an answer of the decision ever led to, withdraws,
/// parks or begins anew, and at what its locks ask for.
fn look_behind(graph: &Graph, decision: NodeIx, seen: &mut BTreeSet<NodeIx>) {
    seen.extend(graph.index.locks(decision));
    let mut queue = vec![decision];
    let mut behind = BTreeSet::new();
    if let Some(node) = graph.nodes.get(decision.0) {
        let options = node.options.iter().flatten();
        seen.extend(options.flat_map(|option| &option.withdraws));
        for change in &node.changes {
            seen.extend(change.parks.iter().chain(&change.renews));
        }
    }
    while let Some(node) = queue.pop() {
        for &number in graph.index.leaving(node) {
            let arc = graph.arcs.get(number);
            let arc = arc.filter(|arc| !matches!(arc.mode, Mode::Loop | Mode::Offer));
            for &target in arc.into_iter().flat_map(|arc| &arc.opens) {
                if behind.insert(target) {
                    queue.push(target);
                }
            }
        }
    }
    seen.extend(behind);
}
