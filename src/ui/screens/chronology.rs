//! The whole record, クロノロジー: all entries in their order, with a filter.
//!
//! Only the lines in view are drawn, so that a long record stays quick.

use egui::{Frame, Margin, ScrollArea, Ui};

use super::log_row_ui;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::log_rows;
use crate::ui::look::Face;
use crate::ui::widgets::{self, Lines, Paragraph};

/// The record's view state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Chronology {
    filter: String,
    shown: usize,
    by_time: bool,
}

/// How many lines are drawn before more are asked for.
const PAGE: usize = 200;

impl Chronology {
    /// Draws the record.
    pub(crate) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
        let frame = Frame::new()
            .fill(cx.look.palette.background.into())
            .inner_margin(Margin::symmetric(20, 12));
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            let title = cx.t("chronology-title");
            ui.add(Paragraph::new(
                &cx.look,
                &title,
                Face::Subtitle,
                cx.look.palette.ink,
            ));
            let name = cx.t("chronology-filter");
            let id = egui::Id::unique("chronology-filter");
            let before = self.filter.clone();
            widgets::edit(
                ui,
                &cx.look,
                id,
                &mut self.filter,
                (&name, &name),
                Lines::One,
            );
            if before != self.filter || self.shown < PAGE {
                self.shown = PAGE;
            }
            let mut rows = log_rows::filtered(cx.telling(desk), desk, cx.now, &self.filter);
            if self.by_time {
                rows.sort_by_key(|row| row.happened);
            }
            let count = rows.len().to_string();
            let all = desk.incident().entries().len().to_string();
            cx.quiet(
                ui,
                &cx.with("chronology-count", &[("count", &count), ("all", &all)]),
            );
            ui.horizontal_wrapped(|ui| {
                for (by_time, key) in [
                    (false, "chronology-by-number"),
                    (true, "chronology-by-time"),
                ] {
                    let chosen = self.by_time == by_time;
                    if widgets::choice_button(ui, &cx.look, chosen, &cx.t(key)).clicked() {
                        self.by_time = by_time;
                    }
                }
                let copy = cx.icon(icons::COPY, "chronology-copy");
                if widgets::plain_button(ui, &cx.look, &copy, !rows.is_empty()).clicked() {
                    let lines: Vec<String> = rows.iter().map(log_rows::LogRow::line).collect();
                    out.push(Intent::Copy(lines.join("\n")));
                }
            });
            let head = desk.session().head().short();
            cx.quiet(ui, &cx.with("health-head", &[("head", &head)]));
            ScrollArea::vertical()
                .auto_shrink(false)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    let hidden = rows.len().saturating_sub(self.shown);
                    if hidden > 0 {
                        let text = cx.with("chronology-earlier", &[("count", &hidden.to_string())]);
                        let text = format!("{} {text}", icons::HISTORY);
                        if widgets::plain_button(ui, &cx.look, &text, true).clicked() {
                            self.shown += PAGE;
                        }
                    }
                    for row in rows.iter().skip(hidden) {
                        log_row_ui(ui, cx, row, out);
                    }
                });
        });
    }
}
