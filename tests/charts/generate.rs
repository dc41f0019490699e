//! Large flows, the same for the same seed, that pass every check by how they are made.

use std::fmt::Write as _;

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

const ROLES: usize = 4;
const PHASES: usize = 4;
const DERIVED: &str = "basis: Derived((ja: \"当方\", en: \"ours\"))";
const TEXT: &str = "basis: Text([\"行う\"])";

struct Maker {
    dice: Dice,
    size: usize,
    nodes: usize,
    steps: String,
    decisions: String,
    arcs: String,
    /// Questions that may lead to far places.
    asked: Vec<String>,
    sides: Vec<String>,
}

impl Maker {
    fn phase(&self) -> usize {
        (1 + self.nodes * PHASES / (self.size + 1)).min(PHASES)
    }

    fn step(&mut self, side: bool) -> String {
        self.nodes += 1;
        let id = format!("S-{}", self.nodes);
        let role = self.dice.below(ROLES);
        let phase = self.phase();
        let (ja, en) = [
            ("何かをする", "Do something"),
            (
                "医療情報システムのベンダ及びサービス事業者等の委託業者への再発防止策の指示",
                "Instruct vendors, service providers and other contractors on the measures",
            ),
            ("報告", "Report"),
            (
                "再設定や再インストール、バックアップデータのリストア等",
                "Reconfigure, reinstall, restore backup data etc.",
            ),
        ][self.dice.below(4)];
        writeln!(
            self.steps,
            "(id: \"{id}\", phase: {phase}, title: (ja: \"{ja}\", en: \"{en}\"), acts: [\"r{role}\"], side: {side}, texts: [(by: \"r{role}\", pieces: [(kind: Do, id: \"item\", ja: \"行う。\", en: \"Do.\")])]),"
        )
        .unwrap();
        if side {
            self.sides.push(id.clone());
        }
        id
    }

    fn decision(&mut self) -> String {
        self.nodes += 1;
        let id = format!("D{}", self.nodes);
        let role = self.dice.below(ROLES);
        let phase = self.phase();
        writeln!(
            self.decisions,
            "(id: \"{id}\", phase: {phase}, acts: [\"r{role}\"], question: (ja: \"サイバー攻撃の兆候があるか\", en: \"Are there signs of a cyber attack?\"), {DERIVED}, options: [(id: \"yes\", title: (ja: \"ある\", en: \"Yes\")), (id: \"no\", title: (ja: \"ない\", en: \"No\")), (id: \"cant-tell\", title: (ja: \"わからない\", en: \"Can't tell\"))]),"
        )
        .unwrap();
        self.asked.push(id.clone());
        id
    }

    fn arc(&mut self, on: &str, opens: &[&str], more: &str) {
        let opens: Vec<String> = opens.iter().map(|id| format!("\"{id}\"")).collect();
        let basis = if self.dice.below(2) == 0 {
            DERIVED
        } else {
            TEXT
        };
        let opens = opens.join(", ");
        writeln!(self.arcs, "(on: {on}, opens: [{opens}], {more}{basis}),").unwrap();
    }

    /// Adds a few nodes behind what has been reached; gives what leads on.
    fn block(&mut self, on: &str) -> String {
        match self.dice.below(7) {
            0 | 1 => {
                let step = self.step(false);
                self.arc(on, &[&step], "");
                format!("Any([Done(\"{step}\")])")
            }
            2 => {
                // A fork, of which any or all go on.
                let first = self.step(false);
                self.arc(on, &[&first], "");
                let count = 2 + self.dice.below(5);
                let fork: Vec<String> = (0..count).map(|_| self.step(false)).collect();
                let opens: Vec<&str> = fork.iter().map(String::as_str).collect();
                self.arc(&format!("Any([Opened(\"{first}\")])"), &opens, "");
                let word = if self.dice.below(2) == 0 {
                    "All"
                } else {
                    "Any"
                };
                let terms: Vec<String> = fork
                    .iter()
                    .take(3)
                    .map(|id| format!("Done(\"{id}\")"))
                    .collect();
                format!("{word}([{}])", terms.join(", "))
            }
            3 | 4 => {
                let ask = self.decision();
                self.arc(on, &[&ask], "");
                let (one, other) = (self.step(false), self.step(false));
                self.arc(
                    &format!("Any([Chosen(\"{ask}\", [\"yes\", \"cant-tell\"])])"),
                    &[&one],
                    "",
                );
                self.arc(
                    &format!("Any([Chosen(\"{ask}\", [\"no\"])])"),
                    &[&other],
                    "",
                );
                self.arc(&format!("Any([Skipped(\"{ask}\")])"), &[&other], "");
                format!("Any([Done(\"{one}\"), Done(\"{other}\")])")
            }
            5 => {
                // A loop.
                let (one, two) = (self.step(false), self.step(false));
                let ask = self.decision();
                self.arc(on, &[&one], "");
                self.arc(&format!("Any([Done(\"{one}\")])"), &[&two], "");
                self.arc(&format!("Any([Done(\"{two}\")])"), &[&ask], "");
                self.arc(
                    &format!("Any([Chosen(\"{ask}\", [\"no\"])])"),
                    &[&one],
                    "mode: Loop, ",
                );
                format!("Any([Chosen(\"{ask}\", [\"yes\", \"cant-tell\"]), Skipped(\"{ask}\")])")
            }
            _ => {
                // Side steps, some of them asked for from far away.
                let step = self.step(false);
                let side = self.step(true);
                self.arc(on, &[&step, &side], "");
                if !self.asked.is_empty() {
                    let far = self.asked[self.dice.below(self.asked.len())].clone();
                    let mode = ["mode: Remind, ", "", "mode: Ask, "][self.dice.below(3)];
                    self.arc(
                        &format!("Any([Chosen(\"{far}\", [\"yes\"])])"),
                        &[&side],
                        mode,
                    );
                }
                if !self.sides.is_empty() && self.dice.below(2) == 0 {
                    let back = self.sides[self.dice.below(self.sides.len())].clone();
                    self.arc(
                        &format!("Any([Ticked(\"{step}\", \"item\")])"),
                        &[&back],
                        "mode: Remind, ",
                    );
                }
                format!("Any([Done(\"{step}\")])")
            }
        }
    }
}

/// Gives the text of a flow of about this many nodes.
pub(crate) fn flow(seed: u64, size: usize) -> String {
    let mut maker = Maker {
        dice: Dice((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        size,
        nodes: 0,
        steps: String::new(),
        decisions: String::new(),
        arcs: String::new(),
        asked: Vec::new(),
        sides: Vec::new(),
    };
    let first = maker.step(false);
    let mut on = format!("Any([Done(\"{first}\")])");
    while maker.nodes + 7 < size {
        on = maker.block(&on);
    }
    let last = maker.step(false);
    maker.arc(&on, &[&last], "");
    let Maker {
        steps,
        decisions,
        arcs,
        ..
    } = maker;
    let pair = |ja: &str, en: &str| format!("(ja: \"{ja}\", en: \"{en}\")");
    let mut phases = String::new();
    for phase in 1..=PHASES {
        let title = pair("初動対応", "Initial response");
        write!(phases, "(id: {phase}, title: {title}), ").unwrap();
    }
    let mut roles = String::new();
    for role in 0..ROLES {
        let title = pair(
            "医療従事者・一般のシステム利用者",
            "Medical staff and general system users",
        );
        write!(roles, "(id: \"r{role}\", title: {title}), ").unwrap();
    }
    let (title, source, notice) = (
        pair("大", "large"),
        pair("架空", "fictitious"),
        pair("試験用", "for tests"),
    );
    let saw = pair("見た", "I saw it");
    format!(
        "Flow(format: 1, id: \"large\", version: \"1\", title: {title}, source: {source}, notice: {notice}, phases: [{phases}], roles: [{roles}],\n\
         doors: [(id: \"saw\", title: {saw}, opens: [\"{first}\"], lands: \"{first}\", {DERIVED})],\n\
         steps: [\n{steps}],\ndecisions: [\n{decisions}],\n\
         ends: [(id: \"ended\", title: {title}, on: Any([Done(\"{last}\")]), {DERIVED})],\n\
         arcs: [\n{arcs}])"
    )
}
