//! Small flows from bytes, so that the fuzzer reaches the proof.

use std::fmt::Write as _;

const BASIS: &str = "basis: Derived((ja: \"当方\", en: \"ours\"))";

/// Numbers from bytes; when they are used up, zeros.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte)) % limit
    }

    fn node(&mut self, nodes: &[String]) -> String {
        nodes[self.below(nodes.len())].clone()
    }

    fn options(&mut self) -> &'static str {
        ["\"a\"", "\"b\"", "\"a\", \"b\""][self.below(3)]
    }

    fn term(&mut self, nodes: &[String]) -> String {
        let node = self.node(nodes);
        match self.below(8) {
            0 => format!("Opened(\"{node}\")"),
            1 => format!("Skipped(\"{node}\")"),
            2 if node.starts_with('S') => format!("Ticked(\"{node}\", \"item\")"),
            _ if node.starts_with('S') => format!("Done(\"{node}\")"),
            _ => format!("Chosen(\"{node}\", [{}])", self.options()),
        }
    }

    fn on(&mut self, nodes: &[String]) -> String {
        let how = self.below(8);
        let terms: Vec<String> = (0..=how % 4).map(|_| self.term(nodes)).collect();
        let word = if how > 3 { "All" } else { "Any" };
        format!("{word}([{}])", terms.join(", "))
    }

    fn guard(&mut self, nodes: &[String], depth: usize) -> String {
        let node = self.node(nodes);
        match self.below(6) {
            0 if depth < 4 => {
                let (one, other) = (self.guard(nodes, depth + 1), self.guard(nodes, depth + 1));
                let word = ["All", "Any"][self.below(2)];
                format!("{word}([{one}, {other}])")
            }
            1 | 2 if node.starts_with('D') => format!("Chosen(\"{node}\", [{}])", self.options()),
            3 if node.starts_with('D') => format!("NotChosen(\"{node}\", [{}])", self.options()),
            4 => format!("Settled([\"{node}\", \"{}\"])", self.node(nodes)),
            _ => format!("Settled([\"{node}\"])"),
        }
    }

    fn list(&mut self, nodes: &[String]) -> String {
        let list: Vec<String> = (0..=self.below(4))
            .map(|_| format!("\"{}\"", self.node(nodes)))
            .collect();
        list.join(", ")
    }
}

/// Gives the text of a flow of up to nine nodes, sound or not.
pub fn generated(choices: &[u8]) -> String {
    let mut from = Choices(choices.iter());
    let steps: Vec<String> = (1..=1 + from.below(6)).map(|n| format!("S-{n}")).collect();
    let decisions: Vec<String> = (1..=from.below(4)).map(|n| format!("D{n}")).collect();
    let nodes: Vec<String> = steps.iter().chain(&decisions).cloned().collect();
    let mut text = String::from(
        "Flow(format: 1, id: \"small\", version: \"1\", title: (ja: \"小\", en: \"small\"), source: (ja: \"架空\", en: \"fictitious\"), notice: (ja: \"試験用\", en: \"for tests\"), phases: [(id: 1, title: (ja: \"対応\", en: \"Response\"))], roles: [(id: \"manager\", title: (ja: \"責任者\", en: \"Manager\"))],\ndoors: [",
    );
    // Writing to a `String` cannot fail.
    for door in 0..=from.below(2) {
        let (opens, lands) = (from.list(&nodes), from.node(&nodes));
        writeln!(text, "(id: \"d{door}\", title: (ja: \"見た\", en: \"I saw it\"), opens: [{opens}], lands: \"{lands}\", {BASIS}),").ok();
    }
    text.push_str("],\nsteps: [\n");
    for step in &steps {
        let side = from.below(6) == 1;
        writeln!(text, "(id: \"{step}\", phase: 1, title: (ja: \"一\", en: \"One\"), acts: [\"manager\"], side: {side}, texts: [(by: \"manager\", pieces: [(kind: Do, id: \"item\", ja: \"行う。\", en: \"Do.\")])]),").ok();
    }
    text.push_str("],\ndecisions: [\n");
    for decision in &decisions {
        let extra = from.below(8);
        let changes = if extra == 1 {
            let (parks, renews) = (from.list(&nodes), from.list(&nodes));
            format!(
                "changes: [(to: [{}], parks: [{parks}], warning: (ja: \"注意\", en: \"beware\"), renews: [{renews}], {BASIS})], ",
                from.options()
            )
        } else {
            String::new()
        };
        write!(text, "(id: \"{decision}\", phase: 1, acts: [\"manager\"], side: {}, question: (ja: \"よいか\", en: \"Well?\"), {BASIS}, {changes}options: [", extra == 2).ok();
        for answer in ["a", "b"] {
            let extra = from.below(8);
            let lock = if extra % 4 == 1 {
                format!(
                    "lock: (guard: {}, why: (ja: \"鍵\", en: \"locked\")), ",
                    from.guard(&nodes, 0)
                )
            } else {
                String::new()
            };
            let withdraws = if extra > 5 {
                format!("withdraws: [{}], ", from.list(&nodes))
            } else {
                String::new()
            };
            write!(
                text,
                "(id: \"{answer}\", title: (ja: \"答\", en: \"answer\"), {lock}{withdraws}), "
            )
            .ok();
        }
        text.push_str("]),\n");
    }
    writeln!(text, "],\nends: [(id: \"ended\", title: (ja: \"終\", en: \"Ended\"), on: {}, {BASIS})],\narcs: [", from.on(&nodes)).ok();
    for _ in 0..from.below(16) {
        let (on, opens) = (from.on(&nodes), from.list(&nodes));
        let mode = [
            "Open", "Open", "Open", "Loop", "Ask", "Renew", "Remind", "Offer",
        ][from.below(8)];
        let when = if from.below(5) == 1 {
            format!("when: {}, ", from.guard(&nodes, 0))
        } else {
            String::new()
        };
        writeln!(
            text,
            "(on: {on}, opens: [{opens}], mode: {mode}, {when}{BASIS}),"
        )
        .ok();
    }
    text.push_str("])\n");
    text
}
