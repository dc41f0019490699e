//! How far an incident has come on the chart: a function of the flow and any prefix of the journal.

use std::collections::BTreeMap;

use super::{Chart, Happening, Net};
use crate::flow::{Flow, NodeId, State};
use crate::incident::{EntryNumber, How, Incident, Moment, Outcome};
use crate::words::Words;

/// What has become of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing led there so far.
    Ahead,
    /// To be worked on.
    Open,
    /// Open, set aside.
    Parked,
    /// Completed or answered; reached, for an end.
    Done,
    /// Completed with items left unticked.
    Partly,
    /// It could not be done.
    Impossible,
    /// It does not apply.
    NotApplicable,
    /// Left out.
    Skipped,
    /// No longer needed.
    Withdrawn,
}

impl Mark {
    /// Gives the key of its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ahead => "state-closed",
            Self::Open => "state-open",
            Self::Parked => "state-parked",
            Self::Done => "state-done",
            Self::Partly => "state-partly",
            Self::Impossible => "state-impossible",
            Self::NotApplicable => "state-not-applicable",
            Self::Skipped => "state-skipped",
            Self::Withdrawn => "state-withdrawn",
        }
    }
}

impl Mark {
    /// Gives what has become of a node.
    pub fn of(state: State, how: Option<How>) -> Self {
        match state {
            State::Closed => Self::Ahead,
            State::Open => Self::Open,
            State::Parked { .. } => Self::Parked,
            State::Done(_) | State::Skipped => match how {
                Some(How::Partly) => Self::Partly,
                Some(How::Impossible) => Self::Impossible,
                Some(How::NotApplicable) => Self::NotApplicable,
                Some(How::Skipped) => Self::Skipped,
                Some(How::Done) | None => Self::Done,
            },
            State::Withdrawn { .. } => Self::Withdrawn,
        }
    }
}

/// How a shape stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What has become of it.
    pub mark: Mark,
    /// How often it has been begun.
    pub attempts: usize,
    /// A deadline of its duty has passed without a report.
    pub overdue: bool,
    /// It is settled, and its duty is not: neither reported nor explicitly not.
    pub unreported: bool,
}

impl Standing {
    /// Says it: the mark's word, the attempts when there are several, and that it is overdue.
    pub fn said(self, words: &Words) -> String {
        let mut said = words.get(self.mark.key());
        if self.attempts > 1 {
            said.push_str(", ");
            said.push_str(&words.count("chart-attempts", self.attempts));
        }
        if self.overdue {
            said.push_str(", ");
            said.push_str(&words.get("chart-overdue"));
        } else if self.unreported {
            said.push_str(", ");
            said.push_str(&words.get("duty-running"));
        }
        said
    }
}

/// How far an incident has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How each shape of the chart stands.
    pub shapes: Vec<Standing>,
    /// Whether each branch of each net was followed.
    pub travelled: Vec<Vec<bool>>,
}

impl Progress {
    /// Looks at an incident; `now` is the moment that deadlines are held against.
    pub fn new(chart: &Chart, flow: &Flow, incident: &Incident, now: Moment) -> Self {
        let ends: Vec<&str> = flow
            .reached_ends(incident.marking())
            .map(|end| end.id.as_str())
            .collect();
        let late: Vec<&NodeId> = incident
            .deadlines(flow)
            .into_iter()
            .filter(|deadline| deadline.state.is_running() && deadline.due.last < now)
            .map(|deadline| &deadline.duty.step)
            .collect();
        let duties = incident.duties(flow);
        let running: Vec<&NodeId> = duties
            .iter()
            .filter(|part| part.state.is_running())
            .map(|part| &part.duty.step)
            .collect();
        // When each arc did something to each node, last.
        let mut fired: BTreeMap<(&NodeId, usize), EntryNumber> = BTreeMap::new();
        for entry in incident.counting() {
            for effect in &entry.effects {
                if let Some(arc) = effect.arc {
                    fired.insert((&effect.node, arc as usize), entry.number);
                }
            }
        }
        let shapes = chart.shapes.iter().map(|shape| {
            let id = NodeId::from(shape.id.as_str());
            let Some(node) = shape.node else {
                let reached = ends.contains(&shape.id.as_str());
                return Standing {
                    mark: if reached { Mark::Done } else { Mark::Ahead },
                    attempts: usize::from(reached),
                    overdue: false,
                    unreported: false,
                };
            };
            let mark = incident.marking().mark(node);
            let opened = |attempt: &&crate::incident::Attempt| {
                attempt.opened.is_some() || attempt.settled.is_some()
            };
            Standing {
                mark: Mark::of(mark.state, incident.how(flow, &id)),
                attempts: incident.attempts(&id).iter().filter(opened).count(),
                overdue: late.contains(&&id),
                unreported: mark.is_settled() && running.contains(&&id),
            }
        });
        let travelled = chart.nets.iter().map(|net| {
            let since = since(chart, incident, net);
            let branches = net.branches.iter().map(|branch| {
                let Some(since) = since else {
                    return false;
                };
                let Some(target) = chart.shapes.get(branch.target) else {
                    return false;
                };
                if branch.arcs.is_empty() {
                    return ends.contains(&target.id.as_str());
                }
                let id = NodeId::from(target.id.as_str());
                let last = branch.arcs.iter().filter_map(|arc| fired.get(&(&id, *arc)));
                last.max() >= Some(&since)
            });
            branches.collect()
        });
        Self {
            shapes: shapes.collect(),
            travelled: travelled.collect(),
        }
    }

    /// Gives how a shape stands.
    pub fn standing(&self, shape: usize) -> Standing {
        self.shapes.get(shape).copied().unwrap_or(Standing {
            mark: Mark::Ahead,
            attempts: 0,
            overdue: false,
            unreported: false,
        })
    }

    /// Tells whether a branch was followed.
    pub fn is_travelled(&self, net: usize, branch: usize) -> bool {
        let net = self.travelled.get(net);
        net.and_then(|net| net.get(branch))
            .copied()
            .unwrap_or(false)
    }
}

/// Gives the first entry at which a net could be followed; none when it never could.
fn since(chart: &Chart, incident: &Incident, net: &Net) -> Option<EntryNumber> {
    let source = chart.shapes.get(net.source)?;
    let attempts = incident.attempts(&NodeId::from(source.id.as_str()));
    let found = attempts.iter().flat_map(|attempt| {
        net.happenings.iter().filter_map(move |happening| {
            let settled = attempt.settled.as_ref();
            let stamp = match happening {
                Happening::Done => settled.map(|(stamp, _)| *stamp),
                Happening::Opened => attempt.opened,
                Happening::Skipped => settled
                    .filter(|(_, how)| *how == Outcome::Skipped)
                    .map(|(stamp, _)| *stamp),
                Happening::Chosen(answer, _) => settled
                    .filter(|(_, how)| *how == Outcome::Chosen(answer.clone()))
                    .map(|(stamp, _)| *stamp),
                Happening::Ticked(_, number) => {
                    let number = u32::try_from(*number).ok()?;
                    let tick = attempt.ticks.get(&number).copied();
                    tick.or(settled.map(|(stamp, _)| *stamp))
                }
            };
            stamp.map(|stamp| stamp.entry)
        })
    });
    found.min()
}
