//! What the command line writes for people: every such line goes through here.
//!
//! Texts of a journal, a flow or an argument come from anyone. Shown as they are, they could
//! move the cursor, turn the reading direction or begin a line that looks like an entry.
//!
//! **Invariant:** a line that is written stays one line, and holds no control character and no
//! mark that changes the direction of reading.

use std::io::{self, Write as _};

use super::Context;
use crate::words::{self, Words};

impl Context<'_> {
    /// Writes one line of results.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", visible(line))
    }

    /// Writes one line on standard error.
    pub(super) fn warn(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.err, "{}", visible(line))
    }

    /// Writes on standard error what is wrong, and below it what to do next.
    pub(super) fn warn_of(&mut self, told: &Told) -> io::Result<()> {
        self.warn(&told.sentence)?;
        self.hint(&told.hint)
    }

    /// Writes on standard error what to do next, if anything.
    pub(super) fn hint(&mut self, hint: &str) -> io::Result<()> {
        if hint.is_empty() {
            return Ok(());
        }
        self.warn(&format!("  {hint}"))
    }
}

/// What is wrong, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) sentence: String,
    /// Empty where the sentence says it.
    pub(super) hint: String,
}

impl Told {
    /// Gives the sentence of a key and its hint.
    pub(super) fn of(words: &Words, key: &str, args: &[(&'static str, String)]) -> Self {
        Self {
            sentence: words.with(key, args),
            hint: words.with(&format!("{key}-hint"), args),
        }
    }

    /// Adds to the hint that the plain log works all the same.
    pub(super) fn or_plain_log(self, words: &Words) -> Self {
        let hint = words.with("cli-or-plain-log", &[("hint", self.hint)]);
        Self { hint, ..self }
    }
}

/// Shows control characters and direction marks instead of sending them: `␤`, `\u{202e}`.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('␤'),
            '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            '\x7f' => shown.push('␡'),
            _ if words::is_control(c) => shown.extend(c.escape_unicode()),
            _ => shown.push(c),
        }
    }
    shown
}

/// Prints how long the first frame took.
pub fn tell_startup(millis: f64) -> super::Exit {
    let mut out = io::stdout().lock();
    match writeln!(out, "{millis:.1}").and_then(|()| out.flush()) {
        Ok(()) => super::Exit::Well,
        Err(_) => super::Exit::CannotRun,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_marks_are_shown_and_all_else_is_left() {
        assert_eq!(
            visible("a\n\r\t\0\u{1b}[31m\u{7f}\u{9b}\u{85}"),
            "a␤␍␉␀␛[31m␡\\u{9b}\\u{85}"
        );
        let marks = "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}\u{2028}\u{2029}";
        assert!(visible(marks).is_ascii());
        let plain = "𠮷野 👩\u{200d}⚕️ e\u{301} ␤ \\n　。";
        assert_eq!(visible(plain), plain);
    }
}
