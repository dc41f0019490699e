//! What is typed is never lost: fields are recorded when they are left, the rest is a draft that
//! is seen. And what of the view belongs to its page and to its incident.

use super::*;

/// A field of step 1-4.
const FACTS: &str = "確認した事実";
/// Two fields of step 1-1: a moment and a text.
const NOTICED_AT: &str = "気づいた日時";
const WHERE: &str = "異常のあるシステム・機器";

/// Puts the keyboard into a field.
fn focus(window: &mut Window, name: &str) {
    use egui_kittest::kittest::NodeT as _;
    let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    let mut named = window.query_all_by_label(name);
    let field = named.find(|node| is_field(node.accesskit_node().role()));
    field.unwrap().focus();
    drop(named);
    window.run_steps(2);
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    focus(window, name);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(2);
}

/// Gives the events of a window's incident as the record writes them, without the opening.
fn events(window: &Window) -> Vec<String> {
    let app = window.state();
    let entries = app.session().unwrap().incident().entries();
    let events = entries.iter().skip(1);
    events.map(|entry| format!("{:?}", entry.event)).collect()
}

fn until_idle(window: &mut Window) {
    window.run_steps(4);
    until(window, |app| app.session().is_some_and(Session::is_idle));
}

fn unsettled(window: &Window) -> usize {
    let app = window.state();
    app.session().unwrap().incident().unsettled_count()
}

fn has(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_field_is_recorded_before_the_command_that_leads_away_from_it() {
    for (modifiers, key, then) in [
        (Modifiers::COMMAND, Key::Enter, "StepCompleted"),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::S, "Skipped"),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::P, "Parked"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut window = begun(data.path());
        type_into(&mut window, FACTS, "画面が赤い");
        assert_eq!(entries(&window), 1, "it is still being typed");
        window.key_press_modifiers(modifiers, key);
        if then == "Skipped" {
            // It asks first; Enter takes it as it is.
            until_entries(&mut window, 2);
            window.key_press(Key::Enter);
        }
        until_entries(&mut window, 3);
        let events = events(&window);
        assert_eq!(events.len(), 2, "{events:?}");
        assert!(events[0].starts_with("FieldFilled"), "{events:?}");
        assert!(events[0].contains("画面が赤い"), "{events:?}");
        assert!(events[1].starts_with(then), "{events:?}");
    }
}

#[test]
fn a_later_text_takes_the_place_of_the_recorded_one_before_the_step_completes() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    type_into(&mut window, FACTS, "画面が赤い");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    until_entries(&mut window, 2);
    type_into(&mut window, FACTS, "、印刷が止まらない");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 4);
    let events = events(&window);
    assert!(events[1].contains("印刷が止まらない"), "{events:?}");
    assert!(events[2].starts_with("StepCompleted"), "{events:?}");
}

#[test]
fn a_field_is_recorded_whatever_leads_away_from_it() {
    let ctrl = Modifiers::COMMAND;
    let ways: [(&str, Modifiers, Key); 9] = [
        ("another step", Modifiers::ALT, Key::ArrowDown),
        ("the record", ctrl, Key::Num2),
        ("roles", ctrl, Key::Num3),
        ("the chart", ctrl, Key::Num4),
        ("settings", ctrl, Key::Comma),
        ("the start", ctrl, Key::Num0),
        ("the palette", ctrl, Key::K),
        ("help", Modifiers::NONE, Key::F1),
        ("the quick note", ctrl, Key::N),
    ];
    for (way, modifiers, key) in ways {
        let data = tempfile::tempdir().unwrap();
        let mut window = begun(data.path());
        type_into(&mut window, FACTS, "画面が赤い");
        window.key_press_modifiers(modifiers, key);
        until_idle(&mut window);
        assert_eq!(entries(&window), 2, "{way}");
        let last = last_event(&window);
        assert!(last.contains("画面が赤い"), "{way}: {last}");
    }
    // Losing the keyboard to another field.
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    type_into(&mut window, FACTS, "画面が赤い");
    focus(&mut window, "発信");
    until_idle(&mut window);
    assert_eq!(entries(&window), 2);
    // A tick, which comes after it.
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    type_into(&mut window, FACTS, "画面が赤い");
    let item = "異常の事象について確認する";
    window.get_by_role_and_label(Role::CheckBox, item).click();
    until_entries(&mut window, 3);
    let events = events(&window);
    assert!(events[0].starts_with("FieldFilled"), "{events:?}");
    assert!(events[1].starts_with("ItemTicked"), "{events:?}");
}

#[test]
fn a_cell_is_recorded_when_it_is_left() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("3-3 ".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    type_into(&mut window, "システム名を入力して追加", "電子カルテ/本館");
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(
        entries(&window),
        1,
        "a row is in the record with its first cell"
    );
    type_into(&mut window, "作業者", "佐藤");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    until_entries(&mut window, 2);
    let last = last_event(&window);
    for part in ["CellFilled", "電子カルテ/本館", "done-by", "佐藤"] {
        assert!(last.contains(part), "{last}");
    }
}

#[test]
fn a_field_is_recorded_before_the_window_closes() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let folder = window.state().session().unwrap().folder().to_owned();
    type_into(&mut window, FACTS, "画面が赤い");
    let root = egui::ViewportId::ROOT;
    let input = window.input_mut();
    let events = &mut input.viewports.entry(root).or_default().events;
    events.push(egui::ViewportEvent::Close);
    until(&mut window, |app| app.session().is_none());
    let session = Session::read(&folder, Clock::Fixed(at(0))).unwrap();
    let last = format!("{:?}", session.incident().entries().last().unwrap().event);
    assert!(
        last.starts_with("FieldFilled") && last.contains("画面が赤い"),
        "{last}"
    );
}

#[test]
fn what_cannot_be_read_is_recorded_as_typed_with_an_open_item_and_blocks_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "1-1 異常等の検知");
    type_into(&mut window, NOTICED_AT, "昨日の夜");
    // Left for another field of the step it waits where it was typed, and says so.
    type_into(&mut window, WHERE, "受付の端末");
    until_idle(&mut window);
    assert_eq!(entries(&window), 1);
    assert!(has(&window, "読めません"), "the field says so");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 4);
    let events = events(&window);
    assert_eq!(events.len(), 3, "{events:?}");
    let note = &events[0];
    for part in ["NoteAdded", "気づいた日時", "昨日の夜", "1-1", "open: true"] {
        assert!(note.contains(part), "{note}");
    }
    assert!(events[1].contains("受付の端末"), "{events:?}");
    assert!(events[2].starts_with("StepCompleted"), "{events:?}");
    assert_eq!(state(&window, "1-1"), State::Done(None));
    assert_eq!(unsettled(&window), 1);
    assert!(has(&window, "「気づいた日時」を読めない"), "it is told");
}

#[test]
fn a_value_that_is_mended_before_the_step_is_left_makes_no_open_item() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "1-1 異常等の検知");
    type_into(&mut window, NOTICED_AT, "8時10分");
    type_into(&mut window, WHERE, "受付の端末");
    focus(&mut window, NOTICED_AT);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(Event::Text("2026-11-21 08:10".to_owned()));
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_idle(&mut window);
    let events = events(&window);
    assert!(
        events
            .iter()
            .any(|event| event.contains("Moment(2026-11-21T08:10"))
    );
    assert!(!events.iter().any(|event| event.starts_with("NoteAdded")));
    assert_eq!(unsettled(&window), 0);
}

#[test]
fn a_time_that_cannot_be_read_does_not_block_the_note_that_it_was_typed_for() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "種別・手段・時刻");
    type_into(&mut window, "起きた時刻", "さっき");
    type_into(&mut window, "記録の内容", "停電した");
    window.key_press(Key::Enter);
    until_entries(&mut window, 3);
    let events = events(&window);
    assert!(events[0].contains("さっき") && events[0].contains("open: true"));
    assert!(events[1].contains("停電した") && events[1].contains("open: false"));
}

#[test]
fn what_was_typed_about_an_item_that_is_not_ticked_is_recorded_when_the_step_is_settled() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let item = "異常の事象について確認する";
    click(&mut window, &format!("どうだったかを書く：{item}"));
    type_into(&mut window, "どうだったか", "10:20 不在");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 3);
    let events = events(&window);
    for part in ["NoteAdded", item, "10:20 不在", "1-4"] {
        assert!(events[0].contains(part), "{events:?}");
    }
    assert!(events[1].starts_with("StepCompleted"), "{events:?}");
}

#[test]
fn the_quick_note_is_a_draft_until_it_is_sent_and_is_listed_with_a_link() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    assert!(!has(&window, "書きかけ"));
    focus_note(&mut window);
    window.event(Event::Text("病棟から電話".to_owned()));
    window.run_steps(2);
    assert!(has(&window, "後で書くこと・対応すること（1）"));
    assert!(has(&window, "続きを書く: すぐ記録"));
    // Whatever is done meanwhile, it stays.
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.run_steps(4);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    until_entries(&mut window, 2);
    assert!(has(&window, "続きを書く: すぐ記録"));
    // The dialog that closes the incident names it, and leads to it.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("インシデントを終".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert!(has(&window, "まだ記録していないものが 1 件あります"));
    let links = window.query_all_by_label("続きを書く: すぐ記録（クロノロジー）");
    links.last().unwrap().click();
    window.run_steps(6);
    assert!(!has(&window, "まだ記録していないものが"));
    window.event(Event::Text("、折り返す".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_entries(&mut window, 3);
    let last = last_event(&window);
    assert!(last.contains("病棟から電話、折り返す"), "{last}");
    window.run_steps(4);
    assert!(!has(&window, "書きかけ"));
}

#[test]
fn a_field_that_came_back_after_a_crash_waits_until_the_person_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let folder = window.state().session().unwrap().folder().to_owned();
    type_into(&mut window, FACTS, "画面が赤");
    let is_kept = |_: &App| {
        let kept = session::kept_draft(&folder);
        kept.values().any(|text| text == "画面が赤")
    };
    until(&mut window, is_kept);
    drop(window);
    let mut window = super::window(data.path());
    until_label(&mut window, "件名なし");
    let mut untitled = window.query_all_by_label_contains("件名なし");
    untitled.next().unwrap().click();
    drop(untitled);
    until_entries(&mut window, 1);
    window.run_steps(8);
    until_idle(&mut window);
    assert_eq!(entries(&window), 1, "it is not recorded by itself");
    assert!(has(&window, "続きを書く: 1-4"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 3);
    let events = events(&window);
    assert!(events[0].contains("画面が赤"), "{events:?}");
    assert!(events[1].starts_with("StepCompleted"), "{events:?}");
}

#[test]
fn each_page_has_its_own_place() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let top = |window: &Window, words: &str| {
        let found = window.query_all_by_label_contains(words).next();
        found.map_or(0.0, |node| node.rect().top())
    };
    let go = |window: &mut Window, key: Key| {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(4);
    };
    go(&mut window, Key::Comma);
    let settings = top(&window, "文字の大きさ");
    go(&mut window, Key::Num3);
    let before = top(&window, "記録者の立場");
    window.hover_at(egui::pos2(640.0, 500.0));
    window.run_steps(1);
    for _ in 0..5 {
        scroll(&mut window, -100.0);
    }
    window.run_steps(20);
    let scrolled = top(&window, "記録者の立場");
    assert!(scrolled < before, "{scrolled} {before}");
    go(&mut window, Key::Comma);
    assert!((top(&window, "文字の大きさ") - settings).abs() < 1.0);
    go(&mut window, Key::Num3);
    assert!((top(&window, "記録者の立場") - scrolled).abs() < 1.0);
}

/// Makes an incident with so many open notes, and gives its folder.
fn with_notes(data: &Path, title: &str, notes: &[String]) {
    let flow = std::sync::Arc::new(shipped().clone());
    let opening = Opening {
        door: "staff".to_owned(),
        title: Some(title.to_owned()),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let (wake, clock) = (Box::new(|| {}), Clock::Fixed(at(-14)));
    let mut session = Session::create(data, opening, flow, clock, wake).unwrap();
    for text in notes {
        session.submit(Act::Note(Note {
            text: text.clone(),
            open: true,
            ..Note::default()
        }));
    }
    session.settle();
}

#[test]
fn what_was_unfolded_belongs_to_its_incident() {
    let data = tempfile::tempdir().unwrap();
    let notes: Vec<String> = (0..50).map(|number| format!("折り返し {number}")).collect();
    with_notes(data.path(), "一件目", &notes);
    with_notes(data.path(), "二件目", &notes);
    let mut window = window(data.path());
    let shown = |window: &Window| {
        let all = window.query_all_by_label_contains("対応済みにする #");
        all.count()
    };
    click(&mut window, "一件目");
    until_entries(&mut window, 51);
    click(&mut window, "残り30件のうち次を表示");
    assert_eq!(shown(&window), 40);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(4);
    click(&mut window, "二件目");
    until(&mut window, |app| {
        let session = app.session();
        session.is_some_and(|session| session.incident().title() == Some("二件目"))
    });
    assert_eq!(shown(&window), 20);
}

#[test]
fn the_note_field_grows_to_six_lines_and_then_scrolls() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    focus_note(&mut window);
    let send = |window: &Window| window.get_by_label("記録する").rect().top();
    let mut tops = vec![send(&window)];
    for line in 0..12 {
        window.event(Event::Text(format!("{line}")));
        window.run_steps(1);
        window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
        window.run_steps(2);
        tops.push(send(&window));
    }
    assert!(tops[5] > tops[2] + 20.0, "it grows: {tops:?}");
    assert!((tops[7] - tops[12]).abs() < 1.0, "it scrolls: {tops:?}");
    assert_eq!(entries(&window), 1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    let last = last_event(&window);
    assert!(last.contains("0\\n1\\n2") && last.contains("11"), "{last}");
}

#[test]
fn a_long_note_is_folded_in_the_record_until_more_is_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..40).map(|line| format!("行{line}")).collect();
    let short = "短い".to_owned();
    with_notes(data.path(), "長い", &[lines.join("\n"), short]);
    let mut window = window(data.path());
    click(&mut window, "長い");
    until_entries(&mut window, 3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(6);
    assert!(!has(&window, "行39"), "folded");
    assert!(has(&window, "行1"));
    click(&mut window, "続き 34 行を表示 #2");
    window.run_steps(4);
    assert!(has(&window, "行39"));
    click(&mut window, "たたむ #2");
    assert!(!has(&window, "行39"));
    assert!(
        !has(&window, "行を表示 #3"),
        "a short one has nothing to unfold"
    );
}

#[test]
fn suggested_names_stay_when_one_is_taken_so_that_nothing_below_moves() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("settings.ron"), "(people: [\"佐藤\"])").unwrap();
    let mut window = begun(data.path());
    click(&mut window, "1-1 異常等の検知");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    let top = |window: &Window| {
        window
            .get_by_label_contains("省略する（Enter）")
            .rect()
            .top()
    };
    let before = top(&window);
    click(&mut window, "決めた人: 佐藤");
    window.run_steps(4);
    assert!((top(&window) - before).abs() < 0.5);
    window.get_by_label("決めた人: 佐藤");
}

#[test]
fn a_field_of_a_question_is_recorded_before_its_answer() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "D0 ウイルス感染の兆候があるか");
    type_into(&mut window, "見つかった兆候", "身代金の要求");
    click(&mut window, "ある");
    until_entries(&mut window, 3);
    let events = events(&window);
    assert!(events[0].contains("FieldFilled") && events[0].contains("身代金の要求"));
    assert!(events[1].contains("OptionChosen"), "{events:?}");
}
