//! What is asked for in a step's place: reason and decider of a skip and of some answers.

use super::*;

fn texts(window: &Window) -> String {
    let app = window.state();
    let incident = app.session().unwrap().incident();
    format!("{:?}", incident.entries().last().unwrap().event)
}

fn unsettled(window: &Window) -> usize {
    let app = window.state();
    app.session().unwrap().incident().unsettled_count()
}

/// Opens an incident and looks at a step that is open.
fn looking_at(data: &Path, name: &str) -> Window {
    let mut window = begun(data);
    click(&mut window, name);
    window
}

#[test]
fn skipping_asks_in_place_and_enter_takes_it_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    let mut window = looking_at(data.path(), "1-1 異常等の検知");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    assert_eq!(entries(&window), 1, "it is asked before it is recorded");
    window.get_by_label("1-1 異常等の検知 を省略します");
    window.event(Event::Text("電話で確かめた".to_owned()));
    window.run_steps(4);
    window.key_press(Key::Enter);
    until_entries(&mut window, 2);
    assert_eq!(state(&window, "1-1"), State::Skipped);
    assert!(texts(&window).contains("電話で確かめた"));
    assert_eq!(unsettled(&window), 0);
    // What was skipped has a list of its own.
    window.get_by_label("省略（1）");
}

#[test]
fn a_skip_left_without_a_reason_is_listed_and_escape_records_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut window = looking_at(data.path(), "1-1 異常等の検知");
    for end in [Key::Escape, Key::Enter] {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        window.run_steps(4);
        window.key_press(end);
        window.run_steps(4);
        assert!(window.query_by_label("やめる（Esc）").is_none());
    }
    until_entries(&mut window, 2);
    assert_eq!(state(&window, "1-1"), State::Skipped);
    assert_eq!(unsettled(&window), 1);
}

#[test]
fn a_no_to_a_duty_asks_in_place_for_its_reason() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("D6".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    click(&mut window, "ない");
    assert_eq!(entries(&window), 1);
    window.get_by_label("D6 個人情報の漏えい、滅失又は毀損等のおそれがあるか：「ない」と答えます");
    window.event(Event::Text("画面が止まっただけ".to_owned()));
    window.run_steps(4);
    window.key_press(Key::Enter);
    until_entries(&mut window, 2);
    assert!(texts(&window).contains("画面が止まっただけ"));
    assert_eq!(unsettled(&window), 0);
}

#[test]
fn what_the_flow_parks_is_said_with_its_reason() {
    let data = tempfile::tempdir().unwrap();
    {
        let flow = std::sync::Arc::new(shipped().clone());
        let opening = Opening {
            door: "staff".to_owned(),
            title: Some("電子カルテ障害".to_owned()),
            program: "test".to_owned(),
            ..Opening::default()
        };
        let wake = Box::new(|| {});
        let clock = Clock::Fixed(at(-14));
        let mut session = Session::create(data.path(), opening, flow, clock, wake).unwrap();
        for line in ["start D2", "start 3-3", "choose D2 no"] {
            let command = shodo::cli::read_line(line, at(-14)).unwrap().unwrap();
            session.submit(command);
            session.settle();
        }
    }
    let mut window = window(data.path());
    click(&mut window, "電子カルテ障害");
    until_entries(&mut window, 4);
    click(&mut window, "D2 サイバー攻撃の兆候があるか");
    click(&mut window, "ある");
    until_entries(&mut window, 5);
    window.run_steps(3);
    // In the notice, and on the step itself as long as it is parked.
    window.get_by_label_contains("フローが保留にしました：3-3");
    click(
        &mut window,
        "3-3 再設定や再インストール、バックアップデータのリストア等",
    );
    let why = shipped().decisions().iter();
    let why = why.flat_map(|decision| &decision.changes).next().unwrap();
    window.get_by_label(why.warning.get(Language::Ja));
}

#[test]
fn a_warning_says_its_act_once_with_the_source_beneath() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("2-6".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    window.get_by_label("電源は切らない（判断が難しいとき）");
    let quote = "現場での判断が難しい場合は、不用意な電源停止は行わない。";
    window.get_by_label(&format!("原文（上の短い言い方は当ソフト）：{quote}"));
    assert!(window.query_by_label_contains("してはいけない").is_none());
}

#[test]
fn a_locked_answer_asks_in_place_and_says_why_it_is_locked() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let go = |window: &mut Window, node: &str| {
        window.key_press_modifiers(Modifiers::COMMAND, Key::K);
        window.run_steps(4);
        window.event(Event::Text(node.to_owned()));
        window.run_steps(3);
        window.key_press(Key::Enter);
        window.run_steps(4);
    };
    go(&mut window, "D0");
    click(&mut window, "ある");
    until_entries(&mut window, 2);
    go(&mut window, "D1");
    click(&mut window, "重大ではなく、5つの例にも当たらない");
    assert_eq!(entries(&window), 2, "one press takes no locked answer");
    assert!(
        window
            .query_all_by_label_contains("いまは条件を満たしていません")
            .next()
            .is_some()
    );
    window.event(Event::Text("端末の電源が入っていない".to_owned()));
    window.run_steps(4);
    window.key_press(Key::Enter);
    until_entries(&mut window, 3);
    assert!(texts(&window).contains("端末の電源が入っていない"));
}

#[test]
fn a_skip_is_told_by_its_step() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    window.key_press(Key::Enter);
    until_entries(&mut window, 2);
    assert!(
        window
            .query_all_by_label_contains("省略しました：1-")
            .next()
            .is_some()
    );
}
