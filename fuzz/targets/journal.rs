//! A journal from bytes: as they are, as changes of a real one, as entries with right digits, and
//! as a whole folder; the first byte chooses.
//!
//! Opening gives entries whose digits are right and changes nothing but an unfinished end, which is
//! kept; what is added then comes after all that was there; and whatever the entries say, the
//! incident they give can be shown and gone on with.
#![no_main]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use shodo::flow::{Flow, sha256_hex};
use shodo::incident::{Act, Command, Entry, Event, Ground, Incident, Note};
use shodo::journal::{self, Head, Journal, JournalError, Memory, Opened, Recovery, Verification};
use shodo::session;
use shodo_fuzz::{BUILT_IN, SMALL, chained, decide_twice, moment, note, opening, tell};

static SMALL_FLOW: LazyLock<Flow> = LazyLock::new(|| Flow::read(SMALL).expect("it is sound"));

/// A real journal on the small flow, line by line.
static REAL: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let (flow, now) = (&*SMALL_FLOW, moment("2026-11-21T13:00:00+09:00"));
    let first = opening(flow, "saw", now);
    let memory = Memory::default();
    let mut journal =
        Journal::create_on(Box::new(memory.clone()), &first).expect("a record begins");
    let mut incident = Incident::new(flow);
    incident.apply(flow, first);
    let lines = [
        "title \"一\"",
        "recorder 佐藤",
        "tick S-1 1 done",
        "done S-1",
        "note \"a \\\"quote\\\" (number: 9, \" --kind report --open",
        "choose D1 yes",
        "park S-2 --why later",
        "change D1 maybe --why \"no\"",
        "strike 4",
        "close --why enough",
    ];
    for line in lines {
        let command = shodo::cli::read_line(line, now)
            .expect("a line")
            .expect("a command");
        let entry = decide_twice(flow, &incident, &command, now).expect(line);
        journal.append(&entry).expect("an entry");
        incident.apply(flow, entry);
    }
    let bytes = memory.live();
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
});

fuzz_target!(|data: &[u8]| {
    let [how, rest @ ..] = data else {
        return;
    };
    match how % 8 {
        0 => check(rest),
        1..=3 => check(&edited(rest)),
        4 | 5 => check(&rechained(rest, true)),
        6 => check(&rechained(rest, false)),
        _ => check_folder(rest),
    }
});

/// Carries out changes that the bytes name, four bytes a change, on the real journal.
fn edited(data: &[u8]) -> Vec<u8> {
    let mut lines = REAL.clone();
    let mut bytes = Vec::new();
    for (count, change) in data.chunks(4).enumerate() {
        let [what, high, low, with] = [0, 1, 2, 3].map(|at| change.get(at).copied().unwrap_or(0));
        let place = usize::from(u16::from_be_bytes([high, low]));
        // Whole lines first, then single bytes.
        let line = usize::from(low) % lines.len().max(1);
        let other = usize::from(with) % lines.len().max(1);
        match what % 12 {
            0 if lines.len() > 1 => drop(lines.remove(line)),
            1 if lines.len() < 40 => {
                lines.insert(other, lines.get(line).cloned().unwrap_or_default())
            }
            2 if !lines.is_empty() => lines.swap(line, other),
            3 => lines.truncate(line + 1),
            what => {
                if count < 200 && bytes.is_empty() {
                    bytes = lines.concat();
                }
                let at = place % (bytes.len() + 1);
                match what {
                    4 => bytes.truncate(at),
                    5 => bytes.insert(at, with),
                    6 if at < bytes.len() => drop(bytes.remove(at)),
                    7 if at < bytes.len() => bytes[at] ^= with,
                    8 => bytes.extend(std::iter::repeat_n(0, usize::from(with))),
                    9 => bytes.extend(
                        REAL.get(line)
                            .into_iter()
                            .flatten()
                            .take(usize::from(with) * 2),
                    ),
                    10 if bytes.len() < 1 << 16 => {
                        let copy: Vec<u8> = bytes
                            .iter()
                            .skip(at)
                            .take(usize::from(with))
                            .copied()
                            .collect();
                        bytes.extend(copy);
                    }
                    _ => {
                        bytes.pop();
                    }
                }
            }
        }
    }
    if bytes.is_empty() {
        lines.concat()
    } else {
        bytes
    }
}

/// Makes each line a record with right digits; with `numbered` also the first record, and the
/// beginning of each, are right.
fn rechained(data: &[u8], numbered: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = String::new();
    let mut number = 1;
    if numbered {
        bytes.extend(REAL.first().into_iter().flatten());
        last = bytes
            .iter()
            .take(64)
            .map(|byte| char::from(*byte))
            .collect();
        number = 2;
    }
    for line in data.split(|byte| *byte == b'\n').take(40) {
        let begin = if numbered {
            format!("(number: {number}, ")
        } else {
            String::new()
        };
        let text = [begin.as_bytes(), line].concat();
        let (digits, line) = chained(&last, &text);
        (last, number) = (digits, number + 1);
        bytes.extend(line);
    }
    bytes
}

/// Opens bytes as a journal, adds an entry, opens again.
fn check(bytes: &[u8]) {
    let memory = Memory::holding(bytes);
    let Some(opened) = told(Journal::open_on(Box::new(memory.clone()))) else {
        assert_eq!(
            (memory.live(), memory.aside()),
            (bytes.to_vec(), Vec::new())
        );
        return;
    };
    let good = verified(bytes, &opened);
    let Some(mut journal) = opened.journal else {
        assert!(opened.read_only.is_some());
        assert_eq!(
            (memory.live(), memory.aside()),
            (bytes.to_vec(), Vec::new())
        );
        live_on(&opened.entries);
        return;
    };
    let tail = bytes.get(good..).unwrap_or_default();
    let mut kept = bytes.get(..good).unwrap_or_default().to_vec();
    match &opened.recovery {
        Recovery::None => assert!(tail.is_empty() && kept.ends_with(b"\n")),
        Recovery::NewlineAdded => {
            assert!(tail.is_empty());
            kept.push(b'\n');
        }
        Recovery::TailSetAside { bytes, .. } => assert_eq!(*bytes, tail.len() as u64),
        Recovery::TailLeft { .. } => panic!("a writer leaves no unfinished end"),
    }
    let aside: Vec<(u64, Vec<u8>)> = (!tail.is_empty())
        .then(|| (good as u64, tail.to_vec()))
        .into_iter()
        .collect();
    assert_eq!(
        (memory.live(), memory.synced(), memory.aside()),
        (kept.clone(), kept.clone(), aside)
    );

    let mut entries = opened.entries;
    let added = note(
        entries.len() as u64 + 1,
        moment("2026-11-21T14:00:00+09:00"),
    );
    let head = journal.append(&added).expect("an entry can be added");
    entries.push(added);
    drop(journal);
    let live = memory.live();
    assert!(live.starts_with(&kept), "what was there is changed");
    let again = Journal::open_on(Box::new(memory.clone())).expect("it is still a journal");
    assert_eq!((&again.entries, &again.head), (&entries, &head));
    assert_eq!((again.recovery, again.read_only), (Recovery::None, None));
    assert_eq!(memory.live(), live);
    live_on(&entries);
}

/// Says an error, if it is one that bytes in memory can give.
fn told(opened: Result<Opened, JournalError>) -> Option<Opened> {
    match opened {
        Ok(opened) => Some(opened),
        Err(JournalError::BeginsOtherwise { .. } | JournalError::LaterFormat { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Checks by the chain alone that what was taken is right; gives how many bytes it is.
fn verified(bytes: &[u8], opened: &Opened) -> usize {
    assert_eq!(opened.head.count, opened.entries.len() as u64);
    let mut last = String::new();
    let mut at = 0;
    for (number, entry) in (1..).zip(&opened.entries) {
        assert_eq!(entry.number.0, number);
        assert_eq!(
            matches!(entry.event, Event::IncidentOpened { .. }),
            number == 1,
            "{entry:?}"
        );
        let rest = &bytes[at..];
        let end = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len());
        let line = &rest[..end];
        let digits = sha256_hex(&[last.as_bytes(), &line[65..]].concat());
        assert_eq!((&line[..64], line[64]), (digits.as_bytes(), b' '));
        last = digits;
        at = (at + end + 1).min(bytes.len());
    }
    assert_eq!(opened.head.hash, last);
    at
}

/// Shows the incident that entries give, in both languages, and goes on with it.
fn live_on(entries: &[Entry]) {
    for flow in [&*SMALL_FLOW, &*BUILT_IN] {
        let mut incident = Incident::replay(flow, entries);
        assert_eq!(Incident::replay(flow, entries), incident);
        tell(flow, &incident);
        let now = moment("2026-11-21T15:00:00+09:00");
        let nodes = flow.nodes().map(|(_, node)| node.id().clone()).take(3);
        let starts = nodes.map(|node| Act::Start(node, Ground::default()));
        let acts = starts.chain([
            Act::Note(Note {
                text: "on".to_owned(),
                ..Note::default()
            }),
            Act::Correct(incident.next_number(), None, Ground::default()),
            Act::Close(Ground::default(), BTreeMap::new()),
            Act::ReopenIncident(Ground::default()),
        ]);
        for act in acts.collect::<Vec<_>>() {
            if let Some(entry) = decide_twice(flow, &incident, &Command::from(act), now) {
                incident.apply(flow, entry);
            }
        }
        tell(flow, &incident);
    }
}

/// Lays out a folder: the files are parted by FF 00, and what a writer needs is checked on it.
fn check_folder(data: &[u8]) {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(2).position(|pair| pair == [0xff, 0]) {
        parts.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    parts.push(rest);
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let shm = Path::new("/dev/shm");
    let folder = if shm.is_dir() {
        tempfile::tempdir_in(shm)
    } else {
        tempfile::tempdir()
    };
    let folder = folder.expect("a folder for a moment");
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect(name);
    let mut bytes = edited(part(0));
    // A reader waits for a line that is just being written; here nobody writes.
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    write("journal.ron", &bytes);
    write(
        "flow.ron",
        if part(1).is_empty() {
            SMALL.as_bytes()
        } else {
            part(1)
        },
    );
    write("draft.ron", part(2));
    write("holder", part(3));
    let typed = session::kept_draft(folder.path());
    session::keep_draft(folder.path(), &typed).expect("what was typed is kept");
    assert_eq!(session::kept_draft(folder.path()), typed);

    let noted: Option<Head> = String::from_utf8_lossy(part(4)).parse().ok();
    let seen = journal::verify(folder.path(), noted.as_ref());
    let read = told(journal::read(folder.path()));
    assert_eq!(
        std::fs::read(folder.path().join("journal.ron")).ok(),
        Some(bytes.clone())
    );
    let Some(read) = read else {
        assert!(seen.is_err());
        return;
    };
    verified(&bytes, &read);
    let opened = Journal::open(folder.path()).expect("what can be read can be opened");
    assert_eq!((&opened.entries, &opened.head), (&read.entries, &read.head));
    assert_eq!(opened.flow_text, read.flow_text);
    match seen.expect("what can be read can be verified") {
        Verification::Intact { head, .. } => {
            assert_eq!(head, opened.head);
            assert!(opened.journal.is_some());
        }
        Verification::Damaged { head, .. } => {
            assert_eq!(head, opened.head);
            assert!(opened.journal.is_none());
        }
        Verification::OtherHead { .. } => assert!(noted.is_some()),
    }
}
