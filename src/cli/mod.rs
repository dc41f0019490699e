//! The command line: for scripts, checks, and the night when no window opens.
//!
//! The same session, the same guarantees as the window. Exit codes: 0 all well, 1 a problem
//! was found or a command refused, 2 it could not be carried out.

mod args;
mod chart;
mod flow;
mod incident;
mod input;
mod journal;
mod line;
mod mirror;
mod plain_log;
mod show;
mod startup;
mod terminal;
mod usage;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::clock::{self, Clock};
use crate::crash;
use crate::files;
use crate::flow::Language;
use crate::settings::{Settings, SettingsWarning};
use crate::telling;
use crate::words::Words;

pub use args::command;
pub use line::{LineFault, WORDS, Word, read as read_line};
pub use plain_log::plain_log_folders;
pub use startup::since_process_start;
pub use terminal::tell_startup;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Well,
    /// A problem was found, or a command was refused.
    Problem,
    /// It could not be carried out.
    CannotRun,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Well => Self::SUCCESS,
            Exit::Problem => Self::from(1),
            Exit::CannotRun => Self::from(2),
        }
    }
}

/// What the window needs to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowStart {
    /// The data folder.
    pub data: PathBuf,
    /// The language that was asked for.
    pub language: Option<Language>,
    /// The renderer that was asked for.
    pub renderer: Option<String>,
    /// The window is to close after its first frame, and the program to say how long that took.
    pub startup_report: bool,
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Asked {
    /// The window.
    Window(WindowStart),
    /// Nothing more: a command has run.
    Done(Exit),
}

/// What every command needs.
struct Context<'a> {
    words: &'a Words,
    data: &'a Path,
    settings: &'a Settings,
    clock: Clock,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

fn format_of(matches: &ArgMatches) -> Format {
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        _ => Format::Text,
    }
}

/// Carries out what the arguments ask for; the window is left to the caller.
pub fn run(arguments: Vec<OsString>, clock: Clock) -> anyhow::Result<Asked> {
    let asked = early_language(&arguments);
    // Before the arguments are understood, so that help speaks the language of the settings.
    let mut data = data_folder(early_option(&arguments, "--data").map(Path::new));
    crash::in_data_folder(&data);
    let (mut settings, mut warnings) = Settings::read(&data);
    let language =
        |settings: &Settings| asked.or(settings.language).unwrap_or_else(system_language);
    let mut words = Words::new(language(&settings));
    let matches = match command(&words).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return Ok(Asked::Done(usage::tell(&error, &words)?)),
    };
    let named = data_folder(matches.get_one::<PathBuf>("data").map(PathBuf::as_path));
    if named != data {
        data = named;
        crash::in_data_folder(&data);
        (settings, warnings) = Settings::read(&data);
        words = Words::new(language(&settings));
    }
    if matches.subcommand().is_none() {
        return Ok(Asked::Window(WindowStart {
            data,
            language: asked,
            renderer: matches.get_one::<String>("renderer").cloned(),
            startup_report: matches.get_flag("startup-report"),
        }));
    }
    let mut out = io::stdout().lock();
    let mut err = io::stderr().lock();
    let mut context = Context {
        words: &words,
        data: &data,
        settings: &settings,
        clock,
        out: &mut out,
        err: &mut err,
    };
    tell_settings(&mut context, &warnings)?;
    tell_unknown_zone(&mut context)?;
    let exit = dispatch(&mut context, &matches).and_then(|exit| {
        // What is left in the buffer is written here, where a full disk is still noticed.
        context.out.flush()?;
        Ok(exit)
    });
    match exit {
        Err(error) => cannot_write(&mut context, error),
        Ok(exit) => Ok(Asked::Done(exit)),
    }
}

/// Tells that the results could not be written.
fn cannot_write(context: &mut Context<'_>, error: anyhow::Error) -> anyhow::Result<Asked> {
    match error.downcast::<io::Error>() {
        // Whoever reads our output may stop reading; that is no failure.
        Ok(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Asked::Done(Exit::Well)),
        Ok(error) => {
            let args = files::args(files::Doing::Write, Path::new(""), &error);
            context.warn(&context.words.with("cli-cannot-write", &args))?;
            Ok(Asked::Done(Exit::CannotRun))
        }
        Err(error) => Err(error),
    }
}

/// Tells on standard error which parts of the settings are at their defaults.
fn tell_settings(context: &mut Context<'_>, warnings: &[SettingsWarning]) -> io::Result<()> {
    for warning in warnings {
        let what = context.words.with(warning.key(), &warning.args());
        let what = [("what", what)];
        context.warn(&context.words.with("cli-recovered", &what))?;
    }
    Ok(())
}

/// Tells on standard error that the time zone asked for is not known, and which one is taken.
fn tell_unknown_zone(context: &mut Context<'_>) -> io::Result<()> {
    if let Some(name) = clock::unknown_zone() {
        let here = telling::zone(*context.clock.now().offset());
        let args = [("name", name), ("here", here)];
        let what = [("what", context.words.with("zone-unknown", &args))];
        context.warn(&context.words.with("cli-recovered", &what))?;
    }
    Ok(())
}

fn dispatch(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    match matches.subcommand() {
        Some(("flow", sub)) => match sub.subcommand() {
            Some(("check", sub)) => flow::check(context, sub),
            Some(("show", sub)) => flow::show(context, sub),
            Some(("chart", sub)) => chart::chart(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("incident", sub)) => match sub.subcommand() {
            Some(("new", sub)) => incident::new(context, sub),
            Some(("do", sub)) => incident::carry_out(context, sub),
            Some(("show", sub)) => show::show(context, sub),
            Some(("join", sub)) => plain_log::join(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("journal", sub)) => match sub.subcommand() {
            Some(("verify", sub)) => journal::verify(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("mirror", sub)) => match sub.subcommand() {
            Some(("init", sub)) => mirror::init(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("log", sub)) => plain_log::log(context, sub),
        Some(("help", sub)) => usage::help(context, sub),
        Some(("completions", sub)) => {
            if let Some(shell) = sub.get_one::<clap_complete::Shell>("shell") {
                // Into memory first: the generator panics where it cannot write.
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut command(context.words), "shodo", &mut script);
                context.out.write_all(&script)?;
            }
            Ok(Exit::Well)
        }
        Some(("man", _)) => {
            manual(context)?;
            Ok(Exit::Well)
        }
        _ => Ok(Exit::CannotRun),
    }
}

/// Writes one page: the program, then each command with its own options.
fn manual(context: &mut Context<'_>) -> anyhow::Result<()> {
    let mut whole = command(context.words);
    whole.build();
    let out = &mut context.out;
    clap_mangen::Man::new(whole.clone()).render(out)?;
    for group in whole
        .get_subcommands()
        .filter(|group| group.has_subcommands())
    {
        for leaf in group
            .get_subcommands()
            .filter(|leaf| leaf.get_name() != "help")
        {
            let page = clap_mangen::Man::new(leaf.clone());
            writeln!(out, ".SH {} {}", group.get_name(), leaf.get_name())?;
            page.render_synopsis_section(out)?;
            page.render_description_section(out)?;
            page.render_options_section(out)?;
        }
    }
    Ok(())
}

/// Finds an option's value before the arguments are understood.
fn early_option<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a OsStr> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == name {
            return arguments.next().map(OsString::as_os_str);
        }
        let value = argument.to_str().and_then(|text| text.strip_prefix(name));
        if let Some(value) = value.and_then(|value| value.strip_prefix('=')) {
            return Some(OsStr::new(value));
        }
    }
    None
}

fn early_language(arguments: &[OsString]) -> Option<Language> {
    match early_option(arguments, "--lang").and_then(OsStr::to_str) {
        Some("ja") => Some(Language::Ja),
        Some("en") => Some(Language::En),
        _ => None,
    }
}

/// Gives the system's language: English where it says so, Japanese otherwise.
pub fn system_language() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.starts_with("en") => Language::En,
        _ => Language::Ja,
    }
}

/// Gives the data folder: the one that is named, one beside the program, or the system's place.
pub fn data_folder(named: Option<&Path>) -> PathBuf {
    if let Some(named) = named {
        return files::typed_path(named);
    }
    let beside = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(|folder| folder.join("shodo-data")));
    if let Some(beside) = beside.filter(|folder| folder.is_dir()) {
        return beside;
    }
    directories::ProjectDirs::from("", "", "shodo").map_or_else(
        || PathBuf::from("shodo-data"),
        |dirs| dirs.data_dir().to_owned(),
    )
}

/// Tells something on standard error; whether anyone reads it is not ours to know.
pub fn tell(text: &str) {
    writeln!(io::stderr(), "shodo: {}", terminal::visible(text)).ok();
}

/// Tells in both languages, the one asked for first, that no window opens and what works all the same.
pub fn tell_no_window(start: &WindowStart, why: &str) {
    tell_why_no_window(start, |_| why.to_owned());
}

/// Tells likewise that the drivers of all renderers crashed when they were last tried.
pub fn tell_all_crashed(start: &WindowStart) {
    tell_why_no_window(start, |words| words.get("cli-window-crashed"));
}

fn tell_why_no_window(start: &WindowStart, why: impl Fn(&Words) -> String) {
    let key = if cfg!(feature = "window") {
        "cli-window-failed"
    } else {
        "cli-window-missing"
    };
    for words in in_both(start.language) {
        let why = why(&words);
        tell(&words.with(key, &[("why", why)]));
    }
}

/// Tells in both languages, the one asked for first, that the program has a fault, and where its
/// trace is.
pub fn tell_crashed(language: Option<Language>) {
    let trace = crash::latest().map(|path| path.display().to_string());
    let trace = trace.unwrap_or_else(|| "-".to_owned());
    for words in in_both(language) {
        tell(&words.with("cli-crashed", &[("path", &trace)]));
    }
}

/// Gives the words of both languages, those of the one asked for first.
fn in_both(language: Option<Language>) -> [Words; 2] {
    let first = language.unwrap_or(Language::Ja);
    let second = match first {
        Language::Ja => Language::En,
        Language::En => Language::Ja,
    };
    [first, second].map(Words::new)
}

/// Runs the program again with the same arguments and another renderer; tells it where that ends
/// by itself, as a crash does.
pub fn run_again(start: &WindowStart, renderer: &str) -> ExitCode {
    let run = std::env::current_exe().and_then(|program| {
        std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .args(["--renderer", renderer])
            .status()
    });
    match run.as_ref().map(std::process::ExitStatus::code) {
        Ok(Some(0)) => return ExitCode::SUCCESS,
        // It has told its reason.
        Ok(Some(2)) => {}
        Ok(_) => {
            let why = run.map(|status| status.to_string()).unwrap_or_default();
            tell_no_window(start, &format!("{renderer}: {why}"));
        }
        Err(error) => tell_no_window(start, &error.to_string()),
    }
    Exit::CannotRun.into()
}
