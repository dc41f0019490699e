//! The proof against a plain search of every state, on thousands of small flows and on every
//! mutation of the shipped flow.

#![allow(
    clippy::allow_attributes,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::let_underscore_must_use,
    reason = "a test may fall over, that is how it fails; and its counts are to be seen"
)]

mod generate;
mod mutate;
mod plain;

use std::collections::{BTreeMap, BTreeSet};

use super::check;
use super::explore::Plain;
use super::file::{self, FlowFile};
use super::graph::Graph;
use super::limits::Work;
use super::place::Places;
use super::problem::{Move, Problem, ProblemKind};
use super::verdict::{prove, prove_with};
use super::{On, SHIPPED, Term};
use plain::{Space, Verdict};

/// Reads the problems of a proof as a verdict that can be compared.
fn verdict(file: &FlowFile, places: &Places<'_>, proven: &Result<usize, Vec<Problem>>) -> Verdict {
    let mut verdict = Verdict::default();
    let Err(problems) = proven else {
        return verdict;
    };
    let arc_at = |problem: &Problem| {
        let is_there = |at: &usize| {
            let place = places.find(&["arcs".into(), (*at).into()]);
            (place.line, place.column) == (problem.line, problem.column)
        };
        (0..file.arcs.len()).find(is_there).unwrap()
    };
    for problem in problems {
        match &problem.kind {
            ProblemKind::Unreachable { id } => {
                verdict.unreachable.insert(id.clone());
            }
            ProblemKind::UnreachableEnd { id } => {
                verdict.unreachable_ends.insert(id.clone());
            }
            ProblemKind::LockedForever { decision, option } => {
                verdict.locked.insert((decision.clone(), option.clone()));
            }
            ProblemKind::NeverFires { .. } => {
                verdict.never_fires.insert(arc_at(problem));
            }
            ProblemKind::DeadEnd { .. } => verdict.dead_end = Some(problem.witness.len()),
            ProblemKind::JoinWaits { .. } => {
                verdict.joins.insert(arc_at(problem), problem.witness.len());
            }
            other => panic!("{other:?}"),
        }
    }
    verdict
}

/// Gives the way to the dead end as moves.
fn dead_end(graph: &Graph, file: &FlowFile, problems: &[Problem]) -> Option<Vec<Plain>> {
    let is_dead_end = |problem: &&Problem| matches!(problem.kind, ProblemKind::DeadEnd { .. });
    let problem = problems.iter().find(is_dead_end)?;
    let way = problem.witness.iter().map(|step| match step {
        Move::Door { id, .. } => Plain::Door(file.doors.iter().position(|d| d.id == *id).unwrap()),
        Move::Done { id, .. } => Plain::Done(graph.index(id).unwrap()),
        Move::Chosen { id, option, .. } => {
            let decision = file.decisions.iter().find(|d| d.id == *id).unwrap();
            let at = decision.options.iter().position(|o| o.id == *option);
            Plain::Chosen(graph.index(id).unwrap(), super::OptionIx(at.unwrap()))
        }
    });
    Some(way.collect())
}

/// What the two searches agree about.
struct Compared {
    graph: Graph,
    space: Space,
    verdict: Verdict,
}

/// Compares the two searches; nothing where names are wrong, or the plain one is too large.
fn compare(name: &str, file: &FlowFile, places: &Places<'_>, limit: usize) -> Option<Compared> {
    let graph = check::names(file, places).ok()?;
    let mut space = Space::of(&graph, limit)?;
    let expected = space.verdict(file, &graph);
    let proven = prove(file, &graph, places);
    let found = verdict(file, places, &proven);
    assert_eq!(
        found, expected,
        "{name}: found by the proof, by the plain search\n{file:?}"
    );
    if let Err(problems) = &proven
        && let Some(way) = dead_end(&graph, file, problems)
    {
        assert!(space.is_dead_end(&graph, &way), "{name}: {way:?}\n{file:?}");
    }
    Some(Compared {
        graph,
        space,
        verdict: expected,
    })
}

/// Compares the searches on flows of one seed after the other; gives the counts.
fn compare_many(seeds: impl Iterator<Item = u64>, flows: usize, limit: usize) -> Counts {
    let mut counts = Counts::new();
    let mut compared = 0;
    for seed in seeds {
        let (text, name) = (generate::flow(seed), format!("flow {seed}"));
        let (file, places) = file::parse(&text).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        let Some(both) = compare(&name, &file, &places, limit) else {
            continue;
        };
        compared += 1;
        for construct in generate::constructs(&both.graph).into_iter().chain(["all"]) {
            let (sound, unsound) = counts.entry(construct).or_default();
            *if both.verdict.is_sound() {
                sound
            } else {
                unsound
            } += 1;
        }
        if compared == flows {
            break;
        }
    }
    println!("{compared} flows compared");
    for (construct, (sound, unsound)) in &counts {
        println!("{construct:32} sound {sound:6}  unsound {unsound:6}");
    }
    counts
}

/// More states than a mutation of a piece has.
const MUTATION_STATES: usize = 100_000;

/// How many flows hold a construct: sound ones and unsound ones.
type Counts = BTreeMap<&'static str, (usize, usize)>;

#[test]
fn the_proof_says_what_plain_search_says_of_ten_thousand_flows() {
    // The first few have shown faults before.
    let seeds = [1_014_509, 1_021_375, 1_025_224, 1_061_766].into_iter();
    let counts = compare_many(seeds.chain(1..), 10_500, 600);
    assert_eq!(counts.len(), 17, "{counts:?}");
    for (construct, (sound, unsound)) in counts {
        assert!(
            sound >= 100 && unsound >= 100,
            "{construct}: {sound}, {unsound}"
        );
    }
}

/// Larger flows too: a few hundred, or as many as `SHODO_PROOF_FLOWS` says when the proof changes.
#[test]
fn the_proof_says_what_plain_search_says_of_larger_flows() {
    compare_many(
        1_000_000..,
        asked(option_env!("SHODO_PROOF_FLOWS"), 300),
        5_000,
    );
}

/// How many of something are wanted: what the environment says at the build, else the usual number.
fn asked(said: Option<&str>, usual: usize) -> usize {
    said.map_or(usual, |said| said.parse().unwrap())
}

/// Compares the proof with one that forgets nothing, on a flow that is too large for the
/// plain search; gives the verdict.
fn compare_kept(name: &str, file: &FlowFile, places: &Places<'_>) -> Option<Verdict> {
    let graph = check::names(file, places).ok()?;
    let kept = prove_with(file, &graph, places, false, Work::without_limit());
    let proven = prove(file, &graph, places);
    let found = verdict(file, places, &proven);
    assert_eq!(found, verdict(file, places, &kept), "{name}");
    Some(found)
}

/// Each mutation in each piece that it is in, by plain search.
#[test]
fn the_proof_says_what_plain_search_says_of_every_mutation_of_the_shipped_flow() {
    let (file, places) = file::parse(SHIPPED[0].text).unwrap();
    let mut fired = BTreeSet::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for piece in mutate::pieces(&file) {
        let whole = compare(piece.name, &piece.file, &places, MUTATION_STATES).unwrap();
        println!("{}: {} states", piece.name, whole.space.len());
        fired.extend(whole.space.fired().map(|at| piece.arcs[at]));
        for (mutation, name, mutant) in mutate::all(&piece.file) {
            let name = format!("{}, {name}", piece.name);
            if let Err(problems) = check::names(&mutant, &places) {
                println!("{name}: refused before any search: {problems:?}");
                continue;
            }
            let both = compare(&name, &mutant, &places, MUTATION_STATES);
            let both = both.unwrap_or_else(|| panic!("{name}: too many states"));
            let (same, other) = counts.entry(mutation).or_default();
            *if both.verdict == whole.verdict {
                same
            } else {
                other
            } += 1;
        }
    }
    for (mutation, (same, other)) in &counts {
        println!("{mutation:20} same verdict as before {same:4}  another {other:4}");
    }
    assert_eq!(counts.len(), 3, "{counts:?}");
    assert!(counts["arc deleted"].1 > 0, "{counts:?}");
    // Nothing is skipped in a proof.
    let is_skip = |term: &Term| matches!(term, Term::Skipped(_));
    let in_none = file.arcs.iter().enumerate().filter(|(number, arc)| {
        let (On::Any(terms) | On::All(terms)) = &arc.on;
        !fired.contains(number) && !terms.iter().any(is_skip)
    });
    let in_none: Vec<_> = in_none.map(|(_, arc)| (&arc.on, &arc.opens)).collect();
    assert!(in_none.is_empty(), "{in_none:?}");
}

/// The whole shipped flow, and as many of its mutations as `SHODO_PROOF_MUTATIONS` says: one
/// search that forgets nothing takes seconds, all of them half an hour.
#[test]
fn the_whole_shipped_flow_and_its_mutations_are_judged_as_without_forgetting() {
    let (file, places) = file::parse(SHIPPED[0].text).unwrap();
    compare_kept("whole", &file, &places).unwrap();
    let count = asked(option_env!("SHODO_PROOF_MUTATIONS"), 1);
    let mutations = mutate::all(&file);
    println!("{count} of {} mutations at most", mutations.len());
    for (_, name, file) in mutations.into_iter().take(count) {
        compare_kept(&name, &file, &places);
    }
}

#[test]
fn two_flows_in_series_take_at_most_three_times_the_states_of_one() {
    let (file, places) = file::parse(SHIPPED[0].text).unwrap();
    let states = |file: &FlowFile| {
        let graph = check::names(file, &places).unwrap_or_else(|p| panic!("{p:?}"));
        prove(file, &graph, &places).unwrap_or_else(|p| panic!("{p:?}"))
    };
    let one = states(&file);
    let two = states(&mutate::in_series(&file));
    println!("one {one}, two in series {two}");
    assert!(two <= 3 * one, "{one}, {two}");
}
