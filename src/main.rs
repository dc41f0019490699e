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

fn window(start: &cli::WindowStart) -> ExitCode {
    cli::tell_no_window(start);
    Exit::CannotRun.into()
}
