//! The command line: for scripts, checks, and the night when no window opens.
//!
//! The same session, the same guarantees as the window. Exit codes: 0 all well, 1 a problem
//! was found or a command refused, 2 it could not be carried out.

mod args;
mod flow;
mod incident;
mod journal;
mod line;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::clock::Clock;
use crate::flow::Language;
use crate::settings::Settings;
use crate::words::Words;

pub use args::command;
pub use line::{LineFault, WORDS, Word, read as read_line};

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
pub fn run(arguments: Vec<std::ffi::OsString>, clock: Clock) -> anyhow::Result<Asked> {
    let guess = early_language(&arguments);
    let words = Words::new(guess.unwrap_or_else(system_language));
    let matches = match command(&words).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to standard output and are no failure.
            let exit = if error.use_stderr() {
                Exit::CannotRun
            } else {
                Exit::Well
            };
            error.print()?;
            return Ok(Asked::Done(exit));
        }
    };
    let data = data_folder(matches.get_one::<PathBuf>("data").map(PathBuf::as_path));
    let words = match guess {
        Some(_) => words,
        None => Words::new(language(&data)),
    };
    if matches.subcommand().is_none() {
        return Ok(Asked::Window(WindowStart {
            data,
            language: guess,
        }));
    }
    let mut out = io::stdout().lock();
    let mut err = io::stderr().lock();
    let mut context = Context {
        words: &words,
        data: &data,
        clock,
        out: &mut out,
        err: &mut err,
    };
    let exit = dispatch(&mut context, &matches);
    match exit {
        // Whoever reads our output may stop reading; that is no failure.
        Err(error) if is_closed_pipe(&error) => Ok(Asked::Done(Exit::Well)),
        other => Ok(Asked::Done(other?)),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn dispatch(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    match matches.subcommand() {
        Some(("flow", sub)) => match sub.subcommand() {
            Some(("check", sub)) => flow::check(context, sub),
            Some(("show", sub)) => flow::show(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("incident", sub)) => match sub.subcommand() {
            Some(("new", sub)) => incident::new(context, sub),
            Some(("do", sub)) => incident::carry_out(context, sub),
            Some(("show", sub)) => incident::show(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("journal", sub)) => match sub.subcommand() {
            Some(("verify", sub)) => journal::verify(context, sub),
            _ => Ok(Exit::CannotRun),
        },
        Some(("completions", sub)) => {
            if let Some(shell) = sub.get_one::<clap_complete::Shell>("shell") {
                clap_complete::generate(*shell, &mut command(context.words), "shodo", context.out);
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
    clap_mangen::Man::new(whole.clone()).render(&mut context.out)?;
    for group in whole
        .get_subcommands()
        .filter(|group| group.has_subcommands())
    {
        for leaf in group
            .get_subcommands()
            .filter(|leaf| leaf.get_name() != "help")
        {
            let page = clap_mangen::Man::new(leaf.clone());
            writeln!(context.out, ".SH {} {}", group.get_name(), leaf.get_name())?;
            page.render_synopsis_section(&mut context.out)?;
            page.render_description_section(&mut context.out)?;
            page.render_options_section(&mut context.out)?;
        }
    }
    Ok(())
}

/// Finds `--lang` before the arguments are read, so that help speaks that language.
fn early_language(arguments: &[std::ffi::OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang=") {
            Some(value) => Some(value),
            None if argument == "--lang" => arguments.next(),
            None => continue,
        };
        return match value {
            Some("ja") => Some(Language::Ja),
            Some("en") => Some(Language::En),
            _ => None,
        };
    }
    None
}

fn language(data: &Path) -> Language {
    Settings::read(data)
        .0
        .language
        .unwrap_or_else(system_language)
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
        return named.to_owned();
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
    writeln!(io::stderr(), "shodo: {text}").ok();
}

/// Tells that there is no window, and what to use instead.
pub fn tell_no_window(start: &WindowStart) {
    for language in [Language::Ja, Language::En] {
        if start.language.is_none_or(|asked| asked == language) {
            tell(&Words::new(language).get("cli-window-missing"));
        }
    }
}
