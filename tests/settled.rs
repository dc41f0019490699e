//! What `flow-format.md` 2.2 decides where walks through the flow had been answered in two ways:
//! each with the shortest sequence that tells the answers apart.

use shodo::flow::State;

use crate::support::Walker;

/// Goes through the lines of `incident do`, parted by `;`, from the door *saw*.
fn after(lines: &str) -> Walker {
    let mut walker = Walker::through("saw");
    for line in lines.split(';').map(str::trim) {
        walker.must(line);
    }
    walker
}

/// The state of a node in a word: `closed`, `open`, `parked`, `done`, `skipped`, `withdrawn`.
fn state(walker: &Walker, node: &str) -> &'static str {
    let ix = walker.flow.index(&node.into()).unwrap();
    match walker.incident.marking().mark(ix).state {
        State::Closed => "closed",
        State::Open => "open",
        State::Parked { .. } => "parked",
        State::Done(_) => "done",
        State::Skipped => "skipped",
        State::Withdrawn { .. } => "withdrawn",
    }
}

#[track_caller]
fn expect(walker: &Walker, nodes: &str, is: &str) {
    for node in nodes.split(' ') {
        assert_eq!(state(walker, node), is, "{node}");
    }
}

fn attempt(walker: &Walker, node: &str) -> u32 {
    walker.incident.attempt(&node.into()).unwrap().number
}

const SERIOUS: &str = "done 1-3; done 1-4; choose D1 yes --why x";

#[test]
fn what_an_answer_in_force_withdraws_does_not_come_back_by_another_answer() {
    let mut walker = after(&format!(
        "{SERIOUS}; change D1 no --why x; choose D2 yes --why x; change D1 yes --why x"
    ));
    expect(&walker, "2-1 2-5", "open");
    expect(&walker, "2-2 2-3 2-4", "withdrawn");
    // It is restored once the answer that withdrew it changes, since the way to it stands.
    walker.must("change D2 no --why x");
    expect(&walker, "2-2 2-3 2-4", "open");
}

#[test]
fn what_only_an_answer_no_longer_in_force_led_to_is_not_restored() {
    let walker = after(&format!(
        "{SERIOUS}; choose D2 yes --why x; change D1 no --why x; change D2 no --why x"
    ));
    expect(&walker, "2-1 2-2 2-3 2-4", "withdrawn");
}

#[test]
fn what_another_answer_in_force_opened_stays_when_an_answer_changes() {
    let mut walker = after(&format!(
        "{SERIOUS}; choose D6 yes --why x; change D1 no --why x"
    ));
    expect(&walker, "4-3 X-3", "open");
    walker.must("change D6 no --why x");
    expect(&walker, "4-3 X-3", "withdrawn");
}

#[test]
fn a_changed_answer_withdraws_alike_all_that_only_the_old_one_opened() {
    let walker = after("choose D6 yes --why x; change D6 no --why x");
    expect(&walker, "4-3 X-3", "withdrawn");
}

#[test]
fn a_running_duty_keeps_its_steps_open_when_the_answer_changes() {
    let walker = after("choose D6 yes --why x; knew ppc; change D6 no --why x");
    expect(&walker, "4-3 X-3", "open");
}

#[test]
fn a_parked_untouched_step_goes_with_its_answer_and_comes_back_parked() {
    let mut walker = after(&format!(
        "{SERIOUS}; choose D2 yes --why x; park 2-6 --why x; change D2 no --why x"
    ));
    expect(&walker, "2-6", "withdrawn");
    walker.must("change D2 yes --why x");
    expect(&walker, "2-6", "parked");
    assert!(
        walker
            .incident
            .attempt(&"2-6".into())
            .unwrap()
            .parked
            .is_some()
    );
}

#[test]
fn a_step_that_an_answer_withdrew_while_parked_is_restored_parked() {
    let walker = after(&format!(
        "{SERIOUS}; park 2-3 --why x; choose D2 yes --why x; change D2 no --why x"
    ));
    expect(&walker, "2-3", "parked");
    expect(&walker, "2-2 2-4", "open");
}

#[test]
fn a_question_asked_again_with_a_fact_is_touched() {
    let walker = after(
        "skip 2-12 --why x; ask-again D6 fact; done 1-3; done 1-4; choose D1 yes --why x; ask-again D1 fact; choose D1 no --why x",
    );
    expect(&walker, "D6", "open");
}

#[test]
fn a_source_that_drops_out_by_a_changed_answer_fires_no_join() {
    let walker = after(&format!(
        "{SERIOUS}; choose D2 yes --why x; done 2-6; done 2-10; done 2-11; done 2-12; choose D3 yes --why x; change D2 no --why x"
    ));
    expect(&walker, "2-14", "withdrawn");
    expect(&walker, "2-16", "closed");
    // Nor does it with the next entry, and on the way back it waits for what dropped out.
    let mut walker = walker;
    walker.must("note x");
    walker.must("done X-2");
    expect(&walker, "2-16", "closed");
    walker.must("change D2 yes --why x");
    expect(&walker, "2-16", "closed");
    expect(&walker, "2-14", "open");
    walker.must("done 2-14");
    expect(&walker, "2-16", "open");
}

#[test]
fn reopening_a_step_fires_nothing_that_its_completion_fires() {
    let mut walker = after(&format!(
        "{SERIOUS}; choose D2 yes --why x; tick 2-7 1; done 2-8; done 2-6; change D2 no --why x"
    ));
    expect(&walker, "2-10", "withdrawn");
    walker.must("reopen 2-8 --why x");
    expect(&walker, "2-10", "withdrawn");
    // What happens anew fires anew.
    walker.must("done 2-8");
    expect(&walker, "2-10", "open");
}

#[test]
fn an_answer_ends_the_offer_to_ask_again() {
    let walker = after(
        "done 1-3; done 1-4; choose D0 no --why x; choose D1 no --why x; ask-again D1 fact; change D0 yes --why x; choose D1 yes --why x",
    );
    assert!(
        walker.incident.offers().is_empty(),
        "{:?}",
        walker.incident.offers()
    );
}

#[test]
fn a_renewed_closed_question_has_no_answer_in_force_and_a_reopened_one_keeps_it() {
    let answer = |walker: &Walker, id: &str| {
        let mut answers = walker.incident.answers(walker.flow);
        answers
            .find(|(node, _)| node.as_str() == id)
            .map(|(_, answer)| answer.id.clone())
    };
    let mut walker = after("start 3-3 --why x; done 3-3; done 3-4; choose D5 no --why x");
    expect(&walker, "D5", "closed");
    assert_eq!(answer(&walker, "D5"), None);
    // Its earlier answer stands in its earlier attempt.
    assert_eq!(walker.incident.attempts(&"D5".into()).len(), 2);
    walker.must("done 3-3");
    walker.must("done 3-4");
    assert_eq!(
        (state(&walker, "D5"), answer(&walker, "D5")),
        ("open", None)
    );
    walker.must("choose D5 yes --why x");
    walker.must("reopen D5 --why x");
    assert_eq!(
        (state(&walker, "D5"), answer(&walker, "D5")),
        ("open", Some("yes".to_owned()))
    );

    let walker = after(&format!(
        "{SERIOUS}; skip 2-2 --why x; skip 2-3 --why x; skip 2-4 --why x; choose D2 no --why x; done X-1; done 3-1; choose D4 no --why x; change D2 yes --why x"
    ));
    expect(&walker, "D4", "closed");
    assert_eq!(answer(&walker, "D4"), None);
}

#[test]
fn reopening_the_target_of_a_loop_renews_the_way_back_with_what_was_withdrawn() {
    let walker = after(
        "done 1-3; done 1-4; choose D1 no-situation --why x; start 3-3 --why x; done 3-3; change D1 no --why x; reopen 3-3 --why x",
    );
    expect(&walker, "3-3", "open");
    expect(&walker, "3-4", "closed");
}

#[test]
fn a_loop_leaves_an_open_target_in_its_attempt() {
    let walker = after("start 3-3 --why x; choose D5 no --why x");
    expect(&walker, "3-3", "open");
    assert_eq!(attempt(&walker, "3-3"), 1);
}

#[test]
fn a_loop_begins_anew_what_was_half_verified_before_the_repair() {
    let walker = after("done 3-3 --why x; tick 3-4 1; choose D5 no --why x");
    expect(&walker, "3-4", "closed");
    assert_eq!(attempt(&walker, "3-4"), 2);
    assert!(
        walker
            .incident
            .attempt(&"3-4".into())
            .unwrap()
            .ticks
            .is_empty()
    );
    assert_eq!(walker.incident.attempts(&"3-4".into())[0].ticks.len(), 1);
    // What nobody has begun stays as it is.
    let walker = after("done 3-3 --why x; choose D5 no --why x");
    expect(&walker, "3-4", "open");
    assert_eq!(attempt(&walker, "3-4"), 1);
}

#[test]
fn a_recovery_begun_for_a_fault_opens_parked_until_the_evidence_is_settled() {
    let fault = "skip 2-2 --why x; skip 2-3 --why x; skip 2-4 --why x; choose D2 no --why x";
    let mut walker = after(&format!(
        "{SERIOUS}; {fault}; done X-1; tick 3-1 1; change D2 yes --why x"
    ));
    expect(&walker, "3-1", "parked");
    walker.must("done 3-1");
    expect(&walker, "D4", "open");
    let entry = walker.must("choose D4 yes --why x");
    expect(&walker, "3-3", "parked");
    assert!(
        entry
            .effects
            .iter()
            .any(|effect| effect.node.as_str() == "3-3"
                && effect.becomes == shodo::incident::Became::ParkedByFlow)
    );
    assert!(
        walker
            .incident
            .attempt(&"3-3".into())
            .unwrap()
            .opened
            .is_some()
    );
    // The way through the attack leads to it again.
    for line in [
        "done 2-6",
        "done 2-10",
        "done 2-11",
        "done 2-12",
        "choose D3 yes --why x",
        "done 2-14",
        "done 2-16",
    ] {
        walker.must(line);
    }
    expect(&walker, "3-3", "parked");
    walker.must("done 2-17");
    expect(&walker, "3-3", "open");

    // A question there begins anew, whatever was typed into it.
    let walker = after(&format!(
        "{SERIOUS}; {fault}; done X-1; done 3-1; field D4 ground x; change D2 yes --why x"
    ));
    expect(&walker, "D4", "closed");
}

#[test]
fn persons_found_later_are_told_too() {
    let walker =
        after("choose D6 yes --why x; done X-3; done 4-3; done 4-1 --why x; choose D6 yes --why x");
    expect(&walker, "X-3 4-3", "open");
    assert_eq!((attempt(&walker, "X-3"), attempt(&walker, "4-3")), (2, 2));
}

#[test]
fn a_question_of_an_attack_that_is_left_out_goes_the_way_of_cannot_tell() {
    let mut walker = after(&format!("{SERIOUS}; skip D2 --why x"));
    expect(&walker, "2-6 2-7 2-13 2-18 4-4 4-9 D6", "open");
    expect(&walker, "2-2 2-3 2-4", "withdrawn");
    expect(&walker, "X-1", "closed");
    // Said so afterwards, nothing changes but the answer.
    walker.must("change D2 cant-tell --why x");
    expect(&walker, "2-6 2-7", "open");
    walker.must("change D2 no --why x");
    expect(&walker, "2-2 2-3 2-4 X-1", "open");
    expect(&walker, "2-6 2-7", "withdrawn");
}

#[test]
fn how_care_goes_on_is_decided_in_an_attack_too() {
    let mut walker = after(SERIOUS);
    expect(&walker, "X-2", "open");
    walker.must("choose D2 yes --why x");
    expect(&walker, "X-2", "open");
}

#[test]
fn a_reopened_step_was_not_started_early() {
    let walker = after("done 1-3; reopen 1-3 --why x");
    assert!(!walker.incident.attempt(&"1-3".into()).unwrap().early);
    let walker = after("start 3-3 --why x");
    assert!(walker.incident.attempt(&"3-3".into()).unwrap().early);
}

#[test]
fn what_the_new_answer_leads_to_as_well_stays_wherever_it_stands() {
    let attack =
        "done 1-4; choose D1 yes --why x; choose D2 cant-tell --why x; choose D3 no --why x";
    let walker = after(&format!(
        "{attack}; change D2 no --why x; change D3 yes --why x"
    ));
    expect(&walker, "2-18", "open");
    let walker = after(
        "choose D3 yes --why x; change D2 no --why x; not-applicable 2-16; change D3 no --why x",
    );
    expect(&walker, "2-17", "open");
    let walker = after(
        "choose D2 yes --why x; skip 2-12 --why x; change D1 no --why x; change D2 cant-tell --why x",
    );
    expect(&walker, "2-14 D3", "open");
}

#[test]
fn a_recovery_is_parked_and_not_withdrawn_when_an_attack_is_found_whatever_the_failure_was_called()
{
    let fault =
        "choose D2 no --why x; done X-1 --why x; change D1 no --why x; change D2 yes --why x";
    let mut walker = after(fault);
    expect(&walker, "3-1", "parked");
    for line in [
        "done 2-6",
        "done 2-10",
        "done 2-11",
        "done 2-12",
        "choose D3 yes --why x",
        "done 2-14",
        "done 2-16",
        "done 2-17",
    ] {
        walker.must(line);
    }
    expect(&walker, "3-1", "open");
    let walker = after(
        "choose D2 no --why x; change D1 no --why x; choose D4 no --why x; change D2 yes --why x",
    );
    expect(&walker, "3-2", "parked");
    let walker = after(
        "choose D2 no --why x; change D1 no --why x; done 3-3 --why x; change D2 cant-tell --why x",
    );
    expect(&walker, "3-4", "parked");
}

#[test]
fn what_the_flow_parked_and_a_change_withdrew_comes_back_parked_only_while_it_is_held_back() {
    let walker = after(
        "done X-1 --why x; change D2 yes --why x; change D1 no --why x; change D2 no --why x",
    );
    expect(&walker, "3-1", "open");
}

#[test]
fn an_answer_that_others_kept_from_leading_there_withdraws_nothing_there() {
    let walker = after(
        "choose D1 yes --why x; choose D2 no --why x; start 2-14 --why x; change D1 no --why x",
    );
    expect(&walker, "2-14 D3", "open");
}

#[test]
fn an_open_question_is_not_offered() {
    let walker = after(
        "choose D1 yes --why x; skip 2-2 --why x; skip 2-3 --why x; skip 2-4 --why x; choose D2 no --why x; reopen D2 --why x; done 2-5",
    );
    expect(&walker, "D2", "open");
    assert!(walker.incident.offers().is_empty());
}

#[test]
fn a_step_set_aside_by_a_person_comes_back_so_with_an_answer_that_asks_for_it_anew() {
    let walker = after(
        "choose D6 yes --why x; park 4-3 --why x; change D6 no --why x; change D6 yes --why x",
    );
    expect(&walker, "4-3", "parked");
}
