//! The one place where time enters: the machine's clock, or a fixed one for tests.

use std::time::{Duration, Instant};

use chrono::{FixedOffset, Local, NaiveDateTime, TimeDelta, TimeZone as _};

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
