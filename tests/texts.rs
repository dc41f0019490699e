//! Texts as people type them: which names are one person, what counts as empty, what is too long,
//! how bytes become text, how moments are read and shown, and the record as a table.

use std::path::Path;
use std::process::Output;

use shodo::incident::{Event, Refusal, TEXT_BYTES_LIMIT};

use crate::support::{Walker, feed, program, run, show, start, text};

#[test]
fn a_person_is_one_person_however_the_name_is_spaced_or_composed() {
    for (assigned, same) in [
        ("佐藤 太郎", "佐藤太郎"),
        ("佐藤 太郎", "佐藤\u{3000}太郎"),
        ("佐藤太郎", "佐藤太郎 "),
        ("ながい", "なか\u{3099}い"),
    ] {
        let mut walker = Walker::through("saw");
        walker.must(&format!("assign manager '{assigned}'"));
        for line in ["assign", "deputy", "handover"] {
            let refused = walker.say(&format!("{line} manager '{same}'"));
            assert!(matches!(refused, Err(Refusal::InRole(..))), "{line} {same}");
        }
        // The recorder is found among those who have roles, and is recorded as typed.
        let entry = walker.must(&format!("recorder '{same}'"));
        assert_eq!(entry.role.as_deref(), Some("manager"), "{same}");
        assert_eq!(entry.by.as_deref(), Some(same));
        let entry = walker.must(&format!("release manager '{same}'"));
        assert!(matches!(entry.event, Event::RoleReleased { name, .. } if name == same));
        assert_eq!(walker.incident.roles()["manager"].holder, None);
    }
    for (assigned, other) in [("髙橋", "高橋"), ("Sato", "SATO")] {
        let mut walker = Walker::through("saw");
        walker.must(&format!("assign manager {assigned}"));
        let refused = walker.say(&format!("release manager {other}"));
        let who = vec![assigned.to_owned()];
        let is_named = Refusal::NotInRole("manager".to_owned(), other.to_owned(), who);
        assert_eq!(refused, Err(is_named));
    }
}

#[test]
fn a_refused_release_names_who_holds_the_role_and_an_assignment_who_held_it() {
    let folder = tempfile::tempdir().unwrap();
    let incident = start(folder.path(), "saw");
    let lines = "release manager 佐藤\nassign manager 佐藤\ndeputy manager 鈴木\n\
                 release manager 高橋\nassign manager 田中\nassign manager '田 中'\n";
    let output = run(
        folder.path(),
        &["incident", "do", &incident],
        lines.as_bytes(),
    );
    let said = text(&output.stdout);
    let answers: Vec<&str> = said.lines().collect();
    assert!(answers[0].contains("nobody does"), "{said}");
    assert!(answers[3].contains("佐藤, 鈴木"), "{said}");
    assert_eq!(answers[4], "4 assign manager 田中  held before by: 佐藤");
    assert!(answers[5].starts_with("refused: "), "{said}");
    assert_eq!(
        show(folder.path(), &incident, &[])["roles"]["manager"],
        "田中"
    );
}

#[test]
fn who_held_a_role_at_an_entry_is_known_after_a_hand_over() {
    let mut walker = Walker::through("saw");
    walker.must("assign manager 佐藤");
    let done = walker.must("done 1-1").number;
    walker.must("handover manager 鈴木 '07:00'");
    let held = |entry| {
        let holders = walker.incident.holders_at("manager", entry);
        holders.and_then(|holders| holders.holder.clone())
    };
    assert_eq!(held(done).as_deref(), Some("佐藤"));
    assert_eq!(held(walker.incident.next_number()).as_deref(), Some("鈴木"));
    let opened = walker.incident.entries()[0].number;
    assert_eq!(held(opened), None);
}

#[test]
fn the_entry_that_names_the_recorder_has_no_role_of_the_earlier_one() {
    let mut walker = Walker::through("saw");
    walker.must("recorder 佐藤");
    walker.must("assign manager 佐藤");
    assert_eq!(walker.must("note x").role.as_deref(), Some("manager"));
    let entry = walker.must("recorder 鈴木");
    assert_eq!((entry.by.as_deref(), entry.role), (Some("鈴木"), None));
}

#[test]
fn a_text_that_shows_nothing_is_none_wherever_one_is_asked_for() {
    for nothing in [
        "\u{200b}",
        "\u{feff}",
        "\u{3164}",
        "\u{2800}",
        "\u{3000} \u{2060}",
    ] {
        let mut walker = Walker::through("saw");
        for line in [
            "note 'X'",
            "title 'X'",
            "site 'X'",
            "recorder 'X'",
            "assign manager 'X'",
            "field 1-4 contact 'X'",
            "row systems 'X' result normal",
            "ask-again D0 'X'",
        ] {
            let line = line.replace('X', nothing);
            let said = walker.say(&line);
            let is_empty = matches!(said, Err(Refusal::Empty | Refusal::Unknown { .. }));
            assert!(is_empty, "{line:?} {said:?}");
        }
        // A reason that shows nothing is one that is missing.
        let entry = walker.must(&format!("choose D0 no --why '{nothing}' --by '{nothing}'"));
        let Event::OptionChosen { ground, .. } = &entry.event else {
            panic!("{entry:?}");
        };
        assert_eq!((&ground.why, &ground.decider), (&None, &None));
        assert!(walker.incident.lacks_reason(entry.number));
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_behind_every_option() {
    let long = "x".repeat(TEXT_BYTES_LIMIT + 1);
    let mut walker = Walker::through("saw");
    let count = walker.incident.entries().len();
    for line in [
        "done 1-1 --why L",
        "done 1-1 --by L",
        "choose D0 no --told L",
        "note x --from L",
        "note x --to L",
        "note x --means L",
        "knew ppc --who L",
        "tick 1-4 1 L",
        "assign manager L",
        "handover manager x L",
        "close --for 1-1 --why L",
        "recorder L",
        "row systems L result normal",
        "note L",
    ] {
        let said = walker.say(&line.replace('L', &long));
        assert!(matches!(said, Err(Refusal::TooLong { .. })), "{line}");
    }
    assert_eq!(walker.incident.entries().len(), count);
}

// How bytes become text.

/// Gives what a plain log keeps of some bytes, and what standard error says.
fn logged(bytes: &[u8]) -> (Vec<String>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("L");
    let output = run(folder.path(), &["log", "--to", to.to_str().unwrap()], bytes);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let file = std::fs::read_dir(&to).unwrap().next().unwrap().unwrap();
    let kept = std::fs::read_to_string(file.path()).unwrap();
    let lines = kept
        .lines()
        .map(|line| line.split_once('\t').unwrap().1.to_owned());
    (lines.collect(), text(&output.stdout), text(&output.stderr))
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn what_the_log_says_is_saved_is_readable() {
    let (kept, _, told) = logged(b"\x92\xe2\x93\x64 3\x93\x8c\nplain\n\x87\x40\n");
    assert_eq!(kept, ["停電 3東", "plain", "①"]);
    assert_eq!(told.matches("CP932").count(), 1, "{told}");
    let (kept, _, told) = logged("\u{feff}停電\n".as_bytes());
    assert_eq!((kept, told.as_str()), (vec!["停電".to_owned()], ""));
    let lines = "停電 上\r\n一階\r\n";
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for begin in ["\u{feff}", ""] {
            let (kept, _, told) = logged(&utf16(&format!("{begin}{lines}"), to_bytes));
            assert_eq!(kept, ["停電 上", "一階"], "{begin:?}");
            assert_eq!(told.matches("UTF-16").count(), 1, "{told}");
        }
    }
    // What fits nothing stands there byte for byte, and the answer says so.
    let (kept, said, _) = logged(b"3\xe6\x9d\xb1 \xff\x92\n");
    assert_eq!(
        kept,
        ["3東 \\\\xff\\\\x92"],
        "with the backslashes of the file"
    );
    assert!(said.contains("bytes that are no text are kept"), "{said}");
}

#[test]
fn lines_of_incident_do_are_read_in_whatever_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let note = |bytes: &[u8]| {
        let incident = start(folder.path(), "saw");
        let output = run(folder.path(), &["incident", "do", &incident], bytes);
        assert!(output.status.success(), "{}", text(&output.stdout));
        let json = show(folder.path(), &incident, &[]);
        let notes: Vec<String> = json["entries"].as_array().unwrap()[1..]
            .iter()
            .map(|entry| entry["text"].as_str().unwrap().to_owned())
            .collect();
        (notes, text(&output.stdout))
    };
    assert_eq!(
        note(b"note \x92\xe2\x93\x64 3\x93\x8c\nnote b\n").0,
        ["停電 3東", "b"]
    );
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let lines = utf16("note 停電 上\nnote 一\n", to_bytes);
        assert_eq!(note(&lines).0, ["停電 上", "一"]);
    }
    let (notes, said) = note(b"note '\xff\xe6\x9d\xb1'\n");
    assert_eq!(notes, ["\\xff東"]);
    assert!(said.contains("bytes that are no text are kept"), "{said}");
}

#[test]
fn a_plain_log_that_an_editor_saved_in_another_encoding_joins() {
    let folder = tempfile::tempdir().unwrap();
    let line = "2026-11-21T14:23:00+09:00\t停電 上\r\n";
    for (name, bytes) in [
        (
            "a",
            [
                &b"2026-11-21T14:23:00+09:00\t\x92\xe2\x93\x64"[..],
                b" \x8f\xe3\r\n",
            ]
            .concat(),
        ),
        ("b", utf16(&format!("\u{feff}{line}"), u16::to_le_bytes)),
        ("c", format!("\u{feff}{line}").into_bytes()),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let incident = start(folder.path(), "saw");
        let path = path.to_str().unwrap();
        let output = run(folder.path(), &["incident", "join", &incident, path], b"");
        assert!(output.status.success(), "{name} {}", text(&output.stdout));
        let json = show(folder.path(), &incident, &[]);
        let said = json["entries"][1]["text"].as_str().unwrap();
        assert!(said.starts_with("停電 上"), "{name} {said}");
    }
    let path = folder.path().join("d");
    std::fs::write(
        &path,
        b"2026-11-21T14:20:00+09:00\t\xe6\x9d\xb1 \x92 \\\\ \\n2\n",
    )
    .unwrap();
    let incident = start(folder.path(), "saw");
    let path = path.to_str().unwrap();
    let output = run(folder.path(), &["incident", "join", &incident, path], b"");
    assert!(output.status.success(), "{}", text(&output.stdout));
    let json = show(folder.path(), &incident, &[]);
    let said = json["entries"][1]["text"].as_str().unwrap();
    assert!(said.starts_with("東 \\x92 \\ \n2 ["), "{said}");
}

// Moments.

/// Runs the program as if it stood in a time zone.
fn run_in_zone(zone: &str, data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = program("en", data, arguments);
    feed(program.env("TZ", zone), input.as_bytes())
}

fn start_in_zone(zone: &str, data: &Path) -> String {
    let output = run_in_zone(zone, data, &["incident", "new"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).trim().to_owned()
}

#[cfg(unix)]
#[test]
fn moments_are_read_and_shown_in_the_zone_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let incident = start_in_zone("JST-9", folder.path());
    // On a machine elsewhere; half past one comes twice there on that day.
    let lines = "note a --at 2026-11-20T14:20:00Z\nnote b --at '2026-11-20 14:00'\n\
                 note c --at '2026-11-01 01:30'\n";
    let zone = "EST5EDT,M3.2.0,M11.1.0";
    let output = run_in_zone(zone, folder.path(), &["incident", "do", &incident], lines);
    assert!(output.status.success(), "{}", text(&output.stdout));
    let told = text(&output.stderr);
    assert!(
        told.contains("UTC+09:00") && told.contains("UTC-0"),
        "{told}"
    );
    let json = show(folder.path(), &incident, &[]);
    assert_eq!(json["zone"], "UTC+09:00");
    // The record keeps what was typed.
    let at = |entry: usize| json["entries"][entry]["happened_at"].as_str().unwrap();
    assert_eq!(at(1), "2026-11-20T14:20:00.000+00:00");
    assert_eq!(at(2), "2026-11-20T14:00:00.000+09:00");
    assert_eq!(at(3), "2026-11-01T01:30:00.000+09:00");
    let output = run_in_zone(zone, folder.path(), &["incident", "show", &incident], "");
    let shown = text(&output.stdout);
    assert!(shown.contains("All times in UTC+09:00"), "{shown}");
    assert!(
        shown.contains("23:20 a") && shown.contains("14:00 b"),
        "{shown}"
    );
    let table = ["incident", "show", &incident, "--format", "tsv"];
    let table = text(&run_in_zone(zone, folder.path(), &table, "").stdout);
    assert!(table.contains("\n2\t2026-11-20 23:20:00\t"), "{table}");
}

#[cfg(unix)]
#[test]
fn no_line_with_a_moment_ends_a_run() {
    let folder = tempfile::tempdir().unwrap();
    // Seoul's offset had seconds until 1908, and this zone has them today.
    for zone in ["Asia/Seoul", "LMT-8:27:52"] {
        let incident = start_in_zone(zone, folder.path());
        let lines = "note a --at '1900-01-01 00:00'\nnote b --at 2026-11-20T14:20:60Z\n\
                     note c --at '2026-11-20 14:20:60'\nfield 1-1 x y\nnote d\n";
        let output = run_in_zone(zone, folder.path(), &["incident", "do", &incident], lines);
        let said = text(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{said}{}",
            text(&output.stderr)
        );
        assert_eq!(said.lines().count(), 5, "{said}");
        assert!(said.contains("\n5 note d"), "{said}");
        let json = show(folder.path(), &incident, &[]);
        let at = |entry: usize| json["entries"][entry]["happened_at"].as_str().unwrap();
        assert!(at(1).starts_with("1900-01-01T00:00:00"), "{}", at(1));
        assert_eq!(at(2), "2026-11-20T14:20:59.000+00:00");
        assert!(at(3).starts_with("2026-11-20T14:20:59"), "{}", at(3));
    }
}

#[cfg(unix)]
#[test]
fn a_time_zone_that_is_not_known_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (zone, is_told) in [
        ("Nowhere/Foo", true),
        ("Asia", true),
        ("JSTT", true),
        ("Asia/Tokyo", false),
        (":Asia/Tokyo", false),
        ("JST-9", false),
        ("<+09>-9", false),
        ("EST5EDT,M3.2.0,M11.1.0", false),
        ("UTC", false),
        ("", false),
    ] {
        let output = run_in_zone(zone, folder.path(), &["incident", "new"], "");
        let told = text(&output.stderr);
        assert_eq!(told.contains("is not known"), is_told, "{zone}: {told}");
        assert!(output.status.success(), "{zone}");
    }
}

#[test]
fn what_a_typed_time_is_taken_as_is_said_where_it_is_odd() {
    let folder = tempfile::tempdir().unwrap();
    let now = shodo::incident::Moment::parse_from_rfc3339("2026-11-27T00:10:00+09:00").unwrap();
    let clock = shodo::clock::Clock::Fixed(now);
    let flow = std::sync::Arc::new(crate::support::shipped().clone());
    let opening = shodo::incident::Opening {
        door: "saw".to_owned(),
        ..Default::default()
    };
    let session =
        shodo::session::Session::create(folder.path(), opening, flow, clock, Box::new(|| {}));
    let mut session = session.unwrap();
    let words = shodo::words::Words::new(shodo::flow::Language::Ja);
    for (at, said) in [
        ("00:10", ""),
        // Ahead by what clocks differ: today's, flagged.
        ("00:12", "今日 11/27 00:12 と読みます（今より後です）"),
        (
            "00:30",
            "昨日 11/26 00:30 と読みます（12時間より前です、インシデントを開始する前です）",
        ),
        (
            "23:50",
            "昨日 11/26 23:50 と読みます（インシデントを開始する前です）",
        ),
        (
            "2026-11-20 10:00",
            "2026-11-20 10:00 と読みます（12時間より前です、インシデントを開始する前です）",
        ),
    ] {
        let line = format!("note x --at '{at}'");
        let command = shodo::cli::read_line(&line, session.present())
            .unwrap()
            .unwrap();
        session.submit(command);
        session.settle();
        let entry = session.incident().entries().last().unwrap().clone();
        let odd = session.incident().odd(entry.happened(), entry.recorded_at);
        let is = if odd.is_empty() {
            String::new()
        } else {
            shodo::telling::taken_as(&words, entry.happened(), now, &odd)
        };
        assert_eq!(is, said, "{at}");
        let flags = session.incident().clock_flags(entry.number);
        let is_later = flags.contains(&shodo::incident::ClockFlag::HappenedLater);
        assert_eq!(is_later, at == "00:12", "{at}");
    }
    let incident = session.folder().to_str().unwrap().to_owned();
    drop(session);
    // The program says it in its answer.
    let output = run(
        folder.path(),
        &["incident", "do", &incident],
        b"note y --at '2026-11-20 10:00'\n",
    );
    let said = text(&output.stdout);
    assert!(
        said.contains("taken as 2026-11-20 10:00 (more than 12 hours back"),
        "{said}"
    );
}

// The record as a table.

#[test]
fn every_row_of_the_table_has_every_column_on_one_line_and_struck_words_are_told_as_struck() {
    let folder = tempfile::tempdir().unwrap();
    let incident = start(folder.path(), "saw");
    let lines = "assign manager 佐藤\nrecorder 佐藤\nnote 'a\tb\\c' --about 1-1\nnote wrong --kind report\n\
                 correct 5 right --why x\nnote gone\nstrike 7 --why x\nchoose D0 no --why because\n\
                 strike 9 --why x\nskip 1-4\nnote early --at 2026-11-20T14:20:00Z\n";
    let output = run(
        folder.path(),
        &["incident", "do", &incident],
        lines.as_bytes(),
    );
    assert!(output.status.success(), "{}", text(&output.stdout));
    let table = ["incident", "show", &incident, "--format", "tsv"];
    let table = text(&run(folder.path(), &table, b"").stdout);
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split('\t').collect()).collect();
    assert_eq!(rows.len(), 13, "{table}");
    assert!(rows.iter().all(|row| row.len() == 11), "{table}");
    let head = [
        "number",
        "happened at",
        "recorded at",
        "by",
        "role",
        "kind",
        "step or decision",
    ];
    for (name, is) in rows[0].iter().zip(head) {
        assert!(name.starts_with(is), "{name} {is}");
    }
    let cell = |entry: usize, column: usize| rows[entry][column];
    assert_eq!(
        (cell(4, 3), cell(4, 5), cell(4, 6)),
        ("佐藤", "Information", "1-1")
    );
    assert_eq!(cell(4, 7), "a\\tb\\\\c");
    assert_eq!((cell(4, 8), cell(4, 9)), ("", ""));
    assert_eq!(
        (cell(5, 7), cell(5, 8), cell(5, 9)),
        ("wrong", "corrected", "right")
    );
    assert_eq!((cell(7, 7), cell(7, 8), cell(7, 9)), ("gone", "struck", ""));
    assert_eq!((cell(9, 8), cell(9, 9)), ("its words struck", ""));
    assert_eq!(cell(11, 10), "reason missing");
    assert_ne!(cell(12, 1), cell(12, 2));
}
