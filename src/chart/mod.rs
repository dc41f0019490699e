//! The flowchart of a flow: its model, its automatic layout, and what it is written as.
//!
//! [`Chart::new`] reads a flow as shapes and nets, [`layout()`] gives them places in plain
//! numbers, [`draw()`] makes figures of them ([`scene`]), a [`Sheet`] is all that stands with it,
//! [`Tiles`] cuts that into a [`Page`] each, [`svg`], [`png`], [`mermaid`] and [`dot`] write it,
//! [`Progress`] says how far an incident has come on it. Nothing here knows a window, a disk or
//! the clock.
//!
//! **Invariant:** every arc of the flow is in a branch of a net, and every end has one.
//! **Invariant:** the same flow and the same texts give the same chart, number by number.

mod colors;
pub mod dot;
mod draw;
mod grid;
mod layout;
mod legend;
pub mod mermaid;
mod nets;
mod order;
mod page;
mod places;
pub mod png;
mod ports;
mod progress;
mod route;
pub mod scene;
mod sheet;
mod state;
pub mod svg;
mod texts;
pub mod tiles;
mod wires;

pub use draw::draw;
pub use grid::Sweeps;
pub use layout::{layout, layout_with};
pub use legend::{legend, sign};
pub use page::Page;
pub use places::{Bar, Layout, Piece, Placed, Point, Rect, TextLine, Wire};
pub use progress::{Mark, Progress, Standing};
pub use sheet::{Heading, Sheet, name};
pub use texts::{Texts, basis_key};
pub use tiles::{Paper, Tile, Tiles};

use crate::flow::{Basis, Flow, Guard, Mode, Node, NodeId, NodeIx, Pair};

/// A flow as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The roles that act first somewhere, in the order of the file.
    pub lanes: Vec<Lane>,
    /// The phases that have nodes, in order.
    pub bands: Vec<Band>,
    /// Steps, decisions and ends.
    pub shapes: Vec<Shape>,
    /// What leads from where to where.
    pub nets: Vec<Net>,
}

/// A lane: who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The role.
    pub role: String,
    /// Its title.
    pub title: Pair,
}

/// A band: a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The phase's number.
    pub phase: u8,
    /// Its title.
    pub title: Pair,
}

/// What a shape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something to do.
    Step,
    /// A question.
    Decision,
    /// A place where the main line ends.
    End,
}

/// A step, a decision or an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Which of the three.
    pub kind: Kind,
    /// The printed number; the identifier of an end.
    pub id: String,
    /// The node; none for an end.
    pub node: Option<NodeIx>,
    /// Its title or question.
    pub title: Pair,
    /// The lane, by its place in [`Chart::lanes`].
    pub lane: usize,
    /// The band, by its place in [`Chart::bands`].
    pub band: usize,
    /// It holds nothing up.
    pub side: bool,
    /// The source's text has no such step or question.
    pub ours: bool,
    /// The doors that open it, by their place in the flow.
    pub doors: Vec<usize>,
    /// A fact opens it at any time.
    pub by_fact: bool,
    /// The decision that is its ground.
    pub ground: Option<NodeId>,
}

/// What happens at a node so that a net is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It is completed or skipped.
    Done,
    /// It opens.
    Opened,
    /// One of its items is ticked: the identifier, and its number from 1.
    Ticked(String, usize),
    /// An answer is chosen: the identifier and what the button says.
    Chosen(String, Pair),
    /// It is skipped.
    Skipped,
}

/// All that follows from the same happenings at one node, in the same manner: one trunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net {
    /// Where it begins, by its place in [`Chart::shapes`].
    pub source: usize,
    /// What happens there; several lead to the same places.
    pub happenings: Vec<Happening>,
    /// What must hold besides.
    pub when: Option<Guard>,
    /// How the targets are opened.
    pub mode: Mode,
    /// Where it leads.
    pub branches: Vec<Branch>,
}

/// One way of a net to one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Where it ends, by its place in [`Chart::shapes`].
    pub target: usize,
    /// The arcs that say so, by their place in the flow; none where it leads to an end.
    pub arcs: Vec<usize>,
    /// The strongest ground among them.
    pub basis: Ground,
    /// The join of which all ways are needed; those of one join end side by side.
    pub join: Option<usize>,
}

/// Where an arrow comes from; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The text states it.
    Text,
    /// Only the order says so.
    Order,
    /// Ours.
    Derived,
}

impl From<&Basis> for Ground {
    fn from(basis: &Basis) -> Self {
        match basis {
            Basis::Text(_) => Self::Text,
            Basis::Order(_) => Self::Order,
            Basis::Derived(_) => Self::Derived,
        }
    }
}

impl Chart {
    /// Reads a flow as a chart.
    pub fn new(flow: &Flow) -> Self {
        let nodes: Vec<(NodeIx, Node<'_>)> = flow.nodes().collect();
        let acts = |role: &str| {
            let lane =
                |(_, node): &(NodeIx, Node<'_>)| node.acts().first().is_some_and(|r| r == role);
            nodes.iter().any(lane)
        };
        let lanes: Vec<Lane> = flow
            .roles()
            .iter()
            .filter(|role| acts(&role.id))
            .map(|role| Lane {
                role: role.id.clone(),
                title: role.title.clone(),
            })
            .collect();
        let mut phases: Vec<_> = flow.phases().iter().collect();
        phases.sort_by_key(|phase| phase.id);
        let bands: Vec<Band> = phases
            .into_iter()
            .filter(|phase| nodes.iter().any(|(_, node)| node.phase() == phase.id))
            .map(|phase| Band {
                phase: phase.id,
                title: phase.title.clone(),
            })
            .collect();
        let mut chart = Self {
            lanes,
            bands,
            shapes: Vec::new(),
            nets: Vec::new(),
        };
        for (ix, node) in nodes {
            let shape = chart.shape(flow, ix, node);
            chart.shapes.push(shape);
        }
        for end in flow.ends() {
            let shape = chart.end(end);
            chart.shapes.push(shape);
        }
        chart.nets = nets::of(flow, &chart);
        chart
    }

    fn shape(&self, flow: &Flow, ix: NodeIx, node: Node<'_>) -> Shape {
        let id = node.id();
        let first = node.acts().first();
        let doors = flow.doors().iter().enumerate();
        let grounds = |d: &&crate::flow::Decision| d.ground_of.as_ref() == Some(id);
        let (kind, ours, by_fact) = match node {
            Node::Step(step) => (Kind::Step, step.ours.is_some(), step.by_fact.is_some()),
            Node::Decision(decision) => {
                let ours = matches!(decision.basis, Basis::Derived(_));
                (Kind::Decision, ours, false)
            }
        };
        Shape {
            kind,
            id: id.to_string(),
            node: Some(ix),
            title: node.title().clone(),
            lane: place(&self.lanes, |lane| Some(&lane.role) == first),
            band: place(&self.bands, |band| band.phase == node.phase()),
            side: node.is_side(),
            ours,
            doors: doors
                .filter(|(_, door)| door.opens.contains(id))
                .map(|(at, _)| at)
                .collect(),
            by_fact,
            ground: flow.decisions().iter().find(grounds).map(|d| d.id.clone()),
        }
    }

    /// Makes an end stand where the last of what leads to it stands.
    fn end(&self, end: &crate::flow::End) -> Shape {
        let sources = end.on.terms().iter().filter_map(|term| {
            let at = self.at(term.node())?;
            self.shapes.get(at)
        });
        let mut last: Option<&Shape> = None;
        for source in sources {
            if last.is_none_or(|last| source.band > last.band) {
                last = Some(source);
            }
        }
        Shape {
            kind: Kind::End,
            id: end.id.clone(),
            node: None,
            title: end.title.clone(),
            lane: last.map_or(0, |shape| shape.lane),
            band: last.map_or(0, |shape| shape.band),
            side: false,
            ours: matches!(end.basis, Basis::Derived(_)),
            doors: Vec::new(),
            by_fact: false,
            ground: None,
        }
    }

    /// Finds the shape of a node.
    pub fn at(&self, id: &NodeId) -> Option<usize> {
        let is = |shape: &Shape| shape.kind != Kind::End && shape.id == id.as_str();
        self.shapes.iter().position(is)
    }

    /// Gives all branches with the place of their net, in order.
    pub fn branches(&self) -> impl Iterator<Item = (usize, &Net, &Branch)> {
        let nets = self.nets.iter().enumerate();
        nets.flat_map(|(at, net)| net.branches.iter().map(move |branch| (at, net, branch)))
    }
}

fn place<T>(of: &[T], is: impl Fn(&T) -> bool) -> usize {
    of.iter().position(is).unwrap_or_default()
}

/// Gives a count as a coordinate.
pub(super) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
