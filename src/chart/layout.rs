//! Positions: from rows, columns and tracks to plain numbers, in pixels at 100 %.

use std::collections::BTreeMap;

use super::grid::{self, Grid, Sweeps};
use super::places::{Layout, Placed, Point, Rect, TextLine, Wire};
use super::ports::{self, Body, NUMBER_LINE, PADDING, STEP};
use super::route::{self, Link, Way};
use super::wires;
use super::{Chart, Texts, int};
use crate::font::{Fonts, Weight};

/// The size of a title.
pub(super) const TITLE_SIZE: u8 = 13;
pub(super) const TITLE_LINE: i32 = 18;
/// The size of a label beside a line.
pub(super) const LABEL_SIZE: u8 = 11;
pub(super) const LABEL_LINE: i32 = 14;
/// The size of the heads of lanes and bands.
const HEAD_SIZE: u8 = 14;
const HEAD_LINE: i32 = 20;
/// The room for the titles of the bands.
const MARGIN: i32 = 128;
/// Between two lanes.
const GAP: i32 = 8;
/// From one track to the next.
const TRACK: i32 = 10;
/// Between a gutter's first track and the shapes beside it.
const GUTTER_PADDING: i32 = 12;
/// Between a shape and its label, or the first track.
const BELOW: i32 = 5;
/// Between the last track and the shapes below, for the tips of the arrows.
const ABOVE: i32 = 20;
/// Between the bands.
const BAND: i32 = 20;
/// How far a label stands from its line.
const BESIDE: i32 = 6;

/// Lays a chart out.
pub fn layout(chart: &Chart, texts: &Texts, fonts: &Fonts) -> Layout {
    layout_with(chart, texts, fonts, Sweeps::Barycentre)
}

/// Lays a chart out, the shapes of a row put in order in this way.
pub fn layout_with(chart: &Chart, texts: &Texts, fonts: &Fonts, sweeps: Sweeps) -> Layout {
    let bodies = ports::bodies(chart, texts, fonts);
    let plans = grid::candidates(chart, sweeps).into_iter().map(|grid| {
        let mut plan = Plan::new(chart, texts, &bodies, grid, fonts);
        let wires = wires::draw(&mut plan);
        (plan, wires)
    });
    let best = plans.min_by_key(|(_, wires)| wires.cost());
    match best {
        Some((plan, wires)) => plan.finish(texts, fonts, wires),
        // There is always a candidate.
        None => Layout {
            width: 0,
            height: 0,
            heads: Vec::new(),
            lanes: Vec::new(),
            bands: Vec::new(),
            shapes: Vec::new(),
            wires: Vec::new(),
            bars: Vec::new(),
            crossings: 0,
            bends: 0,
        },
    }
}

/// A layout in the making.
pub(super) struct Plan<'a> {
    pub chart: &'a Chart,
    pub grid: Grid,
    pub links: Vec<Link>,
    bodies: &'a [Body],
    /// Where each net leaves its source, from the middle.
    exits: BTreeMap<usize, i32>,
    /// Where each link comes to its target, from the middle.
    entries: Vec<i32>,
    /// The middle of each column.
    columns: Vec<i32>,
    /// The track of each net in each gutter, by where it begins.
    gutters: Vec<wires::Tracks>,
    /// The first track of each gutter.
    gutter_left: Vec<i32>,
    /// Left and right edges of the lanes.
    lanes: Vec<(i32, i32)>,
    heads: Vec<Vec<String>>,
    bands: Vec<Vec<String>>,
    /// The tops of the rows.
    rows: Vec<i32>,
    /// The first track of each channel.
    channels: Vec<i32>,
    /// Where the bands begin, and the end of the last.
    band_tops: Vec<i32>,
}

impl<'a> Plan<'a> {
    fn new(chart: &'a Chart, texts: &Texts, bodies: &'a [Body], grid: Grid, fonts: &Fonts) -> Self {
        let joins = ports::Joins::new(chart);
        let ways = |exits: &BTreeMap<usize, i32>| {
            route::links(chart, &grid, |net, branch| {
                let body = bodies.get(branch.target);
                let reach = body.map_or(0, |body| body.width / 2 - STEP);
                let exit = exits.get(&net).copied().unwrap_or_default();
                exit.abs() <= reach && joins.may_be_straight(branch)
            })
        };
        // Where lines leave depends on the side to which they go, and the ways on where they leave.
        let first = ways(&ports::exits(bodies, &grid, &[]));
        let exits = ports::exits(bodies, &grid, &first);
        let links = ways(&exits);
        let mut plan = Self {
            chart,
            grid,
            links,
            bodies,
            exits,
            entries: Vec::new(),
            columns: Vec::new(),
            gutters: Vec::new(),
            gutter_left: Vec::new(),
            lanes: Vec::new(),
            heads: Vec::new(),
            bands: Vec::new(),
            rows: Vec::new(),
            channels: Vec::new(),
            band_tops: Vec::new(),
        };
        plan.gutters = wires::gutter_tracks(&plan);
        plan.across();
        let face = (Weight::Bold, HEAD_SIZE);
        for (lane, head) in texts.lanes.iter().enumerate() {
            let wide = plan.lanes.get(lane).map_or(0, |(left, right)| right - left);
            plan.heads.push(ports::wrap(fonts, face, head, wide - 16));
        }
        for band in &texts.bands {
            plan.bands.push(ports::wrap(fonts, face, band, MARGIN - 24));
        }
        for at in 0..plan.chart.shapes.len() {
            plan.enter(at);
        }
        plan
    }

    /// Places columns, gutters and lanes.
    fn across(&mut self) {
        let mut wide = vec![ports::WIDTH; self.grid.columns.len()];
        for (shape, body) in self.bodies.iter().enumerate() {
            let (_, column) = self.grid.place(shape);
            if let Some(wide) = wide.get_mut(column) {
                *wide = body.width.max(*wide);
            }
        }
        let mut x = MARGIN;
        let mut left = x;
        let mut last = None;
        let mut tracks = self.gutters.iter().map(wires::Tracks::count);
        let mut gutter = |x: &mut i32, lefts: &mut Vec<i32>| {
            let count = int(tracks.next().unwrap_or_default());
            let width = 2 * GUTTER_PADDING + (count - 1).max(0) * TRACK;
            lefts.push(*x + GUTTER_PADDING);
            *x += width;
        };
        for (column, lane) in self.grid.columns.iter().enumerate() {
            if last != Some(*lane) {
                if last.is_some() {
                    self.lanes.push((left, x));
                    x += GAP;
                }
                left = x;
                gutter(&mut x, &mut self.gutter_left);
                last = Some(*lane);
            }
            let wide = wide.get(column).copied().unwrap_or_default();
            self.columns.push(x + wide / 2);
            x += wide;
            gutter(&mut x, &mut self.gutter_left);
        }
        self.lanes.push((left, x));
    }

    /// Chooses where lines come to a shape.
    fn enter(&mut self, shape: usize) {
        self.entries.resize(self.links.len(), 0);
        let (row, column) = self.grid.place(shape);
        let reach = self
            .bodies
            .get(shape)
            .map_or(0, |body| body.width / 2 - STEP);
        let to_here = |(_, link): &(usize, &Link)| link.target == shape;
        let links: Vec<(usize, &Link)> = self.links.iter().enumerate().filter(to_here).collect();
        let mut fixed = Vec::new();
        let mut free: Vec<(usize, i32, Option<usize>)> = Vec::new();
        for (at, link) in links {
            let exit = self.exits.get(&link.net).copied().unwrap_or_default();
            if link.way == Way::Straight {
                fixed.push((at, exit));
            } else {
                let from = match link.way {
                    Way::Gutter(gutter) => self.gutter_x(gutter, link),
                    Way::Straight | Way::Rise | Way::Drop => self.exit(link.net).x,
                };
                free.push((at, from, link.join));
            }
        }
        // Those of one join side by side, where most of them come from.
        let mean = |join: usize| {
            let of = free.iter().filter(|(_, _, other)| *other == Some(join));
            let (count, sum) = of.fold((0, 0), |(n, sum), (_, from, _)| (n + 1, sum + from));
            sum / count.max(1)
        };
        let mut order: Vec<(i32, Option<usize>, i32, usize)> = free
            .iter()
            .map(|&(at, from, join)| (join.map_or(from, mean), join, from, at))
            .collect();
        order.sort_unstable();
        let taken = self.taken(column, row, &order);
        let own = self.columns.get(column).copied().unwrap_or_default();
        let lines: Vec<i32> = fixed.iter().map(|(_, at)| *at).collect();
        let from: Vec<i32> = order.iter().map(|(mean, ..)| mean - own).collect();
        let slots = ports::slots(reach, &from, &lines, &taken);
        let placed = order.iter().map(|(_, _, _, at)| *at).zip(slots);
        for (at, offset) in fixed.into_iter().chain(placed) {
            if let Some(entry) = self.entries.get_mut(at) {
                *entry = offset;
            }
        }
    }

    /// Gives where lines of the shape above stand in the way of these that come from above.
    fn taken(
        &self,
        column: usize,
        row: usize,
        order: &[(i32, Option<usize>, i32, usize)],
    ) -> Vec<i32> {
        let Some(above) = self.grid.above(column, row) else {
            return Vec::new();
        };
        let (above_row, _) = self.grid.place(above);
        let meets = order.iter().any(|(_, _, _, at)| {
            let Some(link) = self.links.get(*at) else {
                return false;
            };
            let channel = match link.way {
                Way::Rise => self.grid.place(link.source).0 + 1,
                Way::Straight | Way::Drop | Way::Gutter(_) => row,
            };
            channel == above_row + 1
        });
        let leave = self.links.iter().filter(|link| link.source == above);
        leave
            .filter(|link| meets || link.way == Way::Drop)
            .filter_map(|link| self.exits.get(&link.net).copied())
            .collect()
    }

    /// Gives where a net leaves its source; the height is known only in the end.
    pub(super) fn exit(&self, net: usize) -> Point {
        let source = self.chart.nets.get(net).map_or(0, |net| net.source);
        let (row, column) = self.grid.place(source);
        let offset = self.exits.get(&net).copied().unwrap_or_default();
        let height = self.bodies.get(source).map_or(0, |body| body.height);
        Point {
            x: self.columns.get(column).copied().unwrap_or_default() + offset,
            y: self.rows.get(row).copied().unwrap_or_default() + height,
        }
    }

    /// Gives where a link comes to its target; the height is known only in the end.
    pub(super) fn entry(&self, at: usize) -> Point {
        let target = self.links.get(at).map_or(0, |link| link.target);
        let (row, column) = self.grid.place(target);
        let offset = self.entries.get(at).copied().unwrap_or_default();
        Point {
            x: self.columns.get(column).copied().unwrap_or_default() + offset,
            y: self.rows.get(row).copied().unwrap_or_default(),
        }
    }

    /// Gives the place of the track that a link takes in a gutter.
    pub(super) fn gutter_x(&self, gutter: usize, link: &Link) -> i32 {
        let (row, _) = self.grid.place(link.source);
        let tracks = self.gutters.get(gutter);
        let track = tracks.map_or(0, |tracks| tracks.at(link.net, int(row) + 1));
        self.gutter_left.get(gutter).copied().unwrap_or_default() + int(track) * TRACK
    }

    /// Gives the height of a track of a channel.
    pub(super) fn channel_y(&self, channel: usize, track: usize) -> i32 {
        self.channels.get(channel).copied().unwrap_or_default() + int(track) * TRACK
    }

    /// Places rows, channels and bands, the channels with so many tracks.
    pub(super) fn down(&mut self, tracks: &[usize]) {
        let mut height = vec![0; self.grid.rows];
        let mut label = vec![0; self.grid.rows];
        for (shape, body) in self.bodies.iter().enumerate() {
            let (row, _) = self.grid.place(shape);
            let labels = body.ports.iter().map(ports::label_height).max();
            let low = match labels.unwrap_or_default() {
                0 => 0,
                high => body.height + BELOW + high,
            };
            if let (Some(height), Some(label)) = (height.get_mut(row), label.get_mut(row)) {
                *height = body.height.max(*height);
                *label = low.max(*label);
            }
        }
        let band_of = |row: usize| {
            let here = self.grid.row.iter().position(|at| *at == row);
            let shape = here.and_then(|at| self.chart.shapes.get(at));
            shape.map(|shape| shape.band)
        };
        let lines = self.heads.iter().map(Vec::len).max().unwrap_or_default();
        let mut y = int(lines) * HEAD_LINE + 12;
        self.band_tops.push(y);
        let mut band = band_of(0);
        for channel in 0..=self.grid.rows {
            y += BELOW;
            if channel > 0 && channel < self.grid.rows && band_of(channel) != band {
                band = band_of(channel);
                y = (y + BAND / 2).max(self.below_title());
                self.band_tops.push(y);
                y += BAND / 2;
            }
            y += 4;
            self.channels.push(y);
            let count = int(tracks.get(channel).copied().unwrap_or_default());
            y += (count - 1).max(0) * TRACK;
            if let Some(height) = height.get(channel) {
                y += ABOVE;
                self.rows.push(y);
                let label = label.get(channel).copied().unwrap_or_default();
                y += label.max(*height);
            }
        }
        self.band_tops.push((y + BELOW + 4).max(self.below_title()));
    }

    /// Gives how far the title of the last band reaches down.
    fn below_title(&self) -> i32 {
        let last = self.band_tops.len().saturating_sub(1);
        let top = self.band_tops.last().copied().unwrap_or_default();
        let lines = self.bands.get(last).map_or(0, Vec::len);
        top + int(lines) * HEAD_LINE + 14
    }

    fn finish(self, texts: &Texts, fonts: &Fonts, drawn: wires::Drawn) -> Layout {
        let top = self.band_tops.first().copied().unwrap_or_default();
        let end = self.band_tops.last().copied().unwrap_or_default();
        let right = self.lanes.last().map_or(MARGIN, |(_, right)| *right);
        let head = (Weight::Bold, HEAD_SIZE);
        let heads = self
            .lanes
            .iter()
            .zip(&self.heads)
            .map(|((left, right), lines)| {
                let rect = Rect {
                    x: *left,
                    y: 0,
                    w: right - left,
                    h: top - 4,
                };
                let high = int(lines.len()) * HEAD_LINE;
                let first = rect.y + (rect.h - high) / 2;
                let mut lines = stack(fonts, head, lines, (0, first), HEAD_LINE);
                for line in &mut lines {
                    line.at.x = rect.x + (rect.w - line.width) / 2;
                }
                (rect, lines)
            });
        let tops = self.band_tops.iter().zip(self.band_tops.iter().skip(1));
        let bands = tops.zip(&self.bands).map(|((top, bottom), lines)| {
            let rect = Rect {
                x: 0,
                y: *top,
                w: right,
                h: bottom - top,
            };
            let lines = stack(fonts, head, lines, (18, top + 10), HEAD_LINE);
            (rect, lines)
        });
        let lanes = self.lanes.iter().map(|(left, right)| Rect {
            x: *left,
            y: top,
            w: right - left,
            h: end - top,
        });
        let shapes = self.bodies.iter().enumerate().map(|(at, body)| {
            let number = texts.shapes.get(at).map_or("", |(number, _)| number);
            self.placed(at, body, number, fonts)
        });
        let wires = drawn.wires.into_iter().enumerate();
        let wires = wires.map(|(net, wire)| self.labelled(net, wire, fonts));
        Layout {
            width: right,
            height: end,
            heads: heads.collect(),
            lanes: lanes.collect(),
            bands: bands.collect(),
            shapes: shapes.collect(),
            wires: wires.collect(),
            bars: drawn.bars,
            crossings: drawn.crossings,
            bends: drawn.bends,
        }
    }

    fn placed(&self, shape: usize, body: &Body, number: &str, fonts: &Fonts) -> Placed {
        let (row, column) = self.grid.place(shape);
        let rect = Rect {
            x: self.columns.get(column).copied().unwrap_or_default() - body.width / 2,
            y: self.rows.get(row).copied().unwrap_or_default(),
            w: body.width,
            h: body.height,
        };
        let x = rect.x + PADDING + 4;
        let y = rect.y + PADDING - 2;
        let face = (Weight::Bold, TITLE_SIZE);
        let number = stack(fonts, face, &[number.to_owned()], (x, y), NUMBER_LINE);
        let face = (Weight::Regular, TITLE_SIZE);
        let title = (x, y + NUMBER_LINE);
        Placed {
            rect,
            number: number.into_iter().next().unwrap_or_else(|| TextLine {
                at: Point { x, y },
                width: 0,
                size: TITLE_SIZE,
                weight: Weight::Bold,
                text: String::new(),
            }),
            title: stack(fonts, face, &body.lines, title, TITLE_LINE),
        }
    }

    fn labelled(&self, net: usize, mut wire: Wire, fonts: &Fonts) -> Wire {
        let port = self.bodies.iter().flat_map(|body| &body.ports);
        let Some(port) = port.into_iter().find(|port| port.net == net) else {
            return wire;
        };
        if port.label.is_empty() {
            return wire;
        }
        let exit = self.exit(net);
        let at = (exit.x + BESIDE, exit.y + BELOW);
        let face = (Weight::Regular, LABEL_SIZE);
        wire.label = stack(fonts, face, &port.label, at, LABEL_LINE);
        wire.label_rect = Some(Rect {
            x: at.0,
            y: at.1,
            w: port.wide,
            h: ports::label_height(port),
        });
        wire
    }
}

/// Puts lines below one another, from a left upper corner on.
fn stack(
    fonts: &Fonts,
    face: (Weight, u8),
    lines: &[String],
    (x, y): (i32, i32),
    line: i32,
) -> Vec<TextLine> {
    let (weight, size) = face;
    // The base line: the em is set in the middle of the line, 0.88 of it above the base line.
    let base = (line - i32::from(size)) / 2 + i32::from(size) * 22 / 25;
    lines
        .iter()
        .enumerate()
        .map(|(at, text)| TextLine {
            at: Point {
                x,
                y: y + int(at) * line + base,
            },
            width: ports::width(fonts, face, text),
            size,
            weight,
            text: text.clone(),
        })
        .collect()
}
