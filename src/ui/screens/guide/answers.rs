//! The painter of a decision's answers: what each leads to, where it comes from, why it is locked.
//!
//! A locked answer can be taken all the same; it says what unlocks it.

use egui::{Response, Ui};

use super::Asking;
use super::card::{AnswerView, Card};
use crate::incident::Act;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::{self, Drafts};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::widgets::{self, CardLook, Paragraph};

/// Draws the answers.
pub(super) fn answers_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &Drafts,
    out: &mut Intents,
) {
    ui.add_space(8.0);
    let answered = card.answers.iter().any(|answer| answer.in_force);
    let key = if answered {
        "answers-change"
    } else {
        "answers-title"
    };
    widgets::section(ui, &cx.look, &cx.t(key));
    let enabled = desk.is_running();
    ui.add_enabled_ui(enabled, |ui| {
        for answer in &card.answers {
            let response = answer_ui(ui, cx, answer);
            if !answer.in_force {
                widgets::take_focus(ui, &response);
            }
            if response.clicked() && !answer.in_force {
                let node = card.row.id.clone();
                let ground = drafts.ground(&node);
                // What is taken although locked is answered for as well.
                let is_asked = answer.needs_reason || answer.lock.is_some();
                if is_asked && (ground.why.is_none() || ground.decider.is_none()) {
                    let answer = Some(answer.id.clone());
                    out.push(Intent::Ask(Asking { node, answer }));
                    continue;
                }
                let keys = drafts::ground_keys(&node);
                let act = if answered {
                    Act::Change(node, answer.id.clone(), ground)
                } else {
                    Act::Choose(node, answer.id.clone(), ground)
                };
                out.push(Intent::Send {
                    act,
                    at: None,
                    keys,
                });
            }
        }
    });
}

fn answer_ui(ui: &mut Ui, cx: &Cx<'_>, answer: &AnswerView) -> Response {
    let palette = cx.look.palette;
    let look = CardLook {
        fill: palette.panel,
        edge: palette.control_line,
        selected: Some(answer.in_force),
    };
    let salt = ("answer", answer.id.as_str());
    widgets::press_card(ui, &cx.look, look, salt, &answer.title, |ui| {
        ui.horizontal_wrapped(|ui| {
            let icon = if answer.in_force {
                icons::CIRCLE_CHECK
            } else if answer.lock.is_some() {
                icons::LOCK
            } else {
                icons::CIRCLE
            };
            let title = format!("{icon} {}", answer.title);
            ui.add(Paragraph::new(
                &cx.look,
                &title,
                Face::Subtitle,
                palette.ink,
            ));
            if answer.in_force {
                let text = cx.t("answer-in-force");
                widgets::pill(ui, &cx.look, &text, palette.ok, palette.ok_fill);
            }
        });
        if let Some(said) = &answer.said {
            cx.quiet(ui, said);
        }
        let leads = if answer.leads.is_empty() {
            cx.t("answer-leads-nowhere")
        } else {
            answer.leads.join(" / ")
        };
        cx.body(ui, &format!("{} {leads}", icons::ARROW_RIGHT));
        if let Some((what, why)) = &answer.withdraws {
            let text = cx.with("answer-withdraws", &[("nodes", what), ("why", why)]);
            cx.quiet(ui, &format!("{} {text}", icons::CIRCLE_SLASH));
        }
        let basis = cx.t(&format!("basis-{}", answer.basis));
        let text = cx.with(
            "basis-line",
            &[("basis", &basis), ("words", &answer.basis_words)],
        );
        cx.quiet(ui, &format!("{} {text}", basis_icon(answer.basis)));
        if let Some(why) = &answer.lock {
            let text = cx.with("answer-locked", &[("why", why)]);
            let line = format!("{} {text}", icons::LOCK);
            ui.add(Paragraph::new(&cx.look, &line, Face::Quiet, palette.warn));
        }
    })
}

fn basis_icon(basis: &str) -> &'static str {
    match basis {
        "text" => icons::QUOTE,
        "order" => icons::LIST_CHECKS,
        _ => icons::LIGHTBULB,
    }
}
