//! A fault of the program, under the real program: what it leaves, and what goes on.
//!
//! The fault is the system's clock that fails once, which no machine does: a library that is put
//! before the system's makes it so, when a file is there. The program knows nothing of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::text;
#[cfg(feature = "window")]
use crate::support::{reader::Desktop, run, show, wait_for};

/// A clock that fails once, for the program's own first thread, when the file is there.
const FALLS: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t id, struct timespec *into) {
  const char *sign = getenv("FALLS");
  Dl_info from;
  if (sign && syscall(SYS_gettid) == getpid() && access(sign, F_OK) == 0
      && dladdr(__builtin_return_address(0), &from) && strstr(from.dli_fname, "/shodo")) {
    unlink(sign);
    errno = EINVAL;
    return -1;
  }
  return (int)syscall(SYS_clock_gettime, id, into);
}
"#;

/// Makes the library in a folder.
fn library(folder: &Path) -> PathBuf {
    let (source, made) = (folder.join("falls.c"), folder.join("libfalls.so"));
    std::fs::write(&source, FALLS).unwrap();
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&made, &source])
        .arg("-ldl")
        .status()
        .expect("a C compiler is installed, as Rust needs one");
    assert!(compiled.success());
    made
}

/// Gives the traces in a folder.
fn traces(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_trace = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("crash-") && name.ends_with(".txt")
    };
    let paths = files.map(|file| file.path()).filter(is_trace);
    paths
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn a_command_that_falls_over_leaves_a_trace_and_says_where_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let (library, sign) = (library(folder.path()), folder.path().join("now"));
    std::fs::write(&sign, "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_shodo"))
        .args(["flow", "check"])
        .env("LD_PRELOAD", &library)
        .env("FALLS", &sign)
        .env("TMPDIR", folder.path())
        .output()
        .unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    let traces = traces(&folder.path().join("shodo-crashes"));
    assert_eq!(traces.len(), 1, "{told}");
    assert!(
        told.contains("プログラムの不具合") && told.contains("fault of the program"),
        "{told}"
    );
    for part in ["program: shodo 0.", "place: /", ".rs:", "thread: main"] {
        assert!(traces[0].contains(part), "{part}: {}", traces[0]);
    }
}

#[cfg(feature = "window")]
#[test]
fn a_window_that_falls_over_leaves_a_trace_without_texts_and_the_plain_log_opens_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let aside = tempfile::tempdir().unwrap();
    let (library, sign) = (library(aside.path()), aside.path().join("now"));
    let trace = aside.path().join("trace");
    let desktop = Desktop::open();
    let set = [
        format!("LD_PRELOAD={}", library.display()),
        format!("FALLS={}", sign.display()),
        format!("TMPDIR={}", aside.path().display()),
    ];
    let mut strace = vec!["--seccomp-bpf", "-e", "trace=execve"];
    for set in &set {
        strace.extend(["-E", set]);
    }
    let mut program = desktop.program(data.path(), &trace, &strace);
    let mut reader = desktop.reader();
    reader.press("push-button", "職員から連絡があった");
    reader.see("label", "（1件）");
    reader.write("記録の内容", "秘密の一行目");
    reader.press("push-button", "記録する");
    reader.see("label", "（2件）");
    reader.write("記録の内容", "送っていない文");
    std::fs::write(&sign, "").unwrap();

    // The program starts again by itself, says so, and something can be written at once.
    let told = reader.see("label", "プログラムの不具合で、前の画面が止まりました");
    assert!(!sign.exists(), "it fell over as the test wanted");
    reader.see("heading", "簡易記録");
    let traces = wait_for("the trace", || {
        Some(traces(data.path())).filter(|of| !of.is_empty())
    });
    assert_eq!(traces.len(), 1);
    let trace = &traces[0];
    assert!(told.contains("crash-"), "{told}");
    for part in [
        "program: shodo 0.",
        "place: /",
        "last to be recorded: Note",
        "shodo",
    ] {
        assert!(trace.contains(part), "{part}: {trace}");
    }
    for text in ["秘密", "送って", "Invalid argument", "職員"] {
        assert!(!trace.contains(text), "{text}: {trace}");
    }
    // Nothing is lost: what was saved, and what was typed.
    reader.press("toggle-button", "ホーム");
    let name = reader.see("push-button", "件名なし");
    reader.press("push-button", &name);
    reader.see("label", "（2件）");
    reader.see("label", "送っていない文が 1 件残っています");
    let folder = shodo::session::folders(data.path()).remove(0);
    let folder = folder.to_str().unwrap();
    assert_eq!(show(data.path(), folder, &[])["head"]["count"], 2);
    assert!(
        run(data.path(), &["journal", "verify", folder], b"")
            .status
            .success()
    );
    // It was told, and is not told again.
    assert!(!data.path().join("crash.untold").exists());
    desktop.screen.key("alt+F4");
    program.kill();
}
