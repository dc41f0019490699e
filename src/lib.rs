//! Shodo (初動) walks a hospital through the first response to a failure of its systems.
//!
//! The core (`flow`, `incident`) holds values and functions only: no disk, no clock, no
//! window. The shell (`journal`, `session`, `cli`, `ui`) brings them to the disk and to people.

pub mod flow;
pub mod incident;
pub mod words;
#[cfg(feature = "window")]
pub mod ui;
