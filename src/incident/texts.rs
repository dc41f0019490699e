//! The texts of a command, looked at in one place before anything is decided.
//!
//! A text that shows nothing is none: refused where one is needed, left out where it is not. What is
//! too long is refused, whichever option it stands behind.

use super::{Act, Command, Ground, Note, Opening, Refusal, TEXT_BYTES_LIMIT};
use crate::text::{shown, shows_nothing};

impl Command {
    /// Gives the command with its texts looked at; refuses it for one that is missing or too long.
    pub(super) fn with_texts_checked(self) -> Result<Self, Refusal> {
        Ok(Self {
            act: act(self.act)?,
            ..self
        })
    }
}

/// Gives a text that is needed.
pub(super) fn filled(text: String) -> Result<String, Refusal> {
    if shows_nothing(&text) {
        return Err(Refusal::Empty);
    }
    if text.len() > TEXT_BYTES_LIMIT {
        return Err(Refusal::TooLong {
            bytes: text.len(),
            limit: TEXT_BYTES_LIMIT,
        });
    }
    Ok(text)
}

/// Gives a text that may be missing.
pub(super) fn checked(text: Option<String>) -> Result<Option<String>, Refusal> {
    shown(text).map(filled).transpose()
}

fn ground(ground: Ground) -> Result<Ground, Refusal> {
    Ok(Ground {
        why: checked(ground.why)?,
        decider: checked(ground.decider)?,
        told: checked(ground.told)?,
    })
}

fn act(act: Act) -> Result<Act, Refusal> {
    Ok(match act {
        Act::Open(opening) => Act::Open(Opening {
            title: checked(opening.title)?,
            site: checked(opening.site)?,
            recorder: checked(opening.recorder)?,
            ..opening
        }),
        Act::Title(text) => Act::Title(filled(text)?),
        Act::Site(text) => Act::Site(filled(text)?),
        Act::Recorder(name) => Act::Recorder(filled(name)?),
        Act::Tick(node, item, text) => Act::Tick(node, item, checked(text)?),
        Act::Untick(node, item, of) => Act::Untick(node, item, ground(of)?),
        Act::Fill(node, field, text) => Act::Fill(node, field, filled(text)?),
        Act::Cell(table, row, column, text) => {
            Act::Cell(table, filled(row)?, column, filled(text)?)
        }
        Act::Complete(node, of) => Act::Complete(node, ground(of)?),
        Act::Choose(node, option, of) => Act::Choose(node, option, ground(of)?),
        Act::Change(node, option, of) => Act::Change(node, option, ground(of)?),
        Act::Skip(node, of) => Act::Skip(node, ground(of)?),
        Act::Impossible(node, item, instead, of) => {
            Act::Impossible(node, item, checked(instead)?, ground(of)?)
        }
        Act::NotApplicable(node, item, of) => Act::NotApplicable(node, item, ground(of)?),
        Act::Report(name, to, by, reference) => {
            Act::Report(name, checked(to)?, checked(by)?, checked(reference)?)
        }
        Act::NotReport(name, of) => Act::NotReport(name, ground(of)?),
        Act::Start(node, of) => Act::Start(node, ground(of)?),
        Act::Park(node, of) => Act::Park(node, ground(of)?),
        Act::Resume(node, of) => Act::Resume(node, ground(of)?),
        Act::BringBack(node, of) => Act::BringBack(node, ground(of)?),
        Act::Reopen(node, of) => Act::Reopen(node, ground(of)?),
        Act::AskAgain(node, fact) => Act::AskAgain(node, filled(fact)?),
        Act::Assign(role, name) => Act::Assign(role, filled(name)?),
        Act::Deputy(role, name) => Act::Deputy(role, filled(name)?),
        Act::HandOver(role, name, text) => Act::HandOver(role, filled(name)?, checked(text)?),
        Act::Release(role, name) => Act::Release(role, filled(name)?),
        Act::Note(note) => Act::Note(Note {
            text: filled(note.text)?,
            from: checked(note.from)?,
            to: checked(note.to)?,
            means: checked(note.means)?,
            ..note
        }),
        Act::Settle(of, text) => Act::Settle(of, checked(text)?),
        Act::Reason(of, what, why) => Act::Reason(of, what, ground(why)?),
        // An empty text would strike without a word.
        Act::Correct(of, Some(text), _) if shows_nothing(&text) => {
            return Err(Refusal::EmptyCorrection(of));
        }
        Act::Correct(of, text, why) => Act::Correct(of, checked(text)?, ground(why)?),
        Act::Know(duty, who, basis) => Act::Know(duty, checked(who)?, basis),
        Act::Close(of, alone) => {
            let mut all = std::collections::BTreeMap::new();
            for (what, of) in alone {
                all.insert(what, ground(of)?);
            }
            Act::Close(ground(of)?, all)
        }
        Act::ReopenIncident(of) => Act::ReopenIncident(ground(of)?),
        Act::Undo(of) => Act::Undo(of),
        Act::Redo => Act::Redo,
    })
}
