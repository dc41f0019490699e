//! The shape of a flow file, and its reading from text.
//!
//! What comes out of here parsed, no more: [`super::check`] decides whether it is a flow.

use ron::extensions::Extensions;
use serde::Deserialize;

use super::limits;
use super::place::{Place, Places};
use super::problem::{Problem, ProblemKind};
use super::{
    Arc, Contact, Decision, Door, Duty, End, FLOW_BYTES_LIMIT, Pair, Phase, Role, Situation, Step,
    Table, syntax,
};

/// The version of the format that this program reads.
pub(super) const FORMAT: u32 = 1;

const NESTING_LIMIT: usize = 64;

/// A flow file as written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Flow")]
pub(super) struct FlowFile {
    pub(super) format: u32,
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: Pair,
    pub(super) source: Pair,
    pub(super) notice: Pair,
    #[serde(default)]
    pub(super) phases: Vec<Phase>,
    #[serde(default)]
    pub(super) roles: Vec<Role>,
    #[serde(default)]
    pub(super) contacts: Vec<Contact>,
    #[serde(default)]
    pub(super) situations: Vec<Situation>,
    #[serde(default)]
    pub(super) tables: Vec<Table>,
    #[serde(default)]
    pub(super) duties: Vec<Duty>,
    #[serde(default)]
    pub(super) doors: Vec<Door>,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
    #[serde(default)]
    pub(super) decisions: Vec<Decision>,
    #[serde(default)]
    pub(super) ends: Vec<End>,
    #[serde(default)]
    pub(super) arcs: Vec<Arc>,
}

/// Only the version, to tell a file of a later format from a broken one.
#[derive(Deserialize)]
#[serde(rename = "Flow")]
struct Versioned {
    format: u32,
}

/// Reads the shape; gives one problem when the text is too large, of a later format or not RON.
pub(super) fn parse(text: &str) -> Result<(FlowFile, Places<'_>), Vec<Problem>> {
    let start = Place { line: 1, column: 1 };
    if text.len() > FLOW_BYTES_LIMIT {
        return Err(vec![Problem::new(
            start,
            ProblemKind::TooLarge {
                bytes: text.len(),
                limit: FLOW_BYTES_LIMIT,
            },
        )]);
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(NESTING_LIMIT);
    let file: FlowFile = options.from_str(body).map_err(|error| {
        // Of a later format it is likely to break the rules of this one.
        if let Ok(Versioned { format }) = options.from_str(body)
            && format > FORMAT
        {
            return later_format(format);
        }
        let kind = syntax::problem(&error.code, NESTING_LIMIT);
        // What is nested too deep is so where the reader stopped.
        let at = match kind {
            ProblemKind::TooDeep { .. } => error.span.end,
            _ => error.span.start,
        };
        let place = Place {
            line: at.line,
            column: at.col,
        };
        vec![Problem::new(place, kind)]
    })?;
    if file.format > FORMAT {
        return Err(later_format(file.format));
    }
    let problems = limits::sizes(&file);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((file, Places::of(body)))
}

fn later_format(format: u32) -> Vec<Problem> {
    let known = FORMAT;
    vec![Problem::new(
        Place { line: 1, column: 1 },
        ProblemKind::LaterFormat { format, known },
    )]
}
