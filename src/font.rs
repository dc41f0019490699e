//! The embedded fonts: how wide a text is, and the outlines of its glyphs.
//!
//! For what is laid out and painted without a window: charts and, later, documents.
//! A sign that the typeface lacks is taken from the fall-back, then from the signs.

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// BIZ UDPGothic.
pub const REGULAR: &[u8] = include_bytes!("../assets/fonts/BIZUDPGothic-Regular.ttf");
/// BIZ UDPGothic Bold.
pub const BOLD: &[u8] = include_bytes!("../assets/fonts/BIZUDPGothic-Bold.ttf");
/// Rare characters of names.
pub const FALLBACK: &[u8] = include_bytes!("../assets/fonts/fallback.ttf");
/// Signs such as the tick.
pub const SIGNS: &[u8] = include_bytes!("../assets/fonts/signs.ttf");

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Text to read.
    Regular,
    /// Headings and numbers.
    Bold,
}

/// A glyph of one of the fonts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The font, by its place in the list.
    pub font: usize,
    /// The glyph in it.
    pub id: u32,
    /// How far it moves on, in ems.
    pub advance: f32,
}

/// The fonts, ready to measure.
pub struct Fonts {
    fonts: Vec<One>,
}

struct One {
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// Reads the embedded fonts.
    pub fn new() -> Self {
        let fonts = [REGULAR, BOLD, FALLBACK, SIGNS].into_iter();
        let fonts = fonts.filter_map(|bytes| FontRef::new(bytes).ok());
        let fonts = fonts.map(|font| {
            let all = font.metrics(Size::unscaled(), LocationRef::default());
            One {
                charmap: font.charmap(),
                metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
                em: f32::from(all.units_per_em.max(1)),
                font,
            }
        });
        Self {
            fonts: fonts.collect(),
        }
    }

    /// Gives the glyph of a sign; that of an unknown sign where no font has it.
    pub fn glyph(&self, weight: Weight, sign: char) -> Glyph {
        let first = usize::from(weight == Weight::Bold);
        let order = [first, 2, 3];
        let found = order.into_iter().find_map(|font| {
            let one = self.fonts.get(font)?;
            Some((font, one.charmap.map(sign)?))
        });
        let (font, id) = found.unwrap_or((first, GlyphId::NOTDEF));
        let advance = self.fonts.get(font).map_or(0.0, |one| {
            one.metrics.advance_width(id).unwrap_or_default() / one.em
        });
        Glyph {
            font,
            id: id.to_u32(),
            advance,
        }
    }

    /// Gives how wide a text is, in the unit of `size`.
    pub fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        let advances = text.chars().map(|sign| self.glyph(weight, sign).advance);
        advances.sum::<f32>() * size
    }

    /// Gives the glyphs of a text on one line and where each begins, in thousandths of an em.
    pub fn line(&self, weight: Weight, text: &str) -> Vec<(Glyph, i32)> {
        let mut x = 0;
        let glyphs = text.chars().map(|sign| {
            let glyph = self.glyph(weight, sign);
            let at = x;
            x += thousandths(glyph.advance);
            (glyph, at)
        });
        glyphs.collect()
    }

    /// Gives a glyph's outline, a thousand units to the em, y down; empty for one that has none
    /// or that cannot be drawn.
    pub fn outline(&self, glyph: Glyph) -> Vec<Segment> {
        let Some(one) = self.fonts.get(glyph.font) else {
            return Vec::new();
        };
        let Some(outline) = one.font.outline_glyphs().get(GlyphId::new(glyph.id)) else {
            return Vec::new();
        };
        let mut pen = Path {
            segments: Vec::new(),
            scale: 1000.0 / one.em,
        };
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        match outline.draw(settings, &mut pen) {
            Ok(_) => pen.segments,
            Err(_) => Vec::new(),
        }
    }
}

/// A piece of a glyph's outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// A contour begins here.
    Move([f32; 2]),
    /// A straight line to here.
    Line([f32; 2]),
    /// A quadratic curve: its control point, its end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: its control points, its end.
    Curve([f32; 2], [f32; 2], [f32; 2]),
    /// The contour is closed.
    Close,
}

/// Collects an outline.
struct Path {
    segments: Vec<Segment>,
    scale: f32,
}

impl Path {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        // Not -0.
        [x * self.scale, 0.0 - y * self.scale]
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.segments.push(Segment::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.segments.push(Segment::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let segment = Segment::Quad(self.at(cx0, cy0), self.at(x, y));
        self.segments.push(segment);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let segment = Segment::Curve(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
        self.segments.push(segment);
    }

    fn close(&mut self) {
        self.segments.push(Segment::Close);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an advance is a few ems at most"
)]
fn thousandths(ems: f32) -> i32 {
    (ems * 1000.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_font_is_read_and_signs_come_from_the_font_that_has_them() {
        let fonts = Fonts::new();
        assert_eq!(fonts.fonts.len(), 4);
        assert_eq!(fonts.glyph(Weight::Regular, '初').font, 0);
        assert_eq!(fonts.glyph(Weight::Bold, '初').font, 1);
        assert!(!fonts.outline(fonts.glyph(Weight::Regular, '動')).is_empty());
    }

    #[test]
    fn a_text_is_as_wide_as_its_glyphs() {
        let fonts = Fonts::new();
        let one = fonts.width(Weight::Regular, 10.0, "漢");
        assert!((one - 10.0).abs() < 0.01, "{one}");
        assert!(
            fonts.width(Weight::Regular, 10.0, "ii") < fonts.width(Weight::Regular, 10.0, "WW")
        );
    }
}
