//! `shodo journal verify`.

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::terminal::Told;
use super::{Context, Exit, Format, format_of};
use crate::incident::narrow;
use crate::journal::{self, Head, Verification};

pub(super) fn verify(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let words = context.words;
    let Some(folder) = matches.get_one::<PathBuf>("dir") else {
        return Ok(Exit::CannotRun);
    };
    let noted = match matches
        .get_one::<String>("head")
        .map(|text| narrow(text).parse::<Head>())
    {
        None => None,
        Some(Ok(head)) => Some(head),
        Some(Err(_)) => {
            context.warn(&words.get("cli-bad-head"))?;
            return Ok(Exit::CannotRun);
        }
    };
    let found = match journal::verify(folder, noted.as_ref()) {
        Ok(found) => found,
        Err(error) => {
            context.warn_of(&Told::of(words, error.key(), &error.args()))?;
            return Ok(Exit::CannotRun);
        }
    };
    let (exit, lines, json) = told(context, &found, noted.is_some());
    match format_of(matches) {
        Format::Json => writeln!(context.out, "{json:#}")?,
        Format::Text => {
            for line in lines {
                context.say(&line)?;
            }
        }
    }
    Ok(exit)
}

fn head_json(head: &Head) -> Json {
    json!({ "count": head.count, "hash": head.hash })
}

fn told(context: &Context<'_>, found: &Verification, noted: bool) -> (Exit, Vec<String>, Json) {
    let words = context.words;
    match found {
        Verification::Intact { head, torn, .. } => {
            let args = [
                ("count", head.count.to_string()),
                ("hash", head.hash.clone()),
            ];
            let mut lines = vec![words.with("cli-intact", &args)];
            if let Some(bytes) = torn {
                lines.push(words.with("cli-torn", &[("bytes", bytes.to_string())]));
                lines.push(words.get("journal-tail-left-hint"));
            }
            lines.push(words.get(if noted {
                "cli-head-checked"
            } else {
                "cli-head-unchecked"
            }));
            let json = json!({
                "intact": true, "head": head_json(head), "torn_bytes": torn,
                "head_checked": noted, "tail_excluded": noted,
            });
            (Exit::Well, lines, json)
        }
        Verification::Damaged { damage, head } => {
            let what = words.with(damage.key(), &damage.args());
            let json = json!({
                "intact": false, "damaged_record": damage.record, "message": what.clone(),
                "head": head_json(head), "head_checked": false,
            });
            (
                Exit::Problem,
                vec![what, words.get("journal-damaged-hint")],
                json,
            )
        }
        Verification::OtherHead { head, .. } => {
            let args = [("count", head.count.to_string())];
            let json = json!({
                "intact": false, "other_head": true, "head": head_json(head), "head_checked": true,
            });
            (
                Exit::Problem,
                vec![
                    words.with("cli-other-head", &args),
                    words.get("journal-other-head-hint"),
                ],
                json,
            )
        }
    }
}
