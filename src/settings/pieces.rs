//! Where the parts of a settings file stand in its text, also in one that does not parse.
//!
//! So that a change replaces its own part only, and one wrong sign spoils one part only. It does
//! not know what a part means.

use std::ops::Range;

/// A part: its name, and where its value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The name.
    pub name: String,
    /// The bytes of its value.
    pub value: Range<usize>,
}

/// The parts of a text, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pieces {
    /// Behind the opening parenthesis.
    pub inside: usize,
    /// The parts.
    pub list: Vec<Piece>,
}

/// Finds the parts of a text; none where it does not even open.
///
/// For a text that does not parse, `names` are those that begin a part at the beginning of a line
/// wherever the reader believes to be, and no text runs over the end of its line. For one that
/// does, there are none.
pub(super) fn find(text: &str, names: Option<&[&str]>) -> Option<Pieces> {
    let mut scanner = Scanner { text, at: 0, names };
    scanner.open()?;
    let inside = scanner.at;
    let mut list = Vec::new();
    while let Some(name) = scanner.name() {
        let value = scanner.value();
        list.push(Piece { name, value });
    }
    Some(Pieces { inside, list })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    names: Option<&'a [&'a str]>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) {
        self.at += self.next().map_or(0, char::len_utf8);
    }

    /// Goes behind blanks and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.comment();
            } else if rest.starts_with(|c: char| c.is_whitespace() || c == '\u{feff}') {
                self.step();
            } else {
                return;
            }
        }
    }

    /// Goes behind a comment, which may hold others.
    fn comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(rest) = Some(self.rest()).filter(|rest| !rest.is_empty()) {
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth = depth.saturating_sub(1);
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.step();
            }
        }
    }

    /// Goes behind the opening parenthesis, past extensions and a name.
    fn open(&mut self) -> Option<()> {
        self.blanks();
        while self.rest().starts_with('#') {
            self.at += self.rest().find(']')? + 1;
            self.blanks();
        }
        self.word();
        self.blanks();
        (self.next() == Some('(')).then(|| self.step())
    }

    fn word(&mut self) -> String {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let word: String = self.rest().chars().take_while(|c| is_part(*c)).collect();
        self.at += word.len();
        word
    }

    /// Gives the name of the next part and goes to its value; what is no part is passed over.
    fn name(&mut self) -> Option<String> {
        loop {
            self.blanks();
            match self.next()? {
                ')' if self.names.is_none() => return None,
                ',' | ')' => {
                    self.step();
                    continue;
                }
                _ => {}
            }
            let word = self.word();
            self.blanks();
            if !word.is_empty() && self.next() == Some(':') {
                self.step();
                self.blanks();
                return Some(word);
            }
            if word.is_empty() {
                self.step();
            }
        }
    }

    /// Goes behind a value and gives where it stands.
    fn value(&mut self) -> Range<usize> {
        let start = self.at;
        let mut end = start;
        let mut depth = 0_usize;
        loop {
            let before = self.at;
            self.blanks();
            let is_new_line = self.text.get(before..self.at);
            if is_new_line.is_some_and(|blanks| blanks.contains('\n')) && self.begins_part() {
                return start..end;
            }
            let Some(sign) = self.next() else {
                return start..end;
            };
            match sign {
                ',' | ')' | ']' | '}' if depth == 0 => return start..end,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                '"' => {
                    if !self.quoted() {
                        return start..self.at;
                    }
                    end = self.at;
                    continue;
                }
                'r' if self.raw() => {
                    end = self.at;
                    continue;
                }
                '\'' if self.sign() => {
                    end = self.at;
                    continue;
                }
                _ => {}
            }
            self.step();
            end = self.at;
        }
    }

    /// Tells whether one of the names begins a part here.
    fn begins_part(&self) -> bool {
        let rest = self.rest();
        self.names.unwrap_or_default().iter().any(|name| {
            let behind = rest.strip_prefix(name).map(str::trim_start);
            behind.is_some_and(|behind| behind.starts_with(':'))
        })
    }

    /// Goes behind a text in quotation marks; false where it is cut off by the end of the line.
    fn quoted(&mut self) -> bool {
        self.step();
        while let Some(sign) = self.next() {
            if sign == '\n' && self.names.is_some() {
                return false;
            }
            self.step();
            match sign {
                '"' => return true,
                '\\' if !(self.names.is_some() && self.rest().starts_with(['\r', '\n'])) => {
                    self.step();
                }
                _ => {}
            }
        }
        false
    }

    /// Goes behind a raw text, if one begins here.
    fn raw(&mut self) -> bool {
        let behind = self.rest().strip_prefix('r').unwrap_or_default();
        let marks = behind.chars().take_while(|c| *c == '#').count();
        let Some(inner) = behind.get(marks..).and_then(|of| of.strip_prefix('"')) else {
            return false;
        };
        let close = format!("\"{}", "#".repeat(marks));
        let length = inner
            .find(&close)
            .map_or(inner.len(), |at| at + close.len());
        self.at += 1 + marks + 1 + length;
        true
    }

    /// Goes behind a sign in single quotation marks, if one stands here.
    fn sign(&mut self) -> bool {
        let mut signs = self.rest().chars().skip(1);
        let first = signs.next();
        let second = if first == Some('\\') {
            signs.next()
        } else {
            None
        };
        let length = 1 + first.map_or(0, char::len_utf8) + second.map_or(0, char::len_utf8);
        if signs.next() != Some('\'') {
            return false;
        }
        self.at += length + 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, names: Option<&[&str]>) -> Vec<(String, String)> {
        let pieces = find(text, names).map(|of| of.list).unwrap_or_default();
        let value = |of: &Piece| text.get(of.value.clone()).unwrap().to_owned();
        pieces
            .iter()
            .map(|of| (of.name.clone(), value(of)))
            .collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn parts_are_found_past_comments_texts_and_nested_values() {
        let text = "\u{feff}#![enable(implicit_some)]\n// (a: 1)\nSettings ( /* b: /* 2 */ */\n \
             c: \"), d: (\", // e: 3\n f : [(g: 1, h: ')'), 'i'] /* j */ , k: r#\"\"), l: \"#, \
             m: {\"n\": '\\'', }, )";
        assert_eq!(
            found(text, None),
            [
                pair("c", "\"), d: (\""),
                pair("f", "[(g: 1, h: ')'), 'i']"),
                pair("k", "r#\"\"), l: \"#"),
                pair("m", "{\"n\": '\\'', }"),
            ]
        );
        assert_eq!(found("", None), []);
        assert_eq!(found("((((", None), []);
        assert_eq!(found("()", None), []);
    }

    #[test]
    fn a_wrong_sign_spoils_the_part_that_it_stands_in() {
        let names: &[&str] = &["mirror", "people", "site"];
        for wrong in [
            "Some(\"E:\\stick\")",
            "Some(\"E:\\\")",
            "Some(\"E:\\",
            "Some(\"E:",
            "[[[(",
        ] {
            let text = format!("(\n  people: [\"a\"],\n  mirror: {wrong},\n  site: \"b\",\n)");
            let found = found(&text, Some(names));
            assert_eq!(found.len(), 3, "{text}: {found:?}");
            assert_eq!(found[0], pair("people", "[\"a\"]"), "{text}");
            assert_eq!(found[1].0, "mirror", "{text}");
            assert_eq!(found[2], pair("site", "\"b\""), "{text}");
        }
        let line = "(people: [\"a\"], mirror: Some(\"E:\\stick\"), site: \"b\")";
        assert_eq!(found(line, Some(names)).len(), 3);
    }
}
