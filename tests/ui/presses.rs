//! Which presses count: held keys, double presses, shortcuts beside what they act on.

use super::*;

const FIRST: &str = "異常の事象について確認する";

/// How long a step of a [`quick`] window takes, in milliseconds.
const STEP: usize = 10;

/// Goes on for so long.
fn pass(window: &mut Window, millis: usize) {
    window.run_steps(millis / STEP);
}

/// Presses a key and holds it so long, with the repeats that the system sends.
fn hold(window: &mut Window, modifiers: Modifiers, key: Key, millis: usize) {
    let down = |window: &Window| {
        window.event(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
    };
    window.event(Event::ModifiersChanged(modifiers));
    down(window);
    pass(window, 500);
    for _ in 0..millis / 50 {
        down(window);
        pass(window, 50);
    }
    window.key_up_modifiers(modifiers, key);
    pass(window, 50);
}

fn idle(window: &mut Window) {
    until(window, |app| app.session().is_some_and(Session::is_idle));
}

/// Presses and lets go of the mouse there, in two steps.
fn press_at(window: &mut Window, pos: egui::Pos2) {
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.run_steps(1);
}

fn boxes(window: &Window) -> Vec<egui::Pos2> {
    let all = window.query_all_by_role(Role::CheckBox);
    let places = all.map(|node| node.rect().center());
    places
        .filter(|pos| pos.y < 700.0 && pos.x > 300.0 && pos.x < 900.0)
        .collect()
}

#[test]
fn a_held_key_records_once() {
    for (modifiers, key, adds) in [
        (Modifiers::COMMAND, Key::Enter, 1),
        // It asks, and the repeats answer nothing.
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::S, 0),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::P, 1),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut window = quick(data.path());
        pass(&mut window, 600);
        hold(&mut window, modifiers, key, 3000);
        idle(&mut window);
        assert_eq!(entries(&window), 1 + adds, "{key:?}");
    }
}

#[test]
fn a_held_undo_takes_back_once() {
    let data = tempfile::tempdir().unwrap();
    let mut window = quick(data.path());
    pass(&mut window, 600);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    pass(&mut window, 600);
    hold(&mut window, Modifiers::COMMAND, Key::Z, 2000);
    idle(&mut window);
    assert_eq!(entries(&window), 3);
}

#[test]
fn space_and_enter_held_on_a_tick_box_tick_once() {
    for key in [Key::Space, Key::Enter] {
        let data = tempfile::tempdir().unwrap();
        let mut window = quick(data.path());
        pass(&mut window, 600);
        window.get_by_role_and_label(Role::CheckBox, FIRST).focus();
        pass(&mut window, 50);
        hold(&mut window, Modifiers::NONE, key, 2000);
        idle(&mut window);
        assert_eq!(entries(&window), 2, "{key:?}");
    }
}

#[test]
fn a_key_that_was_let_go_of_records_again() {
    let data = tempfile::tempdir().unwrap();
    let mut window = quick(data.path());
    for count in 2..4 {
        pass(&mut window, 600);
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        until_entries(&mut window, count);
    }
}

#[test]
fn a_second_press_within_half_a_second_counts_once_and_after_it_twice() {
    for (apart, adds) in [(150, 1), (300, 1), (420, 1), (490, 1), (560, 2)] {
        let data = tempfile::tempdir().unwrap();
        let mut window = quick(data.path());
        pass(&mut window, 1000);
        let complete = "完了して次へ Ctrl+Enter";
        let pos = window.get_by_label(complete).rect().center();
        press_at(&mut window, pos);
        until_entries(&mut window, 2);
        // What is done besides takes three steps.
        let passed = apart - 3 * STEP;
        pass(&mut window, passed - 30);
        press_at(&mut window, pos);
        pass(&mut window, 100);
        idle(&mut window);
        // The second one may fall upon another control of the next card.
        let added = entries(&window) - 1;
        assert!(added <= adds, "{apart} ms: {added}");
        let data = tempfile::tempdir().unwrap();
        let mut window = quick(data.path());
        pass(&mut window, 1000);
        let pos = boxes(&window)[0];
        press_at(&mut window, pos);
        pass(&mut window, apart - 3 * STEP);
        press_at(&mut window, pos);
        pass(&mut window, 100);
        idle(&mut window);
        assert_eq!(entries(&window) - 1, adds, "a tick box, {apart} ms");
    }
}

#[test]
fn two_boxes_ticked_soon_after_one_another_are_two_ticks() {
    for apart in [100, 390] {
        let data = tempfile::tempdir().unwrap();
        let mut window = quick(data.path());
        click(&mut window, "1-1 異常等の検知");
        pass(&mut window, 1000);
        let places = boxes(&window);
        for pos in &places[..2] {
            press_at(&mut window, *pos);
            pass(&mut window, apart - 3 * STEP);
        }
        idle(&mut window);
        assert_eq!(entries(&window), 3, "{apart} ms");
    }
}

#[test]
fn the_same_shortcut_counts_once_within_half_a_second_and_another_one_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut window = quick(data.path());
    pass(&mut window, 1000);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    pass(&mut window, 300);
    idle(&mut window);
    assert_eq!(entries(&window), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    pass(&mut window, 50);
    idle(&mut window);
    assert_eq!(entries(&window), 2, "the same");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    pass(&mut window, 50);
    idle(&mut window);
    assert_eq!(entries(&window), 3, "another one");
}

#[test]
fn in_a_field_that_sends_ctrl_enter_sends_and_completes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    focus_note(&mut window);
    window.event(Event::Text("a".to_owned()));
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    window.run_steps(4);
    assert_eq!(state(&window, "1-4"), State::Open);
    let last = last_event(&window);
    assert!(
        last.starts_with("NoteAdded") && last.contains("\"a\""),
        "{last}"
    );
    // With nothing to send it does nothing.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(8);
    // From the fields beside it, it sends the note.
    window.event(Event::Text("b".to_owned()));
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "発信")
        .focus();
    window.run_steps(2);
    window.event(Event::Text("病棟".to_owned()));
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 3);
    assert_eq!(entries(&window), 3);
    let last = last_event(&window);
    assert!(last.contains("病棟"), "{last}");
    assert_eq!(state(&window, "1-4"), State::Open);
}

#[test]
fn complete_skip_and_park_do_nothing_where_their_step_is_not_in_view() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let pages = [
        (Modifiers::COMMAND, Key::Num0),
        (Modifiers::COMMAND, Key::Num2),
        (Modifiers::COMMAND, Key::Num3),
        (Modifiers::COMMAND, Key::Num4),
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::N),
        // The dialogs, over the guide.
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
    ];
    for (modifiers, page) in pages {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
        window.run_steps(6);
        window.key_press_modifiers(modifiers, page);
        window.run_steps(6);
        for (modifiers, key) in [
            (Modifiers::COMMAND, Key::Enter),
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::S),
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::P),
        ] {
            window.key_press_modifiers(modifiers, key);
            window.run_steps(4);
        }
        idle(&mut window);
        assert_eq!(entries(&window), 1, "{page:?}");
        window.key_press(Key::Escape);
        window.run_steps(4);
    }
    // In a narrow window the step is drawn only in its own part.
    let data = tempfile::tempdir().unwrap();
    let mut window = open(start(data.path()), (700.0, 800.0));
    click(&mut window, "職員から連絡があった");
    until_entries(&mut window, 1);
    click(&mut window, "記録");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(8);
    idle(&mut window);
    assert_eq!(entries(&window), 1);
}

#[test]
fn a_press_acts_on_the_step_that_was_drawn() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    // Both in one pass: when the shortcut is carried out another step is in hand.
    let down = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    let next = down(Key::ArrowDown, Modifiers::ALT);
    let park = down(Key::P, Modifiers::COMMAND | Modifiers::SHIFT);
    window
        .input_mut()
        .events
        .extend([next.clone(), park.clone()]);
    window.run_steps(6);
    idle(&mut window);
    assert_eq!(entries(&window), 1, "which step was meant nobody can say");
    window.event(Event::Key {
        key: Key::P,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(6);
    // One pass later the step before is still what is seen.
    let shown = window.state().session().unwrap().incident().entries().len();
    assert_eq!(shown, 1);
    window.input_mut().events.push(park);
    window.run_steps(6);
    until_entries(&mut window, 2);
    let last = last_event(&window);
    assert!(last.starts_with("Parked"), "{last}");
}
