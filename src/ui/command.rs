//! The one table of what the window can be told to do: words, shortcut, and when it makes sense.
//!
//! The command palette, the shortcuts, the help overlay and the tooltips are all read out of
//! this table. It carries nothing out; that is the app's.
//!
//! **Invariant:** no two commands share a shortcut.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{icons, widgets};
use crate::words::Words;

/// A command of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UiCommand {
    /// Complete the step in hand.
    Complete,
    /// Leave it out.
    Skip,
    /// Set it aside.
    Park,
    /// Go to the quick note.
    Note,
    /// Take the next open step in hand.
    NextStep,
    /// Take the one before in hand.
    PreviousStep,
    /// Go to what can be pressed in the step in hand.
    FocusStep,
    /// Take the last entry back.
    Undo,
    /// Let it count again.
    Redo,
    /// Show the guide.
    Guide,
    /// Show the record.
    Chronology,
    /// Show the flowchart.
    Chart,
    /// Show the step in hand on the flowchart.
    ShowInChart,
    /// Type what is to be found: on the flowchart a step, else entries of the record.
    Find,
    /// Show roles and contacts.
    People,
    /// Show the settings.
    Settings,
    /// Show the start.
    Home,
    /// Write lines with their time, whatever is broken.
    PlainLog,
    /// Type the title.
    Title,
    /// Close the incident.
    CloseIncident,
    /// Open it again.
    ReopenIncident,
    /// Search for a command or a step.
    Palette,
    /// Show the shortcuts.
    Help,
    /// Larger text.
    LargerText,
    /// Smaller text.
    SmallerText,
    /// The other language.
    SwitchLanguage,
    /// Light or dark.
    SwitchTheme,
}

/// When a command makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Always.
    Nothing,
    /// An incident is open in the window.
    Incident,
    /// The incident can be written and is not closed.
    Running,
    /// A step or decision is open and its card is in view.
    OpenNode,
    /// The incident is closed.
    Closed,
    /// The last entry can be taken back.
    Undo,
    /// An entry was taken back.
    Redo,
}

/// What is true when commands are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that a command may need"
)]
pub struct Facts {
    /// An incident is open in the window.
    pub incident: bool,
    /// It can be written and is not closed.
    pub running: bool,
    /// The card of a node that is open is in view.
    pub open_node: bool,
    /// The incident is closed and could be opened again.
    pub closed: bool,
    /// The last entry can be taken back.
    pub undo: bool,
    /// An entry was taken back, and can count again.
    pub redo: bool,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The command.
    pub command: UiCommand,
    /// The identifier in the language files: `command-<id>` and `command-<id>-tip`.
    pub id: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The shortcut.
    pub shortcut: Option<KeyboardShortcut>,
    /// When it makes sense.
    pub needs: Needs,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn row(
    command: UiCommand,
    id: &'static str,
    icon: &'static str,
    shortcut: Option<KeyboardShortcut>,
    needs: Needs,
) -> Row {
    Row {
        command,
        id,
        icon,
        shortcut,
        needs,
    }
}

/// The table, in the order of the help.
pub const TABLE: [Row; 27] = [
    row(
        UiCommand::Complete,
        "complete",
        icons::CHECK,
        Some(ctrl(Key::Enter)),
        Needs::OpenNode,
    ),
    row(
        UiCommand::Skip,
        "skip",
        icons::SKIP_FORWARD,
        Some(ctrl_shift(Key::S)),
        Needs::OpenNode,
    ),
    row(
        UiCommand::Park,
        "park",
        icons::PAUSE,
        Some(ctrl_shift(Key::P)),
        Needs::OpenNode,
    ),
    row(
        UiCommand::Note,
        "note",
        icons::MESSAGE_SQUARE,
        Some(ctrl(Key::N)),
        Needs::Running,
    ),
    row(
        UiCommand::NextStep,
        "next-step",
        icons::ARROW_RIGHT,
        Some(alt(Key::ArrowDown)),
        Needs::Incident,
    ),
    row(
        UiCommand::PreviousStep,
        "previous-step",
        icons::ARROW_LEFT,
        Some(alt(Key::ArrowUp)),
        Needs::Incident,
    ),
    row(
        UiCommand::Palette,
        "palette",
        icons::SEARCH,
        Some(ctrl(Key::K)),
        Needs::Nothing,
    ),
    row(
        UiCommand::Help,
        "help",
        icons::CIRCLE_QUESTION_MARK,
        Some(KeyboardShortcut::new(Modifiers::NONE, Key::F1)),
        Needs::Nothing,
    ),
    row(
        UiCommand::Guide,
        "guide",
        icons::PLAY,
        Some(ctrl(Key::Num1)),
        Needs::Incident,
    ),
    row(
        UiCommand::Chronology,
        "chronology",
        icons::LIST,
        Some(ctrl(Key::Num2)),
        Needs::Incident,
    ),
    row(
        UiCommand::People,
        "people",
        icons::USERS,
        Some(ctrl(Key::Num3)),
        Needs::Incident,
    ),
    row(
        UiCommand::Chart,
        "chart",
        icons::WORKFLOW,
        Some(ctrl(Key::Num4)),
        Needs::Nothing,
    ),
    row(
        UiCommand::ShowInChart,
        "show-in-chart",
        icons::WORKFLOW,
        Some(ctrl(Key::G)),
        Needs::Incident,
    ),
    row(
        UiCommand::Find,
        "find",
        icons::SEARCH,
        Some(ctrl(Key::F)),
        Needs::Nothing,
    ),
    row(
        UiCommand::Settings,
        "settings",
        icons::SETTINGS,
        Some(ctrl(Key::Comma)),
        Needs::Nothing,
    ),
    row(
        UiCommand::Home,
        "home",
        icons::HOUSE,
        Some(ctrl(Key::Num0)),
        Needs::Nothing,
    ),
    row(
        UiCommand::FocusStep,
        "focus-step",
        icons::LIST_CHECKS,
        Some(ctrl(Key::J)),
        Needs::Incident,
    ),
    row(
        UiCommand::Undo,
        "undo",
        icons::UNDO_2,
        Some(ctrl(Key::Z)),
        Needs::Undo,
    ),
    row(
        UiCommand::Redo,
        "redo",
        icons::ROTATE_CCW,
        Some(ctrl_shift(Key::Z)),
        Needs::Redo,
    ),
    row(
        UiCommand::PlainLog,
        "plain-log",
        icons::MESSAGE_SQUARE,
        Some(ctrl_shift(Key::N)),
        Needs::Nothing,
    ),
    row(
        UiCommand::Title,
        "title",
        icons::PENCIL,
        Some(ctrl_shift(Key::T)),
        Needs::Running,
    ),
    row(
        UiCommand::CloseIncident,
        "close-incident",
        icons::CIRCLE_STOP,
        None,
        Needs::Running,
    ),
    row(
        UiCommand::ReopenIncident,
        "reopen-incident",
        icons::ROTATE_CCW,
        None,
        Needs::Closed,
    ),
    row(
        UiCommand::LargerText,
        "larger-text",
        icons::PLUS,
        Some(ctrl(Key::Plus)),
        Needs::Nothing,
    ),
    row(
        UiCommand::SmallerText,
        "smaller-text",
        icons::CHEVRON_DOWN,
        Some(ctrl(Key::Minus)),
        Needs::Nothing,
    ),
    row(
        UiCommand::SwitchLanguage,
        "switch-language",
        icons::LANGUAGES,
        Some(ctrl_shift(Key::L)),
        Needs::Nothing,
    ),
    row(
        UiCommand::SwitchTheme,
        "switch-theme",
        icons::MOON,
        Some(ctrl_shift(Key::D)),
        Needs::Nothing,
    ),
];

/// What some people's fingers know besides.
const ALSO: [(UiCommand, KeyboardShortcut); 1] = [(UiCommand::Redo, ctrl(Key::Y))];

impl Row {
    fn shortcuts(&self) -> impl Iterator<Item = KeyboardShortcut> {
        let also = ALSO.into_iter().filter(|(of, _)| *of == self.command);
        self.shortcut
            .into_iter()
            .chain(also.map(|(_, shortcut)| shortcut))
    }
}

impl UiCommand {
    /// Gives the command's row.
    pub fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.command == self)
    }

    /// Gives the label.
    pub fn label(self, words: &Words) -> String {
        self.row()
            .map(|row| words.get(&format!("command-{}", row.id)))
            .unwrap_or_default()
    }

    /// Gives the sentence of the tooltip.
    pub fn tip(self, words: &Words) -> String {
        self.row()
            .map(|row| words.get(&format!("command-{}-tip", row.id)))
            .unwrap_or_default()
    }

    /// Gives the shortcut as the system writes it.
    pub fn shortcut(self, ctx: &egui::Context) -> Option<String> {
        self.row()?.shortcut.map(|shortcut| {
            let names = [
                ("Comma", ","),
                ("Plus", "+"),
                ("Minus", "-"),
                ("Down", "↓"),
                ("Up", "↑"),
            ];
            let text = ctx.format_shortcut(&shortcut);
            names
                .iter()
                .find_map(|(name, sign)| Some(format!("{}{sign}", text.strip_suffix(name)?)))
                .unwrap_or(text)
        })
    }

    /// Tells whether it changes the step in hand, and so needs it in view.
    pub(super) fn is_on_node(self) -> bool {
        self.row().is_some_and(|row| row.needs == Needs::OpenNode)
    }

    /// Tells whether it makes sense now.
    pub fn is_enabled(self, facts: Facts) -> bool {
        self.row().is_some_and(|row| match row.needs {
            Needs::Nothing => true,
            Needs::Incident => facts.incident,
            Needs::Running => facts.running,
            Needs::OpenNode => facts.open_node,
            Needs::Closed => facts.closed,
            Needs::Undo => facts.undo,
            Needs::Redo => facts.redo,
        })
    }
}

/// Takes the shortcuts out of the pass's input and gives the commands that they stand for.
pub(super) fn pressed(ctx: &egui::Context, facts: Facts) -> Vec<UiCommand> {
    let focus = ctx.memory(|memory| memory.focused());
    // In a field Ctrl+Z takes back what was typed there, and in one that sends Ctrl+Enter sends.
    let types = focus.is_some_and(|id| egui::TextEdit::load_state(ctx, id).is_some());
    let sends = focus.is_some_and(|id| widgets::is_sending_field(ctx, id));
    let is_of_field = |command| match command {
        UiCommand::Undo | UiCommand::Redo => types,
        UiCommand::Complete => sends,
        _ => false,
    };
    let mut rows: Vec<&Row> = TABLE
        .iter()
        .filter(|row| !is_of_field(row.command))
        .collect();
    // A shortcut with Shift must be looked for before the same key without.
    rows.sort_by_key(|row| {
        row.shortcut
            .is_none_or(|shortcut| !shortcut.modifiers.shift)
    });
    let mut commands: Vec<UiCommand> = rows
        .into_iter()
        .filter(|row| {
            let is_enabled = row.command.is_enabled(facts);
            // Where there is nothing to redo, its keys must not be taken for those of undo.
            let listens = is_enabled || row.command == UiCommand::Redo;
            let is_pressed = listens
                && row
                    .shortcuts()
                    .any(|keys| ctx.input_mut(|input| input.consume_shortcut(&keys)));
            is_pressed && is_enabled
        })
        .map(|row| row.command)
        .collect();
    if commands.iter().any(|command| !command.is_on_node()) {
        // Of two in one pass the other may have led away from the step before.
        commands.retain(|command| !command.is_on_node());
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Language;

    #[test]
    fn no_two_commands_share_a_shortcut() {
        for (at, row) in TABLE.iter().enumerate() {
            for other in &TABLE[at + 1..] {
                assert!(
                    row.shortcut.is_none() || row.shortcut != other.shortcut,
                    "{}",
                    other.id
                );
                assert_ne!(row.command, other.command);
            }
            for (of, also) in ALSO {
                assert_ne!(row.shortcut, Some(also), "{} and {of:?}", row.id);
            }
        }
    }

    #[test]
    fn every_command_has_its_words_in_both_languages() {
        for language in [Language::Ja, Language::En] {
            let words = Words::new(language);
            for row in TABLE {
                assert!(
                    !row.command.label(&words).starts_with("command-"),
                    "{}",
                    row.id
                );
                assert!(
                    !row.command.tip(&words).starts_with("command-"),
                    "{}",
                    row.id
                );
            }
        }
    }
}
