//! Duties and what became of steps, where they are shown and pressed.

use super::*;

/// A window with an incident in which these lines were carried out, looking at a step.
fn after(data: &Path, lines: &[&str], step: &str) -> Window {
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
        let mut session = Session::create(data, opening, flow, clock, wake).unwrap();
        for line in lines {
            let command = shodo::cli::read_line(line, at(-14)).unwrap().unwrap();
            session.submit(command);
            session.settle();
        }
        assert_eq!(session.incident().entries().len(), lines.len() + 1);
    }
    let mut window = window(data);
    click(&mut window, "電子カルテ障害");
    until_entries(&mut window, lines.len() + 1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.event(Event::Text(step.to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(4);
    window
}

/// How each deadline stands, in the order of the flow.
fn deadlines(window: &Window) -> Vec<&'static str> {
    let app = window.state();
    let incident = app.session().unwrap().incident();
    let deadlines = incident.deadlines(shipped());
    deadlines.iter().map(|d| d.state.id()).collect()
}

#[test]
fn a_running_deadline_stays_in_view_when_its_step_is_done_and_is_ended_by_a_report() {
    let data = tempfile::tempdir().unwrap();
    let mut window = after(data.path(), &["start 4-3", "knew ppc", "done 4-3"], "4-3");
    assert_eq!(deadlines(&window), ["running", "running"]);
    // Beside the record, with the way to where it is reported, and at the step.
    window.get_by_label("手順 4-3 で報告を記録 ppc/prompt");
    window.get_by_label("個人情報保護委員会への報告 速報: 未報告");
    click(
        &mut window,
        "済んだことを記録：個人情報保護委員会への報告 速報",
    );
    window.run_steps(4);
    assert!(window.query_all_by_label("受付番号").count() > 0);
    click(&mut window, "報告した ppc/prompt");
    until_entries(&mut window, 5);
    window.run_steps(3);
    assert_eq!(deadlines(&window), ["met", "running"]);
    // It is said in view, although the form has folded up.
    let told = window.query_all_by_label_contains("記録しました：").count();
    assert!(told > 0);
    window.get_by_label_contains("個人情報保護委員会への報告 速報: 報告済み");
    assert!(
        window
            .query_by_label("手順 4-3 で報告を記録 ppc/prompt")
            .is_none()
    );
    window.get_by_label("手順 4-3 で報告を記録 ppc/final");
}

#[test]
fn a_decision_not_to_report_needs_reason_and_decider_in_the_window_too() {
    let data = tempfile::tempdir().unwrap();
    let mut window = after(data.path(), &["start 4-3", "knew ppc"], "4-3");
    click(
        &mut window,
        "しないと決めたことを記録：個人情報保護委員会への報告 確報",
    );
    window.run_steps(4);
    click(&mut window, "報告しない ppc/final");
    until_entries(&mut window, 4);
    window.run_steps(3);
    assert_eq!(deadlines(&window), ["running", "running"]);
    window.get_by_label_contains("「報告しない」（4番）に理由か決めた人がない");
}

#[test]
fn what_became_of_a_step_is_said_by_a_word_in_list_and_head() {
    let data = tempfile::tempdir().unwrap();
    let lines = ["done 1-1", "impossible 1-3 無線で伝えた"];
    let mut window = after(data.path(), &lines, "1-4");
    let says = |window: &Window, part: &str| window.query_all_by_label_contains(part).count();
    assert!(says(&window, "一部完了") > 0);
    assert!(says(&window, "実施不能") > 0);
    click(&mut window, "該当しない");
    until_entries(&mut window, 4);
    let app = window.state();
    let incident = app.session().unwrap().incident();
    let how = incident.how(shipped(), &NodeId::from("1-4"));
    assert_eq!(how, Some(shodo::incident::How::NotApplicable));
}
