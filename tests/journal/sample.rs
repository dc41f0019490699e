//! Entries to write: one of every event, value and effect.

use shodo::incident::{
    Became, DutyReport, Effect, Entry, EntryNumber, Event, Ground, LeftOpen, Mode, Moment, Note,
    NoteKind, Ternary, Value,
};
use shodo::journal::{FORMAT, Journal, Memory};

pub(super) const FLOW: &str = "Flow(id: \"test\") // 初動\n";

pub(super) fn at(second: u32) -> Moment {
    Moment::parse_from_rfc3339(&format!("2026-03-01T09:05:{second:02}+09:00")).unwrap()
}

pub(super) fn entry(number: u64, event: Event) -> Entry {
    Entry {
        number: EntryNumber(number),
        recorded_at: at(u32::try_from(number % 60).unwrap()),
        happened_at: None,
        by: None,
        role: None,
        event,
        effects: Vec::new(),
    }
}

pub(super) fn opened() -> Entry {
    entry(
        1,
        Event::IncidentOpened {
            format: FORMAT,
            program: "shodo 0.1.0".to_owned(),
            mode: Mode::Drill,
            flow: "test".to_owned(),
            flow_version: "1".to_owned(),
            flow_sha256: shodo::flow::sha256_hex(FLOW.as_bytes()),
            door: "door".to_owned(),
            title: Some("電子カルテ停止".to_owned()),
            site: None,
        },
    )
}

pub(super) fn titled(number: u64) -> Entry {
    entry(
        number,
        Event::Titled {
            title: format!("題 {number}"),
        },
    )
}

/// A short journal: the first entry and as many more as wanted.
pub(super) fn short(more: u64) -> Vec<Entry> {
    std::iter::once(opened())
        .chain((2..2 + more).map(titled))
        .collect()
}

/// The bytes of a journal of these entries, record by record.
pub(super) fn lines(entries: &[Entry]) -> Vec<Vec<u8>> {
    let memory = Memory::default();
    let mut journal = Journal::create_on(Box::new(memory.clone()), &entries[0]).unwrap();
    for entry in &entries[1..] {
        journal.append(entry).unwrap();
    }
    memory
        .synced()
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

fn ground() -> Ground {
    Ground {
        why: Some("理由\n二行目".to_owned()),
        decider: Some("病院長".to_owned()),
        told: Some("全員".to_owned()),
    }
}

fn events() -> Vec<Event> {
    let text = || "文\"\n".to_owned();
    let node = || "2-6".into();
    let value = || Value::Text(text());
    vec![
        Event::Titled { title: text() },
        Event::SiteNamed { site: text() },
        Event::RecorderChanged { name: text() },
        Event::ItemTicked {
            node: node(),
            item: 3,
            text: Some(text()),
        },
        Event::ItemUnticked {
            node: node(),
            item: 3,
            ground: ground(),
        },
        Event::FieldFilled {
            node: node(),
            field: "f".to_owned(),
            value: value(),
        },
        Event::CellFilled {
            table: "t".to_owned(),
            row: text(),
            column: "c".to_owned(),
            value: Value::YesNo(Ternary::Unknown),
        },
        Event::StepCompleted {
            node: node(),
            unticked: vec![1, 2],
            ground: ground(),
        },
        Event::OptionChosen {
            node: "D2".into(),
            option: "yes".to_owned(),
            instead_of: Some("no".to_owned()),
            locked: true,
            ground: ground(),
        },
        Event::Skipped {
            node: node(),
            ground: Ground::default(),
        },
        Event::StartedEarly {
            node: node(),
            ground: ground(),
        },
        Event::Parked {
            node: node(),
            ground: ground(),
        },
        Event::Resumed {
            node: node(),
            ground: ground(),
        },
        Event::BroughtBack {
            node: node(),
            ground: ground(),
        },
        Event::Reopened {
            node: node(),
            ground: ground(),
        },
        Event::AskedAgain {
            node: node(),
            fact: text(),
        },
        Event::RoleAssigned {
            role: "r".to_owned(),
            name: text(),
        },
        Event::DeputyAdded {
            role: "r".to_owned(),
            name: text(),
        },
        Event::RoleHandedOver {
            role: "r".to_owned(),
            from: Some(text()),
            name: text(),
            text: Some(text()),
        },
        Event::RoleReleased {
            role: "r".to_owned(),
            name: text(),
        },
        Event::NoteAdded(Note {
            text: text(),
            from: Some(text()),
            to: Some(text()),
            means: Some(text()),
            kind: NoteKind::Request,
            node: Some(node()),
            open: true,
        }),
        Event::ItemSettled {
            of: EntryNumber(2),
            text: Some(text()),
        },
        Event::ReasonGiven {
            of: EntryNumber(2),
            what: Some("ppc/prompt".to_owned()),
            ground: ground(),
        },
        Event::Corrected {
            of: EntryNumber(2),
            text: Some(text()),
            value: Some(Value::Moment(at(1))),
            ground: ground(),
        },
        Event::DutyKnown {
            duty: "ppc".to_owned(),
            who: Some(text()),
            ground: Some(text()),
        },
        Event::DutyReported(DutyReport {
            duty: "ppc".to_owned(),
            deadline: Some("prompt".to_owned()),
            to: Some(text()),
            reporter: Some(text()),
            reference: Some(text()),
        }),
        Event::DutyNotReported {
            duty: "mhlw".to_owned(),
            deadline: None,
            ground: ground(),
        },
        Event::FoundImpossible {
            node: node(),
            item: Some(3),
            instead: Some(text()),
            ground: ground(),
        },
        Event::FoundNotApplicable {
            node: node(),
            item: None,
            ground: ground(),
        },
        Event::IncidentClosed {
            ground: ground(),
            left_open: vec![LeftOpen {
                what: "#12".to_owned(),
                alone: true,
                ground: ground(),
            }],
        },
        Event::IncidentReopened { ground: ground() },
        Event::Undone { of: EntryNumber(2) },
        Event::Redone { of: EntryNumber(2) },
    ]
}

fn effects() -> Vec<Effect> {
    let all = [
        Became::Open,
        Became::Taken,
        Became::Renewed,
        Became::Reminded,
        Became::Offered,
        Became::Parked,
        Became::ParkedByFlow,
        Became::Done,
        Became::Chosen("yes".to_owned()),
        Became::Skipped,
        Became::Withdrawn("D2".into()),
        Became::WithdrawnByChange,
        Became::Restored,
        Became::Ticked(3),
        Became::Unticked(3),
        Became::Touched,
    ];
    (0_u32..)
        .zip(all)
        .map(|(place, becomes)| Effect {
            node: "2-6".into(),
            becomes,
            arc: Some(place).filter(|place| *place > 0),
        })
        .collect()
}

/// A long journal: every event, every value and every effect.
pub(super) fn all() -> Vec<Entry> {
    let values = [
        Value::Text("文".to_owned()),
        Value::Number("1.5".to_owned()),
        Value::YesNo(Ternary::Yes),
        Value::YesNo(Ternary::No),
        Value::Choice("c".to_owned()),
        Value::Moment(at(2)),
    ]
    .map(|value| Event::FieldFilled {
        node: "D2".into(),
        field: "f".to_owned(),
        value,
    });
    let mut all = vec![opened()];
    for event in events().into_iter().chain(values) {
        all.push(entry(all.len() as u64 + 1, event));
    }
    for full in all.iter_mut().skip(3).step_by(2) {
        full.happened_at = Some(at(3));
        full.by = Some("記録者".to_owned());
        full.role = Some("commander".to_owned());
        full.effects = effects();
    }
    all
}

/// The name of an event; a new variant must be added here, and so to the sample.
fn event_name(event: &Event) -> &'static str {
    match event {
        Event::IncidentOpened { .. } => "IncidentOpened",
        Event::Titled { .. } => "Titled",
        Event::SiteNamed { .. } => "SiteNamed",
        Event::RecorderChanged { .. } => "RecorderChanged",
        Event::ItemTicked { .. } => "ItemTicked",
        Event::ItemUnticked { .. } => "ItemUnticked",
        Event::FieldFilled { .. } => "FieldFilled",
        Event::CellFilled { .. } => "CellFilled",
        Event::StepCompleted { .. } => "StepCompleted",
        Event::OptionChosen { .. } => "OptionChosen",
        Event::Skipped { .. } => "Skipped",
        Event::StartedEarly { .. } => "StartedEarly",
        Event::Parked { .. } => "Parked",
        Event::Resumed { .. } => "Resumed",
        Event::BroughtBack { .. } => "BroughtBack",
        Event::Reopened { .. } => "Reopened",
        Event::AskedAgain { .. } => "AskedAgain",
        Event::RoleAssigned { .. } => "RoleAssigned",
        Event::DeputyAdded { .. } => "DeputyAdded",
        Event::RoleHandedOver { .. } => "RoleHandedOver",
        Event::RoleReleased { .. } => "RoleReleased",
        Event::NoteAdded(_) => "NoteAdded",
        Event::ItemSettled { .. } => "ItemSettled",
        Event::ReasonGiven { .. } => "ReasonGiven",
        Event::Corrected { .. } => "Corrected",
        Event::DutyKnown { .. } => "DutyKnown",
        Event::DutyReported(_) => "DutyReported",
        Event::DutyNotReported { .. } => "DutyNotReported",
        Event::FoundImpossible { .. } => "FoundImpossible",
        Event::FoundNotApplicable { .. } => "FoundNotApplicable",
        Event::IncidentClosed { .. } => "IncidentClosed",
        Event::IncidentReopened { .. } => "IncidentReopened",
        Event::Undone { .. } => "Undone",
        Event::Redone { .. } => "Redone",
    }
}

/// The name of what became of a node; a new variant must be added here and to the sample.
fn became_name(became: &Became) -> &'static str {
    match became {
        Became::Open => "Open",
        Became::Taken => "Taken",
        Became::Renewed => "Renewed",
        Became::Reminded => "Reminded",
        Became::Offered => "Offered",
        Became::Parked => "Parked",
        Became::ParkedByFlow => "ParkedByFlow",
        Became::Done => "Done",
        Became::Chosen(_) => "Chosen",
        Became::Skipped => "Skipped",
        Became::Withdrawn(_) => "Withdrawn",
        Became::WithdrawnByChange => "WithdrawnByChange",
        Became::Restored => "Restored",
        Became::Ticked(_) => "Ticked",
        Became::Unticked(_) => "Unticked",
        Became::Touched => "Touched",
    }
}

/// The rows of a table in `event.rs`'s enum, to be found in the paper and in the sample.
pub(super) fn variants(of: &str) -> Vec<String> {
    let source = include_str!("../../src/incident/event.rs");
    let start = source.find(&format!("pub enum {of} {{\n")).unwrap();
    let body = &source[start..start + source[start..].find("\n}").unwrap()];
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(char::is_uppercase))
        .map(|line| line.split([' ', '(', ',']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_sample_holds_every_event_and_every_effect() {
    let all = all();
    let events: Vec<_> = all.iter().map(|entry| event_name(&entry.event)).collect();
    let became: Vec<_> = all
        .iter()
        .flat_map(|entry| &entry.effects)
        .map(|effect| became_name(&effect.becomes))
        .collect();
    assert_eq!(variants("Event").len(), 34);
    for name in variants("Event") {
        assert!(events.contains(&name.as_str()), "{name}");
    }
    for name in variants("Became") {
        assert!(became.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn every_kind_of_entry_has_a_word_in_both_languages() {
    for language in [shodo::flow::Language::Ja, shodo::flow::Language::En] {
        let words = shodo::words::Words::new(language);
        for entry in all() {
            // A note's is that of its own kind.
            if matches!(entry.event, Event::NoteAdded(_)) {
                continue;
            }
            let key = format!("kind-{}", shodo::telling::entry_kind(&entry.event));
            assert_ne!(words.get(&key), key, "{language:?}");
        }
    }
}
