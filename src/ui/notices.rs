//! What the person must be told, until it is put away.
//!
//! Notices stand in a strip below the top bar, the gravest first; a notice with the same
//! words is not shown twice. They never ask a question; `banner` says where they lie.

use egui::Ui;
use egui::accesskit::Role;

use super::cx::{Cx, Intent, Intents};
use super::frame;
use super::icons;
use super::look::{Face, Look};
use super::widgets::{self, Paragraph};

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// Something is lost or at risk.
    Bad,
    /// Something is to be minded.
    Warn,
    /// Good to know.
    Info,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    id: u64,
    grade: Grade,
    text: String,
}

/// The notices that are not put away.
#[derive(Debug, Clone, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    last: u64,
}

impl Notices {
    /// Tells something; the same words only once.
    pub(super) fn tell(&mut self, grade: Grade, text: String) {
        if self.list.iter().any(|notice| notice.text == text) {
            return;
        }
        self.last += 1;
        let id = self.last;
        self.list.push(Notice { id, grade, text });
        self.list.sort_by_key(|notice| (notice.grade, notice.id));
    }

    /// Puts a notice away.
    pub(super) fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// Puts the notice with these words away.
    pub(super) fn dismiss_text(&mut self, text: &str) {
        self.list.retain(|notice| notice.text != text);
    }

    /// Puts away what was only good to know or to be minded, once something was done about it.
    pub(super) fn settle(&mut self, grade: Grade) {
        self.list.retain(|notice| notice.grade != grade);
    }

    /// Tells whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Draws what lies over the page: that the incident is closed, and the notices.
    pub(super) fn strip_ui(&self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
        widgets::region(ui, Role::Region, &cx.t("region-notices"));
        ui.spacing_mut().item_spacing.y = 0.0;
        frame::closed_ui(ui, cx, out);
        super::reading::reading_ui(ui, cx, out);
        let room = ui.ctx().content_rect().height() * 0.3;
        egui::ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room)
            .show(ui, |ui| self.ui(ui, cx, out));
    }

    /// Draws them.
    fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
        let palette = cx.look.palette;
        for notice in &self.list {
            let (icon, key, ink, fill) = match notice.grade {
                Grade::Bad => (
                    icons::CIRCLE_ALERT,
                    "notice-bad",
                    palette.bad,
                    palette.bad_fill,
                ),
                Grade::Warn => (
                    icons::TRIANGLE_ALERT,
                    "notice-warn",
                    palette.warn,
                    palette.warn_fill,
                ),
                Grade::Info => (
                    icons::INFO,
                    "notice-info",
                    palette.accent,
                    palette.accent_fill,
                ),
            };
            Look::surface(fill).corner_radius(0).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_top(|ui| {
                    let button = cx.look.em(40.0);
                    let width = (ui.available_width() - button).max(40.0);
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        let text = format!("{icon} {} {}", cx.t(key), notice.text);
                        let told = ui.add(Paragraph::new(&cx.look, &text, Face::Body, ink));
                        widgets::announce(ui, &told, notice.grade == Grade::Bad);
                    });
                    let name = cx.t("notice-dismiss");
                    if widgets::icon_button(ui, &cx.look, icons::X, &name).clicked() {
                        out.push(Intent::Dismiss(notice.id));
                    }
                });
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_stands_first_and_nothing_twice() {
        let mut notices = Notices::default();
        notices.tell(Grade::Info, "a".to_owned());
        notices.tell(Grade::Bad, "b".to_owned());
        notices.tell(Grade::Info, "a".to_owned());
        let texts: Vec<&str> = notices.list.iter().map(|n| n.text.as_str()).collect();
        assert_eq!(texts, ["b", "a"]);
    }
}
