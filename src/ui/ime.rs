//! Input methods: the Enter that ends a composition, and on X11 the context that must live on.
//!
//! Input methods differ in whether the Enter that accepts a candidate is sent on as a key.
//! Whatever comes in the same breath as a composition belongs to the composition, so it is
//! taken out before any widget or shortcut sees it.
//!
//! On X11 winit makes a new input context whenever egui asks for, lets go of or interrupts
//! input: at every change of field and after every note. fcitx5 keeps "on" and "off" in the
//! context, so it would be off again each time. There the context is kept, and the
//! candidate window is asked for below the line instead of upon it.
//!
//! **Invariant:** no Enter is seen by the window while a text is being composed, nor in the
//! pass in which the composition ends. A composition that was broken off holds back none.

use egui::output::IMEOutput;
use egui::{Event, FullOutput, ImeEvent, Key, RawInput};

/// The guard; added to egui's context once.
#[derive(Debug, Default)]
pub(super) struct ImeGuard {
    composing: bool,
    /// The window is on X11.
    x11: bool,
    /// What the input method was last told of the field.
    told: Option<IMEOutput>,
}

impl ImeGuard {
    /// From now on keeps the input context; for X11 alone.
    pub(super) fn keep_context(&mut self) {
        self.x11 = true;
    }

    /// Settles what the input method is told; `idle` if no widget has the keyboard.
    ///
    /// A widget that is no field gets its keys without an input method between. A composition
    /// that egui shows is broken off with its field; one that fcitx5 shows goes along.
    fn settle(&mut self, field: &mut Option<IMEOutput>, idle: bool) {
        if self.x11 && !self.composing {
            if field.is_none() && idle {
                *field = self.told;
            }
            if let Some(field) = field {
                field.should_interrupt_composition = false;
            }
        }
        if let Some(field) = field
            && self.x11
        {
            field.cursor_rect.min.y = field.cursor_rect.max.y;
        }
        self.composing &= field.is_some_and(|field| !field.should_interrupt_composition);
        self.told = *field;
    }

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

    fn output_hook(&mut self, ctx: &egui::Context, output: &mut FullOutput) {
        let idle = ctx.memory(|memory| memory.focused().is_none());
        self.settle(&mut output.platform_output.ime, idle);
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

    type Told = Option<IMEOutput>;

    /// Fields 0 and 1 and a button 2 in a real context.
    struct Form {
        ctx: egui::Context,
    }

    impl Form {
        fn new(x11: bool) -> Self {
            let ctx = egui::Context::default();
            ctx.add_plugin(ImeGuard {
                x11,
                ..ImeGuard::default()
            });
            Self { ctx }
        }

        fn pass(&self, events: Vec<Event>, mut turn: impl FnMut(&mut egui::Memory)) -> Told {
            let input = RawInput {
                events,
                ..RawInput::default()
            };
            let mut output = self.ctx.run_ui(input, |ui| {
                ui.memory_mut(&mut turn);
                for field in 0..2 {
                    let mut text = String::new();
                    ui.add(egui::TextEdit::singleline(&mut text).id(egui::Id::unique(field)));
                }
                let _response =
                    ui.interact(ui.max_rect(), egui::Id::unique(2), egui::Sense::click());
            });
            output.textures_delta.clear();
            output.platform_output.ime
        }

        /// Passes the keyboard on in one pass, and makes another.
        fn focus(&self, widget: Option<i32>) -> [Told; 2] {
            let turned = self.pass(vec![], |memory| match widget {
                Some(widget) => memory.request_focus(egui::Id::unique(widget)),
                None => memory.stop_text_input(),
            });
            [turned, self.pass(vec![], |_| {})]
        }

        fn compose(&self) {
            self.pass(vec![preedit("かん")], |_| {});
        }

        fn enters_seen(&self) -> Option<usize> {
            self.ctx
                .with_plugin(|guard: &mut ImeGuard| pass(guard, vec![enter()]))
        }
    }

    fn kept(told: [Told; 2]) -> bool {
        told.iter()
            .all(|told| told.is_some_and(|field| !field.should_interrupt_composition))
    }

    #[test]
    fn on_x11_the_input_context_is_kept_from_field_to_field() {
        let form = Form::new(true);
        assert_eq!(form.focus(None), [None, None], "no field was entered yet");
        assert!(kept(form.focus(Some(0))));
        assert!(
            kept(form.focus(Some(0))),
            "a note was sent, the next begins"
        );
        assert!(kept(form.focus(Some(1))), "another field");
        assert!(kept(form.focus(None)), "a click beside");
        assert!(kept(form.focus(Some(0))));
        assert_eq!(form.focus(Some(2)), [None, None], "a button takes its keys");
        assert_eq!(form.focus(None), [None, None]);
    }

    #[test]
    fn elsewhere_the_input_method_is_told_what_egui_says() {
        let form = Form::new(false);
        assert!(form.focus(Some(0))[1].is_some());
        assert!(!kept(form.focus(Some(1))), "interrupted");
        assert_eq!(form.focus(None), [None, None]);
    }

    #[test]
    fn on_x11_the_candidates_are_asked_for_below_the_line() {
        let at = |x11| Form::new(x11).focus(Some(0))[1].unwrap().cursor_rect;
        assert!(at(false).height() > 0.0);
        assert_eq!(at(true).min, at(false).left_bottom());
    }

    #[test]
    fn a_composition_broken_off_holds_back_no_enter() {
        for x11 in [false, true] {
            let form = Form::new(x11);
            form.focus(Some(0));
            form.compose();
            assert!(!kept(form.focus(Some(1))), "interrupted");
            assert_eq!(form.enters_seen(), Some(1));

            form.compose();
            assert_eq!(form.focus(None), [None, None], "let go");
            assert_eq!(form.enters_seen(), Some(1));
        }
    }
}
