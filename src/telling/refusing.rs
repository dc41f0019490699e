//! Refusals in words, with each thing by the name that the reader knows it by.
//!
//! On the screen a field, a role, an answer is called by its title in the language of the words;
//! on the command line, where identifiers are typed, its identifier stands beside it.

use chrono::{Offset as _, Utc};

use super::Telling;
use crate::flow::{Field, Flow, Named, NodeId, Pair};
use crate::incident::Refusal;
use crate::words::Words;

/// Where a sentence is read: what to do instead is said in the words of that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The command line: `reopen 2-6`.
    CommandLine,
    /// The window: the names of its buttons.
    Window,
}

/// Gives the sentence of a refusal: why, and what to do instead. Titles come from the flow;
/// without one, things are called as the refusal calls them.
pub fn refusal(words: &Words, flow: Option<&Flow>, refusal: &Refusal, reader: Reader) -> String {
    let mut args = refusal.args();
    for (name, value) in &mut args {
        if *name == "what" {
            *value = words.get(&format!("what-{value}"));
        } else if *name == "expects" {
            *value = words.get(&format!("expects-{value}"));
        }
    }
    let naming = Naming { words, reader };
    // No moment is told here.
    let zone = Utc.fix();
    let flow = flow.map(|flow| Telling { words, flow, zone });
    for (name, called) in naming.names(flow, refusal) {
        if let Some((_, value)) = args.iter_mut().find(|(known, _)| *known == name) {
            *value = called;
        }
    }
    let in_window = format!("{}-window", refusal.key());
    if reader == Reader::Window && words.has(&in_window) {
        return words.with(&in_window, &args);
    }
    words.with(refusal.key(), &args)
}

/// How things are called for a reader.
#[derive(Clone, Copy)]
struct Naming<'a> {
    words: &'a Words,
    reader: Reader,
}

impl Naming<'_> {
    /// Gives the title, with the identifier beside it where identifiers are typed.
    fn call(self, title: &str, id: &str) -> String {
        if title.is_empty() || title == id {
            return id.to_owned();
        }
        match self.reader {
            Reader::Window => title.to_owned(),
            Reader::CommandLine => self
                .words
                .with("name-and-id", &[("name", title), ("id", id)]),
        }
    }

    fn pair(self, title: &Pair, id: &str) -> String {
        self.call(title.get(self.words.language()), id)
    }

    fn join(self, names: impl Iterator<Item = String>) -> String {
        let names: Vec<String> = names.collect();
        names.join(&self.words.get("list-comma"))
    }

    /// Gives what takes the place of the refusal's own identifiers.
    fn names(self, flow: Option<Telling<'_>>, refusal: &Refusal) -> Vec<(&'static str, String)> {
        if let Refusal::BadValue {
            field,
            title,
            known,
            ..
        } = refusal
        {
            let choice = |name: &Named| self.pair(&name.title, &name.id);
            return vec![
                ("field", self.pair(title, field)),
                ("known", self.join(known.iter().map(choice))),
            ];
        }
        let Some(telling) = flow else {
            return Vec::new();
        };
        let option = |node: &NodeId, option: &str| {
            ("option", self.call(&telling.option(node, option), option))
        };
        match refusal {
            Refusal::Unknown { what, known, .. } => {
                let known = known.split(", ").map(|id| self.known(telling, what, id));
                vec![("known", self.join(known))]
            }
            Refusal::NotInRole(role, ..) | Refusal::InRole(role, ..) => {
                vec![("role", self.call(&telling.role(role), role))]
            }
            Refusal::IsTable(table) => {
                let title = telling.flow.table(table).map(|table| &table.title);
                vec![(
                    "title",
                    title.map_or_else(|| table.clone(), |title| self.pair(title, table)),
                )]
            }
            // The command that is advised needs the identifiers; the window advises a button.
            Refusal::AlreadyAnswered(node, answer, _) | Refusal::SameAnswer(node, answer) => {
                vec![option(node, answer)]
            }
            Refusal::AlreadyTicked(node, item) | Refusal::NotTicked(node, item)
                if self.reader == Reader::Window =>
            {
                vec![
                    ("id", telling.node(node)),
                    ("item", telling.item(node, *item)),
                ]
            }
            Refusal::Stands(node, _)
            | Refusal::NotAStep(node)
            | Refusal::NotADecision(node)
            | Refusal::LeftOut(node, _)
                if self.reader == Reader::Window =>
            {
                vec![("id", telling.node(node))]
            }
            _ => Vec::new(),
        }
    }

    /// Gives what one of the known identifiers is called; itself where it has no title.
    fn known(self, telling: Telling<'_>, what: &str, id: &str) -> String {
        let language = self.words.language();
        let flow = telling.flow;
        let fields = || flow.nodes().flat_map(|(_, node)| node.fields());
        let columns = || flow.tables().iter().flat_map(|table| &table.columns);
        let field = |field: &Field| (field.id == id).then(|| field.title.get(language).to_owned());
        let title = match what {
            "role" => Some(telling.role(id)),
            "open" => Some(telling.left_open(id)),
            "node" => Some(telling.node(&id.into())),
            "door" => flow
                .door(id)
                .map(|door| door.title.get(language).to_owned()),
            "table" => flow
                .table(id)
                .map(|table| table.title.get(language).to_owned()),
            "duty" => flow
                .duty(id)
                .map(|duty| duty.title.get(language).to_owned()),
            "field" => fields().find_map(field),
            "column" => columns().find_map(field),
            "ground" => {
                let mut grounds = flow.duties().iter().flat_map(|duty| &duty.grounds);
                let ground = grounds.find(|ground| ground.id == id);
                ground.map(|ground| ground.title.get(language).to_owned())
            }
            _ => None,
        };
        self.call(&title.unwrap_or_default(), id)
    }
}
