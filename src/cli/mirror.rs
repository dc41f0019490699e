//! `shodo mirror init`, and what the other commands say about the mirror folder.

use std::path::PathBuf;
use std::time::Duration;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::terminal::Told;
use super::{Context, Exit};
use crate::journal::{Mirror, NotMarked};
use crate::session::{self, Session};
use crate::words::Words;

/// How long a command waits, when all is done, for the copy.
const LIMIT: Duration = Duration::from_secs(3);

pub(super) fn init(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let Some(folder) = matches.get_one::<PathBuf>("folder") else {
        return Ok(Exit::CannotRun);
    };
    let words = context.words;
    // A relative path means something else from the next place on.
    let folder = std::path::absolute(folder)?;
    let marked = session::mark_mirror(context.data, &folder, &words.get("cli-mirror-marker"));
    if let Err(not) = marked {
        context.warn_of(&match not {
            NotMarked::Unfit(unfit) => Told::of(words, unfit.key(), &[]),
            NotMarked::File(error) => Told::of(words, "cli-not-written", &error.args()),
        })?;
        return Ok(Exit::CannotRun);
    }
    let setting = format!("mirror: {:?}", folder.display().to_string());
    let args = [("setting", setting)];
    context.say(&words.with("cli-mirror-marked", &args))?;
    Ok(Exit::Well)
}

/// Starts the copy that the settings ask for.
pub(super) fn start(context: &Context<'_>, session: &mut Session) {
    session.mirror_to(context.settings.mirror.as_deref());
}

/// Waits a moment for the copy, and tells on standard error when it is not complete.
pub(super) fn finish(context: &mut Context<'_>, session: &Session) -> anyhow::Result<()> {
    let state = session.mirror_within(LIMIT);
    let is_behind = match state {
        Mirror::Copying => true,
        Mirror::UpTo(count) => count < session.head().count,
        _ => state.is_problem(),
    };
    if is_behind {
        let words = context.words;
        let what = words.with(state.key(), &state.args());
        let hint = state
            .is_problem()
            .then(|| words.get(&format!("{}-hint", state.key())));
        context.warn_of(&Told {
            sentence: words.with("cli-recovered", &[("what", what)]),
            hint: hint.unwrap_or_default(),
        })?;
    }
    Ok(())
}

/// How the copy stands, for `incident show`.
pub(super) fn json(words: &Words, session: &Session) -> Json {
    let state = session.mirror_within(LIMIT);
    let entries = match state {
        Mirror::Off => return Json::Null,
        Mirror::UpTo(count) => Some(count),
        _ => None,
    };
    json!({
        "state": state.id(), "entries": entries,
        "message": words.with(state.key(), &state.args()),
    })
}

/// The same in words; nothing where no mirror folder is set.
pub(super) fn line(words: &Words, session: &Session) -> Option<String> {
    let state = session.mirror_within(LIMIT);
    (state != Mirror::Off).then(|| words.with(state.key(), &state.args()))
}
