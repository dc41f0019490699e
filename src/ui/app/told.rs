//! What the app does with what has become of things: entries saved or not, errors, the first frame.

use std::path::PathBuf;

use super::super::desk::{GoOn, Told};
use super::super::notices::Grade;
use super::super::window::{Starting, is_presented};
use super::App;
use super::leaving::Leave;
use crate::flow::{NodeId, State};
use crate::incident::{Became, EntryNumber, Event};
use crate::journal::NotMarked;
use crate::session::SessionError;
use crate::telling::{self, Reader};

impl App {
    /// Takes the folder for the copies into the settings, or says why it cannot be one.
    pub(super) fn mirror_marked(
        &mut self,
        ctx: &egui::Context,
        folder: PathBuf,
        marked: Result<(), NotMarked>,
    ) {
        match marked {
            Ok(()) => {
                self.change(ctx, |settings| settings.mirror = Some(folder));
            }
            Err(not) => {
                let says = match not {
                    NotMarked::Unfit(unfit) => self.words.get(&format!("{}-hint", unfit.key())),
                    NotMarked::File(error) => error.source.to_string(),
                };
                let folder = folder.display().to_string();
                let args = [("folder", folder), ("says", says)];
                let text = self.words.with("notice-mirror-not-marked", &args);
                self.notices.tell(Grade::Warn, text);
            }
        }
    }

    /// Says what has become of the commands that were handed over.
    pub(super) fn tell_what_became(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else {
            return;
        };
        let mut saved = Vec::new();
        for told in desk.tick(&mut self.drafts) {
            match told {
                Told::Saved(number, go_on) => {
                    self.notices.settle(Grade::Info);
                    saved.push((number, go_on));
                }
                Told::Refused(refusal) => {
                    let text =
                        telling::refusal(&self.words, Some(desk.flow()), &refusal, Reader::Window);
                    self.notices.tell(Grade::Warn, text);
                }
                Told::Failed => {
                    let text = self.words.get("notice-not-saved");
                    self.notices.tell(Grade::Bad, text);
                }
            }
        }
        for (number, go_on) in saved {
            self.go_on(ctx, number, go_on);
        }
    }

    /// Takes the next step in hand: one that the entry opened, else the next one in view.
    pub(super) fn go_on(&mut self, ctx: &egui::Context, number: EntryNumber, go_on: Option<GoOn>) {
        let Some(desk) = &self.desk else { return };
        let (flow, incident) = (desk.flow(), desk.incident());
        let Some(entry) = incident.entry(number) else {
            return;
        };
        if let Event::Corrected {
            of,
            text: None,
            value: None,
            ..
        } = &entry.event
        {
            // It may have been done from a page that does not show the record.
            let args = [("of", of.to_string()), ("number", number.to_string())];
            let text = self.words.with("notice-struck", &args);
            self.notices.tell(Grade::Info, text);
        }
        let undoes = self.telling(desk).undone_entry(incident, &entry.event);
        if let Some(what) = &undoes {
            // It may have been done from any page.
            let key = match entry.event {
                Event::Redone { .. } => "notice-redone",
                _ => "notice-undone",
            };
            let what = crate::ui::widgets::shortened(what, 60);
            let args = [("what", what), ("number", number.to_string())];
            let text = self.words.with(key, &args);
            self.notices.tell(Grade::Info, text);
        }
        if let Event::DutyReported(_) | Event::DutyNotReported { .. } = &entry.event {
            // The form has folded up: what the law asks about is said in view.
            let what = self.telling(desk).entry(entry);
            let text = self.words.with("notice-recorded", &[("what", &what)]);
            self.notices.tell(Grade::Info, text);
        }
        if let Event::Skipped { node, .. } = &entry.event {
            // The list has moved up: what was left out is named, in case another was meant.
            let args = [("node", self.telling(desk).node(node))];
            let text = self.words.with("notice-skipped", &args);
            self.notices.tell(Grade::Info, text);
        }
        if let Some(text) = self.telling(desk).set_aside(entry) {
            self.notices.tell(Grade::Warn, text);
        }
        let is_open = |node: &NodeId| incident.state(flow, node) == State::Open;
        if let Event::Undone { of } | Event::Redone { of } = entry.event {
            // What is to be done again is in hand again.
            let node = incident.entry(of).and_then(|entry| entry.event.node());
            if let Some(node) = node.filter(|node| is_open(node)) {
                self.guide.look(node.clone());
            }
            return;
        }
        let Some(GoOn { from, to }) = go_on else {
            return;
        };
        let opened = entry.effects.iter().find(|effect| {
            effect.becomes == Became::Open
                && is_open(&effect.node)
                && flow.node(&effect.node).is_some_and(|node| !node.is_side())
        });
        let next = opened.map(|effect| effect.node.clone());
        let next = next.or_else(|| to.filter(is_open));
        if self.in_hand().as_ref() == Some(&from)
            && let Some(next) = next
        {
            self.guide.look(next);
            self.presses.moves(ctx);
        }
    }

    pub(super) fn tell_session_error(&mut self, folder: Option<&PathBuf>, error: &SessionError) {
        let says = match error {
            SessionError::Journal(error) => self.words.with(error.key(), &error.args()),
            SessionError::Refused(refusal) => {
                telling::refusal(&self.words, self.flow.as_deref(), refusal, Reader::Window)
            }
            SessionError::File(error) => self.words.with("journal-io", &error.args()),
            SessionError::NoFlow => self.words.get("notice-no-flow"),
        };
        let text = match folder {
            Some(folder) => {
                let folder = folder.display().to_string();
                let args = [("folder", folder.as_str()), ("says", says.as_str())];
                self.words.with("notice-cannot-open", &args)
            }
            None => says,
        };
        self.notices.tell(Grade::Warn, text);
    }

    pub(super) fn tell_settings_lost(&mut self, says: &str) {
        let text = self
            .words
            .with("notice-settings-not-saved", &[("says", says)]);
        self.notices.tell(Grade::Warn, text);
    }

    /// Says that a frame has been shown: the start has come off.
    pub(super) fn note_first_frame(&mut self, ctx: &egui::Context) {
        if self.is_shown || !is_presented(ctx) {
            return;
        }
        self.is_shown = true;
        let starting = self.starting.take();
        let since = starting.as_ref().and_then(|starting| starting.report);
        if let (Some(starting), Some(since)) = (&starting, since) {
            starting.millis.set(Some(since.millis()));
            self.leave(ctx, Leave::Window);
        }
        if let Some(starting) = starting {
            let Starting {
                marker,
                others,
                crashed,
                is_shown,
                place,
                ..
            } = starting;
            crate::ui::placing::put_shown(ctx, place);
            is_shown.set(true);
            self.worker.mark_start(marker, others);
            if let Some(trace) = crashed {
                self.tell_crash(ctx, trace);
            }
        }
        // What home shows is read in the background, and not while the window is made.
        self.worker.built_in();
        self.worker.own_flow(&self.data);
        self.worker.summaries(&self.data);
    }
}
