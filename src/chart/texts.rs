//! What stands on a chart, in one language: the model's texts put into words.

use super::{Chart, Happening, Kind, Net, Shape};
use crate::flow::{Flow, Guard, Language, Mode, Node, NodeId};
use crate::words::Words;

/// The texts of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The language.
    pub language: Language,
    /// The heads of the lanes.
    pub lanes: Vec<String>,
    /// The titles of the bands.
    pub bands: Vec<String>,
    /// The number and the title of each shape.
    pub shapes: Vec<(String, String)>,
    /// The lines of each net's label; none where nothing need be said.
    pub nets: Vec<Vec<String>>,
}

impl Texts {
    /// Gives the texts in the language of the words.
    pub fn new(chart: &Chart, flow: &Flow, words: &Words) -> Self {
        let language = words.language();
        let lanes = chart.lanes.iter();
        let bands = chart.bands.iter();
        let shapes = chart.shapes.iter();
        let nets = chart.nets.iter();
        Self {
            language,
            lanes: lanes.map(|l| l.title.get(language).to_owned()).collect(),
            bands: bands
                .map(|band| format!("{} {}", band.phase, band.title.get(language)))
                .collect(),
            shapes: shapes
                .map(|shape| {
                    let title = shape.title.get(language).to_owned();
                    (number(shape, words), title)
                })
                .collect(),
            nets: nets.map(|net| label(net, flow, words)).collect(),
        }
    }
}

fn number(shape: &Shape, words: &Words) -> String {
    match (shape.kind, &shape.ground) {
        (Kind::End, _) => words.get("chart-end"),
        (_, Some(ground)) => format!("{} ({ground})", shape.id),
        (_, None) => shape.id.clone(),
    }
}

/// Says what must happen for a net to be followed, one line each.
fn label(net: &Net, flow: &Flow, words: &Words) -> Vec<String> {
    let language = words.language();
    let mut lines: Vec<String> = Vec::new();
    for happening in &net.happenings {
        match happening {
            Happening::Done => {}
            Happening::Opened => lines.push(words.get("chart-opened")),
            Happening::Skipped => lines.push(words.get("state-skipped")),
            Happening::Chosen(_, title) => lines.push(title.get(language).to_owned()),
            Happening::Ticked(_, number) => {
                let number = [("number", number.to_string())];
                lines.push(words.with("chart-ticked", &number));
            }
        }
    }
    if let Some(guard) = &net.when {
        let guard = [("guard", said(guard, flow, words))];
        lines.push(words.with("chart-when", &guard));
    }
    match net.mode {
        Mode::Open | Mode::Loop => {}
        Mode::Remind => lines.push(words.get("chart-remind")),
        Mode::Ask => lines.push(words.get("chart-ask")),
        Mode::Renew => lines.push(words.get("chart-renew")),
        Mode::Offer => lines.push(words.get("chart-offer")),
    }
    lines
}

/// Says a guard.
fn said(guard: &Guard, flow: &Flow, words: &Words) -> String {
    let language = words.language();
    let answers = |id: &NodeId, answers: &[String]| {
        let options = match flow.node(id) {
            Some(Node::Decision(decision)) => decision.options.as_slice(),
            Some(Node::Step(_)) | None => &[],
        };
        let named = options.iter().filter(|option| answers.contains(&option.id));
        let named: Vec<&str> = named.map(|option| option.title.get(language)).collect();
        [
            ("id", id.to_string()),
            ("answers", named.join(&words.get("chart-or"))),
        ]
    };
    let many = |guards: &[Guard], key: &str| {
        let parts: Vec<String> = guards.iter().map(|g| said(g, flow, words)).collect();
        parts.join(&words.get(key))
    };
    match guard {
        Guard::Chosen(id, chosen) => words.with("chart-chosen", &answers(id, chosen)),
        Guard::NotChosen(id, chosen) => words.with("chart-not-chosen", &answers(id, chosen)),
        Guard::Settled(nodes) => {
            let nodes: Vec<&str> = nodes.iter().map(NodeId::as_str).collect();
            words.with("chart-settled", &[("nodes", nodes.join(", "))])
        }
        Guard::RowsSettled(table) => {
            let title = flow.table(table).map(|table| table.title.get(language));
            let title = title.unwrap_or_default().to_owned();
            words.with("chart-rows-settled", &[("table", title)])
        }
        Guard::All(guards) => many(guards, "chart-and"),
        Guard::Any(guards) => many(guards, "chart-or"),
    }
}

/// Gives the key of the words for where an arrow comes from.
pub fn basis_key(ground: super::Ground) -> &'static str {
    match ground {
        super::Ground::Text => "basis-text",
        super::Ground::Order => "basis-order",
        super::Ground::Derived => "basis-derived",
    }
}
