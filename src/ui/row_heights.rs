//! The heights of the rows of a long list, by number, and where each row begins.
//!
//! A row's height is known once the row was laid out; until then it is an estimate. Sums are
//! kept in a Fenwick tree, so that one height is set, and one place found, in a few steps
//! however many rows there are.
//!
//! **Invariant:** [`RowHeights::top`] is the sum of the heights of the rows before.

/// The heights of rows.
#[derive(Debug, Clone, Default)]
pub(super) struct RowHeights {
    heights: Vec<f32>,
    /// At place `n`, counted from 1: the sum of the last `n & -n` heights up to there.
    sums: Vec<f64>,
    estimate: f32,
}

/// The lowest bit that is set.
fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

impl RowHeights {
    /// Gives as many rows as that, none of them known.
    pub(super) fn estimated(count: usize, estimate: f32) -> Self {
        let alike = |place: usize| {
            let rows = u32::try_from(lowest_bit(place)).unwrap_or(u32::MAX);
            f64::from(rows) * f64::from(estimate)
        };
        Self {
            heights: vec![estimate; count],
            sums: (1..=count).map(alike).collect(),
            estimate,
        }
    }

    /// Gives how many rows there are.
    pub(super) fn count(&self) -> usize {
        self.heights.len()
    }

    /// Adds rows at the end, or takes them away there.
    pub(super) fn fit(&mut self, count: usize) {
        self.heights.truncate(count);
        self.sums.truncate(count);
        while self.heights.len() < count {
            let place = self.heights.len() + 1;
            let from = self.top(place - lowest_bit(place));
            let before = self.top(place - 1) - from;
            self.heights.push(self.estimate);
            self.sums.push(before + f64::from(self.estimate));
        }
    }

    /// Sets the height of a row.
    pub(super) fn set(&mut self, row: usize, height: f32) {
        let Some(known) = self.heights.get_mut(row) else {
            return;
        };
        let more = f64::from(height) - f64::from(*known);
        *known = height;
        let mut place = row + 1;
        while let Some(sum) = self.sums.get_mut(place - 1) {
            *sum += more;
            place += lowest_bit(place);
        }
    }

    /// Gives the height of a row; none beyond the end.
    pub(super) fn height(&self, row: usize) -> f32 {
        self.heights.get(row).copied().unwrap_or_default()
    }

    /// Gives where a row begins.
    pub(super) fn top(&self, row: usize) -> f64 {
        let mut place = row.min(self.sums.len());
        let mut sum = 0.0;
        while place > 0 {
            sum += self.sums.get(place - 1).copied().unwrap_or_default();
            place -= lowest_bit(place);
        }
        sum
    }

    /// Gives the height of all rows together.
    pub(super) fn total(&self) -> f64 {
        self.top(self.count())
    }

    /// Gives the row that lies at this height: the first one above all, the last one below all.
    pub(super) fn at(&self, y: f64) -> usize {
        let mut place = 0;
        let mut left = y;
        let mut step = self.count().checked_ilog2().map_or(0, |bits| 1 << bits);
        while step > 0 {
            if let Some(sum) = self.sums.get(place + step - 1)
                && *sum <= left
            {
                left -= sum;
                place += step;
            }
            step /= 2;
        }
        place.min(self.count().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(one: impl Into<f64>, other: impl Into<f64>) -> bool {
        (one.into() - other.into()).abs() < 1e-6
    }

    #[test]
    fn rows_that_were_not_laid_out_are_estimated() {
        let rows = RowHeights::estimated(1000, 40.0);
        assert_eq!(rows.count(), 1000);
        assert!(same(rows.total(), 40_000.0));
        assert!(same(rows.top(500), 20_000.0));
        assert_eq!(rows.at(20_010.0), 500);
    }

    #[test]
    fn beside_the_rows_the_nearest_one_is_found() {
        let mut rows = RowHeights::estimated(3, 10.0);
        assert_eq!((rows.at(-5.0), rows.at(0.0)), (0, 0));
        assert_eq!((rows.at(29.9), rows.at(30.0), rows.at(1e9)), (2, 2, 2));
        assert!(same(rows.height(3), 0.0));
        rows.set(3, 7.0);
        assert!(same(rows.total(), 30.0));
        assert_eq!(RowHeights::default().at(1.0), 0);
    }

    proptest! {
        /// The tree against a plain list of heights.
        #[test]
        fn sums_and_places_are_those_of_a_plain_list(
            steps in prop::collection::vec((0_usize..40, 1_u8..200), 1..80)
        ) {
            let mut rows = RowHeights::estimated(13, 25.0);
            let mut plain = vec![25.0_f32; 13];
            for (row, height) in steps {
                if row % 5 == 0 {
                    rows.fit(row);
                    plain.resize(row, 25.0);
                } else if let Some(known) = plain.get_mut(row) {
                    rows.set(row, f32::from(height));
                    *known = f32::from(height);
                }
                let mut top = 0.0;
                for (row, height) in plain.iter().enumerate() {
                    prop_assert!(same(rows.top(row), top));
                    prop_assert!(same(rows.height(row), *height));
                    prop_assert_eq!(rows.at(top), row);
                    top += f64::from(*height);
                    prop_assert_eq!(rows.at(top - 0.5), row);
                }
                prop_assert!(same(rows.total(), top));
            }
        }
    }
}
