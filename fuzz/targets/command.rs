//! Lines of `incident do` on an incident: the first byte chooses the door, the second the clock.
//!
//! A line is refused or gives an entry that its record takes; the record, read again, gives the
//! same entries and the same state, and the incident can still be closed.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use shodo::cli::read_line;
use shodo::incident::{Act, Command, Ground, Incident, Moment, Present};
use shodo::journal::{Journal, Memory};
use shodo::text::decode;
use shodo_fuzz::{BUILT_IN, WORDS, decide_twice, moment, opening, tell};

const DOORS: [&str; 4] = ["saw", "staff", "vendor", "prepare"];
const LINES_LIMIT: usize = 60;

/// Clocks of machines: right, never set, at the ends of what RFC 3339 can write.
fn now(clock: u8, line: usize) -> Moment {
    let minutes = i64::try_from(line).unwrap_or_default();
    let jump = match clock / 8 % 4 {
        0 => minutes,
        1 => -minutes,
        2 => minutes * 60 * 24 * 40,
        _ => minutes * minutes,
    };
    let start = match clock % 8 {
        0 => "1970-01-01T00:00:00Z",
        1 => "9999-12-31T23:59:59.999-12:00",
        2 => "0001-01-01T00:00:00+14:00",
        3 => "2028-02-29T23:59:30.500-03:30",
        _ => "2026-11-21T13:00:00+09:00",
    };
    let start = moment(start);
    // Beyond the ends it stands still.
    let moved = start.checked_add_signed(chrono::TimeDelta::minutes(jump));
    moved
        .filter(|moved| (1..=9998).contains(&chrono::Datelike::year(moved)))
        .unwrap_or(start)
}

fuzz_target!(|data: &[u8]| {
    let [door, clock, lines @ ..] = data else {
        return;
    };
    let lines = decode::lines(lines, decode::utf16_order(lines));
    let flow = &*BUILT_IN;
    let door = DOORS[usize::from(*door) % DOORS.len()];
    let first = opening(flow, door, now(*clock, 0));
    let memory = Memory::default();
    let mut journal =
        Journal::create_on(Box::new(memory.clone()), &first).expect("a record begins");
    let mut incident = Incident::new(flow);
    incident.apply(flow, first);

    for (at, line) in lines.iter().take(LINES_LIMIT).enumerate() {
        let line = line.text.as_str();
        let now = now(*clock, at + 1);
        let read = read_line(line, Present::from(now));
        assert_eq!(read, read_line(line, Present::from(now)));
        let command = match read {
            Ok(Some(command)) => command,
            Ok(None) => continue,
            Err(fault) => {
                for words in WORDS.iter() {
                    assert!(words.has(fault.key()), "{fault:?}");
                    assert!(!words.with(fault.key(), &fault.args()).is_empty());
                }
                continue;
            }
        };
        let Some(entry) = decide_twice(flow, &incident, &command, now) else {
            continue;
        };
        journal.append(&entry).expect("every entry can be written");
        incident.apply(flow, entry);
    }

    tell(flow, &incident);
    if incident.closed().is_none() {
        let close = Command::from(Act::Close(Ground::default(), BTreeMap::new()));
        let now = now(*clock, LINES_LIMIT + 1);
        let entry = decide_twice(flow, &incident, &close, now).expect("an incident can be closed");
        journal.append(&entry).expect("every entry can be written");
        incident.apply(flow, entry);
        assert!(incident.closed().is_some());
    }
    let opened = Journal::open_on(Box::new(memory)).expect("the record is one of ours");
    assert!(opened.read_only.is_none());
    assert_eq!(opened.entries, incident.entries());
    assert_eq!(Incident::replay(flow, &opened.entries), incident);
});
