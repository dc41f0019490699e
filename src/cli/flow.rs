//! `shodo flow check` and `shodo flow show`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::terminal::Told;
use super::{Context, Exit, Format, format_of};
use crate::clock::Stopwatch;
use crate::files;
use crate::flow::{
    Answer, Basis, Change, FLOW_BYTES_LIMIT, Field, FieldKind, Flow, Guard, Language, Mode, Named,
    Note, On, Pair, Piece, Problem, SHIPPED, Step, Term,
};
use crate::telling;

/// Names the built-in incident flow, whatever stands in the data folder.
const BUILT_IN: &str = "built-in";

/// A flow's text and what it is called, or why it cannot be read.
struct Source {
    name: String,
    text: std::io::Result<String>,
}

fn read_file(path: &Path) -> Source {
    let missing = || std::io::ErrorKind::NotFound.into();
    Source {
        name: path.display().to_string(),
        text: files::read_text(path, FLOW_BYTES_LIMIT as u64)
            .map_err(|error| error.source)
            .and_then(|text| text.ok_or_else(missing)),
    }
}

/// Says why a flow's file cannot be read.
fn cannot_read(context: &Context<'_>, name: &str, error: &std::io::Error) -> String {
    let args = files::args(files::Doing::Read, Path::new(name), error);
    context.words.with("cli-cannot-read", &args)
}

pub(super) fn check(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let named: Vec<&PathBuf> = matches.get_many("file").into_iter().flatten().collect();
    let sources: Vec<Source> = if named.is_empty() {
        SHIPPED
            .iter()
            .map(|flow| Source {
                name: flow.name.to_owned(),
                text: Ok(flow.text.to_owned()),
            })
            .collect()
    } else {
        named.into_iter().map(|path| read_file(path)).collect()
    };
    let mut exit = Exit::Well;
    let mut results = Vec::new();
    for source in sources {
        let text = match source.text {
            Ok(text) => text,
            Err(error) => {
                let said = cannot_read(context, &source.name, &error);
                context.warn(&said)?;
                results.push(
                    json!({ "file": source.name, "sound": false, "error": said, "problems": [] }),
                );
                exit = Exit::CannotRun;
                continue;
            }
        };
        let watch = Stopwatch::start();
        let checked = Flow::read(&text);
        let millis = watch.millis();
        if checked.is_err() && exit == Exit::Well {
            exit = Exit::Problem;
        }
        match format_of(matches) {
            Format::Json => results.push(check_json(context, &source.name, &checked, millis)),
            Format::Text => check_text(context, &source.name, &checked, millis)?,
        }
    }
    if format_of(matches) == Format::Json {
        // One object for one file, a list for several.
        let json = match (results.len(), results.pop()) {
            (1, Some(one)) => one,
            (_, last) => {
                results.extend(last);
                Json::Array(results)
            }
        };
        writeln!(context.out, "{json:#}")?;
    }
    Ok(exit)
}

fn node_decisions(flow: &Flow) -> usize {
    flow.decisions().len()
}

/// The ministry's steps; those that are ours are counted apart.
fn ministry_steps(flow: &Flow) -> usize {
    flow.steps()
        .iter()
        .filter(|step| step.ours.is_none())
        .count()
}

fn check_json(
    context: &Context<'_>,
    name: &str,
    checked: &Result<Flow, Vec<Problem>>,
    millis: f64,
) -> Json {
    let problems: Vec<Json> = checked
        .as_ref()
        .err()
        .into_iter()
        .flatten()
        .map(|problem| {
            let (message, hint) = telling::problem(context.words, problem);
            json!({
                "line": problem.line, "column": problem.column,
                "message": message, "hint": hint,
                "witness": telling::witness(&problem.witness),
            })
        })
        .collect();
    let flow = checked.as_ref().ok();
    json!({
        "file": name,
        "sound": flow.is_some(),
        "steps": flow.map_or(0, ministry_steps),
        "own_steps": flow.map_or(0, |flow| flow.steps().len() - ministry_steps(flow)),
        "decisions": flow.map_or(0, node_decisions),
        "states": flow.map_or(0, Flow::states),
        "millis": millis,
        "problems": problems,
    })
}

fn check_text(
    context: &mut Context<'_>,
    name: &str,
    checked: &Result<Flow, Vec<Problem>>,
    millis: f64,
) -> anyhow::Result<()> {
    let words = context.words;
    match checked {
        Ok(flow) => {
            let own = flow.steps().len() - ministry_steps(flow);
            let mut steps = ministry_steps(flow).to_string();
            if own > 0 {
                steps = format!("{steps} + {own}");
            }
            let args = [
                ("name", name.to_owned()),
                ("steps", steps),
                ("decisions", node_decisions(flow).to_string()),
                ("states", flow.states().to_string()),
                ("millis", format!("{millis:.0}")),
            ];
            context.say(&words.with("cli-sound", &args))?;
        }
        Err(problems) => {
            let args = [
                ("name", name.to_owned()),
                ("count", problems.len().to_string()),
            ];
            context.say(&words.with("cli-unsound", &args))?;
            for problem in problems {
                let (message, hint) = telling::problem(words, problem);
                let args = [
                    ("line", problem.line.to_string()),
                    ("column", problem.column.to_string()),
                    ("message", message),
                    ("hint", hint),
                ];
                context.say(&words.with("cli-problem", &args))?;
                if !problem.witness.is_empty() {
                    let args = [("way", telling::way(words, &problem.witness))];
                    context.say(&words.with("cli-witness", &args))?;
                }
            }
        }
    }
    Ok(())
}

/// Finds a flow by name, or reads and checks a file; says on standard error why not, and with the
/// key of a hint how the command takes the built-in one.
pub(super) fn find(
    context: &mut Context<'_>,
    named: Option<&str>,
    hint: &str,
) -> anyhow::Result<Result<Flow, Exit>> {
    let words = context.words;
    let Some(named) = named else {
        return find(context, Some(SHIPPED[0].id), hint);
    };
    let hint = words.get(hint);
    // The built-in flow must be had even when a broken file stands in its place.
    let local = context.data.join("flows").join(format!("{named}.ron"));
    let shipped = if named == BUILT_IN {
        SHIPPED.first()
    } else {
        SHIPPED.iter().find(|flow| flow.id == named)
    };
    let path = Path::new(named);
    let source = if named != BUILT_IN && local.is_file() {
        read_file(&local)
    } else if let Some(shipped) = shipped {
        Source {
            name: shipped.name.to_owned(),
            text: Ok(shipped.text.to_owned()),
        }
    } else if path.exists() || named.contains(['/', '\\', '.']) {
        read_file(path)
    } else {
        let known = SHIPPED.map(|flow| flow.id).join(", ");
        let args = [("id", named.to_owned()), ("known", known)];
        let sentence = words.with("cli-no-flow", &args);
        context.warn_of(&Told { sentence, hint })?;
        return Ok(Err(Exit::CannotRun));
    };
    match source.text.map(|text| Flow::read(&text)) {
        Ok(Ok(flow)) => Ok(Ok(flow)),
        Ok(checked @ Err(_)) => {
            check_text(context, &source.name, &checked, 0.0)?;
            context.hint(&hint)?;
            Ok(Err(Exit::Problem))
        }
        Err(error) => {
            let sentence = cannot_read(context, &source.name, &error);
            context.warn_of(&Told { sentence, hint })?;
            Ok(Err(Exit::CannotRun))
        }
    }
}

pub(super) fn show(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let named = matches.get_one::<String>("flow").map(String::as_str);
    let flow = match find(context, named, "cli-name-built-in")? {
        Ok(flow) => flow,
        Err(exit) => return Ok(exit),
    };
    match format_of(matches) {
        Format::Json => writeln!(context.out, "{:#}", flow_json(&flow))?,
        Format::Text => show_text(context, &flow)?,
    }
    Ok(Exit::Well)
}

fn show_text(context: &mut Context<'_>, flow: &Flow) -> anyhow::Result<()> {
    let words = context.words;
    let language = words.language();
    let title = flow.title().get(language);
    context.say(&format!("{title} ({} {})", flow.id(), flow.version()))?;
    context.say(flow.notice().get(language))?;
    for phase in flow.phases() {
        context.say("")?;
        context.say(&format!("{} {}", phase.id, phase.title.get(language)))?;
        for piece in &phase.intro {
            context.say(&format!("  {}", piece.get(language)))?;
        }
        for step in flow.steps().iter().filter(|step| step.phase == phase.id) {
            context.say("")?;
            context.say(&format!("  {} {}", step.id, step.title.get(language)))?;
            for passage in &step.texts {
                let role = flow.role(&passage.by);
                let role = role.map_or("", |role| role.title.get(language));
                context.say(&format!("    [{role}]"))?;
                for piece in &passage.pieces {
                    let kind = words.get(&format!("piece-{}", piece.kind.id()));
                    context.say(&format!("    {kind}: {}", piece.get(language)))?;
                }
            }
        }
        for decision in flow.decisions().iter().filter(|d| d.phase == phase.id) {
            let options: Vec<&str> = decision
                .options
                .iter()
                .map(|o| o.title.get(language))
                .collect();
            let question = decision.question.get(language);
            let options = options.join(" / ");
            context.say("")?;
            context.say(&format!("  {} {question} [{options}]", decision.id))?;
        }
    }
    Ok(())
}

fn pair(pair: &Pair) -> Json {
    json!({ "ja": pair.get(Language::Ja), "en": pair.get(Language::En) })
}

fn piece(piece: &Piece, by: &str, label: Option<&str>, ours: bool) -> Json {
    json!({
        "kind": piece.kind.id(), "ja": piece.ja, "en": piece.en,
        "basis": if ours || piece.ours { "ours" } else { "ministry" },
        "item": piece.id, "by": by, "label": label,
        "situation": piece.situation, "from": piece.from,
        "short": piece.short.as_ref().map(pair),
    })
}

fn basis(basis: &Basis) -> Json {
    match basis {
        Basis::Text(quotes) | Basis::Order(quotes) => {
            json!({ "kind": basis.id(), "quotes": quotes })
        }
        Basis::Derived(why) => json!({ "kind": basis.id(), "why": pair(why) }),
    }
}

fn named_json(names: &[Named]) -> Vec<Json> {
    let named = |name: &Named| json!({ "id": name.id, "title": pair(&name.title) });
    names.iter().map(named).collect()
}

fn fields_json(fields: &[Field]) -> Vec<Json> {
    let field_json = |field: &Field| {
        let (kind, more) = match &field.kind {
            FieldKind::Text => ("text", Json::Null),
            FieldKind::LongText => ("long-text", Json::Null),
            FieldKind::Number(unit) => ("number", pair(unit)),
            FieldKind::YesNo => ("yes-no", Json::Null),
            FieldKind::Choice(choices) => ("choice", Json::Array(named_json(choices))),
            FieldKind::DateTime => ("moment", Json::Null),
            FieldKind::Table(table, columns) => {
                ("table", json!({ "table": table, "columns": columns }))
            }
        };
        json!({
            "id": field.id, "title": pair(&field.title), "ours": field.ours,
            "kind": kind, "of": more,
        })
    };
    fields.iter().map(field_json).collect()
}

fn notes_json(notes: &[Note]) -> Vec<Json> {
    let note_json = |note: &Note| json!({ "quote": note.quote, "says": pair(&note.says) });
    notes.iter().map(note_json).collect()
}

/// Contacts, situations, tables and duties: what steps name.
fn records_json(flow: &Flow) -> Json {
    let contacts: Vec<Json> = flow
        .contacts()
        .iter()
        .map(|contact| {
            json!({
                "id": contact.id, "name": pair(&contact.name),
                "office": contact.office.as_ref().map(pair), "phone": contact.phone,
                "mail": contact.mail, "form": contact.form,
                "hours": contact.hours.as_ref().map(pair), "note": contact.note.as_ref().map(pair),
                "source": contact.source, "checked": contact.checked,
            })
        })
        .collect();
    let tables: Vec<Json> = flow
        .tables()
        .iter()
        .map(|table| {
            json!({
                "id": table.id, "title": pair(&table.title), "key": pair(&table.key),
                "owner": table.owner, "columns": fields_json(&table.columns),
                "settled": table.settled.as_ref().map(|settled| {
                    json!({ "column": settled.column, "among": settled.among })
                }),
            })
        })
        .collect();
    let duties: Vec<Json> = flow
        .duties()
        .iter()
        .map(|duty| {
            let deadlines: Vec<Json> = duty
                .deadlines
                .iter()
                .map(|deadline| {
                    json!({
                        "id": deadline.id, "title": pair(&deadline.title), "days": deadline.days,
                        "early": deadline.early, "per_ground": deadline.per_ground,
                    })
                })
                .collect();
            json!({
                "id": duty.id, "title": pair(&duty.title), "step": duty.step, "keeps": duty.keeps,
                "grounds": named_json(&duty.grounds), "deadlines": deadlines,
                "law": pair(&duty.law), "source": duty.source, "checked": duty.checked,
            })
        })
        .collect();
    let situations: Vec<Json> = flow
        .situations()
        .iter()
        .map(|situation| json!({ "id": situation.id, "title": pair(&situation.title) }))
        .collect();
    json!({
        "contacts": contacts, "situations": situations, "tables": tables, "duties": duties,
    })
}

fn step_json(step: &Step) -> Json {
    let texts: Vec<Json> = step
        .texts
        .iter()
        .flat_map(|passage| {
            passage.pieces.iter().map(|text| {
                piece(
                    text,
                    &passage.by,
                    passage.label.as_deref(),
                    step.ours.is_some(),
                )
            })
        })
        .collect();
    let fields = fields_json(&step.fields);
    let notes = notes_json(&step.notes);
    json!({
        "id": step.id, "phase": step.phase, "title": pair(&step.title),
        "acts": step.acts, "supports": step.supports, "side": step.side,
        "ours": step.ours.as_ref().map(pair), "by_fact": step.by_fact.as_ref().map(pair),
        "close_alone": step.close_alone, "hint": step.hint.as_ref().map(pair),
        "contacts": step.contacts, "texts": texts, "fields": fields, "notes": notes,
    })
}

fn option_json(answer: &Answer) -> Json {
    json!({
        "id": answer.id, "title": pair(&answer.title), "withdraws": answer.withdraws,
        "withdraw_reason": answer.withdraw_reason.as_ref().map(pair),
        "lock": answer.lock.as_ref().map(|lock| {
            json!({ "guard": guard(&lock.guard), "why": pair(&lock.why) })
        }),
        "needs_reason": answer.needs_reason,
        "basis": answer.basis.as_ref().map(basis),
    })
}

fn change_json(change: &Change) -> Json {
    json!({
        "from": change.from, "to": change.to, "parks": change.parks, "until": change.until,
        "renews": change.renews,
        "warning": pair(&change.warning), "basis": basis(&change.basis),
    })
}

fn term(term: &Term) -> String {
    match term {
        Term::Opened(node) => format!("opened {node}"),
        Term::Ticked(node, item) => format!("ticked {node} {item}"),
        Term::Done(node) => format!("done {node}"),
        Term::Chosen(node, options) => format!("chosen {node} {}", options.join("|")),
        Term::Skipped(node) => format!("skipped {node}"),
    }
}

fn on(on: &On) -> Json {
    let terms: Vec<String> = on.terms().iter().map(term).collect();
    match on {
        On::Any(_) => json!({ "any": terms }),
        On::All(_) => json!({ "all": terms }),
    }
}

fn guard(of: &Guard) -> Json {
    match of {
        Guard::Chosen(node, options) => json!({ "chosen": [node, options] }),
        Guard::NotChosen(node, options) => json!({ "not_chosen": [node, options] }),
        Guard::Settled(nodes) => json!({ "settled": nodes }),
        Guard::RowsSettled(table) => json!({ "rows_settled": table }),
        Guard::All(guards) => json!({ "all": guards.iter().map(guard).collect::<Vec<_>>() }),
        Guard::Any(guards) => json!({ "any": guards.iter().map(guard).collect::<Vec<_>>() }),
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Open => "open",
        Mode::Remind => "remind",
        Mode::Ask => "ask",
        Mode::Renew => "renew",
        Mode::Loop => "loop",
        Mode::Offer => "offer",
    }
}

fn flow_json(flow: &Flow) -> Json {
    let decisions: Vec<Json> = flow
        .decisions()
        .iter()
        .map(|decision| {
            json!({
                "id": decision.id, "phase": decision.phase,
                "question": pair(&decision.question), "acts": decision.acts,
                "side": decision.side, "ground_of": decision.ground_of,
                "quotes": decision.quotes.iter().map(|quote| piece(quote, "", None, false)).collect::<Vec<_>>(),
                "options": decision.options.iter().map(option_json).collect::<Vec<_>>(),
                "fields": fields_json(&decision.fields), "notes": notes_json(&decision.notes),
                "hint": decision.hint.as_ref().map(pair),
                "left_out_as": decision.left_out_as,
                "changes": decision.changes.iter().map(change_json).collect::<Vec<_>>(),
                "basis": basis(&decision.basis),
            })
        })
        .collect();
    let arcs: Vec<Json> = flow
        .arcs()
        .iter()
        .map(|arc| {
            json!({
                "on": on(&arc.on), "when": arc.when.as_ref().map(guard), "opens": arc.opens,
                "mode": mode(arc.mode), "note": arc.note.as_ref().map(pair),
                "evidence": arc.evidence, "basis": basis(&arc.basis),
            })
        })
        .collect();
    let phases: Vec<Json> = flow
        .phases()
        .iter()
        .map(|phase| {
            json!({
                "id": phase.id, "title": pair(&phase.title),
                "intro": phase.intro.iter().map(|text| piece(text, "", None, false)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let doors: Vec<Json> = flow
        .doors()
        .iter()
        .map(|door| {
            json!({
                "id": door.id, "title": pair(&door.title), "opens": door.opens,
                "lands": door.lands, "backfill": door.backfill, "peacetime": door.peacetime,
                "basis": basis(&door.basis),
            })
        })
        .collect();
    json!({
        "id": flow.id(), "version": flow.version(), "sha256": flow.sha256(),
        "title": pair(flow.title()), "source": pair(flow.source()), "notice": pair(flow.notice()),
        "phases": phases,
        "roles": flow.roles().iter().map(|r| json!({ "id": r.id, "title": pair(&r.title) })).collect::<Vec<_>>(),
        "doors": doors,
        "steps": flow.steps().iter().map(step_json).collect::<Vec<_>>(),
        "decisions": decisions, "arcs": arcs, "records": records_json(flow),
        "ends": flow.ends().iter().map(|end| json!({
            "id": end.id, "title": pair(&end.title), "on": on(&end.on), "basis": basis(&end.basis),
        })).collect::<Vec<_>>(),
    })
}
