//! The command line as scripts use it: exit codes, JSON, and what it does with rubbish.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{run, run_in, show, start, text};

fn data() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

#[test]
fn flow_check_tells_sound_from_unsound_from_unreadable() {
    let folder = data();
    let sound = run(folder.path(), &["flow", "check", "--format", "json"], b"");
    assert_eq!(code(&sound), 0);
    let json: serde_json::Value = serde_json::from_slice(&sound.stdout).unwrap();
    assert_eq!(
        (&json["sound"], &json["steps"], &json["decisions"]),
        (&true.into(), &37.into(), &8.into())
    );
    assert!(json["states"].as_u64().unwrap() > 100 && json["millis"].is_number());
    let bad = folder.path().join("bad.ron");
    std::fs::write(
        &bad,
        include_str!("flows_bad/small.ron").replace("opens: [\"S-3\"]", "opens: [\"S-2\"]"),
    )
    .unwrap();
    let unsound = run(
        folder.path(),
        &["flow", "check", bad.to_str().unwrap(), "--format", "json"],
        b"",
    );
    assert_eq!(code(&unsound), 1);
    let json: serde_json::Value = serde_json::from_slice(&unsound.stdout).unwrap();
    let problem = &json["problems"][0];
    for key in ["line", "column", "message", "hint", "witness"] {
        assert!(!problem[key].is_null(), "{key}");
    }
    assert_eq!(
        code(&run(folder.path(), &["flow", "check", "/no/such.ron"], b"")),
        2
    );
}

#[test]
fn flow_show_gives_every_text_with_its_kind_and_basis() {
    let output = run(data().path(), &["flow", "show", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = json["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 42);
    for step in steps {
        for piece in step["texts"].as_array().unwrap() {
            for key in ["kind", "ja", "en", "basis"] {
                assert!(piece[key].is_string(), "{} {key}", step["id"]);
            }
        }
    }
}

#[test]
fn each_line_is_answered_with_its_entry_number_or_refused_with_what_to_do_instead() {
    let folder = data();
    let incident = start(folder.path(), "staff");
    let lines = b"done 1-4\ndone 1-4\nchoose D1 maybe\ndone 9-9\ndance\n# a remark\n\nnote hello\n";
    let output = run(folder.path(), &["incident", "do", &incident], lines);
    assert_eq!(code(&output), 1);
    let said = text(&output.stdout);
    let answers: Vec<&str> = said.lines().collect();
    assert!(answers[0].starts_with("2 done 1-4"), "{answers:?}");
    for (at, hint) in [
        (1, "reopen 1-4"),
        (2, "yes, no-situation, no"),
        (3, "refused: "),
        (4, "done choose"),
    ] {
        assert!(
            answers[at].starts_with("refused: ") && answers[at].contains(hint),
            "{answers:?}"
        );
    }
    assert_eq!(answers[5], "3 note hello");
    assert_eq!(answers.len(), 6);
}

#[test]
fn the_json_of_an_incident_has_what_is_documented() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let lines = "assign manager 佐藤\nchoose D0 no --why x\nnote 電話 --from 3階 --to 情報部 --kind request --open\n";
    assert_eq!(
        code(&run(
            folder.path(),
            &["incident", "do", &incident],
            lines.as_bytes()
        )),
        0
    );
    let json = show(folder.path(), &incident, &[]);
    assert_eq!(json["roles"]["manager"], "佐藤");
    assert_eq!(json["decisions"]["D0"], "no");
    assert_eq!(json["closed"], false);
    assert_eq!(json["head"]["count"], 4);
    assert_eq!(json["nodes"]["D0"]["state"], "done");
    let entry = &json["entries"][3];
    for key in ["number", "recorded_at", "by", "kind", "text"] {
        assert!(entry.get(key).is_some(), "{key}");
    }
    assert!(entry.get("happened_at").is_some());
    assert_eq!(json["open_items"][0]["kind"], "note");
    // As of an earlier entry.
    let then = show(folder.path(), &incident, &["--at", "1"]);
    assert_eq!(then["open"], serde_json::json!(["1-1", "1-4", "D0"]));
    assert!(then["roles"].as_object().unwrap().is_empty());
    assert_eq!(
        code(&run(
            folder.path(),
            &["incident", "show", &incident, "--at", "99"],
            b""
        )),
        2
    );
}

#[test]
fn what_was_said_survives_line_ends_scripts_signs_and_size() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let mut input = Vec::new();
    let texts = [
        "𠮷野 槗本 👩‍⚕️",
        "\u{202e}right to left\u{202c}",
        "e\u{301}",
        "a\u{0}b\u{7}c",
        "tab\there",
    ];
    for text in texts {
        input.extend(format!("note '{text}'\r\n").bytes());
    }
    input.extend("note ".bytes());
    input.extend(std::iter::repeat_n(b'x', 900_000));
    input.extend(b"\nnote ");
    input.extend(std::iter::repeat_n(b'y', 10_000_000));
    input.extend(b"\n\xff\xfe not utf-8\nnote after\n");
    let output = run(folder.path(), &["incident", "do", &incident], &input);
    assert_eq!(code(&output), 1);
    let json = show(folder.path(), &incident, &[]);
    let said: Vec<&str> = json["entries"].as_array().unwrap()[1..]
        .iter()
        .map(|e| e["text"].as_str().unwrap())
        .collect();
    assert_eq!(&said[..5], &texts);
    assert_eq!(said[5].len(), 900_000);
    assert_eq!(said[6..], ["after"]);
    assert_eq!(
        code(&run(folder.path(), &["journal", "verify", &incident], b"")),
        0
    );
}

#[test]
fn verify_tells_intact_from_damaged_from_another_head_from_unreadable() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    run(
        folder.path(),
        &["incident", "do", &incident],
        b"note one\nnote two\nnote three\n",
    );
    let head = show(folder.path(), &incident, &[])["head"].clone();
    let noted = format!("{} {}", head["count"], head["hash"].as_str().unwrap());
    let verify = |more: &[&str]| {
        let arguments: Vec<&str> = ["journal", "verify", &incident]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        run(folder.path(), &arguments, b"")
    };
    assert_eq!(code(&verify(&["--head", &noted])), 0);
    assert!(text(&verify(&[]).stdout).contains("cannot be excluded"));
    assert_eq!(code(&verify(&["--head", "nonsense"])), 2);
    let path = Path::new(&incident).join("journal.ron");
    let whole = std::fs::read(&path).unwrap();
    let last = whole[..whole.len() - 1]
        .iter()
        .rposition(|b| *b == b'\n')
        .unwrap()
        + 1;
    // A cut end is intact by itself, and found against the noted head.
    std::fs::write(&path, &whole[..last]).unwrap();
    assert_eq!(code(&verify(&[])), 0);
    assert_eq!(code(&verify(&["--head", &noted])), 1);
    // A torn last line is reported, not damage.
    std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    let torn = verify(&[]);
    assert_eq!(code(&torn), 0);
    assert!(text(&torn.stdout).contains("torn while being written, or changed"));
    // A changed record in the middle is named.
    let changed = text(&whole)
        .replace("note one", "note 1ne")
        .replace("\"one\"", "\"two\"");
    std::fs::write(&path, changed).unwrap();
    let damaged = verify(&[]);
    assert_eq!(code(&damaged), 1);
    assert!(
        text(&damaged.stdout).contains("Record 2"),
        "{}",
        text(&damaged.stdout)
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(code(&verify(&[])), 2);
}

#[test]
fn a_second_program_reads_and_does_not_write() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let clock = shodo::clock::Clock::System;
    let first =
        shodo::session::Session::open(Path::new(&incident), clock, Box::new(|| {})).unwrap();
    let output = run(folder.path(), &["incident", "do", &incident], b"note no\n");
    assert_eq!(code(&output), 2);
    assert!(!output.stderr.is_empty());
    assert_eq!(show(folder.path(), &incident, &[])["head"]["count"], 1);
    drop(first);
    assert_eq!(
        code(&run(
            folder.path(),
            &["incident", "do", &incident],
            b"note yes\n"
        )),
        0
    );
}

#[test]
fn hostile_flows_and_settings_are_refused_with_a_place_and_no_panic() {
    let folder = data();
    let deep = format!("Flow(format: 1, id: {}", "[".repeat(100_000));
    let cases: [(&str, Vec<u8>); 8] = [
        ("empty", Vec::new()),
        ("deep", deep.into_bytes()),
        ("huge", vec![b' '; 5 * 1024 * 1024]),
        ("not-utf8", vec![0xff, 0xfe, 0x00]),
        ("nul", vec![0; 1000]),
        ("bom", "\u{feff}Flow(".into()),
        ("crlf", "Flow(\r\n  format: 1,\r\n  oops\r\n)".into()),
        ("later", "Flow(format: 99, something: [1, 2])".into()),
    ];
    for (name, bytes) in cases {
        let path = folder.path().join(format!("{name}.ron"));
        std::fs::write(&path, bytes).unwrap();
        let output = run(
            folder.path(),
            &["flow", "check", path.to_str().unwrap()],
            b"",
        );
        assert!(matches!(code(&output), 1 | 2), "{name}");
        assert!(!text(&output.stderr).contains("panicked"), "{name}");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.trim().is_empty(), "{name}");
    }
    // A byte order mark and Windows' line ends do no harm to a sound flow.
    let windows = format!(
        "\u{feff}{}",
        shodo::flow::SHIPPED[0].text.replace('\n', "\r\n")
    );
    let path = folder.path().join("windows.ron");
    std::fs::write(&path, windows).unwrap();
    assert_eq!(
        code(&run(
            folder.path(),
            &["flow", "check", path.to_str().unwrap()],
            b""
        )),
        0
    );
    std::fs::write(folder.path().join("settings.ron"), b"\xff((((").unwrap();
    start(folder.path(), "saw");
}

#[test]
fn help_completions_and_the_manual_page_are_given() {
    let folder = data();
    for arguments in [
        &["--help"][..],
        &["completions", "bash"],
        &["man"],
        &["incident", "do", "--help"],
        &["--version"],
    ] {
        let output = run(folder.path(), arguments, b"");
        assert_eq!(code(&output), 0, "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
    assert_eq!(code(&run(folder.path(), &["incident", "dance"], b"")), 2);
}

#[test]
fn a_broken_flow_in_the_data_folder_is_refused_and_the_built_in_one_still_runs() {
    let folder = data();
    std::fs::create_dir(folder.path().join("flows")).unwrap();
    std::fs::write(folder.path().join("flows/mhlw-incident.ron"), "Flow(").unwrap();
    let refused = run(folder.path(), &["incident", "new", "--title", "x"], b"");
    assert_eq!(code(&refused), 1);
    assert!(text(&refused.stderr).contains("\n  ") || text(&refused.stderr).starts_with("  "));
    assert!(text(&refused.stderr).contains("--flow built-in"));
    let started = run(
        folder.path(),
        &["incident", "new", "--title", "x", "--flow", "built-in"],
        b"",
    );
    assert_eq!(code(&started), 0);
}

#[test]
fn a_flow_that_cannot_be_had_is_told_with_how_the_command_takes_the_built_in_one() {
    let folder = data();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (bad, out) = (path("bad.ron"), path("x.svg"));
    std::fs::write(&bad, "Flow(").unwrap();
    let missing = path("none.ron");
    for (named, exit) in [("nonexist", 2), (bad.as_str(), 1), (missing.as_str(), 2)] {
        let commands: [(&[&str], &str); 3] = [
            (&["flow", "show", named], "built-in as FILE|ID"),
            (
                &["flow", "chart", named, "--out", &out],
                "built-in as FILE|ID",
            ),
            (&["incident", "new", "--flow", named], "--flow built-in"),
        ];
        for (command, says) in commands {
            let output = run(folder.path(), command, b"");
            assert_eq!(code(&output), exit, "{command:?}");
            let said = text(&output.stderr);
            let hint = said.lines().last().unwrap();
            assert!(
                hint.starts_with("  To go on") && hint.ends_with(says),
                "{said}"
            );
        }
    }
    for command in [
        &["flow", "show", "built-in"][..],
        &["flow", "chart", "built-in", "--out", &out],
    ] {
        assert_eq!(code(&run(folder.path(), command, b"")), 0);
    }
}

#[test]
fn arguments_that_exclude_each_other_are_told_apart_from_one_given_twice() {
    let both = [
        "flow",
        "chart",
        "x.ron",
        "--incident",
        "y",
        "--out",
        "x.svg",
    ];
    let twice = ["flow", "chart", "--out", "x.svg", "--out", "y.svg"];
    for (arguments, ja, en) in [
        (
            &both[..],
            "は一緒に指定できません",
            "cannot be given together",
        ),
        (&twice, "一度しか", "only once"),
    ] {
        for (language, says) in [("ja", ja), ("en", en)] {
            let output = run_in(language, data().path(), arguments, b"");
            assert_eq!(code(&output), 2);
            let said = text(&output.stderr);
            let first = said.lines().next().unwrap();
            assert!(first.contains(says), "{said}");
            let names_both = first.contains("FILE|ID") && first.contains("--incident");
            assert_eq!(names_both, arguments.len() == both.len(), "{said}");
        }
    }
}

#[test]
fn full_width_digits_are_read_in_options() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let ten = b"note x\n".repeat(11);
    run(folder.path(), &["incident", "do", &incident], &ten);
    let shown = show(folder.path(), &incident, &["--at", "１０"]);
    assert_eq!(shown["head"]["count"], 10);
    let out = folder.path().join("x.svg").display().to_string();
    let chart = ["flow", "chart", "--incident", &incident, "--out", &out];
    for more in [&["--at", "１２"][..], &["--paper", "a3", "--scale", "５０"]] {
        let output = run(folder.path(), &[&chart[..], more].concat(), b"");
        assert_eq!(code(&output), 0, "{more:?}: {}", text(&output.stderr));
    }
    for more in [
        &["--at", "１３"][..],
        &["--paper", "a3", "--scale", "４０１"],
    ] {
        let output = run(folder.path(), &[&chart[..], more].concat(), b"");
        assert_eq!(code(&output), 2, "{more:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_written_is_named_with_a_hint_that_fits_in_the_language_asked_for() {
    let folder = data();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir(path("folder.svg")).unwrap();
    std::fs::write(path("file"), "").unwrap();
    let long = format!("{}.svg", "a".repeat(300));
    let cases = [
        (
            "none/x.svg",
            "作るか、別のフォルダ",
            "make it, or choose another",
        ),
        (
            "folder.svg",
            "同じ名前のフォルダ",
            "A folder of this name is there",
        ),
        ("file/x.svg", "最後の「/」", "must be a folder"),
        ("x.svg/", "最後の「/」", "must be a folder"),
        (&long, "短い名前", "a shorter name"),
    ];
    for (name, ja, en) in cases {
        for (language, hint) in [("ja", ja), ("en", en)] {
            let command = ["flow", "chart", "--out", &path(name)];
            let output = run_in(language, folder.path(), &command, b"");
            assert_eq!(code(&output), 2, "{name}");
            let said = text(&output.stderr);
            let lines: Vec<&str> = said.lines().collect();
            assert!(
                lines[0].contains(name) && !lines[0].contains(".new"),
                "{said}"
            );
            assert!(
                lines[1].starts_with("  ") && lines[1].contains(hint),
                "{said}"
            );
            assert!(!said.contains("os error"), "{said}");
            let latin = lines[0].replace(&path(name), "");
            let is_latin = latin.contains(|sign: char| sign.is_ascii_alphabetic());
            assert_eq!(is_latin, language == "en", "{said}");
        }
    }
    // The same of a folder that is to become a mirror folder.
    let output = run(folder.path(), &["mirror", "init", &path("none")], b"");
    assert!(text(&output.stderr).contains("make it, or choose another"));
    let mut left = std::fs::read_dir(folder.path()).unwrap();
    assert!(left.all(|entry| !entry.unwrap().path().display().to_string().contains(".new")));
}

#[test]
fn a_noted_head_is_read_with_full_width_digits() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    run(folder.path(), &["incident", "do", &incident], b"note one\n");
    let head = show(folder.path(), &incident, &[])["head"].clone();
    let noted = format!("{}　{}", head["count"], head["hash"].as_str().unwrap());
    let wide = |c| match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap(),
        _ => c,
    };
    let noted: String = noted.chars().map(wide).collect();
    let arguments = ["journal", "verify", &incident, "--head", &noted];
    let output = run(folder.path(), &arguments, b"");
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("the noted head is in it"));
}

#[cfg(target_os = "linux")]
#[test]
fn where_an_incident_cannot_be_made_or_written_the_plain_log_is_named() {
    use crate::support::mounts::{MOUNTED, system, with_own_mounts};

    let Some(disk) = std::env::var_os(MOUNTED).map(std::path::PathBuf::from) else {
        return with_own_mounts(
            "cli::where_an_incident_cannot_be_made_or_written_the_plain_log_is_named",
            data().path(),
        );
    };
    system("mount", &["-t", "tmpfs", "-o", "size=256k", "none"], &disk);
    let incident = start(&disk, "saw");
    let log = disk.join("log.txt");
    std::fs::write(&log, "2026-11-21 13:00:00 one\n").unwrap();
    let is_named = |arguments: &[&str], input: &[u8]| {
        for language in ["ja", "en"] {
            let output = run_in(language, &disk, arguments, input);
            let said = text(&output.stderr);
            assert_eq!(code(&output), 2, "{arguments:?}: {said}");
            assert!(said.contains("shodo log"), "{arguments:?}: {said}");
        }
    };
    let long = format!("note {}\n", "x".repeat(500_000));
    is_named(&["incident", "do", &incident], long.as_bytes());
    system("mount", &["-o", "remount,ro"], &disk);
    is_named(&["incident", "new"], b"");
    is_named(&["incident", "do", &incident], b"note one\n");
    let log = log.to_str().unwrap();
    is_named(&["incident", "join", &incident, log], b"");
}

#[cfg(not(feature = "window"))]
#[test]
fn without_a_window_the_command_line_and_the_plain_log_are_named() {
    for language in ["ja", "en"] {
        let said = text(&run_in(language, data().path(), &[], b"").stderr);
        let names = ["shodo --help", "shodo log"];
        assert!(names.iter().all(|name| said.contains(name)), "{said}");
    }
}

/// A folder of the system in which nobody may make a file, whoever runs the test.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_file_is_told_with_another_to_choose() {
    let command = ["flow", "chart", "--out", "/sys/x.svg"];
    for (language, says) in [("ja", "別の"), ("en", "choose another")] {
        let output = run_in(language, data().path(), &command, b"");
        assert_eq!(code(&output), 2);
        let said = text(&output.stderr);
        assert!(said.contains("/sys/x.svg") && said.contains(says), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_chart_replaces_a_link_and_a_file_that_may_not_be_written_by_a_new_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = data();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("linked"), "kept").unwrap();
    symlink(path("linked"), path("link.dot")).unwrap();
    symlink("/dev/null", path("device.dot")).unwrap();
    std::fs::write(path("fixed.dot"), "old").unwrap();
    std::fs::set_permissions(path("fixed.dot"), PermissionsExt::from_mode(0o444)).unwrap();
    for name in ["link.dot", "device.dot", "fixed.dot"] {
        let out = path(name);
        let command = ["flow", "chart", "--out", out.to_str().unwrap()];
        assert_eq!(code(&run(folder.path(), &command, b"")), 0);
        assert!(std::fs::symlink_metadata(&out).unwrap().is_file(), "{name}");
        assert!(
            std::fs::read_to_string(&out)
                .unwrap()
                .starts_with("digraph")
        );
    }
    assert_eq!(std::fs::read_to_string(path("linked")).unwrap(), "kept");
}

#[test]
fn a_chart_is_written_under_the_longest_name_that_a_system_takes() {
    let folder = data();
    let out = folder.path().join(format!("{}.dot", "a".repeat(250)));
    let output = run(
        folder.path(),
        &["flow", "chart", "--out", out.to_str().unwrap()],
        b"",
    );
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(out.is_file());
}

#[test]
fn what_stands_on_the_disk_before_a_kill_is_there_after_it() {
    let folder = data();
    let incident = start(folder.path(), "staff");
    let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["incident", "do", &incident])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"done 1-1\ndone 1-3\nnote before\n").unwrap();
    let mut answers =
        std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    for expected in ["2 done 1-1", "3 done 1-3", "4 note before"] {
        assert!(answers.next().unwrap().unwrap().starts_with(expected));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let json = show(folder.path(), &incident, &[]);
    assert_eq!(json["head"]["count"], 4);
    assert_eq!(
        code(&run(
            folder.path(),
            &["incident", "do", &incident],
            b"note after\n"
        )),
        0
    );
}

#[test]
fn no_note_is_acknowledged_that_is_not_in_the_journal_when_its_folder_is_taken_away() {
    let folder = data();
    let incident = start(folder.path(), "staff");
    let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "incident", "do", &incident])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        for number in 0..100_000 {
            if std::io::Write::write_all(&mut stdin, format!("note {number}\n").as_bytes()).is_err()
            {
                return;
            }
        }
    });
    let answers = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let away = folder.path().join("away");
    let mut acknowledged = 0;
    for answer in answers {
        assert!(answer.unwrap().contains(" note "));
        acknowledged += 1;
        if acknowledged == 5 {
            std::fs::rename(&incident, &away).unwrap();
        }
    }
    feeder.join().unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(code(&ended), 2);
    let said = text(&ended.stderr);
    assert!(
        said.contains("removed or replaced by another program"),
        "{said}"
    );
    let json = show(folder.path(), away.to_str().unwrap(), &[]);
    assert!(json["head"]["count"].as_u64().unwrap() > acknowledged);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_and_not_waited_for() {
    let folder = data();
    let pipe = folder.path().join("pipe.ron");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let zero = folder.path().join("zero.ron");
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    for path in [&pipe, &zero] {
        let said_by = |arguments: &[&str]| {
            let output = run(folder.path(), arguments, b"");
            assert_eq!(code(&output), 2, "{arguments:?}");
            let said = text(&output.stderr);
            assert!(said.contains("not a regular file"), "{arguments:?}: {said}");
        };
        said_by(&["flow", "check", path.to_str().unwrap()]);
        let incident = start(folder.path(), "saw");
        let journal = Path::new(&incident).join("journal.ron");
        std::fs::remove_file(&journal).unwrap();
        std::fs::rename(path, &journal).unwrap();
        for command in [
            ["incident", "show"],
            ["incident", "do"],
            ["journal", "verify"],
        ] {
            said_by(&[command[0], command[1], &incident]);
        }
    }
}

#[test]
fn a_flow_that_is_missing_or_not_to_be_read_hides_no_entry() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    run(
        folder.path(),
        &["incident", "do", &incident],
        b"note kept\n",
    );
    let flow = Path::new(&incident).join("flow.ron");
    std::fs::remove_file(&flow).unwrap();
    for word in ["is missing", "cannot be read"] {
        let output = run(folder.path(), &["incident", "show", &incident], b"");
        assert_eq!(code(&output), 1);
        assert!(text(&output.stdout).contains("kept"));
        let said = text(&output.stderr);
        assert!(said.contains(&format!("flow.ron {word}")), "{said}");
        assert!(!said.contains("Expected"), "{said}");
        let output = run(folder.path(), &["incident", "do", &incident], b"note no\n");
        assert_eq!(code(&output), 2);
        if !flow.exists() {
            std::fs::create_dir(&flow).unwrap();
        }
    }
}

#[test]
fn no_text_reaches_the_terminal_raw_and_no_entry_can_be_forged() {
    let folder = data();
    let forged = "x\n   9  14:02 完了 2-6  院長\u{1b}[2K\u{202e}\u{9b}\r";
    let new = ["incident", "new", "--title", forged, "--recorder", forged];
    let output = run(folder.path(), &new, b"");
    let incident = text(&output.stdout).trim().to_owned();
    let lines = "note 'a\u{2028}b\u{7f}\u{1b}]0;x\u{7}\r\u{2066}'\nrecorder 'a\u{85}b\u{200f}'\nnote c\nfoo\u{1b}[0m\n";
    let answers = run(
        folder.path(),
        &["incident", "do", &incident],
        lines.as_bytes(),
    );
    assert_eq!(text(&answers.stdout).lines().count(), 4);
    let shown = run(folder.path(), &["incident", "show", &incident], b"");
    let said = text(&shown.stdout);
    let entries = said
        .lines()
        .filter(|line| line.starts_with("   ") && line.contains(':'));
    assert_eq!(entries.count(), 4, "{said}");
    let wrong = run(folder.path(), &["incident", "\u{1b}[31mdance"], b"");
    let missing = run(folder.path(), &["flow", "check", "/no\u{1b}[31m"], b"");
    for bytes in [
        &answers.stdout,
        &shown.stdout,
        &wrong.stderr,
        &missing.stderr,
    ] {
        let said = text(bytes);
        for c in said.chars().filter(|c| *c != '\n') {
            let is_mark = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
            assert!(!c.is_control() && !is_mark, "{c:?} in {said}");
        }
    }
    assert!(text(&answers.stdout).contains("\\u{2028}b␡␛]0;x␇␍\\u{2066}"));
    let json = show(folder.path(), &incident, &[]);
    assert_eq!(json["title"], forged);
}

#[test]
fn every_error_of_a_journal_says_what_to_do_next() {
    let folder = data();
    for command in [
        ["incident", "show"],
        ["incident", "do"],
        ["journal", "verify"],
    ] {
        let path = folder.path().to_str().unwrap();
        let output = run(folder.path(), &[command[0], command[1], path], b"");
        assert_eq!(code(&output), 2);
        let said = text(&output.stderr);
        let hint = said.lines().nth(1).unwrap_or_default();
        assert!(
            hint.starts_with("  Choose the folder of an incident"),
            "{said}"
        );
    }
}

#[cfg(unix)]
#[test]
fn an_incident_that_finds_no_room_leaves_no_folder_and_says_what_to_do() {
    let folder = data();
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(folder.path())
        .args(["incident", "new", "--title", "x"])
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert_eq!(code(&output), 2, "{said}");
    assert!(
        said.contains("Could not write") && said.contains("\n  Look at the disk"),
        "{said}"
    );
    let left = std::fs::read_dir(folder.path().join("incidents")).unwrap();
    assert_eq!(left.count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told_and_no_panic() {
    let folder = data();
    for arguments in [&["completions", "bash"][..], &["man"], &["flow", "show"]] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_shodo"))
            .args(["--lang", "en", "--data"])
            .arg(folder.path())
            .args(arguments)
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        assert_eq!(code(&output), 2, "{arguments:?}");
        let said = text(&output.stderr);
        assert_eq!(said.trim(), "cannot write the output: no space left");
    }
}

#[test]
fn broken_settings_are_told_and_whole_ones_give_help_its_language() {
    let folder = data();
    let path = folder.path().join("settings.ron");
    std::fs::write(&path, "(language: Some(ja), text_percent: \"big\")").unwrap();
    let shodo = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_shodo"))
            .env("LC_ALL", "en_US.UTF-8")
            .arg("--data")
            .arg(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    assert!(text(&shodo(&["--help"]).stdout).contains("データフォルダ"));
    let started = shodo(&["incident", "new", "--title", "x"]);
    assert_eq!(code(&started), 0);
    assert!(text(&started.stderr).contains("text_percent"));
    std::fs::write(&path, "(language: Some(en))").unwrap();
    assert!(text(&shodo(&["--help"]).stdout).contains("The data folder"));
    assert!(shodo(&["incident", "new"]).stderr.is_empty());
}

#[test]
fn a_path_may_come_in_quotation_marks_as_an_address_or_as_the_journal() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    for named in [
        format!("\"{incident}\""),
        format!("'{incident}/journal.ron'"),
        format!("file://{}", incident.replace('-', "%2d")),
        format!("{incident}/journal.ron"),
    ] {
        assert_eq!(
            show(folder.path(), &named, &[])["head"]["count"],
            1,
            "{named}"
        );
        let verified = run(folder.path(), &["journal", "verify", &named], b"");
        assert_eq!(code(&verified), 0, "{named}");
        let done = run(folder.path(), &["incident", "do", &named], b"");
        assert_eq!(code(&done), 0, "{named}");
    }
    let data = format!("'{}'", folder.path().display());
    let begun = run(Path::new(&data), &["incident", "new"], b"");
    assert!(text(&begun.stdout).starts_with(folder.path().to_str().unwrap()));
}

#[test]
fn settings_that_cannot_be_read_are_told_in_the_language_asked_for() {
    let folder = data();
    let path = folder.path().join("settings.ron");
    let told = |language: &str| {
        let output = run_in(language, folder.path(), &["incident", "new"], b"");
        assert_eq!(code(&output), 0);
        text(&output.stderr)
    };
    std::fs::create_dir(&path).unwrap();
    assert!(told("ja").ends_with("：通常のファイルではありません\n"));
    assert!(told("en").ends_with(": not a regular file\n"));
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, b"\xff").unwrap();
    assert!(told("ja").ends_with("：UTF-8 ではありません\n"));
}

#[test]
fn help_names_every_door_and_what_every_word_takes() {
    let help = |arguments: &[&str]| text(&run(data().path(), arguments, b"").stdout);
    let new = help(&["incident", "new", "--help"]);
    for door in crate::support::shipped().doors() {
        assert!(new.contains(&door.id), "{new}");
    }
    let words = help(&["incident", "do", "--help"]);
    for option in ["[--at …]", "[--as …]"] {
        assert_eq!(words.matches(option).count(), 1, "{words}");
    }
}

#[test]
fn wrong_arguments_are_told_in_the_language_asked_for_with_what_to_do_next() {
    let wrong: [(&[&str], &str); 10] = [
        (&["flwo"], "flow"),
        (&["--bogus"], "--bogus"),
        (&["incident", "do"], "<DIR>"),
        (&["incident", "show", "x", "\u{202e}y"], "\\u{202e}y"),
        (&["flow", "check", "--format", "xml"], "text, json"),
        (&["incident", "show", "x", "--at", "three"], "three"),
        (&["incident", "new", "--door"], "--door"),
        (&["log", "--to", ""], "--to"),
        (&["log", "--to", "a", "--to", "b"], "--to"),
        (&["help", "dance"], "dance"),
    ];
    for (arguments, named) in wrong {
        let told = |language| {
            let output = run_in(language, data().path(), arguments, b"");
            assert_eq!(code(&output), 2, "{arguments:?}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            text(&output.stderr)
        };
        let (ja, en) = (told("ja"), told("en"));
        for told in [&ja, &en] {
            assert!(told.contains(named), "{arguments:?}: {told}");
            assert!(told.lines().count() > 1, "{arguments:?}: {told}");
        }
        let own = |told: &str| told.lines().filter(|line| en.contains(line)).count();
        assert_eq!(own(&ja), 0, "{arguments:?}: {ja}");
    }
}

#[test]
fn help_is_wholly_in_the_language_asked_for() {
    let help = |language, arguments: &[&str]| {
        let output = run_in(language, data().path(), arguments, b"");
        assert_eq!(code(&output), 0, "{arguments:?}");
        text(&output.stdout)
    };
    let english = [
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "Print",
        "default",
        "possible",
        "OPTIONS",
        "COMMAND",
    ];
    for command in [
        &[][..],
        &["incident"],
        &["incident", "new"],
        &["log"],
        &["help"],
    ] {
        let asked = [command, &["--help"]].concat();
        let (ja, en) = (help("ja", &asked), help("en", &asked));
        assert!(
            ja.contains("[オプション]") || ja.contains("<コマンド>"),
            "{ja}"
        );
        for word in english {
            assert!(!ja.contains(word), "{command:?}: {ja}");
        }
        assert!(en.contains("Usage: shodo"), "{en}");
        assert_eq!(en, help("en", &[&["help"], command].concat()));
    }
}

#[cfg(unix)]
#[test]
fn a_time_without_an_offset_has_that_of_the_record() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .env("TZ", "EST5EDT,M3.2.0,M11.1.0")
        .args(["--lang", "en", "incident", "do", &incident])
        .stderr(Stdio::null())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = "note a --at '2026-01-15 08:00'\nnote b --at '2026-07-15 08:00'\nnote c --at '2026-03-08 02:30'\nnote d --at '2026-11-01 01:30'\nnote e --at '3000-01-01 00:00'\n";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
    let answers = text(&child.wait_with_output().unwrap().stdout);
    assert!(
        answers
            .lines()
            .nth(4)
            .unwrap()
            .contains("years 1900 to 2999"),
        "{answers}"
    );
    let json = show(folder.path(), &incident, &[]);
    let at = |entry: usize| {
        json["entries"][entry]["happened_at"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    // Whatever the rules of this machine say of that day, and of an hour that they leave out or repeat.
    let opened = json["entries"][0]["recorded_at"].as_str().unwrap();
    let offset = &opened[opened.len() - 6..];
    for entry in 1..=4 {
        assert!(at(entry).ends_with(offset), "{}", at(entry));
    }
}

#[test]
fn a_deadline_that_no_calendar_can_write_is_left_out() {
    let folder = data();
    let far = shodo::incident::Moment::parse_from_rfc3339("9999-12-30T00:00:00+09:00").unwrap();
    let clock = shodo::clock::Clock::Fixed(far);
    let opening = shodo::incident::Opening {
        door: "saw".to_owned(),
        ..Default::default()
    };
    let flow = std::sync::Arc::new(crate::support::shipped().clone());
    let mut session =
        shodo::session::Session::create(folder.path(), opening, flow, clock, Box::new(|| {}))
            .unwrap();
    session.submit(shodo::incident::Act::Know("ppc".to_owned(), None, None));
    session.settle();
    let incident = session.folder().to_str().unwrap().to_owned();
    drop(session);
    let json = show(folder.path(), &incident, &[]);
    assert_eq!(json["known"].as_array().unwrap().len(), 1);
    assert_eq!(json["deadlines"].as_array().unwrap().len(), 0);
}

#[test]
fn a_plain_log_works_when_nothing_else_does_and_joins_an_incident_later() {
    let temp = tempfile::tempdir().unwrap();
    // A file stands where the data folder should be: no settings, no flow, no journal.
    let broken = temp.path().join("data");
    std::fs::write(&broken, "rubbish").unwrap();
    let refused = run(&broken, &["incident", "new"], b"");
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    let stick = temp.path().join("stick");
    let to = stick.display().to_string();
    let lines = "止まった\nDirector called\n".as_bytes();
    let kept = run(&broken, &["log", "--to", &to], lines);
    assert_eq!(kept.status.code(), Some(0), "{}", text(&kept.stderr));
    assert!(
        text(&kept.stdout)
            .lines()
            .all(|line| line.contains(" saved "))
    );
    let file = std::fs::read_dir(&stick)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();

    let data = temp.path().join("good");
    let folder = start(&data, "saw");
    let file = file.display().to_string();
    let join = || run(&data, &["incident", "join", &folder, &file], b"");
    assert_eq!(
        text(&join().stdout).trim(),
        "2 of 2 lines added (0 could not be read)"
    );
    assert_eq!(
        text(&join().stdout).trim(),
        "0 of 2 lines added (0 could not be read)"
    );
    let shown = show(&data, &folder, &[]);
    let entries = shown["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3);
    assert!(entries[1]["text"].as_str().unwrap().contains("止まった"));
    assert!(!entries[1]["happened_at"].is_null());
}

/// Runs `shodo log` where only these folders for temporary files and for the person are to be had.
fn log_with(data: &Path, home: &Path, temporary: &Path, more: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data)
        .arg("log")
        .args(more)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("TMPDIR", temporary)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut lines, b"a line\nanother\n").unwrap();
    drop(lines);
    child.wait_with_output().unwrap()
}

#[test]
fn a_plain_log_that_no_folder_takes_says_that_it_is_not_saved() {
    let temp = tempfile::tempdir().unwrap();
    let broken = temp.path().join("data");
    std::fs::write(&broken, "rubbish").unwrap();
    let to = broken.join("below").display().to_string();
    let output = log_with(&broken, &broken, &broken, &["--to", &to]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout);
    assert_eq!(said.matches("NOT saved").count(), 2, "{said}");
    assert!(said.contains("--to FOLDER"), "{said}");
}

#[test]
fn a_folder_that_does_not_take_the_plain_log_is_told_once_and_the_temporary_one_each_time() {
    let temp = tempfile::tempdir().unwrap();
    let broken = temp.path().join("data");
    std::fs::write(&broken, "rubbish").unwrap();
    let to = broken.join("below").display().to_string();
    let output = log_with(&broken, &broken, temp.path(), &["--to", &to]);
    assert_eq!(output.status.code(), Some(0));
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(said.matches("a restart may empty").count(), 2, "{said}");
    let passed = format!("{to} did not take the lines");
    assert_eq!(told.matches(&passed).count(), 1, "{told}");
}

#[test]
fn plain_logs_written_at_the_same_time_keep_every_line_that_was_told_as_saved() {
    let data = tempfile::tempdir().unwrap();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let data = data.path().to_owned();
            std::thread::spawn(move || {
                let lines: String = (0..5)
                    .map(|line| format!("writer {writer} line {line}\n"))
                    .collect();
                let output = run(&data, &["log"], lines.as_bytes());
                assert_eq!(text(&output.stdout).matches(" saved ").count(), 5);
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let files = std::fs::read_dir(data.path().join("plain-logs")).unwrap();
    let all: String = files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    for (writer, line) in (0..4).flat_map(|writer| (0..5).map(move |line| (writer, line))) {
        let words = format!("writer {writer} line {line}\n");
        assert_eq!(all.matches(&words).count(), 1, "{words}{all}");
    }
}

#[test]
fn lines_of_the_plain_log_are_kept_although_nobody_hears_the_answers() {
    let data = tempfile::tempdir().unwrap();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let mut child = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data.path())
        .arg("log")
        .stdin(Stdio::piped())
        .stdout(full.unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut lines, b"one\ntwo\nthree\n").unwrap();
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(!output.stderr.is_empty());
    let file = std::fs::read_dir(data.path().join("plain-logs")).unwrap();
    let all = std::fs::read_to_string(file.last().unwrap().unwrap().path()).unwrap();
    assert_eq!(all.lines().count(), 3, "{all}");
}

#[test]
fn a_line_that_is_too_long_for_the_plain_log_is_cut_between_two_signs() {
    let data = tempfile::tempdir().unwrap();
    let line = format!("x{}\n", "あ".repeat(400_000));
    let output = run(data.path(), &["log"], line.as_bytes());
    assert_eq!(text(&output.stdout).matches(" saved ").count(), 2);
    let file = std::fs::read_dir(data.path().join("plain-logs")).unwrap();
    let all = std::fs::read_to_string(file.last().unwrap().unwrap().path()).unwrap();
    assert_eq!(all.matches('あ').count(), 400_000);
    assert!(!all.contains('\u{fffd}'));
}

#[test]
fn an_undone_entry_is_marked_and_never_removed() {
    let data = data();
    let folder = start(data.path(), "saw");
    let lines = b"done 1-4\nundo\nnote wrong\nskip D1\nundo 4\nredo\nundo\n";
    let did = run_in("en", data.path(), &["incident", "do", &folder], lines);
    assert_eq!(code(&did), 0, "{}", text(&did.stderr));
    let said = text(&did.stdout);
    assert!(said.contains("3 undo  undone: #2 Done"), "{said}");
    assert!(said.contains("7 redo  redone: #4 wrong"), "{said}");
    let json = show(data.path(), &folder, &[]);
    assert_eq!(json["nodes"]["1-4"]["state"], "open");
    assert_eq!(json["nodes"]["1-4"]["attempt"], 1);
    assert_eq!(
        json["nodes"]["1-4"]["attempts"].as_array().unwrap().len(),
        1
    );
    assert_eq!(json["nodes"]["D1"]["state"], "closed");
    assert_eq!(json["open_items"].as_array().unwrap().len(), 0);
    let undone: Vec<_> = json["entries"].as_array().unwrap().iter().collect();
    assert_eq!(undone.len(), 8);
    let by: Vec<_> = undone
        .iter()
        .map(|entry| entry["undone_by"].as_u64())
        .collect();
    assert_eq!(by, [None, Some(3), None, None, Some(8), None, None, None]);
    let kinds: Vec<_> = undone
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds[5..], ["undo", "redo", "undo"]);
    let earlier = show(data.path(), &folder, &["--at", "2"]);
    assert_eq!(earlier["nodes"]["1-4"]["state"], "done");
    assert!(earlier["entries"][1]["undone_by"].is_null());
    let text_of = run_in("en", data.path(), &["incident", "show", &folder], b"");
    let shown = text(&text_of.stdout);
    let line = shown
        .lines()
        .find(|line| line.trim_start().starts_with("2×"));
    assert!(
        line.is_some_and(|line| line.contains("(undone by 3)")),
        "{shown}"
    );
}
