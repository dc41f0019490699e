//! The whole record, クロノロジー: all entries in their order, with a filter.
//!
//! What a pass does does not grow with the record: the rows are looked up by number, and only
//! those in view are made and drawn.

use egui::{Frame, Margin, Ui, pos2, vec2};

use super::log_row_ui;
use crate::incident::{Entry, EntryNumber, narrow};
use crate::telling;
use crate::text::folded_for_search;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::listing::{Change, Listing, Wanted};
use crate::ui::log_rows;
use crate::ui::look::Face;
use crate::ui::top::is_low;
use crate::ui::widgets::{self, Lines, LongList, Paragraph};

/// How many entries are searched for words in a pass.
const SEARCHED: usize = 500;

/// How many entries are put into words for copying in a pass.
const COPIED: usize = 500;

/// A row's height before it was drawn, in points at 100 %: a head and two lines of text.
const ROW: f32 = 102.0;

/// The record's view state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chronology {
    filter: String,
    by_time: bool,
    listing: Listing,
    /// The listing that takes its place once it is whole.
    coming: Option<Listing>,
    list: LongList,
    /// The entry that was asked for by its number.
    sought: Option<EntryNumber>,
    copying: Option<Copying>,
}

/// The rows that were shown when copying was asked for, and the text of those done.
#[derive(Debug, Clone)]
struct Copying {
    rows: Vec<EntryNumber>,
    done: usize,
    text: String,
}

impl Chronology {
    /// Gives the field with the words by which entries are chosen.
    pub(crate) fn filter_id() -> egui::Id {
        egui::Id::unique("filter-entries")
    }

    /// Draws the record.
    pub(crate) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
        let frame = Frame::new()
            .fill(cx.look.palette.background.into())
            .inner_margin(Margin::symmetric(20, 12));
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            // Where the window is low the room is for the rows.
            let low = is_low(ui.ctx(), &cx.look);
            if !low {
                let (title, ink) = (cx.t("chronology-title"), cx.look.palette.ink);
                ui.add(Paragraph::new(&cx.look, &title, Face::Subtitle, ink));
            }
            let name = cx.t("chronology-filter");
            let hint = cx.t("chronology-filter-hint");
            let id = Self::filter_id();
            widgets::edit(
                ui,
                &cx.look,
                id,
                &mut self.filter,
                (&name, &hint),
                Lines::One,
            );
            self.keep_up(ui, cx, desk);
            self.head_ui(ui, cx, desk, low, out);
            self.rows_ui(ui, cx, desk, out);
        });
    }

    /// Brings the listing up to the filter and the record.
    fn keep_up(&mut self, ui: &Ui, cx: &Cx<'_>, desk: &Desk) {
        let incident = desk.incident();
        let telling = cx.telling(desk);
        let has_words = |entry: &Entry, words: &[String]| {
            log_rows::has_words(telling, desk, cx.now, entry, words)
        };
        let held = self.list.held().and_then(|row| self.number(desk, row));
        let change = self.listing.go_on(incident, usize::MAX, has_words);
        let sought = number_sought(&self.filter);
        let text = folded_for_search(&self.filter);
        let words = text.split_whitespace().filter(|_| sought.is_none());
        let wanted = Wanted {
            words: words.map(str::to_owned).collect(),
            by_time: self.by_time,
            told: Some((cx.language(), cx.now.date_naive())),
        };
        let mut is_new = false;
        if *self.listing.wanted() == wanted {
            self.coming = None;
        } else {
            let same = |coming: &Listing| *coming.wanted() == wanted;
            let mut coming = match self.coming.take().filter(same) {
                Some(coming) => coming,
                None => Listing::new(wanted, incident),
            };
            coming.go_on(incident, SEARCHED, has_words);
            if coming.is_whole(incident) {
                self.listing = coming;
                is_new = true;
            } else {
                self.coming = Some(coming);
                ui.ctx().request_repaint();
            }
        }
        if is_new || change == Change::Moved {
            let row = held.and_then(|held| self.listing.row_of(held));
            self.list.rows_changed(row);
        }
        if self.sought != sought && self.coming.is_none() {
            self.sought = sought;
            if let Some(row) = sought.and_then(|number| self.listing.row_of(number)) {
                self.list.go_to(row);
            }
        }
    }

    /// Draws what stands above the rows: how many there are, their order, the head.
    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, low: bool, out: &mut Intents) {
        let all = desk.incident().entries().len();
        let (key, count) = match &self.coming {
            Some(coming) => ("chronology-searching", coming.seen()),
            None => ("chronology-count", self.listing.rows().len()),
        };
        if !low || count != all {
            let args = [("count", count), ("all", all)].map(|(name, n)| (name, n.to_string()));
            cx.quiet(ui, &cx.words.with(key, &args));
        }
        ui.horizontal_wrapped(|ui| {
            for (by_time, key) in [
                (false, "chronology-by-number"),
                (true, "chronology-by-time"),
            ] {
                let chosen = self.by_time == by_time;
                if widgets::choice_button(ui, &cx.look, chosen, &cx.t(key)).clicked() {
                    self.by_time = by_time;
                    ui.ctx().request_repaint();
                }
            }
            self.copy_ui(ui, cx, desk, out);
        });
        let head = desk.session().head().short();
        let zone = telling::zone(desk.incident().zone());
        let zone = cx.with("zone-named", &[("zone", &zone)]);
        let head = cx.with("health-head", &[("head", &head)]);
        cx.quiet(ui, &format!("{zone}  {head}"));
    }

    /// Copies what is shown as text, in parts, so that the window goes on.
    fn copy_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
        let Some(mut copying) = self.copying.take() else {
            let copy = cx.icon(icons::COPY, "chronology-copy");
            let rows = self.listing.rows();
            if widgets::plain_button(ui, &cx.look, &copy, !rows.is_empty()).clicked() {
                self.copying = Some(Copying {
                    rows: rows.to_vec(),
                    done: 0,
                    text: telling::table_head(cx.telling(desk)),
                });
                ui.ctx().request_repaint();
            }
            return;
        };
        let stop = cx.icon(icons::CIRCLE_STOP, "chronology-copy-stop");
        if widgets::plain_button(ui, &cx.look, &stop, true).clicked() {
            return;
        }
        for number in copying.rows.iter().skip(copying.done).take(COPIED) {
            let Some(entry) = desk.incident().entry(*number) else {
                continue;
            };
            let row = telling::table_row(cx.telling(desk), desk.incident(), entry);
            copying.text.push_str(&row);
        }
        copying.done = (copying.done + COPIED).min(copying.rows.len());
        if copying.done == copying.rows.len() {
            out.push(Intent::Copy(copying.text));
            return;
        }
        let (count, all) = (copying.done.to_string(), copying.rows.len().to_string());
        let args = [("count", count.as_str()), ("all", all.as_str())];
        cx.quiet_word(ui, &cx.with("chronology-copying", &args));
        self.copying = Some(copying);
        ui.ctx().request_repaint();
    }

    /// Gives the entry of a row.
    fn number(&self, desk: &Desk, row: usize) -> Option<EntryNumber> {
        let rows = self.listing.rows();
        let pending = || desk.pending().map(|entry| entry.number);
        rows.get(row).copied().or_else(pending)
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
        let telling = cx.telling(desk);
        let words = &self.listing.wanted().words;
        // What is being saved stands at the end until it has its place.
        let pending = desk.pending().filter(|entry| {
            words.is_empty() || log_rows::has_words(telling, desk, cx.now, entry, words)
        });
        let saved = self.listing.rows();
        let count = saved.len() + usize::from(pending.is_some());
        let sought = self.sought;
        self.list.ui(ui, count, cx.look.em(ROW), |ui, row| {
            let saved = saved.get(row).and_then(|of| desk.incident().entry(*of));
            let Some(entry) = saved.or(pending) else {
                return;
            };
            let row = log_rows::row(telling, desk, entry, cx.now);
            log_row_ui(ui, cx, &row, out);
            if sought == Some(entry.number) {
                let drawn = ui.min_rect();
                let place = pos2(drawn.left() - 10.0, drawn.top());
                let mark = egui::Rect::from_min_size(place, vec2(4.0, drawn.height()));
                let color = egui::Color32::from(cx.look.palette.accent);
                let all = ui.clip_rect().expand2(vec2(10.0, 0.0));
                ui.painter()
                    .with_clip_rect(all)
                    .rect_filled(mark, 0.0, color);
            }
        });
    }
}

/// Gives the number of the entry that a filter like `#12` asks for.
fn number_sought(filter: &str) -> Option<EntryNumber> {
    let narrow = narrow(filter.trim());
    let number = narrow.strip_prefix('#')?.trim();
    number.parse().ok().map(EntryNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_asked_for_by_its_number() {
        assert_eq!(number_sought(" #12 "), Some(EntryNumber(12)));
        assert_eq!(number_sought("＃１２"), Some(EntryNumber(12)));
        assert_eq!(number_sought("#"), None);
        assert_eq!(number_sought("12"), None);
        assert_eq!(number_sought("#12 print"), None);
    }
}
