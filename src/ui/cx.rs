//! What a screen sees, and what it may say back.
//!
//! A screen gets a [`Cx`], read-only, and pushes [`Intent`]s; the app carries them out after
//! the pass. Nothing has happened when an intent is pushed.

use std::path::PathBuf;

use egui::{Response, Ui};

use super::command::UiCommand;
use super::drafts::Drafts;
use super::icons;
use super::look::{Face, Look};
use super::screens::Asking;
use super::widgets::{self, Lines, Paragraph};
use crate::flow::{Language, NodeId, Pair};
use crate::incident::{Act, EntryNumber, Mode, Moment, Odd, read_moment};
use crate::plain_log::PlainLog;
use crate::settings::{Settings, SettingsChange};
use crate::telling::{self, Telling};
use crate::text::{folded_name, shows_nothing};
use crate::ui::desk::Desk;
use crate::words::Words;

/// The screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Screen {
    /// Start, continue, open.
    #[default]
    Home,
    /// The step in hand.
    Guide,
    /// The whole record.
    Chronology,
    /// The flowchart.
    Chart,
    /// Roles and contacts.
    People,
    /// Settings.
    Settings,
    /// What is wrong with a flow file.
    Problems,
    /// The log that always works.
    Plain,
}

/// What a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Intent {
    /// A command of the table.
    Run(UiCommand),
    /// A command of the table about the step or decision that was drawn when it was pressed.
    OnNode(UiCommand, NodeId),
    /// Something to be recorded; what follows from it is the session's.
    Act(Act),
    /// The same, made of drafts; they are forgotten once it is recorded.
    Send {
        /// What.
        act: Act,
        /// When it happened, as typed.
        at: Option<String>,
        /// The drafts' keys.
        keys: Vec<String>,
    },
    /// Start an incident through a door.
    Start {
        /// The door.
        door: String,
        /// Live or drill.
        mode: Mode,
    },
    /// The same, although another one is running.
    Begin {
        /// The door.
        door: String,
        /// Live or drill.
        mode: Mode,
    },
    /// Open an incident's folder.
    OpenFolder(PathBuf),
    /// Read the record that is only read once more.
    ReadAgain,
    /// Go on with it as the one who writes.
    TakeUp,
    /// Put what helps to find a fault on the clipboard.
    CopyDiagnostics,
    /// Ask the system for a folder.
    PickFolder,
    /// Use a flow file.
    UseFlow(PathBuf),
    /// Ask the system for a flow file.
    PickFlow,
    /// Use the built-in flow.
    UseBuiltIn,
    /// Show a screen.
    Show(Screen),
    /// Take a node in hand, or only read it.
    Look(NodeId),
    /// Ask in the step's place for reason and decider before it is recorded.
    Ask(Asking),
    /// Ask no longer; what was typed stays a draft.
    StopAsking,
    /// Go to the field in which the draft of this key was typed.
    GoTo(String),
    /// Show a node on the flowchart.
    ShowInChart(NodeId),
    /// Ask for the words in the place of an entry's.
    Correct(EntryNumber),
    /// Make a folder the mirror folder.
    MarkMirror(PathBuf),
    /// Change the settings.
    Set(Box<SettingsChange>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Put a notice away.
    Dismiss(u64),
    /// Try again to write what could not be written.
    Retry,
    /// Leave the incident although something is not on the disk.
    LeaveUnsaved,
    /// Stay with the incident after all.
    Stay,
    /// Add a line to the plain log.
    PlainLine(String),
    /// Write the plain log to this folder.
    PlainFolder(PathBuf),
    /// Ask the system for such a folder.
    PickPlainFolder,
    /// Add a plain log to the incident that is open.
    PlainJoin(PlainLog),
}

/// The intents of a pass.
pub(super) type Intents = Vec<Intent>;

/// What a screen sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cx<'a> {
    /// Colours and sizes.
    pub look: Look,
    /// The words.
    pub words: &'a Words,
    /// The present moment.
    pub now: Moment,
    /// The incident that is open, if one is.
    pub desk: Option<&'a Desk>,
    /// The settings.
    pub settings: &'a Settings,
}

impl<'a> Cx<'a> {
    /// Gives the words of a key.
    pub(super) fn t(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// Gives the words of a key with arguments.
    pub(super) fn with(&self, key: &str, args: &[(&'static str, &str)]) -> String {
        self.words.with(key, args)
    }

    /// Gives the language.
    pub(super) fn language(&self) -> Language {
        self.words.language()
    }

    /// Gives a text of the flow.
    pub(super) fn pair<'p>(&self, pair: &'p Pair) -> &'p str {
        pair.get(self.words.language())
    }

    /// Gives an icon and words.
    pub(super) fn icon(&self, icon: &str, key: &str) -> String {
        format!("{icon} {}", self.t(key))
    }

    /// Asks for a change of the settings that are seen.
    pub(super) fn set(&self, out: &mut Intents, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.clone();
        change(&mut settings);
        let change = self.settings.change_to(&settings);
        out.push(Intent::Set(Box::new(change)));
    }

    /// Gives what says things of the open incident's flow.
    pub(super) fn telling(&self, desk: &'a Desk) -> Telling<'a> {
        Telling {
            words: self.words,
            flow: desk.flow(),
            zone: desk.incident().zone(),
        }
    }

    /// Draws ordinary text.
    pub(super) fn body(&self, ui: &mut Ui, text: &str) -> Response {
        ui.add(Paragraph::new(
            &self.look,
            text,
            Face::Body,
            self.look.palette.ink,
        ))
    }

    /// Draws text that stands back.
    pub(super) fn quiet(&self, ui: &mut Ui, text: &str) -> Response {
        ui.add(Paragraph::new(
            &self.look,
            text,
            Face::Quiet,
            self.look.palette.quiet_ink,
        ))
    }

    /// Draws words that stand back, in a wrapped row.
    pub(super) fn quiet_word(&self, ui: &mut Ui, text: &str) -> Response {
        widgets::row_words(
            ui,
            &self.look,
            text,
            Face::Quiet,
            self.look.palette.quiet_ink,
        )
    }

    /// Gives whom to offer where a name is asked for: the recorder, who holds a role, the list.
    pub(super) fn people(&self) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        if let Some(desk) = self.desk {
            let incident = desk.incident();
            people.extend(incident.recorder().map(str::to_owned));
            for holders in incident.roles().values() {
                people.extend(holders.holder.clone());
                people.extend(holders.deputies.iter().cloned());
            }
        }
        people.extend(self.settings.people.iter().cloned());
        let mut seen = std::collections::BTreeSet::new();
        people.retain(|person| seen.insert(folded_name(person)));
        people
    }

    /// Draws a field for a name over a draft; while it is empty, people can be pressed.
    pub(super) fn name_edit(
        &self,
        ui: &mut Ui,
        drafts: &mut Drafts,
        key: &str,
        (name, hint): (&str, &str),
    ) -> Response {
        let edit = widgets::draft_edit(ui, &self.look, drafts, key, (name, hint), Lines::One);
        // They stay when one is taken: what stands below must not come under the pointer.
        ui.horizontal_wrapped(|ui| {
            for person in self.people() {
                let button = widgets::small_button(ui, &self.look, &person);
                let button = button.accessible_name(format!("{name}: {person}"));
                if button.clicked() {
                    drafts.set(key, person);
                }
            }
        });
        edit
    }

    /// Draws a field for a time over a draft, and below it what is typed is read as.
    pub(super) fn time_edit(
        &self,
        ui: &mut Ui,
        drafts: &mut Drafts,
        key: &str,
        names: (&str, &str),
    ) -> Response {
        let edit = widgets::draft_edit(ui, &self.look, drafts, key, names, Lines::One);
        self.read_as(ui, drafts.get(key), false);
        edit
    }

    /// Says what a typed time is read as before it is recorded, and what is odd about it; what is
    /// planned may well lie ahead.
    pub(super) fn read_as(&self, ui: &mut Ui, text: &str, may_be_ahead: bool) {
        if shows_nothing(text) {
            return;
        }
        let Some(at) = read_moment(text, self.now) else {
            let text = self.icon(icons::TRIANGLE_ALERT, "time-unreadable");
            let ink = self.look.palette.warn;
            ui.add(Paragraph::new(&self.look, &text, Face::Quiet, ink));
            return;
        };
        let incident = self.desk.map(Desk::incident);
        let mut odd = incident.map_or_else(Vec::new, |incident| incident.odd(at, self.now));
        odd.retain(|odd| !may_be_ahead || *odd != Odd::Ahead);
        let said = telling::taken_as(self.words, at, self.now, &odd);
        let (icon, ink) = if odd.is_empty() {
            (icons::CLOCK, self.look.palette.quiet_ink)
        } else {
            (icons::TRIANGLE_ALERT, self.look.palette.warn)
        };
        let text = format!("{icon} {said}");
        ui.add(Paragraph::new(&self.look, &text, Face::Quiet, ink));
    }

    /// Draws the number of a step, which leads to its box on the flowchart.
    pub(super) fn chart_link(&self, ui: &mut Ui, node: &NodeId, out: &mut Intents) {
        let text = format!("{} {node}", icons::WORKFLOW);
        let tip = self.with("chart-show", &[("step", node.as_str())]);
        let link = widgets::row_link(ui, &self.look, &text);
        if link.accessible_name(&tip).on_hover_text(&tip).clicked() {
            out.push(Intent::ShowInChart(node.clone()));
        }
    }

    /// Draws bold text.
    pub(super) fn strong(&self, ui: &mut Ui, text: &str) -> Response {
        ui.add(Paragraph::new(
            &self.look,
            text,
            Face::Strong,
            self.look.palette.ink,
        ))
    }
}
