//! Starts the window or a command, and gives its exit code.

use std::process::ExitCode;

use shodo::cli::{self, Asked, Exit};
use shodo::clock::Clock;

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect(), Clock::System) {
        Ok(Asked::Done(exit)) => exit.into(),
        Ok(Asked::Window(start)) => window(&start),
        Err(error) => {
            cli::tell(&format!("{error:#}"));
            Exit::CannotRun.into()
        }
    }
}

#[cfg(feature = "window")]
fn window(start: &cli::WindowStart) -> ExitCode {
    let start = shodo::ui::Start {
        data: start.data.clone(),
        language: start.language,
        system: cli::system_language(),
        plain_logs: cli::plain_log_folders(&start.data),
        clock: Clock::System,
    };
    match shodo::ui::run(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let why = std::error::Error::source(&error).map(ToString::to_string);
            cli::tell(&format!("{error}: {}", why.unwrap_or_default()));
            Exit::CannotRun.into()
        }
    }
}

#[cfg(not(feature = "window"))]
fn window(start: &cli::WindowStart) -> ExitCode {
    cli::tell_no_window(start);
    Exit::CannotRun.into()
}
