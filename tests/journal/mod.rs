//! The journal: what it promises, on memory and on a real folder.

mod faults;
mod folder;
mod paper;
mod sample;
mod threads;
