//! A sheet as SVG: outlines instead of fonts, no script, title and description for readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::colors::Colors;
use super::places::{Point, Rect, TextLine};
use super::scene::{Figure, Item, Line, Part, Tone};
use super::sheet::Sheet;
use crate::flow::Language;
use crate::font::Fonts;

/// Writes a sheet.
pub fn write(sheet: &Sheet, fonts: &Fonts) -> String {
    let mut writer = Writer::new(fonts);
    for group in &sheet.groups {
        let name = match group.part {
            Part::Shape(at) => sheet.names.get(at),
            _ => None,
        };
        if let Some(name) = name {
            let title = escaped(name);
            writer.put(&format!("<g><title>{title}</title>"));
        }
        for item in &group.items {
            writer.item(item);
        }
        if name.is_some() {
            writer.put("</g>");
        }
    }
    writer.document(sheet, sheet.bounds())
}

/// Escapes a text for XML; characters that XML does not know are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(sign),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => safe.push(sign),
        }
    }
    safe
}

/// Writes elements and remembers the glyphs that they use.
struct Writer<'a> {
    out: String,
    fonts: &'a Fonts,
    colors: Colors,
    glyphs: BTreeMap<(usize, u32), String>,
}

impl<'a> Writer<'a> {
    fn new(fonts: &'a Fonts) -> Self {
        Self {
            out: String::new(),
            fonts,
            colors: Colors::light(),
            glyphs: BTreeMap::new(),
        }
    }

    fn put(&mut self, element: &str) {
        self.out.push_str(element);
        self.out.push('\n');
    }

    fn item(&mut self, item: &Item) {
        let fill = item.fill.map_or("none", |tone| self.colors.get(tone));
        let style = format!("fill=\"{fill}\"{}", self.line(item.line));
        let element = match &item.figure {
            Figure::Rect { rect, round } => {
                let Rect { x, y, w, h } = rect;
                format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{round}\" {style}/>"
                )
            }
            Figure::Polygon(points) => format!("<path d=\"{}Z\" {style}/>", path(points)),
            Figure::Dot { at, radius } => {
                let Point { x, y } = at;
                format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {style}/>")
            }
            Figure::Strokes(lines) => {
                let data: String = lines.iter().map(|points| path(points)).collect();
                format!("<path d=\"{data}\" {style}/>")
            }
            Figure::Text(line) => self.text(line, item.fill.unwrap_or(Tone::Ink)),
        };
        self.put(&element);
    }

    /// Gives a line of text as outlines.
    fn text(&mut self, line: &TextLine, tone: Tone) -> String {
        let mut x = 0;
        let mut uses = String::new();
        for sign in line.text.chars() {
            let glyph = self.fonts.glyph(line.weight, sign);
            let key = (glyph.font, glyph.id);
            let fonts = self.fonts;
            let outline = self
                .glyphs
                .entry(key)
                .or_insert_with(|| fonts.outline(glyph));
            if !outline.is_empty() {
                let (font, id) = key;
                // Writing to a `String` cannot fail.
                write!(uses, "<use href=\"#g{font}-{id}\" x=\"{x}\"/>").unwrap_or_default();
            }
            x += thousandths(glyph.advance);
        }
        let Point { x, y } = line.at;
        let (size, color) = (line.size, self.colors.get(tone));
        format!("<g fill=\"{color}\" transform=\"translate({x} {y}) scale(.{size:03})\">{uses}</g>")
    }

    fn line(&self, line: Option<Line>) -> String {
        let Some(Line {
            tone,
            width,
            dashes,
        }) = line
        else {
            return String::new();
        };
        let (color, whole, tenth) = (self.colors.get(tone), width / 10, width % 10);
        let dashes = dashes.map_or_else(String::new, |(dash, gap)| {
            format!(" stroke-dasharray=\"{dash} {gap}\"")
        });
        format!(" stroke=\"{color}\" stroke-width=\"{whole}.{tenth}\"{dashes}")
    }

    /// Gives the whole document, which shows a part of the sheet.
    fn document(self, sheet: &Sheet, view: Rect) -> String {
        let language = match sheet.language {
            Language::Ja => "ja",
            Language::En => "en",
        };
        let title = escaped(&sheet.title);
        let description = escaped(&sheet.description);
        let mut glyphs = String::new();
        for ((font, id), outline) in &self.glyphs {
            if !outline.is_empty() {
                // Writing to a `String` cannot fail.
                writeln!(glyphs, "<path id=\"g{font}-{id}\" d=\"{outline}\"/>").unwrap_or_default();
            }
        }
        let back = self.colors.get(Tone::Background);
        let out = &self.out;
        let Rect { x, y, w, h } = view;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{x} {y} {w} {h}\" role=\"img\" aria-labelledby=\"title desc\" \
             lang=\"{language}\" xml:lang=\"{language}\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n\
             <defs>\n{glyphs}</defs>\n\
             <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{back}\"/>\n{out}</svg>\n"
        )
    }
}

/// Gives a line through points as the data of a path.
fn path(points: &[Point]) -> String {
    let mut data = String::new();
    for (at, Point { x, y }) in points.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        // Writing to a `String` cannot fail.
        write!(data, "{letter}{x} {y}").unwrap_or_default();
    }
    data
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an advance is a few ems at most"
)]
fn thousandths(ems: f32) -> i32 {
    (ems * 1000.0).round() as i32
}
