//! The flow: a state machine in two languages, read from a RON file and proven before use.
//!
//! [`Flow::read`] is the only way to get one, and it gives either a flow that passed
//! every check of `docs/flow-format.md` section 3 or all the problems found.
//! Nothing here knows about incidents, files or the clock.
//!
//! **Invariant:** a `Flow` in memory is sound: every name resolves, every node can be
//! reached, and from every state of plain moves an end can be reached.

mod arcs;
mod check;
mod cone;
mod cover;
mod explore;
mod file;
mod graph;
mod led;
mod limits;
mod marking;
mod parts;
mod place;
mod problem;
#[cfg(test)]
mod proof_tests;
mod quiet;
mod reduce;
mod resolve;
mod runner;
mod set;
mod shipped;
mod sight;
mod syntax;
mod truth;
mod verdict;

use std::sync::Arc as Shared;

use sha2::{Digest as _, Sha256};

pub use arcs::*;
pub use graph::{NodeIx, OptionIx};
pub use limits::STATE_LIMIT;
pub use marking::{Becomes, Mark, Marking, Shift, State, Was, WithdrawnBy};
pub use parts::*;
pub(crate) use problem::nearest;
pub use problem::{Move, Problem, ProblemKind};
pub(crate) use runner::Runner;
pub use shipped::{SHIPPED, Shipped};

use graph::Graph;

/// The largest flow file that is read, in bytes.
pub const FLOW_BYTES_LIMIT: usize = 4 * 1024 * 1024;

/// A sound flow.
#[derive(Debug, Clone)]
pub struct Flow {
    file: file::FlowFile,
    graph: Graph,
    text: Shared<str>,
    sha256: String,
    states: usize,
}

/// A node of the flow: what can be open.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A step.
    Step(&'a Step),
    /// A decision.
    Decision(&'a Decision),
}

impl<'a> Node<'a> {
    /// Gives the printed identifier.
    pub fn id(self) -> &'a NodeId {
        match self {
            Node::Step(step) => &step.id,
            Node::Decision(decision) => &decision.id,
        }
    }

    /// Gives the title of a step or the question of a decision.
    pub fn title(self) -> &'a Pair {
        match self {
            Node::Step(step) => &step.title,
            Node::Decision(decision) => &decision.question,
        }
    }

    /// Gives the number of the phase.
    pub fn phase(self) -> u8 {
        match self {
            Node::Step(step) => step.phase,
            Node::Decision(decision) => decision.phase,
        }
    }

    /// Gives who acts or decides; the first is the lane.
    pub fn acts(self) -> &'a [String] {
        match self {
            Node::Step(step) => &step.acts,
            Node::Decision(decision) => &decision.acts,
        }
    }

    /// Gives what is to be recorded.
    pub fn fields(self) -> &'a [Field] {
        match self {
            Node::Step(step) => &step.fields,
            Node::Decision(decision) => &decision.fields,
        }
    }

    /// Tells whether it holds nothing up.
    pub fn is_side(self) -> bool {
        match self {
            Node::Step(step) => step.side,
            Node::Decision(decision) => decision.side,
        }
    }
}

impl Flow {
    /// Reads and checks a flow; gives all problems, in the order of the file, when it is not sound.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let (file, places) = file::parse(text)?;
        let graph = check::names(&file, &places)?;
        check::sense(&graph, &places)?;
        let states = verdict::prove(&file, &graph, &places)?;
        Ok(Self {
            file,
            graph,
            text: text.into(),
            sha256: sha256_hex(text.as_bytes()),
            states,
        })
    }

    /// Gives the identifier that journals name.
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// Gives the version of the content.
    pub fn version(&self) -> &str {
        &self.file.version
    }

    /// Gives the title.
    pub fn title(&self) -> &Pair {
        &self.file.title
    }

    /// Gives what the texts are quoted from.
    pub fn source(&self) -> &Pair {
        &self.file.source
    }

    /// Gives what a reader of its arrows must know.
    pub fn notice(&self) -> &Pair {
        &self.file.notice
    }

    /// Gives the file's text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the SHA-256 of the text, 64 hex digits.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Gives how many states the check visited.
    pub fn states(&self) -> usize {
        self.states
    }

    /// Gives the phases in order.
    pub fn phases(&self) -> &[Phase] {
        &self.file.phases
    }

    /// Gives the roles in the order of the lanes.
    pub fn roles(&self) -> &[Role] {
        &self.file.roles
    }

    /// Gives a role by its identifier.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.file.roles.iter().find(|role| role.id == id)
    }

    /// Gives the contacts.
    pub fn contacts(&self) -> &[Contact] {
        &self.file.contacts
    }

    /// Gives a contact by its identifier.
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.file.contacts.iter().find(|contact| contact.id == id)
    }

    /// Gives the reference situations.
    pub fn situations(&self) -> &[Situation] {
        &self.file.situations
    }

    /// Gives the tables.
    pub fn tables(&self) -> &[Table] {
        &self.file.tables
    }

    /// Gives a table by its identifier.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.file.tables.iter().find(|table| table.id == id)
    }

    /// Gives the duties to report.
    pub fn duties(&self) -> &[Duty] {
        &self.file.duties
    }

    /// Gives a duty by its identifier.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.file.duties.iter().find(|duty| duty.id == id)
    }

    /// Gives the doors.
    pub fn doors(&self) -> &[Door] {
        &self.file.doors
    }

    /// Gives a door by its identifier.
    pub fn door(&self, id: &str) -> Option<&Door> {
        self.file.doors.iter().find(|door| door.id == id)
    }

    /// Gives the steps in the order of the file.
    pub fn steps(&self) -> &[Step] {
        &self.file.steps
    }

    /// Gives the decisions in the order of the file, those with `ground_of` among them.
    pub fn decisions(&self) -> &[Decision] {
        &self.file.decisions
    }

    /// Gives a decision by its identifier, even one that is not a node.
    pub fn decision(&self, id: &NodeId) -> Option<&Decision> {
        self.file.decisions.iter().find(|d| d.id == *id)
    }

    /// Gives a step by its identifier.
    pub fn step(&self, id: &NodeId) -> Option<&Step> {
        self.file.steps.iter().find(|step| step.id == *id)
    }

    /// Gives the ends.
    pub fn ends(&self) -> &[End] {
        &self.file.ends
    }

    /// Gives the arcs in the order of the file.
    pub fn arcs(&self) -> &[Arc] {
        &self.file.arcs
    }

    /// Gives all nodes: the steps, then the decisions that are nodes.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIx, Node<'_>)> {
        self.graph
            .ids()
            .filter_map(|(ix, _)| Some((ix, self.node_at(ix)?)))
    }

    /// Gives a node's index; `None` when the flow has no such node.
    pub fn index(&self, id: &NodeId) -> Option<NodeIx> {
        self.graph.index(id)
    }

    /// Gives the identifier at an index.
    pub fn id_at(&self, ix: NodeIx) -> Option<&NodeId> {
        self.graph.id(ix)
    }

    /// Gives a node.
    pub fn node(&self, id: &NodeId) -> Option<Node<'_>> {
        self.node_at(self.index(id)?)
    }

    /// Gives the node at an index.
    pub fn node_at(&self, ix: NodeIx) -> Option<Node<'_>> {
        self.graph.node(&self.file, ix)
    }

    /// Gives the arcs that the node triggers, with what they open.
    pub fn arcs_from<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Arc> {
        self.file
            .arcs
            .iter()
            .filter(move |arc| arc.on.terms().iter().any(|term| term.node() == id))
    }

    /// Tells whether the answer's lock holds, given what is chosen and settled.
    pub fn is_unlocked(&self, marking: &Marking, decision: NodeIx, option: OptionIx) -> bool {
        self.graph.is_unlocked(marking, decision, option)
    }

    /// Gives the ends that have been reached.
    pub fn reached_ends(&self, marking: &Marking) -> impl Iterator<Item = &End> {
        let reached = self.graph.reached_ends(marking);
        self.file
            .ends
            .iter()
            .enumerate()
            .filter(move |(ix, _)| reached.contains(ix))
            .map(|(_, end)| end)
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }
}

impl PartialEq for Flow {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256
    }
}

impl Eq for Flow {}

/// Gives the SHA-256 of bytes as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a `String` cannot fail.
            if write!(hex, "{byte:02x}").is_err() {
                hex.clear();
            }
            hex
        })
}
