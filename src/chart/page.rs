//! One page of a sheet on paper: what it shows, and what stands in its margin.

use super::Sheet;
use super::places::{Point, Rect};
use super::ports;
use super::scene::{Group, Item, Line, Part, Pen, Tone};
use super::tiles::{MARGIN, Tile, Tiles};
use crate::font::{Fonts, Weight};
use crate::words::Words;

/// The texts in the margin.
const FACE: (Weight, u8) = (Weight::Regular, 11);
/// Between them.
const GAP: i32 = 20;
/// How long the marks are, and how far from the window they end.
const MARK: (i32, i32) = (12, 3);

/// A page: a window on a sheet, between margins.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// How it is cut.
    pub tiles: &'a Tiles,
    /// Which page this is.
    pub tile: Tile,
    /// Its number and its place, in words.
    pub place: String,
    /// What stands in the margin, in units of the page.
    pub margin: Vec<Group>,
}

impl<'a> Page<'a> {
    /// Makes a page: in its margin its place, title and notice, and marks that lie on those of the
    /// pages beside it.
    pub fn new(
        sheet: &'a Sheet,
        (tiles, tile): (&'a Tiles, Tile),
        words: &Words,
        fonts: &Fonts,
    ) -> Self {
        let args = [
            ("number", tile.row * tiles.columns + tile.column + 1),
            ("count", tiles.columns * tiles.rows),
            ("row", tile.row + 1),
            ("column", tile.column + 1),
        ];
        let place = words.with(
            "chart-page",
            &args.map(|(name, value)| (name, value.to_string())),
        );
        let mut pen = Pen::new(fonts);
        let page = Self {
            sheet,
            tiles,
            tile,
            place,
            margin: Vec::new(),
        };
        page.marks(&mut pen);
        page.line(&mut pen);
        pen.group(Part::Margin);
        let margin = pen.finish();
        Self { margin, ..page }
    }

    /// Gives what is in the window, in the order in which it is painted: groups with the items
    /// that reach into it.
    pub fn shown(&self) -> impl Iterator<Item = (&'a Group, impl Iterator<Item = &'a Item>)> {
        let window = self.tile.window;
        let groups = self.sheet.groups.iter();
        groups
            .filter(move |group| group.bounds.overlaps(&window))
            .map(move |group| {
                let items = group.items.iter();
                (
                    group,
                    items.filter(move |item| item.bounds().overlaps(&window)),
                )
            })
    }

    /// Gives the window on the page, in units of the page.
    fn window(&self) -> Rect {
        Rect {
            x: MARGIN,
            y: MARGIN,
            w: self.tiles.on_page(self.tile.window.w),
            h: self.tiles.on_page(self.tile.window.h),
        }
    }

    /// Marks in the margin where the window ends and where the pages beside it begin and end.
    fn marks(&self, pen: &mut Pen<'_>) {
        let (window, shared) = (self.window(), self.tiles.overlap);
        let edges = |length: i32, at: i32, count: i32| {
            let before = (at > 0).then_some(shared);
            let after = (at + 1 < count).then_some(length - shared);
            let all = [Some(0), before, after, Some(length)];
            all.map(|at| at.map(|at| MARGIN + self.tiles.on_page(at)))
        };
        let Rect { w, h, .. } = self.tile.window;
        let (long, gap) = MARK;
        let mut lines = Vec::new();
        let across = edges(w, self.tile.column, self.tiles.columns);
        for x in across.into_iter().flatten() {
            for y in [window.y - gap - long, window.bottom() + gap] {
                lines.push(vec![Point { x, y }, Point { x, y: y + long }]);
            }
        }
        let down = edges(h, self.tile.row, self.tiles.rows);
        for y in down.into_iter().flatten() {
            for x in [window.x - gap - long, window.right() + gap] {
                lines.push(vec![Point { x, y }, Point { x: x + long, y }]);
            }
        }
        pen.strokes(lines, Line::new(Tone::Ink, 5));
    }

    /// Writes the line above the window, between the marks.
    fn line(&self, pen: &mut Pen<'_>) {
        let window = self.window();
        let inset = self.tiles.on_page(self.tiles.overlap) + 8;
        let mut at = Point {
            x: window.x + inset,
            y: window.y - 8,
        };
        let mut room = window.w - 2 * inset + GAP;
        let sheet = self.sheet;
        // A long title leaves room for the notice, a long notice half of it for the title.
        let notice = wide(pen.fonts, &sheet.notice);
        let texts = [
            (&self.place, Tone::Ink, 0),
            (&sheet.title, Tone::Ink, notice),
            (&sheet.notice, Tone::Warn, 0),
        ];
        for (text, tone, kept) in texts {
            let text = fitted(pen.fonts, text, room - kept.min(room / 2));
            let wide = wide(pen.fonts, &text);
            pen.words(&text, at, FACE, tone);
            at = at.plus((wide, 0));
            room -= wide;
        }
    }
}

/// Gives how wide a text is, with the gap behind it.
fn wide(fonts: &Fonts, text: &str) -> i32 {
    ports::width(fonts, FACE, text) + GAP
}

/// Gives a text that is no wider than there is room, cut where it must be.
fn fitted(fonts: &Fonts, text: &str, room: i32) -> String {
    if wide(fonts, text) <= room {
        return text.to_owned();
    }
    let mut signs: Vec<char> = text.chars().collect();
    while signs.pop().is_some() {
        let cut: String = signs.iter().chain(&['…']).collect();
        if wide(fonts, &cut) <= room {
            return cut;
        }
    }
    String::new()
}
