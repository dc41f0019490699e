//! `shodo flow chart`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::terminal::Told;
use super::{Context, Exit, flow, incident};
use crate::chart::{self, Chart, Heading, Progress, Sheet, Texts};
use crate::files;
use crate::flow::Flow;
use crate::font::Fonts;
use crate::incident::{Incident, Moment};
use crate::session::Session;
use crate::telling::rfc3339;

/// What a chart can be written as, by the ending of the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Svg,
    Mermaid,
    Dot,
}

/// The endings that are known.
const ENDINGS: [(&str, Ending); 3] = [
    ("svg", Ending::Svg),
    ("mmd", Ending::Mermaid),
    ("dot", Ending::Dot),
];

fn ending(path: &Path) -> Option<Ending> {
    let name = path.extension()?.to_str()?.to_ascii_lowercase();
    let known = ENDINGS.iter().find(|(ending, _)| *ending == name);
    known.map(|(_, ending)| *ending)
}

pub(super) fn chart(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let Some(out) = matches.get_one::<PathBuf>("out") else {
        return Ok(Exit::CannotRun);
    };
    let Some(ending) = ending(out) else {
        let known = ENDINGS.map(|(ending, _)| format!(".{ending}")).join(", ");
        let args = [("path", out.display().to_string()), ("known", known)];
        let told = Told::of(context.words, "cli-chart-ending", &args);
        context.warn_of(&told)?;
        return Ok(Exit::CannotRun);
    };
    let written = if let Some(folder) = matches.get_one::<PathBuf>("incident") {
        let session = match Session::read(folder, context.clock) {
            Ok(session) => session,
            Err(error) => return incident::cannot_run(context, &error),
        };
        incident::tell_opening(context, &session)?;
        let at = matches.get_one::<u64>("at").copied();
        let Some(incident) = incident::as_of(context, &session, at)? else {
            return Ok(Exit::CannotRun);
        };
        // An earlier state is held against its own time.
        let last = incident.entries().last().map(|entry| entry.recorded_at);
        let now = match (at, last) {
            (Some(_), Some(last)) => last,
            _ => context.clock.now(),
        };
        draw(context, ending, session.flow(), Some((&incident, now)))
    } else {
        let named = matches.get_one::<String>("flow").map(String::as_str);
        match flow::find(context, named)? {
            Ok(flow) => draw(context, ending, &flow, None),
            Err(exit) => return Ok(exit),
        }
    };
    if let Err(error) = files::write_whole(out, written.as_bytes()) {
        let told = Told::of(context.words, "journal-io", &error.args());
        context.warn_of(&told)?;
        return Ok(Exit::CannotRun);
    }
    let path = [("path", out.display().to_string())];
    context.say(&context.words.with("cli-chart-written", &path))?;
    Ok(Exit::Well)
}

fn draw(
    context: &Context<'_>,
    ending: Ending,
    flow: &Flow,
    incident: Option<(&Incident, Moment)>,
) -> String {
    let words = context.words;
    let model = Chart::new(flow);
    let texts = Texts::new(&model, flow, words);
    let heading = heading(context, flow, incident.map(|(incident, _)| incident));
    match ending {
        Ending::Mermaid => chart::mermaid::write(&model, &texts, &heading.title, &heading.notice),
        Ending::Dot => chart::dot::write(&model, &texts, &heading.title, &heading.notice),
        Ending::Svg => {
            let fonts = Fonts::new();
            let layout = chart::layout(&model, &texts, &fonts);
            let progress =
                incident.map(|(incident, now)| Progress::new(&model, flow, incident, now));
            let of = (&model, &texts, &layout);
            let sheet = Sheet::new(of, &heading, progress.as_ref(), words, &fonts);
            chart::svg::write(&sheet, &fonts)
        }
    }
}

fn heading(context: &Context<'_>, flow: &Flow, incident: Option<&Incident>) -> Heading {
    let words = context.words;
    let language = words.language();
    let name = flow.title().get(language).to_owned();
    let edition = format!("{} {}", flow.id(), flow.version());
    let notice = flow.notice().get(language).to_owned();
    let Some(incident) = incident else {
        return Heading {
            title: name,
            lines: vec![edition],
            notice,
        };
    };
    let mode = words.get(&format!("mode-{}", incident.mode().id()));
    let title = incident.title().or(incident.site());
    let last = incident.entries().last();
    let args = [
        ("count", incident.entries().len().to_string()),
        (
            "at",
            last.map(|entry| rfc3339(entry.recorded_at))
                .unwrap_or_default(),
        ),
    ];
    Heading {
        title: format!("{mode}: {}", title.unwrap_or(&name)),
        lines: vec![
            words.with("chart-as-of", &args),
            format!("{name} ({edition})"),
        ],
        notice,
    }
}
