//! A sheet as SVG, whole or page by page: outlines instead of fonts, no script, title and description for readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::colors::{Colors, PAPER};
use super::page::Page;
use super::places::{Point, Rect, TextLine};
use super::scene::{Figure, Group, Item, Line, Part, Tone};
use super::sheet::Sheet;
use super::tiles::MARGIN;
use crate::flow::Language;
use crate::font::{Fonts, Segment};
use crate::words::is_control;

/// Writes a sheet.
pub fn write(sheet: &Sheet, fonts: &Fonts) -> String {
    let mut writer = Writer::new(fonts);
    let Rect { x, y, w, h } = sheet.bounds();
    writer.background(sheet.bounds());
    for group in &sheet.groups {
        writer.group(sheet, group, group.items.iter());
    }
    writer.document(&Head {
        language: sheet.language,
        title: &sheet.title,
        description: &sheet.description,
        size: (w.to_string(), h.to_string()),
        view: format!("{x} {y} {w} {h}"),
    })
}

/// Writes a page of a sheet, as large as its paper.
pub fn write_page(page: &Page<'_>, fonts: &Fonts) -> String {
    let (sheet, tiles) = (page.sheet, page.tiles);
    let mut writer = Writer::new(fonts);
    let Rect { x, y, w, h } = page.tile.window;
    writer.definitions = format!(
        "<clipPath id=\"window\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></clipPath>\n"
    );
    writer.put(&format!(
        "<rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN}) scale({}.{:02}) translate({} {})\" \
         clip-path=\"url(#window)\">",
        tiles.percent / 100,
        tiles.percent % 100,
        0 - x,
        0 - y
    ));
    writer.background(sheet.bounds());
    let mut said = vec![page.place.as_str(), &sheet.notice];
    for (group, items) in page.shown() {
        writer.group(sheet, group, items);
        said.extend(name(sheet, group).map(String::as_str));
    }
    writer.put("</g>");
    for group in &page.margin {
        writer.group(sheet, group, group.items.iter());
    }
    let (wide, high) = tiles.page;
    // Units of 1/96 inch in so many millimetres.
    let units = |millimetres: i32| {
        let thousandths = (millimetres * 960_000 + 127) / 254;
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
    };
    writer.document(&Head {
        language: sheet.language,
        title: &format!("{} {}", sheet.title, page.place),
        description: &said.join("\n"),
        size: (format!("{wide}mm"), format!("{high}mm")),
        view: format!("0 0 {} {}", units(wide), units(high)),
    })
}

/// Gives what the shape is called that a group shows.
fn name<'a>(sheet: &'a Sheet, group: &Group) -> Option<&'a String> {
    match group.part {
        Part::Shape(at) => sheet.names.get(at),
        _ => None,
    }
}

/// Escapes a text for XML; characters that XML does not know, and those that would act on the text
/// around them, are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(sign),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if is_control(sign) => {}
            _ => safe.push(sign),
        }
    }
    safe
}

/// What a document says of itself.
struct Head<'a> {
    language: Language,
    title: &'a str,
    description: &'a str,
    size: (String, String),
    view: String,
}

/// Writes elements and remembers the glyphs that they use.
struct Writer<'a> {
    out: String,
    /// What is referred to besides the glyphs.
    definitions: String,
    fonts: &'a Fonts,
    colors: Colors,
    glyphs: BTreeMap<(usize, u32), String>,
}

impl<'a> Writer<'a> {
    fn new(fonts: &'a Fonts) -> Self {
        Self {
            out: String::new(),
            definitions: String::new(),
            fonts,
            colors: Colors::light(),
            glyphs: BTreeMap::new(),
        }
    }

    fn put(&mut self, element: &str) {
        self.out.push_str(element);
        self.out.push('\n');
    }

    fn background(&mut self, rect: Rect) {
        let Rect { x, y, w, h } = rect;
        let back = self.colors.get(Tone::Background);
        self.put(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{back}\"/>"
        ));
    }

    /// Writes items of a group, under the name of what it shows.
    fn group<'i>(&mut self, sheet: &Sheet, group: &Group, items: impl Iterator<Item = &'i Item>) {
        let name = name(sheet, group);
        if let Some(name) = name {
            let title = escaped(name);
            self.put(&format!("<g><title>{title}</title>"));
        }
        for item in items {
            self.item(item);
        }
        if name.is_some() {
            self.put("</g>");
        }
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
        let mut uses = String::new();
        for (glyph, x) in self.fonts.line(line.weight, &line.text) {
            let key = (glyph.font, glyph.id);
            let fonts = self.fonts;
            let outline = self
                .glyphs
                .entry(key)
                .or_insert_with(|| outline(&fonts.outline(glyph)));
            if !outline.is_empty() {
                let (font, id) = key;
                // Writing to a `String` cannot fail.
                write!(uses, "<use href=\"#g{font}-{id}\" x=\"{x}\"/>").unwrap_or_default();
            }
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

    /// Gives the whole document.
    fn document(self, head: &Head<'_>) -> String {
        let language = match head.language {
            Language::Ja => "ja",
            Language::En => "en",
        };
        let title = escaped(head.title);
        let description = escaped(head.description);
        let mut glyphs = String::new();
        for ((font, id), outline) in &self.glyphs {
            if !outline.is_empty() {
                // Writing to a `String` cannot fail.
                writeln!(glyphs, "<path id=\"g{font}-{id}\" d=\"{outline}\"/>").unwrap_or_default();
            }
        }
        let (out, definitions) = (&self.out, &self.definitions);
        let ((w, h), view) = (&head.size, &head.view);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{view}\" role=\"img\" aria-labelledby=\"title desc\" \
             lang=\"{language}\" xml:lang=\"{language}\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n\
             <defs>\n{glyphs}{definitions}</defs>\n\
             {out}</svg>\n"
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

/// Gives a glyph's outline as the data of a path, in whole thousandths of an em.
fn outline(segments: &[Segment]) -> String {
    let mut data = String::new();
    for segment in segments {
        let (letter, points): (char, &[[f32; 2]]) = match segment {
            Segment::Move(to) => ('M', &[*to]),
            Segment::Line(to) => ('L', &[*to]),
            Segment::Quad(by, to) => ('Q', &[*by, *to]),
            Segment::Curve(from, by, to) => ('C', &[*from, *by, *to]),
            Segment::Close => ('Z', &[]),
        };
        data.push(letter);
        for (at, [x, y]) in points.iter().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            // Not -0; writing to a `String` cannot fail.
            write!(data, "{gap}{} {}", x.round() + 0.0, y.round() + 0.0).unwrap_or_default();
        }
    }
    data
}
