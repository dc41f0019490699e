//! The records that a flow is made of, as the file writes them and the program reads them.
//!
//! These are plain data: what each field means stands in `docs/flow-format.md`.
//! They say nothing about validity; a [`Flow`](super::Flow) holds only checked ones.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Basis, Guard};

/// The language of what a person reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Pair {
    /// Gives the text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

/// Names a step or a decision as printed: `2-6`, `D2`, `X-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub String);

impl NodeId {
    /// Gives the printed form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for NodeId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A phase of the flow (0 preparation … 4 after the event).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// The phase's number.
    pub id: u8,
    /// Its title.
    pub title: Pair,
    /// The source's introduction, verbatim.
    #[serde(default)]
    pub intro: Vec<Piece>,
}

/// A party of the flow, and a lane of its chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// For example `manager`.
    pub id: String,
    /// The field's standard term.
    pub title: Pair,
}

/// Whom to call, with the source of the number and the date of its last check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// For example `ppc`.
    pub id: String,
    /// The body.
    pub name: Pair,
    /// Its office.
    #[serde(default)]
    pub office: Option<Pair>,
    /// Telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<String>,
    /// Address of a form.
    #[serde(default)]
    pub form: Option<String>,
    /// When it answers.
    #[serde(default)]
    pub hours: Option<Pair>,
    /// What to mind.
    #[serde(default)]
    pub note: Option<Pair>,
    /// Where the data come from.
    #[serde(default)]
    pub source: Option<String>,
    /// The date of the source or of the last check.
    #[serde(default)]
    pub checked: Option<String>,
}

/// A case that a reference text describes and that a person can choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// For example `mail`.
    pub id: String,
    /// Its short name.
    pub title: Pair,
}

/// Rows that several steps fill in, one a system, a measure or an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// For example `systems`.
    pub id: String,
    /// Its title.
    pub title: Pair,
    /// What a row is named after.
    pub key: Pair,
    /// The step whose new attempt gives each unsettled row a new attempt.
    pub owner: NodeId,
    /// The columns.
    pub columns: Vec<Field>,
    /// When a row counts as settled.
    #[serde(default)]
    pub settled: Option<RowSettled>,
}

/// The column and the values that settle a row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSettled {
    /// A choice column of the table.
    pub column: String,
    /// The choices that settle the row.
    pub among: Vec<String>,
}

/// A duty to report, whose deadlines run from the moment when it became known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// For example `ppc`.
    pub id: String,
    /// Its title.
    pub title: Pair,
    /// The step at which its report is prepared; completing it reports nothing.
    pub step: NodeId,
    /// What stays open besides the step while the duty runs, although an answer changes.
    #[serde(default)]
    pub keeps: Vec<NodeId>,
    /// The grounds that a person can name.
    #[serde(default)]
    pub grounds: Vec<Named>,
    /// The deadlines in their order; none where the law gives no number.
    #[serde(default)]
    pub deadlines: Vec<Deadline>,
    /// The rule, in words.
    pub law: Pair,
    /// Where the rule was found.
    pub source: String,
    /// When it was last checked.
    pub checked: String,
}

/// A last day, counted from the moment of knowing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// For example `prompt`.
    pub id: String,
    /// Its title.
    pub title: Pair,
    /// Days after knowing.
    pub days: u16,
    /// The day that is shown first, where the law gives a span.
    #[serde(default)]
    pub early: Option<u16>,
    /// Other numbers of days for some grounds.
    #[serde(default)]
    pub per_ground: BTreeMap<String, u16>,
}

/// An identifier with a title.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The identifier.
    pub id: String,
    /// The title.
    pub title: Pair,
}

/// A way into the flow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// For example `staff`.
    pub id: String,
    /// What the person says: "Staff told me".
    pub title: Pair,
    /// What opens.
    pub opens: Vec<NodeId>,
    /// The step in hand at the start.
    pub lands: NodeId,
    /// What may already have happened.
    #[serde(default)]
    pub backfill: Vec<NodeId>,
    /// A run of its own in peacetime, not an alarm.
    #[serde(default)]
    pub peacetime: bool,
    /// Why it is there.
    pub basis: Basis,
}

/// A step of the flow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The printed number.
    pub id: NodeId,
    /// The number of its phase.
    pub phase: u8,
    /// The source's title, verbatim.
    pub title: Pair,
    /// Who acts; the first is the lane.
    pub acts: Vec<String>,
    /// Who supports.
    #[serde(default)]
    pub supports: Vec<String>,
    /// The source's text, complete and verbatim, in typed pieces.
    #[serde(default)]
    pub texts: Vec<Passage>,
    /// What to record.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Whom to call.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// Oddities of the source, with our correction.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Our advice.
    #[serde(default)]
    pub hint: Option<Pair>,
    /// Holds nothing up.
    #[serde(default)]
    pub side: bool,
    /// Why we added it, when the source has no such step.
    #[serde(default)]
    pub ours: Option<Pair>,
    /// The fact that opens it at any time.
    #[serde(default)]
    pub by_fact: Option<Pair>,
    /// Needs a reason of its own when the incident is closed without it.
    #[serde(default)]
    pub close_alone: bool,
}

impl Step {
    /// Gives the things to do, in the order of the text: what gets a box.
    pub fn items(&self) -> impl Iterator<Item = &Piece> {
        self.pieces().filter(|piece| piece.kind == PieceKind::Do)
    }

    /// Gives all pieces in the order of the text.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.texts.iter().flat_map(|passage| &passage.pieces)
    }
}

/// The part of a step's text that speaks to one role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The role.
    pub by: String,
    /// The source's heading, verbatim.
    #[serde(default)]
    pub label: Option<String>,
    /// The text.
    pub pieces: Vec<Piece>,
}

/// A piece of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// What kind of text it is.
    pub kind: PieceKind,
    /// Names a thing to do, so that arcs and ticks can refer to it.
    #[serde(default)]
    pub id: Option<String>,
    /// The source's words, verbatim (unless `ours`).
    pub ja: String,
    /// Their translation, which is ours.
    pub en: String,
    /// The reference situation that it describes.
    #[serde(default)]
    pub situation: Option<String>,
    /// Not the ministry's.
    #[serde(default)]
    pub ours: bool,
    /// The step that it is quoted from, when it stands elsewhere in the source.
    #[serde(default)]
    pub from: Option<NodeId>,
    /// The act in a few words of ours, to be read above the source's.
    #[serde(default)]
    pub short: Option<Pair>,
}

impl Piece {
    /// Gives the text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

/// What a piece of text asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PieceKind {
    /// A thing to do; gets a box.
    Do,
    /// A warning, with its condition; always in view while the step is open.
    Dont,
    /// When what follows applies.
    Condition,
    /// An example or explanation.
    Reference,
    /// What should have been done before.
    Precondition,
    /// What the supporting role does.
    Others,
}

impl PieceKind {
    /// Gives the identifier used in JSON and in the language files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Dont => "dont",
            Self::Condition => "condition",
            Self::Reference => "reference",
            Self::Precondition => "precondition",
            Self::Others => "others",
        }
    }
}

/// A piece of information to record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// For example `scope`.
    pub id: String,
    /// Its title.
    pub title: Pair,
    /// Its type.
    pub kind: FieldKind,
    /// Not named by the source.
    #[serde(default)]
    pub ours: bool,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A number, with its unit.
    Number(Pair),
    /// Yes, no or unknown.
    YesNo,
    /// One of several.
    Choice(Vec<Named>),
    /// A moment, local time with offset.
    DateTime,
    /// Rows of a table, some of its columns.
    Table(String, Vec<String>),
}

/// A remark of ours beside words of the source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What the source prints; empty when the remark is about the whole step.
    #[serde(default)]
    pub quote: String,
    /// The correction or remark.
    pub says: Pair,
}

/// A question of the flow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// `D0` … `D7`.
    pub id: NodeId,
    /// The number of its phase.
    pub phase: u8,
    /// Who decides; the first is the lane.
    pub acts: Vec<String>,
    /// The question.
    pub question: Pair,
    /// The source's words that it rests on.
    #[serde(default)]
    pub quotes: Vec<Piece>,
    /// The answers.
    pub options: Vec<Answer>,
    /// What to record.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Remarks of ours.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Our advice.
    #[serde(default)]
    pub hint: Option<Pair>,
    /// Holds nothing up.
    #[serde(default)]
    pub side: bool,
    /// The step whose ground it is; such a decision is not a node.
    #[serde(default)]
    pub ground_of: Option<NodeId>,
    /// What a changed answer does besides.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The answer whose way is gone when the decision is left out; none where leaving out has a
    /// way of its own.
    #[serde(default)]
    pub left_out_as: Option<String>,
    /// Whether the question is the text's or ours.
    pub basis: Basis,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Option")]
pub struct Answer {
    /// `yes`, `no`, `cant-tell` …
    pub id: String,
    /// What the button says.
    pub title: Pair,
    /// What is no longer needed after it.
    #[serde(default)]
    pub withdraws: Vec<NodeId>,
    /// Why.
    #[serde(default)]
    pub withdraw_reason: Option<Pair>,
    /// What must hold before it should be taken.
    #[serde(default)]
    pub lock: Option<Lock>,
    /// Its reason is asked for even where the decision holds nothing up.
    #[serde(default)]
    pub needs_reason: bool,
    /// Whether the answer is the text's or ours.
    #[serde(default)]
    pub basis: Option<Basis>,
}

/// A guard on an answer, with what unlocks it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Must hold.
    pub guard: Guard,
    /// Why it is locked and what unlocks it.
    pub why: Pair,
}

/// What a changed answer does besides the rules of every change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The old answers; none for whatever it was before, unanswered too.
    #[serde(default)]
    pub from: Vec<String>,
    /// The new answers.
    pub to: Vec<String>,
    /// Open work that would do harm now, and is parked.
    #[serde(default)]
    pub parks: Vec<NodeId>,
    /// The step until which what opens of `parks` opens parked, where another answer was in
    /// force; none where only what is open is parked.
    #[serde(default)]
    pub until: Option<NodeId>,
    /// The warning that it is parked with.
    pub warning: Pair,
    /// What becomes a new attempt.
    #[serde(default)]
    pub renews: Vec<NodeId>,
    /// Why.
    pub basis: Basis,
}
