//! The incident that is open in the window.
//!
//! The screens read it; only the app submits to it. Everything is the session's: this is the
//! window's one view of it, so that no screen depends on how the session is built.

use std::path::{Path, PathBuf};

use crate::flow::Flow;
use crate::incident::{Command, Entry, Incident, Moment, Refusal, decide};

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// All is on the disk.
    Saved,
    /// Something is being written.
    Saving,
    /// Something could not be written; the words say why.
    Failed(String),
    /// It cannot be written here; the words say why.
    ReadOnly(String),
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the disk.
    Saved(Box<Entry>),
    /// It was meaningless.
    Refused(Refusal),
    /// It could not be written.
    Failed(String),
}

/// The incident that is open in the window.
#[derive(Debug)]
pub struct Desk {
    folder: PathBuf,
    flow: Flow,
    incident: Incident,
    outcomes: Vec<Outcome>,
    now: Option<Moment>,
}

impl Desk {
    /// Makes a desk that keeps nothing.
    pub fn in_memory(flow: Flow) -> Self {
        let incident = Incident::new(&flow);
        Self {
            folder: PathBuf::new(),
            flow,
            incident,
            outcomes: Vec::new(),
            now: None,
        }
    }

    /// Gives the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the flow.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Gives the incident: what is on the disk.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Gives what is not on the disk yet.
    pub fn pending(&self) -> &[Entry] {
        &[]
    }

    /// Tells whether anything can be recorded.
    pub fn can_write(&self) -> bool {
        true
    }

    /// Gives how the journal is.
    pub fn health(&self) -> Health {
        Health::Saved
    }

    /// Gives the head of the journal, short.
    pub fn head(&self) -> Option<String> {
        None
    }

    /// Hands a command over.
    pub fn submit(&mut self, command: Command, now: Moment) {
        self.now = Some(now);
        let outcome = match decide(&self.flow, &self.incident, command, now) {
            Ok(entry) => {
                self.incident.apply(&self.flow, entry.clone());
                Outcome::Saved(Box::new(entry))
            }
            Err(refusal) => Outcome::Refused(refusal),
        };
        self.outcomes.push(outcome);
    }

    /// Gives what became of commands since the last call.
    pub fn tick(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// Tries again to write what could not be written.
    pub fn retry(&mut self) {}
}
