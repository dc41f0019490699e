//! The duties to report of a step: marking the moment of knowing, recording a report or the
//! decision not to make one, and the law in words.

use egui::Ui;

use super::card::Card;
use super::log::deadline_ui;
use crate::flow::Duty;
use crate::incident::{Act, DutyStanding, DutyState, Ground};
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::Drafts;
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::times;
use crate::ui::widgets::{self, Lines, Paragraph};

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
    for part in desk.incident().duties(desk.flow()) {
        if part.duty.id == duty.id {
            part_ui(ui, cx, desk, &part, drafts, out);
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

/// Draws how a duty, or one of its deadlines, stands, and while it runs how to end it.
fn part_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    part: &DutyStanding<'_>,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let palette = cx.look.palette;
    let telling = cx.telling(desk);
    let name = part.name();
    let (icon, ink) = match part.state {
        DutyState::Running => (icons::CLOCK, palette.warn),
        DutyState::Met(..) => (icons::CIRCLE_CHECK, palette.ok),
        DutyState::NotReported(_) => (icons::SKIP_FORWARD, palette.quiet_ink),
    };
    let mut said = vec![cx.t(&format!("duty-{}", part.state.id()))];
    match &part.state {
        DutyState::Running => {}
        DutyState::Met(at, report) => {
            said.push(times::moment(at.at, cx.now));
            said.extend(telling.report_parts(report));
        }
        DutyState::NotReported(at) => {
            said.push(times::moment(at.at, cx.now));
            said.extend(telling.ground(&desk.incident().ground_in_force(at.entry)));
        }
    }
    let said = said.join(&cx.t("list-comma"));
    let line = format!("{icon} {}: {said}", telling.duty(&name));
    ui.add(Paragraph::new(&cx.look, &line, Face::Strong, ink));
    if !part.state.is_running() {
        return;
    }
    let deadlines = desk.incident().deadlines(desk.flow());
    if let Some(running) = deadlines.iter().find(|deadline| deadline.name() == name) {
        deadline_ui(ui, cx, running);
    }
    let deadline = part.deadline.map(|d| d.id.as_str());
    if let Some(entry) = desk.incident().undecided(&part.duty.id, deadline) {
        cx.body(
            ui,
            &cx.with("duty-undecided", &[("entry", &entry.to_string())]),
        );
    }
    ui.add_enabled_ui(desk.can_write(), |ui| {
        ui.push_id(&name, |ui| {
            let duty = telling.duty(&name);
            let title = cx.with("duty-report-title", &[("duty", &duty)]);
            let title = format!("{} {title}", icons::SEND);
            let key = |what: &str| format!("report/{name}/{what}");
            let open = ["at", "to", "by", "ref"]
                .iter()
                .any(|what| drafts.has(&key(what)));
            widgets::fold(ui, &cx.look, ("report", &name), &title, open, |ui| {
                report_ui(ui, cx, &name, drafts, out);
            });
            let title = cx.with("duty-not-report-title", &[("duty", &duty)]);
            let title = format!("{} {title}", icons::SKIP_FORWARD);
            let key = |what: &str| format!("not-report/{name}/{what}");
            let open = ["why", "by"].iter().any(|what| drafts.has(&key(what)));
            widgets::fold(ui, &cx.look, ("not-report", &name), &title, open, |ui| {
                not_report_ui(ui, cx, &name, drafts, out);
            });
        });
    });
}

/// Draws the fields of a report, and what records it.
fn report_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, drafts: &mut Drafts, out: &mut Intents) {
    let key = |what: &str| format!("report/{name}/{what}");
    let fields = [
        ("at", "duty-report-at"),
        ("to", "duty-report-to"),
        ("by", "duty-report-by"),
        ("ref", "duty-report-ref"),
    ];
    for (what, title) in fields {
        let title = cx.t(title);
        widgets::field_name(ui, &cx.look, &title);
        if what == "by" {
            cx.name_edit(ui, drafts, &key(what), (&title, ""));
        } else {
            let hint = if what == "at" {
                cx.t("time-empty-is-now")
            } else {
                String::new()
            };
            widgets::draft_edit(
                ui,
                &cx.look,
                drafts,
                &key(what),
                (&title, &hint),
                Lines::One,
            );
        }
    }
    let text = cx.icon(icons::CHECK, "duty-report");
    let button = widgets::plain_button(ui, &cx.look, &text, true);
    let button = button.accessible_name(format!("{} {name}", cx.t("duty-report")));
    if button.clicked() {
        let filled = |what: &str| drafts.filled(&key(what));
        out.push(Intent::Send {
            act: Act::Report(name.to_owned(), filled("to"), filled("by"), filled("ref")),
            at: filled("at"),
            keys: fields.map(|(what, _)| key(what)).to_vec(),
        });
    }
}

/// Draws the fields of a decision not to report, and what records it.
fn not_report_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, drafts: &mut Drafts, out: &mut Intents) {
    let key = |what: &str| format!("not-report/{name}/{what}");
    cx.quiet(ui, &cx.t("duty-not-report-hint"));
    let title = cx.t("ground-why");
    widgets::field_name(ui, &cx.look, &title);
    widgets::draft_edit(ui, &cx.look, drafts, &key("why"), (&title, ""), Lines::One);
    let title = cx.t("ground-decider");
    widgets::field_name(ui, &cx.look, &title);
    cx.name_edit(ui, drafts, &key("by"), (&title, ""));
    let text = cx.icon(icons::CHECK, "duty-not-report");
    let button = widgets::plain_button(ui, &cx.look, &text, true);
    let button = button.accessible_name(format!("{} {name}", cx.t("duty-not-report")));
    if button.clicked() {
        let ground = Ground {
            why: drafts.filled(&key("why")),
            decider: drafts.filled(&key("by")),
            told: None,
        };
        out.push(Intent::Send {
            act: Act::NotReport(name.to_owned(), ground),
            at: None,
            keys: vec![key("why"), key("by")],
        });
    }
}
