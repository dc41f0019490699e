//! Hostile files and lines under limits of memory and time: each ends with a documented exit code
//! and a sentence, never with a panic or by a signal.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::support::{start, text};

const MIB: usize = 1024 * 1024;

/// What the program gets: address space, processor seconds. Ends of the test's own are far away.
#[derive(Clone, Copy)]
struct Bounds {
    mib: usize,
    seconds: u32,
}

/// Enough for anything but long records.
const SMALL: Bounds = Bounds {
    mib: 256,
    seconds: 20,
};

/// Runs the program under `ulimit`, with input from a file; the wall clock ends what waits for ever.
fn bounded(bounds: Bounds, data: &Path, arguments: &[&str], input: &Path) -> Output {
    let Bounds { mib, seconds } = bounds;
    let limits = format!(
        "ulimit -c 0; ulimit -v {}; ulimit -t {seconds}; exec timeout -k 5 300 \"$@\"",
        mib * 1024
    );
    Command::new("sh")
        .args(["-c", &limits, "sh"])
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data)
        .args(arguments)
        .stdin(Stdio::from(std::fs::File::open(input).unwrap()))
        .output()
        .unwrap()
}

/// Runs, and checks the exit code and that the expected words were said, on a line or two.
fn ends(bounds: Bounds, data: &Path, arguments: &[&str], code: i32, says: &str) -> String {
    ends_of(bounds, data, arguments, Path::new("/dev/null"), code, says)
}

fn ends_of(
    bounds: Bounds,
    data: &Path,
    arguments: &[&str],
    input: &Path,
    code: i32,
    says: &str,
) -> String {
    let output = bounded(bounds, data, arguments, input);
    let said = text(&output.stdout) + &text(&output.stderr);
    let shown: String = said.chars().take(2000).collect();
    // By a signal there is no code.
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    for word in ["panicked", "memory allocation", "overflowed"] {
        assert!(!said.contains(word), "{arguments:?}: {shown}");
    }
    assert!(said.contains(says), "{arguments:?}: {shown}");
    said
}

fn data() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

const FLOW: &str = include_str!("flows_bad/small.ron");

/// The small flow with these steps and arcs as well, opened by its door as said.
fn with_more(steps: usize, opened: usize, arcs: &str) -> String {
    let mut more = String::new();
    for n in 0..steps {
        writeln!(
            more,
            "(id:\"P-{n}\",phase:1,title:(ja:\"一\",en:\"a\"),acts:[\"manager\"]),"
        )
        .unwrap();
    }
    let opens: String = (0..opened).map(|n| format!("\"P-{n}\", ")).collect();
    FLOW.replacen("steps: [", &format!("steps: [{more}"), 1)
        .replacen("opens: [\"S-1\", ", &format!("opens: [{opens}\"S-1\", "), 1)
        .replacen("arcs: [", &format!("arcs: [{arcs}"), 1)
}

const OURS: &str = "basis: Derived((ja: \"当方\", en: \"ours\"))";

#[test]
fn a_hostile_flow_is_refused_within_bounds() {
    let folder = data();
    let done =
        |count: usize| -> String { (0..count).map(|n| format!("Done(\"P-{n}\"), ")).collect() };
    let names = |count: usize| -> String { (0..count).map(|n| format!("\"P-{n}\", ")).collect() };
    let join = |count: usize| format!("(on: All([{}]), opens: [\"S-3\"], {OURS}),\n", done(count));
    let each_opens_all: String = (0..100)
        .map(|n| {
            format!(
                "(on: Any([Done(\"P-{n}\")]), opens: [{}], {OURS}),\n",
                names(100)
            )
        })
        .collect();
    let unknown: String = (0..19_000).map(|n| format!("\"Q-{n}\", ")).collect();
    let unknown = format!("(on: Any([Done(\"S-1\")]), opens: [{unknown}], {OURS}),\n");
    let long = "長".repeat(MIB);
    let quotes: String = (0..900)
        .map(|n| format!("\"{}{n}\", ", "一".repeat(200)))
        .collect();
    let cases: [(&str, String, i32, &str); 13] = [
        ("brackets of 10 MB", "[".repeat(10 * MIB), 2, "too large"),
        ("brackets", "[".repeat(4 * MIB), 1, "not written correctly"),
        (
            "nested",
            format!("Flow(id: {}", "[".repeat(4 * MIB - 100)),
            1,
            "",
        ),
        (
            "nested arcs",
            FLOW.replacen(
                "arcs: [",
                &format!("arcs: [(on: Any([]), when: {}", "All([".repeat(800_000)),
                1,
            ),
            1,
            "nested more than",
        ),
        (
            "comments",
            format!("{}Flow(", "/*".repeat(2 * MIB - 10)),
            1,
            "",
        ),
        ("200,000 nodes", with_more(200_000, 1, ""), 2, "too large"),
        (
            "60,000 nodes",
            with_more(60_000, 1, ""),
            1,
            "60006, more than 500",
        ),
        (
            "states",
            with_more(40, 40, &join(40)),
            1,
            "more than 50000 states",
        ),
        (
            "work",
            with_more(100, 1, &(each_opens_all + &join(100))),
            1,
            "looks at arrows",
        ),
        (
            "unknown names",
            with_more(400, 1, &unknown),
            1,
            "defined nowhere",
        ),
        (
            "a long name",
            FLOW.replacen("opens: [\"S-3\"]", &format!("opens: [\"{long}\"]"), 1),
            1,
            "defined nowhere",
        ),
        (
            "quotes",
            FLOW.replacen("Text([\"一を行う\"])", &format!("Text([{quotes}])"), 1),
            1,
            "stands nowhere",
        ),
        (
            "a field again and again",
            FLOW.replacen("id: \"small\"", &"id: \"small\", ".repeat(300_000), 1),
            1,
            "",
        ),
    ];
    for (name, flow, code, says) in cases {
        let path = put(folder.path(), "hostile.ron", flow);
        let path = path.to_str().unwrap();
        println!("{name}");
        for more in [&["--format", "text"], &["--format", "json"]] {
            ends(
                SMALL,
                folder.path(),
                &[&["flow", "check", path], &more[..]].concat(),
                code,
                says,
            );
        }
        let shown = ends(SMALL, folder.path(), &["flow", "show", path], code, "");
        assert!(!shown.trim().is_empty(), "{name}");
        let new = ["incident", "new", "--title", "x", "--flow", path];
        ends(SMALL, folder.path(), &new, code, "");
    }
    assert!(!folder.path().join("incidents").exists());
}

/// A journal's line that follows the record with these digits.
fn record(last: &str, text: &str) -> (String, String) {
    let digits = shodo::flow::sha256_hex(format!("{last}{text}").as_bytes());
    let line = format!("{digits} {text}\n");
    (digits, line)
}

fn entry(number: u64, event: &str) -> String {
    format!("(number: {number}, recorded_at: \"2026-11-21T13:00:00+09:00\", event: {event})")
}

#[test]
fn a_hostile_journal_is_refused_or_read_within_bounds() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let path = Path::new(&incident).join("journal.ron");
    let first = std::fs::read_to_string(&path).unwrap();
    let digits = &first[..64];
    let note = |text: &str| entry(2, &format!("NoteAdded(text: \"{text}\")"));
    let long = note(&"x".repeat(100 * MIB));
    let nested = entry(2, &format!("NoteAdded(text: {}", "[(".repeat(20 * MIB)));
    let effects = "(node: \"1-1\", becomes: Open), ".repeat(MIB);
    let effects = format!(
        "{}, effects: [{effects}])",
        note("x").trim_end_matches(')').to_owned() + ")"
    );
    let stamps = format!("{} (number: 1", "0".repeat(64)).repeat(MIB / 4);
    let verify = ["journal", "verify", &incident];
    let show = ["incident", "show", &incident];
    // A whole file is held, and what it says.
    let long_record = Bounds {
        mib: 1024,
        seconds: 60,
    };
    let cases: [(&str, String, [i32; 2], &str); 9] = [
        (
            "one line of 100 MB, no record",
            "x".repeat(100 * MIB),
            [2, 2],
            "does not begin as a record",
        ),
        (
            "one line of 16 MB behind a record",
            format!("{first}{}", "0".repeat(16 * MIB)),
            [0, 0],
            "cannot be read as an entry",
        ),
        (
            "line ends",
            format!("{first}{}", "\n".repeat(16 * MIB)),
            [0, 0],
            "cannot be read as an entry",
        ),
        (
            "a record of 100 MB",
            format!("{first}{}", record(digits, &long).1),
            [0, 0],
            "",
        ),
        (
            "a nested record",
            format!("{first}{}", record(digits, &nested).1),
            [1, 1],
            "cannot be understood",
        ),
        (
            "a nested first record",
            record("", &nested).1,
            [2, 2],
            "does not begin as a record",
        ),
        (
            "a million effects",
            format!("{first}{}", record(digits, &effects).1),
            [0, 0],
            "",
        ),
        (
            "stamps",
            format!("{first}{stamps}"),
            [0, 0],
            "cannot be read as an entry",
        ),
        (
            "zeros",
            format!("{first}{}", "\0".repeat(16 * MIB)),
            [0, 0],
            "cannot be read as an entry",
        ),
    ];
    for (name, bytes, [verified, shown], says) in cases {
        println!("{name}");
        std::fs::write(&path, bytes).unwrap();
        ends(long_record, folder.path(), &verify, verified, says);
        ends(long_record, folder.path(), &show, shown, says);
    }
    // What is larger than is read is not even begun.
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(1024 * MIB as u64 + 1).unwrap();
    for arguments in [&verify, &show, &["incident", "do", &incident]] {
        ends(SMALL, folder.path(), arguments, 2, "too large");
    }
}

#[test]
fn hostile_settings_are_told_and_the_command_goes_on_within_bounds() {
    let folder = data();
    let unknown: String = (0..90_000).map(|n| format!("x{n}: 0, ")).collect();
    let people: String = (0..100_000).map(|n| format!("\"{n}\", ")).collect();
    let cases: [(&str, String, &str); 7] = [
        ("5 MB", " ".repeat(5 * MIB), "too large"),
        (
            "nested",
            format!("(people: {}", "[".repeat(MIB - 100)),
            "cannot be read",
        ),
        (
            "nested unknown",
            format!("(x: {}", "[(".repeat(MIB / 2 - 100)),
            "cannot be read",
        ),
        ("unknown", format!("({unknown})"), "There is no setting"),
        ("people", format!("(people: [{people}])"), "sound"),
        (
            "again",
            format!("({})", "site: \"a\", ".repeat(90_000)),
            "cannot be read",
        ),
        ("zeros", "\0".repeat(MIB), "cannot be read"),
    ];
    for (name, settings, says) in cases {
        println!("{name}");
        put(folder.path(), "settings.ron", settings);
        let said = ends(SMALL, folder.path(), &["flow", "check"], 0, says);
        assert!(said.len() < 20_000, "{name}: {}", said.len());
    }
}

#[test]
fn hostile_lines_are_refused_one_by_one_within_bounds() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let lines = [
        "x".repeat(50 * MIB),
        format!("note {}", "x".repeat(7 * MIB)),
        format!("note {}", "x ".repeat(3 * MIB)),
        format!("note {}", "\"".repeat(3 * MIB + 1)),
        format!("done {}", "1".repeat(7 * MIB)),
        format!("choose D1 {}", "長".repeat(2 * MIB)),
        format!("done 1-1 {}", "--why x ".repeat(MIB / 2)),
        format!("close {}", "--for 1-1 --why x ".repeat(1000)),
        format!("correct {} x", "9".repeat(7 * MIB)),
        format!("note x --at {}", "0".repeat(7 * MIB)),
        "\0".repeat(200 * MIB),
        "note after all".to_owned(),
    ];
    let input = put(folder.path(), "lines", lines.join("\n"));
    let arguments = ["incident", "do", &incident];
    let said = ends_of(
        SMALL,
        folder.path(),
        &arguments,
        &input,
        1,
        "2 note after all",
    );
    assert_eq!(
        said.lines()
            .filter(|line| line.starts_with("refused"))
            .count(),
        lines.len() - 1
    );
    // A text of two hundred thousand letters on the command line itself.
    let long = "x".repeat(120_000);
    let new = ["incident", "new", "--title", &long, "--site", &long];
    ends(SMALL, folder.path(), &new, 0, "");
    ends(SMALL, folder.path(), &["incident", &long], 2, "");
}

#[test]
fn hostile_plain_logs_join_within_bounds() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let join = |log: &str, code, says| {
        let path = put(folder.path(), "log.txt", log);
        let arguments = ["incident", "join", &incident, path.to_str().unwrap()];
        ends(SMALL, folder.path(), &arguments, code, says)
    };
    join(&"x".repeat(65 * MIB), 2, "too large");
    join(&"x\n".repeat(MIB), 1, "");
    let long = format!("2026-11-21T13:00:00+09:00\t{}\n", "x".repeat(20 * MIB));
    join(&long, 1, "");
    let input = put(
        folder.path(),
        "lines",
        format!("{}\nlast\n", "x".repeat(100 * MIB)),
    );
    let to = folder.path().join("to");
    let log = ["log", "--to", to.to_str().unwrap()];
    let bounds = Bounds {
        mib: 512,
        seconds: 60,
    };
    let said = ends_of(bounds, folder.path(), &log, &input, 2, "saved");
    let last = said.lines().last().unwrap();
    assert!(
        last.contains("NOT saved") && last.contains("too large"),
        "{last}"
    );
    // What was saved can be joined.
    let kept = std::fs::read_dir(&to)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let arguments = ["incident", "join", &incident, kept.to_str().unwrap()];
    ends(bounds, folder.path(), &arguments, 0, "63 of 63");
}

#[test]
fn endless_files_and_pipes_are_refused_wherever_a_file_is_read() {
    let folder = data();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for endless in [
        pipe.as_path(),
        Path::new("/dev/zero"),
        Path::new("/dev/stdin"),
    ] {
        let path = endless.to_str().unwrap();
        let incident = start(folder.path(), "saw");
        // What is given as an argument.
        for arguments in [
            &["flow", "check", path][..],
            &["flow", "show", path],
            &["incident", "join", &incident, path],
        ] {
            let zero = Path::new("/dev/zero");
            ends_of(
                SMALL,
                folder.path(),
                arguments,
                zero,
                2,
                "not a regular file",
            );
        }
        // What lies in a folder.
        let stand_in = |name: &str| {
            let place = Path::new(&incident).join(name);
            std::fs::remove_file(&place).ok();
            std::os::unix::fs::symlink(endless, &place).unwrap();
        };
        stand_in("draft.ron");
        stand_in("holder");
        ends(
            SMALL,
            folder.path(),
            &["incident", "show", &incident],
            0,
            "",
        );
        stand_in("flow.ron");
        for command in [["incident", "show"], ["journal", "verify"]] {
            let arguments = [command[0], command[1], &incident];
            ends(SMALL, folder.path(), &arguments, 1, "cannot be read");
        }
        stand_in("journal.ron");
        for command in [
            ["incident", "show"],
            ["incident", "do"],
            ["journal", "verify"],
        ] {
            let arguments = [command[0], command[1], &incident];
            ends(SMALL, folder.path(), &arguments, 2, "not a regular file");
        }
        // Settings, and the flow that stands in for the built-in one.
        let settings = folder.path().join("settings.ron");
        std::os::unix::fs::symlink(endless, &settings).unwrap();
        ends(
            SMALL,
            folder.path(),
            &["flow", "check"],
            0,
            "not a regular file",
        );
        std::fs::remove_file(&settings).unwrap();
        let own = folder.path().join("flows/mhlw-incident.ron");
        std::fs::create_dir_all(own.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(endless, &own).unwrap();
        let new = ["incident", "new", "--title", "x"];
        // No file stands there.
        ends(SMALL, folder.path(), &new, 0, "");
        std::fs::remove_file(&own).unwrap();
    }
}

#[test]
fn an_endless_line_of_input_takes_no_more_memory_than_a_long_one() {
    let folder = data();
    let incident = start(folder.path(), "saw");
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    let feeder = std::thread::spawn(move || {
        let block = vec![b'x'; MIB];
        let written = (0..600).try_for_each(|_| writer.write_all(&block));
        written.and_then(|()| writer.write_all(b"\nnote after all\n"))
    });
    let limits = "ulimit -c 0; ulimit -v 131072; ulimit -t 60; exec \"$@\"";
    let output = Command::new("sh")
        .args(["-c", limits, "sh", env!("CARGO_BIN_EXE_shodo")])
        .args(["--lang", "en", "incident", "do", &incident])
        .stdin(Stdio::from(reader.try_clone().unwrap()))
        .output()
        .unwrap();
    std::io::copy(&mut reader, &mut std::io::sink()).ok();
    feeder.join().unwrap().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("2 note after all"));
}
