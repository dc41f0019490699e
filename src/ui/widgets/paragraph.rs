//! Text over several lines, broken as Japanese is.
//!
//! egui breaks before small kana and closing signs correctly, but leaves opening brackets at
//! the end of a line and parts numbers from what they count. Here the places of the glyphs are
//! taken from egui and the breaks are chosen by the usual rules of line starts and line ends.
//!
//! **Invariant:** taking the added line breaks out of what [`break_lines`] gives leaves the text.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Response, Sense, Stroke, Ui, Widget, WidgetInfo};

use crate::ui::icons;
use crate::ui::look::{Face, Look};

/// What must not start a line.
const NOT_FIRST: &str = "、。,.，．・:;：；?!？！‼⁇⁈⁉)]｝〕〉》」』】〙〗〟’”｠»）］}ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ々〻‐゠–〜…‥%％℃";

/// What must not end a line.
const NOT_LAST: &str = "([｛〔〈《「『【〘〖〝‘“｟«（［{#＃¥$№";

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

/// Breaks one line by the advances of its characters.
fn break_line(line: &str, advances: &[f32], width: f32) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len() + 8);
    let mut start = 0;
    while start < chars.len() {
        let mut x = 0.0;
        let mut end = start;
        for (at, _) in chars.iter().enumerate().skip(start) {
            x += advances.get(at).copied().unwrap_or_default();
            if x > width && at > start {
                break;
            }
            end = at + 1;
        }
        if end < chars.len() {
            end = (start + 1..=end)
                .rev()
                .find(|&at| may_break(&chars, at))
                .unwrap_or(end);
        }
        if start > 0 {
            out.push('\n');
        }
        out.extend(chars.iter().take(end).skip(start));
        start = end;
    }
    out
}

/// Tells whether a line may end before the character at this place.
fn may_break(chars: &[char], at: usize) -> bool {
    let (Some(&before), Some(&after)) = (chars.get(at.wrapping_sub(1)), chars.get(at)) else {
        return true;
    };
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) || after.is_whitespace() {
        return false;
    }
    before.is_whitespace()
        || is_wide(before)
        || is_wide(after)
        || (matches!(before, '-' | '/') && !after.is_ascii_digit())
}

/// Tells whether a sign stands for itself, so that a line may be broken beside it.
fn is_wide(sign: char) -> bool {
    matches!(sign, '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{27bf}' | '\u{2e80}'..='\u{fffd}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, columns: u8) -> Vec<String> {
        let advances: Vec<f32> = text
            .chars()
            .map(|sign| if sign.is_ascii() { 1.0 } else { 2.0 })
            .collect();
        let text = break_line(text, &advances, f32::from(columns));
        text.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn a_line_never_starts_with_a_closing_sign_or_small_kana() {
        assert_eq!(broken("あいうえ。おか", 8), ["あいう", "え。おか"]);
        assert_eq!(broken("チェックリスト", 4), ["チェ", "ック", "リス", "ト"]);
    }

    #[test]
    fn a_line_never_ends_with_an_opening_bracket() {
        assert_eq!(broken("症状「ランサム」", 6), ["症状", "「ラン", "サム」"]);
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(broken("手順2-11による", 7), ["手順", "2-11に", "よる"]);
        assert_eq!(broken("call the vendor", 9), ["call the ", "vendor"]);
    }

    #[test]
    fn what_has_no_place_to_break_is_broken_all_the_same() {
        assert_eq!(broken("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
    }
}
