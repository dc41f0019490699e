//! The log that always works: lines with their time, for when no incident can be begun or opened.
//!
//! It needs no flow, no journal and no settings. The lines are in memory and are written whole
//! wherever a folder takes them; later they become notes of an incident, each with the time at
//! which it was written. A file that was damaged still gives its other lines.
//!
//! **Invariant:** a line is never changed or removed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};

use crate::files::{self, Doing, FileError, Unfit};
use crate::incident::{Act, Command, Event, Incident, Moment, Note};

/// The folder of plain logs in the data folder.
pub const FOLDER: &str = "plain-logs";

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
        if text.is_empty() {
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

    /// Gives the name of its file: `plain-log-2026-11-21-142005.txt`.
    pub fn file_name(&self) -> String {
        format!("plain-log-{}.txt", self.began.format("%Y-%m-%d-%H%M%S"))
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

    /// Reads a file's text; gives with it how many lines could not be read.
    pub fn from_text(text: &str, now: Moment) -> (Self, usize) {
        let mut unread = 0;
        let mut lines = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let parts = line.split_once('\t').and_then(|(at, words)| {
                let at = Moment::parse_from_rfc3339(at.trim_start_matches('\u{feff}')).ok()?;
                Some((at, words))
            });
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
        let has = |line: &Line| {
            incident.entries().iter().any(|entry| {
                entry.happened_at == Some(line.at)
                    && matches!(&entry.event, Event::NoteAdded(note) if note.text == line.text)
            })
        };
        let missing = self.lines.iter().filter(|line| !has(line));
        let note = |line: &Line| Command {
            happened_at: Some(line.at),
            ..Command::from(Act::Note(Note {
                text: line.text.clone(),
                means: Some(means.to_owned()),
                ..Note::default()
            }))
        };
        missing.map(note).collect()
    }

    /// Tells whether it has become larger than is read, so that nothing more can be kept.
    pub fn is_full(&self) -> bool {
        self.to_text().len() as u64 > BYTES_LIMIT
    }

    /// Writes it whole into a folder, which is made where there is none.
    fn keep_in(&self, folder: &Path) -> Result<PathBuf, FileError> {
        let path = folder.join(self.file_name());
        let text = self.to_text();
        if text.len() as u64 > BYTES_LIMIT {
            let limit = Unfit::TooLarge { limit: BYTES_LIMIT };
            return Err(FileError::at(Doing::Write, &path)(limit.into()));
        }
        files::create_folder(folder)?;
        files::write_whole(&path, text.as_bytes())?;
        Ok(path)
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

/// The folders that have not answered yet, each with the thread that waits for it: they are
/// passed over.
#[derive(Debug, Default)]
pub struct Keeper {
    silent: BTreeMap<PathBuf, Receiver<Kept>>,
}

impl Keeper {
    /// Writes the log whole into the first folder that takes it within two seconds.
    pub fn keep(&mut self, log: &PlainLog, folders: &[PathBuf]) -> Result<PathBuf, NotKept> {
        // One that has come back, with whatever it wrote, is tried like the others.
        let is_silent = |kept: &Receiver<Kept>| matches!(kept.try_recv(), Err(TryRecvError::Empty));
        self.silent.retain(|_, kept| is_silent(kept));
        let mut refused = None;
        for folder in folders {
            if self.silent.contains_key(folder) {
                continue;
            }
            let (log, of) = (log.clone(), folder.clone());
            let Some(kept) = files::begin(move || log.keep_in(&of)) else {
                continue;
            };
            match kept.recv_timeout(files::PATIENCE) {
                Ok(Ok(path)) => return Ok(path),
                Ok(Err(error)) => {
                    refused.get_or_insert(error);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.silent.insert(folder.clone(), kept);
                }
                Err(RecvTimeoutError::Disconnected) => {}
            }
        }
        let refused = refused.filter(|_| self.silent.is_empty());
        Err(refused.map_or(NotKept::Silent, NotKept::Refused))
    }
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
    Ok(PlainLog::from_text(&String::from_utf8_lossy(&bytes), now))
}

fn unescaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut signs = words.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
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
        let (read, unread) = PlainLog::from_text(&log().to_text(), at("2027-01-01T00:00:00Z"));
        assert_eq!((read, unread), (log(), 0));
    }

    #[test]
    fn a_damaged_plain_log_gives_its_other_lines() {
        let text = format!("rubbish\n{}\u{0}\tx\n", log().to_text());
        let (read, unread) = PlainLog::from_text(&text, at("2027-01-01T00:00:00Z"));
        assert_eq!(read.lines(), log().lines());
        assert_eq!(unread, 2);
    }

    #[test]
    fn it_is_kept_in_the_first_folder_that_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("a-file");
        files::write_whole(&broken, b"").unwrap();
        let good = folder.path().join("good");
        let folders = [broken.join("below"), good.clone()];
        let path = Keeper::default().keep(&log(), &folders).unwrap();
        assert!(path.starts_with(&good));
        let (back, unread) = read(&path, at("2027-01-01T00:00:00Z")).unwrap();
        assert_eq!((back, unread), (log(), 0));
        let refused = Keeper::default().keep(&log(), &folders[..1]);
        assert!(matches!(refused, Err(NotKept::Refused(_))));
    }
}
