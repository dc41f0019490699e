//! What is typed into the fields of a step, on its way to the record.
//!
//! A field is recorded when it is left, by whatever leads away: a press, a shortcut, another
//! step or page, a dialog, closing. What cannot be read goes into the record as it was typed, as
//! a note about the step that is an open item; it never stands in the way of the command.
//!
//! **Invariant:** what is recorded here stands before what led away.

use std::collections::BTreeMap;

use super::super::cx::Intent;
use super::super::desk::{Desk, Handed};
use super::super::drafts::{Spot, spot};
use super::super::screens::typed;
use super::super::widgets;
use super::App;
use crate::flow::{Field, FieldKind, Flow, NodeId};
use crate::incident::{Act, Filled, Ground, Note};
use crate::text::shows_nothing;

/// A field with what is recorded in it.
struct Place<'a> {
    definition: &'a Field,
    filled: Option<&'a Filled>,
    /// The step or decision that a note about it belongs to.
    node: Option<NodeId>,
    /// The row's name, where it is a cell.
    row: Option<&'a str>,
    act: Act,
}

/// What becomes of a text that was typed.
enum Becomes {
    /// It is what the record has.
    Nothing,
    /// It is recorded.
    Entry(Act),
    /// It waits where it was typed, until that is left.
    Waits,
    /// It is recorded as it was typed, with these words for the person.
    AsTyped(Act, String),
}

impl App {
    /// Records what was typed into fields that the keyboard has left; all of them, when the
    /// person goes on to something else.
    pub(super) fn record_typed(&mut self, ctx: &egui::Context, goes_on: bool) {
        self.keep_contacts(ctx, goes_on);
        if !self.desk.as_ref().is_some_and(Desk::is_running) {
            return;
        }
        let focus = ctx.memory(|memory| memory.focused());
        let keys: Vec<String> = self.drafts.texts().keys().cloned().collect();
        for key in keys {
            let is_left =
                goes_on || (focus != Some(widgets::field_id(&key)) && !self.drafts.is_held(&key));
            if !is_left || self.drafts.is_sending(&key) {
                continue;
            }
            match self.becomes(&key, goes_on) {
                None => {}
                Some(Becomes::Nothing) => self.drafts.forget(&key),
                Some(Becomes::Waits) => self.drafts.hold(&key),
                Some(Becomes::Entry(act)) => self.hand_over(act, key),
                Some(Becomes::AsTyped(act, words)) => {
                    self.hand_over(act, key);
                    self.said.push(words);
                }
            }
        }
    }

    /// Records what was typed about a step and goes with no command of its own, before the step
    /// is settled: how an item went that was not ticked, a row without a cell.
    pub(super) fn record_left_over(&mut self, node: &NodeId) {
        let Some(desk) = &self.desk else { return };
        let flow = desk.flow();
        let fields = flow.node(node).map(|node| node.fields());
        let owns = |table: &str| {
            let kinds = fields.into_iter().flatten().map(|field| &field.kind);
            let mut tables = kinds.filter_map(|kind| match kind {
                FieldKind::Table(of, _) => Some(of),
                _ => None,
            });
            tables.any(|of| of == table)
        };
        let mut notes = BTreeMap::new();
        for (key, text) in self.drafts.texts() {
            let about = match spot(key) {
                Spot::How { node: of, item } if of == node.as_str() => self.item_words(of, item),
                Spot::Row { table, name } if owns(table) && !self.has_cells(table, name) => {
                    self.table_words(table)
                }
                _ => None,
            };
            let text = text.trim();
            if let Some(about) = about.filter(|_| !text.is_empty()) {
                let args = [("about", about), ("text", text.to_owned())];
                notes.insert(key.clone(), self.words.with("typed-left-over", &args));
            }
        }
        for (key, text) in notes {
            self.hand_over(Act::Note(note(Some(node.clone()), text, false)), key);
        }
    }

    /// Records a time that cannot be read as it was typed.
    pub(super) fn record_unread_time(&mut self, act: &Act, at: &str, keys: &[String]) {
        let args = [
            ("field", self.words.get("note-at")),
            ("text", at.to_owned()),
        ];
        let text = self.words.with("typed-unread", &args);
        let key = keys.iter().find(|key| self.drafts.get(key).trim() == at);
        let key = key.cloned().unwrap_or_default();
        self.hand_over(Act::Note(note(act.node().cloned(), text, true)), key);
        self.said
            .push(self.words.with("notice-typed-unread", &args));
    }

    /// Tells whether cells of a row are in the record or on their way to it.
    fn has_cells(&self, table: &str, name: Option<&str>) -> bool {
        let Some((desk, name)) = self.desk.as_ref().zip(name) else {
            return false;
        };
        let prefix = format!("cell/{table}/{name}/");
        let mut keys = self.drafts.texts().keys();
        desk.incident().rows(table).any(|(row, _)| row == name)
            || keys.any(|key| key.starts_with(&prefix))
    }

    /// Keeps the contacts that were typed and left; they belong to the settings.
    fn keep_contacts(&mut self, ctx: &egui::Context, goes_on: bool) {
        let focus = ctx.memory(|memory| memory.focused());
        let keys = self.drafts.texts().keys();
        let left: Vec<String> = keys
            .filter(|key| matches!(spot(key), Spot::Contact(_)))
            .filter(|key| goes_on || focus != Some(widgets::field_id(key)))
            .cloned()
            .collect();
        for key in left {
            let text = self.drafts.get(&key).trim().to_owned();
            let Spot::Contact(id) = spot(&key) else {
                continue;
            };
            let mut settings = self.settings.clone();
            if text.is_empty() {
                settings.contacts.remove(id);
            } else {
                settings.contacts.insert(id.to_owned(), text);
            }
            self.drafts.forget(&key);
            if settings.contacts != self.settings.contacts {
                self.set(ctx, self.settings.change_to(&settings));
            }
        }
    }

    fn hand_over(&mut self, act: Act, key: String) {
        let now = self.now();
        let handed = Handed {
            act,
            at: None,
            keys: vec![key],
            go_on: None,
        };
        if let Some(desk) = &mut self.desk {
            desk.submit(&mut self.drafts, handed, now);
        }
    }

    /// Says what becomes of the text of a key; none where it goes with a command.
    fn becomes(&self, key: &str, goes_on: bool) -> Option<Becomes> {
        let desk = self.desk.as_ref()?;
        let text = self.drafts.get(key);
        if spot(key) == Spot::Title {
            let title = text.trim();
            let is_known = shows_nothing(title) || desk.incident().title() == Some(title);
            return Some(if is_known {
                Becomes::Nothing
            } else {
                Becomes::Entry(Act::Title(title.to_owned()))
            });
        }
        if let Spot::Row {
            table,
            name: Some(name),
        } = spot(key)
        {
            // It is in the record with its first cell.
            let mut rows = desk.incident().rows(table);
            let is_known = rows.any(|(row, _)| row == name);
            return is_known.then_some(Becomes::Nothing);
        }
        let place = self.place(key)?;
        let value = place.filled.and_then(|filled| filled.value.as_ref());
        let recorded = value
            .map(|value| typed(value, desk.incident().zone()))
            .unwrap_or_default();
        if text.trim() == recorded.trim() {
            return Some(Becomes::Nothing);
        }
        if shows_nothing(text) {
            // An emptied field strikes what was recorded: nothing is erased.
            let of = place.filled?.stamp.entry;
            return Some(Becomes::Entry(Act::Correct(of, None, Ground::default())));
        }
        if desk.can_read(place.definition, text, self.now()) {
            return Some(Becomes::Entry(place.act));
        }
        if !goes_on {
            return Some(Becomes::Waits);
        }
        let title = place.definition.title.get(self.words.language());
        let field = match place.row {
            Some(row) => {
                let args = [("row", row), ("field", title)];
                self.words.with("typed-cell", &args)
            }
            None => title.to_owned(),
        };
        let args = [("field", field), ("text", text.trim().to_owned())];
        let words = self.words.with("notice-typed-unread", &args);
        let text = self.words.with("typed-unread", &args);
        let note = note(place.node, text, true);
        Some(Becomes::AsTyped(Act::Note(note), words))
    }

    /// Gives the field of a key; none where it is none or the flow does not have it.
    fn place<'a>(&'a self, key: &'a str) -> Option<Place<'a>> {
        let desk = self.desk.as_ref()?;
        let (flow, incident): (&Flow, _) = (desk.flow(), desk.incident());
        let text = || self.drafts.get(key).to_owned();
        match spot(key) {
            Spot::Field { node, field } => {
                let id = NodeId::from(node);
                let fields = flow.node(&id)?.fields();
                let attempt = incident.attempt(&id);
                Some(Place {
                    definition: fields.iter().find(|known| known.id == field)?,
                    filled: attempt.and_then(|attempt| attempt.fields.get(field)),
                    act: Act::Fill(id.clone(), field.to_owned(), text()),
                    node: Some(id),
                    row: None,
                })
            }
            Spot::Cell { table, row, column } => {
                let definition = flow.table(table)?;
                let mut columns = definition.columns.iter();
                let mut rows = incident.rows(table);
                let cells = rows.find(|(name, _)| *name == row);
                let cells = cells.and_then(|(_, row)| row.current());
                let names = [table, row, column].map(str::to_owned);
                let [of, name, id] = names;
                Some(Place {
                    definition: columns.find(|known| known.id == column)?,
                    filled: cells.and_then(|cells| cells.get(column)),
                    act: Act::Cell(of, name, id, text()),
                    node: Some(definition.owner.clone()),
                    row: Some(row),
                })
            }
            _ => None,
        }
    }

    /// Gives the words of a step's item.
    pub(super) fn item_words(&self, node: &str, item: &str) -> Option<String> {
        let step = self.desk.as_ref()?.flow().step(&NodeId::from(node))?;
        let at: usize = item.parse().ok()?;
        let piece = step.items().nth(at.checked_sub(1)?)?;
        Some(piece.get(self.words.language()).to_owned())
    }

    /// Gives the title of a table.
    pub(super) fn table_words(&self, table: &str) -> Option<String> {
        let table = self.desk.as_ref()?.flow().table(table)?;
        Some(table.title.get(self.words.language()).to_owned())
    }
}

/// Tells whether an intent leads away from the field that is typed into.
pub(super) fn leads_away(intent: &Intent) -> bool {
    use super::super::command::UiCommand as Command;
    !matches!(
        intent,
        Intent::Run(
            Command::LargerText
                | Command::SmallerText
                | Command::SwitchLanguage
                | Command::SwitchTheme
        ) | Intent::Set(_)
            | Intent::MarkMirror(_)
            | Intent::Copy(_)
            | Intent::Dismiss(_)
            | Intent::Retry
            | Intent::Stay
            | Intent::GoTo(_)
    )
}

fn note(node: Option<NodeId>, text: String, open: bool) -> Note {
    Note {
        text,
        node,
        open,
        ..Note::default()
    }
}
