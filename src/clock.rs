//! The one place where time enters: the machine's clock, or a fixed one for tests.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::Local;

use crate::incident::{Moment, writable};

/// A source of the present moment, with the offset that the clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// Always the same moment.
    Fixed(Moment),
}

impl Clock {
    /// Gives the present moment, to the millisecond.
    pub fn now(self) -> Moment {
        use chrono::SubsecRound as _;
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "time enters here and nowhere else"
            )]
            Self::System => writable(Local::now().fixed_offset().trunc_subsecs(3)),
            Self::Fixed(moment) => moment,
        }
    }
}

/// Where the rules of time zones lie, on systems that look their names up in files.
const ZONES: [&str; 4] = [
    "/usr/share/zoneinfo",
    "/share/zoneinfo",
    "/etc/zoneinfo",
    "/usr/share/lib/zoneinfo",
];

/// Gives the name of the time zone that the environment asks for where it is not known, so that
/// the clock shows another one.
#[expect(
    clippy::disallowed_methods,
    reason = "the zone is part of the clock, and it is asked here only"
)]
pub fn unknown_zone() -> Option<String> {
    let name = std::env::var("TZ").ok().filter(|_| cfg!(unix))?;
    (!is_known_zone(&name)).then_some(name)
}

/// Tells whether a value of `TZ` is nothing, a file of rules, or a rule itself (`JST-9`).
fn is_known_zone(name: &str) -> bool {
    let name = name.strip_prefix(':').unwrap_or(name);
    let is_file = |folder: &str| Path::new(folder).join(name).is_file();
    name.is_empty()
        || matches!(name, "UTC" | "GMT" | "localtime")
        || ZONES.iter().any(|folder| is_file(folder))
        || is_rule(name)
}

/// Tells whether a text begins as a rule does: a name of three letters or in brackets, an offset.
fn is_rule(text: &str) -> bool {
    let offset = if let Some(rest) = text.strip_prefix('<') {
        rest.split_once('>').map(|(_, offset)| offset)
    } else {
        let offset = text.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
        (text.len() >= offset.len() + 3).then_some(offset)
    };
    offset.is_some_and(|offset| {
        let hours = offset.trim_start_matches(['+', '-']);
        hours.starts_with(|sign: char| sign.is_ascii_digit())
    })
}

/// Measures how long something took.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(
        clippy::disallowed_methods,
        reason = "time enters here and nowhere else"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Gives one that started so long ago; none where the system's clock did not run yet.
    pub fn started_ago(age: Duration) -> Option<Self> {
        Self::start().0.checked_sub(age).map(Self)
    }

    /// Gives the milliseconds since the start.
    pub fn millis(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}
