//! What is true in a marking: of terms, and of guards.

use super::graph::{GGuard, GTerm, How, NodeIx, OptionIx};
use super::marking::{Mark, Marking, State, Was};

/// Tells whether a term has happened in the current attempts.
pub(super) fn is_true(term: &GTerm, marking: &Marking) -> bool {
    is_true_of(term, marking.mark(term.node()))
}

/// Tells whether a term has happened, given the mark of its node.
pub(super) fn is_true_of(term: &GTerm, mark: &Mark) -> bool {
    match term {
        GTerm::Opened(_) => match mark.state {
            State::Closed => false,
            State::Withdrawn { was, .. } => was != Was::Closed,
            State::Open | State::Parked { .. } | State::Done(_) | State::Skipped => true,
        },
        GTerm::Ticked(_, item) => mark.is_settled() || mark.is_ticked(*item),
        GTerm::Done(_) => mark.is_settled(),
        GTerm::Chosen(_, options) => is_chosen(mark, options),
        GTerm::Skipped(_) => mark.state == State::Skipped,
    }
}

fn is_chosen(mark: &Mark, options: &[OptionIx]) -> bool {
    mark.is_settled() && in_force(mark, options)
}

/// Tells whether a guard can hold while these answers are in force; what else it asks for can.
pub(super) fn may_hold(guard: &GGuard, answer_of: &dyn Fn(NodeIx) -> Option<How>) -> bool {
    let is_one_of = |node: NodeIx, options: &[OptionIx]| {
        answer_of(node).map(|how| matches!(how, How::Answer(o) if options.contains(&o)))
    };
    match guard {
        GGuard::Chosen(node, options) => is_one_of(*node, options).unwrap_or(true),
        GGuard::NotChosen(node, options) => !is_one_of(*node, options).unwrap_or(false),
        GGuard::Settled(_) | GGuard::RowsSettled(_) => true,
        GGuard::All(guards) => guards.iter().all(|guard| may_hold(guard, answer_of)),
        GGuard::Any(guards) => guards.iter().any(|guard| may_hold(guard, answer_of)),
    }
}

/// Tells whether a guard holds.
pub(super) fn holds(guard: &GGuard, marking: &Marking) -> bool {
    match guard {
        GGuard::Chosen(node, options) => in_force(marking.mark(*node), options),
        GGuard::NotChosen(node, options) => !in_force(marking.mark(*node), options),
        GGuard::Settled(nodes) => nodes.iter().all(|node| {
            let mark = marking.mark(*node);
            mark.is_settled() || matches!(mark.state, State::Withdrawn { .. })
        }),
        GGuard::RowsSettled(table) => !marking.has_unsettled_rows(*table),
        GGuard::All(guards) => guards.iter().all(|guard| holds(guard, marking)),
        GGuard::Any(guards) => guards.iter().any(|guard| holds(guard, marking)),
    }
}

/// Tells whether one of the answers is in force: chosen last, also while it is asked again; not
/// once a new attempt is closed.
fn in_force(mark: &Mark, options: &[OptionIx]) -> bool {
    mark.state != State::Closed && mark.way.is_some_and(|answer| options.contains(&answer))
}
