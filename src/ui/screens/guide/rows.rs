//! The lists of the guide as plain data: what is open by role, parked, next, done.
//!
//! Pure: flow, incident, words and the present moment go in. The painter is `list`.

use std::collections::BTreeSet;

use crate::flow::{Flow, Language, Mode, Node, NodeId, State};
use crate::incident::{How, Incident, Moment, Outcome};
use crate::telling::{Telling, how_key};
use crate::ui::times;

/// A node in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Which node.
    pub id: NodeId,
    /// Its phase.
    pub phase: u8,
    /// Its title or question.
    pub title: String,
    /// A decision.
    pub is_decision: bool,
    /// Its state.
    pub state: State,
    /// What became of it, where it is settled.
    pub how: Option<How>,
    /// Who has it: the role's holder.
    pub holder: Option<String>,
    /// Since when, or how it ended.
    pub line: String,
    /// The flow has asked for it again.
    pub asked_again: bool,
}

/// Open nodes of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// The role's title.
    pub role: String,
    /// Its holder.
    pub holder: Option<String>,
    /// The nodes.
    pub rows: Vec<Row>,
}

/// All lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// To be worked on, by role in the order of the lanes.
    pub open: Vec<Group>,
    /// To be worked on, holding nothing up.
    pub side: Vec<Row>,
    /// Set aside.
    pub parked: Vec<Row>,
    /// Questions that a new fact may answer differently.
    pub offered: Vec<Row>,
    /// Steps that a fact opens at any time, and are not open.
    pub by_fact: Vec<Row>,
    /// What the open ones lead to.
    pub next: Vec<Row>,
    /// Done, the latest first.
    pub done: Vec<Row>,
    /// Skipped, the latest first: not done, by somebody's decision.
    pub skipped: Vec<Row>,
    /// No longer needed.
    pub withdrawn: Vec<Row>,
}

impl Lists {
    /// Gives the open nodes in the order in which they are shown.
    pub(crate) fn open_ids(&self) -> Vec<NodeId> {
        let main = self.open.iter().flat_map(|group| &group.rows);
        main.chain(&self.side).map(|row| row.id.clone()).collect()
    }

    /// Gives how many nodes are open.
    pub(crate) fn open_count(&self) -> usize {
        self.side.len()
            + self
                .open
                .iter()
                .map(|group| group.rows.len())
                .sum::<usize>()
    }
}

/// Makes the lists.
pub(crate) fn lists(telling: Telling<'_>, incident: &Incident, now: Moment) -> Lists {
    let flow = telling.flow;
    let mut lists = Lists::default();
    let mut open: Vec<(String, Row)> = Vec::new();
    let mut done: Vec<(Option<Moment>, Row)> = Vec::new();
    for (ix, node) in flow.nodes() {
        let mark = incident.marking().mark(ix);
        let made = row(telling, incident, node, mark.state, now);
        match mark.state {
            State::Open if node.is_side() => lists.side.push(made),
            State::Open => open.push((lane(node), made)),
            State::Parked { .. } => lists.parked.push(made),
            State::Done(_) | State::Skipped => {
                let at = incident
                    .attempt(node.id())
                    .and_then(|attempt| attempt.settled.as_ref().map(|(stamp, _)| stamp.at));
                done.push((at, made));
            }
            State::Withdrawn { .. } => lists.withdrawn.push(made),
            State::Closed => {
                if matches!(node, Node::Step(step) if step.by_fact.is_some()) {
                    lists.by_fact.push(made);
                }
            }
        }
    }
    for role in flow.roles() {
        let rows: Vec<Row> = open
            .iter()
            .filter(|(lane, _)| *lane == role.id)
            .map(|(_, row)| row.clone())
            .collect();
        if !rows.is_empty() {
            let holders = incident.roles().get(&role.id);
            let holder = holders.and_then(|holders| holders.holder.clone());
            let role = role.title.get(telling.words.language()).to_owned();
            lists.open.push(Group { role, holder, rows });
        }
    }
    done.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let done = done.into_iter().map(|(_, row)| row);
    (lists.skipped, lists.done) = done.partition(|row| row.how == Some(How::Skipped));
    lists.next = next(telling, incident, now);
    lists.offered = incident
        .offers()
        .iter()
        .filter_map(|id| {
            let node = flow.node(id)?;
            let state = incident.state(flow, id);
            Some(row(telling, incident, node, state, now))
        })
        .collect();
    lists
}

fn lane(node: Node<'_>) -> String {
    node.acts().first().cloned().unwrap_or_default()
}

/// Gives who holds the role of a node; of a settled one who held it then.
pub(super) fn holder(incident: &Incident, role: &str, node: &NodeId) -> Option<String> {
    let settled = incident.attempt(node).and_then(|a| a.settled.as_ref());
    let holders = match settled {
        Some((stamp, _)) => incident.holders_at(role, stamp.entry),
        None => incident.roles().get(role),
    };
    holders?.holder.clone()
}

/// Makes the row of one node.
pub(super) fn row(
    telling: Telling<'_>,
    incident: &Incident,
    node: Node<'_>,
    state: State,
    now: Moment,
) -> Row {
    let words = telling.words;
    let attempt = incident.attempt(node.id());
    let is_settled = matches!(state, State::Done(_) | State::Skipped);
    let how = attempt.and_then(|attempt| attempt.how(telling.flow, node.id()));
    let how = how.filter(|_| is_settled);
    let since = |at: Option<Moment>, key: &str| {
        at.map(|at| {
            let passed = times::length(words, now.signed_duration_since(at));
            words.with(key, &[("at", times::moment(at, now)), ("passed", passed)])
        })
    };
    let line = match state {
        State::Open => since(
            attempt.and_then(|a| a.opened).map(|s| s.at),
            "row-open-since",
        ),
        State::Parked { by_flow } => since(
            attempt.and_then(|a| a.parked).map(|s| s.at),
            if by_flow {
                "row-parked-by-flow"
            } else {
                "row-parked-since"
            },
        ),
        State::Done(_) | State::Skipped => attempt.and_then(|a| {
            let (stamp, outcome) = a.settled.as_ref()?;
            let at = times::moment(stamp.at, now);
            Some(match outcome {
                Outcome::Done | Outcome::Skipped => match how {
                    Some(How::Done) | None => at,
                    Some(how) => {
                        let how = words.get(how_key(how));
                        words.with("row-how", &[("at", at), ("how", how)])
                    }
                },
                Outcome::Chosen(option) => {
                    let option = telling.option(node.id(), option);
                    words.with("row-chosen", &[("at", at), ("option", option)])
                }
            })
        }),
        State::Withdrawn { .. } | State::Closed => None,
    };
    Row {
        id: node.id().clone(),
        phase: node.phase(),
        title: node.title().get(words.language()).to_owned(),
        is_decision: matches!(node, Node::Decision(_)),
        state,
        how,
        holder: holder(incident, &lane(node), node.id()),
        line: line.unwrap_or_default(),
        asked_again: state == State::Open && attempt.is_some_and(|a| a.reminded.is_some()),
    }
}

/// Gives the closed nodes that the open ones lead to, in the order of the flow.
fn next(telling: Telling<'_>, incident: &Incident, now: Moment) -> Vec<Row> {
    let flow = telling.flow;
    let mut ids: BTreeSet<&NodeId> = BTreeSet::new();
    for (_, node) in incident.open_nodes(flow) {
        for arc in flow.arcs_from(node.id()) {
            if arc.mode == Mode::Offer {
                continue;
            }
            ids.extend(&arc.opens);
        }
    }
    flow.nodes()
        .filter(|(ix, node)| {
            ids.contains(node.id()) && incident.marking().mark(*ix).state == State::Closed
        })
        .map(|(_, node)| row(telling, incident, node, State::Closed, now))
        .collect()
}

/// Gives the phase in which the work is: the latest one that has an open node, or the latest
/// one in which anything was settled.
pub(super) fn current_phase(flow: &Flow, incident: &Incident) -> Option<u8> {
    let open = incident
        .open_nodes(flow)
        .filter(|(_, node)| !node.is_side())
        .map(|(_, node)| node.phase())
        .max();
    open.or_else(|| {
        flow.nodes()
            .filter(|(ix, _)| incident.marking().mark(*ix).is_settled())
            .map(|(_, node)| node.phase())
            .max()
    })
}

/// A phase on the line of pills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhasePill {
    /// Its number.
    pub phase: u8,
    /// Its title.
    pub title: String,
    /// The work is in it.
    pub current: bool,
    /// Something was settled in it and nothing of it is open.
    pub done: bool,
}

/// Makes the line of phases; the preparation is left out while an alarm runs.
pub(crate) fn phases(flow: &Flow, incident: &Incident, language: Language) -> Vec<PhasePill> {
    let current = current_phase(flow, incident);
    let peacetime = incident
        .door()
        .and_then(|door| flow.door(door))
        .is_some_and(|door| door.peacetime);
    flow.phases()
        .iter()
        .filter(|phase| peacetime == (phase.id == 0))
        .map(|phase| {
            let nodes: Vec<_> = flow
                .nodes()
                .filter(|(_, node)| node.phase() == phase.id)
                .map(|(ix, _)| incident.marking().mark(ix))
                .collect();
            let is_open = flow
                .nodes()
                .filter(|(_, node)| node.phase() == phase.id && !node.is_side())
                .any(|(ix, _)| incident.marking().mark(ix).is_open());
            let closed = incident.closed().is_some();
            let is_current = !closed && (is_open || current == Some(phase.id));
            PhasePill {
                phase: phase.id,
                title: phase.title.get(language).to_owned(),
                current: is_current,
                done: !is_current
                    && nodes.iter().any(|mark| mark.is_settled())
                    && !nodes
                        .iter()
                        .any(|mark| matches!(mark.state, State::Open | State::Parked { .. })),
            }
        })
        .collect()
}
