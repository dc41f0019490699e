//! A line of the chronology: what happened or was said, from whom to whom.
//!
//! The types are part of the journal's format, as those of `event` are.

use serde::{Deserialize, Serialize};

use crate::flow::NodeId;

/// The kind of a note, as hospitals' chronologies sort them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteKind {
    /// 情報
    #[default]
    Information,
    /// 指示
    Instruction,
    /// 要請
    Request,
    /// 決定
    Decision,
    /// 報告
    Report,
}

impl NoteKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Information,
        Self::Instruction,
        Self::Request,
        Self::Decision,
        Self::Report,
    ];

    /// Gives the identifier used on the command line and in the language files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Instruction => "instruction",
            Self::Request => "request",
            Self::Decision => "decision",
            Self::Report => "report",
        }
    }
}

/// A line of the chronology.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What happened or was said.
    pub text: String,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// By which means: telephone, in person …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Its kind.
    #[serde(default)]
    pub kind: NoteKind,
    /// The step or decision that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// Something is still to be done about it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}
