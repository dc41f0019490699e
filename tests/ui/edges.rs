//! Where the window meets what it does not rule: settings, other programs, faults.

use super::*;

/// Waits for what the settings file says.
fn until_settings(window: &mut Window, data: &Path, is: impl Fn(&str) -> bool) -> String {
    let path = data.join("settings.ron");
    let mut text = String::new();
    until(window, |_| {
        text = std::fs::read_to_string(&path).unwrap_or_default();
        is(&text)
    });
    text
}

fn switch_theme(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.run_steps(3);
}

#[test]
fn one_wrong_sign_in_the_settings_and_a_change_of_theme_cost_no_person_contact_or_site() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("settings.ron");
    let text = "(\n    people: [\"佐藤\"],\n    contacts: {\"police\": \"110\"},\n    \
                site: Some(\"架空病院\"),\n    mirror: Some(\"E:\\stick\"),\n)\n";
    std::fs::write(&path, text).unwrap();
    let mut window = window(data.path());
    // What is wrong is told with what to do about it, and everything else is in force.
    window.get_by_label_contains("設定の「mirror」を読めないため");
    window.get_by_label_contains("「\\」は「\\\\」のように二つ続けて書きます");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.run_steps(3);
    window.get_by_label_contains("佐藤 を名簿から外す");
    switch_theme(&mut window);
    let now = until_settings(&mut window, data.path(), |now| now.contains("theme: Dark"));
    for kept in ["佐藤", "110", "架空病院"] {
        assert!(now.contains(kept), "{now}");
    }
    let kept = data
        .path()
        .join("settings.unreadable-2026-11-21-130000.ron");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), text);
    until_label(&mut window, &kept.display().to_string());
}

#[test]
fn a_change_in_one_window_takes_back_nothing_of_another() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("settings.ron");
    std::fs::write(&path, "(people: [\"佐藤\"], later: 1) // ours").unwrap();
    let (mut one, mut other) = (window(data.path()), window(data.path()));
    switch_theme(&mut one);
    until_settings(&mut one, data.path(), |now| now.contains("theme: Dark"));
    other.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    other.run_steps(3);
    click(&mut other, "125 %");
    let now = until_settings(&mut other, data.path(), |now| now.contains("125"));
    for part in ["theme: Dark", "佐藤", "later: 1", "// ours"] {
        assert!(now.contains(part), "{now}");
    }
    // The other window takes in what it finds there.
    until(&mut other, |_| true);
    let changed = |app: &App| app.settings().theme == shodo::settings::ThemeChoice::Dark;
    until(&mut other, changed);
}

/// Types a path into a field and presses Enter.
fn type_path(window: &mut Window, field: &str, path: &str) {
    window.get_by_label(field).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(path.to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(3);
}

#[test]
fn what_is_only_read_says_as_of_when_is_read_again_and_is_taken_up_when_the_other_has_ended() {
    let data = tempfile::tempdir().unwrap();
    let opening = Opening {
        door: "staff".to_owned(),
        title: Some("停電".to_owned()),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let flow = std::sync::Arc::new(shipped().clone());
    let clock = Clock::Fixed(at(-10));
    let mut other = Session::create(data.path(), opening, flow, clock, Box::new(|| {})).unwrap();
    let mut window = window(data.path());
    click(&mut window, "停電");
    until_entries(&mut window, 1);
    let held = "から書き込み中です";
    until_label(&mut window, "閲覧専用：13:00 時点の 1 件です");
    assert!(window.query_all_by_label_contains(held).count() > 0);
    // What the other writes is read when it is asked for, and nothing else changes.
    other.submit(Act::Park(NodeId::from("1-1"), Ground::default()));
    other.settle();
    click_button(&mut window, "読み直す");
    until_entries(&mut window, 2);
    until_label(&mut window, "閲覧専用：13:00 時点の 2 件です");
    assert!(!window.state().session().unwrap().can_write());
    // The lock is looked at again each minute.
    window.run_steps(4 * 61);
    assert!(window.query_by_label_contains("終了しました").is_none());
    drop(other);
    window.run_steps(4 * 61);
    until_label(&mut window, "書き込んでいたプログラムは終了しました");
    let blamed = window.query_all_by_label_contains(held).count();
    assert_eq!(blamed, 0, "who has ended is blamed no more");
    click_button(&mut window, "この画面で記録を続ける");
    until(&mut window, |app| {
        app.session().is_some_and(Session::can_write)
    });
    assert!(window.query_by_label("読み直す").is_none());
    assert_eq!(entries(&window), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 3);
}

#[test]
fn a_window_that_falls_over_keeps_what_is_typed_and_what_was_handed_over() {
    let data = tempfile::tempdir().unwrap();
    let mut window = quick(data.path());
    let folder = session::folders(data.path()).remove(0);
    window.get_by_label("記録の内容").focus();
    window.run_steps(2);
    for part in ["印刷が", "止まらない"] {
        window.event(Event::Text(part.to_owned()));
        window.run_steps(2);
    }
    let app = window.app.borrow_mut().take().unwrap();
    let falls = std::panic::AssertUnwindSafe(move || {
        let _app = app;
        panic!("the window falls over, as this test wants it");
    });
    std::panic::catch_unwind(falls).unwrap_err();
    let kept = session::kept_draft(&folder);
    assert!(
        kept.values().any(|text| text == "印刷が止まらない"),
        "{kept:?}"
    );
}

#[test]
fn a_flow_that_is_unchosen_stays_unchosen() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("mine.ron");
    // Long enough to be read while the built-in one is chosen again.
    let comment = format!("// {}\n", "x".repeat(97)).repeat(30_000);
    std::fs::write(&path, format!("{comment}{}", shipped().text())).unwrap();
    let mut window = window(data.path());
    let typed = path.display().to_string();
    type_path(&mut window, "フローのファイルのパス", &typed);
    until_label(&mut window, "次のインシデントからこのフローを使います");
    for _ in 0..3 {
        type_path(&mut window, "フローのファイルのパス", &format!("'{typed}'"));
        click(&mut window, "内蔵のフローを使う");
        window.get_by_label_contains("内蔵のフローを使います");
        for _ in 0..200 {
            window.step();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        window.get_by_label_contains("内蔵のフローを使います");
        type_path(&mut window, "フローのファイルのパス", &typed);
        until_label(&mut window, "内蔵のフローを使う");
    }
}

#[test]
fn a_path_may_be_typed_in_quotation_marks_as_an_address_or_as_the_journal() {
    let data = tempfile::tempdir().unwrap();
    let folder = {
        let _window = begun(data.path());
        session::folders(data.path()).remove(0)
    };
    let path = folder.display().to_string();
    for typed in [
        format!("\"{path}\""),
        format!("'{path}/journal.ron'"),
        format!("file://{}", path.replace('-', "%2D")),
        format!("{path}/journal.ron"),
    ] {
        let mut window = window(data.path());
        type_path(&mut window, "インシデントのフォルダのパス", &typed);
        until_entries(&mut window, 1);
        assert_eq!(
            window.state().session().unwrap().folder(),
            folder,
            "{typed}"
        );
    }
}

#[test]
fn diagnostics_name_the_program_and_its_traces_and_nothing_of_the_record() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("crash-2026-11-27-020000.txt"), "x").unwrap();
    let mut window = begun(data.path());
    window.key_press(Key::F1);
    window.run_steps(3);
    let copy = window.get_by_role_and_label(Role::Button, "診断情報をコピー");
    copy.click_accesskit();
    let mut copied = String::new();
    for _ in 0..20_000 {
        window.step();
        let commands = window.output().platform_output.commands.clone();
        if let Some(egui::OutputCommand::CopyText(text)) = commands.into_iter().next() {
            copied = text;
            break;
        }
        std::thread::yield_now();
    }
    for part in [
        shodo::PROGRAM,
        std::env::consts::OS,
        &data.path().display().to_string(),
        "crash-2026-11-27-020000.txt",
    ] {
        assert!(copied.contains(part), "{part}: {copied}");
    }
    assert!(!copied.contains("1-4"), "{copied}");
}
