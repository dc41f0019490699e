//! What plain moves can ask again, and whether another answer then undoes something.

use super::Mode;
use super::graph::{GTerm, Graph, How, NodeIx, OptionIx};
use super::limits::Work;
use super::set::NodeSet;

/// Gives the nodes that plain moves can open again, or give a new attempt.
pub(super) fn renewable(graph: &Graph) -> NodeSet {
    let mut renewable: NodeSet = graph.ways.values().flatten().copied().collect();
    for arc in &graph.arcs {
        // The target of a loop need not be on a way back, and opens even when withdrawn.
        if matches!(arc.mode, Mode::Ask | Mode::Renew | Mode::Loop) {
            renewable.extend(&arc.opens);
        }
    }
    loop {
        let mut grown = false;
        for (ix, node) in graph.nodes.iter().enumerate() {
            if renewable.contains(NodeIx(ix)) {
                for &renewed in node.changes.iter().flat_map(|change| &change.renews) {
                    grown |= renewable.insert(renewed);
                }
            }
        }
        if !grown {
            return renewable;
        }
    }
}

/// Tells whether no changed answer withdraws, restores, parks or renews a node of the cone.
pub(super) fn is_quiet(
    graph: &Graph,
    cone: &NodeSet,
    renewable: &NodeSet,
    work: &mut Work,
) -> Option<bool> {
    for decision in renewable.iter() {
        let Some(node) = graph.nodes.get(decision.0) else {
            continue;
        };
        let options = node.options.as_deref().unwrap_or_default();
        let changes = node.changes.iter();
        if options.iter().any(|option| !option.withdraws.is_empty())
            || changes
                .clone()
                .any(|c| !c.parks.is_empty() || !c.renews.is_empty())
        {
            return Some(false);
        }
        let mut kept = Vec::new();
        let mut opened = Vec::new();
        for option in (0..options.len()).map(OptionIx) {
            work.spend(graph.size())?;
            kept.push(graph.always_led_to(decision, How::Answer(option)));
            if can_be_asked_again_after(graph, renewable, decision, option) {
                opened.push((option, graph.reachable_from(decision, How::Answer(option))));
            }
        }
        let changes_nothing = |(old, opened): &(OptionIx, NodeSet)| {
            kept.iter().enumerate().all(|(new, kept)| {
                new == old.0 || opened.iter().all(|n| kept.contains(n) || !cone.contains(n))
            })
        };
        work.spend(kept.len() * opened.len())?;
        if !opened.iter().all(changes_nothing) {
            return Some(false);
        }
    }
    Some(true)
}

/// Tells whether a plain move can ask a question again while this answer is in force.
fn can_be_asked_again_after(
    graph: &Graph,
    renewable: &NodeSet,
    decision: NodeIx,
    answer: OptionIx,
) -> bool {
    let changing = renewable.iter().filter_map(|node| graph.nodes.get(node.0));
    let changes = changing.flat_map(|node| &node.changes);
    let mut renewed = changes.flat_map(|change| &change.renews);
    renewed.any(|node| *node == decision)
        || graph.arcs.iter().enumerate().any(|(number, arc)| {
            let asks = matches!(arc.mode, Mode::Ask | Mode::Renew) && arc.opens.contains(&decision);
            let loops = graph
                .ways
                .get(&number)
                .is_some_and(|way| way.contains(&decision));
            // A loop that only this decision's own answers set off finds one of them in force.
            let by_another = |term: &GTerm| match term {
                GTerm::Chosen(node, options) if *node == decision => options.contains(&answer),
                _ => true,
            };
            asks || (loops && arc.on.terms.iter().any(by_another))
        })
}
