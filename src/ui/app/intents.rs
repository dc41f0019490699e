//! Carrying out what the person wants: the other half of the app.
//!
//! Runs in `logic` only, after the pass in which the intent was pushed.

use std::collections::BTreeMap;

use super::super::command::UiCommand;
use super::super::cx::{Intent, Screen};
use super::super::dialogs::Dialog;
use super::super::drafts::{self, Drafts};
use super::super::notices::Grade;
use super::super::palette::CommandPalette;
use super::super::{theme, widgets};
use super::App;
use crate::PROGRAM;
use crate::flow::{Language, NodeId};
use crate::incident::{Act, Ground, Mode, Opening};
use crate::session::Session;
use crate::settings::{Settings, ThemeChoice};
use crate::words::Words;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, intent: Intent) {
        match intent {
            Intent::Run(command) => self.run(ctx, command),
            Intent::Act(act) => self.submit(act, None, Vec::new()),
            Intent::Send { act, at, keys } => self.submit(act, at.as_deref(), keys),
            Intent::Start { door, mode } => self.start(ctx, door, mode),
            Intent::OpenFolder(folder) => {
                self.let_go();
                let text = self.words.get("notice-opening");
                self.notices.tell(Grade::Info, text);
                self.worker.open(folder, self.clock);
            }
            Intent::PickFolder => self.worker.pick_folder(&self.data),
            Intent::PickFlow => self.worker.pick_flow(&self.data),
            Intent::UseFlow(path) => self.worker.flow(path),
            Intent::UseBuiltIn => {
                self.flow_path = None;
                self.problems = None;
                self.worker.built_in();
                self.screen = Screen::Home;
            }
            Intent::Show(screen) => self.screen = screen,
            Intent::Look(node) => {
                self.guide.look(node);
                self.screen = Screen::Guide;
            }
            Intent::Correct(entry) => self.dialog = Some(Dialog::Correct(entry)),
            Intent::Set(settings) => self.set(*settings),
            Intent::Copy(text) => {
                ctx.copy_text(text.clone());
                let text = self.words.with("notice-copied", &[("text", &text)]);
                self.notices.settle(Grade::Info);
                self.notices.tell(Grade::Info, text);
            }
            Intent::Dismiss(id) => self.notices.dismiss(id),
            Intent::Retry => {
                if let Some(desk) = &mut self.desk {
                    desk.retry();
                    self.notices.settle(Grade::Bad);
                }
            }
        }
        ctx.request_repaint();
    }

    /// Finishes with the incident on the desk: what was handed over is written first.
    pub(super) fn let_go(&mut self) {
        self.kept_at = None;
        self.keep_drafts();
        if let Some(mut desk) = self.desk.take() {
            desk.settle();
        }
        self.drafts = Drafts::default();
        self.kept = BTreeMap::new();
    }

    fn start(&mut self, ctx: &egui::Context, door: String, mode: Mode) {
        let Some(flow) = self.flow.clone() else {
            let text = self.words.get("home-flow-reading");
            self.notices.tell(Grade::Info, text);
            return;
        };
        self.let_go();
        let opening = Opening {
            mode,
            door,
            title: None,
            site: self.settings.site.clone(),
            recorder: None,
            program: PROGRAM.to_owned(),
        };
        let wake = ctx.clone();
        let wake = Box::new(move || wake.request_repaint());
        match Session::create(&self.data, opening, flow, self.clock, wake) {
            Ok(session) => self.put_on_desk(session),
            Err(error) => {
                let data = self.data.clone();
                self.tell_session_error(Some(&data), &error);
            }
        }
    }

    fn submit(&mut self, act: Act, at: Option<&str>, keys: Vec<String>) {
        let now = self.now();
        let typed = self.drafts.happened_at(&keys);
        let at = at.or(typed.as_deref());
        let Some(desk) = &mut self.desk else { return };
        if desk.submit(&mut self.drafts, act, at, keys, now) {
            // What was said about an earlier command no longer matters.
            self.notices.settle(Grade::Warn);
        } else {
            let key = if desk.can_write() {
                "notice-bad-time"
            } else {
                "notice-read-only"
            };
            let text = self.words.get(key);
            self.notices.tell(Grade::Warn, text);
        }
    }

    fn set(&mut self, settings: Settings) {
        if settings.language != self.settings.language {
            self.language = None;
            let language = settings.language.unwrap_or(self.system);
            self.words = Words::new(language);
        }
        self.settings = settings;
        if let Err(error) = self.settings.write(&self.data) {
            let args = [("says", error.to_string())];
            let text = self.words.with("notice-settings-not-saved", &args);
            self.notices.tell(Grade::Warn, text);
        }
    }

    fn run(&mut self, ctx: &egui::Context, command: UiCommand) {
        let node = self.in_hand();
        match command {
            UiCommand::Complete => self.with_node(node, Act::Complete),
            UiCommand::Skip => self.with_node(node, Act::Skip),
            UiCommand::Park => self.with_node(node, Act::Park),
            UiCommand::Note => {
                self.screen = Screen::Guide;
                self.guide.show_log();
                self.focus_note = true;
            }
            UiCommand::NextStep => self.go(1),
            UiCommand::PreviousStep => self.go(-1),
            UiCommand::Guide => self.screen = Screen::Guide,
            UiCommand::Chronology => self.screen = Screen::Chronology,
            UiCommand::People => self.screen = Screen::People,
            UiCommand::Settings => self.screen = Screen::Settings,
            UiCommand::Home => {
                self.screen = Screen::Home;
                self.worker.summaries(&self.data);
            }
            UiCommand::Title => {
                self.editing_title = true;
                ctx.memory_mut(|memory| memory.request_focus(widgets::field_id("title")));
            }
            UiCommand::CloseIncident => self.dialog = Some(Dialog::Close),
            UiCommand::ReopenIncident => {
                let act = Act::ReopenIncident(Ground::default());
                self.submit(act, None, Vec::new());
            }
            UiCommand::Palette => self.dialog = Some(Dialog::Palette(CommandPalette::default())),
            UiCommand::Help => self.dialog = Some(Dialog::Help),
            UiCommand::LargerText => self.resize(25),
            UiCommand::SmallerText => self.resize(-25),
            UiCommand::SwitchLanguage => {
                let mut settings = self.settings.clone();
                settings.language = Some(match self.words.language() {
                    Language::Ja => Language::En,
                    Language::En => Language::Ja,
                });
                self.set(settings);
            }
            UiCommand::SwitchTheme => {
                let mut settings = self.settings.clone();
                settings.theme = match ctx.theme() {
                    egui::Theme::Dark => ThemeChoice::Light,
                    egui::Theme::Light => ThemeChoice::Dark,
                };
                self.set(settings);
            }
        }
    }

    fn with_node(&mut self, node: Option<NodeId>, act: impl FnOnce(NodeId, Ground) -> Act) {
        let Some(node) = node else { return };
        let ground = self.drafts.ground(&node);
        let keys = drafts::ground_keys(&node);
        let next = self.next_open(&node);
        self.submit(act(node, ground), None, keys);
        if let Some(next) = next {
            self.guide.look(next);
        }
    }

    fn resize(&mut self, by: i16) {
        let mut settings = self.settings.clone();
        let (least, most) = (*theme::TEXT_PERCENT.start(), *theme::TEXT_PERCENT.end());
        settings.text_percent = settings
            .text_percent
            .saturating_add_signed(by)
            .clamp(least, most);
        self.set(settings);
    }

    fn go(&mut self, by: isize) {
        let open = self.open_ids();
        let current = self.in_hand();
        let at = open.iter().position(|id| Some(id) == current.as_ref());
        let at = match at {
            Some(at) => at
                .saturating_add_signed(by)
                .min(open.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(node) = open.get(at) {
            self.guide.look(node.clone());
            self.screen = Screen::Guide;
        }
    }
}
