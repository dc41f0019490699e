//! The size of each shape with its text, and where lines leave it and come to it.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::layout::{LABEL_LINE, LABEL_SIZE, TITLE_LINE, TITLE_SIZE};
use super::route::{self, Link, Way};
use super::{Branch, Chart, Texts, int};
use crate::breaking::break_line;
use crate::font::{Fonts, Weight};

/// The usual width of a shape.
pub(super) const WIDTH: i32 = 192;
/// Between the frame and the text.
pub(super) const PADDING: i32 = 10;
/// The height of the line with the number.
pub(super) const NUMBER_LINE: i32 = 20;
/// Ports stand on this grid, counted from the left edge of the column.
pub(super) const STEP: i32 = 16;

/// A line leaves a shape at its lower edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Port {
    /// The net.
    pub net: usize,
    /// The lines of its label.
    pub label: Vec<String>,
    /// How wide the label is.
    pub wide: i32,
    /// How much room it takes along the edge.
    pub room: i32,
}

/// The size of a shape and what leaves it, before it has a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    pub width: i32,
    pub height: i32,
    /// The lines of the title.
    pub lines: Vec<String>,
    /// What leaves it, in the order of the file.
    pub ports: Vec<Port>,
}

/// Measures all shapes.
pub(super) fn bodies(chart: &Chart, texts: &Texts, fonts: &Fonts) -> Vec<Body> {
    let mut entries = vec![0; chart.shapes.len()];
    for (_, _, branch) in chart.branches() {
        if let Some(count) = entries.get_mut(branch.target) {
            *count += 1;
        }
    }
    let bodies = texts.shapes.iter().zip(entries).enumerate();
    bodies
        .map(|(shape, ((_, title), entries))| {
            let nets = chart.nets.iter().enumerate();
            let nets = nets.filter(|(_, net)| net.source == shape);
            let count = nets.clone().count();
            let ports: Vec<Port> = nets
                .map(|(net, _)| port(net, texts, fonts, count == 1))
                .collect();
            let rooms: i32 = ports.iter().map(|port| port.room).sum();
            let need = (rooms + 2 * STEP)
                .max(2 * STEP * entries + 3 * STEP)
                .max(WIDTH);
            let width = up(need, 2 * STEP);
            let lines = wrap(
                fonts,
                (Weight::Regular, TITLE_SIZE),
                title,
                width - 2 * PADDING - 4,
            );
            Body {
                width,
                height: NUMBER_LINE + int(lines.len()) * TITLE_LINE + 2 * PADDING - 2,
                lines,
                ports,
            }
        })
        .collect()
}

fn port(net: usize, texts: &Texts, fonts: &Fonts, alone: bool) -> Port {
    let label = texts.nets.get(net).map_or(&[][..], Vec::as_slice);
    let face = (Weight::Regular, LABEL_SIZE);
    let wrapped = |most: i32| -> Vec<String> {
        let lines = label.iter();
        lines
            .flat_map(|line| wrap(fonts, face, line, most))
            .collect()
    };
    // One alone has half of the shape; long ones get more, so that they do not become pillars.
    let widths = if alone {
        [WIDTH / 2 - 12; 4]
    } else {
        [84, 108, 132, 156]
    };
    let mut lines = Vec::new();
    for most in widths {
        lines = wrapped(most);
        if lines.len() <= 4 {
            break;
        }
    }
    let wide = lines.iter().map(|line| width(fonts, face, line)).max();
    let wide = wide.unwrap_or_default();
    let room = match wide {
        0 => 2 * STEP,
        _ => up(wide + 14, STEP).max(3 * STEP),
    };
    Port {
        net,
        label: lines,
        wide,
        room,
    }
}

/// Rounds up to a multiple.
pub(super) fn up(value: i32, to: i32) -> i32 {
    (value + to - 1).div_euclid(to) * to
}

/// Gives how wide a text is.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a text that is wider than two thousand million pixels is not drawn"
)]
pub(super) fn width(fonts: &Fonts, (weight, size): (Weight, u8), text: &str) -> i32 {
    fonts.width(weight, f32::from(size), text).ceil() as i32
}

/// Breaks a text into lines of a width, as even as they can be.
pub(super) fn wrap(
    fonts: &Fonts,
    (weight, size): (Weight, u8),
    text: &str,
    width: i32,
) -> Vec<String> {
    let advances: Vec<f32> = text
        .chars()
        .map(|sign| fonts.glyph(weight, sign).advance * f32::from(size))
        .collect();
    let broken = |width: i32| {
        let width = f32::from(i16::try_from(width).unwrap_or(i16::MAX));
        break_line(text, &advances, width)
    };
    let count = |text: &str| text.split('\n').count();
    let whole = broken(width);
    let wanted = count(&whole);
    let mut best = whole;
    if wanted > 1 {
        // The narrowest width that needs no more lines.
        let (mut low, mut high) = (width / 2, width);
        while high - low > 4 {
            let middle = low.midpoint(high);
            let narrow = broken(middle);
            if count(&narrow) == wanted {
                high = middle;
                best = narrow;
            } else {
                low = middle;
            }
        }
    }
    best.split('\n')
        .map(|line| line.trim().to_owned())
        .collect()
}

/// How high a label is.
pub(super) fn label_height(port: &Port) -> i32 {
    int(port.label.len()) * LABEL_LINE
}

/// The joins that lead to each shape, and whether anything else does.
pub(super) struct Joins(BTreeMap<usize, BTreeSet<Option<usize>>>);

impl Joins {
    pub(super) fn new(chart: &Chart) -> Self {
        let mut joins: BTreeMap<usize, BTreeSet<Option<usize>>> = BTreeMap::new();
        for (_, _, branch) in chart.branches() {
            joins.entry(branch.target).or_default().insert(branch.join);
        }
        Self(joins)
    }

    /// Tells whether a line to this place may come straight down: not where other lines could
    /// come between it and those of its join.
    pub(super) fn may_be_straight(&self, branch: &Branch) -> bool {
        let alone = self.0.get(&branch.target).is_none_or(|of| of.len() == 1);
        branch.join.is_none() || alone
    }
}

/// Gives where nets leave their shapes: in the order of the places that they lead to, as far as
/// their ways are known.
pub(super) fn exits(bodies: &[Body], grid: &Grid, links: &[Link]) -> BTreeMap<usize, i32> {
    let mut places: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
    for link in links {
        let (_, column) = grid.place(link.target);
        let place = match link.way {
            Way::Gutter(gutter) => route::gutter_place(gutter),
            Way::Straight | Way::Rise | Way::Drop => route::column_place(grid, column),
        };
        places.entry(link.net).or_default().push(int(place));
    }
    let mut exits = BTreeMap::new();
    for body in bodies {
        let mut ports: Vec<(i32, usize, i32, bool)> = Vec::new();
        for port in &body.ports {
            let places = places.get(&port.net).map_or(&[][..], Vec::as_slice);
            let mean = places.iter().sum::<i32>() * 100 / int(places.len()).max(1);
            ports.push((mean, port.net, port.room, port.label.is_empty()));
        }
        ports.sort_unstable();
        let rooms: i32 = ports.iter().map(|(_, _, room, _)| room).sum();
        let mut at = -(rooms / 2).div_euclid(STEP) * STEP;
        let alone = ports.len() == 1;
        for (_, net, room, plain) in ports {
            let inset = if plain { STEP } else { 0 };
            exits.insert(net, if alone { 0 } else { at + inset });
            at += room;
        }
    }
    exits
}

/// Chooses where lines come to a shape, from its middle: `from` says where they come from, in
/// order, `fixed` where others come straight down, `taken` where lines leave the shape above.
pub(super) fn slots(reach: i32, from: &[i32], fixed: &[i32], taken: &[i32]) -> Vec<i32> {
    let half = STEP / 2;
    let mut places: Vec<i32> = (-reach / half..=reach / half).map(|at| at * half).collect();
    let crowded = from.len() + fixed.len() > 3;
    places.retain(|at| {
        let on_grid = at.rem_euclid(STEP) == 0;
        let stands = (crowded && on_grid) || taken.contains(at);
        !stands && fixed.iter().all(|fixed| (fixed - at).abs() >= STEP)
    });
    let pick = |count: usize, near: i32, low: i32, high: i32| {
        let mut near_first: Vec<i32> = places
            .iter()
            .copied()
            .filter(|at| (low..=high).contains(at))
            .collect();
        near_first.sort_by_key(|at| ((at - near).abs(), *at));
        let mut picked: Vec<i32> = Vec::new();
        for at in near_first {
            if picked.len() < count && picked.iter().all(|other| (other - at).abs() >= STEP) {
                picked.push(at);
            }
        }
        picked.sort_unstable();
        picked
    };
    if let (Some(first), Some(last)) = (fixed.iter().min(), fixed.iter().max()) {
        let left = from.iter().filter(|from| *from < first).count();
        let mut slots = pick(left, *first, -reach, *first);
        slots.extend(pick(from.len() - left, *last, *last, reach));
        if slots.len() == from.len() {
            return slots;
        }
    }
    pick(from.len(), 0, -reach, reach)
}
