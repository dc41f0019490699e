//! What is said of a shape or a line of the chart under the pointer.

use egui::{Pos2, Rect};

use super::drawn::Drawn;
use super::view::{area, place};
use crate::chart::{Branch, Happening, Net, basis_key};
use crate::flow::{Basis, NodeId};
use crate::incident::Incident;
use crate::ui::cx::Cx;
use crate::ui::times;

/// How many attempts are told, the latest.
const ATTEMPTS: usize = 4;

/// Says the times of a shape's attempts, the latest last.
pub(super) fn times_of(cx: &Cx<'_>, incident: &Incident, id: &NodeId) -> Vec<String> {
    let attempts = incident.attempts(id);
    let since = attempts.len().saturating_sub(ATTEMPTS);
    let many = attempts.len() > 1;
    let told = attempts.iter().skip(since).map(|attempt| {
        let mut parts = Vec::new();
        if many {
            let number = usize::try_from(attempt.number).unwrap_or(usize::MAX);
            parts.push(cx.words.count("chart-attempts", number));
        }
        let mut add = |key: &str, at: Option<crate::incident::Moment>| {
            if let Some(at) = at {
                parts.push(cx.with(key, &[("at", &times::moment(at, cx.now))]));
            }
        };
        add("chart-tip-opened", attempt.opened.map(|stamp| stamp.at));
        add("chart-tip-parked", attempt.parked.map(|stamp| stamp.at));
        let settled = attempt.settled.as_ref().map(|(stamp, _)| stamp.at);
        add("chart-tip-settled", settled);
        add(
            "chart-tip-withdrawn",
            attempt.withdrawn.map(|stamp| stamp.at),
        );
        parts.join("  ")
    });
    told.filter(|line| !line.is_empty()).collect()
}

/// Gives the branches of the line nearest to a place of the chart, no farther than this.
pub(super) fn branches_at(drawn: &Drawn, at: Pos2, reach: f32) -> Option<(usize, Vec<usize>)> {
    let mut best: Option<(f32, usize, &[usize])> = None;
    for (net, wire) in drawn.layout.wires.iter().enumerate() {
        for piece in &wire.pieces {
            let near = Rect::from_two_pos(place(piece.from), place(piece.to));
            let far = near.distance_to_pos(at);
            if far <= reach && best.is_none_or(|(least, ..)| far < least) {
                best = Some((far, net, &piece.branches));
            }
        }
    }
    best.map(|(_, net, branches)| (net, branches.to_vec()))
}

/// Gives the pieces of a branch, in chart units.
pub(super) fn pieces_of(drawn: &Drawn, net: usize, branch: usize) -> Vec<[Pos2; 2]> {
    let wire = drawn.layout.wires.get(net);
    let pieces = wire.into_iter().flat_map(|wire| &wire.pieces);
    pieces
        .filter(|piece| piece.branches.contains(&branch))
        .map(|piece| [place(piece.from), place(piece.to)])
        .collect()
}

/// Gives the branches that lead from a shape or to it.
pub(super) fn branches_of(drawn: &Drawn, shape: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, net) in drawn.chart.nets.iter().enumerate() {
        for (branch, way) in net.branches.iter().enumerate() {
            if net.source == shape || way.target == shape {
                found.push((at, branch));
            }
        }
    }
    found
}

/// What is said of a branch: where it leads, upon what, and on which ground.
pub(super) struct Ground {
    /// From where to where, and upon what.
    pub heading: String,
    /// Where the arrow comes from, with the quotes.
    pub basis: Vec<String>,
}

/// Says a branch.
pub(super) fn ground(cx: &Cx<'_>, drawn: &Drawn, net: usize, branch: usize) -> Option<Ground> {
    let found = drawn.chart.nets.get(net)?;
    let way = found.branches.get(branch)?;
    let number = |shape: usize| {
        let texts = drawn.texts.shapes.get(shape);
        texts.map_or_else(String::new, |(number, _)| number.clone())
    };
    let label = drawn.texts.nets.get(net).cloned().unwrap_or_default();
    let mut heading = format!("{} → {}", number(found.source), number(way.target));
    let upon = upon(cx, found, &label);
    if !upon.is_empty() {
        heading = format!("{heading}  {upon}");
    }
    Some(Ground {
        heading,
        basis: bases(cx, drawn, way),
    })
}

fn upon(cx: &Cx<'_>, net: &Net, label: &[String]) -> String {
    if label.is_empty() && net.happenings.contains(&Happening::Done) {
        return cx.t("chart-tip-done");
    }
    label.join(" / ")
}

fn bases(cx: &Cx<'_>, drawn: &Drawn, way: &Branch) -> Vec<String> {
    let mut lines = Vec::new();
    for arc in &way.arcs {
        let Some(basis) = drawn.bases.get(*arc) else {
            continue;
        };
        let word = cx.t(basis_key(basis.into()));
        let line = match basis {
            Basis::Text(quotes) | Basis::Order(quotes) => {
                let quotes: Vec<String> =
                    quotes.iter().map(|quote| format!("「{quote}」")).collect();
                format!("{word} {}", quotes.join(""))
            }
            Basis::Derived(why) => format!("{word}: {}", cx.pair(why)),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Gives the rectangle of a shape in chart units.
pub(super) fn rect_of(drawn: &Drawn, shape: usize) -> Option<Rect> {
    drawn
        .layout
        .shapes
        .get(shape)
        .map(|placed| area(&placed.rect))
}
