//! What to record at a step: fields by type, rows of tables. Painters over drafts.
//!
//! What is typed is a draft until it is in the record, and says so; the app records it when its
//! field is left.

use chrono::FixedOffset;
use egui::Ui;

use super::card::Card;
use crate::flow::{Field, FieldKind, NodeId, Table};
use crate::incident::{Act, EntryNumber, Filled, Incident, Row, Ternary, Value};
use crate::telling;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::Drafts;
use crate::ui::icons;
use crate::ui::times;
use crate::ui::widgets::{self, Lines};

/// Gives a value as one would type it, a moment in the record's zone.
pub(crate) fn typed(value: &Value, zone: FixedOffset) -> String {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Choice(text) => text.clone(),
        Value::YesNo(Ternary::Yes) => "yes".to_owned(),
        Value::YesNo(Ternary::No) => "no".to_owned(),
        Value::YesNo(Ternary::Unknown) => "unknown".to_owned(),
        Value::Moment(moment) => telling::minute_in(*moment, zone),
    }
}

/// Where a field's value goes.
#[derive(Debug, Clone)]
enum Place {
    Node(NodeId),
    Cell { table: String, row: String },
}

impl Place {
    fn key(&self, field: &Field) -> String {
        match self {
            Self::Node(node) => format!("field/{node}/{}", field.id),
            Self::Cell { table, row } => format!("cell/{table}/{row}/{}", field.id),
        }
    }

    fn act(&self, field: &Field, text: String) -> Act {
        match self {
            Self::Node(node) => Act::Fill(node.clone(), field.id.clone(), text),
            Self::Cell { table, row } => {
                Act::Cell(table.clone(), row.clone(), field.id.clone(), text)
            }
        }
    }
}

/// Draws all fields of the step in hand.
pub(super) fn fields_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    card: &Card,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    if card.fields.is_empty() {
        return;
    }
    ui.add_space(8.0);
    widgets::section(ui, &cx.look, &cx.t("step-fields"));
    let node = &card.row.id;
    let incident = desk.incident();
    for field in &card.fields {
        if let FieldKind::Table(table, columns) = &field.kind {
            if let Some(table) = desk.flow().table(table) {
                table_ui(ui, cx, desk, (table, columns), drafts, out);
            }
            continue;
        }
        let filled = incident.attempt(node).and_then(|a| a.fields.get(&field.id));
        field_ui(
            ui,
            cx,
            desk,
            field,
            &Place::Node(node.clone()),
            filled,
            drafts,
            out,
        );
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one field's whole surroundings, used twice"
)]
fn field_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    field: &Field,
    place: &Place,
    filled: Option<&Filled>,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let key = place.key(field);
    let title = cx.pair(&field.title);
    let mut name = title.to_owned();
    if let FieldKind::Number(unit) = &field.kind {
        name = cx.with(
            "field-with-unit",
            &[("field", title), ("unit", cx.pair(unit))],
        );
    }
    let state = filled.and_then(|filled| {
        filled.value.as_ref()?;
        let entry = desk.incident().entry(filled.stamp.entry)?;
        let at = times::moment(filled.stamp.at, cx.now);
        Some(format!("{at} {}", entry.by.clone().unwrap_or_default()))
    });
    ui.horizontal_wrapped(|ui| {
        widgets::field_name(ui, &cx.look, &name);
        if field.ours {
            cx.quiet_word(ui, &cx.t("origin-ours-short"))
                .on_hover_text(cx.t("origin-ours-field"));
        }
        if drafts.is_sending(&key) {
            cx.quiet_word(ui, &cx.icon(icons::HOURGLASS, "log-saving"));
        } else if drafts.is_held(&key) {
            unread_ui(ui, cx, desk, field, drafts.get(&key));
        } else if let Some(state) = state {
            cx.quiet_word(ui, &state);
        }
    });
    let recorded = filled.and_then(|filled| filled.value.as_ref());
    let enabled = desk.is_running();
    ui.add_enabled_ui(enabled, |ui| match &field.kind {
        FieldKind::YesNo => {
            let options =
                ["yes", "no", "unknown"].map(|id| (id.to_owned(), cx.t(&format!("value-{id}"))));
            choices_ui(ui, cx, (&name, &options), recorded, |id| {
                out.push(Intent::Act(place.act(field, id)));
            });
        }
        FieldKind::Choice(choices) => {
            let options: Vec<(String, String)> = choices
                .iter()
                .map(|choice| (choice.id.clone(), cx.pair(&choice.title).to_owned()))
                .collect();
            choices_ui(ui, cx, (&name, &options), recorded, |id| {
                out.push(Intent::Act(place.act(field, id)));
            });
        }
        FieldKind::Text | FieldKind::LongText | FieldKind::Number(_) | FieldKind::DateTime => {
            text_ui(ui, cx, (field, place, &name), filled, drafts, out);
        }
        FieldKind::Table(..) => {}
    });
}

/// Says that what was typed is not in the record yet, and why.
fn unread_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, field: &Field, text: &str) {
    let key = if desk.can_read(field, text, cx.now) {
        "unsent-mark"
    } else {
        "field-unread"
    };
    let (ink, fill) = (cx.look.palette.warn, cx.look.palette.warn_fill);
    let text = cx.icon(icons::TRIANGLE_ALERT, key);
    widgets::pill(ui, &cx.look, &text, ink, fill);
}

fn choices_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (name, options): (&str, &[(String, String)]),
    recorded: Option<&Value>,
    mut choose: impl FnMut(String),
) {
    let current = recorded.map(|value| typed(value, *cx.now.offset()));
    ui.horizontal_wrapped(|ui| {
        for (id, title) in options {
            let chosen = current.as_ref() == Some(id);
            let response = widgets::choice_button(ui, &cx.look, chosen, title);
            let full = format!("{name}: {title}");
            response.clone().accessible_name(full);
            if response.clicked() && !chosen {
                choose(id.clone());
            }
        }
    });
}

fn text_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (field, place, name): (&Field, &Place, &str),
    filled: Option<&Filled>,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let key = place.key(field);
    let recorded = filled
        .and_then(|filled| filled.value.as_ref())
        .map(|value| typed(value, *cx.now.offset()))
        .unwrap_or_default();
    let mut text = if drafts.has(&key) {
        drafts.get(&key).to_owned()
    } else {
        recorded.clone()
    };
    let (hint, lines) = match field.kind {
        FieldKind::LongText => (String::new(), Lines::Several(2)),
        FieldKind::DateTime => (cx.t("field-moment-hint"), Lines::One),
        FieldKind::Number(_) => (cx.t("field-number-hint"), Lines::One),
        _ => (String::new(), Lines::One),
    };
    let mut now_pressed = false;
    let id = widgets::field_id(&key);
    let response = if matches!(field.kind, FieldKind::DateTime) {
        ui.horizontal(|ui| {
            let now = cx.t("field-now");
            let button = widgets::plain_button(ui, &cx.look, &now, true);
            now_pressed = button.accessible_name(format!("{name}: {now}")).clicked();
            widgets::edit(ui, &cx.look, id, &mut text, (name, &hint), lines)
        })
        .inner
    } else {
        widgets::edit(ui, &cx.look, id, &mut text, (name, &hint), lines)
    };
    if matches!(field.kind, FieldKind::DateTime) && text != recorded {
        cx.read_as(ui, &text, true);
    }
    if now_pressed {
        out.push(Intent::Act(place.act(field, telling::rfc3339(cx.now))));
    }
    // It is recorded when it is left: the app sees that, wherever the person goes.
    if response.changed() {
        if text == recorded {
            drafts.forget(&key);
        } else {
            drafts.put(&key, text);
        }
    }
}

fn table_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (table, columns): (&Table, &[String]),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    widgets::field_name(ui, &cx.look, cx.pair(&table.title));
    let columns: Vec<&Field> = table
        .columns
        .iter()
        .filter(|column| columns.is_empty() || columns.contains(&column.id))
        .collect();
    for row in row_names(desk.incident(), table, drafts) {
        row_ui(ui, cx, desk, (table, &columns, &row), drafts, out);
    }
    let key = format!("newrow/{}", table.id);
    let name = cx.with("table-new-row", &[("key", cx.pair(&table.key))]);
    ui.horizontal(|ui| {
        let id = widgets::field_id(&key);
        let enter = widgets::takes_enter(ui, id);
        let add = widgets::plain_button(ui, &cx.look, &cx.icon(icons::PLUS, "table-add"), true);
        add.clone().accessible_name(&name);
        let pressed = add.clicked();
        widgets::draft_edit(ui, &cx.look, drafts, &key, (&name, &name), Lines::One);
        if (enter || pressed)
            && let Some(row) = drafts.filled(&key)
        {
            // The row is in the record once its first cell is; until then it is a draft.
            drafts.set(&format!("row/{}/{row}", table.id), row);
            drafts.forget(&key);
        }
    });
}

/// Gives the names of a table's rows: those in the record, then those only typed so far.
fn row_names(incident: &Incident, table: &Table, drafts: &Drafts) -> Vec<String> {
    // In the order in which they were begun.
    let mut begun: Vec<(Option<EntryNumber>, String)> = incident
        .rows(&table.id)
        .map(|(name, row)| {
            let cells = row.attempts.iter().flat_map(|attempt| attempt.values());
            (cells.map(|cell| cell.stamp.entry).min(), name.clone())
        })
        .collect();
    begun.sort();
    let mut names: Vec<String> = begun.into_iter().map(|(_, name)| name).collect();
    let prefix = format!("row/{}/", table.id);
    for name in drafts
        .texts()
        .keys()
        .filter_map(|key| key.strip_prefix(&prefix))
    {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (table, columns, name): (&Table, &[&Field], &str),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let row = desk
        .incident()
        .rows(&table.id)
        .find(|(known, _)| *known == name)
        .map(|(_, row)| row);
    let settled = table.settled.is_some() && row.is_some_and(|row| row.is_settled(table));
    let attempts = row.map_or(1, |row| row.attempts.len().max(1));
    cx.look.card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        let mut title = name.to_owned();
        if attempts > 1 {
            title = cx.with(
                "table-row-attempt",
                &[("row", name), ("count", &attempts.to_string())],
            );
        }
        let (icon, title) = if settled {
            (
                icons::CIRCLE_CHECK,
                format!("{title} {}", cx.t("table-row-settled")),
            )
        } else {
            (icons::CIRCLE, title)
        };
        let known = format!("table-open/{}/{name}", table.id);
        widgets::fold(
            ui,
            &cx.look,
            known,
            &format!("{icon} {title}"),
            !settled,
            |ui| {
                let place = Place::Cell {
                    table: table.id.clone(),
                    row: name.to_owned(),
                };
                let mut cell = |ui: &mut Ui, column: &Field| {
                    let filled = row
                        .and_then(|row| row.current())
                        .and_then(|cells| cells.get(&column.id));
                    ui.push_id((name, &column.id), |ui| {
                        field_ui(ui, cx, desk, column, &place, filled, drafts, out);
                    });
                };
                // Two cells stand beside each other where there is room.
                let wide = cx.look.units(ui) > 480.0;
                for pair in columns.chunks(if wide { 2 } else { 1 }) {
                    if let [left, right] = pair {
                        ui.columns_const(|[first, second]| {
                            cell(first, left);
                            cell(second, right);
                        });
                    } else {
                        for column in pair {
                            cell(ui, column);
                        }
                    }
                }
                if let Some(row) = row {
                    earlier_ui(ui, cx, desk, table, row);
                }
            },
        );
    });
}

/// Draws what was recorded in the attempts before this one; it stays as it is.
fn earlier_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, table: &Table, row: &Row) {
    let earlier = row.attempts.split_last().map_or(&[][..], |(_, rest)| rest);
    for (number, cells) in (1..).zip(earlier) {
        let telling = cx.telling(desk);
        let said: Vec<String> = table
            .columns
            .iter()
            .filter_map(|column| {
                let value = cells.get(&column.id)?.value.as_ref()?;
                let title = cx.pair(&column.title);
                let value = telling.value(Some(column), value);
                Some(cx.with("table-cell-said", &[("field", title), ("value", &value)]))
            })
            .collect();
        let count = i32::to_string(&number);
        let said = said.join(&cx.t("list-comma"));
        let args = [("count", count.as_str()), ("said", said.as_str())];
        cx.quiet(
            ui,
            &format!("{} {}", icons::HISTORY, cx.with("table-earlier", &args)),
        );
    }
}
