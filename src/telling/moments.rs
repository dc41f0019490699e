//! Moments in words and numbers: the one place that formats them for people.
//!
//! A moment is shown in a zone that comes in, the record's; which one it is stands once on each page
//! ([`zone`]). Only data carries a moment as it was recorded ([`rfc3339`]).
//!
//! **Invariant:** what is given here can be typed: [`crate::incident::read_moment`] reads it back.

use chrono::{Datelike as _, FixedOffset, TimeDelta, Timelike as _};

use crate::incident::{AHEAD, Moment, Odd};
use crate::words::Words;

/// A moment further away than this has its year.
const NEAR: TimeDelta = TimeDelta::days(180);

/// Gives a moment to the minute in the zone of the present: without a date where it is today's and
/// not ahead, without a year where it is this year's and near.
pub fn short(at: Moment, now: Moment) -> String {
    let at = in_zone(at, *now.offset());
    let minute = at.with_second(0).unwrap_or(at);
    let ahead = minute.signed_duration_since(now);
    if at.date_naive() == now.date_naive() && ahead <= AHEAD {
        at.format("%H:%M").to_string()
    } else if at.year() == now.year() && ahead.abs() < NEAR {
        at.format("%m/%d %H:%M").to_string()
    } else {
        minute_in(at, *now.offset())
    }
}

/// Gives a moment with the day in words: `昨日 11/26 23:50`.
pub fn with_day(words: &Words, at: Moment, now: Moment) -> String {
    let at = in_zone(at, *now.offset());
    let days = at.date_naive().signed_duration_since(now.date_naive());
    let key = match days.num_days() {
        0 => "day-today",
        -1 => "day-yesterday",
        1 => "day-tomorrow",
        _ => return minute_in(at, *now.offset()),
    };
    format!("{} {}", words.get(key), at.format("%m/%d %H:%M"))
}

/// Gives a moment to the minute, whole: `2026-11-21 14:20`.
pub fn minute_in(at: Moment, zone: FixedOffset) -> String {
    in_zone(at, zone).format("%Y-%m-%d %H:%M").to_string()
}

/// Gives a moment to the second, whole: `2026-11-21 14:20:05`.
pub fn second_in(at: Moment, zone: FixedOffset) -> String {
    in_zone(at, zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Gives a moment for paper, where no one can ask whose time it is: `2026-11-21 14:02 +09:00`.
pub fn minute_with_offset(at: Moment, zone: FixedOffset) -> String {
    in_zone(at, zone).format("%Y-%m-%d %H:%M %:z").to_string()
}

/// Gives the time of day to the minute.
pub fn time(at: Moment, zone: FixedOffset) -> String {
    in_zone(at, zone).format("%H:%M").to_string()
}

/// Gives the time of day to the second.
pub fn time_to_the_second(at: Moment, zone: FixedOffset) -> String {
    in_zone(at, zone).format("%H:%M:%S").to_string()
}

/// Gives a moment as data, as it was recorded: RFC 3339 with milliseconds and offset.
pub fn rfc3339(moment: Moment) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, false)
}

/// Gives the name of a zone: `UTC+09:00`.
pub fn zone(zone: FixedOffset) -> String {
    format!("UTC{zone}")
}

/// Says what a typed time is taken as, and what is odd about it.
pub fn taken_as(words: &Words, at: Moment, now: Moment, odd: &[Odd]) -> String {
    let at = with_day(words, at, now);
    let why: Vec<String> = odd.iter().map(|odd| words.get(odd.key())).collect();
    if why.is_empty() {
        return words.with("moment-taken", &[("at", at)]);
    }
    let why = why.join(&words.get("list-comma"));
    words.with("moment-taken-odd", &[("at", at), ("why", why)])
}

fn in_zone(at: Moment, zone: FixedOffset) -> Moment {
    at.with_timezone(&zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::flow::Language;
    use crate::incident::{Present, read_moment};

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn the_date_is_shown_when_it_is_not_today_and_what_is_ahead_has_it_too() {
        let now = at("2026-11-21T14:32:00+09:00");
        for (text, shown) in [
            ("2026-11-21T00:05:00+09:00", "00:05"),
            ("2026-11-21T14:47:00+09:00", "14:47"),
            ("2026-11-21T14:48:00+09:00", "11/21 14:48"),
            ("2026-11-20T23:59:00+09:00", "11/20 23:59"),
            ("2026-02-01T23:59:00+09:00", "2026-02-01 23:59"),
            ("2025-12-31T23:59:00+09:00", "2025-12-31 23:59"),
            // Elsewhere's clock, told here.
            ("2026-11-21T05:20:00Z", "14:20"),
        ] {
            assert_eq!(short(at(text), now), shown, "{text}");
        }
        let ja = Words::new(Language::Ja);
        let yesterday = at("2026-11-20T23:50:00+09:00");
        assert_eq!(with_day(&ja, yesterday, now), "昨日 11/20 23:50");
        assert_eq!(zone(*now.offset()), "UTC+09:00");
    }

    proptest! {
        /// Whatever is shown of a moment is read back as that moment, to the minute or second.
        #[test]
        fn what_is_shown_of_a_moment_is_read_back(
            now in 0_i64..30_000_000,
            far in any::<bool>(),
            away in -1_000_000_i64..1_000_000,
            offset in -48_i32..56,
            other in -48_i32..56,
        ) {
            let zone = FixedOffset::east_opt(offset * 900).unwrap();
            let other = FixedOffset::east_opt(other * 900).unwrap();
            let minutes = |minutes: i64| chrono::DateTime::from_timestamp(minutes * 60, 0).unwrap();
            let now = minutes(now).with_timezone(&zone);
            let away = if far { away } else { away / 400 };
            let moment = minutes(now.timestamp() / 60 + away).with_timezone(&other);
            let present = Present { now: now.with_timezone(&other), zone };
            let ja = Words::new(Language::Ja);
            for shown in [
                short(moment, now),
                with_day(&ja, moment, now),
                minute_in(moment, zone),
                second_in(moment, zone),
                minute_with_offset(moment, zone),
                rfc3339(moment),
            ] {
                prop_assert_eq!(read_moment(&shown, present), Some(moment), "{} at {}", shown, now);
            }
        }
    }
}
