//! The writer's thread: one entry in flight, nothing lost, nobody waits who does not want to.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use shodo::files::FileError;
use shodo::journal::{Failing, Journal, JournalError, Memory, Recovery, Storage, Writer};

use super::folder::incident;
use super::sample::{opened, short, titled};

/// A storage whose sync waits until it is let go.
#[derive(Debug)]
struct Gate {
    memory: Memory,
    let_go: Mutex<Receiver<()>>,
}

impl Gate {
    fn closed(memory: &Memory) -> (Box<Self>, SyncSender<()>) {
        let (key, let_go) = sync_channel(9);
        let gate = Self {
            memory: memory.clone(),
            let_go: Mutex::new(let_go),
        };
        (Box::new(gate), key)
    }
}

impl Storage for Gate {
    fn path(&self) -> &Path {
        self.memory.path()
    }
    fn length(&mut self) -> Result<u64, FileError> {
        self.memory.length()
    }
    fn read(&mut self) -> Result<Vec<u8>, FileError> {
        self.memory.read()
    }
    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        self.memory.append(at, bytes)
    }
    fn sync(&mut self) -> Result<(), FileError> {
        // Let go for good once the test has dropped its end.
        self.let_go.lock().unwrap().recv().ok();
        self.memory.sync()
    }
    fn cut(&mut self, length: u64) -> Result<(), FileError> {
        self.memory.cut(length)
    }
    fn set_aside(&mut self, at: u64, bytes: &[u8]) -> Result<PathBuf, FileError> {
        self.memory.set_aside(at, bytes)
    }
    fn is_in_place(&mut self) -> Result<bool, FileError> {
        self.memory.is_in_place()
    }

    fn reopen(&mut self) -> Result<(), FileError> {
        self.memory.reopen()
    }
}

#[test]
fn an_entry_in_flight_is_not_saved_and_no_other_is_taken() {
    let memory = Memory::default();
    let (gate, key) = Gate::closed(&memory);
    key.send(()).unwrap();
    let journal = Journal::create_on(gate, &opened()).unwrap();
    let mut writer = Writer::spawn(journal).unwrap();
    writer.submit(titled(2)).unwrap();
    assert!(writer.is_in_flight());
    assert!(writer.poll().is_none());
    assert!(matches!(writer.submit(titled(3)), Err(JournalError::Busy)));
    assert!(matches!(writer.retry(), Err(JournalError::Busy)));
    assert_eq!(writer.head().count, 1);
    key.send(()).unwrap();
    assert_eq!(writer.wait().unwrap().count, 2);
    assert_eq!(writer.head().count, 2);
    assert!(writer.poll().is_none());
    assert!(matches!(writer.wait(), Err(JournalError::Idle)));
}

#[test]
fn a_dropped_writer_finishes_the_write_in_flight_and_then_frees_the_lock() {
    let (_temp, folder) = incident(0);
    let journal = Journal::open(&folder).unwrap().journal.unwrap();
    let mut writer = Writer::spawn(journal).unwrap();
    writer.submit(titled(2)).unwrap();
    drop(writer);
    // Whoever drops it does not wait, because a disk may hang; the lock is held until it is done.
    let opened = loop {
        let opened = Journal::open(&folder).unwrap();
        if opened.journal.is_some() {
            break opened;
        }
        std::thread::yield_now();
    };
    assert_eq!(opened.entries, short(1));
}

#[test]
fn the_window_is_woken_after_each_write_good_or_bad() {
    let woken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&woken);
    let storage = Failing::new(Memory::default(), 7..8);
    let journal = Journal::create_on(Box::new(storage), &opened()).unwrap();
    let wake = Box::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let mut writer = Writer::spawn_waking(journal, wake).unwrap();
    for number in 2..=3 {
        writer.submit(titled(number)).unwrap();
        assert_eq!(writer.wait().is_ok(), number == 2);
    }
    drop(writer);
    assert_eq!(woken.load(Ordering::SeqCst), 2);
}

#[test]
fn a_failed_entry_is_written_by_a_retry_before_any_other() {
    // Call 4 is the append of entry 2, 5 the cut behind it; 6 and 7 are of the first two retries.
    let memory = Memory::default();
    let storage = Failing::new(memory.clone(), 4..8);
    let journal = Journal::create_on(Box::new(storage), &opened()).unwrap();
    let mut writer = Writer::spawn(journal).unwrap();
    writer.retry().unwrap();
    assert!(matches!(writer.wait(), Err(JournalError::Idle)));
    writer.submit(titled(2)).unwrap();
    assert!(matches!(writer.wait(), Err(JournalError::Io { .. })));
    writer.submit(titled(2)).unwrap();
    assert!(matches!(
        writer.wait(),
        Err(JournalError::AlreadyFailed { .. })
    ));
    let mut tries = 0;
    loop {
        writer.retry().unwrap();
        tries += 1;
        if let Ok(head) = writer.wait() {
            assert_eq!(head.count, 2);
            break;
        }
    }
    assert_eq!(tries, 3);
    assert_eq!(writer.take_recovery(), Recovery::None);
    writer.submit(titled(3)).unwrap();
    writer.wait().unwrap();
    let opened = Journal::open_on(Box::new(Memory::holding(&memory.synced()))).unwrap();
    assert_eq!(opened.entries, short(2));
}

#[test]
fn what_a_retry_sets_aside_is_told_once() {
    let (_temp, folder) = incident(0);
    let journal = Journal::open(&folder).unwrap().journal.unwrap();
    let path = journal.path().to_owned();
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&good[..], b"junk"].concat()).unwrap();
    let mut writer = Writer::spawn(journal).unwrap();
    writer.submit(titled(2)).unwrap();
    assert!(matches!(
        writer.wait(),
        Err(JournalError::ChangedOutside { .. })
    ));
    writer.retry().unwrap();
    assert_eq!(writer.wait().unwrap().count, 2);
    assert!(matches!(
        writer.take_recovery(),
        Recovery::TailSetAside { bytes: 4, .. }
    ));
    assert_eq!(writer.take_recovery(), Recovery::None);
}
