//! Keeps the Enter that ends a composition from reaching the window.
//!
//! Input methods differ in whether the Enter that accepts a candidate is sent on as a key.
//! Whatever comes in the same breath as a composition belongs to the composition, so it is
//! taken out before any widget or shortcut sees it. Nothing else is changed.
//!
//! **Invariant:** no Enter is seen by the window while a text is being composed, nor in the
//! pass in which the composition ends.

use egui::{Event, ImeEvent, Key, RawInput};

/// The guard; added to egui's context once.
#[derive(Debug, Default)]
pub(super) struct ImeGuard {
    composing: bool,
}

impl ImeGuard {
    /// Takes out of a pass's events the Enters that belong to a composition.
    pub(super) fn filter(&mut self, events: &mut Vec<Event>) {
        let mut guarded = self.composing;
        for event in events.iter() {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => {
                    self.composing = !text.is_empty();
                    guarded |= self.composing;
                }
                Event::Ime(ImeEvent::Commit(text)) => {
                    self.composing = false;
                    guarded |= !text.is_empty();
                }
                _ => {}
            }
        }
        if guarded {
            events.retain(|event| {
                !matches!(
                    event,
                    Event::Key {
                        key: Key::Enter,
                        ..
                    }
                )
            });
        }
    }
}

impl egui::Plugin for ImeGuard {
    fn debug_name(&self) -> &'static str {
        "ime guard"
    }

    fn input_hook(&mut self, _: &egui::Context, input: &mut RawInput) {
        self.filter(&mut input.events);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter() -> Event {
        Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        }
    }

    fn preedit(text: &str) -> Event {
        Event::Ime(ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        })
    }

    fn commit(text: &str) -> Event {
        Event::Ime(ImeEvent::Commit(text.to_owned()))
    }

    fn pass(guard: &mut ImeGuard, mut events: Vec<Event>) -> usize {
        guard.filter(&mut events);
        events.iter().filter(|event| **event == enter()).count()
    }

    #[test]
    fn an_enter_that_ends_a_composition_is_taken_out() {
        let mut guard = ImeGuard::default();
        assert_eq!(pass(&mut guard, vec![preedit("かんせん")]), 0);
        assert_eq!(pass(&mut guard, vec![enter(), commit("感染")]), 0);
        assert_eq!(pass(&mut guard, vec![enter()]), 1, "the next one sends");
    }

    #[test]
    fn an_enter_while_composing_is_taken_out() {
        let mut guard = ImeGuard::default();
        assert_eq!(pass(&mut guard, vec![preedit("か")]), 0);
        assert_eq!(pass(&mut guard, vec![enter()]), 0);
        assert_eq!(pass(&mut guard, vec![preedit(""), enter()]), 0);
        assert_eq!(pass(&mut guard, vec![enter()]), 1);
    }

    #[test]
    fn an_enter_without_a_composition_stays() {
        let mut guard = ImeGuard::default();
        assert_eq!(pass(&mut guard, vec![preedit(""), enter()]), 1);
    }
}
