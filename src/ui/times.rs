//! Moments and lengths of time as a person reads them.
//!
//! A moment carries its date when it is not today's; lengths are rounded down.

use chrono::{Datelike as _, TimeDelta};

use crate::incident::Moment;
use crate::words::Words;

/// Gives a moment to the minute, with the date when it is not today's.
pub(super) fn moment(at: Moment, now: Moment) -> String {
    if at.date_naive() == now.date_naive() {
        at.format("%H:%M").to_string()
    } else if at.year() == now.year() {
        at.format("%m/%d %H:%M").to_string()
    } else {
        at.format("%Y-%m-%d %H:%M").to_string()
    }
}

/// Gives a length in words, of its two largest units: `2日 22時間`.
pub(super) fn length(words: &Words, length: TimeDelta) -> String {
    let minutes = length.num_minutes().max(0);
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let (key, args) = match (days, hours) {
        (0, 0) => ("time-minutes", [("a", minutes), ("b", 0)]),
        (0, _) => ("time-hours", [("a", hours), ("b", minutes)]),
        _ => ("time-days", [("a", days), ("b", hours)]),
    };
    words.with(key, &args.map(|(name, value)| (name, value.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Language;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn the_date_is_shown_when_it_is_not_today() {
        let now = at("2026-11-21T14:32:00+09:00");
        assert_eq!(moment(at("2026-11-21T00:05:00+09:00"), now), "00:05");
        assert_eq!(moment(at("2026-11-20T23:59:00+09:00"), now), "11/20 23:59");
        assert_eq!(
            moment(at("2025-12-31T23:59:00+09:00"), now),
            "2025-12-31 23:59"
        );
    }

    #[test]
    fn lengths_are_said_in_their_two_largest_units() {
        let words = Words::new(Language::Ja);
        assert_eq!(length(&words, TimeDelta::minutes(12)), "12分");
        assert_eq!(length(&words, TimeDelta::minutes(75)), "1時間15分");
        assert_eq!(length(&words, TimeDelta::minutes(70 * 60)), "2日22時間");
    }
}
