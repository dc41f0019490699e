//! The real window: its first frame beside that of an empty one, and what it costs when left alone.
//!
//! With OpenGL (glow), the renderer that is tried first.
//!
//! `cargo bench --bench window`; needs xdotool, and Xvfb where no display is named.

#![allow(
    clippy::allow_attributes,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    clippy::exit,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a bench measures, prints and may fall over; it need not use all that benches share"
)]

mod record;
mod support;

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use shodo::clock::Stopwatch;
use shodo::ui::Renderer;
use support::{Figure, median, report};

/// Starts of each window.
const STARTS: usize = 25;
/// How long the window is left alone: the clock in it moves once a minute.
const ALONE: Duration = Duration::from_secs(65);
/// How long something may take before the bench is given up.
const PATIENCE: Duration = Duration::from_mins(1);

/// Set for the child that opens an empty window.
const EMPTY: &str = "SHODO_BENCH_EMPTY_WINDOW";

fn main() {
    let since = Stopwatch::start();
    if std::env::var_os(EMPTY).is_some() {
        let millis =
            shodo::ui::run_empty(Renderer::Glow, shodo::cli::since_process_start(since)).unwrap();
        println!("{:.1}", millis.unwrap());
        return;
    }
    let disk = std::env::var_os("SHODO_BENCH_DISK")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let temp = tempfile::tempdir_in(disk).unwrap();
    let display = Display::here_or_new();
    let data = temp.path().join("data");
    record::written(&data, 100);
    let mut starts = Vec::new();
    for start in 0..STARTS {
        // Neither is always the first of the two.
        let first = (start % 2 == 1).then(|| display.empty());
        let ours = display.shodo(&data);
        starts.push([ours, first.unwrap_or_else(|| display.empty())]);
    }
    let [ours, empty] = [0, 1].map(|at| median(starts.iter().map(|start| start[at])));
    println!("first frame: {ours:.1} ms, of an empty window {empty:.1} ms");
    let alone = display.left_alone(&data);
    drop(display);
    report(
        "window",
        &[
            Figure {
                name: "first frame, by that of an empty window",
                limit: 1.5,
                value: ours / empty,
                unit: "times",
            },
            Figure {
                name: "processor time of a window left alone",
                limit: 1.0,
                value: alone,
                unit: "%",
            },
        ],
    );
}

/// The display: the one that is named, or one of our own that ends with us.
struct Display {
    name: String,
    server: Option<Child>,
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            server.kill().ok();
            server.wait().ok();
        }
    }
}

impl Display {
    fn here_or_new() -> Self {
        if let Ok(name) = std::env::var("DISPLAY") {
            return Self { name, server: None };
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut line = String::new();
        let answer = server.stdout.take().unwrap();
        std::io::BufReader::new(answer)
            .read_line(&mut line)
            .unwrap();
        Self {
            name: format!(":{}", line.trim()),
            server: Some(server),
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY");
        command
    }

    fn program(&self, data: &Path) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_shodo"));
        command.args(["--lang", "ja", "--renderer", Renderer::Glow.id(), "--data"]);
        command.arg(data);
        command
    }

    /// Milliseconds to the first frame of an empty window.
    fn empty(&self) -> f64 {
        let own = std::env::current_exe().unwrap();
        let mut command = self.command(own.to_str().unwrap());
        command.env(EMPTY, "yes");
        millis(command)
    }

    /// Milliseconds to the first frame of ours.
    fn shodo(&self, data: &Path) -> f64 {
        let mut command = self.program(data);
        command.arg("--startup-report");
        millis(command)
    }

    fn xdotool(&self, arguments: &[&str]) -> bool {
        let mut command = self.command("xdotool");
        let status = command.args(arguments).stdout(Stdio::null()).status();
        status.expect("xdotool is installed").success()
    }

    /// The processor time of the window with an incident, in per cent of one core.
    fn left_alone(&self, data: &Path) -> f64 {
        let mut child = self.program(data).spawn().unwrap();
        let begin = Instant::now();
        // The incident stands first on the first screen; open, it stands in the window's title.
        while !self.xdotool(&["search", "--onlyvisible", "--name", "fictitious"]) {
            std::thread::sleep(Duration::from_secs(1));
            self.xdotool(&["mousemove", "640", "190", "click", "1"]);
            assert!(begin.elapsed() < PATIENCE, "the incident does not open");
        }
        std::thread::sleep(Duration::from_secs(5));
        let (before, since) = (cpu_seconds(&child), Instant::now());
        std::thread::sleep(ALONE);
        let spent = cpu_seconds(&child) - before;
        let wall = since.elapsed().as_secs_f64();
        child.kill().unwrap();
        child.wait().unwrap();
        println!("left alone: {spent:.2} s of processor time in {wall:.0} s");
        100.0 * spent / wall
    }
}

/// Runs a program that prints milliseconds.
fn millis(mut command: Command) -> f64 {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.trim().parse().unwrap()
}

/// The processor time of all threads of a process, in seconds.
fn cpu_seconds(child: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let (_, after_name) = stat.rsplit_once(") ").unwrap();
    let fields: Vec<&str> = after_name.split(' ').collect();
    // Counted in hundredths of a second on Linux, whatever the kernel's own clock.
    let ticks = |at: usize| -> f64 { fields[at].parse().unwrap() };
    (ticks(11) + ticks(12)) / 100.0
}
