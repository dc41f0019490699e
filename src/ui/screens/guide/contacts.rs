//! The painter of contacts: whom to call, with the source of the number and the date of its check.

use egui::Ui;

use crate::flow::Contact;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::icons;
use crate::ui::widgets;

/// Draws the contacts of a step or of the whole flow.
pub(crate) fn contacts_ui(ui: &mut Ui, cx: &Cx<'_>, contacts: &[Contact], out: &mut Intents) {
    if contacts.is_empty() {
        return;
    }
    ui.add_space(8.0);
    widgets::section(ui, &cx.look, &cx.t("step-contacts"));
    for contact in contacts {
        cx.look.card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            let mut name = cx.pair(&contact.name).to_owned();
            if let Some(office) = &contact.office {
                name = format!("{name} {}", cx.pair(office));
            }
            cx.strong(ui, &name);
            let numbers = [
                (icons::PHONE, &contact.phone),
                (icons::MAIL, &contact.mail),
                (icons::LINK, &contact.form),
            ];
            let mut any = false;
            for (icon, value) in numbers {
                let Some(value) = value.as_ref().filter(|value| !value.is_empty()) else {
                    continue;
                };
                any = true;
                ui.horizontal_wrapped(|ui| {
                    cx.body(ui, &format!("{icon} {value}"));
                    let copy =
                        widgets::small_button(ui, &cx.look, &cx.icon(icons::COPY, "contact-copy"));
                    copy.clone()
                        .accessible_name(cx.with("contact-copy-name", &[("value", value)]));
                    if copy.clicked() {
                        out.push(Intent::Copy(value.clone()));
                    }
                });
            }
            if !any {
                cx.quiet(ui, &cx.icon(icons::PENCIL, "contact-fill-in"));
            }
            if let Some(hours) = &contact.hours {
                cx.quiet(ui, &format!("{} {}", icons::CLOCK, cx.pair(hours)));
            }
            if let Some(note) = &contact.note {
                cx.quiet(ui, &format!("{} {}", icons::INFO, cx.pair(note)));
            }
            if let Some(source) = &contact.source {
                let checked = contact.checked.as_deref().unwrap_or("–");
                cx.quiet(
                    ui,
                    &cx.with(
                        "contact-source",
                        &[("source", source), ("checked", checked)],
                    ),
                );
            }
        });
    }
}
