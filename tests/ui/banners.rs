//! Banners: what comes at the edge of the page never moves what is under the pointer.

use egui::Pos2;
use egui_kittest::kittest::NodeT as _;

use super::*;

const ITEM: &str = "異常の事象について確認する";

/// Where the box of the step stands.
fn box_top(window: &Window) -> f64 {
    let node = window.get_by_role_and_label(Role::CheckBox, ITEM);
    node.accesskit_node().raw_bounds().unwrap().y0
}

fn notice_top(window: &Window) -> f64 {
    let node = window.get_by_label_contains("お知らせ：");
    node.accesskit_node().raw_bounds().unwrap().y0
}

#[test]
fn a_banner_lies_over_the_page_until_the_pointer_leaves_it() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.get_by_role_and_label(Role::CheckBox, ITEM).click();
    until_entries(&mut window, 2);
    window.run_steps(4);
    window.event(Event::PointerMoved(Pos2::new(640.0, 400.0)));
    window.run_steps(8);
    let before = box_top(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until_entries(&mut window, 3);
    window.run_steps(8);
    let notice = notice_top(&window);
    assert_eq!(box_top(&window), before, "it moved under the pointer");
    window.event(Event::PointerGone);
    window.run_steps(8);
    let with_room = box_top(&window);
    assert!(with_room > before + 10.0, "{with_room} {before}");
    assert_eq!(notice_top(&window), notice);
    // Putting it away does not move anything either.
    window.event(Event::PointerMoved(Pos2::new(640.0, 400.0)));
    window.run_steps(4);
    click(&mut window, "お知らせを閉じる");
    window.run_steps(8);
    assert_eq!(box_top(&window), with_room);
    window.event(Event::PointerGone);
    window.run_steps(8);
    assert_eq!(box_top(&window), before);
}

#[test]
fn closing_does_not_move_the_page_under_the_pointer() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.event(Event::PointerMoved(Pos2::new(640.0, 400.0)));
    window.run_steps(8);
    let before = box_top(&window);
    window.get_by_label_contains("を終える").click();
    window.run_steps(4);
    window.get_by_label_contains("終了する").click();
    until_entries(&mut window, 2);
    window.run_steps(8);
    window.get_by_label_contains("に終了しました");
    assert_eq!(box_top(&window), before);
}
