//! A desktop with an accessibility bus, the real program in it, and an assistive technology that
//! knows only roles and names (`tests/accessible/client.py`).

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use super::screen::Screen;
use super::text;

/// A display and a session bus of their own; both end with the test.
///
/// The bus starts the accessibility bus and its registry by itself when someone asks for them.
pub(crate) struct Desktop {
    pub screen: Screen,
    bus: Child,
    address: String,
    runtime: tempfile::TempDir,
}

impl Desktop {
    pub(crate) fn open() -> Self {
        let screen = Screen::open();
        let runtime = tempfile::tempdir().unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .env("DISPLAY", &screen.name)
            .env("XDG_RUNTIME_DIR", runtime.path())
            .env("GSETTINGS_BACKEND", "memory")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (package dbus); this check cannot be left out");
        let mut address = String::new();
        let mut answer = BufReader::new(bus.stdout.take().unwrap());
        answer.read_line(&mut address).unwrap();
        Self {
            screen,
            bus,
            address: address.trim().to_owned(),
            runtime,
        }
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command
            .env("DISPLAY", &self.screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("XDG_RUNTIME_DIR", self.runtime.path())
            .env("GSETTINGS_BACKEND", "memory")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("AT_SPI_BUS_ADDRESS");
        command
    }

    /// Starts the program under strace, with these arguments for strace.
    pub(crate) fn program(&self, data: &Path, trace: &Path, strace: &[&str]) -> Program {
        let mut command = self.command("strace");
        command
            .args(["-f", "-o"])
            .arg(trace)
            .args(strace)
            .arg(env!("CARGO_BIN_EXE_shodo"))
            .args(["--lang", "ja", "--data"])
            .arg(data);
        let child = command
            .spawn()
            .expect("strace is installed; this check cannot be left out");
        Program {
            strace: child,
            alone: None,
        }
    }

    /// Starts the assistive technology.
    pub(crate) fn reader(&self) -> Reader {
        // The bindings are those of the system's Python, whatever other one is first in the path.
        let mut child = self
            .command("/usr/bin/python3")
            .arg("tests/accessible/client.py")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("/usr/bin/python3 is installed; this check cannot be left out");
        let (orders, answers) = (child.stdin.take(), child.stdout.take());
        let mut reader = Reader {
            child,
            orders: orders.unwrap(),
            answers: BufReader::new(answers.unwrap()),
        };
        reader.say(&json!({"do": "switch-on"}));
        reader
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.bus.kill().ok();
        self.bus.wait().ok();
    }
}

/// The program, with strace around it.
pub(crate) struct Program {
    strace: Child,
    /// The program's own number, once strace has gone.
    alone: Option<String>,
}

impl Program {
    /// Gives the program's own number.
    fn number(&self) -> Option<String> {
        if self.alone.is_some() {
            return self.alone.clone();
        }
        let parent = self.strace.id().to_string();
        let children = Command::new("pgrep").args(["-P", &parent]).output();
        let children = text(&children.unwrap().stdout);
        children.lines().next().map(str::to_owned)
    }

    /// Takes strace away from it: what strace held up goes on.
    pub(crate) fn goes_on(&mut self) {
        self.alone = self.number();
        assert!(self.alone.is_some(), "the program lives");
        self.strace.kill().unwrap();
        self.strace.wait().unwrap();
    }

    /// Kills the program itself, as a power cut would, not only strace around it.
    pub(crate) fn kill(&mut self) {
        let number = self.number();
        self.alone = None;
        // First strace: it would wait for what it holds up.
        self.strace.kill().ok();
        self.strace.wait().unwrap();
        if let Some(number) = number {
            let mut kill = Command::new("kill");
            kill.args(["-9", &number]).stderr(Stdio::null());
            kill.status().unwrap();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The assistive technology: it is told roles and names, and fails with the whole tree.
pub(crate) struct Reader {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    pub(crate) fn say(&mut self, order: &Json) -> Json {
        // A client that has ended says why in its last line.
        writeln!(self.orders, "{order}").ok();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Json = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("{order}: the client has gone: {error}"));
        if let Some(error) = answer["error"].as_str() {
            panic!("{error}");
        }
        answer
    }

    pub(crate) fn press(&mut self, role: &str, name: &str) {
        self.say(&json!({"do": "press", "role": role, "name": name}));
    }

    pub(crate) fn write(&mut self, name: &str, words: &str) {
        self.say(&json!({"do": "write", "role": "entry", "name": name, "text": words}));
    }

    /// Waits for something with these words in its name, and gives its whole name.
    pub(crate) fn see(&mut self, role: &str, part: &str) -> String {
        let answer = self.say(&json!({"do": "see", "role": role, "part": part}));
        answer["seen"][0]["name"].as_str().unwrap().to_owned()
    }

    /// The same, but for 20 seconds at most: the window is drawn once a minute in any case.
    pub(crate) fn see_by_itself(&mut self, role: &str, part: &str) -> String {
        let order = json!({"do": "see", "role": role, "part": part, "limit": 20});
        let answer = self.say(&order);
        answer["seen"][0]["name"].as_str().unwrap().to_owned()
    }

    /// Waits until a step of the lists is told to be in this state.
    pub(crate) fn see_step(&mut self, step: &str, state: &str) {
        self.say(&json!({"do": "see", "role": "toggle-button", "part": step, "says": state}));
    }

    /// Waits until a field has the keyboard.
    pub(crate) fn see_focused(&mut self, field: &str) {
        self.say(&json!({"do": "see", "role": "entry", "part": field, "state": "focused"}));
    }

    /// Gives the middle of something in the window, once it lies still: where a mouse would click.
    pub(crate) fn place(&mut self, role: &str, part: &str) -> (i32, i32) {
        let answer = self.say(&json!({"do": "place", "role": role, "part": part}));
        let at = |side: &str| i32::try_from(answer[side].as_i64().unwrap()).unwrap();
        (at("x"), at("y"))
    }

    pub(crate) fn miss(&mut self, role: &str, part: &str) {
        self.say(&json!({"do": "miss", "role": role, "part": part}));
    }

    pub(crate) fn hear(&mut self, part: &str) {
        self.say(&json!({"do": "hear", "part": part}));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
