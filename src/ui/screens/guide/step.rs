//! The painter of the step in hand: head, warnings, text with its boxes, contacts, what can be done.
//!
//! Warnings and the row of buttons stay in view; the text between them scrolls.

use egui::{Margin, ScrollArea, Ui};

use super::answers;
use super::card::{Card, Passage, Run, Text};
use super::contacts::contacts_ui;
use super::fields;
use super::ground::{ask_ui, ground_ui};
use super::item::{item_ui, origin_ui, remarks_ui, step_found_ui};
use super::list;
use crate::flow::{NodeId, PieceKind, State};
use crate::incident::{Act, Ground, How};
use crate::ui::command::UiCommand;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::{self, Drafts};
use crate::ui::icons;
use crate::ui::look::{Face, Look};
use crate::ui::top::is_low;
use crate::ui::widgets::{self, Paragraph};

/// Draws the card over the whole place that there is.
pub(super) fn card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let low = ui.available_height() / cx.look.scale < 420.0;
    if low && is_asking(desk, card) {
        // What is asked for has all the room that there is.
        ScrollArea::vertical()
            .id_salt("asking")
            .auto_shrink(false)
            .show(ui, |ui| foot_ui(ui, cx, desk, card, drafts, out));
        return;
    }
    if low {
        // Too low for three parts: all scrolls but the warnings, which stay in view.
        if !card.warnings.is_empty() {
            let third = ui.available_height() * 0.34;
            ScrollArea::vertical()
                .id_salt("warnings")
                .max_height(third)
                .auto_shrink([false, true])
                .show(ui, |ui| warnings_ui(ui, cx, card));
        }
        ScrollArea::vertical()
            .id_salt("card")
            .auto_shrink(false)
            .show(ui, |ui| {
                head_ui(ui, cx, card, out);
                body_ui(ui, cx, desk, card, drafts, out);
                foot_ui(ui, cx, desk, card, drafts, out);
            });
        return;
    }
    egui::Panel::bottom("card-actions")
        .frame(egui::Frame::new().inner_margin(Margin {
            left: 0,
            right: 0,
            top: 8,
            bottom: 0,
        }))
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::divider(ui, &cx.look);
            foot_ui(ui, cx, desk, card, drafts, out);
        });
    head_ui(ui, cx, card, out);
    let third = ui.available_height() * 0.34;
    ScrollArea::vertical()
        .id_salt("warnings")
        .max_height(third)
        .auto_shrink([false, true])
        .show(ui, |ui| warnings_ui(ui, cx, card));
    let salt = ("card", card.row.id.as_str());
    ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            body_ui(ui, cx, desk, card, drafts, out);
            ui.add_space(16.0);
        });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card, out: &mut Intents) {
    let palette = cx.look.palette;
    ui.horizontal_wrapped(|ui| {
        widgets::number_pill(ui, &cx.look, card.row.id.as_str(), card.row.phase);
        let tip = UiCommand::ShowInChart.tip(cx.words);
        let name = UiCommand::ShowInChart.label(cx.words);
        if widgets::icon_button(ui, &cx.look, icons::WORKFLOW, &name)
            .on_hover_text(tip)
            .clicked()
        {
            out.push(Intent::ShowInChart(card.row.id.clone()));
        }
        for (role, holder) in &card.acts {
            let text = match holder {
                Some(holder) => cx.with("step-role-held", &[("role", role), ("name", holder)]),
                None => role.clone(),
            };
            widgets::pill(ui, &cx.look, &text, palette.accent, palette.accent_fill);
        }
        if !card.supports.is_empty() {
            let roles = card.supports.join(" / ");
            let text = cx.with("step-supports", &[("roles", &roles)]);
            cx.quiet_word(ui, &text);
        }
        state_ui(ui, cx, card);
    });
    let text = if card.row.is_decision {
        format!("{} {}", icons::GIT_BRANCH, card.row.title)
    } else {
        card.row.title.clone()
    };
    let long = text.chars().count() > 28;
    let face = if long { Face::Subtitle } else { Face::Title };
    let response = ui.add(Paragraph::new(&cx.look, &text, face, palette.ink));
    let title = card.row.title.clone();
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &title));
    if let Some(why) = &card.ours {
        let text = cx.with("step-ours", &[("why", why)]);
        cx.quiet(ui, &format!("{} {text}", icons::PLUS));
    }
    for note in &card.taken_as {
        cx.quiet(ui, &format!("{} {note}", icons::ARROW_RIGHT));
    }
    if let Some(why) = &card.parked_why {
        let line = format!("{} {why}", icons::TRIANGLE_ALERT);
        ui.add(Paragraph::new(&cx.look, &line, Face::Body, palette.warn));
    }
}

fn state_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card) {
    let palette = cx.look.palette;
    let (icon, key, ink, fill) = match card.row.state {
        State::Open => (
            icons::CIRCLE_DOT,
            "state-open",
            palette.accent,
            palette.accent_fill,
        ),
        State::Parked { by_flow: false } => (
            icons::PAUSE,
            "state-parked",
            palette.warn,
            palette.warn_fill,
        ),
        State::Parked { by_flow: true } => (
            icons::PAUSE,
            "state-parked-by-flow",
            palette.warn,
            palette.warn_fill,
        ),
        State::Done(_) | State::Skipped => {
            let (icon, key) = list::how_sign(&card.row);
            match card.row.how {
                Some(How::Done) | None => (icon, key, palette.ok, palette.ok_fill),
                Some(_) => (icon, key, palette.warn, palette.warn_fill),
            }
        }
        State::Withdrawn { .. } => (
            icons::CIRCLE_SLASH,
            "state-withdrawn",
            palette.quiet_ink,
            palette.sunken,
        ),
        State::Closed => (
            icons::EYE,
            "state-closed",
            palette.quiet_ink,
            palette.sunken,
        ),
    };
    widgets::pill(ui, &cx.look, &cx.icon(icon, key), ink, fill);
    if card.row.asked_again {
        let text = cx.icon(icons::BELL, "state-asked-again");
        widgets::pill(ui, &cx.look, &text, palette.warn, palette.warn_fill);
    }
    if card.attempt > 1 {
        let text = cx.with("step-attempt", &[("count", &card.attempt.to_string())]);
        widgets::pill(ui, &cx.look, &text, palette.quiet_ink, palette.sunken);
    }
    if !card.row.line.is_empty() {
        cx.quiet_word(ui, &card.row.line);
    }
}

fn warnings_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card) {
    let palette = cx.look.palette;
    for warning in &card.warnings {
        Look::surface(palette.bad_fill).show(ui, |ui| {
            ui.set_width(ui.available_width());
            // The act once, large; the text's own words beneath, where the short ones are ours.
            let said = match &warning.short {
                Some(short) => short.clone(),
                None => format!("{} {}", cx.t("piece-dont-mark"), warning.words),
            };
            let text = format!("{} {said}", icons::BAN);
            ui.add(Paragraph::new(&cx.look, &text, Face::Strong, palette.bad));
            if warning.short.is_some() {
                cx.quiet(
                    ui,
                    &cx.with("piece-short-quote", &[("text", &warning.words)]),
                );
            }
            origin_ui(ui, cx, warning);
            remarks_ui(ui, cx, &warning.remarks);
        });
    }
}

fn body_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    if let Some(hint) = &card.hint {
        Look::surface(cx.look.palette.accent_fill).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = format!("{} {} {hint}", icons::LIGHTBULB, cx.t("step-hint-mark"));
            cx.body(ui, &text);
        });
    }
    // The answers stand first: they are what is asked for.
    if !card.answers.is_empty() {
        ground_ui(ui, cx, card, drafts);
        answers::answers_ui(ui, cx, desk, card, drafts, out);
    }
    situations_ui(ui, cx, desk, card);
    for (at, passage) in card.passages.iter().enumerate() {
        ui.push_id(("passage", at), |ui| {
            passage_ui(ui, cx, desk, card, passage, drafts, out);
        });
    }
    remarks_ui(ui, cx, &card.remarks);
    if !card.original.is_empty() {
        let salt = ("original", card.row.id.as_str());
        widgets::fold(ui, &cx.look, salt, &cx.t("step-original"), false, |ui| {
            Look::surface(cx.look.palette.panel).show(ui, |ui| {
                ui.set_width(ui.available_width());
                cx.body(ui, &card.original);
                cx.quiet(ui, cx.pair(desk.flow().source()));
            });
        });
    }
    super::duties::duties_ui(ui, cx, desk, card, drafts, out);
    fields::fields_ui(ui, cx, desk, card, drafts, out);
    contacts_ui(ui, cx, &card.contacts, drafts, out);
    if card.answers.is_empty() {
        ground_ui(ui, cx, card, drafts);
    }
}

/// Draws the reference situations that the text tells apart; the chosen one shows its piece.
fn situations_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, card: &Card) {
    let pieces: Vec<&Text> = card
        .passages
        .iter()
        .flat_map(|passage| &passage.runs)
        .flat_map(|run| match run {
            Run::Read(_, texts) => texts.as_slice(),
            Run::Item(_) => &[],
        })
        .filter(|text| text.situation.is_some())
        .collect();
    if pieces.is_empty() {
        return;
    }
    let id = egui::Id::unique("situation");
    let mut chosen: Option<String> = ui
        .data(|data| data.get_temp(id))
        .filter(|id: &String| !id.is_empty());
    let title = cx.t("step-situations");
    let open = chosen.is_some();
    widgets::fold(ui, &cx.look, "situations", &title, open, |ui| {
        ui.horizontal_wrapped(|ui| {
            for situation in desk.flow().situations() {
                let is_chosen = chosen.as_ref() == Some(&situation.id);
                let title = cx.pair(&situation.title);
                if widgets::choice_button(ui, &cx.look, is_chosen, title).clicked() {
                    chosen = (!is_chosen).then(|| situation.id.clone());
                    let kept = chosen.clone().unwrap_or_default();
                    ui.data_mut(|data| data.insert_temp(id, kept));
                }
            }
        });
        let shown = pieces
            .iter()
            .filter(|text| chosen.is_some() && text.situation == chosen);
        for text in shown {
            Look::surface(cx.look.palette.accent_fill).show(ui, |ui| {
                ui.set_width(ui.available_width());
                cx.body(ui, &text.words);
            });
        }
    });
}

fn passage_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    passage: &Passage,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    if card.passages.len() > 1 {
        ui.add_space(4.0);
        widgets::section(ui, &cx.look, &passage.label);
    }
    for (at, run) in passage.runs.iter().enumerate() {
        ui.push_id(("run", at), |ui| match run {
            Run::Item(item) => item_ui(ui, cx, desk, card, item, drafts, out),
            Run::Read(kind, texts) => read_ui(ui, cx, *kind, texts),
        });
    }
}

fn read_ui(ui: &mut Ui, cx: &Cx<'_>, kind: PieceKind, texts: &[Text]) {
    let open = kind == PieceKind::Condition;
    let count = texts.len().to_string();
    let title = cx.with(&format!("read-{}", kind.id()), &[("count", &count)]);
    widgets::fold(ui, &cx.look, "read", &title, open, |ui| {
        egui::Frame::new()
            .inner_margin(Margin {
                left: 16,
                right: 0,
                top: 0,
                bottom: 4,
            })
            .show(ui, |ui| {
                for text in texts {
                    cx.body(ui, &text.words);
                    origin_ui(ui, cx, text);
                    remarks_ui(ui, cx, &text.remarks);
                }
            });
    });
}

/// Draws what can be done, or what is asked for before it is.
fn foot_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    match &card.asking {
        Some(asking) if is_asking(desk, card) => ask_ui(ui, cx, card, asking, drafts, out),
        _ => actions_ui(ui, cx, desk, card, drafts, out),
    }
}

/// Tells whether something is asked for that can still be recorded.
fn is_asking(desk: &Desk, card: &Card) -> bool {
    let skippable = matches!(card.row.state, State::Open | State::Parked { .. });
    let asking = card.asking.as_ref();
    desk.is_running() && asking.is_some_and(|asking| skippable || asking.answer.is_some())
}

fn actions_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &Drafts,
    out: &mut Intents,
) {
    let enabled = desk.is_running();
    let id = card.row.id.clone();
    let ground = || drafts.ground(&id);
    let send = |act: Act| Intent::Send {
        act,
        at: None,
        keys: drafts::ground_keys(&id),
    };
    ui.add_enabled_ui(enabled, |ui| {
        ui.horizontal_wrapped(|ui| match card.row.state {
            State::Open => {
                if !card.row.is_decision {
                    let shortcut = UiCommand::Complete.shortcut(ui.ctx()).unwrap_or_default();
                    let text = cx.with("action-complete", &[("shortcut", &shortcut)]);
                    let text = format!("{} {text}", icons::CHECK);
                    let complete = widgets::primary_button(ui, &cx.look, text.trim_end(), true);
                    if !card.has_items() {
                        widgets::take_focus(ui, &complete);
                    }
                    if complete.clicked() {
                        out.push(Intent::OnNode(UiCommand::Complete, id.clone()));
                    }
                }
                button(
                    ui,
                    cx,
                    (icons::SKIP_FORWARD, "action-skip"),
                    (UiCommand::Skip, &id),
                    out,
                );
                button(
                    ui,
                    cx,
                    (icons::PAUSE, "action-park"),
                    (UiCommand::Park, &id),
                    out,
                );
                step_found_ui(ui, cx, card, &ground, &send, out);
            }
            State::Parked { .. } => {
                act(
                    ui,
                    cx,
                    (icons::PLAY, "action-resume"),
                    true,
                    || send(Act::Resume(id.clone(), ground())),
                    out,
                );
                button(
                    ui,
                    cx,
                    (icons::SKIP_FORWARD, "action-skip"),
                    (UiCommand::Skip, &id),
                    out,
                );
            }
            State::Withdrawn { .. } => {
                act(
                    ui,
                    cx,
                    (icons::UNDO_2, "action-bring-back"),
                    true,
                    || send(Act::BringBack(id.clone(), ground())),
                    out,
                );
            }
            State::Done(_) | State::Skipped => {
                act(
                    ui,
                    cx,
                    (icons::ROTATE_CCW, "action-reopen"),
                    false,
                    || send(Act::Reopen(id.clone(), ground())),
                    out,
                );
                if card.row.is_decision {
                    act(
                        ui,
                        cx,
                        (icons::BELL, "action-ask-again"),
                        false,
                        || ask_again(drafts, card),
                        out,
                    );
                }
            }
            State::Closed => {
                act(
                    ui,
                    cx,
                    (icons::FAST_FORWARD, "action-start"),
                    true,
                    || send(Act::Start(id.clone(), ground())),
                    out,
                );
            }
        });
    });
    what_follows_ui(ui, cx, card, out);
}

/// Says what completing leads to, and that reading ahead records nothing.
fn what_follows_ui(ui: &mut Ui, cx: &Cx<'_>, card: &Card, out: &mut Intents) {
    if !card.leads.is_empty() {
        let leads = card.leads.join(" / ");
        cx.quiet(ui, &cx.with("step-leads", &[("nodes", &leads)]));
        // Where the window is low the room is for the step.
        if !is_low(ui.ctx(), &cx.look) {
            ui.horizontal_wrapped(|ui| {
                for node in &card.lead_ids {
                    cx.chart_link(ui, node, out);
                }
            });
        }
    }
    if let Some(fact) = card
        .by_fact
        .as_ref()
        .filter(|_| card.row.state == State::Closed)
    {
        cx.quiet(
            ui,
            &format!(
                "{} {}",
                icons::BELL,
                cx.with("step-by-fact", &[("fact", fact)])
            ),
        );
    }
    if card.row.state == State::Closed {
        cx.quiet(ui, &cx.icon(icons::EYE, "step-look-ahead"));
    }
}

fn ask_again(drafts: &Drafts, card: &Card) -> Intent {
    let node = &card.row.id;
    let ground: Ground = drafts.ground(node);
    Intent::Send {
        act: Act::AskAgain(node.clone(), ground.why.unwrap_or_default()),
        at: None,
        keys: drafts::ground_keys(node),
    }
}

fn button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (icon, key): (&str, &str),
    (command, node): (UiCommand, &NodeId),
    out: &mut Intents,
) {
    let response = widgets::plain_button(ui, &cx.look, &cx.icon(icon, key), true)
        .on_hover_text(command.tip(cx.words));
    if response.clicked() {
        out.push(Intent::OnNode(command, node.clone()));
    }
}

fn act(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (icon, key): (&str, &str),
    primary: bool,
    intent: impl FnOnce() -> Intent,
    out: &mut Intents,
) {
    let text = cx.icon(icon, key);
    let response = if primary {
        widgets::primary_button(ui, &cx.look, &text, true)
    } else {
        widgets::plain_button(ui, &cx.look, &text, true)
    };
    if response.clicked() {
        out.push(intent());
    }
}
