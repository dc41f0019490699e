//! What the app does about what it does not rule: the settings file, other programs, faults.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::cx::{Intent, Screen};
use super::super::desk::Desk;
use super::super::notices::Grade;
use super::super::screens::{ChartScreen, Chronology, Home, PLAIN_TEXT, Plain, Recent};
use super::super::worker::Picking;
use super::App;
use crate::PROGRAM;
use crate::clock::Stopwatch;
use crate::crash;
use crate::journal::{Holder, ReadOnly};
use crate::session::{Session, SessionError};
use crate::settings::{Settings, Written};

/// How often it is looked whether another program still writes: each minute, as the window is drawn.
const LOCK_SECS: f64 = 55.0;

/// How many milliseconds a window that falls over waits for what is being written.
const RESCUE_MILLIS: f64 = 2000.0;

impl App {
    /// Gives the settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Takes in what stands in the settings file since so many changes, and what was kept of it.
    pub(super) fn settings_kept(&mut self, ctx: &egui::Context, number: u64, written: Written) {
        if let Some(path) = written.kept_in {
            let args = [("path", path.display().to_string())];
            let text = self.words.with("notice-settings-kept", &args);
            self.notices.tell(Grade::Warn, text);
        }
        // Another window may have changed something else; a later change of ours is on its way.
        if number == self.settings_handed {
            self.use_settings(ctx, written.settings);
        }
    }

    /// Looks whether another program still writes what is only read here.
    pub(super) fn look_at_lock(&mut self, now: f64) {
        let reads = |desk: &&Desk| desk.session().waits_for_lock();
        let Some(desk) = self.desk.as_ref().filter(reads) else {
            self.looked_at = None;
            return;
        };
        match self.looked_at {
            // Opening has just looked.
            None => self.looked_at = Some(now),
            Some(at) if now - at >= LOCK_SECS => {
                self.looked_at = Some(now);
                let folder = desk.folder().to_owned();
                self.worker.look_at_lock(folder);
            }
            Some(_) => {}
        }
    }

    /// Takes in who holds the lock now.
    pub(super) fn lock_seen(&mut self, folder: &Path, holder: Option<Holder>) {
        let here = self.desk.as_mut().filter(|desk| desk.folder() == folder);
        if here.is_some_and(|desk| desk.lock_seen(holder)) {
            self.tell_read_only();
        }
    }

    /// Says why nothing can be written, in the place of what was said of it before.
    pub(super) fn tell_read_only(&mut self) {
        if let Some(before) = self.read_only_told.take() {
            self.notices.dismiss_text(&before);
        }
        let desk = self.desk.as_ref();
        if let Some(reason) = desk.and_then(|desk| desk.session().read_only()) {
            let text = self.with_hint(reason.key(), &reason.args());
            let grade = match reason {
                ReadOnly::Ended(_) => Grade::Warn,
                _ => Grade::Bad,
            };
            self.notices.tell(grade, text.clone());
            self.read_only_told = Some(text);
        }
    }

    /// Reads the record that is only read once more.
    pub(super) fn read_again(&mut self) {
        let reads = |desk: &&Desk| !desk.can_write();
        let Some(desk) = self.desk.as_ref().filter(reads) else {
            return;
        };
        let was = desk.session().read_only().cloned();
        let was = was.unwrap_or(ReadOnly::Asked);
        let folder = desk.folder().to_owned();
        self.worker.read_again(folder, self.clock, was);
    }

    /// Puts what was read once more in the place of what was read before; the page stays.
    pub(super) fn was_read_again(
        &mut self,
        ctx: &egui::Context,
        folder: &PathBuf,
        read: Result<Session, SessionError>,
    ) {
        let here = self.desk.as_ref().filter(|desk| desk.folder() == folder);
        let Some(before) = here.filter(|desk| !desk.can_write()) else {
            return;
        };
        match read {
            Err(error) => self.tell_session_error(Some(folder), &error),
            Ok(session) => {
                if session.incident().entries().len() < before.incident().entries().len() {
                    self.chronology = Chronology::default();
                }
                let is_news = session.read_only() != before.session().read_only();
                let mut desk = Desk::new(session);
                desk.mirror_to(self.settings.mirror.as_deref(), ctx);
                self.chart = ChartScreen::default();
                self.desk = Some(desk);
                if is_news {
                    self.tell_read_only();
                }
            }
        }
    }

    /// Goes on with the record that was only read, as the one who writes.
    pub(super) fn take_up(&mut self) {
        if let Some(desk) = self.desk.as_ref().filter(|desk| !desk.can_write()) {
            let folder = desk.folder().to_owned();
            self.open_folder(folder);
        }
    }

    /// Puts a field for a typed path in front, where the system has no dialog.
    pub(super) fn no_dialog(&mut self, ctx: &egui::Context, picking: Picking) {
        let text = self.words.get("notice-no-dialog");
        self.notices.tell(Grade::Info, text);
        let (screen, field) = match picking {
            Picking::Folder => (Screen::Home, Home::folder_id()),
            Picking::Flow => (Screen::Home, Home::flow_id()),
            Picking::PlainFolder => (Screen::Plain, Plain::folder_id()),
        };
        self.screen = screen;
        ctx.memory_mut(|memory| memory.request_focus(field));
    }

    /// Says that an earlier run has fallen over, and opens the log that always works.
    pub(super) fn tell_crash(&mut self, ctx: &egui::Context, trace: PathBuf) {
        let args = [("path", trace.display().to_string())];
        let text = self.words.with("notice-crashed", &args);
        self.notices.tell(Grade::Bad, text);
        self.show_plain(ctx);
        self.worker.trace_told(trace);
    }

    /// Says that something in the background has fallen over; the window goes on.
    pub(super) fn job_panicked(&mut self, ctx: &egui::Context, trace: Option<PathBuf>) {
        self.leaving.is_opening = false;
        if self.recent == Recent::Reading {
            self.recent = Recent::Read(Vec::new());
        }
        self.notices.settle(Grade::Info);
        let path = trace.as_ref().map(|path| path.display().to_string());
        let args = [("path", path.unwrap_or_else(|| "–".to_owned()))];
        let text = self.words.with("notice-job-crashed", &args);
        self.notices.tell(Grade::Bad, text);
        if self.desk.is_none() {
            self.show_plain(ctx);
        }
        if let Some(trace) = trace {
            self.worker.trace_told(trace);
        }
    }

    /// Puts what helps to find a fault on the clipboard, as soon as the traces are known.
    pub(super) fn copy_diagnostics(&mut self, ctx: &egui::Context) {
        let room = ctx.content_rect().size() * ctx.pixels_per_point();
        self.room = (room.x.round(), room.y.round());
        self.worker.traces(self.data.clone());
    }

    /// Copies the diagnostics, with the names of the traces.
    pub(super) fn diagnostics(&mut self, ctx: &egui::Context, traces: &[String]) {
        let none = || self.words.get("diagnostics-none");
        let traces = match traces {
            [] => none(),
            _ => traces.join(" "),
        };
        let renderer = self.renderer.map(|renderer| renderer.id().to_owned());
        let (wide, high) = self.room;
        let args = [
            ("program", PROGRAM.to_owned()),
            ("system", crash::system()),
            ("renderer", renderer.unwrap_or_else(none)),
            ("size", format!("{wide} x {high}")),
            ("scale", format!("{:.2}", ctx.pixels_per_point())),
            ("data", self.data.display().to_string()),
            ("traces", traces),
        ];
        let text = self.words.with("diagnostics", &args);
        self.carry_out(ctx, Intent::Copy(text));
    }

    /// Keeps what is typed when the window falls over.
    fn rescue(&mut self) {
        self.keep_drafts(f64::INFINITY, None);
        let since = Stopwatch::start();
        while let Some(desk) = self.desk.as_mut().filter(|desk| !desk.is_saved()) {
            desk.tick(&mut self.drafts);
            if since.millis() > RESCUE_MILLIS || desk.session().failure().is_some() {
                desk.give_up(&mut self.drafts);
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.keep_drafts(f64::INFINITY, None);
        if self.desk.is_none()
            && let Some(line) = self.drafts.filled(PLAIN_TEXT)
        {
            // There is no other place for it.
            self.keep_plain_line(&line);
        }
        self.worker.wait_for_keeper();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // What it fell over may be met again; what is kept by then is kept.
            catch_unwind(AssertUnwindSafe(|| self.rescue())).ok();
        }
    }
}
