//! `shodo incident show`: an incident as text and as JSON.

use std::path::PathBuf;

use chrono::FixedOffset;
use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use super::incident::{as_of, cannot_run, exit_of, tell_opening};
use super::{Context, Exit, Format, format_of, mirror};
use crate::flow::{Flow, Node, NodeId, State};
use crate::incident::{
    Attempt, Deadline, DutyStanding, DutyState, Entry, Filled, How, Incident, OpenItemKind,
    Outcome as Ended, Stamp, Value,
};
use crate::journal::ReadOnly;
use crate::session::Session;
use crate::telling::{self, Telling, rfc3339};
use crate::words::Words;

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
    let is_table = matches.get_one::<String>("format");
    match format_of(matches) {
        _ if is_table.is_some_and(|format| format == "tsv") => {
            show_table(context, &session, &incident)?;
        }
        Format::Json => {
            let json = incident_json(context.words, &session, &incident);
            writeln!(context.out, "{json:#}")?;
        }
        Format::Text => show_text(context, &session, &incident)?,
    }
    Ok(exit_of(&session))
}

/// Writes the record as a table, as the window copies it.
fn show_table(
    context: &mut Context<'_>,
    session: &Session,
    incident: &Incident,
) -> anyhow::Result<()> {
    let telling = telling(context.words, session);
    let head = telling::table_head(telling);
    context.out.write_all(head.as_bytes())?;
    for entry in incident.entries() {
        let row = telling::table_row(telling, incident, entry);
        context.out.write_all(row.as_bytes())?;
    }
    Ok(())
}

/// Gives what says things of an incident.
fn telling<'a>(words: &'a Words, session: &'a Session) -> Telling<'a> {
    Telling {
        words,
        flow: session.flow(),
        zone: session.incident().zone(),
    }
}

fn show_text(
    context: &mut Context<'_>,
    session: &Session,
    incident: &Incident,
) -> anyhow::Result<()> {
    let words = context.words;
    let flow = session.flow();
    let telling = telling(words, session);
    let mode = words.get(&format!("mode-{}", incident.mode().id()));
    let title = incident.title().unwrap_or_default();
    context.say(&format!("{mode} {title}"))?;
    let zone = [("zone", telling::zone(telling.zone))];
    context.say(&words.with("zone-named", &zone))?;
    let mut day = None;
    for entry in incident.entries() {
        let at = incident.local(entry.happened());
        if day != Some(at.date_naive()) {
            day = Some(at.date_naive());
            context.say(&format!("— {} —", at.date_naive()))?;
        }
        let by = entry.by.as_deref().unwrap_or("");
        let struck = telling.corrected(incident, entry.number).is_some();
        let undone = incident.undone_by(entry.number);
        let mark = if struck || undone.is_some() {
            "×"
        } else {
            " "
        };
        let mut said = telling.entry(entry);
        if let Some(undo) = undone {
            let args = [("undo", undo.to_string())];
            said.push_str(&words.with("cli-show-undone", &args));
        }
        let (number, time) = (entry.number.0, telling::time(at, telling.zone));
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
    show_settled(context, telling, incident)?;
    show_duties(context, telling, incident)?;
    show_items(context, telling, incident)?;
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

/// Writes what became of the settled nodes, a line for each way.
fn show_settled(
    context: &mut Context<'_>,
    telling: Telling<'_>,
    incident: &Incident,
) -> anyhow::Result<()> {
    for how in How::ALL {
        let nodes: Vec<String> = telling
            .flow
            .nodes()
            .filter(|(ix, node)| {
                incident.marking().mark(*ix).is_settled()
                    && incident.how(telling.flow, node.id()) == Some(how)
            })
            .map(|(_, node)| telling.node(node.id()))
            .collect();
        if !nodes.is_empty() {
            let args = [
                ("how", telling.words.get(telling::how_key(how))),
                ("nodes", nodes.join(" / ")),
            ];
            context.say(&telling.words.with("cli-show-settled", &args))?;
        }
    }
    Ok(())
}

/// Writes how each duty, or each of its deadlines, stands, with the last days of those that run.
fn show_duties(
    context: &mut Context<'_>,
    telling: Telling<'_>,
    incident: &Incident,
) -> anyhow::Result<()> {
    let words = telling.words;
    let deadlines = incident.deadlines(telling.flow);
    for part in incident.duties(telling.flow) {
        let name = part.name();
        let mut said = vec![words.get(&format!("duty-{}", part.state.id()))];
        match &part.state {
            DutyState::Running => {
                let due = deadlines.iter().find(|deadline| deadline.name() == name);
                said.extend(due.map(|deadline| due_said(words, deadline, incident.zone())));
                let deadline = part.deadline.map(|d| d.id.as_str());
                if let Some(entry) = incident.undecided(&part.duty.id, deadline) {
                    let args = [("entry", entry.to_string())];
                    said.push(words.with("duty-undecided", &args));
                }
            }
            DutyState::Met(at, report) => {
                said.push(telling::minute_with_offset(at.at, incident.zone()));
                said.extend(telling.report_parts(report));
            }
            DutyState::NotReported(at) => {
                said.push(telling::minute_with_offset(at.at, incident.zone()));
                said.extend(telling.ground(&incident.ground_in_force(at.entry)));
            }
        }
        let args = [
            ("duty", telling.duty(&name)),
            ("name", name),
            ("state", said.join(&words.get("list-comma"))),
        ];
        context.say(&words.with("cli-show-duty", &args))?;
    }
    Ok(())
}

fn due_said(words: &Words, deadline: &Deadline<'_>, zone: FixedOffset) -> String {
    let last = telling::minute_with_offset(deadline.due.last, zone);
    match deadline.due.early {
        Some(early) => {
            let early = telling::minute_with_offset(early, zone);
            words.with("duty-due-early", &[("early", early), ("last", last)])
        }
        None => words.with("duty-due", &[("last", last)]),
    }
}

/// Writes the open items, each with what it is about.
fn show_items(
    context: &mut Context<'_>,
    telling: Telling<'_>,
    incident: &Incident,
) -> anyhow::Result<()> {
    let words = telling.words;
    let items: Vec<_> = incident.unsettled_items().collect();
    if items.is_empty() {
        return Ok(());
    }
    let numbers: Vec<String> = items.iter().map(|(n, _)| format!("#{n}")).collect();
    let args = [("items", numbers.join(" "))];
    context.say(&words.with("cli-show-items", &args))?;
    for (number, item) in items {
        let Some(entry) = incident.entry(number) else {
            continue;
        };
        let lacking = incident.unexplained(number);
        let kind = match item.kind {
            OpenItemKind::MissingReason if !lacking.is_empty() => {
                // Of a closing: what it left open is named, the rest together.
                let rest = words.get("open-item-the-rest");
                let name = |name: &&str| {
                    if name.is_empty() {
                        rest.clone()
                    } else {
                        (*name).to_owned()
                    }
                };
                let names: Vec<String> = lacking.iter().map(name).collect();
                let names = names.join(", ");
                words.with("open-item-missing-reasons", &[("names", names)])
            }
            OpenItemKind::MissingReason => words.get("open-item-missing-reason"),
            OpenItemKind::Note => words.get("open-item-note"),
        };
        let args = [
            ("number", number.to_string()),
            ("kind", kind),
            ("text", telling.entry(entry)),
        ];
        context.say(&words.with("cli-show-item", &args))?;
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

fn attempt_json(flow: &Flow, node: &NodeId, attempt: &Attempt) -> Json {
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
        "how": attempt.how(flow, node).map(How::id), "begun": attempt.is_begun(),
        "items": attempt.items.iter().map(|(item, (said, at))| json!({ "item": item, "said": said.id(), "stamp": stamp(at) })).collect::<Vec<_>>(),
        "ticks": attempt.ticks.iter().map(|(item, at)| json!({ "item": item, "stamp": stamp(at) })).collect::<Vec<_>>(),
        "fields": filled(&attempt.fields),
    })
}

/// A duty, or one of its deadlines: how it stands, and what ended it.
fn duty_json(incident: &Incident, part: &DutyStanding<'_>) -> Json {
    let (at, report) = match &part.state {
        DutyState::Met(at, report) => (Some(at), Some(report)),
        DutyState::NotReported(at) => (Some(at), None),
        DutyState::Running => (None, None),
    };
    let ground = match &part.state {
        DutyState::NotReported(at) => Some(incident.ground_in_force(at.entry)),
        DutyState::Running | DutyState::Met(..) => None,
    };
    json!({
        "name": part.name(), "step": part.duty.step, "state": part.state.id(),
        "stamp": at.map(stamp),
        "to": report.and_then(|r| r.to.as_ref()), "by": report.and_then(|r| r.reporter.as_ref()),
        "ref": report.and_then(|r| r.reference.as_ref()),
        "why": ground.as_ref().and_then(|g| g.why.as_ref()),
        "decider": ground.as_ref().and_then(|g| g.decider.as_ref()),
    })
}

fn node_json(flow: &Flow, incident: &Incident, node: Node<'_>) -> Json {
    let state = incident.state(flow, node.id());
    let attempts = incident.attempts(node.id());
    let current = attempts.last();
    json!({
        "state": telling::state_id(state),
        "how": incident.how(flow, node.id()).map(How::id),
        "begun": incident.is_begun(node.id()),
        "attempt": current.map_or(1, |attempt| attempt.number),
        "opened_at": current.and_then(|a| a.opened.as_ref()).map(|s| rfc3339(s.at)),
        "settled_at": current.and_then(|a| a.settled.as_ref()).map(|(s, _)| rfc3339(s.at)),
        "side": node.is_side(),
        "attempts": attempts.iter().map(|attempt| attempt_json(flow, node.id(), attempt)).collect::<Vec<_>>(),
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
        "undone_by": incident.undone_by(entry.number),
        "event": entry.event, "effects": entry.effects,
    })
}

fn incident_json(words: &Words, session: &Session, incident: &Incident) -> Json {
    let flow = session.flow();
    let telling = telling(words, session);
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
    let duties: Vec<Json> = incident
        .duties(flow)
        .iter()
        .map(|part| duty_json(incident, part))
        .collect();
    let head = head_at(session, incident);
    json!({
        "folder": session.folder().display().to_string(),
        "flow": flow.id(), "flow_version": flow.version(), "flow_sha256": flow.sha256(),
        "mode": incident.mode().id(), "door": incident.door(),
        "title": incident.title(), "site": incident.site(), "recorder": incident.recorder(),
        "zone": telling::zone(incident.zone()),
        "opened_at": incident.opened_at().map(rfc3339),
        "open": ids(|state| matches!(state, State::Open)),
        "parked": ids(|state| matches!(state, State::Parked { .. })),
        "withdrawn": ids(|state| matches!(state, State::Withdrawn { .. })),
        "closed": incident.closed().is_some(),
        "ends": flow.reached_ends(incident.marking()).map(|end| end.id.clone()).collect::<Vec<_>>(),
        "decisions": decisions, "roles": roles, "deputies": deputies,
        "nodes": nodes, "fields": fields, "tables": tables,
        "open_items": items, "deadlines": deadlines_json(flow, incident), "duties": duties,
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
            ReadOnly::Asked
            | ReadOnly::HeldBy(_)
            | ReadOnly::Ended(_)
            | ReadOnly::NoPermission { .. } => None,
        }),
        "mirror": mirror::json(words, session),
        "torn": session.recovery().key().map(|key| words.with(key, &session.recovery().args())),
    })
}

fn deadlines_json(flow: &Flow, incident: &Incident) -> Vec<Json> {
    incident
        .deadlines(flow)
        .iter()
        .map(|deadline| {
            json!({
                "name": deadline.name(), "known_at": rfc3339(deadline.known_at),
                "early": deadline.due.early.map(rfc3339), "last": rfc3339(deadline.due.last),
                "met": deadline.state.met().map(rfc3339),
                "state": deadline.state.id(),
            })
        })
        .collect()
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
