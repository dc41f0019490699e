//! What can go wrong with a journal, kept apart by what a person can do about it.

use std::io;
use std::path::PathBuf;

use crate::files::{self, Doing, FileError};

use super::record::Unwritable;

/// A journal cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system refused; another place may do.
    #[error("could not {doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: Doing,
        /// With which file or folder.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// There is no journal.
    #[error("no journal of this program in {}", path.display())]
    NotAJournal {
        /// The folder that lacks it.
        path: PathBuf,
    },
    /// There is a file in the journal's place, and it does not begin as a journal does.
    #[error("does not begin as a journal of this program: {}", path.display())]
    BeginsOtherwise {
        /// The file.
        path: PathBuf,
    },
    /// It is of a format that this program does not know yet.
    #[error("format {format} is later than the known {known}: {}", path.display())]
    LaterFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: u32,
        /// The latest known.
        known: u32,
    },
    /// The folder for a new incident is not empty.
    #[error("not empty: {}", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// An earlier write failed, and it has not been recovered from.
    #[error("an earlier write failed: {}", path.display())]
    AlreadyFailed {
        /// The file.
        path: PathBuf,
    },
    /// The file is not as this program left it.
    #[error("changed by something else: {}", path.display())]
    ChangedOutside {
        /// The file.
        path: PathBuf,
    },
    /// Its name leads no longer to the file that is written.
    #[error("removed or replaced by another program: {}", path.display())]
    Replaced {
        /// The file.
        path: PathBuf,
    },
    /// The entry's number is not the next.
    #[error("entry {found} instead of {expected}")]
    OutOfOrder {
        /// The next number.
        expected: u64,
        /// The entry's.
        found: u64,
    },
    /// The entry cannot begin a journal with this flow.
    #[error("the first entry does not open an incident with this flow")]
    NotAFirstEntry,
    /// The entry could not be read again if it were written.
    #[error("cannot be written: {says}")]
    Unwritable {
        /// What is wrong.
        says: String,
    },
    /// The writer has not finished the entry before.
    #[error("the entry before is still being written")]
    Busy,
    /// The writer has nothing to wait for, or to try again.
    #[error("nothing is being written")]
    Idle,
    /// The writer could not be started, or has ended.
    #[error("the writer is gone")]
    WriterGone,
}

impl JournalError {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Io { .. } => "journal-io",
            Self::NotAJournal { .. } => "journal-not-a-journal",
            Self::BeginsOtherwise { .. } => "journal-begins-otherwise",
            Self::LaterFormat { .. } => "journal-later-format",
            Self::Exists { .. } => "journal-exists",
            Self::AlreadyFailed { .. } => "journal-already-failed",
            Self::ChangedOutside { .. } => "journal-changed-outside",
            Self::Replaced { .. } => "journal-replaced",
            Self::OutOfOrder { .. } => "journal-out-of-order",
            Self::NotAFirstEntry => "journal-not-a-first-entry",
            Self::Unwritable { .. } => "journal-unwritable",
            Self::Busy => "journal-busy",
            Self::Idle => "journal-idle",
            Self::WriterGone => "journal-writer-gone",
        }
    }

    /// Gives the arguments of the sentence and its hint.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Io {
                doing,
                path,
                source,
            } => files::args(*doing, path, source),
            Self::LaterFormat {
                path,
                format,
                known,
            } => vec![
                ("path", path.display().to_string()),
                ("format", format.to_string()),
                ("known", known.to_string()),
            ],
            Self::NotAJournal { path }
            | Self::BeginsOtherwise { path }
            | Self::Exists { path }
            | Self::AlreadyFailed { path }
            | Self::ChangedOutside { path }
            | Self::Replaced { path } => vec![("path", path.display().to_string())],
            Self::OutOfOrder { expected, found } => vec![
                ("expected", expected.to_string()),
                ("found", found.to_string()),
            ],
            Self::Unwritable { says } => vec![("says", says.clone())],
            Self::NotAFirstEntry | Self::Busy | Self::Idle | Self::WriterGone => Vec::new(),
        }
    }
}

impl From<FileError> for JournalError {
    fn from(error: FileError) -> Self {
        Self::Io {
            doing: error.doing,
            path: error.path,
            source: error.source,
        }
    }
}

impl From<Unwritable> for JournalError {
    fn from(error: Unwritable) -> Self {
        Self::Unwritable { says: error.0 }
    }
}
