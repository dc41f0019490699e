//! Any text as a flow; behind a first byte FF, the rest chooses the parts of a small flow.
//!
//! A flow is taken or gives problems that stand within its text; reading it again gives the
//! same; and one that is taken leads to an end by whatever way an incident goes through it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shodo::flow::sha256_hex;
use shodo::flow::{Flow, Node, NodeId, OptionIx, Problem, ProblemKind, STATE_LIMIT, State};
use shodo::incident::{Act, Command, Ground, Incident, decide};
use shodo::telling;
use shodo_fuzz::{WORDS, flow_text, moment, opening};

/// How many problems are told at most.
const PROBLEM_LIMIT: usize = 200;
const MOVES_LIMIT: usize = 60;

fuzz_target!(|data: &[u8]| {
    let text = flow_text(data);
    match Flow::read(&text) {
        Ok(flow) => {
            assert_eq!(flow.text(), text);
            assert_eq!(flow.sha256(), sha256_hex(text.as_bytes()));
            assert!(flow.states() <= STATE_LIMIT);
            let again = Flow::read(&text).expect("a sound flow is sound");
            assert_eq!(flow.states(), again.states());
            for door in flow.doors() {
                walk(&flow, &door.id, data);
            }
        }
        Err(problems) => {
            fit(&text, &problems);
            // A long search is not made twice.
            let is_long = |problem: &Problem| {
                matches!(
                    problem.kind,
                    ProblemKind::TooManyStates { .. } | ProblemKind::TooMuchWork { .. }
                )
            };
            if !problems.iter().any(is_long) {
                assert_eq!(Flow::read(&text).err(), Some(problems));
            }
        }
    }
});

/// Checks that problems are told, in order, and stand within the text.
fn fit(text: &str, problems: &[Problem]) {
    assert!(!problems.is_empty() && problems.len() <= PROBLEM_LIMIT);
    assert!(
        problems.is_sorted_by_key(|problem| (problem.line, problem.column)),
        "{problems:?}"
    );
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    for problem in problems {
        let line = problem
            .line
            .checked_sub(1)
            .and_then(|at| body.split('\n').nth(at));
        let width = line
            .unwrap_or_else(|| panic!("no such line: {problem:?}"))
            .chars()
            .count();
        // The end of a line is a place too.
        assert!(
            (1..=width + 1).contains(&problem.column),
            "{problem:?} of {width}"
        );
        for words in WORDS.iter() {
            let (says, hint) = telling::problem(words, problem);
            assert!(words.has(problem.kind.key()) && !says.is_empty() && !hint.is_empty());
            let way = telling::way(words, &problem.witness);
            assert_eq!(way.is_empty(), problem.witness.is_empty());
        }
        telling::witness(&problem.witness);
    }
}

/// Goes through a flow by plain moves, as the bytes choose, until nothing is open; then an end is reached.
fn walk(flow: &Flow, door: &str, choices: &[u8]) {
    let now = moment("2026-11-21T13:00:00+09:00");
    let mut incident = Incident::new(flow);
    incident.apply(flow, opening(flow, door, now));
    let mut choices = choices.iter().cycle().map(|byte| usize::from(*byte));
    let mut next = || choices.next().unwrap_or_default();
    for _ in 0..MOVES_LIMIT {
        let acts: Vec<Act> = flow
            .nodes()
            .filter(|(ix, _)| incident.marking().mark(*ix).is_open())
            .flat_map(|(ix, node)| match node {
                Node::Step(step) => vec![Act::Complete(step.id.clone(), Ground::default())],
                Node::Decision(decision) => (0..decision.options.len())
                    .filter(|at| flow.is_unlocked(incident.marking(), ix, OptionIx(*at)))
                    .filter_map(|at| answer(flow, &decision.id, at))
                    .collect(),
            })
            .collect();
        if acts.is_empty() {
            let is_parked = flow
                .nodes()
                .any(|(ix, _)| matches!(incident.marking().mark(ix).state, State::Parked { .. }));
            let ends = flow.reached_ends(incident.marking()).count();
            assert!(is_parked || ends > 0, "it stands still without an end");
            return;
        }
        let act = acts[next() % acts.len()].clone();
        let entry = decide(flow, &incident, Command::from(act), now);
        incident.apply(flow, entry.expect("a plain move is taken"));
    }
}

fn answer(flow: &Flow, decision: &NodeId, at: usize) -> Option<Act> {
    let option = flow.decision(decision)?.options.get(at)?;
    Some(Act::Choose(
        decision.clone(),
        option.id.clone(),
        Ground::default(),
    ))
}
