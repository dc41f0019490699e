//! The journal: what it promises, on memory and on a real folder.

mod changed;
mod faults;
mod folder;
mod forgetting;
mod killed;
mod made;
mod mirrored;
mod paper;
mod refusing;
mod sample;
mod threads;

/// Gives how often a loop runs: often enough in every run, more where the environment says so.
fn count(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}
