//! What people type, read as values: numbers, choices, moments.
//!
//! Full-width letters, digits and signs are taken as their narrow forms.

use super::moment::{Present, read_moment};
use super::texts::filled;
use super::{Refusal, Ternary, Value};
use crate::flow::{Field, FieldKind, Named};

/// Reads a typed text as the value of a field.
pub(super) fn value(field: &Field, text: &str, present: Present) -> Result<Value, Refusal> {
    let text = filled(text.to_owned())?;
    let bad = |expects, known: Vec<Named>| Refusal::BadValue {
        field: field.id.clone(),
        title: field.title.clone(),
        expects,
        known,
    };
    match &field.kind {
        FieldKind::Text | FieldKind::LongText => Ok(Value::Text(text)),
        FieldKind::Number(_) => {
            let plain = narrow(text.trim());
            match plain.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Value::Number(plain)),
                _ => Err(bad("number", Vec::new())),
            }
        }
        FieldKind::YesNo => match text.trim() {
            "yes" | "はい" | "有" | "あり" => Ok(Value::YesNo(Ternary::Yes)),
            "no" | "いいえ" | "無" | "なし" => Ok(Value::YesNo(Ternary::No)),
            "unknown" | "不明" => Ok(Value::YesNo(Ternary::Unknown)),
            _ => Err(bad("yes-no", Vec::new())),
        },
        FieldKind::Choice(choices) => {
            let typed = text.trim();
            choices
                .iter()
                .find(|c| c.id == typed || c.title.ja == typed || c.title.en == typed)
                .map(|choice| Value::Choice(choice.id.clone()))
                .ok_or_else(|| bad("choice", choices.clone()))
        }
        FieldKind::DateTime => read_moment(&text, present)
            .map(Value::Moment)
            .ok_or_else(|| bad("moment", Vec::new())),
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
