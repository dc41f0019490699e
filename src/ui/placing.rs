//! Where the window stands and how large it is: at the first start, and as it was left.
//!
//! Kept in a file of its own in the data folder; a place that no screen shows any more is not
//! taken.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::files;

/// The name of the file in the data folder.
const FILE_NAME: &str = "window.ron";

const BYTES_LIMIT: u64 = 4096;

/// A screen larger than this, in units, has room beside the window.
const ROOMY: (f64, f64) = (1600.0, 1000.0);

/// The least size of the window in pixels.
const LEAST: (u32, u32) = (640, 480);

/// How many pixels of the window's upper edge must be on a screen, to be taken hold of.
const HOLD: (i64, i64) = (120, 40);

/// How a window was left, in pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    /// It filled the screen.
    #[serde(default)]
    pub is_maximized: bool,
    /// Its size, otherwise.
    #[serde(default)]
    pub size: Option<(u32, u32)>,
    /// The place of its frame.
    #[serde(default)]
    pub at: Option<(i32, i32)>,
}

/// A screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shown {
    at: (i32, i32),
    size: (u32, u32),
    scale: f64,
}

impl Shown {
    /// Tells whether a window there can be taken hold of.
    fn holds(&self, (x, y): (i32, i32), width: u32) -> bool {
        let from = |at: i32| i64::from(at);
        let (left, top) = (from(self.at.0), from(self.at.1));
        let (right, bottom) = (left + i64::from(self.size.0), top + i64::from(self.size.1));
        let shown = (from(x) + i64::from(width)).min(right) - from(x).max(left);
        shown >= HOLD.0 && from(y) >= top && from(y) + HOLD.1 <= bottom
    }

    fn is_roomy(&self) -> bool {
        let units = |pixels: u32| f64::from(pixels) / self.scale.max(0.1);
        units(self.size.0) > ROOMY.0 && units(self.size.1) > ROOMY.1
    }
}

/// Gives how a window is to stand on these screens, of which it is on the first.
fn place(left: Option<Left>, shown: &[Shown]) -> Left {
    let Some(left) = left else {
        return Left {
            is_maximized: !shown.first().is_some_and(Shown::is_roomy),
            ..Left::default()
        };
    };
    let width = left.size.map_or(LEAST.0, |(width, _)| width);
    let is_held = |at: &(i32, i32)| shown.iter().any(|screen| screen.holds(*at, width));
    let at = left.at.filter(is_held);
    let holds = |screen: &&Shown| at.is_some_and(|at| screen.holds(at, width));
    let on = shown.iter().find(holds).or(shown.first());
    let size = left.size.map(|(wide, high)| {
        let most = on.map_or((u32::MAX, u32::MAX), |screen| screen.size);
        (wide.min(most.0).max(LEAST.0), high.min(most.1).max(LEAST.1))
    });
    Left { size, at, ..left }
}

/// Reads how the window was left; none where that is not known.
pub(super) fn read(data: &Path) -> Option<Left> {
    let text = files::read_text(&data.join(FILE_NAME), BYTES_LIMIT).ok()??;
    ron::from_str(&text).ok()
}

/// Keeps how the window was left; without it the next start is like the first.
pub(super) fn keep(data: &Path, left: Left) {
    if data.is_dir()
        && let Ok(text) = ron::to_string(&left)
    {
        files::write_unsynced(&data.join(FILE_NAME), text.as_bytes()).ok();
    }
}

/// Puts the window in its place, before it is shown; gives what some window managers do only for
/// what they show: to fill the screen, or to stand at a place.
pub(super) fn put(cc: &eframe::CreationContext<'_>, left: Option<Left>) -> Left {
    let Some(window) = cc.winit_window() else {
        return Left::default();
    };
    let first = window
        .current_monitor()
        .or_else(|| window.primary_monitor());
    let shown: Vec<Shown> = first
        .into_iter()
        .chain(window.available_monitors())
        .map(|monitor| Shown {
            at: (monitor.position().x, monitor.position().y),
            size: (monitor.size().width, monitor.size().height),
            scale: monitor.scale_factor(),
        })
        .collect();
    let place = place(left, &shown);
    if let Some((width, height)) = place.size {
        let mut size = window.inner_size();
        (size.width, size.height) = (width, height);
        #[expect(
            clippy::let_underscore_must_use,
            reason = "where the size is given at once the window learns of it all the same"
        )]
        let _ = window.request_inner_size(size);
    }
    if let (Some((x, y)), Ok(mut at)) = (place.at, window.outer_position()) {
        (at.x, at.y) = (x, y);
        window.set_outer_position(at);
    }
    place
}

/// Puts the window that is shown where it was left, or lets it fill the screen.
pub(super) fn put_shown(ctx: &egui::Context, place: Left) {
    if place.is_maximized {
        ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
    } else if let Some((x, y)) = place.at {
        // A place is far within what a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "no screen is that large")]
        let at = egui::pos2(x as f32, y as f32) / ctx.pixels_per_point();
        ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(at));
    }
}

/// Gives how the window is left, given how it was left before.
pub(super) fn left(frame: &eframe::Frame, before: Option<Left>) -> Option<Left> {
    let window = frame.winit_window()?;
    let before = before.unwrap_or_default();
    if window.is_maximized() {
        return Some(Left {
            is_maximized: true,
            ..before
        });
    }
    let size = window.inner_size();
    let at = window.outer_position().ok().map(|at| (at.x, at.y));
    Some(Left {
        is_maximized: false,
        size: Some((size.width, size.height)),
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn screen(x: i32, width: u32, height: u32, scale: f64) -> Shown {
        Shown {
            at: (x, 0),
            size: (width, height),
            scale,
        }
    }

    fn left(size: (u32, u32), at: (i32, i32)) -> Left {
        Left {
            is_maximized: false,
            size: Some(size),
            at: Some(at),
        }
    }

    #[test]
    fn the_first_window_fills_the_screen_unless_that_has_room_beside_it() {
        let fills =
            |width, height, scale| place(None, &[screen(0, width, height, scale)]).is_maximized;
        assert!(fills(1366, 768, 1.0));
        assert!(fills(1600, 1000, 1.0));
        assert!(fills(1920, 1080, 1.25));
        assert!(!fills(1920, 1080, 1.0));
        assert!(place(None, &[]).is_maximized);
    }

    #[test]
    fn a_window_stands_where_it_was_left_and_never_where_no_screen_shows_it() {
        let one = [screen(0, 1920, 1080, 1.0)];
        let two = [one[0], screen(1920, 1920, 1080, 1.0)];
        let size = (1000, 700);
        assert_eq!(
            place(Some(left(size, (100, 50))), &one),
            left(size, (100, 50))
        );
        // The second screen has gone.
        let second = Some(left(size, (2500, 50)));
        assert_eq!(place(second, &two).at, Some((2500, 50)));
        assert_eq!(place(second, &one).at, None);
        for off in [(-950, 50), (100, -10), (100, 1060), (1850, 50)] {
            assert_eq!(place(Some(left(size, off)), &one).at, None, "{off:?}");
        }
        // A smaller screen than before.
        let small = [screen(0, 1024, 768, 1.0)];
        assert_eq!(
            place(Some(left((1800, 1000), (0, 0))), &small).size,
            Some((1024, 768))
        );
        assert_eq!(place(Some(left((1, 1), (0, 0))), &small).size, Some(LEAST));
        let filled = Left {
            is_maximized: true,
            ..Left::default()
        };
        assert!(place(Some(filled), &one).is_maximized);
    }

    #[test]
    fn what_was_kept_is_read_and_rubbish_is_as_if_nothing_was() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(read(data.path()), None);
        let how = left((1000, 700), (-5, 7));
        keep(data.path(), how);
        assert_eq!(read(data.path()), Some(how));
        files::write_whole(&data.path().join(FILE_NAME), b"((").unwrap();
        assert_eq!(read(data.path()), None);
        let nowhere = data.path().join("none yet");
        keep(&nowhere, how);
        assert!(!nowhere.exists());
    }
}
