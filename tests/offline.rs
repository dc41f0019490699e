//! No internet socket is made in a run; watched by the system itself.

use std::process::Command;

use crate::support::start;

/// Runs the program under strace and gives its network calls; a machine without strace fails.
pub fn sockets_of(arguments: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let commands = folder.path().join("input");
    std::fs::write(&commands, input).unwrap();
    let status = Command::new("strace")
        .args(["-f", "-e", "trace=network", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(arguments)
        .stdin(std::fs::File::open(&commands).unwrap())
        .output()
        .expect("strace is installed; this check cannot be left out");
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
    let text = std::fs::read_to_string(&trace).unwrap();
    assert!(
        text.contains("exited with"),
        "strace saw the program: {text}"
    );
    text
}

#[test]
fn the_command_line_makes_no_socket_at_all() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    for arguments in [
        vec!["flow", "check"],
        vec!["incident", "do", &folder],
        vec!["incident", "show", &folder],
        vec!["journal", "verify", &folder],
    ] {
        let calls = sockets_of(&arguments, "done 1-1\nnote x\n");
        assert!(!calls.contains("socket("), "{arguments:?}: {calls}");
    }
}
