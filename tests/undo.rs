//! Undo and redo: what they give back, what is refused, how it is told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shodo::chart::{Chart, Progress};
use shodo::flow::{Language, State};
use shodo::incident::{Act, EntryNumber, Event, Ground, Incident, Note, Refusal};
use shodo::telling::{self, Reader};
use shodo::words::Words;

use crate::properties;
use crate::support::Walker;

/// A command on a node, or one that changes only the record.
fn act(walker: &Walker, kind: u8, at: usize, choice: usize) -> Act {
    let entries = walker.incident.entries().len();
    let of = EntryNumber((at % entries + 1) as u64);
    let name = ["A", "B", "C"][choice % 3].to_owned();
    let role = walker.flow.roles()[at % 3].id.clone();
    let ground = Ground::because("x");
    let text = choice.is_multiple_of(2).then(|| format!("text {at}"));
    match kind {
        16 => Act::Note(Note {
            text: "note".to_owned(),
            node: choice.is_multiple_of(2).then(|| "1-3".into()),
            open: choice.is_multiple_of(3),
            ..Note::default()
        }),
        17 | 18 => {
            let fields: Vec<_> = (walker.flow.nodes())
                .flat_map(|(_, node)| node.fields().iter().map(move |f| (node.id(), f)))
                .collect();
            let (node, field) = fields[at % fields.len()];
            Act::Fill(node.clone(), field.id.clone(), choice.to_string())
        }
        19 | 20 => {
            let table = &walker.flow.tables()[0];
            let column = &table.columns[at % table.columns.len()];
            let value = match &column.kind {
                shodo::flow::FieldKind::Choice(all) => all[choice % all.len()].id.clone(),
                _ => choice.to_string(),
            };
            Act::Cell(table.id.clone(), name, column.id.clone(), value)
        }
        21 => Act::Assign(role, name),
        22 => Act::Deputy(role, name),
        23 => Act::HandOver(role, name, text),
        24 => Act::Release(role, name),
        25 => Act::Title(name),
        26 => Act::Recorder(name),
        27 => Act::Know(walker.flow.duties()[0].id.clone(), text, None),
        28 => Act::Correct(of, text, ground),
        29 => Act::Settle(of, text),
        30 => Act::Reason(of, None, ground),
        31 if choice < 2 => Act::Close(ground, BTreeMap::new()),
        32 => Act::ReopenIncident(ground),
        33 => Act::Undo(Some(of)),
        34 => Act::Undo(None),
        35 => Act::Redo,
        _ => properties::act(walker, kind % 16, at, choice),
    }
}

fn lines(most: usize) -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    let kind = prop_oneof![3 => 0..16_u8, 2 => 16..36_u8];
    proptest::collection::vec((kind, 0..64_usize, 0..8_usize), 1..most)
}

fn note(text: &str) -> Act {
    Act::Note(Note {
        text: text.to_owned(),
        ..Note::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_the_last_entry_gives_what_was_before_it_and_redoing_what_was_after(lines in lines(60)) {
        let mut walker = Walker::through("saw");
        for (kind, at, choice) in lines {
            let before = walker.incident.clone();
            let Ok(entry) = walker.act(act(&walker, kind, at, choice)) else { continue };
            let is_undoing = matches!(entry.event, Event::Undone { .. } | Event::Redone { .. });
            if is_undoing || matches!(entry.event, Event::IncidentClosed { .. }) {
                continue;
            }
            let after = walker.incident.clone();
            let undo = walker.act(Act::Undo(None)).unwrap();
            prop_assert_eq!(&undo.event, &Event::Undone { of: entry.number });
            prop_assert!(walker.incident.stands_like(&before), "undone: {:?}", entry);
            prop_assert_eq!(walker.incident.undone_by(entry.number), Some(undo.number));
            if choice % 4 > 0 {
                walker.act(Act::Redo).unwrap();
                prop_assert!(walker.incident.stands_like(&after), "redone: {:?}", entry);
                prop_assert_eq!(walker.incident.undone_by(entry.number), None);
            }
        }
    }

    #[test]
    fn a_record_with_undos_read_at_once_gives_what_they_gave_one_by_one(lines in lines(160)) {
        let mut walker = Walker::through("saw");
        for (kind, at, choice) in lines {
            let kind = if at % 5 == 0 { 33 + kind % 3 } else { kind };
            walker.act(act(&walker, kind, at, choice)).ok();
        }
        let entries = walker.incident.entries();
        prop_assert_eq!(&Incident::replay(walker.flow, entries), &walker.incident);
        let part = entries.len() / 2;
        let mut grown = Incident::replay(walker.flow, &entries[..part]);
        for entry in &entries[part..] {
            grown.apply(walker.flow, entry.clone());
        }
        prop_assert_eq!(&grown, &walker.incident);
    }
}

/// The commands that were taken, but for those that undo, close and reopen.
fn walked(lines: &[(u8, usize, usize)]) -> (Walker, Vec<Act>) {
    let mut walker = Walker::through("saw");
    let mut done = Vec::new();
    for &(kind, at, choice) in lines {
        let act = act(&walker, kind, at, choice);
        let is_plain = !matches!(
            act,
            Act::Undo(_) | Act::Redo | Act::Close(..) | Act::ReopenIncident(_)
        );
        if is_plain && walker.act(act.clone()).is_ok() {
            done.push(act);
        }
    }
    (walker, done)
}

#[test]
fn an_earlier_entry_is_undone_only_where_what_came_later_would_have_come_all_the_same() {
    let undone = std::cell::Cell::new(0);
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig {
            cases: 800,
            failure_persistence: None,
            ..ProptestConfig::default()
        },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let found = runner.run(&(lines(30), 0..30_usize), |(lines, which)| {
        let (mut walker, done) = walked(&lines);
        if done.is_empty() {
            return Ok(());
        }
        let which = which % done.len();
        // The opening is entry 1.
        let of = EntryNumber(which as u64 + 2);
        // What a row made true is noted with the entry after it, and the note below is none.
        let cell_before = which > 0 && matches!(done[which - 1], Act::Cell(..));
        let is_last = which + 1 == done.len();
        if cell_before || is_last || walker.act(Act::Undo(Some(of))).is_err() {
            return Ok(());
        }
        undone.set(undone.get() + 1);
        let mut other = Walker::through("saw");
        for (at, act) in done.iter().enumerate() {
            let act = if at == which {
                note("in its place")
            } else {
                act.clone()
            };
            let entry = other.act(act.clone());
            prop_assert!(
                entry.is_ok(),
                "without {:?}: {:?}: {:?}",
                done[which],
                act,
                entry
            );
        }
        let alike = other.incident.stands_like(&walker.incident);
        prop_assert!(alike, "without {:?}: {:#?}", done[which], done);
        Ok(())
    });
    if let Err(fault) = found {
        panic!("{fault}");
    }
    assert!(undone.get() > 60, "only {} were undone", undone.get());
}

#[test]
fn undoing_a_completion_gives_back_the_attempt_with_its_ticks_and_fields() {
    let mut walker = Walker::through("saw");
    walker.must("done 1-3");
    walker.must("tick 1-4 1");
    let before = walker.incident.clone();
    walker.must("done 1-4");
    walker.must("undo");
    assert!(walker.incident.stands_like(&before));
    assert_eq!(walker.incident.attempts(&"1-4".into()).len(), 1);
    assert_eq!(
        walker.incident.state(walker.flow, &"D1".into()),
        State::Closed
    );
    walker.must("redo");
    assert_eq!(
        walker.incident.state(walker.flow, &"D1".into()),
        State::Open
    );
}

#[test]
fn an_undone_skip_asks_for_no_reason_and_neither_does_the_undo() {
    let mut walker = Walker::through("saw");
    walker.must("skip 1-4");
    assert_eq!(walker.incident.unsettled_count(), 1);
    walker.must("undo");
    assert_eq!(walker.incident.unsettled_count(), 0);
    assert!(walker.incident.open_items().is_empty());
}

#[test]
fn undoing_twice_takes_back_two_entries_and_redoing_twice_gives_both_back() {
    let mut walker = Walker::through("saw");
    walker.must("note a");
    walker.must("title T");
    let after = walker.incident.clone();
    walker.must("undo");
    walker.must("undo");
    assert_eq!(walker.incident.title(), None);
    let undone = [2, 3].map(|of| walker.incident.undone_by(EntryNumber(of)).map(|u| u.0));
    assert_eq!(undone, [Some(5), Some(4)]);
    assert_eq!(
        walker.must("redo").event,
        Event::Redone { of: EntryNumber(2) }
    );
    assert_eq!(
        walker.must("redo").event,
        Event::Redone { of: EntryNumber(3) }
    );
    assert!(walker.incident.stands_like(&after));
    assert_eq!(walker.say("redo").unwrap_err(), Refusal::NothingToRedo);
}

/// What is refused, with what the refusal advises; an empty advice where there is none.
#[test]
fn what_is_not_undone_says_why_and_what_to_do_instead() {
    let cases: &[(&[&str], &str, &str)] = &[
        (&[], "undo", "close"),
        (&["close"], "undo", "reopen incident"),
        (&["close"], "undo 2", "reopen incident"),
        (&["note a", "close"], "undo 2", "reopen incident"),
        (&["note a", "undo"], "undo 3", "redo"),
        (&["note a", "undo"], "undo 2", "redo"),
        (&["note a", "undo"], "correct 2 b", "redo"),
        (&["skip 1-4", "undo"], "reason 2 x", "redo"),
        (&["tick 2-6 1", "tick 2-6 2"], "undo 2", "undo 3"),
        (
            &["tick 2-6 1", "tick 2-6 2", "tick 2-6 3"],
            "undo 2",
            "undo 4",
        ),
        (
            &["done 1-4", "done 1-3", "note b --about 1-4"],
            "undo 2",
            "reopen 1-4",
        ),
        (&["title a", "title b"], "undo 2", "undo 3"),
        (
            &["assign manager A", "handover manager B"],
            "undo 2",
            "undo 3",
        ),
        (&["note a --open", "settle 2"], "undo 2", "undo 3"),
    ];
    for (way, line, advice) in cases {
        let mut walker = Walker::through("saw");
        for line in *way {
            walker.must(line);
        }
        let refusal = walker.say(line).expect_err(line);
        for language in [Language::Ja, Language::En] {
            let says = telling::refusal(
                &Words::new(language),
                Some(walker.flow),
                &refusal,
                Reader::CommandLine,
            );
            assert!(says.ends_with(advice), "{way:?} {line}: {says}");
        }
        walker.must(advice);
    }
}

#[test]
fn a_join_that_another_step_would_have_opened_keeps_the_first_from_being_undone() {
    let mut walker = Walker::through("saw");
    for line in [
        "done 1-3",
        "done 1-4",
        "choose D1 yes",
        "choose D2 yes",
        "start 2-8",
    ] {
        walker.must(line);
    }
    let first = walker.must("done 2-6").number;
    let later = walker.must("done 2-8").number;
    let Err(Refusal::UndoTooLate {
        entry,
        later: named,
        reopen,
        ..
    }) = walker.say(&format!("undo {first}"))
    else {
        panic!("it was undone");
    };
    assert_eq!((entry, named), (first, later));
    assert_eq!(reopen, Some("2-6".into()));
}

#[test]
fn an_entry_that_nothing_later_is_about_is_undone_by_its_number() {
    let mut walker = Walker::through("saw");
    walker.must("done 1-3");
    walker.must("note wrong");
    walker.must("tick 1-4 1");
    let mut other = Walker::through("saw");
    other.must("done 1-3");
    other.must("note right");
    other.must("tick 1-4 1");
    walker.must("undo 3");
    assert!(walker.incident.stands_like(&other.incident));
    walker.must("redo");
    walker.must("undo 4");
    assert!(
        walker
            .incident
            .attempt(&"1-4".into())
            .unwrap()
            .ticks
            .is_empty()
    );
}

#[test]
fn what_a_stranger_wrote_that_cannot_be_undone_is_only_a_line_of_the_record() {
    let mut walker = Walker::through("saw");
    walker.must("note a");
    let undo = walker.must("undo");
    let before = walker.incident.clone();
    for (number, of) in [(4, 0), (5, 1), (6, 3), (7, 7), (8, 99), (9, 2)] {
        let mut entry = undo.clone();
        entry.number = EntryNumber(number);
        entry.event = Event::Undone {
            of: EntryNumber(of),
        };
        walker.incident.apply(walker.flow, entry);
    }
    assert!(walker.incident.stands_like(&before));
    let read = Incident::replay(walker.flow, walker.incident.entries());
    assert_eq!(read, walker.incident);
    assert_eq!(read.undone_by(EntryNumber(2)), Some(EntryNumber(3)));
}

#[test]
fn the_chart_shows_an_undone_entry_as_if_it_had_never_been_and_as_of_an_earlier_entry_as_it_was() {
    let flow = crate::support::shipped();
    let chart = Chart::new(flow);
    let progress =
        |incident: &Incident| Progress::new(&chart, flow, incident, crate::support::at(0));
    let mut walker = Walker::through("saw");
    walker.must("done 1-3");
    let before = progress(&walker.incident);
    walker.must("done 1-4");
    walker.must("choose D1 yes");
    let after = progress(&walker.incident);
    assert_ne!(before, after);
    walker.must("undo");
    walker.must("undo");
    assert_eq!(progress(&walker.incident), before);
    let entries = walker.incident.entries();
    assert_eq!(progress(&Incident::replay(flow, &entries[..4])), after);
}
