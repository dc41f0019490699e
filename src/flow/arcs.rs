//! The records of what opens what: arcs, their triggers, guards and modes, and their basis.

use serde::Deserialize;

use super::{NodeId, Pair};

/// A place where the main line ends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// For example `ended`.
    pub id: String,
    /// What has been reached.
    pub title: Pair,
    /// When.
    pub on: On,
    /// Why.
    pub basis: Basis,
}

/// An arc: what opens what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arc {
    /// What must happen.
    pub on: On,
    /// What must hold when it happens.
    #[serde(default)]
    pub when: Option<Guard>,
    /// What opens.
    pub opens: Vec<NodeId>,
    /// How.
    #[serde(default)]
    pub mode: Mode,
    /// What the opened node is to be taken as.
    #[serde(default)]
    pub note: Option<Pair>,
    /// Rows of the research table that support it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Whether the text says so.
    pub basis: Basis,
}

/// Any or all of several happenings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum On {
    /// One suffices.
    Any(Vec<Term>),
    /// All are needed.
    All(Vec<Term>),
}

impl On {
    /// Gives the terms.
    pub fn terms(&self) -> &[Term] {
        match self {
            Self::Any(terms) | Self::All(terms) => terms,
        }
    }
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum Term {
    /// The node opens.
    Opened(NodeId),
    /// The item is ticked, or its step is settled.
    Ticked(NodeId, String),
    /// The step is completed or skipped.
    Done(NodeId),
    /// One of the answers is chosen.
    Chosen(NodeId, Vec<String>),
    /// The decision is skipped.
    Skipped(NodeId),
}

impl Term {
    /// Gives the node that it is about.
    pub fn node(&self) -> &NodeId {
        match self {
            Self::Opened(node)
            | Self::Ticked(node, _)
            | Self::Done(node)
            | Self::Chosen(node, _)
            | Self::Skipped(node) => node,
        }
    }
}

/// A condition on what has been chosen and settled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum Guard {
    /// One of the answers is in force.
    Chosen(NodeId, Vec<String>),
    /// None of the answers is in force.
    NotChosen(NodeId, Vec<String>),
    /// All the nodes are settled or withdrawn.
    Settled(Vec<NodeId>),
    /// Every row of the table is settled.
    RowsSettled(String),
    /// All hold.
    All(Vec<Self>),
    /// One holds.
    Any(Vec<Self>),
}

/// How an arc opens its targets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Mode {
    /// Opens what is closed.
    #[default]
    Open,
    /// Opens what is closed and asks again for what is not settled.
    Remind,
    /// The same, and a settled node gets a new attempt.
    Ask,
    /// `Open` in the first attempt of its decision, `Ask` in later ones.
    Renew,
    /// A new attempt of the target and of the way back.
    Loop,
    /// Offers to ask the target again.
    Offer,
}

/// Where an arc, a door or an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum Basis {
    /// The text states it.
    Text(Vec<String>),
    /// Only numbering or the order of phases says so.
    Order(Vec<String>),
    /// Ours, with the reason.
    Derived(Pair),
}

impl Basis {
    /// Gives the identifier used in JSON and in the language files.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Order(_) => "order",
            Self::Derived(_) => "derived",
        }
    }
}
