//! The ways of the lines: between rows lie channels, beside columns lie gutters.
//!
//! A line leaves its shape below and comes to its target from above. So it runs along channels
//! and gutters, or through cells without a shape, and never through a shape.

use std::collections::BTreeSet;

use super::grid::Grid;
use super::{Branch, Chart};

/// How a line gets from the row of its source to that of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Down, without a bend.
    Straight,
    /// Down at the source, along the channel above the target.
    Drop,
    /// Along the channel below the source, down at the target.
    Rise,
    /// Along the channel below the source, through this gutter, along the one above the target.
    Gutter(usize),
}

/// A line of a net to one target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub net: usize,
    /// The branch in its net.
    pub branch: usize,
    pub source: usize,
    pub target: usize,
    pub join: Option<usize>,
    pub way: Way,
}

/// Where a column stands among columns and gutters.
pub(super) fn column_place(grid: &Grid, column: usize) -> usize {
    let lane = grid.columns.get(column).copied().unwrap_or_default();
    2 * (column + lane) + 1
}

/// Where a gutter stands among columns and gutters.
pub(super) fn gutter_place(gutter: usize) -> usize {
    2 * gutter
}

/// Gives the number of gutters: one on either side of each column.
pub(super) fn gutters(grid: &Grid) -> usize {
    grid.columns.len() + grid.columns.last().map_or(0, |lane| lane + 1)
}

/// Chooses the way of every line; `straight` says where a line may go down without a bend.
pub(super) fn links(
    chart: &Chart,
    grid: &Grid,
    straight: impl Fn(usize, &Branch) -> bool,
) -> Vec<Link> {
    let branches = chart.nets.iter().enumerate().flat_map(|(net, of)| {
        let branches = of.branches.iter().enumerate();
        branches.map(move |(branch, to)| (net, of.source, branch, to))
    });
    let mut links = Vec::new();
    let mut open = Vec::new();
    for (net, source, branch, to) in branches {
        let way = short_way(grid, source, to.target, || straight(net, to));
        open.push(way.is_none());
        links.push(Link {
            net,
            branch,
            source,
            target: to.target,
            join: to.join,
            way: way.unwrap_or(Way::Straight),
        });
    }
    let across = Across::new(grid, links.iter().zip(&open));
    let edges = edge_gutters(grid);
    let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
    let open = links.iter_mut().zip(open).filter(|(_, open)| *open);
    for (link, _) in open {
        let (source_row, source_column) = grid.place(link.source);
        let (target_row, target_column) = grid.place(link.target);
        let from = column_place(grid, source_column);
        let to = column_place(grid, target_column);
        let far = target_row <= source_row || target_row - source_row > 6;
        let (out, into) = (source_row + 1, target_row);
        // Near, across few lines, at the edge of a lane when far, and where the net runs already.
        let cost = |gutter: usize| {
            let at = gutter_place(gutter);
            let apart = if far && !edges.contains(&gutter) {
                3
            } else {
                0
            };
            let fresh = if used.contains(&(link.net, gutter)) {
                0
            } else {
                2
            };
            let crossed = across.count(gutter, out.min(into), out.max(into));
            at.abs_diff(from) + at.abs_diff(to) + apart + fresh + 2 * crossed
        };
        let best = (0..gutters(grid)).rev().min_by_key(|gutter| cost(*gutter));
        let gutter = best.unwrap_or_default();
        used.insert((link.net, gutter));
        link.way = Way::Gutter(gutter);
    }
    links
}

/// Gives the way of a line that needs no gutter.
fn short_way(
    grid: &Grid,
    source: usize,
    target: usize,
    straight: impl Fn() -> bool,
) -> Option<Way> {
    let (source_row, source_column) = grid.place(source);
    let (target_row, target_column) = grid.place(target);
    let between = source_row + 1..target_row;
    if target_row <= source_row {
        return None;
    }
    let is_free = |column: usize| grid.is_free(column, between.clone());
    if source_column == target_column && is_free(source_column) && straight() {
        Some(Way::Straight)
    } else if is_free(target_column) {
        Some(Way::Rise)
    } else {
        is_free(source_column).then_some(Way::Drop)
    }
}

/// How many short lines run across each gutter, in the channels above each one.
struct Across(Vec<Vec<usize>>);

impl Across {
    fn new<'a>(grid: &Grid, links: impl Iterator<Item = (&'a Link, &'a bool)>) -> Self {
        let mut across = vec![vec![0; grid.rows + 2]; gutters(grid)];
        for (link, open) in links {
            let (source_row, source_column) = grid.place(link.source);
            let (target_row, target_column) = grid.place(link.target);
            let channel = match link.way {
                Way::Rise => source_row + 1,
                Way::Drop => target_row,
                Way::Straight | Way::Gutter(_) => continue,
            };
            if *open {
                continue;
            }
            let (one, other) = (
                column_place(grid, source_column),
                column_place(grid, target_column),
            );
            for (gutter, channels) in across.iter_mut().enumerate() {
                let inside =
                    one.min(other) < gutter_place(gutter) && gutter_place(gutter) < one.max(other);
                if let Some(count) = channels.get_mut(channel + 1).filter(|_| inside) {
                    *count += 1;
                }
            }
        }
        for channels in &mut across {
            let mut sum = 0;
            for count in channels {
                sum += *count;
                *count = sum;
            }
        }
        Self(across)
    }

    /// Counts the lines across a gutter in the channels strictly between two.
    fn count(&self, gutter: usize, first: usize, last: usize) -> usize {
        let above = |channel: usize| {
            let channels = self.0.get(gutter);
            let count = channels.and_then(|channels| channels.get(channel));
            count.copied().unwrap_or_default()
        };
        above(last).saturating_sub(above(first + 1))
    }
}

/// Gives the gutters at the edges of lanes.
fn edge_gutters(grid: &Grid) -> Vec<usize> {
    let mut edges = Vec::new();
    for (column, lane) in grid.columns.iter().enumerate() {
        let before = column.checked_sub(1).and_then(|b| grid.columns.get(b));
        if before != Some(lane) {
            edges.push(column + lane);
        }
        if grid.columns.get(column + 1) != Some(lane) {
            edges.push(column + lane + 1);
        }
    }
    edges
}
