//! Parts that several screens draw: text that breaks as Japanese does, cards that can be
//! pressed, pills, fields that type into the drafts.
//!
//! Widgets know the look and the drafts and nothing of incidents; each sets its name and role.

mod fields;
mod long_list;
mod paragraph;
mod parts;

pub(super) use fields::*;
pub(super) use long_list::LongList;
pub(super) use paragraph::{Paragraph, break_lines};
pub(super) use parts::*;
