//! The part of a flow on which one question depends.
//!
//! The **cone** of a question holds the nodes that it names and, again and again, every node
//! that a term, a guard or a lock reads on the way to one of them, and every decision whose
//! answers withdraw, park or renew one of them. Nothing outside the cone is read by anything
//! inside it (`docs/flow-format.md` 3.2), so the question is answered on the cone alone.

use super::Mode;
use super::graph::{GArc, GGuard, GNode, GTerm, Graph, Index, NodeIx};
use super::limits::Work;
use super::quiet::{is_quiet, renewable};
use super::set::NodeSet;

/// What a search wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aim {
    /// Whether an end can be reached from every state, and whether a join waits for ever.
    Ends,
    /// Whether the node opens.
    Node(NodeIx),
    /// Which answers of the decision are ever free.
    Answers(NodeIx),
    /// Whether the arc's guard ever holds at its trigger.
    Arc(usize),
}

impl Aim {
    /// Tells whether the arc itself is asked about.
    pub(super) fn observes(self, number: usize, arc: &GArc) -> bool {
        match self {
            Self::Ends => arc.on.all,
            Self::Arc(asked) => asked == number,
            Self::Node(_) | Self::Answers(_) => false,
        }
    }
}

/// A cone, with the flow cut down to it; nodes keep their numbers.
#[derive(Debug)]
pub(super) struct Cone {
    pub(super) aim: Aim,
    pub(super) nodes: NodeSet,
    pub(super) graph: Graph,
    /// The number in the whole flow of each arc.
    pub(super) origin: Vec<usize>,
    /// Nodes that plain moves can open again, or give a new attempt.
    pub(super) renewable: NodeSet,
    /// No plain move can change an answer so that a node of the cone is withdrawn, restored,
    /// parked or renewed by the change.
    pub(super) is_quiet: bool,
}

impl Cone {
    /// Cuts out the cone of a question; nothing when that alone is too much work.
    pub(super) fn of(whole: &Graph, aim: Aim, work: &mut Work) -> Option<Self> {
        let cone = Self::cut_out(whole, aim, false, work)?;
        if cone.is_quiet {
            return Some(cone);
        }
        // An offer that meets a settled node lets what stands behind it come back.
        Self::cut_out(whole, aim, true, work)
    }

    fn cut_out(whole: &Graph, aim: Aim, offers: bool, work: &mut Work) -> Option<Self> {
        work.spend(whole.size())?;
        let nodes = nodes(whole, aim, offers);
        let (graph, origin) = cut(whole, &nodes, aim, offers);
        let renewable = renewable(&graph);
        let aim = match aim {
            // Inside the cone arcs have numbers of their own.
            Aim::Arc(number) => Aim::Arc(origin.iter().position(|o| *o == number).unwrap_or(0)),
            Aim::Ends | Aim::Node(_) | Aim::Answers(_) => aim,
        };
        Some(Self {
            is_quiet: is_quiet(&graph, &nodes, &renewable, work)?,
            aim,
            nodes,
            graph,
            origin,
            renewable,
        })
    }

    /// Tells whether the cone holds everything on which the arc's firing depends.
    pub(super) fn judges(&self, arc: &GArc) -> bool {
        let terms = arc.on.terms.iter().map(GTerm::node);
        let mut read = terms.chain(read_by(arc.when.as_ref()));
        read.all(|node| self.nodes.contains(node))
    }
}

/// Gives the nodes that a guard reads.
pub(super) fn read_by(guard: Option<&GGuard>) -> impl Iterator<Item = NodeIx> {
    let mut nodes = std::collections::BTreeSet::new();
    if let Some(guard) = guard {
        guard.nodes(&mut nodes);
    }
    nodes.into_iter()
}

fn nodes(whole: &Graph, aim: Aim, offers: bool) -> NodeSet {
    let mut cone = NodeSet::with_room(whole.nodes.len());
    let mut queue: Vec<NodeIx> = Vec::new();
    match aim {
        Aim::Ends => {
            let joins = whole.arcs.iter().map(|arc| &arc.on).filter(|on| on.all);
            queue.extend(
                joins
                    .chain(&whole.ends)
                    .flat_map(|on| &on.terms)
                    .map(GTerm::node),
            );
        }
        Aim::Node(node) | Aim::Answers(node) => queue.push(node),
        Aim::Arc(number) => {
            let arc = whole.arcs.get(number);
            queue.extend(
                arc.into_iter()
                    .flat_map(|arc| &arc.on.terms)
                    .map(GTerm::node),
            );
            queue.extend(read_by(arc.and_then(|arc| arc.when.as_ref())));
        }
    }
    let is_offer = |arc: &&GArc| offers && arc.mode == Mode::Offer;
    while let Some(node) = queue.pop() {
        if !cone.insert(node) {
            continue;
        }
        let offering = whole.arcs.iter().filter(is_offer);
        for arc in offering.filter(|arc| arc.opens.contains(&node)) {
            queue.extend(arc.on.terms.iter().map(GTerm::node));
            queue.extend(read_by(arc.when.as_ref()));
        }
        queue.extend(whole.index.deciders(node));
        queue.extend(whole.index.locks(node));
        for arc in whole
            .index
            .entering(node)
            .iter()
            .filter_map(|&a| whole.arcs.get(a))
        {
            queue.extend(arc.on.terms.iter().map(GTerm::node));
            queue.extend(read_by(arc.when.as_ref()));
        }
    }
    cone
}

/// Cuts the flow down to the cone: arcs that change its nodes, and arcs that are asked about.
fn cut(whole: &Graph, cone: &NodeSet, aim: Aim, offers: bool) -> (Graph, Vec<usize>) {
    let within = |nodes: &[NodeIx]| -> Vec<NodeIx> {
        nodes
            .iter()
            .copied()
            .filter(|node| cone.contains(*node))
            .collect()
    };
    let mut graph = Graph::default();
    let mut origin = Vec::new();
    for (number, arc) in whole.arcs.iter().enumerate() {
        let is_left_out = arc.mode == Mode::Offer && !offers;
        let opens = if is_left_out {
            Vec::new()
        } else {
            within(&arc.opens)
        };
        let way = whole.ways.get(&number).into_iter().flatten().copied();
        let changes = !is_left_out && (!opens.is_empty() || cone.meets(way.clone()));
        if changes || aim.observes(number, arc) {
            if changes && arc.mode == Mode::Loop {
                let way = way.filter(|node| cone.contains(*node)).collect();
                graph.ways.insert(graph.arcs.len(), way);
            }
            graph.arcs.push(GArc {
                opens,
                ..arc.clone()
            });
            origin.push(number);
        }
    }
    for (ix, node) in whole.nodes.iter().enumerate() {
        let mut node = if cone.contains(NodeIx(ix)) {
            node.clone()
        } else {
            // A stand-in, so that nodes keep their numbers.
            GNode {
                options: None,
                changes: Vec::new(),
                ..node.clone()
            }
        };
        for option in node.options.iter_mut().flatten() {
            option.withdraws = within(&option.withdraws);
        }
        for change in &mut node.changes {
            change.parks = within(&change.parks);
            change.renews = within(&change.renews);
        }
        graph.nodes.push(node);
    }
    graph.doors = whole.doors.iter().map(|opens| within(opens)).collect();
    if aim == Aim::Ends {
        graph.ends.clone_from(&whole.ends);
    }
    graph.index = Index::of(&graph);
    (graph, origin)
}
