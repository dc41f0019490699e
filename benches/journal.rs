//! The journal: an acknowledged append, and opening and replaying a long record.
//!
//! `cargo bench --no-default-features --bench journal`; the folder of `SHODO_BENCH_DISK`, or that
//! of the build, should lie on a real disk.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::exit,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a bench measures, prints and may fall over"
)]

mod record;
mod support;

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ron::extensions::Extensions;
use shodo::clock::Clock;
use shodo::flow::{Flow, SHIPPED};
use shodo::incident::{Act, Command as Asked, Entry, Note, Opening};
use shodo::session::{Outcome, Session};
use support::{Figure, by_turns, median, ms, report};

/// Entries of the long record.
const LONG: u64 = 100_000;
/// Appends that are measured, each alone.
const APPENDS: usize = 1000;
/// Rounds of appends that are measured together.
const ROUNDS: usize = 40;
/// Appends in such a round.
const TOGETHER: usize = 25;

/// Set for the child that only opens, so that its memory is measured alone.
const ONLY_OPEN: &str = "SHODO_BENCH_ONLY_OPEN";

fn main() {
    if let Some(folder) = std::env::var_os(ONLY_OPEN) {
        let session = open(Path::new(&folder));
        println!("{} {}", session.incident().entries().len(), peak_kib());
        return;
    }
    let disk = std::env::var_os("SHODO_BENCH_DISK")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let temp = tempfile::tempdir_in(disk).unwrap();
    let mut figures = appends(temp.path());
    figures.extend(opening(temp.path()));
    report("journal", &figures);
}

fn new_incident(data: &Path) -> Session {
    let flow = Arc::new(Flow::read(SHIPPED[0].text).unwrap());
    let opening = Opening {
        door: "saw".to_owned(),
        program: "bench".to_owned(),
        ..Opening::default()
    };
    Session::create(data, opening, flow, Clock::System, Box::new(|| {})).unwrap()
}

fn open(folder: &Path) -> Session {
    Session::open(folder, Clock::System, Box::new(|| {})).unwrap()
}

fn note(number: u64) -> Asked {
    let note = Note {
        text: format!("{number} 3階東病棟より電話。紙の運用に切り替えた"),
        from: Some("3階東病棟".to_owned()),
        ..Note::default()
    };
    Act::Note(note).into()
}

/// An append through session and writer thread beside a bare write and fdatasync of its bytes.
fn appends(temp: &Path) -> Vec<Figure> {
    let mut session = new_incident(&temp.join("appends"));
    let journal = session.folder().join("journal.ron");
    let mut bare = File::create(temp.join("bare")).unwrap();
    // As long as the journal, and grown as it grows.
    bare.write_all(&std::fs::read(&journal).unwrap()).unwrap();
    bare.sync_data().unwrap();
    let before = journal.metadata().unwrap().len();
    session.submit(note(0));
    session.settle();
    let line = usize::try_from(journal.metadata().unwrap().len() - before).unwrap();
    let bytes = vec![b'x'; line];
    let mut number = 0;
    let rounds = by_turns(
        APPENDS,
        [
            &mut || {
                number += 1;
                session.submit(note(number));
                assert!(matches!(session.settle()[..], [Outcome::Saved(_)]));
            },
            &mut || {
                bare.write_all(&bytes).unwrap();
                bare.sync_data().unwrap();
            },
        ],
    );
    println!(
        "append: {:.3} ms, bare write + fdatasync: {:.3} ms ({line} bytes)",
        median(rounds.iter().map(|[ours, _]| ms(*ours))),
        median(rounds.iter().map(|[_, bare]| ms(*bare))),
    );
    let ours = median(rounds.iter().map(|[ours, _]| ms(*ours)));
    let bare = median(rounds.iter().map(|[_, bare]| ms(*bare)));
    vec![Figure {
        name: "acknowledged append, by write + fdatasync",
        limit: 1.2,
        value: ours / bare,
        unit: "times",
    }]
}

/// Opening to write, with replay, beside parsing the same lines.
fn opening(temp: &Path) -> Vec<Figure> {
    let folder = record::written(&temp.join("long"), LONG);
    let text = std::fs::read_to_string(folder.join("journal.ron")).unwrap();
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_NEWTYPES)
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_recursion_limit(64);
    let rounds = by_turns(
        7,
        [
            &mut || assert_eq!(open(&folder).incident().entries().len() as u64, LONG),
            &mut || {
                let entries: Vec<Entry> = text
                    .lines()
                    .map(|line| options.from_str(&line[65..]).unwrap())
                    .collect();
                assert_eq!(entries.len() as u64, LONG);
            },
        ],
    );
    let ours = median(rounds.iter().map(|[ours, _]| ms(*ours)));
    let parsing = median(rounds.iter().map(|[_, parsing]| ms(*parsing)));
    println!(
        "{LONG} entries, {} bytes: opening {ours:.0} ms, parsing {parsing:.0} ms",
        text.len()
    );
    let peak = median((0..3).map(|_| {
        let output = Command::new(std::env::current_exe().unwrap())
            .env(ONLY_OPEN, &folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        said.trim().rsplit(' ').next().unwrap().parse().unwrap()
    }));
    println!("peak memory of a process that opens it: {peak:.0} KiB");
    vec![
        Figure {
            name: "opening 100,000 entries, by parsing them",
            limit: 1.5,
            value: ours / parsing,
            unit: "times",
        },
        Figure {
            name: "peak memory, by the file",
            limit: 4.0,
            value: peak * 1024.0 / text.len() as f64,
            unit: "times",
        },
        late_append(&folder, temp),
    ]
}

/// A command in the long record beside one in a short one: an entry's cost does not grow.
///
/// Held in the processor's time of the whole process: the rest is the disk's, whose syncs take
/// ten times as long at one moment as at the next.
fn late_append(folder: &Path, temp: &Path) -> Figure {
    let mut sessions = [open(folder), new_incident(&temp.join("short"))];
    let mut processor = [Vec::new(), Vec::new()];
    let mut works: Vec<_> = sessions
        .iter_mut()
        .zip(&mut processor)
        .map(|(session, processor)| {
            || {
                let before = processor_ms();
                for number in 0..TOGETHER as u64 {
                    session.submit(note(number));
                    assert!(matches!(session.settle()[..], [Outcome::Saved(_)]));
                }
                processor.push(processor_ms() - before);
            }
        })
        .collect();
    let [long, short] = &mut works[..] else {
        panic!("two sessions")
    };
    let rounds = by_turns(ROUNDS, [long, short]);
    drop(works);
    let each = |sum: f64| sum / TOGETHER as f64;
    let time = [0, 1].map(|at| each(median(rounds.iter().map(|round| ms(round[at])))));
    let processor = processor.map(|times| each(median(times.into_iter())));
    println!(
        "append to {LONG} entries: {:.3} ms, processor {:.3} ms; to a few: {:.3} ms, {:.3} ms",
        time[0], processor[0], time[1], processor[1]
    );
    Figure {
        name: "append to 100,000 entries, by one to a few",
        limit: 1.2,
        value: processor[0] / processor[1],
        unit: "times",
    }
}

/// How long all threads of this process have run, in milliseconds.
fn processor_ms() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let nanoseconds = tasks.map(|task| {
        let path = task.unwrap().path().join("schedstat");
        let text = std::fs::read_to_string(path).unwrap();
        text.split(' ').next().unwrap().parse::<f64>().unwrap()
    });
    nanoseconds.sum::<f64>() / 1e6
}

/// The most memory that this process has held, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let digits: String = line.unwrap().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
