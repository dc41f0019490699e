//! A chart on paper: what stands above it, the chart, and the legend.

use super::draw::draw;
use super::legend;
use super::places::{Layout, Point, Rect};
use super::progress::Progress;
use super::scene::{Group, Part, Pen, Tone};
use super::{Chart, Texts, ports};
use crate::flow::Language;
use crate::font::{Fonts, Weight};
use crate::words::Words;

/// Around everything.
const MARGIN: i32 = 28;

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

/// A chart with all that stands on its page, in pixels at 96 to the inch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// What a reader of the arrows must know.
    pub notice: String,
    /// All of it in words, for those who do not see it.
    pub description: String,
    /// What each shape is called, in the order of the chart.
    pub names: Vec<String>,
    /// The width of all.
    pub width: i32,
    /// The height of all.
    pub height: i32,
    /// What is drawn, in the order in which it is painted.
    pub groups: Vec<Group>,
}

impl Sheet {
    /// Puts a chart on a page; with the progress of an incident, when there is one.
    pub fn new(
        (chart, texts, layout): (&Chart, &Texts, &Layout),
        heading: &Heading,
        progress: Option<&Progress>,
        words: &Words,
        fonts: &Fonts,
    ) -> Self {
        let mut pen = Pen::new(fonts);
        let top = above(&mut pen, heading, layout.width);
        let mut groups = draw(chart, layout, progress, words, fonts);
        for group in &mut groups {
            group.move_by(Point { x: MARGIN, y: top });
        }
        let below = Point {
            x: MARGIN,
            y: top + layout.height + 24,
        };
        let bottom = legend::draw(&mut pen, below, layout.width, words, progress.is_some());
        groups.extend(pen.finish());
        let shapes = 0..chart.shapes.len();
        let names: Vec<String> = shapes
            .map(|at| name(chart, texts, progress, words, at))
            .collect();
        let mut said = vec![heading.notice.clone()];
        said.extend(heading.lines.iter().cloned());
        said.extend(names.iter().cloned());
        Self {
            language: words.language(),
            title: heading.title.clone(),
            notice: heading.notice.clone(),
            description: said.join("\n"),
            names,
            width: layout.width + 2 * MARGIN,
            height: bottom + MARGIN,
            groups,
        }
    }

    /// Gives where all of it is.
    pub fn bounds(&self) -> Rect {
        Rect {
            x: 0,
            y: 0,
            w: self.width,
            h: self.height,
        }
    }
}

/// Says one shape: number, title, state, role.
pub fn name(
    chart: &Chart,
    texts: &Texts,
    progress: Option<&Progress>,
    words: &Words,
    at: usize,
) -> String {
    let (number, title) = texts.shapes.get(at).cloned().unwrap_or_default();
    let lane = chart.shapes.get(at).map_or(0, |shape| shape.lane);
    let role = texts.lanes.get(lane).cloned().unwrap_or_default();
    let state = progress.map(|progress| progress.standing(at).said(words));
    let parts = [Some(format!("{number} {title}")), state, Some(role)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" / ")
}

/// Writes what stands above the chart; gives where the chart begins.
fn above(pen: &mut Pen<'_>, heading: &Heading, width: i32) -> i32 {
    let mut y = MARGIN;
    let bold = (Weight::Bold, 20);
    for line in ports::wrap(pen.fonts, bold, &heading.title, width) {
        y += 22;
        pen.words(&line, Point { x: MARGIN, y }, bold, Tone::Ink);
        y += 6;
    }
    let small = (Weight::Regular, 12);
    let notice = [(&heading.notice, Tone::Warn)];
    let lines = heading.lines.iter().map(|line| (line, Tone::QuietInk));
    for (text, tone) in lines.chain(notice) {
        for line in ports::wrap(pen.fonts, small, text, width) {
            y += 18;
            pen.words(&line, Point { x: MARGIN, y }, small, tone);
        }
    }
    pen.group(Part::Heading);
    y + 20
}
