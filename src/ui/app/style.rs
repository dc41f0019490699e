//! How the window is dressed: its colours, its text, its title.

use egui::ViewportCommand;

use super::App;
use crate::settings::ThemeChoice;

impl App {
    pub(super) fn apply_style(&mut self, ctx: &egui::Context) {
        let wanted = (self.settings.text_percent, self.settings.theme);
        if self.applied == Some(wanted) {
            return;
        }
        let scale = self.scale();
        ctx.set_style_of(egui::Theme::Light, self.theme.style(false, scale));
        ctx.set_style_of(egui::Theme::Dark, self.theme.style(true, scale));
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        self.applied = Some(wanted);
    }

    pub(super) fn scale(&self) -> f32 {
        f32::from(self.settings.text_percent) / 100.0
    }

    /// Says in the window's title what is open, and that a drill is one.
    pub(super) fn title_window(&mut self, ctx: &egui::Context) {
        let name = self.words.get("app-name");
        let title = match &self.desk {
            None => name,
            Some(desk) => {
                let incident = desk.incident();
                let mode = if desk.is_peacetime() {
                    self.words.get("mode-peacetime")
                } else {
                    self.words.get(&format!("mode-{}", incident.mode().id()))
                };
                let untitled = || self.words.get("top-untitled");
                let title = incident.title().map_or_else(untitled, str::to_owned);
                let args = [("mode", mode.as_str()), ("title", &title), ("name", &name)];
                self.words.with("window-title", &args)
            }
        };
        if title != self.titled {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }
}
