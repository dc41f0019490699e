//! What a refused command advises instead is taken, whatever state the node is in.

use std::collections::BTreeSet;

use shodo::flow::Language;
use shodo::incident::Event;
use shodo::telling::{self, Reader, state_id};
use shodo::words::Words;

use crate::support::{Walker, shipped};

/// Ways to bring nodes into states: lines of `incident do`.
fn ways() -> Vec<Vec<String>> {
    let flow = shipped();
    let mut ways = vec![Vec::new()];
    for (_, node) in flow.nodes() {
        let id = node.id();
        for word in ["start", "skip"] {
            ways.push(vec![format!("{word} {id}")]);
        }
        ways.push(vec![format!("start {id}"), format!("park {id}")]);
        match flow.decision(id) {
            Some(decision) => {
                for (from, to) in [(0, 1), (1, 0), (0, 2), (2, 0)] {
                    let option = |at: usize| &decision.options[at % decision.options.len()].id;
                    let chosen = format!("choose {id} {}", option(from));
                    ways.push(vec![chosen, format!("change {id} {}", option(to))]);
                }
            }
            None => ways.push(vec![format!("done {id}")]),
        }
    }
    ways
}

fn after(way: &[String]) -> Walker {
    let mut walker = Walker::through("saw");
    for line in way {
        // What is open already cannot be started; the way goes on.
        walker.say(line).ok();
    }
    walker
}

/// The lines that act on a node.
fn commands(id: &shodo::flow::NodeId) -> Vec<String> {
    let words = [
        "done",
        "skip",
        "start",
        "park",
        "resume",
        "bring-back",
        "reopen",
    ];
    let mut lines: Vec<String> = words.iter().map(|word| format!("{word} {id}")).collect();
    if let Some(decision) = shipped().decision(id) {
        for option in &decision.options {
            lines.push(format!("choose {id} {}", option.id));
            lines.push(format!("change {id} {}", option.id));
        }
    } else {
        lines.extend(["choose", "change"].map(|word| format!("{word} {id} yes")));
    }
    lines
}

#[test]
fn what_a_refusal_advises_is_taken_in_every_state() {
    let flow = shipped();
    let all = [Words::new(Language::Ja), Words::new(Language::En)];
    let mut seen = BTreeSet::new();
    for way in ways() {
        for (_, node) in flow.nodes() {
            let id = node.id();
            let state = after(&way).incident.state(flow, id);
            if !seen.insert((state_id(state), flow.decision(id).is_some())) {
                continue;
            }
            for line in commands(id) {
                let Err(refusal) = after(&way).say(&line) else {
                    continue;
                };
                for words in &all {
                    let says = telling::refusal(words, Some(flow), &refusal, Reader::CommandLine);
                    let (_, advice) = says.rsplit_once(": ").unwrap_or_else(|| panic!("{says}"));
                    let option = flow.decision(id).map_or("", |d| &d.options[0].id);
                    let rest = if advice.starts_with("choose") {
                        option
                    } else {
                        "new fact"
                    };
                    let advice = advice.replace('…', rest);
                    after(&way).must(&advice);
                }
            }
        }
    }
    let states = ["closed", "done", "open", "parked", "skipped", "withdrawn"];
    for state in states {
        for is_decision in [false, true] {
            let is_seen = seen.contains(&(state, is_decision));
            assert!(is_seen, "no way to a {state} node, decision: {is_decision}");
        }
    }
}

#[test]
fn what_is_refused_says_what_there_is() {
    let words = Words::new(Language::En);
    let mut walker = Walker::through("saw");
    walker.must("assign manager A");
    walker.must("knew ppc");
    let mut says = |line: &str| {
        let refusal = walker.say(line).unwrap_err();
        telling::refusal(&words, Some(shipped()), &refusal, Reader::CommandLine)
    };
    for (line, part) in [
        ("strike 99", "(there are 3)"),
        ("correct 2 B", "assign, release or handover"),
        ("correct 3 B", "2026-11-21 14:20"),
        ("skip D9", "D"),
    ] {
        assert!(says(line).contains(part), "{line}: {}", says(line));
    }
    let chosen = walker.must("choose d0 NO").event;
    assert!(matches!(chosen, Event::OptionChosen { option, .. } if option == "no"));
}

#[test]
fn a_refusal_names_things_by_their_titles_and_on_the_screen_never_by_an_identifier() {
    for (language, title) in [
        (Language::Ja, "切り離した日時"),
        (Language::En, "Disconnected at"),
    ] {
        let words = Words::new(language);
        let mut walker = Walker::through("saw");
        walker.must("assign manager A");
        walker.must("knew ppc");
        walker.must("choose D0 yes");
        let pair = |pair: &shodo::flow::Pair| pair.get(language).to_owned();
        let role = pair(&shipped().role("manager").unwrap().title);
        let power = shipped().node(&"1-2".into()).unwrap().fields();
        let power = power.iter().find(|field| field.id == "power").unwrap();
        let yes = &shipped().decision(&"D0".into()).unwrap().options[0];
        let table = pair(&shipped().table("systems").unwrap().title);
        let duty = pair(&shipped().duty("ppc").unwrap().title);
        let table_field = shipped().steps().iter().find_map(|step| {
            let is_table = |field: &&shodo::flow::Field| {
                matches!(&field.kind, shodo::flow::FieldKind::Table(of, _) if of == "systems")
            };
            Some((step.id.clone(), step.fields.iter().find(is_table)?.id.clone()))
        });
        let (step, field) = table_field.unwrap();
        for (line, called, id) in [
            ("field 1-2 at soon".to_owned(), title.to_owned(), "at"),
            (
                "field 1-2 power soon".to_owned(),
                pair(&power.title),
                "power",
            ),
            ("deputy manager A".to_owned(), role.clone(), "manager"),
            ("release manager B".to_owned(), role, "manager"),
            ("choose D0 no".to_owned(), pair(&yes.title), "yes"),
            (format!("field {step} {field} x"), table, "systems"),
            ("correct 3 soon".to_owned(), duty, "ppc"),
        ] {
            let refusal = walker.say(&line).unwrap_err();
            let says = |reader| telling::refusal(&words, Some(shipped()), &refusal, reader);
            let window = says(Reader::Window);
            assert!(window.contains(&called), "{line}: {window}");
            let is_word = |word: &str| word == id;
            let mut bare = window.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(
                called.contains(id) || !bare.any(is_word),
                "{line}: {window}"
            );
            let typed = says(Reader::CommandLine);
            assert!(
                typed.contains(&called) && typed.contains(id),
                "{line}: {typed}"
            );
        }
    }
}
