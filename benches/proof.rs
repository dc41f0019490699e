//! The check of a flow: the shipped one, and two of it in series.
//!
//! `cargo bench --no-default-features --bench proof`

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::exit,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a bench measures, prints and may fall over"
)]

mod support;

use shodo::flow::{Flow, SHIPPED};
use support::{Figure, by_turns, median, ms, report};

fn main() {
    let one = SHIPPED[0].text.to_owned();
    let two = series::twice(&one);
    let check = |text: &str| {
        let flow = Flow::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(flow.states() > 0);
    };
    // Three checks of one take about as long as one of two, so that other work on the machine
    // disturbs both alike.
    let mut three = || (0..3).for_each(|_| check(&one));
    let rounds = by_turns(101, [&mut three, &mut || check(&two)]);
    report(
        "proof",
        &[
            Figure {
                name: "check of the shipped flow",
                limit: 10.0,
                value: median(rounds.iter().map(|[three, _]| ms(*three) / 3.0)),
                unit: "ms",
            },
            Figure {
                name: "check of two in series, by that of one",
                limit: 3.0,
                value: median(
                    rounds
                        .iter()
                        .map(|[three, two]| 3.0 * ms(*two) / ms(*three)),
                ),
                unit: "times",
            },
        ],
    );
}

/// Two flows in series, as text.
mod series {
    /// Gives the flow twice: the second begins where the first ends.
    ///
    /// Steps, decisions and arcs of the second have names of their own; the rest is shared.
    pub fn twice(text: &str) -> String {
        let nodes = nodes(text);
        let again = |part: &str| {
            nodes.iter().fold(part.to_owned(), |part, node| {
                part.replace(&format!("\"{node}\""), &format!("\"again-{node}\""))
            })
        };
        let mut both = text.to_owned();
        for list in ["steps", "decisions", "arcs"] {
            let (start, end) = span(&both, list);
            let second = again(&both[start..end]);
            both.insert_str(end, &second);
        }
        // The peacetime steps and the ground of a report are not done twice.
        for id in ["again-0-1", "again-0-2", "again-D7"] {
            remove_last(&mut both, id);
        }
        let ended = "All([Done(\"4-7\"), Done(\"4-8\")])";
        let watching = "Any([Chosen(\"D1\", [\"no\"])])";
        assert!(both.contains(ended) && both.contains(watching));
        both = both.replacen(ended, &again(ended), 1);
        both = both.replacen(
            watching,
            "Any([Chosen(\"D1\", [\"no\"]), Chosen(\"again-D1\", [\"no\"])])",
            1,
        );
        let (_, end) = span(&both, "arcs");
        let joint = format!(
            "(on: {ended}, opens: [\"again-1-1\", \"again-1-4\", \"again-D0\"], basis: Derived((ja: \"続き\", en: \"next\"))),\n"
        );
        both.insert_str(end, &joint);
        both
    }

    /// Gives where the records of a list of the flow stand.
    fn span(text: &str, list: &str) -> (usize, usize) {
        let start = text.find(&format!("\n    {list}: [\n")).unwrap();
        let start = start + list.len() + 9;
        let end = start + text[start..].find("\n    ],").unwrap() + 1;
        (start, end)
    }

    fn nodes(text: &str) -> Vec<String> {
        let ids = text.split("id: \"").skip(1);
        let ids = ids.map(|rest| rest.split('"').next().unwrap_or_default());
        let is_node = |id: &&str| {
            let mut letters = id.chars();
            let first = letters.next().unwrap_or(' ');
            (first.is_ascii_digit() && id.contains('-')) || matches!(first, 'D' | 'X')
        };
        let mut nodes: Vec<String> = ids.filter(is_node).map(str::to_owned).collect();
        nodes.sort();
        nodes.dedup();
        nodes
    }

    /// Removes the last record of a step or decision with this name.
    fn remove_last(text: &mut String, id: &str) {
        let at = text.rfind(&format!("id: \"{id}\"")).unwrap();
        let step = text[..at].rfind("\n        Step(").unwrap();
        let start = text[..at]
            .rfind("\n        Decision(")
            .map_or(step, |at| at.max(step));
        let end = at + text[at..].find("\n        ),").unwrap() + "\n        ),".len();
        text.replace_range(start..end, "");
    }
}
