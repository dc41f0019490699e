//! A sheet on several pages of paper: which part of it stands on which page, in whole numbers.
//!
//! A unit is 1/96 inch: on the page as it is printed, on the sheet as it is at 100 %.
//!
//! **Invariant:** the windows of all pages together hold the whole sheet.
//! **Invariant:** windows side by side share exactly [`Tiles::overlap`], which is 10 mm or more on
//! paper; so what is no larger than that is whole on one page.
//! **Invariant:** around its window a page has 10 mm or more.

use super::places::Rect;

/// How many pages are written at most.
pub const PAGES_LIMIT: i64 = 200;
/// The enlargement that is possible, in percent.
pub const PERCENT: std::ops::RangeInclusive<i64> = 50..=400;
/// Around the window of a page, in units of the page: 10 mm, rounded up.
pub const MARGIN: i32 = 38;
/// What two pages share, in units of the page: 10 mm, rounded up.
const OVERLAP: i32 = 38;

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 297 by 420 mm.
    A3,
    /// 210 by 297 mm.
    A4,
}

impl Paper {
    /// The sizes, by what they are called.
    pub const ALL: [(&str, Self); 2] = [("a3", Self::A3), ("a4", Self::A4)];

    /// Gives width and height in millimetres, upright.
    fn upright(self) -> (i32, i32) {
        match self {
            Self::A3 => (297, 420),
            Self::A4 => (210, 297),
        }
    }
}

/// More pages than are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{count} pages, at most {PAGES_LIMIT}")]
pub struct TooManyPages {
    /// How many there would be.
    pub count: i64,
}

/// How a sheet is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// Width and height of a page, in millimetres.
    pub page: (i32, i32),
    /// How much the sheet is enlarged, in percent.
    pub percent: i32,
    /// How many pages stand side by side.
    pub columns: i32,
    /// How many pages stand one below the other.
    pub rows: i32,
    /// Width and height of what a page shows, in units of the sheet.
    pub window: (i32, i32),
    /// What pages side by side share, in units of the sheet.
    pub overlap: i32,
}

/// One of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Its row, from 0.
    pub row: i32,
    /// Its column, from 0.
    pub column: i32,
    /// What it shows of the sheet; at the right and at the bottom it may be more than there is.
    pub window: Rect,
}

impl Tiles {
    /// Cuts a sheet of some width and height; upright pages, unless fewer lie on their side.
    pub fn new(sheet: (i32, i32), paper: Paper, percent: u16) -> Result<Self, TooManyPages> {
        let (width, height) = paper.upright();
        let percent = i32::from(percent);
        let upright = Self::on((width, height), sheet, percent);
        let sideways = Self::on((height, width), sheet, percent);
        let tiles = if sideways.count() < upright.count() {
            sideways
        } else {
            upright
        };
        let count = tiles.count();
        if count > PAGES_LIMIT {
            return Err(TooManyPages { count });
        }
        Ok(tiles)
    }

    fn on(page: (i32, i32), sheet: (i32, i32), percent: i32) -> Self {
        let shown = |millimetres| (units(millimetres) - 2 * MARGIN) * 100 / percent;
        let window = (shown(page.0), shown(page.1));
        let overlap = (OVERLAP * 100 + percent - 1) / percent;
        Self {
            page,
            percent,
            columns: needed(sheet.0, window.0, overlap),
            rows: needed(sheet.1, window.1, overlap),
            window,
            overlap,
        }
    }

    /// Gives the number of pages.
    pub fn count(&self) -> i64 {
        i64::from(self.columns) * i64::from(self.rows)
    }

    /// Tells whether the pages lie on their side.
    pub fn is_sideways(&self) -> bool {
        self.page.0 > self.page.1
    }

    /// Gives the pages, row by row.
    pub fn all(&self) -> impl Iterator<Item = Tile> {
        let Self {
            window: (w, h),
            overlap,
            columns,
            ..
        } = *self;
        let tile = move |row, column| Tile {
            row,
            column,
            window: Rect {
                x: column * (w - overlap),
                y: row * (h - overlap),
                w,
                h,
            },
        };
        (0..self.rows).flat_map(move |row| (0..columns).map(move |column| tile(row, column)))
    }

    /// Gives a length on the sheet as one on the page, to the nearest unit.
    pub fn on_page(&self, length: i32) -> i32 {
        (length * self.percent + 50) / 100
    }
}

/// Gives how many whole units there are in so many millimetres.
fn units(millimetres: i32) -> i32 {
    millimetres * 960 / 254
}

/// Gives how many windows, each of which shares so much with the one before, hold a length.
fn needed(length: i32, window: i32, overlap: i32) -> i32 {
    let (beyond, step) = ((length - window).max(0), window - overlap);
    1 + beyond / step + i32::from(beyond % step > 0)
}
