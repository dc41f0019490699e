//! The flowchart's page, by role and name.

use egui::{MouseWheelUnit, PointerButton, Pos2, pos2};
use egui_kittest::kittest::NodeT as _;
use shodo::chart::{Chart, Kind};

use super::*;

/// Where a box of the chart is, and what is said of it.
struct Shown {
    name: String,
    says: String,
    rect: egui::Rect,
    focused: bool,
}

/// Gives the boxes as they are listed.
fn boxes(window: &Window) -> Vec<Shown> {
    let list = window.get_by_role_and_label(Role::List, "手順と判断");
    let children = list.children_recursive();
    children
        .filter(|node| matches!(node.accesskit_node().role(), Role::Button | Role::ListItem))
        .map(|node| {
            let node = node.accesskit_node();
            let bounds = node.raw_bounds().unwrap();
            Shown {
                name: node.label().unwrap_or_default(),
                says: node.description().unwrap_or_default(),
                rect: egui::Rect::from_min_max(
                    pos2(bounds.x0 as f32, bounds.y0 as f32),
                    pos2(bounds.x1 as f32, bounds.y1 as f32),
                ),
                focused: node.is_focused(),
            }
        })
        .collect()
}

fn a_box(window: &Window, number: &str) -> Shown {
    let is = |shown: &Shown| shown.name.split(' ').next() == Some(number);
    boxes(window).into_iter().find(is).unwrap()
}

/// Opens the chart of an incident of 16 entries.
fn chart_page(data: &Path, size: (f32, f32)) -> Window {
    long_record(data, Language::Ja);
    let mut window = open(start(data), size);
    click(&mut window, "Electronic medical record down (fictitious)");
    until_entries(&mut window, 16);
    show_chart(&mut window);
    window
}

fn show_chart(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    window.run_steps(3);
}

fn wheel(window: &mut Window, at: Pos2, by: f32) {
    window.event(Event::PointerMoved(at));
    window.step();
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        source: egui::MouseWheelSource::Unknown,
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(8);
}

/// The middle of the chart in a window of 1280×800.
const MIDDLE: Pos2 = pos2(730.0, 480.0);

#[test]
fn the_chart_lists_its_boxes_in_flow_order_with_their_state() {
    let data = tempfile::tempdir().unwrap();
    let window = chart_page(data.path(), (1280.0, 800.0));
    let chart = Chart::new(shipped());
    let boxes = boxes(&window);
    assert_eq!(boxes.len(), chart.shapes.len());
    let place = |number: &str| {
        let is = |shown: &Shown| shown.name.split(' ').next() == Some(number);
        boxes.iter().position(is).unwrap()
    };
    let order = [
        "0-1", "1-1", "1-4", "D1", "2-1", "D2", "2-6", "2-10", "2-16", "3-1", "D5", "4-1", "4-9",
    ];
    let places: Vec<usize> = order.iter().map(|number| place(number)).collect();
    assert!(places.is_sorted(), "{places:?}");
    let incident = window.state().session().unwrap().incident().clone();
    for shape in chart.shapes.iter().filter(|shape| shape.kind != Kind::End) {
        let words = shodo::words::Words::new(Language::Ja);
        let state = incident.state(shipped(), &NodeId::from(shape.id.as_str()));
        let how = incident.how(shipped(), &NodeId::from(shape.id.as_str()));
        let mark = shodo::chart::Mark::of(state, how);
        let says = &boxes[place(&shape.id)].says;
        assert!(
            says.contains(&words.get(mark.key())),
            "{}: {says}",
            shape.id
        );
        assert!(
            says.contains(&chart.lanes[shape.lane].title.ja),
            "{}: {says}",
            shape.id
        );
    }
}

#[test]
fn the_whole_chart_is_in_view_at_first_at_any_size_and_language() {
    for size in [(1024.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
        for percent in [100, 200] {
            let data = tempfile::tempdir().unwrap();
            let settings = format!("(text_percent: {percent})");
            std::fs::write(data.path().join("settings.ron"), settings).unwrap();
            let mut window = chart_page(data.path(), size);
            let inside = egui::Rect::from_min_size(Pos2::ZERO, vec2(size.0, size.1));
            for shown in boxes(&window) {
                assert!(
                    inside.contains_rect(shown.rect),
                    "{percent} {size:?} {}",
                    shown.name
                );
                assert!(shown.rect.is_positive());
            }
            // It stays so when the window becomes smaller.
            window.set_size(vec2(size.0 - 100.0, size.1 - 80.0));
            window.run_steps(4);
            let inside = egui::Rect::from_min_size(Pos2::ZERO, vec2(size.0 - 100.0, size.1 - 80.0));
            assert!(
                boxes(&window)
                    .iter()
                    .all(|shown| inside.contains_rect(shown.rect))
            );
        }
    }
}

#[test]
fn a_press_on_a_box_opens_its_step() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let at = a_box(&window, "2-10").rect.center();
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.step();
    }
    window.run_steps(3);
    window.get_by_role_and_label(Role::Heading, "被害状況等調査");
}

#[test]
fn the_wheel_and_the_keys_magnify_and_what_is_under_the_pointer_stays_there() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let before = a_box(&window, "2-16").rect;
    wheel(&mut window, before.center(), 300.0);
    let after = a_box(&window, "2-16").rect;
    assert!(after.width() > 1.5 * before.width(), "{before:?} {after:?}");
    assert!(
        (after.center() - before.center()).length() < 1.0,
        "{before:?} {after:?}"
    );
    window.key_press(Key::Num0);
    window.run_steps(2);
    assert!((a_box(&window, "2-16").rect.width() - before.width()).abs() < 0.01);
    window.key_press(Key::Plus);
    window.run_steps(2);
    assert!(a_box(&window, "2-16").rect.width() > 1.2 * before.width());
    let before = a_box(&window, "2-16").rect;
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    assert!(a_box(&window, "2-16").rect.top() < before.top() - 50.0);
}

#[test]
fn f_goes_to_what_is_open_one_after_the_other() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let mut seen = Vec::new();
    for _ in 0..4 {
        window.key_press(Key::F);
        window.run_steps(3);
        let near = |shown: &Shown| (shown.rect.center() - MIDDLE).length();
        let nearest = boxes(&window)
            .into_iter()
            .min_by(|a, b| near(a).total_cmp(&near(b)));
        let nearest = nearest.unwrap();
        assert!(
            nearest.says.contains("対応中"),
            "{}: {}",
            nearest.name,
            nearest.says
        );
        assert!(nearest.rect.width() > 190.0, "{:?}", nearest.rect);
        assert!(!seen.contains(&nearest.name), "{} again", nearest.name);
        seen.push(nearest.name);
    }
}

/// Types what is to be found.
fn find(window: &mut Window, text: &str) {
    window
        .get_by_role_and_label(Role::TextInput, "手順を探す")
        .focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[test]
fn a_step_is_found_by_number_or_title_and_brought_into_the_middle() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    for (typed, number) in [("４－３", "4-3"), ("証拠保全 委託", "D3"), ("2-1", "2-1")] {
        find(&mut window, typed);
        let found = a_box(&window, number).rect;
        let canvas = pos2(730.0, 480.0);
        assert!(
            (found.center() - canvas).length() < 120.0,
            "{typed}: {found:?}"
        );
    }
    // Enter goes to the next one.
    window.key_press(Key::Enter);
    window.run_steps(3);
    window.get_by_label("10件中 2");
    find(&mut window, "ありえない");
    window.get_by_label("見つかりません");
    // Escape takes the words and the marks away.
    window.key_press(Key::Escape);
    window.run_steps(2);
    assert!(window.query_by_label("見つかりません").is_none());
    // What F goes to is none of those found.
    find(&mut window, "2-8");
    window.get_by_label("1件中 1");
    click(&mut window, "現在地 F");
    window.get_by_label("1件");
    click(&mut window, "検索を消す");
    assert!(window.query_by_label("1件").is_none());
}

#[test]
fn each_step_of_the_guide_and_of_the_record_leads_to_its_box() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let in_the_middle = |window: &Window, number: &str| {
        let rect = a_box(window, number).rect;
        assert!(
            (rect.center() - MIDDLE).length() < 120.0,
            "{number}: {rect:?}"
        );
    };
    // The step in hand, by its shortcut and by its button.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    click(&mut window, "2-6 被害拡大防止");
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.run_steps(4);
    in_the_middle(&window, "2-6");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    click(&mut window, "2-7 報告と周知");
    click(&mut window, "フロー図で見る");
    in_the_middle(&window, "2-7");
    // An entry of the record; those of steps are the earlier ones.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(4);
    window.key_press(Key::Home);
    window.run_steps(4);
    let link = window
        .get_all_by_label_contains("フロー図で見る： ")
        .find(|link| egui::Rangef::new(200.0, 700.0).contains(link.rect().center().y))
        .unwrap();
    let name = link.accesskit_node().label().unwrap();
    link.click();
    window.run_steps(4);
    in_the_middle(&window, name.rsplit(' ').next().unwrap());
}

#[test]
fn an_earlier_state_is_shown_and_played_and_left_again() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let now = a_box(&window, "1-4").says;
    assert!(now.contains("完了"), "{now}");
    assert!(
        window.query_by_label("再生").is_none(),
        "only when asked for"
    );
    click(&mut window, "時点");
    click(&mut window, "再生");
    window.get_by_label("記録 1 / 16 件目までの状態");
    assert!(!a_box(&window, "1-4").says.contains("完了"));
    // Each change of a step, one a second, until the present.
    let mut seen = vec![1];
    until(&mut window, |_| true);
    for _ in 0..400 {
        window.step();
        let label = window.query_by_label_contains("件目までの状態");
        let Some(label) = label else { continue };
        let words = label
            .accesskit_node()
            .label()
            .or_else(|| label.accesskit_node().value());
        let number: usize = words.unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        if seen.last() != Some(&number) {
            seen.push(number);
        }
    }
    assert!(seen.is_sorted() && seen.len() > 5, "{seen:?}");
    assert_eq!(seen.last(), Some(&16));
    window.get_by_label("再生");
    assert_eq!(a_box(&window, "1-4").says, now);
    // One change back and forth, however many notes lie between.
    click(&mut window, "前の変化");
    let earlier = window.get_by_label_contains("件目までの状態").rect();
    assert!(
        earlier.is_positive()
            && window
                .query_by_label("記録 16 / 16 件目までの状態")
                .is_none()
    );
    click(&mut window, "次の変化");
    window.get_by_label("記録 16 / 16 件目までの状態");
    // Leaving it shows the present.
    click(&mut window, "前の変化");
    click(&mut window, "時点");
    assert_eq!(a_box(&window, "1-4").says, now);
}

#[test]
fn what_changes_while_it_plays_comes_into_view() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    find(&mut window, "4-7");
    let far = a_box(&window, "1-4").rect;
    let canvas = egui::Rect::from_min_max(pos2(176.0, 180.0), pos2(1280.0, 772.0));
    assert!(!canvas.intersects(far), "{far:?}");
    click(&mut window, "時点");
    click(&mut window, "再生");
    let mut seen = false;
    for _ in 0..400 {
        window.step();
        seen |= canvas.contains_rect(a_box(&window, "1-4").rect);
    }
    assert!(seen);
}

#[test]
fn boxes_are_gone_through_with_the_keyboard_and_come_into_view() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    for _ in 0..4 {
        window.key_press(Key::Plus);
        window.run_steps(2);
    }
    let canvas = egui::Rect::from_min_max(pos2(176.0, 180.0), pos2(1280.0, 772.0));
    let mut visited = 0;
    for _ in 0..120 {
        window.key_press(Key::Tab);
        window.run_steps(3);
        if let Some(shown) = boxes(&window).into_iter().find(|shown| shown.focused) {
            assert!(
                canvas.expand(2.0).contains_rect(shown.rect),
                "{} {:?}",
                shown.name,
                shown.rect
            );
            visited += 1;
        }
    }
    assert!(visited > 40, "{visited}");
    // Enter opens the step.
    while !boxes(&window)
        .iter()
        .any(|shown| shown.focused && shown.name.starts_with("1-1 "))
    {
        window.key_press(Key::Tab);
        window.run_steps(3);
    }
    window.key_press(Key::Enter);
    window.run_steps(4);
    window.get_by_role_and_label(Role::Heading, "異常等の検知");
}

#[test]
fn only_what_is_in_view_is_painted() {
    let data = tempfile::tempdir().unwrap();
    // So large that all texts can be read with the whole in view.
    let size = (3000.0, 2800.0);
    let mut window = chart_page(data.path(), size);
    let whole = window.output().shapes.len();
    window.key_press(Key::F);
    for _ in 0..6 {
        window.key_press(Key::Plus);
        window.run_steps(2);
    }
    let part = window.output().shapes.len();
    println!("{whole} shapes with the whole in view, {part} with a part");
    assert!(part * 3 < whole, "{part} of {whole}");
}

#[test]
fn without_an_incident_the_chart_is_blank_and_can_be_read() {
    let data = tempfile::tempdir().unwrap();
    let mut window = window(data.path());
    show_chart(&mut window);
    let shown = a_box(&window, "2-6");
    assert_eq!(shown.says, "医療情報システム安全管理責任者");
    assert!(window.query_by_label("再生").is_none());
    window.get_by_label(&shipped().notice().ja);
}

fn press(window: &mut Window, at: Pos2, pressed: bool) {
    window.event(Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    window.step();
}

#[test]
fn the_chart_is_dragged_pinched_and_gone_through_on_the_small_map() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    assert!(
        window.query_by_label("全体図").is_none(),
        "nothing is out of view"
    );
    window.event(Event::PointerMoved(MIDDLE));
    window.step();
    let before = a_box(&window, "2-16").rect;
    window.event(Event::Zoom(3.0));
    window.run_steps(2);
    let pinched = a_box(&window, "2-16").rect;
    assert!((pinched.width() / before.width() - 3.0).abs() < 0.01);

    // What is held goes with the pointer.
    press(&mut window, MIDDLE, true);
    for step in 1..=4 {
        let by = vec2(20.0, -30.0) * step as f32;
        window.event(Event::PointerMoved(MIDDLE + by));
        window.step();
    }
    press(&mut window, MIDDLE + vec2(80.0, -120.0), false);
    window.run_steps(2);
    let dragged = a_box(&window, "2-16").rect;
    let moved = dragged.center() - pinched.center();
    assert!((moved - vec2(80.0, -120.0)).length() < 1.0, "{moved:?}");
    window.get_by_label("全体図");

    // A press on the map looks there: near its lower edge are the last steps.
    let map = window.get_by_label("全体図").rect();
    let low = map.center_bottom() - vec2(0.0, map.height() * 0.1);
    window.event(Event::PointerMoved(low));
    window.step();
    press(&mut window, low, true);
    press(&mut window, low, false);
    window.run_steps(2);
    let canvas = egui::Rect::from_min_max(pos2(176.0, 180.0), pos2(1280.0, 772.0));
    assert!(canvas.intersects(a_box(&window, "4-1").rect));
    assert!(!canvas.intersects(a_box(&window, "1-1").rect));
}

#[test]
fn a_line_under_the_pointer_tells_where_it_leads_and_on_which_ground() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    find(&mut window, "2-6");
    // Just above a box its line comes in.
    let at = a_box(&window, "2-6").rect.center_top() - vec2(0.0, 14.0);
    window.event(Event::PointerMoved(at));
    window.run_steps(8);
    window.get_by_label_contains("D2 → 2-6");
    assert!(window.query_by_label_contains("本文に明記").is_some());
    // A box tells its title, its state, its role and its times.
    let at = a_box(&window, "D2").rect.center();
    window.event(Event::PointerMoved(at));
    window.run_steps(8);
    window.get_by_label_contains("完了 / 医療情報システム安全管理責任者");
    let mut times = window.query_all_by_label_contains("済み ");
    assert!(times.any(|line| format!("{line:?}").contains("開始 ")));
}

#[test]
fn a_flow_of_300_nodes_is_shown_whole_and_at_any_magnification() {
    let data = tempfile::tempdir().unwrap();
    let text = crate::charts::generate::flow(3, 300);
    let flow = shodo::flow::Flow::read(&text).unwrap();
    let opening = Opening {
        door: flow.doors()[0].id.clone(),
        title: Some("large".to_owned()),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let clock = Clock::Fixed(at(-1));
    Session::create(
        data.path(),
        opening,
        std::sync::Arc::new(flow),
        clock,
        Box::new(|| {}),
    )
    .unwrap();
    let mut window = window(data.path());
    click(&mut window, "large");
    until_entries(&mut window, 1);
    show_chart(&mut window);
    let inside = egui::Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    let boxes_now = boxes(&window);
    assert!(boxes_now.len() > 290);
    assert!(
        boxes_now
            .iter()
            .all(|shown| inside.contains_rect(shown.rect))
    );
    for key in [Key::Plus, Key::Minus] {
        for _ in 0..24 {
            window.key_press(key);
            window.run_steps(1);
        }
    }
    window.key_press(Key::Num0);
    window.run_steps(2);
    assert!(
        boxes(&window)
            .iter()
            .all(|shown| inside.contains_rect(shown.rect))
    );
}

#[test]
fn a_note_that_is_taken_back_from_the_chart_is_told() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    // The last of its entries is a note.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until_entries(&mut window, 17);
    window.get_by_label_contains("取り消しました（#17）：#16 ");
    window.get_by_role_and_label(Role::List, "手順と判断");
}

#[test]
fn the_key_for_finding_leads_to_the_field_of_the_page_or_to_the_records() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let find = |window: &mut Window| {
        window.key_press_modifiers(Modifiers::COMMAND, Key::F);
        window.run_steps(3);
    };
    find(&mut window);
    window.event(Event::Text("2-16".to_owned()));
    window.run_steps(3);
    window.get_by_label("1件中 1");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    find(&mut window);
    window.event(Event::Text("ネットワーク保守".to_owned()));
    until_label(&mut window, "件を表示（全16件）");
    assert!(window.query_by_label("16件を表示（全16件）").is_none());
}

#[test]
fn a_step_in_the_palette_and_what_completing_opens_lead_to_their_boxes() {
    let data = tempfile::tempdir().unwrap();
    let mut window = chart_page(data.path(), (1280.0, 800.0));
    let in_the_middle = |window: &Window, number: &str| {
        let rect = a_box(window, number).rect;
        assert!((rect.center() - MIDDLE).length() < 120.0, "{rect:?}");
    };
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("2-16".to_owned()));
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    window.run_steps(4);
    in_the_middle(&window, "2-16");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run_steps(3);
    click(&mut window, "2-6 被害拡大防止");
    let name = "フロー図で見る： 2-10";
    window.get_by_label(name).scroll_to_me();
    window.run_steps(3);
    window.get_all_by_label(name).next().unwrap().click();
    window.run_steps(4);
    in_the_middle(&window, "2-10");
}
