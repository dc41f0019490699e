//! A disk that forgets: whatever a loss of power, a killed process or a refusing disk leaves,
//! every acknowledged entry is there.
//!
//! The model keeps the bytes that a program sees apart from those on the medium. What was not
//! synced is kept or lost sector by sector: dropped, written, zeroed, torn or filled with
//! rubbish, in any order. A sync that fails forgets what it had to write, as Linux does: the
//! bytes are seen, and no later sync writes them.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use shodo::files::{Doing, FileError};
use shodo::incident::{Entry, Event};
use shodo::journal::{Journal, Recovery, Storage};

use super::sample::{FLOW, entry, lines, opened};

/// What a disk writes as one.
const SECTOR: usize = 512;

/// Numbers that look random and are the same for the same seed (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64)).unwrap()
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// What the model does wrong on purpose, to see that the check finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    None,
    /// A sync says yes and does nothing.
    SyncsNothing,
    /// What is seen already is not written again, so a failed sync is believed to have worked.
    TrustsWhatItSees,
}

#[derive(Debug)]
struct Platter {
    /// What programs see.
    live: Vec<u8>,
    /// What is on the medium.
    durable: Vec<u8>,
    /// The sectors that a sync has to write.
    dirty: BTreeSet<usize>,
    /// The sectors that a failed sync has forgotten.
    forgotten: BTreeSet<usize>,
    /// The bytes before it are synced and not written since.
    safe: usize,
    /// The lengths that the file has had since the last sync.
    lengths: Vec<usize>,
    /// The length that is given out while what is seen is trusted.
    pretended: Option<usize>,
    random: Random,
    lie: Lie,
    /// How many more calls are carried out; then the process is dead.
    calls_left: usize,
    /// One call in so many fails.
    fails_one_in: usize,
    /// How many calls have failed.
    failed: usize,
}

#[derive(Debug, Clone)]
struct Forgetting(Arc<Mutex<Platter>>);

impl Forgetting {
    fn holding(bytes: &[u8], random: Random, lie: Lie) -> Self {
        Self(Arc::new(Mutex::new(Platter {
            live: bytes.to_vec(),
            durable: bytes.to_vec(),
            dirty: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            safe: bytes.len(),
            lengths: vec![bytes.len()],
            pretended: None,
            random,
            lie,
            calls_left: usize::MAX,
            fails_one_in: usize::MAX,
            failed: 0,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap()
    }

    /// Begins the next process; it dies after some calls, and some of its calls fail.
    fn start(&self, calls: usize, fails_one_in: usize) {
        let mut platter = self.lock();
        platter.calls_left = calls;
        platter.fails_one_in = fails_one_in;
        platter.failed = 0;
        platter.pretended = None;
    }

    fn is_dead(&self) -> bool {
        self.lock().calls_left == 0
    }

    fn failed(&self) -> usize {
        self.lock().failed
    }

    fn lose_power(&self) {
        let mut platter = self.lock();
        let left = platter.left_without_power();
        platter.live.clone_from(&left);
        platter.lengths = vec![left.len()];
        platter.safe = left.len();
        platter.durable = left;
        platter.dirty.clear();
        platter.forgotten.clear();
    }
}

impl Platter {
    /// Counts a call. The last one of a process is not carried out, or in part.
    fn call(&mut self, doing: Doing) -> Result<(), (FileError, bool)> {
        let error = |what: io::Error| FileError::at(doing, Path::new("platter"))(what);
        if self.calls_left <= 1 {
            let was_alive = self.calls_left == 1;
            self.calls_left = 0;
            return Err((error(io::Error::other("dead")), was_alive));
        }
        self.calls_left -= 1;
        let count = self.fails_one_in;
        if count < usize::MAX && self.random.one_in(count) {
            self.failed += 1;
            // No space, read-only, gone, an error of the device.
            let code = [28, 30, 2, 5][self.random.below(4)];
            return Err((error(io::Error::from_raw_os_error(code)), true));
        }
        Ok(())
    }

    fn write(&mut self, at: usize, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let end = at + bytes.len();
        if self.live.len() < end {
            self.live.resize(end, 0);
        }
        self.live[at..end].copy_from_slice(bytes);
        for sector in at / SECTOR..=(end - 1) / SECTOR {
            self.dirty.insert(sector);
            self.forgotten.remove(&sector);
        }
        // Bytes that are overwritten by the same ones cannot become others.
        if self.durable.get(at..end) != Some(bytes) {
            self.safe = self.safe.min(at);
        }
        self.lengths.push(self.live.len());
    }

    fn write_out(&mut self, sector: usize) {
        let range = range(sector, self.live.len());
        if self.durable.len() < range.end {
            self.durable.resize(range.end, 0);
        }
        let bytes = self.live[range.clone()].to_vec();
        self.durable[range].copy_from_slice(&bytes);
    }

    fn sync_all(&mut self) {
        for sector in std::mem::take(&mut self.dirty) {
            self.write_out(sector);
        }
        self.durable.resize(self.live.len(), 0);
        self.lengths = vec![self.live.len()];
        self.safe = self.live.len();
    }

    /// Some of what is to be written is; the rest is seen and never written.
    fn sync_fails(&mut self) {
        for sector in std::mem::take(&mut self.dirty) {
            if self.random.one_in(2) {
                self.write_out(sector);
            } else {
                self.forgotten.insert(sector);
            }
        }
    }

    /// What was forgotten may at any time be read from the medium again.
    fn evict(&mut self) {
        for sector in std::mem::take(&mut self.forgotten) {
            if self.random.one_in(2) {
                self.forgotten.insert(sector);
                continue;
            }
            for at in range(sector, self.live.len()) {
                self.live[at] = self.durable.get(at).copied().unwrap_or(0);
            }
        }
    }

    fn left_without_power(&mut self) -> Vec<u8> {
        let shortest = self.durable.len().min(self.live.len());
        let longest = self.durable.len().max(self.live.len());
        let length = match self.random.below(4) {
            0 => self.durable.len(),
            1 => self.live.len(),
            2 => self.lengths[self.random.below(self.lengths.len())],
            _ => shortest + self.random.below(longest - shortest + 1),
        };
        let length = length.max(self.safe);
        let mut left = self.durable.clone();
        left.resize(length.max(self.durable.len()), 0);
        for sector in self.dirty.clone() {
            let whole = range(sector, length.min(self.live.len()));
            let open = whole.start.max(self.safe)..whole.end;
            if open.is_empty() {
                continue;
            }
            match self.random.below(6) {
                0 => {}
                1 | 2 => left[open.clone()].copy_from_slice(&self.live[open]),
                3 => left[open].fill(0),
                4 => {
                    let torn = open.start + self.random.below(open.len());
                    left[open.start..torn].copy_from_slice(&self.live[open.start..torn]);
                }
                _ => {
                    for at in open {
                        left[at] = u8::try_from(self.random.below(256)).unwrap();
                    }
                }
            }
        }
        left.truncate(length);
        left
    }
}

fn range(sector: usize, limit: usize) -> Range<usize> {
    (sector * SECTOR).min(limit)..((sector + 1) * SECTOR).min(limit)
}

impl Storage for Forgetting {
    fn path(&self) -> &Path {
        Path::new("platter")
    }

    fn length(&mut self) -> Result<u64, FileError> {
        let mut platter = self.lock();
        platter.call(Doing::Read).map_err(|(error, _)| error)?;
        Ok(platter.pretended.unwrap_or(platter.live.len()) as u64)
    }

    fn read(&mut self) -> Result<Vec<u8>, FileError> {
        let mut platter = self.lock();
        platter.call(Doing::Read).map_err(|(error, _)| error)?;
        Ok(platter.live.clone())
    }

    fn append(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let at = usize::try_from(at).unwrap();
        let mut platter = self.lock();
        if let Err((error, in_part)) = platter.call(Doing::Write) {
            let count = platter.random.below(bytes.len() + 1);
            platter.write(at, &bytes[..if in_part { count } else { 0 }]);
            return Err(error);
        }
        platter.pretended = None;
        if platter.lie == Lie::TrustsWhatItSees && platter.live[at..] == *bytes {
            return Ok(());
        }
        platter.write(at, bytes);
        Ok(())
    }

    fn sync(&mut self) -> Result<(), FileError> {
        let mut platter = self.lock();
        if let Err((error, in_part)) = platter.call(Doing::Sync) {
            if in_part {
                platter.sync_fails();
            }
            return Err(error);
        }
        if platter.lie != Lie::SyncsNothing {
            platter.sync_all();
        }
        Ok(())
    }

    fn cut(&mut self, length: u64) -> Result<(), FileError> {
        let length = usize::try_from(length).unwrap();
        let mut platter = self.lock();
        platter.call(Doing::Cut).map_err(|(error, _)| error)?;
        if platter.lie == Lie::TrustsWhatItSees {
            platter.pretended = Some(length);
            return Ok(());
        }
        platter.live.truncate(length);
        platter.lengths.push(length);
        platter.safe = platter.safe.min(length);
        platter.dirty.retain(|sector| sector * SECTOR < length);
        platter.forgotten.retain(|sector| sector * SECTOR < length);
        Ok(())
    }

    fn set_aside(&mut self, _at: u64, _bytes: &[u8]) -> Result<PathBuf, FileError> {
        let mut platter = self.lock();
        platter.call(Doing::Write).map_err(|(error, _)| error)?;
        Ok(PathBuf::from("aside"))
    }

    fn is_in_place(&mut self) -> Result<bool, FileError> {
        let mut platter = self.lock();
        platter.call(Doing::Read).map_err(|(error, _)| error)?;
        Ok(true)
    }

    fn reopen(&mut self) -> Result<(), FileError> {
        let mut platter = self.lock();
        platter.call(Doing::Read).map_err(|(error, _)| error)?;
        platter.evict();
        Ok(())
    }
}

/// Entries of many lengths; some hold what looks like the journal itself.
pub(super) fn entries(random: &mut Random, count: u64) -> Vec<Entry> {
    let mut entries = vec![opened()];
    for number in 2..=count {
        let mut title = format!("題 {number} ");
        match random.below(6) {
            0 => {}
            1 | 2 => title.push_str(&"長い".repeat(random.below(100))),
            3 => title.push_str(&"とても長い".repeat(random.below(400))),
            4 => {
                // Lines of a journal, pasted into a note.
                for pasted in lines(&[opened(), entries[entries.len() - 1].clone()][..1]) {
                    title.push_str(std::str::from_utf8(&pasted).unwrap());
                }
            }
            _ => {
                let hex = "0123456789abcdef".repeat(4);
                let ahead = number + 1 + random.below(9) as u64;
                title.push_str(&"x".repeat(random.below(900)));
                title.push_str(&format!("{hex} (number: {ahead}, recorded_at: \"2026\")"));
                title.push_str(&"y)".repeat(random.below(300)));
            }
        }
        entries.push(entry(number, Event::Titled { title }));
    }
    entries
}

/// What a run met with.
#[derive(Debug, Default)]
struct Met {
    lives: usize,
    losses: usize,
    acknowledged: usize,
    torn: usize,
    failed: usize,
}

/// One disk through several lives of the program; says what was lost or wrongly accepted.
fn run(seed: u64, lie: Lie) -> Result<Met, String> {
    let mut random = Random(seed);
    let entries = entries(&mut random, 30);
    let first = lines(&entries[..1]).concat();
    let disk = Forgetting::holding(&first, Random(random.next()), lie);
    let mut known = 1;
    let mut met = Met::default();
    let lives = 2 + random.below(5);
    for life in 0..=lives {
        // The last life has no trouble: writing goes on to the end.
        let is_last = life == lives;
        let calls = if is_last {
            usize::MAX
        } else {
            1 + random.below(60)
        };
        let fails = if is_last || random.one_in(2) {
            usize::MAX
        } else {
            3 + random.below(20)
        };
        disk.start(calls, fails);
        met.lives += 1;
        known =
            live(&disk, &entries, known, &mut met).map_err(|why| format!("life {life}: {why}"))?;
        met.failed += disk.failed();
        if is_last && known != entries.len() {
            return Err(format!("writing did not go on behind entry {known}"));
        }
        // A process that ends leaves what is seen; a loss of power does not.
        if is_last || !random.one_in(3) {
            disk.lose_power();
            met.losses += 1;
        }
    }
    disk.start(usize::MAX, usize::MAX);
    let opened = Journal::open_on(Box::new(disk)).map_err(|error| error.to_string())?;
    if opened.entries != entries {
        return Err(format!(
            "{} of {known} entries at the end",
            opened.entries.len()
        ));
    }
    met.acknowledged = known;
    Ok(met)
}

/// One life: opens, appends until it dies; gives how many entries it has shown as saved.
fn live(
    disk: &Forgetting,
    entries: &[Entry],
    known: usize,
    met: &mut Met,
) -> Result<usize, String> {
    let opened = match Journal::open_on(Box::new(disk.clone())) {
        Ok(opened) => opened,
        Err(_) if disk.is_dead() || disk.failed() > 0 => return Ok(known),
        Err(error) => return Err(error.to_string()),
    };
    let count = opened.entries.len();
    if opened.entries != entries[..count] {
        return Err("a wrong entry was accepted".to_owned());
    }
    if count < known || count > known + 1 {
        return Err(format!("{count} entries, {known} were acknowledged"));
    }
    if !matches!(opened.recovery, Recovery::None | Recovery::NewlineAdded) {
        met.torn += 1;
    }
    let Some(mut journal) = opened.journal else {
        let is_excused = disk.is_dead() || disk.failed() > 0;
        return match opened.read_only {
            // What is only read is not promised.
            Some(_) if is_excused => Ok(known),
            reason => Err(format!("read-only: {reason:?}")),
        };
    };
    let mut known = count;
    while let Some(entry) = entries.get(known) {
        if journal.append(entry).is_ok() {
            known += 1;
            continue;
        }
        let mut tries = 0;
        while let Err(error) = journal.recover() {
            tries += 1;
            if disk.is_dead() {
                return Ok(known);
            }
            if tries > 200 || disk.failed() == 0 {
                return Err(error.to_string());
            }
        }
    }
    Ok(known)
}

#[test]
fn a_disk_that_forgets_keeps_every_acknowledged_entry_and_at_most_one_more() {
    let runs = super::count("SHODO_FORGETTING_RUNS", 3000);
    let mut met = Met::default();
    for seed in 0..runs {
        let one = run(seed, Lie::None).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        met.lives += one.lives;
        met.losses += one.losses;
        met.acknowledged += one.acknowledged;
        met.torn += one.torn;
        met.failed += one.failed;
    }
    println!("{runs} runs: {met:?}");
    // The model is worth its name only if it has met all of it.
    assert!(
        met.torn as u64 > runs / 10 && met.failed as u64 > runs / 2,
        "{met:?}"
    );
}

#[test]
fn what_a_disk_that_forgets_leaves_is_opened_and_gone_on_with_in_a_real_folder() {
    let mut torn = 0;
    for seed in 0..300 {
        let mut random = Random(seed + 1_000_000);
        let all = entries(&mut random, 12);
        let first = lines(&all[..1]).concat();
        let disk = Forgetting::holding(&first, Random(random.next()), Lie::None);
        disk.start(1 + random.below(60), 3 + random.below(20));
        let known = live(&disk, &all, 1, &mut Met::default()).unwrap();
        disk.lose_power();
        let left = disk.lock().live.clone();
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("one");
        drop(Journal::create(&folder, FLOW, &all[0]).unwrap());
        std::fs::write(folder.join("journal.ron"), &left).unwrap();

        let opened = Journal::open(&folder).unwrap();
        let count = opened.entries.len();
        assert_eq!(opened.entries, all[..count], "seed {seed}");
        assert!((known..=known + 1).contains(&count), "seed {seed}");
        torn += usize::from(!matches!(
            opened.recovery,
            Recovery::None | Recovery::NewlineAdded
        ));
        assert!(
            opened.read_only.is_none(),
            "seed {seed}: {:?}",
            opened.read_only
        );
        let mut journal = opened.journal.unwrap();
        for entry in &all[count..] {
            journal.append(entry).unwrap();
        }
        drop(journal);
        let read = shodo::journal::read(&folder).unwrap();
        assert_eq!(read.entries, all, "seed {seed}");
    }
    println!("300 folders, {torn} with a torn end");
    assert!(torn > 30, "{torn}");
}

#[test]
fn a_disk_that_does_not_sync_is_found_out() {
    let found = (0..200).filter(|seed| run(*seed, Lie::SyncsNothing).is_err());
    assert!(found.count() > 150);
}

#[test]
fn a_failed_sync_whose_bytes_are_believed_is_found_out() {
    let found = (0..1000).filter(|seed| run(*seed, Lie::TrustsWhatItSees).is_err());
    assert!(found.count() > 20);
}
