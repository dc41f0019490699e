//! What people type, read as values: numbers, choices, moments.
//!
//! Full-width letters, digits and signs are taken as their narrow forms; a time alone is the last such
//! time before now.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, FixedOffset, NaiveDateTime, NaiveTime, TimeZone as _};

use super::decide::{filled, join};
use super::{Moment, Refusal, Ternary, Value};
use crate::flow::{Field, FieldKind};

/// Reads a typed text as the value of a field.
pub(super) fn value(field: &Field, text: &str, present: Present) -> Result<Value, Refusal> {
    let text = filled(text.to_owned())?;
    let bad = |expects, known: String| Refusal::BadValue {
        field: field.id.clone(),
        expects,
        known,
    };
    match &field.kind {
        FieldKind::Text | FieldKind::LongText => Ok(Value::Text(text)),
        FieldKind::Number(_) => {
            let plain = narrow(text.trim());
            match plain.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Value::Number(plain)),
                _ => Err(bad("number", String::new())),
            }
        }
        FieldKind::YesNo => match text.trim() {
            "yes" | "はい" | "有" | "あり" => Ok(Value::YesNo(Ternary::Yes)),
            "no" | "いいえ" | "無" | "なし" => Ok(Value::YesNo(Ternary::No)),
            "unknown" | "不明" => Ok(Value::YesNo(Ternary::Unknown)),
            _ => Err(bad("yes-no", String::new())),
        },
        FieldKind::Choice(choices) => {
            let typed = text.trim();
            choices
                .iter()
                .find(|c| c.id == typed || c.title.ja == typed || c.title.en == typed)
                .map(|choice| Value::Choice(choice.id.clone()))
                .ok_or_else(|| bad("choice", join(choices.iter().map(|c| c.id.as_str()))))
        }
        FieldKind::DateTime => read_moment(&text, present)
            .map(Value::Moment)
            .ok_or_else(|| bad("moment", String::new())),
        FieldKind::Table(table, _) => Err(Refusal::IsTable(table.clone())),
    }
}

/// Tells whether a typed text can be read as the value of a field.
pub fn is_readable(field: &Field, text: &str, present: Present) -> bool {
    value(field, text, present).is_ok()
}

/// Gives the narrow form of full-width ASCII, the ideographic blank and what is typed for a hyphen.
pub fn narrow(text: &str) -> String {
    let narrow = |c| match c {
        '！'..='～' => {
            char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c)
        }
        'ー' | '−' => '-',
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// The years that are taken; others are slips of the hand.
const YEARS: RangeInclusive<i32> = 1900..=2999;

/// The present moment, and the offset that the local zone has at a local time.
#[derive(Debug, Clone, Copy)]
pub struct Present {
    /// The present moment.
    pub now: Moment,
    /// Gives the offset; without one it is that of the present moment.
    pub offset_at: fn(NaiveDateTime) -> Option<FixedOffset>,
}

impl From<Moment> for Present {
    /// Gives the present of a place whose offset never changes.
    fn from(now: Moment) -> Self {
        Self {
            now,
            offset_at: |_any| None,
        }
    }
}

impl Present {
    fn local(self, naive: NaiveDateTime) -> Option<Moment> {
        let offset = (self.offset_at)(naive).unwrap_or(*self.now.offset());
        offset.from_local_datetime(&naive).single()
    }
}

/// Reads a moment as people type it: `14:20`, `2026-11-21 14:20`, or RFC 3339 with its offset.
/// What is left out is taken from the present: a time alone is the last such time before it.
pub fn read_moment(text: &str, present: Present) -> Option<Moment> {
    let text = narrow(text.trim()).replace('/', "-");
    any_moment(&text, present).filter(|moment| YEARS.contains(&moment.year()))
}

fn any_moment(text: &str, present: Present) -> Option<Moment> {
    if let Ok(moment) = Moment::parse_from_rfc3339(text) {
        return Some(moment);
    }
    for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"] {
        if let Ok(naive) = NaiveDateTime::parse_from_str(text, format) {
            return present.local(naive);
        }
    }
    for format in ["%H:%M:%S", "%H:%M"] {
        if let Ok(time) = NaiveTime::parse_from_str(text, format) {
            let today = present.now.date_naive();
            let moment = present.local(today.and_time(time))?;
            // Just before midnight is yesterday's, when it is told after midnight.
            return if moment.signed_duration_since(present.now).num_minutes() > 0 {
                present.local(today.pred_opt()?.and_time(time))
            } else {
                Some(moment)
            };
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn a_time_alone_is_the_last_such_time() {
        let now = at("2026-11-21T00:10:00+09:00");
        assert_eq!(
            read_moment("23:50", now.into()),
            Some(at("2026-11-20T23:50:00+09:00"))
        );
        assert_eq!(
            read_moment("０：０５", now.into()),
            Some(at("2026-11-21T00:05:00+09:00"))
        );
        assert_eq!(
            read_moment("2026/11/3 4:05", now.into()),
            Some(at("2026-11-03T04:05:00+09:00"))
        );
        assert_eq!(read_moment("yesterday", now.into()), None);
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
            assert_eq!(read_moment(text, now.into()).is_some(), is_taken, "{text}");
        }
    }

    #[test]
    fn a_local_time_has_the_offset_of_its_own_day() {
        let present = Present {
            now: at("2026-07-01T12:00:00-04:00"),
            offset_at: |naive| FixedOffset::west_opt(if naive.month() == 7 { 4 } else { 5 } * 3600),
        };
        for (text, is) in [
            ("2026-01-15 08:00", "2026-01-15T08:00:00-05:00"),
            ("2026-07-01 08:00", "2026-07-01T08:00:00-04:00"),
            ("08:00", "2026-07-01T08:00:00-04:00"),
            ("23:00", "2026-06-30T23:00:00-05:00"),
        ] {
            assert_eq!(read_moment(text, present), Some(at(is)), "{text}");
        }
    }
}
