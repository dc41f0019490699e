//! What several tests need.

pub(crate) mod mounts;
#[cfg(feature = "window")]
pub(crate) mod reader;
#[cfg(feature = "window")]
pub(crate) mod screen;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use shodo::flow::{Flow, SHIPPED, State};
use shodo::incident::{Act, Entry, Incident, Mode, Moment, Opening, Refusal, decide};

/// What ends a hang; nothing waits for a time.
const LIMIT: Duration = Duration::from_secs(90);

/// Looks until there is what is expected.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < LIMIT, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The shipped incident flow, read once.
pub(crate) fn shipped() -> &'static Flow {
    static FLOW: OnceLock<Flow> = OnceLock::new();
    FLOW.get_or_init(|| Flow::read(SHIPPED[0].text).unwrap())
}

pub(crate) fn at(minute: i64) -> Moment {
    let start = Moment::parse_from_rfc3339("2026-11-21T13:00:00+09:00").unwrap();
    start + chrono::TimeDelta::minutes(minute)
}

/// An incident driven by the words of `incident do`, without a disk.
pub(crate) struct Walker {
    pub flow: &'static Flow,
    pub incident: Incident,
    pub minute: i64,
}

impl Walker {
    pub(crate) fn through(door: &str) -> Self {
        let flow = shipped();
        let mut walker = Self {
            flow,
            incident: Incident::new(flow),
            minute: 0,
        };
        let opening = Opening {
            mode: Mode::Live,
            door: door.to_owned(),
            program: "test".to_owned(),
            ..Opening::default()
        };
        walker.act(Act::Open(opening)).unwrap();
        walker
    }

    pub(crate) fn act(&mut self, act: Act) -> Result<Entry, Refusal> {
        let entry = decide(self.flow, &self.incident, act.into(), at(self.minute))?;
        self.minute += 1;
        self.incident.apply(self.flow, entry.clone());
        Ok(entry)
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<Entry, Refusal> {
        let command = shodo::cli::read_line(line, at(self.minute))
            .unwrap_or_else(|fault| panic!("{line}: {fault:?}"))
            .unwrap();
        let entry = decide(self.flow, &self.incident, command, at(self.minute))?;
        self.minute += 1;
        self.incident.apply(self.flow, entry.clone());
        Ok(entry)
    }

    pub(crate) fn must(&mut self, line: &str) -> Entry {
        self.say(line)
            .unwrap_or_else(|refusal| panic!("{line}: {refusal:?}"))
    }

    pub(crate) fn in_state(&self, is: fn(&State) -> bool) -> Vec<String> {
        self.flow
            .nodes()
            .filter(|(ix, _)| is(&self.incident.marking().mark(*ix).state))
            .map(|(_, node)| node.id().to_string())
            .collect()
    }

    /// What is open, parked and reached, as the walks write it.
    pub(crate) fn stand(&self) -> String {
        let parked = self.in_state(|state| matches!(state, State::Parked { .. }));
        let ends: Vec<&str> = self
            .flow
            .reached_ends(self.incident.marking())
            .map(|e| e.id.as_str())
            .collect();
        stand(
            &self.in_state(|state| *state == State::Open),
            &parked,
            &ends,
        )
    }
}

pub(crate) fn stand<A: AsRef<str>, B: AsRef<str>, C: AsRef<str>>(
    open: &[A],
    parked: &[B],
    ends: &[C],
) -> String {
    fn joined<T: AsRef<str>>(list: &[T]) -> String {
        list.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ")
    }
    let mut text = joined(open);
    if !parked.is_empty() {
        text.push_str(&format!(" | parked {}", joined(parked)));
    }
    if !ends.is_empty() {
        text.push_str(&format!(" | end {}", joined(ends)));
    }
    text.trim().to_owned()
}

/// A named walk: the door, and after each line what is open.
pub(crate) struct Walk {
    pub name: String,
    pub lines: Vec<(String, String)>,
}

pub(crate) fn walks() -> Vec<Walk> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir("tests/walks")
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let mut lines: Vec<(String, String)> = Vec::new();
            for line in text.lines() {
                if let Some(expected) = line.trim().strip_prefix("=>") {
                    lines.last_mut().unwrap().1 = expected.trim().to_owned();
                } else if !line.trim().is_empty() && !line.starts_with('#') {
                    lines.push((line.to_owned(), String::from("nothing expected")));
                }
            }
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            Walk { name, lines }
        })
        .collect()
}

/// Runs the program with arguments and input; the language is English unless said otherwise.
pub(crate) fn run(data: &Path, arguments: &[&str], input: &[u8]) -> Output {
    run_in("en", data, arguments, input)
}

/// The same in a language.
pub(crate) fn run_in(language: &str, data: &Path, arguments: &[&str], input: &[u8]) -> Output {
    feed(&mut program(language, data, arguments), input)
}

/// Gives the program with its language, data folder and arguments.
pub(crate) fn program(language: &str, data: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_shodo"));
    program.args(["--lang", language, "--data"]);
    program.arg(data).args(arguments);
    program
}

/// Runs a program to its end with this input.
pub(crate) fn feed(program: &mut Command, input: &[u8]) -> Output {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || {
        // A program that stops reading is judged by its answer.
        stdin.write_all(&input).ok();
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Starts an incident through the program and gives its folder.
pub(crate) fn start(data: &Path, door: &str) -> String {
    let output = run(
        data,
        &["incident", "new", "--title", "test", "--door", door],
        b"",
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).trim().to_owned()
}

pub(crate) fn show(data: &Path, folder: &str, more: &[&str]) -> serde_json::Value {
    let arguments: Vec<&str> = ["incident", "show", folder, "--format", "json"]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let output = run(data, &arguments, b"");
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn strings(json: &serde_json::Value) -> Vec<String> {
    json.as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap().to_owned())
        .collect()
}
