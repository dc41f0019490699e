//! Small flows by the thousand, the same for the same seed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::Mode;
use super::super::graph::{GGuard, GTerm, Graph, NodeIx};

/// Numbers that look random and come back for the same seed (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

struct Sketch {
    steps: Vec<String>,
    decisions: Vec<String>,
    /// In the order in which they may open.
    order: Vec<String>,
    side: BTreeSet<String>,
    door: Vec<String>,
    arcs: Vec<String>,
    locks: Vec<Option<String>>,
    withdraws: Vec<Option<String>>,
    changes: Vec<Option<String>>,
    end: String,
}

fn is_decision(node: &str) -> bool {
    node.starts_with('D')
}

/// Gives something that a node does.
fn term(dice: &mut Dice, node: &str) -> String {
    if is_decision(node) {
        match dice.below(9) {
            0..=2 => format!("Chosen(\"{node}\", [\"a\"])"),
            3..=4 => format!("Chosen(\"{node}\", [\"b\"])"),
            5..=7 => format!("Chosen(\"{node}\", [\"a\", \"b\"])"),
            _ => format!("Opened(\"{node}\")"),
        }
    } else {
        match dice.below(10) {
            0 => format!("Opened(\"{node}\")"),
            1 => format!("Ticked(\"{node}\", \"item\")"),
            _ => format!("Done(\"{node}\")"),
        }
    }
}

fn guard(dice: &mut Dice, sketch: &Sketch) -> String {
    let node = dice.pick(&sketch.order);
    match dice.below(8) {
        0 => {
            let one = guard(dice, sketch);
            let other = guard(dice, sketch);
            let word = dice.pick(&["All", "Any"]);
            format!("{word}([{one}, {other}])")
        }
        1..=3 => {
            let other = dice.pick(&sketch.order);
            if dice.percent(70) {
                format!("Settled([\"{node}\"])")
            } else {
                format!("Settled([\"{node}\", \"{other}\"])")
            }
        }
        _ if sketch.decisions.is_empty() => format!("Settled([\"{node}\"])"),
        _ => {
            let decision = dice.pick(&sketch.decisions);
            let word = dice.pick(&["Chosen", "Chosen", "NotChosen"]);
            let answer = dice.pick(&["a", "b"]);
            format!("{word}(\"{decision}\", [\"{answer}\"])")
        }
    }
}

fn arc(on: &str, opens: &[String], extra: &str) -> String {
    let opens: Vec<String> = opens.iter().map(|node| format!("\"{node}\"")).collect();
    format!("(on: {on}, opens: [{}], {extra}", opens.join(", "))
}

fn sketch(dice: &mut Dice) -> Sketch {
    let decisions: Vec<String> = (1..=dice.below(3)).map(|n| format!("D{n}")).collect();
    let count = if decisions.is_empty() { 3 } else { 2 } + dice.below(4);
    let steps: Vec<String> = (1..=count).map(|n| format!("S-{n}")).collect();
    let mut rest: Vec<String> = steps.iter().chain(&decisions).cloned().collect();
    let mut order = Vec::new();
    while !rest.is_empty() {
        order.push(rest.remove(dice.below(rest.len())));
    }
    let mut sketch = Sketch {
        door: vec![order[0].clone()],
        end: String::new(),
        arcs: Vec::new(),
        locks: vec![None; decisions.len() * 2],
        withdraws: vec![None; decisions.len() * 2],
        changes: vec![None; decisions.len()],
        side: BTreeSet::new(),
        steps,
        decisions,
        order,
    };
    if dice.percent(25) {
        let other = dice.pick(&sketch.order);
        if !sketch.door.contains(&other) {
            sketch.door.push(other);
        }
    }
    for step in sketch.steps.clone() {
        if dice.percent(12) {
            sketch.side.insert(step);
        }
    }
    let first = if dice.percent(12) {
        loop_over_fork(dice, &mut sketch)
    } else {
        1
    };
    lead(dice, &mut sketch, first);
    branch(dice, &mut sketch);
    decide(dice, &mut sketch);
    let main: Vec<String> = sketch
        .order
        .iter()
        .filter(|n| !sketch.side.contains(*n))
        .cloned()
        .collect();
    let last = main.last().unwrap_or(&sketch.order[0]).clone();
    let other = if main.is_empty() {
        last.clone()
    } else {
        dice.pick(&main)
    };
    let done = |node: &str| {
        if is_decision(node) {
            format!("Chosen(\"{node}\", [\"a\", \"b\"])")
        } else {
            format!("Done(\"{node}\")")
        }
    };
    sketch.end = match dice.below(6) {
        0 => format!("All([{}, {}])", done(&last), done(&other)),
        1 => format!("Any([{}, {}])", done(&last), done(&other)),
        2 => format!("Any([{}])", term(dice, &other)),
        _ => format!("Any([{}])", done(&last)),
    };
    sketch
}

/// Begins with a loop that holds a fork; gives the place of the first node still to be led to.
fn loop_over_fork(dice: &mut Dice, sketch: &mut Sketch) -> usize {
    if sketch.decisions.is_empty() || sketch.steps.len() < 3 {
        return 1;
    }
    let first: Vec<String> = ["S-1", "S-2", "S-3", "D1"].map(str::to_owned).into();
    let rest = sketch.order.iter().filter(|node| !first.contains(node));
    sketch.order = first.iter().chain(rest).cloned().collect();
    sketch.door = vec!["S-1".to_owned()];
    let join = dice.pick(&["All", "All", "Any"]);
    let target = dice.pick(&["S-1", "S-1", "S-2"]);
    sketch.arcs.extend([
        arc(
            "Any([Done(\"S-1\")])",
            &["S-2".to_owned(), "S-3".to_owned()],
            "",
        ),
        arc(
            &format!("{join}([Done(\"S-2\"), Done(\"S-3\")])"),
            &["D1".to_owned()],
            "",
        ),
        arc(
            "Any([Chosen(\"D1\", [\"b\"])])",
            &[target.to_owned()],
            "mode: Loop, ",
        ),
    ]);
    4
}

/// Leads to every node from an earlier one, often by forks and joins.
fn lead(dice: &mut Dice, sketch: &mut Sketch, first: usize) {
    let order = sketch.order.clone();
    let mut at = first;
    while at < order.len() {
        let first = order[dice.below(at)].clone();
        let mut opens = vec![order[at].clone()];
        at += 1;
        if at < order.len() && dice.percent(35) {
            opens.push(order[at].clone());
            at += 1;
        }
        let second = order[dice.below(at - opens.len())].clone();
        let plain = |node: &str| {
            if is_decision(node) {
                format!("Chosen(\"{node}\", [\"a\", \"b\"])")
            } else {
                format!("Done(\"{node}\")")
            }
        };
        let on = match dice.below(10) {
            0..=1 => format!("Any([{}, {}])", term(dice, &first), term(dice, &second)),
            2..=4 => format!("All([{}, {}])", plain(&first), plain(&second)),
            5 => format!("All([{}, {}])", term(dice, &first), plain(&second)),
            6 => format!("Any([{}])", term(dice, &first)),
            _ => format!("Any([{}])", plain(&first)),
        };
        let extra = if dice.percent(12) {
            format!("when: {}, ", guard(dice, sketch))
        } else {
            String::new()
        };
        sketch.arcs.push(arc(&on, &opens, &extra));
        if is_decision(&first) && dice.percent(60) {
            let on = format!(
                "Any([Chosen(\"{first}\", [\"{}\"])])",
                dice.pick(&["a", "b"])
            );
            let target = dice.pick(&order);
            sketch.arcs.push(arc(&on, &[target], ""));
        }
    }
}

/// Adds loops, asking again, reminders, offers and whatever else.
fn branch(dice: &mut Dice, sketch: &mut Sketch) {
    let order = sketch.order.clone();
    for _ in 0..dice.below(4) {
        let from = dice.below(order.len());
        let to = dice.pick(&order);
        let mode = dice.pick(&[
            "Loop", "Loop", "Ask", "Renew", "Remind", "Open", "Open", "Offer",
        ]);
        let (on, to) = if mode == "Loop" || mode == "Renew" {
            let Some(decision) =
                (!sketch.decisions.is_empty()).then(|| dice.pick(&sketch.decisions))
            else {
                continue;
            };
            let at = order.iter().position(|n| *n == decision).unwrap();
            let answer = dice.pick(&["a", "b", "b"]);
            let to = if mode == "Loop" {
                order[dice.below(at + 1)].clone()
            } else {
                to
            };
            (format!("Any([Chosen(\"{decision}\", [\"{answer}\"])])"), to)
        } else if dice.percent(10) && !sketch.decisions.is_empty() {
            (
                format!("Any([Skipped(\"{}\")])", dice.pick(&sketch.decisions)),
                to,
            )
        } else {
            (format!("Any([{}])", term(dice, &order[from])), to)
        };
        let mut extra = if mode == "Open" {
            String::new()
        } else {
            format!("mode: {mode}, ")
        };
        if dice.percent(20) {
            let _ = write!(extra, "when: {}, ", guard(dice, sketch));
        }
        sketch.arcs.push(arc(&on, &[to], &extra));
    }
}

/// Adds locks, withdrawals and changes.
fn decide(dice: &mut Dice, sketch: &mut Sketch) {
    for at in 0..sketch.locks.len() {
        if dice.percent(15) {
            sketch.locks[at] = Some(guard(dice, sketch));
        }
        if dice.percent(22) {
            let node = dice.pick(&sketch.order);
            if node != sketch.decisions[at / 2] {
                sketch.withdraws[at] = Some(node);
            }
        }
    }
    for at in 0..sketch.changes.len() {
        if dice.percent(12) {
            let to = dice.pick(&["a", "b"]);
            let parks = dice.pick(&sketch.order);
            let renews = dice.pick(&sketch.order);
            sketch.changes[at] = Some(format!(
                "(to: [\"{to}\"], parks: [\"{parks}\"], warning: (ja: \"注意\", en: \"beware\"), renews: [\"{renews}\"], {BASIS})"
            ));
        }
    }
}

const BASIS: &str = "basis: Derived((ja: \"当方\", en: \"ours\"))";

/// Gives the text of a flow.
pub(crate) fn flow(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut sketch = sketch(&mut dice);
    if dice.percent(25) && !sketch.arcs.is_empty() {
        let gone = dice.below(sketch.arcs.len());
        sketch.arcs.remove(gone);
    }
    let mut text = String::from(
        "Flow(format: 1, id: \"small\", version: \"1\", title: (ja: \"小\", en: \"small\"), source: (ja: \"架空\", en: \"fictitious\"), notice: (ja: \"試験用\", en: \"for tests\"), phases: [(id: 1, title: (ja: \"対応\", en: \"Response\"))], roles: [(id: \"manager\", title: (ja: \"責任者\", en: \"Manager\"))],\n",
    );
    let door: Vec<String> = sketch.door.iter().map(|n| format!("\"{n}\"")).collect();
    let lands = &sketch.steps[0];
    let _ = writeln!(
        text,
        "doors: [(id: \"saw\", title: (ja: \"見た\", en: \"I saw it\"), opens: [{}], lands: \"{lands}\", {BASIS})],\nsteps: [",
        door.join(", ")
    );
    for step in &sketch.steps {
        let side = sketch.side.contains(step);
        let _ = writeln!(
            text,
            "(id: \"{step}\", phase: 1, title: (ja: \"一\", en: \"One\"), acts: [\"manager\"], side: {side}, texts: [(by: \"manager\", pieces: [(kind: Do, id: \"item\", ja: \"行う。\", en: \"Do.\")])]),"
        );
    }
    text.push_str("],\ndecisions: [\n");
    for (n, decision) in sketch.decisions.iter().enumerate() {
        let _ = write!(
            text,
            "(id: \"{decision}\", phase: 1, acts: [\"manager\"], question: (ja: \"よいか\", en: \"Well?\"), {BASIS}, changes: [{}], options: [",
            sketch.changes[n].clone().unwrap_or_default()
        );
        for (at, answer) in ["a", "b"].iter().enumerate() {
            let lock = sketch.locks[n * 2 + at]
                .as_ref()
                .map_or_else(String::new, |guard| {
                    format!("lock: (guard: {guard}, why: (ja: \"鍵\", en: \"locked\")), ")
                });
            let withdraws = sketch.withdraws[n * 2 + at]
                .as_ref()
                .map_or_else(String::new, |node| format!("withdraws: [\"{node}\"], "));
            let _ = write!(
                text,
                "(id: \"{answer}\", title: (ja: \"答\", en: \"answer\"), {lock}{withdraws}), "
            );
        }
        text.push_str("]),\n");
    }
    let _ = writeln!(
        text,
        "],\nends: [(id: \"ended\", title: (ja: \"終\", en: \"Ended\"), on: {}, {BASIS})],\narcs: [",
        sketch.end
    );
    for arc in &sketch.arcs {
        let _ = writeln!(text, "{arc}{BASIS}),");
    }
    text.push_str("])\n");
    text
}

/// Gives the constructs that a flow holds.
pub(crate) fn constructs(graph: &Graph) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let is_side = |node: NodeIx| graph.nodes[node.0].side;
    let withdrawn: BTreeSet<NodeIx> = graph
        .nodes
        .iter()
        .flat_map(|node| node.options.iter().flatten())
        .flat_map(|option| option.withdraws.iter().copied())
        .collect();
    for (number, arc) in graph.arcs.iter().enumerate() {
        let sources: BTreeSet<NodeIx> = arc.on.terms.iter().map(GTerm::node).collect();
        let mut name = |holds: bool, construct| {
            if holds {
                found.insert(construct);
            }
        };
        name(arc.opens.len() > 1, "fork");
        name(!arc.on.all && sources.len() > 1, "any-join");
        name(arc.on.all && sources.len() > 1, "all-join");
        name(reads(arc.when.as_ref(), true), "guard over a choice");
        name(reads(arc.when.as_ref(), false), "guard over settled nodes");
        let waits = |term: &GTerm| matches!(term, GTerm::Done(n) if withdrawn.contains(n));
        name(
            arc.on.all && arc.on.terms.iter().any(waits),
            "withdrawal of a join's source",
        );
        let way = graph.ways.get(&number).cloned().unwrap_or_default();
        let forks = graph.arcs.iter().any(|other| {
            other.opens.len() > 1
                && other.opens.iter().all(|node| way.contains(node))
                && other.on.terms.iter().all(|term| way.contains(&term.node()))
        });
        name(arc.mode == Mode::Loop, "loop");
        name(arc.mode == Mode::Loop && forks, "loop that holds a fork");
        name(
            sources.len() > 1 && sources.iter().any(|node| is_side(*node)),
            "side step that feeds a join",
        );
        name(arc.mode == Mode::Ask, "ask");
        name(arc.mode == Mode::Renew, "renew");
        name(arc.mode == Mode::Remind, "remind");
        name(matches!(arc.on.terms[0], GTerm::Skipped(_)), "skipped");
    }
    for node in &graph.nodes {
        for option in node.options.iter().flatten() {
            if reads(option.lock.as_ref(), true) {
                found.insert("lock over a choice");
            }
            if reads(option.lock.as_ref(), false) {
                found.insert("lock over settled nodes");
            }
        }
        if !node.changes.is_empty() {
            found.insert("change");
        }
    }
    found
}

fn reads(guard: Option<&GGuard>, choices: bool) -> bool {
    match guard {
        None => false,
        Some(GGuard::Chosen(..) | GGuard::NotChosen(..)) => choices,
        Some(GGuard::Settled(_)) => !choices,
        Some(GGuard::RowsSettled(_)) => false,
        Some(GGuard::All(guards) | GGuard::Any(guards)) => {
            guards.iter().any(|guard| reads(Some(guard), choices))
        }
    }
}
