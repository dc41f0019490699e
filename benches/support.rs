//! What every bench needs: medians of runs by turns, a table, and the same as JSON.

use std::time::{Duration, Instant};

/// A figure beside its limit.
pub struct Figure {
    /// What was measured.
    pub name: &'static str,
    /// What it may be at most.
    pub limit: f64,
    /// What it was.
    pub value: f64,
    /// `ms`, `times` …
    pub unit: &'static str,
}

/// Runs the works by turns, each round beginning with another; gives the times of each round.
pub fn by_turns<const N: usize>(
    rounds: usize,
    mut works: [&mut dyn FnMut(); N],
) -> Vec<[Duration; N]> {
    let one_round = |round: usize| {
        let mut times = [Duration::ZERO; N];
        for turn in 0..N {
            let at = (round + turn) % N;
            let start = Instant::now();
            works[at]();
            times[at] = start.elapsed();
        }
        times
    };
    (0..rounds).map(one_round).collect()
}

/// Gives the median.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Gives a time in milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Prints the figures and writes `target/bench/<bench>.json`; ends with 1 when one is beyond its
/// limit.
pub fn report(bench: &str, figures: &[Figure]) {
    let mut json = Vec::new();
    println!("{:<48} {:>10} {:>10}", bench, "value", "limit");
    for figure in figures {
        let Figure {
            name,
            limit,
            value,
            unit,
        } = figure;
        println!("{name:<48} {value:>10.2} {limit:>10.2} {unit}");
        json.push(format!(
            "  {{\"name\": \"{name}\", \"limit\": {limit}, \"value\": {value:.4}, \"unit\": \"{unit}\"}}"
        ));
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!("[\n{}\n]\n", json.join(",\n"));
    std::fs::write(folder.join(format!("{bench}.json")), text).unwrap();
    if figures.iter().any(|figure| figure.value > figure.limit) {
        println!("{bench}: beyond a limit");
        std::process::exit(1);
    }
}
