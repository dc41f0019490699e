//! What the reader of RON finds wrong, by kinds that have words in every language.
//!
//! The frequent kinds are named; the rest keeps the reader's own words.

use ron::Error;

use super::problem::ProblemKind;

/// Gives the problem that an error of the reader is; `limit` is the depth that it was given.
pub(super) fn problem(error: &Error, limit: usize) -> ProblemKind {
    if *error == Error::ExceededRecursionLimit {
        return ProblemKind::TooDeep { limit };
    }
    let (fault, name, known) = fault(error);
    ProblemKind::Syntax {
        fault,
        name,
        known,
        says: error.to_string(),
    }
}

/// Gives the kind's identifier in the language files, what it is about, and what there is instead.
fn fault(error: &Error) -> (&'static str, String, String) {
    let about = |fault, name: &str| (fault, name.to_owned(), String::new());
    match error {
        Error::Eof => about("end", ""),
        Error::ExpectedArray => about("sign", "["),
        Error::ExpectedArrayEnd => about("sign", "]"),
        Error::ExpectedComma => about("sign", ","),
        Error::ExpectedMap => about("sign", "{"),
        Error::ExpectedMapColon => about("sign", ":"),
        Error::ExpectedMapEnd => about("sign", "}"),
        Error::ExpectedStructLike => about("sign", "("),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => about("sign", ")"),
        Error::ExpectedNamedStructLike(name) => about("struct", name),
        Error::ExpectedStructName(name) => about("struct", name),
        Error::ExpectedDifferentStructName { expected, .. } => about("struct", expected),
        Error::ExpectedBoolean => about("boolean", ""),
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => about("integer", ""),
        Error::IntegerOutOfBounds => about("range", ""),
        Error::ExpectedString => about("string", ""),
        Error::ExpectedStringEnd => about("string-end", ""),
        Error::ExpectedIdentifier => about("name", ""),
        Error::InvalidIdentifier(name) => about("bad-name", name),
        Error::InvalidEscape(_) => about("escape", ""),
        Error::UnclosedBlockComment => about("comment", ""),
        Error::UnexpectedChar(c) => about("char", &c.to_string()),
        Error::TrailingCharacters => about("trailing", ""),
        Error::InvalidValueForType { expected, found } => ("type", found.clone(), expected.clone()),
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => ("variant", found.clone(), expected.join(", ")),
        Error::NoSuchStructField {
            expected, found, ..
        } => ("field", found.clone(), expected.join(", ")),
        Error::MissingStructField { field, .. } => about("missing", field),
        Error::DuplicateStructField { field, .. } => about("twice", field),
        _ => about("other", ""),
    }
}
