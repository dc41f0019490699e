//! The record as a table: a head and a row for each entry, cells parted by tabs.
//!
//! The window copies it and `incident show --format tsv` writes it, byte for byte the same.
//!
//! **Invariant:** every row has every column and is one line, whatever an entry says.

use super::{Telling, entry_kind, second_in, zone};
use crate::incident::{Entry, Event, Incident, OwnWords};
use crate::words;

/// The columns, by the end of the key of their names.
const COLUMNS: [&str; 11] = [
    "number",
    "happened",
    "recorded",
    "by",
    "role",
    "kind",
    "node",
    "text",
    "struck",
    "corrected",
    "flags",
];

/// Gives the head: the names of the columns, and the zone of the moments.
pub fn table_head(telling: Telling<'_>) -> String {
    let zone = zone(telling.zone);
    let name = |column: &str| {
        let key = format!("table-{column}");
        telling.words.with(&key, &[("zone", zone.as_str())])
    };
    line(COLUMNS.map(name))
}

/// Gives the row of an entry, a line with its end.
pub fn table_row(telling: Telling<'_>, incident: &Incident, entry: &Entry) -> String {
    let words = telling.words;
    let corrected = telling.corrected(incident, entry.number);
    let undone = incident.undone_by(entry.number).map(|undo| {
        let args = [("undo", undo.to_string())];
        words.with("table-is-undone", &args)
    });
    let struck = corrected.as_ref().map(|text| {
        let key = match (entry.event.own_words(), text) {
            (OwnWords::Beside, None) => "table-words-struck",
            (OwnWords::Beside, Some(_)) => "table-words-corrected",
            (_, None) => "table-is-struck",
            (_, Some(_)) => "table-is-corrected",
        };
        words.get(key)
    });
    let kind = match &entry.event {
        Event::NoteAdded(note) => words.get(&format!("note-{}", note.kind.id())),
        event => words.get(&format!("kind-{}", entry_kind(event))),
    };
    let mut flags: Vec<String> = incident
        .clock_flags(entry.number)
        .iter()
        .map(|flag| words.get(&format!("clock-{}", flag.id())))
        .collect();
    if incident.lacks_reason(entry.number) {
        flags.push(words.get("table-lacks-reason"));
    }
    let role = entry.role.as_deref().map(|role| telling.role(role));
    line([
        entry.number.to_string(),
        second_in(entry.happened(), telling.zone),
        second_in(entry.recorded_at, telling.zone),
        entry.by.clone().unwrap_or_default(),
        role.unwrap_or_default(),
        kind,
        entry
            .event
            .node()
            .map(ToString::to_string)
            .unwrap_or_default(),
        telling.entry(entry),
        undone.or(struck).unwrap_or_default(),
        corrected.flatten().unwrap_or_default(),
        flags.join(&words.get("list-comma")),
    ])
}

fn line(cells: [String; COLUMNS.len()]) -> String {
    let mut line = cells.map(|cell| one_line(&cell)).join("\t");
    line.push('\n');
    line
}

/// Gives a cell that is one line: tabs, line breaks and other signs that act on the text around
/// them are escaped, and so is the backslash that marks them.
fn one_line(cell: &str) -> String {
    let mut shown = String::with_capacity(cell.len());
    for sign in cell.chars() {
        match sign {
            '\\' => shown.push_str("\\\\"),
            '\t' => shown.push_str("\\t"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            _ if words::is_control(sign) => shown.extend(sign.escape_unicode()),
            _ => shown.push(sign),
        }
    }
    shown
}
