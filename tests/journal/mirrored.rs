//! The mirror folder: a copy that nobody waits for, that catches up, and is never written over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use shodo::flow::Language;
use shodo::journal::{Mirror, mark_mirror};
use shodo::session::{Outcome, Session};
use shodo::words::Words;
use tempfile::TempDir;

use super::forgetting::Random;
use super::refusing::{SMALL, reopened, say, small, small_in};
use crate::support::mounts::{MOUNTED, system, with_own_mounts};
use crate::support::{run, run_in, show, text};

const LIMIT: Duration = Duration::from_secs(30);

/// A marked folder as a stick would be.
fn stick() -> (TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("stick");
    fs::create_dir(&root).unwrap();
    mark_mirror(&root, &[], "x").unwrap();
    (temp, root)
}

fn saved(session: &mut Session, line: &str) {
    let outcomes = say(session, line);
    assert!(matches!(outcomes[..], [Outcome::Saved(_)]), "{outcomes:?}");
}

fn copy_of(root: &Path, folder: &Path) -> PathBuf {
    root.join(folder.file_name().unwrap())
}

/// Waits until the copy has this state.
fn until(session: &Session, wanted: impl Fn(&Mirror) -> bool) -> Mirror {
    for _wait in 0..6000 {
        let state = session.mirror();
        if wanted(&state) {
            return state;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("{:?}", session.mirror());
}

fn is_complete(session: &Session, root: &Path) {
    let count = session.head().count;
    until(session, |state| *state == Mirror::UpTo(count));
    for name in ["journal.ron", "flow.ron"] {
        let ours = fs::read(session.folder().join(name)).unwrap();
        let copy = fs::read(copy_of(root, session.folder()).join(name)).unwrap();
        assert!(ours == copy, "{name}");
    }
}

#[test]
fn each_entry_is_copied_with_the_flow_and_the_copy_is_an_incident_of_its_own() {
    let ((_temp, folder), (_stick, root)) = (small(), stick());
    let mut session = reopened(&folder);
    assert_eq!(session.mirror(), Mirror::Off);
    session.mirror_to(Some(&root));
    for number in 2..30 {
        saved(&mut session, "note 電話");
        if number % 7 == 0 {
            assert_eq!(session.mirror_within(LIMIT), Mirror::UpTo(number));
            is_complete(&session, &root);
        }
    }
    is_complete(&session, &root);
    // One that only reads sees the same, and writes nothing.
    let mut reader = Session::read(&folder, shodo::clock::Clock::System).unwrap();
    reader.mirror_to(Some(&root));
    assert_eq!(reader.mirror_within(LIMIT), Mirror::UpTo(29));
    let entries = session.incident().entries().to_vec();
    drop(session);
    let copy = reopened(&copy_of(&root, &folder));
    assert_eq!(copy.incident().entries(), entries);
}

#[test]
fn who_shows_the_state_of_the_copy_is_woken_when_it_is_another() {
    let ((_temp, folder), (_stick, root)) = (small(), stick());
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    is_complete(&session, &root);
    let (woken, wakes) = std::sync::mpsc::sync_channel(64);
    session.on_mirror(Box::new(move || woken.try_send(()).unwrap_or_default()));
    let until_woken = |wanted: &Mirror| {
        while session.mirror() != *wanted {
            wakes.recv_timeout(LIMIT).unwrap();
        }
    };
    fs::rename(&root, root.with_file_name("away")).unwrap();
    until_woken(&Mirror::Missing);
    fs::rename(root.with_file_name("away"), &root).unwrap();
    until_woken(&Mirror::UpTo(session.head().count));
}

#[test]
fn an_empty_mount_point_is_not_written_to() {
    let ((_temp, folder), stick) = (small(), tempfile::tempdir().unwrap());
    let mut session = reopened(&folder);
    session.mirror_to(Some(stick.path()));
    saved(&mut session, "note a");
    assert_eq!(session.mirror_within(LIMIT), Mirror::Unmarked);
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
    // Once it is marked it catches up, without a new entry.
    mark_mirror(stick.path(), &[], "x").unwrap();
    is_complete(&session, stick.path());
}

#[test]
fn a_stick_that_is_taken_out_delays_nothing_and_catches_up_when_it_is_back() {
    let ((_temp, folder), (_stick, root)) = (small(), stick());
    let away = root.with_file_name("away");
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    for _time in 0..3 {
        is_complete(&session, &root);
        fs::rename(&root, &away).unwrap();
        for _note in 0..5 {
            saved(&mut session, "note a");
        }
        until(&session, |state| *state == Mirror::Missing);
        assert!(!root.exists(), "nothing is made where the stick was");
        fs::rename(&away, &root).unwrap();
        is_complete(&session, &root);
    }
    // In the middle of much writing, at any moment.
    for _time in 0..20 {
        saved(&mut session, &format!("note {}", "x".repeat(5000)));
        fs::rename(&root, &away).unwrap();
        saved(&mut session, "note b");
        assert!(!root.exists());
        fs::rename(&away, &root).unwrap();
    }
    is_complete(&session, &root);
}

#[test]
fn a_stick_that_is_full_or_write_protected_is_told_and_caught_up_with() {
    let Some(disk) = std::env::var_os(MOUNTED).map(PathBuf::from) else {
        let temp = tempfile::tempdir().unwrap();
        return with_own_mounts(
            "journal::mirrored::a_stick_that_is_full_or_write_protected_is_told_and_caught_up_with",
            temp.path(),
        );
    };
    let data = tempfile::tempdir().unwrap();
    let folder = small_in(data.path());
    system("mount", &["-t", "tmpfs", "-o", "size=64k", "none"], &disk);
    mark_mirror(&disk, &[], "x").unwrap();
    let mut session = reopened(&folder);
    session.mirror_to(Some(&disk));
    is_complete(&session, &disk);
    let failed = |session: &Session, why: &str| {
        until(
            session,
            |state| matches!(state, Mirror::Failed { reason, .. } if *reason == why),
        );
    };
    for _note in 0..20 {
        saved(&mut session, &format!("note {}", "x".repeat(5000)));
    }
    failed(&session, "full");
    let bytes = fs::read(folder.join("journal.ron")).unwrap();
    let copy = fs::read(copy_of(&disk, &folder).join("journal.ron")).unwrap();
    assert!(bytes.starts_with(&copy) && copy.len() < bytes.len());
    system("mount", &["-o", "remount,size=1m"], &disk);
    is_complete(&session, &disk);
    // No file is held open, so the stick can be taken out or write-protected.
    system("mount", &["-o", "remount,ro"], &disk);
    saved(&mut session, "note b");
    failed(&session, "read-only");
    system("mount", &["-o", "remount,rw"], &disk);
    is_complete(&session, &disk);
    // Pulled out: the empty folder under it stays empty, and the main record goes on.
    system("umount", &[], &disk);
    saved(&mut session, "note c");
    until(&session, |state| *state == Mirror::Unmarked);
    assert_eq!(fs::read_dir(&disk).unwrap().count(), 0);
}

/// Ends the copying of a session with some entries, so that the copy can be changed.
fn copied() -> (TempDir, PathBuf, TempDir, PathBuf) {
    let ((temp, folder), (stick, root)) = (small(), stick());
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    for _note in 0..4 {
        saved(&mut session, "note a");
    }
    is_complete(&session, &root);
    (temp, folder, stick, root)
}

#[test]
fn a_copy_that_went_its_own_way_is_shown_and_never_written_over() {
    let (_temp, folder, _stick, root) = copied();
    let ours = fs::read(folder.join("journal.ron")).unwrap();
    let copy = copy_of(&root, &folder).join("journal.ron");
    let flow = copy.with_file_name("flow.ron");
    let mut grown = reopened(&copy_of(&root, &folder));
    saved(&mut grown, "note of somebody else");
    drop(grown);
    let longer = fs::read(&copy).unwrap();
    let mut changed = ours.clone();
    changed[100] ^= 1;
    let (_other, other) = small();
    let other = fs::read(other.join("journal.ron")).unwrap();
    let zeros = vec![0; 700];
    let mut states = 0;
    for there in [longer, changed, other, zeros, b"something else\n".to_vec()] {
        // At once, because the thread of the session before may still be looking.
        let beside = root.join("beside");
        fs::write(&beside, &there).unwrap();
        fs::rename(&beside, &copy).unwrap();
        let mut session = reopened(&folder);
        session.mirror_to(Some(&root));
        assert_eq!(session.mirror_within(LIMIT), Mirror::Diverged);
        let mut reader = Session::read(&folder, shodo::clock::Clock::System).unwrap();
        reader.mirror_to(Some(&root));
        assert_eq!(reader.mirror_within(LIMIT), Mirror::Diverged);
        saved(&mut session, "note b");
        until(&session, |state| *state == Mirror::Diverged);
        drop(session);
        assert!(fs::read(&copy).unwrap() == there);
        states += 1;
    }
    assert_eq!(states, 5);
    // Another flow beside it, and the journal's own older copy.
    fs::write(&copy, &ours).unwrap();
    fs::write(&flow, "other").unwrap();
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    assert_eq!(session.mirror_within(LIMIT), Mirror::Diverged);
    assert_eq!(fs::read(&flow).unwrap(), b"other");
    // Moved to another place, it is begun anew.
    fs::rename(copy_of(&root, &folder), root.join("kept")).unwrap();
    saved(&mut session, "note c");
    is_complete(&session, &root);
    drop(session);
    let whole = fs::read(&copy).unwrap();
    fs::write(folder.join("journal.ron"), &ours).unwrap();
    let mut older = reopened(&folder);
    older.mirror_to(Some(&root));
    assert_eq!(older.mirror_within(LIMIT), Mirror::Diverged);
    assert!(fs::read(&copy).unwrap() == whole);
}

#[test]
fn a_copy_that_was_cut_or_torn_anywhere_is_completed() {
    let (_temp, folder, _stick, root) = copied();
    let ours = fs::read(folder.join("journal.ron")).unwrap();
    let copy = copy_of(&root, &folder).join("journal.ron");
    let first = ours.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let session = reopened(&folder);
    let head = session.head().clone();
    let check = |there: &[u8]| {
        fs::write(&copy, there).unwrap();
        let mirroring = shodo::journal::Mirroring::copy(&folder, &root, &head);
        assert_eq!(mirroring.wait(LIMIT), Mirror::UpTo(head.count));
        assert!(fs::read(&copy).unwrap() == ours);
    };
    for cut in (0..ours.len()).step_by(23) {
        check(&ours[..cut]);
    }
    for cut in (first..ours.len() - 60).step_by(67) {
        // The end of the line that was being written is zeros.
        let mut zeroed = ours[..cut].to_vec();
        zeroed.extend([0; 50]);
        check(&zeroed);
    }
    let aside = fs::read_dir(copy.parent().unwrap())
        .unwrap()
        .filter(|name| {
            let name = name.as_ref().unwrap().file_name();
            name.to_str().unwrap().starts_with("journal.torn-")
        });
    assert!(aside.count() > 3);
}

#[test]
fn whenever_the_process_is_killed_the_copy_is_the_beginning_of_the_journal() {
    let ((temp, folder), (_stick, root)) = (small(), stick());
    let setting = format!("(mirror: {:?})", root.display().to_string());
    fs::write(temp.path().join("settings.ron"), setting).unwrap();
    let mut random = Random(7);
    let mut behind = 0;
    for _kill in 0..30 {
        let notes: Vec<String> = (0..30).map(|_| "y".repeat(1 + random.below(900))).collect();
        let after = Duration::from_micros(15_000 + random.below(40_000) as u64);
        super::killed::kill(temp.path(), &folder, &notes, after);
        let ours = fs::read(folder.join("journal.ron")).unwrap();
        let copy = fs::read(copy_of(&root, &folder).join("journal.ron")).unwrap_or_default();
        assert!(ours.starts_with(&copy));
        behind += usize::from(copy.len() < ours.len());
    }
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    is_complete(&session, &root);
    println!("the copy was behind after {behind} of 30 kills");
}

#[test]
fn the_command_line_marks_a_folder_copies_into_it_and_says_how_the_copy_stands() {
    let data = tempfile::tempdir().unwrap();
    let disk = tempfile::tempdir().unwrap();
    let stick = disk.path().join("stick");
    let settings = data.path().join("settings.ron");
    let dir = stick.to_str().unwrap();
    assert_eq!(
        run(data.path(), &["mirror", "init", dir], b"")
            .status
            .code(),
        Some(2)
    );
    assert!(!stick.exists(), "a folder is not made where no stick is");
    fs::create_dir(&stick).unwrap();
    fs::write(&settings, format!("(mirror: {dir:?})")).unwrap();
    let new = ["incident", "new", "--flow", SMALL];
    let output = run(data.path(), &new, b"");
    assert!(output.status.success());
    let folder = text(&output.stdout).trim().to_owned();
    let said = text(&output.stderr);
    assert!(
        said.contains("marker file shodo-mirror") && said.contains("shodo mirror init"),
        "{said}"
    );

    let output = run(data.path(), &["mirror", "init", dir], b"");
    assert!(output.status.success());
    assert!(text(&output.stdout).contains(&format!("mirror: {dir:?}")));
    let output = run(
        data.path(),
        &["incident", "do", &folder],
        b"note a\nnote b\n",
    );
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(0), String::new())
    );
    let json = show(data.path(), &folder, &[]);
    assert_eq!(json["mirror"]["state"], "up-to");
    assert_eq!(json["mirror"]["entries"], 3);
    let shown = text(&run(data.path(), &["incident", "show", &folder], b"").stdout);
    assert!(shown.contains("copied up to entry 3"), "{shown}");
    let name = Path::new(&folder).file_name().unwrap();
    let copy = stick.join(name);
    let verified = run(
        data.path(),
        &["journal", "verify", copy.to_str().unwrap()],
        b"",
    );
    assert!(verified.status.success());

    fs::rename(&stick, disk.path().join("away")).unwrap();
    let output = run(data.path(), &["incident", "do", &folder], b"note c\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).contains("not there"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        show(data.path(), &folder, &[])["mirror"]["state"],
        "missing"
    );
    fs::write(&settings, "()").unwrap();
    assert!(show(data.path(), &folder, &[])["mirror"].is_null());
}

/// How the copy stands, for one who writes and for one who reads.
fn states(folder: &Path, root: &Path) -> [Mirror; 2] {
    let mut session = reopened(folder);
    session.mirror_to(Some(root));
    let mut reader = Session::read(folder, shodo::clock::Clock::System).unwrap();
    reader.mirror_to(Some(root));
    [&session, &reader].map(|of| of.mirror_within(LIMIT))
}

#[test]
fn a_mirror_folder_where_the_incidents_are_kept_is_told_as_that_and_nothing_is_copied() {
    let (temp, folder) = small();
    let incidents = folder.parent().unwrap();
    let other = small_in(temp.path());
    let mut places = vec![
        incidents.to_owned(),
        folder.clone(),
        folder.join("attachments"),
        other,
    ];
    #[cfg(unix)]
    for (name, to) in [("to-incidents", incidents), ("to-incident", &folder)] {
        let link = temp.path().join(name);
        std::os::unix::fs::symlink(to, &link).unwrap();
        places.push(link);
    }
    let ours = fs::read(folder.join("journal.ron")).unwrap();
    for place in &places {
        assert!(mark_mirror(place, &[incidents], "x").is_err(), "{place:?}");
        fs::write(place.join("shodo-mirror"), "x").unwrap();
        let told = states(&folder, place);
        assert_eq!(told, [Mirror::SamePlace, Mirror::SamePlace], "{place:?}");
        assert!(!folder.join(folder.file_name().unwrap()).exists());
    }
    assert!(fs::read(folder.join("journal.ron")).unwrap() == ours);
}

#[test]
fn a_file_where_the_copy_belongs_is_told_and_once_it_is_away_the_copy_is_made() {
    let ((_temp, folder), (_stick, root)) = (small(), stick());
    let copy = copy_of(&root, &folder);
    fs::write(&copy, "x").unwrap();
    let told = Mirror::InTheWay { path: copy.clone() };
    assert_eq!(states(&folder, &root), [told.clone(), told.clone()]);
    let mut session = reopened(&folder);
    session.mirror_to(Some(&root));
    assert_eq!(session.mirror_within(LIMIT), told);
    assert_eq!(fs::read(&copy).unwrap(), b"x");
    fs::remove_file(&copy).unwrap();
    is_complete(&session, &root);
}

#[test]
fn a_mirror_folder_that_is_a_file_or_a_device_is_told_as_no_folder() {
    let (temp, folder) = small();
    let file = temp.path().join("file");
    fs::write(&file, "x").unwrap();
    for place in [file, PathBuf::from("/dev/null")] {
        // There is no such device everywhere.
        if place.exists() {
            assert_eq!(
                states(&folder, &place),
                [Mirror::NotAFolder, Mirror::NotAFolder]
            );
        }
    }
}

#[test]
fn a_relative_mirror_folder_is_not_used_wherever_the_program_is_started() {
    let (temp, folder) = small();
    let stick = temp.path().join("stick");
    fs::create_dir(&stick).unwrap();
    mark_mirror(&stick, &[], "x").unwrap();
    let settings = temp.path().join("settings.ron");
    fs::write(settings, "(mirror: \"stick\")").unwrap();
    for started_in in [temp.path(), Path::new("/")] {
        let output = Command::new(env!("CARGO_BIN_EXE_shodo"))
            .args(["--lang", "en", "--data"])
            .arg(temp.path())
            .args(["incident", "do"])
            .arg(&folder)
            .current_dir(started_in)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        assert!(told.contains("from / or a drive letter"), "{told}");
    }
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    let dir = folder.to_str().unwrap();
    assert_eq!(show(temp.path(), dir, &[])["mirror"]["state"], "relative");
}

#[test]
fn mirror_init_refuses_the_data_folder_that_of_an_incident_and_what_lies_in_them() {
    let (temp, folder) = small();
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("moved");
    fs::create_dir(&moved).unwrap();
    fs::copy(folder.join("journal.ron"), moved.join("journal.ron")).unwrap();
    let below = temp.path().join("stick");
    fs::create_dir(&below).unwrap();
    let incidents = folder.parent().unwrap();
    for place in [temp.path(), incidents, &folder, &below, &moved] {
        for (language, there) in [("en", "on another disk"), ("ja", "別のディスク")] {
            let arguments = ["mirror", "init", place.to_str().unwrap()];
            let output = run_in(language, temp.path(), &arguments, b"");
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{place:?}");
            assert!(told.contains(there), "{told}");
        }
        assert!(!place.join("shodo-mirror").exists(), "{place:?}");
    }
    let arguments = ["mirror", "init", elsewhere.path().to_str().unwrap()];
    assert!(run(temp.path(), &arguments, b"").status.success());
}

#[test]
fn every_problem_of_the_copy_is_told_with_a_next_step_in_both_languages() {
    let failed = Mirror::Failed {
        path: PathBuf::from("/here"),
        reason: "full",
        says: String::new(),
    };
    let problems = [
        Mirror::Waiting,
        Mirror::Relative,
        Mirror::Missing,
        Mirror::NotAFolder,
        Mirror::SamePlace,
        Mirror::Unmarked,
        Mirror::Diverged,
        Mirror::InTheWay {
            path: PathBuf::from("/here"),
        },
        failed,
    ];
    for language in [Language::Ja, Language::En] {
        let words = Words::new(language);
        let mut seen = BTreeSet::new();
        for problem in &problems {
            assert!(problem.is_problem());
            for end in ["", "-hint"] {
                let key = format!("{}{end}", problem.key());
                let said = words.with(&key, &problem.args());
                assert!(
                    !said.contains(&key) && !said.contains(['{', '\n']),
                    "{said}"
                );
                assert!(seen.insert(said.clone()), "said twice: {said}");
            }
        }
    }
}
