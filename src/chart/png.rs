//! A sheet as PNG, whole or page by page, painted in strips so that no picture is ever in memory
//! as a whole.

use std::collections::BTreeMap;
use std::io::Write as _;

use ::png::{BitDepth, ColorType, Encoder, EncodingError, Filter, PixelDimensions, Unit};
use tiny_skia::{
    Color, FillRule, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use super::colors::{Colors, PAPER, rgb};
use super::page::Page;
use super::places::{Point, Rect, TextLine};
use super::scene::{Figure, Group, Item, Line, Tone};
use super::sheet::Sheet;
use super::tiles::MARGIN;
use crate::font::{Fonts, Segment};
use crate::words::is_control;

/// How many pixels a unit has, unless said otherwise.
pub const SCALE: u8 = 2;
/// How many pixels a picture has at most on a side.
pub const SIDE_LIMIT: i64 = 16_000;
/// How many pixels a picture has at most.
pub const PIXELS_LIMIT: i64 = 100_000_000;
/// How many rows of pixels are painted at once.
const STRIP: i32 = 256;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// It would have more pixels than most programs open.
    #[error("{width} by {height} pixels, at most {SIDE_LIMIT} a side and {PIXELS_LIMIT} in all")]
    TooLarge {
        /// Its width.
        width: i64,
        /// Its height.
        height: i64,
    },
    /// The encoder's words.
    #[error("the picture could not be encoded")]
    Encoding(#[from] EncodingError),
}

/// Paints a sheet, so many pixels to the unit.
pub fn write(sheet: &Sheet, scale: u8, fonts: &Fonts) -> Result<Vec<u8>, PngError> {
    let pixels = |length: i32| i64::from(length) * i64::from(scale);
    let picture = Picture {
        size: (pixels(sheet.width), pixels(sheet.height)),
        scale,
        title: &sheet.title,
        description: &sheet.description,
    };
    picture.paint(fonts, |painter| {
        painter.background(sheet);
        for group in &sheet.groups {
            painter.group(group, group.items.iter());
        }
    })
}

/// Paints a page of a sheet, as large as its paper, so many pixels to the unit of the page.
pub fn write_page(page: &Page<'_>, scale: u8, fonts: &Fonts) -> Result<Vec<u8>, PngError> {
    // To the nearest pixel.
    let pixels = |millimetres: i32| (i64::from(millimetres * 960) * i64::from(scale) + 127) / 254;
    let (width, height) = page.tiles.page;
    let picture = Picture {
        size: (pixels(width), pixels(height)),
        scale,
        title: &format!("{} {}", page.sheet.title, page.place),
        description: &page.sheet.notice,
    };
    let window = page.tile.window;
    let enlarged = real(page.tiles.percent) / 100.0;
    picture.paint(fonts, |painter| {
        let whole = painter.to;
        painter.to = whole
            .pre_translate(real(MARGIN), real(MARGIN))
            .pre_scale(enlarged, enlarged)
            .pre_translate(real(-window.x), real(-window.y));
        painter.clip(window);
        painter.background(page.sheet);
        for (group, items) in page.shown() {
            painter.group(group, items);
        }
        painter.to = whole;
        painter.mask = None;
        for group in &page.margin {
            painter.group(group, group.items.iter());
        }
    })
}

/// What is known of a picture before it is painted.
struct Picture<'a> {
    size: (i64, i64),
    scale: u8,
    title: &'a str,
    description: &'a str,
}

impl Picture<'_> {
    /// Paints strip after strip; what is to be painted is said anew for each.
    fn paint(&self, fonts: &Fonts, draw: impl Fn(&mut Painter<'_>)) -> Result<Vec<u8>, PngError> {
        let (width, height) = self.size;
        let too_large = PngError::TooLarge { width, height };
        let fits = width.max(height) <= SIDE_LIMIT && width * height <= PIXELS_LIMIT;
        let (Ok(columns), Ok(rows), true) = (u32::try_from(width), i32::try_from(height), fits)
        else {
            return Err(too_large);
        };
        let Some(pixmap) = Pixmap::new(columns, STRIP.unsigned_abs()) else {
            return Err(too_large);
        };
        let mut painter = Painter {
            fonts,
            colors: Colors::light(),
            glyphs: BTreeMap::new(),
            pixmap,
            to: Transform::identity(),
            mask: None,
        };
        let mut bytes = Vec::new();
        let encoder = self.encoder(&mut bytes, columns, rows.unsigned_abs())?;
        let mut writer = encoder.write_header()?;
        let mut stream = writer.stream_writer()?;
        let mut top = 0;
        while top < rows {
            let scale = f32::from(self.scale);
            painter.to = Transform::from_translate(0.0, real(-top)).pre_scale(scale, scale);
            painter.mask = None;
            painter.pixmap.fill(color(PAPER));
            draw(&mut painter);
            let count = usize::try_from((rows - top).min(STRIP)).unwrap_or_default();
            let pixels = painter.pixmap.pixels().chunks(painter.width()).take(count);
            for row in pixels {
                let row: Vec<u8> = row
                    .iter()
                    .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
                    .collect();
                stream.write_all(&row).map_err(EncodingError::from)?;
            }
            top += STRIP;
        }
        stream.finish()?;
        writer.finish()?;
        Ok(bytes)
    }

    fn encoder<'b>(
        &self,
        bytes: &'b mut Vec<u8>,
        width: u32,
        height: u32,
    ) -> Result<Encoder<'b, &'b mut Vec<u8>>, EncodingError> {
        let mut encoder = Encoder::new(bytes, width, height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        // Flat areas and few colours: the rows are smallest as they are.
        encoder.set_filter(Filter::NoFilter);
        // 96 units to the inch of 25.4 mm.
        let per_metre = (u32::from(self.scale) * 960_000 + 127) / 254;
        encoder.set_pixel_dims(Some(PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: Unit::Meter,
        }));
        for (keyword, text) in [("Title", self.title), ("Description", self.description)] {
            let stands = |sign: &char| *sign == '\n' || !is_control(*sign);
            let text: String = text.chars().filter(stands).collect();
            encoder.add_itxt_chunk(keyword.to_owned(), text)?;
        }
        Ok(encoder)
    }
}

/// Paints on a strip.
struct Painter<'a> {
    fonts: &'a Fonts,
    colors: Colors,
    glyphs: BTreeMap<(usize, u32), Option<Path>>,
    pixmap: Pixmap,
    /// From the units of what is painted to the pixels of the strip.
    to: Transform,
    /// Where it is painted; everywhere when there is none.
    mask: Option<Mask>,
}

impl Painter<'_> {
    fn width(&self) -> usize {
        usize::try_from(self.pixmap.width()).unwrap_or(usize::MAX)
    }

    /// Paints from now on within a rectangle only.
    fn clip(&mut self, rect: Rect) {
        self.mask = Mask::new(self.pixmap.width(), self.pixmap.height());
        if let (Some(mask), Some(path)) = (&mut self.mask, rounded(rect, 0)) {
            mask.fill_path(&path, FillRule::Winding, true, self.to);
        }
    }

    fn background(&mut self, sheet: &Sheet) {
        if let Some(path) = rounded(sheet.bounds(), 0) {
            self.fill(&path, Tone::Background, self.to);
        }
    }

    fn group<'i>(&mut self, group: &Group, items: impl Iterator<Item = &'i Item>) {
        if !self.reaches(group.bounds) {
            return;
        }
        for item in items {
            if self.reaches(item.bounds()) {
                self.item(item);
            }
        }
    }

    /// Tells whether something can be seen on this strip.
    fn reaches(&self, bounds: Rect) -> bool {
        let y = |y: i32| real(y) * self.to.sy + self.to.ty;
        y(bounds.bottom()) >= -1.0 && y(bounds.y) <= real(STRIP) + 1.0
    }

    fn item(&mut self, item: &Item) {
        let path = match &item.figure {
            Figure::Rect { rect, round } => rounded(*rect, *round),
            Figure::Polygon(points) => lines([points.as_slice()], true),
            Figure::Dot { at, radius } => {
                PathBuilder::from_circle(real(at.x), real(at.y), real(*radius))
            }
            Figure::Strokes(all) => lines(all.iter().map(Vec::as_slice), false),
            Figure::Text(line) => {
                self.text(line, item.fill.unwrap_or(Tone::Ink));
                None
            }
        };
        let Some(path) = path else { return };
        if let Some(tone) = item.fill {
            self.fill(&path, tone, self.to);
        }
        if let Some(line) = item.line {
            self.stroke(&path, line);
        }
    }

    fn fill(&mut self, path: &Path, tone: Tone, to: Transform) {
        let paint = self.paint(tone);
        let mask = self.mask.as_ref();
        self.pixmap
            .fill_path(path, &paint, FillRule::Winding, to, mask);
    }

    fn stroke(&mut self, path: &Path, line: Line) {
        let stroke = Stroke {
            width: real(line.width) / 10.0,
            dash: line
                .dashes
                .and_then(|(dash, gap)| StrokeDash::new(vec![real(dash), real(gap)], 0.0)),
            ..Stroke::default()
        };
        let paint = self.paint(line.tone);
        let mask = self.mask.as_ref();
        self.pixmap
            .stroke_path(path, &paint, &stroke, self.to, mask);
    }

    fn text(&mut self, line: &TextLine, tone: Tone) {
        let size = f32::from(line.size) / 1000.0;
        let to = self
            .to
            .pre_translate(real(line.at.x), real(line.at.y))
            .pre_scale(size, size);
        for (glyph, x) in self.fonts.line(line.weight, &line.text) {
            let key = (glyph.font, glyph.id);
            let path = self.glyphs.remove(&key);
            let path = path.unwrap_or_else(|| outline(&self.fonts.outline(glyph)));
            if let Some(path) = &path {
                self.fill(path, tone, to.pre_translate(real(x), 0.0));
            }
            self.glyphs.insert(key, path);
        }
    }

    fn paint(&self, tone: Tone) -> Paint<'static> {
        let mut paint = Paint::default();
        paint.set_color(color(self.colors.get(tone)));
        paint
    }
}

fn color(name: &str) -> Color {
    let [red, green, blue] = rgb(name);
    Color::from_rgba8(red, green, blue, u8::MAX)
}

/// Gives lines through points as a path.
fn lines<'p>(all: impl IntoIterator<Item = &'p [Point]>, closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for points in all {
        for (at, Point { x, y }) in points.iter().enumerate() {
            if at == 0 {
                path.move_to(real(*x), real(*y));
            } else {
                path.line_to(real(*x), real(*y));
            }
        }
        if closed {
            path.close();
        }
    }
    path.finish()
}

/// Gives a rectangle with rounded corners.
fn rounded(rect: Rect, round: i32) -> Option<Path> {
    let (left, top) = (real(rect.x), real(rect.y));
    let (right, bottom) = (real(rect.right()), real(rect.bottom()));
    if round <= 0 {
        let rect = tiny_skia::Rect::from_ltrb(left, top, right, bottom)?;
        return Some(PathBuilder::from_rect(rect));
    }
    let radius = real(round.min(rect.w / 2).min(rect.h / 2));
    // The control points of a cubic curve that is a quarter of a circle, nearly.
    let near = radius * (1.0 - 0.552_284_8);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - near, top, right, top + near, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(
        right,
        bottom - near,
        right - near,
        bottom,
        right - radius,
        bottom,
    );
    path.line_to(left + radius, bottom);
    path.cubic_to(
        left + near,
        bottom,
        left,
        bottom - near,
        left,
        bottom - radius,
    );
    path.line_to(left, top + radius);
    path.cubic_to(left, top + near, left + near, top, left + radius, top);
    path.close();
    path.finish()
}

/// Gives a glyph's outline as a path.
fn outline(segments: &[Segment]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for segment in segments {
        match *segment {
            Segment::Move([x, y]) => path.move_to(x, y),
            Segment::Line([x, y]) => path.line_to(x, y),
            Segment::Quad([cx, cy], [x, y]) => path.quad_to(cx, cy, x, y),
            Segment::Curve([ax, ay], [bx, by], [x, y]) => path.cubic_to(ax, ay, bx, by, x, y),
            Segment::Close => path.close(),
        }
    }
    path.finish()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a coordinate beyond 16 million is on no picture"
)]
fn real(number: i32) -> f32 {
    number as f32
}
