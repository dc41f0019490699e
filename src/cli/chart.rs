//! `shodo flow chart`.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::terminal::Told;
use super::{Context, Exit, flow, incident};
use crate::chart::png::PngError;
use crate::chart::{self, Chart, Heading, Page, Paper, Progress, Sheet, Texts, Tiles, png, tiles};
use crate::files::{self, Doing, FileError};
use crate::flow::Flow;
use crate::font::Fonts;
use crate::incident::{Incident, Moment};
use crate::session::Session;
use crate::telling;
use crate::words::Words;

/// What a chart can be written as, by the ending of the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Svg,
    Png,
    Mermaid,
    Dot,
}

/// The endings that are known.
const ENDINGS: [(&str, Ending); 4] = [
    ("svg", Ending::Svg),
    ("png", Ending::Png),
    ("mmd", Ending::Mermaid),
    ("dot", Ending::Dot),
];

fn ending(path: &Path) -> Option<Ending> {
    let name = path.extension()?.to_str()?.to_ascii_lowercase();
    let known = ENDINGS.iter().find(|(ending, _)| *ending == name);
    known.map(|(_, ending)| *ending)
}

/// What is to be written.
struct Wanted<'a> {
    out: &'a Path,
    ending: Ending,
    /// The paper of the pages, its name and the enlargement in percent; none for one file.
    pages: Option<(Paper, String, u16)>,
}

impl<'a> Wanted<'a> {
    fn read(matches: &'a ArgMatches, words: &Words) -> Result<Self, Told> {
        let out = matches.get_one::<PathBuf>("out").map(PathBuf::as_path);
        let out = out.unwrap_or(Path::new(""));
        let path = || ("path", out.display().to_string());
        let Some(ending) = ending(out) else {
            let known = ENDINGS.map(|(ending, _)| format!(".{ending}")).join(", ");
            let args = [path(), ("known", known)];
            return Err(Told::of(words, "cli-chart-ending", &args));
        };
        let named = matches.get_one::<String>("paper").and_then(|name| {
            let known = Paper::ALL.iter();
            let mut named = known.filter(|(known, _)| known.eq_ignore_ascii_case(name));
            named.next()
        });
        if named.is_some() && matches!(ending, Ending::Mermaid | Ending::Dot) {
            return Err(Told::of(words, "cli-chart-no-pages", &[path()]));
        }
        let percent = matches.get_one::<u16>("scale").copied().unwrap_or(100);
        let pages = named.map(|(name, paper)| (*paper, name.to_ascii_uppercase(), percent));
        Ok(Self { out, ending, pages })
    }

    /// Gives the name of one of so many pages: `X-03.svg`.
    fn page(&self, number: i64, count: i64) -> PathBuf {
        let digits = count.to_string().len();
        let mut name = self.out.file_stem().map(OsString::from).unwrap_or_default();
        name.push(format!("-{number:0digits$}."));
        name.push(self.out.extension().unwrap_or_default());
        self.out.with_file_name(name)
    }
}

pub(super) fn chart(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let wanted = match Wanted::read(matches, context.words) {
        Ok(wanted) => wanted,
        Err(told) => {
            context.warn_of(&told)?;
            return Ok(Exit::CannotRun);
        }
    };
    let (written, exit) = if let Some(folder) = matches.get_one::<PathBuf>("incident") {
        let session = match Session::read(folder, context.clock) {
            Ok(session) => session,
            Err(error) => return incident::cannot_run(context, &error),
        };
        incident::tell_opening(context, &session)?;
        let at = matches.get_one::<u64>("at").copied();
        let incident = match incident::as_of(context, &session, at)? {
            Ok(incident) => incident,
            Err(exit) => return Ok(exit),
        };
        // An earlier state is held against its own time.
        let last = incident.entries().last().map(|entry| entry.recorded_at);
        let now = match (at, last) {
            (Some(_), Some(last)) => last,
            _ => context.clock.now(),
        };
        let state = Some((&incident, now));
        let written = write(context.words, &wanted, session.flow(), state);
        (written, incident::exit_of(&session))
    } else {
        let named = matches.get_one::<String>("flow").map(String::as_str);
        match flow::find(context, named, "cli-name-built-in")? {
            Ok(flow) => (write(context.words, &wanted, &flow, None), Exit::Well),
            Err(exit) => return Ok(exit),
        }
    };
    match written {
        Ok(line) => {
            context.say(&line)?;
            Ok(exit)
        }
        Err(told) => {
            context.warn_of(&told)?;
            Ok(Exit::CannotRun)
        }
    }
}

/// Writes what is wanted; gives what to say of it.
fn write(
    words: &Words,
    wanted: &Wanted<'_>,
    flow: &Flow,
    incident: Option<(&Incident, Moment)>,
) -> Result<String, Told> {
    let model = Chart::new(flow);
    let texts = Texts::new(&model, flow, words);
    let heading = heading(words, flow, incident.map(|(incident, _)| incident));
    let fonts = Fonts::new();
    let progress = incident.map(|(incident, now)| Progress::new(&model, flow, incident, now));
    let progress = progress.as_ref();
    let sheet = || {
        let layout = chart::layout(&model, &texts, &fonts);
        let of = (&model, &texts, &layout);
        Sheet::new(of, &heading, progress, words, &fonts)
    };
    let state = progress.map(|progress| (progress, words));
    let bytes = match (wanted.ending, &wanted.pages) {
        (_, Some(pages)) => return write_pages(words, wanted, &sheet(), pages, &fonts),
        (Ending::Mermaid, _) => chart::mermaid::write(&model, &texts, &heading, state).into_bytes(),
        (Ending::Dot, _) => chart::dot::write(&model, &texts, &heading, state).into_bytes(),
        (Ending::Svg, _) => chart::svg::write(&sheet(), &fonts).into_bytes(),
        (Ending::Png, _) => png::write(&sheet(), png::SCALE, &fonts)
            .map_err(|error| not_painted(words, wanted.out, error))?,
    };
    put(words, wanted.out, &bytes)?;
    let path = [("path", wanted.out.display().to_string())];
    Ok(words.with("cli-chart-written", &path))
}

/// Writes a sheet on pages, one file each.
fn write_pages(
    words: &Words,
    wanted: &Wanted<'_>,
    sheet: &Sheet,
    (paper, name, percent): &(Paper, String, u16),
    fonts: &Fonts,
) -> Result<String, Told> {
    let size = (sheet.width, sheet.height);
    let tiles = Tiles::new(size, *paper, *percent).map_err(|error| {
        let limit = ("limit", tiles::PAGES_LIMIT.to_string());
        let args = [("count", error.count.to_string()), limit];
        Told::of(words, "cli-chart-too-many-pages", &args)
    })?;
    let count = tiles.count();
    for (number, tile) in (1..).zip(tiles.all()) {
        let path = wanted.page(number, count);
        let page = Page::new(sheet, (&tiles, tile), words, fonts);
        let bytes = if wanted.ending == Ending::Png {
            png::write_page(&page, png::SCALE, fonts)
                .map_err(|error| not_painted(words, &path, error))
        } else {
            Ok(chart::svg::write_page(&page, fonts).into_bytes())
        };
        let written = bytes.and_then(|bytes| put(words, &path, &bytes));
        written.map_err(|why| some_pages(words, why, number - 1, count))?;
    }
    let turned = if tiles.is_sideways() {
        "sideways"
    } else {
        "upright"
    };
    let args = [
        ("first", wanted.page(1, count).display().to_string()),
        ("last", wanted.page(count, count).display().to_string()),
        ("count", count.to_string()),
        ("rows", tiles.rows.to_string()),
        ("columns", tiles.columns.to_string()),
        ("paper", name.clone()),
        ("turned", turned.to_owned()),
    ];
    Ok(words.with("cli-chart-pages", &args))
}

fn put(words: &Words, path: &Path, bytes: &[u8]) -> Result<(), Told> {
    files::write_whole(path, bytes).map_err(|error| not_written(words, &error))
}

fn not_written(words: &Words, error: &FileError) -> Told {
    Told::of(words, "cli-not-written", &error.args())
}

/// Says with why a page is not written how many were before it.
fn some_pages(words: &Words, why: Told, written: i64, count: i64) -> Told {
    let args = [
        ("why", why.sentence),
        ("written", written.to_string()),
        ("count", count.to_string()),
    ];
    Told {
        sentence: words.with("cli-chart-some-pages", &args),
        hint: why.hint,
    }
}

fn not_painted(words: &Words, path: &Path, error: PngError) -> Told {
    match error {
        PngError::TooLarge { width, height } => {
            let args = [
                ("width", width),
                ("height", height),
                ("side", png::SIDE_LIMIT),
                ("pixels", png::PIXELS_LIMIT),
            ];
            let args = args.map(|(name, value)| (name, value.to_string()));
            Told::of(words, "cli-chart-too-large", &args)
        }
        PngError::Encoding(error) => {
            let error = FileError::at(Doing::Create, path)(io::Error::other(error));
            not_written(words, &error)
        }
    }
}

fn heading(words: &Words, flow: &Flow, incident: Option<&Incident>) -> Heading {
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
            last.map(|entry| telling::minute_with_offset(entry.recorded_at, incident.zone()))
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
