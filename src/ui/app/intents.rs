//! Carrying out what the person wants: one half of the app.
//!
//! Runs in `logic` only, after the pass in which the intent was pushed.

use super::super::command::UiCommand;
use super::super::cx::{Intent, Screen};
use super::super::desk::{Desk, GoOn, Handed};
use super::super::dialogs::{Dialog, correction_key};
use super::super::drafts::{self, Spot, spot};
use super::super::notices::Grade;
use super::super::palette::CommandPalette;
use super::super::screens::{Asking, ChartScreen, Chronology};
use super::super::{theme, widgets};
use super::App;
use crate::crash::{self, Doer};
use crate::files;
use crate::flow::{Language, NodeId};
use crate::incident::{Act, EntryNumber, Event, Ground};
use crate::settings::{Settings, SettingsChange, ThemeChoice};
use crate::telling;
use crate::words::Words;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, intent: Intent) {
        match &intent {
            Intent::Run(command) => crash::note(Doer::Window, command),
            other => crash::note(Doer::Window, other),
        }
        match intent {
            Intent::Run(command) => self.run(ctx, command),
            Intent::OnNode(command, node) => match command {
                UiCommand::Skip => self.skip(ctx, node),
                UiCommand::Park => self.on_node(&node, Act::Park),
                _ => {
                    self.record_left_over(&node);
                    self.on_node(&node, Act::Complete);
                }
            },
            Intent::Act(act) => self.submit(act, None, Vec::new(), None),
            Intent::Send { act, at, keys } => {
                let go_on = match &act {
                    Act::Choose(node, ..) | Act::Skip(node, _) => Some(self.go_on_from(node)),
                    _ => None,
                };
                if let Act::Choose(node, ..) | Act::Change(node, ..) | Act::Skip(node, _) = &act {
                    self.record_left_over(node);
                    self.guide.stop_asking();
                }
                self.submit(act, at, keys, go_on);
            }
            Intent::Start { door, mode } => self.ask_begin(door, mode),
            Intent::Begin { door, mode } => self.begin(door, mode),
            Intent::OpenFolder(folder) => self.open_folder(files::incident_folder(folder)),
            Intent::ReadAgain => self.read_again(),
            Intent::TakeUp => self.take_up(),
            Intent::CopyDiagnostics => self.copy_diagnostics(ctx),
            Intent::LeaveUnsaved => self.leave_unsaved(ctx),
            Intent::Stay => self.stay(),
            Intent::PlainLine(text) => self.plain_line(ctx, &text),
            Intent::PlainFolder(folder) => self.plain_folder(folder),
            Intent::PickPlainFolder => self.worker.pick_plain_folder(&self.data),
            Intent::PlainJoin(log) => self.plain_join(&log),
            Intent::PickFolder => self.worker.pick_folder(&self.data),
            Intent::PickFlow => self.worker.pick_flow(&self.data),
            Intent::UseFlow(path) => self.worker.flow(path),
            Intent::UseBuiltIn => {
                self.worker.forget_flow();
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
            Intent::Ask(asking) => self.ask(ctx, asking),
            Intent::StopAsking => self.guide.stop_asking(),
            Intent::GoTo(key) => self.go_to(ctx, &key),
            Intent::ShowInChart(node) => self.show_in_chart(node),
            Intent::Correct(entry) => self.correct(ctx, entry),
            Intent::Set(settings) => self.set(ctx, *settings),
            Intent::MarkMirror(folder) => {
                let says = self.words.get("cli-mirror-marker");
                self.worker.mark_mirror(self.data.clone(), folder, says);
            }
            Intent::Copy(text) => {
                ctx.copy_text(text.clone());
                let shown = widgets::shortened(&text, 60);
                let text = self.words.with("notice-copied", &[("text", &shown)]);
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
        let mut at = at.or_else(|| self.drafts.happened_at(&keys));
        // Of a duty the moment is what is said; elsewhere it never stands in the way.
        if let Some(text) = at.clone()
            && !matches!(act, Act::Know(..))
            && let Some(desk) = &self.desk
            && desk.can_write()
            && !desk.can_read_moment(&text, now)
        {
            self.record_unread_time(&act, &text, &keys);
            at = None;
        }
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

    /// Puts a change of the settings in force and has it kept.
    pub(super) fn set(&mut self, ctx: &egui::Context, change: SettingsChange) {
        let mut settings = self.settings.clone();
        change.apply(&mut settings);
        self.use_settings(ctx, settings);
        self.settings_handed += 1;
        let (data, number) = (self.data.clone(), self.settings_handed);
        if !self.worker.keep_settings(data, change, number, self.now()) {
            self.tell_settings_lost("–");
        }
    }

    /// Puts a change of the settings as they are in force.
    pub(super) fn change(&mut self, ctx: &egui::Context, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.clone();
        change(&mut settings);
        self.set(ctx, self.settings.change_to(&settings));
    }

    /// Puts settings in force.
    pub(super) fn use_settings(&mut self, ctx: &egui::Context, settings: Settings) {
        if settings.mirror != self.settings.mirror {
            self.worker.forget_mirror();
        }
        if settings.mirror != self.settings.mirror
            && let Some(desk) = &mut self.desk
        {
            desk.mirror_to(settings.mirror.as_deref(), ctx);
        }
        if settings.language != self.settings.language {
            self.language = None;
            let language = settings.language.unwrap_or(self.system);
            self.words = Words::new(language);
        }
        self.settings = settings;
    }

    fn run(&mut self, ctx: &egui::Context, command: UiCommand) {
        match command {
            // They come with the node that was drawn, or not at all.
            UiCommand::Complete | UiCommand::Skip | UiCommand::Park => {}
            UiCommand::Note => {
                self.screen = Screen::Guide;
                self.guide.show_log();
                self.focus_note = true;
            }
            UiCommand::NextStep => self.go(ctx, 1),
            UiCommand::PreviousStep => self.go(ctx, -1),
            UiCommand::FocusStep => {
                self.screen = Screen::Guide;
                widgets::want_focus(ctx);
            }
            UiCommand::Undo => self.submit(Act::Undo(None), None, Vec::new(), None),
            UiCommand::Redo => self.submit(Act::Redo, None, Vec::new(), None),
            UiCommand::PlainLog => self.show_plain(ctx),
            UiCommand::Guide => self.screen = Screen::Guide,
            UiCommand::Chronology => self.screen = Screen::Chronology,
            UiCommand::Chart => self.screen = Screen::Chart,
            UiCommand::ShowInChart => {
                if let Some(node) = self.in_hand() {
                    self.show_in_chart(node);
                }
            }
            UiCommand::Find => {
                let on_chart = self.screen == Screen::Chart || self.desk.is_none();
                let (screen, field) = if on_chart {
                    (Screen::Chart, ChartScreen::find_id())
                } else {
                    (Screen::Chronology, Chronology::filter_id())
                };
                self.screen = screen;
                ctx.memory_mut(|memory| memory.request_focus(field));
            }
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
            UiCommand::LargerText => self.resize(ctx, 25),
            UiCommand::SmallerText => self.resize(ctx, -25),
            UiCommand::SwitchLanguage => {
                let other = match self.words.language() {
                    Language::Ja => Language::En,
                    Language::En => Language::Ja,
                };
                self.change(ctx, |settings| settings.language = Some(other));
            }
            UiCommand::SwitchTheme => {
                let other = match ctx.theme() {
                    egui::Theme::Dark => ThemeChoice::Light,
                    egui::Theme::Light => ThemeChoice::Dark,
                };
                self.change(ctx, |settings| settings.theme = other);
            }
        }
    }

    fn show_in_chart(&mut self, node: NodeId) {
        self.chart.show(node);
        self.screen = Screen::Chart;
    }

    fn on_node(&mut self, node: &NodeId, act: impl FnOnce(NodeId, Ground) -> Act) {
        let ground = self.drafts.ground(node);
        let keys = drafts::ground_keys(node);
        let go_on = self.go_on_from(node);
        self.submit(act(node.clone(), ground), None, keys, Some(go_on));
    }

    /// Skips a step, or asks first for what it is answered for with.
    fn skip(&mut self, ctx: &egui::Context, node: NodeId) {
        let ground = self.drafts.ground(&node);
        if ground.why.is_some() && ground.decider.is_some() {
            self.record_left_over(&node);
            self.on_node(&node, Act::Skip);
        } else {
            self.ask(ctx, Asking { node, answer: None });
        }
    }

    /// Asks in the place of a step for the reason and who decided.
    fn ask(&mut self, ctx: &egui::Context, asking: Asking) {
        // The press that asked must not answer as well: what stands below the pointer is another.
        self.presses.moves(ctx);
        let field = widgets::field_id(&drafts::why(&asking.node));
        ctx.memory_mut(|memory| memory.request_focus(field));
        self.guide.ask(asking);
        self.screen = Screen::Guide;
    }

    /// Gives the words that stand in an entry now, as they would be typed.
    fn standing_words(&self, number: EntryNumber) -> Option<String> {
        let desk = self.desk.as_ref()?;
        let incident = desk.incident();
        let entry = incident.entry(number)?;
        let at = entry.happened();
        let known = matches!(entry.event, Event::DutyKnown { .. });
        let now = self.telling(desk).corrected(incident, number).flatten();
        now.or_else(|| words_of(&entry.event, incident.zone()))
            .or_else(|| known.then(|| telling::minute_in(at, incident.zone())))
    }

    /// Opens the dialog of a correction with what stands there now.
    pub(super) fn correct(&mut self, ctx: &egui::Context, number: EntryNumber) {
        let key = correction_key(number);
        if !self.drafts.has(&key)
            && let Some(words) = self.standing_words(number)
        {
            self.drafts.set(&key, words);
        }
        ctx.memory_mut(|memory| memory.request_focus(widgets::field_id(&key)));
        self.dialog = Some(Dialog::Correct(number));
    }

    /// Puts the dialog away; a correction in which nothing was typed leaves no draft.
    pub(super) fn dialog_closed(&mut self) {
        if let Some(Dialog::Correct(number)) = self.dialog.take() {
            let key = correction_key(number);
            if self.standing_words(number).as_deref() == Some(self.drafts.get(&key)) {
                self.drafts.forget(&key);
            }
        }
    }

    /// Goes to the field in which the draft of a key was typed.
    fn go_to(&mut self, ctx: &egui::Context, key: &str) {
        let flow = self.desk.as_ref().map(Desk::flow);
        let node = match spot(key) {
            Spot::Field { node, .. } | Spot::How { node, .. } | Spot::Ground { node } => {
                Some(NodeId::from(node))
            }
            Spot::Cell { table, .. } | Spot::Row { table, .. } => flow
                .and_then(|flow| flow.table(table))
                .map(|table| table.owner.clone()),
            Spot::Duty(duty) => flow
                .and_then(|flow| flow.duty(duty))
                .map(|duty| duty.step.clone()),
            _ => None,
        };
        self.dialog = None;
        match spot(key) {
            Spot::Correction(number) => {
                if let Ok(number) = number.parse() {
                    self.correct(ctx, EntryNumber(number));
                }
                return;
            }
            Spot::Close => self.dialog = Some(Dialog::Close),
            Spot::People | Spot::Contact(_) => self.screen = Screen::People,
            Spot::Plain => self.show_plain(ctx),
            Spot::Note | Spot::Item(_) => {
                self.screen = Screen::Guide;
                self.guide.show_log();
            }
            _ => self.screen = Screen::Guide,
        }
        if let Some(node) = node {
            self.guide.look(node);
        }
        widgets::go_to(ctx, widgets::field_id(key));
    }

    fn go_on_from(&self, node: &NodeId) -> GoOn {
        GoOn {
            from: node.clone(),
            to: self.next_open(node),
        }
    }

    fn resize(&mut self, ctx: &egui::Context, by: i16) {
        let (least, most) = (*theme::TEXT_PERCENT.start(), *theme::TEXT_PERCENT.end());
        self.change(ctx, |settings| {
            let percent = settings.text_percent.saturating_add_signed(by);
            settings.text_percent = percent.clamp(least, most);
        });
    }

    fn go(&mut self, ctx: &egui::Context, by: isize) {
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
            widgets::want_focus(ctx);
        }
    }
}

/// Gives a person's own words of an entry, as they would be typed.
pub(super) fn words_of(event: &Event, zone: chrono::FixedOffset) -> Option<String> {
    match event {
        Event::NoteAdded(note) => Some(note.text.clone()),
        Event::Titled { title } => Some(title.clone()),
        Event::SiteNamed { site } => Some(site.clone()),
        Event::RecorderChanged { name } => Some(name.clone()),
        Event::AskedAgain { fact, .. } => Some(fact.clone()),
        Event::FieldFilled { value, .. } | Event::CellFilled { value, .. } => {
            Some(super::super::screens::typed(value, zone))
        }
        Event::IncidentOpened { title: text, .. }
        | Event::ItemTicked { text, .. }
        | Event::ItemSettled { text, .. }
        | Event::RoleHandedOver { text, .. } => text.clone(),
        Event::FoundImpossible {
            instead, ground, ..
        } => instead.clone().or_else(|| ground.why.clone()),
        Event::ItemUnticked { ground, .. }
        | Event::FoundNotApplicable { ground, .. }
        | Event::DutyNotReported { ground, .. }
        | Event::StepCompleted { ground, .. }
        | Event::OptionChosen { ground, .. }
        | Event::Skipped { ground, .. }
        | Event::StartedEarly { ground, .. }
        | Event::Parked { ground, .. }
        | Event::Resumed { ground, .. }
        | Event::BroughtBack { ground, .. }
        | Event::Reopened { ground, .. }
        | Event::ReasonGiven { ground, .. }
        | Event::IncidentClosed { ground, .. }
        | Event::IncidentReopened { ground } => ground.why.clone(),
        Event::RoleAssigned { .. }
        | Event::DeputyAdded { .. }
        | Event::RoleReleased { .. }
        | Event::Corrected { .. }
        | Event::DutyKnown { .. }
        | Event::DutyReported(_)
        | Event::Undone { .. }
        | Event::Redone { .. } => None,
    }
}
