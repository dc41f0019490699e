//! The figures of a chart as egui paints them; only what is in view.

use egui::epaint::PathShape;
use egui::{Color32, FontFamily, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind};

use super::view::{View, area, place, units};
use crate::chart::TextLine;
use crate::chart::scene::{Figure, Group, Item, Line, Part, Tone};
use crate::font::Weight;
use crate::ui::look::Look;
use crate::ui::theme::{Palette, bold_family};

/// Below this size, in points, text is not painted: the number of a shape takes its place.
const LEGIBLE: f32 = 7.5;
/// The thinnest line, the shortest dash and gap, in points.
const THINNEST: f32 = 0.7;
const DASH: f32 = 2.0;

/// Gives the colour of a role.
pub(super) fn color(palette: &Palette, tone: Tone) -> Color32 {
    let ink = match tone {
        Tone::Background => palette.background,
        Tone::Panel => palette.panel,
        Tone::Sunken => palette.sunken,
        Tone::Ink => palette.ink,
        Tone::QuietInk => palette.quiet_ink,
        Tone::ControlLine => palette.control_line,
        Tone::Accent => palette.accent,
        Tone::AccentFill => palette.accent_fill,
        Tone::Ok => palette.ok,
        Tone::OkFill => palette.ok_fill,
        Tone::Warn => palette.warn,
        Tone::WarnFill => palette.warn_fill,
        Tone::Bad => palette.bad,
        Tone::Rail => palette.rail,
        Tone::RailInk => palette.rail_ink,
        Tone::Phase(phase) => palette.phase(phase),
    };
    ink.into()
}

/// Paints figures where the view shows them.
pub(super) struct Brush<'a> {
    pub painter: Painter,
    pub look: &'a Look,
    pub view: View,
}

impl Brush<'_> {
    /// Gives the groups that are in view.
    pub(super) fn in_view<'g>(&self, groups: &'g [Group]) -> impl Iterator<Item = &'g Group> {
        let seen = self.view.seen();
        groups
            .iter()
            .filter(move |group| seen.intersects(area(&group.bounds)))
    }

    /// Tells whether the texts of the chart can be read.
    pub(super) fn is_legible(&self) -> bool {
        13.0 * self.view.zoom >= LEGIBLE
    }

    /// Paints a group.
    pub(super) fn group(&self, group: &Group) {
        let seen = self.view.seen();
        for item in &group.items {
            if seen.intersects(area(&item.bounds())) {
                self.item(item);
            }
        }
    }

    /// Paints the lines of a group in another colour.
    pub(super) fn lines_in(&self, points: &[Pos2], tone: Tone) {
        let points: Vec<Pos2> = points.iter().map(|at| self.view.to_screen(*at)).collect();
        let width = (2.6 * self.view.zoom).max(2.0);
        let stroke = Stroke::new(width, color(&self.look.palette, tone));
        self.painter.add(Shape::line(points, stroke));
    }

    /// Gives a brush that paints through another view.
    pub(super) fn with(&self, view: View) -> Brush<'_> {
        Brush {
            painter: self.painter.clone(),
            look: self.look,
            view,
        }
    }

    /// Paints a figure.
    pub(super) fn item(&self, item: &Item) {
        let fill = item
            .fill
            .map_or(Color32::TRANSPARENT, |tone| color(&self.look.palette, tone));
        match &item.figure {
            Figure::Rect { rect, round } => {
                let rect = self.view.rect(area(rect));
                let round = units(*round) * self.view.zoom;
                self.painter.rect_filled(rect, round, fill);
                if let Some(line) = item.line {
                    self.edge(rect, round, line);
                }
            }
            Figure::Polygon(points) => {
                let points: Vec<Pos2> = points.iter().map(|at| self.at(*at)).collect();
                let stroke = item.line.map_or(Stroke::NONE, |line| self.stroke(line));
                match item.line.and_then(|line| line.dashes) {
                    Some(dashes) => {
                        let filled = Shape::convex_polygon(points.clone(), fill, Stroke::NONE);
                        self.painter.add(filled);
                        let closed = points.iter().chain(points.first()).copied();
                        self.dashed(&closed.collect::<Vec<_>>(), stroke, dashes);
                    }
                    None => {
                        self.painter
                            .add(Shape::convex_polygon(points, fill, stroke));
                    }
                }
            }
            Figure::Dot { at, radius } => {
                let radius = (units(*radius) * self.view.zoom).max(1.2);
                self.painter.circle_filled(self.at(*at), radius, fill);
            }
            Figure::Strokes(lines) => {
                if let Some(line) = item.line {
                    self.strokes(lines, line);
                }
            }
            Figure::Text(line) => self.text(line, fill),
        }
    }

    fn strokes(&self, lines: &[Vec<crate::chart::Point>], line: Line) {
        let stroke = self.stroke(line);
        let seen = self.painter.clip_rect().expand(stroke.width);
        for points in lines {
            let points: Vec<Pos2> = points.iter().map(|at| self.at(*at)).collect();
            match (line.dashes, points.as_slice()) {
                (Some(dashes), [from, to]) => {
                    // Only the dashes in view are made: a line may be many windows long.
                    let part = Rect::from_two_pos(*from, *to);
                    if seen.expand(1.0).intersects(part.expand(0.1)) {
                        let (from, to) = (within(*from, seen), within(*to, seen));
                        self.dashed(&[from, to], stroke, dashes);
                    }
                }
                _ => {
                    self.painter.add(Shape::line(points, stroke));
                }
            }
        }
    }

    /// Paints the edge of a rectangle.
    fn edge(&self, rect: Rect, round: f32, line: Line) {
        let stroke = self.stroke(line);
        match line.dashes {
            None => {
                self.painter
                    .rect_stroke(rect, round, stroke, StrokeKind::Middle);
            }
            Some(dashes) => {
                let corners = [
                    rect.left_top(),
                    rect.right_top(),
                    rect.right_bottom(),
                    rect.left_bottom(),
                    rect.left_top(),
                ];
                self.dashed(&corners, stroke, dashes);
            }
        }
    }

    fn dashed(&self, points: &[Pos2], stroke: Stroke, (dash, gap): (i32, i32)) {
        let long = |length: i32| (units(length) * self.view.zoom).max(DASH);
        let shapes = Shape::dashed_line(points, stroke, long(dash), long(gap));
        self.painter.extend(shapes);
    }

    fn at(&self, at: crate::chart::Point) -> Pos2 {
        self.view.to_screen(place(at))
    }

    fn stroke(&self, line: Line) -> Stroke {
        let width = (units(line.width) / 10.0 * self.view.zoom).max(THINNEST);
        Stroke::new(width, color(&self.look.palette, line.tone))
    }

    /// Writes a line of text, where it can be read.
    fn text(&self, line: &TextLine, color: Color32) {
        let size = f32::from(line.size) * self.view.zoom;
        if size < LEGIBLE * 11.0 / 13.0 {
            return;
        }
        // Half points, so that zooming does not ask for each size of every sign.
        let size = (size * 2.0).floor() / 2.0;
        let font = FontId::new(size, family(line.weight));
        let galley = self.painter.layout_no_wrap(line.text.clone(), font, color);
        let first = galley.rows.first();
        let base = first.and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
        let at = self.at(line.at) - egui::vec2(0.0, base.unwrap_or_default());
        self.painter.galley(at, galley, color);
    }

    /// Paints a line around a shape, apart from its edge.
    pub(super) fn ring(&self, rect: Rect, width: f32, tone: Tone) {
        let stroke = Stroke::new(width, color(&self.look.palette, tone));
        self.painter
            .rect_stroke(rect.expand(3.0), 6.0, stroke, StrokeKind::Outside);
    }

    /// Tells whether the screen paints a part itself, elsewhere.
    pub(super) fn is_elsewhere(part: Part) -> bool {
        matches!(
            part,
            Part::Heading | Part::LaneHead(_) | Part::Band(_) | Part::Legend
        )
    }

    /// Paints a triangle that shows where a rectangle out of view lies.
    pub(super) fn pointer_to(&self, rect: Rect, tone: Tone) {
        let inner = self.view.canvas.shrink(14.0);
        let to = rect.center();
        if self.view.canvas.intersects(rect) {
            return;
        }
        let at = within(to, inner);
        let way = (to - at).normalized();
        let side = way.rot90() * 7.0;
        let points = vec![at + way * 10.0, at + side, at - side];
        let fill = color(&self.look.palette, tone);
        let edge = Stroke::new(1.5, color(&self.look.palette, Tone::Panel));
        self.painter
            .add(PathShape::convex_polygon(points, fill, edge));
    }
}

/// Gives the nearest place inside a rectangle.
fn within(at: Pos2, rect: Rect) -> Pos2 {
    at.clamp(rect.min, rect.max)
}

/// Gives the family of a weight.
fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Bold => bold_family(),
    }
}
