//! The colours of a chart on paper: the light tokens of `assets/theme.ron`, by role.

use serde::Deserialize;

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
    pub background: String,
    pub panel: String,
    pub sunken: String,
    pub ink: String,
    pub quiet_ink: String,
    pub control_line: String,
    pub accent: String,
    pub accent_fill: String,
    pub ok: String,
    pub ok_fill: String,
    pub warn: String,
    pub warn_fill: String,
    pub bad: String,
    pub rail: String,
    pub rail_ink: String,
    phases: (String, String, String, String, String),
}

impl Colors {
    /// Reads the built-in tokens; a test proves that they can be read.
    pub(super) fn light() -> Self {
        ron::from_str::<Theme>(SOURCE).map_or_else(|_| Self::default(), |theme| theme.light)
    }

    /// Gives the colour of a phase's mark.
    pub(super) fn phase(&self, phase: u8) -> &str {
        match phase {
            0 => &self.phases.0,
            1 => &self.phases.1,
            2 => &self.phases.2,
            3 => &self.phases.3,
            _ => &self.phases.4,
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
        }
    }
}
