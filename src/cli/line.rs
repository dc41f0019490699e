//! One line of `incident do` as a command: the words of the screen, in one table.
//!
//! A line is split into words as a shell would (quotes, no variables), then matched against
//! [`WORDS`]; what follows `--why`, `--by`, `--told`, `--at`, `--from` … is an option.
//! Nothing is decided here; the engine decides.

use std::collections::BTreeMap;

use crate::flow::NodeId;
use crate::incident::{
    Act, Command, EntryNumber, Ground, Note, NoteKind, Present, narrow, read_moment,
};

/// A word of `incident do`, with its form for help and errors.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What follows it.
    pub form: &'static str,
}

const fn word(word: &'static str, form: &'static str) -> Word {
    Word { word, form }
}

/// All words, in the order in which they are listed.
pub const WORDS: [Word; 34] = [
    word("done", "STEP [--why …] [--by …]"),
    word("choose", "DECISION OPTION [--why …] [--by …] [--told …]"),
    word("change", "DECISION OPTION [--why …] [--by …] [--told …]"),
    word("tick", "STEP ITEM [TEXT]"),
    word("untick", "STEP ITEM [--why …]"),
    word("field", "STEP|DECISION FIELD VALUE"),
    word("row", "TABLE ROW COLUMN VALUE"),
    word("skip", "STEP|DECISION [--why …] [--by …]"),
    word(
        "impossible",
        "STEP [ITEM] [WHAT WAS DONE INSTEAD] [--why …] [--by …]",
    ),
    word("not-applicable", "STEP [ITEM] [--why …] [--by …]"),
    word("start", "STEP|DECISION [--why …] [--by …]"),
    word("park", "STEP|DECISION [--why …] [--by …]"),
    word("resume", "STEP|DECISION [--why …] [--by …]"),
    word("bring-back", "STEP|DECISION [--why …] [--by …]"),
    word("reopen", "STEP|DECISION|incident [--why …] [--by …]"),
    word("ask-again", "DECISION FACT"),
    word(
        "note",
        "TEXT [--from …] [--to …] [--means …] [--kind information|instruction|request|decision|report] [--about STEP] [--open]",
    ),
    word("knew", "DUTY [--who …] [--ground …]"),
    word("report", "DUTY|DUTY/DEADLINE [--to …] [--by …] [--ref …]"),
    word("not-report", "DUTY|DUTY/DEADLINE [--why …] [--by …]"),
    word("assign", "ROLE NAME"),
    word("deputy", "ROLE NAME"),
    word("handover", "ROLE NAME [TEXT]"),
    word("release", "ROLE NAME"),
    word("correct", "ENTRY TEXT [--why …]"),
    word("strike", "ENTRY [--why …]"),
    word(
        "reason",
        "ENTRY TEXT [--for STEP|DUTY/DEADLINE] [--by …] [--told …]",
    ),
    word("settle", "ENTRY [TEXT]"),
    word("undo", "[ENTRY]"),
    word("redo", ""),
    word("title", "TEXT"),
    word("site", "TEXT"),
    word("recorder", "NAME"),
    word(
        "close",
        "[--why …] [--by …] [--for STEP|DUTY/DEADLINE --why … --by …]…",
    ),
];

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// A quote is not closed.
    Quote,
    /// The first word is none of ours.
    UnknownWord(String),
    /// Something is missing; the word and its form.
    Missing(String, &'static str),
    /// There is too much; the word and the first part too much.
    Extra(String, String),
    /// The word has no such option; the word, the option and the word's form.
    NoOption(String, String, &'static str),
    /// Nothing stands behind an option.
    NoValue(String),
    /// There is no such kind of note.
    Kind(String),
    /// What should be a number is none; the text, the word and its form.
    NotANumber(String, String, &'static str),
    /// A moment cannot be read.
    Moment(String),
}

impl LineFault {
    /// Gives the key of the sentence in the language files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Quote => "cli-word-quote",
            Self::UnknownWord(_) => "cli-word-unknown",
            Self::Missing(..) => "cli-word-missing",
            Self::Extra(..) => "cli-word-extra",
            Self::NoOption(..) => "cli-word-no-option",
            Self::NoValue(_) => "cli-word-no-value",
            Self::Kind(_) => "cli-word-kind",
            Self::NotANumber(..) => "cli-word-not-a-number",
            Self::Moment(_) => "cli-word-moment",
        }
    }

    /// Gives the arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Quote => Vec::new(),
            Self::UnknownWord(word) => {
                let known: Vec<&str> = WORDS.iter().map(|word| word.word).collect();
                vec![("word", word.clone()), ("known", known.join(" "))]
            }
            Self::Missing(word, form) => {
                vec![("word", word.clone()), ("what", (*form).to_owned())]
            }
            Self::Extra(word, extra) => vec![("word", word.clone()), ("what", extra.clone())],
            Self::NoOption(word, option, form) => vec![
                ("word", word.clone()),
                ("option", option.clone()),
                ("form", (*form).to_owned()),
            ],
            Self::NoValue(option) => vec![("option", option.clone())],
            Self::Kind(text) => {
                let known = NoteKind::ALL.map(NoteKind::id).join(", ");
                vec![("text", text.clone()), ("known", known)]
            }
            Self::NotANumber(text, word, form) => vec![
                ("text", text.clone()),
                ("word", word.clone()),
                ("form", (*form).to_owned()),
            ],
            Self::Moment(text) => vec![("text", text.clone())],
        }
    }
}

/// The parts of a line: what stands by itself, and what belongs to an option.
struct Parts {
    word: Word,
    plain: std::vec::IntoIter<Piece>,
    options: BTreeMap<&'static str, String>,
    /// Reasons of their own, for `close`.
    alone: BTreeMap<String, Ground>,
}

const OPTIONS: [&str; 14] = [
    "why", "by", "told", "at", "as", "from", "to", "means", "kind", "about", "open", "who",
    "ground", "ref",
];

/// Reads a line; an empty one and one that begins with `#` give nothing.
pub fn read(line: &str, present: impl Into<Present>) -> Result<Option<Command>, LineFault> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let mut parts = split(Words(line.chars().peekable()))?;
    let happened_at = match parts.options.remove("at") {
        Some(text) => Some(read_moment(&text, present).ok_or(LineFault::Moment(text))?),
        None => None,
    };
    let role = parts.options.remove("as").map(|role| narrow(&role));
    let act = act(&mut parts)?;
    if let Some(extra) = parts.plain.next() {
        return Err(LineFault::Extra(parts.word.word.to_owned(), extra.text));
    }
    if let Some((name, _)) = parts.options.first_key_value() {
        return Err(parts.no_option(name));
    }
    Ok(Some(Command {
        act,
        happened_at,
        role,
    }))
}

/// A word of a line, with the blanks before it; one with quotes is never an option.
struct Piece {
    before: String,
    text: String,
    is_quoted: bool,
}

impl Piece {
    /// Gives the name of the option that it is, full-width where that is one of ours.
    fn option(&self) -> Option<String> {
        if self.is_quoted {
            return None;
        }
        let narrow = narrow(&self.text);
        let name = narrow.strip_prefix("--")?;
        let is_known = name == "for" || OPTIONS.contains(&name);
        (is_known || self.text.starts_with("--")).then(|| name.to_owned())
    }
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{3000}'
}

/// Cuts a line at blanks, ideographic ones too. Single quotes hold everything, double quotes everything but `\\` and
/// `\"`; a sign that begins a remark elsewhere, such as `#`, is a sign like any other here.
struct Words<'a>(std::iter::Peekable<std::str::Chars<'a>>);

impl Words<'_> {
    /// Gives the next word; none at the end.
    fn next(&mut self) -> Result<Option<Piece>, LineFault> {
        let Self(chars) = self;
        let mut before = String::new();
        while let Some(blank) = chars.next_if(|c| is_blank(*c)) {
            before.push(blank);
        }
        if chars.peek().is_none() {
            return Ok(None);
        }
        let mut piece = Piece {
            before,
            text: String::new(),
            is_quoted: false,
        };
        while let Some(c) = chars.next_if(|c| !is_blank(*c)) {
            match c {
                '\'' | '"' => {
                    piece.is_quoted = true;
                    quoted(c, chars, &mut piece.text)?;
                }
                _ => piece.text.push(c),
            }
        }
        Ok(Some(piece))
    }
}

/// How many words are kept apart; what follows can only be the rest of a text, or too much.
const APART: usize = 6;

/// Adds a word, so that a line of a million words is not a million texts.
fn push(plain: &mut Vec<Piece>, piece: Piece) {
    let is_full = plain.len() >= APART;
    match plain.last_mut() {
        Some(last) if is_full => {
            last.text.push_str(&piece.before);
            last.text.push_str(&piece.text);
        }
        _ => plain.push(piece),
    }
}

fn quoted(
    quote: char,
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    into: &mut String,
) -> Result<(), LineFault> {
    while let Some(c) = chars.next() {
        if c == quote {
            return Ok(());
        }
        let escaped = (c == '\\' && quote == '"')
            .then(|| chars.next_if(|next| matches!(next, '"' | '\\')))
            .flatten();
        into.push(escaped.unwrap_or(c));
    }
    Err(LineFault::Quote)
}

fn split(mut words: Words<'_>) -> Result<Parts, LineFault> {
    let first = words.next()?.map(|piece| narrow(&piece.text));
    let first = first.unwrap_or_default();
    let word = WORDS
        .into_iter()
        .find(|word| word.word == first)
        .ok_or_else(|| LineFault::UnknownWord(first.clone()))?;
    let mut parts = Parts {
        word,
        plain: Vec::new().into_iter(),
        options: BTreeMap::new(),
        alone: BTreeMap::new(),
    };
    let mut plain = Vec::new();
    let mut current: Option<String> = None;
    while let Some(next) = words.next()? {
        match next.option().as_deref() {
            Some("") => {
                while let Some(next) = words.next()? {
                    push(&mut plain, next);
                }
            }
            Some("open") => parts.option("open", String::new(), &mut current)?,
            Some(name) => {
                let missing = || LineFault::NoValue(format!("--{name}"));
                let value = words.next()?.ok_or_else(missing)?;
                if value.option().is_some_and(|next| !next.is_empty()) {
                    return Err(missing());
                }
                parts.option(name, value.text, &mut current)?;
            }
            None => push(&mut plain, next),
        }
    }
    parts.plain = plain.into_iter();
    Ok(parts)
}

impl Parts {
    /// Takes an option; `--for` begins the reasons of one thing that a closing leaves open.
    fn option(
        &mut self,
        name: &str,
        value: String,
        current: &mut Option<String>,
    ) -> Result<(), LineFault> {
        let extra = || LineFault::Extra(self.word.word.to_owned(), format!("--{name}"));
        if name == "for" && matches!(self.word.word, "close" | "reason") {
            // Nodes are typed in haste; deadlines are words.
            let mut of = narrow(&value);
            if !of.contains('/') {
                of.make_ascii_uppercase();
            }
            if self.word.word == "reason" {
                let twice = self.options.insert("for", of).is_some();
                return if twice { Err(extra()) } else { Ok(()) };
            }
            self.alone.entry(of.clone()).or_default();
            *current = Some(of);
            return Ok(());
        }
        if let (Some(of), "why" | "by" | "told") = (&current, name) {
            let ground = self.alone.entry(of.clone()).or_default();
            let place = match name {
                "why" => &mut ground.why,
                "by" => &mut ground.decider,
                _ => &mut ground.told,
            };
            let twice = place.replace(value).is_some();
            return if twice { Err(extra()) } else { Ok(()) };
        }
        let known = OPTIONS.iter().find(|known| **known == name);
        let known = *known.ok_or_else(|| self.no_option(name))?;
        let twice = self.options.insert(known, value).is_some();
        if twice { Err(extra()) } else { Ok(()) }
    }

    fn not_a_number(&self, text: String) -> LineFault {
        LineFault::NotANumber(text, self.word.word.to_owned(), self.word.form)
    }

    fn no_option(&self, name: &str) -> LineFault {
        let word = self.word.word.to_owned();
        LineFault::NoOption(word, format!("--{name}"), self.word.form)
    }

    fn need(&mut self) -> Result<String, LineFault> {
        let missing = LineFault::Missing(self.word.word.to_owned(), self.word.form);
        self.plain.next().map(|piece| piece.text).ok_or(missing)
    }

    /// Takes an identifier or a number, which may be typed in full width.
    fn id(&mut self) -> Result<String, LineFault> {
        Ok(narrow(&self.need()?))
    }

    fn node(&mut self) -> Result<NodeId, LineFault> {
        // Numbers are typed in haste: d2 is D2.
        Ok(NodeId(self.id()?.to_ascii_uppercase()))
    }

    fn entry(&mut self) -> Result<EntryNumber, LineFault> {
        let text = self.id()?;
        let digits = text.strip_prefix('#').unwrap_or(&text);
        match digits.parse() {
            Ok(number) => Ok(EntryNumber(number)),
            Err(_none) => Err(self.not_a_number(text)),
        }
    }

    fn item(&mut self) -> Result<u32, LineFault> {
        let text = self.id()?;
        match text.parse() {
            Ok(number) => Ok(number),
            Err(_none) => Err(self.not_a_number(text)),
        }
    }

    /// Takes an item's number where one comes next; one in quotes begins a text.
    fn item_if_any(&mut self) -> Option<u32> {
        let next = self.plain.as_slice().first()?;
        let number = narrow(&next.text).parse().ok()?;
        if next.is_quoted {
            return None;
        }
        self.plain.next();
        Some(number)
    }

    /// Takes all that is left as one text, with the blanks as they were typed.
    fn text(&mut self) -> Option<String> {
        let mut text = self.plain.next()?.text;
        for piece in self.plain.by_ref() {
            text.push_str(&piece.before);
            text.push_str(&piece.text);
        }
        Some(text)
    }

    fn need_text(&mut self) -> Result<String, LineFault> {
        let missing = LineFault::Missing(self.word.word.to_owned(), self.word.form);
        self.text().ok_or(missing)
    }

    fn ground(&mut self) -> Ground {
        Ground {
            why: self.options.remove("why"),
            decider: self.options.remove("by"),
            told: self.options.remove("told"),
        }
    }

    fn note(&mut self) -> Result<Note, LineFault> {
        let kind = match self.options.remove("kind") {
            Some(id) => NoteKind::ALL
                .into_iter()
                .find(|kind| kind.id() == narrow(&id))
                .ok_or(LineFault::Kind(id))?,
            None => NoteKind::default(),
        };
        Ok(Note {
            from: self.options.remove("from"),
            to: self.options.remove("to"),
            means: self.options.remove("means"),
            kind,
            node: self
                .options
                .remove("about")
                .map(|id| NodeId(narrow(&id).to_ascii_uppercase())),
            open: self.options.remove("open").is_some(),
            text: self.need_text()?,
        })
    }
}

fn act(parts: &mut Parts) -> Result<Act, LineFault> {
    Ok(match parts.word.word {
        "done" => Act::Complete(parts.node()?, parts.ground()),
        "choose" => Act::Choose(parts.node()?, parts.id()?, parts.ground()),
        "change" => Act::Change(parts.node()?, parts.id()?, parts.ground()),
        "tick" => {
            let (node, item) = (parts.node()?, parts.item()?);
            let how = parts.text().or_else(|| parts.options.remove("why"));
            Act::Tick(node, item, how)
        }
        "untick" => Act::Untick(parts.node()?, parts.item()?, parts.ground()),
        "field" => Act::Fill(parts.node()?, parts.id()?, parts.need_text()?),
        "row" => Act::Cell(parts.id()?, parts.need()?, parts.id()?, parts.need_text()?),
        "skip" => Act::Skip(parts.node()?, parts.ground()),
        "impossible" => {
            let (node, item) = (parts.node()?, parts.item_if_any());
            Act::Impossible(node, item, parts.text(), parts.ground())
        }
        "not-applicable" => {
            let (node, item) = (parts.node()?, parts.item_if_any());
            let mut ground = parts.ground();
            if let Some(text) = parts.text() {
                ground.why.get_or_insert(text);
            }
            Act::NotApplicable(node, item, ground)
        }
        "report" => {
            let name = parts.id()?;
            let mut option = |name: &str| parts.options.remove(name);
            let (to, by) = (option("to"), option("by"));
            Act::Report(name, to, by, option("ref"))
        }
        "not-report" => Act::NotReport(parts.id()?, parts.ground()),
        "start" => Act::Start(parts.node()?, parts.ground()),
        "park" => Act::Park(parts.node()?, parts.ground()),
        "resume" => Act::Resume(parts.node()?, parts.ground()),
        "bring-back" => Act::BringBack(parts.node()?, parts.ground()),
        "reopen" => match parts.node()? {
            NodeId(id) if id == "INCIDENT" => Act::ReopenIncident(parts.ground()),
            node => Act::Reopen(node, parts.ground()),
        },
        "ask-again" => {
            let node = parts.node()?;
            let fact = parts.text().or_else(|| parts.options.remove("why"));
            let missing = LineFault::Missing(parts.word.word.to_owned(), parts.word.form);
            Act::AskAgain(node, fact.ok_or(missing)?)
        }
        "note" => Act::Note(parts.note()?),
        "knew" => {
            let duty = parts.id()?;
            let who = parts
                .options
                .remove("who")
                .or_else(|| parts.options.remove("by"));
            Act::Know(
                duty,
                who,
                parts.options.remove("ground").map(|id| narrow(&id)),
            )
        }
        "assign" => Act::Assign(parts.id()?, parts.need_text()?),
        "deputy" => Act::Deputy(parts.id()?, parts.need_text()?),
        "handover" => Act::HandOver(parts.id()?, parts.need()?, parts.text()),
        "release" => Act::Release(parts.id()?, parts.need_text()?),
        "correct" => Act::Correct(parts.entry()?, Some(parts.need_text()?), parts.ground()),
        "strike" => Act::Correct(parts.entry()?, None, parts.ground()),
        "reason" => {
            let entry = parts.entry()?;
            let why = parts.text().or_else(|| parts.options.remove("why"));
            Act::Reason(
                entry,
                parts.options.remove("for"),
                Ground {
                    why,
                    ..parts.ground()
                },
            )
        }
        "undo" if parts.plain.as_slice().is_empty() => Act::Undo(None),
        "undo" => Act::Undo(Some(parts.entry()?)),
        "redo" => Act::Redo,
        "settle" => Act::Settle(parts.entry()?, parts.text()),
        "title" => Act::Title(parts.need_text()?),
        "site" => Act::Site(parts.need_text()?),
        "recorder" => Act::Recorder(parts.need_text()?),
        "close" => {
            let mut ground = parts.ground();
            if let Some(text) = parts.text() {
                ground.why.get_or_insert(text);
            }
            Act::Close(ground, std::mem::take(&mut parts.alone))
        }
        other => return Err(LineFault::UnknownWord(other.to_owned())),
    })
}

#[cfg(test)]
mod tests;
