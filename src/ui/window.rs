//! Opening the window: with one renderer, and with the other where that one fails.
//!
//! A renderer that says no is followed by the other in the same process. One that panics leaves
//! the event loop unusable, so the program runs itself again with the other. A driver that
//! crashes or hangs cannot be caught: a marker lies in the data folder (before there is one, in
//! that for temporary files) from before the start until the first frame is shown. It names the
//! renderers that did not come off, and goes on naming them while another works; a start that
//! finds one begins with the other, and one that finds all of them says so and opens no window.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};

use super::ime::ImeGuard;
use super::placing::{self, Left};
use super::{App, Start};
use crate::clock::Stopwatch;
use crate::crash;
use crate::files;

/// The name of the marker in the data folder.
const MARKER: &str = "renderer.starting";

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, Metal, Direct3D.
    Wgpu,
}

impl Renderer {
    /// Those that are built in, the lighter one first.
    pub const ALL: &[Self] = if cfg!(feature = "wgpu") {
        &[Self::Glow, Self::Wgpu]
    } else {
        &[Self::Glow]
    };

    /// Gives the name as typed: `glow`, `wgpu`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }

    /// Finds a built-in renderer by its name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.id() == id)
    }
}

/// How the window is to be opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// The renderer that was asked for; no other is tried then.
    pub renderer: Option<Renderer>,
    /// Since when the program runs, where it is to close after the first frame and say how long that took.
    pub report: Option<Stopwatch>,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Opened {
    /// The window was closed; the milliseconds to its first frame, where they were asked for.
    Closed(Option<f64>),
    /// The renderer panicked; the program is to be run again with this one.
    Again(Renderer),
    /// The window panicked after it was shown, drawn by this renderer.
    Crashed(Renderer),
}

/// The window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No renderer works here.
    #[error("the window cannot be opened")]
    NoWindow(#[source] eframe::Error),
    /// The last renderer panicked.
    #[error("the window cannot be opened")]
    Panicked,
    /// The drivers of all renderers crashed or hung when they were last tried.
    #[error("the window cannot be opened")]
    AllCrashed,
}

/// What the window tells of its start.
#[derive(Debug)]
pub struct Starting {
    /// The marker, of which the renderer is taken once the first frame is shown.
    pub marker: PathBuf,
    /// What the marker says then: the renderers that did not come off.
    pub others: Vec<Renderer>,
    /// Since when the program runs, for a report.
    pub report: Option<Stopwatch>,
    /// The milliseconds to the first frame.
    pub millis: Rc<Cell<Option<f64>>>,
    /// What draws the window.
    pub renderer: Renderer,
    /// The trace of an earlier run that fell over.
    pub crashed: Option<PathBuf>,
    /// A frame was shown.
    pub is_shown: Rc<Cell<bool>>,
    /// Where the window is to stand as soon as it is shown.
    pub(super) place: Left,
}

/// Opens the window and stays until it is closed.
pub fn run(start: &Start, opening: Opening) -> Result<Opened, WindowError> {
    let data = start.data.clone();
    let found = files::in_time(move || {
        let (marker, hung) = take_over(&data);
        (marker, hung, crash::untold(&data), placing::read(&data))
    });
    let silent = || (early_marker(), Vec::new(), None, None);
    let (marker, hung, crashed, left) = found.unwrap_or_else(silent);
    let order = order(opening.renderer, &hung);
    if opening.renderer.is_none() && order.iter().all(|renderer| hung.contains(renderer)) {
        // The next start tries again: the driver may have been mended.
        files::remove(&marker).ok();
        return Err(WindowError::AllCrashed);
    }
    let mut failed = None;
    for (at, &renderer) in order.iter().enumerate() {
        let others: Vec<Renderer> = hung.iter().copied().filter(|of| *of != renderer).collect();
        mark(&marker, [others.as_slice(), &[renderer]].concat());
        let millis = Rc::new(Cell::new(None));
        let is_shown = Rc::new(Cell::new(false));
        let starting = Starting {
            marker: marker.clone(),
            others: others.clone(),
            report: opening.report,
            millis: millis.clone(),
            renderer,
            crashed: crashed.clone(),
            is_shown: is_shown.clone(),
            place: Left::default(),
        };
        let one = || run_with(start.clone(), renderer, starting, left);
        let result = catch_unwind(AssertUnwindSafe(one));
        let place = marker.clone();
        // A disk that does not answer does not keep the program from ending.
        files::in_time(move || note(&place, &others));
        match result {
            Ok(Ok(())) => return Ok(Opened::Closed(millis.get())),
            // The first reason is the one that helps; the second may only be its echo.
            Ok(Err(error)) => {
                failed.get_or_insert(error);
            }
            Err(_panic) if is_shown.get() => return Ok(Opened::Crashed(renderer)),
            Err(_panic) => {
                // A driver's; what follows tells of it, and nothing was lost by it.
                if let Some(trace) = crash::latest() {
                    files::in_time(move || crash::told(&trace));
                }
                let next = order.get(at + 1).copied();
                return next.map(Opened::Again).ok_or(WindowError::Panicked);
            }
        }
    }
    Err(failed.map_or(WindowError::Panicked, WindowError::NoWindow))
}

/// Gives the marker's place before there is a data folder, which is not made for it.
#[expect(
    clippy::disallowed_methods,
    reason = "a start that works takes it away again"
)]
fn early_marker() -> PathBuf {
    std::env::temp_dir().join(format!("shodo-{MARKER}"))
}

/// Gives the marker's place, and the renderers of starts that never showed a frame; what was
/// marked before there was a data folder goes over into it.
fn take_over(data: &Path) -> (PathBuf, Vec<Renderer>) {
    let early = early_marker();
    if !data.is_dir() {
        let hung = left_over(&early);
        return (early, hung);
    }
    let marker = data.join(MARKER);
    let mut hung = left_over(&marker);
    for renderer in left_over(&early) {
        if !hung.contains(&renderer) {
            hung.push(renderer);
        }
    }
    files::remove(&early).ok();
    (marker, hung)
}

/// Makes the marker name these renderers, or takes it away.
pub(super) fn note(marker: &Path, renderers: &[Renderer]) {
    let names: Vec<&str> = renderers.iter().map(|renderer| renderer.id()).collect();
    // Without the marker a crash is not noticed at the next start; that is all.
    if names.is_empty() {
        files::remove(marker).ok();
    } else {
        files::write_unsynced(marker, names.join(" ").as_bytes()).ok();
    }
}

/// Writes the marker before a driver is tried: at once, so that it outlasts a crash of the
/// process, and while the window is made for certain, as a driver can take the machine with it.
fn mark(marker: &Path, renderers: Vec<Renderer>) {
    let place = marker.to_owned();
    let is_written = files::in_time(move || note(&place, &renderers)).is_some();
    let place = marker.to_owned();
    if is_written {
        // Where there is no thread, or the marker has gone again, only that certainty is missing.
        files::begin(move || files::sync_file(&place).ok());
    }
}

/// Gives the renderers to be tried: the one that is asked for, else all of them, those that did
/// not come off at the end.
fn order(asked: Option<Renderer>, hung: &[Renderer]) -> Vec<Renderer> {
    if let Some(asked) = asked {
        return vec![asked];
    }
    let mut order = Renderer::ALL.to_vec();
    order.sort_by_key(|renderer| hung.contains(renderer));
    order
}

/// Gives the renderers of starts that never showed a frame.
fn left_over(marker: &Path) -> Vec<Renderer> {
    let bytes = files::read(marker, 64).unwrap_or_default();
    let names = String::from_utf8(bytes).unwrap_or_default();
    let mut found: Vec<Renderer> = names
        .split_whitespace()
        .filter_map(Renderer::named)
        .collect();
    found.dedup();
    found
}

fn run_with(
    start: Start,
    renderer: Renderer,
    starting: Starting,
    left: Option<Left>,
) -> Result<(), eframe::Error> {
    eframe::run_native(
        "shodo",
        options(renderer),
        Box::new(|cc| {
            let mut starting = starting;
            starting.place = placing::put(cc, left);
            let mut app = App::new(&cc.egui_ctx, start)?;
            app.starts(starting, left);
            if on_x11(cc) {
                cc.egui_ctx.with_plugin(ImeGuard::keep_context);
            }
            Ok(Box::new(app))
        }),
    )
}

fn options(renderer: Renderer) -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("shodo")
        .with_title("Shodo")
        .with_icon(Arc::new(egui::IconData::default()))
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 480.0]);
    eframe::NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            #[cfg(feature = "wgpu")]
            Renderer::Wgpu => eframe::Renderer::Wgpu,
            #[cfg(not(feature = "wgpu"))]
            Renderer::Wgpu => eframe::Renderer::Glow,
        },
        #[cfg(feature = "wgpu")]
        wgpu_options: without_opengl(),
        // A failed start must come back, so that the other renderer can be tried.
        run_and_return: true,
        // It hides steps in gradients, of which there are none.
        dithering: false,
        ..eframe::NativeOptions::default()
    }
}

/// Gives wgpu's options. OpenGL is what the other renderer draws with: a driver that crashes there
/// must not be loaded by this one as well.
#[cfg(feature = "wgpu")]
fn without_opengl() -> eframe::egui_wgpu::WgpuConfiguration {
    use eframe::egui_wgpu::{WgpuConfiguration, WgpuSetup, wgpu::Backends};
    let mut options = WgpuConfiguration::default();
    if let WgpuSetup::CreateNew(setup) = &mut options.wgpu_setup {
        setup.instance_descriptor.backends.remove(Backends::GL);
    }
    options
}

/// Tells whether a frame was presented; the first is followed by another that finds it so.
pub(super) fn is_presented(ctx: &egui::Context) -> bool {
    let presented = ctx.cumulative_frame_nr() > 0;
    if !presented {
        ctx.request_repaint();
    }
    presented
}

/// Opens a window with our fonts and nothing in it, and closes it after the first frame; gives
/// the milliseconds until that was presented. It is what our own start is measured against.
pub fn run_empty(renderer: Renderer, since: Stopwatch) -> Result<Option<f64>, WindowError> {
    let millis = Rc::new(Cell::new(None));
    let empty = Empty {
        since,
        millis: millis.clone(),
    };
    let made = eframe::run_native(
        "empty",
        options(renderer),
        Box::new(|cc| {
            cc.egui_ctx.set_fonts(super::theme::fonts());
            Ok(Box::new(empty))
        }),
    );
    made.map_err(WindowError::NoWindow)?;
    Ok(millis.get())
}

/// A window with nothing in it.
#[derive(Debug)]
struct Empty {
    since: Stopwatch,
    millis: Rc<Cell<Option<f64>>>,
}

impl eframe::App for Empty {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        if self.millis.get().is_none() && is_presented(ctx) {
            self.millis.set(Some(self.since.millis()));
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderers_of_starts_that_never_showed_a_frame_come_last() {
        let folder = tempfile::tempdir().unwrap();
        let (marker, hung) = take_over(folder.path());
        assert_eq!(hung, []);
        note(&marker, &[Renderer::Glow]);
        let hung = left_over(&marker);
        assert_eq!(hung, [Renderer::Glow]);
        assert_eq!(order(None, &hung).last(), Some(&Renderer::Glow));
        assert_eq!(order(None, &[]), Renderer::ALL);
        assert_eq!(order(Some(Renderer::Glow), &hung), [Renderer::Glow]);
        note(&marker, &[Renderer::Glow, Renderer::Wgpu]);
        assert_eq!(left_over(&marker), Renderer::ALL);
        files::write_whole(&marker, b"rubbish").unwrap();
        assert_eq!(left_over(&marker), []);
        note(&marker, &[]);
        assert!(!marker.exists());
    }
}
