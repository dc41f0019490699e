//! The window: screens that read the state and say what the person wants.
//!
//! [`App`] owns the state; a screen draws it and gives back intents, which are carried out
//! once the pass is drawn. Nothing here writes to the disk: the session does.
//!
//! **Invariant:** a drawing function changes nothing but its own view state.

pub mod icons;
mod ime;
mod look;
pub mod theme;
mod widgets;

use std::path::PathBuf;

use crate::flow::Language;

/// What the window starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The data folder.
    pub data: PathBuf,
    /// The language, where the command line names one.
    pub language: Option<Language>,
    /// The folder of an incident to open at once.
    pub open: Option<PathBuf>,
}

/// A first window that shows the fonts and the theme.
#[derive(Debug)]
struct App {
    look: look::Look,
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let look = self.look;
        egui::CentralPanel::default().show(ui, |ui| {
            ui.add(widgets::Paragraph::new(&look, "医療情報システム等の障害発生時の対応 初動 𠮷田 槗本 ⚠ ☐ ☑ ✓ 2\u{2011}6 髙﨑", look::Face::Title, look.palette.ink));
            ui.add(widgets::Paragraph::new(&look, "ネットワークの遮断等により通信を遮断し感染拡大を防止する。現場での判断が難しい場合は、「不用意な電源停止」は行わない(原文)。", look::Face::Body, look.palette.ink));
            ui.horizontal_wrapped(|ui| {
                widgets::number_pill(ui, &look, "2-6", 2);
                for icon in icons::ALL { ui.label(look.body(icon)); }
            });
            ui.horizontal(|ui| {
                widgets::primary_button(ui, &look, &format!("{} 完了して次へ Ctrl+Enter", icons::CHECK), true);
                widgets::plain_button(ui, &look, &format!("{} 飛ばす", icons::SKIP_FORWARD), true);
            });
        });
    }
}

/// Opens the window and stays until it is closed.
pub fn run(_start: Start) -> Result<(), eframe::Error> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_native(
        "shodo",
        options,
        Box::new(|cc| {
            let theme = theme::Theme::built_in()?;
            cc.egui_ctx.set_fonts(theme::fonts());
            cc.egui_ctx.set_style_of(egui::Theme::Light, theme.style(false, 1.0));
            cc.egui_ctx.set_theme(egui::ThemePreference::Light);
            let look = look::Look { palette: theme.light, sizes: theme.sizes, scale: 1.0 };
            Ok(Box::new(App { look }))
        }),
    )
}
