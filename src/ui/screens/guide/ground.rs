//! The painter of what a person answers for something with: the reason, who decided, who was told.
//!
//! Asked for, never demanded: where it is asked in the step's place, Enter takes it as it is.

use egui::{Key, Modifiers, Ui};

use super::Asking;
use super::card::{AnswerView, Card};
use crate::incident::Act;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::drafts::{self, Drafts};
use crate::ui::icons;
use crate::ui::widgets::{self, Lines};

/// Draws what a reason is typed into: asked for, never demanded.
pub(super) fn ground_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card, drafts: &mut Drafts) {
    let node = &card.row.id;
    ui.add_space(8.0);
    let others = [
        (drafts::decider(node), "ground-decider"),
        (drafts::told(node), "ground-told"),
        (drafts::happened(node), "note-at"),
    ];
    let mut rows = vec![(drafts::why(node), "ground-why")];
    let asked = card.asking.is_some();
    let others = others
        .into_iter()
        .filter(|(key, _)| !asked || *key != drafts::decider(node));
    let others: Vec<_> = others.collect();
    if asked {
        // They are asked for below, and a field stands in one place.
        rows.clear();
    }
    let (title, open) = if card.row.is_decision {
        // The reason of a decision stands beside its answers.
        for (key, name) in rows.drain(..) {
            let name = cx.t(name);
            let hint = cx.t("ground-why-hint");
            widgets::draft_edit(ui, &cx.look, drafts, &key, (&name, &hint), Lines::One);
        }
        ("ground-more", others.iter().any(|(key, _)| drafts.has(key)))
    } else {
        let typed = drafts::ground_keys(node).iter().any(|key| drafts.has(key));
        ("ground-title", typed)
    };
    rows.extend(others);
    let salt = ("ground", node.as_str());
    widgets::fold(ui, &cx.look, salt, &cx.t(title), open, |ui| {
        for (key, name) in rows {
            let name = cx.t(name);
            let response = widgets::field_name(ui, &cx.look, &name);
            let hint = if key == drafts::happened(node) {
                cx.t("time-empty-is-now")
            } else {
                String::new()
            };
            let names = (name.as_str(), hint.as_str());
            let edit = if key == drafts::happened(node) {
                cx.time_edit(ui, drafts, &key, names)
            } else if key == drafts::why(node) {
                widgets::draft_edit(ui, &cx.look, drafts, &key, names, Lines::One)
            } else {
                cx.name_edit(ui, drafts, &key, names)
            };
            edit.labelled_by(response.id);
        }
    });
}

/// Asks in place for the reason and who decided; Enter takes it as it is, Escape lets it be.
pub(super) fn ask_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    card: &Card,
    asking: &Asking,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let node = &card.row.id;
    let (why, decider) = (drafts::why(node), drafts::decider(node));
    let is_option = |answer: &&AnswerView| asking.answer.as_ref() == Some(&answer.id);
    let option = card.answers.iter().find(is_option);
    let lock = option.and_then(|answer| answer.lock.as_deref());
    let option = option.map_or("", |answer| answer.title.as_str());
    let kind = if asking.answer.is_some() {
        "answer"
    } else {
        "skip"
    };
    let mut enter = false;
    for key in [&why, &decider] {
        enter |= widgets::takes_enter(ui, widgets::field_id(key));
    }
    let name = format!("{node} {}", card.row.title);
    let args = [("node", name.as_str()), ("option", option)];
    cx.strong(ui, &cx.with(&format!("asking-{kind}-title"), &args));
    if let Some(why) = lock {
        let text = format!(
            "{} {}",
            icons::LOCK,
            cx.with("asking-locked", &[("why", why)])
        );
        cx.strong(ui, &text);
    }
    let (name, hint) = (cx.t("ground-why"), cx.t("asking-why-hint"));
    let names = (name.as_str(), hint.as_str());
    widgets::draft_edit(ui, &cx.look, drafts, &why, names, Lines::One);
    let name = cx.t("ground-decider");
    cx.name_edit(ui, drafts, &decider, (&name, &name));
    ui.horizontal_wrapped(|ui| {
        let text = cx.with(&format!("asking-{kind}-do"), &args);
        let icon = if asking.answer.is_some() {
            icons::CHECK
        } else {
            icons::SKIP_FORWARD
        };
        let text = format!("{icon} {text}");
        if widgets::primary_button(ui, &cx.look, &text, true).clicked() || enter {
            let ground = drafts.ground(node);
            let in_force = card.answers.iter().any(|answer| answer.in_force);
            let act = match &asking.answer {
                Some(option) if in_force => Act::Change(node.clone(), option.clone(), ground),
                Some(option) => Act::Choose(node.clone(), option.clone(), ground),
                None => Act::Skip(node.clone(), ground),
            };
            out.push(Intent::Send {
                act,
                at: None,
                keys: drafts::ground_keys(node),
            });
        }
        let escape = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let text = cx.t("asking-stop");
        if widgets::plain_button(ui, &cx.look, &text, true).clicked() || escape {
            out.push(Intent::StopAsking);
        }
    });
}
