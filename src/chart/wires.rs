//! The lines themselves: their tracks in channels and gutters, their pieces, forks and tips.

use std::collections::BTreeMap;

use super::int;
use super::layout::Plan;
use super::order::{self, Run};
use super::places::{Bar, Piece, Point, Wire};
use super::route::{self, Link, Way};

/// Lines on one track are at least so far apart.
const CLEAR: i32 = 12;
/// How far a join's bar lies above its shape.
const BAR: i32 = 14;
/// How far a bar reaches beyond its outer lines.
const BAR_REACH: i32 = 6;

/// The runs of a channel or a gutter, and the track of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Tracks {
    runs: Vec<(usize, Run)>,
    tracks: Vec<usize>,
}

impl Tracks {
    /// Puts the runs of each net together where they meet, and gives each its track.
    fn new(runs: Vec<(usize, Run)>, clear: i32) -> Self {
        let mut by_net: BTreeMap<usize, Vec<Run>> = BTreeMap::new();
        for (net, run) in runs {
            let of = by_net.entry(net).or_default();
            let mut run = run;
            while let Some(at) = of
                .iter()
                .position(|other| other.low <= run.high && run.low <= other.high)
            {
                run.join(of.swap_remove(at));
            }
            of.push(run);
        }
        let runs: Vec<(usize, Run)> = by_net
            .into_iter()
            .flat_map(|(net, runs)| runs.into_iter().map(move |run| (net, run)))
            .collect();
        let plain: Vec<Run> = runs.iter().map(|(_, run)| run.clone()).collect();
        Self {
            tracks: order::tracks(&plain, clear),
            runs,
        }
    }

    /// Gives how many tracks there are.
    pub(super) fn count(&self) -> usize {
        self.tracks.iter().max().map_or(0, |last| last + 1)
    }

    /// Gives the track of a net at a place.
    pub(super) fn at(&self, net: usize, place: i32) -> usize {
        let runs = self.runs.iter().zip(&self.tracks);
        let mut here =
            runs.filter(|((of, run), _)| *of == net && run.low <= place && place <= run.high);
        here.next().map_or(0, |(_, track)| *track)
    }
}

/// Gives the tracks of every gutter; places along a gutter are numbers of channels.
pub(super) fn gutter_tracks(plan: &Plan<'_>) -> Vec<Tracks> {
    let mut runs: Vec<Vec<(usize, Run)>> = vec![Vec::new(); route::gutters(&plan.grid)];
    for link in &plan.links {
        let Way::Gutter(gutter) = link.way else {
            continue;
        };
        let (source_row, source_column) = plan.grid.place(link.source);
        let (target_row, target_column) = plan.grid.place(link.target);
        let (out, to) = (int(source_row) + 1, int(target_row));
        let mut run = Run {
            low: out.min(to),
            high: out.max(to),
            ..Run::default()
        };
        for (channel, column) in [(out, source_column), (to, target_column)] {
            if route::column_place(&plan.grid, column) < route::gutter_place(gutter) {
                run.before.push(channel);
            } else {
                run.after.push(channel);
            }
        }
        if let Some(runs) = runs.get_mut(gutter) {
            runs.push((link.net, run));
        }
    }
    // Two lines may not meet in one channel on the same track.
    runs.into_iter().map(|runs| Tracks::new(runs, 1)).collect()
}

/// All lines, and what they cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub wires: Vec<Wire>,
    pub bars: Vec<Bar>,
    pub crossings: usize,
    pub bends: usize,
    length: i64,
}

impl Drawn {
    /// Gives what speaks against a layout.
    pub(super) fn cost(&self) -> i64 {
        i64::from(int(self.crossings)) * 50 + i64::from(int(self.bends)) * 20 + self.length / 12
    }
}

/// A link's way through one channel.
struct Pass {
    channel: usize,
    from: i32,
    to: i32,
    /// The line comes from above at `from`.
    from_above: bool,
    /// The line goes on downward at `to`.
    to_below: bool,
}

fn passes(plan: &Plan<'_>, at: usize, link: &Link) -> Vec<Pass> {
    let (source_row, _) = plan.grid.place(link.source);
    let (target_row, _) = plan.grid.place(link.target);
    let (out, into) = (source_row + 1, target_row);
    let (exit, entry) = (plan.exit(link.net).x, plan.entry(at).x);
    let pass = |channel, from, to| Pass {
        channel,
        from,
        to,
        from_above: true,
        to_below: true,
    };
    match link.way {
        Way::Straight => Vec::new(),
        Way::Rise => vec![pass(out, exit, entry)],
        Way::Drop => vec![pass(into, exit, entry)],
        Way::Gutter(gutter) => {
            let x = plan.gutter_x(gutter, link);
            let down = into > out;
            let first = Pass {
                to_below: down,
                ..pass(out, exit, x)
            };
            let second = Pass {
                from_above: down,
                ..pass(into, x, entry)
            };
            vec![first, second]
        }
    }
}

/// Draws all lines; the plan gets its rows and channels.
pub(super) fn draw(plan: &mut Plan<'_>) -> Drawn {
    let all: Vec<Vec<Pass>> = plan
        .links
        .iter()
        .enumerate()
        .map(|(at, link)| passes(plan, at, link))
        .collect();
    let mut runs: Vec<Vec<(usize, Run)>> = vec![Vec::new(); plan.grid.rows + 1];
    for (link, passes) in plan.links.iter().zip(&all) {
        for pass in passes {
            let mut run = Run {
                low: pass.from.min(pass.to),
                high: pass.from.max(pass.to),
                ..Run::default()
            };
            for (x, before) in [(pass.from, pass.from_above), (pass.to, !pass.to_below)] {
                if before {
                    run.before.push(x);
                } else {
                    run.after.push(x);
                }
            }
            if let Some(runs) = runs.get_mut(pass.channel) {
                runs.push((link.net, run));
            }
        }
    }
    let channels: Vec<Tracks> = runs
        .into_iter()
        .map(|runs| Tracks::new(runs, CLEAR))
        .collect();
    let counts: Vec<usize> = channels.iter().map(Tracks::count).collect();
    plan.down(&counts);
    let mut ways: Vec<Vec<(usize, Vec<Point>)>> = vec![Vec::new(); plan.chart.nets.len()];
    for (at, (link, passes)) in plan.links.iter().zip(&all).enumerate() {
        let mut points = vec![plan.exit(link.net)];
        for pass in passes {
            let track = channels.get(pass.channel);
            let track = track.map_or(0, |tracks| tracks.at(link.net, pass.from));
            let y = plan.channel_y(pass.channel, track);
            points.push(Point { x: pass.from, y });
            points.push(Point { x: pass.to, y });
        }
        points.push(plan.entry(at));
        if let Some(ways) = ways.get_mut(link.net) {
            ways.push((link.branch, points));
        }
    }
    let wires: Vec<Wire> = ways.into_iter().map(|ways| wire(&ways)).collect();
    Drawn {
        crossings: crossings(&wires),
        bends: all.iter().map(|passes| 2 * passes.len()).sum(),
        length: wires.iter().flat_map(|wire| &wire.pieces).map(long).sum(),
        bars: bars(plan),
        wires,
    }
}

fn long(piece: &Piece) -> i64 {
    i64::from(piece.to.x - piece.from.x) + i64::from(piece.to.y - piece.from.y)
}

/// Cuts the ways of a net's branches into pieces that do not lie on one another.
fn wire(ways: &[(usize, Vec<Point>)]) -> Wire {
    // By the line that they lie on: where they begin and end, and the branch.
    let mut level: BTreeMap<i32, Vec<(i32, i32, usize)>> = BTreeMap::new();
    let mut upright: BTreeMap<i32, Vec<(i32, i32, usize)>> = BTreeMap::new();
    for (branch, points) in ways {
        for (one, other) in points.iter().zip(points.iter().skip(1)) {
            if one.y == other.y && one.x != other.x {
                let ends = (one.x.min(other.x), one.x.max(other.x), *branch);
                level.entry(one.y).or_default().push(ends);
            } else if one.y != other.y {
                let ends = (one.y.min(other.y), one.y.max(other.y), *branch);
                upright.entry(one.x).or_default().push(ends);
            }
        }
    }
    let mut pieces = Vec::new();
    for (y, spans) in &level {
        for (from, to, branches) in cut(spans) {
            pieces.push(Piece {
                from: Point { x: from, y: *y },
                to: Point { x: to, y: *y },
                branches,
            });
        }
    }
    for (x, spans) in &upright {
        for (from, to, branches) in cut(spans) {
            pieces.push(Piece {
                from: Point { x: *x, y: from },
                to: Point { x: *x, y: to },
                branches,
            });
        }
    }
    let mut ends: BTreeMap<Point, usize> = BTreeMap::new();
    for piece in &pieces {
        *ends.entry(piece.from).or_default() += 1;
        *ends.entry(piece.to).or_default() += 1;
    }
    let tips = ways.iter().filter_map(|(_, points)| points.last().copied());
    Wire {
        dots: ends
            .into_iter()
            .filter(|(_, count)| *count > 2)
            .map(|(point, _)| point)
            .collect(),
        tips: tips.collect(),
        pieces,
        label: Vec::new(),
        label_rect: None,
    }
}

/// Cuts spans on one line at all their ends; neighbours with the same branches stay one.
fn cut(spans: &[(i32, i32, usize)]) -> Vec<(i32, i32, Vec<usize>)> {
    let mut ends: Vec<i32> = spans.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut pieces: Vec<(i32, i32, Vec<usize>)> = Vec::new();
    for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
        let over = spans.iter().filter(|(a, b, _)| a <= from && to <= b);
        let mut branches: Vec<usize> = over.map(|(_, _, branch)| *branch).collect();
        branches.sort_unstable();
        branches.dedup();
        if !branches.is_empty() {
            pieces.push((*from, *to, branches));
        }
    }
    pieces
}

/// Counts the places where lines of different nets cross.
fn crossings(wires: &[Wire]) -> usize {
    let mut level: Vec<(i32, i32, i32, usize)> = Vec::new();
    let mut upright: Vec<(i32, i32, i32, usize)> = Vec::new();
    for (net, wire) in wires.iter().enumerate() {
        for piece in &wire.pieces {
            if piece.from.y == piece.to.y {
                level.push((piece.from.y, piece.from.x, piece.to.x, net));
            } else {
                upright.push((piece.from.x, piece.from.y, piece.to.y, net));
            }
        }
    }
    upright.sort_unstable();
    let crossed = level.iter().map(|(y, from, to, net)| {
        let first = upright.partition_point(|(x, ..)| x <= from);
        let inside = upright.iter().skip(first).take_while(|(x, ..)| x < to);
        inside
            .filter(|(_, top, bottom, other)| other != net && top < y && y < bottom)
            .count()
    });
    crossed.sum()
}

/// Lays a bar across the tips of each join.
fn bars(plan: &Plan<'_>) -> Vec<Bar> {
    let mut tips: BTreeMap<(usize, usize), Vec<Point>> = BTreeMap::new();
    for (at, link) in plan.links.iter().enumerate() {
        if let Some(join) = link.join {
            let of = tips.entry((link.target, join)).or_default();
            of.push(plan.entry(at));
        }
    }
    let bars = tips.into_iter().map(|((target, _), tips)| {
        let left = tips.iter().map(|tip| tip.x).min().unwrap_or_default();
        let right = tips.iter().map(|tip| tip.x).max().unwrap_or_default();
        let y = tips.first().map_or(0, |tip| tip.y) - BAR;
        Bar {
            target,
            from: Point {
                x: left - BAR_REACH,
                y,
            },
            to: Point {
                x: right + BAR_REACH,
                y,
            },
        }
    });
    bars.collect()
}
