//! `shodo incident new`, `do` and `show`.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use super::terminal::Told;
use super::{Context, Exit, Format, flow, format_of, line, mirror};
use crate::files;
use crate::flow::{Flow, Node, NodeId, State};
use crate::incident::{
    Attempt, Became, Effect, Entry, EntryNumber, Filled, Incident, Mode, OpenItemKind, Opening,
    Outcome as Ended, Stamp, Value,
};
use crate::journal::{JournalError, ReadOnly};
use crate::session::{FlowFault, Outcome, Session, SessionError};
use crate::telling::{self, Reader, Telling, rfc3339};
use crate::words::Words;

/// The longest line that is read; longer ones are refused, not cut.
const LINE_BYTES_LIMIT: u64 = 8 * 1024 * 1024;

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
                telling::refusal(context.words, &refusal, Reader::CommandLine),
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
            alone(telling::refusal(words, refusal, Reader::CommandLine))
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
    let exit = carry_out_lines(context, &mut session)?;
    mirror::finish(context, &session)?;
    Ok(exit)
}

fn carry_out_lines(context: &mut Context<'_>, session: &mut Session) -> anyhow::Result<Exit> {
    let mut exit = Exit::Well;
    let mut input = std::io::stdin().lock();
    loop {
        let mut bytes = Vec::new();
        let read = std::io::Read::take(&mut input, LINE_BYTES_LIMIT).read_until(b'\n', &mut bytes);
        let read = match read {
            Ok(read) => read,
            Err(error) => return cannot_read_on(context, &error),
        };
        if read == 0 {
            return Ok(exit);
        }
        let whole = bytes.ends_with(b"\n") || (read as u64) < LINE_BYTES_LIMIT;
        if !whole {
            skip_line(&mut input)?;
        }
        let answer = carry_out_line(context, session, &bytes, whole)?;
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

/// Reads past what is left of a line that is too long.
fn skip_line(input: &mut impl std::io::BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let count = end.map_or(buffer.len(), |at| at + 1);
        input.consume(count);
        if end.is_some() || count == 0 {
            return Ok(());
        }
    }
}

fn carry_out_line(
    context: &mut Context<'_>,
    session: &mut Session,
    bytes: &[u8],
    whole: bool,
) -> anyhow::Result<Exit> {
    let words = context.words;
    let refuse = |context: &mut Context<'_>, why: String| -> anyhow::Result<Exit> {
        context.say(&words.with("cli-refused", &[("why", why)]))?;
        context.out.flush()?;
        Ok(Exit::Problem)
    };
    if !whole {
        let args = [
            ("bytes", format!("> {LINE_BYTES_LIMIT}")),
            ("limit", LINE_BYTES_LIMIT.to_string()),
        ];
        return refuse(context, words.with("refusal-too-long", &args));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return refuse(context, words.get("cli-not-utf8"));
    };
    let text = text.trim_start_matches('\u{feff}');
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
                context.say(&answer)?;
            }
            Outcome::Refused { refusal, .. } => {
                exit = refuse(
                    context,
                    telling::refusal(words, &refusal, Reader::CommandLine),
                )?;
            }
            Outcome::Failed(_) => {
                if let Some(error) = session.failure() {
                    let mut told = Told::of(words, error.key(), &error.args());
                    let args = [("why", told.sentence)];
                    told.sentence = words.with("cli-not-saved", &args);
                    context.warn_of(&told.or_plain_log(words))?;
                }
                exit = Exit::CannotRun;
            }
        }
    }
    context.out.flush()?;
    Ok(exit)
}

/// The entry's number, the command as typed, and what has opened.
fn saved_line(words: &Words, session: &Session, number: EntryNumber, typed: &str) -> String {
    let mut line = format!("{number} {typed}");
    let Some(entry) = session.incident().entry(number) else {
        return line;
    };
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
    line
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

pub(super) fn show(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let Some(folder) = matches.get_one::<PathBuf>("dir") else {
        return Ok(Exit::CannotRun);
    };
    let mut session = match Session::read(folder, context.clock) {
        Ok(session) => session,
        Err(error) => return cannot_run(context, &error),
    };
    mirror::start(context, &mut session);
    tell_opening(context, &session)?;
    let at = matches.get_one::<u64>("at").copied();
    let incident = match as_of(context, &session, at)? {
        Ok(incident) => incident,
        Err(exit) => return Ok(exit),
    };
    match format_of(matches) {
        Format::Json => {
            let json = incident_json(context.words, &session, &incident);
            writeln!(context.out, "{json:#}")?;
        }
        Format::Text => show_text(context, &session, &incident)?,
    }
    Ok(exit_of(&session))
}

fn show_text(
    context: &mut Context<'_>,
    session: &Session,
    incident: &Incident,
) -> anyhow::Result<()> {
    let words = context.words;
    let flow = session.flow();
    let telling = Telling { words, flow };
    let mode = words.get(&format!("mode-{}", incident.mode().id()));
    let title = incident.title().unwrap_or_default();
    context.say(&format!("{mode} {title}"))?;
    let mut day = None;
    for entry in incident.entries() {
        let at = entry.happened_at.unwrap_or(entry.recorded_at);
        if day != Some(at.date_naive()) {
            day = Some(at.date_naive());
            context.say(&format!("— {} —", at.date_naive()))?;
        }
        let by = entry.by.as_deref().unwrap_or("");
        let struck = telling.corrected(incident, entry.number).is_some();
        let mark = if struck { "×" } else { " " };
        let said = telling.entry(entry);
        let (number, time) = (entry.number.0, at.format("%H:%M"));
        context.say(&format!("{number:>4}{mark} {time} {said}  {by}"))?;
        for flag in incident.clock_flags(entry.number) {
            let odd = words.get(&format!("clock-{}", flag.id()));
            context.say(&format!("{:12}! {odd}", ""))?;
        }
    }
    let nodes = |state: fn(&State) -> bool| {
        let found: Vec<String> = flow
            .nodes()
            .filter(|(ix, _)| state(&incident.marking().mark(*ix).state))
            .map(|(_, node)| telling.node(node.id()))
            .collect();
        if found.is_empty() {
            words.get("cli-none")
        } else {
            found.join(" / ")
        }
    };
    let open = nodes(|state| matches!(state, State::Open));
    let parked = nodes(|state| matches!(state, State::Parked { .. }));
    context.say(&words.with("cli-show-open", &[("nodes", open)]))?;
    context.say(&words.with("cli-show-parked", &[("nodes", parked)]))?;
    let items: Vec<String> = incident
        .unsettled_items()
        .map(|(number, _)| format!("#{number}"))
        .collect();
    if !items.is_empty() {
        let args = [("items", items.join(" "))];
        context.say(&words.with("cli-show-items", &args))?;
    }
    for end in flow.reached_ends(incident.marking()) {
        let args = [("end", end.title.get(words.language()))];
        context.say(&words.with("cli-show-ended", &args))?;
    }
    if let Some(number) = incident.closed() {
        let args = [("entry", number.to_string())];
        context.say(&words.with("cli-show-closed", &args))?;
    }
    let head = session.head();
    let args = [
        ("count", head.count.to_string()),
        ("hash", head.hash.clone()),
    ];
    context.say(&words.with("cli-show-head", &args))?;
    if let Some(line) = mirror::line(words, session) {
        context.say(&line)?;
    }
    Ok(())
}

fn stamp(stamp: &Stamp) -> Json {
    json!({ "entry": stamp.entry, "at": rfc3339(stamp.at) })
}

fn value(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Choice(text) => json!(text),
        Value::YesNo(answer) => json!(format!("{answer:?}").to_lowercase()),
        Value::Moment(moment) => json!(rfc3339(*moment)),
    }
}

fn filled(fields: &std::collections::BTreeMap<String, Filled>) -> Json {
    fields
        .iter()
        .filter_map(|(id, filled)| Some((id.clone(), value(filled.value.as_ref()?))))
        .collect::<Map<String, Json>>()
        .into()
}

fn attempt_json(attempt: &Attempt) -> Json {
    let (settled, outcome) = match &attempt.settled {
        Some((at, Ended::Done)) => (Some(stamp(at)), Some("done".to_owned())),
        Some((at, Ended::Skipped)) => (Some(stamp(at)), Some("skipped".to_owned())),
        Some((at, Ended::Chosen(option))) => (Some(stamp(at)), Some(option.clone())),
        None => (None, None),
    };
    json!({
        "attempt": attempt.number, "opened": attempt.opened.as_ref().map(stamp),
        "settled": settled, "outcome": outcome,
        "parked": attempt.parked.as_ref().map(stamp),
        "withdrawn": attempt.withdrawn.as_ref().map(stamp),
        "asked_again": attempt.reminded.as_ref().map(stamp), "early": attempt.early,
        "ticks": attempt.ticks.iter().map(|(item, at)| json!({ "item": item, "stamp": stamp(at) })).collect::<Vec<_>>(),
        "fields": filled(&attempt.fields),
    })
}

fn node_json(flow: &Flow, incident: &Incident, node: Node<'_>) -> Json {
    let state = incident.state(flow, node.id());
    let attempts = incident.attempts(node.id());
    let current = attempts.last();
    json!({
        "state": telling::state_id(state),
        "attempt": current.map_or(1, |attempt| attempt.number),
        "opened_at": current.and_then(|a| a.opened.as_ref()).map(|s| rfc3339(s.at)),
        "settled_at": current.and_then(|a| a.settled.as_ref()).map(|(s, _)| rfc3339(s.at)),
        "side": node.is_side(),
        "attempts": attempts.iter().map(attempt_json).collect::<Vec<_>>(),
    })
}

fn entry_json(telling: Telling<'_>, incident: &Incident, entry: &Entry) -> Json {
    let flags: Vec<&str> = incident
        .clock_flags(entry.number)
        .iter()
        .map(|flag| flag.id())
        .collect();
    let corrected = telling.corrected(incident, entry.number);
    json!({
        "number": entry.number,
        "recorded_at": rfc3339(entry.recorded_at),
        "happened_at": entry.happened_at.map(rfc3339),
        "by": entry.by, "role": entry.role,
        "kind": telling::entry_kind(&entry.event),
        "text": telling.entry(entry),
        "clock": flags,
        "corrected_by": incident.corrections(entry.number),
        "corrected_text": corrected.flatten(),
        "event": entry.event, "effects": entry.effects,
    })
}

fn incident_json(words: &Words, session: &Session, incident: &Incident) -> Json {
    let flow = session.flow();
    let telling = Telling { words, flow };
    let ids = |is: fn(&State) -> bool| -> Vec<&NodeId> {
        flow.nodes()
            .filter(|(ix, _)| is(&incident.marking().mark(*ix).state))
            .map(|(_, node)| node.id())
            .collect()
    };
    let nodes: Map<String, Json> = flow
        .nodes()
        .map(|(_, node)| (node.id().to_string(), node_json(flow, incident, node)))
        .collect();
    let decisions: Map<String, Json> = incident
        .answers(flow)
        .map(|(id, answer)| (id.to_string(), json!(answer.id)))
        .collect();
    let roles: Map<String, Json> = incident
        .roles()
        .iter()
        .filter_map(|(role, holders)| Some((role.clone(), json!(holders.holder.as_ref()?))))
        .collect();
    let deputies: Map<String, Json> = incident
        .roles()
        .iter()
        .map(|(role, holders)| (role.clone(), json!(holders.deputies)))
        .collect();
    let fields: Map<String, Json> = flow
        .nodes()
        .filter_map(|(_, node)| {
            let fields = filled(&incident.attempt(node.id())?.fields);
            let some = fields.as_object().is_some_and(|fields| !fields.is_empty());
            some.then(|| (node.id().to_string(), fields))
        })
        .collect();
    let tables: Map<String, Json> = flow
        .tables()
        .iter()
        .map(|table| {
            let rows: Map<String, Json> = incident
                .rows(&table.id)
                .map(|(name, row)| {
                    (
                        name.clone(),
                        json!(row.attempts.iter().map(filled).collect::<Vec<_>>()),
                    )
                })
                .collect();
            (table.id.clone(), Json::Object(rows))
        })
        .collect();
    let items = items_json(incident);
    let deadlines: Vec<Json> = incident
        .deadlines(flow)
        .iter()
        .map(|deadline| {
            json!({
                "name": deadline.name(), "known_at": rfc3339(deadline.known_at),
                "early": deadline.due.early.map(rfc3339), "last": rfc3339(deadline.due.last),
                "met": deadline.met.map(rfc3339),
            })
        })
        .collect();
    let head = head_at(session, incident);
    json!({
        "folder": session.folder().display().to_string(),
        "flow": flow.id(), "flow_version": flow.version(), "flow_sha256": flow.sha256(),
        "mode": incident.mode().id(), "door": incident.door(),
        "title": incident.title(), "site": incident.site(), "recorder": incident.recorder(),
        "opened_at": incident.opened_at().map(rfc3339),
        "open": ids(|state| matches!(state, State::Open)),
        "parked": ids(|state| matches!(state, State::Parked { .. })),
        "withdrawn": ids(|state| matches!(state, State::Withdrawn { .. })),
        "closed": incident.closed().is_some(),
        "ends": flow.reached_ends(incident.marking()).map(|end| end.id.clone()).collect::<Vec<_>>(),
        "decisions": decisions, "roles": roles, "deputies": deputies,
        "nodes": nodes, "fields": fields, "tables": tables,
        "open_items": items, "deadlines": deadlines,
        "known": incident.known().iter().map(|known| json!({
            "duty": known.duty, "who": known.who, "ground": known.ground, "at": rfc3339(known.stamp.at),
        })).collect::<Vec<_>>(),
        "offers": incident.offers(),
        "entries": incident.entries().iter().map(|entry| entry_json(telling, incident, entry)).collect::<Vec<_>>(),
        "head": head,
        "damage": session.read_only().and_then(|why| match why {
            ReadOnly::Damaged(damage) => Some(json!({
                "record": damage.record,
                "message": words.with(damage.key(), &damage.args()),
            })),
            ReadOnly::Asked | ReadOnly::HeldBy(_) | ReadOnly::NoPermission { .. } => None,
        }),
        "mirror": mirror::json(words, session),
        "torn": session.recovery().key().map(|key| words.with(key, &session.recovery().args())),
    })
}

fn items_json(incident: &Incident) -> Vec<Json> {
    incident
        .open_items()
        .iter()
        .map(|(number, item)| {
            let kind = match item.kind {
                OpenItemKind::MissingReason => "missing-reason",
                OpenItemKind::Note => "note",
            };
            json!({ "entry": number, "kind": kind, "settled_by": item.settled })
        })
        .collect()
}

/// The head of the whole record; for an earlier state only its count is known here.
fn head_at(session: &Session, incident: &Incident) -> Json {
    let head = session.head();
    let count = incident.entries().len() as u64;
    let hash = (count == head.count).then_some(&head.hash);
    json!({ "count": count, "hash": hash })
}
