//! What opening and checking found, as values that a person must be told.
//!
//! The words are in the language files; here are their keys and arguments.

use std::path::PathBuf;

use crate::files::{self, FileError};

use super::{Damage, Head, Holder};

/// What opening did about the end of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing was wrong.
    None,
    /// The last record lacked its newline; it has it now.
    NewlineAdded,
    /// An unfinished end was copied beside and cut.
    TailSetAside {
        /// Its length.
        bytes: u64,
        /// Where the copy is.
        kept_in: PathBuf,
    },
    /// An unfinished end is there, and stays, because this journal is only read.
    TailLeft {
        /// Its length.
        bytes: u64,
    },
}

impl Recovery {
    /// Gives the key of the sentence in the language files, the hint's being this with `-hint`;
    /// `None` when nothing was wrong.
    pub fn key(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::NewlineAdded => Some("journal-newline-added"),
            Self::TailSetAside { .. } => Some("journal-tail-set-aside"),
            Self::TailLeft { .. } => Some("journal-tail-left"),
        }
    }

    /// Gives the arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::None | Self::NewlineAdded => Vec::new(),
            Self::TailSetAside { bytes, kept_in } => vec![
                ("bytes", bytes.to_string()),
                ("path", kept_in.display().to_string()),
            ],
            Self::TailLeft { bytes } => vec![("bytes", bytes.to_string())],
        }
    }
}

/// Why a journal may only be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was opened for reading.
    Asked,
    /// Somebody else writes it.
    HeldBy(Holder),
    /// Somebody else wrote it when it was read, and has ended since.
    Ended(Holder),
    /// A record is wrong.
    Damaged(Damage),
    /// The folder cannot be written or locked.
    NoPermission {
        /// Which file or folder.
        path: PathBuf,
        /// What the system's error is called in the language files.
        reason: &'static str,
        /// The system's words.
        says: String,
    },
}

impl ReadOnly {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Asked => "journal-read-asked",
            Self::HeldBy(_) => "journal-held-by",
            Self::Ended(_) => "journal-holder-ended",
            Self::Damaged(damage) => damage.key(),
            Self::NoPermission { .. } => "journal-no-permission",
        }
    }

    /// Gives the arguments of the sentence and its hint.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Asked => Vec::new(),
            Self::HeldBy(holder) | Self::Ended(holder) => holder.args(),
            Self::Damaged(damage) => damage.args(),
            Self::NoPermission { path, reason, says } => vec![
                ("path", path.display().to_string()),
                ("reason", (*reason).to_owned()),
                ("says", says.clone()),
            ],
        }
    }

    pub(super) fn refused(error: &FileError) -> Self {
        Self::NoPermission {
            path: error.path.clone(),
            reason: files::reason(&error.source),
            says: error.source.to_string(),
        }
    }
}

/// What a check of a journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Every record is right.
    Intact {
        /// The head.
        head: Head,
        /// How many bytes of an unfinished end stand behind it.
        torn: Option<u64>,
        /// It was held against a noted head, so its end is known not to be cut or rewritten.
        head_checked: bool,
    },
    /// A record is wrong.
    Damaged {
        /// Which, and what is wrong.
        damage: Damage,
        /// The head of those before it.
        head: Head,
    },
    /// The records are right, and not those that were there when the head was noted.
    OtherHead {
        /// The noted head.
        noted: Head,
        /// The journal's head.
        head: Head,
    },
}

impl Verification {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Intact {
                head_checked: true, ..
            } => "journal-intact-checked",
            Self::Intact { .. } => "journal-intact",
            Self::Damaged { damage, .. } => damage.key(),
            Self::OtherHead { .. } => "journal-other-head",
        }
    }

    /// Gives the arguments of the sentence and its hint; a torn end is told by [`Self::tail`].
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Intact { head, .. } => vec![
                ("count", head.count.to_string()),
                ("hash", head.hash.clone()),
            ],
            Self::Damaged { damage, .. } => damage.args(),
            Self::OtherHead { noted, head } => vec![
                ("record", noted.count.to_string()),
                ("count", head.count.to_string()),
            ],
        }
    }

    /// Gives what is to be told about an unfinished end.
    pub fn tail(&self) -> Recovery {
        match self {
            Self::Intact {
                torn: Some(bytes), ..
            } => Recovery::TailLeft { bytes: *bytes },
            _ => Recovery::None,
        }
    }
}
