//! What holds after any sequence of commands, sensible or not.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shodo::flow::{Node, OptionIx, State};
use shodo::incident::{Act, Became, Ground, Incident};

use crate::support::{Walker, shipped};

/// A command as numbers, so that shrinking keeps its shape.
fn lines() -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    proptest::collection::vec((0..16_u8, 0..64_usize, 0..8_usize), 1..60)
}

/// The same with every third command a changed answer, a skip, a reopening or an early start.
fn changes() -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    let kind = prop_oneof![4 => 0..6_u8, 2 => Just(11_u8), 1 => prop_oneof![
        Just(6_u8), Just(7), Just(10), Just(14), Just(15)]];
    proptest::collection::vec((kind, 0..64_usize, 0..8_usize), 1..80)
}

pub(crate) fn act(walker: &Walker, kind: u8, at: usize, choice: usize) -> Act {
    let nodes: Vec<_> = walker.flow.nodes().collect();
    // Mostly what is open, so that walks get far; answers are changed where there are some.
    let open: Vec<_> = match kind {
        11 => (nodes.iter())
            .filter(|(ix, _)| walker.incident.marking().mark(*ix).answer.is_some())
            .copied()
            .collect(),
        _ => walker.incident.open_nodes(walker.flow).collect(),
    };
    let (_, node) = if choice < 5 && !open.is_empty() {
        open[at % open.len()]
    } else {
        nodes[at % nodes.len()]
    };
    let id = node.id().clone();
    let ground = if choice.is_multiple_of(2) {
        Ground::because("x")
    } else {
        Ground::default()
    };
    let item = u32::try_from(choice % 4 + 1).unwrap();
    let option = match node {
        Node::Decision(d) => d.options[choice % d.options.len()].id.clone(),
        Node::Step(_) => "yes".to_owned(),
    };
    match (kind, node) {
        (0..=5, Node::Step(_)) => Act::Complete(id, ground),
        (0..=5, Node::Decision(_)) => Act::Choose(id, option, ground),
        (6, _) => Act::Skip(id, ground),
        (7, _) => Act::Start(id, ground),
        (8, _) => Act::Park(id, ground),
        (9, _) => Act::Resume(id, ground),
        (10, _) => Act::Reopen(id, ground),
        (11, _) => Act::Change(id, option, ground),
        (12, _) => Act::Tick(id, item, None),
        (13, _) => Act::Untick(id, item, ground),
        (14, _) => Act::BringBack(id, ground),
        _ => Act::AskAgain(id, "fact".to_owned()),
    }
}

fn walk(lines: &[(u8, usize, usize)]) -> Walker {
    let doors = ["saw", "staff", "vendor", "prepare"];
    let mut walker = Walker::through(doors[lines.len() % doors.len()]);
    for &(kind, at, choice) in lines {
        let act = act(&walker, kind, at, choice);
        // A refusal leaves no trace.
        let before = walker.incident.clone();
        if walker.act(act).is_err() {
            assert_eq!(before, walker.incident);
        }
    }
    walker
}

/// Goes on as a person would who takes up and settles everything that is in view, until
/// nothing is open or parked.
fn settle_all(walker: &mut Walker) {
    for _ in 0..400 {
        let next = walker.flow.nodes().find(|(ix, _)| {
            matches!(
                walker.incident.marking().mark(*ix).state,
                State::Open | State::Parked { .. }
            )
        });
        let Some((ix, node)) = next else {
            return;
        };
        let id = node.id().clone();
        let ground = Ground::default;
        let act = match node {
            Node::Step(_) => Act::Complete(id, ground()),
            Node::Decision(decision) => {
                let marking = walker.incident.marking();
                let unlocked = |at: &usize| walker.flow.is_unlocked(marking, ix, OptionIx(*at));
                let in_force = marking.mark(ix).answer.map(|answer| answer.0);
                let first = (0..decision.options.len()).find(unlocked);
                // The loop is left with its first answer.
                let stays = in_force.filter(|at| unlocked(at) && decision.id.as_str() != "D5");
                let at = stays.or(first).unwrap();
                Act::Choose(id, decision.options[at].id.clone(), ground())
            }
        };
        walker.act(act).unwrap();
    }
    panic!("it never comes to an end: {}", walker.stand());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replay_gives_the_same_state_and_so_does_every_prefix(lines in lines()) {
        let walker = walk(&lines);
        let entries = walker.incident.entries().to_vec();
        let mut grown = Incident::new(walker.flow);
        for (count, entry) in entries.iter().enumerate() {
            prop_assert_eq!(&Incident::replay(walker.flow, &entries[..count]), &grown);
            grown.apply(walker.flow, entry.clone());
        }
        prop_assert_eq!(&grown, &walker.incident);
    }

    #[test]
    fn nothing_opens_twice_in_one_attempt_and_nothing_open_is_lost(lines in lines()) {
        let walker = walk(&lines);
        let mut attempts: BTreeMap<String, u32> = BTreeMap::new();
        let mut incident = Incident::new(walker.flow);
        for entry in walker.incident.entries() {
            let open_before: Vec<_> =
                incident.open_nodes(walker.flow).map(|(ix, node)| (ix, node.id().clone())).collect();
            let mut state: BTreeMap<String, State> = walker.flow.nodes()
                .map(|(ix, node)| (node.id().to_string(), incident.marking().mark(ix).state)).collect();
            for effect in &entry.effects {
                let node = effect.node.to_string();
                match effect.becomes {
                    Became::Open | Became::Taken => {
                        prop_assert_ne!(state[&node], State::Open, "{} opened twice", node);
                        state.insert(node, State::Open);
                    }
                    Became::Renewed => {
                        *attempts.entry(node.clone()).or_default() += 1;
                        state.insert(node, State::Closed);
                    }
                    Became::Done | Became::Skipped | Became::Chosen(_) => { state.insert(node, State::Skipped); }
                    Became::Parked | Became::ParkedByFlow | Became::Withdrawn(_) | Became::WithdrawnByChange
                    | Became::Restored => { state.insert(node, State::Closed); }
                    _ => {}
                }
            }
            incident.apply(walker.flow, entry.clone());
            for (ix, id) in open_before {
                let named = entry.effects.iter().any(|effect| effect.node == id);
                prop_assert!(named || incident.marking().mark(ix).is_open(), "{id} was lost");
            }
        }
    }

    #[test]
    fn every_unsettled_node_opens_with_one_command_and_the_incident_can_be_closed(lines in lines()) {
        let walker = walk(&lines);
        for (ix, node) in walker.flow.nodes() {
            let mark = walker.incident.marking().mark(ix);
            if mark.is_settled() || mark.is_open() {
                continue;
            }
            let mut other = Walker { flow: walker.flow, incident: walker.incident.clone(), minute: 1000 };
            let started = other.act(Act::Start(node.id().clone(), Ground::default()));
            prop_assert!(started.is_ok(), "{}: {:?}", node.id(), started);
            prop_assert!(other.incident.marking().mark(ix).is_open());
        }
        let mut other = Walker { flow: walker.flow, incident: walker.incident.clone(), minute: 1000 };
        prop_assert!(other.act(Act::Close(Ground::default(), BTreeMap::new())).is_ok());
        prop_assert!(other.incident.closed().is_some());
    }

    #[test]
    fn the_flow_goes_on_to_an_end_after_any_commands(lines in prop_oneof![lines(), changes()]) {
        let mut walker = walk(&lines);
        let before = walker.incident.entries().len();
        settle_all(&mut walker);
        let ends: Vec<_> = walker.flow.reached_ends(walker.incident.marking()).collect();
        prop_assert!(!ends.is_empty(), "{} withdrawn {:?}\n{:#?}", walker.stand(), walker.in_state(|s| matches!(s, State::Withdrawn {..})),
            walker.incident.entries()[..before].iter().map(|e| &e.event).collect::<Vec<_>>());
    }

    #[test]
    fn the_entry_says_all_that_has_become_of_the_nodes(lines in lines()) {
        // What decide worked out on its own marking is what applying the entry gives:
        // nothing is left to fire.
        let mut walker = walk(&lines);
        let entry = walker.act(Act::Note(shodo::incident::Note { text: "x".to_owned(), ..Default::default() })).unwrap();
        prop_assert!(entry.effects.is_empty(), "{:?}", entry.effects);
    }

    #[test]
    fn a_flow_with_its_text_cut_anywhere_is_refused_without_a_panic(at in 0..shipped().text().len()) {
        let text = shipped().text();
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        if text[at..].trim().len() > 1 {
            prop_assert!(shodo::flow::Flow::read(&text[..at]).is_err());
        }
    }
}
