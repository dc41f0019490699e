//! Bytes and entries: how a record is made, and what of a file is right.
//!
//! Pure: no disk, no clock. [`read`] takes the bytes of a journal and says which records are
//! right, and whether what follows is an unfinished end or damage; it repairs nothing.
//! The rules are those of `docs/journal-format.md`, sections 1 and 3, and
//! `docs/verify_journal.py` follows the same ones.
//!
//! **Invariant:** an entry is given only if its digits, its number and all before it are right.

use std::fmt;
use std::str::FromStr;

use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::incident::{Entry, Event};

/// The format that this program writes, and the latest that it reads.
pub const FORMAT: u32 = crate::incident::JOURNAL_FORMAT;

/// How many hex digits a record's hash has.
const DIGITS: usize = 64;
/// How many hex digits of a head are shown and noted at least: 128 bits.
const SHORT: usize = 32;
/// What every record's text begins with.
const BEGINS: &[u8] = b"(number: ";
/// How deep a record's text may be nested; ours is less than ten deep.
const DEPTH: usize = 64;

/// Where a journal ends: how many records, and the digits of the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of records.
    pub count: u64,
    /// The digits of the last record: 64, or at least 32 of a noted head.
    pub hash: String,
}

impl Head {
    /// Gives the form for the screen: the first 128 bits in groups of four digits.
    pub fn short(&self) -> String {
        let mut short = String::with_capacity(SHORT + SHORT / 4);
        for (place, digit) in self.hash.chars().take(SHORT).enumerate() {
            if place > 0 && place % 4 == 0 {
                short.push('-');
            }
            short.push(digit);
        }
        short
    }

    /// Tells whether a record's digits are those that were noted.
    fn fits(&self, digits: &str) -> bool {
        self.hash.len() >= SHORT && digits.starts_with(&self.hash)
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.hash)
    }
}

/// A text is not a head: a number from 1, and 32 to 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a head: expected a number and 32 to 64 hex digits")]
pub struct NotAHead;

impl FromStr for Head {
    type Err = NotAHead;

    /// Reads a head as it is printed, short or whole, with or without hyphens.
    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (count, hash) = text
            .trim()
            .split_once(char::is_whitespace)
            .ok_or(NotAHead)?;
        let hash: String = hash
            .chars()
            .filter(|c| *c != '-' && !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // Digits only: `parse` alone would take a sign.
        let count = Some(count)
            .filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|count| count.parse().ok())
            .filter(|count| *count > 0)
            .ok_or(NotAHead)?;
        let is_hash = (SHORT..=DIGITS).contains(&hash.len()) && hash.bytes().all(is_digit);
        is_hash.then_some(Self { count, hash }).ok_or(NotAHead)
    }
}

/// A record as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The bytes with the newline.
    pub(super) bytes: Vec<u8>,
    /// Its digits.
    pub(super) hash: String,
}

/// What the bytes of a journal hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The entries that are right, in order.
    pub(super) entries: Vec<Entry>,
    /// The digits of each, one after the other: a long record holds them in one piece.
    digits: String,
    /// How many bytes they take, with the last newline if it is there.
    pub(super) good_bytes: u64,
    /// What stands behind them.
    pub(super) tail: Tail,
    /// What is wrong, when it is more than an unfinished end.
    pub(super) damage: Option<Damage>,
    /// The SHA-256 of the flow that the first entry names.
    pub(super) flow_sha256: String,
}

impl Read {
    /// Gives the head of the entries that are right.
    pub(super) fn head(&self) -> Head {
        Head {
            count: self.entries.len() as u64,
            hash: self.last().to_owned(),
        }
    }

    /// Gives the digits of the last record that is right; none before the first.
    fn last(&self) -> &str {
        let begin = self.digits.len().saturating_sub(DIGITS);
        self.digits.get(begin..).unwrap_or_default()
    }

    /// Gives the digits of a right record by its number, from 1.
    pub(super) fn hash(&self, number: u64) -> Option<&str> {
        let before = usize::try_from(number.checked_sub(1)?).ok()?;
        let begin = before.checked_mul(DIGITS)?;
        self.digits.get(begin..begin.checked_add(DIGITS)?)
    }

    /// Tells whether the noted head is that of one of the records.
    pub(super) fn fits(&self, noted: &Head) -> bool {
        self.hash(noted.count).is_some_and(|hash| noted.fits(hash))
    }
}

/// What stands behind the right records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing.
    Clean,
    /// Nothing; the last record lacks its newline.
    NoNewline,
    /// Bytes that are no record, and hold none.
    Torn {
        /// Where they begin.
        at_byte: u64,
        /// How many they are.
        bytes: u64,
    },
    /// Bytes that [`Read::damage`] is about.
    Damaged,
}

/// A record is wrong although more than an unfinished end stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// The number of the first wrong record.
    pub record: u64,
    /// What is wrong.
    pub what: Fault,
}

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its digits are not those of its text.
    Changed,
    /// The line does not have the form of a record.
    NotARecord,
    /// It is missing; another stands in its place.
    Removed {
        /// The number of the one that stands there.
        stands: u64,
    },
    /// Something was put in before it.
    Inserted,
    /// Its digits are right, its text is no entry.
    NotAnEntry,
    /// Its digits are right, and it opens the incident, which only record 1 does.
    OpenedAgain,
    /// Its digits are right, its number is not the next.
    WrongNumber {
        /// The number it has.
        stands: u64,
    },
    /// The flow's text is not the one that record 1 names.
    FlowChanged,
    /// The flow's text is missing.
    FlowMissing,
    /// The flow's text cannot be read.
    FlowUnreadable,
}

impl Fault {
    /// Gives the identifier used in the language files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::NotARecord => "not-a-record",
            Self::Removed { .. } => "removed",
            Self::Inserted => "inserted",
            Self::NotAnEntry => "not-an-entry",
            Self::OpenedAgain => "opened-again",
            Self::WrongNumber { .. } => "wrong-number",
            Self::FlowChanged => "flow-changed",
            Self::FlowMissing => "flow-missing",
            Self::FlowUnreadable => "flow-unreadable",
        }
    }
}

impl Damage {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    #[expect(clippy::unused_self, reason = "every fault is asked for its key alike")]
    pub fn key(&self) -> &'static str {
        "journal-damaged"
    }

    /// Gives the arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let stands = match self.what {
            Fault::Removed { stands } | Fault::WrongNumber { stands } => stands,
            _ => self.record,
        };
        vec![
            ("record", self.record.to_string()),
            ("what", self.what.id().to_owned()),
            ("stands", stands.to_string()),
        ]
    }
}

/// The bytes are not a journal that this program can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// It is something else.
    NotAJournal,
    /// It is a journal of a later format.
    Later {
        /// The format.
        format: u32,
    },
}

/// Why an entry cannot be written; only a fault of the program could make one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unwritable(pub(super) String);

/// Makes the line of an entry that follows the record with these digits (none for the first).
///
/// The line is read back and compared: what could not be read again must not be written.
pub(super) fn write(last: &str, entry: &Entry) -> Result<Line, Unwritable> {
    let config = PrettyConfig::new().depth_limit(0);
    let text = options()
        .to_string_pretty(entry, config)
        .map_err(|error| Unwritable(error.to_string()))?;
    let is_sound = text.as_bytes().starts_with(BEGINS)
        && text.ends_with(')')
        && !text.contains('\n')
        && entry_of(text.as_bytes()).as_ref() == Some(entry);
    if !is_sound {
        return Err(Unwritable(format!(
            "entry {} does not survive being written and read",
            entry.number
        )));
    }
    let hash = chain(last, text.as_bytes());
    let bytes = format!("{hash} {text}\n").into_bytes();
    Ok(Line { bytes, hash })
}

/// Gives the SHA-256 of bytes as 64 lower-case hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    chain("", bytes)
}

/// Tells whether bytes begin with a first record of ours, as far as it alone tells.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let (line, after) = split_line(bytes);
    after.is_some() && chained(line, "").is_some_and(|text| opening(text).is_ok())
}

/// Reads the bytes of a journal.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Foreign> {
    let mut read = Read {
        entries: Vec::new(),
        digits: String::new(),
        good_bytes: 0,
        tail: Tail::Clean,
        damage: None,
        flow_sha256: String::new(),
    };
    // An editor's mark: whoever put it there may have changed more.
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(Foreign::NotAJournal);
    }
    let mut rest = bytes;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        let Some(text) = chained(line, read.last()) else {
            break;
        };
        let number = read.entries.len() as u64 + 1;
        if number == 1 {
            read.flow_sha256 = opening(text)?;
        }
        let what = match entry_of(text) {
            None => Fault::NotAnEntry,
            Some(entry) if entry.number.0 != number => Fault::WrongNumber {
                stands: entry.number.0,
            },
            Some(entry) if number > 1 && is_opening(&entry) => Fault::OpenedAgain,
            Some(entry) => {
                read.entries.push(entry);
                read.digits.push_str(digits_of(line).unwrap_or_default());
                let with_newline = rest.len() - after.unwrap_or_default().len();
                read.good_bytes += with_newline as u64;
                read.tail = if after.is_some() {
                    Tail::Clean
                } else {
                    Tail::NoNewline
                };
                rest = after.unwrap_or_default();
                continue;
            }
        };
        read.damage = Some(Damage {
            record: number,
            what,
        });
        break;
    }
    if !rest.is_empty() {
        judge(&mut read, rest);
    }
    if read.entries.is_empty() && read.damage.is_none() {
        return Err(Foreign::NotAJournal);
    }
    Ok(read)
}

/// Decides whether the wrong bytes are an unfinished end or damage.
fn judge(read: &mut Read, tail: &[u8]) {
    let number = read.entries.len() as u64 + 1;
    if read.damage.is_none() && holds_valid(tail, read.last(), number) {
        read.damage = Some(Damage {
            record: number,
            what: name_fault(tail, read.last(), number),
        });
    }
    read.tail = if read.damage.is_some() {
        Tail::Damaged
    } else {
        Tail::Torn {
            at_byte: read.good_bytes,
            bytes: tail.len() as u64,
        }
    };
}

/// Tells whether the wrong bytes hold something that no crash during an append leaves.
fn holds_valid(tail: &[u8], last: &str, number: u64) -> bool {
    let mut printed = last;
    for piece in pieces(tail) {
        if chained(piece, last).is_some()
            || chained(piece, printed).is_some()
            || whole_number(piece).is_some_and(|stands| stands > number)
        {
            return true;
        }
        if is_stamp(piece) {
            printed = digits_of(piece).unwrap_or(printed);
        }
    }
    false
}

/// Says what is wrong with the first wrong record, as far as its neighbours tell.
fn name_fault(tail: &[u8], last: &str, number: u64) -> Fault {
    let (line, after) = split_line(tail);
    let next = after.map(|after| split_line(after).0);
    let put_in = after
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
        .any(|line| chained(line, last).is_some());
    if put_in {
        return Fault::Inserted;
    }
    if !is_stamp(line) {
        return Fault::NotARecord;
    }
    match text_of(line).and_then(entry_of) {
        // The next line tells a missing record from a changed number.
        Some(entry)
            if entry.number.0 > number
                && next
                    .and_then(whole_number)
                    .is_none_or(|next| next == entry.number.0 + 1) =>
        {
            Fault::Removed {
                stands: entry.number.0,
            }
        }
        _ => Fault::Changed,
    }
}

/// Reads the first record: gives the SHA-256 of its flow, if it is one of ours.
fn opening(text: &[u8]) -> Result<String, Foreign> {
    /// As much of a first record as every format keeps.
    #[derive(Deserialize)]
    struct First {
        event: Opened,
    }
    #[derive(Deserialize)]
    enum Opened {
        IncidentOpened { format: u32 },
    }
    let first: First = options()
        .from_bytes(text)
        .map_err(|_not_ours| Foreign::NotAJournal)?;
    let Opened::IncidentOpened { format } = first.event;
    if format > FORMAT {
        return Err(Foreign::Later { format });
    }
    match entry_of(text).map(|entry| entry.event) {
        Some(Event::IncidentOpened { flow_sha256, .. }) if format == FORMAT => Ok(flow_sha256),
        _ => Err(Foreign::NotAJournal),
    }
}

fn is_opening(entry: &Entry) -> bool {
    matches!(entry.event, Event::IncidentOpened { .. })
}

/// Gives the reader and writer of records: what may be missing stands there bare.
fn options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_NEWTYPES)
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_recursion_limit(DEPTH)
}

fn entry_of(text: &[u8]) -> Option<Entry> {
    options().from_bytes(text).ok()
}

/// Gives the digits of a record: the SHA-256 over those before it and its text.
fn chain(last: &str, text: &[u8]) -> String {
    chain_digits(last, text).map(char::from).iter().collect()
}

fn chain_digits(last: &str, text: &[u8]) -> [u8; DIGITS] {
    let digest = Sha256::new()
        .chain_update(last.as_bytes())
        .chain_update(text)
        .finalize();
    let mut digits = [0; DIGITS];
    let (pairs, _none_left) = digits.as_chunks_mut::<2>();
    for (pair, byte) in pairs.iter_mut().zip(digest) {
        *pair = [byte >> 4, byte & 15].map(|half| half + if half < 10 { b'0' } else { b'a' - 10 });
    }
    digits
}

/// Gives a line's text if its digits are right over those before it.
fn chained<'a>(line: &'a [u8], last: &str) -> Option<&'a [u8]> {
    text_of(line).filter(|text| line.starts_with(&chain_digits(last, text)))
}

/// Splits off the first line; `None` behind it when it has no newline.
fn split_line(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = memchr::memchr(b'\n', bytes);
    match end.and_then(|end| bytes.split_at_checked(end)) {
        Some((line, rest)) => (line, rest.get(1..)),
        None => (bytes, None),
    }
}

/// Gives the pieces of wrong bytes: cut at each newline and before each stamp.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').flat_map(|line| {
        let mut rest = Some(line);
        std::iter::from_fn(move || {
            let piece = rest?;
            // A stamp at the very start begins this piece, not the next.
            let cut = (1..piece.len()).find(|at| piece.get(*at..).is_some_and(is_stamp));
            let (piece, after) = match cut.and_then(|at| piece.split_at_checked(at)) {
                Some((piece, after)) => (piece, Some(after)),
                None => (piece, None),
            };
            rest = after;
            Some(piece)
        })
    })
}

/// Tells whether the bytes begin like a record.
fn is_stamp(bytes: &[u8]) -> bool {
    text_of(bytes).is_some_and(|text| text.starts_with(BEGINS)) && digits_of(bytes).is_some()
}

/// Gives the number of a piece that is a whole record by its form.
fn whole_number(piece: &[u8]) -> Option<u64> {
    let text = text_of(piece).filter(|_| is_stamp(piece))?;
    let after = text.strip_prefix(BEGINS)?;
    let comma = after.iter().take(19).position(|byte| *byte == b',')?;
    let (number, after) = after.split_at_checked(comma)?;
    // A text cannot hold this: quotes in it are escaped. So a line that was pasted into a note
    // is not taken for a record when the note is torn.
    let is_whole = after.starts_with(b", recorded_at: \"")
        && after.ends_with(b")")
        && number.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(number)
        .ok()
        .filter(|_| is_whole)?
        .parse()
        .ok()
}

fn digits_of(line: &[u8]) -> Option<&str> {
    let digits = line.get(..DIGITS)?;
    let all = digits.iter().all(|byte| is_digit(*byte));
    std::str::from_utf8(digits).ok().filter(|_| all)
}

fn text_of(line: &[u8]) -> Option<&[u8]> {
    line.get(DIGITS..)?.strip_prefix(b" ")
}

fn is_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

#[cfg(test)]
mod tests;
