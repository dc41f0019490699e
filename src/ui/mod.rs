//! The window: screens that read the state and say what the person wants.
//!
//! [`App`] owns the state; a screen draws it and gives back intents, which are carried out
//! before the next pass. Nothing here writes to the disk: the session does, and the settings.
//!
//! **Invariant:** a drawing function changes nothing but view state and drafts.

mod app;
mod command;
mod cx;
mod desk;
mod dialogs;
mod drafts;
mod frame;
pub mod icons;
mod ime;
mod log_rows;
mod look;
mod notices;
mod palette;
mod screens;
pub mod theme;
mod times;
mod top;
mod widgets;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};

use crate::clock::Clock;
use crate::flow::Language;

pub use app::App;
pub use command::{TABLE as COMMANDS, UiCommand};

/// What the window starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The data folder.
    pub data: PathBuf,
    /// The language, where the command line names one; it wins over the settings.
    pub language: Option<Language>,
    /// The system's language, for when neither the command line nor the settings name one.
    pub system: Language,
    /// The folder of an incident to open at once.
    pub open: Option<PathBuf>,
    /// The source of the present moment.
    pub clock: Clock,
}

/// The window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No renderer works here.
    #[error("the window cannot be opened; the command line still works (shodo --help)")]
    NoWindow(#[source] eframe::Error),
}

/// Opens the window and stays until it is closed.
pub fn run(start: Start) -> Result<(), WindowError> {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("shodo")
        .with_title("Shodo")
        .with_icon(Arc::new(egui::IconData::default()))
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 480.0]);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "shodo",
        options,
        Box::new(|cc| {
            let app = App::new(&cc.egui_ctx, start)?;
            if on_x11(cc) {
                cc.egui_ctx.with_plugin(ime::ImeGuard::keep_context);
            }
            Ok(Box::new(app))
        }),
    )
    .map_err(WindowError::NoWindow)
}

/// Whether the window is on X11, as winit chose.
fn on_x11(cc: &eframe::CreationContext<'_>) -> bool {
    cc.display_handle().is_ok_and(|display| {
        matches!(
            display.as_raw(),
            RawDisplayHandle::Xlib(_) | RawDisplayHandle::Xcb(_)
        )
    })
}
