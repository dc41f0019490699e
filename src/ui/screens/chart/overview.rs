//! The shapes of a chart that is too small for its texts: frame, number and sign, as far as there
//! is room for them.

use std::cmp::Reverse;
use std::sync::Arc;

use egui::{Align2, FontId, Galley, Pos2, Rect, Vec2, pos2, vec2};

use super::paint::{Brush, color};
use super::strips;
use super::view::{View, area, place, whole};
use crate::chart::scene::{Figure, Group, Item, Tone};
use crate::chart::{self, Mark};
use crate::ui::theme::bold_family;

/// The size of a number in points: the smallest, the largest, and by the height of a shape with a
/// title of one line. Not larger with the text of the window: it would not fit.
const NUMBER: (f32, f32) = (9.0, 13.0);
const NUMBER_UNITS: f32 = 46.0;
/// The width and the height of a sign, in the units in which it is drawn.
const SIGN: Vec2 = Vec2::new(12.0, 10.0);
/// Between what stands in a shape and its frame, in points.
const PADDING: Vec2 = Vec2::new(2.5, 1.0);
/// How far two shapes may reach into one another and still count as apart, in points.
const TOUCHING: f32 = 0.5;

/// A shape that is to be painted.
pub(super) struct Small<'g> {
    /// Its figures, the frame first.
    pub group: &'g Group,
    /// Its number; empty for an end.
    pub number: &'g str,
    /// What has become of it.
    pub mark: Option<Mark>,
}

/// What stands in a shape.
struct Label {
    sign: bool,
    number: Option<Arc<Galley>>,
}

/// Paints shapes; none reaches into another, and what is open comes first where room is scarce.
pub(super) fn paint(brush: &Brush<'_>, shapes: &[Small<'_>]) {
    let size = (NUMBER_UNITS * brush.view.zoom).clamp(NUMBER.0, NUMBER.1);
    // Half points, so that zooming does not ask for each size of every sign.
    let size = (size * 2.0).floor() / 2.0;
    let sign = size / NUMBER.1;
    let labels: Vec<Vec<Label>> = shapes
        .iter()
        .map(|small| labels(brush, small, size))
        .collect();
    let wanted = shapes.iter().zip(&labels).map(|(small, labels)| Wanted {
        frame: frame(brush, small),
        urgency: urgency(small.mark),
        sizes: labels.iter().map(|label| label.size(sign)).collect(),
    });
    let spots = place_labels(&wanted.collect::<Vec<_>>());
    for ((small, labels), (rect, label)) in shapes.iter().zip(&labels).zip(spots) {
        let label = label.and_then(|label| labels.get(label));
        paint_one(brush, small, (rect, label), sign);
    }
}

/// What a shape needs.
struct Wanted {
    frame: Rect,
    urgency: u8,
    /// The sizes of what may stand in it, the best first.
    sizes: Vec<Vec2>,
}

/// Gives where each shape is painted, its frame widened for what stands in it, and which of its
/// labels that is; none where all would reach into another shape.
fn place_labels(shapes: &[Wanted]) -> Vec<(Rect, Option<usize>)> {
    let mut spots: Vec<_> = shapes.iter().map(|shape| (shape.frame, None)).collect();
    let mut order: Vec<(usize, &Wanted)> = shapes.iter().enumerate().collect();
    order.sort_by_key(|(_, shape)| Reverse(shape.urgency));
    for (at, shape) in order {
        let fitting = shape.sizes.iter().enumerate().find_map(|(label, size)| {
            let room = Rect::from_center_size(shape.frame.center(), *size + 2.0 * PADDING);
            let grown = shape.frame.union(room);
            let others = spots.iter().enumerate().filter(|(other, _)| *other != at);
            let mut others = others.map(|(_, (rect, _))| *rect);
            let is_free = others.all(|other| !other.intersects(grown.shrink(TOUCHING)));
            is_free.then_some((grown, Some(label)))
        });
        if let (Some(fitting), Some(spot)) = (fitting, spots.get_mut(at)) {
            *spot = fitting;
        }
    }
    spots
}

/// Gives what comes first where there is not room for all.
fn urgency(mark: Option<Mark>) -> u8 {
    match mark {
        Some(Mark::Open) => 5,
        Some(Mark::Parked) => 4,
        Some(Mark::Done | Mark::Partly) => 3,
        Some(Mark::Impossible | Mark::NotApplicable | Mark::Skipped) => 2,
        Some(Mark::Withdrawn) => 1,
        None | Some(Mark::Ahead) => 0,
    }
}

/// Gives what may stand in a shape, the best first; the state is never left out before the number.
fn labels(brush: &Brush<'_>, small: &Small<'_>, size: f32) -> Vec<Label> {
    let sign = !matches!(small.mark, None | Some(Mark::Ahead));
    let mut labels = Vec::new();
    if !small.number.is_empty() {
        let font = FontId::new(size, bold_family());
        let ink = color(&brush.look.palette, ink(small));
        let number = brush
            .painter
            .layout_no_wrap(small.number.to_owned(), font, ink);
        labels.push(Label {
            sign,
            number: Some(number),
        });
    }
    if sign {
        labels.push(Label { sign, number: None });
    }
    labels
}

impl Label {
    fn size(&self, sign: f32) -> Vec2 {
        let number = self.number.as_ref().map_or(Vec2::ZERO, |laid| laid.size());
        let sign = if self.sign { SIGN * sign } else { Vec2::ZERO };
        vec2(number.x + sign.x, number.y.max(sign.y))
    }
}

/// Gives the frame of a shape on the screen.
fn frame(brush: &Brush<'_>, small: &Small<'_>) -> Rect {
    let bounds = small.group.items.first().map(|item| item.figure.bounds());
    let bounds = bounds.unwrap_or(small.group.bounds);
    brush.view.rect(area(&bounds))
}

fn ink(small: &Small<'_>) -> Tone {
    let number = small.group.items.get(1);
    number.and_then(|item| item.fill).unwrap_or(Tone::Ink)
}

fn paint_one(
    brush: &Brush<'_>,
    small: &Small<'_>,
    (rect, label): (Rect, Option<&Label>),
    sign: f32,
) {
    let Some(frame) = small.group.items.first() else {
        return;
    };
    let in_chart = brush.view.rect_in_chart(rect);
    brush.item(&Item {
        figure: stretched(&frame.figure, in_chart),
        ..frame.clone()
    });
    let Some(label) = label else {
        if !matches!(small.mark, None | Some(Mark::Ahead)) {
            let fill = color(&brush.look.palette, strips::tone(small.mark));
            brush.painter.rect_filled(rect, 1.0, fill);
        }
        return;
    };
    let size = label.size(sign);
    let inside = Align2::CENTER_CENTER.anchor_size(rect.center(), size);
    let mut left = inside.left();
    if label.sign
        && let Some(mark) = small.mark
        && let Some(item) = chart::sign(mark, chart::Point { x: 0, y: 10 }, tone(small))
    {
        let top = inside.center().y - SIGN.y * sign / 2.0;
        let canvas = Rect::from_min_size(pos2(left, top), SIGN * sign);
        let content = Rect::from_min_size(Pos2::ZERO, SIGN);
        brush.with(View::fixed(canvas, content, sign)).item(&item);
        left += SIGN.x * sign;
    }
    if let Some(number) = &label.number {
        let top = inside.center().y - number.size().y / 2.0;
        let ink = color(&brush.look.palette, ink(small));
        brush
            .painter
            .galley(pos2(left, top), Arc::clone(number), ink);
    }
}

/// Gives the colour of the sign: that of the frame.
fn tone(small: &Small<'_>) -> Tone {
    let frame = small.group.items.first().and_then(|item| item.line);
    frame.map_or(Tone::Ink, |line| line.tone)
}

/// Gives a figure that covers a rectangle.
fn stretched(figure: &Figure, to: Rect) -> Figure {
    let from = area(&figure.bounds());
    let at = |at: Pos2| {
        let by = (at - from.min) / from.size().max(Vec2::splat(1.0));
        let at = to.min + by * to.size();
        chart::Point {
            x: whole(at.x),
            y: whole(at.y),
        }
    };
    match figure {
        Figure::Polygon(points) => {
            Figure::Polygon(points.iter().map(|point| at(place(*point))).collect())
        }
        Figure::Rect { round, .. } => {
            let (least, most) = (at(from.min), at(from.max));
            let rect = chart::Rect {
                x: least.x,
                y: least.y,
                w: most.x - least.x,
                h: most.y - least.y,
            };
            Figure::Rect {
                rect,
                round: *round,
            }
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(x: f32, y: f32, urgency: u8) -> Wanted {
        Wanted {
            frame: Rect::from_min_size(pos2(x, y), vec2(20.0, 8.0)),
            urgency,
            sizes: vec![vec2(38.0, 9.0), vec2(9.0, 6.0)],
        }
    }

    #[test]
    fn no_label_reaches_into_another_shape_and_what_is_open_has_the_first_choice() {
        let shapes = [
            shape(0.0, 0.0, 0),
            shape(24.0, 0.0, 5),
            shape(60.0, 0.0, 0),
            shape(60.0, 9.0, 3),
            shape(200.0, 0.0, 0),
        ];
        let spots = place_labels(&shapes);
        for (at, (rect, _)) in spots.iter().enumerate() {
            assert!(rect.contains_rect(shapes[at].frame));
            for (other, _) in &spots[..at] {
                assert!(
                    !other.intersects(rect.shrink(TOUCHING)),
                    "{rect:?} {other:?}"
                );
            }
        }
        let labels: Vec<Option<usize>> = spots.iter().map(|(_, label)| *label).collect();
        assert_eq!(labels[1], Some(1), "its own best does not fit here");
        assert_eq!(labels[4], Some(0));
        let near = [shape(0.0, 0.0, 0), shape(42.0, 0.0, 5)];
        let labels: Vec<Option<usize>> = place_labels(&near)
            .iter()
            .map(|(_, label)| *label)
            .collect();
        assert_eq!(labels, [Some(1), Some(0)], "the urgent one is placed first");
    }
}
