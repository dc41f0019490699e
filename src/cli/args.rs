//! The arguments, with their help in the language of the words.

use std::num::ParseIntError;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command, value_parser};

use crate::chart::{Paper, tiles};
use crate::files;
use crate::incident::narrow;
use crate::words::Words;

/// Gives the whole command line, from which help, completions and the man page are made.
pub fn command(words: &Words) -> Command {
    let whole = Command::new("shodo")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.get("cli-about"))
        .subcommand_required(false)
        .arg(
            Arg::new("data")
                .long("data")
                .global(true)
                .value_name("DIR")
                .value_parser(path())
                .help(words.get("cli-data")),
        )
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("ja|en")
                .value_parser(["ja", "en"])
                .help(words.get("cli-lang")),
        )
        .arg(
            Arg::new("renderer")
                .long("renderer")
                .value_name("glow|wgpu")
                .value_parser(["glow", "wgpu"])
                .help(words.get("cli-renderer")),
        )
        .arg(
            Arg::new("startup-report")
                .long("startup-report")
                .action(ArgAction::SetTrue)
                .help(words.get("cli-startup-report")),
        )
        .subcommand(flow(words))
        .subcommand(incident(words))
        .subcommand(
            group("journal", words.get("cli-journal-about")).subcommand(
                Command::new("verify")
                    .about(words.get("cli-journal-verify-about"))
                    .arg(folder(words))
                    .arg(
                        Arg::new("head")
                            .long("head")
                            .value_name("N HASH")
                            .help(words.get("cli-head")),
                    )
                    .arg(format(words)),
            ),
        )
        .subcommand(
            Command::new("log").about(words.get("cli-log-about")).arg(
                Arg::new("to")
                    .long("to")
                    .value_name("FOLDER")
                    .value_parser(path())
                    .help(words.get("cli-log-to")),
            ),
        )
        .subcommand(
            group("mirror", words.get("cli-mirror-about")).subcommand(
                Command::new("init")
                    .about(words.get("cli-mirror-init-about"))
                    .arg(
                        Arg::new("folder")
                            .value_name("FOLDER")
                            .required(true)
                            .value_parser(path())
                            .help(words.get("cli-mirror-folder")),
                    ),
            ),
        )
        .subcommand(
            Command::new("completions")
                .about(words.get("cli-completions-about"))
                .arg(
                    Arg::new("shell")
                        .required(true)
                        .value_parser(value_parser!(clap_complete::Shell))
                        .help(words.get("cli-shell")),
                ),
        )
        .subcommand(Command::new("man").about(words.get("cli-man-about")))
        .subcommand(
            Command::new("help").about(words.get("cli-help-about")).arg(
                Arg::new("command")
                    .value_name(words.get("cli-usage-command"))
                    .num_args(0..)
                    .help(words.get("cli-help-command")),
            ),
        );
    super::usage::in_words(whole, words)
}

fn flow(words: &Words) -> Command {
    group("flow", words.get("cli-flow-about"))
        .subcommand(
            Command::new("check")
                .about(words.get("cli-flow-check-about"))
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        .num_args(0..)
                        .action(ArgAction::Append)
                        .value_parser(path())
                        .help(words.get("cli-file")),
                )
                .arg(format(words)),
        )
        .subcommand(
            Command::new("show")
                .about(words.get("cli-flow-show-about"))
                .arg(
                    Arg::new("flow")
                        .value_name("FILE|ID")
                        .help(words.get("cli-file-or-id")),
                )
                .arg(format(words)),
        )
        .subcommand(
            Command::new("chart")
                .about(words.get("cli-flow-chart-about"))
                .arg(
                    Arg::new("flow")
                        .value_name("FILE|ID")
                        .help(words.get("cli-file-or-id")),
                )
                .arg(
                    Arg::new("incident")
                        .long("incident")
                        .value_name("FOLDER")
                        .conflicts_with("flow")
                        .value_parser(incident_path())
                        .help(words.get("cli-chart-incident")),
                )
                .arg(
                    Arg::new("at")
                        .long("at")
                        .value_name("N")
                        .requires("incident")
                        .value_parser(number::<u64>)
                        .help(words.get("cli-at")),
                )
                .arg(
                    Arg::new("out")
                        .long("out")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(path())
                        .help(words.get("cli-chart-out")),
                )
                .arg(
                    Arg::new("paper")
                        .long("paper")
                        .value_name("a3|a4")
                        .value_parser(Paper::ALL.map(|(name, _)| name))
                        .ignore_case(true)
                        .help(words.get("cli-chart-paper")),
                )
                .arg(
                    Arg::new("scale")
                        .long("scale")
                        .value_name("50-400")
                        .requires("paper")
                        .value_parser(percent)
                        .default_value("100")
                        .help(words.get("cli-chart-scale")),
                ),
        )
}

fn incident(words: &Words) -> Command {
    let option = |name: &'static str, value: &'static str, key: &str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(words.get(key))
    };
    group("incident", words.get("cli-incident-about"))
        .subcommand(
            Command::new("new")
                .about(words.get("cli-incident-new-about"))
                .arg(option("title", "T", "cli-title"))
                .arg(option("flow", "F", "cli-flow"))
                .arg(option("door", "saw|staff|vendor|prepare", "cli-door").default_value("saw"))
                .arg(
                    option("mode", "live|drill", "cli-mode")
                        .value_parser(["live", "drill"])
                        .default_value("live"),
                )
                .arg(option("recorder", "NAME", "cli-recorder"))
                .arg(option("site", "NAME", "cli-site")),
        )
        .subcommand(
            Command::new("do")
                .about(words.get("cli-incident-do-about"))
                .after_help(word_list(words))
                .arg(folder(words)),
        )
        .subcommand(
            Command::new("join")
                .about(words.get("cli-incident-join-about"))
                .arg(folder(words))
                .arg(
                    Arg::new("log")
                        .value_name("LOG")
                        .required(true)
                        .value_parser(path())
                        .help(words.get("cli-log-file")),
                ),
        )
        .subcommand(
            Command::new("show")
                .about(words.get("cli-incident-show-about"))
                .arg(folder(words))
                .arg(
                    Arg::new("at")
                        .long("at")
                        .value_name("N")
                        .value_parser(number::<u64>)
                        .help(words.get("cli-at")),
                )
                .arg(
                    format(words)
                        .value_name("text|json|tsv")
                        .value_parser(["text", "json", "tsv"])
                        .help(words.get("cli-format-table")),
                ),
        )
}

/// Reads a number, its digits narrow or full-width.
fn number<T: FromStr>(text: &str) -> Result<T, T::Err> {
    narrow(text).parse()
}

/// Reads an enlargement in percent.
fn percent(text: &str) -> Result<u16, String> {
    let percent: u16 = number(text).map_err(|error: ParseIntError| error.to_string())?;
    if tiles::PERCENT.contains(&i64::from(percent)) {
        Ok(percent)
    } else {
        Err(format!("{:?}", tiles::PERCENT))
    }
}

fn group(name: &'static str, about: String) -> Command {
    Command::new(name)
        .about(about)
        .subcommand_required(true)
        .arg_required_else_help(true)
}

/// Reads a path as people give it.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(files::typed_path)
}

/// Reads the path of an incident's folder, or of the journal in it.
fn incident_path() -> impl TypedValueParser<Value = PathBuf> {
    path().map(files::incident_folder)
}

fn folder(words: &Words) -> Arg {
    Arg::new("dir")
        .value_name("DIR")
        .required(true)
        .value_parser(incident_path())
        .help(words.get("cli-dir"))
}

fn format(words: &Words) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("text|json")
        .value_parser(["text", "json"])
        .default_value("text")
        .help(words.get("cli-format"))
}

fn word_list(words: &Words) -> String {
    let all = words.get("cli-words-all");
    std::iter::once(format!("  … [--at …] [--as …]  ({all})"))
        .chain(super::WORDS.map(|word| format!("  {} {}", word.word, word.form)))
        .collect::<Vec<_>>()
        .join("\n")
}
