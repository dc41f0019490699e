//! The chart that the screen shows, kept until the flow, the language or the incident is another.

use std::collections::BTreeSet;

use egui::Rect;

use super::view::area;
use crate::chart::scene::Group;
use crate::chart::{self, Chart, Layout, Mark, Progress, Texts};
use crate::flow::{Basis, Flow, Language, NodeId};
use crate::font::Fonts;
use crate::incident::{Incident, Moment};
use crate::text::folded_for_search;
use crate::words::Words;

/// A flow, laid out in one language.
#[derive(Debug)]
pub(super) struct Drawn {
    of: (usize, Language),
    pub chart: Chart,
    pub texts: Texts,
    pub layout: Layout,
    /// The basis of each arc, by its place in the flow.
    pub bases: Vec<Basis>,
    /// The shapes as one reads them: band by band, from above, from the left.
    pub order: Vec<usize>,
    /// What there is to see, without the heads and the margin, which stay in view.
    pub content: Rect,
    fonts: Fonts,
    state: Option<State>,
}

/// How it stands.
#[derive(Debug)]
struct State {
    of: Option<(usize, i64)>,
    progress: Option<Progress>,
    groups: Vec<Group>,
}

/// Gives what tells one flow from another as long as both are in memory.
fn address(flow: &Flow) -> usize {
    std::ptr::from_ref(flow).addr()
}

impl Drawn {
    /// Lays a flow out.
    pub(super) fn new(flow: &Flow, words: &Words) -> Self {
        let fonts = Fonts::new();
        let chart = Chart::new(flow);
        let texts = Texts::new(&chart, flow, words);
        let layout = chart::layout(&chart, &texts, &fonts);
        let mut order: Vec<usize> = (0..chart.shapes.len()).collect();
        order.sort_by_key(|at| {
            let band = chart.shapes.get(*at).map(|shape| shape.band);
            let rect = layout.shapes.get(*at).map(|placed| placed.rect);
            (band, rect.map(|rect| (rect.y, rect.x)))
        });
        let lanes = layout.lanes.iter().map(area);
        let content = lanes.reduce(Rect::union).unwrap_or(Rect::ZERO);
        Self {
            of: (address(flow), words.language()),
            bases: flow.arcs().iter().map(|arc| arc.basis.clone()).collect(),
            chart,
            texts,
            layout,
            order,
            content,
            fonts,
            state: None,
        }
    }

    /// Tells whether it is this flow in this language.
    pub(super) fn is_of(&self, flow: &Flow, language: Language) -> bool {
        self.of == (address(flow), language)
    }

    /// Brings it up to an incident, and to the minute.
    pub(super) fn keep_up(
        &mut self,
        flow: &Flow,
        incident: Option<(&Incident, Moment)>,
        words: &Words,
    ) {
        let of = incident
            .map(|(incident, now)| (incident.entries().len(), now.timestamp().div_euclid(60)));
        if self.state.as_ref().is_some_and(|state| state.of == of) {
            return;
        }
        let progress =
            incident.map(|(incident, now)| Progress::new(&self.chart, flow, incident, now));
        let groups = chart::draw(
            &self.chart,
            &self.layout,
            progress.as_ref(),
            words,
            &self.fonts,
        );
        self.state = Some(State {
            of,
            progress,
            groups,
        });
    }

    /// Gives the figures.
    pub(super) fn groups(&self) -> &[Group] {
        self.state.as_ref().map_or(&[], |state| &state.groups)
    }

    /// Gives how far the incident has come.
    pub(super) fn progress(&self) -> Option<&Progress> {
        self.state.as_ref()?.progress.as_ref()
    }

    /// Gives what has become of a shape, where there is an incident.
    pub(super) fn mark(&self, shape: usize) -> Option<Mark> {
        self.progress()
            .map(|progress| progress.standing(shape).mark)
    }

    /// Gives the shapes that are open, as one reads them.
    pub(super) fn open(&self) -> Vec<usize> {
        let is_open = |at: &usize| self.mark(*at) == Some(Mark::Open);
        self.order.iter().copied().filter(is_open).collect()
    }

    /// Gives the node of a shape; none for an end.
    pub(super) fn node(&self, shape: usize) -> Option<NodeId> {
        let shape = self.chart.shapes.get(shape)?;
        shape.node.map(|_| NodeId::from(shape.id.as_str()))
    }

    /// Gives the number and the title of a shape.
    pub(super) fn title(&self, shape: usize) -> String {
        let texts = self.texts.shapes.get(shape);
        texts.map_or_else(String::new, |(number, title)| format!("{number} {title}"))
    }

    /// Gives the legend in so much width, and its height.
    pub(super) fn legend(&self, width: i32, words: &Words) -> (Vec<Group>, i32) {
        chart::legend(width, words, self.progress().is_some(), &self.fonts)
    }

    /// Gives the shapes whose number or title has all of these words, as one reads them; those
    /// whose number is just this come first.
    pub(super) fn found(&self, query: &str) -> Vec<usize> {
        let query = folded_for_search(query.trim());
        let words: BTreeSet<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let text = |at: usize| folded_for_search(&self.title(at));
        let mut found: Vec<usize> = self.order.clone();
        found.retain(|at| {
            let text = text(*at);
            words.iter().all(|word| text.contains(word))
        });
        let is_it = |at: usize| {
            let shape = self.chart.shapes.get(at);
            shape.is_some_and(|shape| shape.id.to_lowercase() == query)
        };
        found.sort_by_key(|at| !is_it(*at));
        found
    }
}
