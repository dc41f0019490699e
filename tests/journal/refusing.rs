//! A disk that refuses: full, read-only, gone, an error of the device. What could not be written
//! stays pending, is shown nowhere as saved, and is written when the disk takes it again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use shodo::clock::Clock;
use shodo::flow::Flow;
use shodo::incident::{EntryNumber, Moment, Opening};
use shodo::journal::{self, Disk, Failing, Journal, JournalError, Memory, ReadOnly, Storage};
use shodo::session::{Outcome, Session};
use tempfile::TempDir;

use crate::support::mounts::{MOUNTED, system, with_own_mounts};
use crate::support::{at, run, text};

/// A flow of four steps and two decisions.
pub(super) const SMALL: &str = "tests/flows_bad/small.ron";

/// An incident with the small flow, of its first entry alone.
///
/// Made by the program, so that no lock of this process is carried on for a moment by a child
/// that another test is about to start.
pub(super) fn small() -> (TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let made = run(temp.path(), &["incident", "new", "--flow", SMALL], b"");
    assert!(made.status.success(), "{}", text(&made.stderr));
    let folder = PathBuf::from(text(&made.stdout).trim());
    (temp, folder)
}

/// The same, made in this process by a clock that stands still.
pub(super) fn small_in(data: &Path) -> PathBuf {
    let flow = Flow::read(&fs::read_to_string(SMALL).unwrap()).unwrap();
    let opening = Opening {
        door: "saw".to_owned(),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let clock = Clock::Fixed(at(0));
    let session = Session::create(data, opening, Arc::new(flow), clock, Box::new(|| {})).unwrap();
    session.folder().to_owned()
}

/// Opens to write, as soon as no child of another test holds the lock that it was born with.
pub(super) fn reopened(folder: &Path) -> Session {
    reopened_at(folder, at(1))
}

pub(super) fn reopened_at(folder: &Path, at: Moment) -> Session {
    loop {
        let session = Session::open(folder, Clock::Fixed(at), Box::new(|| {})).unwrap();
        if !matches!(session.read_only(), Some(ReadOnly::HeldBy(_))) {
            return session;
        }
        std::thread::yield_now();
    }
}

pub(super) fn say(session: &mut Session, line: &str) -> Vec<Outcome> {
    let command = shodo::cli::read_line(line, session.present()).unwrap();
    assert!(session.submit(command.unwrap()));
    session.settle()
}

/// Checks that the entry that could not be written is kept and nowhere shown as saved.
fn is_pending(session: &Session, before: usize) {
    let number = EntryNumber(before as u64 + 1);
    assert_eq!(session.pending().map(|entry| entry.number), Some(number));
    assert!(session.failure().is_some());
    assert_eq!(session.incident().entries().len(), before);
    assert_eq!(session.head().count, before as u64);
    assert!(!session.is_idle());
}

const LINES: [&str; 4] = ["done S-1", "note 電話", "choose D1 maybe", "done S-2"];

/// Works with calls that fail; gives how many calls there were and how often an entry had to wait.
fn work<S: Storage + 'static>(storage: Failing<S>, folder: &Path) -> (u64, usize) {
    let calls = storage.calls();
    let mut waited = 0;
    let mut opened = match Journal::open_on(Box::new(storage)) {
        Ok(opened) => opened,
        Err(JournalError::Io { .. }) => return (calls.load(Ordering::SeqCst), 1),
        Err(error) => panic!("{error}"),
    };
    opened.flow_text = Some(fs::read_to_string(SMALL).unwrap());
    let mut session = Session::on(folder, opened, Clock::Fixed(at(1)), Box::new(|| {})).unwrap();
    if !session.can_write() {
        let why = session.read_only().unwrap();
        assert!(matches!(why, ReadOnly::NoPermission { .. }), "{why:?}");
        return (calls.load(Ordering::SeqCst), 1);
    }
    for line in LINES {
        let before = session.incident().entries().len();
        let mut outcomes = say(&mut session, line);
        while let Some(Outcome::Failed(_)) = outcomes.first() {
            is_pending(&session, before);
            waited += 1;
            assert!(waited < 100);
            session.retry();
            outcomes = session.settle();
            if outcomes.is_empty() {
                is_pending(&session, before);
                outcomes = vec![Outcome::Failed(EntryNumber(0))];
            }
        }
        assert!(matches!(outcomes[..], [Outcome::Saved(_)]), "{outcomes:?}");
        assert_eq!(session.incident().entries().len(), before + 1);
    }
    (calls.load(Ordering::SeqCst), waited)
}

const KINDS: [ErrorKind; 4] = [
    ErrorKind::StorageFull,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::NotFound,
    ErrorKind::Other,
];

#[test]
fn whichever_call_fails_in_whichever_way_the_entry_stays_pending_until_it_is_saved() {
    let (_temp, folder) = small();
    let path = folder.join("journal.ron");
    let begin = fs::read(&path).unwrap();
    let mut runs = 0;
    let mut waits = 0;
    for kind in KINDS {
        for width in 1..5 {
            for on_disk in [false, true] {
                for n in 1.. {
                    fs::write(&path, &begin).unwrap();
                    let memory = Memory::holding(&begin);
                    let (calls, waited) = if on_disk {
                        let disk = Disk::open(&path).unwrap();
                        work(Failing::new(disk, n..n + width).saying(kind), &folder)
                    } else {
                        work(
                            Failing::new(memory.clone(), n..n + width).saying(kind),
                            &folder,
                        )
                    };
                    runs += 1;
                    waits += waited;
                    let kept = if on_disk {
                        fs::read(&path).unwrap()
                    } else {
                        memory.synced()
                    };
                    let opened = Journal::open_on(Box::new(Memory::holding(&kept))).unwrap();
                    // All five, or none but the first where it could only be read.
                    assert!(
                        matches!(opened.entries.len(), 1 | 5),
                        "{kind:?} {n} {width}"
                    );
                    assert!(kept.starts_with(&begin));
                    if calls < n {
                        assert_eq!(waited, 0);
                        break;
                    }
                }
            }
        }
    }
    println!("{runs} runs, an entry had to wait {waits} times");
    assert!(runs > 500 && waits > 500);
}

#[test]
fn whichever_system_call_fails_no_note_is_answered_that_is_not_in_the_journal() {
    let mut runs = 0;
    for error in ["ENOSPC", "EROFS", "ENOENT", "EIO"] {
        for n in 1.. {
            let (temp, folder) = small();
            let trace = temp.path().join("trace");
            let input = temp.path().join("input");
            fs::write(&input, "note a\nnote b\nnote c\n").unwrap();
            let output = Command::new("strace")
                .args(["-f", "-qq", "-P"])
                .arg(&folder)
                .arg("-P")
                .arg(folder.join("journal.ron"))
                .arg("-P")
                .arg(folder.join("journal.lock"))
                .arg("-P")
                .arg(folder.join("flow.ron"))
                .arg("-e")
                .arg(format!("inject=%file,%desc:error={error}:when={n}"))
                .arg("-o")
                .arg(&trace)
                .arg(env!("CARGO_BIN_EXE_shodo"))
                .args(["--lang", "en", "--data", "none", "incident", "do"])
                .arg(&folder)
                .stdin(fs::File::open(&input).unwrap())
                .output()
                .expect("strace is installed; this check cannot be left out");
            runs += 1;
            let said = text(&output.stdout);
            let trace = fs::read_to_string(&trace).unwrap();
            let is_hit = trace.contains("(INJECTED)");
            let entries = journal::read(&folder).unwrap().entries;
            let notes: Vec<String> = said.lines().map(str::to_owned).collect();
            let written = ["2 note a", "3 note b", "4 note c"];
            assert_eq!(notes, written[..notes.len()], "{error} {n}");
            let code = output.status.code().unwrap();
            match code {
                0 => assert_eq!(notes.len(), 3),
                2 => assert!(!output.stderr.is_empty(), "{error} {n}: told"),
                _ => panic!("{error} {n}: exit code {code}: {}", text(&output.stderr)),
            }
            assert!(entries.len() > notes.len(), "{error} {n}");
            // What was not answered is there only where its name was in doubt, never twice.
            assert!(entries.len() <= notes.len() + 2, "{error} {n}: {trace}");
            let folder = folder.to_str().unwrap();
            let again = run(temp.path(), &["incident", "do", folder], b"note after\n");
            assert!(
                again.status.success(),
                "{error} {n}: {}",
                text(&again.stderr)
            );
            let after = format!("{} note after\n", entries.len() + 1);
            assert_eq!(text(&again.stdout), after, "{error} {n}");
            if !is_hit {
                assert_eq!(code, 0);
                assert!(n > 10, "{error}: only {n} calls were found");
                break;
            }
        }
    }
    println!("{runs} runs");
}

#[test]
fn a_folder_that_is_taken_away_and_given_back_gets_the_entry_that_waited() {
    let (temp, folder) = small();
    let mut session = reopened(&folder);
    assert!(matches!(
        say(&mut session, "note a")[..],
        [Outcome::Saved(_)]
    ));
    let away = temp.path().join("away");
    fs::rename(&folder, &away).unwrap();
    assert!(matches!(
        say(&mut session, "note b")[..],
        [Outcome::Failed(_)]
    ));
    for _try in 0..3 {
        is_pending(&session, 2);
        session.retry();
        session.settle();
    }
    assert!(matches!(
        session.failure(),
        Some(JournalError::Replaced { .. })
    ));
    fs::rename(&away, &folder).unwrap();
    session.retry();
    assert!(matches!(
        session.settle()[..],
        [Outcome::Saved(EntryNumber(3))]
    ));
    assert_eq!(
        journal::read(&folder).unwrap().entries,
        session.incident().entries()
    );
}

#[test]
fn on_a_full_disk_the_entry_waits_and_is_saved_once_there_is_room() {
    let Some(disk) = std::env::var_os(MOUNTED).map(PathBuf::from) else {
        let temp = tempfile::tempdir().unwrap();
        return with_own_mounts(
            "journal::refusing::on_a_full_disk_the_entry_waits_and_is_saved_once_there_is_room",
            temp.path(),
        );
    };
    system("mount", &["-t", "tmpfs", "-o", "size=256k", "none"], &disk);
    let folder = small_in(&disk);
    let ballast = disk.join("ballast");
    let mut full = 0;
    let mut session = reopened(&folder);
    // Notes of many lengths, so that the disk is full before, within and behind a line.
    for length in (1..40).map(|step| step * 311) {
        let before = session.incident().entries().len();
        fs::write(&ballast, vec![b'x'; 256 * 1024]).unwrap_err();
        let note = format!("note {}", "あ".repeat(length / 3 + 1));
        if matches!(say(&mut session, &note)[..], [Outcome::Failed(_)]) {
            full += 1;
            is_pending(&session, before);
            let args = session.failure().unwrap().args();
            assert!(args.contains(&("reason", "full".to_owned())), "{args:?}");
            session.retry();
            assert!(matches!(session.settle()[..], [Outcome::Failed(_)]));
            is_pending(&session, before);
            // Nothing of it is seen by others while it waits.
            let seen = journal::read(&folder).unwrap();
            assert_eq!(seen.entries, session.incident().entries());
            fs::remove_file(&ballast).unwrap();
            session.retry();
            assert!(matches!(session.settle()[..], [Outcome::Saved(_)]));
        }
        assert_eq!(session.incident().entries().len(), before + 1);
        if before.is_multiple_of(8) {
            drop(session);
            fs::remove_file(&ballast).ok();
            session = reopened(&folder);
        }
    }
    drop(session);
    assert_eq!(journal::read(&folder).unwrap().entries.len(), 40);
    assert!(full > 10, "the disk was full {full} times");
    println!("the disk was full {full} times");
    system("umount", &[], &disk);
}

#[test]
fn a_disk_that_is_pulled_out_and_put_in_again_gets_the_entry_that_waited() {
    let Some(disk) = std::env::var_os(MOUNTED).map(PathBuf::from) else {
        let temp = tempfile::tempdir().unwrap();
        for name in ["socket", "disk"] {
            fs::create_dir(temp.path().join(name)).unwrap();
        }
        return with_own_mounts(
            "journal::refusing::a_disk_that_is_pulled_out_and_put_in_again_gets_the_entry_that_waited",
            temp.path(),
        );
    };
    let (stick, socket) = (disk.join("disk"), disk.join("socket"));
    let plug = ["--bind", stick.to_str().unwrap()];
    system("mount", &["-t", "tmpfs", "-o", "size=1m", "none"], &stick);
    system("mount", &plug, &socket);
    let folder = small_in(&socket);
    let mut session = reopened(&folder);
    assert!(matches!(
        say(&mut session, "note a")[..],
        [Outcome::Saved(_)]
    ));
    for number in 3..6 {
        system("umount", &["--lazy"], &socket);
        let before = session.incident().entries().len();
        assert!(matches!(
            say(&mut session, "note b")[..],
            [Outcome::Failed(_)]
        ));
        is_pending(&session, before);
        session.retry();
        session.settle();
        is_pending(&session, before);
        // Nothing is written into the folder that the disk was mounted on.
        assert_eq!(fs::read_dir(&socket).unwrap().count(), 0);
        system("mount", &plug, &socket);
        session.retry();
        assert!(matches!(session.settle()[..], [Outcome::Saved(EntryNumber(n))] if n == number));
    }
    // A write-protected disk: opened to read, with the reason.
    drop(session);
    system("mount", &["-o", "remount,ro,bind"], &socket);
    let session = reopened(&folder);
    let Some(ReadOnly::NoPermission { reason, .. }) = session.read_only() else {
        panic!("{:?}", session.read_only());
    };
    assert_eq!(
        (*reason, session.incident().entries().len()),
        ("read-only", 5)
    );
    system("umount", &[], &socket);
    system("umount", &[], &stick);
}
