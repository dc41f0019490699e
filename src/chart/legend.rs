//! The legend below a chart, and the signs that chart and legend share.

use super::draw::{dashes, outline};
use super::places::{Point, Rect};
use super::progress::Mark;
use super::scene::{Figure, Group, Item, Line, Part, Pen, Tone};
use super::{Ground, Kind, ports, texts};
use crate::font::{Fonts, Weight};
use crate::words::Words;

/// The height of a line of the legend.
const LINE: i32 = 28;
/// The width of a sign.
const SIGN: i32 = 40;
/// The texts of the legend.
const FACE: (Weight, u8) = (Weight::Regular, 12);

/// What the legend explains.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Shape(Kind, bool),
    Ours,
    Door,
    Fact,
    Line(Ground),
    Thin,
    Travelled,
    All,
    Mark(Mark),
}

fn signs(live: bool) -> Vec<(Sign, &'static str)> {
    let mut signs = vec![
        (Sign::Shape(Kind::Step, false), "chart-legend-step"),
        (Sign::Shape(Kind::Step, true), "chart-legend-side"),
        (Sign::Shape(Kind::Decision, false), "chart-legend-decision"),
        (Sign::Ours, "chart-legend-ours"),
        (Sign::Door, "chart-legend-door"),
        (Sign::Fact, "chart-legend-fact"),
        (Sign::All, "chart-legend-all"),
    ];
    for ground in [Ground::Text, Ground::Order, Ground::Derived] {
        signs.push((Sign::Line(ground), texts::basis_key(ground)));
    }
    if live {
        signs.push((Sign::Travelled, "chart-legend-travelled"));
        for mark in [
            Mark::Open,
            Mark::Parked,
            Mark::Done,
            Mark::Partly,
            Mark::Impossible,
            Mark::NotApplicable,
            Mark::Skipped,
            Mark::Withdrawn,
        ] {
            signs.push((Sign::Mark(mark), mark.key()));
        }
    } else {
        signs.push((Sign::Thin, "chart-legend-thin"));
    }
    signs
}

/// Draws the legend from a place on, in so much width; gives where it ends.
pub(super) fn draw(pen: &mut Pen<'_>, at: Point, width: i32, words: &Words, live: bool) -> i32 {
    let Point { mut x, mut y } = at;
    for (sign, key) in signs(live) {
        let text = words.get(key);
        let room = SIGN + 8 + ports::width(pen.fonts, FACE, &text) + 28;
        if x > at.x && x + room > at.x + width {
            x = at.x;
            y += LINE;
        }
        let place = Point { x, y };
        put(pen, sign, place);
        pen.words(&text, place.plus((SIGN + 8, 15)), FACE, Tone::Ink);
        x += room;
    }
    pen.group(Part::Legend);
    y + LINE
}

/// Gives the legend alone, in so much width, and its height.
pub fn legend(width: i32, words: &Words, live: bool, fonts: &Fonts) -> (Vec<Group>, i32) {
    let mut pen = Pen::new(fonts);
    let bottom = draw(&mut pen, Point { x: 0, y: 0 }, width, words, live);
    (pen.finish(), bottom)
}

fn put(pen: &mut Pen<'_>, sign: Sign, at: Point) {
    let rect = Rect {
        x: at.x + 2,
        y: at.y + 2,
        w: SIGN - 4,
        h: 18,
    };
    let (left, right) = (at.plus((0, 11)), at.plus((SIGN, 11)));
    match sign {
        Sign::Shape(kind, side) => {
            let kind = if side { Kind::End } else { kind };
            let figure = outline(kind, side, rect);
            pen.area(figure, Tone::Panel, Some(Line::new(Tone::Ink, 14)));
        }
        Sign::Ours => {
            let face = (Weight::Bold, 13);
            pen.words("*", at.plus((SIGN - 12, 16)), face, Tone::Ink);
        }
        Sign::Door => entry(pen, at.plus((SIGN - 4, 11)), Tone::Ink),
        Sign::Fact => entry(pen, at.plus((SIGN - 4, 11)), Tone::Panel),
        Sign::Line(ground) => {
            let line = Line {
                dashes: dashes(ground),
                ..Line::new(Tone::Ink, 14)
            };
            pen.stroke(left, right, line);
        }
        Sign::Thin => pen.stroke(left, right, Line::new(Tone::QuietInk, 11)),
        Sign::Travelled => pen.stroke(left, right, Line::new(Tone::Ink, 26)),
        Sign::All => {
            let bar = (at.plus((4, 6)), at.plus((36, 6)));
            pen.stroke(bar.0, bar.1, Line::new(Tone::Ink, 40));
            for x in [10, 30] {
                let line = Line::new(Tone::Ink, 14);
                pen.stroke(at.plus((x, 2)), at.plus((x, 12)), line);
                pen.tip(at.plus((x, 21)), Tone::Ink);
            }
        }
        Sign::Mark(mark) => pen.put(self::sign(mark, at.plus((SIGN - 16, 15)), tone(mark))),
    }
}

/// Gives the colour of the sign of a state.
fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Open => Tone::Accent,
        Mark::Parked => Tone::Warn,
        Mark::Done | Mark::Partly => Tone::Ok,
        Mark::Ahead | Mark::Impossible | Mark::NotApplicable | Mark::Skipped | Mark::Withdrawn => {
            Tone::QuietInk
        }
    }
}

/// Draws the arrow of a door or a fact, its tip at a place.
pub(super) fn entry(pen: &mut Pen<'_>, tip: Point, fill: Tone) {
    let corners = [(0, 0), (-8, -5), (-8, 5)].map(|by| tip.plus(by));
    let figure = Figure::Polygon(corners.to_vec());
    pen.area(figure, fill, Some(Line::new(Tone::Ink, 12)));
}

/// Gives the sign of a state, on a base line from a place on, 12 wide and 10 high; none for what is
/// ahead.
pub fn sign(mark: Mark, at: Point, tone: Tone) -> Option<Item> {
    let lines: &[&[(i32, i32)]] = match mark {
        Mark::Ahead => return None,
        Mark::Open => &[&[(2, -10), (9, -5), (2, 0)]],
        Mark::Parked => &[&[(3, -10), (3, 0)], &[(8, -10), (8, 0)]],
        Mark::Done => &[&[(1, -5), (4, -1), (10, -10)]],
        // Half a tick, and a line left out.
        Mark::Partly => &[&[(0, -5), (2, -2), (6, -10)], &[(7, -2), (12, -2)]],
        // A closed box with a line through it.
        Mark::Impossible => &[
            &[(1, -10), (11, -10), (11, 0), (1, 0), (1, -10)],
            &[(1, 0), (11, -10)],
        ],
        Mark::NotApplicable => &[&[(1, -5), (11, -5)]],
        Mark::Skipped => &[&[(0, -10), (4, -5), (0, 0)], &[(6, -10), (10, -5), (6, 0)]],
        Mark::Withdrawn => &[&[(1, -9), (10, 0)], &[(10, -9), (1, 0)]],
    };
    let points = |line: &&[(i32, i32)]| line.iter().map(|by| at.plus(*by)).collect::<Vec<_>>();
    let mut lines = lines.iter().map(points);
    Some(if mark == Mark::Open {
        Item {
            figure: Figure::Polygon(lines.next().unwrap_or_default()),
            fill: Some(tone),
            line: Some(Line::new(tone, 10)),
        }
    } else {
        Item {
            figure: Figure::Strokes(lines.collect()),
            fill: None,
            line: Some(Line::new(tone, 20)),
        }
    })
}
