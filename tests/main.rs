//! All integration tests in one binary; this file is their table of contents.

#![allow(
    clippy::allow_attributes,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "a test may fall over, that is how it fails; its folders are its own, and it tells what it has counted"
)]

/// Temporary folders, the program's binary, walks read from files.
mod support;

/// The real window, worked by an assistive technology that knows only roles and names.
#[cfg(feature = "window")]
mod accessible;
/// The flowchart: layout, formats, an incident on it.
mod charts;
/// The command line: exit codes, JSON, bad input.
mod cli;
/// A fault of the program: its trace, and what goes on.
#[cfg(target_os = "linux")]
mod crash;
/// Duties end by a report; what became of each step; reasons that are struck.
mod duties;
/// The shipped flow: its texts against the ministry's, its arcs; unsound flows and what is said of them.
mod flows;
/// A disk or a stick that does not answer, under the real program.
mod hanging;
/// Hostile files and lines under limits of memory and time.
#[cfg(target_os = "linux")]
mod hostile;
/// The journal: chain, tail, damage, faults, killed processes, the mirror folder, the verifier.
mod journal;
/// No internet socket in a run.
mod offline;
/// The chart on paper: pictures, pages for the wall.
mod paper;
/// Properties of random command sequences.
mod properties;
/// Missing reasons, and short words of ours beside the ministry's.
mod reasons;
/// What refusals advise.
mod refusals;
/// Where the rules of the flow had been read in two ways: the one that holds.
mod settled;
/// Texts as people type them: names, what shows nothing, what is too long.
mod texts;
/// The house: who may use whom, lengths of files, no network.
mod tidy;
/// The window, by role and name.
#[cfg(feature = "window")]
mod ui;
/// Undo and redo: what they give back, what is refused, how it is told.
mod undo;
/// The named walks, in the engine and through the program; every arc of the shipped flow.
mod walks;
/// The real window: worked, killed, resumed.
#[cfg(feature = "window")]
mod window;
/// The language files.
mod words;

#[test]
fn every_file_in_this_folder_is_listed_here() {
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir("tests").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|name| *name != "main") {
            assert!(
                listed.contains(&format!("\nmod {module};")),
                "{module} is not listed"
            );
        }
    }
}
