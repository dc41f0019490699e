//! Duties end by a report, and the record says what became of each step.

use shodo::flow::NodeId;
use shodo::incident::{ClockFlag, How, Refusal};
use shodo::telling::{self, Reader};
use shodo::words::Words;

use crate::support::{Walker, run, run_in, show, start, strings, text};

/// How each deadline of the incident stands, in the order of the flow.
fn deadlines(walker: &Walker) -> Vec<&'static str> {
    let deadlines = walker.incident.deadlines(walker.flow);
    deadlines.iter().map(|d| d.state.id()).collect()
}

fn how(walker: &Walker, node: &str) -> Option<&'static str> {
    let id = NodeId::from(node);
    walker.incident.how(walker.flow, &id).map(How::id)
}

/// What a closing would ask a reason of its own for.
fn alone(walker: &Walker) -> Vec<String> {
    let left = walker.incident.left_open(walker.flow);
    let alone = left.into_iter().filter(|left| left.alone);
    alone.map(|left| left.what).collect()
}

fn walk(lines: &[&str]) -> Walker {
    let mut walker = Walker::through("saw");
    for line in lines {
        walker.must(line);
    }
    walker
}

/// Runs lines of `incident do` through the program; gives its answers and the JSON after them.
fn answers(lines: &str) -> (String, serde_json::Value) {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    let output = run(data.path(), &["incident", "do", &folder], lines.as_bytes());
    (text(&output.stdout), show(data.path(), &folder, &[]))
}

#[test]
fn completing_a_step_never_ends_its_duty() {
    let walker = walk(&["start 4-3", "knew ppc --ground improper", "done 4-3"]);
    assert_eq!(deadlines(&walker), ["running", "running"]);
    assert_eq!(how(&walker, "4-3"), Some("partly"));
    assert_eq!(alone(&walker), ["ppc/prompt", "ppc/final"]);
    let (said, json) = answers("start 4-3\nknew ppc --ground improper\ndone 4-3\n");
    assert!(
        said.contains("still to be reported: ppc/prompt ppc/final"),
        "{said}"
    );
    for deadline in json["deadlines"].as_array().unwrap() {
        assert_eq!(deadline["state"], "running");
        assert!(deadline["met"].is_null());
    }
    assert_eq!(json["nodes"]["4-3"]["state"], "done");
}

#[test]
fn completing_again_does_not_meet_the_next_deadline() {
    let mut walker = walk(&[
        "start 4-3",
        "knew ppc",
        "tick 4-3 1",
        "tick 4-3 2",
        "done 4-3",
        "report ppc/prompt --to PPC --by 佐藤 --ref 2026-123",
    ]);
    assert_eq!(deadlines(&walker), ["met", "running"]);
    walker.must("reopen 4-3 --why 押し間違い");
    walker.must("done 4-3");
    assert_eq!(deadlines(&walker), ["met", "running"]);
}

#[test]
fn a_report_says_when_to_whom_by_whom_and_under_which_number() {
    let (said, json) = answers(
        "knew ppc\nreport ppc/prompt --to PPC --by Sato --ref 2026-123 --at 2026-01-02T03:04\nreport mhlw --to MHLW\nreport ppc\n",
    );
    assert!(said.contains("ppc/prompt, ppc/final"), "{said}");
    assert_eq!(json["deadlines"][0]["state"], "met");
    assert!(
        json["deadlines"][0]["met"]
            .as_str()
            .unwrap()
            .starts_with("2026-01-02T03:04")
    );
    assert_eq!(json["deadlines"][1]["state"], "running");
    let duties = json["duties"].as_array().unwrap();
    let part = |name: &str| duties.iter().find(|part| part["name"] == name).unwrap();
    let prompt = part("ppc/prompt");
    assert_eq!(
        (&prompt["to"], &prompt["by"], &prompt["ref"]),
        (&"PPC".into(), &"Sato".into(), &"2026-123".into())
    );
    assert_eq!(part("mhlw")["state"], "met");
    assert_eq!(part("mhlw")["step"], "2-13");
    let kinds: Vec<String> = json["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds[2..], ["report", "report"]);
    let told = json["entries"][2]["text"].as_str().unwrap();
    for part in ["PPC", "Sato", "2026-123"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn not_reporting_needs_its_reason_and_its_decider() {
    let mut walker = walk(&["knew ppc"]);
    let entry = walker.must("not-report ppc/prompt --why \"no personal data\"");
    assert_eq!(deadlines(&walker), ["running", "running"]);
    assert!(walker.incident.lacks_reason(entry.number));
    walker.must(&format!(
        "reason {} \"no personal data\" --by 院長",
        entry.number
    ));
    assert_eq!(deadlines(&walker), ["not-reported", "running"]);
    assert!(!walker.incident.lacks_reason(entry.number));
    // A report that is made after all counts.
    walker.must("report ppc/prompt --to PPC");
    assert_eq!(deadlines(&walker), ["met", "running"]);
    assert!(matches!(
        walker.say("not-report ppc/prompt --why x --by y"),
        Err(Refusal::Reported(..))
    ));
    walker.must("not-report ppc/final --why a --by b");
    assert_eq!(deadlines(&walker), ["met", "not-reported"]);
}

#[test]
fn a_struck_report_lets_the_deadline_run_again() {
    let mut walker = walk(&["knew ppc"]);
    let report = walker.must("report ppc/prompt --to PPC").number;
    let not = walker.must("not-report ppc/final --why a --by b").number;
    walker.must(&format!("strike {report}"));
    walker.must(&format!("strike {not}"));
    assert_eq!(deadlines(&walker), ["running", "running"]);
    walker.must(&format!("correct {report} \"2026-11-21 12:00\""));
    walker.must(&format!("correct {not} \"another reason\""));
    assert_eq!(deadlines(&walker), ["met", "not-reported"]);
    assert!(
        walker
            .say(&format!("correct {report} \"somebody\""))
            .is_err()
    );
}

#[test]
fn reports_can_be_recorded_after_closing() {
    let mut walker = walk(&["knew ppc", "close --why a --by b"]);
    walker.must("report ppc/final --to PPC");
    assert_eq!(deadlines(&walker), ["running", "met"]);
}

#[test]
fn what_was_skipped_earlier_is_answered_for_when_closing() {
    let skipped = [
        "choose D2 yes --why x",
        "skip 2-13",
        "start 4-3",
        "skip 4-3",
        "start X-3",
        "skip X-3",
    ];
    let mut walker = walk(&skipped);
    assert_eq!(alone(&walker), ["2-13", "4-3", "X-3"]);
    let closing = walker.must("close --why w --by B").number;
    assert!(walker.incident.lacks_reason(closing));
    assert_eq!(walker.incident.unexplained(closing), ["2-13", "4-3", "X-3"]);
    for name in ["2-13", "4-3", "X-3"] {
        walker.must(&format!("reason {closing} \"no data\" --by B --for {name}"));
    }
    assert!(!walker.incident.lacks_reason(closing));

    let mut walker = walk(&skipped[..1]);
    walker.must("skip 2-13 --why \"the prefecture reported\" --by 院長");
    assert_eq!(alone(&walker), [""; 0]);
    walker.must("knew ppc");
    walker.must("start 4-3");
    walker.must("skip 4-3 --why x --by y");
    // A deadline that runs asks for its own answer, whatever became of its step.
    assert_eq!(alone(&walker), ["ppc/prompt", "ppc/final"]);
}

#[test]
fn a_step_of_a_duty_that_was_completed_without_a_report_is_answered_for() {
    let mut walker = walk(&["choose D2 yes --why x", "done 2-13"]);
    assert_eq!(alone(&walker), ["2-13"]);
    walker.must("report mhlw --to MHLW --by 院長");
    assert_eq!(alone(&walker), [""; 0]);
}

#[test]
fn what_became_of_a_step_is_told_apart() {
    let mut walker = walk(&["choose D0 no --why x"]);
    assert_eq!(how(&walker, "1-4"), None);
    walker.must("done 1-4");
    assert_eq!(how(&walker, "1-4"), Some("partly"));
    let items = walker.flow.step(&"1-4".into()).unwrap().items().count();
    for item in 1..=items {
        walker.must(&format!("tick 1-4 {item}"));
    }
    assert_eq!(how(&walker, "1-4"), Some("done"));
    assert_eq!(how(&walker, "D0"), Some("done"));
    walker.must("skip 1-1 --why x");
    assert_eq!(how(&walker, "1-1"), Some("skipped"));
    walker.must("impossible 1-3 \"called the vendor instead\"");
    assert_eq!(how(&walker, "1-3"), Some("impossible"));
    walker.must("start 2-6 --why x");
    walker.must("not-applicable 2-6 --why x");
    assert_eq!(how(&walker, "2-6"), Some("not-applicable"));
}

#[test]
fn a_decision_is_answered_not_impossible() {
    let mut walker = walk(&[]);
    assert!(matches!(
        walker.say("impossible D0 x"),
        Err(Refusal::NotAStep(_))
    ));
    assert!(matches!(
        walker.say("not-applicable D0"),
        Err(Refusal::NotAStep(_))
    ));
}

#[test]
fn impossible_and_not_applicable_satisfy_a_join_and_fire_as_a_completion_does() {
    let mut walker = walk(&["choose D1 yes --why x"]);
    walker.must("impossible 2-2 \"the vendor was asked\"");
    walker.must("not-applicable 2-3 --why \"no such system\"");
    walker.must("done 2-4");
    let entry = walker.must("choose D2 no --why x");
    assert!(matches!(
        entry.event,
        shodo::incident::Event::OptionChosen { locked: false, .. }
    ));
    let mut walker = walk(&["choose D2 yes --why x"]);
    let before = walker.stand();
    walker.must("impossible 2-7 1 \"a written notice\"");
    // Nothing is fired before the step is settled; then as an unticked item.
    assert_eq!(walker.stand(), before);
    walker.must("done 2-7");
    let mut unticked = walk(&["choose D2 yes --why x", "done 2-7"]);
    assert_eq!(walker.stand(), unticked.stand());
    unticked.must("reopen 2-7 --why x");
    unticked.must("impossible 2-7 \"no telephone\"");
    assert_eq!(how(&unticked, "2-7"), Some("impossible"));
}

#[test]
fn an_item_that_does_not_apply_is_not_left_undone_and_an_impossible_one_is() {
    let mut walker = walk(&["choose D2 yes --why x"]);
    let items = walker.flow.step(&"2-7".into()).unwrap().items().count();
    assert!(items > 1);
    walker.must("not-applicable 2-7 1");
    for item in 2..=items {
        walker.must(&format!("tick 2-7 {item}"));
    }
    let done = walker.must("done 2-7");
    let shodo::incident::Event::StepCompleted { unticked, .. } = done.event else {
        panic!("{done:?}");
    };
    assert_eq!(unticked, [0; 0]);
    assert_eq!(how(&walker, "2-7"), Some("done"));
    walker.must("impossible 2-7 1 \"instead\"");
    assert_eq!(how(&walker, "2-7"), Some("partly"));
    assert!(matches!(
        walker.say("impossible 2-7 1"),
        Err(Refusal::AlreadySaid(..))
    ));
    assert!(matches!(
        walker.say("impossible 2-7 2"),
        Err(Refusal::AlreadyTicked(..))
    ));
    // A tick goes before it, and untick takes either back.
    walker.must("untick 2-7 1 --why x");
    assert!(matches!(
        walker.say("untick 2-7 1"),
        Err(Refusal::NotTicked(..))
    ));
    walker.must("impossible 2-7 1 x");
    walker.must("tick 2-7 1");
    assert_eq!(how(&walker, "2-7"), Some("done"));
}

#[test]
fn what_is_impossible_without_an_instead_is_an_open_item() {
    let mut walker = walk(&["choose D0 no --why x"]);
    let entry = walker.must("impossible 1-3").number;
    assert!(walker.incident.lacks_reason(entry));
    walker.must(&format!("reason {entry} \"nobody answered\""));
    assert!(!walker.incident.lacks_reason(entry));
    let entry = walker
        .must("impossible 1-4 \"looked at the screens\"")
        .number;
    assert!(!walker.incident.lacks_reason(entry));
    walker.must(&format!("strike {entry} --why x"));
    assert!(walker.incident.lacks_reason(entry));
}

#[test]
fn json_says_how_a_node_was_settled_and_whether_it_was_begun() {
    let (_, json) = answers(
        "done 1-4\nimpossible 1-1 \"by radio\"\nnot-applicable 1-3 --why x\nskip D1 --why x\nnote seen --about 2-1\nnote struck --about 2-6\nstrike 7 --why x\n",
    );
    let node = |id: &str, key: &str| json["nodes"][id][key].clone();
    for (id, how, state) in [
        ("1-4", "partly", "done"),
        ("1-1", "impossible", "skipped"),
        ("1-3", "not-applicable", "skipped"),
        ("D1", "skipped", "skipped"),
    ] {
        assert_eq!(
            (node(id, "how"), node(id, "state")),
            (how.into(), state.into()),
            "{id}"
        );
    }
    assert!(node("2-1", "how").is_null());
    for (id, begun) in [("2-1", true), ("2-6", false), ("1-4", false), ("D2", false)] {
        assert_eq!(node(id, "begun"), serde_json::Value::from(begun), "{id}");
    }
}

#[test]
fn a_struck_knew_comes_back_when_the_striking_is_corrected() {
    let mut walker = walk(&["knew ppc --who 佐藤", "strike 2 --why x"]);
    assert!(walker.incident.known().is_empty());
    walker.must("correct 2 \"2026-11-21 13:00\" --why y");
    assert_eq!(walker.incident.known().len(), 1);
    assert_eq!(walker.incident.known()[0].who.as_deref(), Some("佐藤"));
    assert_eq!(deadlines(&walker), ["running", "running"]);
}

#[test]
fn a_moment_of_knowing_that_is_corrected_to_after_its_record_is_marked() {
    let mut walker = walk(&["knew ppc"]);
    let later = walker.must("correct 2 \"2028-01-02 13:00\" --why y").number;
    assert_eq!(
        walker.incident.clock_flags(later),
        [ClockFlag::HappenedLater]
    );
    let earlier = walker.must("correct 2 \"2026-11-20 13:00\" --why y").number;
    assert!(walker.incident.clock_flags(earlier).is_empty());
}

#[test]
fn a_struck_reason_opens_its_item_again() {
    let mut walker = walk(&["skip 1-4"]);
    assert!(
        walker
            .incident
            .lacks_reason(shodo::incident::EntryNumber(2))
    );
    let of = walker.incident.entries()[1].number;
    let reason = walker.must("reason 2 \"nobody there\"").number;
    assert!(!walker.incident.lacks_reason(of));
    walker.must(&format!("strike {reason} --why x"));
    assert!(walker.incident.lacks_reason(of));
    assert_eq!(walker.incident.reason(of), None);
    walker.must(&format!(
        "correct {reason} \"nobody there after all\" --why x"
    ));
    assert!(!walker.incident.lacks_reason(of));
    // A reason that was given at once, likewise.
    let entry = walker.must("skip 1-3 --why typo").number;
    walker.must(&format!("strike {entry} --why x"));
    assert!(walker.incident.lacks_reason(entry));
}

#[test]
fn an_empty_correction_is_refused_and_names_strike() {
    let mut walker = walk(&["note a"]);
    for line in ["correct 2 \"\"", "correct 2 \" \""] {
        let refusal = walker.say(line).unwrap_err();
        assert_eq!(
            refusal,
            Refusal::EmptyCorrection(shodo::incident::EntryNumber(2))
        );
        for language in [shodo::flow::Language::Ja, shodo::flow::Language::En] {
            let words = Words::new(language);
            let said = telling::refusal(&words, Some(walker.flow), &refusal, Reader::CommandLine);
            assert!(said.contains("strike 2"), "{said}");
        }
    }
}

#[test]
fn a_changed_answer_says_what_it_parked_and_why_and_a_locked_one_why_it_is_locked() {
    let lines = "choose D0 yes --why x\nchoose D1 no --why x\nchange D1 yes --why x\nskip 2-2 --why x\nskip 2-3 --why x\nskip 2-4 --why x\nchoose D2 no --why x\nstart 3-1 --why x\nchange D2 yes --why x\n";
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    let output = run_in(
        "ja",
        data.path(),
        &["incident", "do", &folder],
        lines.as_bytes(),
    );
    let said = text(&output.stdout);
    let line = |at: usize| said.lines().nth(at).unwrap();
    let flow = crate::support::shipped();
    let lock = flow
        .decision(&"D1".into())
        .unwrap()
        .options
        .iter()
        .find_map(|option| option.lock.as_ref())
        .unwrap();
    assert!(line(1).contains(&lock.why.ja), "{said}");
    assert!(line(8).contains("不要："), "{said}");
    let changes = &flow.decision(&"D2".into()).unwrap().changes;
    let parks: Vec<&str> = changes
        .iter()
        .flat_map(|change| &change.parks)
        .map(NodeId::as_str)
        .collect();
    assert!(!parks.is_empty());
    let mut walker = Walker::through("saw");
    for line in lines.lines().take(7) {
        walker.must(line);
    }
    let more = format!(
        "change D2 no --why x\nstart {} --why x\nchange D2 yes --why x\n",
        parks[0]
    );
    let output = run_in(
        "ja",
        data.path(),
        &["incident", "do", &folder],
        more.as_bytes(),
    );
    let said = text(&output.stdout);
    let last = said.lines().last().unwrap();
    assert!(last.contains(&format!("保留：{}", parks[0])), "{said}");
    assert!(last.contains(&changes[0].warning.ja), "{said}");
}

#[test]
fn the_text_of_show_has_deadlines_open_items_and_what_became_of_each_step() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    let lines = "knew ppc\nskip 1-4\nimpossible 1-1 x\nnot-report mhlw --why x\n";
    run(data.path(), &["incident", "do", &folder], lines.as_bytes());
    let output = run(data.path(), &["incident", "show", &folder], b"");
    let said = text(&output.stdout);
    for part in [
        "duty ppc/prompt:",
        "not reported yet, better by",
        "duty mhlw:",
        "lacks its reason or its decider",
        "skipped: 1-4",
        "impossible: 1-1",
        "#3 reason missing: Skipped 1-4",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(strings(&show(data.path(), &folder, &[])["offers"]).is_empty());
}
