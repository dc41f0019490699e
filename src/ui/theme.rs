//! The window's colours, sizes and fonts: `assets/theme.ron` as typed tokens, and egui's style made of them.
//!
//! Colours are named by role, never by hue; no other module of the window makes a colour.
//! This file knows nothing of incidents or screens.
//!
//! **Invariant:** every text and background pair that is drawn is in [`Palette::pairs`], so
//! the contrast test speaks for the whole window.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, vec2,
};
use serde::Deserialize;

use crate::font::{BOLD, FALLBACK, REGULAR, SIGNS};

/// The file that the tokens come from.
pub const SOURCE: &str = include_str!("../../assets/theme.ron");

const ICONS: &[u8] = include_bytes!("../../assets/fonts/icons.ttf");

/// The name of the bold family.
const BOLD_FAMILY: &str = "bold";

/// The smallest and the largest text size, in per cent.
pub const TEXT_PERCENT: std::ops::RangeInclusive<u16> = 100..=200;

/// All tokens.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Sizes at 100 %.
    pub sizes: Sizes,
    /// Colours on light surfaces.
    pub light: Palette,
    /// Colours on dark surfaces.
    pub dark: Palette,
}

/// Sizes in points at 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Text to read.
    pub body: f32,
    /// Text that stands back.
    pub quiet: f32,
    /// The heading of a list.
    pub section: f32,
    /// The title of the step in hand.
    pub title: f32,
    /// The title of a dialog or a card.
    pub subtitle: f32,
    /// The clock.
    pub clock: f32,
    /// Line height as a multiple of the text's size.
    pub line: f32,
    /// The smallest height of what can be pressed.
    pub target: f32,
}

/// Colours by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Behind everything.
    pub background: Ink,
    /// Cards, columns and fields.
    pub panel: Ink,
    /// What lies deeper than the background.
    pub sunken: Ink,
    /// Text.
    pub ink: Ink,
    /// Text that stands back.
    pub quiet_ink: Ink,
    /// Lines that only divide.
    pub line: Ink,
    /// The edge of what can be pressed or filled in.
    pub control_line: Ink,
    /// The thing to do, selection and focus.
    pub accent: Ink,
    /// The surface of what is selected.
    pub accent_fill: Ink,
    /// Text on accent.
    pub on_accent: Ink,
    /// Good.
    pub ok: Ink,
    /// The surface of good.
    pub ok_fill: Ink,
    /// To be minded.
    pub warn: Ink,
    /// The surface of what is to be minded.
    pub warn_fill: Ink,
    /// Bad, and warnings of the source.
    pub bad: Ink,
    /// The surface of bad.
    pub bad_fill: Ink,
    /// Text on bad.
    pub on_bad: Ink,
    /// Everything that is a drill.
    pub drill: Ink,
    /// The surface of a drill.
    pub drill_fill: Ink,
    /// Text on drill.
    pub on_drill: Ink,
    /// The marks of the phases 0 to 4.
    pub phases: (Ink, Ink, Ink, Ink, Ink),
    /// Text on a phase's mark.
    pub on_phase: Ink,
    /// The rail of screens.
    pub rail: Ink,
    /// Text on the rail.
    pub rail_ink: Ink,
    /// The screen in view, on the rail.
    pub rail_selected: Ink,
    /// What dims the window behind a dialog.
    pub shade: Ink,
}

/// A colour as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Ink(pub Color32);

impl From<Ink> for Color32 {
    fn from(ink: Ink) -> Self {
        ink.0
    }
}

impl TryFrom<String> for Ink {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] = number
            .ok_or_else(|| format!("not a colour: {text}"))?
            .to_be_bytes();
        Ok(Self(Color32::from_rgb(red, green, blue)))
    }
}

impl Palette {
    /// Gives the colour of a phase's mark.
    pub fn phase(&self, phase: u8) -> Ink {
        match phase {
            0 => self.phases.0,
            1 => self.phases.1,
            2 => self.phases.2,
            3 => self.phases.3,
            _ => self.phases.4,
        }
    }

    /// Gives every pair that is drawn: what it is, the foreground, the background, and the contrast it needs.
    pub fn pairs(&self) -> Vec<(&'static str, Ink, Ink, f32)> {
        let mut pairs = vec![
            ("rail ink on rail", self.rail_ink, self.rail, TEXT),
            (
                "rail ink on rail selected",
                self.rail_ink,
                self.rail_selected,
                TEXT,
            ),
            ("on accent", self.on_accent, self.accent, TEXT),
            ("on bad", self.on_bad, self.bad, TEXT),
            ("on drill", self.on_drill, self.drill, TEXT),
            ("ink on drill fill", self.ink, self.drill_fill, TEXT),
            ("drill on drill fill", self.drill, self.drill_fill, TEXT),
            ("drill on panel", self.drill, self.panel, TEXT),
            ("ok on ok fill", self.ok, self.ok_fill, TEXT),
            ("ink on ok fill", self.ink, self.ok_fill, TEXT),
            ("warn on warn fill", self.warn, self.warn_fill, TEXT),
            ("ink on warn fill", self.ink, self.warn_fill, TEXT),
            (
                "quiet ink on warn fill",
                self.quiet_ink,
                self.warn_fill,
                TEXT,
            ),
            ("bad on bad fill", self.bad, self.bad_fill, TEXT),
            ("ink on bad fill", self.ink, self.bad_fill, TEXT),
            ("accent on accent fill", self.accent, self.accent_fill, TEXT),
            ("ink on accent fill", self.ink, self.accent_fill, TEXT),
            (
                "quiet ink on accent fill",
                self.quiet_ink,
                self.accent_fill,
                TEXT,
            ),
            ("ink on sunken", self.ink, self.sunken, TEXT),
            ("quiet ink on sunken", self.quiet_ink, self.sunken, TEXT),
            ("control line on panel", self.control_line, self.panel, MARK),
            (
                "control line on background",
                self.control_line,
                self.background,
                MARK,
            ),
        ];
        for (name, ink) in [
            ("ink", self.ink),
            ("quiet ink", self.quiet_ink),
            ("accent", self.accent),
            ("ok", self.ok),
            ("warn", self.warn),
            ("bad", self.bad),
        ] {
            pairs.push((name, ink, self.panel, TEXT));
            pairs.push((name, ink, self.background, TEXT));
        }
        for phase in 0..5 {
            pairs.push(("on phase", self.on_phase, self.phase(phase), TEXT));
            pairs.push(("phase on panel", self.phase(phase), self.panel, MARK));
        }
        pairs
    }
}

const TEXT: f32 = 4.5;
const MARK: f32 = 3.0;

/// Gives the contrast of two colours as WCAG 2 counts it, from 1 to 21.
pub fn contrast(one: Ink, other: Ink) -> f32 {
    fn luminance(ink: Ink) -> f32 {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(ink.0.r()) + 0.7152 * channel(ink.0.g()) + 0.0722 * channel(ink.0.b())
    }
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Theme {
    /// Reads the built-in tokens; a test proves that they can be read.
    pub fn built_in() -> Result<Self, ron::error::SpannedError> {
        ron::from_str(SOURCE)
    }

    /// Gives the colours for dark or light surfaces.
    pub fn palette(&self, dark: bool) -> &Palette {
        if dark { &self.dark } else { &self.light }
    }

    /// Gives egui's style for dark or light surfaces at a text size.
    pub fn style(&self, dark: bool, scale: f32) -> Style {
        let mut style = Style {
            visuals: visuals(self.palette(dark), dark),
            animation_time: 0.0,
            ..Style::default()
        };
        let sizes = self.sizes;
        let regular = |size: f32| FontId::new(size * scale, FontFamily::Proportional);
        let bold = |size: f32| FontId::new(size * scale, bold_family());
        style.text_styles = [
            (TextStyle::Small, regular(sizes.quiet)),
            (TextStyle::Body, regular(sizes.body)),
            (TextStyle::Button, regular(sizes.body)),
            (TextStyle::Monospace, regular(sizes.quiet)),
            (TextStyle::Heading, bold(sizes.title)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(8.0, 8.0);
        spacing.button_padding = vec2(12.0, 6.0);
        // Buttons and fields set their own height; rows of text may be lower.
        spacing.interact_size = vec2(sizes.target * scale, sizes.quiet * scale);
        spacing.extra_text_line_spacing = sizes.body * scale * (sizes.line - 1.0);
        spacing.icon_width = 20.0 * scale;
        spacing.icon_width_inner = 12.0 * scale;
        spacing.combo_width = 60.0 * scale;
        spacing.combo_height = 320.0 * scale;
        spacing.tooltip_width = 360.0 * scale;
        spacing.menu_margin = Margin::same(8);
        spacing.window_margin = Margin::same(16);
        spacing.scroll = egui::style::ScrollStyle {
            bar_width: 10.0,
            floating_width: 8.0,
            floating_allocated_width: 10.0,
            floating: true,
            dormant_background_opacity: 0.0,
            dormant_handle_opacity: 0.7,
            active_handle_opacity: 0.8,
            foreground_color: true,
            // In a long record it can still be seen and held.
            handle_min_length: 32.0,
            ..egui::style::ScrollStyle::solid()
        };
        spacing.scroll.fade.strength = 0.0;
        spacing.scroll.kinetic.rubber_band = false;
        style.interaction.tooltip_delay = 0.4;
        style.interaction.selectable_labels = false;
        style.scroll_animation = egui::style::ScrollAnimation::none();
        style
    }
}

/// Gives the bold family.
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD_FAMILY.into())
}

/// Gives the embedded fonts, each family with the same fall-backs.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        ("regular", REGULAR),
        ("bold", BOLD),
        ("fallback", FALLBACK),
        ("signs", SIGNS),
    ] {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let tweak = egui::FontTweak {
        scale: 1.15,
        ..Default::default()
    };
    let icons = Arc::new(FontData::from_static(ICONS).tweak(tweak));
    fonts.font_data.insert("icons".to_owned(), icons);
    let chain = |first: &str| {
        [first, "fallback", "signs", "icons"]
            .map(str::to_owned)
            .to_vec()
    };
    fonts
        .families
        .insert(FontFamily::Proportional, chain("regular"));
    fonts
        .families
        .insert(FontFamily::Monospace, chain("regular"));
    fonts.families.insert(bold_family(), chain("bold"));
    fonts
}

fn visuals(palette: &Palette, dark: bool) -> egui::Visuals {
    let mut visuals = if dark {
        egui::Visuals::dark()
    } else {
        egui::Visuals::light()
    };
    let line = |ink: Ink, width: f32| Stroke::new(width, Color32::from(ink));
    let radius = CornerRadius::same(6);
    let plain = egui::style::WidgetVisuals {
        bg_fill: palette.panel.into(),
        weak_bg_fill: palette.panel.into(),
        bg_stroke: line(palette.control_line, 1.0),
        corner_radius: radius,
        fg_stroke: line(palette.ink, 1.0),
        expansion: 0.0,
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = egui::style::WidgetVisuals {
        bg_stroke: line(palette.line, 1.0),
        ..plain
    };
    widgets.inactive = plain;
    widgets.hovered = egui::style::WidgetVisuals {
        bg_fill: palette.accent_fill.into(),
        weak_bg_fill: palette.accent_fill.into(),
        bg_stroke: line(palette.accent, 1.0),
        ..plain
    };
    widgets.active = egui::style::WidgetVisuals {
        bg_fill: palette.accent_fill.into(),
        weak_bg_fill: palette.accent_fill.into(),
        bg_stroke: line(palette.accent, 2.0),
        ..plain
    };
    widgets.open = widgets.hovered;
    visuals.selection.bg_fill = palette.accent_fill.into();
    visuals.selection.stroke = line(palette.accent, 2.0);
    visuals.ime_composition.active_underline_stroke = line(palette.accent, 2.0);
    visuals.ime_composition.inactive_underline_stroke = line(palette.quiet_ink, 1.0);
    visuals.hyperlink_color = palette.accent.into();
    visuals.faint_bg_color = palette.background.into();
    visuals.extreme_bg_color = palette.panel.into();
    visuals.text_edit_bg_color = Some(palette.panel.into());
    visuals.code_bg_color = palette.sunken.into();
    visuals.warn_fg_color = palette.warn.into();
    visuals.error_fg_color = palette.bad.into();
    visuals.weak_text_color = Some(palette.quiet_ink.into());
    visuals.window_fill = palette.panel.into();
    visuals.window_stroke = line(palette.control_line, 1.0);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = radius;
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.panel_fill = palette.background.into();
    visuals.text_cursor.stroke = line(palette.accent, 2.0);
    visuals.text_cursor.blink = false;
    visuals.disabled_alpha = 0.7;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tokens_are_complete() {
        let theme = Theme::built_in().expect("the theme file is read");
        assert_ne!(theme.light, theme.dark);
    }

    #[test]
    fn every_pair_that_is_drawn_has_enough_contrast() {
        let theme = Theme::built_in().expect("the theme file is read");
        let mut faults = Vec::new();
        for (theme, palette) in [("light", theme.light), ("dark", theme.dark)] {
            for (pair, one, other, needed) in palette.pairs() {
                let got = contrast(one, other);
                if got < needed {
                    faults.push(format!("{theme}: {pair}: {got:.2} < {needed}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// Gives the characters of a text that have no glyph in a family.
    fn missing(ctx: &egui::Context, family: &FontFamily, text: &str) -> Vec<char> {
        let font = FontId::new(15.0, family.clone());
        let signs: std::collections::BTreeSet<char> =
            text.chars().filter(|sign| !sign.is_control()).collect();
        ctx.fonts_mut(|fonts| {
            signs
                .into_iter()
                .filter(|sign| !fonts.has_glyph(&font, *sign))
                .collect()
        })
    }

    #[test]
    fn every_character_that_can_be_shown_has_a_glyph() {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts());
        let mut texts: Vec<(String, String)> = crate::flow::SHIPPED
            .iter()
            .map(|flow| (flow.name.to_owned(), flow.text.to_owned()))
            .collect();
        for (at, (_, source)) in crate::words::SOURCES.iter().enumerate() {
            texts.push((format!("language file {at}"), (*source).to_owned()));
        }
        let icons = crate::ui::icons::ALL.iter().map(|(_, icon)| *icon);
        texts.push(("icons".to_owned(), icons.collect()));
        texts.push((
            "names".to_owned(),
            "𠮷槗髙﨑濵德⚠☐☑✓2\u{2011}6 ①㈱℡→–…〜～".to_owned(),
        ));
        let mut faults = Vec::new();
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            for (name, text) in &texts {
                for family in [FontFamily::Proportional, bold_family()] {
                    let lacks = missing(ui.ctx(), &family, text);
                    if !lacks.is_empty() {
                        faults.push(format!("{name} in {family:?}: {lacks:?}"));
                    }
                }
            }
        });
        output.drop_without_applying_deltas();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
