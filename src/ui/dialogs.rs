//! The few dialogs: help, closing an incident, correcting an entry.
//!
//! None stands in the way of the work: each closes with Escape, and what was typed into it
//! is a draft that comes back.

use std::collections::BTreeMap;

use egui::{Modal, ScrollArea, Ui};

use super::command::{Facts, TABLE};
use super::cx::{Cx, Intent, Intents, Screen};
use super::desk::{Desk, Health};
use super::drafts::{Drafts, Spot, spot};
use super::icons;
use super::look::{Face, Look};
use super::palette::CommandPalette;
use super::unsent::{unsent, unsent_ui};
use super::widgets::{self, Lines, Paragraph};
use crate::incident::{Act, EntryNumber, Event, Ground, LeftOpen, Mode};

/// The dialog that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dialog {
    /// The command palette.
    Palette(CommandPalette),
    /// The shortcuts.
    Help,
    /// Closing the incident.
    Close,
    /// Correcting an entry.
    Correct(EntryNumber),
    /// Beginning another incident while one is running.
    Begin {
        /// Through which door.
        door: String,
        /// Live or drill.
        mode: Mode,
    },
    /// Something is not on the disk, and the incident is to be left.
    Unsaved,
}

impl Dialog {
    /// Draws the dialog; false when it is to be closed.
    pub(super) fn show(
        &mut self,
        ctx: &egui::Context,
        cx: &Cx<'_>,
        facts: Facts,
        drafts: &mut Drafts,
        out: &mut Intents,
    ) -> bool {
        match self {
            Self::Palette(palette) => palette.show(ctx, cx, facts, out),
            Self::Help => modal(ctx, cx, "help", |ui| help_ui(ui, cx, facts, out)),
            Self::Begin { door, mode } => {
                let begin = Intent::Begin {
                    door: door.clone(),
                    mode: *mode,
                };
                modal(ctx, cx, "begin", |ui| begin_ui(ui, cx, begin, out))
            }
            Self::Unsaved => match cx.desk {
                Some(desk) => {
                    let stays = modal(ctx, cx, "unsaved", |ui| unsaved_ui(ui, cx, desk, out));
                    if !stays {
                        out.push(Intent::Stay);
                    }
                    stays
                }
                None => false,
            },
            Self::Close => match cx.desk {
                Some(desk) => modal(ctx, cx, "close", |ui| close_ui(ui, cx, desk, drafts, out)),
                None => false,
            },
            Self::Correct(entry) => match cx.desk {
                Some(desk) => {
                    let entry = *entry;
                    modal(ctx, cx, "correct", |ui| {
                        correct_ui(ui, cx, desk, entry, drafts, out)
                    })
                }
                None => false,
            },
        }
    }
}

/// Draws a dialog of readable width whose content scrolls; the content says when it is finished.
fn modal(ctx: &egui::Context, cx: &Cx<'_>, id: &str, add: impl FnOnce(&mut Ui) -> bool) -> bool {
    let response = Modal::new(egui::Id::unique(id)).show(ctx, |ui| {
        let room = ctx.content_rect().size();
        ui.set_width(cx.look.em(640.0).min(room.x - 64.0));
        let height = (room.y - 96.0).max(120.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                let finished = add(ui);
                ui.add_space(8.0);
                let close =
                    widgets::plain_button(ui, &cx.look, &cx.icon(icons::X, "dialog-close"), true);
                finished || close.clicked()
            })
            .inner
    });
    !(response.should_close() || response.inner)
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let response = ui.add(Paragraph::new(
        &cx.look,
        text,
        Face::Subtitle,
        cx.look.palette.ink,
    ));
    let name = icons::without(text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &name));
}

fn help_ui(ui: &mut Ui, cx: &Cx<'_>, facts: Facts, out: &mut Intents) -> bool {
    let mut chosen = false;
    title_ui(ui, cx, &cx.t("help-title"));
    cx.body(ui, &cx.t("help-intro"));
    let copy = cx.icon(icons::COPY, "help-diagnostics");
    if widgets::plain_button(ui, &cx.look, &copy, true).clicked() {
        out.push(Intent::CopyDiagnostics);
        chosen = true;
    }
    cx.quiet(ui, &cx.t("help-diagnostics-what"));
    widgets::divider(ui, &cx.look);
    for row in TABLE {
        ui.horizontal_wrapped(|ui| {
            let shortcut = row.command.shortcut(ui.ctx());
            let label = row.command.label(cx.words);
            let text = format!("{} {label}", row.icon);
            let enabled = row.command.is_enabled(facts);
            if widgets::plain_button(ui, &cx.look, &text, enabled).clicked() {
                out.push(Intent::Run(row.command));
                chosen = true;
            }
            if let Some(shortcut) = shortcut {
                widgets::pill(
                    ui,
                    &cx.look,
                    &shortcut,
                    cx.look.palette.ink,
                    cx.look.palette.sunken,
                );
            }
        });
        cx.quiet(ui, &row.command.tip(cx.words));
        widgets::divider(ui, &cx.look);
    }
    cx.quiet(ui, &cx.t("help-keyboard"));
    chosen
}

/// Asks before another incident takes the place of the one that is running.
fn begin_ui(ui: &mut Ui, cx: &Cx<'_>, begin: Intent, out: &mut Intents) -> bool {
    title_ui(ui, cx, &cx.icon(icons::TRIANGLE_ALERT, "begin-title"));
    cx.body(ui, &cx.t("begin-what"));
    let mut finished = false;
    ui.horizontal_wrapped(|ui| {
        let back = cx.icon(icons::UNDO_2, "begin-back");
        if widgets::primary_button(ui, &cx.look, &back, true).clicked() {
            out.push(Intent::Show(Screen::Guide));
            finished = true;
        }
        if widgets::plain_button(ui, &cx.look, &cx.icon(icons::PLAY, "begin-do"), true).clicked() {
            out.push(begin);
            finished = true;
        }
    });
    finished
}

/// Says what is not on the disk, and what can be done about it.
fn unsaved_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) -> bool {
    title_ui(ui, cx, &cx.icon(icons::TRIANGLE_ALERT, "unsaved-title"));
    let (pending, waiting) = desk.unsaved();
    if let Health::Failed(text) = desk.health(cx.words) {
        let line = format!("{} {text}", icons::CIRCLE_ALERT);
        ui.add(Paragraph::new(
            &cx.look,
            &line,
            Face::Body,
            cx.look.palette.bad,
        ));
    } else {
        let path = desk.folder().display().to_string();
        let text = cx.with("unsaved-waiting", &[("path", &path)]);
        cx.body(ui, &format!("{} {text}", icons::HOURGLASS));
    }
    let said = pending.map(|entry| cx.telling(desk).entry(entry));
    if let Some(said) = &said {
        Look::surface(cx.look.palette.warn_fill).show(ui, |ui| {
            ui.set_width(ui.available_width());
            cx.body(ui, said);
        });
    }
    if waiting > 0 {
        cx.body(
            ui,
            &cx.with("unsaved-more", &[("count", &waiting.to_string())]),
        );
    }
    cx.quiet(ui, &cx.t("unsaved-what"));
    ui.horizontal_wrapped(|ui| {
        let failed = desk.session().failure().is_some();
        let retry = cx.icon(icons::REFRESH_CW, "health-retry");
        if widgets::primary_button(ui, &cx.look, &retry, failed).clicked() {
            out.push(Intent::Retry);
        }
        if let Some(said) = said
            && widgets::plain_button(ui, &cx.look, &cx.icon(icons::COPY, "unsaved-copy"), true)
                .clicked()
        {
            out.push(Intent::Copy(said));
        }
        let leave = cx.icon(icons::TRIANGLE_ALERT, "unsaved-leave");
        if widgets::plain_button(ui, &cx.look, &leave, true).clicked() {
            out.push(Intent::LeaveUnsaved);
        }
    });
    false
}

/// The keys of a reason and a decider in the closing dialog.
fn close_keys(what: &str) -> (String, String) {
    (format!("close/{what}/why"), format!("close/{what}/by"))
}

fn close_ground(drafts: &Drafts, what: &str) -> Ground {
    let (why, by) = close_keys(what);
    Ground {
        why: drafts.filled(&why),
        decider: drafts.filled(&by),
        told: None,
    }
}

fn ground_ui(ui: &mut Ui, cx: &Cx<'_>, drafts: &mut Drafts, what: &str) {
    let (why, by) = close_keys(what);
    for (key, name) in [(why, "ground-why"), (by.clone(), "ground-decider")] {
        let name = cx.t(name);
        widgets::field_name(ui, &cx.look, &name);
        let full = if what.is_empty() {
            name
        } else {
            format!("{what} {name}")
        };
        if key == by {
            cx.name_edit(ui, drafts, &key, (&full, ""));
        } else {
            widgets::draft_edit(ui, &cx.look, drafts, &key, (&full, ""), Lines::One);
        }
    }
}

fn close_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, drafts: &mut Drafts, out: &mut Intents) -> bool {
    title_ui(ui, cx, &cx.icon(icons::CIRCLE_STOP, "close-title"));
    let left = desk.incident().left_open(desk.flow());
    if left.is_empty() {
        cx.body(ui, &cx.t("close-nothing-open"));
    } else {
        let count = left.len().to_string();
        cx.body(ui, &cx.with("close-open", &[("count", &count)]));
    }
    let mut unsent = unsent(cx, desk, drafts);
    unsent.retain(|unsent| spot(&unsent.key) != Spot::Close);
    if !unsent.is_empty() {
        let count = unsent.len().to_string();
        cx.body(ui, &cx.with("close-unsent", &[("count", &count)]));
    }
    for unsent in &unsent {
        if unsent_ui(ui, cx, unsent, out) {
            return true;
        }
    }
    let (alone, others): (Vec<&LeftOpen>, Vec<&LeftOpen>) =
        left.iter().partition(|left| left.alone);
    for left in &alone {
        Look::surface(cx.look.palette.warn_fill).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let name = left_name(cx, desk, &left.what);
            cx.strong(ui, &format!("{} {name}", icons::TRIANGLE_ALERT));
            cx.quiet(ui, &cx.t("close-alone"));
            ground_ui(ui, cx, drafts, &left.what);
        });
    }
    if !others.is_empty() {
        let title = cx.with("close-others", &[("count", &others.len().to_string())]);
        widgets::fold(ui, &cx.look, "close-others", &title, false, |ui| {
            for left in &others {
                let name = left_name(cx, desk, &left.what);
                cx.body(ui, &format!("{} {name}", icons::CIRCLE));
            }
        });
    }
    widgets::divider(ui, &cx.look);
    ground_ui(ui, cx, drafts, "");
    let text = cx.icon(icons::CHECK, "close-do");
    if widgets::primary_button(ui, &cx.look, &text, desk.is_running()).clicked() {
        let grounds: BTreeMap<String, Ground> = alone
            .iter()
            .map(|left| (left.what.clone(), close_ground(drafts, &left.what)))
            .collect();
        let mut keys: Vec<String> = Vec::new();
        for what in alone.iter().map(|left| left.what.as_str()).chain([""]) {
            let (why, by) = close_keys(what);
            keys.extend([why, by]);
        }
        out.push(Intent::Send {
            act: Act::Close(close_ground(drafts, ""), grounds),
            at: None,
            keys,
        });
        return true;
    }
    false
}

/// Says what a name in the list of open things stands for.
fn left_name(cx: &Cx<'_>, desk: &Desk, what: &str) -> String {
    if let Some(number) = what.strip_prefix('#') {
        let entry = number
            .parse()
            .ok()
            .and_then(|number| desk.incident().entry(EntryNumber(number)));
        return match entry {
            Some(entry) => format!("{what} {}", cx.telling(desk).entry(entry)),
            None => what.to_owned(),
        };
    }
    cx.telling(desk).left_open(what)
}

/// The key of what is typed in the place of an entry's words.
pub(super) fn correction_key(number: EntryNumber) -> String {
    format!("correct/{number}/text")
}

fn correct_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    number: EntryNumber,
    drafts: &mut Drafts,
    out: &mut Intents,
) -> bool {
    let title = cx.with("correct-title", &[("number", &number.to_string())]);
    title_ui(ui, cx, &format!("{} {title}", icons::PENCIL));
    let Some(entry) = desk.incident().entry(number) else {
        return true;
    };
    Look::surface(cx.look.palette.sunken).show(ui, |ui| {
        ui.set_width(ui.available_width());
        cx.body(ui, &cx.telling(desk).entry(entry));
    });
    cx.quiet(ui, &cx.t("correct-hint"));
    let (text, why) = (correction_key(number), format!("correct/{number}/why"));
    for (key, name, lines) in [
        (&text, "correct-text", Lines::Several(3)),
        (&why, "ground-why", Lines::One),
    ] {
        let name = cx.t(name);
        widgets::field_name(ui, &cx.look, &name);
        widgets::draft_edit(ui, &cx.look, drafts, key, (&name, ""), lines);
    }
    let is_moment = matches!(entry.event, Event::DutyKnown { .. })
        || entry.typed_moments().any(|(_, is_recorded)| is_recorded);
    if is_moment {
        cx.read_as(ui, drafts.get(&text), true);
    }
    let new = drafts.filled(&text);
    let ground = Ground {
        why: drafts.filled(&why),
        ..Ground::default()
    };
    let mut finished = false;
    ui.horizontal_wrapped(|ui| {
        let replace = cx.icon(icons::CHECK, "correct-replace");
        let strike = cx.icon(icons::BAN, "correct-strike");
        let replaced = widgets::primary_button(ui, &cx.look, &replace, new.is_some()).clicked();
        let struck = widgets::plain_button(ui, &cx.look, &strike, true).clicked();
        if replaced || struck {
            let new = new.filter(|_| replaced);
            out.push(Intent::Send {
                act: Act::Correct(number, new, ground),
                at: None,
                keys: vec![text.clone(), why.clone()],
            });
            finished = true;
        }
    });
    finished
}
