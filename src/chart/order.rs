//! Tracks: which of several parallel lines lies outside, so that few lines cross.

use super::int;

/// A line along a channel or a gutter, with the lines that meet it from either side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it begins.
    pub low: i32,
    /// Where it ends.
    pub high: i32,
    /// The places at which lines come from the side of the first track.
    pub before: Vec<i32>,
    /// The places at which lines leave to the side of the last track.
    pub after: Vec<i32>,
}

impl Run {
    /// Takes in another run that overlaps.
    pub(super) fn join(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
        self.before.extend(other.before);
        self.after.extend(other.after);
    }

    fn crossed(&self, places: &[i32]) -> i32 {
        let inside = |at: &&i32| self.low < **at && **at < self.high;
        int(places.iter().filter(inside).count())
    }
}

/// Gives each run its track, from 0; runs nearer than `clear` never share one.
///
/// No order is wrong: lines that meet the runs never lie on one another. So the order that
/// crosses least is looked for, by moving one run at a time to its best place.
pub(super) fn tracks(runs: &[Run], clear: i32) -> Vec<usize> {
    let meet = |a: &Run, b: &Run| a.low - clear < b.high && b.low - clear < a.high;
    // gain(a, b): how much worse it is to have a before b than b before a.
    let gain = |a: &Run, b: &Run| {
        if !meet(a, b) {
            return 0;
        }
        let a_first = b.crossed(&a.after) + a.crossed(&b.before);
        let b_first = a.crossed(&b.after) + b.crossed(&a.before);
        a_first - b_first
    };
    let gains: Vec<Vec<i32>> = runs
        .iter()
        .map(|a| runs.iter().map(|b| gain(a, b)).collect())
        .collect();
    let gain = |a: usize, b: usize| {
        let row = gains.get(a);
        row.and_then(|row| row.get(b)).copied().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..runs.len()).collect();
    for _ in 0..4 {
        let mut moved = false;
        for run in 0..runs.len() {
            let Some(from) = order.iter().position(|at| *at == run) else {
                continue;
            };
            order.remove(from);
            // The cost of each place, counted from the first.
            let (mut cost, mut best) = (0, (0, 0));
            let mut own = 0;
            for (at, other) in order.iter().enumerate() {
                if at == from {
                    own = cost;
                }
                cost += gain(*other, run);
                if cost < best.0 {
                    best = (cost, at + 1);
                }
            }
            if from == order.len() {
                own = cost;
            }
            let to = if best.0 < own { best.1 } else { from };
            moved |= to != from;
            order.insert(to, run);
        }
        if !moved {
            break;
        }
    }
    let mut track = vec![0; runs.len()];
    for (at, run) in order.iter().enumerate() {
        let Some(own) = runs.get(*run) else {
            continue;
        };
        let earlier = order.iter().take(at);
        let below = earlier
            .filter(|other| runs.get(**other).is_some_and(|other| meet(own, other)))
            .filter_map(|other| track.get(*other))
            .max()
            .map_or(0, |last| last + 1);
        if let Some(track) = track.get_mut(*run) {
            *track = below;
        }
    }
    track
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_would_cross_are_put_the_other_way_round() {
        // One comes from above at 0 and leaves below at 10, the other from 5 to 15.
        let run = |low, high| Run {
            low,
            high,
            before: vec![low],
            after: vec![high],
        };
        let tracks = tracks(&[run(0, 10), run(5, 15)], 1);
        assert_eq!(tracks, [1, 0]);
    }

    #[test]
    fn runs_apart_share_a_track() {
        let run = |low, high| Run {
            low,
            high,
            ..Run::default()
        };
        assert_eq!(tracks(&[run(0, 4), run(8, 12), run(2, 9)], 2), [0, 0, 1]);
    }
}
