//! The duties to report that a step meets: marking the moment of knowing, and the law in words.

use egui::Ui;

use super::card::Card;
use super::log::deadline_ui;
use crate::flow::Duty;
use crate::incident::Act;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::Drafts;
use crate::ui::icons;
use crate::ui::times;
use crate::ui::widgets;

/// Draws the duties of the step in hand.
pub(super) fn duties_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    for duty in desk
        .flow()
        .duties()
        .iter()
        .filter(|duty| duty.step == card.row.id)
    {
        ui.add_space(8.0);
        widgets::section(ui, &cx.look, cx.pair(&duty.title));
        cx.look.card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            duty_ui(ui, cx, desk, duty, drafts, out);
        });
    }
}

fn duty_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    duty: &Duty,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    for known in desk
        .incident()
        .known()
        .iter()
        .filter(|known| known.duty == duty.id)
    {
        let ground = known.ground.as_ref().and_then(|ground| {
            let found = duty.grounds.iter().find(|g| g.id == *ground)?;
            Some(cx.pair(&found.title).to_owned())
        });
        let text = cx.with(
            "duty-known",
            &[
                ("at", &times::moment(known.stamp.at, cx.now)),
                ("who", known.who.as_deref().unwrap_or("–")),
                ("ground", ground.as_deref().unwrap_or("–")),
            ],
        );
        cx.body(ui, &format!("{} {text}", icons::CHECK));
    }
    for running in desk.incident().deadlines(desk.flow()) {
        if running.duty.id == duty.id && running.met.is_none() {
            deadline_ui(ui, cx, &running);
        }
    }
    let (who, at) = (
        format!("knew/{}/who", duty.id),
        format!("knew/{}/at", duty.id),
    );
    for (key, name, hint) in [
        (&who, "duty-who", ""),
        (&at, "duty-at", "time-empty-is-now"),
    ] {
        let name = cx.t(name);
        widgets::field_name(ui, &cx.look, &name);
        let hint = if hint.is_empty() {
            String::new()
        } else {
            cx.t(hint)
        };
        if *key == who {
            cx.name_edit(ui, drafts, key, (&name, &hint));
        } else {
            cx.time_edit(ui, drafts, key, (&name, &hint));
        }
    }
    let enabled = desk.is_running();
    ui.add_enabled_ui(enabled, |ui| {
        ui.horizontal_wrapped(|ui| {
            let mut mark = |ui: &mut Ui, ground: Option<&str>, title: &str| {
                let text = format!("{} {title}", icons::FLAG);
                if widgets::plain_button(ui, &cx.look, &text, true).clicked() {
                    out.push(Intent::Send {
                        act: Act::Know(
                            duty.id.clone(),
                            drafts.filled(&who),
                            ground.map(str::to_owned),
                        ),
                        at: drafts.filled(&at),
                        keys: vec![who.clone(), at.clone()],
                    });
                }
            };
            if duty.grounds.is_empty() {
                mark(ui, None, &cx.t("duty-knew"));
            }
            for ground in &duty.grounds {
                let title = cx.with("duty-knew-ground", &[("ground", cx.pair(&ground.title))]);
                mark(ui, Some(&ground.id), &title);
            }
        });
    });
    widgets::fold(
        ui,
        &cx.look,
        ("law", &duty.id),
        &cx.t("duty-law"),
        false,
        |ui| {
            cx.body(ui, cx.pair(&duty.law));
            let source = cx.with(
                "contact-source",
                &[("source", &duty.source), ("checked", &duty.checked)],
            );
            cx.quiet(ui, &source);
        },
    );
}
