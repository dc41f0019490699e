//! What the journal records: entries, and what happened in each.
//!
//! One command that a person gives makes one [`Entry`]: what was done ([`Event`]) and
//! everything it made of the flow's nodes ([`Effect`]). So a journal can be read, and the
//! state rebuilt, without working the flow's arcs out again.
//!
//! These types *are* the journal's format (`docs/journal-format.md`): a field may be added
//! with a default, none may be renamed or removed within a format version.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Note;
use super::duty::DutyReport;
use crate::flow::NodeId;

/// A moment with the offset of the clock that showed it.
pub type Moment = DateTime<FixedOffset>;

/// The number of an entry, from 1, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryNumber(pub u64);

impl fmt::Display for EntryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The real thing or an exercise; fixed by the first entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// 実対応
    #[default]
    Live,
    /// 訓練
    Drill,
}

impl Mode {
    /// Gives the identifier used on the command line and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Drill => "drill",
        }
    }
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub number: EntryNumber,
    /// When it was written down, by the machine's clock.
    pub recorded_at: Moment,
    /// When it happened, where that was another moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Moment>,
    /// Who wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The role in which it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What was done.
    pub event: Event,
    /// What became of the flow's nodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
}

/// Why something was done, and by whom it was decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The reason; a missing one becomes an open item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decider: Option<String>,
    /// Who was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
}

impl Ground {
    /// Tells whether both the reason and the decider are there.
    pub fn is_whole(&self) -> bool {
        self.why.is_some() && self.decider.is_some()
    }

    /// Gives a ground with a reason only.
    pub fn because(why: &str) -> Self {
        Self {
            why: Some(why.to_owned()),
            ..Self::default()
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A value that was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A text, one line or several.
    Text(String),
    /// A number as it was typed, digits and one point.
    Number(String),
    /// Yes, no or unknown.
    YesNo(Ternary),
    /// The identifier of a choice.
    Choice(String),
    /// A moment.
    Moment(Moment),
}

/// Yes, no or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ternary {
    /// はい
    Yes,
    /// いいえ
    No,
    /// 不明
    Unknown,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The incident was opened; always the first entry, and only that.
    IncidentOpened {
        /// The journal format's version.
        format: u32,
        /// The program that wrote it, with its version.
        program: String,
        /// Live or drill.
        mode: Mode,
        /// The flow's identifier.
        flow: String,
        /// The flow's version.
        flow_version: String,
        /// The SHA-256 of `flow.ron`, 64 hex digits.
        flow_sha256: String,
        /// Which door.
        door: String,
        /// A title; may come later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The site; may come later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<String>,
    },
    /// A title was given.
    Titled {
        /// The title.
        title: String,
    },
    /// The site was named.
    SiteNamed {
        /// The site.
        site: String,
    },
    /// Another person writes from now on.
    RecorderChanged {
        /// Who.
        name: String,
    },
    /// An item was ticked.
    ItemTicked {
        /// The step.
        node: NodeId,
        /// The item's number in its step, from 1.
        item: u32,
        /// How it went; unanswered calls, for example.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A tick was taken back.
    ItemUnticked {
        /// The step.
        node: NodeId,
        /// The item's number in its step, from 1.
        item: u32,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A field was filled in.
    FieldFilled {
        /// The step or decision.
        node: NodeId,
        /// The field.
        field: String,
        /// The value.
        value: Value,
    },
    /// A cell of a table's row was filled in.
    CellFilled {
        /// The table.
        table: String,
        /// The row's name.
        row: String,
        /// The column.
        column: String,
        /// The value.
        value: Value,
    },
    /// A step was completed.
    StepCompleted {
        /// The step.
        node: NodeId,
        /// The items that were not ticked, from 1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unticked: Vec<u32>,
        /// A remark.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// An answer was chosen.
    OptionChosen {
        /// The decision.
        node: NodeId,
        /// The answer.
        option: String,
        /// The answer that was in force before, when it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<String>,
        /// It was locked, and taken all the same.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        locked: bool,
        /// Why, who decided, who was told.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A step or a decision was left out.
    Skipped {
        /// The node.
        node: NodeId,
        /// Why, and who decided.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A step, or one of its items, could not be done.
    FoundImpossible {
        /// The step.
        node: NodeId,
        /// The item's number in its step, from 1; none where it is the whole step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// What was done instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<String>,
        /// Why, and who decided.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A step, or one of its items, does not apply here.
    FoundNotApplicable {
        /// The step.
        node: NodeId,
        /// The item's number in its step, from 1; none where it is the whole step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Why, and who decided.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A node was started before the flow opened it.
    StartedEarly {
        /// The node.
        node: NodeId,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A node was set aside.
    Parked {
        /// The node.
        node: NodeId,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A parked node was taken up again.
    Resumed {
        /// The node.
        node: NodeId,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A node that was no longer needed was brought back.
    BroughtBack {
        /// The node.
        node: NodeId,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A settled node was opened again.
    Reopened {
        /// The node.
        node: NodeId,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// A new fact asks a question again.
    AskedAgain {
        /// The decision.
        node: NodeId,
        /// The fact.
        fact: String,
    },
    /// A role was given to a person.
    RoleAssigned {
        /// The role.
        role: String,
        /// The person.
        name: String,
    },
    /// A deputy was named.
    DeputyAdded {
        /// The role.
        role: String,
        /// The person.
        name: String,
    },
    /// A role was handed over.
    RoleHandedOver {
        /// The role.
        role: String,
        /// From whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// To whom.
        name: String,
        /// What was told at the hand-over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A person no longer holds a role, as holder or deputy.
    RoleReleased {
        /// The role.
        role: String,
        /// The person.
        name: String,
    },
    /// A note was taken.
    NoteAdded(Note),
    /// An open item was settled.
    ItemSettled {
        /// The entry that opened it.
        of: EntryNumber,
        /// What was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A reason that was missing was given.
    ReasonGiven {
        /// The entry that lacked it.
        of: EntryNumber,
        /// For which of the things that a closing left open and that need a reason of their own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<String>,
        /// The reason, and who decided.
        ground: Ground,
    },
    /// The text or value of an entry was struck, or replaced.
    Corrected {
        /// The entry.
        of: EntryNumber,
        /// The new text; none strikes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The new value, where the entry filled in a field or a cell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// It was known, from this moment, that a duty may apply.
    DutyKnown {
        /// The duty.
        duty: String,
        /// Who knew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<String>,
        /// On which ground.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<String>,
    },
    /// A report of a duty was made.
    DutyReported(DutyReport),
    /// It was decided not to make a report of a duty.
    DutyNotReported {
        /// The duty.
        duty: String,
        /// Which of its deadlines; none where it has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<String>,
        /// Why, and who decided; without both the duty goes on.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// The incident was closed.
    IncidentClosed {
        /// Why, and who decided, for all that is not named below.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
        /// What was open, with reasons of its own where it needs them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left_open: Vec<LeftOpen>,
    },
    /// The incident was opened again after closing.
    IncidentReopened {
        /// Why.
        #[serde(default, skip_serializing_if = "Ground::is_empty")]
        ground: Ground,
    },
    /// An earlier entry was taken back: it stays in the record and counts no longer.
    Undone {
        /// The entry.
        of: EntryNumber,
    },
    /// An entry that was taken back counts again.
    Redone {
        /// The entry.
        of: EntryNumber,
    },
}

impl Event {
    /// Gives the step or decision that it is about; none where it is about none.
    pub fn node(&self) -> Option<&NodeId> {
        match self {
            Self::ItemTicked { node, .. }
            | Self::ItemUnticked { node, .. }
            | Self::FieldFilled { node, .. }
            | Self::StepCompleted { node, .. }
            | Self::OptionChosen { node, .. }
            | Self::Skipped { node, .. }
            | Self::FoundImpossible { node, .. }
            | Self::FoundNotApplicable { node, .. }
            | Self::StartedEarly { node, .. }
            | Self::Parked { node, .. }
            | Self::Resumed { node, .. }
            | Self::BroughtBack { node, .. }
            | Self::Reopened { node, .. }
            | Self::AskedAgain { node, .. } => Some(node),
            Self::NoteAdded(note) => note.node.as_ref(),
            Self::IncidentOpened { .. }
            | Self::Titled { .. }
            | Self::SiteNamed { .. }
            | Self::RecorderChanged { .. }
            | Self::CellFilled { .. }
            | Self::RoleAssigned { .. }
            | Self::DeputyAdded { .. }
            | Self::RoleHandedOver { .. }
            | Self::RoleReleased { .. }
            | Self::ItemSettled { .. }
            | Self::ReasonGiven { .. }
            | Self::Corrected { .. }
            | Self::DutyKnown { .. }
            | Self::DutyReported(_)
            | Self::DutyNotReported { .. }
            | Self::IncidentClosed { .. }
            | Self::IncidentReopened { .. }
            | Self::Undone { .. }
            | Self::Redone { .. } => None,
        }
    }
}

/// Something that was open when the incident was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOpen {
    /// A node (`4-3`), a deadline (`ppc/prompt`) or an open item (`#12`); a step with a duty
    /// also when it is settled and nothing was reported.
    pub what: String,
    /// It needs a reason and a decider of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// The reason and the decider.
    #[serde(default, skip_serializing_if = "Ground::is_empty")]
    pub ground: Ground,
}

/// What became of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The node.
    pub node: NodeId,
    /// What became of it.
    pub becomes: Became,
    /// The place of the arc in the flow file that did it, from 0; none when a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arc: Option<u32>,
}

/// What became of a node; the journal's form of [`crate::flow::Becomes`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Became {
    /// Open.
    Open,
    /// Open, by a person's hand.
    Taken,
    /// A new attempt.
    Renewed,
    /// Asked again.
    Reminded,
    /// Offered to be asked again.
    Offered,
    /// Parked by a person.
    Parked,
    /// Parked by the flow, because going on would do harm.
    ParkedByFlow,
    /// Completed.
    Done,
    /// Answered.
    Chosen(String),
    /// Left out.
    Skipped,
    /// No longer needed, by an answer of this decision.
    Withdrawn(NodeId),
    /// No longer needed, because an answer changed.
    WithdrawnByChange,
    /// What it was before it was withdrawn.
    Restored,
    /// The item (from 1) is ticked.
    Ticked(u32),
    /// The tick (from 1) is taken back.
    Unticked(u32),
    /// A person has worked on it.
    Touched,
}
