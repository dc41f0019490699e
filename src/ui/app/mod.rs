//! The app: owns the state, draws the screen in view, carries out intents.
//!
//! `logic` comes first in each pass: finished background work, what has become of commands,
//! then the intents of the pass before. `ui` draws and collects new intents, no more.
//!
//! **Invariant:** files, settings and the session are touched in `logic` only.

mod intents;
mod leaving;
mod outside;
mod plain;
mod style;
mod told;
mod typed;

use leaving::{Leave, Leaving};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::Timelike as _;

use super::banner::Banners;
use super::command::{self, Facts};
use super::cx::{Cx, Intent, Intents, Screen};
use super::desk::Desk;
use super::dialogs::Dialog;
use super::drafts::{self, Drafts};
use super::frame;
use super::ime::ImeGuard;
use super::look::Look;
use super::notices::{Grade, Notices};
use super::placing::Left;
use super::presses::{HeldKeys, Presses};
use super::reading;
use super::screens::{
    ChartScreen, Chronology, Guide, Home, HomeFlow, NOTE_TEXT, Plain, Problems, Recent,
    SettingsView, Subject, people_ui, problems_ui, settings_ui,
};
use super::theme::{self, Theme};
use super::widgets;
use super::window::Renderer;
use super::worker::{FlowRead, Found, Worker};
use super::{Start, Starting};
use crate::clock::Clock;
use crate::flow::{Flow, Language, NodeId, State};
use crate::incident::Moment;
use crate::session::{FlowFault, Session};
use crate::settings::{Settings, ThemeChoice};
use crate::telling::{self, Telling};
use crate::words::Words;

/// How often drafts are kept, at most.
const KEEP_DRAFTS_SECS: f64 = 1.0;

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
    /// How many changes of the settings were handed over to be kept.
    settings_handed: u64,
    /// What was said of why nothing can be written.
    read_only_told: Option<String>,
    /// When it was looked who writes, by egui's clock.
    looked_at: Option<f64>,
    /// What draws the window.
    renderer: Option<Renderer>,
    /// How the window was left, and the folder in which that is to be kept.
    left: Option<Left>,
    left_in: Option<PathBuf>,
    /// How large the window is, in pixels, when that is asked for.
    room: (f32, f32),
    applied: Option<(u16, ThemeChoice)>,
    titled: String,
    screen: Screen,
    desk: Option<Desk>,
    drafts: Drafts,
    kept: BTreeMap<String, String>,
    /// When drafts were kept last, by egui's clock.
    kept_at: Option<f64>,
    flow: Option<Arc<Flow>>,
    flow_path: Option<PathBuf>,
    problems: Option<Problems>,
    recent: Recent,
    worker: Worker,
    notices: Notices,
    banners: Banners,
    intents: Intents,
    dialog: Option<Dialog>,
    leaving: Leaving,
    plain: Plain,
    starting: Option<Starting>,
    presses: Presses,
    /// What is told once the intents of the pass are carried out.
    said: Vec<String>,
    editing_title: bool,
    focus_note: bool,
    /// A frame was shown.
    is_shown: bool,
    home: Home,
    guide: Guide,
    chronology: Chronology,
    chart: ChartScreen,
    settings_view: SettingsView,
}

impl App {
    /// Makes the app and sets up fonts and input; nothing is read from the disk but the settings.
    pub fn new(ctx: &egui::Context, start: Start) -> Result<Self, ron::error::SpannedError> {
        let theme = Theme::built_in()?;
        ctx.set_fonts(theme::fonts());
        ctx.add_plugin(ImeGuard::default());
        ctx.add_plugin(HeldKeys::default());
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        let (settings, warnings) = Settings::read(&start.data);
        let language = start.language.or(settings.language).unwrap_or(start.system);
        let words = Words::new(language);
        let mut notices = Notices::default();
        for warning in &warnings {
            notices.tell(Grade::Warn, words.with(warning.key(), &warning.args()));
        }
        if let Some(name) = crate::clock::unknown_zone() {
            let here = telling::zone(*start.clock.now().offset());
            let args = [("name", name), ("here", here)];
            notices.tell(Grade::Warn, words.with("zone-unknown", &args));
        }
        Ok(Self {
            data: start.data,
            clock: start.clock,
            language: start.language,
            system: start.system,
            theme,
            words,
            settings,
            settings_handed: 0,
            read_only_told: None,
            looked_at: None,
            renderer: None,
            left: None,
            left_in: None,
            room: (0.0, 0.0),
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
            banners: Banners::default(),
            intents: Intents::new(),
            dialog: None,
            leaving: Leaving::default(),
            starting: None,
            plain: Plain::in_folders(start.plain_logs),
            presses: Presses::default(),
            said: Vec::new(),
            editing_title: false,
            focus_note: false,
            is_shown: false,
            home: Home::default(),
            guide: Guide::default(),
            chronology: Chronology::default(),
            chart: ChartScreen::default(),
            settings_view: SettingsView::default(),
        })
    }

    /// Notes what is to be done once the first frame is shown.
    pub(super) fn starts(&mut self, starting: Starting, left: Option<Left>) {
        self.left_in = Some(self.data.clone()).filter(|_| starting.report.is_none());
        self.left = left;
        if let Some(renderer) = starting.others.first() {
            let args = [("renderer", renderer.id())];
            let text = self.words.with("notice-other-renderer", &args);
            self.notices.tell(Grade::Warn, text);
        }
        self.renderer = Some(starting.renderer);
        self.starting = Some(starting);
    }

    /// Gives the incident that is open in the window.
    pub fn session(&self) -> Option<&Session> {
        self.desk.as_ref().map(Desk::session)
    }

    /// Tells whether the flow for new incidents is ready and the incidents have been read.
    pub fn is_ready(&self) -> bool {
        self.flow.is_some() && self.recent != Recent::Reading
    }

    /// Gives the present moment, in the zone of the record that is open.
    fn now(&self) -> Moment {
        let now = self.clock.now();
        let desk = self.desk.as_ref();
        desk.map_or(now, |desk| desk.incident().local(now))
    }

    /// Goes on with everything that does not draw.
    pub fn step(&mut self, ctx: &egui::Context) {
        self.note_first_frame(ctx);
        self.apply_style(ctx);
        for found in self.worker.found() {
            self.take(ctx, found);
        }
        self.tell_what_became(ctx);
        let intents = std::mem::take(&mut self.intents);
        self.record_typed(ctx, intents.iter().any(typed::leads_away));
        for intent in intents {
            self.carry_out(ctx, intent);
        }
        for text in std::mem::take(&mut self.said) {
            self.notices.tell(Grade::Warn, text);
        }
        // A command handed over just now may be written without waiting for the next pass.
        self.tell_what_became(ctx);
        self.go_on_leaving(ctx);
        let time = ctx.input(|input| input.time);
        self.keep_drafts(time, Some(ctx));
        self.look_at_lock(time);
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
            Found::Opened(folder, opened) => {
                self.leaving.is_opening = false;
                match *opened {
                    Ok(next) => self.leave(ctx, Leave::For(Box::new(next))),
                    Err(error) => {
                        self.notices.settle(Grade::Info);
                        self.tell_session_error(folder.as_ref(), &error);
                        if self.desk.is_none() {
                            // Whatever is broken, something can be written at once.
                            self.show_plain(ctx);
                        }
                    }
                }
            }
            Found::SettingsLost(error) => {
                let says = self.words.with("os-error", &error.args());
                self.tell_settings_lost(&says);
            }
            Found::SettingsKept(number, written) => self.settings_kept(ctx, number, *written),
            Found::PlainKept(count, kept) => self.plain_kept(count, kept),
            Found::EarlierLogs(earlier) => self.plain.earlier = earlier,
            Found::MirrorMarked(folder, marked) => self.mirror_marked(ctx, folder, marked),
            Found::PickedPlainFolder(folder) => self.plain_folder(folder),
            Found::DraftsLost(says) => {
                let text = self.words.with("notice-drafts-lost", &[("says", &says)]);
                self.notices.tell(Grade::Warn, text);
            }
            Found::PickedFolder(path) => self.carry_out(ctx, Intent::OpenFolder(path)),
            Found::PickedFlow(path) => self.carry_out(ctx, Intent::UseFlow(path)),
            Found::NoDialog(picking) => self.no_dialog(ctx, picking),
            Found::LockSeen(folder, holder) => self.lock_seen(&folder, holder),
            Found::ReadAgain(folder, read) => self.was_read_again(ctx, &folder, *read),
            Found::Traces(traces) => self.diagnostics(ctx, &traces),
            Found::Panicked(trace) => self.job_panicked(ctx, trace),
        }
    }

    fn take_flow(&mut self, path: PathBuf, read: FlowRead) {
        let shown = path.display().to_string();
        match read {
            FlowRead::Sound(flow) => {
                self.flow = Some(flow);
                self.chart = ChartScreen::default();
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

    fn put_on_desk(
        &mut self,
        ctx: &egui::Context,
        session: Session,
        kept: BTreeMap<String, String>,
    ) {
        self.notices.settle(Grade::Info);
        self.presses.moves(ctx);
        // How the view stood belongs to the incident before: what was unfolded, scrolled, shown.
        ctx.data_mut(egui::util::IdTypeMap::clear);
        if let Some(key) = session.recovery().key() {
            let text = self.with_hint(key, &session.recovery().args());
            self.notices.tell(Grade::Warn, text);
        }
        // That it is absent is told as the damage that it is.
        if matches!(session.flow_fault(), Some(FlowFault::Unsound(_))) {
            let text = self.words.get("notice-flow-beside-unsound");
            self.notices.tell(Grade::Bad, text);
        }
        let is_text = |key: &&String| ![drafts::ACTING, drafts::LOOKING].contains(&key.as_str());
        let count = kept.keys().filter(is_text).count();
        if count > 0 {
            let text = self.words.count("notice-drafts-back", count);
            self.notices.tell(Grade::Info, text);
        }
        let looking = kept.get(drafts::LOOKING).map(|node| node.as_str().into());
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
        if let Some(node) = looking {
            self.guide.look(node);
        }
        let mut desk = Desk::new(session);
        desk.mirror_to(self.settings.mirror.as_deref(), ctx);
        self.chronology = Chronology::default();
        self.chart = ChartScreen::default();
        self.desk = Some(desk);
        self.tell_read_only();
        self.screen = Screen::Guide;
    }

    /// Says what is so, and what to do about it.
    fn with_hint(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let says = self.words.with(key, args);
        let hint = self.words.with(&format!("{key}-hint"), args);
        let args = [("says", says), ("hint", hint)];
        self.words.with("notice-with-hint", &args)
    }

    fn in_hand(&self) -> Option<NodeId> {
        let desk = self.desk.as_ref()?;
        self.guide.in_hand(desk, self.telling(desk), self.now())
    }

    fn telling<'a>(&'a self, desk: &'a Desk) -> Telling<'a> {
        Telling {
            words: &self.words,
            flow: desk.flow(),
            zone: desk.incident().zone(),
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

    /// Gives what is true, with the node whose card is in view.
    fn facts(&self, drawn: Option<&NodeId>) -> Facts {
        let Some(desk) = &self.desk else {
            return Facts::default();
        };
        let open_node =
            drawn.is_some_and(|node| desk.incident().state(desk.flow(), node) == State::Open);
        let running = desk.is_running();
        Facts {
            incident: true,
            running,
            open_node: running && open_node,
            closed: desk.can_write() && desk.incident().closed().is_some(),
            undo: desk.can_write() && desk.incident().has_undo(),
            redo: desk.can_write() && desk.incident().has_redo(),
        }
    }

    /// Hands drafts that have changed to the keeper; what comes too soon is handed over later.
    fn keep_drafts(&mut self, now: f64, ctx: Option<&egui::Context>) {
        if let Some(node) = self.guide.looking().filter(|_| self.desk.is_some()) {
            self.drafts.set(drafts::LOOKING, node.to_string());
        }
        let Some(desk) = &self.desk else { return };
        if !desk.can_write() || self.kept == *self.drafts.texts() {
            return;
        }
        if self.kept_at.is_some_and(|at| now - at < KEEP_DRAFTS_SECS) {
            if let Some(ctx) = ctx {
                ctx.request_repaint_after(Duration::from_secs_f64(KEEP_DRAFTS_SECS));
            }
            return;
        }
        self.kept_at = Some(now);
        let (folder, texts) = (desk.folder().to_owned(), self.drafts.texts().clone());
        if self.worker.keep_drafts(folder, texts.clone()) {
            self.kept = texts;
        } else {
            let text = self.words.with("notice-drafts-lost", &[("says", "–")]);
            self.notices.tell(Grade::Warn, text);
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.presses.see(&ctx);
        // What was drawn is what the person saw when pressing.
        let drawn = self.guide.take_drawn();
        let facts = self.facts(drawn.as_ref());
        let in_hand = self.in_hand();
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
            now: self.now(),
            desk: self.desk.as_ref(),
            settings: &self.settings,
        };
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| {
            node.set_label(self.titled.as_str());
        });
        super::top::top_ui(ui, &cx, &mut self.editing_title, &mut self.drafts, &mut out);
        let page = (self.screen, in_hand.as_ref());
        self.banners.make_room(ui, page.0, page.1);
        let bottom = |ui: &mut egui::Ui| frame::bottom_ui(ui, &cx, &mut out);
        self.banners
            .bottom
            .show(ui, &cx, ("bottom", false), Some(bottom));
        frame::rail_ui(ui, &cx, self.screen, &mut out);
        self.banners.note_place(ui);
        let notices = &self.notices;
        let is_told = !notices.is_empty() || frame::is_closed(&cx) || reading::is_reading(&cx);
        let told = |ui: &mut egui::Ui| notices.strip_ui(ui, &cx, &mut out);
        let told = is_told.then_some(told);
        self.banners.top.show(ui, &cx, ("notices", true), told);
        match (self.screen, cx.desk) {
            (Screen::Guide, Some(desk)) => self.guide.ui(ui, &cx, desk, &mut self.drafts, &mut out),
            (Screen::Chronology, Some(desk)) => self.chronology.ui(ui, &cx, desk, &mut out),
            (Screen::Chart, desk) if desk.is_some() || self.flow.is_some() => {
                let flow = desk.map(Desk::flow).or(self.flow.as_deref());
                if let Some(flow) = flow {
                    let subject = Subject {
                        flow,
                        desk,
                        in_hand: in_hand.as_ref(),
                    };
                    self.chart.ui(ui, &cx, subject, &mut out);
                }
            }
            (Screen::People, Some(desk)) => people_ui(ui, &cx, desk, &mut self.drafts, &mut out),
            (Screen::Plain, _) => self.plain.ui(ui, &cx, &mut self.drafts, &mut out),
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
            self.dialog_closed();
        }
        if std::mem::take(&mut self.focus_note) {
            ctx.memory_mut(|memory| memory.request_focus(widgets::field_id(NOTE_TEXT)));
        }
        let pressed = out
            .into_iter()
            .filter_map(|intent| on(intent, drawn.as_ref()));
        let presses = &mut self.presses;
        let out: Intents = pressed.filter(|intent| presses.counts(intent)).collect();
        if !out.is_empty() {
            self.intents.extend(out);
            ctx.request_repaint();
        }
        let under_way = self.session().is_some_and(Session::is_under_way);
        ctx.request_repaint_after(if under_way {
            LOOK_AGAIN
        } else {
            until_next_minute(self.now())
        });
    }
}

/// Gives an intent with the node that was drawn where it is about that; none where none was.
fn on(intent: Intent, drawn: Option<&NodeId>) -> Option<Intent> {
    match intent {
        Intent::Run(command) if command.is_on_node() => {
            drawn.map(|node| Intent::OnNode(command, node.clone()))
        }
        intent => Some(intent),
    }
}

/// How soon the window looks again at what is being written or copied: a disk that hangs wakes
/// nobody.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Gives how long the window shows the same while nothing happens: its times are told in minutes.
fn until_next_minute(now: Moment) -> Duration {
    let passed = u64::from(now.second()) * 1000 + u64::from(now.timestamp_subsec_millis());
    Duration::from_millis(60_000_u64.saturating_sub(passed).max(1))
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if ctx.input(|input| input.viewport().close_requested()) {
            self.left = super::placing::left(frame, self.left);
        }
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
        if let (Some(left), Some(data)) = (self.left, self.left_in.take()) {
            self.worker.keep_place(data, left);
        }
        self.worker.wait_for_keeper();
    }
}
