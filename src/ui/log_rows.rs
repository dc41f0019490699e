//! The record as lines: when, which kind, what, by whom; corrections and what is not saved yet.
//!
//! Pure: the incident and the present moment go in.

use crate::flow::NodeId;
use crate::incident::{Entry, EntryNumber, Event, Moment, OwnWords};
use crate::telling::{self, Telling};
use crate::text::folded_for_search;
use crate::ui::desk::Desk;
use crate::ui::times;
use crate::words::Words;

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogRow {
    /// The entry.
    pub number: EntryNumber,
    /// When it happened.
    pub happened: Moment,
    /// Its moments as they were recorded, for whoever asks.
    pub original: String,
    /// The same as shown.
    pub at: String,
    /// When it was recorded, where that is another time.
    pub recorded: Option<String>,
    /// The kind, for notes and decisions.
    pub kind: Option<String>,
    /// The step or decision that it is about.
    pub node: Option<NodeId>,
    /// What was recorded.
    pub text: String,
    /// Who recorded it.
    pub by: Option<String>,
    /// It was corrected or undone: what was recorded no longer counts.
    pub struck: bool,
    /// The words that it was undone, and by which entry.
    pub undone: Option<String>,
    /// What stands in its place, or in the place of the words beside a change of state.
    pub corrected: Option<String>,
    /// What is odd about its times.
    pub flags: Vec<String>,
    /// The key of the words that say it is not on the disk, while it is not.
    pub unsaved: Option<&'static str>,
    /// Its words can be corrected.
    pub correctable: bool,
    /// It can be asked for to be undone.
    pub undoable: bool,
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

/// Tells whether an entry's line has each of these words, which are folded for search.
pub(super) fn has_words(
    telling: Telling<'_>,
    desk: &Desk,
    now: Moment,
    entry: &Entry,
    words: &[String],
) -> bool {
    let row = row(telling, desk, entry, now);
    let all = folded_for_search(&format!(
        "{} {} {} {} {} {}",
        row.text,
        row.at,
        row.kind.as_deref().unwrap_or_default(),
        row.by.as_deref().unwrap_or_default(),
        row.corrected.as_deref().unwrap_or_default(),
        row.undone.as_deref().unwrap_or_default(),
    ));
    words.iter().all(|word| all.contains(word))
}

/// Gives the line of one entry.
pub(super) fn row(telling: Telling<'_>, desk: &Desk, entry: &Entry, now: Moment) -> LogRow {
    let incident = desk.incident();
    let words = telling.words;
    let corrected = telling.corrected(incident, entry.number);
    let at = entry.happened();
    let kind = match &entry.event {
        Event::NoteAdded(note) => Some(words.get(&format!("note-{}", note.kind.id()))),
        Event::OptionChosen { .. } => Some(words.get("log-kind-decision")),
        _ => None,
    };
    let own_words = entry.event.own_words();
    let unsaved = incident.entry(entry.number).is_none().then(|| {
        if desk.session().failure().is_some() {
            "log-not-saved"
        } else {
            "log-saving"
        }
    });
    let corrected = match (own_words, corrected) {
        // The change of state stays as it is; only the words beside it were corrected.
        (OwnWords::Beside, Some(Some(text))) => {
            Some(Some(words.with("log-words-corrected", &[("text", text)])))
        }
        (OwnWords::Beside, Some(None)) => Some(Some(words.get("log-words-struck"))),
        (_, corrected) => corrected,
    };
    let undone = incident.undone_by(entry.number);
    let is_whole = desk.can_write() && unsaved.is_none() && undone.is_none();
    LogRow {
        number: entry.number,
        happened: at,
        original: original(words, entry),
        at: times::moment(at, now),
        recorded: entry
            .happened_at
            .map(|_| times::moment(entry.recorded_at, now)),
        kind,
        node: entry.event.node().cloned(),
        text: telling.entry(entry),
        by: by(telling, entry),
        struck: undone.is_some() || own_words == OwnWords::All && corrected.is_some(),
        undone: undone.map(|undo| words.with("log-undone", &[("undo", undo.to_string())])),
        corrected: corrected.flatten(),
        flags: incident
            .clock_flags(entry.number)
            .iter()
            .map(|flag| words.get(&format!("clock-{}", flag.id())))
            .collect(),
        unsaved,
        correctable: is_whole && own_words != OwnWords::None,
        undoable: is_whole && incident.is_of_a_kind_to_undo(entry),
    }
}

/// Gives who recorded an entry, and in which role.
fn by(telling: Telling<'_>, entry: &Entry) -> Option<String> {
    let name = entry.by.as_ref()?;
    Some(match &entry.role {
        Some(role) => telling.words.with(
            "log-by-in-role",
            &[("name", name.clone()), ("role", telling.role(role))],
        ),
        None => name.clone(),
    })
}

/// Gives an entry's moments as they were recorded, with their own offsets.
fn original(words: &Words, entry: &Entry) -> String {
    let args = [
        ("happened", telling::rfc3339(entry.happened())),
        ("recorded", telling::rfc3339(entry.recorded_at)),
    ];
    words.with("log-original", &args)
}
