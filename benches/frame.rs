//! A frame of the window with 100,000 entries beside one with 100, and one of the flowchart: what
//! it costs in CPU time.
//!
//! `cargo bench --bench frame`. The real app on real folders, its shapes tessellated as for the
//! renderer; what the renderer does with them is left out.

#![allow(
    clippy::allow_attributes,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    clippy::exit,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a bench measures, prints and may fall over; it need not use all that benches share"
)]

mod record;
mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, RawInput, Rect, Vec2, pos2, vec2,
};
use shodo::clock::Clock;
use shodo::flow::Language;
use shodo::incident::Moment;
use shodo::ui::{App, Start};
use support::{Figure, median, report};

/// Entries of the short and of the long record.
const LENGTHS: [u64; 2] = [100, 100_000];
/// Frames of a turn, so many that the kernel's count, which goes in steps of 4 ms, is fine enough.
const FRAMES: u32 = 480;
/// Frames of the scrolling one way.
const ONE_WAY: u32 = 30;
/// Turns of each record, for each page.
const TURNS: usize = 15;

/// The app in a window that is on no screen.
struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
    entries: u64,
    size: Vec2,
}

impl Window {
    /// Opens the window on a data folder with one incident, and the incident in it.
    fn open(data: &Path, entries: u64) -> Self {
        let ctx = egui::Context::default();
        let now = Moment::parse_from_rfc3339("2026-11-21T11:00:00+09:00").unwrap();
        let start = Start {
            data: data.to_owned(),
            language: Some(Language::Ja),
            system: Language::Ja,
            plain_logs: Vec::new(),
            clock: Clock::Fixed(now),
        };
        let app = App::new(&ctx, start).unwrap();
        let mut window = Self {
            ctx,
            app,
            time: 0.0,
            entries,
            size: vec2(1280.0, 800.0),
        };
        window.until(App::is_ready);
        // The incident stands first on the first screen.
        let at = pos2(640.0, 190.0);
        window.frame(vec![Event::PointerMoved(at)]);
        for pressed in [true, false] {
            window.frame(vec![Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            }]);
        }
        window.until(|app| app.session().is_some());
        let open = window.app.session().unwrap().incident().entries().len();
        assert_eq!(open as u64, entries);
        window
    }

    fn until(&mut self, is: impl Fn(&App) -> bool) {
        while !is(&self.app) {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A frame, to the triangles; gives how many there were.
    fn frame(&mut self, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.step(ui.ctx());
            app.draw(ui);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let scale = output.pixels_per_point;
        output.drop_without_applying_deltas();
        self.ctx.tessellate(shapes, scale).len()
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        self.frame(vec![Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }]);
    }

    /// Brings a page into view, and lets it settle.
    fn show(&mut self, page: Page) {
        let key = if page == Page::Guide {
            Key::Num1
        } else {
            Key::Num2
        };
        self.key(key, Modifiers::COMMAND);
        self.frame(vec![Event::PointerMoved(pos2(640.0, 500.0))]);
        self.ctx.memory_mut(|memory| memory.stop_text_input());
        match page {
            Page::Guide => {}
            Page::Top => self.key(Key::Home, Modifiers::NONE),
            Page::End => self.key(Key::End, Modifiers::NONE),
            Page::Middle | Page::Scrolling => {
                let field = egui::Id::unique("chronology-filter");
                self.ctx.memory_mut(|memory| memory.request_focus(field));
                self.frame(Vec::new());
                self.key(Key::A, Modifiers::COMMAND);
                self.frame(vec![Event::Text(format!("#{}", self.entries / 2))]);
                self.ctx.memory_mut(|memory| memory.stop_text_input());
            }
        }
        for _ in 0..10 {
            self.frame(Vec::new());
        }
    }

    /// Brings the flowchart into view in a window of this size, whole or at 100 % where we are.
    fn show_chart(&mut self, (width, height): (f32, f32), whole: bool) {
        self.size = vec2(width, height);
        self.key(Key::Num4, Modifiers::COMMAND);
        self.frame(vec![Event::PointerMoved(pos2(10.0, 10.0))]);
        let key = if whole { Key::Num0 } else { Key::F };
        self.key(key, Modifiers::NONE);
        for _ in 0..10 {
            self.frame(Vec::new());
        }
    }

    /// Some frames of a page; half of the scrolling goes down, half up again.
    fn frames(&mut self, page: Page) {
        for at in 0..FRAMES {
            let mut events = Vec::new();
            if page == Page::Scrolling {
                let down = (at / ONE_WAY).is_multiple_of(2);
                events.push(Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta: vec2(0.0, if down { -40.0 } else { 40.0 }),
                    source: egui::MouseWheelSource::Unknown,
                    phase: egui::TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                });
            }
            assert!(self.frame(events) > 0);
        }
    }
}

/// What is in view.
#[derive(Clone, Copy, PartialEq)]
enum Page {
    Guide,
    Top,
    Middle,
    End,
    Scrolling,
}

const PAGES: [(Page, &str); 5] = [
    (Page::Guide, "guide, frame of 100,000 entries by 100"),
    (Page::Top, "record, its begin, the same"),
    (Page::Middle, "record, its middle, the same"),
    (Page::End, "record, its end, the same"),
    (Page::Scrolling, "record, scrolling, the same"),
];

const CHARTS: [((f32, f32), bool, &str); 3] = [
    ((1920.0, 1080.0), true, "flowchart, whole, with numbers"),
    ((3000.0, 5000.0), true, "flowchart, whole, with all texts"),
    ((1920.0, 1080.0), false, "flowchart, at 100 %"),
];

fn main() {
    let disk = std::env::var_os("SHODO_BENCH_DISK")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let temp = tempfile::tempdir_in(disk).unwrap();
    let mut windows = LENGTHS.map(|entries| {
        let data = temp.path().join(entries.to_string());
        record::written(&data, entries);
        Window::open(&data, entries)
    });
    let mut figures = Vec::new();
    for (page, name) in PAGES {
        for window in &mut windows {
            window.show(page);
        }
        let mut turns = Vec::new();
        for turn in 0..TURNS {
            let mut times = [0.0; 2];
            for at in [turn % 2, (turn + 1) % 2] {
                let before = cpu_ms();
                windows[at].frames(page);
                times[at] = (cpu_ms() - before) / f64::from(FRAMES);
            }
            turns.push(times);
        }
        let [short, long] = [0, 1].map(|at| median(turns.iter().map(|turn| turn[at])));
        println!("{name}: {short:.3} ms and {long:.3} ms of CPU time a frame");
        figures.push(Figure {
            name,
            limit: 1.2,
            value: long / short,
            unit: "times",
        });
    }
    let [window, _] = &mut windows;
    for (size, whole, name) in CHARTS {
        window.show_chart(size, whole);
        let turns = (0..TURNS).map(|_| {
            let before = cpu_ms();
            window.frames(Page::Guide);
            (cpu_ms() - before) / f64::from(FRAMES)
        });
        let value = median(turns);
        println!("{name}: {value:.3} ms of CPU time a frame");
        figures.push(Figure {
            name,
            limit: 4.0,
            value,
            unit: "ms",
        });
    }
    report("frame", &figures);
}

/// The CPU time of this thread, in milliseconds.
fn cpu_ms() -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanos: f64 = spent.split(' ').next().unwrap().parse().unwrap();
    nanos / 1e6
}
