//! The power goes while an incident is made: what the answer names is there, else nothing is in
//! the way.
//!
//! The system calls of the real program are read from strace and gone through on a disk that
//! forgets: a name is sure to stay only once its folder was synced, a file's bytes only once the
//! file was. After each call the power goes, and what may be left is laid into a real folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use shodo::session;

use super::forgetting::Random;
use super::refusing::{SMALL, reopened, small_in};
use crate::support::text;

/// How often the power goes after each call.
const LOSSES: u64 = 20;

/// What the program asked of the disk.
#[derive(Debug)]
enum Call {
    Folder(PathBuf),
    File(PathBuf),
    Write(PathBuf, Vec<u8>),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Sync(PathBuf),
    Answer,
}

/// Gives the bytes of `\x41\x42`.
fn bytes(hex: &str) -> Vec<u8> {
    let codes = hex.split("\\x").skip(1);
    codes.map(|c| u8::from_str_radix(c, 16).unwrap()).collect()
}

fn path(hex: &str) -> PathBuf {
    String::from_utf8(bytes(hex)).unwrap().into()
}

/// Gives the lines of `strace -f` without the number of the thread, each call where it ended.
fn whole_calls(trace: &str) -> Vec<String> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut whole = Vec::new();
    for line in trace.lines() {
        let (thread, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start);
        } else if let Some((_, end)) = call.split_once(" resumed>") {
            whole.push(format!("{}{end}", begun.remove(thread).unwrap()));
        } else {
            whole.push(call.to_owned());
        }
    }
    whole
}

/// Reads a call of `strace -y -xx`; nothing for one that failed or only looked.
fn call(call: &str) -> Option<Call> {
    let (name, rest) = call.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let quoted: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
    let opened = || path(arguments.split(['<', '>']).nth(1).unwrap());
    if result.starts_with('-') {
        return None;
    }
    match name {
        "mkdir" => Some(Call::Folder(path(quoted[0]))),
        "openat" => arguments
            .contains("O_CREAT")
            .then(|| Call::File(path(quoted[0]))),
        "write" if arguments.starts_with("1<") => Some(Call::Answer),
        "write" => Some(Call::Write(opened(), bytes(quoted[0]))),
        "rename" => Some(Call::Rename(path(quoted[0]), path(quoted[1]))),
        "unlink" => Some(Call::Remove(path(quoted[0]))),
        "fsync" | "fdatasync" => Some(Call::Sync(opened())),
        other => panic!("{other}: not thought of: {call}"),
    }
}

/// What a name leads to.
#[derive(Debug, Clone, Copy)]
enum Node {
    Folder,
    File(usize),
}

/// A disk of which only what was synced is sure.
#[derive(Debug, Default)]
struct Disk {
    /// For each name what it has led to since its folder was synced, the latest last.
    names: BTreeMap<PathBuf, Vec<Option<Node>>>,
    /// The bytes of each file, and whether they are sure.
    files: Vec<(Vec<u8>, bool)>,
}

impl Disk {
    fn now(&self, path: &Path) -> Option<Node> {
        self.names.get(path)?.last().copied().flatten()
    }

    fn becomes(&mut self, path: &Path, node: Option<Node>) {
        let was = self.names.entry(path.to_owned());
        was.or_insert_with(|| vec![None]).push(node);
    }

    fn file(&mut self, path: &Path) -> &mut (Vec<u8>, bool) {
        match self.now(path) {
            Some(Node::File(at)) => &mut self.files[at],
            other => panic!("{path:?}: {other:?}"),
        }
    }

    fn make(&mut self, call: &Call, syncs_folders: bool) {
        match call {
            Call::Folder(path) => self.becomes(path, Some(Node::Folder)),
            Call::File(path) => {
                assert!(self.now(path).is_none(), "{path:?} was there");
                self.becomes(path, Some(Node::File(self.files.len())));
                self.files.push((Vec::new(), true));
            }
            Call::Write(path, bytes) => {
                let file = self.file(path);
                file.0.extend(bytes);
                file.1 = false;
            }
            Call::Rename(from, to) => {
                let node = self.now(from);
                self.becomes(from, None);
                self.becomes(to, node);
            }
            Call::Remove(path) => self.becomes(path, None),
            Call::Sync(path) => {
                if let Some(Node::File(at)) = self.now(path) {
                    self.files[at].1 = true;
                } else if syncs_folders {
                    for (name, was) in &mut self.names {
                        if name.parent() == Some(path) {
                            was.drain(..was.len() - 1);
                        }
                    }
                }
            }
            Call::Answer => {}
        }
    }

    /// Lays what a loss of power may leave into a folder, in place of the one it was made in.
    fn left(&self, from: &Path, into: &Path, random: &mut Random) {
        let mut folders: BTreeSet<&Path> = [from].into();
        for (path, was) in &self.names {
            let node = was[random.below(was.len())];
            let (Some(node), true) = (node, folders.contains(path.parent().unwrap())) else {
                continue;
            };
            let to = into.join(path.strip_prefix(from).unwrap());
            match node {
                Node::Folder => {
                    fs::create_dir(to).unwrap();
                    folders.insert(path);
                }
                Node::File(at) => {
                    let (bytes, is_sure) = &self.files[at];
                    let left = match random.below(4) {
                        _ if *is_sure => bytes.clone(),
                        0 => Vec::new(),
                        1 => vec![0; bytes.len()],
                        2 => bytes[..random.below(bytes.len() + 1)].to_vec(),
                        _ => bytes.clone(),
                    };
                    fs::write(to, left).unwrap();
                }
            }
        }
    }
}

/// Makes an incident under strace; gives what was asked of the disk, up to the answer.
fn calls(data: &Path, trace: &Path) -> Vec<Call> {
    let output = Command::new("strace")
        .args(["-f", "-y", "-xx", "-s", "1000000", "-o"])
        .arg(trace)
        .args([
            "-e",
            "trace=%file,write,pwrite64,writev,fsync,fdatasync,ftruncate",
        ])
        .arg(env!("CARGO_BIN_EXE_shodo"))
        .args(["--lang", "en", "--data"])
        .arg(data)
        .args(["incident", "new", "--flow", SMALL])
        .output()
        .expect("strace is installed; this check cannot be left out");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let trace = fs::read_to_string(trace).unwrap();
    let hex = |path: &Path| -> String {
        let bytes = path.to_str().unwrap().bytes();
        bytes.map(|byte| format!("\\x{byte:02x}")).collect()
    };
    let ours = ["(1<".to_owned(), hex(data.parent().unwrap())];
    let looks = ["stat", "access", "readlink", "execve", "getcwd", "chdir"];
    let whole = whole_calls(&trace);
    let ours_only = whole.iter().filter(|line| {
        ours.iter().any(|part| line.contains(part)) && !looks.iter().any(|look| line.contains(look))
    });
    let mut calls: Vec<Call> = ours_only.filter_map(|line| call(line)).collect();
    let answer = calls.iter().position(|call| matches!(call, Call::Answer));
    calls.truncate(answer.unwrap() + 1);
    calls
}

#[test]
fn whichever_system_call_fails_while_an_incident_is_made_it_is_whole_or_not_there() {
    let (mut runs, mut told) = (0, 0);
    for error in ["ENOSPC", "EROFS", "EIO"] {
        for call in ["mkdir", "write", "fsync", "rename"] {
            for n in 1.. {
                let temp = tempfile::tempdir().unwrap();
                let (data, trace) = (temp.path().join("data"), temp.path().join("trace"));
                let output = Command::new("strace")
                    .args(["-f", "-qq", "-o"])
                    .arg(&trace)
                    .args(["-e", &format!("inject={call}:error={error}:when={n}")])
                    .arg(env!("CARGO_BIN_EXE_shodo"))
                    .args(["--lang", "en", "--data"])
                    .arg(&data)
                    .args(["incident", "new", "--flow", SMALL])
                    .output()
                    .expect("strace is installed; this check cannot be left out");
                runs += 1;
                let is_hit = fs::read_to_string(&trace).unwrap().contains("(INJECTED)");
                let found = session::folders(&data);
                let what = format!("{call} {n} {error}: {}", text(&output.stderr));
                for folder in &found {
                    let session = reopened(folder);
                    assert_eq!(session.incident().entries().len(), 1, "{what}");
                    assert!(
                        session.can_write() && session.flow_fault().is_none(),
                        "{what}"
                    );
                }
                match output.status.code() {
                    Some(0) => assert_eq!(found.len(), 1, "{what}"),
                    Some(2) => {
                        assert!(!output.stderr.is_empty(), "{what}");
                        told += 1;
                    }
                    other => panic!("{what}: {other:?}"),
                }
                // Whatever is left is in nobody's way.
                reopened(&small_in(&data));
                if !is_hit {
                    assert!(n > 1, "{call}: none was found");
                    break;
                }
            }
        }
    }
    println!("{runs} runs, {told} told that it could not be made");
    assert!(told > 20, "{told}");
}

/// What the losses left.
#[derive(Debug, Default)]
struct Met {
    nothing: u32,
    parts: u32,
    whole: u32,
}

/// Loses power after each call; gives what was left, or what was wrong.
fn lose_power_while_making(calls: &[Call], from: &Path, syncs: bool) -> Result<Met, String> {
    let mut met = Met::default();
    let mut random = Random(14);
    let mut disk = Disk::default();
    for (at, call) in calls.iter().enumerate() {
        disk.make(call, syncs);
        for loss in 0..LOSSES {
            let temp = tempfile::tempdir().unwrap();
            disk.left(from, temp.path(), &mut random);
            let data = temp.path().join("data");
            let found = session::folders(&data);
            if found.is_empty() && matches!(call, Call::Answer) {
                return Err(format!("answered and gone: call {at}, loss {loss}"));
            }
            for folder in &found {
                let session = reopened(folder);
                let count = session.incident().entries().len();
                if count != 1 || !session.can_write() || session.flow_fault().is_some() {
                    return Err(format!(
                        "not whole: call {at}, loss {loss}: {count} entries"
                    ));
                }
            }
            match (found.is_empty(), data.exists()) {
                (true, false) => met.nothing += 1,
                (true, true) => met.parts += 1,
                (false, _) => met.whole += 1,
            }
            // Whatever is left is in nobody's way.
            let next = small_in(&data);
            assert_eq!(reopened(&next).incident().entries().len(), 1);
            assert_eq!(session::folders(&data).len(), found.len() + 1);
        }
    }
    Ok(met)
}

#[test]
fn when_the_power_goes_while_an_incident_is_made_what_was_answered_is_there_whole() {
    let temp = tempfile::tempdir().unwrap();
    let data = temp.path().join("data");
    let traced = tempfile::tempdir().unwrap();
    let calls = calls(&data, &traced.path().join("trace"));
    let met = lose_power_while_making(&calls, temp.path(), true).unwrap();
    println!("power lost after each of {} calls: {met:?}", calls.len());
    assert!(met.nothing > 0 && met.parts > 0 && met.whole > 0, "{met:?}");
    // Where syncing a folder did nothing, it would be found out.
    let fault = lose_power_while_making(&calls, temp.path(), false);
    assert!(fault.is_err(), "{fault:?}");
}
