//! Leaving an incident: for another one, or with the window.
//!
//! The next incident is begun or opened first; the one on the desk stays until that has come
//! off. What was handed over is written before it is left. If that takes time or fails, a
//! dialog says what is not on the disk; nothing is dropped behind the person's back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use egui::ViewportCommand;

use super::super::cx::Screen;
use super::super::desk::Desk;
use super::super::dialogs::Dialog;
use super::super::drafts::Drafts;
use super::super::notices::Grade;
use super::App;
use crate::PROGRAM;
use crate::incident::{Mode, Moment, Opening};
use crate::session::Session;

/// After how many milliseconds the person is told what is being waited for.
const TELL_AFTER_MILLIS: i64 = 700;

/// What comes after the incident on the desk.
#[derive(Debug)]
pub(super) enum Leave {
    /// The window is closed.
    Window,
    /// Another incident, with the drafts beside it.
    For(Box<(Session, BTreeMap<String, String>)>),
}

/// How far leaving is.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// What is to come, and since when the disk is waited for.
    waiting: Option<(Leave, Moment)>,
    /// An incident is being begun or opened.
    pub(super) is_opening: bool,
    /// Nothing stands against closing the window.
    window_may_close: bool,
}

impl App {
    /// Opens an incident's folder; the one on the desk stays until that has come off.
    pub(super) fn open_folder(&mut self, folder: PathBuf) {
        if self.leaving.is_opening {
            return;
        }
        let here = self.desk.as_ref().filter(|desk| desk.folder() == folder);
        // One that was only read may be writable by now.
        if here.is_some_and(Desk::can_write) {
            self.screen = Screen::Guide;
            return;
        }
        self.leaving.is_opening = true;
        let text = self.words.get("notice-opening");
        self.notices.tell(Grade::Info, text);
        self.worker.open(folder, self.clock);
    }

    /// Begins an incident; where one is running, the person is asked first.
    pub(super) fn ask_begin(&mut self, door: String, mode: Mode) {
        if self.desk.as_ref().is_some_and(|desk| desk.is_running()) {
            self.dialog = Some(Dialog::Begin { door, mode });
        } else {
            self.begin(door, mode);
        }
    }

    /// Begins an incident; a second press while the first is at work does nothing.
    pub(super) fn begin(&mut self, door: String, mode: Mode) {
        if self.leaving.is_opening {
            return;
        }
        let Some(flow) = self.flow.clone() else {
            let text = self.words.get("home-flow-reading");
            self.notices.tell(Grade::Info, text);
            return;
        };
        let opening = Opening {
            mode,
            door,
            title: None,
            site: self.settings.site.clone(),
            recorder: None,
            program: PROGRAM.to_owned(),
        };
        self.leaving.is_opening = true;
        let text = self.words.get("notice-beginning");
        self.notices.tell(Grade::Info, text);
        self.worker
            .begin(self.data.clone(), opening, flow, self.clock);
    }

    /// Leaves the incident on the desk, as soon as all of it is on the disk.
    pub(super) fn leave(&mut self, ctx: &egui::Context, what: Leave) {
        if matches!(what, Leave::Window) && self.plain.takes_leave() {
            self.screen = Screen::Plain;
            let text = self.words.get("notice-plain-unsaved");
            self.notices.tell(Grade::Bad, text);
            return;
        }
        self.record_typed(ctx, true);
        if self.desk.as_ref().is_none_or(|desk| desk.is_saved()) {
            self.left(ctx, what);
        } else {
            self.leaving.waiting = Some((what, self.now()));
        }
    }

    /// Goes on with leaving once everything is on the disk; says what hinders it.
    pub(super) fn go_on_leaving(&mut self, ctx: &egui::Context) {
        let close_wanted = ctx.input(|input| input.viewport().close_requested());
        if close_wanted && !self.leaving.window_may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leave(ctx, Leave::Window);
        }
        let Some((_, since)) = &self.leaving.waiting else {
            return;
        };
        let waited = self.now().signed_duration_since(*since);
        let desk = self.desk.as_ref().filter(|desk| !desk.is_saved());
        let Some(desk) = desk else {
            let waiting = self.leaving.waiting.take();
            self.stay();
            if let Some((what, _)) = waiting {
                self.left(ctx, what);
            }
            return;
        };
        if desk.session().failure().is_some() || waited.num_milliseconds() > TELL_AFTER_MILLIS {
            self.dialog = Some(Dialog::Unsaved);
        } else {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    /// Leaves although something is not on the disk; its texts become drafts again.
    pub(super) fn leave_unsaved(&mut self, ctx: &egui::Context) {
        let Some((what, _)) = self.leaving.waiting.take() else {
            return;
        };
        if let Some(desk) = &mut self.desk {
            desk.give_up(&mut self.drafts);
        }
        self.dialog = None;
        self.left(ctx, what);
    }

    /// Stays with the incident.
    pub(super) fn stay(&mut self) {
        self.leaving.waiting = None;
        if self.dialog == Some(Dialog::Unsaved) {
            self.dialog = None;
        }
    }

    fn left(&mut self, ctx: &egui::Context, what: Leave) {
        self.let_go();
        match what {
            Leave::Window => {
                self.leaving.window_may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Leave::For(next) => {
                let (session, drafts) = *next;
                self.put_on_desk(ctx, session, drafts);
            }
        }
    }

    /// Finishes with the incident on the desk; its drafts are kept.
    pub(super) fn let_go(&mut self) {
        self.keep_drafts(f64::INFINITY, None);
        self.kept_at = None;
        self.desk = None;
        self.drafts = Drafts::default();
        self.kept = BTreeMap::new();
    }
}
