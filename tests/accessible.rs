//! The real window, worked by an assistive technology that knows only roles and names.
//!
//! Needs Xvfb, dbus-daemon, at-spi2-core, python3-pyatspi and strace; without them it fails,
//! because a check that cannot run is no check. It waits for what it expects and never for a
//! time; the limits only end a hang.

use std::time::Duration;

use crate::support::reader::{Desktop, Reader};
use crate::support::{run, shipped, show, strings};

/// A second press on a card that has just moved is taken for a double one.
fn a_person_listens() {
    std::thread::sleep(Duration::from_millis(600));
}

/// Takes a step in hand by its line in the list, and hears its heading.
fn take(reader: &mut Reader, step: &str, title: &str) {
    reader.press("toggle-button", &format!("{step} {title}"));
    reader.see("heading", title);
    a_person_listens();
}

/// Completes a step of which so many items were ticked: with some left it is told as done in part.
fn complete(reader: &mut Reader, step: &str, title: &str, ticked: usize) {
    let items = shipped().step(&step.into()).unwrap().items().count();
    let says = if items > ticked {
        "一部完了"
    } else {
        "完了"
    };
    take(reader, step, title);
    reader.press("push-button", "完了して次へ Ctrl+Enter");
    reader.see_step(&format!("{step} {title}"), says);
}

fn answer(reader: &mut Reader, decision: &str, question: &str, answer: &str) {
    take(reader, decision, question);
    reader.press("toggle-button", answer);
    reader.see_step(&format!("{decision} {question}"), "完了");
}

#[test]
fn step_2_6_is_reached_and_completed_by_roles_and_names_alone() {
    let data = tempfile::tempdir().unwrap();
    let traces = tempfile::tempdir().unwrap();
    let trace = traces.path().join("trace");
    let desktop = Desktop::open();
    let mut reader = desktop.reader();
    let mut program = desktop.program(
        data.path(),
        &trace,
        &["--seccomp-bpf", "-e", "trace=network"],
    );

    // From the first screen to the step: what is heard is enough to get there.
    reader.press("push-button", "職員から連絡があった");
    reader.see("frame", "【実対応】件名なし");
    reader.see("landmark", "手順の一覧");
    complete(&mut reader, "1-1", "異常等の検知", 0);
    answer(&mut reader, "D0", "ウイルス感染の兆候があるか", "ある");
    complete(&mut reader, "1-2", "ケーブル等の切離", 0);
    let fourth = "医療情報システム安全管理責任者による確認";
    complete(&mut reader, "1-4", fourth, 0);
    answer(&mut reader, "D1", "重大な障害か", "重大な障害である");
    let attack = "サイバー攻撃の兆候があるか";
    answer(&mut reader, "D2", attack, "ある");

    // The step itself: a warning, a tick, a field, and the button.
    take(&mut reader, "2-6", "被害拡大防止");
    reader.see("label", "不用意な電源停止は行わない。");
    reader.press(
        "check-box",
        "被害拡大を防止するために、ネットワークの遮断等により通信を遮断し感染拡大を防止する。",
    );
    reader.write("遮断した回線・区画", "外部との接続をすべて");
    reader.press("push-button", "遮断した日時: いま");
    complete(&mut reader, "2-6", "被害拡大防止", 1);

    // A note of their own, and that it is saved is said without being asked for.
    reader.write("記録の内容", "情報システム室に電話した");
    reader.press("push-button", "記録する");
    reader.see("label", "情報システム室に電話した");
    let saved = reader.see("label", "保存済み");
    reader.hear(&saved);
    let said =
        reader.say(&serde_json::json!({"do": "read", "role": "entry", "name": "記録の内容"}));
    assert_eq!(said["text"], "", "the field is free for the next note");

    // What was read back is what is on the disk.
    program.kill();
    let folder = shodo::session::folders(data.path()).remove(0);
    let folder = folder.to_str().unwrap();
    let verified = run(data.path(), &["journal", "verify", folder], b"");
    assert!(verified.status.success());
    let after = show(data.path(), folder, &[]);
    assert!(!strings(&after["open"]).contains(&"2-6".to_owned()));
    let journal = std::fs::read_to_string(format!("{folder}/journal.ron")).unwrap();
    for (words, times) in [
        ("StepCompleted(node: \"2-6\"", 1),
        ("外部との接続をすべて", 1),
        ("NoteAdded(text: \"情報システム室に電話した\"", 1),
    ] {
        assert_eq!(journal.matches(words).count(), times, "{words}\n{journal}");
    }

    // An assistive technology is talked to over a local socket only.
    let trace = std::fs::read_to_string(&trace).unwrap();
    assert!(trace.contains("AF_UNIX"), "strace saw the sockets");
    assert!(!trace.contains("AF_INET"), "{trace}");
}
