//! Starts the window or a command, and gives its exit code.

use std::process::ExitCode;

use shodo::cli::{self, Asked, Exit};
use shodo::clock::{Clock, Stopwatch};
use shodo::crash;

fn main() -> ExitCode {
    crash::watch();
    let run = || {
        let since = Stopwatch::start();
        let asked = cli::run(std::env::args_os().collect(), Clock::System);
        (asked, since)
    };
    let Ok((asked, since)) = std::panic::catch_unwind(run) else {
        cli::tell_crashed(None);
        return Exit::CannotRun.into();
    };
    match asked {
        Ok(Asked::Done(exit)) => exit.into(),
        Ok(Asked::Window(start)) => window(&start, since),
        Err(error) => {
            cli::tell(&format!("{error:#}"));
            Exit::CannotRun.into()
        }
    }
}

#[cfg(feature = "window")]
fn window(asked: &cli::WindowStart, since: Stopwatch) -> ExitCode {
    use shodo::ui::{self, Opened, Opening, Renderer};
    let start = ui::Start {
        data: asked.data.clone(),
        language: asked.language,
        system: cli::system_language(),
        plain_logs: cli::plain_log_folders(&asked.data),
        clock: Clock::System,
    };
    let opening = Opening {
        renderer: asked.renderer.as_deref().and_then(Renderer::named),
        report: asked
            .startup_report
            .then(|| cli::since_process_start(since)),
    };
    match ui::run(&start, opening) {
        Ok(Opened::Closed(None)) => ExitCode::SUCCESS,
        Ok(Opened::Closed(Some(millis))) => cli::tell_startup(millis).into(),
        Ok(Opened::Again(renderer)) => cli::run_again(asked, renderer.id()),
        // Once: what panics again would go on doing so.
        Ok(Opened::Crashed(renderer)) if asked.renderer.is_none() => {
            cli::run_again(asked, renderer.id())
        }
        Ok(Opened::Crashed(_)) => {
            cli::tell_crashed(asked.language);
            Exit::CannotRun.into()
        }
        Err(ui::WindowError::AllCrashed) => {
            cli::tell_all_crashed(asked);
            Exit::CannotRun.into()
        }
        Err(error) => {
            let why = std::error::Error::source(&error).map(ToString::to_string);
            cli::tell_no_window(asked, &why.unwrap_or_default());
            Exit::CannotRun.into()
        }
    }
}

#[cfg(not(feature = "window"))]
fn window(asked: &cli::WindowStart, _: Stopwatch) -> ExitCode {
    cli::tell_no_window(asked, "");
    Exit::CannotRun.into()
}
