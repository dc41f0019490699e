//! The window: screens that read the state and say what the person wants.
//!
//! [`App`] owns the state; a screen draws it and gives back intents, which are carried out
//! before the next pass. Nothing here writes to the disk: the session does, and the settings.
//!
//! **Invariant:** a drawing function changes nothing but view state and drafts.

mod app;
mod banner;
mod command;
mod cx;
mod desk;
mod dialogs;
mod drafts;
mod frame;
pub mod icons;
mod ime;
mod listing;
mod log_rows;
mod look;
mod notices;
mod palette;
mod placing;
mod plain_keeper;
mod presses;
mod reading;
mod row_heights;
mod screens;
pub mod theme;
mod times;
mod top;
mod unsent;
mod widgets;
mod window;
mod worker;

use std::path::PathBuf;

use crate::clock::Clock;
use crate::flow::Language;

pub use app::App;
pub use command::{TABLE as COMMANDS, UiCommand};
pub use window::{Opened, Opening, Renderer, Starting, WindowError, run, run_empty};

/// What the window starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The data folder.
    pub data: PathBuf,
    /// The language, where the command line names one; it wins over the settings.
    pub language: Option<Language>,
    /// The system's language, for when neither the command line nor the settings name one.
    pub system: Language,
    /// The folders in which a plain log is tried, in their order.
    pub plain_logs: Vec<PathBuf>,
    /// The source of the present moment.
    pub clock: Clock,
}
