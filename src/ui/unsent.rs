//! What was typed and is not in the record, by the place where it was typed.
//!
//! It reads the drafts and says what they are about; the app leads to their fields.

use std::collections::BTreeMap;

use egui::Ui;

use super::cx::{Cx, Intent, Intents};
use super::desk::Desk;
use super::drafts::{Drafts, Spot, spot};
use super::icons;
use super::look::Look;
use super::widgets;
use crate::flow::NodeId;

/// How much of a text is shown.
const SIGNS: usize = 60;

/// Texts of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unsent {
    /// The key of the draft to go to.
    pub key: String,
    /// Where it was typed.
    pub place: String,
    /// What was typed, its beginning.
    pub text: String,
}

/// Gives what was typed and is not in the record, and is not on its way there by itself.
pub(super) fn unsent(cx: &Cx<'_>, desk: &Desk, drafts: &Drafts) -> Vec<Unsent> {
    let mut places: BTreeMap<String, Unsent> = BTreeMap::new();
    for (key, text) in drafts.texts() {
        let text = text.trim();
        let goes_by_itself = match spot(key) {
            Spot::View | Spot::Title | Spot::Contact(_) => true,
            Spot::Field { .. } | Spot::Cell { .. } => !drafts.is_held(key),
            Spot::Row {
                table,
                name: Some(name),
            } => desk.incident().rows(table).any(|(row, _)| row == name),
            _ => false,
        };
        if text.is_empty() || goes_by_itself || drafts.is_sending(key) {
            continue;
        }
        let place = place(cx, desk, key);
        // Several fields of one place are one.
        let known = places.entry(place.clone()).or_insert(Unsent {
            key: key.clone(),
            place,
            text: String::new(),
        });
        if key.ends_with("/text") || key.starts_with("why/") {
            known.key.clone_from(key);
        }
        if !known.text.is_empty() {
            known.text.push_str(" / ");
        }
        let line: Vec<&str> = text.split_whitespace().collect();
        known
            .text
            .push_str(&widgets::shortened(&line.join(" "), SIGNS));
    }
    places.into_values().collect()
}

/// Says where the draft of a key was typed.
fn place(cx: &Cx<'_>, desk: &Desk, key: &str) -> String {
    let (flow, telling) = (desk.flow(), cx.telling(desk));
    let node = |id: &str| telling.node(&NodeId::from(id));
    let both = |of: String, what: String| cx.with("unsent-at", &[("of", &of), ("what", &what)]);
    let table = |table: &str| {
        let found = flow.table(table);
        found.map_or_else(String::new, |table| cx.pair(&table.title).to_owned())
    };
    match spot(key) {
        Spot::Field { node: of, field } => {
            let fields = flow.node(&NodeId::from(of)).map(|node| node.fields());
            let found = fields.and_then(|all| all.iter().find(|known| known.id == field));
            let title = found.map_or("", |field| cx.pair(&field.title));
            both(node(of), title.to_owned())
        }
        Spot::Cell { table: of, row, .. } => both(table(of), row.to_owned()),
        Spot::Row { table: of, .. } => table(of),
        Spot::How { node: of, item } => {
            let item = cx.with("unsent-item", &[("item", item)]);
            both(node(of), item)
        }
        Spot::Ground { node: of } => both(node(of), cx.t("ground-title")),
        Spot::Duty(duty) => flow
            .duty(duty)
            .map_or_else(String::new, |duty| cx.pair(&duty.title).to_owned()),
        Spot::Item(number) => both(format!("#{number}"), cx.t("item-reason")),
        Spot::Correction(number) => cx.with("correct-title", &[("number", number)]),
        Spot::Note => cx.t("note-title"),
        Spot::Close => cx.t("close-title"),
        Spot::People => cx.t("command-people"),
        Spot::Plain => cx.t("plain-title"),
        Spot::Title | Spot::Contact(_) | Spot::View | Spot::Other => cx.t("unsent-elsewhere"),
    }
}

/// Draws a text that is not in the record, with a link to its field; tells whether it was taken.
pub(super) fn unsent_ui(ui: &mut Ui, cx: &Cx<'_>, unsent: &Unsent, out: &mut Intents) -> bool {
    let palette = cx.look.palette;
    let mut taken = false;
    Look::surface(palette.warn_fill).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let mark = cx.icon(icons::PENCIL, "unsent-mark");
            widgets::pill(ui, &cx.look, &mark, palette.warn, palette.warn_fill);
            cx.quiet_word(ui, &unsent.place);
        });
        cx.body(ui, &unsent.text);
        let go = cx.icon(icons::ARROW_RIGHT, "unsent-go");
        let link = widgets::link_button(ui, &cx.look, &go);
        let name = format!("{}: {}", cx.t("unsent-go"), unsent.place);
        if link.accessible_name(name).clicked() {
            out.push(Intent::GoTo(unsent.key.clone()));
            taken = true;
        }
    });
    taken
}
