//! A chart in plain numbers: what every painter draws from.

use crate::font::Weight;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

impl Point {
    /// Gives the place that lies as far from it.
    pub(super) fn plus(self, (x, y): (i32, i32)) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
        }
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub w: i32,
    /// Its height.
    pub h: i32,
}

impl Rect {
    /// Gives the right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// Gives the lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Tells whether the two have an inner point in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Gives the smallest rectangle that holds both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            w: self.right().max(other.right()) - x,
            h: self.bottom().max(other.bottom()) - y,
        }
    }
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// Where its base line begins.
    pub at: Point,
    /// Its width.
    pub width: i32,
    /// Its size.
    pub size: u8,
    /// Its weight.
    pub weight: Weight,
    /// The text.
    pub text: String,
}

/// A shape in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Where it is.
    pub rect: Rect,
    /// Its number.
    pub number: TextLine,
    /// Its title.
    pub title: Vec<TextLine>,
}

/// A straight piece of a line, from left to right or from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// The branches of the net that go along it.
    pub branches: Vec<usize>,
}

/// The lines of one net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// Its pieces; no two lie on one another.
    pub pieces: Vec<Piece>,
    /// Where each branch ends.
    pub tips: Vec<Point>,
    /// Where it forks.
    pub dots: Vec<Point>,
    /// The lines of its label.
    pub label: Vec<TextLine>,
    /// The place of its label, when it has one.
    pub label_rect: Option<Rect>,
}

/// Lies across the tips of a join that needs all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// The shape below.
    pub target: usize,
    /// Its left end.
    pub from: Point,
    /// Its right end.
    pub to: Point,
}

/// A chart in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width of all.
    pub width: i32,
    /// The height of all.
    pub height: i32,
    /// The heads of the lanes, and what stands there.
    pub heads: Vec<(Rect, Vec<TextLine>)>,
    /// The lanes, below their heads.
    pub lanes: Vec<Rect>,
    /// The bands, and what stands at their left.
    pub bands: Vec<(Rect, Vec<TextLine>)>,
    /// The shapes, in the order of the chart.
    pub shapes: Vec<Placed>,
    /// The lines, in the order of the chart's nets.
    pub wires: Vec<Wire>,
    /// The joins that need all.
    pub bars: Vec<Bar>,
    /// How often lines of different nets cross.
    pub crossings: usize,
    /// How often lines bend.
    pub bends: usize,
}
