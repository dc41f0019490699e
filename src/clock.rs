//! The one place where time enters: the machine's clock, or a fixed one for tests.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{FixedOffset, Local, NaiveDateTime, TimeDelta, TimeZone as _};

use crate::files;
use crate::incident::{Moment, Present};

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
            Self::System => Local::now().fixed_offset().trunc_subsecs(3),
            Self::Fixed(moment) => moment,
        }
    }

    /// Gives the present moment with the rules of the local zone.
    pub fn present(self) -> Present {
        match self {
            Self::System => Present {
                now: self.now(),
                offset_at: local_offset,
            },
            Self::Fixed(moment) => moment.into(),
        }
    }
}

/// Gives the offset of the local zone at a local time: the earlier one where the time comes twice,
/// that of the hours before where it does not come at all.
fn local_offset(naive: NaiveDateTime) -> Option<FixedOffset> {
    let earliest = |naive| {
        let found = Local.offset_from_local_datetime(&naive);
        let both = found.earliest().into_iter().chain(found.latest());
        both.max_by_key(|offset| offset.local_minus_utc())
    };
    earliest(naive).or_else(|| earliest(naive.checked_sub_signed(TimeDelta::hours(3))?))
}

/// Gives for how long the process has run, from proc(5): its start and now, both since the
/// system's start; where there is no `/proc`, nothing.
fn process_age() -> Option<Duration> {
    let said = |path| files::read_from(Path::new(path), 0, 4096).ok();
    let (stat, uptime) = (said("/proc/self/stat")?, said("/proc/uptime")?);
    let (stat, uptime) = (str::from_utf8(&stat).ok()?, str::from_utf8(&uptime).ok()?);
    // The name in brackets may hold anything; the start is the 20th field after it, in hundredths.
    let started: f64 = stat.rsplit_once(") ")?.1.split(' ').nth(19)?.parse().ok()?;
    let now: f64 = uptime.split(' ').next()?.parse().ok()?;
    Duration::try_from_secs_f64(now - started / 100.0).ok()
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

    /// Gives one that started with the process where the system says when that was: on Linux, to
    /// a hundredth of a second. Elsewhere it is the one that started in `main`.
    pub fn of_process(main: Self) -> Self {
        let began = process_age().and_then(|age| Self::start().0.checked_sub(age));
        Self(began.map_or(main.0, |began| began.min(main.0)))
    }

    /// Gives the milliseconds since the start.
    pub fn millis(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_process_started_before_the_test() {
        let since = Stopwatch::start();
        let age = process_age().expect("the kernel says when the process started");
        assert!(age < Duration::from_hours(24), "{age:?}");
        let from_start = Stopwatch::of_process(since);
        assert!(from_start.0 <= since.0);
    }
}
