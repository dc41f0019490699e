//! The window: what a person does in it by role and name, and what is on the disk afterwards.

use std::cell::{Ref, RefCell};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use shodo::clock::Clock;
use shodo::flow::{Language, NodeId, State};
use shodo::incident::{Act, Ground, Note, Opening};
use shodo::session::{self, Session};
use shodo::ui::{App, Start};

use crate::support::mounts::{MOUNTED, system, with_own_mounts};
use crate::support::{at, shipped, wait_for};

/// What is asked for in a step's place, and what is said beside it.
mod asking;
/// What comes at the edge of the page.
mod banners;
/// The flowchart's page.
mod chart;
/// Duties, and what became of steps.
mod duties;
/// Settings, other programs, faults.
mod edges;
/// Held keys, double presses, shortcuts.
mod presses;
/// What is typed, on its way to the record; what belongs to its page and its incident.
mod typed;
/// Undo and redo by key and button.
mod undo;

/// The app in a window that is not on a screen.
struct Window {
    harness: Harness<'static, ()>,
    app: Rc<RefCell<Option<App>>>,
}

impl Window {
    fn state(&self) -> Ref<'_, App> {
        Ref::map(self.app.borrow(), |app| app.as_ref().unwrap())
    }
}

impl Deref for Window {
    type Target = Harness<'static, ()>;

    fn deref(&self) -> &Self::Target {
        &self.harness
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.harness
    }
}

fn start(data: &Path) -> Start {
    Start {
        data: data.to_owned(),
        language: Some(Language::Ja),
        system: Language::Ja,
        plain_logs: vec![data.join("plain-logs"), data.with_extension("elsewhere")],
        clock: Clock::Fixed(at(0)),
    }
}

fn open(start: Start, size: (f32, f32)) -> Window {
    open_stepping(start, size, 0.25)
}

/// Opens a window in which each step takes so many seconds.
fn open_stepping(start: Start, size: (f32, f32), seconds: f32) -> Window {
    let app = Rc::new(RefCell::new(None));
    let (made, drawn) = (app.clone(), app.clone());
    let harness = Harness::builder()
        .with_size(vec2(size.0, size.1))
        .with_max_steps(64)
        .with_step_dt(seconds)
        .with_context_setup(move |ctx| {
            *made.borrow_mut() = Some(App::new(ctx, start).unwrap());
        })
        .build_ui(move |ui| {
            if let Some(app) = drawn.borrow_mut().as_mut() {
                app.step(ui.ctx());
                app.draw(ui);
            }
        });
    let mut window = Window { harness, app };
    until(&mut window, App::is_ready);
    window
}

/// The same with short steps, so that two presses come soon after one another.
fn quick(data: &Path) -> Window {
    let mut window = open_stepping(start(data), (1280.0, 800.0), 0.01);
    click(&mut window, "職員から連絡があった");
    until_entries(&mut window, 1);
    window
}

fn window(data: &Path) -> Window {
    open(start(data), (1280.0, 800.0))
}

/// Goes on until background work has led to something.
fn until(window: &mut Window, mut is: impl FnMut(&App) -> bool) {
    for _ in 0..200_000 {
        window.step();
        let came = is(&window.state());
        if came {
            window.step();
            window.step();
            return;
        }
        std::thread::yield_now();
    }
    panic!("it never came to that");
}

/// Goes on until something with these words is in view.
fn until_label(window: &mut Window, words: &str) {
    for _ in 0..200_000 {
        window.step();
        if window.query_by_label_contains(words).is_some() {
            return;
        }
        std::thread::yield_now();
    }
    panic!("“{words}” never came into view");
}

fn entries(window: &Window) -> usize {
    window
        .state()
        .session()
        .map_or(0, |s| s.incident().entries().len())
}

/// Goes on until so many entries are on the disk.
fn until_entries(window: &mut Window, count: usize) {
    until(window, |app| {
        app.session()
            .is_some_and(|s| s.incident().entries().len() >= count && s.is_idle())
    });
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).scroll_to_me();
    window.run_steps(3);
    window.get_by_label(label).click();
    window.run_steps(3);
}

fn click_button(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    window.run_steps(3);
}

fn begun(data: &Path) -> Window {
    let mut window = window(data);
    click(&mut window, "職員から連絡があった");
    until_entries(&mut window, 1);
    window
}

/// Gives the last entry's event as the record writes it.
fn last_event(window: &Window) -> String {
    let app = window.state();
    let entries = app.session().unwrap().incident().entries();
    format!("{:?}", entries.last().unwrap().event)
}

fn state(window: &Window, node: &str) -> State {
    let app = window.state();
    let session = app.session().unwrap();
    session
        .incident()
        .state(session.flow(), &NodeId::from(node))
}

#[test]
fn one_press_on_a_door_and_the_incident_runs_and_is_on_the_disk() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    assert_eq!(entries(&window), 1);
    let folders = session::folders(data.path());
    assert_eq!(folders.len(), 1);
    assert_eq!(session::summary(&folders[0]).unwrap().entries, 1);
    // The step in hand is the door's, and its title is the heading.
    window.get_by_role_and_label(Role::Heading, "医療情報システム安全管理責任者による確認");
    window.run_steps(1);
}

#[test]
fn after_a_crash_the_open_incident_is_offered_first() {
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
        let mut session =
            Session::create(data.path(), opening, flow, Clock::Fixed(at(-14)), wake).unwrap();
        session.submit(Act::Park(NodeId::from("1-1"), Ground::default()));
        session.settle();
    }
    let mut window = window(data.path());
    window.get_by_label_contains("最後の記録は 14分前、対応中 2、保留 1");
    click(&mut window, "電子カルテ障害");
    until_entries(&mut window, 2);
}

#[test]
fn completing_with_the_keyboard_takes_the_next_step_in_hand() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    assert_eq!(state(&window, "1-4"), State::Done(None));
    assert_eq!(state(&window, "D1"), State::Open);
}

#[test]
fn a_box_is_ticked_and_unticked() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let item = "異常の事象について確認する";
    window.get_by_role_and_label(Role::CheckBox, item).click();
    until_entries(&mut window, 2);
    window.get_by_role_and_label(Role::CheckBox, item).click();
    until_entries(&mut window, 3);
}

#[test]
fn the_second_press_of_a_double_one_does_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut window = quick(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(10);
    assert_eq!(
        entries(&window),
        2,
        "the step that came into view was not read"
    );
    window.run_steps(60);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    until_entries(&mut window, 3);
}

#[test]
fn the_last_entry_is_taken_back_by_one_of_its_own() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_entries(&mut window, 2);
    assert_eq!(state(&window, "1-4"), State::Done(None));
    window.run_steps(4);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until_entries(&mut window, 3);
    assert_eq!(state(&window, "1-4"), State::Open);
    window.get_by_role_and_label(Role::Heading, "医療情報システム安全管理責任者による確認");
}

#[test]
fn what_the_answer_opened_is_taken_in_hand() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "D0 ウイルス感染の兆候があるか");
    click(&mut window, "ない");
    until_entries(&mut window, 2);
    window.run_steps(3);
    window.get_by_role_and_label(Role::Heading, "医療情報システム安全管理責任者へ連絡");
}

#[test]
fn another_incident_takes_the_place_of_the_running_one_only_when_asked() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(3);
    click(&mut window, "自分で見つけた");
    assert_eq!(session::folders(data.path()).len(), 1);
    click_button(&mut window, "新しく始める");
    until(&mut window, |_| session::folders(data.path()).len() == 2);
}

#[test]
fn a_folder_that_cannot_be_opened_leaves_the_running_incident_where_it_is() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(3);
    window
        .get_by_role_and_label(Role::TextInput, "インシデントのフォルダのパス")
        .focus();
    window.run_steps(2);
    window.event(Event::Text(data.path().display().to_string()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "開けません");
    assert_eq!(entries(&window), 1, "the running one is still on the desk");
}

#[test]
fn what_could_not_be_saved_is_said_and_not_left_behind_unasked() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let folder = window.state().session().unwrap().folder().to_owned();
    std::fs::remove_dir_all(&folder).unwrap();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until_label(&mut window, "保存できていません（1件）");
    assert_eq!(
        entries(&window),
        1,
        "what is not saved is not in the record"
    );
    // The entry itself says so too, and what is written next waits behind it.
    let row = |window: &Window| window.query_all_by_label("保存できていません").count();
    assert_eq!(row(&window), 1);
    focus_note(&mut window);
    window.event(Event::Text("折り返し電話".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "保存できていません（2件）");
    assert_eq!(row(&window), 1);
    // It stays in hand, and leaving asks.
    window.get_by_role_and_label(Role::Heading, "医療情報システム安全管理責任者による確認");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(4);
    click(&mut window, "自分で見つけた");
    click_button(&mut window, "新しく始める");
    until_label(&mut window, "まだ保存されていない記録があります");
    let pending = |app: &App| app.session().is_some_and(|session| !session.is_idle());
    assert!(pending(&window.state()), "it is still on the desk");
    window.get_by_label_contains("保存せずに離れる").click();
    until(&mut window, |app| !pending(app));
    assert_eq!(session::folders(data.path()).len(), 1, "the new incident");
}

#[test]
fn when_nothing_works_a_timed_log_runs_within_three_actions_and_joins_an_incident_later() {
    let temp = tempfile::tempdir().unwrap();
    // A file stands where the data folder should be, so no incident can be begun.
    let data = temp.path().join("data");
    std::fs::write(&data, "rubbish").unwrap();
    let mut window = window(&data);
    // Starting the program was the first action; the second is a door, the third is to write.
    click(&mut window, "職員から連絡があった");
    until_label(&mut window, "簡易記録の内容");
    window.run_steps(3);
    window.event(Event::Text("印刷が止まらない".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "保存済み：");
    let kept = std::fs::read_dir(data.with_extension("elsewhere")).unwrap();
    let text = std::fs::read_to_string(kept.last().unwrap().unwrap().path()).unwrap();
    assert!(text.contains("印刷が止まらない"), "{text}");
    // The data folder is mended; the lines become notes with their time.
    std::fs::remove_file(&data).unwrap();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(3);
    click(&mut window, "職員から連絡があった");
    until_entries(&mut window, 1);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.run_steps(3);
    window
        .get_by_label_contains("開いているインシデントに加える（1 行）")
        .click();
    until_entries(&mut window, 2);
    let app = window.state();
    let entry = app
        .session()
        .unwrap()
        .incident()
        .entries()
        .last()
        .unwrap()
        .clone();
    assert_eq!(entry.happened_at, Some(at(0)));
}

#[test]
fn the_plain_log_of_an_earlier_run_is_found_and_joins_the_incident() {
    let data = tempfile::tempdir().unwrap();
    let mut window = window(data.path());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.run_steps(3);
    window.event(Event::Text("停電した".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "保存済み：");
    // The program ends; the next one knows of nothing but the folders.
    drop(window);
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    until_label(&mut window, "前に保存した簡易記録");
    window.get_by_label_contains("（1 行）：停電した");
    let join = "開いているインシデントに加える（1 行）";
    window.get_by_label_contains(join).scroll_to_me();
    window.run_steps(3);
    window.get_by_label_contains(join).click();
    until_entries(&mut window, 2);
    let noted = |window: &Window| {
        let app = window.state();
        let entries = app.session().unwrap().incident().entries().to_vec();
        entries
            .iter()
            .filter(|e| e.happened_at == Some(at(0)))
            .count()
    };
    assert_eq!(noted(&window), 1);
    // Added once, it is not offered again.
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    until_label(&mut window, "開いているインシデントに加える（0 行）");
}

#[test]
fn whatever_is_broken_on_a_read_only_disk_a_timed_log_runs_within_three_actions() {
    let Some(disk) = std::env::var_os(MOUNTED).map(PathBuf::from) else {
        let temp = tempfile::tempdir().unwrap();
        let disk = temp.path().join("disk");
        std::fs::create_dir(&disk).unwrap();
        return with_own_mounts(
            "ui::whatever_is_broken_on_a_read_only_disk_a_timed_log_runs_within_three_actions",
            &disk,
        );
    };
    system("mount", &["-t", "tmpfs", "none"], &disk);
    let sound = disk.join("sound");
    let incident = {
        let mut window = window(&sound);
        click(&mut window, "職員から連絡があった");
        until_entries(&mut window, 1);
        session::folders(&sound).remove(0)
    };
    let journal = incident.strip_prefix(&sound).unwrap().join("journal.ron");
    let broken = [
        "flows/mhlw-incident.ron",
        journal.to_str().unwrap(),
        "settings.ron",
    ];
    for what in [&broken[..1], &broken[1..2], &broken[2..], &broken[..]] {
        system("mount", &["-o", "remount,rw"], &disk);
        let data = disk.join("data");
        system("cp", &["-a", sound.to_str().unwrap()], &data);
        for name in what {
            let path = data.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "rubbish").unwrap();
        }
        system("mount", &["-o", "remount,ro"], &disk);
        std::fs::write(data.join("draft.ron"), "").unwrap_err();
        // A folder on another disk, such as the person's own.
        let elsewhere = tempfile::tempdir().unwrap();
        let mut start = start(&data);
        start.plain_logs[1] = elsewhere.path().to_owned();
        let mut window = open(start, (1280.0, 800.0));
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
        window.run_steps(3);
        window.event(Event::Text("印刷が止まらない".to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        until_label(&mut window, "保存済み：");
        // Into a folder that is named only now, such as a stick, the whole is saved too.
        let stick = tempfile::tempdir().unwrap();
        click(&mut window, "簡易記録を置くフォルダのパス");
        window.event(Event::Text(stick.path().display().to_string()));
        window.run_steps(2);
        click(&mut window, "ここに保存");
        until_label(
            &mut window,
            &format!("保存済み：{}", stick.path().display()),
        );
        for folder in [&elsewhere, &stick] {
            let mut kept = std::fs::read_dir(folder.path()).unwrap();
            let text = std::fs::read_to_string(kept.next().unwrap().unwrap().path()).unwrap();
            assert!(text.contains("印刷が止まらない"), "{what:?}: {text}");
        }
        drop(window);
        system("mount", &["-o", "remount,rw"], &disk);
        system("rm", &["-r"], &data);
    }
}

#[test]
fn lines_of_the_plain_log_that_are_on_no_disk_are_not_left_behind_unasked() {
    let temp = tempfile::tempdir().unwrap();
    let data = temp.path().join("data");
    // Files stand where its folders should be.
    for blocked in [data.clone(), data.with_extension("elsewhere")] {
        std::fs::write(blocked, "rubbish").unwrap();
    }
    let mut window = window(&data);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.run_steps(3);
    window.event(Event::Text("停電".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "保存できていません（画面には残っています）");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(3);
    let close = |window: &mut Window| {
        let root = window.input_mut().viewports.entry(egui::ViewportId::ROOT);
        root.or_default().events.push(egui::ViewportEvent::Close);
        window.step();
        let output = window.output().viewport_output.get(&egui::ViewportId::ROOT);
        let canceled = output.is_some_and(|output| {
            output
                .commands
                .contains(&egui::ViewportCommand::CancelClose)
        });
        window.run_steps(3);
        canceled
    };
    assert!(close(&mut window));
    window.get_by_label_contains("簡易記録に、まだ保存されていない行があります");
    window.get_by_label_contains("停電");
    close(&mut window);
    assert!(!close(&mut window), "it was told, and closes");
}

#[test]
fn the_data_folder_is_not_taken_as_the_mirror_folder() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.run_steps(3);
    for (path, says) in [
        (
            data.path().display().to_string(),
            "別のディスクにあるフォルダ",
        ),
        ("stick".to_owned(), "省略せずに書いてください"),
    ] {
        let field = window.get_by_role_and_label(Role::TextInput, "複製先フォルダのパス");
        field.scroll_to_me();
        field.focus();
        window.run_steps(3);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(Event::Text(path));
        window.run_steps(2);
        window.key_press(Key::Enter);
        until_label(&mut window, says);
    }
    assert!(!data.path().join("shodo-mirror").exists());
}

#[test]
fn each_entry_is_copied_to_the_mirror_folder_and_the_line_says_so() {
    let data = tempfile::tempdir().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.run_steps(3);
    let field = window.get_by_role_and_label(Role::TextInput, "複製先フォルダのパス");
    field.scroll_to_me();
    field.focus();
    window.run_steps(3);
    window.event(Event::Text(stick.path().display().to_string()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "1 番の記録まで複製済みです");
    let journal = session::folders(data.path())[0].join("journal.ron");
    let name = journal.parent().unwrap().file_name().unwrap();
    let copy = stick.path().join(name).join("journal.ron");
    assert_eq!(
        std::fs::read(copy).unwrap(),
        std::fs::read(journal).unwrap()
    );
}

#[test]
fn a_closed_incident_says_so_and_is_reopened_with_the_mouse() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.get_by_label_contains("を終える").click();
    window.run_steps(4);
    window.get_by_label_contains("終了する").click();
    until_entries(&mut window, 2);
    window.run_steps(3);
    window.get_by_label_contains("に終了しました");
    window.get_by_label_contains("を再開").click();
    until_entries(&mut window, 3);
}

#[test]
fn everything_that_can_be_pressed_or_typed_into_has_a_name() {
    use egui_kittest::kittest::NodeT as _;
    let data = tempfile::tempdir().unwrap();
    long_record(data.path(), Language::Ja);
    let mut window = window(data.path());
    let mut seen = 0;
    let mut check = |window: &Window, place: &str| {
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            let words = node.label().or_else(|| node.value()).unwrap_or_default();
            let is_icon = |sign: char| (0xe000..=0xf8ff).contains(&u32::from(sign));
            assert!(!words.contains(is_icon), "an icon is read aloud: {words:?}");
            let works = matches!(
                node.role(),
                Role::Button
                    | Role::CheckBox
                    | Role::RadioButton
                    | Role::TextInput
                    | Role::MultilineTextInput
                    | Role::DisclosureTriangle
                    | Role::Heading
            );
            if works {
                seen += 1;
                let name = node.label().unwrap_or_default();
                let letters = name.chars().any(char::is_alphanumeric);
                assert!(
                    letters,
                    "{place}: {:?} {name:?} {:?}",
                    node.role(),
                    node.raw_bounds()
                );
            }
        }
    };
    check(&window, "home");
    click(&mut window, "Electronic medical record down (fictitious)");
    until_entries(&mut window, 16);
    for node in ["2-6", "D2", "3-3", "4-3", "1-1"] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::K);
        window.run_steps(3);
        check(&window, "palette");
        window.event(Event::Text(node.to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(4);
        check(&window, node);
    }
    for key in [Key::Num2, Key::Num3, Key::Num4, Key::Comma, Key::Num0] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(4);
        check(&window, key.name());
    }
    window.key_press(Key::F1);
    window.run_steps(4);
    check(&window, "help");
    assert!(seen > 300, "only {seen}");
}

#[test]
fn the_tab_key_goes_through_everything_on_each_page_and_begins_again() {
    use egui_kittest::kittest::NodeT as _;
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let focused = |window: &Window| {
        let root = window.root();
        let found = root
            .children_recursive()
            .find(|node| node.accesskit_node().is_focused());
        found.map(|node| format!("{:?}", node.accesskit_node().id()))
    };
    for key in [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Comma,
        Key::Num0,
    ] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(4);
        let works = |node: &egui_kittest::Node<'_>| {
            matches!(
                node.accesskit_node().role(),
                Role::Button | Role::CheckBox | Role::RadioButton | Role::TextInput
            ) && !node.accesskit_node().is_disabled()
        };
        let all = window.root().children_recursive().filter(works).count();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2 * all + 40 {
            window.key_press(Key::Tab);
            window.run_steps(3);
            let at = focused(&window);
            assert!(
                at.is_some(),
                "{key:?}: the focus is lost after {}",
                seen.len()
            );
            seen.extend(at);
        }
        assert!(seen.len() >= all, "{key:?}: {} of {all}", seen.len());
    }
}

fn focus_note(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_steps(4);
}

#[test]
fn a_note_is_typed_from_anywhere_and_enter_records_it() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(3);
    focus_note(&mut window);
    window.event(Event::Text("印刷が止まらない".to_owned()));
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    window.run_steps(2);
    assert_eq!(entries(&window), 1, "a line break is not a note");
    window.event(Event::Text("と電話".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_entries(&mut window, 2);
    let app = window.state();
    let session = app.session().unwrap();
    let last = format!("{:?}", session.incident().entries().last().unwrap().event);
    assert!(last.contains("印刷が止まらない\\nと電話"), "{last}");
}

#[test]
fn the_enter_that_ends_a_composition_records_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    focus_note(&mut window);
    window.event(Event::Ime(ImeEvent::Preedit {
        text: "かんせん".to_owned(),
        active_range_chars: None,
    }));
    window.run_steps(2);
    window
        .input_mut()
        .events
        .push(Event::Ime(ImeEvent::Commit("感染".to_owned())));
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(entries(&window), 1);
    window.key_press(Key::Enter);
    until_entries(&mut window, 2);
}

#[test]
fn an_answer_is_chosen_and_a_missing_reason_becomes_an_open_item() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "D0 ウイルス感染の兆候があるか");
    click(&mut window, "わからない");
    until_entries(&mut window, 2);
    assert_eq!(state(&window, "1-2"), State::Open);
    window.get_by_label_contains(
        "後で書くこと・対応すること(1)"
            .replace('(', "（")
            .replace(')', "）")
            .as_str(),
    );
}

#[test]
fn the_palette_finds_a_step_and_shows_it_to_read() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("2-6".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    window.get_by_role_and_label(Role::Heading, "被害拡大防止");
    window.get_by_label_contains("現場での判断が難しい場合は、不用意な電源停止は行わない。");
    assert_eq!(entries(&window), 1, "looking records nothing");
}

#[test]
fn a_long_record_is_copied_in_parts_and_the_copying_can_be_stopped() {
    let data = tempfile::tempdir().unwrap();
    let flow = std::sync::Arc::new(shipped().clone());
    let opening = Opening {
        door: "staff".to_owned(),
        title: Some("long".to_owned()),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let clock = Clock::Fixed(at(-90));
    let mut session = Session::create(data.path(), opening, flow, clock, Box::new(|| {})).unwrap();
    for number in 0..1_300 {
        session.submit(Act::Note(Note {
            text: format!("note {number}."),
            ..Note::default()
        }));
    }
    session.settle();
    drop(session);
    let mut window = window(data.path());
    click(&mut window, "long");
    until_entries(&mut window, 1_301);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(4);
    let copied = |window: &mut Window| {
        window
            .get_by_role_and_label(Role::Button, "表示中の記録をコピー")
            .click_accesskit();
        window.step();
        window.step();
        window.get_by_label("コピーをやめる");
    };
    let text = |window: &Window| {
        let commands = &window.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    copied(&mut window);
    window.get_by_label("コピーをやめる").click_accesskit();
    for _ in 0..20 {
        window.step();
        assert!(text(&window).is_none(), "it was stopped");
    }
    copied(&mut window);
    let mut passes = 0;
    let found = loop {
        window.step();
        passes += 1;
        if let Some(text) = text(&window) {
            break text;
        }
        assert!(passes < 20, "it never came");
    };
    assert!(passes > 1, "all at once");
    assert_eq!(found.matches("note ").count(), 1_300);
    assert!(found.find("note 0.") < found.find("note 1299."));
    let folder = window.state().session().unwrap().folder().to_owned();
    let arguments = [
        "incident",
        "show",
        folder.to_str().unwrap(),
        "--format",
        "tsv",
    ];
    let written = crate::support::run_in("ja", data.path(), &arguments, b"");
    assert!(found.as_bytes() == written.stdout, "the table is the same");
}

#[test]
fn what_a_typed_time_is_read_as_stands_below_its_field() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    click(&mut window, "種別・手段・時刻");
    for (typed, read) in [
        (
            "12:50",
            "今日 11/21 12:50 と読みます（インシデントを開始する前です）",
        ),
        ("13:05", "今日 11/21 13:05 と読みます（今より後です）"),
        (
            "13:30",
            "昨日 11/20 13:30 と読みます（12時間より前です、インシデントを開始する前です）",
        ),
        ("soon", "日時として読めません"),
    ] {
        type_into(&mut window, "起きた時刻", typed);
        until_label(&mut window, read);
    }
}

#[test]
fn the_language_changes_while_it_runs() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.run_steps(4);
    window.get_by_role_and_label(
        Role::Heading,
        "Confirmation by the medical information system safety manager",
    );
}

#[test]
fn what_is_typed_comes_back_after_a_crash() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let folder = window.state().session().unwrap().folder().to_owned();
    focus_note(&mut window);
    window.event(Event::Text("書きかけ".to_owned()));
    let is_kept = |_: &App| {
        let kept = session::kept_draft(&folder);
        kept.values().any(|text| text == "書きかけ")
    };
    until(&mut window, is_kept);
    drop(window);
    let texts = session::kept_draft(&folder);
    assert!(texts.values().any(|text| text == "書きかけ"), "{texts:?}");
}

#[test]
fn closing_lists_what_is_open_and_closes_all_the_same() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text("インシデントを終える".to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    window.get_by_label_contains("次の3件が残っています");
    window.get_by_label_contains("終了する").click();
    until_entries(&mut window, 2);
    assert!(
        window
            .state()
            .session()
            .unwrap()
            .incident()
            .closed()
            .is_some()
    );
}

#[test]
fn damage_is_told_with_what_to_do_about_it() {
    let data = tempfile::tempdir().unwrap();
    let journal = {
        let window = begun(data.path());
        let app = window.state();
        app.session().unwrap().folder().join("journal.ron")
    };
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.replacen("staff", "vendor", 1) + &text).unwrap();
    let mut window = window(data.path());
    window.get_by_label("インシデントのフォルダのパス").focus();
    window.run_steps(2);
    let folder = journal.parent().unwrap().display().to_string();
    window.event(Event::Text(folder));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(
        &mut window,
        "閲覧専用で開きました。フォルダ全体を別の場所に複製して保管してください",
    );
}

#[test]
fn a_text_that_an_assistive_technology_puts_into_a_field_is_recorded() {
    use egui::accesskit::{Action, ActionData, ActionRequest, TreeId};
    use egui_kittest::kittest::NodeT as _;
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "確認した事実");
    let request = ActionRequest {
        action: Action::SetValue,
        target_tree: TreeId::ROOT,
        target_node: field.accesskit_node().locate().0,
        data: Some(ActionData::Value("画面が赤い".into())),
    };
    // It need not go into the field, and so it never leaves it.
    window.event(Event::AccessKitActionRequest(request));
    until_entries(&mut window, 2);
    let app = window.state();
    let last = app.session().unwrap().incident().entries().last().unwrap();
    let event = format!("{:?}", last.event);
    assert!(
        event.starts_with("FieldFilled") && event.contains("画面が赤い"),
        "{event}"
    );
}

#[test]
fn an_unsound_flow_is_refused_with_its_problems_and_the_built_in_one_is_offered() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("broken.ron");
    std::fs::write(&path, shipped().text().replacen("\"1-4\"", "\"1-44\"", 1)).unwrap();
    let mut window = window(data.path());
    window.get_by_label("フローのファイルのパス").focus();
    window.run_steps(2);
    window.event(Event::Text(path.display().to_string()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    until_label(&mut window, "このフローには問題があります");
    click_button(&mut window, "内蔵のフローを使う");
    window.get_by_label("職員から連絡があった");
}

#[test]
fn broken_settings_give_a_notice_and_nothing_else() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("settings.ron"), "((((").unwrap();
    let mut window = window(data.path());
    window.get_by_label_contains("設定を読めないため、初期値で始めます");
    click(&mut window, "職員から連絡があった");
    until_entries(&mut window, 1);
}

#[test]
fn a_drill_says_so_in_the_bar() {
    let data = tempfile::tempdir().unwrap();
    let mut window = window(data.path());
    click(&mut window, "訓練");
    click(&mut window, "自分で見つけた");
    until_entries(&mut window, 1);
    window.get_by_role_and_label(Role::Label, "訓練");
}

#[test]
fn nothing_reaches_out_of_the_window_at_any_size_and_language() {
    let data = tempfile::tempdir().unwrap();
    for (percent, language, size) in [
        (100, "ja", (1024.0, 700.0)),
        (200, "ja", (1024.0, 700.0)),
        (100, "en", (1024.0, 700.0)),
        (200, "en", (1024.0, 700.0)),
        (150, "en", (1280.0, 800.0)),
        (200, "ja", (1920.0, 1080.0)),
    ] {
        let settings = format!("(language: Some({language}), text_percent: {percent})");
        std::fs::write(data.path().join("settings.ron"), settings).unwrap();
        let mut window = open(
            Start {
                language: None,
                ..start(data.path())
            },
            size,
        );
        let door = shipped().doors()[0].title.get(if language == "ja" {
            Language::Ja
        } else {
            Language::En
        });
        click(&mut window, door);
        until_entries(&mut window, 1);
        for node in ["2-6", "D2", "3-3", "4-3", "1-4"] {
            for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
                window.key_press_modifiers(Modifiers::COMMAND, key);
                window.run_steps(3);
                check_inside(
                    &window,
                    size,
                    &format!("{node} {key:?} {percent} {language}"),
                );
            }
            window.key_press_modifiers(Modifiers::COMMAND, Key::K);
            window.run_steps(3);
            window.event(Event::Text(node.to_owned()));
            window.run_steps(2);
            window.key_press(Key::Enter);
            window.run_steps(3);
            check_inside(&window, size, &format!("{node} {percent} {language}"));
        }
    }
}

/// A record with notes, decisions, missing reasons and people, as after some hours.
fn long_record(data: &Path, language: Language) {
    let flow = std::sync::Arc::new(shipped().clone());
    let opening = Opening {
        door: "staff".to_owned(),
        title: Some("Electronic medical record down (fictitious)".to_owned()),
        recorder: Some("K. Sato".to_owned()),
        program: "test".to_owned(),
        ..Opening::default()
    };
    let wake = Box::new(|| {});
    let mut session = Session::create(data, opening, flow, Clock::Fixed(at(-90)), wake).unwrap();
    let says = match language {
        Language::Ja => "3階東病棟から「印刷が止まらない」と電話。ネットワーク保守へ転送した",
        Language::En => {
            "Ward 3 East calls: printing does not stop; passed on to the network vendor"
        }
    };
    let id = NodeId::from;
    let none = Ground::default;
    let acts = [
        Act::Assign("manager".to_owned(), "K. Sato".to_owned()),
        Act::Assign("executives".to_owned(), "M. Tanaka-Yamamoto".to_owned()),
        Act::Choose(id("D0"), "cant-tell".to_owned(), none()),
        Act::Complete(id("1-2"), none()),
        Act::Complete(id("1-4"), Ground::because(says)),
        Act::Choose(id("D1"), "yes".to_owned(), none()),
        Act::Choose(id("D2"), "yes".to_owned(), Ground::because(says)),
        Act::Skip(id("2-5"), none()),
        Act::Know("ppc".to_owned(), Some("K. Sato".to_owned()), None),
    ];
    for act in acts {
        session.submit(act);
    }
    for _ in 0..6 {
        session.submit(Act::Note(Note {
            text: says.to_owned(),
            from: Some("Ward 3 East, nurse in charge".to_owned()),
            to: Some("Information systems".to_owned()),
            open: true,
            ..Note::default()
        }));
    }
    let refused: Vec<_> = session
        .settle()
        .into_iter()
        .filter(|outcome| !matches!(outcome, session::Outcome::Saved(_)))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn a_long_record_leaves_every_column_in_its_place() {
    for language in [Language::Ja, Language::En] {
        for (percent, size) in [
            (100, (1024.0, 700.0)),
            (100, (1280.0, 800.0)),
            (125, (1280.0, 800.0)),
            (100, (1920.0, 1080.0)),
            (150, (1920.0, 1080.0)),
        ] {
            let data = tempfile::tempdir().unwrap();
            long_record(data.path(), language);
            let settings = format!("(text_percent: {percent})");
            std::fs::write(data.path().join("settings.ron"), settings).unwrap();
            let start = Start {
                language: Some(language),
                ..start(data.path())
            };
            let mut window = open(start, size);
            click(&mut window, "Electronic medical record down (fictitious)");
            until_entries(&mut window, 16);
            let names = match language {
                Language::Ja => ["記録の内容", "いま行うこと"],
                Language::En => ["Note", "To do now"],
            };
            for node in ["2-13", "D2"] {
                window.key_press_modifiers(Modifiers::COMMAND, Key::K);
                window.run_steps(3);
                window.event(Event::Text(node.to_owned()));
                window.run_steps(2);
                window.key_press(Key::Enter);
                window.run_steps(4);
                let place = format!("{node} {percent} {size:?} {language:?}");
                check_inside(&window, size, &place);
                check_columns(&window, names, &place);
            }
        }
    }
}

/// Nothing with a name may stand across the edge between two columns.
fn check_columns(window: &Window, names: [&str; 2], place: &str) {
    use egui_kittest::kittest::NodeT as _;
    let bounds = |name: &str| {
        let mut nodes = window.query_all_by_label_contains(name);
        nodes.next()?.accesskit_node().raw_bounds()
    };
    let [Some(note), Some(lists)] = names.map(bounds) else {
        panic!("{place}: {names:?} are not there");
    };
    let left_of = |x: f64| x - 1.0;
    let mut across = Vec::new();
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        let (Some(bounds), Some(name)) = (node.raw_bounds(), node.label().or_else(|| node.value()))
        else {
            continue;
        };
        let beside = bounds.y0 >= lists.y0 && bounds.y1 <= 640.0;
        if beside && bounds.x0 < left_of(note.x0) && bounds.x1 > note.x0 {
            across.push(format!("{name:?} {bounds:?} over {note:?}"));
        }
    }
    assert!(across.is_empty(), "{place}: {}", across.join("\n"));
}

/// Nothing may stand beyond the right edge; below there is scrolling.
fn check_inside(window: &Window, (width, _): (f32, f32), place: &str) {
    use egui_kittest::kittest::NodeT as _;
    let out: Vec<String> = window
        .root()
        .children_recursive()
        .filter_map(|node| {
            let node = node.accesskit_node();
            let bounds = node.raw_bounds()?;
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            (!name.is_empty() && bounds.x1 > f64::from(width) + 1.0)
                .then(|| format!("{:?} {name:?} ends at {}", node.role(), bounds.x1))
        })
        .collect();
    assert!(out.is_empty(), "{place}: {}", out.join("\n"));
}

/// A record of any length with entries of many kinds; the benches have it too.
#[path = "../benches/record.rs"]
mod record;

/// Opens the record page on an incident with so many entries.
fn record_page(data: &Path, count: u64, size: (f32, f32)) -> Window {
    record::written(data, count);
    let mut window = open(start(data), size);
    click(&mut window, record::TITLE);
    until_entries(&mut window, usize::try_from(count).unwrap());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(4);
    window
}

/// Gives the entries that were laid out: their numbers, and where each begins and ends.
fn rows(window: &Window) -> Vec<(u64, f64, f64)> {
    use egui_kittest::kittest::NodeT as _;
    let mut found: Vec<(u64, f64, f64)> = window
        .root()
        .children_recursive()
        .filter_map(|node| {
            let node = node.accesskit_node();
            let name = node.value().filter(|_| node.role() == Role::Label)?;
            let number = name.strip_prefix('#')?.parse().ok()?;
            let bounds = node.raw_bounds()?;
            Some((number, bounds.y0, bounds.y1))
        })
        .collect();
    found.sort_by_key(|(number, ..)| *number);
    found
}

/// Gives the numbers of the entries whose line begins in view.
fn numbers(window: &Window) -> Vec<u64> {
    let upper = 200.0;
    let in_view = |row: &&(u64, f64, f64)| row.1 > upper && row.2 < 770.0;
    rows(window)
        .iter()
        .filter(in_view)
        .map(|row| row.0)
        .collect()
}

fn type_filter(window: &mut Window, text: &str) {
    type_into(window, "言葉で絞り込む", text);
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(4);
}

fn scroll(window: &mut Window, by: f32) {
    window.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        source: egui::MouseWheelSource::Unknown,
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(1);
}

#[test]
fn a_frame_lays_out_only_the_rows_in_view_however_long_the_record() {
    let mut laid_out = Vec::new();
    for count in [101, 20_001] {
        let data = tempfile::tempdir().unwrap();
        let mut window = record_page(data.path(), count, (1280.0, 800.0));
        let mut counts = vec![rows(&window).len()];
        assert_eq!(
            numbers(&window).last(),
            Some(&count),
            "the newest is in view"
        );
        window.key_press(Key::Home);
        window.run_steps(3);
        assert_eq!(numbers(&window).first(), Some(&1));
        counts.push(rows(&window).len());
        type_filter(&mut window, "#51");
        counts.push(rows(&window).len());
        laid_out.push(counts);
    }
    assert_eq!(laid_out[0], laid_out[1]);
    assert!(
        laid_out[1].iter().all(|count| (5..14).contains(count)),
        "{laid_out:?}"
    );
}

#[test]
fn the_record_keeps_its_place_while_heights_are_measured() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 2001, (1280.0, 800.0));
    window.event(Event::PointerMoved(egui::pos2(700.0, 500.0)));
    type_filter(&mut window, "#1000");
    let edge = rows(&window).iter().find(|row| row.0 == 1000).unwrap().1 - 12.0;
    // Upwards, into rows that were never laid out; what stays in view moves as one.
    for step in 0..200 {
        let before = rows(&window);
        scroll(&mut window, 23.0);
        let after = rows(&window);
        let moved: Vec<f64> = before
            .iter()
            .filter(|row| row.1 > edge)
            .filter_map(|row| {
                let same = after.iter().find(|other| other.0 == row.0)?;
                Some(same.1 - row.1)
            })
            .collect();
        let first = moved[0];
        assert!((-1.0..60.0).contains(&first), "step {step}: {moved:?}");
        let apart = moved.iter().any(|by| (by - first).abs() > 1.0);
        assert!(!apart, "step {step}: {moved:?}");
        let overlap = after.windows(2).any(|two| two[1].1 < two[0].2 + 20.0);
        assert!(!overlap, "step {step}: {after:?}");
    }
    assert!(numbers(&window)[0] < 970, "{:?}", numbers(&window));
    // At rest nothing moves.
    window.run_steps(10);
    let rest = rows(&window);
    window.run_steps(10);
    assert_eq!(rows(&window), rest);
}

#[test]
fn an_entry_of_the_record_is_gone_to_by_its_number() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 2001, (1280.0, 800.0));
    for number in [1500, 7, 1993, 2001, 1] {
        type_filter(&mut window, &format!("#{number}"));
        assert!(numbers(&window).contains(&number), "{:?}", numbers(&window));
        window.get_by_role_and_label(Role::Label, &format!("#{number}"));
    }
    type_filter(&mut window, "#1500");
    assert_eq!(numbers(&window)[0], 1500, "at the upper edge");
    // Only those that can be corrected have a button for it, with the number in its name.
    window.get_by_label("#1502 を訂正");
    assert!(window.query_by_label("#1400 を訂正").is_none());
}

#[test]
fn the_record_is_gone_through_with_the_keyboard() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 2001, (1280.0, 800.0));
    assert_eq!(numbers(&window).last(), Some(&2001));
    let end = numbers(&window);
    window.key_press(Key::PageUp);
    window.run_steps(3);
    let before = numbers(&window);
    assert!(
        before[0] < end[0] && *before.last().unwrap() <= end[1],
        "{before:?} {end:?}"
    );
    window.key_press(Key::PageDown);
    window.run_steps(3);
    assert_eq!(numbers(&window), end);
    window.key_press(Key::Home);
    window.run_steps(3);
    assert_eq!(numbers(&window)[0], 1);
    window.key_press(Key::PageDown);
    window.run_steps(3);
    assert!(
        (3..10).contains(&numbers(&window)[0]),
        "{:?}",
        numbers(&window)
    );
    window.key_press(Key::End);
    window.run_steps(3);
    assert_eq!(numbers(&window), end);
}

#[test]
fn the_row_at_the_upper_edge_stays_there_when_width_text_size_or_language_change() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 2001, (1280.0, 800.0));
    type_filter(&mut window, "#1200");
    let first = |window: &Window| {
        let rows = rows(window);
        let row = rows.iter().find(|row| row.1 > 150.0).copied();
        row.unwrap().0
    };
    assert_eq!(numbers(&window)[0], 1200);
    window.set_size(vec2(700.0, 800.0));
    window.run_steps(4);
    assert!(
        (1199..=1201).contains(&first(&window)),
        "{:?}",
        rows(&window)
    );
    window.set_size(vec2(1280.0, 800.0));
    window.run_steps(4);
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
        window.run_steps(4);
    }
    assert!(
        (1199..=1201).contains(&first(&window)),
        "{:?}",
        rows(&window)
    );
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.run_steps(6);
    assert!(
        (1199..=1201).contains(&first(&window)),
        "{:?}",
        rows(&window)
    );
}

#[test]
fn the_newest_entry_stays_in_view_at_the_end_and_what_is_read_stays_elsewhere() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 501, (1280.0, 800.0));
    let record_one = |window: &mut Window, count: usize| {
        window.key_press_modifiers(Modifiers::COMMAND, Key::N);
        window.run_steps(4);
        window.event(Event::Text("追加".to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        until_entries(window, count);
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        window.run_steps(4);
    };
    record_one(&mut window, 502);
    assert_eq!(numbers(&window).last(), Some(&502));
    window.ctx.memory_mut(|memory| memory.stop_text_input());
    window.key_press(Key::PageUp);
    window.run_steps(3);
    let read = rows(&window);
    record_one(&mut window, 503);
    let now = rows(&window);
    assert_eq!(now[1], read[1]);
}

#[test]
fn the_filter_finds_what_was_recorded_corrected_and_struck_in_a_long_record() {
    let data = tempfile::tempdir().unwrap();
    let mut window = record_page(data.path(), 3001, (1280.0, 800.0));
    let count = |window: &Window, shown: usize| {
        let words = format!("{shown}件を表示（全3001件）");
        window.get_by_label(&words);
    };
    count(&window, 3001);
    type_filter(&mut window, "ward 3 EAST");
    window.run_steps(10);
    count(&window, 300);
    assert!(numbers(&window).iter().all(|number| number % 10 == 4));
    assert_eq!(numbers(&window).last(), Some(&2994));
    // What stands in the place of a corrected entry is found with it.
    type_filter(&mut window, "3階西病棟");
    window.run_steps(10);
    count(&window, 600);
    type_filter(&mut window, "no such words");
    window.run_steps(10);
    count(&window, 0);
    type_filter(&mut window, " ");
    window.run_steps(4);
    count(&window, 3001);
    // In the order of happening the entries with an earlier time come first.
    click(&mut window, "起きた順");
    window.ctx.memory_mut(|memory| memory.stop_text_input());
    window.key_press(Key::Home);
    window.run_steps(4);
    assert!(
        numbers(&window).iter().all(|number| number % 10 == 0),
        "{:?}",
        numbers(&window)
    );
}

#[test]
fn with_many_open_items_the_guide_shows_a_few_and_more_when_asked() {
    let data = tempfile::tempdir().unwrap();
    {
        let flow = std::sync::Arc::new(shipped().clone());
        let opening = Opening {
            door: "staff".to_owned(),
            title: Some("多数".to_owned()),
            program: "test".to_owned(),
            ..Opening::default()
        };
        let wake = Box::new(|| {});
        let clock = Clock::Fixed(at(-14));
        let mut session = Session::create(data.path(), opening, flow, clock, wake).unwrap();
        for number in 0..50 {
            session.submit(Act::Note(Note {
                text: format!("折り返し {number}"),
                open: true,
                ..Note::default()
            }));
        }
        session.settle();
    }
    let mut window = window(data.path());
    click(&mut window, "多数");
    until_entries(&mut window, 51);
    window.get_by_label_contains("後で書くこと・対応すること（50）");
    let settled = |window: &Window| {
        window
            .query_all_by_label_contains("対応済みにする #")
            .count()
    };
    assert_eq!(settled(&window), 20);
    click(&mut window, "残り30件のうち次を表示");
    assert_eq!(settled(&window), 40);
}

#[test]
fn a_window_left_alone_is_drawn_once_a_minute() {
    let data = tempfile::tempdir().unwrap();
    let mut window = begun(data.path());
    window.run_steps(20);
    // With a field that has the keyboard, and on each page.
    focus_note(&mut window);
    for key in [
        Key::N,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Comma,
        Key::Num0,
    ] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        let mut passes = |count| {
            window.run_steps(count);
            let output = window.output();
            output.viewport_output[&egui::ViewportId::ROOT].repaint_delay
        };
        passes(30);
        // A thread may still have something to say; then it is left alone for good.
        wait_for("a window at rest", || {
            (passes(5).as_secs() >= 1).then_some(())
        });
        let delay = passes(5);
        assert!(delay.as_secs() >= 1, "{key:?}: {delay:?}");
    }
}
