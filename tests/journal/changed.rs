//! Cut, changed, rewritten, older, written by two, read while it is written, under clocks that
//! jump: what is found, what cannot be excluded, and what does no harm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use shodo::clock::Clock;
use shodo::flow::Language;
use shodo::incident::{ClockFlag, Entry, EntryNumber, Incident, Moment};
use shodo::journal::{self, Head, Journal, ReadOnly, Recovery, Verification};
use shodo::session::Outcome;
use shodo::words::Words;
use tempfile::TempDir;

use super::forgetting::{Random, entries};
use super::refusing::{reopened, reopened_at, say, small, small_in};
use super::sample::{FLOW, lines};
use crate::support::{run, run_in, text};

/// The small flow walked to its end and closed.
const WALK: [&str; 8] = [
    "assign manager 佐藤",
    "done S-1",
    "choose D1 yes --why \"ランサム\"",
    "done S-2",
    "note 電話 --from 3階",
    "choose D2 yes",
    "done S-3",
    "close",
];

fn walked_folder() -> (TempDir, PathBuf) {
    let (temp, folder) = small();
    let mut session = reopened(&folder);
    for line in WALK {
        let outcomes = say(&mut session, line);
        assert!(
            matches!(outcomes[..], [Outcome::Saved(_)]),
            "{line}: {outcomes:?}"
        );
    }
    assert!(session.incident().closed().is_some());
    (temp, folder)
}

/// The entries of a real run through three steps and two decisions.
pub(super) fn walked() -> Vec<Entry> {
    let (_temp, folder) = walked_folder();
    journal::read(&folder).unwrap().entries
}

/// Runs something with every number below a limit, on several threads, each with its own copy
/// of a folder.
pub(super) fn on_copies(folder: &Path, limit: usize, check: impl Fn(&Path, usize) + Sync) {
    const THREADS: usize = 64;
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let check = &check;
            scope.spawn(move || {
                let copy = tempfile::tempdir().unwrap();
                for name in ["journal.ron", "flow.ron"] {
                    fs::copy(folder.join(name), copy.path().join(name)).unwrap();
                }
                for number in (thread..limit).step_by(THREADS) {
                    check(copy.path(), number);
                }
            });
        }
    });
}

#[test]
fn in_a_folder_no_cut_at_any_byte_gives_a_wrong_entry_or_a_wrong_state() {
    let (_temp, folder) = walked_folder();
    let entries = journal::read(&folder).unwrap().entries;
    let bytes = fs::read(folder.join("journal.ron")).unwrap();
    let flow = reopened(&folder).flow().clone();
    let first = lines(&entries)[0].len();
    on_copies(&folder, bytes.len() + 1, |copy, cut| {
        fs::write(copy.join("journal.ron"), &bytes[..cut]).unwrap();
        let newlines = bytes[..cut].iter().filter(|byte| **byte == b'\n').count();
        // A record that lacks its newline alone is whole.
        let whole = newlines + usize::from(bytes.get(cut) == Some(&b'\n'));
        let Ok(found) = journal::verify(copy, None) else {
            assert!(cut < first - 1);
            return;
        };
        let Verification::Intact { head, torn, .. } = found else {
            panic!("cut at {cut}: {found:?}");
        };
        assert_eq!(head.count, whole as u64, "cut at {cut}");
        assert_eq!(
            torn.is_some(),
            cut > 0 && bytes[cut - 1] != b'\n' && whole == newlines
        );
        let mut opened = Journal::open(copy).unwrap();
        while let Some(ReadOnly::HeldBy(_)) = opened.read_only {
            opened = Journal::open(copy).unwrap();
        }
        assert_eq!(opened.entries, entries[..whole]);
        let incident = Incident::replay(&flow, &opened.entries);
        assert_eq!(incident.closed().is_some(), whole == entries.len());
        // Gone on with, it holds the same bytes again.
        let mut journal = opened.journal.unwrap();
        if let Some(next) = entries.get(whole) {
            journal.append(next).unwrap();
        }
        let written = fs::read(copy.join("journal.ron")).unwrap();
        let same = lines(&entries)[..entries.len().min(whole + 1)].concat();
        assert!(written == same, "cut at {cut}");
    });
}

#[test]
fn in_a_folder_every_bit_that_is_flipped_is_told_and_never_repaired_in_silence() {
    let (_temp, folder) = walked_folder();
    let entries = journal::read(&folder).unwrap().entries;
    let bytes = fs::read(folder.join("journal.ron")).unwrap();
    on_copies(&folder, bytes.len() * 8, |copy, bit| {
        let at = bit / 8;
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (bit % 8);
        fs::write(copy.join("journal.ron"), &flipped).unwrap();
        let wrong = bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        match journal::verify(copy, None).unwrap() {
            Verification::Damaged { damage, head } => {
                assert_eq!(
                    (damage.record, head.count),
                    (wrong as u64 + 1, wrong as u64)
                );
            }
            // Only the end may be taken for a write that was not finished.
            Verification::Intact {
                torn: Some(_),
                head,
                ..
            } => {
                assert_eq!((wrong, head.count), (entries.len() - 1, wrong as u64));
            }
            other => panic!("bit {bit}: {other:?}"),
        }
        assert_eq!(journal::read(copy).unwrap().entries, entries[..wrong]);
        assert_eq!(fs::read(copy.join("journal.ron")).unwrap(), flipped);
    });
}

/// Checks that only the noted head finds it, for programs and for people.
fn found_with_the_noted_head_alone(data: &Path, folder: &Path, noted: &Head, what: &str) {
    let found = journal::verify(folder, None).unwrap();
    assert!(
        matches!(
            found,
            Verification::Intact {
                head_checked: false,
                torn: None,
                ..
            }
        ),
        "{what}: {found:?}"
    );
    let found = journal::verify(folder, Some(noted)).unwrap();
    assert!(
        matches!(found, Verification::OtherHead { .. }),
        "{what}: {found:?}"
    );
    let dir = folder.to_str().unwrap();
    let said = run(data, &["journal", "verify", dir], b"");
    assert!(said.status.success());
    assert!(
        text(&said.stdout).contains("it cannot be excluded that the end was cut"),
        "{what}"
    );
    let said = run(data, &["journal", "verify", dir, "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(
        (&json["intact"], &json["tail_excluded"]),
        (&true.into(), &false.into())
    );
    let noted = noted.to_string();
    let said = run(data, &["journal", "verify", dir, "--head", &noted], b"");
    assert_eq!(said.status.code(), Some(1), "{what}");
}

#[test]
fn a_rewritten_end_an_older_copy_and_removed_records_are_found_with_a_noted_head_only() {
    let (temp, folder) = walked_folder();
    let path = folder.join("journal.ron");
    let older = fs::read(&path).unwrap();
    let entries = journal::read(&folder).unwrap().entries;
    let mut session = reopened(&folder);
    for line in ["reopen incident", "note a", "note b"] {
        assert!(matches!(say(&mut session, line)[..], [Outcome::Saved(_)]));
    }
    drop(session);
    let noted = journal::read(&folder).unwrap().head;
    let bytes = fs::read(&path).unwrap();
    let all = journal::read(&folder).unwrap().entries;

    fs::write(&path, &older).unwrap();
    found_with_the_noted_head_alone(temp.path(), &folder, &noted, "an older copy");
    assert_eq!(journal::read(&folder).unwrap().entries, entries);
    for removed in 1..all.len() {
        let kept = lines(&all)[..all.len() - removed].concat();
        fs::write(&path, kept).unwrap();
        let what = format!("the last {removed} removed");
        found_with_the_noted_head_alone(temp.path(), &folder, &noted, &what);
    }
    for from in 1..all.len() {
        let mut rewritten = all.clone();
        rewritten[from].by = Some("誰か".to_owned());
        fs::write(&path, lines(&rewritten).concat()).unwrap();
        let what = format!("rewritten from {from}");
        found_with_the_noted_head_alone(temp.path(), &folder, &noted, &what);
    }
    fs::write(&path, bytes).unwrap();
    let found = journal::verify(&folder, Some(&noted)).unwrap();
    assert!(matches!(
        found,
        Verification::Intact {
            head_checked: true,
            ..
        }
    ));
}

#[test]
fn of_programs_that_start_at_once_one_writes_and_the_others_say_who_does() {
    let (_temp, folder) = small();
    let (mut wrote, mut refused) = (0, 0);
    let mut answers: Vec<String> = Vec::new();
    for round in 0..15 {
        let programs: Vec<_> = (0..4)
            .map(|program| {
                let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
                    .args(["--lang", "en", "--data", "none", "incident", "do"])
                    .arg(&folder)
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap();
                let lines: String = (0..4)
                    .map(|line| format!("note r{round}-p{program}-{line}\n"))
                    .collect();
                let mut input = child.stdin.take().unwrap();
                std::io::Write::write_all(&mut input, lines.as_bytes()).ok();
                child
            })
            .collect();
        for child in programs {
            let output = child.wait_with_output().unwrap();
            let said = text(&output.stdout);
            if output.status.success() {
                wrote += 1;
                assert_eq!(said.lines().count(), 4);
                answers.extend(said.lines().map(str::to_owned));
            } else {
                refused += 1;
                assert_eq!(said, "");
                let why = text(&output.stderr);
                assert!(why.contains("has been writing since"), "{why}");
            }
        }
    }
    let opened = journal::read(&folder).unwrap();
    assert_eq!(opened.recovery, Recovery::None);
    assert_eq!(opened.entries.len(), 1 + answers.len());
    answers.sort_by_key(|answer| answer.split(' ').next().unwrap().parse::<u64>().unwrap());
    for (entry, answer) in opened.entries[1..].iter().zip(&answers) {
        let said = format!("{} note ", entry.number);
        let note = answer.strip_prefix(&said).unwrap();
        assert!(format!("{:?}", entry.event).contains(&format!("{note:?}")));
    }
    println!("{wrote} programs wrote, {refused} were told who writes");
    assert!(wrote >= 15 && refused > 0);
}

#[test]
fn verifying_while_it_is_written_gives_no_false_alarm() {
    let wanted = super::count("SHODO_VERIFICATIONS", 10_000);
    // In memory where that can be had: a disk that syncs slowly would leave nothing to race with.
    let memory = Path::new("/dev/shm");
    let temp = if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    };
    let folder = temp.path().join("0");
    let is_done = AtomicBool::new(false);
    let current = std::sync::Mutex::new(folder);
    let mut random = Random(1);
    let entries = entries(&mut random, 25);
    Journal::create(&current.lock().unwrap(), FLOW, &entries[0]).unwrap();
    let (mut verified, mut grown) = (0, 0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut number = 0;
            while !is_done.load(Ordering::SeqCst) {
                let folder = current.lock().unwrap().clone();
                let Some(mut journal) = Journal::open(&folder).unwrap().journal else {
                    // A child of another test holds the lock that it was born with.
                    continue;
                };
                for entry in &entries[1..] {
                    journal.append(entry).unwrap();
                }
                number += 1;
                let next = temp.path().join(number.to_string());
                Journal::create(&next, FLOW, &entries[0]).unwrap();
                *current.lock().unwrap() = next;
            }
        });
        let mut last = 0;
        // On a busy machine the writer may hardly come to its turn; then there are more.
        while verified < wanted || grown <= wanted / 50 {
            verified += 1;
            assert!(!writer.is_finished(), "nobody writes any more");
            let folder = current.lock().unwrap().clone();
            let found = journal::verify(&folder, None);
            let is_fine = matches!(found, Ok(Verification::Intact { torn: None, .. }));
            if !is_fine {
                is_done.store(true, Ordering::SeqCst);
                panic!("{found:?}");
            }
            if let Ok(Verification::Intact { head, .. }) = found {
                grown += u64::from(head.count != last);
                last = head.count;
            }
        }
        is_done.store(true, Ordering::SeqCst);
    });
    println!("{verified} verifications, {grown} times it had grown since the one before");
}

fn moment(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

#[test]
fn a_clock_that_jumps_between_and_during_entries_harms_nothing_and_is_flagged() {
    use ClockFlag::{Backwards, FarAhead, OtherOffset};
    let jumps: [(&str, &[ClockFlag]); 8] = [
        // Set back, a year ahead, back again.
        ("2026-11-21T09:00:00+09:00", &[Backwards]),
        ("2027-11-21T09:00:00+09:00", &[FarAhead]),
        ("2026-11-21T13:01:00+09:00", &[Backwards]),
        // Another zone, the same moment and a second more.
        ("2026-11-21T04:01:01+00:00", &[OtherOffset]),
        // Summer time begins and ends; the second hour comes twice, in the right order.
        ("2027-03-28T02:59:00+01:00", &[FarAhead, OtherOffset]),
        ("2027-03-28T04:01:00+02:00", &[OtherOffset]),
        ("2027-10-31T02:59:00+02:00", &[FarAhead]),
        ("2027-10-31T02:01:00+01:00", &[OtherOffset]),
    ];
    let (_temp, steady) = walked_folder();
    let wanted = reopened(&steady);
    for during in [false, true] {
        let temp = tempfile::tempdir().unwrap();
        let folder = small_in(temp.path());
        let mut session = reopened(&folder);
        for (line, (clock, _)) in WALK.iter().zip(jumps) {
            if during {
                // It jumps while an entry is on its way, and the next one waits behind it.
                let command = shodo::cli::read_line(line, session.present()).unwrap();
                session.submit(command.unwrap());
                session.set_clock(Clock::Fixed(moment(clock)));
                let outcomes = session.settle();
                assert!(matches!(outcomes[..], [Outcome::Saved(_)]), "{outcomes:?}");
            } else {
                drop(session);
                session = reopened_at(&folder, moment(clock));
                let outcomes = say(&mut session, line);
                assert!(matches!(outcomes[..], [Outcome::Saved(_)]), "{outcomes:?}");
            }
        }
        drop(session);
        let session = reopened(&folder);
        assert!(session.can_write());
        let incident = session.incident();
        let numbers: Vec<u64> = incident
            .entries()
            .iter()
            .map(|entry| entry.number.0)
            .collect();
        assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
        for (number, (clock, flags)) in (2..).zip(jumps) {
            let entry = incident.entry(EntryNumber(number)).unwrap();
            assert_eq!(entry.recorded_at, moment(clock));
            assert_eq!(entry.recorded_at.offset(), moment(clock).offset());
            assert_eq!(incident.clock_flags(entry.number), flags, "{clock}");
        }
        // In the text each flag stands below its entry, in words.
        for (language, id) in [(Language::Ja, "ja"), (Language::En, "en")] {
            let words = Words::new(language);
            let flag = |flag: &ClockFlag| words.get(&format!("clock-{}", flag.id()));
            let wanted: Vec<String> = jumps
                .iter()
                .flat_map(|(_, flags)| flags.iter().map(flag))
                .collect();
            let dir = folder.to_str().unwrap();
            let shown = run_in(id, temp.path(), &["incident", "show", dir], b"");
            let shown = text(&shown.stdout);
            let told: Vec<&str> = shown
                .lines()
                .filter_map(|line| line.trim_start().strip_prefix("! "))
                .collect();
            assert_eq!(told, wanted, "{shown}");
        }
        // The same state as under a clock that stands still.
        for (node, _) in session.flow().nodes() {
            let state = |of: &Incident| of.marking().mark(node).state;
            assert_eq!(state(incident), state(wanted.incident()));
        }
        for (entry, other) in incident
            .entries()
            .iter()
            .zip(wanted.incident().entries())
            .skip(1)
        {
            assert_eq!(
                (&entry.event, &entry.effects),
                (&other.event, &other.effects)
            );
        }
        let found = journal::verify(&folder, Some(session.head())).unwrap();
        assert!(matches!(found, Verification::Intact { torn: None, .. }));
    }
}

#[test]
fn a_time_zone_that_changes_between_runs_is_flagged_and_harms_nothing() {
    let (temp, folder) = small();
    let dir = folder.to_str().unwrap();
    for (zone, number) in [
        ("JST-9", 2),
        ("EST5EDT", 3),
        ("CET-1CEST", 4),
        ("CET-1CEST", 5),
    ] {
        let input = temp.path().join("input");
        fs::write(&input, "note a\n").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_shodo"))
            .args(["--lang", "en", "--data", "none", "incident", "do", dir])
            .env("TZ", zone)
            .stdin(fs::File::open(&input).unwrap())
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout), format!("{number} note a\n"));
    }
    let json = crate::support::show(temp.path(), dir, &[]);
    let flags: Vec<bool> = json["entries"].as_array().unwrap()[2..]
        .iter()
        .map(|entry| {
            entry["clock"]
                .as_array()
                .unwrap()
                .contains(&"other-offset".into())
        })
        .collect();
    assert_eq!(flags, [true, true, false]);
    assert!(
        run(temp.path(), &["journal", "verify", dir], b"")
            .status
            .success()
    );
}
