//! `shodo incident new` and `do`, and what they share with `show`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::input::{self, Input};
use super::terminal::Told;
use super::{Context, Exit, flow, line, mirror};
use crate::files;
use crate::flow::{NodeId, State};
use crate::incident::{
    Became, DutyStanding, Effect, Entry, EntryNumber, Event, Incident, Mode, Odd, Opening,
};
use crate::journal::{JournalError, ReadOnly};
use crate::session::{FlowFault, Outcome, Session, SessionError};
use crate::telling::{self, Reader, Telling};
use crate::text::decode::Decoded;
use crate::words::Words;

/// The longest line that is read; longer ones are refused, not cut.
const LINE_BYTES_LIMIT: usize = 8 * 1024 * 1024;

pub(super) fn new(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let named = matches.get_one::<String>("flow").map(String::as_str);
    let flow = match flow::find(context, named, "cli-use-built-in")? {
        Ok(flow) => flow,
        Err(exit) => return Ok(exit),
    };
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let site = text("site").or_else(|| context.settings.site.clone());
    let opening = Opening {
        mode: match text("mode").as_deref() {
            Some("drill") => Mode::Drill,
            _ => Mode::Live,
        },
        door: text("door").unwrap_or_default(),
        title: text("title"),
        site,
        recorder: text("recorder"),
        program: crate::PROGRAM.to_owned(),
    };
    let wake = Box::new(|| {});
    match Session::create(context.data, opening, Arc::new(flow), context.clock, wake) {
        Ok(mut session) => {
            mirror::start(context, &mut session);
            context.say(&session.folder().display().to_string())?;
            context.out.flush()?;
            mirror::finish(context, &session)?;
            Ok(Exit::Well)
        }
        Err(SessionError::Refused(refusal)) => {
            let args = [(
                "why",
                telling::refusal(context.words, None, &refusal, Reader::CommandLine),
            )];
            context.warn(&context.words.with("cli-refused", &args))?;
            Ok(Exit::Problem)
        }
        Err(error) => cannot_run(context, &error),
    }
}

pub(super) fn cannot_run(context: &mut Context<'_>, error: &SessionError) -> anyhow::Result<Exit> {
    let told = session_error(context.words, error);
    context.warn_of(&told)?;
    Ok(Exit::CannotRun)
}

/// Says why an incident could not be started or opened.
fn session_error(words: &Words, error: &SessionError) -> Told {
    let alone = |sentence: String| Told {
        sentence,
        hint: String::new(),
    };
    match error {
        SessionError::Journal(error @ JournalError::Io { .. }) => {
            Told::of(words, error.key(), &error.args()).or_plain_log(words)
        }
        SessionError::Journal(error) => Told::of(words, error.key(), &error.args()),
        SessionError::File(error) => {
            Told::of(words, "journal-io", &error.args()).or_plain_log(words)
        }
        SessionError::Refused(refusal) => {
            alone(telling::refusal(words, None, refusal, Reader::CommandLine))
        }
        SessionError::NoFlow => alone(words.get("notice-no-flow")),
    }
}

/// Tells on standard error what opening found.
pub(super) fn tell_opening(context: &mut Context<'_>, session: &Session) -> anyhow::Result<()> {
    let words = context.words;
    let mut notices = Vec::new();
    if let Some(key) = session.recovery().key() {
        notices.push(Told::of(words, key, &session.recovery().args()));
    }
    if let Some(why) = session.read_only().filter(|why| **why != ReadOnly::Asked) {
        let told = Told::of(words, why.key(), &why.args());
        notices.push(match why {
            ReadOnly::NoPermission { .. } => told.or_plain_log(words),
            _ => told,
        });
    }
    let fault = match session.flow_fault() {
        Some(FlowFault::Unsound(problems)) => {
            let says = problems.first().map(|p| telling::problem(words, p).0);
            let args = [("says", says.unwrap_or_default())];
            Some(words.with("session-flow-unsound", &args))
        }
        Some(FlowFault::Absent) => Some(words.get("session-flow-absent")),
        None => None,
    };
    notices.extend(fault.map(|sentence| Told {
        sentence,
        hint: String::new(),
    }));
    for mut told in notices {
        let args = [("what", told.sentence)];
        told.sentence = words.with("cli-recovered", &args);
        context.warn_of(&told)?;
    }
    Ok(())
}

pub(super) fn carry_out(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let Some(folder) = matches.get_one::<PathBuf>("dir") else {
        return Ok(Exit::CannotRun);
    };
    let mut session = match Session::open(folder, context.clock, Box::new(|| {})) {
        Ok(session) => session,
        Err(error) => return cannot_run(context, &error),
    };
    tell_opening(context, &session)?;
    if !session.can_write() {
        return Ok(Exit::CannotRun);
    }
    mirror::start(context, &mut session);
    tell_zone(context, &session)?;
    let exit = carry_out_lines(context, &mut session)?;
    mirror::finish(context, &session)?;
    Ok(exit)
}

/// Tells on standard error where times are read in another zone than this machine's.
fn tell_zone(context: &mut Context<'_>, session: &Session) -> anyhow::Result<()> {
    let (zone, here) = (session.incident().zone(), *session.now().offset());
    if zone != here {
        let args = [("zone", telling::zone(zone)), ("here", telling::zone(here))];
        let what = [("what", context.words.with("zone-other", &args))];
        context.warn(&context.words.with("cli-recovered", &what))?;
    }
    Ok(())
}

fn carry_out_lines(context: &mut Context<'_>, session: &mut Session) -> anyhow::Result<Exit> {
    let mut exit = Exit::Well;
    let mut input = Input::new(std::io::stdin());
    loop {
        let line = match input.next(LINE_BYTES_LIMIT) {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(exit),
            Err(error) => return cannot_read_on(context, &error),
        };
        let read = if line.goes_on {
            input.skip_line()?;
            None
        } else {
            Some(input.text(context, &line))
        };
        let answer = carry_out_line(context, session, read.as_ref())?;
        if answer == Exit::CannotRun {
            return Ok(answer);
        }
        if answer == Exit::Problem {
            exit = answer;
        }
    }
}

/// Tells that standard input cannot be read any further.
fn cannot_read_on(context: &mut Context<'_>, error: &std::io::Error) -> anyhow::Result<Exit> {
    let args = files::args(files::Doing::Read, Path::new("-"), error);
    context.warn(&context.words.with("cli-cannot-read", &args))?;
    Ok(Exit::CannotRun)
}

fn carry_out_line(
    context: &mut Context<'_>,
    session: &mut Session,
    read: Option<&Decoded>,
) -> anyhow::Result<Exit> {
    let words = context.words;
    let refuse = |context: &mut Context<'_>, why: String| -> anyhow::Result<Exit> {
        context.say(&words.with("cli-refused", &[("why", why)]))?;
        context.out.flush()?;
        Ok(Exit::Problem)
    };
    let Some(read) = read else {
        let args = [
            ("bytes", format!("> {LINE_BYTES_LIMIT}")),
            ("limit", LINE_BYTES_LIMIT.to_string()),
        ];
        return refuse(context, words.with("refusal-too-long", &args));
    };
    let text = read.text.as_str();
    let command = match line::read(text, session.present()) {
        Ok(Some(command)) => command,
        Ok(None) => return Ok(Exit::Well),
        Err(fault) => return refuse(context, words.with(fault.key(), &fault.args())),
    };
    session.submit(command);
    let mut exit = Exit::Well;
    for outcome in session.settle() {
        match outcome {
            Outcome::Saved(number) => {
                let answer = saved_line(context.words, session, number, text.trim());
                let kept = input::kept_bytes(context, read);
                context.say(&(answer + &kept))?;
            }
            Outcome::Refused { refusal, .. } => {
                exit = refuse(
                    context,
                    telling::refusal(words, Some(session.flow()), &refusal, Reader::CommandLine),
                )?;
            }
            Outcome::Failed(_) => {
                tell_not_saved(context, session)?;
                exit = Exit::CannotRun;
            }
        }
    }
    context.out.flush()?;
    Ok(exit)
}

/// Tells on standard error why an entry could not be saved, and what works all the same.
pub(super) fn tell_not_saved(context: &mut Context<'_>, session: &Session) -> anyhow::Result<()> {
    let words = context.words;
    if let Some(error) = session.failure() {
        let mut told = Told::of(words, error.key(), &error.args());
        let args = [("why", told.sentence)];
        told.sentence = words.with("cli-not-saved", &args);
        context.warn_of(&told.or_plain_log(words))?;
    }
    Ok(())
}

/// The entry's number, the command as typed, and what has opened.
fn saved_line(words: &Words, session: &Session, number: EntryNumber, typed: &str) -> String {
    let mut line = format!("{number} {typed}");
    let Some(entry) = session.incident().entry(number) else {
        return line;
    };
    let telling = Telling {
        words,
        flow: session.flow(),
        zone: session.incident().zone(),
    };
    if let Some(what) = telling.undone_entry(session.incident(), &entry.event) {
        let key = match entry.event {
            Event::Redone { .. } => "cli-redone",
            _ => "cli-undone",
        };
        line.push_str(&words.with(key, &[("what", what)]));
    }
    let is_open = |id: &NodeId| session.incident().state(session.flow(), id) == State::Open;
    let opened: Vec<&str> = entry
        .effects
        .iter()
        .filter(|e| opens(e) && is_open(&e.node))
        .map(|e| e.node.as_str())
        .collect();
    if !opened.is_empty() {
        line.push_str(&words.with("cli-next", &[("nodes", opened.join(" "))]));
    }
    for taken in taken_as(words, session.incident(), entry) {
        line.push_str(&words.with("cli-taken", &[("taken", taken)]));
    }
    if let Some(name) = session.incident().displaced_by(number) {
        line.push_str(&words.with("cli-held-before", &[("name", name)]));
    }
    for said in beside(words, session, entry) {
        line.push_str(&said);
    }
    line
}

/// Says what typed times were taken as, where that is not what everybody would expect.
fn taken_as(words: &Words, incident: &Incident, entry: &Entry) -> Vec<String> {
    let now = incident.local(entry.recorded_at);
    let mut said = Vec::new();
    for (moment, may_be_ahead) in entry.typed_moments() {
        let mut odd = incident.odd(moment, entry.recorded_at);
        odd.retain(|odd| !may_be_ahead || *odd != Odd::Ahead);
        if !odd.is_empty() {
            said.push(telling::taken_as(words, moment, now, &odd));
        }
    }
    said
}

/// What an entry did besides opening: what it parked and why, what is no longer needed, why the
/// answer was locked, and what is still to be reported though its step is settled.
fn beside(words: &Words, session: &Session, entry: &Entry) -> Vec<String> {
    let (flow, incident) = (session.flow(), session.incident());
    let language = words.language();
    let nodes = |is: fn(&Became) -> bool| {
        let found: Vec<&str> = entry
            .effects
            .iter()
            .filter(|effect| is(&effect.becomes))
            .map(|effect| effect.node.as_str())
            .collect();
        found.join(" ")
    };
    let mut said = Vec::new();
    let answer = match &entry.event {
        Event::OptionChosen { node, option, .. } => flow.decision(node).zip(Some(option)),
        _ => None,
    };
    let parked = nodes(|became| *became == Became::ParkedByFlow);
    if !parked.is_empty() {
        let telling = Telling {
            words,
            flow,
            zone: incident.zone(),
        };
        let why = telling.set_aside_warning(entry).unwrap_or_default();
        let args = [("nodes", parked), ("why", why.clone())];
        let key = if why.is_empty() {
            "cli-parked"
        } else {
            "cli-parked-why"
        };
        said.push(words.with(key, &args));
    }
    let gone = nodes(|became| matches!(became, Became::Withdrawn(_) | Became::WithdrawnByChange));
    if !gone.is_empty() {
        said.push(words.with("cli-withdrawn", &[("nodes", gone)]));
    }
    if let (Some((decision, option)), Event::OptionChosen { locked: true, .. }) =
        (answer, &entry.event)
        && let Some(found) = decision.options.iter().find(|found| found.id == *option)
        && let Some(lock) = &found.lock
    {
        let args = [("why", lock.why.get(language))];
        said.push(words.with("cli-locked", &args));
    }
    if let Event::StepCompleted { node, .. }
    | Event::Skipped { node, .. }
    | Event::FoundImpossible {
        node, item: None, ..
    }
    | Event::FoundNotApplicable {
        node, item: None, ..
    } = &entry.event
    {
        let running: Vec<String> = incident
            .duties(flow)
            .iter()
            .filter(|part| part.duty.step == *node && part.state.is_running())
            .map(DutyStanding::name)
            .collect();
        if !running.is_empty() {
            said.push(words.with("cli-still-running", &[("names", running.join(" "))]));
        }
    }
    if let Event::DutyNotReported { duty, deadline, .. } = &entry.event
        && incident.duty_state(duty, deadline.as_deref()).is_running()
    {
        let args = [("entry", entry.number.to_string())];
        said.push(words.with("cli-undecided", &args));
    }
    said
}

fn opens(effect: &Effect) -> bool {
    matches!(
        effect.becomes,
        Became::Open | Became::Taken | Became::Restored
    )
}

/// Gives the incident after an entry, or after the last; says on standard error why there is none.
pub(super) fn as_of(
    context: &mut Context<'_>,
    session: &Session,
    at: Option<u64>,
) -> anyhow::Result<Result<Incident, Exit>> {
    let entries = session.incident().entries();
    if entries.is_empty() {
        context.warn(&context.words.get("cli-no-entries"))?;
        let exit = Some(exit_of(session)).filter(|exit| *exit != Exit::Well);
        return Ok(Err(exit.unwrap_or(Exit::CannotRun)));
    }
    let at = at.unwrap_or(entries.len() as u64);
    let prefix = usize::try_from(at)
        .ok()
        .filter(|at| *at >= 1)
        .and_then(|at| entries.get(..at));
    let Some(prefix) = prefix else {
        let args = [("at", at.to_string()), ("count", entries.len().to_string())];
        context.warn(&context.words.with("cli-bad-at", &args))?;
        return Ok(Err(Exit::CannotRun));
    };
    Ok(Ok(Incident::replay(session.flow(), prefix)))
}

/// Gives how a command ends that has shown an incident: damage is a problem.
pub(super) fn exit_of(session: &Session) -> Exit {
    match session.read_only() {
        Some(ReadOnly::Damaged(_)) => Exit::Problem,
        _ => Exit::Well,
    }
}
