//! A list of many rows of differing heights that scrolls: only the rows in view are laid out.
//!
//! Rows are laid out downwards from the one at the upper edge, each with the height that it
//! turns out to have, so that none overlap; what was estimated wrongly moves the bar, never
//! what is being read. At the end of the list the view stays at the end while rows are added.

use egui::{Key, Modifiers, Rect, ScrollArea, Ui, UiBuilder, pos2};

use crate::ui::row_heights::RowHeights;

/// A list's view state.
#[derive(Debug, Clone, Default)]
pub(crate) struct LongList {
    heights: RowHeights,
    /// The width and the estimate that the heights are for.
    measure: Option<(f32, f32)>,
    /// Where the view begins.
    offset: f32,
    /// Where egui believes it to begin.
    told: f32,
    aim: Aim,
}

/// Where the view is to be.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Aim {
    /// At the end, also when rows are added.
    #[default]
    End,
    /// Where it is.
    Stay,
    /// At a row, and so much of it above the edge.
    Row(usize, f32),
}

impl LongList {
    /// Shows this row at the upper edge.
    pub(crate) fn go_to(&mut self, row: usize) {
        self.aim = Aim::Row(row, 0.0);
    }

    /// Gives the row at the upper edge, unless the view stays at the end.
    pub(crate) fn held(&self) -> Option<usize> {
        match self.aim {
            Aim::End => None,
            Aim::Stay => Some(self.heights.at(self.offset.into())),
            Aim::Row(row, _) => Some(row),
        }
    }

    /// Forgets the heights, because the rows are others now; the row that was at the upper edge
    /// is this one, or is gone.
    pub(crate) fn rows_changed(&mut self, held: Option<usize>) {
        self.aim = match (self.aim, held) {
            (Aim::Stay, Some(row)) => Aim::Row(row, self.part()),
            (Aim::Row(_, part), Some(row)) => Aim::Row(row, part),
            _ => Aim::End,
        };
        self.measure = None;
    }

    /// Gives how much of the row at the upper edge lies above it, as a part of its height.
    fn part(&self) -> f32 {
        let row = self.heights.at(self.offset.into());
        let past = offset_of(f64::from(self.offset) - self.heights.top(row));
        (past / self.heights.height(row).max(1.0)).clamp(0.0, 1.0)
    }

    /// Draws the rows in view; `estimate` is a row's height before it was drawn.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        count: usize,
        estimate: f32,
        mut draw: impl FnMut(&mut Ui, usize),
    ) {
        let room = ui.available_size();
        let upper = ui.available_rect_before_wrap().top();
        if self.measure != Some((room.x, estimate)) {
            if self.aim == Aim::Stay {
                self.aim = Aim::Row(self.heights.at(self.offset.into()), self.part());
            }
            self.heights = RowHeights::estimated(count, estimate);
            self.measure = Some((room.x, estimate));
        }
        self.heights.fit(count);
        let end = offset_of(self.heights.total()) - room.y;
        self.take_keys(ui, room.y);
        self.offset = match self.aim {
            Aim::End => end,
            Aim::Stay => self.offset,
            Aim::Row(row, part) => {
                offset_of(self.heights.top(row)) + part * self.heights.height(row)
            }
        };
        let mut area = ScrollArea::vertical()
            .id_salt("long-list")
            .auto_shrink(false)
            .animated(false);
        if self.aim != Aim::Stay || (self.offset - self.told).abs() > 0.0 {
            area = area.vertical_scroll_offset(self.offset.min(end).max(0.0));
        }
        let mut laid_out = Vec::new();
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(offset_of(self.heights.total()));
            let edges = (upper, upper + viewport.height());
            laid_out = self.rows_ui(ui, viewport.top(), edges, &mut draw);
            viewport.top()
        });
        let begin = output.inner;
        let row = self.heights.at(begin.into());
        let past = f64::from(begin) - self.heights.top(row);
        for (row, height) in laid_out {
            self.heights.set(row, height);
        }
        // What is in view stays where it is, whatever the rows above turned out to be.
        let now = offset_of(self.heights.top(row) + past);
        self.told = output.state.unclamped_offset().y;
        self.offset = now + (self.told - begin);
        let last = output.content_size.y - output.inner_rect.height();
        let fine = AT_END.max(last * 4.0 * f32::EPSILON);
        self.aim = if last <= 0.0 || (self.told - last).abs() <= fine {
            Aim::End
        } else {
            Aim::Stay
        };
        let end = offset_of(self.heights.total()) - room.y;
        if self.aim == Aim::End && (end - last).abs() > fine {
            // The end lies elsewhere than it was drawn: once more, before it is shown.
            ui.ctx().request_discard("heights of the last rows");
        } else if (self.offset - begin).abs() > 0.0 {
            // Scrolled, or measured anew: what is drawn is not yet what it is to be.
            ui.ctx().request_repaint();
        }
    }

    /// Lays out the rows between the edges and one more at either side, which Tab can go to;
    /// gives their heights.
    fn rows_ui(
        &self,
        ui: &mut Ui,
        begin: f32,
        (upper, lower): (f32, f32),
        draw: &mut impl FnMut(&mut Ui, usize),
    ) -> Vec<(usize, f32)> {
        let mut laid_out = Vec::new();
        if self.heights.count() == 0 {
            return laid_out;
        }
        let gap = ui.spacing().item_spacing.y;
        let place = |row: usize| upper + offset_of(self.heights.top(row) - f64::from(begin));
        let first = self.heights.at(begin.into());
        let mut row = first.saturating_sub(1);
        let mut y = place(row);
        let mut beyond = false;
        while row < self.heights.count() && !beyond {
            if row == first {
                y = place(row);
            }
            beyond = y > lower;
            let room = ui.max_rect();
            let rect = Rect::from_min_max(
                pos2(room.left(), y),
                pos2(room.right(), y + (lower - upper).max(1.0)),
            );
            let id = ui.scope_id().with(("row", row));
            let mut child = ui.new_child(UiBuilder::new().scope_id(id).max_rect(rect));
            if row < first {
                // Where its height was not known it may reach into view.
                let above = Rect::everything_above(place(first));
                child.shrink_clip_rect(above);
            }
            draw(&mut child, row);
            let height = child.min_rect().height() + gap;
            laid_out.push((row, height));
            y += height;
            row += 1;
        }
        laid_out
    }

    /// Scrolls by the keys for it, unless a field or a dialog has them.
    fn take_keys(&mut self, ui: &Ui, page: f32) {
        if ui.memory(|memory| memory.top_modal_layer().is_some()) {
            return;
        }
        let typing = ui.ctx().text_edit_focused();
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = page * 0.9;
        if pressed(Key::PageUp) {
            self.scroll_by(-step);
        }
        if pressed(Key::PageDown) {
            self.scroll_by(step);
        }
        if !typing && pressed(Key::Home) {
            self.aim = Aim::Row(0, 0.0);
        }
        if !typing && pressed(Key::End) {
            self.aim = Aim::End;
        }
    }

    fn scroll_by(&mut self, by: f32) {
        if self.aim == Aim::End && by > 0.0 {
            return;
        }
        self.offset = (self.offset + by).max(0.0);
        self.aim = Aim::Stay;
    }
}

/// Within how many points the end counts as reached; places in a very long list are less fine.
const AT_END: f32 = 1.0;

/// Gives a place in the list as egui counts it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "egui counts in f32; ten million points are still told apart by one"
)]
fn offset_of(place: f64) -> f32 {
    place as f32
}
