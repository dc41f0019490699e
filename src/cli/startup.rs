//! How long the program has run when it comes to its first line.

use std::path::Path;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::files;

/// Gives what started with the process where the system says when that was: on Linux, to a
/// hundredth of a second. Elsewhere it is what started in `main`.
pub fn since_process_start(main: Stopwatch) -> Stopwatch {
    let began = process_age().and_then(Stopwatch::started_ago);
    began.unwrap_or(main)
}

/// Gives for how long the process has run, from proc(5): its start and now, both since the
/// system's start; where there is no `/proc`, nothing.
fn process_age() -> Option<Duration> {
    let said = |path| files::read_from(Path::new(path), 0, 4096).ok();
    let (stat, uptime) = (said("/proc/self/stat")?, said("/proc/uptime")?);
    let (stat, uptime) = (str::from_utf8(&stat).ok()?, str::from_utf8(&uptime).ok()?);
    // The name in brackets may hold anything; the start is the 20th field after it, in hundredths.
    let started: f64 = stat.rsplit_once(") ")?.1.split(' ').nth(19)?.parse().ok()?;
    let now: f64 = uptime.split(' ').next()?.parse().ok()?;
    Duration::try_from_secs_f64(now - started / 100.0).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(target_os = "linux")]
    fn the_kernel_says_when_the_process_started() {
        let age = super::process_age().expect("it stands in /proc");
        assert!(age < std::time::Duration::from_hours(24), "{age:?}");
    }
}
