//! The trace of a fault of the program: a file that says where, and nothing of what was written.
//!
//! A hook writes it when anything panics, into the data folder or, where that cannot be, into the
//! folder for temporary files. A sign beside it leads the next window to it, until it was told.
//!
//! **Invariant:** no text of a record gets into a trace: of what a panic says only what is fixed in
//! the code, or numbers, is kept.

use std::backtrace::Backtrace;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::clock::Clock;
use crate::files;

/// How many traces one run leaves: a fault that comes again and again says nothing new.
const TRACES_LIMIT: u32 = 5;

/// The longest kind of a command; longer ones are cut.
const KIND_LIMIT: usize = 40;

/// The name of the sign that leads the next window to a trace.
const SIGN: &str = "crash.untold";

const TRACE_BYTES_LIMIT: u64 = 4096;

/// What the hook knows of the run.
struct Run {
    data: Option<PathBuf>,
    /// The kinds of what was done last, by who says so.
    last: [Kind; 2],
    latest: Option<PathBuf>,
}

static RUN: Mutex<Run> = Mutex::new(Run {
    data: None,
    last: [Kind::NONE; 2],
    latest: None,
});

static COUNT: AtomicU32 = AtomicU32::new(0);

/// The name of a kind of command, held without a heap.
#[derive(Clone, Copy)]
struct Kind {
    letters: [u8; KIND_LIMIT],
    length: usize,
}

impl Kind {
    const NONE: Self = Self {
        letters: [0; KIND_LIMIT],
        length: 0,
    };

    /// Takes the name of a value's variant: what comes behind it may be somebody's words.
    fn of(value: &dyn fmt::Debug) -> Self {
        let mut kind = Self::NONE;
        // It ends as soon as the name does, so that long texts are not written out.
        write!(kind, "{value:?}").ok();
        kind
    }

    fn text(&self) -> &str {
        let letters = self.letters.get(..self.length).unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }
}

impl fmt::Write for Kind {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.bytes() {
            let place = self.letters.get_mut(self.length).ok_or(fmt::Error)?;
            if !letter.is_ascii_alphanumeric() {
                return Err(fmt::Error);
            }
            *place = letter;
            self.length += 1;
        }
        Ok(())
    }
}

/// Who says what was done last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// The window: what a person wanted.
    Window,
    /// The session: what was to be recorded.
    Session,
}

/// Notes what is being done, by the name of its kind alone.
pub fn note(doer: Doer, what: &dyn fmt::Debug) {
    let kind = Kind::of(what);
    let mut run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
    let [window, session] = &mut run.last;
    *match doer {
        Doer::Window => window,
        Doer::Session => session,
    } = kind;
}

/// Leaves a trace of every panic from now on; where there is no data folder yet, in that for
/// temporary files.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        // By itself, and told on standard error in any case.
        let left = leave(info);
        let place = info.location().map(ToString::to_string);
        let place = place.as_deref().unwrap_or("?");
        let safe = safe_message(info).unwrap_or("");
        let left = left.map(|path| path.display().to_string());
        let left = left.as_deref().unwrap_or("-");
        writeln!(
            std::io::stderr(),
            "shodo panicked at {place}: {safe} [{left}]"
        )
        .ok();
    }));
}

/// Says where the data folder is.
pub fn in_data_folder(data: &Path) {
    let mut run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
    run.data = Some(data.to_owned());
}

/// Gives the trace that this run left last.
pub fn latest() -> Option<PathBuf> {
    let run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
    run.latest.clone()
}

/// Gives the trace that a run left and that was not told yet.
pub fn untold(data: &Path) -> Option<PathBuf> {
    [data, &temporary()].into_iter().find_map(|folder| {
        let name = files::read(&folder.join(SIGN), TRACE_BYTES_LIMIT).ok()?;
        let name = String::from_utf8(name).ok()?;
        let is_name = is_trace(&name) && !name.contains(['/', '\\']);
        is_name.then(|| folder.join(name))
    })
}

/// Notes that a trace was told.
pub fn told(trace: &Path) {
    files::remove(&files::folder_of(trace).join(SIGN)).ok();
}

/// Gives the names of the traces in the data folder and in that for temporary files.
pub fn traces(data: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for folder in [data, &temporary()] {
        for path in files::files_in(folder) {
            let name = path.file_name().and_then(|name| name.to_str());
            if let Some(name) = name.filter(|name| is_trace(name)) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn is_trace(name: &str) -> bool {
    let inner = name.strip_prefix("crash-");
    inner.and_then(|name| name.strip_suffix(".txt")).is_some()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a trace is to be found by people, where nothing else can be written"
)]
fn temporary() -> PathBuf {
    std::env::temp_dir().join("shodo-crashes")
}

/// Writes the trace; none where no folder takes it, or enough were left.
fn leave(info: &PanicHookInfo<'_>) -> Option<PathBuf> {
    if COUNT.fetch_add(1, Ordering::SeqCst) >= TRACES_LIMIT {
        return None;
    }
    // Not waited for: it may be held by the very thread that panics.
    let (data, last) = match RUN.try_lock() {
        Ok(run) => (run.data.clone(), run.last),
        Err(_held) => (None, [Kind::NONE; 2]),
    };
    let now = Clock::System.now();
    let place = info.location().map(ToString::to_string);
    let thread = std::thread::current();
    let [window, session] = &last;
    let lines = [
        ("program", crate::PROGRAM.to_owned()),
        ("system", system()),
        ("time", now.to_rfc3339()),
        ("place", place.unwrap_or_default()),
        ("thread", thread.name().unwrap_or_default().to_owned()),
        ("last in the window", window.text().to_owned()),
        ("last to be recorded", session.text().to_owned()),
        ("says", said(info)),
    ];
    let mut text = String::new();
    for (name, value) in lines {
        // Writing to a `String` cannot fail.
        writeln!(text, "{name}: {value}").ok();
    }
    writeln!(text, "\n{}", Backtrace::force_capture()).ok();
    let stamp = now.format("%Y-%m-%d-%H%M%S").to_string();
    let folders = data.filter(|data| data.is_dir()).into_iter();
    let left = folders
        .chain([temporary()])
        .find_map(|folder| write(&folder, &stamp, &text));
    if let (Some(path), Ok(mut run)) = (&left, RUN.try_lock()) {
        run.latest = Some(path.clone());
    }
    left
}

/// Writes a trace into a folder that answers, with its sign; gives where.
fn write(folder: &Path, stamp: &str, text: &str) -> Option<PathBuf> {
    let (folder, stamp, text) = (folder.to_owned(), stamp.to_owned(), text.to_owned());
    files::in_time(move || {
        files::create_folder(&folder).ok()?;
        let name = |number| match number {
            1 => format!("crash-{stamp}.txt"),
            _ => format!("crash-{stamp}-{number}.txt"),
        };
        let path = files::write_new(&folder, name, text.as_bytes()).ok()?;
        let name = path.file_name().unwrap_or_default();
        files::write_whole(&folder.join(SIGN), name.as_encoded_bytes()).ok();
        Some(path)
    })
    .flatten()
}

/// Gives the system in a few words.
pub fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Gives what a panic says as far as it can hold nobody's words.
fn said(info: &PanicHookInfo<'_>) -> String {
    if let Some(text) = safe_message(info) {
        return text.to_owned();
    }
    let length = info.payload().downcast_ref::<String>().map(String::len);
    match length {
        Some(length) => format!("(left out, as it may quote texts: {length} bytes)"),
        None => "(nothing)".to_owned(),
    }
}

fn safe_message<'a>(info: &'a PanicHookInfo<'_>) -> Option<&'a str> {
    let payload = info.payload();
    // Fixed in the code.
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        return Some(text);
    }
    let text = payload.downcast_ref::<String>()?;
    is_only_numbers(text).then_some(text.as_str())
}

/// What the standard library says with numbers in it and nothing else, the numbers left out.
const SAID_WITH_NUMBERS: [&str; 7] = [
    "index out of bounds: the len is  but the index is ",
    "range start index  out of range for slice of length ",
    "range end index  out of range for slice of length ",
    "slice index starts at  but ends at ",
    "swap_remove index (is ) should be < len (is )",
    "RefCell already borrowed",
    "RefCell already mutably borrowed",
];

fn is_only_numbers(text: &str) -> bool {
    let without: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    SAID_WITH_NUMBERS.contains(&without.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_command_only_the_name_of_its_kind_is_kept() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "what stands behind the name must not be seen")]
        enum Of {
            Note(String),
            Title,
        }
        let text = |of: &Of| Kind::of(of).text().to_owned();
        assert_eq!(text(&Of::Note("患者の名前".repeat(1000))), "Note");
        assert_eq!(text(&Of::Title), "Title");
        assert_eq!(Kind::of(&"words").text(), "");
        assert_eq!(Kind::of(&"x".repeat(100)).text(), "");
    }

    #[test]
    fn what_a_panic_quotes_is_left_out_and_what_it_counts_is_kept() {
        let index: &[u8] = &[1, 2, 3];
        let caught = |job: &dyn Fn()| {
            let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).unwrap_err();
            match said.downcast_ref::<String>() {
                Some(text) => is_only_numbers(text),
                None => panic!("no text"),
            }
        };
        let far = std::hint::black_box(7);
        assert!(caught(&|| assert_eq!(index[far], 0)));
        assert!(caught(&|| assert_eq!(index[..far], [0])));
        let words = std::hint::black_box("患者の名前");
        assert!(!caught(&|| assert_eq!(words.split_at(1).0, "")));
        assert!(!caught(&|| assert_eq!(
            "1".parse::<u8>(),
            words.parse::<u8>()
        )));
        assert!(!caught(&|| panic!("{words}")));
    }
}
