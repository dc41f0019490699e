//! Parts that several screens draw: text that breaks as Japanese does, cards that can be
//! pressed, pills, labelled fields.
//!
//! Widgets know the look and nothing of incidents; each sets its name and role.

mod paragraph;
mod parts;

pub use paragraph::{Paragraph, break_lines};
pub use parts::*;
