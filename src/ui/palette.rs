//! The command palette: type a few signs, get commands and steps that match.
//!
//! It shows the rows of the command table that make sense now, then the steps and decisions
//! of the flow. It carries nothing out: a chosen row is an intent.

use egui::{Key, Modal, Modifiers, ScrollArea};

use super::command::{Facts, TABLE};
use super::cx::{Cx, Intent, Intents};
use super::look::Face;
use super::widgets::{self, CardLook, Lines, Paragraph};
use crate::text::folded_for_search;

/// The palette's view state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CommandPalette {
    query: String,
    at: usize,
    asked_focus: bool,
}

/// A row that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// The icon.
    pub icon: &'static str,
    /// The words.
    pub label: String,
    /// More words.
    pub tip: String,
    /// The shortcut.
    pub shortcut: String,
    /// What choosing it means.
    pub intent: Intent,
}

/// Gives the rows that match, best first: those whose label begins so, then those that contain it.
pub(super) fn choices(ctx: &egui::Context, cx: &Cx<'_>, facts: Facts, query: &str) -> Vec<Choice> {
    let mut rows: Vec<Choice> = TABLE
        .iter()
        .filter(|row| row.command.is_enabled(facts))
        .map(|row| Choice {
            icon: row.icon,
            label: row.command.label(cx.words),
            tip: row.command.tip(cx.words),
            shortcut: row.command.shortcut(ctx).unwrap_or_default(),
            intent: Intent::Run(row.command),
        })
        .collect();
    if let Some(desk) = cx.desk {
        for (_, node) in desk.flow().nodes() {
            let state = cx.telling(desk).standing(desk.incident(), node.id());
            rows.push(Choice {
                icon: super::icons::ARROW_RIGHT,
                label: format!("{} {}", node.id(), cx.pair(node.title())),
                tip: cx.with("palette-step", &[("state", &state)]),
                shortcut: String::new(),
                intent: Intent::Look(node.id().clone()),
            });
        }
    }
    let query = folded_for_search(query.trim());
    rows.retain(|row| {
        query.split_whitespace().all(|word| {
            folded_for_search(&row.label).contains(word)
                || folded_for_search(&row.tip).contains(word)
        })
    });
    rows.sort_by_key(|row| !folded_for_search(&row.label).starts_with(&query));
    rows
}

/// Gives what shows a step on the flowchart; none for a command.
fn in_chart(intent: &Intent) -> Option<Intent> {
    match intent {
        Intent::Look(node) => Some(Intent::ShowInChart(node.clone())),
        _ => None,
    }
}

impl CommandPalette {
    /// Draws the palette; false when it is to be closed.
    pub(super) fn show(
        &mut self,
        ctx: &egui::Context,
        cx: &Cx<'_>,
        facts: Facts,
        out: &mut Intents,
    ) -> bool {
        let rows = choices(ctx, cx, facts, &self.query);
        let (to_chart, up, down, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::SHIFT, Key::Enter),
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        if down {
            self.at = (self.at + 1).min(rows.len().saturating_sub(1));
        }
        if up {
            self.at = self.at.saturating_sub(1);
        }
        let at = rows.get(self.at);
        let mut chosen = at.filter(|_| enter).map(|row| row.intent.clone());
        if to_chart {
            chosen = at.and_then(|row| in_chart(&row.intent));
        }
        let response = Modal::new(egui::Id::unique("palette")).show(ctx, |ui| {
            let room = ctx.content_rect().size();
            ui.set_width((cx.look.em(560.0)).min(room.x - 64.0));
            let name = cx.t("command-palette");
            let id = egui::Id::unique("palette-query");
            let before = self.query.clone();
            widgets::edit(
                ui,
                &cx.look,
                id,
                &mut self.query,
                (&name, &cx.t("palette-hint")),
                Lines::One,
            );
            if !self.asked_focus {
                ui.memory_mut(|memory| memory.request_focus(id));
                self.asked_focus = true;
            }
            if self.query != before {
                self.at = 0;
            }
            if rows.is_empty() {
                cx.quiet(ui, &cx.t("palette-none"));
            }
            ScrollArea::vertical()
                .max_height(room.y * 0.6)
                .min_scrolled_height(room.y * 0.6)
                .show(ui, |ui| {
                    for (at, row) in rows.iter().enumerate() {
                        let look = CardLook {
                            fill: cx.look.palette.panel,
                            edge: cx.look.palette.panel,
                            selected: Some(at == self.at),
                        };
                        let response =
                            widgets::press_row(ui, &cx.look, look, at, &row.label, |ui| {
                                let text = format!("{} {}  {}", row.icon, row.label, row.shortcut);
                                let text = text.trim_end();
                                ui.add(Paragraph::new(
                                    &cx.look,
                                    text,
                                    Face::Body,
                                    cx.look.palette.ink,
                                ));
                                cx.quiet(ui, &row.tip);
                            });
                        if at == self.at && (up || down) {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() {
                            chosen = Some(row.intent.clone());
                        }
                        if response.secondary_clicked() {
                            chosen = in_chart(&row.intent);
                        }
                    }
                });
        });
        let close = response.should_close() || chosen.is_some();
        if matches!(chosen, Some(Intent::Look(_))) {
            widgets::want_focus(ctx);
        }
        out.extend(chosen);
        !close
    }
}
