//! A disk or a stick that does not answer, under the real program.
//!
//! strace holds up the sync of one file, so the hang is the system's own; it ends when the test
//! takes strace away. Nothing here depends on how long anything takes, but for the seconds that
//! the program itself waits before it speaks.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{run, show, start, strings, text, wait_for};

/// Longer than any test runs.
const HELD_UP: &str = "delay_enter=1000s";

/// Gives the arguments with which strace holds up the syncs of a file, in each thread from the
/// given one on.
fn hold_up(file: &Path, from: usize) -> Vec<String> {
    let inject = format!("inject=fsync,fdatasync:{HELD_UP}:when={from}+");
    let file = file.to_str().unwrap();
    ["-e", "trace=fsync,fdatasync", "-e", &inject, "-P", file]
        .map(str::to_owned)
        .to_vec()
}

/// Starts an incident that is copied to a mirror folder; gives the journal and its copy.
fn mirrored(data: &Path, stick: &Path) -> (String, PathBuf) {
    let made = run(data, &["mirror", "init", stick.to_str().unwrap()], b"");
    assert!(made.status.success());
    let settings = format!("(mirror: {:?})", Some(stick));
    std::fs::write(data.join("settings.ron"), settings).unwrap();
    let folder = start(data, "saw");
    let copy = stick.join(Path::new(&folder).file_name().unwrap());
    (folder, copy.join("journal.ron"))
}

/// Tells whether a sync has begun and not come back.
fn is_held_up(trace: &Path) -> bool {
    let trace = std::fs::read_to_string(trace).unwrap();
    let mut lines = trace.lines();
    lines.any(|line| line.contains("sync(") && !line.contains(" = "))
}

fn times(path: &Path, words: &str) -> usize {
    std::fs::read_to_string(path)
        .unwrap()
        .matches(words)
        .count()
}

#[test]
fn the_command_line_answers_and_ends_while_the_mirror_folder_hangs() {
    let data = tempfile::tempdir().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let (folder, copy) = mirrored(data.path(), stick.path());
    let journal = Path::new(&folder).join("journal.ron");
    let trace = data.path().join("trace");
    let mut strace = Command::new("strace")
        .args(["-f", "-o"])
        .arg(&trace)
        .args(hold_up(&copy, 1))
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data.path())
        .args(["incident", "do", &folder])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace is installed; this check cannot be left out");
    strace
        .stdin
        .take()
        .unwrap()
        .write_all(b"note first\nnote second\n")
        .unwrap();
    let mut answers = BufReader::new(strace.stdout.take().unwrap()).lines();
    assert_eq!(answers.next().unwrap().unwrap(), "2 note first");
    assert_eq!(answers.next().unwrap().unwrap(), "3 note second");
    let mut told = BufReader::new(strace.stderr.take().unwrap()).lines();
    let told = told.next().unwrap().unwrap();
    assert!(
        told.contains("it does not answer, so the copy is behind"),
        "{told}"
    );
    assert!(is_held_up(&trace));
    assert_eq!(times(&journal, "first") + times(&journal, "second"), 2);
    assert_eq!(times(&copy, "second"), 0);
    // It has ended; only the thread that the stick holds is left of it.
    let parent = strace.id().to_string();
    wait_for("its end", || {
        let ps = ["-o", "stat=", "--ppid", &parent];
        let state = text(&Command::new("ps").args(ps).output().unwrap().stdout);
        state.starts_with('Z').then_some(())
    });
    strace.kill().unwrap();
    strace.wait().unwrap();

    // The next run, with a stick that answers, catches up.
    assert!(
        run(data.path(), &["incident", "do", &folder], b"note third\n")
            .status
            .success()
    );
    assert_eq!(
        std::fs::read(&copy).unwrap(),
        std::fs::read(&journal).unwrap()
    );
    let shown = show(data.path(), &folder, &[]);
    assert_eq!(shown["mirror"]["state"], "up-to");
    assert!(!strings(&shown["open"]).is_empty());
}

#[test]
fn the_plain_log_of_the_command_line_passes_a_folder_over_that_hangs() {
    let data = tempfile::tempdir().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let trace = data.path().join("trace");
    let mut strace = Command::new("strace")
        .args(["-f", "-o"])
        .arg(&trace)
        .args(hold_up(stick.path(), 1))
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data.path())
        .args(["log", "--to"])
        .arg(stick.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("strace is installed; this check cannot be left out");
    let mut lines = strace.stdin.take().unwrap();
    let mut answers = BufReader::new(strace.stdout.take().unwrap()).lines();
    let next = data.path().join("plain-logs");
    for (number, line) in (1..).zip(["first", "second"]) {
        writeln!(lines, "{line}").unwrap();
        let answer = answers.next().unwrap().unwrap();
        assert!(answer.starts_with(&number.to_string()), "{answer}");
        let path = answer.split_once(" saved ").unwrap().1;
        assert!(Path::new(path).starts_with(&next), "{answer}");
        assert_eq!(times(Path::new(path), line), 1);
    }
    assert!(is_held_up(&trace));
    strace.kill().unwrap();
    strace.wait().unwrap();
}

#[cfg(feature = "window")]
mod window {
    use super::*;
    use crate::support::reader::{Desktop, Reader};

    /// Goes on with the incident of the first screen.
    fn go_on(reader: &mut Reader) {
        reader.press("push-button", "test");
        reader.see("frame", "【実対応】test");
    }

    fn note(reader: &mut Reader, words: &str) {
        reader.write("記録の内容", words);
        reader.press("push-button", "記録する");
    }

    #[test]
    fn while_the_disk_hangs_the_window_works_and_says_what_it_waits_for() {
        let data = tempfile::tempdir().unwrap();
        let folder = start(data.path(), "saw");
        let journal = Path::new(&folder).join("journal.ron");
        let trace = data.path().join("trace");
        let desktop = Desktop::open();
        // The thread that opens syncs once, the one that writes once an entry: the first is let pass.
        let hang = hold_up(&journal, 2);
        let hang: Vec<&str> = hang.iter().map(String::as_str).collect();
        let mut program = desktop.program(data.path(), &trace, &hang);
        // The assistive technology comes later than the window.
        let mut reader = desktop.reader();
        go_on(&mut reader);

        note(&mut reader, "まだ動く");
        wait_for("the note before the hang", || {
            (times(&journal, "まだ動く") == 1).then_some(())
        });
        reader.see("label", "2件");
        note(&mut reader, "一つ目の記録");
        let waiting = reader.see_by_itself("label", "まだ保存されていません");
        assert!(waiting.contains(&folder), "{waiting}");
        assert!(waiting.contains("保存待ち 1件"), "{waiting}");
        reader.hear(&waiting);
        reader.see("label", "保存中");

        // A second note, another page and back: nothing of it waits for the disk.
        note(&mut reader, "二つ目の記録");
        reader.see("label", "保存待ち 2件");
        reader.press("toggle-button", "設定");
        reader.see("heading", "文字の大きさ");
        reader.press("toggle-button", "対応");
        reader.see("heading", "最近の記録");

        // Leaving asks, and says what is waited for.
        reader.press("toggle-button", "ホーム");
        reader.press("push-button", "自分で見つけた");
        reader.see("heading", "対応中のインシデントがあります");
        reader.press("push-button", "新しく始める");
        reader.see("heading", "まだ保存されていない記録があります");
        let asked = reader.see("label", "への書き込みの完了を待っています");
        assert!(asked.contains(&folder), "{asked}");
        reader.press("push-button", "戻る（Esc）");
        reader.miss("heading", "まだ保存されていない記録があります");
        assert_eq!(times(&journal, "二つ目の記録"), 0, "it hangs still");
        assert!(is_held_up(&trace));

        // The disk answers again.
        program.goes_on();
        let saved = reader.see("label", "保存済み");
        assert!(saved.contains("4件"), "{saved}");
        reader.hear(&saved);
        for words in ["一つ目の記録", "二つ目の記録"] {
            assert_eq!(times(&journal, words), 1, "{words}");
        }
        program.kill();
        let verified = run(data.path(), &["journal", "verify", &folder], b"");
        assert!(verified.status.success());
    }

    #[test]
    fn settings_that_do_not_come_do_not_keep_the_window_back() {
        let data = tempfile::tempdir().unwrap();
        start(data.path(), "saw");
        let settings = data.path().join("settings.ron");
        std::fs::write(&settings, "(text_percent: 150)").unwrap();
        let inject = format!("inject=openat:{HELD_UP}:when=1+");
        let settings = settings.to_str().unwrap();
        let hang = ["-e", "trace=openat", "-e", &inject, "-P", settings];
        let trace = data.path().join("trace");
        let desktop = Desktop::open();
        let mut program = desktop.program(data.path(), &trace, &hang);
        let mut reader = desktop.reader();
        let told = reader.see("label", "設定を読めないため、初期値で始めます");
        assert!(told.contains("応答がありません"), "{told}");
        go_on(&mut reader);
        note(&mut reader, "それでも書ける");
        let saved = reader.see("label", "保存済み");
        assert!(saved.contains("2件"), "{saved}");
        // A setting that is changed now holds, and what stands in the file is not written over.
        reader.press("toggle-button", "設定");
        reader.press("radio-button", "English");
        reader.see(
            "label",
            "The settings could not be saved (they hold for now): no answer",
        );
        let kept = std::fs::read_to_string(data.path().join("settings.ron")).unwrap();
        assert_eq!(kept, "(text_percent: 150)");
        program.kill();
    }

    #[test]
    fn a_folder_of_the_plain_log_that_hangs_is_passed_over() {
        let data = tempfile::tempdir().unwrap();
        let home = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let first = data.path().join("plain-logs");
        std::fs::create_dir(&first).unwrap();
        let trace = data.path().join("trace");
        let desktop = Desktop::open();
        let documents = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", home.path().display());
        std::fs::write(data.path().join("user-dirs.dirs"), documents).unwrap();
        let mut hang = hold_up(&first, 1);
        let config = format!("XDG_CONFIG_HOME={}", data.path().display());
        hang.extend(["-E".to_owned(), config]);
        let hang: Vec<&str> = hang.iter().map(String::as_str).collect();
        let mut program = desktop.program(data.path(), &trace, &hang);
        let mut reader = desktop.reader();
        let line = |reader: &mut Reader, words: &str| {
            reader.write("簡易記録の内容", words);
            reader.press("push-button", "書き留める");
        };
        let has = |folder: &Path, words: &str| {
            wait_for("the line on the disk", || {
                let mut files = std::fs::read_dir(folder).ok()?.flatten();
                files.find_map(|file| (times(&file.path(), words) == 1).then_some(()))
            });
        };
        reader.press("toggle-button", "簡易記録");
        line(&mut reader, "一行目");
        let next = home.path().join("shodo-plain-logs");
        reader.see("label", &format!("保存済み：{}", next.display()));
        has(&next, "一行目");
        assert!(is_held_up(&trace));
        // Another folder takes it, and the one that hangs is not waited for again.
        reader.write(
            "簡易記録を置くフォルダのパス",
            elsewhere.path().to_str().unwrap(),
        );
        reader.press("push-button", "ここに保存");
        reader.see(
            "label",
            &format!("保存済み：{}", elsewhere.path().display()),
        );
        line(&mut reader, "二行目");
        has(elsewhere.path(), "二行目");
        assert!(is_held_up(&trace));
        program.kill();
    }

    #[test]
    fn while_the_mirror_folder_hangs_entries_are_saved_at_once_and_the_copy_catches_up() {
        let data = tempfile::tempdir().unwrap();
        let stick = tempfile::tempdir().unwrap();
        let (folder, copy) = mirrored(data.path(), stick.path());
        let journal = Path::new(&folder).join("journal.ron");
        let trace = data.path().join("trace");
        let desktop = Desktop::open();
        let hang = hold_up(&copy, 1);
        let hang: Vec<&str> = hang.iter().map(String::as_str).collect();
        let mut program = desktop.program(data.path(), &trace, &hang);
        let mut reader = desktop.reader();
        go_on(&mut reader);
        reader.see("label", "1 番の記録まで複製済みです");

        note(&mut reader, "一つ目の記録");
        let lags = reader.see_by_itself("label", "応答がないため、複製が遅れています");
        assert!(lags.contains("複製先フォルダ"), "{lags}");
        note(&mut reader, "二つ目の記録");
        // Saved, and on the disk, while the stick hangs.
        wait_for("the second note", || {
            let saved = reader.see("label", "保存済み");
            saved.contains("3件").then_some(())
        });
        assert_eq!(times(&journal, "二つ目の記録"), 1);
        assert_eq!(times(&copy, "二つ目の記録"), 0);
        assert!(is_held_up(&trace));

        // The stick answers again.
        program.goes_on();
        reader.see("label", "3 番の記録まで複製済みです");
        assert_eq!(
            std::fs::read(&copy).unwrap(),
            std::fs::read(&journal).unwrap()
        );
        program.kill();
    }
}
