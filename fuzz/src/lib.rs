//! What the fuzz targets share: flows, words, an incident on a record in memory.
//!
//! A target asserts what `docs/fuzzing.md` promises; a broken promise is a panic, which the
//! fuzzer keeps as an input.

mod generated;

use std::sync::LazyLock;

use shodo::flow::{Flow, Language, SHIPPED, sha256_hex};
use shodo::incident::{
    Act, Command, Entry, EntryNumber, Event, Incident, Mode, Moment, Note, Opening, decide,
};
use shodo::telling::{self, Reader, Telling};
use shodo::words::Words;

/// A small sound flow, from the tests.
pub const SMALL: &str = include_str!("../../tests/flows_bad/small.ron");

/// The built-in incident flow.
pub static BUILT_IN: LazyLock<Flow> =
    LazyLock::new(|| Flow::read(SHIPPED[0].text).expect("the built-in flow is sound"));

/// Both languages.
pub static WORDS: LazyLock<[Words; 2]> =
    LazyLock::new(|| [Language::Ja, Language::En].map(Words::new));

/// Gives the text of a flow from bytes: as they are, or behind a first byte FF, as choices of its parts.
pub fn flow_text(data: &[u8]) -> String {
    match data {
        [0xff, choices @ ..] => generated::generated(choices),
        _ => String::from_utf8_lossy(data).into_owned(),
    }
}

/// Gives a moment from its text.
pub fn moment(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).expect("a moment of the fuzz targets")
}

/// Gives the entry that opens an incident.
pub fn opening(flow: &Flow, door: &str, now: Moment) -> Entry {
    let opening = Opening {
        mode: Mode::Drill,
        door: door.to_owned(),
        program: "fuzz".to_owned(),
        ..Opening::default()
    };
    let command = Command::from(Act::Open(opening));
    decide(flow, &Incident::new(flow), command, now).expect("an incident begins at every door")
}

/// Gives a note as an entry.
pub fn note(number: u64, now: Moment) -> Entry {
    Entry {
        number: EntryNumber(number),
        recorded_at: now,
        happened_at: None,
        by: None,
        role: None,
        event: Event::NoteAdded(Note {
            text: "after all".to_owned(),
            ..Note::default()
        }),
        effects: Vec::new(),
    }
}

/// Gives a record's line: the digits over the digits before and the text, a blank, the text.
pub fn chained(last: &str, text: &[u8]) -> (String, Vec<u8>) {
    let digits = sha256_hex(&[last.as_bytes(), text].concat());
    let line = [digits.as_bytes(), b" ", text, b"\n"].concat();
    (digits, line)
}

/// Says every entry of an incident and all that hangs on it, in both languages.
pub fn tell(flow: &Flow, incident: &Incident) {
    for words in WORDS.iter() {
        let telling = Telling {
            words,
            flow,
            zone: incident.zone(),
        };
        for entry in incident.entries() {
            assert!(!telling.entry(entry).is_empty(), "{entry:?} is not told");
            telling.corrected(incident, entry.number);
            if let Event::IncidentClosed { ground, left_open } = &entry.event {
                telling.ground(ground);
                for left in left_open {
                    telling.left_open(&left.what);
                }
            }
        }
    }
    for deadline in incident.deadlines(flow) {
        telling::rfc3339(deadline.due.last);
    }
}

/// Decides on a command twice; both times the same must come out. A refusal is said in both languages.
pub fn decide_twice(
    flow: &Flow,
    incident: &Incident,
    command: &Command,
    now: Moment,
) -> Option<Entry> {
    let first = decide(flow, incident, command.clone(), now);
    assert_eq!(first, decide(flow, incident, command.clone(), now));
    match first {
        Ok(entry) => Some(entry),
        Err(refusal) => {
            for words in WORDS.iter() {
                for reader in [Reader::CommandLine, Reader::Window] {
                    assert!(!telling::refusal(words, Some(flow), &refusal, reader).is_empty());
                }
            }
            None
        }
    }
}
