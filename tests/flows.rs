//! The shipped flow against the ministry's text; unsound flows and what is said of them.

use shodo::flow::{Basis, Flow, Language, ProblemKind, SHIPPED, Step};
use shodo::telling;
use shodo::words::Words;

use crate::support::shipped;

const SOURCE: &str = include_str!("sources/mhlw-flowchart-004.txt");

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Cuts the ministry's text into its sections: number, title, labels of roles and body.
fn sections() -> Vec<(String, String, Vec<String>, String)> {
    let mut found: Vec<(String, String, Vec<String>, String)> = Vec::new();
    let mut inside = false;
    for line in SOURCE.lines() {
        let bare = line.trim().trim_start_matches('#').trim();
        let mut words = bare.splitn(2, ' ');
        let number = words.next().unwrap_or_default();
        let is_step = number.split_once('-').is_some_and(|(a, b)| {
            line.trim_start().starts_with('#') && a.parse::<u8>().is_ok() && b.parse::<u8>().is_ok()
        });
        if is_step {
            let title = words.next().unwrap_or_default().trim().to_owned();
            found.push((number.to_owned(), title, Vec::new(), String::new()));
            inside = true;
        } else if line.starts_with('#') && number.parse::<u8>().is_ok() {
            inside = false;
        } else if inside && bare.starts_with('【') && bare.ends_with('】') {
            found.last_mut().unwrap().2.push(bare.to_owned());
        } else if inside {
            // Markdown's mark of a list is not the ministry's.
            let body = line.trim().strip_prefix("- ").unwrap_or(line);
            found.last_mut().unwrap().3.push_str(&plain(body));
        }
    }
    found
}

fn own(step: &Step) -> impl Iterator<Item = &shodo::flow::Piece> {
    step.pieces()
        .filter(|piece| !piece.ours && piece.from.is_none())
}

#[test]
fn each_steps_texts_joined_are_the_ministrys_section_letter_for_letter() {
    let sections = sections();
    assert_eq!(sections.len(), 37);
    for (number, title, labels, body) in sections {
        let step = shipped().step(&number.as_str().into()).unwrap();
        assert_eq!(plain(&step.title.ja), plain(&title), "title of {number}");
        let joined: String = own(step).map(|piece| plain(&piece.ja)).collect();
        assert_eq!(joined, body, "text of {number}");
        let ours: Vec<String> = step.texts.iter().filter_map(|p| p.label.clone()).collect();
        assert_eq!(
            ours.iter().map(|l| plain(l)).collect::<Vec<_>>(),
            labels.iter().map(|l| plain(l)).collect::<Vec<_>>(),
            "labels of {number}"
        );
    }
}

#[test]
fn the_intros_of_the_phases_are_the_ministrys() {
    let source = plain(SOURCE);
    for phase in shipped().phases() {
        let joined: String = phase.intro.iter().map(|piece| plain(&piece.ja)).collect();
        assert!(
            !joined.is_empty() && source.contains(&joined),
            "phase {}",
            phase.id
        );
    }
}

#[test]
fn every_quote_that_an_arc_rests_on_stands_in_the_ministrys_text() {
    let source = plain(SOURCE);
    let mut quotes = 0;
    for arc in shipped().arcs() {
        if let Basis::Text(list) | Basis::Order(list) = &arc.basis {
            for quote in list {
                quotes += 1;
                assert!(source.contains(&plain(quote)), "{quote}");
            }
        }
    }
    assert!(quotes > 30, "{quotes}");
}

#[test]
fn the_shipped_flow_has_37_steps_8_decisions_and_5_of_ours() {
    let flow = shipped();
    let ours = flow
        .steps()
        .iter()
        .filter(|step| step.ours.is_some())
        .count();
    assert_eq!(
        (flow.steps().len() - ours, ours, flow.decisions().len()),
        (37, 5, 8)
    );
    assert_eq!(
        flow.doors().iter().filter(|door| !door.peacetime).count(),
        3
    );
}

#[test]
fn every_shipped_flow_is_sound_and_carries_its_name() {
    for shipped in SHIPPED {
        let flow = Flow::read(shipped.text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(flow.id(), shipped.id);
    }
}

/// A small sound flow; the tests break it in one place each.
const SMALL: &str = include_str!("flows_bad/small.ron");

/// Says what is wrong, as the program does, one problem a line.
fn said(text: &str) -> Vec<String> {
    let words = Words::new(Language::En);
    match Flow::read(text) {
        Ok(_) => vec!["sound".to_owned()],
        Err(problems) => problems
            .iter()
            .map(|problem| {
                let (message, _) = telling::problem(&words, problem);
                let way = telling::witness(&problem.witness).join("; ");
                let way = if way.is_empty() {
                    way
                } else {
                    format!(" [{way}]")
                };
                format!("{}:{} {message}{way}", problem.line, problem.column)
            })
            .collect(),
    }
}

#[test]
fn the_small_flow_is_sound() {
    assert_eq!(said(SMALL), ["sound"]);
}

#[test]
fn what_leaving_out_counts_as_and_until_when_work_is_held_back_are_names_that_exist() {
    let text = SMALL.replacen(
        "(id: \"D1\", phase: 1,",
        "(id: \"D1\", left_out_as: \"mayby\", changes: [(to: [\"yes\"], parks: [\"S-4\"], until: \"S-9\", warning: (ja: \"危険\", en: \"harm\"), basis: Derived((ja: \"当方\", en: \"ours\")))], phase: 1,",
        1,
    );
    let said = said(&text);
    assert!(said.iter().any(|line| line.contains("mayby")), "{said:#?}");
    assert!(said.iter().any(|line| line.contains("S-9")), "{said:#?}");
    let right = text
        .replacen("mayby", "maybe", 1)
        .replacen("until: \"S-9\"", "until: \"S-2\"", 1);
    let found = Flow::read(&right).map(|flow| flow.states());
    assert!(found.is_ok(), "{found:?}");
}

#[test]
fn a_dead_end_is_shown_with_the_shortest_way_there() {
    let text = SMALL.replacen(
        "Any([Done(\"S-3\")])",
        "Any([Chosen(\"D1\", [\"yes\"])])",
        1,
    );
    let said = said(&text);
    assert!(
        said.iter()
            .any(|line| line.ends_with("[new --door saw; choose D1 maybe]")),
        "{said:#?}"
    );
}

#[test]
fn the_way_to_a_dead_end_is_told_in_plain_words_in_both_languages() {
    let text = SMALL
        .replacen("\"S-2\", \"D1\", \"S-4\"]", "\"S-2\", \"S-4\"]", 1)
        .replacen(
            "arcs: [",
            "arcs: [(on: Any([Done(\"S-1\")]), opens: [\"D1\"], basis: Text([\"一を行う\"])),",
            1,
        )
        .replacen(
            "Any([Done(\"S-3\")])",
            "Any([Chosen(\"D1\", [\"yes\"])])",
            1,
        );
    let problems = Flow::read(&text).unwrap_err();
    let dead_end = problems
        .iter()
        .find(|problem| matches!(problem.kind, ProblemKind::DeadEnd { .. }))
        .unwrap_or_else(|| panic!("{problems:#?}"));
    let way = |language| telling::way(&Words::new(language), &dead_end.witness);
    assert_eq!(
        way(Language::Ja),
        "「見た」で始める → S-1「一」を完了する → D1「よいか」に「たぶん」と答える"
    );
    assert_eq!(
        way(Language::En),
        "begin with “I saw it” → complete S-1 “One” → answer D1 “Well?” with “Maybe”"
    );
    assert_eq!(
        telling::witness(&dead_end.witness),
        ["new --door saw", "done S-1", "choose D1 maybe"]
    );
}

#[test]
fn a_flow_of_too_many_states_is_refused_by_name_and_number() {
    // Twenty-two nodes in parallel that a join needs all: four million states.
    let ids: Vec<String> = (1..=22).map(|n| format!("P-{n}")).collect();
    let steps: String = ids
        .iter()
        .map(|id| format!("(id: \"{id}\", phase: 1, title: (ja: \"並行\", en: \"Parallel\"), acts: [\"manager\"]),\n"))
        .collect();
    let terms: Vec<String> = ids.iter().map(|id| format!("Done(\"{id}\")")).collect();
    let opens: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    let text = SMALL
        .replacen("steps: [", &format!("steps: [{steps}"), 1)
        .replacen(
            "opens: [\"S-1\", ",
            &format!("opens: [{}, \"S-1\", ", opens.join(", ")),
            1,
        )
        .replacen(
            "All([Done(\"S-1\")",
            &format!("All([{}, Done(\"S-1\")", terms.join(", ")),
            1,
        );
    let said = said(&text);
    assert!(said[0].contains("more than 50000 states"), "{said:#?}");
}

/// Gives the small flow with more steps, opened by its door as said, and more arcs.
fn with_more(steps: usize, opened: usize, arcs: &str) -> String {
    let step = |n| {
        format!(
            "(id: \"P-{n}\", phase: 1, title: (ja: \"並行\", en: \"Parallel\"), acts: [\"manager\"]),\n"
        )
    };
    let steps: String = (0..steps).map(step).collect();
    let opens: String = (0..opened).map(|n| format!("\"P-{n}\", ")).collect();
    SMALL
        .replacen("steps: [", &format!("steps: [{steps}"), 1)
        .replacen("opens: [\"S-1\", ", &format!("opens: [{opens}\"S-1\", "), 1)
        .replacen("arcs: [", &format!("arcs: [{arcs}"), 1)
}

const OURS: &str = "basis: Derived((ja: \"当方\", en: \"ours\"))";

#[test]
fn what_would_take_too_long_or_too_much_room_is_refused_by_name_and_number() {
    let chain = |count: usize| -> String {
        (1..count)
            .map(|n| {
                let before = n - 1;
                format!("(on: Any([Done(\"P-{before}\")]), opens: [\"P-{n}\"], {OURS}),\n")
            })
            .collect()
    };
    let names = |count: usize| -> String { (0..count).map(|n| format!("\"P-{n}\", ")).collect() };
    let done =
        |count: usize| -> String { (0..count).map(|n| format!("Done(\"P-{n}\"), ")).collect() };
    let each_opens_all = |count: usize| -> String {
        let all = names(count);
        (0..count)
            .map(|n| format!("(on: Any([Done(\"P-{n}\")]), opens: [{all}], {OURS}),\n"))
            .collect()
    };
    let join = |count: usize| format!("(on: All([{}]), opens: [\"S-3\"], {OURS}),\n", done(count));
    let mut guard = "Settled([\"S-1\"])".to_owned();
    for _ in 0..7 {
        guard = format!("All([{guard}, {guard}, {guard}, {guard}])");
    }
    let guarded = format!("(on: Any([Done(\"P-0\")]), when: {guard}, opens: [\"S-3\"], {OURS}),\n");
    let pieces = "(kind: Do, ja: \"\", en: \"\"), ".repeat(20_000);
    let pieces = SMALL.replacen("pieces: [", &format!("pieces: [{pieces}"), 1);
    let cases = [
        (
            with_more(3000, 1, &chain(3000)),
            "steps and decisions: 3006, more than 500",
        ),
        (with_more(480, 1, &chain(480)), "sound"),
        (
            with_more(199, 1, &each_opens_all(199)),
            "doors and answers: 39815, more than 20000",
        ),
        (with_more(100, 1, &each_opens_all(100)), "sound"),
        (
            with_more(100, 1, &(each_opens_all(100) + &join(100))),
            "more than 40000000 looks at arrows",
        ),
        (with_more(40, 40, &join(40)), "more than 50000 states"),
        (with_more(1, 1, &guarded), "more than 20000"),
        (pieces, "consist of: 20008, more than 10000"),
    ];
    for (text, expected) in cases {
        let said = said(&text);
        assert!(said[0].contains(expected), "{expected}: {:#?}", &said[..1]);
    }
}

#[test]
fn each_fault_is_named_with_its_place() {
    let cases = [
        (
            "Done(\"S-1\")",
            "Done(\"S-9\")",
            "step or decision “S-9” is defined nowhere",
        ),
        (
            "acts: [\"manager\"], texts",
            "acts: [\"manger\"], texts",
            "role “manger” is defined nowhere",
        ),
        (
            "id: \"S-2\"",
            "id: \"S-1\"",
            "step or decision “S-1” is defined twice",
        ),
        (
            "en: \"One\"",
            "en: \"\"",
            "a text of “S-1” is empty in Japanese or English",
        ),
        (
            "Text([\"一を行う\"])",
            "Text([\"二十を行う\"])",
            "the quote “二十を行う” stands nowhere in the flow's texts",
        ),
        (
            "opens: [\"S-3\"]",
            "opens: [\"S-2\"]",
            "nothing leads to S-3",
        ),
        (
            "Any([Done(\"S-3\")])",
            "Any([Chosen(\"D1\", [\"yes\"])])",
            "there is a dead end",
        ),
        (
            "NotChosen(\"D1\", [\"maybe\"])",
            "Chosen(\"D2\", [\"yes\"])",
            "the answer “no” of D2 can never be unlocked",
        ),
        (
            "Done(\"S-1\"), Done(\"S-2\")",
            "Done(\"S-4\"), Done(\"S-2\")",
            "S-3 waits for the side node S-4",
        ),
        (
            "opens: [\"D2\"]",
            "opens: [\"D2\"], mode: Loop",
            "nothing leads from D2 back",
        ),
        (
            "question: (ja: \"では\"",
            "changes: [(from: [\"yes\"], to: [\"no\"], renews: [\"D2\"], \
             warning: (ja: \"注意\", en: \"Mind\"), \
             basis: Derived((ja: \"当方\", en: \"ours\")))], question: (ja: \"では\"",
            "another answer to D2 would take that answer back",
        ),
        (
            "[\"yes\", \"maybe\"]",
            "[\"yes\", \"mybe\"]",
            "answer “mybe” is defined nowhere",
        ),
        ("format: 1", "format: 9", "the file is of format 9"),
        ("steps: [", "steps: ((", "not written correctly"),
    ];
    for (from, to, expected) in cases {
        assert!(SMALL.contains(from), "the small flow lacks {from}");
        let text = SMALL.replacen(from, to, 1);
        let said = said(&text);
        let found = said.iter().any(|line| line.contains(expected));
        assert!(found, "{from} → {to}: {said:#?}");
        assert!(said.iter().all(|line| !line.starts_with("0:")), "{said:#?}");
    }
}

#[test]
fn what_does_not_parse_is_said_in_both_languages_with_its_place() {
    let small = include_str!("flows_bad/small.ron");
    let deep = format!("Flow(\n arcs: [(on: Any([]), when: {}", "All([".repeat(100));
    let cases = [
        (deep.clone(), "64"),
        ("Flow(".to_owned(), ""),
        (small.replacen("id:", "idd:", 1), "idd"),
        (small.replacen("version:", "// version:", 1), "version"),
        (small.replacen("format: 1", "format: \"1\"", 1), ""),
        (small.replacen("format: 1,", "format: 1", 1), ","),
        (format!("{small} more"), ""),
    ];
    for (text, part) in cases {
        let problems = Flow::read(&text).unwrap_err();
        let [problem] = &problems[..] else {
            panic!("{problems:?}");
        };
        assert!((problem.line, problem.column) > (1, 1), "{problem:?}");
        let says = |language| telling::problem(&Words::new(language), problem).0;
        let (ja, en) = (says(Language::Ja), says(Language::En));
        assert!(ja.contains(part) && en.contains(part), "{ja} {en}");
        for english in ["xpected", "RON", "limit, try"] {
            assert!(!ja.contains(english) && !en.contains(english), "{ja} {en}");
        }
    }
    let problems = Flow::read(&deep).unwrap_err();
    assert_eq!(problems[0].line, 2);
    assert!(problems[0].column > 90, "{problems:?}");
}
