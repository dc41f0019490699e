//! The right side of the guide: the quick note, the latest entries, what is open, deadlines, roles.
//!
//! The painter is here, the lines are made by `crate::ui::log_rows`.

use egui::{ScrollArea, Ui};

use crate::flow::NodeId;
use crate::incident::{Act, Deadline, EntryNumber, Event, Ground, Note, NoteKind, OpenItemKind};
use crate::ui::cx::{Cx, Intent, Intents, Screen};
use crate::ui::desk::Desk;
use crate::ui::drafts::{Drafts, Spot, spot};
use crate::ui::icons;
use crate::ui::log_rows::{self, LogRow};
use crate::ui::look::Face;
use crate::ui::theme::Ink;
use crate::ui::times;
use crate::ui::unsent::{unsent, unsent_ui};
use crate::ui::widgets::{self, Lines, Paragraph};

/// The key of the quick note's text.
pub(crate) const NOTE_TEXT: &str = "note/text";
const NOTE_FROM: &str = "note/from";
const NOTE_TO: &str = "note/to";
const NOTE_MEANS: &str = "note/means";
const NOTE_KIND: &str = "note/kind";
const NOTE_AT: &str = "note/at";
const NOTE_OPEN: &str = "note/open";

/// How many of the latest entries are shown.
const LATEST: usize = 12;

/// How many open items are shown, and how many more at a press.
const ITEMS: usize = 20;

/// From how many lines on an entry's words are folded.
const FOLDS_FROM: usize = 8;

/// How many of them are shown then.
const FOLDED_TO: usize = 6;

/// A deadline with fewer days left stands out.
const SOON_DAYS: i64 = 3;

/// Draws the right side.
pub(super) fn log_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let low = ui.available_height() / cx.look.scale < 460.0;
    if !low {
        note_ui(ui, cx, desk, drafts, out);
        ui.add_space(4.0);
    }
    ScrollArea::vertical()
        .id_salt("log")
        .auto_shrink(false)
        .show(ui, |ui| {
            if low {
                note_ui(ui, cx, desk, drafts, out);
                ui.add_space(4.0);
            }
            deadlines_ui(ui, cx, desk, out);
            open_items_ui(ui, cx, desk, drafts, out);
            latest_ui(ui, cx, desk, out);
            roles_ui(ui, cx, desk, out);
            ui.add_space(12.0);
        });
}

fn note_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, drafts: &mut Drafts, out: &mut Intents) {
    widgets::section(ui, &cx.look, &cx.icon(icons::MESSAGE_SQUARE, "note-title"));
    ui.add_enabled_ui(desk.can_write(), |ui| {
        ui.columns_const(|[left, right]| {
            let (from, to) = (cx.t("note-from"), cx.t("note-to"));
            widgets::draft_edit(
                left,
                &cx.look,
                drafts,
                NOTE_FROM,
                (&from, &from),
                Lines::One,
            );
            widgets::draft_edit(right, &cx.look, drafts, NOTE_TO, (&to, &to), Lines::One);
        });
        // Ctrl+Enter sends from each field of the note.
        let mut enter = widgets::takes_enter(ui, widgets::field_id(NOTE_TEXT));
        for key in [NOTE_FROM, NOTE_TO, NOTE_MEANS, NOTE_AT] {
            enter |= widgets::takes_ctrl_enter(ui, widgets::field_id(key));
        }
        let (name, hint) = (cx.t("note-text"), cx.t("note-hint"));
        widgets::draft_edit(
            ui,
            &cx.look,
            drafts,
            NOTE_TEXT,
            (&name, &hint),
            Lines::Sending(2),
        );
        let more = cx.t("note-more");
        let open = [NOTE_MEANS, NOTE_KIND, NOTE_AT, NOTE_OPEN]
            .iter()
            .any(|key| drafts.has(key));
        widgets::fold(ui, &cx.look, "note-more", &more, open, |ui| {
            more_ui(ui, cx, drafts);
        });
        let text = cx.icon(icons::SEND, "note-send");
        let ready = drafts.filled(NOTE_TEXT).is_some();
        let mut pressed = false;
        ui.horizontal_wrapped(|ui| {
            pressed = widgets::plain_button(ui, &cx.look, &text, ready).clicked();
            if ready {
                let (ink, fill) = (cx.look.palette.warn, cx.look.palette.warn_fill);
                let mark = cx.icon(icons::PENCIL, "unsent-mark");
                widgets::pill(ui, &cx.look, &mark, ink, fill);
            }
        });
        if (enter || pressed) && ready {
            out.push(send(drafts));
        }
    });
}

fn more_ui(ui: &mut Ui, cx: &Cx<'_>, drafts: &mut Drafts) {
    ui.horizontal_wrapped(|ui| {
        let chosen = kind(drafts);
        for kind in NoteKind::ALL {
            let title = cx.t(&format!("note-{}", kind.id()));
            if widgets::choice_button(ui, &cx.look, kind == chosen, &title).clicked() {
                drafts.set(NOTE_KIND, kind.id().to_owned());
            }
        }
    });
    for (key, name, hint) in [
        (NOTE_MEANS, "note-means", "note-means-hint"),
        (NOTE_AT, "note-at", "time-empty-is-now"),
    ] {
        let name = cx.t(name);
        widgets::field_name(ui, &cx.look, &name);
        if key == NOTE_AT {
            cx.time_edit(ui, drafts, key, (&name, &cx.t(hint)));
        } else {
            widgets::draft_edit(ui, &cx.look, drafts, key, (&name, &cx.t(hint)), Lines::One);
        }
    }
    ui.horizontal(|ui| {
        let open = drafts.has(NOTE_OPEN);
        let name = cx.t("note-open");
        if widgets::tick_box(ui, &cx.look, open, &name).clicked() {
            drafts.set(
                NOTE_OPEN,
                if open {
                    String::new()
                } else {
                    "yes".to_owned()
                },
            );
        }
        cx.body(ui, &name);
    });
}

fn kind(drafts: &Drafts) -> NoteKind {
    let typed = drafts.get(NOTE_KIND);
    NoteKind::ALL
        .into_iter()
        .find(|kind| kind.id() == typed)
        .unwrap_or_default()
}

fn send(drafts: &Drafts) -> Intent {
    let note = Note {
        text: drafts.get(NOTE_TEXT).trim().to_owned(),
        from: drafts.filled(NOTE_FROM),
        to: drafts.filled(NOTE_TO),
        means: drafts.filled(NOTE_MEANS),
        kind: kind(drafts),
        node: None,
        open: drafts.has(NOTE_OPEN),
    };
    let keys = [
        NOTE_TEXT, NOTE_FROM, NOTE_TO, NOTE_MEANS, NOTE_KIND, NOTE_AT, NOTE_OPEN,
    ];
    Intent::Send {
        act: Act::Note(note),
        at: drafts.filled(NOTE_AT),
        keys: keys.map(str::to_owned).to_vec(),
    }
}

fn deadlines_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
    let flow = desk.flow();
    let running: Vec<_> = desk
        .incident()
        .deadlines(flow)
        .into_iter()
        .filter(|deadline| deadline.state.is_running())
        .collect();
    // What has no last day is shown once its step is settled, and so out of the lists.
    let owed: Vec<_> = desk
        .incident()
        .duties(flow)
        .into_iter()
        .filter(|part| {
            part.state.is_running()
                && !running
                    .iter()
                    .any(|deadline| deadline.name() == part.name())
                && desk.incident().how(flow, &part.duty.step).is_some()
        })
        .collect();
    if running.is_empty() && owed.is_empty() {
        return;
    }
    widgets::section(ui, &cx.look, &cx.icon(icons::TIMER, "deadlines-title"));
    for running in &running {
        deadline_ui(ui, cx, running);
        to_report_ui(ui, cx, (&running.name(), &running.duty.step), out);
    }
    for part in &owed {
        let name = part.name();
        let line = format!("{}: {}", cx.telling(desk).duty(&name), cx.t("duty-running"));
        cx.body(ui, &line);
        to_report_ui(ui, cx, (&name, &part.duty.step), out);
    }
    ui.add_space(8.0);
}

/// Draws the way to where a report is recorded: at the step of the duty.
fn to_report_ui(ui: &mut Ui, cx: &Cx<'_>, (name, step): (&str, &NodeId), out: &mut Intents) {
    let text = cx.with("duty-go-report", &[("step", step.as_str())]);
    let link = widgets::link_button(ui, &cx.look, &format!("{} {text}", icons::SEND));
    if link.accessible_name(format!("{text} {name}")).clicked() {
        out.push(Intent::Look(step.clone()));
    }
}

/// Draws a deadline: its title, its last days, and what is left until them.
pub(super) fn deadline_ui(ui: &mut Ui, cx: &Cx<'_>, running: &Deadline<'_>) {
    let palette = cx.look.palette;
    let title = format!(
        "{} {}",
        cx.pair(&running.duty.title),
        cx.pair(&running.deadline.title)
    );
    cx.body(ui, &title);
    for (key, due) in [
        ("deadline-early", running.due.early),
        ("deadline-last", Some(running.due.last)),
    ] {
        let Some(due) = due else { continue };
        let left = due.signed_duration_since(cx.now);
        let late = left < chrono::TimeDelta::zero();
        let length = times::length(cx.words, left.abs());
        let at = times::moment(due, cx.now);
        let words = cx.with(
            if late {
                "deadline-over"
            } else {
                "deadline-left"
            },
            &[("length", &length)],
        );
        let text = cx.with(key, &[("at", &at), ("left", &words)]);
        let (icon, ink) = if late {
            (icons::TRIANGLE_ALERT, palette.bad)
        } else if left.num_days() < SOON_DAYS {
            (icons::CLOCK, palette.warn)
        } else {
            (icons::CLOCK, palette.quiet_ink)
        };
        let line = format!("{icon} {text}");
        ui.add(Paragraph::new(&cx.look, &line, Face::Quiet, ink));
    }
}

fn open_items_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, drafts: &mut Drafts, out: &mut Intents) {
    let incident = desk.incident();
    let id = egui::Id::unique("many-open");
    let shown = ui.data(|data| data.get_temp(id)).unwrap_or(ITEMS);
    let items: Vec<(EntryNumber, bool)> = incident
        .unsettled_items()
        .take(shown)
        .map(|(number, item)| (number, item.kind == OpenItemKind::MissingReason))
        .collect();
    // What settles an item is typed and seen below.
    let mut unsent = unsent(cx, desk, drafts);
    unsent.retain(|unsent| !matches!(spot(&unsent.key), Spot::Item(_)));
    if items.is_empty() && unsent.is_empty() {
        return;
    }
    let count = incident.unsettled_count();
    let more = count.saturating_sub(items.len());
    let count = (count + unsent.len()).to_string();
    let title = cx.with("items-title", &[("count", &count)]);
    widgets::fold(
        ui,
        &cx.look,
        "items",
        &format!("{} {title}", icons::CIRCLE_ALERT),
        true,
        |ui| {
            for unsent in &unsent {
                unsent_ui(ui, cx, unsent, out);
            }
            for (number, is_reason) in items {
                let Some(entry) = incident.entry(number) else {
                    continue;
                };
                ui.push_id(number.0, |ui| {
                    let line = cx.telling(desk).entry(entry);
                    let at = times::moment(entry.recorded_at, cx.now);
                    cx.look.card().show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        cx.body(ui, &format!("{at} {line}"));
                        ui.add_enabled_ui(desk.can_write(), |ui| {
                            parts_ui(ui, cx, desk, (number, is_reason), drafts, out);
                        });
                    });
                });
            }
            if more > 0 {
                let text = cx.with("items-more", &[("count", &more.to_string())]);
                let text = format!("{} {text}", icons::CHEVRON_DOWN);
                if widgets::link_button(ui, &cx.look, &text).clicked() {
                    ui.data_mut(|data| data.insert_temp(id, shown + ITEMS));
                }
            }
        },
    );
}

/// Draws what settles an open item; of a closing each thing that needs a reason of its own.
fn parts_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (number, is_reason): (EntryNumber, bool),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let left_open = desk.incident().unexplained(number);
    if left_open.is_empty() {
        // Not reporting needs both, as does what a closing leaves open.
        let entry = desk.incident().entry(number).map(|entry| &entry.event);
        let both = matches!(entry, Some(Event::DutyNotReported { .. }));
        open_item_ui(ui, cx, (number, is_reason, None), both, drafts, out);
    }
    for what in left_open {
        if !what.is_empty() {
            cx.quiet(ui, &cx.telling(desk).left_open(what));
        }
        open_item_ui(ui, cx, (number, true, Some(what)), true, drafts, out);
    }
}

/// The key of what is typed to settle an open item.
fn item_key(number: EntryNumber) -> String {
    format!("item/{number}")
}

/// Draws what settles an open item: a reason, or what was done.
fn open_item_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (number, is_reason, what): (EntryNumber, bool, Option<&str>),
    needs_decider: bool,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let what = what.filter(|what| !what.is_empty());
    let key = match what {
        Some(what) => format!("{}/{what}", item_key(number)),
        None => item_key(number),
    };
    let (name, label) = if is_reason {
        ("item-reason", "item-give-reason")
    } else {
        ("item-settled-how", "item-settle")
    };
    let name = cx.t(name);
    let enter = widgets::takes_enter(ui, widgets::field_id(&key));
    widgets::draft_edit(ui, &cx.look, drafts, &key, (&name, &name), Lines::One);
    let decider_key = format!("{key}/by");
    if needs_decider {
        let name = cx.t("ground-decider");
        cx.name_edit(ui, drafts, &decider_key, (&name, &name));
    }
    let text = drafts.filled(&key);
    let ready = !is_reason || text.is_some();
    let button = widgets::plain_button(ui, &cx.look, &cx.icon(icons::CHECK, label), ready);
    let button = button.accessible_name(format!("{} #{number}", cx.t(label)));
    if (enter || button.clicked()) && ready {
        let act = if is_reason {
            let ground = Ground {
                why: text,
                decider: needs_decider.then(|| drafts.filled(&decider_key)).flatten(),
                told: None,
            };
            Act::Reason(number, what.map(str::to_owned), ground)
        } else {
            Act::Settle(number, text)
        };
        out.push(Intent::Send {
            act,
            at: None,
            keys: vec![key, decider_key],
        });
    }
}

fn latest_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
    widgets::section(ui, &cx.look, &cx.icon(icons::LIST, "log-latest"));
    for row in log_rows::latest(cx.telling(desk), desk, cx.now, LATEST) {
        log_row_ui(ui, cx, &row, out);
    }
    if widgets::link_button(ui, &cx.look, &cx.icon(icons::ARROW_RIGHT, "log-all")).clicked() {
        out.push(Intent::Show(Screen::Chronology));
    }
}

/// Draws one line of the record.
pub(crate) fn log_row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &LogRow, out: &mut Intents) {
    let palette = cx.look.palette;
    ui.push_id(("entry", row.number.0), |ui| {
        ui.horizontal_wrapped(|ui| {
            widgets::row_words(ui, &cx.look, &row.at, Face::Strong, palette.ink)
                .on_hover_text(&row.original);
            if let Some(kind) = &row.kind {
                widgets::pill(ui, &cx.look, kind, palette.accent, palette.accent_fill);
            }
            if let Some(unsaved) = row.unsaved {
                let text = cx.icon(icons::HOURGLASS, unsaved);
                widgets::row_words(ui, &cx.look, &text, Face::Quiet, palette.bad);
            }
            cx.quiet_word(ui, &format!("#{}", row.number));
            if let Some(node) = &row.node {
                cx.chart_link(ui, node, out);
            }
            if row.correctable {
                let name = cx.with("log-correct-name", &[("number", &row.number.to_string())]);
                if widgets::icon_button(ui, &cx.look, icons::PENCIL, &name).clicked() {
                    out.push(Intent::Correct(row.number));
                }
            }
            if row.undoable {
                let name = cx.with("log-undo-name", &[("number", &row.number.to_string())]);
                if widgets::icon_button(ui, &cx.look, icons::UNDO_2, &name).clicked() {
                    out.push(Intent::Act(Act::Undo(Some(row.number))));
                }
            }
            if let Some(by) = &row.by {
                cx.quiet_word(ui, by);
            }
        });
        let ink = if row.struck {
            palette.quiet_ink
        } else {
            palette.ink
        };
        words_ui(ui, cx, row, ink);
        if let Some(undone) = &row.undone {
            cx.quiet(ui, &format!("{} {undone}", icons::UNDO_2));
        }
        if let Some(corrected) = &row.corrected {
            cx.body(ui, &format!("{} {corrected}", icons::PENCIL));
        } else if row.struck && row.undone.is_none() {
            cx.quiet(ui, &cx.t("log-struck"));
        }
        if let Some(recorded) = &row.recorded {
            cx.quiet(ui, &cx.with("chronology-recorded", &[("at", recorded)]));
        }
        for flag in &row.flags {
            let text = format!("{} {flag}", icons::TRIANGLE_ALERT);
            ui.add(Paragraph::new(&cx.look, &text, Face::Quiet, palette.warn));
        }
        widgets::divider(ui, &cx.look);
    });
}

/// Draws an entry's words; of long ones the beginning, until more is asked for.
fn words_ui(ui: &mut Ui, cx: &Cx<'_>, row: &LogRow, ink: Ink) {
    let paragraph = |text| Paragraph::new(&cx.look, text, Face::Body, ink).struck(row.struck);
    let font = cx.look.font(Face::Body);
    let lines = widgets::break_lines(ui, &row.text, &font, ui.available_width());
    let count = lines.split('\n').count();
    if count <= FOLDS_FROM {
        ui.add(paragraph(&row.text));
        return;
    }
    let id = egui::Id::unique(("unfolded", row.number.0));
    let open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let (icon, text) = if open {
        ui.add(paragraph(&row.text));
        (icons::CHEVRON_DOWN, cx.t("log-fold"))
    } else {
        let first: Vec<&str> = lines.split('\n').take(FOLDED_TO).collect();
        ui.add(paragraph(&format!("{}…", first.join("\n"))));
        let more = (count - FOLDED_TO).to_string();
        (
            icons::CHEVRON_RIGHT,
            cx.with("log-unfold", &[("count", &more)]),
        )
    };
    let link = widgets::link_button(ui, &cx.look, &format!("{icon} {text}"));
    let name = format!("{text} #{}", row.number);
    if link.accessible_name(name).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
}

fn roles_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
    ui.add_space(8.0);
    widgets::section(ui, &cx.look, &cx.icon(icons::USERS, "roles-title"));
    let incident = desk.incident();
    for role in desk.flow().roles() {
        let title = cx.pair(&role.title);
        let holder = incident
            .roles()
            .get(&role.id)
            .and_then(|h| h.holder.clone());
        let line = match &holder {
            Some(name) => cx.with("step-role-held", &[("role", title), ("name", name)]),
            None => cx.with("role-nobody", &[("role", title)]),
        };
        cx.body(ui, &line);
        if holder.is_none()
            && let Some(name) = incident.recorder()
        {
            let text = cx.with("role-take", &[("name", name)]);
            let button =
                widgets::small_button(ui, &cx.look, &format!("{} {text}", icons::USER_PLUS));
            button.clone().accessible_name(format!("{title}: {text}"));
            if desk.is_running() && button.clicked() {
                out.push(Intent::Act(Act::Assign(role.id.clone(), name.to_owned())));
            }
        }
    }
    if widgets::link_button(ui, &cx.look, &cx.icon(icons::ARROW_RIGHT, "roles-all")).clicked() {
        out.push(Intent::Show(Screen::People));
    }
}
