//! Moments: how people type them, the zone that a record is told in, and what is odd about one.
//!
//! A record has one zone, the offset of the clock that opened it: every moment is shown in it, and a
//! typed time without an offset is read in it, so that what is shown can be typed. As the zone is
//! one offset, no hour comes twice in it and none is left out.
//!
//! **Invariant:** every form in which a moment is shown is read back as that moment.

use std::ops::RangeInclusive;

use chrono::{
    Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta,
    TimeZone as _, Timelike as _, Utc,
};

use super::value::narrow;
use super::{Entry, Event, Incident, Moment, Value};

/// The years that are taken; others are slips of the hand.
const YEARS: RangeInclusive<i32> = 1900..=2999;

/// A time alone that is ahead of the clock by no more than this is today's: clocks differ.
pub const AHEAD: TimeDelta = TimeDelta::minutes(15);

/// A moment further back than this is said, not taken in silence.
pub const FAR_BACK: TimeDelta = TimeDelta::hours(12);

/// The present moment, and the zone in which times are typed.
#[derive(Debug, Clone, Copy)]
pub struct Present {
    /// The present moment, by the machine's clock.
    pub now: Moment,
    /// The zone of a time that is typed without one.
    pub zone: FixedOffset,
}

impl From<Moment> for Present {
    /// Gives the present of a place that has the clock's offset.
    fn from(now: Moment) -> Self {
        let zone = *now.offset();
        Self { now, zone }
    }
}

impl Present {
    fn local(self, naive: NaiveDateTime) -> Option<Moment> {
        self.zone.from_local_datetime(&naive).single()
    }

    /// Gives the present moment in the zone in which times are typed.
    fn here(self) -> NaiveDateTime {
        self.now.with_timezone(&self.zone).naive_local()
    }
}

/// What is odd about a moment that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// It is more than twelve hours back.
    FarBack,
    /// It is before the incident was opened.
    BeforeOpening,
    /// It is ahead of the clock.
    Ahead,
}

impl Odd {
    /// Gives the key of the words that say it.
    pub fn key(self) -> &'static str {
        match self {
            Self::FarBack => "moment-far-back",
            Self::BeforeOpening => "moment-before-opening",
            Self::Ahead => "moment-ahead",
        }
    }
}

impl Entry {
    /// Gives when it happened; when it was recorded, where nothing else is said.
    pub fn happened(&self) -> Moment {
        self.happened_at.unwrap_or(self.recorded_at)
    }

    /// Gives the moments that somebody typed: when it happened, and those that it records. The
    /// latter may well lie ahead, which is told by the truth value.
    pub fn typed_moments(&self) -> impl Iterator<Item = (Moment, bool)> {
        let recorded = match &self.event {
            Event::FieldFilled { value, .. } | Event::CellFilled { value, .. } => Some(value),
            Event::Corrected { value, .. } => value.as_ref(),
            _ => None,
        };
        let recorded = match recorded {
            Some(Value::Moment(moment)) => Some((*moment, true)),
            _ => None,
        };
        self.happened_at
            .map(|at| (at, false))
            .into_iter()
            .chain(recorded)
    }
}

impl Incident {
    /// Gives the zone in which the record is told: the offset of the clock that opened it.
    pub fn zone(&self) -> FixedOffset {
        let opening = self.entries().first();
        opening.map_or(Utc.fix(), |entry| *entry.recorded_at.offset())
    }

    /// Gives a moment in the record's zone.
    pub fn local(&self, moment: Moment) -> Moment {
        moment.with_timezone(&self.zone())
    }

    /// Says what is odd about a moment that was typed, so that it is not taken in silence.
    pub fn odd(&self, moment: Moment, now: Moment) -> Vec<Odd> {
        let passed = now.signed_duration_since(moment);
        let opened = self.entries().first().map(Entry::happened);
        let mut odd = Vec::new();
        if passed > FAR_BACK {
            odd.push(Odd::FarBack);
        }
        // In minutes, as times are typed.
        if opened.is_some_and(|opened| opened.signed_duration_since(moment).num_minutes() > 0) {
            odd.push(Odd::BeforeOpening);
        }
        if passed < TimeDelta::zero() {
            odd.push(Odd::Ahead);
        }
        odd
    }
}

/// Gives a clock's moment as the journal can write it: RFC 3339 knows no seconds in an offset.
pub fn writable(moment: Moment) -> Moment {
    let seconds = moment.offset().local_minus_utc();
    let whole = FixedOffset::east_opt(seconds - seconds % 60);
    let moment = whole.map_or(moment, |offset| moment.with_timezone(&offset));
    // A 60th second is the last of its minute.
    let nanos = moment.nanosecond() % 1_000_000_000;
    let is_leap = moment.nanosecond() >= 1_000_000_000;
    Some(moment)
        .filter(|_| is_leap)
        .and_then(|moment| moment.with_nanosecond(nanos))
        .unwrap_or(moment)
}

/// Reads a moment as people type it and as the program shows it: `14:20`, `11/27 23:50`,
/// `2026-11-21 14:20`, with or without seconds, a day of the week or an offset, or RFC 3339.
///
/// What is left out is taken from the present. A time alone is today's up to 15 minutes ahead of the
/// clock, else the last such time; a date without a year is the nearest one.
pub fn read_moment(text: &str, present: impl Into<Present>) -> Option<Moment> {
    let text = narrow(text.trim()).replace('/', "-");
    any_moment(&text, present.into())
        .map(writable)
        .filter(|moment| YEARS.contains(&moment.year()))
}

fn any_moment(text: &str, present: Present) -> Option<Moment> {
    if let Ok(moment) = Moment::parse_from_rfc3339(text) {
        return Some(moment);
    }
    for format in ["%Y-%m-%d %H:%M:%S%.f %:z", "%Y-%m-%d %H:%M %:z"] {
        if let Ok(moment) = Moment::parse_from_str(text, format) {
            return Some(moment);
        }
    }
    let text = without_weekday(text);
    let mut words = text.split([' ', 'T']).filter(|word| !word.is_empty());
    let mut words = [words.next(), words.next(), words.next(), words.next()]
        .into_iter()
        .flatten();
    let (first, second, third) = (words.next()?, words.next(), words.next());
    if words.next().is_some() {
        return None;
    }
    let (day, date, time) = match (first, second, third) {
        (time, None, None) => (None, None, time),
        (first, Some(time), None) => match day_word(first) {
            Some(day) => (Some(day), None, time),
            None => (None, Some(first), time),
        },
        (day, Some(date), Some(time)) => (Some(day_word(day)?), Some(date), time),
        (_, None, Some(_)) => return None,
    };
    let time = time_of(time)?;
    let here = present.here();
    let naive = match (day, date) {
        (Some(days), None) => here
            .date()
            .checked_add_signed(TimeDelta::days(days))?
            .and_time(time),
        // A date says more than the word before it.
        (_, Some(date)) => date_of(date, here)?.and_time(time),
        (None, None) => {
            let today = here.date().and_time(time);
            if today.signed_duration_since(here) > AHEAD {
                // Just before midnight is yesterday's, when it is told after midnight.
                here.date().pred_opt()?.and_time(time)
            } else {
                today
            }
        }
    };
    present.local(naive)
}

/// Takes off the day of the week behind a date: `11-27(金)`, `11-27 (Fri)`.
fn without_weekday(text: &str) -> String {
    const DAYS: [&str; 14] = [
        "月", "火", "水", "木", "金", "土", "日", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ];
    let Some((before, rest)) = text.split_once('(') else {
        return text.to_owned();
    };
    match rest.split_once(')') {
        Some((day, after)) if DAYS.contains(&day) => format!("{before} {after}"),
        _ => text.to_owned(),
    }
}

/// Gives how many days from today a word is.
fn day_word(word: &str) -> Option<i64> {
    match word {
        "今日" | "本日" | "today" => Some(0),
        "昨日" | "yesterday" => Some(-1),
        "明日" | "tomorrow" => Some(1),
        _ => None,
    }
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// Reads a date; one without a year is the nearest.
fn date_of(text: &str, here: NaiveDateTime) -> Option<NaiveDate> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date);
    }
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let years = [here.year(), here.year() - 1, here.year() + 1];
    years
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| date.signed_duration_since(here.date()).num_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn a_time_alone_is_today_up_to_a_quarter_ahead_else_the_last_such_time() {
        let now = at("2026-11-21T00:10:00+09:00");
        for (text, is) in [
            ("23:50", "2026-11-20T23:50:00+09:00"),
            ("０：０５", "2026-11-21T00:05:00+09:00"),
            ("00:12", "2026-11-21T00:12:00+09:00"),
            ("00:25", "2026-11-21T00:25:00+09:00"),
            ("00:26", "2026-11-20T00:26:00+09:00"),
            ("2026/11/3 4:05", "2026-11-03T04:05:00+09:00"),
            ("11/3 4:05", "2026-11-03T04:05:00+09:00"),
            ("11-20(金) 23:50", "2026-11-20T23:50:00+09:00"),
            ("昨日 23:50", "2026-11-20T23:50:00+09:00"),
            ("昨日　11/20 23:50", "2026-11-20T23:50:00+09:00"),
            ("today 00:40", "2026-11-21T00:40:00+09:00"),
            ("2026-11-20 14:20:05", "2026-11-20T14:20:05+09:00"),
            ("2026-11-20T14:20", "2026-11-20T14:20:00+09:00"),
            ("2026-11-20 14:20 +00:00", "2026-11-20T14:20:00Z"),
            ("2026-11-20T14:20:00Z", "2026-11-20T14:20:00Z"),
        ] {
            assert_eq!(read_moment(text, now), Some(at(is)), "{text}");
        }
        for text in [
            "yesterday",
            "",
            "24:00",
            "13-01 10:00",
            "11/31 10:00",
            "a b c 10:00",
        ] {
            assert_eq!(read_moment(text, now), None, "{text}");
        }
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest() {
        let now = at("2027-01-02T09:00:00+09:00");
        for (text, is) in [
            ("12/31 23:50", "2026-12-31T23:50:00+09:00"),
            ("1/3 10:00", "2027-01-03T10:00:00+09:00"),
            ("2/29 10:00", "2028-02-29T10:00:00+09:00"),
        ] {
            assert_eq!(read_moment(text, now), Some(at(is)), "{text}");
        }
    }

    #[test]
    fn a_year_outside_the_range_is_a_slip_of_the_hand() {
        let now = at("2026-11-21T00:10:00+09:00");
        for (text, is_taken) in [
            ("1899-12-31 23:59", false),
            ("1900-01-01 00:00", true),
            ("２９９９-12-31　23:59", true),
            ("3000-01-01 00:00", false),
            ("20261-01-01 00:00", false),
            ("0001-01-01T00:00:00Z", false),
        ] {
            assert_eq!(read_moment(text, now).is_some(), is_taken, "{text}");
        }
    }

    #[test]
    fn a_typed_time_is_in_the_zone_of_the_record_not_of_the_machine() {
        let present = Present {
            now: at("2026-11-26T15:30:00Z"),
            zone: FixedOffset::east_opt(9 * 3600).unwrap(),
        };
        for (text, is) in [
            ("00:20", "2026-11-27T00:20:00+09:00"),
            ("23:50", "2026-11-26T23:50:00+09:00"),
            ("2026-01-15 08:00", "2026-01-15T08:00:00+09:00"),
        ] {
            assert_eq!(read_moment(text, present), Some(at(is)), "{text}");
        }
    }

    #[test]
    fn a_sixtieth_second_and_seconds_of_an_offset_can_be_written() {
        let now = at("2026-11-21T00:10:00+09:00");
        for text in ["2026-11-20 14:20:60", "2026-11-20T14:20:60+09:00"] {
            let moment = read_moment(text, now);
            assert_eq!(moment, Some(at("2026-11-20T14:20:59+09:00")), "{text}");
        }
        // Seoul before 1908.
        let seoul = FixedOffset::east_opt(8 * 3600 + 27 * 60 + 52).unwrap();
        let there = at("1900-01-01T00:00:00Z").with_timezone(&seoul);
        let moment = writable(there);
        assert_eq!(moment, there, "the same moment");
        assert_eq!(moment.offset().local_minus_utc() % 60, 0);
    }
}
