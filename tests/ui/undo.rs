//! Undo and redo in the window.

use super::*;

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(6);
}

fn shift() -> Modifiers {
    Modifiers::COMMAND.plus(Modifiers::SHIFT)
}

/// How the step that entry 2 was about stands, and how often it was begun.
fn stands(window: &Window) -> (State, usize) {
    let app = window.state();
    let session = app.session().unwrap();
    let incident = session.incident();
    let entry = incident.entry(shodo::incident::EntryNumber(2)).unwrap();
    let node = entry.event.node().unwrap();
    let state = incident.state(session.flow(), node);
    (state, incident.attempts(node).len())
}

#[test]
fn ctrl_z_gives_back_what_was_there_and_says_what_was_taken_back_from_any_page() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    assert!(matches!(stands(&window), (State::Done(_), 1)));
    press(&mut window, Modifiers::COMMAND, Key::Comma);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    until_entries(&mut window, 3);
    until_label(&mut window, "取り消しました（#3）：#2 ");
    assert_eq!(stands(&window), (State::Open, 1));
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    until_label(&mut window, "取り消し済み（#3）");
    for (count, (modifiers, key)) in [
        (4, (shift(), Key::Z)),
        (5, (Modifiers::COMMAND, Key::Z)),
        (6, (Modifiers::COMMAND, Key::Y)),
    ] {
        press(&mut window, modifiers, key);
        until_entries(&mut window, count);
        assert_eq!(matches!(stands(&window), (State::Open, 1)), count == 5);
    }
    until_label(&mut window, "取り消しを戻しました（#6）：#2 ");
}

#[test]
fn the_keys_of_redo_undo_nothing_where_there_is_nothing_to_redo() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    press(&mut window, shift(), Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(entries(&window), 2);
    assert!(matches!(stands(&window), (State::Done(_), 1)));
}

#[test]
fn an_earlier_entry_is_undone_by_its_button_in_the_record() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    assert!(window.query_by_label("#1 を取り消す").is_none());
    click(&mut window, "#2 を取り消す");
    until_entries(&mut window, 3);
    until_label(&mut window, "取り消し済み（#3）");
    assert!(window.query_by_label("#2 を取り消す").is_none());
    assert!(window.query_by_label("#2 を訂正").is_none());
}
