//! Where the window looks on the chart: plain arithmetic between chart and screen.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::chart;

/// The largest magnification, at 100 % text.
const LARGEST: f32 = 4.0;
/// The smallest, by the one at which all is in view.
const SMALLEST: f32 = 0.5;
/// Around the chart when all of it is in view, on the screen.
const AROUND: f32 = 8.0;

/// Gives a coordinate of the chart as the screen counts.
#[expect(
    clippy::cast_precision_loss,
    reason = "a chart is far smaller than what a float counts exactly"
)]
pub(super) fn units(number: i32) -> f32 {
    number as f32
}

/// Gives a place of the chart as the screen counts.
pub(super) fn place(at: chart::Point) -> Pos2 {
    pos2(units(at.x), units(at.y))
}

/// Gives the nearest whole number, as charts count.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is too large for a chart becomes the largest"
)]
pub(super) fn whole(number: f32) -> i32 {
    number.round() as i32
}

/// Gives a rectangle of the chart as the screen counts.
pub(super) fn area(rect: &chart::Rect) -> Rect {
    let least = pos2(units(rect.x), units(rect.y));
    Rect::from_min_size(least, vec2(units(rect.w), units(rect.h)))
}

/// Where the window looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    /// The part of the screen that shows the chart.
    pub canvas: Rect,
    /// The part of the chart that there is to see.
    pub content: Rect,
    /// What of the chart is at the upper left corner of the canvas.
    origin: Pos2,
    /// Points of the screen to a unit of the chart.
    pub zoom: f32,
    /// All is in view, and stays so when the window changes.
    pub whole: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            canvas: Rect::ZERO,
            content: Rect::ZERO,
            origin: Pos2::ZERO,
            zoom: 1.0,
            whole: true,
        }
    }
}

impl View {
    /// Shows something from its upper left corner on, so many times as large.
    pub(super) fn fixed(canvas: Rect, content: Rect, zoom: f32) -> Self {
        Self {
            canvas,
            content,
            origin: Pos2::ZERO,
            zoom,
            whole: false,
        }
    }

    /// Takes in where the chart is shown, and what there is to see.
    pub(super) fn settle(&mut self, canvas: Rect, content: Rect) {
        // What was in the middle stays there when the window changes.
        let middle = self.to_chart(self.canvas.center());
        let moved = self.canvas != canvas;
        self.canvas = canvas;
        self.content = content;
        if self.whole {
            self.fit();
        } else if moved {
            self.center(middle);
        }
    }

    /// Brings all into view.
    pub(super) fn fit(&mut self) {
        self.zoom = self.fitting();
        self.whole = true;
        self.center(self.content.center());
    }

    /// Gives the magnification at which all is in view.
    fn fitting(&self) -> f32 {
        let room = (self.canvas.size() - Vec2::splat(2.0 * AROUND)).max(Vec2::splat(1.0));
        let zoom = (room / self.content.size().max(Vec2::splat(1.0))).min_elem();
        zoom.clamp(f32::EPSILON, LARGEST)
    }

    /// Brings a place of the chart into the middle.
    fn center(&mut self, at: Pos2) {
        self.origin = at - self.canvas.size() / 2.0 / self.zoom;
        self.keep();
    }

    /// Brings a rectangle of the chart into the middle, not smaller than this.
    pub(super) fn go_to(&mut self, rect: Rect, least: f32) {
        self.whole = false;
        self.zoom = self.zoom.max(least).min(LARGEST);
        self.center(rect.center());
    }

    /// Moves so far that a rectangle of the chart is in view; not at all where it is.
    pub(super) fn reveal(&mut self, rect: Rect) {
        let seen = self.seen();
        if !seen.contains_rect(rect) {
            let zoom = self.zoom;
            self.go_to(rect, zoom);
        }
    }

    /// Makes all as many times as large; what is at this place of the screen stays there.
    pub(super) fn zoom_by(&mut self, times: f32, at: Pos2) {
        let under = self.to_chart(at);
        self.whole = false;
        self.zoom = (self.zoom * times).clamp(SMALLEST * self.fitting(), LARGEST);
        self.origin = under - (at - self.canvas.min) / self.zoom;
        self.keep();
    }

    /// Moves the chart by so many points of the screen.
    pub(super) fn pan(&mut self, by: Vec2) {
        self.whole = false;
        self.origin -= by / self.zoom;
        self.keep();
    }

    /// Looks at this place of the chart.
    pub(super) fn look_at(&mut self, at: Pos2) {
        self.whole = false;
        self.center(at);
    }

    /// Keeps the chart in the window: at least its edge stays at the middle of the canvas.
    fn keep(&mut self) {
        let half = self.canvas.size() / 2.0 / self.zoom;
        let middle = self.origin + half;
        let kept = middle.clamp(self.content.min, self.content.max);
        self.origin = kept - half;
    }

    /// Gives where a place of the chart is on the screen.
    pub(super) fn to_screen(self, at: Pos2) -> Pos2 {
        self.canvas.min + (at - self.origin) * self.zoom
    }

    /// Gives where a rectangle of the chart is on the screen.
    pub(super) fn rect(&self, rect: Rect) -> Rect {
        Rect::from_min_max(self.to_screen(rect.min), self.to_screen(rect.max))
    }

    /// Gives which rectangle of the chart is at one of the screen.
    pub(super) fn rect_in_chart(&self, rect: Rect) -> Rect {
        Rect::from_min_max(self.to_chart(rect.min), self.to_chart(rect.max))
    }

    /// Gives which place of the chart is at a place of the screen.
    pub(super) fn to_chart(self, at: Pos2) -> Pos2 {
        self.origin + (at - self.canvas.min) / self.zoom
    }

    /// Gives what of the chart is in view.
    pub(super) fn seen(&self) -> Rect {
        self.rect_in_chart(self.canvas)
    }

    /// Tells whether some of the chart is out of view.
    pub(super) fn is_part(&self) -> bool {
        !self.seen().expand(1.0).contains_rect(self.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        let mut view = View::default();
        let canvas = Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0));
        view.settle(
            canvas,
            Rect::from_min_size(pos2(40.0, 30.0), vec2(1400.0, 2800.0)),
        );
        view
    }

    #[test]
    fn at_first_all_is_in_view_and_stays_so_when_the_window_changes() {
        let mut view = view();
        assert!(view.seen().contains_rect(view.content));
        let canvas = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 900.0));
        view.settle(canvas, view.content);
        assert!(view.seen().contains_rect(view.content) && !view.is_part());
    }

    #[test]
    fn what_is_under_the_pointer_stays_there_when_zooming() {
        let mut view = view();
        let at = pos2(480.0, 390.0);
        for times in [1.3, 2.0, 0.7, 1.1] {
            let under = view.to_chart(at);
            view.zoom_by(times, at);
            let now = view.to_screen(under);
            assert!((now - at).length() < 0.01, "{now:?}");
        }
    }

    #[test]
    fn the_chart_cannot_be_lost() {
        let mut view = view();
        view.zoom_by(3.0, view.canvas.center());
        for by in [vec2(1e6, 1e6), vec2(-1e7, 3e5), vec2(0.0, -1e8)] {
            view.pan(by);
            assert!(view.seen().intersects(view.content), "{:?}", view.seen());
        }
        for times in [1e9, 1e-12] {
            view.zoom_by(times, view.canvas.min);
            let smallest = SMALLEST * view.fitting();
            assert!((smallest..=LARGEST).contains(&view.zoom));
        }
    }

    #[test]
    fn what_was_in_the_middle_stays_there_when_the_window_changes() {
        let mut view = view();
        view.zoom_by(3.0, view.canvas.center());
        let middle = view.to_chart(view.canvas.center());
        let canvas = Rect::from_min_size(pos2(84.0, 120.0), vec2(1200.0, 500.0));
        view.settle(canvas, view.content);
        assert!((view.to_chart(canvas.center()) - middle).length() < 0.01);
    }

    #[test]
    fn a_box_out_of_view_is_brought_in_and_one_in_view_is_left_where_it_is() {
        let mut view = view();
        let top = Rect::from_min_size(pos2(50.0, 40.0), vec2(192.0, 60.0));
        let low = Rect::from_min_size(pos2(1200.0, 2700.0), vec2(192.0, 60.0));
        view.go_to(top, 1.0);
        view.reveal(low);
        assert!(view.seen().contains_rect(low));
        let before = view;
        view.reveal(low);
        assert_eq!(view, before);
    }
}
