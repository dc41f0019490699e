//! Help, and what is wrong with the arguments, in the language of the words; clap's own texts are
//! English.

use std::io::{self, Write as _};

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::terminal::{self, Told};
use super::{Context, Exit, args};
use crate::words::Words;

/// Gives a command and those below it headings, flags and a layout in the language of the words.
pub(super) fn in_words(command: Command, words: &Words) -> Command {
    let usage = words.get("cli-usage");
    let flag = |name: &'static str, short, action| {
        Arg::new(name)
            .long(name)
            .short(short)
            .action(action)
            .help(words.get(&format!("cli-{name}")))
    };
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help));
    if command.get_version().is_some() {
        command = command.arg(flag("version", 'V', ArgAction::Version));
    }
    command
        .help_template(format!(
            "{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading(words.get("cli-usage-commands"))
        .subcommand_value_name(words.get("cli-usage-command"))
        .mut_args(|arg| with_default(arg, words))
        .mut_subcommands(|sub| in_words(sub, words))
}

/// Lays an argument out: its values stand in its help, its default behind it.
fn with_default(arg: Arg, words: &Words) -> Arg {
    let heading = if arg.is_positional() {
        "cli-usage-arguments"
    } else {
        "cli-usage-options"
    };
    let default = arg.get_default_values().first().map(|default| {
        let text = default.to_string_lossy().into_owned();
        words.with("cli-usage-default", &[("value", text)])
    });
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let takes_values = arg.get_action().takes_values();
    arg.help(format!("{help}{}", default.unwrap_or_default()))
        .help_heading(words.get(heading))
        .hide_default_value(takes_values)
        .hide_possible_values(takes_values)
}

/// Writes help, or what is wrong with the arguments.
pub(super) fn tell(error: &clap::Error, words: &Words) -> io::Result<Exit> {
    // Help and version go to standard output and are no failure.
    if !error.use_stderr() {
        return say(&error.render().to_string(), words);
    }
    let text = sentence(error, words).unwrap_or_else(|| error.render().to_string());
    io::stderr().write_all(visible(&text, words).as_bytes())?;
    Ok(Exit::CannotRun)
}

/// Writes the help of the command that is named, or of the whole.
pub(super) fn help(context: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Exit> {
    let mut whole = args::command(context.words);
    whole.build();
    let mut command = &mut whole;
    for name in matches.get_many::<String>("command").into_iter().flatten() {
        let Some(found) = command.find_subcommand_mut(name) else {
            let told = Told {
                sentence: context
                    .words
                    .with("cli-usage-no-command", &[("what", name.clone())]),
                hint: context.words.get("cli-usage-more"),
            };
            context.warn_of(&told)?;
            return Ok(Exit::CannotRun);
        };
        command = found;
    }
    let text = command.render_help().to_string();
    let text = visible(&text, context.words);
    context.out.write_all(text.as_bytes())?;
    Ok(Exit::Well)
}

fn say(text: &str, words: &Words) -> io::Result<Exit> {
    let mut out = io::stdout().lock();
    let text = visible(text, words);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(Exit::Well),
    }
}

fn visible(text: &str, words: &Words) -> String {
    // The one word of a usage line that clap lets nobody choose.
    text.replace("[OPTIONS]", &words.get("cli-usage-any-options"))
        .lines()
        .map(|line| terminal::visible(line) + "\n")
        .collect()
}

/// Says what is wrong with the arguments and how they are written; none where clap shows help.
fn sentence(error: &clap::Error, words: &Words) -> Option<String> {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let arg = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let other = said(ContextKind::PriorArg);
    let (key, what) = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidSubcommand => {
            ("cli-usage-no-command", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => ("cli-usage-unknown", arg),
        ErrorKind::MissingRequiredArgument => ("cli-usage-missing", arg),
        ErrorKind::ArgumentConflict if other.is_empty() || other == arg => ("cli-usage-twice", arg),
        ErrorKind::ArgumentConflict => ("cli-usage-exclude", arg),
        ErrorKind::InvalidUtf8 => ("cli-usage-not-utf8", String::new()),
        ErrorKind::InvalidValue if value.is_empty() => ("cli-usage-no-value", arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            ("cli-usage-bad-value", arg)
        }
        _ => ("cli-usage-other", error.kind().to_string()),
    };
    let told = |key, what| words.with(key, &[("what", what)]);
    let args = [("what", what), ("value", value), ("other", other)];
    let mut lines = vec![words.with(key, &args)];
    for (key, kind) in [
        ("cli-usage-meant", ContextKind::SuggestedSubcommand),
        ("cli-usage-meant", ContextKind::SuggestedArg),
        ("cli-usage-meant", ContextKind::SuggestedValue),
        ("cli-usage-values", ContextKind::ValidValue),
    ] {
        let what = said(kind);
        if !what.is_empty() {
            lines.push(told(key, what));
        }
    }
    if let Some(usage) = said(ContextKind::Usage).strip_prefix("Usage:") {
        lines.push(words.get("cli-usage") + usage.trim_start());
    }
    lines.push(words.get("cli-usage-more"));
    Some(lines.join("\n  "))
}
