//! A session that only reads: what it read, since when, and who writes.

use std::path::Path;

use super::{Session, SessionError};
use crate::clock::Clock;
use crate::incident::Moment;
use crate::journal::{self, Holder, ReadOnly};

impl Session {
    /// Reads an incident's folder once more that is only read for this reason.
    pub fn read_again(folder: &Path, clock: Clock, was: ReadOnly) -> Result<Self, SessionError> {
        let reason = as_held(was, holder(folder));
        let opened = journal::read_as(folder, reason)?;
        Self::on(folder, opened, clock, Box::new(|| {}))
    }

    /// Takes in who holds the lock, where another program writes or wrote; tells whether that is
    /// news.
    pub fn lock_seen(&mut self, holder: Option<Holder>) -> bool {
        let Some(was) = self.read_only.clone() else {
            return false;
        };
        let now = as_held(was, holder);
        let is_news = self.read_only.as_ref() != Some(&now);
        self.read_only = Some(now);
        is_news
    }

    /// Tells whether it can only be read because another program writes, or wrote, it.
    pub fn waits_for_lock(&self) -> bool {
        let of = self.read_only.as_ref();
        of.is_some_and(|of| matches!(of, ReadOnly::HeldBy(_) | ReadOnly::Ended(_)))
    }

    /// Gives when the record was read from the disk.
    pub fn read_at(&self) -> Moment {
        self.read_at
    }
}

/// Gives why a journal can only be read, now that somebody holds its lock or nobody does.
fn as_held(was: ReadOnly, holder: Option<Holder>) -> ReadOnly {
    match (was, holder) {
        (ReadOnly::HeldBy(_) | ReadOnly::Ended(_), Some(holder)) => ReadOnly::HeldBy(holder),
        (ReadOnly::HeldBy(was), None) => ReadOnly::Ended(was),
        (was, _) => was,
    }
}

/// Tells who writes in an incident's folder, if anybody does; changes nothing.
pub fn holder(folder: &Path) -> Option<Holder> {
    journal::holder(folder)
}
