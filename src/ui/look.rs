//! What a drawing function needs to know of the theme: colours, sizes and the faces of text.
//!
//! A [`Look`] is made once a pass from the theme, the system's light or dark, and the text
//! size. It holds no state and decides nothing but appearance.

use egui::{Color32, CornerRadius, FontFamily, FontId, Frame, Margin, RichText, Stroke};

use super::theme::{Ink, Palette, Sizes, bold_family};

/// The faces of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Text to read.
    Body,
    /// The same, bold.
    Strong,
    /// Text that stands back.
    Quiet,
    /// The same, bold.
    QuietStrong,
    /// The heading of a list.
    Section,
    /// The title of a dialog or a card.
    Subtitle,
    /// The title of the step in hand.
    Title,
    /// The clock.
    Clock,
}

/// Colours and sizes for one pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// The colours.
    pub palette: Palette,
    /// The sizes at 100 %.
    pub sizes: Sizes,
    /// The text size, 1 to 2.
    pub scale: f32,
}

impl Look {
    /// Gives the font of a face.
    pub(super) fn font(&self, face: Face) -> FontId {
        let (size, bold) = match face {
            Face::Body => (self.sizes.body, false),
            Face::Strong => (self.sizes.body, true),
            Face::Quiet => (self.sizes.quiet, false),
            Face::QuietStrong => (self.sizes.quiet, true),
            Face::Section => (self.sizes.section, true),
            Face::Subtitle => (self.sizes.subtitle, true),
            Face::Title => (self.sizes.title, true),
            Face::Clock => (self.sizes.clock, true),
        };
        let family = if bold {
            bold_family()
        } else {
            FontFamily::Proportional
        };
        FontId::new(size * self.scale, family)
    }

    /// Gives the height of a line of a face.
    pub(super) fn line_height(&self, face: Face) -> f32 {
        self.font(face).size * self.sizes.line
    }

    /// Gives text in a face and a colour.
    pub(super) fn text(
        &self,
        text: impl Into<String>,
        face: Face,
        color: impl Into<Color32>,
    ) -> RichText {
        let font = self.font(face);
        RichText::new(text)
            .line_height(Some(self.line_height(face)))
            .font(font)
            .color(color.into())
    }

    /// Gives ordinary text.
    pub(super) fn body(&self, text: impl Into<String>) -> RichText {
        self.text(text, Face::Body, self.palette.ink)
    }

    /// Gives text that stands back.
    pub(super) fn quiet(&self, text: impl Into<String>) -> RichText {
        self.text(text, Face::Quiet, self.palette.quiet_ink)
    }

    /// Gives the height of what can be pressed.
    pub(super) fn target(&self) -> f32 {
        self.sizes.target * self.scale
    }

    /// Gives a length that grows with the text.
    pub(super) fn em(&self, points: f32) -> f32 {
        points * self.scale
    }

    /// Gives the width that is left, in points at 100 %.
    pub(super) fn units(&self, ui: &egui::Ui) -> f32 {
        ui.available_width() / self.scale
    }

    /// Gives a card: panel colour, thin line, rounded.
    pub(super) fn card(&self) -> Frame {
        Frame::new()
            .fill(self.palette.panel.into())
            .stroke(Stroke::new(1.0, Color32::from(self.palette.line)))
            .corner_radius(CornerRadius::same(8))
            .inner_margin(Margin::same(12))
    }

    /// Gives a surface of one colour without a line.
    pub(super) fn surface(fill: Ink) -> Frame {
        Frame::new()
            .fill(fill.into())
            .corner_radius(CornerRadius::same(6))
            .inner_margin(Margin::symmetric(12, 8))
    }

    /// Gives a line in a colour.
    pub(super) fn stroke(width: f32, ink: Ink) -> Stroke {
        Stroke::new(width, Color32::from(ink))
    }
}
