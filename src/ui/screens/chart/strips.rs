//! The heads of the lanes and the titles of the phases, which stay in view.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, Rect, Ui, vec2};

use super::drawn::Drawn;
use super::paint::color;
use super::view::{View, area, whole};
use crate::chart::Mark;
use crate::chart::scene::Tone;
use crate::ui::cx::Cx;
use crate::ui::look::Face;
use crate::ui::widgets::break_lines;

/// A head that is narrower has no room for words, in points at 100 %.
const NARROW: f32 = 36.0;

/// Gives the colour in which a shape is shown where it is no more than a spot.
pub(super) fn tone(mark: Option<Mark>) -> Tone {
    match mark {
        None | Some(Mark::Ahead | Mark::Withdrawn) => Tone::ControlLine,
        Some(Mark::Open) => Tone::Accent,
        Some(Mark::Parked) => Tone::Warn,
        Some(Mark::Done | Mark::Partly) => Tone::Ok,
        Some(Mark::Impossible | Mark::NotApplicable | Mark::Skipped) => Tone::QuietInk,
    }
}

/// The strips above and beside the chart.
pub(super) struct Strips {
    all: Rect,
    /// The width of the one at the left.
    pub left: f32,
    /// The height of the one above.
    pub top: f32,
}

impl Strips {
    /// Gives them as much room as their text needs.
    pub(super) fn new(cx: &Cx<'_>, all: Rect) -> Self {
        let widest = all.width() * 0.2;
        Self {
            all,
            left: cx.look.em(126.0).min(widest),
            top: cx.look.em(28.0),
        }
    }

    /// Paints both, for what of the chart is in view.
    pub(super) fn paint(&self, ui: &Ui, cx: &Cx<'_>, drawn: &Drawn, view: &View) {
        self.lanes(ui, cx, drawn, view);
        self.bands(ui, cx, drawn, view);
    }

    fn lanes(&self, ui: &Ui, cx: &Cx<'_>, drawn: &Drawn, view: &View) {
        let palette = &cx.look.palette;
        let canvas = view.canvas;
        let strip = Rect::from_min_max(canvas.min - vec2(0.0, self.top), canvas.right_top());
        let painter = ui.painter_at(strip);
        painter.rect_filled(strip, 0.0, color(palette, Tone::Background));
        let lanes = drawn.layout.lanes.iter().zip(&drawn.texts.lanes);
        for (lane, title) in lanes {
            let wide = view.rect(area(lane));
            let head = Rect::from_min_max(
                strip.min.max(egui::pos2(wide.left(), strip.top())),
                strip.max.min(egui::pos2(wide.right(), strip.bottom())),
            );
            if head.width() < 8.0 {
                continue;
            }
            painter.rect_filled(
                head.shrink2(vec2(1.0, 2.0)),
                4.0,
                color(palette, Tone::Rail),
            );
            if head.width() < cx.look.em(NARROW) {
                continue;
            }
            let ink = color(palette, Tone::RailInk);
            let mut job =
                LayoutJob::simple_singleline(title.clone(), cx.look.font(Face::QuietStrong), ink);
            job.wrap.max_width = head.width() - 8.0;
            job.wrap.max_rows = 1;
            job.wrap.break_anywhere = true;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let at = Align2::CENTER_CENTER.anchor_size(head.center(), galley.size());
            painter.galley(at.min, galley, ink);
        }
    }

    fn bands(&self, ui: &Ui, cx: &Cx<'_>, drawn: &Drawn, view: &View) {
        let palette = &cx.look.palette;
        let canvas = view.canvas;
        let left = Rect::from_min_max(self.all.min, canvas.left_bottom());
        let painter = ui.painter_at(left);
        painter.rect_filled(left, 0.0, color(palette, Tone::Background));
        let bands = drawn.layout.bands.iter().zip(&drawn.chart.bands);
        for (((rect, _), band), title) in bands.zip(&drawn.texts.bands) {
            let tall = view.rect(area(rect));
            let (top, bottom) = (
                tall.top().max(canvas.top()) + 2.0,
                tall.bottom().min(canvas.bottom()) - 2.0,
            );
            if bottom - top < 4.0 {
                continue;
            }
            let part = Rect::from_min_max(
                egui::pos2(left.left() + 4.0, top),
                egui::pos2(left.right(), bottom),
            );
            let ink: Color32 = palette.phase(band.phase).into();
            let bar = Rect::from_min_size(part.min, vec2(6.0, part.height()));
            painter.rect_filled(bar, 0.0, ink);
            let line = cx.look.line_height(Face::QuietStrong);
            // Half a line cannot be read.
            let rows = whole((part.height() / line - 0.3).max(0.0));
            let Some(rows) = usize::try_from(rows).ok().filter(|rows| *rows > 0) else {
                continue;
            };
            let font = cx.look.font(Face::QuietStrong);
            let room = part.width() - 16.0;
            let lines = break_lines(ui, title, &font, room);
            let format = TextFormat {
                font_id: font,
                color: ink,
                line_height: Some(line),
                ..TextFormat::default()
            };
            let mut job = LayoutJob::single_section(lines, format);
            job.wrap.max_width = f32::INFINITY;
            job.wrap.max_rows = rows;
            job.wrap.overflow_character = None;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let text = Rect::from_min_max(part.min + vec2(12.0, 0.0), part.max);
            let clipped = painter.with_clip_rect(text.intersect(left));
            clipped.galley(text.min, galley, ink);
        }
    }
}
