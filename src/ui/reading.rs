//! The line above a record that is only read: as of when, how much, and how to go on.

use egui::accesskit::Role;
use egui::{Frame, Margin, Ui};

use super::cx::{Cx, Intent, Intents};
use super::desk::Desk;
use super::icons;
use super::look::Face;
use super::{times, widgets};
use crate::journal::ReadOnly;

/// Tells whether it may be that more has come since: not to a record that is damaged.
fn reads(desk: &Desk) -> bool {
    let damaged = matches!(desk.session().read_only(), Some(ReadOnly::Damaged(_)));
    !desk.can_write() && !damaged
}

/// Tells whether the record on the desk is only read.
pub(super) fn is_reading(cx: &Cx<'_>) -> bool {
    cx.desk.is_some_and(reads)
}

/// Draws the line, where the record is only read.
pub(super) fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
    let Some(desk) = cx.desk.filter(|desk| reads(desk)) else {
        return;
    };
    let session = desk.session();
    let palette = cx.look.palette;
    let frame = Frame::new()
        .fill(palette.warn_fill.into())
        .inner_margin(Margin::symmetric(16, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        widgets::region(ui, Role::Region, &cx.t("region-reading"));
        ui.horizontal_wrapped(|ui| {
            let at = times::moment(session.read_at(), cx.now);
            let count = session.incident().entries().len().to_string();
            let args = [("at", at.as_str()), ("count", count.as_str())];
            let has_ended = matches!(session.read_only(), Some(ReadOnly::Ended(_)));
            let key = if has_ended {
                "reading-ended"
            } else {
                "reading-as-of"
            };
            let text = format!("{} {}", icons::LOCK, cx.with(key, &args));
            let told = widgets::row_words(ui, &cx.look, &text, Face::Strong, palette.warn);
            widgets::announce(ui, &told, false);
            if has_ended {
                let take = cx.icon(icons::PENCIL, "reading-take-up");
                if widgets::primary_button(ui, &cx.look, &take, true).clicked() {
                    out.push(Intent::TakeUp);
                }
            }
            let again = cx.icon(icons::REFRESH_CW, "reading-again");
            if widgets::plain_button(ui, &cx.look, &again, true).clicked() {
                out.push(Intent::ReadAgain);
            }
        });
    });
}
