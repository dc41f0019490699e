//! The app: owns the state, draws the screen in view, carries out intents.
//!
//! `logic` comes first in each pass: finished background work, what has become of commands,
//! then the intents of the pass before. `ui` draws and collects new intents, no more.
//!
//! **Invariant:** files, settings and the session are touched in `logic` only.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::ViewportCommand;

use super::Start;
use super::command::{self, Facts, UiCommand};
use super::cx::{Cx, Intent, Intents, Screen};
use super::desk::{Desk, Told};
use super::dialogs::Dialog;
use super::drafts::{self, Drafts};
use super::frame;
use super::ime::ImeGuard;
use super::look::Look;
use super::notices::{Grade, Notices};
use super::palette::CommandPalette;
use super::screens::{
    Chronology, Guide, Home, HomeFlow, NOTE_TEXT, Problems, Recent, SettingsView, people_ui,
    problems_ui, settings_ui,
};
use super::theme::{self, Theme};
use super::widgets;
use super::worker::{FlowRead, Found, Worker};
use crate::PROGRAM;
use crate::clock::Clock;
use crate::flow::{Flow, Language, NodeId, State};
use crate::incident::{Act, Mode, Moment, Opening};
use crate::session::{Session, SessionError};
use crate::settings::{Settings, ThemeChoice};
use crate::telling::{self, Telling};
use crate::words::Words;

/// How often drafts are kept, at most.
const KEEP_DRAFTS_SECS: i64 = 1;

/// The window's state.
#[derive(Debug)]
pub struct App {
    data: PathBuf,
    clock: Clock,
    language: Option<Language>,
    system: Language,
    theme: Theme,
    words: Words,
    settings: Settings,
    applied: Option<(u16, ThemeChoice)>,
    titled: String,
    screen: Screen,
    desk: Option<Desk>,
    drafts: Drafts,
    kept: BTreeMap<String, String>,
    kept_at: Option<Moment>,
    flow: Option<Arc<Flow>>,
    flow_path: Option<PathBuf>,
    problems: Option<Problems>,
    recent: Recent,
    worker: Worker,
    notices: Notices,
    intents: Intents,
    dialog: Option<Dialog>,
    editing_title: bool,
    focus_note: bool,
    first_pass: bool,
    open_first: Option<PathBuf>,
    home: Home,
    guide: Guide,
    chronology: Chronology,
    settings_view: SettingsView,
}

impl App {
    /// Makes the app and sets up fonts and input; nothing is read from the disk but the settings.
    pub fn new(ctx: &egui::Context, start: Start) -> Result<Self, ron::error::SpannedError> {
        let theme = Theme::built_in()?;
        ctx.set_fonts(theme::fonts());
        ctx.add_plugin(ImeGuard::default());
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        let (settings, warnings) = Settings::read(&start.data);
        let language = start.language.or(settings.language).unwrap_or(start.system);
        let words = Words::new(language);
        let mut notices = Notices::default();
        for warning in warnings {
            let path = warning.path.display().to_string();
            let args = [
                ("path", path.as_str()),
                ("part", warning.part),
                ("says", &warning.says),
            ];
            let key = if warning.part.is_empty() {
                "settings-broken"
            } else {
                "settings-part-broken"
            };
            notices.tell(Grade::Warn, words.with(key, &args));
        }
        Ok(Self {
            data: start.data,
            clock: start.clock,
            language: start.language,
            system: start.system,
            theme,
            words,
            settings,
            applied: None,
            titled: String::new(),
            screen: Screen::Home,
            desk: None,
            drafts: Drafts::default(),
            kept: BTreeMap::new(),
            kept_at: None,
            flow: None,
            flow_path: None,
            problems: None,
            recent: Recent::Reading,
            worker: Worker::new(ctx.clone()),
            notices,
            intents: Intents::new(),
            dialog: None,
            editing_title: false,
            focus_note: false,
            first_pass: true,
            open_first: start.open,
            home: Home::default(),
            guide: Guide::default(),
            chronology: Chronology::default(),
            settings_view: SettingsView::default(),
        })
    }

    /// Gives the incident that is open in the window.
    pub fn session(&self) -> Option<&Session> {
        self.desk.as_ref().map(Desk::session)
    }

    /// Tells whether the flow for new incidents is ready and the incidents have been read.
    pub fn is_ready(&self) -> bool {
        self.flow.is_some() && self.recent != Recent::Reading
    }

    fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Goes on with everything that does not draw.
    pub fn step(&mut self, ctx: &egui::Context) {
        self.apply_style(ctx);
        for found in self.worker.found() {
            self.take(ctx, found);
        }
        if let Some(desk) = &mut self.desk {
            for told in desk.tick(&mut self.drafts) {
                match told {
                    Told::Saved(_) => self.notices.settle(Grade::Info),
                    Told::Refused(refusal) => {
                        let text = telling::refusal(&self.words, &refusal);
                        self.notices.tell(Grade::Warn, text);
                    }
                    Told::Failed => {
                        let text = self.words.get("notice-not-saved");
                        self.notices.tell(Grade::Bad, text);
                    }
                }
            }
        }
        let intents = std::mem::take(&mut self.intents);
        for intent in intents {
            self.carry_out(ctx, intent);
        }
        // A command handed over just now may be written without waiting for the next pass.
        if let Some(desk) = &mut self.desk {
            for told in desk.tick(&mut self.drafts) {
                if let Told::Refused(refusal) = told {
                    let text = telling::refusal(&self.words, &refusal);
                    self.notices.tell(Grade::Warn, text);
                }
            }
        }
        self.keep_drafts();
        self.title_window(ctx);
    }

    fn take(&mut self, ctx: &egui::Context, found: Found) {
        match found {
            Found::BuiltIn(Ok(flow)) => {
                if self.flow_path.is_none() {
                    self.flow = Some(flow);
                }
            }
            Found::BuiltIn(Err(error)) => self.tell_session_error(None, &error),
            Found::Flow(path, read) => self.take_flow(path, read),
            Found::Summaries(summaries, faults) => {
                self.recent = Recent::Read(summaries);
                for (folder, error) in faults {
                    self.tell_session_error(Some(&folder), &error);
                }
            }
            Found::Opened(folder, opened) => match *opened {
                Ok(session) => self.put_on_desk(session),
                Err(error) => self.tell_session_error(Some(&folder), &error),
            },
            Found::DraftsLost(says) => {
                let text = self.words.with("notice-drafts-lost", &[("says", &says)]);
                self.notices.tell(Grade::Warn, text);
            }
            Found::PickedFolder(path) => self.carry_out(ctx, Intent::OpenFolder(path)),
            Found::PickedFlow(path) => self.carry_out(ctx, Intent::UseFlow(path)),
        }
    }

    fn take_flow(&mut self, path: PathBuf, read: FlowRead) {
        let shown = path.display().to_string();
        match read {
            FlowRead::Sound(flow) => {
                self.flow = Some(flow);
                self.flow_path = Some(path);
                self.problems = None;
                let text = self.words.with("notice-flow-used", &[("path", &shown)]);
                self.notices.tell(Grade::Info, text);
                if self.screen == Screen::Problems {
                    self.screen = Screen::Home;
                }
            }
            FlowRead::Unsound(list) => {
                self.problems = Some(Problems { path, list });
                self.screen = Screen::Problems;
            }
            FlowRead::Unreadable(says) => {
                let args = [("path", shown.as_str()), ("says", says.as_str())];
                let text = self.words.with("notice-flow-unreadable", &args);
                self.notices.tell(Grade::Warn, text);
            }
        }
    }

    fn put_on_desk(&mut self, session: Session) {
        self.notices.settle(Grade::Info);
        if let Some(key) = session.recovery().key() {
            let text = self.words.with(key, &session.recovery().args());
            self.notices.tell(Grade::Warn, text);
        }
        if let Some(reason) = session.read_only() {
            let text = self.words.with(reason.key(), &reason.args());
            self.notices.tell(Grade::Bad, text);
        }
        if session.flow_fault().is_some() {
            let text = self.words.get("notice-flow-beside-unsound");
            self.notices.tell(Grade::Bad, text);
        }
        let kept = crate::session::kept_draft(session.folder());
        if !kept.is_empty() {
            let count = kept.len();
            let text = self.words.count("notice-drafts-back", count);
            self.notices.tell(Grade::Info, text);
        }
        self.drafts = Drafts::from_texts(kept.clone());
        self.kept = kept;
        self.guide = Guide::default();
        if session.incident().entries().len() == 1
            && let Some(door) = session
                .incident()
                .door()
                .and_then(|door| session.flow().door(door))
        {
            self.guide.look(door.lands.clone());
        }
        self.desk = Some(Desk::new(session));
        self.screen = Screen::Guide;
    }

    fn tell_session_error(&mut self, folder: Option<&PathBuf>, error: &SessionError) {
        let says = match error {
            SessionError::Journal(error) => self.words.with(error.key(), &error.args()),
            SessionError::Refused(refusal) => telling::refusal(&self.words, refusal),
            SessionError::File(error) => error.to_string(),
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

    fn carry_out(&mut self, ctx: &egui::Context, intent: Intent) {
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
    fn let_go(&mut self) {
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
                let act = Act::ReopenIncident(crate::incident::Ground::default());
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

    fn with_node(
        &mut self,
        node: Option<NodeId>,
        act: impl FnOnce(NodeId, crate::incident::Ground) -> Act,
    ) {
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

    fn in_hand(&self) -> Option<NodeId> {
        let desk = self.desk.as_ref()?;
        self.guide.in_hand(desk, self.telling(desk), self.now())
    }

    fn telling<'a>(&'a self, desk: &'a Desk) -> Telling<'a> {
        Telling {
            words: &self.words,
            flow: desk.flow(),
        }
    }

    fn open_ids(&self) -> Vec<NodeId> {
        let Some(desk) = &self.desk else {
            return Vec::new();
        };
        super::screens::lists(self.telling(desk), desk.incident(), self.now()).open_ids()
    }

    /// Gives the open node that comes after this one, to be taken in hand when it is settled.
    fn next_open(&self, node: &NodeId) -> Option<NodeId> {
        let open = self.open_ids();
        let at = open.iter().position(|id| id == node)?;
        let after = open.iter().skip(at + 1).chain(open.iter().take(at));
        after.into_iter().next().cloned()
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

    fn facts(&self) -> Facts {
        let Some(desk) = &self.desk else {
            return Facts::default();
        };
        let open_node = self
            .in_hand()
            .is_some_and(|node| desk.incident().state(desk.flow(), &node) == State::Open);
        let running = desk.is_running();
        Facts {
            incident: true,
            running,
            open_node: running && open_node,
            closed: desk.can_write() && desk.incident().closed().is_some(),
        }
    }

    fn keep_drafts(&mut self) {
        let now = self.now();
        let Some(desk) = &self.desk else { return };
        let soon = self
            .kept_at
            .is_some_and(|at| now.signed_duration_since(at).num_seconds().abs() < KEEP_DRAFTS_SECS);
        if soon || !desk.can_write() || self.kept == *self.drafts.texts() {
            return;
        }
        self.kept = self.drafts.texts().clone();
        self.kept_at = Some(now);
        self.worker
            .keep_drafts(desk.folder().to_owned(), self.kept.clone());
    }

    fn apply_style(&mut self, ctx: &egui::Context) {
        let wanted = (self.settings.text_percent, self.settings.theme);
        if self.applied == Some(wanted) {
            return;
        }
        let scale = self.scale();
        ctx.set_style_of(egui::Theme::Light, self.theme.style(false, scale));
        ctx.set_style_of(egui::Theme::Dark, self.theme.style(true, scale));
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        self.applied = Some(wanted);
    }

    fn scale(&self) -> f32 {
        f32::from(self.settings.text_percent) / 100.0
    }

    /// Says in the window's title what is open, and that a drill is one.
    fn title_window(&mut self, ctx: &egui::Context) {
        let name = self.words.get("app-name");
        let title = match &self.desk {
            None => name,
            Some(desk) => {
                let incident = desk.incident();
                let mode = self.words.get(&format!("mode-{}", incident.mode().id()));
                let untitled = || self.words.get("top-untitled");
                let title = incident.title().map_or_else(untitled, str::to_owned);
                let args = [("mode", mode.as_str()), ("title", &title), ("name", &name)];
                self.words.with("window-title", &args)
            }
        };
        if title != self.titled {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        let facts = self.facts();
        let mut out = Intents::new();
        if self.dialog.is_none() {
            out.extend(command::pressed(&ctx, facts).into_iter().map(Intent::Run));
        }
        let look = Look {
            palette: *self.theme.palette(ctx.theme() == egui::Theme::Dark),
            sizes: self.theme.sizes,
            scale: self.scale(),
        };
        let cx = Cx {
            look,
            words: &self.words,
            now: self.clock.now(),
            desk: self.desk.as_ref(),
            settings: &self.settings,
        };
        super::top::top_ui(ui, &cx, &mut self.editing_title, &mut self.drafts, &mut out);
        frame::bottom_ui(ui, &cx, &mut out);
        frame::rail_ui(ui, &cx, self.screen, &mut out);
        if !self.notices.is_empty() {
            let frame = egui::Frame::new();
            egui::Panel::top("notices")
                .frame(frame)
                .resizable(false)
                .show(ui, |ui| {
                    let room = ui.ctx().content_rect().height() * 0.3;
                    egui::ScrollArea::vertical()
                        .max_height(room)
                        .show(ui, |ui| {
                            self.notices.ui(ui, &cx, &mut out);
                        });
                });
        }
        match (self.screen, cx.desk) {
            (Screen::Guide, Some(desk)) => self.guide.ui(ui, &cx, desk, &mut self.drafts, &mut out),
            (Screen::Chronology, Some(desk)) => self.chronology.ui(ui, &cx, desk, &mut out),
            (Screen::People, Some(desk)) => people_ui(ui, &cx, desk, &mut self.drafts, &mut out),
            (Screen::Settings, _) => {
                settings_ui(ui, &cx, &mut self.settings_view, &self.data, &mut out);
            }
            (Screen::Problems, _) if self.problems.is_some() => {
                if let Some(problems) = &self.problems {
                    problems_ui(ui, &cx, problems, &mut out);
                }
            }
            _ => {
                let flow = HomeFlow {
                    flow: self.flow.as_deref(),
                    path: self.flow_path.as_ref(),
                };
                self.home.ui(ui, &cx, &self.recent, flow, &mut out);
            }
        }
        if let Some(dialog) = &mut self.dialog
            && !dialog.show(&ctx, &cx, facts, &mut self.drafts, &mut out)
        {
            self.dialog = None;
        }
        if std::mem::take(&mut self.focus_note) {
            ctx.memory_mut(|memory| memory.request_focus(widgets::field_id(NOTE_TEXT)));
        }
        self.after_first_pass();
        if !out.is_empty() {
            self.intents.extend(out);
            ctx.request_repaint();
        }
        let into_second = u64::from(self.now().timestamp_subsec_millis().min(999));
        ctx.request_repaint_after(Duration::from_millis(1000 - into_second));
    }

    /// Reads in the background what home shows, once the window is there.
    fn after_first_pass(&mut self) {
        if std::mem::take(&mut self.first_pass) {
            self.worker.built_in();
            self.worker.summaries(&self.data);
            if let Some(folder) = self.open_first.take() {
                self.intents.push(Intent::OpenFolder(folder));
            }
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.step(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.let_go();
    }
}
