//! A drawing in plain numbers: figures with the role of their colour, in groups by what they show.
//!
//! Every painter (SVG, PNG, the window) draws from this; what is drawn is decided once, in
//! `draw`, `legend` and `sheet`.

use super::places::{Point, Rect, TextLine};
use super::ports;
use crate::font::{Fonts, Weight};

/// A colour by its role; what it is on paper or in a theme is the painter's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Behind everything.
    Background,
    /// Lanes and shapes.
    Panel,
    /// What was left out.
    Sunken,
    /// Text and lines.
    Ink,
    /// Text and lines that stand back.
    QuietInk,
    /// Edges that stand back.
    ControlLine,
    /// What is open.
    Accent,
    /// Its surface.
    AccentFill,
    /// What is done.
    Ok,
    /// Its surface.
    OkFill,
    /// What is parked, and what is to be minded.
    Warn,
    /// Its surface.
    WarnFill,
    /// What is overdue.
    Bad,
    /// The heads of the lanes.
    Rail,
    /// Text on them.
    RailInk,
    /// The mark of a phase.
    Phase(u8),
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its colour.
    pub tone: Tone,
    /// Its width in tenths of a pixel.
    pub width: i32,
    /// How long its dashes and the gaps between them are, in pixels; none where it is whole.
    pub dashes: Option<(i32, i32)>,
}

impl Line {
    /// Gives a whole line.
    pub(super) fn new(tone: Tone, width: i32) -> Self {
        let dashes = None;
        Self {
            tone,
            width,
            dashes,
        }
    }
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// The radius of its corners.
        round: i32,
    },
    /// A convex polygon.
    Polygon(Vec<Point>),
    /// A filled circle.
    Dot {
        /// Its middle.
        at: Point,
        /// Its radius.
        radius: i32,
    },
    /// Lines through points.
    Strokes(Vec<Vec<Point>>),
    /// A line of text.
    Text(TextLine),
}

/// A figure with its colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is drawn.
    pub figure: Figure,
    /// What it is filled with; the colour of a text.
    pub fill: Option<Tone>,
    /// Its edge, or the line itself.
    pub line: Option<Line>,
}

/// What a group of figures shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What stands above the chart.
    Heading,
    /// The lanes, and the lines between the bands.
    Ground,
    /// The head of a lane, by its place in the chart.
    LaneHead(usize),
    /// The mark and the title of a band, by its place in the chart.
    Band(usize),
    /// The lines of a net, by its place in the chart.
    Wire(usize),
    /// The joins that need all.
    Bars,
    /// A shape, by its place in the chart.
    Shape(usize),
    /// The label of a net, by its place in the chart.
    Label(usize),
    /// What the signs mean.
    Legend,
    /// What stands in the margin of a page.
    Margin,
}

/// Figures that show one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they show.
    pub part: Part,
    /// What they cover.
    pub bounds: Rect,
    /// The figures, in the order in which they are painted.
    pub items: Vec<Item>,
}

impl Figure {
    /// Gives what it covers, without the width of its line.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Rect { rect, .. } => *rect,
            Self::Polygon(points) => around(points.iter()),
            Self::Dot { at, radius } => Rect {
                x: at.x - radius,
                y: at.y - radius,
                w: 2 * radius,
                h: 2 * radius,
            },
            Self::Strokes(lines) => around(lines.iter().flatten()),
            Self::Text(line) => {
                let size = i32::from(line.size);
                Rect {
                    x: line.at.x,
                    y: line.at.y - size,
                    w: line.width,
                    h: size + size / 2,
                }
            }
        }
    }

    fn move_by(&mut self, by: Point) {
        let add = |point: &mut Point| {
            point.x += by.x;
            point.y += by.y;
        };
        match self {
            Self::Rect { rect, .. } => {
                rect.x += by.x;
                rect.y += by.y;
            }
            Self::Polygon(points) => points.iter_mut().for_each(add),
            Self::Dot { at, .. } => add(at),
            Self::Strokes(lines) => lines.iter_mut().flatten().for_each(add),
            Self::Text(line) => add(&mut line.at),
        }
    }
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Rect {
    let mut found: Option<(Point, Point)> = None;
    for point in points {
        let (least, most) = found.get_or_insert((*point, *point));
        (least.x, least.y) = (least.x.min(point.x), least.y.min(point.y));
        (most.x, most.y) = (most.x.max(point.x), most.y.max(point.y));
    }
    let origin = Point { x: 0, y: 0 };
    let (least, most) = found.unwrap_or((origin, origin));
    Rect {
        x: least.x,
        y: least.y,
        w: most.x - least.x,
        h: most.y - least.y,
    }
}

impl Item {
    /// Gives what it covers, its line included.
    pub fn bounds(&self) -> Rect {
        let Rect { x, y, w, h } = self.figure.bounds();
        let more = self.line.map_or(0, |line| line.width / 20 + 1);
        Rect {
            x: x - more,
            y: y - more,
            w: w + 2 * more,
            h: h + 2 * more,
        }
    }
}

impl Group {
    /// Puts figures in a group; none where there are none.
    fn new(part: Part, items: Vec<Item>) -> Option<Self> {
        let mut bounds = items.first()?.bounds();
        for item in &items {
            bounds = bounds.and(&item.bounds());
        }
        Some(Self {
            part,
            bounds,
            items,
        })
    }

    /// Moves all by as much.
    pub(super) fn move_by(&mut self, by: Point) {
        self.bounds.x += by.x;
        self.bounds.y += by.y;
        for item in &mut self.items {
            item.figure.move_by(by);
        }
    }
}

/// Puts figures down, in groups.
pub(super) struct Pen<'a> {
    pub fonts: &'a Fonts,
    groups: Vec<Group>,
    items: Vec<Item>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            groups: Vec::new(),
            items: Vec::new(),
        }
    }

    /// Says what has been put down since the last group.
    pub(super) fn group(&mut self, part: Part) {
        let items = std::mem::take(&mut self.items);
        self.groups.extend(Group::new(part, items));
    }

    pub(super) fn finish(self) -> Vec<Group> {
        self.groups
    }

    pub(super) fn put(&mut self, item: Option<Item>) {
        self.items.extend(item);
    }

    pub(super) fn area(&mut self, figure: Figure, fill: Tone, line: Option<Line>) {
        let fill = Some(fill);
        self.items.push(Item { figure, fill, line });
    }

    pub(super) fn rect(&mut self, rect: Rect, round: i32, fill: Tone) {
        self.area(Figure::Rect { rect, round }, fill, None);
    }

    /// Draws lines through points.
    pub(super) fn strokes(&mut self, lines: Vec<Vec<Point>>, line: Line) {
        self.items.push(Item {
            figure: Figure::Strokes(lines),
            fill: None,
            line: Some(line),
        });
    }

    /// Draws a straight line.
    pub(super) fn stroke(&mut self, from: Point, to: Point, line: Line) {
        self.strokes(vec![vec![from, to]], line);
    }

    /// Draws the tip of an arrow that comes from above.
    pub(super) fn tip(&mut self, at: Point, tone: Tone) {
        let corners = [(0, 0), (-5, -10), (5, -10)].map(|by| at.plus(by));
        self.area(Figure::Polygon(corners.to_vec()), tone, None);
    }

    /// Writes a line of text.
    pub(super) fn text(&mut self, line: &TextLine, tone: Tone) {
        self.area(Figure::Text(line.clone()), tone, None);
    }

    /// Writes a text on one line.
    pub(super) fn words(&mut self, text: &str, at: Point, face: (Weight, u8), tone: Tone) {
        let width = ports::width(self.fonts, face, text);
        let (weight, size) = face;
        let line = TextLine {
            at,
            width,
            size,
            weight,
            text: text.to_owned(),
        };
        self.text(&line, tone);
    }
}
