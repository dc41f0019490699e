//! The log that always works: lines with their time, for when no incident can be begun or opened.
//!
//! It needs no flow, no journal and no settings. The lines are in memory and are written whole
//! wherever a folder takes them; later they become notes of an incident, each with the time at
//! which it was written. A file that was damaged still gives its other lines.
//!
//! **Invariant:** a line is never changed or removed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};

use crate::files::{self, Doing, FileError, Unfit};
use crate::incident::{Act, Command, Event, Incident, Moment, Note};
use crate::text::decode;
use crate::text::shows_nothing;

/// The folder of plain logs in the data folder.
pub const FOLDER: &str = "plain-logs";

/// How the name of each plain log's file begins.
const PREFIX: &str = "plain-log-";

/// The largest file that is read, and so the largest that is written.
const BYTES_LIMIT: u64 = 64 * 1024 * 1024;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was written.
    pub at: Moment,
    /// What was written.
    pub text: String,
}

impl Line {
    /// What a note of the record is told by as this line.
    fn key(&self) -> (Moment, &str) {
        (self.at, &self.text)
    }
}

/// Lines in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainLog {
    began: Moment,
    lines: Vec<Line>,
}

impl PlainLog {
    /// Begins a log.
    pub fn begin(now: Moment) -> Self {
        Self {
            began: now,
            lines: Vec::new(),
        }
    }

    /// Adds a line; one without anything in it is left out.
    pub fn add(&mut self, now: Moment, text: &str) -> bool {
        let text = text.trim();
        if shows_nothing(text) {
            return false;
        }
        let text = text.to_owned();
        self.lines.push(Line { at: now, text });
        true
    }

    /// Gives the lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Gives the name of its file, `plain-log-2026-11-21-142005.txt`; where the first ones are
    /// taken by other logs, `…-2.txt` and so on.
    pub fn file_name(&self, number: u32) -> String {
        let began = self.began.format("%Y-%m-%d-%H%M%S");
        match number {
            0 | 1 => format!("{PREFIX}{began}.txt"),
            _ => format!("{PREFIX}{began}-{number}.txt"),
        }
    }

    /// Gives the file: a line each, with the time, a tab, and the text with `\\` and `\n` escaped.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let at = line
                .at
                .to_rfc3339_opts(chrono::SecondsFormat::Millis, false);
            let words = line.text.replace('\\', "\\\\").replace('\n', "\\n");
            text.push_str(&at);
            text.push('\t');
            text.push_str(&words.replace('\r', ""));
            text.push('\n');
        }
        text
    }

    /// Reads a file's bytes, in whatever encoding an editor has saved them; gives with it how many
    /// lines could not be read.
    pub fn from_bytes(bytes: &[u8], now: Moment) -> (Self, usize) {
        let mut unread = 0;
        let mut lines = Vec::new();
        // Zeros in a line of ours are no UTF-16.
        let order = decode::utf16_order(bytes).filter(|_| !begins_as_ours(bytes));
        for read in decode::lines(bytes, order) {
            let line = read.text.as_str();
            if shows_nothing(line) {
                continue;
            }
            let parts = line
                .trim_end_matches('\r')
                .split_once('\t')
                .and_then(|(at, words)| Some((Moment::parse_from_rfc3339(at).ok()?, words)));
            match parts {
                Some((at, words)) => lines.push(Line {
                    at,
                    text: unescaped(words),
                }),
                None => unread += 1,
            }
        }
        let began = lines.first().map_or(now, |line| line.at);
        (Self { began, lines }, unread)
    }

    /// Gives the notes that the incident does not have yet, each with its time; `means` says
    /// where they come from. Joining twice adds nothing.
    pub fn notes(&self, incident: &Incident, means: &str) -> Vec<Command> {
        let mut missing: BTreeSet<(Moment, &str)> = self.lines.iter().map(Line::key).collect();
        for entry in incident.entries() {
            if let (Some(at), Event::NoteAdded(note)) = (entry.happened_at, &entry.event) {
                missing.remove(&(at, note.text.as_str()));
            }
        }
        let note = |line: &Line| Command {
            happened_at: Some(line.at),
            ..Command::from(Act::Note(Note {
                text: line.text.clone(),
                means: Some(means.to_owned()),
                ..Note::default()
            }))
        };
        let lines = self.lines.iter();
        let missing = lines.filter(|line| missing.contains(&line.key()));
        missing.map(note).collect()
    }

    /// Tells whether it has become larger than is read, so that nothing more can be kept.
    pub fn is_full(&self) -> bool {
        self.to_text().len() as u64 > BYTES_LIMIT
    }

    /// Writes it whole into a folder, which is made where there is none: into the file that is
    /// its own there, else into one that no other log has.
    fn keep_in(&self, folder: &Path, own: Option<PathBuf>) -> Result<PathBuf, FileError> {
        let text = self.to_text();
        if text.len() as u64 > BYTES_LIMIT {
            let limit = Unfit::TooLarge { limit: BYTES_LIMIT };
            let path = folder.join(self.file_name(1));
            return Err(FileError::at(Doing::Write, &path)(limit.into()));
        }
        files::create_folder(folder)?;
        // Another stick in the same place may hold a file of the same name.
        let is_ours = |path: &PathBuf| {
            let before = files::read(path, BYTES_LIMIT);
            before.is_ok_and(|before| text.as_bytes().starts_with(&before))
        };
        if let Some(path) = own.filter(is_ours) {
            files::write_whole(&path, text.as_bytes())?;
            return Ok(path);
        }
        files::write_new(folder, |number| self.file_name(number), text.as_bytes())
    }
}

/// Why no folder took a plain log.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Each refused; what the first of them said.
    #[error("no folder takes the plain log")]
    Refused(#[source] FileError),
    /// One that does not answer may have taken it, or may yet.
    #[error("no folder takes the plain log, and one does not answer")]
    Silent,
}

/// What one folder made of the log.
type Kept = Result<PathBuf, FileError>;

/// What a log's keeper knows of the folders.
#[derive(Debug, Default)]
pub struct Keeper {
    /// Those that have not answered yet, each with the thread that waits for it: they are
    /// passed over.
    silent: BTreeMap<PathBuf, Receiver<Kept>>,
    /// The log's own file in each.
    own: BTreeMap<PathBuf, PathBuf>,
    /// Why folders before the one that took the log did not.
    passed_over: Vec<PassedOver>,
}

/// A folder that did not take a log that another took.
#[derive(Debug)]
pub struct PassedOver {
    /// The folder.
    pub folder: PathBuf,
    /// What it said; nothing where it does not answer.
    pub why: Option<FileError>,
}

impl Keeper {
    /// Writes the log whole into the first folder that takes it within two seconds.
    pub fn keep(&mut self, log: &PlainLog, folders: &[PathBuf]) -> Result<PathBuf, NotKept> {
        // One that has come back is tried like the others.
        let own = &mut self.own;
        self.silent.retain(|folder, kept| match kept.try_recv() {
            Err(TryRecvError::Empty) => true,
            Ok(Ok(path)) => {
                own.insert(folder.clone(), path);
                false
            }
            Ok(Err(_)) | Err(TryRecvError::Disconnected) => false,
        });
        self.passed_over.clear();
        for folder in folders {
            let why = match self.keep_in(log, folder) {
                Some(Ok(path)) => {
                    self.own.insert(folder.clone(), path.clone());
                    return Ok(path);
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            let folder = folder.clone();
            self.passed_over.push(PassedOver { folder, why });
        }
        let is_silent = self.passed_over.iter().any(|over| over.why.is_none());
        let first = self.passed_over.drain(..).find_map(|over| over.why);
        let refused = first.filter(|_| !is_silent);
        Err(refused.map_or(NotKept::Silent, NotKept::Refused))
    }

    /// Gives the folders before the one that took the log last, and why they did not.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// Writes the log into one folder; nothing where that does not answer.
    fn keep_in(&mut self, log: &PlainLog, folder: &Path) -> Option<Kept> {
        if self.silent.contains_key(folder) {
            return None;
        }
        let (log, of) = (log.clone(), folder.to_owned());
        let own = self.own.get(folder).cloned();
        let kept = files::begin(move || log.keep_in(&of, own))?;
        match kept.recv_timeout(files::PATIENCE) {
            Ok(kept) => Some(kept),
            Err(RecvTimeoutError::Timeout) => {
                self.silent.insert(folder.to_owned(), kept);
                None
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}

/// Gives the plain logs in a folder, the latest first; at most so many.
pub fn found_in(folder: &Path, most: usize) -> Vec<PathBuf> {
    let mut found = files::files_in(folder);
    let is_log = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        name.starts_with(PREFIX) && path.extension().is_some_and(|end| end == "txt")
    };
    found.retain(is_log);
    found.sort();
    found.reverse();
    found.truncate(most);
    found
}

/// Tells whether a kept log lies in the folder for temporary files, which may be emptied.
pub fn is_temporary(path: &Path) -> bool {
    path.parent() == Some(temporary_folder().as_path())
}

/// Gives the last resort among the folders of plain logs.
#[expect(
    clippy::disallowed_methods,
    reason = "the last place that may take it; it must stay there"
)]
pub fn temporary_folder() -> PathBuf {
    std::env::temp_dir().join("shodo-plain-logs")
}

/// Reads a plain log's file; gives with it how many lines could not be read.
pub fn read(path: &Path, now: Moment) -> Result<(PlainLog, usize), FileError> {
    let bytes = files::read(path, BYTES_LIMIT)?;
    Ok(PlainLog::from_bytes(&bytes, now))
}

/// Tells whether bytes begin with a moment and a tab in ASCII.
fn begins_as_ours(bytes: &[u8]) -> bool {
    let first = bytes.iter().take(40).position(|byte| *byte == b'\t');
    let at = first.and_then(|tab| str::from_utf8(bytes.get(..tab)?).ok());
    at.is_some_and(|at| Moment::parse_from_rfc3339(at).is_ok())
}

fn unescaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut signs = words.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => text.push('\n'),
                Some('\\') | None => text.push('\\'),
                // Not ours: bytes that are no text are read as `\x92`.
                Some(other) => text.extend(['\\', other]),
            },
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    fn log() -> PlainLog {
        let mut log = PlainLog::begin(at("2026-11-21T14:20:05+09:00"));
        assert!(log.add(
            at("2026-11-21T14:20:05+09:00"),
            "止まった\nall wards \\ all"
        ));
        assert!(log.add(at("2026-11-21T14:21:00.250+09:00"), "  院長へ電話 "));
        assert!(!log.add(at("2026-11-21T14:22:00+09:00"), " \n"));
        log
    }

    #[test]
    fn only_the_last_resort_is_told_as_temporary() {
        assert!(is_temporary(&temporary_folder().join("plain-log-1.txt")));
        assert!(!is_temporary(Path::new(
            "documents/shodo-plain-logs/plain-log-1.txt"
        )));
    }

    #[test]
    fn a_plain_log_is_read_as_it_was_written() {
        let (read, unread) =
            PlainLog::from_bytes(log().to_text().as_bytes(), at("2027-01-01T00:00:00Z"));
        assert_eq!((read, unread), (log(), 0));
    }

    #[test]
    fn zeros_in_a_line_make_no_other_encoding_of_a_plain_log() {
        let mut log = PlainLog::begin(at("2026-11-21T14:20:05+09:00"));
        assert!(log.add(at("2026-11-21T14:20:05+09:00"), "\0a\0"));
        assert!(log.add(at("2026-11-21T14:21:05+09:00"), "電話"));
        let now = at("2027-01-01T00:00:00Z");
        let (read, unread) = PlainLog::from_bytes(log.to_text().as_bytes(), now);
        assert_eq!((read, unread), (log, 0));
    }

    #[test]
    fn a_damaged_plain_log_gives_its_other_lines() {
        // The second line is blank, as U+0085 is.
        let text = format!("rubbish\r\n\u{85}\n{}\u{0}\tx\n", log().to_text());
        let mut bytes = text.into_bytes();
        // Another encoding, as a line that an editor has saved.
        bytes.extend(b"2026-11-21T14:23:00+09:00\t\x93\x64\x98\x62\n");
        let (read, unread) = PlainLog::from_bytes(&bytes, at("2027-01-01T00:00:00Z"));
        let (saved, others) = read.lines().split_last().unwrap();
        assert_eq!(others, log().lines());
        assert_eq!(saved.text, "電話");
        assert_eq!(unread, 2);
    }

    #[test]
    fn it_is_kept_in_the_first_folder_that_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("a-file");
        files::write_whole(&broken, b"").unwrap();
        let good = folder.path().join("good");
        let folders = [broken.join("below"), good.clone()];
        let mut keeper = Keeper::default();
        let path = keeper.keep(&log(), &folders).unwrap();
        assert!(path.starts_with(&good));
        let [over] = keeper.passed_over() else {
            panic!("one was passed over");
        };
        assert!(over.folder == folders[0] && over.why.is_some());
        let (back, unread) = read(&path, at("2027-01-01T00:00:00Z")).unwrap();
        assert_eq!((back, unread), (log(), 0));
        let refused = Keeper::default().keep(&log(), &folders[..1]);
        assert!(matches!(refused, Err(NotKept::Refused(_))));
    }

    #[test]
    fn logs_that_began_in_the_same_second_take_nothing_from_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let began = at("2000-01-01T00:00:10Z");
        // Machines without a clock's battery, restarts, several programs: always the same time.
        let mut logs: Vec<(PlainLog, Keeper)> = (0..3)
            .map(|_| (PlainLog::begin(began), Keeper::default()))
            .collect();
        for round in 0..3 {
            for (number, (log, keeper)) in logs.iter_mut().enumerate() {
                log.add(began, &format!("log {number}, line {round}"));
                keeper.keep(log, &folders).unwrap();
            }
        }
        let found = found_in(folder.path(), 10);
        assert_eq!(found.len(), 3, "{found:?}");
        for (log, _) in &logs {
            let same = |path: &PathBuf| read(path, began).unwrap().0 == *log;
            assert!(found.iter().any(same), "{log:?}");
        }
    }

    #[test]
    fn a_file_of_the_same_name_on_another_stick_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let (mut log, mut keeper) = (log(), Keeper::default());
        let path = keeper.keep(&log, &folders).unwrap();
        let other = b"2026-11-21T14:20:05+09:00\tsomebody else's\n";
        files::write_whole(&path, other).unwrap();
        log.add(at("2026-11-21T14:30:00+09:00"), "more");
        let next = keeper.keep(&log, &folders).unwrap();
        assert_ne!(next, path);
        assert_eq!(files::read(&path, 100).unwrap(), other);
        assert_eq!(read(&next, at("2027-01-01T00:00:00Z")).unwrap().0, log);
    }
}
