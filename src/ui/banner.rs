//! What comes and goes at the edge of the page, and never moves what is under the pointer.
//!
//! A banner lies over the page when it comes. It gets room of its own, and the room is given
//! back, only while the pointer is not over the page, or when another page or step is shown.

use egui::{Align2, Area, Frame, Order, Rect, Ui, pos2};

use super::cx::{Cx, Screen};
use super::look::Look;
use crate::flow::NodeId;

/// How many passes a new page takes until the heights on it are known.
const PASSES: u8 = 3;

/// How much room one banner has, and how much it would like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Room {
    kept: f32,
    wanted: f32,
}

/// The rooms of the window.
#[derive(Debug, Clone, Default)]
pub(super) struct Banners {
    /// Notices, and that the incident is closed.
    pub top: Room,
    /// The bottom line.
    pub bottom: Room,
    page: Option<(Screen, Option<NodeId>)>,
    /// Where the page and its banners were drawn last.
    place: Option<Rect>,
    passes: u8,
}

impl Banners {
    /// Notes where the page is: what is left of the window, down to its lower edge.
    pub(super) fn note_place(&mut self, ui: &Ui) {
        let bottom = ui.ctx().content_rect().bottom();
        self.place = Some(ui.available_rect_before_wrap().with_max_y(bottom));
    }

    /// Gives banners their room where that moves nothing under the pointer.
    pub(super) fn make_room(&mut self, ui: &Ui, screen: Screen, node: Option<&NodeId>) {
        let is_same = matches!(&self.page, Some((of, at)) if *of == screen && at.as_ref() == node);
        if is_same {
            self.passes = self.passes.saturating_sub(1);
        } else {
            self.page = Some((screen, node.cloned()));
            self.passes = PASSES;
        }
        let pointer = ui.ctx().pointer_latest_pos();
        let place = self.place.unwrap_or(Rect::EVERYTHING);
        let is_over = pointer.is_some_and(|at| place.contains(at));
        if self.passes > 0 || !is_over {
            for room in [&mut self.top, &mut self.bottom] {
                if (room.kept - room.wanted).abs() > 0.5 {
                    room.kept = room.wanted;
                    ui.ctx().request_repaint();
                }
            }
        }
    }
}

impl Room {
    /// Draws a banner at the upper or lower edge of what is left of the window.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (name, is_top): (&str, bool),
        add: Option<impl FnOnce(&mut Ui)>,
    ) {
        let whole = ui.available_rect_before_wrap();
        if self.kept > 0.0 {
            let panel = if is_top {
                egui::Panel::top(name.to_owned())
            } else {
                egui::Panel::bottom(name.to_owned())
            };
            let fill = Frame::new().fill(cx.look.palette.background.into());
            panel
                .frame(fill)
                .exact_size(self.kept)
                .resizable(false)
                .show_separator_line(false)
                .show(ui, |_ui| {});
        }
        let Some(add) = add else {
            self.wanted = 0.0;
            return;
        };
        let (pivot, at) = if is_top {
            (Align2::LEFT_TOP, whole.left_top())
        } else {
            (Align2::LEFT_BOTTOM, whole.left_bottom())
        };
        let drawn = Area::new(egui::Id::unique(("banner", name)))
            .order(Order::Middle)
            .pivot(pivot)
            .fixed_pos(at)
            .constrain(false)
            .fade_in(false)
            .show(ui.ctx(), |ui| {
                ui.set_width(whole.width());
                add(ui);
                let height = ui.min_rect().height();
                line_ui(ui, &cx.look, whole, is_top);
                height
            });
        if (self.wanted - drawn.inner).abs() > 0.5 {
            self.wanted = drawn.inner;
            ui.ctx().request_repaint();
        }
    }
}

/// Draws the line between a banner and the page.
fn line_ui(ui: &Ui, look: &Look, whole: Rect, is_top: bool) {
    let rect = ui.min_rect();
    let y = if is_top { rect.bottom() } else { rect.top() };
    let ends = [pos2(whole.left(), y), pos2(whole.right(), y)];
    let stroke = Look::stroke(1.0, look.palette.control_line);
    ui.painter().line_segment(ends, stroke);
}
