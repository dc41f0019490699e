//! What became of nodes and duties, in words: the same on every screen, chart and list.

use super::Telling;
use crate::flow::{Flow, NodeId, State};
use crate::incident::{Became, DutyReport, Entry, Event, How, Incident, duty_name};

impl Telling<'_> {
    /// Gives the warning of the flow that goes with a changed answer, where it has one.
    fn change_warning(&self, entry: &Entry) -> Option<String> {
        let Event::OptionChosen {
            node,
            option,
            instead_of,
            ..
        } = &entry.event
        else {
            return None;
        };
        let changes = &self.flow.decision(node)?.changes;
        let change = changes.iter().find(|change| {
            let from = instead_of
                .as_ref()
                .is_some_and(|of| change.from.contains(of));
            change.to.contains(option) && (change.from.is_empty() || from)
        })?;
        Some(change.warning.get(self.language()).to_owned())
    }

    /// Says which nodes the flow set aside with an entry, and why; none where it did not.
    pub fn set_aside(&self, entry: &Entry) -> Option<String> {
        let parked = entry.effects.iter();
        let parked = parked.filter(|effect| effect.becomes == Became::ParkedByFlow);
        let nodes: Vec<String> = parked.map(|effect| self.node(&effect.node)).collect();
        if nodes.is_empty() {
            return None;
        }
        let nodes = nodes.join(&self.words.get("list-comma"));
        let why = self.set_aside_warning(entry).unwrap_or_default();
        let args = [("nodes", nodes), ("why", why)];
        Some(self.words.with("set-aside", &args))
    }

    /// Gives the warning with which the flow set something aside; none where it did not.
    pub fn set_aside_warning(&self, entry: &Entry) -> Option<String> {
        self.change_warning(entry)
            .or_else(|| self.hold_warning(entry))
    }

    /// Gives the warning with which a node is held back that opened parked: an earlier answer
    /// parks it until a step is settled.
    fn hold_warning(&self, entry: &Entry) -> Option<String> {
        let parked = entry.effects.iter();
        let parked = parked.filter(|effect| effect.becomes == Became::ParkedByFlow);
        let holds = |node: &NodeId| {
            let mut changes = self.flow.decisions().iter().flat_map(|d| &d.changes);
            changes.find(|change| change.until.is_some() && change.parks.contains(node))
        };
        let change = parked.map(|effect| &effect.node).find_map(holds)?;
        Some(change.warning.get(self.language()).to_owned())
    }

    /// Gives the title of a duty (`mhlw`), or of one of its deadlines (`ppc/prompt`).
    pub fn duty(&self, name: &str) -> String {
        let title = |pair: &crate::flow::Pair| pair.get(self.language()).to_owned();
        let (duty, deadline) = match name.split_once('/') {
            Some((duty, deadline)) => (duty, Some(deadline)),
            None => (name, None),
        };
        let found = self.flow.duty(duty).and_then(|duty| {
            let Some(deadline) = deadline else {
                return Some(title(&duty.title));
            };
            let deadline = duty.deadlines.iter().find(|d| d.id == deadline)?;
            Some(format!("{} {}", title(&duty.title), title(&deadline.title)))
        });
        found.unwrap_or_else(|| name.to_owned())
    }

    /// Says that a step, or one of its items, was found to be something.
    pub(super) fn found(
        &self,
        [whole, of_item]: [&'static str; 2],
        node: &NodeId,
        item: Option<u32>,
    ) -> String {
        let node_name = ("node", self.node(node));
        match item {
            None => self.words.with(whole, &[node_name]),
            Some(item) => {
                let args = [node_name, ("item", self.item(node, item))];
                self.words.with(of_item, &args)
            }
        }
    }

    /// Says which report was made, to whom, by whom, under which number.
    pub(super) fn reported(&self, report: &DutyReport) -> String {
        let duty = self.duty(&duty_name(&report.duty, report.deadline.as_deref()));
        let mut line = self.words.with("entry-reported", &[("duty", duty)]);
        let said = self.report_parts(report);
        if !said.is_empty() {
            let said = said.join(&self.words.get("list-comma"));
            line.push_str(&self.words.with("entry-reported-how", &[("text", said)]));
        }
        line
    }

    /// Says to whom a report went, by whom, under which number: those that there are.
    pub fn report_parts(&self, report: &DutyReport) -> Vec<String> {
        let parts = [
            ("report-to", &report.to),
            ("report-by", &report.reporter),
            ("report-ref", &report.reference),
        ];
        let said = parts.into_iter().filter_map(|(key, part)| {
            let text = part.as_ref()?;
            Some(self.words.with(key, &[("text", text)]))
        });
        said.collect()
    }

    /// Says what became of a node: how it was settled, else its state.
    pub fn standing(&self, incident: &Incident, id: &NodeId) -> String {
        self.words.get(standing_key(self.flow, incident, id))
    }
}

/// Gives the key of the word for what became of a settled node.
pub fn how_key(how: How) -> &'static str {
    match how {
        How::Done => "state-done",
        How::Partly => "state-partly",
        How::Impossible => "state-impossible",
        How::NotApplicable => "state-not-applicable",
        How::Skipped => "state-skipped",
    }
}

/// Gives the key of the word for how a node stands: what became of it, else its state.
pub fn standing_key(flow: &Flow, incident: &Incident, id: &NodeId) -> &'static str {
    match incident.state(flow, id) {
        State::Closed => "state-closed",
        State::Open => "state-open",
        State::Parked { .. } => "state-parked",
        State::Done(_) => how_key(incident.how(flow, id).unwrap_or(How::Done)),
        State::Skipped => how_key(incident.how(flow, id).unwrap_or(How::Skipped)),
        State::Withdrawn { .. } => "state-withdrawn",
    }
}
