//! Shodo (初動) walks a hospital through the first response to a failure of its systems.
//!
//! The core (`flow`, `incident`) holds values and functions only: no disk, no clock, no
//! window. The shell (`journal`, `session`, `cli`, `ui`) brings them to the disk and to people.
//! `ARCHITECTURE.md` is the map.

pub mod text;

pub mod flow;
pub mod incident;
pub mod words;

pub mod telling;

pub mod breaking;
pub mod chart;
pub mod font;

pub mod clock;
pub mod crash;
pub mod files;
pub mod journal;
pub mod settings;

pub mod plain_log;
pub mod session;

pub mod cli;
#[cfg(feature = "window")]
pub mod ui;

/// The program and its version, as journals name it.
pub const PROGRAM: &str = concat!("shodo ", env!("CARGO_PKG_VERSION"));
