//! The painter of a thing to do, and of what stands beside any piece of text: origin, remarks.
//!
//! The words of an item can be pressed as well as its box; the keyboard goes to the box.

use egui::Ui;

use super::card::{Card, Item, Remark, Text};
use crate::incident::{Act, Ground, Said};
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::{self, Drafts};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::widgets::{self, Lines, Paragraph};

/// Draws a thing to do: box, words, who ticked it when, and how it went.
pub(super) fn item_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    item: &Item,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let node = &card.row.id;
    let key = format!("how/{node}/{}", item.number);
    let enabled = desk.is_running();
    let ticked = item.ticked.is_some();
    let how = egui::Id::unique(("how", node.as_str(), item.number));
    cx.look.card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let words = &item.text.words;
            let tick_box = ui
                .add_enabled_ui(enabled, |ui| widgets::tick_box(ui, &cx.look, ticked, words))
                .inner;
            widgets::take_focus(ui, &tick_box);
            let mut pressed = tick_box.clicked();
            let beside = if ticked { 96.0 } else { 40.0 };
            let width = ui.available_width() - cx.look.em(beside);
            ui.vertical(|ui| {
                ui.set_width(width.max(cx.look.em(60.0)));
                ui.add_space(cx.look.em(3.0));
                let text = Paragraph::new(&cx.look, words, Face::Body, cx.look.palette.ink);
                pressed |= ui.add(text.pressable(enabled)).clicked();
                origin_ui(ui, cx, &item.text);
                remarks_ui(ui, cx, &item.text.remarks);
                let open = drafts.has(&key) || ui.data(|data| data.get_temp(how).unwrap_or(false));
                if open && enabled && !ticked {
                    let (name, hint) = (cx.t("item-how-name"), cx.t("item-how-hint"));
                    let names = (name.as_str(), hint.as_str());
                    widgets::draft_edit(ui, &cx.look, drafts, &key, names, Lines::One);
                    found_ui(ui, cx, (card, item), (drafts, &key), out);
                }
                said_ui(ui, cx, card, item, enabled, out);
            });
            if let Some(ticked) = &item.ticked {
                ui.vertical(|ui| {
                    ui.add_space(cx.look.em(5.0));
                    let ink = cx.look.palette.ok;
                    ui.add(Paragraph::new(&cx.look, ticked, Face::Quiet, ink));
                });
            } else if enabled {
                let name = cx.with("item-how", &[("item", words)]);
                if widgets::icon_button(ui, &cx.look, icons::PENCIL, &name).clicked() {
                    let open = ui.data(|data| data.get_temp(how).unwrap_or(false));
                    ui.data_mut(|data| data.insert_temp(how, !open));
                }
            }
            if pressed {
                out.push(tick(drafts, card, item, key.clone()));
            }
        });
    });
}

/// Draws the buttons that say that an item cannot be done, or does not apply; what was written
/// about it says what was done instead, or why.
fn found_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (card, item): (&Card, &Item),
    (drafts, key): (&Drafts, &str),
    out: &mut Intents,
) {
    let node = &card.row.id;
    ui.horizontal_wrapped(|ui| {
        for (icon, key_of, said) in [
            (icons::BAN, "item-impossible", Said::Impossible),
            (icons::MINUS, "item-not-applicable", Said::NotApplicable),
        ] {
            let button = widgets::plain_button(ui, &cx.look, &cx.icon(icon, key_of), true);
            let name = format!("{} {}", cx.t(key_of), item.text.words);
            if !button.accessible_name(name).clicked() {
                continue;
            }
            let (node, number, text) = (node.clone(), item.number, drafts.filled(key));
            let act = match said {
                Said::Impossible => Act::Impossible(node, Some(number), text, Ground::default()),
                Said::NotApplicable => {
                    let ground = Ground {
                        why: text,
                        ..Ground::default()
                    };
                    Act::NotApplicable(node, Some(number), ground)
                }
            };
            out.push(Intent::Send {
                act,
                at: None,
                keys: vec![key.to_owned()],
            });
        }
    });
}

/// Draws the buttons that say that the step cannot be done, or does not apply; what stands in the
/// field of the reason says what was done instead, or why.
pub(super) fn step_found_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    card: &Card,
    ground: &impl Fn() -> Ground,
    send: &impl Fn(Act) -> Intent,
    out: &mut Intents,
) {
    if card.row.is_decision {
        return;
    }
    let id = &card.row.id;
    for (icon, key, tip) in [
        (icons::BAN, "action-impossible", "action-impossible-tip"),
        (
            icons::MINUS,
            "action-not-applicable",
            "action-not-applicable-tip",
        ),
    ] {
        let response =
            widgets::plain_button(ui, &cx.look, &cx.icon(icon, key), true).on_hover_text(cx.t(tip));
        if response.clicked() {
            let mut said = ground();
            out.push(send(if key == "action-impossible" {
                let instead = said.why.take();
                Act::Impossible(id.clone(), None, instead, said)
            } else {
                Act::NotApplicable(id.clone(), None, said)
            }));
        }
    }
}

/// Draws what was said of an item that is not ticked, and how to take it back.
fn said_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card, item: &Item, enabled: bool, out: &mut Intents) {
    let Some((said, text)) = &item.said else {
        return;
    };
    let icon = match said {
        Said::Impossible => icons::BAN,
        Said::NotApplicable => icons::MINUS,
    };
    let ink = cx.look.palette.warn;
    let line = format!("{icon} {text}");
    ui.add(Paragraph::new(&cx.look, &line, Face::Quiet, ink));
    let back = cx.icon(icons::UNDO_2, "item-take-back");
    let name = format!("{} {}", cx.t("item-take-back"), item.text.words);
    if enabled
        && widgets::link_button(ui, &cx.look, &back)
            .accessible_name(name)
            .clicked()
    {
        let act = Act::Untick(card.row.id.clone(), item.number, Ground::default());
        out.push(Intent::Act(act));
    }
}

/// Gives the intent to tick an item with what was written about it, or to take the tick back.
fn tick(drafts: &Drafts, card: &Card, item: &Item, key: String) -> Intent {
    let node = card.row.id.clone();
    let (act, keys) = if item.ticked.is_some() {
        let keys = drafts::ground_keys(&node);
        (
            Act::Untick(node.clone(), item.number, drafts.ground(&node)),
            keys,
        )
    } else {
        (Act::Tick(node, item.number, drafts.filled(&key)), vec![key])
    };
    Intent::Send {
        act,
        at: None,
        keys,
    }
}

/// Says where a text comes from, unless it is the step's own.
pub(super) fn origin_ui(ui: &mut Ui, cx: &Cx<'_>, text: &Text) {
    if text.ours {
        cx.quiet(ui, &cx.icon(icons::PLUS, "origin-ours"));
    } else if let Some(from) = &text.from {
        let words = cx.with("origin-from", &[("step", from)]);
        cx.quiet(ui, &format!("{} {words}", icons::QUOTE));
    }
}

/// Draws our remarks beside the words that they are about.
pub(super) fn remarks_ui(ui: &mut Ui, cx: &Cx<'_>, remarks: &[Remark]) {
    for remark in remarks {
        let text = if remark.quote.is_empty() {
            remark.says.clone()
        } else {
            cx.with(
                "step-remark",
                &[("quote", &remark.quote), ("says", &remark.says)],
            )
        };
        let line = format!("{} {} {text}", icons::INFO, cx.t("step-remark-mark"));
        cx.quiet(ui, &line);
    }
}
