//! Presses: which of them count. A key that is held presses once, and a double press is one.
//!
//! The guard takes the repeats of a held key out of the input before any widget or shortcut sees
//! them; keys that only move or delete go on repeating. [`Presses`] then looks at what the
//! presses of a pass have led to: within half a second a second press does nothing if it is on
//! the same control, by the same key on the same widget, or by the pointer where it was. Only
//! what would be recorded is held back; controls never block one another.
//!
//! **Invariant:** time is egui's, never the clock's.

use std::collections::BTreeSet;

use egui::{Event, Id, Key, Modifiers, PointerButton, Pos2, RawInput};

use super::command::UiCommand;
use super::cx::Intent;
use crate::incident::Act;

/// Within how many seconds a second press is taken for one with the first.
const TOGETHER_SECS: f64 = 0.5;

/// How far the pointer may stray between two presses at the same place, in points.
const STRAY: f32 = 10.0;

/// Takes out what a held key repeats; added to egui's context once.
#[derive(Debug, Default)]
pub(super) struct HeldKeys {
    down: BTreeSet<Key>,
}

impl HeldKeys {
    fn filter(&mut self, events: &mut Vec<Event>) {
        events.retain(|event| match event {
            Event::Key {
                key,
                pressed,
                modifiers,
                ..
            } => {
                if !pressed {
                    self.down.remove(key);
                    return true;
                }
                let is_first = self.down.insert(*key);
                is_first || may_repeat(*key, *modifiers)
            }
            Event::WindowFocused(false) => {
                // What is let go of in another window is not told.
                self.down.clear();
                true
            }
            _ => true,
        });
    }
}

impl egui::Plugin for HeldKeys {
    fn debug_name(&self) -> &'static str {
        "held keys"
    }

    fn input_hook(&mut self, _: &egui::Context, input: &mut RawInput) {
        self.filter(&mut input.events);
    }
}

/// Tells whether a held key may go on: it moves, deletes or, on the flowchart, magnifies.
fn may_repeat(key: Key, modifiers: Modifiers) -> bool {
    match key {
        Key::ArrowUp
        | Key::ArrowDown
        | Key::ArrowLeft
        | Key::ArrowRight
        | Key::Backspace
        | Key::Delete
        | Key::Home
        | Key::End
        | Key::PageUp
        | Key::PageDown
        | Key::Tab => true,
        Key::Plus | Key::Minus | Key::Equals => !modifiers.command && !modifiers.alt,
        _ => false,
    }
}

/// How a press was made.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    /// With the pointer, there.
    Pointer(Pos2),
    /// With a key, while this widget had the keyboard.
    Key(Key, Modifiers, Option<Id>),
}

impl How {
    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Pointer(here), Self::Pointer(there)) => here.distance(there) < STRAY,
            _ => self == other,
        }
    }
}

/// The presses of the last moments, and what they have led to.
#[derive(Debug, Clone, Default)]
pub(super) struct Presses {
    now: f64,
    /// When and how; the latest is the last.
    made: Vec<(f64, How)>,
    /// What is pressed in this pass.
    pressing: Option<(f64, How)>,
    /// What was led to, and when.
    led_to: Vec<(f64, String)>,
    /// The last of them, however long ago.
    last: Option<String>,
    /// When what is drawn last gave way to something else by itself, and where the pointer was.
    moved: Option<(f64, Option<Pos2>)>,
}

impl Presses {
    /// Takes in the presses of a pass; to be asked before anything is drawn.
    pub(super) fn see(&mut self, ctx: &egui::Context) {
        let focus = ctx.memory(|memory| memory.focused());
        self.pressing = None;
        ctx.input(|input| {
            self.now = input.time;
            let now = self.now;
            let recent = |at: f64| (0.0..TOGETHER_SECS).contains(&(now - at));
            // The last press may have been long ago: it is let go of only now.
            let last = self.made.last().copied();
            self.made.retain(|(at, _)| recent(*at));
            self.led_to.retain(|(at, _)| recent(*at));
            self.moved = self.moved.filter(|(at, _)| recent(*at));
            for event in &input.events {
                match event {
                    Event::PointerButton {
                        pos,
                        button: PointerButton::Primary,
                        pressed,
                        ..
                    } => {
                        let press = (now, How::Pointer(*pos));
                        if *pressed {
                            self.made.push(press);
                        } else {
                            let pointer = |(_, how): &(f64, How)| matches!(how, How::Pointer(_));
                            let made = self.made.iter().rev().copied().find(pointer);
                            self.pressing = made.or(last.filter(pointer)).or(Some(press));
                        }
                    }
                    Event::Key {
                        key,
                        pressed: true,
                        repeat: false,
                        modifiers,
                        ..
                    } => {
                        let press = (now, How::Key(*key, *modifiers, focus));
                        self.made.push(press);
                        self.pressing = Some(press);
                    }
                    _ => {}
                }
            }
        });
    }

    /// Notes that what is drawn gives way to something else by itself.
    pub(super) fn moves(&mut self, ctx: &egui::Context) {
        let seen = ctx.input(|input| (input.time, input.pointer.latest_pos()));
        self.moved = Some(seen);
    }

    /// Tells whether what a press has led to counts.
    pub(super) fn counts(&mut self, intent: &Intent) -> bool {
        let Some(control) = control(intent) else {
            return true;
        };
        let is_again = self.led_to.iter().any(|(_, known)| *known == control);
        let is_double = self
            .pressing
            .is_some_and(|(at, how)| !sends_text(intent, how) && self.is_second(at, how));
        let counts = !(is_again || is_double || self.has_moved(&control));
        self.led_to.push((self.now, control.clone()));
        self.last = Some(control);
        counts
    }

    /// Tells whether the same was pressed shortly before.
    fn is_second(&self, at: f64, how: How) -> bool {
        let mut same = self.made.iter().filter(|(_, known)| known.is_same(how));
        same.any(|(before, _)| *before < at && at - before < TOGETHER_SECS)
    }

    /// Tells whether something else came under the pointer while it stayed where it was, or took
    /// the place of what the same control was pressed for: nobody can have read it yet.
    fn has_moved(&self, control: &String) -> bool {
        let Some((moved, was)) = self.moved else {
            return false;
        };
        match self.pressing {
            Some((at, How::Pointer(is))) => {
                let stayed = was.is_some_and(|was| was.distance(is) < STRAY);
                stayed && at - moved < TOGETHER_SECS
            }
            _ => self.last.as_ref() == Some(control),
        }
    }
}

/// Tells whether a text was typed for it and is gone from its field: it cannot be sent twice.
fn sends_text(intent: &Intent, how: How) -> bool {
    let is_text = matches!(
        intent,
        Intent::PlainLine(_)
            | Intent::Send {
                act: Act::Note(_),
                ..
            }
    );
    is_text && matches!(how, How::Key(..))
}

/// Gives the name of the control behind an intent; none for what is not recorded.
fn control(intent: &Intent) -> Option<String> {
    match intent {
        Intent::OnNode(command, _) => Some(format!("{command:?}")),
        Intent::Run(command) => command.records().then(|| format!("{command:?}")),
        Intent::Act(act) | Intent::Send { act, .. } => Some(match act {
            // The same box, the same answer.
            Act::Tick(node, item, _) | Act::Untick(node, item, _) => format!("item {node} {item}"),
            Act::Choose(node, answer, _) | Act::Change(node, answer, _) => {
                format!("answer {node} {answer}")
            }
            act => format!("{act:?}"),
        }),
        Intent::Start { door, .. } => Some(format!("door {door}")),
        // The question whether to begin is another control than the door.
        Intent::Begin { .. } => Some("begin".to_owned()),
        Intent::PlainLine(text) => Some(format!("line {text}")),
        Intent::PlainJoin(_) => Some("join".to_owned()),
        _ => None,
    }
}

impl UiCommand {
    /// Tells whether it makes an entry at once.
    fn records(self) -> bool {
        matches!(
            self,
            Self::Complete
                | Self::Skip
                | Self::Park
                | Self::Undo
                | Self::Redo
                | Self::ReopenIncident
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        }
    }

    fn seen(guard: &mut HeldKeys, mut events: Vec<Event>) -> usize {
        guard.filter(&mut events);
        events.len()
    }

    #[test]
    fn a_held_key_presses_once_and_again_after_it_was_let_go() {
        let mut guard = HeldKeys::default();
        for (of, modifiers) in [
            (Key::Enter, Modifiers::NONE),
            (Key::Enter, Modifiers::COMMAND),
            (Key::Space, Modifiers::NONE),
            (Key::Z, Modifiers::COMMAND),
        ] {
            let down = || key(of, true, modifiers);
            assert_eq!(seen(&mut guard, vec![down()]), 1);
            assert_eq!(seen(&mut guard, vec![down(), down()]), 0);
            assert_eq!(seen(&mut guard, vec![down()]), 0);
            assert_eq!(seen(&mut guard, vec![key(of, false, modifiers), down()]), 2);
            assert_eq!(seen(&mut guard, vec![Event::WindowFocused(false)]), 1);
            assert_eq!(seen(&mut guard, vec![down()]), 1, "let go elsewhere");
            assert_eq!(seen(&mut guard, vec![key(of, false, modifiers)]), 1);
        }
    }

    #[test]
    fn keys_that_move_or_delete_go_on_while_they_are_held() {
        let mut guard = HeldKeys::default();
        for of in [Key::ArrowDown, Key::Backspace, Key::PageDown, Key::Tab] {
            let down = || key(of, true, Modifiers::NONE);
            assert_eq!(seen(&mut guard, vec![down(), down(), down()]), 3);
        }
    }
}
