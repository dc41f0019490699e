//! The incident.
mod event;
pub use event::*;
