//! The walks that the meaning of the shipped flow is held to, line by line.

use std::collections::BTreeSet;

use shodo::flow::{Node, Term};
use shodo::incident::{EntryNumber, Event};

use crate::support::{Walker, at, run, shipped, show, stand, start, strings, text, walks};

#[test]
fn each_walk_opens_exactly_what_it_says_after_every_line() {
    let walks = walks();
    assert_eq!(
        walks.len(),
        15,
        "thirteen walks, the three doors in three files"
    );
    for walk in walks {
        let mut walker: Option<Walker> = None;
        for (line, expected) in &walk.lines {
            if let Some(door) = line.strip_prefix("door ") {
                walker = Some(Walker::through(door));
            } else {
                walker.as_mut().unwrap().must(line);
            }
            let stands = walker.as_ref().unwrap().stand();
            assert_eq!(&stands, expected, "{}: after {line}", walk.name);
        }
    }
}

#[test]
fn each_walk_stands_on_the_disk_as_it_stands_in_the_engine_and_strangers_can_verify_it() {
    for walk in walks() {
        let data = tempfile::tempdir().unwrap();
        let door = walk.lines[0].0.strip_prefix("door ").unwrap();
        let folder = start(data.path(), door);
        let lines: Vec<&str> = walk.lines[1..]
            .iter()
            .map(|(line, _)| line.as_str())
            .collect();
        let output = run(
            data.path(),
            &["incident", "do", &folder],
            lines.join("\n").as_bytes(),
        );
        assert!(
            output.status.success(),
            "{}: {}",
            walk.name,
            text(&output.stdout)
        );
        for (at, answer) in text(&output.stdout).lines().enumerate() {
            assert!(
                answer.starts_with(&format!("{} {}", at + 2, lines[at])),
                "{answer}"
            );
        }
        let json = show(data.path(), &folder, &[]);
        let stands = stand(
            &strings(&json["open"]),
            &strings(&json["parked"]),
            &strings(&json["ends"]),
        );
        assert_eq!(stands, walk.lines.last().unwrap().1, "{}", walk.name);
        let verified = std::process::Command::new("python3")
            .args(["docs/verify_journal.py", &folder])
            .output()
            .expect("python3 runs the stranger's verifier");
        assert!(
            verified.status.success(),
            "{}: {}",
            walk.name,
            text(&verified.stdout)
        );
        let said = format!(
            "{} {}",
            json["head"]["count"],
            json["head"]["hash"].as_str().unwrap()
        );
        assert!(text(&verified.stdout).contains(&said), "{said}");
    }
}

/// Gives the shortest lines that make a term happen, from what is open now.
fn make(walker: &mut Walker, term: &Term) {
    let id = term.node().clone();
    let settled = |walker: &Walker| {
        let ix = walker.flow.index(&id).unwrap();
        walker.incident.marking().mark(ix).is_settled()
    };
    match term {
        Term::Opened(node) => {
            let ix = walker.flow.index(node).unwrap();
            if walker.incident.marking().mark(ix).state == shodo::flow::State::Closed {
                walker.must(&format!("start {node} --why test"));
            }
        }
        Term::Done(node) => {
            if !settled(walker) {
                walker.must(&format!("done {node} --why test"));
            }
        }
        Term::Skipped(node) => {
            walker.must(&format!("skip {node} --why test"));
        }
        Term::Chosen(node, options) => {
            walker.must(&format!("choose {node} {} --why test", options[0]));
        }
        Term::Ticked(node, item) => {
            let step = walker.flow.step(node).unwrap();
            let at = step
                .items()
                .position(|piece| piece.id.as_ref() == Some(item))
                .unwrap();
            walker.must(&format!("tick {node} {} test", at + 1));
        }
    }
}

#[test]
fn each_arc_of_the_shipped_flow_is_walked() {
    let flow = shipped();
    let mut walked = BTreeSet::new();
    for (number, arc) in flow.arcs().iter().enumerate() {
        let alternatives: Vec<Vec<&Term>> = match &arc.on {
            shodo::flow::On::Any(terms) => terms.iter().map(|term| vec![term]).collect(),
            shodo::flow::On::All(terms) => vec![terms.iter().collect()],
        };
        for terms in alternatives {
            let mut walker = Walker::through("saw");
            if let Some(shodo::flow::Guard::Chosen(node, options)) = &arc.when {
                walker.must(&format!("choose {node} {} --why test", options[0]));
            }
            // A fresh target, so that the arc has something to do.
            for term in &terms {
                make(&mut walker, term);
            }
            let fired = walker
                .incident
                .entries()
                .iter()
                .flat_map(|entry| &entry.effects);
            let fired: BTreeSet<u32> = fired.filter_map(|effect| effect.arc).collect();
            if fired.contains(&u32::try_from(number).unwrap()) {
                walked.insert(number);
            }
        }
    }
    // The doors open the targets of these themselves, so these arcs find nothing to do.
    let by_door: BTreeSet<usize> = flow
        .arcs()
        .iter()
        .enumerate()
        .filter(|(_, arc)| {
            let doors = flow.doors().iter().filter(|door| !door.peacetime);
            arc.opens
                .iter()
                .all(|node| doors.clone().all(|door| door.opens.contains(node)))
        })
        .map(|(number, _)| number)
        .collect();
    let all: BTreeSet<usize> = (0..flow.arcs().len()).collect();
    let missing: Vec<_> = all
        .difference(&walked)
        .filter(|number| !by_door.contains(number))
        .map(|number| &flow.arcs()[*number])
        .collect();
    assert!(missing.is_empty(), "not walked: {missing:#?}");
}

#[test]
fn a_locked_answer_can_be_taken_and_is_flagged() {
    let mut walker = Walker::through("saw");
    walker.must("choose D0 yes --why x");
    let entry = walker.must("choose D1 no --why y");
    assert!(matches!(
        entry.event,
        Event::OptionChosen { locked: true, .. }
    ));
}

#[test]
fn a_missing_reason_is_asked_for_as_an_open_item_and_never_demanded() {
    let mut walker = Walker::through("saw");
    let entry = walker.must("skip 1-4");
    assert_eq!(walker.incident.unsettled_items().count(), 1);
    walker.must(&format!("reason {} \"院長室で確認済み\"", entry.number));
    assert_eq!(walker.incident.unsettled_items().count(), 0);
    // Side steps need none but for a skip, and neither does what happened before.
    walker.must("start 1-2");
    walker.must("done 1-3 --at 12:00");
    assert_eq!(walker.incident.unsettled_items().count(), 0);
}

#[test]
fn what_harms_under_a_changed_answer_is_parked_by_the_flow_and_resumed_by_it() {
    let walk = walks()
        .into_iter()
        .find(|walk| walk.name.contains("d2-no-then-yes"))
        .unwrap();
    let mut walker = Walker::through("saw");
    for (line, _) in &walk.lines[1..] {
        walker.must(line);
    }
    let ticks = walker.incident.attempt(&"3-3".into()).unwrap().ticks.len();
    assert_eq!(ticks, 1, "the work that was parked keeps its ticks");
}

#[test]
fn rows_that_are_not_settled_get_a_new_attempt_with_their_step() {
    let walk = walks()
        .into_iter()
        .find(|walk| walk.name.contains("d5-no-twice"))
        .unwrap();
    let mut walker = Walker::through("saw");
    for (line, _) in &walk.lines[1..] {
        walker.must(line);
    }
    let (name, row) = walker.incident.rows("systems").next().unwrap();
    assert_eq!((name.as_str(), row.attempts.len()), ("電子カルテ", 3));
    assert_eq!(walker.incident.attempts(&"3-3".into()).len(), 3);
}

#[test]
fn answering_normal_is_locked_while_a_row_is_not_settled() {
    let mut walker = Walker::through("saw");
    walker.must("row systems 電子カルテ result not-normal");
    let entry = walker.must("choose D5 yes --why x");
    assert!(matches!(
        entry.event,
        Event::OptionChosen { locked: true, .. }
    ));
}

#[test]
fn the_ppc_deadlines_run_from_knowing_and_end_by_reports_only() {
    let mut walker = Walker::through("saw");
    walker.must("knew ppc --who 佐藤 --ground improper");
    let deadlines = walker.incident.deadlines(walker.flow);
    let days: Vec<i64> = deadlines
        .iter()
        .map(|d| (d.due.last - d.known_at).num_days())
        .collect();
    assert_eq!(days, [5, 60]);
    // With another ground besides, the earlier date is shown.
    walker.must("knew ppc --who 佐藤 --ground sensitive");
    let deadlines = walker.incident.deadlines(walker.flow);
    assert_eq!(
        (deadlines[1].due.last - deadlines[1].known_at).num_days(),
        30
    );
    walker.must("done 4-3");
    assert_eq!(states(&walker), ["running", "running"]);
    walker.must("report ppc/prompt --to PPC --by 佐藤 --ref 123");
    assert_eq!(states(&walker), ["met", "running"]);
}

/// How each deadline of the incident stands, in the order of the flow.
fn states(walker: &Walker) -> Vec<&'static str> {
    let deadlines = walker.incident.deadlines(walker.flow);
    deadlines.iter().map(|d| d.state.id()).collect()
}

#[test]
fn closing_lists_what_is_open_and_asks_for_reasons_of_their_own() {
    let mut walker = Walker::through("saw");
    walker.must("choose D2 yes --why x");
    walker.must("knew ppc");
    let left = walker.incident.left_open(walker.flow);
    let alone: Vec<&str> = left
        .iter()
        .filter(|l| l.alone)
        .map(|l| l.what.as_str())
        .collect();
    assert_eq!(alone, ["2-13", "ppc/prompt", "ppc/final"]);
    let entry = walker.must("close --why a --by b --for 2-13 --why c --by d");
    assert!(walker.incident.closed().is_some());
    // Two have no reason of their own: that stays to be done.
    assert!(
        walker.incident.open_items()[&entry.number]
            .settled
            .is_none()
    );
    assert!(walker.say("done 2-13").is_err());
    walker.must("note \"追記\"");
    walker.must("reopen incident --why z");
    walker.must("done 2-13");
}

#[test]
fn a_correction_strikes_text_and_fields_only() {
    let mut walker = Walker::through("saw");
    let note = walker.must("note \"3階東\"");
    walker.must(&format!("correct {} \"3階西\" --why 聞き違い", note.number));
    assert_eq!(walker.incident.corrections(note.number).len(), 1);
    let done = walker.must("done 1-4");
    assert!(
        walker
            .say(&format!("correct {} \"x\"", done.number))
            .is_err()
    );
    assert_eq!(
        walker.in_state(|state| matches!(state, shodo::flow::State::Done(_))),
        ["1-4"]
    );
    let field = walker.flow.nodes().find_map(|(_, node)| match node {
        Node::Step(step) => step
            .fields
            .iter()
            .find(|field| field.kind == shodo::flow::FieldKind::Text)
            .map(|field| (step.id.clone(), field.id.clone())),
        Node::Decision(_) => None,
    });
    let (node, field) = field.unwrap();
    let filled = walker.must(&format!("field {node} {field} 誤"));
    walker.must(&format!("correct {} 正 --why 誤記", filled.number));
    let value = walker.incident.attempt(&node).unwrap().fields[&field]
        .value
        .clone();
    assert_eq!(value, Some(shodo::incident::Value::Text("正".to_owned())));
}

#[test]
fn clocks_that_jump_are_kept_and_flagged_and_order_stays_by_number() {
    let mut walker = Walker::through("saw");
    walker.must("note a");
    walker.minute -= 500;
    let back = walker.must("note b");
    walker.minute += 60 * 24 * 365;
    let ahead = walker.must("note c");
    let flags = |number| walker.incident.clock_flags(number);
    assert_eq!(flags(back.number), [shodo::incident::ClockFlag::Backwards]);
    assert_eq!(flags(ahead.number), [shodo::incident::ClockFlag::FarAhead]);
    let numbers: Vec<u64> = walker
        .incident
        .entries()
        .iter()
        .map(|e| e.number.0)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

/// Answers changed there and back, early starts and skips: what is open at the end, at least.
const CHANGED: [(&str, &[&str], &[&str]); 9] = [
    (
        "D5 changed after 4-1, then answered again",
        &[
            "choose D2 no",
            "done X-1",
            "done 3-1",
            "choose D4 yes",
            "done 3-3",
            "done 3-4",
            "choose D5 yes",
            "done 4-1",
            "change D5 no",
            "done 3-3",
            "done 3-4",
            "choose D5 yes",
        ],
        &["4-2"],
    ),
    (
        "D1 there and back",
        &["change D1 no", "change D1 yes"],
        &["2-1", "D2"],
    ),
    (
        "D1 to a situation",
        &["change D1 no", "change D1 no-situation"],
        &["2-1", "D2"],
    ),
    (
        "D2 no, yes, no after X-1",
        &["choose D2 no", "done X-1", "change D2 yes", "change D2 no"],
        &["3-1"],
    ),
    (
        "D2 yes, no, yes after 2-6",
        &["choose D2 yes", "done 2-6", "change D2 no", "change D2 yes"],
        &["2-10"],
    ),
    (
        "D2 yes, no, yes after an item of 2-7",
        &[
            "choose D2 yes",
            "tick 2-7 1",
            "change D2 no",
            "change D2 yes",
        ],
        &["2-8"],
    ),
    (
        "D2 left out, then yes while the recovery runs",
        &[
            "skip D2",
            "done X-1",
            "done 3-1",
            "choose D4 yes",
            "tick 3-3 1",
            "change D2 yes",
        ],
        &["2-6", "| parked", "3-3"],
    ),
    (
        "3-3 started early, then D2 yes",
        &["start 3-3", "choose D2 yes"],
        &["2-6", "| parked", "3-3"],
    ),
    (
        "D2 yes, then left out",
        &["choose D2 yes", "done 2-6", "reopen D2", "skip D2"],
        &["2-7", "2-10"],
    ),
];

#[test]
fn an_answer_changed_there_and_back_goes_on_where_it_was() {
    for (name, lines, open) in CHANGED {
        let mut walker = Walker::through("saw");
        let before = [
            "choose D0 no",
            "done 1-1",
            "done 1-3",
            "done 1-4",
            "choose D1 yes",
            "done 2-2",
            "done 2-3",
            "done 2-4",
        ];
        for line in before.iter().chain(lines) {
            walker.must(line);
        }
        let stand = walker.stand();
        let words: Vec<&str> = stand.split(' ').collect();
        for node in open {
            let there = words.contains(node) || stand.contains(node);
            assert!(there, "{name}: {node} is not in “{stand}”");
        }
    }
}

#[test]
fn an_end_says_only_what_has_been_done() {
    let mut walker = Walker::through("saw");
    for line in ["choose D1 no", "choose D0 no", "done 4-7"] {
        walker.must(line);
    }
    assert!(
        walker.stand().ends_with("| end watching"),
        "{}",
        walker.stand()
    );
    walker.must("change D0 yes");
    let offered: Vec<String> = walker
        .incident
        .offers()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(offered, ["D1"]);
    let mut walker = Walker::through("saw");
    walker.must("done 0-1");
    assert!(!walker.stand().contains("prepared"), "{}", walker.stand());
}

#[test]
fn a_mark_of_knowing_can_be_struck_and_given_another_time() {
    let mut walker = Walker::through("saw");
    walker.must("knew ppc --at 1901-01-01T00:00");
    let due = |walker: &Walker| {
        let deadlines = walker.incident.deadlines(walker.flow);
        deadlines.iter().map(|deadline| deadline.due.last).min()
    };
    assert!(due(&walker).is_some_and(|due| due < at(0)));
    walker.must("correct 2 \"2026-11-20 10:00\"");
    assert!(due(&walker).is_some_and(|due| due > at(0)));
    walker.must("strike 2");
    assert_eq!(due(&walker), None);
    assert!(walker.say("correct 2 nonsense").is_err());
}

#[test]
fn after_closing_each_thing_left_open_has_its_own_reason() {
    let mut walker = Walker::through("saw");
    for line in ["choose D0 no --why x", "knew ppc", "close"] {
        walker.must(line);
    }
    let closing = EntryNumber(4);
    assert!(walker.incident.lacks_reason(closing));
    walker.must("reason 4 \"one for the rest\" --by me");
    assert_eq!(
        walker.incident.unexplained(closing),
        ["ppc/prompt", "ppc/final"]
    );
    walker.must("reason 4 x --for ppc/prompt --by me");
    assert!(walker.incident.lacks_reason(closing));
    walker.must("reason 4 x --for ppc/final");
    assert_eq!(walker.incident.unexplained(closing), ["ppc/final"]);
    walker.must("reason 4 x --for ppc/final --by me");
    assert!(!walker.incident.lacks_reason(closing));
    assert!(walker.say("reason 4 x --for 2-2").is_err());
}
