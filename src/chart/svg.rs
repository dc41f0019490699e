//! A chart as SVG: outlines instead of fonts, no script, title and description for readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::colors::Colors;
use super::legend;
use super::places::{Layout, Placed, Point, Rect, TextLine, Wire};
use super::progress::{Mark, Progress};
use super::{Chart, Ground, Kind, Net, Shape, Texts, ports};
use crate::flow::Mode;
use crate::font::{Fonts, Weight};
use crate::words::Words;

/// Around everything.
const MARGIN: i32 = 28;
/// How far the sides of a question's frame slant.
const SLANT: i32 = 14;

/// What stands above the chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// The title of the flow, or of the incident.
    pub title: String,
    /// The version, the source, the state that is shown.
    pub lines: Vec<String>,
    /// What a reader of the arrows must know.
    pub notice: String,
}

/// Writes a chart; with the progress of an incident, when there is one.
pub fn write(
    (chart, texts, layout): (&Chart, &Texts, &Layout),
    heading: &Heading,
    progress: Option<&Progress>,
    words: &Words,
    fonts: &Fonts,
) -> String {
    let mut pen = Pen::new(fonts);
    let top = pen.heading(heading, (layout.width, MARGIN));
    let origin = Point { x: MARGIN, y: top };
    let start = format!("<g transform=\"translate({} {})\">\n", origin.x, origin.y);
    pen.out.push_str(&start);
    let mut painter = Painter {
        pen,
        chart,
        texts,
        layout,
        progress,
        words,
    };
    painter.ground();
    painter.wires();
    painter.shapes();
    let mut pen = painter.pen;
    pen.out.push_str("</g>\n");
    let below = Point {
        x: MARGIN,
        y: top + layout.height + 24,
    };
    let bottom = legend::draw(&mut pen, below, layout.width, words, progress.is_some());
    pen.document(
        (layout.width + 2 * MARGIN, bottom + MARGIN),
        heading,
        &painter_description(chart, texts, heading, progress, words),
        words,
    )
}

/// Says the whole in words: every shape in the order of the flow, with its state.
fn painter_description(
    chart: &Chart,
    texts: &Texts,
    heading: &Heading,
    progress: Option<&Progress>,
    words: &Words,
) -> String {
    let mut said = vec![heading.notice.clone()];
    said.extend(heading.lines.iter().cloned());
    for at in 0..chart.shapes.len() {
        said.push(name(chart, texts, progress, words, at));
    }
    said.join("\n")
}

/// Says one shape: number, title, state, role.
fn name(
    chart: &Chart,
    texts: &Texts,
    progress: Option<&Progress>,
    words: &Words,
    at: usize,
) -> String {
    let (number, title) = texts.shapes.get(at).cloned().unwrap_or_default();
    let lane = chart.shapes.get(at).map_or(0, |shape| shape.lane);
    let role = texts.lanes.get(lane).cloned().unwrap_or_default();
    let state = progress.map(|progress| {
        let standing = progress.standing(at);
        let mut state = words.get(standing.mark.key());
        if standing.attempts > 1 {
            state.push_str(", ");
            state.push_str(&words.count("chart-attempts", standing.attempts));
        }
        if standing.overdue {
            state.push_str(", ");
            state.push_str(&words.get("chart-overdue"));
        }
        state
    });
    let parts = [Some(format!("{number} {title}")), state, Some(role)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" / ")
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
pub(super) struct Pen<'a> {
    pub out: String,
    pub fonts: &'a Fonts,
    pub colors: Colors,
    glyphs: BTreeMap<(usize, u32), String>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stroke<'a> {
    pub color: &'a str,
    /// In tenths of a pixel.
    pub width: i32,
    pub dashes: &'a str,
}

/// Gives the dashes of a line by where it comes from.
pub(super) fn dashes(ground: Ground) -> &'static str {
    match ground {
        Ground::Text => "",
        Ground::Order => "9 4",
        Ground::Derived => "3 3",
    }
}

impl<'a> Pen<'a> {
    fn new(fonts: &'a Fonts) -> Self {
        Self {
            out: String::new(),
            fonts,
            colors: Colors::light(),
            glyphs: BTreeMap::new(),
        }
    }

    pub(super) fn put(&mut self, element: &str) {
        self.out.push_str(element);
        self.out.push('\n');
    }

    pub(super) fn rect(&mut self, rect: Rect, round: i32, fill: &str, stroke: Stroke<'_>) {
        let Rect { x, y, w, h } = rect;
        let line = line_style(stroke);
        self.put(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{round}\" fill=\"{fill}\"{line}/>"
        ));
    }

    pub(super) fn path(&mut self, data: &str, fill: &str, stroke: Stroke<'_>) {
        let line = line_style(stroke);
        self.put(&format!("<path d=\"{data}\" fill=\"{fill}\"{line}/>"));
    }

    /// Writes a line of text as outlines.
    pub(super) fn text(&mut self, line: &TextLine, color: &str) {
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
        let size = line.size;
        self.put(&format!(
            "<g fill=\"{color}\" transform=\"translate({x} {y}) scale(.{size:03})\">{uses}</g>"
        ));
    }

    /// Writes a text on one line; gives its right end.
    pub(super) fn words(&mut self, text: &str, at: Point, face: (Weight, u8), color: &str) -> i32 {
        let width = ports::width(self.fonts, face, text);
        let (weight, size) = face;
        let line = TextLine {
            at,
            width,
            size,
            weight,
            text: text.to_owned(),
        };
        self.text(&line, color);
        at.x + width
    }

    /// Writes what stands above the chart; gives where the chart begins.
    fn heading(&mut self, heading: &Heading, (width, top): (i32, i32)) -> i32 {
        let colors = self.colors.clone();
        let mut y = top;
        let bold = (Weight::Bold, 20);
        for line in ports::wrap(self.fonts, bold, &heading.title, width) {
            y += 22;
            self.words(&line, Point { x: MARGIN, y }, bold, &colors.ink);
            y += 6;
        }
        let small = (Weight::Regular, 12);
        let notice = [(&heading.notice, &colors.warn)];
        let lines = heading.lines.iter().map(|line| (line, &colors.quiet_ink));
        for (text, color) in lines.chain(notice) {
            for line in ports::wrap(self.fonts, small, text, width) {
                y += 18;
                self.words(&line, Point { x: MARGIN, y }, small, color);
            }
        }
        y + 20
    }

    fn document(
        self,
        (width, height): (i32, i32),
        heading: &Heading,
        description: &str,
        words: &Words,
    ) -> String {
        let language = match words.language() {
            crate::flow::Language::Ja => "ja",
            crate::flow::Language::En => "en",
        };
        let title = escaped(&heading.title);
        let description = escaped(description);
        let mut glyphs = String::new();
        for ((font, id), outline) in &self.glyphs {
            if !outline.is_empty() {
                // Writing to a `String` cannot fail.
                writeln!(glyphs, "<path id=\"g{font}-{id}\" d=\"{outline}\"/>").unwrap_or_default();
            }
        }
        let Self { out, colors, .. } = self;
        let back = &colors.background;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" \
             lang=\"{language}\" xml:lang=\"{language}\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n\
             <defs>\n{glyphs}</defs>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{back}\"/>\n{out}</svg>\n"
        )
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an advance is a few ems at most"
)]
fn thousandths(ems: f32) -> i32 {
    (ems * 1000.0).round() as i32
}

fn line_style(stroke: Stroke<'_>) -> String {
    if stroke.width == 0 {
        return String::new();
    }
    let (color, whole, tenth) = (stroke.color, stroke.width / 10, stroke.width % 10);
    let dashes = match stroke.dashes {
        "" => String::new(),
        dashes => format!(" stroke-dasharray=\"{dashes}\""),
    };
    format!(" stroke=\"{color}\" stroke-width=\"{whole}.{tenth}\"{dashes}")
}

/// No line.
pub(super) const NONE: Stroke<'_> = Stroke {
    color: "",
    width: 0,
    dashes: "",
};

/// Gives the outline of a shape as the data of a path.
pub(super) fn outline(kind: Kind, side: bool, rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    let (right, bottom) = (rect.right(), rect.bottom());
    if kind == Kind::Decision {
        let middle = y + h / 2;
        let (left_in, right_in) = (x + SLANT, right - SLANT);
        return format!(
            "M{left_in} {y}H{right_in}L{right} {middle}L{right_in} {bottom}H{left_in}L{x} {middle}Z"
        );
    }
    let round = match kind {
        Kind::End => h / 2,
        _ if side => 16,
        _ => 4,
    };
    let (w, h) = (w - 2 * round, h - 2 * round);
    format!(
        "M{} {y}h{w}a{round} {round} 0 0 1 {round} {round}v{h}a{round} {round} 0 0 1 -{round} {round}h-{w}a{round} {round} 0 0 1 -{round} -{round}v-{h}a{round} {round} 0 0 1 {round} -{round}Z",
        x + round
    )
}

struct Painter<'a> {
    pen: Pen<'a>,
    chart: &'a Chart,
    texts: &'a Texts,
    layout: &'a Layout,
    progress: Option<&'a Progress>,
    words: &'a Words,
}

impl Painter<'_> {
    /// Paints lanes and bands.
    fn ground(&mut self) {
        let colors = self.pen.colors.clone();
        for rect in &self.layout.lanes {
            self.pen.rect(*rect, 0, &colors.panel, NONE);
        }
        for (rect, lines) in &self.layout.heads {
            self.pen.rect(*rect, 4, &colors.rail, NONE);
            for line in lines {
                self.pen.text(line, &colors.rail_ink);
            }
        }
        let bands = self.layout.bands.iter().zip(&self.chart.bands);
        for (at, ((rect, lines), band)) in bands.enumerate() {
            let color = colors.phase(band.phase);
            let bar = Rect {
                x: rect.x,
                y: rect.y + 4,
                w: 6,
                h: rect.h - 8,
            };
            self.pen.rect(bar, 0, color, NONE);
            for line in lines {
                self.pen.text(line, color);
            }
            if at > 0 {
                let stroke = Stroke {
                    color: &colors.control_line,
                    width: 10,
                    dashes: "",
                };
                let line = format!("M{} {}H{}", rect.x, rect.y, rect.right());
                self.pen.path(&line, "none", stroke);
            }
        }
    }

    /// Paints the lines: those that were followed on top.
    fn wires(&mut self) {
        let layout = self.layout;
        for travelled in [false, true] {
            for (at, (net, wire)) in self.chart.nets.iter().zip(&layout.wires).enumerate() {
                self.wire(at, net, wire, travelled);
            }
        }
        let colors = self.pen.colors.clone();
        for bar in &layout.bars {
            let stroke = Stroke {
                color: &colors.ink,
                width: 40,
                dashes: "",
            };
            let line = format!("M{} {}H{}", bar.from.x, bar.from.y, bar.to.x);
            self.pen.path(&line, "none", stroke);
        }
    }

    fn wire(&mut self, at: usize, net: &Net, wire: &Wire, travelled: bool) {
        let colors = self.pen.colors.clone();
        let live = self.progress;
        let is_travelled =
            |branch: usize| live.is_some_and(|progress| progress.is_travelled(at, branch));
        let plain = matches!(net.mode, Mode::Open | Mode::Loop);
        let (color, width) = match (live, travelled) {
            (_, true) => (&colors.ink, 26),
            (None, _) if plain => (&colors.ink, 14),
            (None, _) => (&colors.quiet_ink, 11),
            (Some(_), _) => (&colors.control_line, 12),
        };
        let pieces = wire
            .pieces
            .iter()
            .filter(|piece| piece.branches.iter().any(|branch| is_travelled(*branch)) == travelled);
        let mut by_ground: BTreeMap<Ground, String> = BTreeMap::new();
        let mut all = String::new();
        for piece in pieces {
            let branches = piece.branches.iter().filter_map(|b| net.branches.get(*b));
            let Some(ground) = branches.map(|branch| branch.basis).min() else {
                continue;
            };
            let (from, to) = (piece.from, piece.to);
            let line = format!("M{} {}L{} {}", from.x, from.y, to.x, to.y);
            all.push_str(&line);
            by_ground.entry(ground).or_default().push_str(&line);
        }
        if all.is_empty() {
            return;
        }
        // A light edge, so that lines that cross are seen to pass.
        let edge = Stroke {
            color: &colors.panel,
            width: width + 36,
            dashes: "",
        };
        self.pen.path(&all, "none", edge);
        for (ground, data) in by_ground {
            let stroke = Stroke {
                color,
                width,
                dashes: dashes(ground),
            };
            self.pen.path(&data, "none", stroke);
        }
        let mut ends = String::new();
        for (branch, tip) in wire.tips.iter().enumerate() {
            if is_travelled(branch) == travelled {
                let Point { x, y } = *tip;
                // Writing to a `String` cannot fail.
                write!(ends, "M{x} {y}l-5 -10h10Z").unwrap_or_default();
            }
        }
        for Point { x, y } in &wire.dots {
            let left = x - 3;
            write!(ends, "M{left} {y}a3 3 0 0 1 6 0a3 3 0 0 1 -6 0Z").unwrap_or_default();
        }
        self.pen.path(&ends, color, NONE);
    }

    fn shapes(&mut self) {
        let layout = self.layout;
        for (at, (shape, placed)) in self.chart.shapes.iter().zip(&layout.shapes).enumerate() {
            let name = name(self.chart, self.texts, self.progress, self.words, at);
            let title = escaped(&name);
            self.pen.put(&format!("<g><title>{title}</title>"));
            self.shape(at, shape, placed);
            self.pen.put("</g>");
        }
        let color = self.pen.colors.quiet_ink.clone();
        for wire in &layout.wires {
            for line in &wire.label {
                self.pen.text(line, &color);
            }
        }
    }

    fn shape(&mut self, at: usize, shape: &Shape, placed: &Placed) {
        let colors = self.pen.colors.clone();
        let standing = self.progress.map(|progress| progress.standing(at));
        let mark = standing.map(|standing| standing.mark);
        let (frame, width, fill, ink, dashes) = match mark {
            None => (&colors.ink, 14, &colors.panel, &colors.ink, ""),
            Some(Mark::Ahead) => (
                &colors.control_line,
                10,
                &colors.panel,
                &colors.quiet_ink,
                "",
            ),
            Some(Mark::Open) => (&colors.accent, 34, &colors.accent_fill, &colors.ink, ""),
            Some(Mark::Parked) => (&colors.warn, 20, &colors.warn_fill, &colors.ink, ""),
            Some(Mark::Done) => (&colors.ok, 16, &colors.ok_fill, &colors.ink, ""),
            Some(Mark::Skipped) => (&colors.quiet_ink, 14, &colors.sunken, &colors.quiet_ink, ""),
            Some(Mark::Withdrawn) => (
                &colors.control_line,
                14,
                &colors.panel,
                &colors.quiet_ink,
                "5 4",
            ),
        };
        let data = outline(shape.kind, shape.side, placed.rect);
        let stroke = Stroke {
            color: frame,
            width,
            dashes,
        };
        self.pen.path(&data, fill, stroke);
        let phase = self
            .chart
            .bands
            .get(shape.band)
            .map_or(0, |band| band.phase);
        let number = if mark.is_none_or(|mark| mark == Mark::Ahead) {
            colors.phase(phase)
        } else {
            ink
        };
        self.pen.text(&placed.number, number);
        if shape.ours {
            let at = Point {
                x: placed.number.at.x + placed.number.width + 3,
                y: placed.number.at.y,
            };
            self.pen.words("*", at, (Weight::Bold, 13), number);
        }
        for line in &placed.title {
            self.pen.text(line, ink);
            if mark == Some(Mark::Withdrawn) {
                let stroke = Stroke {
                    color: ink,
                    width: 10,
                    dashes: "",
                };
                let Point { x, y } = line.at;
                let line = format!("M{x} {}h{}", y - 5, line.width);
                self.pen.path(&line, "none", stroke);
            }
        }
        self.entry_mark(shape, placed.rect);
        if let Some(standing) = standing {
            self.state(standing, placed, frame);
        }
    }

    /// Paints a small arrow where a door or a fact leads in.
    fn entry_mark(&mut self, shape: &Shape, rect: Rect) {
        let colors = self.pen.colors.clone();
        let at = Point {
            x: rect.x - 1,
            y: rect.y + rect.h / 2,
        };
        if !shape.doors.is_empty() {
            legend::entry(&mut self.pen, at, &colors.ink);
        } else if shape.by_fact {
            legend::entry(&mut self.pen, at, &colors.panel);
        }
    }

    /// Writes the state at the right of the number.
    fn state(&mut self, standing: super::Standing, placed: &Placed, color: &str) {
        let face = (Weight::Bold, 12);
        let mut said = String::new();
        if standing.attempts > 1 {
            said = self.words.count("chart-attempts", standing.attempts);
            said.push(' ');
        }
        if standing.mark != Mark::Ahead {
            said.push_str(&self.words.get(standing.mark.key()));
        }
        let right = placed.rect.right() - ports::PADDING - 4;
        let wide = ports::width(self.pen.fonts, face, &said);
        let y = placed.number.at.y;
        let mut left = right - wide;
        self.pen.words(&said, Point { x: left, y }, face, color);
        if standing.mark != Mark::Ahead {
            left -= 15;
            legend::sign(&mut self.pen, standing.mark, Point { x: left, y }, color);
        }
        if standing.overdue {
            let bad = self.pen.colors.bad.clone();
            let said = format!("! {}", self.words.get("chart-overdue"));
            left -= ports::width(self.pen.fonts, face, &said) + 6;
            self.pen.words(&said, Point { x: left, y }, face, &bad);
        }
    }
}
