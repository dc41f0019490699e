//! The plain log: a field and lines with their time, for when no incident can be begun or opened.
//!
//! It needs nothing to be in order. What is on no disk says so, above everything else.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::column;
use crate::files;
use crate::incident::Moment;
use crate::journal::Head;
use crate::plain_log::{self, PlainLog};
use crate::telling;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::Drafts;
use crate::ui::icons;
use crate::ui::look::{Face, Look};
use crate::ui::widgets::{self, Lines, Paragraph};

/// The key of the line that is typed.
pub(crate) const PLAIN_TEXT: &str = "plain/text";
const PLAIN_FOLDER: &str = "plain/folder";

/// How many plain logs of earlier runs are offered from each folder.
const EARLIER: usize = 10;

/// A plain log that an earlier run has saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EarlierLog {
    /// Its file.
    pub path: PathBuf,
    log: PlainLog,
    /// How many lines could not be read.
    unread: usize,
    missing: Missing,
}

impl EarlierLog {
    /// Reads the latest ones in a folder; those without a line are left out.
    pub(crate) fn all_in(folder: &Path, now: Moment) -> Vec<Self> {
        let read = |path: PathBuf| {
            let (log, unread) = plain_log::read(&path, now).ok()?;
            let has_lines = !log.lines().is_empty();
            has_lines.then(|| Self {
                path,
                log,
                unread,
                missing: Missing::default(),
            })
        };
        let found = plain_log::found_in(folder, EARLIER);
        found.into_iter().filter_map(read).collect()
    }
}

/// How many lines of a log the incident does not have, for so many lines and this record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Missing(Option<((usize, Head), usize)>);

impl Missing {
    /// Counts when lines or entries have come, not in each pass.
    fn count(&mut self, log: &PlainLog, desk: &Desk) -> usize {
        let known = (log.lines().len(), desk.session().head().clone());
        match &self.0 {
            Some((of, missing)) if *of == known => *missing,
            _ => {
                let missing = log.notes(desk.incident(), "").len();
                self.0 = Some((known, missing));
                missing
            }
        }
    }
}

/// A plain log in the window, and how far it is on a disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plain {
    /// The lines; none while nothing was written.
    pub log: Option<PlainLog>,
    /// The folders that are tried, in their order.
    pub folders: Vec<PathBuf>,
    /// How many lines are on a disk, and where.
    pub kept: Option<(usize, PathBuf)>,
    /// Why the latest lines are on none.
    pub fault: Option<String>,
    /// That so many lines are on no disk was said when the window was to be closed.
    pub warned: usize,
    /// Those of earlier runs.
    pub earlier: Vec<EarlierLog>,
    /// Of this run's.
    missing: Missing,
}

impl Plain {
    /// Gives the field for the path of a folder.
    pub(crate) fn folder_id() -> egui::Id {
        widgets::field_id(PLAIN_FOLDER)
    }

    /// Gives an empty log for these folders.
    pub(crate) fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            ..Self::default()
        }
    }

    /// Tells whether there are lines on no disk that the person has not been told of; they are
    /// told then, so that the next time the window closes.
    pub(crate) fn takes_leave(&mut self) -> bool {
        let count = self.count();
        let kept = self.kept.as_ref().map_or(0, |(kept, _)| *kept);
        let is_news = kept < count && self.warned < count;
        self.warned = count;
        is_news
    }

    /// Gives how many lines there are.
    pub(crate) fn count(&self) -> usize {
        self.log.as_ref().map_or(0, |log| log.lines().len())
    }

    /// Draws the log.
    pub(crate) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, drafts: &mut Drafts, out: &mut Intents) {
        column(ui, cx, ("plain", 860.0), |ui| {
            let title = cx.t("plain-title");
            let palette = cx.look.palette;
            let heading = Paragraph::new(&cx.look, &title, Face::Title, palette.ink);
            let response = ui.add(heading);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &title)
            });
            cx.quiet(ui, &cx.t("plain-what"));
            self.state_ui(ui, cx);
            let enter = widgets::takes_enter(ui, widgets::field_id(PLAIN_TEXT));
            let (name, hint) = (cx.t("plain-text"), cx.t("plain-hint"));
            let names = (name.as_str(), hint.as_str());
            widgets::draft_edit(ui, &cx.look, drafts, PLAIN_TEXT, names, Lines::Sending(3));
            let ready = drafts.filled(PLAIN_TEXT).is_some();
            let add = cx.icon(icons::SEND, "plain-add");
            let pressed = widgets::primary_button(ui, &cx.look, &add, ready).clicked();
            if let Some(text) = drafts.filled(PLAIN_TEXT).filter(|_| enter || pressed) {
                out.push(Intent::PlainLine(text));
            }
            self.lines_ui(ui, cx);
            self.elsewhere_ui(ui, cx, drafts, out);
            self.join_ui(ui, cx, out);
            self.earlier_ui(ui, cx, out);
        });
    }

    /// Says where the lines are, or that they are nowhere.
    fn state_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let palette = cx.look.palette;
        let count = self.count();
        if count == 0 {
            return;
        }
        let (icon, text, ink, fill) = match (&self.fault, &self.kept) {
            (Some(fault), _) => (
                icons::CIRCLE_ALERT,
                cx.with("plain-not-saved", &[("says", fault)]),
                palette.bad,
                palette.bad_fill,
            ),
            (None, Some((kept, path))) if *kept == count && plain_log::is_temporary(path) => {
                let path = path.display().to_string();
                (
                    icons::TRIANGLE_ALERT,
                    cx.with("plain-saved-temporary", &[("path", &path)]),
                    palette.warn,
                    palette.warn_fill,
                )
            }
            (None, Some((kept, path))) if *kept == count => {
                let path = path.display().to_string();
                (
                    icons::CIRCLE_CHECK,
                    cx.with("plain-saved", &[("path", &path)]),
                    palette.ok,
                    palette.ok_fill,
                )
            }
            (None, _) => (
                icons::HOURGLASS,
                cx.t("health-saving"),
                palette.warn,
                palette.warn_fill,
            ),
        };
        Look::surface(fill).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let line = format!("{icon} {text}");
            ui.add(Paragraph::new(&cx.look, &line, Face::Strong, ink));
        });
    }

    fn lines_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let lines = self.log.as_ref().map(PlainLog::lines).unwrap_or_default();
        for line in lines.iter().rev() {
            let at = telling::second_in(line.at, *line.at.offset());
            cx.quiet(ui, &at);
            cx.body(ui, &line.text);
            widgets::divider(ui, &cx.look);
        }
    }

    fn elsewhere_ui(&self, ui: &mut Ui, cx: &Cx<'_>, drafts: &mut Drafts, out: &mut Intents) {
        if self.count() == 0 {
            return;
        }
        ui.add_space(8.0);
        widgets::section(ui, &cx.look, &cx.icon(icons::HARD_DRIVE, "plain-elsewhere"));
        let name = cx.t("plain-folder");
        let enter = widgets::takes_enter(ui, widgets::field_id(PLAIN_FOLDER));
        widgets::draft_edit(
            ui,
            &cx.look,
            drafts,
            PLAIN_FOLDER,
            (&name, &name),
            Lines::One,
        );
        ui.horizontal_wrapped(|ui| {
            let folder = drafts.filled(PLAIN_FOLDER);
            let save = cx.icon(icons::ARROW_RIGHT, "plain-save-there");
            let there = widgets::plain_button(ui, &cx.look, &save, folder.is_some()).clicked();
            if let Some(folder) = folder.filter(|_| enter || there) {
                out.push(Intent::PlainFolder(files::typed_path(folder)));
            }
            let pick = cx.icon(icons::FOLDER_OPEN, "path-choose");
            let pick = widgets::plain_button(ui, &cx.look, &pick, true);
            let full = format!("{} {name}", cx.t("path-choose"));
            if pick.accessible_name(full).clicked() {
                out.push(Intent::PickPlainFolder);
            }
            let copy = cx.icon(icons::COPY, "plain-copy");
            if widgets::plain_button(ui, &cx.look, &copy, true).clicked()
                && let Some(log) = &self.log
            {
                out.push(Intent::Copy(log.to_text()));
            }
        });
    }

    /// Offers to add the lines to the incident that is open.
    fn join_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
        let Some(log) = self.log.as_ref().filter(|log| !log.lines().is_empty()) else {
            return;
        };
        let Some(desk) = cx.desk.filter(|desk| desk.can_write()) else {
            cx.quiet(ui, &cx.t("plain-join-later"));
            return;
        };
        join_button(ui, cx, log, self.missing.count(log, desk), out);
    }

    /// Lists the logs of earlier runs, and offers them likewise.
    fn earlier_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
        let own = self.log.as_ref().map(PlainLog::lines).unwrap_or_default();
        let is_another = |earlier: &&mut EarlierLog| !own.starts_with(earlier.log.lines());
        let mut earlier = self.earlier.iter_mut().filter(is_another).peekable();
        if earlier.peek().is_none() {
            return;
        }
        ui.add_space(8.0);
        widgets::section(ui, &cx.look, &cx.icon(icons::LIST, "plain-earlier"));
        let desk = cx.desk.filter(|desk| desk.can_write());
        if desk.is_none() {
            cx.quiet(ui, &cx.t("plain-join-later"));
        }
        for earlier in earlier {
            let path = earlier.path.display().to_string();
            let lines = earlier.log.lines();
            let first = lines.first().map_or("", |line| line.text.as_str());
            let args = [
                ("path", path.as_str()),
                ("count", &lines.len().to_string()),
                ("first", &widgets::shortened(first, 80)),
            ];
            cx.body(ui, &cx.with("plain-earlier-log", &args));
            if earlier.unread > 0 {
                let count = earlier.unread.to_string();
                cx.quiet(ui, &cx.with("plain-earlier-unread", &[("count", &count)]));
            }
            if let Some(desk) = desk {
                ui.push_id(&path, |ui| {
                    let missing = earlier.missing.count(&earlier.log, desk);
                    join_button(ui, cx, &earlier.log, missing, out);
                });
            }
            widgets::divider(ui, &cx.look);
        }
    }
}

fn join_button(ui: &mut Ui, cx: &Cx<'_>, log: &PlainLog, missing: usize, out: &mut Intents) {
    let text = cx.with("plain-join", &[("count", &missing.to_string())]);
    let text = format!("{} {text}", icons::ARROW_RIGHT);
    if widgets::plain_button(ui, &cx.look, &text, missing > 0).clicked() {
        out.push(Intent::PlainJoin(log.clone()));
    }
}
