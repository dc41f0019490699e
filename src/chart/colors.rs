//! The colours of a chart on paper: the light tokens of `assets/theme.ron`, by role.

use serde::Deserialize;

use super::scene::Tone;

const SOURCE: &str = include_str!("../../assets/theme.ron");

/// The part of the theme's file that a chart needs; the window reads the whole.
#[derive(Debug, Deserialize)]
#[serde(rename = "Theme")]
struct Theme {
    light: Colors,
}

/// Colours as `#rrggbb`, by role.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Colors {
    background: String,
    panel: String,
    sunken: String,
    ink: String,
    quiet_ink: String,
    control_line: String,
    accent: String,
    accent_fill: String,
    ok: String,
    ok_fill: String,
    warn: String,
    warn_fill: String,
    bad: String,
    rail: String,
    rail_ink: String,
    phases: (String, String, String, String, String),
}

/// The paper itself.
pub(super) const PAPER: &str = "#ffffff";

/// Gives red, green and blue of a colour; black for what is none.
pub(super) fn rgb(color: &str) -> [u8; 3] {
    let digits = color.strip_prefix('#').unwrap_or_default();
    let [_, red, green, blue] = u32::from_str_radix(digits, 16)
        .unwrap_or_default()
        .to_be_bytes();
    [red, green, blue]
}

impl Colors {
    /// Reads the built-in tokens; a test proves that they can be read.
    pub(super) fn light() -> Self {
        ron::from_str::<Theme>(SOURCE).map_or_else(|_| Self::default(), |theme| theme.light)
    }

    /// Gives the colour of a role.
    pub(super) fn get(&self, tone: Tone) -> &str {
        match tone {
            Tone::Background => &self.background,
            Tone::Panel => &self.panel,
            Tone::Sunken => &self.sunken,
            Tone::Ink => &self.ink,
            Tone::QuietInk => &self.quiet_ink,
            Tone::ControlLine => &self.control_line,
            Tone::Accent => &self.accent,
            Tone::AccentFill => &self.accent_fill,
            Tone::Ok => &self.ok,
            Tone::OkFill => &self.ok_fill,
            Tone::Warn => &self.warn,
            Tone::WarnFill => &self.warn_fill,
            Tone::Bad => &self.bad,
            Tone::Rail => &self.rail,
            Tone::RailInk => &self.rail_ink,
            Tone::Phase(0) => &self.phases.0,
            Tone::Phase(1) => &self.phases.1,
            Tone::Phase(2) => &self.phases.2,
            Tone::Phase(3) => &self.phases.3,
            Tone::Phase(_) => &self.phases.4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_of_the_chart_are_those_of_the_theme() {
        let colors = Colors::light();
        for color in [&colors.panel, &colors.rail_ink, &colors.phases.4] {
            assert!(color.starts_with('#') && color.len() == 7, "{color}");
            assert_ne!(rgb(color), [0, 0, 0], "{color}");
        }
    }
}
