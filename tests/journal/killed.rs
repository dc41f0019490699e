//! The real process, killed at any moment, and watched: what it has answered is on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use shodo::clock::Clock;
use shodo::incident::{ClockFlag, Entry, Event};
use shodo::journal::{self, Recovery, Verification};
use shodo::session::Session;

use super::forgetting::Random;
use super::refusing::small;
use crate::support::mounts::{MOUNTED, system, with_own_mounts};
use crate::support::{run, text, wait_for};

fn start(data: &Path, folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data)
        .args(["incident", "do"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn note(entry: &Entry) -> Option<&str> {
    match &entry.event {
        Event::NoteAdded(note) => Some(&note.text),
        _ => None,
    }
}

/// Sends notes, kills the process after a while; gives the answers that came out whole.
pub(super) fn kill(data: &Path, folder: &Path, notes: &[String], after: Duration) -> Vec<String> {
    let mut child = start(data, folder);
    let mut input = child.stdin.take().unwrap();
    // Less than a pipe holds, so nobody waits.
    let lines: String = notes.iter().map(|note| format!("note {note}\n")).collect();
    input.write_all(lines.as_bytes()).unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    let mut said = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut said).unwrap();
    child.wait().unwrap();
    let said = text(&said);
    let whole = said.rfind('\n').map_or("", |end| &said[..end]);
    whole.lines().map(str::to_owned).collect()
}

#[test]
fn killed_at_any_moment_every_answered_note_is_in_the_journal_once() {
    let kills = super::count("SHODO_KILLS", 1_000);
    let mut random = Random(2026);
    let mut sent = 0_u64;
    let (mut answered, mut unanswered, mut torn, mut before_any) = (0, 0, 0, 0);
    let mut done = 0;
    while done < kills {
        let (temp, folder) = small();
        let mut acknowledged: BTreeMap<u64, String> = BTreeMap::new();
        let mut length = 1;
        for _kill in 0..25.min(kills - done) {
            done += 1;
            let notes: Vec<String> = (0..60)
                .map(|_| {
                    sent += 1;
                    let long = if random.below(20) == 0 { 9000 } else { 40 };
                    format!("k{sent}-{}", "z".repeat(random.below(long)))
                })
                .scan(0, |sum, note| {
                    *sum += note.len() + 6;
                    (*sum < 60_000).then_some(note)
                })
                .collect();
            // From before it has read anything to long after its first answers.
            let after = Duration::from_micros(random.below(60_000) as u64);
            let answers = kill(temp.path(), &folder, &notes, after);
            before_any += u64::from(answers.is_empty());
            for answer in &answers {
                let (number, said) = answer.split_once(" note ").unwrap();
                let twice = acknowledged.insert(number.parse().unwrap(), said.to_owned());
                assert_eq!(twice, None, "a number is answered once");
            }
            let opened = journal::read(&folder).unwrap();
            let count = opened.entries.len();
            torn += u64::from(opened.recovery != Recovery::None);
            assert!(count >= length + answers.len(), "entries are missing");
            assert!(
                count <= length + answers.len() + 1,
                "more than one was unanswered"
            );
            unanswered += count - length - answers.len();
            answered += answers.len();
            length = count;
            let texts: BTreeSet<&str> = opened.entries.iter().filter_map(note).collect();
            assert_eq!(texts.len() + 1, count, "no note is there twice");
            for (number, said) in &acknowledged {
                let at = usize::try_from(*number).unwrap() - 1;
                assert_eq!(note(&opened.entries[at]), Some(said.as_str()));
            }
        }
        let folder = folder.to_str().unwrap();
        let after = run(temp.path(), &["incident", "do", folder], b"note after\n");
        assert!(after.status.success(), "{}", text(&after.stderr));
        assert_eq!(text(&after.stdout), format!("{} note after\n", length + 1));
        let found = journal::verify(Path::new(folder), None).unwrap();
        assert!(
            matches!(found, Verification::Intact { torn: None, .. }),
            "{found:?}"
        );
    }
    println!(
        "{kills} kills: {answered} notes answered, {unanswered} written and not answered, \
         {torn} torn ends, {before_any} killed before any answer"
    );
    assert!(
        answered as u64 > kills,
        "the kills came too early: {answered}"
    );
    assert!(before_any > 0, "the kills came too late");
}

#[test]
fn the_journal_is_synced_before_each_answer_is_written() {
    let (temp, folder) = small();
    let trace = temp.path().join("trace");
    let input = temp.path().join("input");
    let lines: String = (0..50).map(|number| format!("note n{number}\n")).collect();
    fs::write(&input, lines).unwrap();
    let output = Command::new("strace")
        .args(["-f", "-y", "-s", "32", "-o"])
        .arg(&trace)
        .args([
            "-e",
            "trace=write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate",
        ])
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data", "none", "incident", "do"])
        .arg(&folder)
        .stdin(fs::File::open(&input).unwrap())
        .output()
        .expect("strace is installed; this check cannot be left out");
    assert!(output.status.success());
    let trace = fs::read_to_string(&trace).unwrap();
    let mut is_synced = true;
    let (mut syncs, mut writes, mut answers) = (0, 0, 0);
    let mut syncing: BTreeSet<&str> = BTreeSet::new();
    for line in trace.lines() {
        let (process, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        let is_journal = call.contains("/journal.ron>");
        let is_sync = call.starts_with("fsync(") || call.starts_with("fdatasync(");
        if is_sync && is_journal {
            syncing.insert(process);
        }
        let is_end = call.contains("sync resumed>") || is_sync && !call.contains("<unfinished");
        if is_end && syncing.remove(process) {
            assert!(call.ends_with("= 0"), "{line}");
            is_synced = true;
            syncs += 1;
        } else if is_journal && !is_sync {
            // A write or a cut, from the moment it begins.
            is_synced = false;
            writes += 1;
        } else if call.starts_with("write(1<") {
            assert!(is_synced, "answered before the sync: {line}\n{trace}");
            answers += 1;
            assert!(syncs > answers, "a sync of its own for each answer");
        }
    }
    assert_eq!((answers, syncs, writes), (50, 51, 51), "{trace}");
}

/// Gives a time-zone file of one offset and no changes.
fn zone(offset_secs: i32) -> Vec<u8> {
    let mut file = b"TZif".to_vec();
    file.extend([0; 16]);
    // One kind of time with a name of four bytes, and nothing else.
    for count in [0_u32, 0, 0, 0, 1, 4] {
        file.extend(count.to_be_bytes());
    }
    file.extend(offset_secs.to_be_bytes());
    file.extend([0, 0]);
    file.extend(b"XYZ\0");
    file
}

#[test]
fn a_time_zone_that_changes_under_the_running_program_is_flagged_and_harms_nothing() {
    let Some(temp) = std::env::var_os(MOUNTED).map(PathBuf::from) else {
        let temp = tempfile::tempdir().unwrap();
        return with_own_mounts(
            "journal::killed::a_time_zone_that_changes_under_the_running_program_is_flagged_and_harms_nothing",
            temp.path(),
        );
    };
    // The system's setting is the file /etc/localtime; here it is one of ours.
    let (etc, next) = (temp.join("etc"), temp.join("etc/next"));
    fs::create_dir(&etc).unwrap();
    let set = |hours: i32| {
        fs::write(&next, zone(hours * 3600)).unwrap();
        fs::rename(&next, etc.join("localtime")).unwrap();
    };
    set(9);
    system(
        "mount",
        &["--bind", etc.to_str().unwrap()],
        Path::new("/etc"),
    );
    let data = temp.join("data");
    fs::create_dir(&data).unwrap();
    let folder = PathBuf::from(crate::support::start(&data, "saw"));
    let mut child = start(&data, &folder);
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut say = || {
        writeln!(input, "note x").unwrap();
        answers.next().unwrap().unwrap();
        journal::read(&folder).unwrap().entries
    };
    let offset = |entry: &Entry| entry.recorded_at.offset().local_minus_utc() / 3600;
    assert_eq!(offset(say().last().unwrap()), 9);
    set(-5);
    // The system's setting is looked at once a second.
    let entries = wait_for("the other zone", || {
        let entries = say();
        (offset(entries.last().unwrap()) == -5).then_some(entries)
    });
    drop(input);
    assert!(child.wait().unwrap().success());

    // By number and by moment all is as it happened, and the change is said.
    let moments: Vec<_> = entries.iter().map(|entry| entry.recorded_at).collect();
    assert!(moments.is_sorted(), "{moments:?}");
    let session = Session::read(&folder, Clock::System).unwrap();
    for entry in &entries {
        let is_last = entry.number == entries.last().unwrap().number;
        let wanted: &[ClockFlag] = if is_last {
            &[ClockFlag::OtherOffset]
        } else {
            &[]
        };
        assert_eq!(session.incident().clock_flags(entry.number), wanted);
    }
    let verified = journal::verify(&folder, None).unwrap();
    assert!(matches!(verified, Verification::Intact { torn: None, .. }));
}
