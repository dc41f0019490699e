//! An incident's state on a chart that is written as text: what it is called, how it looks.

use super::colors::Colors;
use super::draw::{Style, style};
use super::progress::{Mark, Progress, Standing};
use super::scene::Tone;
use super::{Heading, Texts};
use crate::words::Words;

/// How a shape looks; its word stands with it, so nothing is told by colour alone.
pub(super) struct Look {
    pub(super) fill: String,
    pub(super) frame: String,
    /// The width of its frame in pixels.
    pub(super) width: String,
    pub(super) is_dashed: bool,
}

/// The state that is to be written with a chart.
pub(super) struct State<'a> {
    progress: &'a Progress,
    words: &'a Words,
    colors: Colors,
}

impl<'a> State<'a> {
    pub(super) fn new((progress, words): (&'a Progress, &'a Words)) -> Self {
        Self {
            progress,
            words,
            colors: Colors::light(),
        }
    }

    pub(super) fn standing(&self, shape: usize) -> Standing {
        self.progress.standing(shape)
    }

    /// Says how a shape stands.
    pub(super) fn said(&self, shape: usize) -> String {
        self.standing(shape).said(self.words)
    }

    /// Tells of each branch, in the order of the chart's, whether it was followed.
    pub(super) fn followed(&self) -> impl Iterator<Item = bool> + '_ {
        self.progress.travelled.iter().flatten().copied()
    }

    /// Gives the look of a mark, as in the picture.
    pub(super) fn look(&self, mark: Mark) -> Look {
        let Style { frame, fill, .. } = style(Some(mark));
        Look {
            fill: self.colors.get(fill).to_owned(),
            frame: self.colors.get(frame.tone).to_owned(),
            width: format!("{}.{}", frame.width / 10, frame.width % 10),
            is_dashed: frame.dashes.is_some(),
        }
    }

    /// Gives the colour of the frame of what is overdue.
    pub(super) fn overdue(&self) -> &str {
        self.colors.get(Tone::Bad)
    }
}

/// Gives what stands below the title: with a state the lines that say which, else nothing.
pub(super) fn lines<'a>(heading: &'a Heading, state: Option<&State<'_>>) -> &'a [String] {
    match state {
        Some(_) => &heading.lines,
        None => &[],
    }
}

/// Gives what a shape is labelled with: number and title, role, and with a state that.
pub(super) fn label(
    texts: &Texts,
    shape: usize,
    lane: usize,
    state: Option<&State<'_>>,
) -> Vec<String> {
    let (number, title) = texts.shapes.get(shape).cloned().unwrap_or_default();
    let role = texts.lanes.get(lane).cloned().unwrap_or_default();
    let mut label = vec![format!("{number} {title}"), role];
    label.extend(state.map(|state| state.said(shape)));
    label
}
