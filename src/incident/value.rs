//! What people type, read as values: numbers, choices, moments.
//!
//! Full-width digits and signs are taken as their narrow forms; a time alone is the last such
//! time before now.

use chrono::{NaiveDateTime, NaiveTime, TimeZone as _};

use super::decide::{filled, join};
use super::{Moment, Refusal, Ternary, Value};
use crate::flow::{Field, FieldKind};

/// Reads a typed text as the value of a field.
pub(super) fn value(field: &Field, text: &str, now: Moment) -> Result<Value, Refusal> {
    let text = filled(text.to_owned())?;
    let bad = |expects, known: String| Refusal::BadValue {
        field: field.id.clone(),
        expects,
        known,
    };
    match &field.kind {
        FieldKind::Text | FieldKind::LongText => Ok(Value::Text(text)),
        FieldKind::Number(_) => {
            let plain: String = text.trim().chars().map(narrow_digit).collect();
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
        FieldKind::DateTime => read_moment(&text, now)
            .map(Value::Moment)
            .ok_or_else(|| bad("moment", String::new())),
        FieldKind::Table(table, _) => Err(Refusal::IsTable(table.clone())),
    }
}

/// Gives the ASCII form of a full-width digit, sign or point.
fn narrow_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' => '.',
        '－' | 'ー' => '-',
        _ => c,
    }
}

/// Reads a moment as people type it: `14:20`, `2026-11-21 14:20`, or RFC 3339 with its offset.
/// What is left out is taken from `now`: a time alone is the last such time before it.
pub fn read_moment(text: &str, now: Moment) -> Option<Moment> {
    let text: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '：' => ':',
            '／' | '/' => '-',
            c => narrow_digit(c),
        })
        .collect();
    if let Ok(moment) = Moment::parse_from_rfc3339(&text) {
        return Some(moment);
    }
    let offset = *now.offset();
    let local = |naive: NaiveDateTime| offset.from_local_datetime(&naive).single();
    for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"] {
        if let Ok(naive) = NaiveDateTime::parse_from_str(&text, format) {
            return local(naive);
        }
    }
    for format in ["%H:%M:%S", "%H:%M"] {
        if let Ok(time) = NaiveTime::parse_from_str(&text, format) {
            let today = now.date_naive();
            let moment = local(today.and_time(time))?;
            // Just before midnight is yesterday's, when it is told after midnight.
            return if moment.signed_duration_since(now).num_minutes() > 0 {
                local(today.pred_opt()?.and_time(time))
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
            read_moment("23:50", now),
            Some(at("2026-11-20T23:50:00+09:00"))
        );
        assert_eq!(
            read_moment("０：０５", now),
            Some(at("2026-11-21T00:05:00+09:00"))
        );
        assert_eq!(
            read_moment("2026/11/3 4:05", now),
            Some(at("2026-11-03T04:05:00+09:00"))
        );
        assert_eq!(read_moment("yesterday", now), None);
    }
}
