//! The record as lines: when, which kind, what, by whom; corrections and what is not saved yet.
//!
//! Pure: the incident and the present moment go in.

use crate::incident::{Entry, EntryNumber, Event, Moment};
use crate::telling::Telling;
use crate::ui::desk::Desk;
use crate::ui::times;

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogRow {
    /// The entry.
    pub number: EntryNumber,
    /// When it happened, as shown.
    pub at: String,
    /// When it was recorded, where that is another time.
    pub recorded: Option<String>,
    /// The kind, for notes and decisions.
    pub kind: Option<String>,
    /// What was recorded.
    pub text: String,
    /// Who recorded it.
    pub by: Option<String>,
    /// It was corrected: what was recorded no longer counts.
    pub struck: bool,
    /// What stands in its place.
    pub corrected: Option<String>,
    /// What is odd about its times.
    pub flags: Vec<String>,
    /// It is not on the disk yet.
    pub saving: bool,
    /// Its words can be corrected.
    pub correctable: bool,
}

/// Gives the latest entries, the latest first, what is being saved among them.
pub(super) fn latest(telling: Telling<'_>, desk: &Desk, now: Moment, count: usize) -> Vec<LogRow> {
    let saved = desk.incident().entries().iter().rev();
    desk.pending()
        .into_iter()
        .chain(saved)
        .take(count)
        .map(|entry| row(telling, desk, entry, now))
        .collect()
}

/// Gives all entries that contain each word of the filter, in the order of the record.
pub(super) fn filtered(
    telling: Telling<'_>,
    desk: &Desk,
    now: Moment,
    filter: &str,
) -> Vec<LogRow> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let entries = desk.incident().entries().iter();
    entries
        .chain(desk.pending())
        .map(|entry| row(telling, desk, entry, now))
        .filter(|row| {
            let all = format!(
                "{} {} {} {} {}",
                row.text,
                row.at,
                row.kind.as_deref().unwrap_or_default(),
                row.by.as_deref().unwrap_or_default(),
                row.corrected.as_deref().unwrap_or_default(),
            )
            .to_lowercase();
            words.iter().all(|word| all.contains(word))
        })
        .collect()
}

/// Gives the line of one entry.
pub(super) fn row(telling: Telling<'_>, desk: &Desk, entry: &Entry, now: Moment) -> LogRow {
    let incident = desk.incident();
    let words = telling.words;
    let corrected = telling.corrected(incident, entry.number);
    let at = entry.happened_at.unwrap_or(entry.recorded_at);
    let kind = match &entry.event {
        Event::NoteAdded(note) => Some(words.get(&format!("note-{}", note.kind.id()))),
        Event::OptionChosen { .. } => Some(words.get("log-kind-decision")),
        _ => None,
    };
    let is_correction = matches!(entry.event, Event::Corrected { .. });
    LogRow {
        number: entry.number,
        at: times::moment(at, now),
        recorded: entry
            .happened_at
            .map(|_| times::moment(entry.recorded_at, now)),
        kind,
        text: telling.entry(entry),
        by: entry.by.clone(),
        struck: corrected.is_some(),
        corrected: corrected.flatten(),
        flags: incident
            .clock_flags(entry.number)
            .iter()
            .map(|flag| words.get(&format!("clock-{}", flag.id())))
            .collect(),
        saving: incident.entry(entry.number).is_none(),
        correctable: desk.is_running() && !is_correction && has_words(&entry.event),
    }
}

/// Tells whether an event has words of a person, which can be corrected.
fn has_words(event: &Event) -> bool {
    matches!(
        event,
        Event::NoteAdded(_)
            | Event::Titled { .. }
            | Event::SiteNamed { .. }
            | Event::RecorderChanged { .. }
            | Event::FieldFilled { .. }
            | Event::CellFilled { .. }
            | Event::AskedAgain { .. }
            | Event::ReasonGiven { .. }
    )
}
