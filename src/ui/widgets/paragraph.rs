//! Text over several lines, broken as Japanese is.
//!
//! egui breaks before small kana and closing signs correctly, but leaves opening brackets at
//! the end of a line and parts numbers from what they count. Here the places of the glyphs are
//! taken from egui and the breaks are chosen by [`break_line`].
//!
//! **Invariant:** taking the added line breaks out of what [`break_lines`] gives leaves the text.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Response, Sense, Stroke, Ui, Widget, WidgetInfo};

use crate::breaking::break_line;
use crate::ui::icons;
use crate::ui::look::{Face, Look};

/// Text over several lines.
#[derive(Debug)]
pub(crate) struct Paragraph<'a> {
    text: &'a str,
    font: FontId,
    line_height: f32,
    color: Color32,
    struck: bool,
    sense: Sense,
}

impl<'a> Paragraph<'a> {
    /// Makes a paragraph in a face and a colour.
    pub(crate) fn new(look: &Look, text: &'a str, face: Face, color: impl Into<Color32>) -> Self {
        Self {
            text,
            font: look.font(face),
            line_height: look.line_height(face),
            color: color.into(),
            struck: false,
            sense: Sense::hover(),
        }
    }

    /// Lets the text be pressed with the mouse, beside a box that takes the keyboard.
    pub(crate) fn pressable(mut self, pressable: bool) -> Self {
        if pressable {
            self.sense = Sense::CLICK;
        }
        self
    }

    /// Strikes the text through.
    pub(crate) fn struck(mut self, struck: bool) -> Self {
        self.struck = struck;
        self
    }
}

impl Widget for Paragraph<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let width = ui.available_width();
        let lines = break_lines(ui, self.text, &self.font, width);
        let format = TextFormat {
            font_id: self.font,
            color: self.color,
            line_height: Some(self.line_height),
            strikethrough: if self.struck {
                Stroke::new(1.0, self.color)
            } else {
                Stroke::NONE
            },
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(lines, format);
        job.wrap.max_width = f32::INFINITY;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let (rect, response) = ui.allocate_exact_size(galley.size(), self.sense);
        if ui.is_rect_visible(rect) {
            ui.painter().galley(rect.min, galley, self.color);
        }
        let name = icons::without(self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        response
    }
}

/// Puts line breaks into a text so that no line is wider than `width`.
pub(crate) fn break_lines(ui: &Ui, text: &str, font: &FontId, width: f32) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let line = line.trim_end_matches('\r');
        let galley = ui.fonts_mut(|fonts| {
            fonts.layout_no_wrap(line.to_owned(), font.clone(), Color32::PLACEHOLDER)
        });
        if galley.size().x <= width {
            out.push_str(line);
            continue;
        }
        let advances: Vec<f32> = galley
            .rows
            .iter()
            .flat_map(|row| row.glyphs.iter().map(|glyph| glyph.advance_width))
            .collect();
        out.push_str(&break_line(line, &advances, width));
    }
    out
}
