//! Moments and lengths of time as a person reads them; lengths are rounded down.

use chrono::TimeDelta;

pub(super) use crate::telling::short as moment;
use crate::words::Words;

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

    #[test]
    fn lengths_are_said_in_their_two_largest_units() {
        let words = Words::new(Language::Ja);
        assert_eq!(length(&words, TimeDelta::minutes(12)), "12分");
        assert_eq!(length(&words, TimeDelta::minutes(75)), "1時間15分");
        assert_eq!(length(&words, TimeDelta::minutes(70 * 60)), "2日22時間");
    }
}
