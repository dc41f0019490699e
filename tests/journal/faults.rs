//! Cuts, flipped bits and failing calls: what was acknowledged stays, what is wrong is told.

use shodo::incident::Entry;
use shodo::journal::{
    Disk, Failing, Fault, Journal, JournalError, Memory, Opened, ReadOnly, Recovery, Storage,
};

use super::changed::walked;
use super::sample::{lines, opened, short, titled};

fn open(bytes: &[u8]) -> Result<(Memory, Opened), JournalError> {
    let memory = Memory::holding(bytes);
    let opened = Journal::open_on(Box::new(memory.clone()))?;
    Ok((memory, opened))
}

#[test]
fn every_cut_leaves_a_prefix_and_is_reported_and_writing_goes_on() {
    let entries = walked();
    let lines = lines(&entries);
    let bytes = lines.concat();
    for cut in 0..=bytes.len() {
        // How many records are whole, and how many bytes they take without their last newline.
        let ends: Vec<usize> = lines
            .iter()
            .scan(0, |end, line| {
                *end += line.len();
                Some(*end)
            })
            .collect();
        let whole = ends.iter().filter(|end| **end - 1 <= cut).count();
        if whole == 0 {
            let error = open(&bytes[..cut]).unwrap_err();
            assert!(matches!(error, JournalError::BeginsOtherwise { .. }));
            continue;
        }
        let good = ends[whole - 1];
        let (memory, opened) = open(&bytes[..cut]).unwrap();
        assert_eq!(opened.entries, entries[..whole], "cut at {cut}");
        assert_eq!(opened.head.count, whole as u64);
        match opened.recovery {
            Recovery::None => assert_eq!(cut, good),
            Recovery::NewlineAdded => assert_eq!(cut, good - 1),
            Recovery::TailSetAside { bytes: torn, .. } => {
                assert_eq!(torn as usize, cut - good);
                assert_eq!(memory.aside(), [(good as u64, bytes[good..cut].to_vec())]);
            }
            Recovery::TailLeft { .. } => panic!("it may be written"),
        }
        assert_eq!(memory.synced(), bytes[..good]);
        let mut journal = opened.journal.unwrap();
        for entry in &entries[whole..] {
            journal.append(entry).unwrap();
        }
        assert_eq!(memory.synced(), bytes);
    }
}

#[test]
fn every_flipped_bit_is_told_and_no_wrong_entry_is_given() {
    let entries = walked();
    let lines = lines(&entries);
    let bytes = lines.concat();
    for at in 0..bytes.len() {
        let mut end = 0;
        let wrong = lines
            .iter()
            .take_while(|line| {
                end += line.len();
                end <= at
            })
            .count();
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let (memory, opened) = open(&flipped).unwrap();
            assert_eq!(opened.entries, entries[..wrong], "bit {bit} of byte {at}");
            match (opened.read_only, opened.recovery) {
                (Some(ReadOnly::Damaged(damage)), Recovery::None) => {
                    assert_eq!(damage.record, wrong as u64 + 1);
                    assert!(opened.journal.is_none());
                    assert_eq!(memory.live(), flipped, "damage is never repaired");
                }
                // Only the end may be taken for a write that was not finished.
                (None, Recovery::TailSetAside { .. }) => {
                    assert_eq!(wrong, lines.len() - 1);
                    let [(place, aside)] = memory.aside().try_into().unwrap();
                    assert_eq!(aside, flipped[place as usize..]);
                }
                other => panic!("bit {bit} of byte {at}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_changed_removed_or_inserted_record_is_named_by_number() {
    let good = lines(&short(4));
    let mut changed = good.clone();
    let place = changed[2].len() - 12;
    changed[2][place] ^= 1;
    let mut removed = good.clone();
    removed.remove(2);
    let mut inserted = good.clone();
    inserted.insert(2, good[3].clone());
    for (lines, what) in [
        (changed, Fault::Changed),
        (removed, Fault::Removed { stands: 4 }),
        (inserted, Fault::Inserted),
    ] {
        let (memory, opened) = open(&lines.concat()).unwrap();
        let Some(ReadOnly::Damaged(damage)) = opened.read_only else {
            panic!("{what:?} is not told");
        };
        assert_eq!((damage.record, damage.what), (3, what));
        assert_eq!(opened.entries, short(1));
        assert_eq!(memory.live(), lines.concat());
    }
}

/// Opens and appends with a storage that fails; gives the entries that were acknowledged.
fn work(storage: Box<dyn Storage>, entries: &[Entry]) -> Vec<Entry> {
    let Ok(opened) = Journal::open_on(storage) else {
        return Vec::new();
    };
    let mut acknowledged = opened.entries;
    let Some(mut journal) = opened.journal else {
        return acknowledged;
    };
    while let Some(entry) = entries.get(acknowledged.len()) {
        if let Ok(head) = journal.append(entry) {
            acknowledged.push(entry.clone());
            assert_eq!(head.count, acknowledged.len() as u64);
        } else {
            assert!(journal.is_failed());
            let refused = journal.append(entry).unwrap_err();
            assert!(matches!(refused, JournalError::AlreadyFailed { .. }));
            if (0..3).all(|_try| journal.recover().is_err()) {
                break;
            }
        }
    }
    acknowledged
}

/// Runs with the n-th call failing, and `width - 1` calls after it, until none fails.
fn each_failing_call<S: Storage + 'static>(
    width: u64,
    begin: &[u8],
    make: impl Fn() -> S,
    after_crash: impl Fn() -> Vec<u8>,
) {
    let entries = short(4);
    let good = lines(&entries);
    for n in 1.. {
        let storage = Failing::new(make(), n..n.saturating_add(width));
        let calls = storage.calls();
        let acknowledged = work(Box::new(storage), &entries);
        let kept = after_crash();
        let (_, opened) = open(&kept).unwrap();
        let whole = opened.entries.len();
        assert_eq!(opened.entries, entries[..whole]);
        assert!(whole >= acknowledged.len(), "call {n} of {width}");
        assert!(whole <= acknowledged.len() + 1 || acknowledged.is_empty());
        if calls.load(std::sync::atomic::Ordering::SeqCst) < n {
            assert_eq!(acknowledged, entries);
            assert_eq!(kept, good.concat());
            assert!(n > 10, "the run made calls after {begin:?}");
            return;
        }
    }
}

/// A journal's beginnings: clean, without its newline, and with a torn end.
fn beginnings() -> [Vec<u8>; 3] {
    let good = lines(&short(1));
    let clean = good.concat();
    let bare = clean[..clean.len() - 1].to_vec();
    let torn = [clean.clone(), b"0123 torn".to_vec()].concat();
    [clean, bare, torn]
}

#[test]
fn whichever_call_fails_in_memory_all_that_was_acknowledged_is_there() {
    for begin in beginnings() {
        for width in [1, 2, 3, 5, u64::MAX] {
            if width == u64::MAX {
                // Once broken for ever: nothing more comes, nothing is lost.
                for n in 1..20 {
                    let memory = Memory::holding(&begin);
                    let storage = Failing::new(memory.clone(), n..u64::MAX);
                    let acknowledged = work(Box::new(storage), &short(4));
                    let (_, opened) = open(&memory.synced()).unwrap();
                    assert!(opened.entries.starts_with(&acknowledged));
                }
                continue;
            }
            let memory = std::cell::RefCell::new(Memory::default());
            each_failing_call(
                width,
                &begin,
                || {
                    memory.replace(Memory::holding(&begin));
                    memory.borrow().clone()
                },
                || memory.borrow().synced(),
            );
        }
    }
}

#[test]
fn whichever_call_fails_on_a_disk_all_that_was_acknowledged_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ron");
    for begin in beginnings() {
        each_failing_call(
            1,
            &begin,
            || {
                std::fs::write(&path, &begin).unwrap();
                Disk::open(&path).unwrap()
            },
            || std::fs::read(&path).unwrap(),
        );
    }
}

#[test]
fn bytes_that_another_program_added_stop_the_writing_and_are_not_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ron");
    let good = lines(&short(2));
    std::fs::write(&path, good[..2].concat()).unwrap();
    let disk = Disk::open(&path).unwrap();
    let mut journal = Journal::open_on(Box::new(disk)).unwrap().journal.unwrap();
    std::fs::write(&path, good.concat()).unwrap();
    let mut ours = titled(3);
    ours.by = Some("誰か".to_owned());
    for _try in 0..2 {
        assert!(journal.append(&ours).is_err());
        let error = journal.recover().unwrap_err();
        assert!(matches!(error, JournalError::ChangedOutside { .. }));
    }
    assert_eq!(std::fs::read(&path).unwrap(), good.concat());
}

#[test]
fn junk_that_appeared_behind_the_end_is_set_aside_when_recovering() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ron");
    let good = lines(&short(2));
    std::fs::write(&path, good[..2].concat()).unwrap();
    let disk = Disk::open(&path).unwrap();
    let mut journal = Journal::open_on(Box::new(disk)).unwrap().journal.unwrap();
    std::fs::write(&path, [&good[..2].concat()[..], b"junk"].concat()).unwrap();
    assert!(journal.append(&titled(3)).is_err());
    let Recovery::TailSetAside { bytes: 4, kept_in } = journal.recover().unwrap() else {
        panic!("the junk is not told");
    };
    assert_eq!(std::fs::read(kept_in).unwrap(), b"junk");
    journal.append(&titled(3)).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), good.concat());
}

#[test]
fn acknowledged_bytes_that_changed_are_never_written_over() {
    let memory = Memory::default();
    let storage = Failing::new(memory.clone(), 4..5);
    let mut journal = Journal::create_on(Box::new(storage), &opened()).unwrap();
    assert!(journal.append(&titled(2)).is_err());
    let mut other = memory.clone();
    other.cut(10).unwrap();
    let error = journal.recover().unwrap_err();
    assert!(matches!(error, JournalError::ChangedOutside { .. }));
    assert_eq!(memory.live().len(), 10);
}

#[test]
fn an_entry_that_is_not_the_next_is_refused_and_harms_nothing() {
    let memory = Memory::default();
    let mut journal = Journal::create_on(Box::new(memory), &opened()).unwrap();
    for (entry, key) in [
        (titled(3), "journal-out-of-order"),
        (titled(1), "journal-out-of-order"),
        (opened(), "journal-not-a-first-entry"),
    ] {
        assert_eq!(journal.append(&entry).unwrap_err().key(), key);
    }
    assert!(!journal.is_failed());
    assert_eq!(journal.recover().unwrap(), Recovery::None);
    journal.append(&titled(2)).unwrap();
}
