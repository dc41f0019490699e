//! The real program in a real window: started, worked with mouse and keyboard, killed, resumed.
//!
//! The mouse clicks where the accessibility tree says that something is. Needs Xvfb, xdotool,
//! strace and what `accessible` needs; without them it fails, because a check that cannot run is
//! no check. It waits for what it expects and never for a time; the limits only end a hang.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::reader::{Desktop, Reader};
use crate::support::screen::Screen;
use crate::support::{run, show, strings, text, wait_for};

/// Gives the windows of the program, one a line.
fn windows(screen: &Screen) -> Option<String> {
    screen.xdotool(&["search", "--onlyvisible", "--name", "Shodo"])
}

/// Puts the keyboard into the window, as a window manager would.
fn has_the_keyboard(screen: &Screen) {
    let window = wait_for("the window", || windows(screen));
    let window = window.lines().next().unwrap();
    wait_for("the keyboard", || {
        screen.xdotool(&["windowfocus", "--sync", window])
    });
}

/// Clicks with the mouse where something is told to be.
fn click(screen: &Screen, reader: &mut Reader, role: &str, part: &str) {
    let (x, y) = reader.place(role, part);
    // What has just moved under the mouse takes a click for the second of a double one.
    std::thread::sleep(Duration::from_millis(600));
    screen.click(x, y);
}

/// Types a note with the keyboard alone.
fn type_note(screen: &Screen, reader: &mut Reader, words: &str) {
    screen.key("ctrl+n");
    reader.see_focused("記録の内容");
    screen.type_text(words);
    screen.key("Return");
    reader.see("label", words);
}

#[test]
fn an_incident_is_started_worked_with_mouse_and_keyboard_killed_and_resumed() {
    let data = tempfile::tempdir().unwrap();
    let traces = tempfile::tempdir().unwrap();
    let desktop = Desktop::open();
    let screen = &desktop.screen;
    let mut reader = desktop.reader();
    let start = |name: &str| {
        let sockets = ["--seccomp-bpf", "-e", "trace=network"];
        let program = desktop.program(data.path(), &traces.path().join(name), &sockets);
        has_the_keyboard(screen);
        program
    };
    let saved = |reader: &mut Reader, entries: u8| {
        reader.see("label", &format!("（{entries}件）"));
    };
    let mut first = start("first");

    // One click on "staff told me" and it runs.
    click(screen, &mut reader, "push-button", "職員から連絡があった");
    saved(&mut reader, 1);
    // The keyboard completes the step in hand, the mouse the one that it picks.
    reader.see("heading", "医療情報システム安全管理責任者による確認");
    screen.key("ctrl+Return");
    saved(&mut reader, 2);
    click(screen, &mut reader, "toggle-button", "1-1 異常等の検知");
    reader.see("heading", "異常等の検知");
    click(
        screen,
        &mut reader,
        "push-button",
        "完了して次へ Ctrl+Enter",
    );
    saved(&mut reader, 3);
    type_note(screen, &mut reader, "called the ward");
    saved(&mut reader, 4);
    first.kill();
    // Else the keyboard might be put into the window that is just going away.
    wait_for("the end of the first window", || {
        windows(screen).is_none().then_some(())
    });

    // What was on the disk is there, and the first thing offered is to go on.
    let folder = shodo::session::folders(data.path()).remove(0);
    let name = folder.to_str().unwrap();
    let before = show(data.path(), name, &[]);
    assert_eq!(before["head"]["count"], 4, "{before:#}");
    let journal = std::fs::read_to_string(folder.join("journal.ron")).unwrap();
    for written in [
        "StepCompleted(node: \"1-4\"",
        "StepCompleted(node: \"1-1\"",
        "NoteAdded(text: \"called the ward\"",
    ] {
        assert_eq!(journal.matches(written).count(), 1, "{written}\n{journal}");
    }
    let mut second = start("second");
    click(screen, &mut reader, "push-button", "件名なし");
    saved(&mut reader, 4);
    type_note(screen, &mut reader, "after the crash");
    saved(&mut reader, 5);
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
    on_broken_opengl_under(&[env!("CARGO_BIN_EXE_shodo")], data, more)
}

/// The same, with another program around it.
fn on_broken_opengl_under(
    program: &[&str],
    data: &Path,
    more: &[(&str, &str)],
) -> std::process::Output {
    let screen = Screen::open_with(&["-extension", "GLX"]);
    let mut command = Command::new(program[0]);
    command
        .args(&program[1..])
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

/// Checks that it is told in both languages that no window opens; gives all that is told.
fn no_window_is_told(output: &std::process::Output) -> String {
    let why = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{why}");
    assert!(
        why.contains("画面を開けません") && why.contains("cannot be opened"),
        "{why}"
    );
    why
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

/// Makes a library of this name from C, in a folder of its own.
fn library(folder: &Path, name: &str, code: &str) {
    let source = folder.join("library.c");
    std::fs::write(&source, code).unwrap();
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(folder.join(name))
        .arg(&source)
        .status()
        .expect("a C compiler is installed, as Rust needs one");
    assert!(made.success());
}

/// A library that ends the process as soon as it is loaded.
const CRASHES: &str =
    "#include <stdlib.h>\n__attribute__((constructor)) static void crash(void) { abort(); }\n";

#[test]
fn where_a_driver_crashes_the_next_starts_open_the_window_with_the_other_renderer() {
    let libraries = tempfile::tempdir().unwrap();
    for name in ["libGL.so.1", "libGLX.so.0", "libEGL.so.1"] {
        library(libraries.path(), name, CRASHES);
    }
    let temporary = tempfile::tempdir().unwrap();
    let broken = [
        ("LD_LIBRARY_PATH", libraries.path().to_str().unwrap()),
        ("TMPDIR", temporary.path().to_str().unwrap()),
    ];
    let data = tempfile::tempdir().unwrap();
    let none_yet = data.path().join("none yet");
    for data in [data.path(), &none_yet] {
        let output = on_broken_opengl(data, &broken);
        assert_eq!(output.status.code(), None, "{}", text(&output.stderr));
        for _start in 0..2 {
            let output = on_broken_opengl(data, &broken);
            let why = text(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{why}");
        }
    }
    // Also where the disk is so slow that the crash comes before a sync ends.
    let slow = tempfile::tempdir().unwrap();
    let under = [
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync",
        ],
        &["-e", "inject=fsync:delay_enter=2000000"][..],
        &[env!("CARGO_BIN_EXE_shodo")],
    ]
    .concat();
    let afresh = [broken[0], ("TMPDIR", slow.path().to_str().unwrap())];
    let output = on_broken_opengl_under(&under, slow.path(), &afresh);
    assert_ne!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let marker = slow.path().join("renderer.starting");
    assert_eq!(std::fs::read_to_string(marker).unwrap(), "glow");
    // Both crash: told at the start after them, and tried again at the one after that.
    let marker = data.path().join("renderer.starting");
    std::fs::write(&marker, "glow wgpu").unwrap();
    let output = on_broken_opengl(data.path(), &[]);
    no_window_is_told(&output);
    let output = on_broken_opengl(data.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

/// A library that says that it was loaded, and never comes back.
const HANGS: &str = r#"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
__attribute__((constructor)) static void hang(void) {
  fclose(fopen(getenv("HANGS"), "w"));
  for (;;) pause();
}
"#;

#[test]
fn where_a_driver_hangs_and_is_ended_the_next_start_opens_the_window_with_the_other_renderer() {
    let libraries = tempfile::tempdir().unwrap();
    for name in ["libGL.so.1", "libGLX.so.0", "libEGL.so.1"] {
        library(libraries.path(), name, HANGS);
    }
    let data = tempfile::tempdir().unwrap();
    let sign = data.path().join("hangs");
    let broken = [
        ("LD_LIBRARY_PATH", libraries.path().to_str().unwrap()),
        ("HANGS", sign.to_str().unwrap()),
    ];
    // As somebody would who waits in vain.
    let ended = "\"$0\" \"$@\" & until [ -e \"$HANGS\" ]; do sleep 0.1; done; kill -9 $!; wait $!";
    let ended = [
        "timeout",
        "60",
        "sh",
        "-c",
        ended,
        env!("CARGO_BIN_EXE_shodo"),
    ];
    let output = on_broken_opengl_under(&ended, data.path(), &broken);
    assert_eq!(output.status.code(), Some(137), "{}", text(&output.stderr));
    let output = on_broken_opengl(data.path(), &broken);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

/// An EGL that starts and has no configuration to offer, which makes eframe panic.
const OFFERS_NOTHING: &str = r#"
void *eglGetDisplay(void *native) { return (void *)1; }
unsigned eglInitialize(void *d, int *major, int *minor) { *major = 1; *minor = 4; return 1; }
unsigned eglTerminate(void *d) { return 1; }
const char *eglQueryString(void *d, int name) { return ""; }
unsigned eglGetConfigs(void *d, void *c, int size, int *n) { *n = 0; return 1; }
unsigned eglChooseConfig(void *d, const int *a, void *c, int size, int *n) { *n = 0; return 1; }
unsigned eglBindAPI(unsigned api) { return 1; }
int eglGetError(void) { return 0x3000; }
void *eglGetProcAddress(const char *name) { return 0; }
"#;

#[test]
fn where_a_renderer_panics_the_program_starts_again_with_the_other() {
    let libraries = tempfile::tempdir().unwrap();
    library(libraries.path(), "libEGL.so.1", OFFERS_NOTHING);
    let broken = [("LD_LIBRARY_PATH", libraries.path().to_str().unwrap())];
    let data = tempfile::tempdir().unwrap();
    let output = on_broken_opengl(data.path(), &broken);
    let (told, why) = (text(&output.stdout), text(&output.stderr));
    assert!(why.contains("panicked"), "{why}");
    assert_eq!(output.status.code(), Some(0), "{why}");
    assert!(told.trim().parse::<f64>().is_ok(), "{told}");

    // What the second dies of is told by the first, which is still there.
    library(libraries.path(), "libvulkan.so.1", CRASHES);
    let output = on_broken_opengl(data.path(), &broken);
    let why = no_window_is_told(&output);
    assert_eq!(why.matches("wgpu: signal: 6").count(), 2, "{why}");
}

#[test]
fn where_no_renderer_works_the_command_line_is_named_in_both_languages() {
    let data = tempfile::tempdir().unwrap();
    let broken = [
        ("VK_ICD_FILENAMES", "/nowhere"),
        ("VK_DRIVER_FILES", "/nowhere"),
    ];
    let output = on_broken_opengl(data.path(), &broken);
    let why = no_window_is_told(&output);
    assert_eq!(why.matches("shodo log").count(), 2, "{why}");
}
