//! Text that was typed and is not in the record: by a key that says where it was typed.
//!
//! Every field of the window types into this one map, so that nothing typed is lost by
//! changing screens, by a call that interrupts, or by a crash: the app keeps the map beside
//! the journal. It knows nothing of what the texts mean.

use std::collections::BTreeMap;

use crate::flow::NodeId;
use crate::incident::Ground;
use crate::text::shows_nothing;

/// Unsent texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Drafts {
    texts: BTreeMap<String, String>,
    sending: BTreeMap<String, String>,
    /// What is not to be recorded by itself: it came back, was refused or cannot be read.
    held: BTreeMap<String, String>,
}

/// Where a draft was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot<'k> {
    /// A field of a step or a decision.
    Field {
        /// The node.
        node: &'k str,
        /// The field.
        field: &'k str,
    },
    /// A cell of a table.
    Cell {
        /// The table.
        table: &'k str,
        /// The row's name.
        row: &'k str,
        /// The column.
        column: &'k str,
    },
    /// The name of a row: being typed, or of a row that has no cell yet.
    Row {
        /// The table.
        table: &'k str,
        /// The name of one that stands there.
        name: Option<&'k str>,
    },
    /// How an item went.
    How {
        /// The step.
        node: &'k str,
        /// The item's number.
        item: &'k str,
    },
    /// Reason, decider, who was told or when, of what is said of a node.
    Ground {
        /// The node.
        node: &'k str,
    },
    /// What belongs to a duty.
    Duty(&'k str),
    /// The incident's title.
    Title,
    /// What settles the open item of this entry.
    Item(&'k str),
    /// The words in the place of an entry's.
    Correction(&'k str),
    /// The quick note.
    Note,
    /// The dialog that closes the incident.
    Close,
    /// A contact that only the hospital knows; it belongs to the settings.
    Contact(&'k str),
    /// The page of roles.
    People,
    /// The plain log.
    Plain,
    /// No text of a person's.
    View,
    /// Elsewhere.
    Other,
}

/// Gives where the draft of a key was typed.
pub(super) fn spot(key: &str) -> Spot<'_> {
    let (kind, rest) = key.split_once('/').unwrap_or((key, ""));
    let first = rest.split_once('/').map_or(rest, |(first, _)| first);
    match (kind, rest.split_once('/')) {
        ("field", Some((node, field))) => Spot::Field { node, field },
        ("cell", Some((table, of))) => match of.rsplit_once('/') {
            Some((row, column)) => Spot::Cell { table, row, column },
            None => Spot::Other,
        },
        ("row", Some((table, name))) => {
            let name = Some(name);
            Spot::Row { table, name }
        }
        ("newrow", _) => Spot::Row {
            table: rest,
            name: None,
        },
        ("how", Some((node, item))) => Spot::How { node, item },
        ("why" | "by" | "told" | "at", _) => Spot::Ground { node: rest },
        ("knew", _) => Spot::Duty(first),
        ("title", _) => Spot::Title,
        ("item", _) => Spot::Item(first),
        ("correct", _) => Spot::Correction(first),
        ("note", _) if ["kind", "open"].contains(&rest) => Spot::View,
        ("note", _) => Spot::Note,
        ("close", _) => Spot::Close,
        ("role" | "recorder" | "site", _) => Spot::People,
        ("contact", _) => Spot::Contact(rest),
        ("plain", _) => Spot::Plain,
        (ACTING | LOOKING, _) => Spot::View,
        _ => Spot::Other,
    }
}

/// The key of the reason for a node.
pub(super) fn why(node: &NodeId) -> String {
    format!("why/{node}")
}

/// The key of who decided about a node.
pub(super) fn decider(node: &NodeId) -> String {
    format!("by/{node}")
}

/// The key of who was told about a node.
pub(super) fn told(node: &NodeId) -> String {
    format!("told/{node}")
}

/// The key of the role that the recorder acts in, where it is not worked out.
pub(super) const ACTING: &str = "acting";

/// The key of the step that was in hand.
pub(super) const LOOKING: &str = "looking";

const AT: &str = "at/";

/// The key of when what is said of a node happened.
pub(super) fn happened(node: &NodeId) -> String {
    format!("{AT}{node}")
}

/// The keys of a node's reason, decider, who was told and when it happened.
pub(super) fn ground_keys(node: &NodeId) -> Vec<String> {
    vec![why(node), decider(node), told(node), happened(node)]
}

impl Drafts {
    /// Takes drafts that were kept.
    pub(super) fn from_texts(texts: BTreeMap<String, String>) -> Self {
        Self {
            held: texts.clone(),
            texts,
            sending: BTreeMap::new(),
        }
    }

    /// Tells whether this very text is not to be recorded before its place is left.
    pub(super) fn is_held(&self, key: &str) -> bool {
        self.texts.contains_key(key) && self.held.get(key) == self.texts.get(key)
    }

    /// Notes that the text is not to be recorded before its place is left or it is changed.
    pub(super) fn hold(&mut self, key: &str) {
        if let Some(text) = self.texts.get(key) {
            self.held.insert(key.to_owned(), text.clone());
        }
    }

    /// Gives what is to be kept.
    pub(super) fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Gives a draft; empty when there is none.
    pub(super) fn get(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// Gives a draft with something in it.
    pub(super) fn filled(&self, key: &str) -> Option<String> {
        let text = self.get(key).trim();
        (!shows_nothing(text)).then(|| text.to_owned())
    }

    /// Puts a draft in its place; an empty one is forgotten.
    pub(super) fn set(&mut self, key: &str, text: String) {
        if text.is_empty() {
            self.texts.remove(key);
        } else {
            self.texts.insert(key.to_owned(), text);
        }
    }

    /// Puts a draft in its place, even an empty one that is typed over something recorded.
    pub(super) fn put(&mut self, key: &str, text: String) {
        self.texts.insert(key.to_owned(), text);
    }

    /// Lets a draft be edited; what is left empty is forgotten.
    pub(super) fn edit<R>(&mut self, key: &str, edit: impl FnOnce(&mut String) -> R) -> R {
        let mut text = self.texts.remove(key).unwrap_or_default();
        let result = edit(&mut text);
        self.set(key, text);
        result
    }

    /// Tells whether there is a draft, even an empty one being typed over a recorded value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// Forgets a draft.
    pub(super) fn forget(&mut self, key: &str) {
        self.texts.remove(key);
        self.sending.remove(key);
        self.held.remove(key);
    }

    /// Tells whether this very text is on its way to the record.
    pub(super) fn is_sending(&self, key: &str) -> bool {
        self.texts.contains_key(key) && self.sending.get(key) == self.texts.get(key)
    }

    /// Notes that the drafts are on their way.
    pub(super) fn send(&mut self, keys: &[String]) {
        for key in keys {
            if let Some(text) = self.texts.get(key) {
                self.sending.insert(key.clone(), text.clone());
            }
        }
    }

    /// Forgets drafts that are in the record, unless they were changed since.
    pub(super) fn sent(&mut self, keys: &[String]) {
        for key in keys {
            if self.is_sending(key) {
                self.texts.remove(key);
                self.held.remove(key);
            }
            self.sending.remove(key);
        }
    }

    /// Notes that the drafts stay: they were not taken.
    pub(super) fn keep(&mut self, keys: &[String]) {
        for key in keys {
            self.sending.remove(key);
            self.hold(key);
        }
    }

    /// Gives when it happened, as typed under one of the keys that go with a command.
    pub(super) fn happened_at(&self, keys: &[String]) -> Option<String> {
        keys.iter()
            .filter(|key| key.starts_with(AT))
            .find_map(|key| self.filled(key))
    }

    /// Gives reason, decider and who was told, as typed for a node.
    pub(super) fn ground(&self, node: &NodeId) -> Ground {
        Ground {
            why: self.filled(&why(node)),
            decider: self.filled(&decider(node)),
            told: self.filled(&told(node)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_forgotten_once_recorded_unless_it_was_changed_since() {
        let mut drafts = Drafts::default();
        let keys = vec!["a".to_owned(), "b".to_owned()];
        drafts.set("a", "one".to_owned());
        drafts.set("b", "two".to_owned());
        drafts.send(&keys);
        drafts.set("b", "two and more".to_owned());
        drafts.sent(&keys);
        assert_eq!(drafts.get("a"), "");
        assert_eq!(drafts.get("b"), "two and more");
    }

    #[test]
    fn a_refused_draft_stays() {
        let mut drafts = Drafts::default();
        let keys = vec!["a".to_owned()];
        drafts.set("a", "one".to_owned());
        drafts.send(&keys);
        drafts.keep(&keys);
        assert_eq!(drafts.get("a"), "one");
        assert!(!drafts.is_sending("a"));
    }

    #[test]
    fn a_draft_that_came_back_or_was_refused_waits_until_it_is_changed_or_left() {
        let texts = [("a".to_owned(), "one".to_owned())].into();
        let mut drafts = Drafts::from_texts(texts);
        assert!(drafts.is_held("a"), "it came back");
        drafts.set("a", "one more".to_owned());
        assert!(!drafts.is_held("a"), "it is typed anew");
        drafts.keep(&["a".to_owned()]);
        assert!(drafts.is_held("a"), "it was refused");
    }

    #[test]
    fn a_key_says_where_its_text_was_typed() {
        for (key, is) in [
            (
                "field/1-4/facts",
                Spot::Field {
                    node: "1-4",
                    field: "facts",
                },
            ),
            (
                "cell/servers/A/B 1/cut",
                Spot::Cell {
                    table: "servers",
                    row: "A/B 1",
                    column: "cut",
                },
            ),
            (
                "row/servers/A/B",
                Spot::Row {
                    table: "servers",
                    name: Some("A/B"),
                },
            ),
            (
                "newrow/servers",
                Spot::Row {
                    table: "servers",
                    name: None,
                },
            ),
            (
                "how/1-4/2",
                Spot::How {
                    node: "1-4",
                    item: "2",
                },
            ),
            ("why/D1", Spot::Ground { node: "D1" }),
            ("knew/ppc/at", Spot::Duty("ppc")),
            ("item/12/x", Spot::Item("12")),
            ("correct/7/text", Spot::Correction("7")),
            ("note/text", Spot::Note),
            ("note/kind", Spot::View),
            ("close//why", Spot::Close),
            ("role/r/name", Spot::People),
            ("site", Spot::People),
            ("title", Spot::Title),
            (LOOKING, Spot::View),
            ("something", Spot::Other),
        ] {
            assert_eq!(spot(key), is, "{key}");
        }
    }
}
