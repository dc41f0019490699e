//! What is drawn of a chart: lanes, lines, shapes and their state, as figures.

use std::collections::BTreeMap;

use super::places::{Layout, Placed, Point, Rect, Wire};
use super::progress::{Mark, Progress, Standing};
use super::scene::{Figure, Group, Line, Part, Pen, Tone};
use super::{Chart, Ground, Kind, Net, Shape, legend, ports};
use crate::flow::Mode;
use crate::font::{Fonts, Weight};
use crate::words::Words;

/// How far the sides of a question's frame slant.
const SLANT: i32 = 14;

/// Draws a chart from its upper left corner on; with the progress of an incident, when there is
/// one.
pub fn draw(
    chart: &Chart,
    layout: &Layout,
    progress: Option<&Progress>,
    words: &Words,
    fonts: &Fonts,
) -> Vec<Group> {
    let mut painter = Painter {
        pen: Pen::new(fonts),
        chart,
        layout,
        progress,
        words,
    };
    painter.ground();
    painter.wires();
    painter.shapes();
    painter.pen.finish()
}

/// Gives the dashes of a line by where it comes from.
pub(super) fn dashes(ground: Ground) -> Option<(i32, i32)> {
    match ground {
        Ground::Text => None,
        Ground::Order => Some((9, 4)),
        Ground::Derived => Some((3, 3)),
    }
}

/// Gives the outline of a shape.
pub(super) fn outline(kind: Kind, side: bool, rect: Rect) -> Figure {
    if kind == Kind::Decision {
        let Rect { x, y, w, h } = rect;
        let middle = h / 2;
        let corners = [
            (SLANT, 0),
            (w - SLANT, 0),
            (w, middle),
            (w - SLANT, h),
            (SLANT, h),
            (0, middle),
        ];
        return Figure::Polygon(corners.map(|by| Point { x, y }.plus(by)).to_vec());
    }
    let round = match kind {
        Kind::End => rect.h / 2,
        _ if side => 16,
        _ => 4,
    };
    Figure::Rect { rect, round }
}

/// How a shape looks in a state.
pub(super) struct Style {
    pub(super) frame: Line,
    pub(super) fill: Tone,
    pub(super) ink: Tone,
}

/// Gives how a shape looks in a state; without one on a chart of a flow alone.
pub(super) fn style(mark: Option<Mark>) -> Style {
    let (frame, width, fill, ink) = match mark {
        None => (Tone::Ink, 14, Tone::Panel, Tone::Ink),
        Some(Mark::Ahead) => (Tone::ControlLine, 10, Tone::Panel, Tone::QuietInk),
        Some(Mark::Open) => (Tone::Accent, 34, Tone::AccentFill, Tone::Ink),
        Some(Mark::Parked) => (Tone::Warn, 20, Tone::WarnFill, Tone::Ink),
        Some(Mark::Done) => (Tone::Ok, 16, Tone::OkFill, Tone::Ink),
        Some(Mark::Partly) => (Tone::Ok, 16, Tone::Panel, Tone::Ink),
        Some(Mark::Impossible | Mark::NotApplicable | Mark::Skipped) => {
            (Tone::QuietInk, 14, Tone::Sunken, Tone::QuietInk)
        }
        Some(Mark::Withdrawn) => (Tone::ControlLine, 14, Tone::Panel, Tone::QuietInk),
    };
    let dashes = (mark == Some(Mark::Withdrawn)).then_some((5, 4));
    let frame = Line {
        dashes,
        ..Line::new(frame, width)
    };
    Style { frame, fill, ink }
}

struct Painter<'a> {
    pen: Pen<'a>,
    chart: &'a Chart,
    layout: &'a Layout,
    progress: Option<&'a Progress>,
    words: &'a Words,
}

impl Painter<'_> {
    /// Draws lanes and bands.
    fn ground(&mut self) {
        let layout = self.layout;
        for rect in &layout.lanes {
            self.pen.rect(*rect, 0, Tone::Panel);
        }
        for (rect, _) in layout.bands.iter().skip(1) {
            let from = Point {
                x: rect.x,
                y: rect.y,
            };
            let line = Line::new(Tone::ControlLine, 10);
            self.pen.stroke(from, from.plus((rect.w, 0)), line);
        }
        self.pen.group(Part::Ground);
        for (at, (rect, lines)) in layout.heads.iter().enumerate() {
            self.pen.rect(*rect, 4, Tone::Rail);
            for line in lines {
                self.pen.text(line, Tone::RailInk);
            }
            self.pen.group(Part::LaneHead(at));
        }
        let bands = layout.bands.iter().zip(&self.chart.bands);
        for (at, ((rect, lines), band)) in bands.enumerate() {
            let tone = Tone::Phase(band.phase);
            let bar = Rect {
                x: rect.x,
                y: rect.y + 4,
                w: 6,
                h: rect.h - 8,
            };
            self.pen.rect(bar, 0, tone);
            for line in lines {
                self.pen.text(line, tone);
            }
            self.pen.group(Part::Band(at));
        }
    }

    /// Draws the lines: those that were followed on top.
    fn wires(&mut self) {
        let layout = self.layout;
        for travelled in [false, true] {
            for (at, (net, wire)) in self.chart.nets.iter().zip(&layout.wires).enumerate() {
                self.wire(at, net, wire, travelled);
                self.pen.group(Part::Wire(at));
            }
        }
        for bar in &layout.bars {
            self.pen.stroke(bar.from, bar.to, Line::new(Tone::Ink, 40));
        }
        self.pen.group(Part::Bars);
    }

    fn wire(&mut self, at: usize, net: &Net, wire: &Wire, travelled: bool) {
        let live = self.progress;
        let is_travelled =
            |branch: usize| live.is_some_and(|progress| progress.is_travelled(at, branch));
        let plain = matches!(net.mode, Mode::Open | Mode::Loop);
        let (tone, width) = match (live, travelled) {
            (_, true) => (Tone::Ink, 26),
            (None, _) if plain => (Tone::Ink, 14),
            (None, _) => (Tone::QuietInk, 11),
            (Some(_), _) => (Tone::ControlLine, 12),
        };
        let pieces = wire
            .pieces
            .iter()
            .filter(|piece| piece.branches.iter().any(|branch| is_travelled(*branch)) == travelled);
        let mut by_ground: BTreeMap<Ground, Vec<Vec<Point>>> = BTreeMap::new();
        let mut all = Vec::new();
        for piece in pieces {
            let branches = piece.branches.iter().filter_map(|b| net.branches.get(*b));
            let Some(ground) = branches.map(|branch| branch.basis).min() else {
                continue;
            };
            let line = vec![piece.from, piece.to];
            all.push(line.clone());
            by_ground.entry(ground).or_default().push(line);
        }
        if all.is_empty() {
            return;
        }
        // A light edge, so that lines that cross are seen to pass.
        self.pen.strokes(all, Line::new(Tone::Panel, width + 36));
        for (ground, lines) in by_ground {
            let line = Line {
                dashes: dashes(ground),
                ..Line::new(tone, width)
            };
            self.pen.strokes(lines, line);
        }
        for (branch, tip) in wire.tips.iter().enumerate() {
            if is_travelled(branch) == travelled {
                self.pen.tip(*tip, tone);
            }
        }
        for at in &wire.dots {
            let dot = Figure::Dot { at: *at, radius: 3 };
            self.pen.area(dot, tone, None);
        }
    }

    fn shapes(&mut self) {
        let layout = self.layout;
        for (at, (shape, placed)) in self.chart.shapes.iter().zip(&layout.shapes).enumerate() {
            self.shape(at, shape, placed);
            self.pen.group(Part::Shape(at));
        }
        for (at, wire) in layout.wires.iter().enumerate() {
            for line in &wire.label {
                self.pen.text(line, Tone::QuietInk);
            }
            self.pen.group(Part::Label(at));
        }
    }

    fn shape(&mut self, at: usize, shape: &Shape, placed: &Placed) {
        let standing = self.progress.map(|progress| progress.standing(at));
        let mark = standing.map(|standing| standing.mark);
        let Style { frame, fill, ink } = style(mark);
        let figure = outline(shape.kind, shape.side, placed.rect);
        self.pen.area(figure, fill, Some(frame));
        let number = if mark.is_none_or(|mark| mark == Mark::Ahead) {
            let band = self.chart.bands.get(shape.band);
            Tone::Phase(band.map_or(0, |band| band.phase))
        } else {
            ink
        };
        self.pen.text(&placed.number, number);
        if shape.ours {
            let at = placed.number.at.plus((placed.number.width + 3, 0));
            self.pen.words("*", at, (Weight::Bold, 13), number);
        }
        for line in &placed.title {
            self.pen.text(line, ink);
            if mark == Some(Mark::Withdrawn) {
                let from = line.at.plus((0, -5));
                let to = from.plus((line.width, 0));
                self.pen.stroke(from, to, Line::new(ink, 10));
            }
        }
        self.entry_mark(shape, placed.rect);
        if let Some(standing) = standing {
            self.state(standing, placed, frame.tone);
        }
    }

    /// Draws a small arrow where a door or a fact leads in.
    fn entry_mark(&mut self, shape: &Shape, rect: Rect) {
        let at = Point {
            x: rect.x - 1,
            y: rect.y + rect.h / 2,
        };
        if !shape.doors.is_empty() {
            legend::entry(&mut self.pen, at, Tone::Ink);
        } else if shape.by_fact {
            legend::entry(&mut self.pen, at, Tone::Panel);
        }
    }

    /// Writes the state at the right of the number.
    fn state(&mut self, standing: Standing, placed: &Placed, tone: Tone) {
        let face = (Weight::Bold, 12);
        let mut said = String::new();
        if standing.attempts > 1 {
            said = self.words.count("chart-attempts", standing.attempts);
            said.push(' ');
        }
        if standing.mark != Mark::Ahead {
            said.push_str(&self.words.get(standing.mark.key()));
        }
        let right = placed.rect.right() - ports::PADDING - 4;
        let wide = ports::width(self.pen.fonts, face, &said);
        let y = placed.number.at.y;
        let mut left = right - wide;
        self.pen.words(&said, Point { x: left, y }, face, tone);
        if standing.mark != Mark::Ahead {
            left -= 15;
            let sign = legend::sign(standing.mark, Point { x: left, y }, tone);
            self.pen.put(sign);
        }
        if standing.overdue {
            let said = format!("! {}", self.words.get("chart-overdue"));
            left -= ports::width(self.pen.fonts, face, &said) + 6;
            self.pen.words(&said, Point { x: left, y }, face, Tone::Bad);
        } else if standing.unreported {
            let said = format!("! {}", self.words.get("duty-running"));
            left -= ports::width(self.pen.fonts, face, &said) + 6;
            self.pen
                .words(&said, Point { x: left, y }, face, Tone::Warn);
        }
    }
}
