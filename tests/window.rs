//! The real program in a real window: started, worked with mouse and keyboard, killed, resumed.
//!
//! Needs Xvfb, xdotool and strace; without them it fails, because a check that cannot run is
//! no check. It waits for what it expects and never for a time; the limits only end a hang.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use crate::support::screen::Screen;
use crate::support::{run, show, strings, text, wait_for};

struct Program(Child);

impl Program {
    /// Starts the window under strace and waits until it is there and has the keyboard.
    fn start(screen: &Screen, data: &Path, trace: &Path) -> Self {
        let child = Command::new("strace")
            .args(["-f", "--seccomp-bpf", "-e", "trace=network", "-o"])
            .arg(trace)
            .arg(env!("CARGO_BIN_EXE_shodo"))
            .args(["--lang", "ja", "--data"])
            .arg(data)
            .env("DISPLAY", &screen.name)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .spawn()
            .expect("strace is installed; this check cannot be left out");
        let program = Self(child);
        let window = wait_for("the window", || {
            screen.xdotool(&["search", "--onlyvisible", "--name", "Shodo"])
        });
        let window = window.lines().next().unwrap().to_owned();
        wait_for("the keyboard", || {
            screen.xdotool(&["windowfocus", "--sync", &window])
        });
        program
    }

    /// Kills the program itself, as a power cut would, not only strace around it.
    fn kill(mut self) {
        let parent = self.0.id().to_string();
        let children = Command::new("pgrep")
            .args(["-P", &parent])
            .output()
            .unwrap();
        for id in text(&children.stdout).lines() {
            assert!(
                Command::new("kill")
                    .args(["-9", id])
                    .status()
                    .unwrap()
                    .success()
            );
        }
        self.0.wait().unwrap();
    }
}

/// Two clicks within one frame would be one to the program.
fn a_frame_passes() {
    std::thread::sleep(Duration::from_secs(1));
}

fn incident(data: &Path) -> Option<PathBuf> {
    let mut folders = std::fs::read_dir(data.join("incidents")).ok()?;
    let folder = folders.next()?.ok()?.path();
    folder.join("journal.ron").is_file().then_some(folder)
}

/// Repeats an action until the journal has what is expected of it; a slow machine may not have
/// drawn the button yet when it is first pressed.
fn until(what: &str, folder: &Path, mut act: impl FnMut()) {
    let mut tries = 0;
    wait_for(what, || {
        let journal = std::fs::read_to_string(folder.join("journal.ron")).unwrap();
        if journal.contains(what) {
            return Some(());
        }
        if tries % 40 == 0 {
            act();
        }
        tries += 1;
        None
    });
}

#[test]
fn an_incident_is_started_worked_with_mouse_and_keyboard_killed_and_resumed() {
    let data = tempfile::tempdir().unwrap();
    let traces = tempfile::tempdir().unwrap();
    let screen = Screen::open();
    let first = Program::start(&screen, data.path(), &traces.path().join("first"));

    // One click on "staff told me" and it runs.
    let mut tries = 0;
    let folder = wait_for("the incident", || {
        if tries % 20 == 0 {
            screen.click(640, 312);
        }
        tries += 1;
        incident(data.path())
    });
    // The keyboard completes the step in hand, the mouse the one that it picks.
    until("StepCompleted(node: \"1-4\"", &folder, || {
        screen.key("ctrl+Return")
    });
    until("StepCompleted(node: \"1-1\"", &folder, || {
        screen.click(220, 145);
        a_frame_passes();
        screen.click(490, 746);
    });
    until("NoteAdded(text: \"called the ward\"", &folder, || {
        screen.key("ctrl+n");
        a_frame_passes();
        screen.key("ctrl+a");
        screen.type_text("called the ward");
        screen.key("Return");
    });
    first.kill();

    // What was on the disk is there, and the first thing offered is to go on.
    let name = folder.to_str().unwrap();
    let before = show(data.path(), name, &[]);
    assert_eq!(before["head"]["count"], 4, "{before:#}");
    let second = Program::start(&screen, data.path(), &traces.path().join("second"));
    until("NoteAdded(text: \"after the crash\"", &folder, || {
        screen.click(640, 190);
        a_frame_passes();
        screen.key("ctrl+n");
        a_frame_passes();
        screen.key("ctrl+a");
        screen.type_text("after the crash");
        screen.key("Return");
    });
    second.kill();
    let after = show(data.path(), name, &[]);
    assert_eq!(after["head"]["count"], 5);
    assert_eq!(strings(&after["open"]), strings(&before["open"]));
    assert!(
        run(data.path(), &["journal", "verify", name], b"")
            .status
            .success()
    );

    // The window talks to the display and to the desktop, never to the internet.
    for name in ["first", "second"] {
        let trace = std::fs::read_to_string(traces.path().join(name)).unwrap();
        assert!(trace.contains("AF_UNIX"), "strace saw the window's sockets");
        assert!(!trace.contains("AF_INET"), "{trace}");
    }
}

/// Starts the program, which closes after its first frame, on a screen whose OpenGL is broken.
fn on_broken_opengl(data: &Path, more: &[(&str, &str)]) -> std::process::Output {
    let screen = Screen::open_with(&["-extension", "GLX"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_shodo"));
    command
        .args(["--startup-report", "--data"])
        .arg(data)
        .env("DISPLAY", &screen.name)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("LIBGL_DRIVERS_PATH", "/nowhere")
        .env_remove("WAYLAND_DISPLAY");
    for (name, value) in more {
        command.env(name, value);
    }
    command.output().unwrap()
}

#[test]
fn where_one_renderer_fails_the_other_opens_the_window() {
    let data = tempfile::tempdir().unwrap();
    let output = on_broken_opengl(data.path(), &[]);
    let (told, why) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{why}");
    assert!(
        told.trim().parse::<f64>().is_ok_and(|millis| millis > 0.0),
        "{told}"
    );
    assert!(!data.path().join("renderer.starting").exists());
}

#[test]
fn where_no_renderer_works_the_command_line_is_named_in_both_languages() {
    let data = tempfile::tempdir().unwrap();
    let broken = [
        ("VK_ICD_FILENAMES", "/nowhere"),
        ("VK_DRIVER_FILES", "/nowhere"),
    ];
    let output = on_broken_opengl(data.path(), &broken);
    let why = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{why}");
    assert!(
        why.contains("画面を開けません") && why.contains("cannot be opened"),
        "{why}"
    );
    assert_eq!(why.matches("shodo log").count(), 2, "{why}");
}
