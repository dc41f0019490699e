//! The embedded fonts: how wide a text is, and the outlines of its glyphs.
//!
//! For what is laid out and painted without a window: charts and, later, documents.
//! A sign that the typeface lacks is taken from the fall-back, then from the signs.

use std::fmt::Write as _;

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

    /// Gives a glyph's outline as the data of an SVG path, a thousand units to the em, y down.
    pub fn outline(&self, glyph: Glyph) -> String {
        let mut pen = Path {
            data: String::new(),
            scale: 0.0,
        };
        if let Some(one) = self.fonts.get(glyph.font)
            && let Some(outline) = one.font.outline_glyphs().get(GlyphId::new(glyph.id))
        {
            pen.scale = 1000.0 / one.em;
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A glyph that cannot be drawn stays empty; its place is kept.
            if outline.draw(settings, &mut pen).is_err() {
                pen.data.clear();
            }
        }
        pen.data
    }
}

/// Writes an outline as the data of an SVG path.
struct Path {
    data: String,
    scale: f32,
}

impl Path {
    fn put(&mut self, letter: char, points: &[(f32, f32)]) {
        self.data.push(letter);
        for (at, (x, y)) in points.iter().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            let (x, y) = (
                (x * self.scale).round(),
                // Not -0.
                0.0 - (y * self.scale).round(),
            );
            // Writing to a `String` cannot fail.
            write!(self.data, "{gap}{x} {y}").unwrap_or_default();
        }
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.put('Q', &[(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.put('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
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
