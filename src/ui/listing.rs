//! Which entries are listed, and in which order: a filter over the record, kept up as it grows.
//!
//! An entry is looked at once, when it comes. A new filter goes through the record in parts,
//! one a pass, so that the window does not wait for a long one.
//!
//! **Invariant:** a whole listing is what filtering and sorting the whole record would give.

use chrono::NaiveDate;

use crate::flow::Language;
use crate::incident::{Entry, EntryNumber, Event, Incident, Moment};

/// What is to be listed. Two listings of the same are alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// An entry has each of these, folded for search.
    pub words: Vec<String>,
    /// In the order of happening, not of recording.
    pub by_time: bool,
    /// The language in which words are looked for, and the day that times are told for.
    pub told: Option<(Language, NaiveDate)>,
}

/// The entries that are listed.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    wanted: Wanted,
    rows: Vec<EntryNumber>,
    /// How many entries were looked at.
    seen: usize,
    /// How many there were when it was begun: what comes later may correct what was seen.
    began_with: usize,
}

/// What has become of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// They are as they were.
    None,
    /// Rows were added at the end.
    Added,
    /// Rows were added or removed elsewhere.
    Moved,
}

/// Gives when an entry happened.
fn happened(incident: &Incident, number: EntryNumber) -> Option<Moment> {
    let entry = incident.entry(number)?;
    Some(entry.happened())
}

impl Listing {
    /// Begins a listing, as yet empty.
    pub(super) fn new(wanted: Wanted, incident: &Incident) -> Self {
        Self {
            wanted,
            began_with: incident.entries().len(),
            ..Self::default()
        }
    }

    /// Gives what is listed.
    pub(super) fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Gives the entries, in their order.
    pub(super) fn rows(&self) -> &[EntryNumber] {
        &self.rows
    }

    /// Gives how many entries were looked at.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// Tells whether each entry was looked at.
    pub(super) fn is_whole(&self, incident: &Incident) -> bool {
        self.seen >= incident.entries().len()
    }

    /// Gives the row of an entry.
    pub(super) fn row_of(&self, number: EntryNumber) -> Option<usize> {
        if self.wanted.by_time {
            self.rows.iter().position(|row| *row == number)
        } else {
            self.rows.binary_search(&number).ok()
        }
    }

    /// Looks at entries that were not looked at yet; with words to look for, at no more than `most`.
    pub(super) fn go_on(
        &mut self,
        incident: &Incident,
        most: usize,
        has_words: impl Fn(&Entry, &[String]) -> bool,
    ) -> Change {
        let Some(coming) = incident.entries().get(self.seen..) else {
            return Change::None;
        };
        let any = self.wanted.words.is_empty();
        let most = if any { usize::MAX } else { most };
        let is_listed = |entry: &Entry| any || has_words(entry, &self.wanted.words);
        let before = self.rows.len();
        let mut corrected = Vec::new();
        let mut seen = self.seen;
        for entry in coming.iter().take(most) {
            if let Event::Corrected { of, .. } | Event::Undone { of } | Event::Redone { of } =
                &entry.event
                && seen >= self.began_with
                && !any
            {
                corrected.push(*of);
            }
            if is_listed(entry) {
                self.rows.push(entry.number);
            }
            seen += 1;
        }
        let mut moved = false;
        for of in corrected {
            // Those that come below were looked at as corrected already.
            let listed = incident.entry(of).is_some_and(is_listed);
            match self.rows.iter().position(|row| *row == of) {
                Some(row) if !listed => {
                    self.rows.remove(row);
                    moved = true;
                }
                None if listed => {
                    self.rows.push(of);
                    moved = true;
                }
                _ => {}
            }
        }
        self.seen = seen;
        if self.wanted.by_time {
            let when = |number: &EntryNumber| (happened(incident, *number), *number);
            if !self.rows.is_sorted_by_key(when) {
                self.rows.sort_by_key(when);
                moved = true;
            }
        } else if moved {
            self.rows.sort_unstable();
        }
        if moved {
            Change::Moved
        } else if self.rows.len() > before {
            Change::Added
        } else {
            Change::None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;
    use crate::flow::{Flow, SHIPPED};
    use crate::incident::{Act, Command, Ground, Note, Opening, decide};

    fn at(minutes: i64) -> Moment {
        let begin = Moment::parse_from_rfc3339("2026-11-21T14:00:00+09:00").unwrap();
        begin + chrono::TimeDelta::minutes(minutes)
    }

    fn record_one(flow: &Flow, incident: &mut Incident, command: Command) {
        let now = at(incident.entries().len().try_into().unwrap());
        let entry = decide(flow, incident, command, now).unwrap();
        incident.apply(flow, entry);
    }

    fn begun() -> (Flow, Incident) {
        let flow = Flow::read(SHIPPED[0].text).unwrap();
        let mut incident = Incident::new(&flow);
        let opening = Opening {
            door: "saw".to_owned(),
            program: "test".to_owned(),
            ..Opening::default()
        };
        record_one(&flow, &mut incident, Act::Open(opening).into());
        (flow, incident)
    }

    fn note(minutes: Option<i64>) -> Command {
        let note = Note {
            text: "a note".to_owned(),
            ..Note::default()
        };
        Command {
            happened_at: minutes.map(at),
            ..Act::Note(note).into()
        }
    }

    fn wanted(words: &[&str], by_time: bool) -> Wanted {
        Wanted {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            by_time,
            told: None,
        }
    }

    #[test]
    fn a_long_record_is_searched_in_parts_and_each_entry_once() {
        let (flow, mut incident) = begun();
        for _ in 1..100 {
            record_one(&flow, &mut incident, note(None));
        }
        let looked = Cell::new(0);
        let has_words = |_: &Entry, _: &[String]| {
            looked.set(looked.get() + 1);
            true
        };
        let mut listing = Listing::new(wanted(&["note"], false), &incident);
        let mut passes = 0;
        while !listing.is_whole(&incident) {
            let before = looked.get();
            listing.go_on(&incident, 30, has_words);
            assert!(looked.get() - before <= 30);
            passes += 1;
        }
        assert_eq!((passes, looked.get(), listing.rows().len()), (4, 100, 100));
        assert_eq!(listing.go_on(&incident, 30, has_words), Change::None);
        record_one(&flow, &mut incident, note(None));
        assert_eq!(listing.go_on(&incident, 30, has_words), Change::Added);
        assert_eq!(looked.get(), 101);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Entries that come one by one, late ones and corrections among them, against a listing of all.
        #[test]
        fn a_listing_that_grew_is_one_of_the_whole_record(
            steps in prop::collection::vec((0_i64..60, 0_u64..20, 1_usize..4), 1..40),
            by_time: bool,
            with_words: bool,
        ) {
            let (flow, mut incident) = begun();
            let words: &[&str] = if with_words { &["note"] } else { &[] };
            let mut grown = Listing::new(wanted(words, by_time), &incident);
            for (minutes, of, parts) in steps {
                let of = EntryNumber(of);
                let is_note = incident
                    .entry(of)
                    .is_some_and(|entry| matches!(entry.event, Event::NoteAdded(_)));
                let command = if is_note && incident.corrections(of).len() < 2 {
                    Act::Correct(of, None, Ground::because("wrong")).into()
                } else {
                    note((minutes % 2 == 0).then_some(minutes))
                };
                record_one(&flow, &mut incident, command);
                // Corrected once it has the words no longer, or only then.
                let has_words = |entry: &Entry, _: &[String]| {
                    entry.number.0.is_multiple_of(3) != incident.corrections(entry.number).is_empty()
                };
                grown.go_on(&incident, parts, has_words);
                let mut all = Listing::new(wanted(words, by_time), &incident);
                all.go_on(&incident, usize::MAX, has_words);
                if grown.is_whole(&incident) {
                    prop_assert_eq!(grown.rows(), all.rows());
                }
                for (row, number) in grown.rows().iter().enumerate() {
                    prop_assert_eq!(grown.row_of(*number), Some(row));
                }
            }
        }
    }
}
