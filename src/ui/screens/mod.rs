//! The screens. Each draws the state that it is shown and gives back intents; none calls another.

mod chart;
mod chronology;
mod guide;
mod home;
mod people;
mod plain;
mod problems;
mod settings;

pub(super) use chart::{ChartScreen, Subject};
pub(super) use chronology::Chronology;
pub(super) use guide::{Asking, Guide, NOTE_TEXT, PhasePill, lists, log_row_ui, phases, typed};
pub(super) use home::{Home, HomeFlow, Recent};
pub(super) use people::people_ui;
pub(super) use plain::{EarlierLog, PLAIN_TEXT, Plain};
pub(super) use problems::{Problems, problems_ui};
pub(super) use settings::{SettingsView, settings_ui};

use egui::{Frame, Margin, ScrollArea, Ui};

use super::cx::Cx;

/// Draws a screen of one column that scrolls, no wider than can be read; each page has its place.
fn column(ui: &mut Ui, cx: &Cx<'_>, (page, widest): (&str, f32), add: impl FnOnce(&mut Ui)) {
    let frame = Frame::new()
        .fill(cx.look.palette.background.into())
        .inner_margin(Margin::symmetric(20, 12));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        let area = ScrollArea::vertical().id_salt(page).auto_shrink(false);
        area.show(ui, |ui| {
            let width = ui.available_width();
            let wide = cx.look.em(widest).min(width - 12.0);
            ui.horizontal_top(|ui| {
                ui.add_space(((width - 12.0 - wide) / 2.0).max(0.0));
                ui.vertical(|ui| {
                    ui.set_width(wide);
                    add(ui);
                    ui.add_space(24.0);
                });
            });
        });
    });
}
