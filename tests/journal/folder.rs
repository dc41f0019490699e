//! A real folder: made, opened, held by one, read by others.

use std::fs;
use std::path::{Path, PathBuf};

use shodo::journal::{
    self, Damage, Fault, Head, Journal, JournalError, ReadOnly, Recovery, Verification,
};
use tempfile::TempDir;

use super::sample::{FLOW, all, lines, opened, short, titled};
use crate::support::{run_in, text};

/// A folder with a journal of as many entries more as wanted, closed again.
pub(super) fn incident(more: u64) -> (TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("incidents/one");
    let mut journal = Journal::create(&folder, FLOW, &opened()).unwrap();
    for entry in short(more).iter().skip(1) {
        journal.append(entry).unwrap();
    }
    (temp, folder)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|name| name.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn add(folder: &Path, bytes: &[u8]) {
    let path = folder.join("journal.ron");
    let all = [fs::read(&path).unwrap(), bytes.to_vec()].concat();
    fs::write(path, all).unwrap();
}

#[test]
fn every_event_is_written_and_read_again() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("one");
    let entries = all();
    let mut journal = Journal::create(&folder, FLOW, &entries[0]).unwrap();
    for entry in &entries[1..] {
        journal.append(entry).unwrap();
    }
    let head = journal.head().clone();
    drop(journal);
    let opened = Journal::open(&folder).unwrap();
    assert_eq!(opened.entries, entries);
    assert_eq!(opened.head, head);
    assert_eq!(opened.recovery, Recovery::None);
    assert_eq!(opened.read_only, None);
    assert_eq!(opened.flow_text.as_deref(), Some(FLOW));
    assert_eq!(
        fs::read(folder.join("journal.ron")).unwrap(),
        lines(&entries).concat()
    );
}

#[test]
fn a_new_folder_holds_its_parts_and_goes_on_after_opening_again() {
    let (_temp, folder) = incident(2);
    assert_eq!(
        names(&folder),
        ["attachments", "flow.ron", "journal.lock", "journal.ron"]
    );
    assert_eq!(fs::read_to_string(folder.join("flow.ron")).unwrap(), FLOW);
    let mut journal = Journal::open(&folder).unwrap().journal.unwrap();
    assert!(names(&folder).contains(&"holder".to_owned()));
    assert_eq!(journal.append(&titled(4)).unwrap().count, 4);
    drop(journal);
    assert_eq!(Journal::open(&folder).unwrap().entries, short(3));
}

#[test]
fn a_folder_that_is_not_empty_is_refused_and_left_alone() {
    let (_temp, folder) = incident(1);
    let before = fs::read(folder.join("journal.ron")).unwrap();
    let error = Journal::create(&folder, FLOW, &opened()).unwrap_err();
    assert!(matches!(error, JournalError::Exists { .. }));
    assert_eq!(fs::read(folder.join("journal.ron")).unwrap(), before);
    let file = folder.join("flow.ron");
    let error = Journal::create(&file, FLOW, &opened()).unwrap_err();
    assert!(matches!(error, JournalError::Exists { .. }));
    let empty = tempfile::tempdir().unwrap();
    Journal::create(empty.path(), FLOW, &opened()).unwrap();
}

#[test]
fn a_first_entry_that_does_not_fit_makes_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("one");
    for (flow, first) in [("other", opened()), (FLOW, titled(1))] {
        let error = Journal::create(&folder, flow, &first).unwrap_err();
        assert!(matches!(error, JournalError::NotAFirstEntry));
    }
    assert!(!folder.exists());
}

#[test]
fn the_second_to_open_reads_only_and_is_told_who_writes() {
    let (_temp, folder) = incident(1);
    let first = Journal::open(&folder).unwrap();
    let second = Journal::open(&folder).unwrap();
    assert!(second.journal.is_none());
    assert_eq!(second.entries, first.entries);
    let Some(ReadOnly::HeldBy(holder)) = second.read_only else {
        panic!("the holder is not told");
    };
    assert_eq!(holder.process, std::process::id().to_string());
    drop(first);
    assert!(Journal::open(&folder).unwrap().journal.is_some());
}

#[test]
fn a_torn_end_is_set_aside_by_the_writer_and_only_told_by_readers() {
    let (_temp, folder) = incident(2);
    let good = fs::read(folder.join("journal.ron")).unwrap();
    add(&folder, b"0123456789 torn");
    let torn = fs::read(folder.join("journal.ron")).unwrap();
    let before = names(&folder);

    let read = journal::read(&folder).unwrap();
    assert_eq!(read.recovery, Recovery::TailLeft { bytes: 15 });
    assert_eq!(read.read_only, Some(ReadOnly::Asked));
    assert_eq!(read.entries, short(2));
    let found = journal::verify(&folder, None).unwrap();
    assert!(matches!(found, Verification::Intact { torn: Some(15), .. }));
    assert_eq!(fs::read(folder.join("journal.ron")).unwrap(), torn);
    assert_eq!(names(&folder), before);

    let opened = Journal::open(&folder).unwrap();
    let kept = folder.join(format!("journal.torn-{}-1", good.len()));
    assert_eq!(
        opened.recovery,
        Recovery::TailSetAside {
            bytes: 15,
            kept_in: kept.clone()
        }
    );
    assert_eq!(fs::read(&kept).unwrap(), b"0123456789 torn");
    assert_eq!(fs::read(folder.join("journal.ron")).unwrap(), good);
    drop(opened);

    // A crash between the copy and the cut: the same end at the same place.
    add(&folder, b"0123456789 torn");
    let again = Journal::open(&folder).unwrap();
    assert!(matches!(again.recovery, Recovery::TailSetAside { kept_in, .. } if kept_in == kept));
    drop(again.journal);
    add(&folder, b"another");
    let other = Journal::open(&folder).unwrap();
    assert!(matches!(other.recovery, Recovery::TailSetAside { kept_in, .. } if kept_in != kept));
    assert_eq!(fs::read(&kept).unwrap(), b"0123456789 torn");
}

#[test]
fn a_last_line_without_its_newline_is_accepted_and_completed() {
    let (_temp, folder) = incident(2);
    let path = folder.join("journal.ron");
    let good = fs::read(&path).unwrap();
    fs::write(&path, &good[..good.len() - 1]).unwrap();
    assert_eq!(journal::read(&folder).unwrap().entries, short(2));
    let opened = Journal::open(&folder).unwrap();
    assert_eq!(opened.entries, short(2));
    assert_eq!(opened.recovery, Recovery::NewlineAdded);
    assert_eq!(fs::read(&path).unwrap(), good);
}

#[test]
fn a_noted_head_finds_a_cut_and_a_rewritten_end() {
    let (_temp, folder) = incident(3);
    let path = folder.join("journal.ron");
    let noted = journal::read(&folder).unwrap().head;
    let short_noted: Head = format!("{} {}", noted.count, noted.short())
        .parse()
        .unwrap();
    let is_checked = |found: &Verification| {
        matches!(
            found,
            Verification::Intact {
                head_checked: true,
                ..
            }
        )
    };
    for noted in [&noted, &short_noted] {
        assert!(is_checked(&journal::verify(&folder, Some(noted)).unwrap()));
    }

    let mut grown = Journal::open(&folder).unwrap().journal.unwrap();
    grown.append(&titled(5)).unwrap();
    drop(grown);
    assert!(is_checked(&journal::verify(&folder, Some(&noted)).unwrap()));

    let lines = lines(&short(2));
    fs::write(&path, lines.concat()).unwrap();
    assert!(matches!(
        journal::verify(&folder, None).unwrap(),
        Verification::Intact {
            head_checked: false,
            ..
        }
    ));
    let found = journal::verify(&folder, Some(&noted)).unwrap();
    assert!(matches!(found, Verification::OtherHead { head, .. } if head.count == 3));

    let mut rewritten = Journal::open(&folder).unwrap().journal.unwrap();
    let mut other = titled(4);
    other.by = Some("誰か".to_owned());
    rewritten.append(&other).unwrap();
    drop(rewritten);
    let found = journal::verify(&folder, Some(&noted)).unwrap();
    assert!(matches!(found, Verification::OtherHead { head, .. } if head.count == 4));
}

#[test]
fn damage_opens_read_only_and_gives_the_lock_back() {
    let (_temp, folder) = incident(3);
    let path = folder.join("journal.ron");
    let mut bytes = fs::read(&path).unwrap();
    let place = lines(&short(1)).concat().len() - 3;
    bytes[place] ^= 1;
    fs::write(&path, &bytes).unwrap();
    for _twice in 0..2 {
        let opened = Journal::open(&folder).unwrap();
        assert!(opened.journal.is_none());
        assert!(matches!(
            opened.read_only,
            Some(ReadOnly::Damaged(Damage { record: 2, .. }))
        ));
        assert_eq!(opened.entries, short(0));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    assert!(matches!(
        journal::verify(&folder, None).unwrap(),
        Verification::Damaged { .. }
    ));
}

#[test]
fn a_changed_missing_or_unreadable_flow_is_damage_and_the_entries_are_given() {
    let (_temp, folder) = incident(1);
    let flow = folder.join("flow.ron");
    fs::write(&flow, "changed").unwrap();
    for what in [
        Fault::FlowChanged,
        Fault::FlowMissing,
        Fault::FlowUnreadable,
    ] {
        let opened = Journal::open(&folder).unwrap();
        let damage = Damage { record: 1, what };
        assert_eq!(opened.read_only, Some(ReadOnly::Damaged(damage)));
        assert_eq!(opened.entries, short(1));
        assert_eq!(opened.flow_text.is_none(), what != Fault::FlowChanged);
        match what {
            Fault::FlowChanged => fs::remove_file(&flow).unwrap(),
            _ => fs::create_dir(&flow).unwrap_or_default(),
        }
    }
}

#[test]
fn what_is_no_journal_is_refused_and_left_as_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let is_missing = || {
        let error = Journal::open(folder).unwrap_err();
        assert!(matches!(error, JournalError::NotAJournal { .. }), "{error}");
    };
    is_missing();
    fs::write(folder.join("flow.ron"), FLOW).unwrap();
    is_missing();
    for text in ["Flow(id: \"x\")\n", ""] {
        fs::write(folder.join("journal.ron"), text).unwrap();
        let error = Journal::open(folder).unwrap_err();
        let is_there = matches!(error, JournalError::BeginsOtherwise { .. });
        assert!(is_there, "{error}");
    }
    assert_eq!(names(folder), ["flow.ron", "journal.ron"]);
}

#[test]
fn a_journal_of_a_later_format_is_refused_with_both_formats() {
    let temp = tempfile::tempdir().unwrap();
    let text = "(number: 1, event: IncidentOpened(format: 2, new: true))";
    let line = format!("{} {text}\n", shodo::flow::sha256_hex(text.as_bytes()));
    fs::write(temp.path().join("journal.ron"), line).unwrap();
    for error in [
        Journal::open(temp.path()).unwrap_err(),
        journal::verify(temp.path(), None).unwrap_err(),
    ] {
        assert!(matches!(
            error,
            JournalError::LaterFormat {
                format: 2,
                known: 1,
                ..
            }
        ));
    }
}

#[test]
fn a_journal_that_cannot_be_locked_is_read_only_with_the_reason() {
    let (_temp, folder) = incident(1);
    let lock = folder.join("journal.lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let opened = Journal::open(&folder).unwrap();
    assert_eq!(opened.entries, short(1));
    let Some(ReadOnly::NoPermission { path, says, .. }) = opened.read_only else {
        panic!("the reason is not told");
    };
    assert_eq!(path, lock);
    assert!(!says.is_empty());
}

#[test]
fn an_incident_that_could_not_be_made_can_be_made_again() {
    let temp = tempfile::tempdir().unwrap();
    let in_the_way = temp.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    let error = Journal::create(&in_the_way.join("one"), FLOW, &opened()).unwrap_err();
    assert!(error.to_string().contains("file"));
    fs::remove_file(&in_the_way).unwrap();
    Journal::create(&in_the_way.join("one"), FLOW, &opened()).unwrap();
}

#[test]
fn a_journal_that_was_removed_is_not_written_on_and_nothing_more_is_acknowledged() {
    for with_folder in [true, false] {
        let (_temp, folder) = incident(1);
        let mut journal = Journal::open(&folder).unwrap().journal.unwrap();
        journal.append(&titled(3)).unwrap();
        if with_folder {
            fs::remove_dir_all(&folder).unwrap();
        } else {
            fs::remove_file(folder.join("journal.ron")).unwrap();
        }
        for _try in 0..2 {
            let error = journal.append(&titled(4)).unwrap_err();
            let is_told = matches!(error, JournalError::Replaced { .. });
            assert!(is_told || journal.is_failed(), "{error}");
            let error = journal.recover().unwrap_err();
            assert!(matches!(error, JournalError::Replaced { .. }), "{error}");
        }
        assert_eq!(journal.head().count, 3);
        assert!(!folder.join("journal.ron").exists());
    }
}

/// Puts other bytes in the journal's place as a synchroniser does: under its name, another file.
fn replace(folder: &Path, bytes: &[u8]) {
    let beside = folder.join("copy");
    fs::write(&beside, bytes).unwrap();
    fs::rename(&beside, folder.join("journal.ron")).unwrap();
}

#[test]
fn after_a_replacement_writing_goes_on_only_in_a_file_that_holds_every_acknowledged_entry() {
    let (_temp, folder) = incident(1);
    let path = folder.join("journal.ron");
    let mut journal = Journal::open(&folder).unwrap().journal.unwrap();
    let older = fs::read(&path).unwrap();
    journal.append(&titled(3)).unwrap();

    // A copy that holds all: the entry is not acknowledged, and written again into the copy.
    replace(&folder, &fs::read(&path).unwrap());
    let error = journal.append(&titled(4)).unwrap_err();
    assert!(matches!(error, JournalError::Replaced { .. }), "{error}");
    assert_eq!(journal::read(&folder).unwrap().entries, short(2));
    assert_eq!(journal.recover().unwrap(), Recovery::None);
    assert_eq!(journal.append(&titled(4)).unwrap().count, 4);
    assert_eq!(journal::read(&folder).unwrap().entries, short(3));

    // An older copy: never written on.
    replace(&folder, &older);
    assert!(journal.append(&titled(5)).is_err());
    for _try in 0..2 {
        let error = journal.recover().unwrap_err();
        assert!(matches!(error, JournalError::ChangedOutside { .. }));
        assert!(journal.append(&titled(5)).is_err());
    }
    assert_eq!(fs::read(&path).unwrap(), older);
}

#[cfg(unix)]
#[test]
fn what_is_told_as_not_saved_because_a_link_was_turned_elsewhere_stands_in_no_journal() {
    use std::os::unix::fs::symlink;
    let (temp, first) = incident(1);
    let (second, link) = (temp.path().join("second"), temp.path().join("link"));
    fs::create_dir(&second).unwrap();
    for name in ["flow.ron", "journal.ron"] {
        fs::copy(first.join(name), second.join(name)).unwrap();
    }
    symlink(&first, &link).unwrap();
    let mut journal = Journal::open(&link).unwrap().journal.unwrap();
    journal.append(&titled(3)).unwrap();
    let before = fs::read(first.join("journal.ron")).unwrap();
    fs::remove_file(&link).unwrap();
    symlink(&second, &link).unwrap();
    let error = journal.append(&titled(4)).unwrap_err();
    assert!(matches!(error, JournalError::Replaced { .. }), "{error}");
    assert_eq!(fs::read(first.join("journal.ron")).unwrap(), before);
    assert_eq!(journal::read(&first).unwrap().entries, short(2));
    assert_eq!(journal::read(&second).unwrap().entries, short(1));
    // Turned back, the same entry is written where all before it stands.
    fs::remove_file(&link).unwrap();
    symlink(&first, &link).unwrap();
    assert_eq!(journal.recover().unwrap(), Recovery::None);
    assert_eq!(journal.append(&titled(4)).unwrap().count, 4);
    assert_eq!(journal::read(&first).unwrap().entries, short(3));
}

#[test]
fn a_writer_whose_lock_was_replaced_does_not_go_on() {
    let (_temp, folder) = incident(1);
    let path = folder.join("journal.ron");
    let mut journal = Journal::open(&folder).unwrap().journal.unwrap();
    fs::remove_file(folder.join("journal.lock")).unwrap();
    replace(&folder, &fs::read(&path).unwrap());
    assert!(journal.append(&titled(3)).is_err());
    let other = Journal::open(&folder).unwrap();
    assert!(other.journal.is_some());
    let error = journal.recover().unwrap_err();
    assert!(matches!(error, JournalError::Replaced { .. }), "{error}");
}

#[test]
fn a_journal_that_is_changed_at_its_beginning_is_said_to_be_there_and_is_left_as_it_is() {
    let (temp, folder) = incident(2);
    let path = folder.join("journal.ron");
    let ours = fs::read(&path).unwrap();
    let with_mark = [b"\xef\xbb\xbf", &ours[..]].concat();
    let line_ends = String::from_utf8(ours.clone()).unwrap();
    let line_ends = line_ends.replace('\n', "\r\n").into_bytes();
    for bytes in [with_mark, line_ends, vec![0; ours.len()]] {
        fs::write(&path, &bytes).unwrap();
        for error in [
            Journal::open(&folder).unwrap_err(),
            journal::read(&folder).unwrap_err(),
            journal::verify(&folder, None).unwrap_err(),
        ] {
            let is_there = matches!(error, JournalError::BeginsOtherwise { .. });
            assert!(is_there, "{error}");
        }
        let dir = folder.to_str().unwrap();
        for (language, there) in [("en", "is there, but"), ("ja", "ありますが")] {
            let arguments = ["incident", "show", dir];
            let output = run_in(language, temp.path(), &arguments, b"");
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2));
            for part in [there, "shodo log", path.to_str().unwrap()] {
                assert!(told.contains(part), "{told}");
            }
        }
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
