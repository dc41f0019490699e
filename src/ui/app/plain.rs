//! The plain log, as the app runs it: lines are kept by the keeper, and join an incident as notes.

use std::path::PathBuf;

use super::super::cx::Screen;
use super::super::notices::Grade;
use super::super::screens::PLAIN_TEXT;
use super::super::widgets;
use super::App;
use crate::plain_log::PlainLog;

impl App {
    /// Shows the plain log, ready to be typed into.
    pub(super) fn show_plain(&mut self, ctx: &egui::Context) {
        if self.screen != Screen::Plain {
            let folders = self.plain.folders.clone();
            self.worker.earlier_logs(folders, self.now());
        }
        self.screen = Screen::Plain;
        let id = widgets::field_id(PLAIN_TEXT);
        ctx.memory_mut(|memory| memory.request_focus(id));
    }

    /// Adds a line; it is on the screen at once, and said to be saved once it is.
    pub(super) fn plain_line(&mut self, ctx: &egui::Context, text: &str) {
        self.keep_plain_line(text);
        self.show_plain(ctx);
    }

    /// Adds a line and has it kept.
    pub(super) fn keep_plain_line(&mut self, text: &str) {
        let now = self.now();
        let log = self.plain.log.get_or_insert_with(|| PlainLog::begin(now));
        if log.add(now, text) {
            self.drafts.forget(PLAIN_TEXT);
            self.keep_plain();
        }
    }

    /// From now on the log is written to this folder first.
    pub(super) fn plain_folder(&mut self, folder: PathBuf) {
        self.plain.folders.retain(|known| *known != folder);
        self.plain.folders.insert(0, folder);
        self.plain.kept = None;
        self.keep_plain();
    }

    fn keep_plain(&mut self) {
        let Some(log) = self.plain.log.clone() else {
            return;
        };
        if !self.worker.keep_plain(log, self.plain.folders.clone()) {
            self.plain.fault = Some(self.words.get("plain-disk-silent"));
        }
    }

    /// Takes in what has become of the lines.
    pub(super) fn plain_kept(&mut self, count: usize, kept: Result<PathBuf, Option<String>>) {
        match kept {
            Ok(path) => {
                self.plain.kept = Some((count, path));
                self.plain.fault = None;
            }
            Err(says) => {
                let silent = || self.words.get("plain-disk-silent");
                self.plain.fault = Some(says.unwrap_or_else(silent));
            }
        }
    }

    /// Adds the lines of a log to the incident on the desk, those that it does not have yet.
    pub(super) fn plain_join(&mut self, log: &PlainLog) {
        let means = self.words.get("log-means");
        let Some(desk) = &mut self.desk else {
            return;
        };
        let notes = log.notes(desk.incident(), &means);
        let count = notes.len();
        for note in notes {
            desk.submit_as_is(note);
        }
        let text = self.words.count("plain-joined", count);
        self.notices.tell(Grade::Info, text);
        self.screen = Screen::Guide;
    }
}
