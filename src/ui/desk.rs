//! The incident that is open in the window, with the text typed into it.
//!
//! The screens read it; only the app submits to it. Everything that is recorded is the
//! session's: this adds which drafts a command was made of, so that they are forgotten when
//! it is on the disk and stay when it was refused, and where to go on after it.
//!
//! **Invariant:** commands become outcomes in their order, so the waiting keys stand in the
//! same order as the session's commands.

use std::collections::VecDeque;
use std::path::Path;

use crate::flow::{Field, Flow, NodeId};
use crate::incident::{
    Act, Command, Entry, EntryNumber, Incident, Moment, Present, Refusal, is_readable, read_moment,
};
use crate::journal::Holder;
use crate::session::{Outcome, Session};
use crate::telling;
use crate::words::Words;

use super::drafts::{self, Drafts};

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Health {
    /// All is on the disk.
    Saved,
    /// Something is being written.
    Saving,
    /// The disk has not answered for a while; the words say since when, and where.
    Waiting(String),
    /// Something could not be written; the words say why.
    Failed(String),
    /// It cannot be written here; the words say why.
    ReadOnly(String),
}

/// What the person must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// An entry is on the disk; where to go on, if it settled the step in hand.
    Saved(EntryNumber, Option<GoOn>),
    /// A command was meaningless.
    Refused(Refusal),
    /// An entry could not be written.
    Failed,
}

/// Where the person goes on once a step is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoOn {
    /// The step that was in hand.
    pub from: NodeId,
    /// The one to take in hand, unless the command opened others.
    pub to: Option<NodeId>,
}

/// A command with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handed {
    /// What.
    pub act: Act,
    /// When it happened, as typed.
    pub at: Option<String>,
    /// The drafts' keys.
    pub keys: Vec<String>,
    /// Where to go on after it.
    pub go_on: Option<GoOn>,
}

/// The incident that is open in the window.
#[derive(Debug)]
pub(super) struct Desk {
    session: Session,
    waiting: VecDeque<Waiting>,
}

/// A command on its way, and the drafts that it was made of.
#[derive(Debug)]
struct Waiting {
    keys: Vec<String>,
    restore: Vec<(String, String)>,
    go_on: Option<GoOn>,
}

impl Desk {
    /// Puts a session on the desk.
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            waiting: VecDeque::new(),
        }
    }

    /// Gives the session.
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Gives the folder.
    pub(super) fn folder(&self) -> &Path {
        self.session.folder()
    }

    /// Gives the flow.
    pub(super) fn flow(&self) -> &Flow {
        self.session.flow()
    }

    /// Gives the incident: what is on the disk.
    pub(super) fn incident(&self) -> &Incident {
        self.session.incident()
    }

    /// Gives the entry that is not on the disk yet.
    pub(super) fn pending(&self) -> Option<&Entry> {
        self.session.pending()
    }

    /// Tells whether anything can be recorded.
    pub(super) fn can_write(&self) -> bool {
        self.session.can_write()
    }

    /// Takes in who holds the lock, where it is only read; tells whether that is news.
    pub(super) fn lock_seen(&mut self, holder: Option<Holder>) -> bool {
        self.session.lock_seen(holder)
    }

    /// Tells whether the incident can go on: it can be written and is not closed.
    pub(super) fn is_running(&self) -> bool {
        self.can_write() && self.incident().closed().is_none()
    }

    /// Tells whether it is no alarm but a check of the preparation.
    pub(super) fn is_peacetime(&self) -> bool {
        let door = self.incident().door();
        door.and_then(|door| self.flow().door(door))
            .is_some_and(|door| door.peacetime)
    }

    /// Gives how the journal is.
    pub(super) fn health(&self, words: &Words) -> Health {
        if let Some(error) = self.session.failure() {
            let why = words.with(error.key(), &error.args());
            let count = (self.unsaved().1 + 1).to_string();
            Health::Failed(words.with("health-failed", &[("why", why), ("count", count)]))
        } else if let Some(reason) = self.session.read_only() {
            Health::ReadOnly(words.with(reason.key(), &reason.args()))
        } else if !self.can_write() {
            Health::ReadOnly(words.get("health-flow-unsound"))
        } else if self.session.is_idle() {
            Health::Saved
        } else if self.session.is_waiting() {
            Health::Waiting(self.waiting_words(words))
        } else {
            Health::Saving
        }
    }

    fn waiting_words(&self, words: &Words) -> String {
        let (pending, queued) = self.unsaved();
        let since = pending
            .map(|entry| telling::time_to_the_second(entry.recorded_at, self.incident().zone()));
        let (path, count) = (
            self.folder().display().to_string(),
            (queued + 1).to_string(),
        );
        let args = [
            ("path", path),
            ("at", since.unwrap_or_default()),
            ("count", count),
        ];
        words.with("health-waiting", &args)
    }

    /// Tells whether everything handed over is on the disk.
    pub(super) fn is_saved(&self) -> bool {
        self.session.is_idle()
    }

    /// Gives what is handed over and not on the disk: the entry in flight, then what waits.
    pub(super) fn unsaved(&self) -> (Option<&Entry>, usize) {
        (self.session.pending(), self.session.queued().count())
    }

    /// Tells whether a text can be read as the value of a field.
    pub(super) fn can_read(&self, field: &Field, text: &str, now: Moment) -> bool {
        is_readable(field, text, self.present(now))
    }

    /// Tells whether a text can be read as a moment.
    pub(super) fn can_read_moment(&self, text: &str, now: Moment) -> bool {
        read_moment(text, self.present(now)).is_some()
    }

    fn present(&self, now: Moment) -> Present {
        Present {
            now,
            ..self.session.present()
        }
    }

    /// Hands a command over, with the drafts that it is made of and the time as typed.
    ///
    /// False when the time cannot be read or nothing can be written; nothing was handed over.
    pub(super) fn submit(&mut self, drafts: &mut Drafts, handed: Handed, now: Moment) -> bool {
        let Handed {
            act,
            at,
            keys,
            go_on,
        } = handed;
        let present = self.present(now);
        let happened_at = match at.map(|at| read_moment(&at, present)) {
            Some(None) => return false,
            Some(moment) => moment,
            None => None,
        };
        let is_note = matches!(act, Act::Note(_));
        let command = Command {
            happened_at,
            role: drafts.filled(drafts::ACTING),
            ..Command::from(act)
        };
        if !self.session.submit(command) {
            return false;
        }
        // A note's fields are free for the next one at once; other texts stay until recorded.
        let mut restore = Vec::new();
        if is_note {
            for key in &keys {
                restore.push((key.clone(), drafts.get(key).to_owned()));
                drafts.forget(key);
            }
        } else {
            drafts.send(&keys);
        }
        self.waiting.push_back(Waiting {
            keys,
            restore,
            go_on,
        });
        true
    }

    /// Hands a command over that no draft was made for.
    pub(super) fn submit_as_is(&mut self, command: Command) {
        if self.session.submit(command) {
            self.waiting.push_back(Waiting {
                keys: Vec::new(),
                restore: Vec::new(),
                go_on: None,
            });
        }
    }

    /// Says what has become of commands, and forgets the drafts that are recorded.
    pub(super) fn tick(&mut self, drafts: &mut Drafts) -> Vec<Told> {
        let outcomes = self.session.tick();
        let mut told = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            match outcome {
                Outcome::Saved(number) => {
                    let go_on = self.waiting.pop_front().and_then(|waiting| {
                        drafts.sent(&waiting.keys);
                        waiting.go_on
                    });
                    told.push(Told::Saved(number, go_on));
                }
                Outcome::Refused { refusal, .. } => {
                    if let Some(waiting) = self.waiting.pop_front() {
                        give_back(drafts, waiting);
                    }
                    told.push(Told::Refused(refusal));
                }
                Outcome::Failed(_) => told.push(Told::Failed),
            }
        }
        told
    }

    /// Puts what is not on the disk back into its fields, so that it is kept as drafts.
    pub(super) fn give_up(&mut self, drafts: &mut Drafts) {
        for waiting in self.waiting.drain(..) {
            give_back(drafts, waiting);
        }
    }

    /// Starts the copy in the mirror folder, or another one, or none; the window is drawn anew
    /// when it stands otherwise.
    pub(super) fn mirror_to(&mut self, root: Option<&Path>, ctx: &egui::Context) {
        self.session.mirror_to(root);
        let ctx = ctx.clone();
        self.session
            .on_mirror(Box::new(move || ctx.request_repaint()));
    }

    /// Tries again to write what could not be written.
    pub(super) fn retry(&mut self) {
        self.session.retry();
    }
}

/// Puts what was refused back into its fields, unless something else is typed there by now.
fn give_back(drafts: &mut Drafts, waiting: Waiting) {
    drafts.keep(&waiting.keys);
    for (key, text) in waiting.restore {
        if drafts.get(&key).is_empty() {
            drafts.set(&key, text);
        }
    }
}
