//! What can be wrong with a flow file: problems as values.
//!
//! A problem has a place, a key into the language files and its arguments; the words
//! themselves are not here.

use super::place::Place;
use super::{NodeId, Pair};

/// A move of a witness, with the flow's own texts: an unsound flow is not there to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// The door that was taken.
    Door {
        /// For example `saw`.
        id: String,
        /// What the person says.
        title: Pair,
    },
    /// The step that was completed.
    Done {
        /// The step.
        id: NodeId,
        /// Its title.
        title: Pair,
    },
    /// The answer that was chosen.
    Chosen {
        /// The decision.
        id: NodeId,
        /// What it asks.
        question: Pair,
        /// The answer.
        option: String,
        /// The answer's title.
        title: Pair,
    },
}

/// A fault of a flow file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The shortest way there, where the fault shows only while the flow runs.
    pub witness: Vec<Move>,
}

impl Problem {
    pub(super) fn new(place: Place, kind: ProblemKind) -> Self {
        Self {
            line: place.line,
            column: place.column,
            kind,
            witness: Vec::new(),
        }
    }
}

/// What is wrong with a flow file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file is larger than is read.
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The file is of a format that this program does not know yet.
    LaterFormat {
        /// The file's.
        format: u32,
        /// The latest known.
        known: u32,
    },
    /// The text is not RON of the expected shape.
    Syntax {
        /// What kind of fault it is.
        fault: &'static str,
        /// What it is about; may be empty.
        name: String,
        /// What there is instead; may be empty.
        known: String,
        /// The reader's words.
        says: String,
    },
    /// The text is nested deeper than is read.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// An identifier stands twice.
    Duplicate {
        /// `node`, `role` …
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// An identifier names nothing.
    Unknown {
        /// `node`, `role` …
        what: &'static str,
        /// The identifier.
        id: String,
        /// The most similar known one.
        near: Option<String>,
    },
    /// A text is empty in a language.
    Empty {
        /// What it is the text of.
        of: String,
    },
    /// A list that needs something in it has nothing.
    Missing {
        /// `doors`, `ends`, `options` …
        what: &'static str,
        /// Of what.
        of: String,
    },
    /// A quote stands nowhere in the flow's texts.
    NotQuoted {
        /// The quote.
        quote: String,
    },
    /// A step has more than 64 things to do.
    TooManyItems {
        /// The step.
        id: String,
    },
    /// A side node would hold up the main line.
    SideHoldsUp {
        /// The side node.
        side: String,
        /// What would wait.
        waits: String,
    },
    /// A loop leads to where nothing leads back to it.
    LoopAstray {
        /// The target.
        target: String,
    },
    /// A changed answer would take itself back.
    RenewsItself {
        /// The decision.
        id: String,
    },
    /// A node can never open.
    Unreachable {
        /// The node.
        id: String,
    },
    /// An end can never be reached.
    UnreachableEnd {
        /// The end.
        id: String,
    },
    /// From some state no end can be reached.
    DeadEnd {
        /// The nodes that are open there.
        open: String,
    },
    /// A join waits for something that can never come.
    JoinWaits {
        /// What the join would open.
        opens: String,
        /// What it waits for.
        waits: String,
    },
    /// An answer can never be unlocked.
    LockedForever {
        /// The decision.
        decision: String,
        /// The answer.
        option: String,
    },
    /// An arc's guard never holds.
    NeverFires {
        /// What the arc would open.
        opens: String,
    },
    /// The flow has more states than are searched.
    TooManyStates {
        /// The limit.
        limit: usize,
    },
    /// Proving the flow takes more work than is allowed.
    TooMuchWork {
        /// The limit.
        limit: usize,
    },
    /// There are more of something than a flow may have.
    TooMany {
        /// `nodes`, `arcs` …
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
}

impl ProblemKind {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "problem-too-large",
            Self::LaterFormat { .. } => "problem-later-format",
            Self::Syntax { .. } => "problem-syntax",
            Self::TooDeep { .. } => "problem-too-deep",
            Self::Duplicate { .. } => "problem-duplicate",
            Self::Unknown { near: None, .. } => "problem-unknown",
            Self::Unknown { .. } => "problem-unknown-near",
            Self::Empty { .. } => "problem-empty",
            Self::Missing { .. } => "problem-missing",
            Self::NotQuoted { .. } => "problem-not-quoted",
            Self::TooManyItems { .. } => "problem-too-many-items",
            Self::SideHoldsUp { .. } => "problem-side-holds-up",
            Self::LoopAstray { .. } => "problem-loop-astray",
            Self::RenewsItself { .. } => "problem-renews-itself",
            Self::Unreachable { .. } => "problem-unreachable",
            Self::UnreachableEnd { .. } => "problem-unreachable-end",
            Self::DeadEnd { .. } => "problem-dead-end",
            Self::JoinWaits { .. } => "problem-join-waits",
            Self::LockedForever { .. } => "problem-locked-forever",
            Self::NeverFires { .. } => "problem-never-fires",
            Self::TooManyStates { .. } => "problem-too-many-states",
            Self::TooMuchWork { .. } => "problem-too-much-work",
            Self::TooMany { .. } => "problem-too-many",
        }
    }

    /// Gives the arguments of the sentence and its hint.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::LaterFormat { format, known } => {
                vec![("format", format.to_string()), ("known", known.to_string())]
            }
            Self::Syntax {
                fault,
                name,
                known,
                says,
            } => vec![
                ("fault", (*fault).to_owned()),
                ("name", name.clone()),
                ("known", known.clone()),
                ("says", says.clone()),
            ],
            Self::Duplicate { what, id } => {
                vec![("what", (*what).to_owned()), ("id", id.clone())]
            }
            Self::Unknown { what, id, near } => vec![
                ("what", (*what).to_owned()),
                ("id", id.clone()),
                ("near", near.clone().unwrap_or_default()),
            ],
            Self::Empty { of } => vec![("of", of.clone())],
            Self::Missing { what, of } => vec![("what", (*what).to_owned()), ("of", of.clone())],
            Self::NotQuoted { quote } => vec![("quote", quote.clone())],
            Self::TooManyItems { id }
            | Self::RenewsItself { id }
            | Self::Unreachable { id }
            | Self::UnreachableEnd { id } => {
                vec![("id", id.clone())]
            }
            Self::LoopAstray { target } => vec![("target", target.clone())],
            Self::SideHoldsUp { side, waits } => {
                vec![("side", side.clone()), ("waits", waits.clone())]
            }
            Self::DeadEnd { open } => vec![("open", open.clone())],
            Self::JoinWaits { opens, waits } => {
                vec![("opens", opens.clone()), ("waits", waits.clone())]
            }
            Self::LockedForever { decision, option } => {
                vec![("decision", decision.clone()), ("option", option.clone())]
            }
            Self::NeverFires { opens } => vec![("opens", opens.clone())],
            Self::TooManyStates { limit }
            | Self::TooMuchWork { limit }
            | Self::TooDeep { limit } => {
                vec![("limit", limit.to_string())]
            }
            Self::TooMany { what, count, limit } => vec![
                ("what", (*what).to_owned()),
                ("count", count.to_string()),
                ("limit", limit.to_string()),
            ],
        }
    }
}

/// Gives the most similar name, when one is similar enough to be a slip of the hand.
pub(crate) fn nearest<'b>(id: &str, known: impl Iterator<Item = &'b str>) -> Option<String> {
    known
        .filter(|name| name.len().abs_diff(id.len()) <= SLIP * 4)
        .map(|name| (distance(id, name), name))
        .filter(|(far, _)| *far <= SLIP)
        .min()
        .map(|(_, name)| name.to_owned())
}

/// How many letters a slip of the hand changes at most.
const SLIP: usize = 2;

/// Counts the insertions, deletions and replacements between two short words; of words that
/// are far apart it says only that they are.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut next = vec![i + 1];
        for (cb, pair) in b.iter().zip(row.windows(2)) {
            let (diagonal, above) = match pair {
                [diagonal, above] => (*diagonal, *above),
                _ => continue,
            };
            let left = next.last().copied().unwrap_or(0);
            let replace = diagonal + usize::from(ca != *cb);
            next.push(replace.min(above + 1).min(left + 1));
        }
        row = next;
        if row.iter().all(|far| *far > SLIP) {
            return SLIP + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_a_slip_of_the_hand() {
        let known = ["2-6", "manager", "executives"];
        assert_eq!(
            nearest("manger", known.into_iter()),
            Some("manager".to_owned())
        );
        assert_eq!(nearest("something", known.into_iter()), None);
    }
}
