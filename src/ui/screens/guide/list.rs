//! The painter of the lists: open steps by role, parked, next, done.

use egui::{ScrollArea, Ui};

use super::rows::{Group, Lists, Row};
use crate::flow::{NodeId, State};
use crate::incident::How;
use crate::telling::how_key;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::widgets::{self, CardLook, Paragraph};

/// Draws all lists.
pub(super) fn lists_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    lists: &Lists,
    in_hand: Option<&NodeId>,
    out: &mut Intents,
) {
    ScrollArea::vertical()
        .id_salt("lists")
        .auto_shrink(false)
        .show(ui, |ui| {
            let count = lists.open_count().to_string();
            widgets::section(ui, &cx.look, &cx.with("list-open", &[("count", &count)]));
            if lists.open.is_empty() {
                cx.quiet(ui, &cx.t("list-open-none"));
            }
            for group in &lists.open {
                group_ui(ui, cx, group, in_hand, out);
            }
            if !lists.side.is_empty() {
                cx.quiet(ui, &cx.icon(icons::ARROW_RIGHT_LEFT, "list-side"));
                for row in &lists.side {
                    open_ui(ui, cx, row, in_hand, out);
                }
            }
            for (key, icon, rows, folded) in [
                ("list-offered", icons::BELL, &lists.offered, false),
                ("list-parked", icons::PAUSE, &lists.parked, false),
                ("list-next", icons::ARROW_RIGHT, &lists.next, false),
                ("list-by-fact", icons::BELL, &lists.by_fact, true),
                ("list-skipped", icons::SKIP_FORWARD, &lists.skipped, false),
                ("list-done", icons::CHECK, &lists.done, false),
                (
                    "list-withdrawn",
                    icons::CIRCLE_SLASH,
                    &lists.withdrawn,
                    true,
                ),
            ] {
                if rows.is_empty() {
                    continue;
                }
                ui.add_space(8.0);
                let title = cx.with(key, &[("count", &rows.len().to_string())]);
                widgets::fold(
                    ui,
                    &cx.look,
                    key,
                    &format!("{icon} {title}"),
                    !folded,
                    |ui| {
                        for row in rows {
                            short_ui(ui, cx, row, in_hand, out);
                        }
                    },
                );
            }
            ui.add_space(12.0);
        });
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: &Group, in_hand: Option<&NodeId>, out: &mut Intents) {
    let title = match &group.holder {
        Some(holder) => cx.with("step-role-held", &[("role", &group.role), ("name", holder)]),
        None => group.role.clone(),
    };
    cx.quiet(ui, &format!("{} {title}", icons::USER));
    for row in &group.rows {
        open_ui(ui, cx, row, in_hand, out);
    }
}

fn open_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, in_hand: Option<&NodeId>, out: &mut Intents) {
    let selected = in_hand == Some(&row.id);
    let look = CardLook {
        fill: cx.look.palette.panel,
        edge: cx.look.palette.line,
        selected: Some(selected),
    };
    let name = format!("{} {}", row.id, row.title);
    let response =
        widgets::press_card(ui, &cx.look, look, ("open", row.id.as_str()), &name, |ui| {
            ui.horizontal_top(|ui| {
                widgets::number_pill(ui, &cx.look, row.id.as_str(), row.phase);
                ui.vertical(|ui| {
                    ui.add_space(cx.look.em(2.0));
                    let title = if row.is_decision {
                        format!("{} {}", icons::GIT_BRANCH, row.title)
                    } else {
                        row.title.clone()
                    };
                    let face = if selected { Face::Strong } else { Face::Body };
                    ui.add(Paragraph::new(&cx.look, &title, face, cx.look.palette.ink));
                });
            });
            if row.asked_again {
                let text = cx.icon(icons::BELL, "state-asked-again");
                ui.add(Paragraph::new(
                    &cx.look,
                    &text,
                    Face::Quiet,
                    cx.look.palette.warn,
                ));
            }
            if !row.line.is_empty() {
                cx.quiet(ui, &row.line);
            }
        });
    widgets::describe(ui, &response, &cx.t("state-open"));
    pressed(&response, &row.id, out);
}

/// Gives the icon and the key of the word for what became of a settled node.
pub(super) fn how_sign(row: &Row) -> (&'static str, &'static str) {
    let how = row.how.unwrap_or(How::Done);
    let icon = match how {
        How::Done => icons::CIRCLE_CHECK,
        How::Partly => icons::LIST_CHECKS,
        How::Impossible => icons::BAN,
        How::NotApplicable => icons::MINUS,
        How::Skipped => icons::SKIP_FORWARD,
    };
    (icon, how_key(how))
}

fn short_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, in_hand: Option<&NodeId>, out: &mut Intents) {
    let (icon, state) = match row.state {
        State::Done(_) | State::Skipped => how_sign(row),
        State::Parked { by_flow: false } => (icons::PAUSE, "state-parked"),
        State::Parked { by_flow: true } => (icons::PAUSE, "state-parked-by-flow"),
        State::Withdrawn { .. } => (icons::CIRCLE_SLASH, "state-withdrawn"),
        State::Open => (icons::CIRCLE_DOT, "state-open"),
        State::Closed => (icons::ARROW_RIGHT, "state-closed"),
    };
    let look = CardLook {
        fill: cx.look.palette.background,
        edge: cx.look.palette.background,
        selected: Some(in_hand == Some(&row.id)),
    };
    let name = format!("{} {}", row.id, row.title);
    let response = widgets::press_row(
        ui,
        &cx.look,
        look,
        ("short", row.id.as_str()),
        &name,
        |ui| {
            cx.body(ui, &format!("{icon} {name}"));
            if !row.line.is_empty() {
                cx.quiet(ui, &row.line);
            }
        },
    );
    widgets::describe(ui, &response, &cx.t(state));
    pressed(&response, &row.id, out);
}

/// Takes a step in hand; with the other button it is shown on the flowchart.
fn pressed(response: &egui::Response, node: &NodeId, out: &mut Intents) {
    if response.clicked() {
        out.push(Intent::Look(node.clone()));
    }
    if response.secondary_clicked() {
        out.push(Intent::ShowInChart(node.clone()));
    }
}
