//! Where in a RON text each value stands, so that a problem can name line and column.
//!
//! The reader of RON gives positions only for what does not parse. This scanner walks a
//! text that did parse and remembers where every value begins; it judges nothing, and a
//! text that it misunderstands costs a column, never an error.

use std::cell::OnceCell;

/// A line and a column in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// One step of the way from the root of a text to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Field(&'static str),
    Index(usize),
}

impl From<&'static str> for Segment {
    fn from(name: &'static str) -> Self {
        Self::Field(name)
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The places of a text's values; the text is scanned when the first is asked for.
#[derive(Debug, Clone)]
pub(super) struct Places<'a> {
    text: &'a str,
    root: OnceCell<Part>,
}

/// A value's place and its parts.
#[derive(Debug, Clone)]
struct Part {
    place: Place,
    parts: Vec<(Option<Box<str>>, Self)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            root: OnceCell::new(),
        }
    }

    /// Gives the place of the value at the end of a way, or of the nearest value around it.
    pub(super) fn find(&self, way: &[Segment]) -> Place {
        let mut here = self.root.get_or_init(|| {
            let mut scanner = Scanner {
                rest: self.text.chars().peekable(),
                place: Place { line: 1, column: 1 },
            };
            scanner.skip_attributes();
            scanner.value(0)
        });
        for segment in way {
            let part = match segment {
                Segment::Field(name) => here
                    .parts
                    .iter()
                    .find(|(part, _)| part.as_deref() == Some(name))
                    .map(|(_, part)| part),
                Segment::Index(index) => here.parts.get(*index).map(|(_, part)| part),
            };
            match part {
                Some(part) => here = part,
                None => break,
            }
        }
        here.place
    }
}

const DEPTH_LIMIT: usize = 128;

struct Scanner<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    place: Place,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.place.line += 1;
            self.place.column = 1;
        } else {
            self.place.column += 1;
        }
        Some(c)
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn skip_blank(&mut self) {
        while let Some(c) = self.peek() {
            if c.is_whitespace() || c == '\u{feff}' || c == ',' {
                self.next();
            } else if c == '/' {
                self.next();
                self.skip_comment();
            } else {
                break;
            }
        }
    }

    fn skip_comment(&mut self) {
        match self.next() {
            Some('/') => while self.next().is_some_and(|c| c != '\n') {},
            Some('*') => {
                let mut depth = 1;
                let mut last = ' ';
                while depth > 0
                    && let Some(c) = self.next()
                {
                    match (last, c) {
                        ('*', '/') => {
                            depth -= 1;
                            last = ' ';
                        }
                        ('/', '*') => {
                            depth += 1;
                            last = ' ';
                        }
                        _ => last = c,
                    }
                }
            }
            _ => {}
        }
    }

    fn skip_attributes(&mut self) {
        loop {
            self.skip_blank();
            if self.peek() != Some('#') {
                return;
            }
            while self.next().is_some_and(|c| c != ']') {}
        }
    }

    /// Reads a value; the scanner then stands behind it.
    fn value(&mut self, depth: usize) -> Part {
        self.skip_blank();
        let mut places = Part {
            place: self.place,
            parts: Vec::new(),
        };
        match self.peek() {
            Some('"') => self.string(),
            Some('\'') => {
                self.next();
                if self.next() == Some('\\') {
                    self.next();
                }
                while self.next().is_some_and(|c| c != '\'') {}
            }
            Some('(') => self.parts(')', depth, &mut places),
            Some('[') => self.parts(']', depth, &mut places),
            Some('{') => self.parts('}', depth, &mut places),
            Some(_) => {
                let word = self.word();
                if matches!(word.as_str(), "r" | "br" | "b")
                    && matches!(self.peek(), Some('"' | '#'))
                {
                    self.raw_string();
                } else {
                    self.skip_blank_before_group();
                    if self.peek() == Some('(') {
                        self.parts(')', depth, &mut places);
                    }
                }
            }
            None => {}
        }
        places
    }

    fn skip_blank_before_group(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    fn parts(&mut self, close: char, depth: usize, places: &mut Part) {
        self.next();
        loop {
            self.skip_blank();
            match self.peek() {
                Some(c) if c == close => {
                    self.next();
                    return;
                }
                None | Some(')' | ']' | '}') => return,
                Some(_) if depth >= DEPTH_LIMIT => {
                    self.next();
                }
                Some(_) => {
                    let part = self.part(depth);
                    places.parts.push(part);
                }
            }
        }
    }

    /// Reads `name: value`, `key: value` or a bare value.
    fn part(&mut self, depth: usize) -> (Option<Box<str>>, Part) {
        let before = self.place;
        let mut name = String::new();
        if self.peek().is_some_and(|c| c.is_alphabetic() || c == '_') {
            let mut ahead = self.rest.clone();
            while let Some(c) = ahead.next_if(|c| c.is_alphanumeric() || *c == '_') {
                name.push(c);
            }
            while ahead.next_if(|c| c.is_whitespace()).is_some() {}
            if ahead.next() == Some(':') {
                while self.next().is_some_and(|c| c != ':') {}
                let value = self.value(depth + 1);
                return (Some(name.into()), value);
            }
        }
        let value = self.value(depth + 1);
        self.skip_blank();
        if self.peek() == Some(':') {
            self.next();
            let value = self.value(depth + 1);
            return (None, value);
        }
        if self.place == before {
            // Nothing was read; step over what is not understood.
            self.next();
        }
        (None, value)
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || "()[]{},:\"'#/".contains(c) {
                break;
            }
            word.push(c);
            self.next();
        }
        word
    }

    fn string(&mut self) {
        self.next();
        while let Some(c) = self.next() {
            match c {
                '\\' => {
                    self.next();
                }
                '"' => return,
                _ => {}
            }
        }
    }

    fn raw_string(&mut self) {
        let mut marks = 0;
        while self.peek() == Some('#') {
            marks += 1;
            self.next();
        }
        if marks == 0 {
            self.string();
            return;
        }
        self.next();
        while let Some(c) = self.next() {
            if c != '"' {
                continue;
            }
            let mut seen = 0;
            while seen < marks && self.peek() == Some('#') {
                seen += 1;
                self.next();
            }
            if seen == marks {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, way: &[Segment]) -> (usize, usize) {
        let place = Places::of(text).find(way);
        (place.line, place.column)
    }

    #[test]
    fn values_are_found_behind_comments_and_strings() {
        let text = "#![enable(implicit_some)]\n// a (\nFlow(\n  a: \"x ) \\\" y\", /* [ /* { */ */\n  list: [Done(\"2-6\"), (id: r#\"q\")\"#, z: 5)],\n)";
        assert_eq!(find(text, &["a".into()]), (4, 6));
        assert_eq!(find(text, &["list".into(), 0.into(), 0.into()]), (5, 15));
        assert_eq!(find(text, &["list".into(), 1.into(), "z".into()]), (5, 41));
    }

    #[test]
    fn a_way_that_leads_nowhere_gives_the_nearest_value() {
        assert_eq!(find("(a: (b: 1))", &["a".into(), "q".into()]), (1, 5));
    }

    #[test]
    fn rubbish_does_not_hang_or_panic() {
        for text in [
            "", "(", "((((", "\"", "r#\"", "{:", "(a:", "'", "/*", ")]}", "#![", "🙂(,",
        ] {
            let _place = Places::of(text).find(&[]);
        }
    }
}
