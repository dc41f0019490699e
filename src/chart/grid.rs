//! Rows and columns: ranks along the flow, phases one below the other, and in each lane the
//! column of each shape.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chart, int};
use crate::flow::Mode;

/// How many shapes of one lane stand side by side at most; more go into further rows.
const ABREAST: usize = 4;

/// How the shapes of a row are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweeps {
    /// As in the file: the baseline that crossings are compared with.
    FileOrder,
    /// By the places of their neighbours, in several sweeps; the best is kept.
    Barycentre,
}

/// The place of every shape in rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// How many rows there are.
    pub rows: usize,
    /// The lane of each column.
    pub columns: Vec<usize>,
    /// The row of each shape.
    pub row: Vec<usize>,
    /// The column of each shape.
    pub column: Vec<usize>,
    /// The shape in each cell that has one, by column and row.
    pub cells: BTreeMap<(usize, usize), usize>,
}

impl Grid {
    /// Gives a shape's row and column.
    pub(super) fn place(&self, shape: usize) -> (usize, usize) {
        let at = |of: &[usize]| of.get(shape).copied().unwrap_or_default();
        (at(&self.row), at(&self.column))
    }

    /// Tells whether a column has no shape in these rows.
    pub(super) fn is_free(&self, column: usize, rows: std::ops::Range<usize>) -> bool {
        rows.is_empty()
            || self
                .cells
                .range((column, rows.start)..(column, rows.end))
                .next()
                .is_none()
    }

    /// Gives the shape nearest above a row in a column.
    pub(super) fn above(&self, column: usize, row: usize) -> Option<usize> {
        let mut above = self.cells.range((column, 0)..(column, row));
        above.next_back().map(|(_, shape)| *shape)
    }
}

/// The arrows between two shapes, and how much they pull.
struct Pull {
    from: usize,
    to: usize,
    weight: i64,
}

/// Gives the candidates for the places of the shapes, the plain order first.
pub(super) fn candidates(chart: &Chart, sweeps: Sweeps) -> Vec<Grid> {
    let row = rows(chart);
    let lanes = chart.lanes.len().max(1);
    let rows = row.iter().max().map_or(0, |last| last + 1);
    // The shapes of each row and lane.
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (shape, (of, at)) in chart.shapes.iter().zip(&row).enumerate() {
        groups.entry((*at, of.lane)).or_default().push(shape);
    }
    let mut width = vec![1; lanes];
    for ((_, lane), group) in &groups {
        if let Some(width) = width.get_mut(*lane) {
            *width = group.len().max(*width);
        }
    }
    let columns: Vec<usize> = width
        .iter()
        .enumerate()
        .flat_map(|(lane, width)| std::iter::repeat_n(lane, *width))
        .collect();
    let mut first = Vec::with_capacity(lanes);
    for lane in 0..lanes {
        first.push(columns.iter().position(|l| *l == lane).unwrap_or_default());
    }
    let mut column = vec![0; chart.shapes.len()];
    for ((_, lane), group) in &groups {
        let width = width.get(*lane).copied().unwrap_or(1);
        let start = first.get(*lane).copied().unwrap_or_default();
        let start = start + (width - group.len()) / 2;
        for (at, shape) in group.iter().enumerate() {
            set(&mut column, *shape, start + at);
        }
    }
    let finish = |column: &[usize]| Grid {
        rows,
        columns: columns.clone(),
        row: row.clone(),
        column: column.to_vec(),
        cells: column
            .iter()
            .zip(&row)
            .enumerate()
            .map(|(shape, (column, row))| ((*column, *row), shape))
            .collect(),
    };
    let mut found = vec![finish(&column)];
    if sweeps == Sweeps::FileOrder {
        return found;
    }
    let pulls = pulls(chart, &row);
    let keys: Vec<(usize, usize)> = groups.keys().copied().collect();
    for sweep in 0..8 {
        let down = sweep % 2 == 0;
        let mut order = keys.clone();
        if !down {
            order.reverse();
        }
        for key in order {
            let Some(group) = groups.get(&key) else {
                continue;
            };
            let lane = key.1;
            let start = first.get(lane).copied().unwrap_or_default();
            let width = width.get(lane).copied().unwrap_or(1);
            // Late sweeps look both ways, so that lines become straight.
            let ways = if sweep >= 4 { None } else { Some(down) };
            let wanted: Vec<(usize, Wish)> = group
                .iter()
                .map(|shape| (*shape, wish(&pulls, &row, &column, *shape, ways)))
                .collect();
            for (shape, at) in assign(wanted, start, width) {
                set(&mut column, shape, at);
            }
        }
        let grid = finish(&column);
        if !found.contains(&grid) {
            found.push(grid);
        }
    }
    found
}

fn set(of: &mut [usize], at: usize, value: usize) {
    if let Some(place) = of.get_mut(at) {
        *place = value;
    }
}

/// Where a shape would like to stand: the columns of its neighbours with their weights.
struct Wish {
    neighbours: Vec<(i64, i64)>,
}

impl Wish {
    /// A thousand times the mean column; none without neighbours.
    fn mean(&self) -> Option<i64> {
        let weight: i64 = self.neighbours.iter().map(|(_, weight)| weight).sum();
        let sum: i64 = self.neighbours.iter().map(|(at, weight)| at * weight).sum();
        (weight > 0).then(|| sum * 1000 / weight)
    }

    fn cost(&self, column: usize) -> i64 {
        let column = i64::from(int(column));
        let away = |(at, weight): &(i64, i64)| (at - column).abs() * weight;
        self.neighbours.iter().map(away).sum()
    }
}

fn wish(
    pulls: &[Vec<Pull>],
    row: &[usize],
    column: &[usize],
    shape: usize,
    down: Option<bool>,
) -> Wish {
    let of = |all: &[usize], shape: usize| all.get(shape).copied().unwrap_or_default();
    let mut neighbours = Vec::new();
    for pull in pulls.get(shape).into_iter().flatten() {
        let other = if pull.from == shape {
            pull.to
        } else {
            pull.from
        };
        let is_above = of(row, other) < of(row, shape);
        if down.is_none_or(|down| down == is_above) {
            neighbours.push((i64::from(int(of(column, other))), pull.weight));
        }
    }
    Wish { neighbours }
}

/// Gives the arrows of each shape; near ones and plain ones pull more.
fn pulls(chart: &Chart, row: &[usize]) -> Vec<Vec<Pull>> {
    let mut pulls: Vec<Vec<Pull>> = chart.shapes.iter().map(|_| Vec::new()).collect();
    let mut seen = BTreeSet::new();
    for (_, net, branch) in chart.branches() {
        let (from, to) = (net.source, branch.target);
        if from == to || !seen.insert((from, to)) {
            continue;
        }
        let at = |shape: usize| row.get(shape).copied().unwrap_or_default();
        let far = at(from).abs_diff(at(to));
        let plain = if net.mode == Mode::Open { 3 } else { 1 };
        let near = match far {
            1 => 4,
            2..=3 => 2,
            _ => 1,
        };
        let same_lane = |a: usize, b: usize| {
            let lane = |shape: usize| chart.shapes.get(shape).map(|shape| shape.lane);
            lane(a) == lane(b)
        };
        let lane = if same_lane(from, to) { 2 } else { 1 };
        for end in [from, to] {
            if let Some(of) = pulls.get_mut(end) {
                of.push(Pull {
                    from,
                    to,
                    weight: plain * near * lane,
                });
            }
        }
    }
    pulls
}

/// Puts the shapes of one row and lane into columns: in the order of their wishes, each as near
/// to its neighbours as the others leave it.
fn assign(mut wanted: Vec<(usize, Wish)>, start: usize, width: usize) -> Vec<(usize, usize)> {
    let middle = i64::from(int(start)) * 1000 + (i64::from(int(width)) - 1) * 500;
    wanted.sort_by_key(|(shape, wish)| (wish.mean().unwrap_or(middle), *shape));
    let count = wanted.len();
    // best[k] = the least cost of the shapes so far, the last of them in column k at most.
    let free = width.saturating_sub(count) + 1;
    let mut best: Vec<(i64, Vec<usize>)> = vec![(0, Vec::new()); free];
    for (at, (_, wish)) in wanted.iter().enumerate() {
        let mut least: Option<(i64, Vec<usize>)> = None;
        for (shift, (cost, columns)) in best.iter_mut().enumerate() {
            let column = start + at + shift;
            // Of equal places the one nearest to the middle of the lane.
            let off = (i64::from(int(column)) * 1000 - middle).abs();
            let here = *cost + wish.cost(column) * 10_000 + off;
            if least.as_ref().is_none_or(|(cost, _)| here < *cost) {
                let mut columns = columns.clone();
                columns.push(column);
                least = Some((here, columns));
            }
            if let Some(least) = &least {
                (*cost, *columns) = least.clone();
            }
        }
    }
    let columns = best.pop().map(|(_, columns)| columns).unwrap_or_default();
    wanted
        .into_iter()
        .map(|(shape, _)| shape)
        .zip(columns)
        .collect()
}

/// Gives the row of every shape: below all that leads to it, the bands one below the other.
fn rows(chart: &Chart) -> Vec<usize> {
    let count = chart.shapes.len();
    let band = |shape: usize| chart.shapes.get(shape).map_or(0, |shape| shape.band);
    let mut next: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (_, net, branch) in chart.branches() {
        let (from, to) = (net.source, branch.target);
        let forward = net.mode != Mode::Loop && from != to && band(from) <= band(to);
        if let Some(next) = next.get_mut(from).filter(|_| forward) {
            next.insert(to);
        }
    }
    let order = without_back_edges(&mut next);
    let mut rank = vec![0; count];
    let mut start = 0;
    for level in 0..chart.bands.len().max(1) {
        let mut deepest = start;
        for &shape in order.iter().filter(|shape| band(**shape) == level) {
            let own = rank.get(shape).copied().unwrap_or_default().max(start);
            set(&mut rank, shape, own);
            deepest = deepest.max(own + 1);
            for &to in next.get(shape).into_iter().flatten() {
                let there = rank.get(to).copied().unwrap_or_default();
                set(&mut rank, to, there.max(own + 1));
            }
        }
        start = deepest;
    }
    spread(chart, &rank)
}

/// Takes out the arrows that lead back, found by a search in the order of the file; gives an
/// order in which all others lead onward.
fn without_back_edges(next: &mut [BTreeSet<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        OnTheWay,
        Done,
    }
    let mut seen = vec![Seen::Not; next.len()];
    let mut finished = Vec::with_capacity(next.len());
    let mut back = Vec::new();
    for root in 0..next.len() {
        if seen.get(root) != Some(&Seen::Not) {
            continue;
        }
        let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut entered = Some(root);
        loop {
            if let Some(shape) = entered.take() {
                if let Some(seen) = seen.get_mut(shape) {
                    *seen = Seen::OnTheWay;
                }
                let ahead = next.get(shape).into_iter().flatten().rev().copied();
                stack.push((shape, ahead.collect()));
            }
            let Some((shape, ahead)) = stack.last_mut() else {
                break;
            };
            let shape = *shape;
            if let Some(to) = ahead.pop() {
                match seen.get(to) {
                    Some(Seen::Not) => entered = Some(to),
                    Some(Seen::OnTheWay) => back.push((shape, to)),
                    Some(Seen::Done) | None => {}
                }
            } else {
                if let Some(seen) = seen.get_mut(shape) {
                    *seen = Seen::Done;
                }
                finished.push(shape);
                stack.pop();
            }
        }
    }
    for (from, to) in back {
        if let Some(next) = next.get_mut(from) {
            next.remove(&to);
        }
    }
    finished.reverse();
    finished
}

/// Makes several rows of a rank in which a lane has too many shapes side by side.
fn spread(chart: &Chart, rank: &[usize]) -> Vec<usize> {
    let mut crowd: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut within = Vec::with_capacity(rank.len());
    for (shape, rank) in chart.shapes.iter().zip(rank) {
        let so_far = crowd.entry((*rank, shape.lane)).or_default();
        within.push(*so_far / ABREAST);
        *so_far += 1;
    }
    let mut depth: BTreeMap<usize, usize> = BTreeMap::new();
    for ((rank, _), count) in crowd {
        let rows = count.div_ceil(ABREAST);
        let deepest = depth.entry(rank).or_default();
        *deepest = rows.max(*deepest);
    }
    let mut first = BTreeMap::new();
    let mut row = 0;
    for (rank, rows) in depth {
        first.insert(rank, row);
        row += rows;
    }
    rank.iter()
        .zip(within)
        .map(|(rank, within)| first.get(rank).copied().unwrap_or_default() + within)
        .collect()
}
