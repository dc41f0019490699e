//! The one place where time enters: the machine's clock, or a fixed one for tests.

use chrono::Local;

use crate::incident::Moment;

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
}

/// Measures how long something took.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    #[expect(
        clippy::disallowed_methods,
        reason = "time enters here and nowhere else"
    )]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Gives the milliseconds since the start.
    pub fn millis(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}
