//! `log`: lines with their time, when nothing else works; `incident join`: what becomes of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::input::{self, Input};
use super::{Context, Exit};
use crate::clock::Clock;
use crate::files::{self, FileError};
use crate::plain_log::{self, Keeper, NotKept, PassedOver, PlainLog};
use crate::session::{Outcome, Session};
use crate::telling::{self, Reader};

/// The longest line that is taken, in bytes.
const LINE_BYTES_LIMIT: usize = 1024 * 1024;

/// Gives the folders that a plain log is tried in: the data folder's, the person's, the system's
/// for what is passing.
pub fn plain_log_folders(data: &Path) -> Vec<PathBuf> {
    let mut folders = vec![data.join(plain_log::FOLDER)];
    if let Some(person) = directories::UserDirs::new() {
        let documents = person.document_dir().unwrap_or_else(|| person.home_dir());
        folders.push(documents.join("shodo-plain-logs"));
    }
    folders.push(plain_log::temporary_folder());
    folders
}

/// Takes lines from standard input, and answers each with its time and where it is.
pub(super) fn log(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let mut folders: Vec<PathBuf> = matches
        .get_one::<PathBuf>("to")
        .cloned()
        .into_iter()
        .collect();
    folders.extend(plain_log_folders(context.data));
    let mut log = PlainLog::begin(context.clock.now());
    let mut keeper = Keeper::default();
    let mut told = BTreeSet::new();
    let mut input = Input::new(std::io::stdin());
    let mut exit = Exit::Well;
    // Lines are kept also where nobody hears the answers any more.
    let mut unheard: Option<std::io::Error> = None;
    while let Some(mut line) = input.next(LINE_BYTES_LIMIT)? {
        // A line that is too long goes on in the next one, with a whole sign.
        input.hold_begun(&mut line);
        let read = input.text(context, &line);
        let now = context.clock.now();
        if !log.add(now, &read.text) {
            continue;
        }
        let number = log.lines().len().to_string();
        let at = telling::time_to_the_second(now, *now.offset());
        let (answer, ended) = match keeper.keep(&log, &folders) {
            Ok(path) => {
                for over in keeper.passed_over() {
                    if told.insert(over.folder.clone()) {
                        // The answer names the folder that took the lines.
                        tell_passed_over(context, over).ok();
                    }
                }
                let key = if plain_log::is_temporary(&path) {
                    "log-line-saved-temporary"
                } else {
                    "log-line-saved"
                };
                let args = [("number", number), ("at", at), ("path", shown(&path))];
                let kept = input::kept_bytes(context, &read);
                (context.words.with(key, &args) + &kept, Exit::Well)
            }
            Err(not) => {
                let says = match not {
                    NotKept::Refused(error) => says(context, &error),
                    NotKept::Silent => context.words.get("plain-disk-silent"),
                };
                let args = [("number", number), ("at", at), ("says", says)];
                let answer = context.words.with("log-line-not-saved", &args);
                (answer, Exit::CannotRun)
            }
        };
        exit = ended;
        let said = context.say(&answer).and_then(|()| context.out.flush());
        unheard = unheard.or(said.err());
        if log.is_full() {
            return Ok(Exit::CannotRun);
        }
    }
    unheard.map_or(Ok(exit), |error| Err(error.into()))
}

fn tell_passed_over(context: &mut Context<'_>, over: &PassedOver) -> anyhow::Result<()> {
    let says = match &over.why {
        Some(error) => says(context, error),
        None => context.words.get("plain-disk-silent"),
    };
    let args = [("path", shown(&over.folder)), ("says", says)];
    Ok(context.warn(&context.words.with("log-passed-over", &args))?)
}

/// Adds the lines of a plain log to an incident, each as a note with its time.
pub(super) fn join(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let (Some(folder), Some(file)) = (
        matches.get_one::<PathBuf>("dir"),
        matches.get_one::<PathBuf>("log"),
    ) else {
        return Ok(Exit::CannotRun);
    };
    let (log, unread) = match plain_log::read(file, context.clock.now()) {
        Ok(read) => read,
        Err(error) => {
            let text = says(context, &error);
            context.warn(&text)?;
            return Ok(Exit::CannotRun);
        }
    };
    let Some(mut session) = opened(context, folder, context.clock)? else {
        return Ok(Exit::CannotRun);
    };
    let notes = log.notes(session.incident(), &context.words.get("log-means"));
    for note in notes {
        session.submit(note);
    }
    let mut saved = 0;
    let mut exit = if unread > 0 {
        Exit::Problem
    } else {
        Exit::Well
    };
    for outcome in session.settle() {
        match outcome {
            Outcome::Saved(_) => saved += 1,
            Outcome::Refused { refusal, .. } => {
                let why = telling::refusal(
                    context.words,
                    Some(session.flow()),
                    &refusal,
                    Reader::CommandLine,
                );
                context.warn(&context.words.with("cli-refused", &[("why", why)]))?;
                exit = Exit::Problem;
            }
            Outcome::Failed(_) => super::incident::tell_not_saved(context, &session)?,
        }
    }
    let args = [
        ("count", saved.to_string()),
        ("all", log.lines().len().to_string()),
        ("unread", unread.to_string()),
    ];
    context.say(&context.words.with("log-joined", &args))?;
    Ok(if session.is_idle() {
        exit
    } else {
        Exit::CannotRun
    })
}

fn opened(
    context: &mut Context<'_>,
    folder: &Path,
    clock: Clock,
) -> anyhow::Result<Option<Session>> {
    match Session::open(folder, clock, Box::new(|| {})) {
        Ok(session) => {
            super::incident::tell_opening(context, &session)?;
            Ok(Some(session).filter(Session::can_write))
        }
        Err(error) => {
            super::incident::cannot_run(context, &error)?;
            Ok(None)
        }
    }
}

fn says(context: &Context<'_>, error: &FileError) -> String {
    let args = files::args(error.doing, &error.path, &error.source);
    context.words.with("journal-io", &args)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
