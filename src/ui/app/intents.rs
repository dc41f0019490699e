//! Carrying out what the person wants: one half of the app.
//!
//! Runs in `logic` only, after the pass in which the intent was pushed.

use super::super::command::UiCommand;
use super::super::cx::{Intent, Screen};
use super::super::desk::{GoOn, Handed};
use super::super::dialogs::Dialog;
use super::super::drafts;
use super::super::notices::Grade;
use super::super::palette::CommandPalette;
use super::super::{theme, widgets};
use super::App;
use super::leaving::Leave;
use crate::flow::{Language, NodeId};
use crate::incident::{Act, Ground};
use crate::settings::{Settings, ThemeChoice};
use crate::words::Words;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, intent: Intent) {
        match intent {
            Intent::Run(command) => self.run(ctx, command),
            Intent::Act(act) => self.submit(act, None, Vec::new(), None),
            Intent::Send { act, at, keys } => self.submit(act, at, keys, None),
            Intent::Start { door, mode } => self.leave(ctx, Leave::Begin { door, mode }),
            Intent::OpenFolder(folder) => self.leave(ctx, Leave::Folder(folder)),
            Intent::LeaveUnsaved => self.leave_unsaved(ctx),
            Intent::Stay => self.stay(),
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
                    self.notices
                        .dismiss_text(&self.words.get("notice-not-saved"));
                }
            }
        }
        ctx.request_repaint();
    }

    fn submit(&mut self, act: Act, at: Option<String>, keys: Vec<String>, go_on: Option<GoOn>) {
        let now = self.now();
        let at = at.or_else(|| self.drafts.happened_at(&keys));
        let Some(desk) = &mut self.desk else { return };
        let handed = Handed {
            act,
            at,
            keys,
            go_on,
        };
        if desk.submit(&mut self.drafts, handed, now) {
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
        let handed = self
            .worker
            .keep_settings(self.data.clone(), self.settings.clone());
        if !handed {
            self.tell_settings_lost("–");
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
                self.submit(act, None, Vec::new(), None);
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
        let go_on = self.next_open(&node).map(|to| GoOn {
            from: node.clone(),
            to,
        });
        self.submit(act(node, ground), None, keys, go_on);
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
