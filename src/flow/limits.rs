//! What bounds the time and the memory that a check takes, whatever the file holds.

use super::file::FlowFile;
use super::place::Place;
use super::problem::{Problem, ProblemKind};
use super::{Basis, Field, FieldKind, Guard, On, Term};

/// The largest number of states that are visited.
pub const STATE_LIMIT: usize = 50_000;

/// How much work the proof may take, in looks at a node or an arc: about a second.
pub(super) const WORK_LIMIT: usize = 40_000_000;

/// How many bytes the states may take together.
const STATE_BYTES_LIMIT: usize = 64 * 1024 * 1024;

/// How many problems are told at once.
pub(super) const PROBLEM_LIMIT: usize = 200;

const NODE_LIMIT: usize = 500;
const ARC_LIMIT: usize = 2_000;
const NAME_LIMIT: usize = 20_000;
const ANSWER_LIMIT: usize = 1_000;
const LIST_LIMIT: usize = 500;
const QUOTE_LIMIT: usize = 1_000;
const QUOTED_LIMIT: usize = 512 * 1024;
const PART_LIMIT: usize = 10_000;

/// The work that is left, and how many states, of how many bytes, one search may find.
#[derive(Debug)]
pub(super) struct Work {
    left: usize,
    pub(super) states: usize,
    pub(super) bytes: usize,
}

impl Work {
    pub(super) fn new() -> Self {
        Self {
            left: WORK_LIMIT,
            states: STATE_LIMIT,
            bytes: STATE_BYTES_LIMIT,
        }
    }

    /// Allows whatever a test needs.
    #[cfg(test)]
    pub(super) fn without_limit() -> Self {
        Self {
            left: usize::MAX,
            states: usize::MAX,
            bytes: usize::MAX,
        }
    }

    /// Takes some of it; nothing when that is more than is left.
    pub(super) fn spend(&mut self, looks: usize) -> Option<()> {
        self.left = self.left.checked_sub(looks)?;
        Some(())
    }
}

/// Gives a problem for each count that is beyond its limit.
pub(super) fn sizes(file: &FlowFile) -> Vec<Problem> {
    let answers = file.decisions.iter().flat_map(|decision| &decision.options);
    let quotes = bases(file).map(|basis| match basis {
        Basis::Text(quotes) | Basis::Order(quotes) => quotes.len(),
        Basis::Derived(_) => 0,
    });
    let intros = file.phases.iter().flat_map(|phase| &phase.intro);
    let passages = file.steps.iter().flat_map(|step| &step.texts);
    let said = file.decisions.iter().flat_map(|decision| &decision.quotes);
    let quoted = intros
        .chain(passages.flat_map(|passage| &passage.pieces))
        .chain(said)
        .map(|piece| piece.ja.len());
    let counts = [
        ("nodes", file.steps.len() + file.decisions.len(), NODE_LIMIT),
        ("arcs", file.arcs.len(), ARC_LIMIT),
        ("names", names(file), NAME_LIMIT),
        ("answers", answers.count(), ANSWER_LIMIT),
        ("quotes", quotes.sum(), QUOTE_LIMIT),
        ("quoted", quoted.sum(), QUOTED_LIMIT),
        ("parts", parts(file), PART_LIMIT),
        ("phases", file.phases.len(), LIST_LIMIT),
        ("roles", file.roles.len(), LIST_LIMIT),
        ("contacts", file.contacts.len(), LIST_LIMIT),
        ("situations", file.situations.len(), LIST_LIMIT),
        ("tables", file.tables.len(), LIST_LIMIT),
        ("duties", file.duties.len(), LIST_LIMIT),
        ("doors", file.doors.len(), LIST_LIMIT),
        ("ends", file.ends.len(), LIST_LIMIT),
    ];
    let start = Place { line: 1, column: 1 };
    counts
        .into_iter()
        .filter(|(_, count, limit)| count > limit)
        .map(|(what, count, limit)| {
            Problem::new(start, ProblemKind::TooMany { what, count, limit })
        })
        .collect()
}

/// Counts what steps, decisions, tables, duties and doors consist of.
fn parts(file: &FlowFile) -> usize {
    let mut count: usize = file.phases.iter().map(|phase| phase.intro.len()).sum();
    for step in &file.steps {
        count += step.texts.iter().map(|t| 1 + t.pieces.len()).sum::<usize>();
        count += step.acts.len() + step.supports.len() + step.contacts.len() + step.notes.len();
        count += fields(&step.fields);
    }
    for decision in &file.decisions {
        count += decision.quotes.len() + decision.acts.len() + decision.notes.len();
        count += fields(&decision.fields) + decision.changes.len();
    }
    for table in &file.tables {
        count += fields(&table.columns);
        count += table.settled.as_ref().map_or(0, |s| s.among.len());
    }
    for duty in &file.duties {
        count += duty.grounds.len() + duty.keeps.len();
        count += duty
            .deadlines
            .iter()
            .map(|d| 1 + d.per_ground.len())
            .sum::<usize>();
    }
    count
        + file
            .doors
            .iter()
            .map(|door| door.backfill.len())
            .sum::<usize>()
}

fn fields(fields: &[Field]) -> usize {
    let fields = fields.iter().map(|field| match &field.kind {
        FieldKind::Choice(choices) => 1 + choices.len(),
        FieldKind::Table(_, columns) => 1 + columns.len(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number(_)
        | FieldKind::YesNo
        | FieldKind::DateTime => 1,
    });
    fields.sum()
}

fn bases(file: &FlowFile) -> impl Iterator<Item = &Basis> {
    let doors = file.doors.iter().map(|door| &door.basis);
    let ends = file.ends.iter().map(|end| &end.basis);
    let arcs = file.arcs.iter().map(|arc| &arc.basis);
    let decisions = file.decisions.iter().flat_map(|decision| {
        let options = decision.options.iter().filter_map(|o| o.basis.as_ref());
        let changes = decision.changes.iter().map(|change| &change.basis);
        std::iter::once(&decision.basis)
            .chain(options)
            .chain(changes)
    });
    doors.chain(ends).chain(arcs).chain(decisions)
}

/// Counts the names of nodes and answers that doors, arcs, ends, answers and changes hold.
fn names(file: &FlowFile) -> usize {
    let mut count: usize = file.doors.iter().map(|door| door.opens.len()).sum();
    count += file.ends.iter().map(|end| terms(&end.on)).sum::<usize>();
    for arc in &file.arcs {
        count += terms(&arc.on) + arc.opens.len() + arc.when.as_ref().map_or(0, guard);
    }
    for decision in &file.decisions {
        for option in &decision.options {
            count += option.withdraws.len();
            count += option.lock.as_ref().map_or(0, |lock| guard(&lock.guard));
        }
        for change in &decision.changes {
            count += change.from.len() + change.to.len();
            count += change.parks.len() + change.renews.len() + usize::from(change.until.is_some());
        }
    }
    count
}

fn terms(on: &On) -> usize {
    let terms = on.terms().iter().map(|term| match term {
        Term::Chosen(_, options) => 1 + options.len(),
        Term::Opened(_) | Term::Ticked(..) | Term::Done(_) | Term::Skipped(_) => 1,
    });
    terms.sum()
}

fn guard(when: &Guard) -> usize {
    match when {
        Guard::Chosen(_, options) | Guard::NotChosen(_, options) => 1 + options.len(),
        Guard::Settled(nodes) => 1 + nodes.len(),
        Guard::RowsSettled(_) => 1,
        Guard::All(guards) | Guard::Any(guards) => 1 + guards.iter().map(guard).sum::<usize>(),
    }
}
