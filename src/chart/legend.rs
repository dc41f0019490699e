//! The legend below a chart, and the signs that chart and legend share.

use super::places::{Point, Rect};
use super::progress::Mark;
use super::svg::{NONE, Pen, Stroke, dashes, outline};
use super::{Ground, Kind, ports, texts};
use crate::font::Weight;
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

/// Draws the legend from a place on; gives where it ends.
pub(super) fn draw(pen: &mut Pen<'_>, at: Point, width: i32, words: &Words, live: bool) -> i32 {
    let colors = pen.colors.clone();
    let Point { mut x, mut y } = at;
    for (sign, key) in signs(live) {
        let text = words.get(key);
        let room = SIGN + 8 + ports::width(pen.fonts, FACE, &text) + 28;
        if x > at.x && x + room > at.x + width {
            x = at.x;
            y += LINE;
        }
        put(pen, sign, Point { x, y });
        let place = Point {
            x: x + SIGN + 8,
            y: y + 15,
        };
        pen.words(&text, place, FACE, &colors.ink);
        x += room;
    }
    y + LINE
}

fn put(pen: &mut Pen<'_>, sign: Sign, at: Point) {
    let colors = pen.colors.clone();
    let Point { x, y } = at;
    let rect = Rect {
        x: x + 2,
        y: y + 2,
        w: SIGN - 4,
        h: 18,
    };
    let stroke = |color, width, dashes| Stroke {
        color,
        width,
        dashes,
    };
    let middle = y + 11;
    let line = format!("M{x} {middle}h{SIGN}");
    match sign {
        Sign::Shape(Kind::Step, true) => {
            let data = outline(Kind::End, true, rect);
            pen.path(&data, &colors.panel, stroke(&colors.ink, 14, ""));
        }
        Sign::Shape(kind, side) => {
            let data = outline(kind, side, rect);
            pen.path(&data, &colors.panel, stroke(&colors.ink, 14, ""));
        }
        Sign::Ours => {
            let at = Point {
                x: x + SIGN - 12,
                y: y + 16,
            };
            pen.words("*", at, (Weight::Bold, 13), &colors.ink);
        }
        Sign::Door | Sign::Fact => {
            let fill = if matches!(sign, Sign::Door) {
                &colors.ink
            } else {
                &colors.panel
            };
            let tip = Point {
                x: x + SIGN - 4,
                y: middle,
            };
            entry(pen, tip, fill);
        }
        Sign::Line(ground) => pen.path(&line, "none", stroke(&colors.ink, 14, dashes(ground))),
        Sign::Thin => pen.path(&line, "none", stroke(&colors.quiet_ink, 11, "")),
        Sign::Travelled => pen.path(&line, "none", stroke(&colors.ink, 26, "")),
        Sign::All => {
            let bar = format!("M{} {}h32", x + 4, y + 6);
            pen.path(&bar, "none", stroke(&colors.ink, 40, ""));
            for x in [x + 10, x + 30] {
                let tip = format!("M{x} {}v10", y + 2);
                pen.path(&tip, "none", stroke(&colors.ink, 14, ""));
                pen.path(&format!("M{x} {}l-5 -10h10Z", y + 21), &colors.ink, NONE);
            }
        }
        Sign::Mark(mark) => {
            let color = match mark {
                Mark::Open => &colors.accent,
                Mark::Parked => &colors.warn,
                Mark::Done => &colors.ok,
                Mark::Ahead | Mark::Skipped | Mark::Withdrawn => &colors.quiet_ink,
            };
            let at = Point {
                x: x + SIGN - 16,
                y: y + 15,
            };
            self::sign(pen, mark, at, color);
        }
    }
}

/// Draws the arrow of a door or a fact, its tip at a place.
pub(super) fn entry(pen: &mut Pen<'_>, tip: Point, fill: &str) {
    let color = pen.colors.ink.clone();
    let stroke = Stroke {
        color: &color,
        width: 12,
        dashes: "",
    };
    let Point { x, y } = tip;
    pen.path(&format!("M{x} {y}l-8 -5v10Z"), fill, stroke);
}

/// Draws the sign of a state, on a base line from a place on, 12 wide.
pub(super) fn sign(pen: &mut Pen<'_>, mark: Mark, at: Point, color: &str) {
    let Point { x, y } = at;
    let (data, filled) = match mark {
        Mark::Ahead => return,
        Mark::Open => (format!("M{} {}l7 5l-7 5Z", x + 2, y - 10), true),
        Mark::Parked => (
            format!("M{} {}v10M{} {}v10", x + 3, y - 10, x + 8, y - 10),
            false,
        ),
        Mark::Done => (format!("M{} {}l3 4l6 -9", x + 1, y - 5), false),
        Mark::Skipped => (
            format!("M{} {}l4 5l-4 5M{} {}l4 5l-4 5", x, y - 10, x + 6, y - 10),
            false,
        ),
        Mark::Withdrawn => (format!("M{} {}l9 9m0 -9l-9 9", x + 1, y - 9), false),
    };
    let stroke = Stroke {
        color,
        width: 20,
        dashes: "",
    };
    let fill = if filled { color } else { "none" };
    pen.path(&data, fill, stroke);
}
