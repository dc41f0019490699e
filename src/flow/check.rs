//! From the shape of a flow file to resolved arcs, or every problem found.
//!
//! This is the first half of the check: names, texts and quotes. The second half, what can
//! be reached, is [`super::explore`]. Problems are values with a place, a key into the
//! language files and its arguments; the words themselves are not here.

use std::collections::{BTreeMap, BTreeSet};

use super::file::FlowFile;
use super::graph::{GArc, GChange, GGuard, GNode, GOn, GOption, GTerm, Graph, NodeIx, OptionIx};
use super::place::{Place, Places, Segment};
use super::{Answer, Basis, Field, FieldKind, Guard, Mode, Move, NodeId, On, Pair, Piece, Term};

/// A fault of a flow file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The shortest way there, where the fault shows only while the flow runs.
    pub witness: Vec<Move>,
}

impl Problem {
    pub(super) fn new(place: Place, kind: ProblemKind) -> Self {
        Self {
            line: place.line,
            column: place.column,
            kind,
            witness: Vec::new(),
        }
    }
}

/// What is wrong with a flow file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file is larger than is read.
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The file is of a format that this program does not know yet.
    LaterFormat {
        /// The file's.
        format: u32,
        /// The latest known.
        known: u32,
    },
    /// The text is not RON of the expected shape.
    Syntax {
        /// The reader's words.
        says: String,
    },
    /// An identifier stands twice.
    Duplicate {
        /// `node`, `role` …
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// An identifier names nothing.
    Unknown {
        /// `node`, `role` …
        what: &'static str,
        /// The identifier.
        id: String,
        /// The most similar known one.
        near: Option<String>,
    },
    /// A text is empty in a language.
    Empty {
        /// What it is the text of.
        of: String,
    },
    /// A list that needs something in it has nothing.
    Missing {
        /// `doors`, `ends`, `options` …
        what: &'static str,
        /// Of what.
        of: String,
    },
    /// A quote stands nowhere in the flow's texts.
    NotQuoted {
        /// The quote.
        quote: String,
    },
    /// A step has more than 64 things to do.
    TooManyItems {
        /// The step.
        id: String,
    },
    /// A side node would hold up the main line.
    SideHoldsUp {
        /// The side node.
        side: String,
        /// What would wait.
        waits: String,
    },
    /// A node can never open.
    Unreachable {
        /// The node.
        id: String,
    },
    /// An end can never be reached.
    UnreachableEnd {
        /// The end.
        id: String,
    },
    /// From some state no end can be reached.
    DeadEnd {
        /// The nodes that are open there.
        open: String,
    },
    /// A join waits for something that can never come.
    JoinWaits {
        /// What the join would open.
        opens: String,
        /// What it waits for.
        waits: String,
    },
    /// An answer can never be unlocked.
    LockedForever {
        /// The decision.
        decision: String,
        /// The answer.
        option: String,
    },
    /// An arc's guard never holds.
    NeverFires {
        /// What the arc would open.
        opens: String,
    },
    /// The flow has more states than are searched.
    TooManyStates {
        /// The limit.
        limit: usize,
    },
}

impl ProblemKind {
    /// Gives the key of the sentence in the language files; the hint's is this with `-hint`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "problem-too-large",
            Self::LaterFormat { .. } => "problem-later-format",
            Self::Syntax { .. } => "problem-syntax",
            Self::Duplicate { .. } => "problem-duplicate",
            Self::Unknown { near: None, .. } => "problem-unknown",
            Self::Unknown { .. } => "problem-unknown-near",
            Self::Empty { .. } => "problem-empty",
            Self::Missing { .. } => "problem-missing",
            Self::NotQuoted { .. } => "problem-not-quoted",
            Self::TooManyItems { .. } => "problem-too-many-items",
            Self::SideHoldsUp { .. } => "problem-side-holds-up",
            Self::Unreachable { .. } => "problem-unreachable",
            Self::UnreachableEnd { .. } => "problem-unreachable-end",
            Self::DeadEnd { .. } => "problem-dead-end",
            Self::JoinWaits { .. } => "problem-join-waits",
            Self::LockedForever { .. } => "problem-locked-forever",
            Self::NeverFires { .. } => "problem-never-fires",
            Self::TooManyStates { .. } => "problem-too-many-states",
        }
    }

    /// Gives the arguments of the sentence and its hint.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::LaterFormat { format, known } => {
                vec![("format", format.to_string()), ("known", known.to_string())]
            }
            Self::Syntax { says } => vec![("says", says.clone())],
            Self::Duplicate { what, id } => {
                vec![("what", (*what).to_owned()), ("id", id.clone())]
            }
            Self::Unknown { what, id, near } => vec![
                ("what", (*what).to_owned()),
                ("id", id.clone()),
                ("near", near.clone().unwrap_or_default()),
            ],
            Self::Empty { of } => vec![("of", of.clone())],
            Self::Missing { what, of } => vec![("what", (*what).to_owned()), ("of", of.clone())],
            Self::NotQuoted { quote } => vec![("quote", quote.clone())],
            Self::TooManyItems { id } | Self::Unreachable { id } | Self::UnreachableEnd { id } => {
                vec![("id", id.clone())]
            }
            Self::SideHoldsUp { side, waits } => {
                vec![("side", side.clone()), ("waits", waits.clone())]
            }
            Self::DeadEnd { open } => vec![("open", open.clone())],
            Self::JoinWaits { opens, waits } => {
                vec![("opens", opens.clone()), ("waits", waits.clone())]
            }
            Self::LockedForever { decision, option } => {
                vec![("decision", decision.clone()), ("option", option.clone())]
            }
            Self::NeverFires { opens } => vec![("opens", opens.clone())],
            Self::TooManyStates { limit } => vec![("limit", limit.to_string())],
        }
    }
}

/// Resolves all names; gives the graph, or every problem in the order of the file.
pub(super) fn names(file: &FlowFile, places: &Places) -> Result<Graph, Vec<Problem>> {
    let mut checker = Checker {
        file,
        places,
        problems: Vec::new(),
        index: BTreeMap::new(),
        said: said(file),
    };
    checker.identifiers();
    checker.texts();
    checker.records();
    let graph = checker.graph();
    let mut problems = checker.problems;
    if problems.is_empty() {
        problems = side_holds_up(file, &graph, places);
    }
    if problems.is_empty() {
        Ok(graph)
    } else {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        Err(problems)
    }
}

/// Joins all that the source says, so that quotes can be looked up in it.
fn said(file: &FlowFile) -> String {
    let intros = file.phases.iter().flat_map(|phase| &phase.intro);
    let steps = file.steps.iter().flat_map(|step| {
        step.texts
            .iter()
            .flat_map(|passage| &passage.pieces)
            .filter(|piece| piece.from.is_none())
    });
    let quotes = file.decisions.iter().flat_map(|decision| &decision.quotes);
    let mut said = String::new();
    for piece in intros.chain(steps).chain(quotes) {
        if !piece.ours {
            said.push_str(&piece.ja);
        }
    }
    said.retain(|c| !c.is_whitespace());
    said
}

struct Checker<'a> {
    file: &'a FlowFile,
    places: &'a Places,
    problems: Vec<Problem>,
    index: BTreeMap<NodeId, NodeIx>,
    said: String,
}

/// A way to a value, put together from names and numbers.
macro_rules! way {
    ($($segment:expr),+) => { &[$(Segment::from($segment)),+] };
}

impl Checker<'_> {
    fn problem(&mut self, way: &[Segment], kind: ProblemKind) {
        self.problems
            .push(Problem::new(self.places.find(way), kind));
    }

    fn unique<'b>(
        &mut self,
        list: &'static str,
        what: &'static str,
        ids: impl Iterator<Item = &'b str>,
    ) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            if id.trim().is_empty() {
                self.problem(
                    way![list, at, "id"],
                    ProblemKind::Empty {
                        of: what.to_owned(),
                    },
                );
            } else if !seen.insert(id.to_owned()) {
                let id = id.to_owned();
                self.problem(way![list, at, "id"], ProblemKind::Duplicate { what, id });
            }
        }
    }

    fn identifiers(&mut self) {
        let file = self.file;
        self.unique("roles", "role", file.roles.iter().map(|r| r.id.as_str()));
        self.unique(
            "contacts",
            "contact",
            file.contacts.iter().map(|c| c.id.as_str()),
        );
        self.unique(
            "situations",
            "situation",
            file.situations.iter().map(|s| s.id.as_str()),
        );
        self.unique("tables", "table", file.tables.iter().map(|t| t.id.as_str()));
        self.unique("duties", "duty", file.duties.iter().map(|d| d.id.as_str()));
        self.unique("doors", "door", file.doors.iter().map(|d| d.id.as_str()));
        self.unique("ends", "end", file.ends.iter().map(|e| e.id.as_str()));
        self.unique("steps", "node", file.steps.iter().map(|s| s.id.as_str()));
        self.unique(
            "decisions",
            "node",
            file.decisions.iter().map(|d| d.id.as_str()),
        );
        let mut phases = BTreeSet::new();
        for (at, phase) in file.phases.iter().enumerate() {
            if !phases.insert(phase.id) {
                let id = phase.id.to_string();
                let kind = ProblemKind::Duplicate { what: "phase", id };
                self.problem(way!["phases", at, "id"], kind);
            }
        }
        for step in &file.steps {
            let next = NodeIx(self.index.len());
            self.index.entry(step.id.clone()).or_insert(next);
        }
        for (at, decision) in file.decisions.iter().enumerate() {
            if decision.ground_of.is_some() {
                continue;
            }
            let next = NodeIx(self.index.len());
            if file.steps.iter().any(|step| step.id == decision.id) {
                let id = decision.id.to_string();
                let kind = ProblemKind::Duplicate { what: "node", id };
                self.problem(way!["decisions", at, "id"], kind);
            } else {
                self.index.entry(decision.id.clone()).or_insert(next);
            }
        }
        for (what, empty) in [
            ("roles", file.roles.is_empty()),
            ("phases", file.phases.is_empty()),
            ("doors", file.doors.is_empty()),
            ("ends", file.ends.is_empty()),
            ("steps", file.steps.is_empty()),
        ] {
            if empty {
                let of = file.id.clone();
                self.problem(&[], ProblemKind::Missing { what, of });
            }
        }
    }

    fn pair(&mut self, way: &[Segment], pair: &Pair, of: &str) {
        if pair.ja.trim().is_empty() || pair.en.trim().is_empty() {
            self.problem(way, ProblemKind::Empty { of: of.to_owned() });
        }
    }

    fn piece(&mut self, way: &[Segment], piece: &Piece, of: &str) {
        if piece.ja.trim().is_empty() || piece.en.trim().is_empty() {
            self.problem(way, ProblemKind::Empty { of: of.to_owned() });
        }
        if let Some(situation) = &piece.situation {
            let known = self.file.situations.iter().map(|s| s.id.clone()).collect();
            self.known(way, "situation", situation, &known);
        }
        if let Some(from) = &piece.from
            && !self.index.contains_key(from)
        {
            self.node(way, from);
        }
    }

    fn texts(&mut self) {
        let file = self.file;
        for (name, pair) in [
            ("title", &file.title),
            ("source", &file.source),
            ("notice", &file.notice),
        ] {
            self.pair(way![name], pair, name);
        }
        for (at, phase) in file.phases.iter().enumerate() {
            let of = format!("phase {}", phase.id);
            self.pair(way!["phases", at, "title"], &phase.title, &of);
            for (n, piece) in phase.intro.iter().enumerate() {
                self.piece(way!["phases", at, "intro", n], piece, &of);
            }
        }
        for (at, role) in file.roles.iter().enumerate() {
            self.pair(way!["roles", at, "title"], &role.title, &role.id);
        }
        for (at, step) in file.steps.iter().enumerate() {
            self.pair(way!["steps", at, "title"], &step.title, step.id.as_str());
            let mut items = BTreeSet::new();
            for (n, passage) in step.texts.iter().enumerate() {
                for (m, piece) in passage.pieces.iter().enumerate() {
                    let way = way!["steps", at, "texts", n, "pieces", m];
                    self.piece(way, piece, step.id.as_str());
                    if let Some(id) = &piece.id
                        && !items.insert(id.clone())
                    {
                        let id = id.clone();
                        self.problem(way, ProblemKind::Duplicate { what: "item", id });
                    }
                }
            }
            if step.items().count() > 64 {
                let id = step.id.to_string();
                self.problem(way!["steps", at, "texts"], ProblemKind::TooManyItems { id });
            }
        }
        for (at, decision) in file.decisions.iter().enumerate() {
            let of = decision.id.as_str();
            self.pair(way!["decisions", at, "question"], &decision.question, of);
            for (n, piece) in decision.quotes.iter().enumerate() {
                self.piece(way!["decisions", at, "quotes", n], piece, of);
            }
            for (n, option) in decision.options.iter().enumerate() {
                self.pair(
                    way!["decisions", at, "options", n, "title"],
                    &option.title,
                    of,
                );
            }
            if decision.options.is_empty() {
                let of = of.to_owned();
                let kind = ProblemKind::Missing {
                    what: "options",
                    of,
                };
                self.problem(way!["decisions", at], kind);
            }
        }
    }

    fn known(&mut self, way: &[Segment], what: &'static str, id: &str, known: &BTreeSet<String>) {
        if !known.contains(id) {
            let near = nearest(id, known.iter().map(String::as_str));
            let id = id.to_owned();
            self.problem(way, ProblemKind::Unknown { what, id, near });
        }
    }

    fn node(&mut self, way: &[Segment], id: &NodeId) -> Option<NodeIx> {
        let found = self.index.get(id).copied();
        if found.is_none() {
            let near = nearest(id.as_str(), self.index.keys().map(NodeId::as_str));
            let id = id.to_string();
            self.problem(
                way,
                ProblemKind::Unknown {
                    what: "node",
                    id,
                    near,
                },
            );
        }
        found
    }

    fn fields(&mut self, way: &[Segment], fields: &[Field]) {
        let file = self.file;
        let mut seen = BTreeSet::new();
        for (n, field) in fields.iter().enumerate() {
            let way: Vec<Segment> = way.iter().cloned().chain([n.into()]).collect();
            if !seen.insert(field.id.clone()) {
                let id = field.id.clone();
                self.problem(&way, ProblemKind::Duplicate { what: "field", id });
            }
            self.pair(&way, &field.title, &field.id);
            match &field.kind {
                FieldKind::Choice(choices) => {
                    let mut ids = BTreeSet::new();
                    for choice in choices {
                        if !ids.insert(&choice.id) {
                            let id = choice.id.clone();
                            self.problem(&way, ProblemKind::Duplicate { what: "choice", id });
                        }
                        self.pair(&way, &choice.title, &field.id);
                    }
                }
                FieldKind::Table(table, columns) => {
                    let tables = file.tables.iter().map(|t| t.id.clone()).collect();
                    self.known(&way, "table", table, &tables);
                    if let Some(table) = file.tables.iter().find(|t| t.id == *table) {
                        let known = table.columns.iter().map(|c| c.id.clone()).collect();
                        for column in columns {
                            self.known(&way, "column", column, &known);
                        }
                    }
                }
                FieldKind::Number(unit) => {
                    // A unit may be empty: not every number has one.
                    let _unit: &Pair = unit;
                }
                FieldKind::Text | FieldKind::LongText | FieldKind::YesNo | FieldKind::DateTime => {}
            }
        }
    }

    fn records(&mut self) {
        let file = self.file;
        let roles: BTreeSet<String> = file.roles.iter().map(|r| r.id.clone()).collect();
        let contacts: BTreeSet<String> = file.contacts.iter().map(|c| c.id.clone()).collect();
        let phases: BTreeSet<String> = file.phases.iter().map(|p| p.id.to_string()).collect();
        for (at, step) in file.steps.iter().enumerate() {
            self.known(
                way!["steps", at, "phase"],
                "phase",
                &step.phase.to_string(),
                &phases,
            );
            if step.acts.is_empty() {
                let of = step.id.to_string();
                self.problem(way!["steps", at], ProblemKind::Missing { what: "acts", of });
            }
            for (list, names, what, known) in [
                ("acts", &step.acts, "role", &roles),
                ("supports", &step.supports, "role", &roles),
                ("contacts", &step.contacts, "contact", &contacts),
            ] {
                for (n, name) in names.iter().enumerate() {
                    self.known(way!["steps", at, list, n], what, name, known);
                }
            }
            for (n, passage) in step.texts.iter().enumerate() {
                self.known(
                    way!["steps", at, "texts", n, "by"],
                    "role",
                    &passage.by,
                    &roles,
                );
            }
            self.fields(way!["steps", at, "fields"], &step.fields);
        }
        for (at, decision) in file.decisions.iter().enumerate() {
            let phase = decision.phase.to_string();
            self.known(way!["decisions", at, "phase"], "phase", &phase, &phases);
            if decision.acts.is_empty() {
                let of = decision.id.to_string();
                self.problem(
                    way!["decisions", at],
                    ProblemKind::Missing { what: "acts", of },
                );
            }
            for (n, role) in decision.acts.iter().enumerate() {
                self.known(way!["decisions", at, "acts", n], "role", role, &roles);
            }
            self.fields(way!["decisions", at, "fields"], &decision.fields);
            self.basis(way!["decisions", at, "basis"], &decision.basis);
            if let Some(step) = &decision.ground_of {
                self.node(way!["decisions", at, "ground_of"], step);
            }
        }
        for (at, table) in file.tables.iter().enumerate() {
            self.node(way!["tables", at, "owner"], &table.owner);
            self.fields(way!["tables", at, "columns"], &table.columns);
            if let Some(settled) = &table.settled {
                let column = table.columns.iter().find(|c| c.id == settled.column);
                let known = table.columns.iter().map(|c| c.id.clone()).collect();
                self.known(
                    way!["tables", at, "settled"],
                    "column",
                    &settled.column,
                    &known,
                );
                if let Some(FieldKind::Choice(choices)) = column.map(|c| &c.kind) {
                    let known = choices.iter().map(|c| c.id.clone()).collect();
                    for choice in &settled.among {
                        self.known(way!["tables", at, "settled"], "choice", choice, &known);
                    }
                }
            }
        }
        for (at, duty) in file.duties.iter().enumerate() {
            self.node(way!["duties", at, "step"], &duty.step);
            let grounds = duty.grounds.iter().map(|g| g.id.clone()).collect();
            for (n, deadline) in duty.deadlines.iter().enumerate() {
                for ground in deadline.per_ground.keys() {
                    self.known(
                        way!["duties", at, "deadlines", n],
                        "ground",
                        ground,
                        &grounds,
                    );
                }
            }
        }
        for (at, door) in file.doors.iter().enumerate() {
            self.pair(way!["doors", at, "title"], &door.title, &door.id);
            self.node(way!["doors", at, "lands"], &door.lands);
            for (n, step) in door.backfill.iter().enumerate() {
                self.node(way!["doors", at, "backfill", n], step);
            }
            self.basis(way!["doors", at, "basis"], &door.basis);
        }
    }

    fn basis(&mut self, way: &[Segment], basis: &Basis) {
        match basis {
            Basis::Text(quotes) | Basis::Order(quotes) => {
                for quote in quotes {
                    let plain: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
                    if !self.said.contains(&plain) {
                        let quote = quote.clone();
                        self.problem(way, ProblemKind::NotQuoted { quote });
                    }
                }
                if quotes.is_empty() && matches!(basis, Basis::Text(_)) {
                    let of = "Text".to_owned();
                    self.problem(way, ProblemKind::Missing { what: "quotes", of });
                }
            }
            Basis::Derived(why) => self.pair(way, why, "Derived"),
        }
    }

    fn options(&mut self, way: &[Segment], decision: &NodeId, options: &[String]) -> Vec<OptionIx> {
        let Some(found) = self.file.decisions.iter().find(|d| d.id == *decision) else {
            return Vec::new();
        };
        self.answers(way, &found.options, options)
    }

    fn answers(
        &mut self,
        way: &[Segment],
        answers: &[Answer],
        options: &[String],
    ) -> Vec<OptionIx> {
        let known = answers.iter().map(|o| o.id.clone()).collect();
        options
            .iter()
            .filter_map(|id| {
                self.known(way, "option", id, &known);
                answers.iter().position(|o| o.id == *id).map(OptionIx)
            })
            .collect()
    }

    fn nodes(&mut self, way: &[Segment], ids: &[NodeId]) -> Vec<NodeIx> {
        ids.iter()
            .enumerate()
            .filter_map(|(n, id)| {
                let way: Vec<Segment> = way.iter().cloned().chain([n.into()]).collect();
                self.node(&way, id)
            })
            .collect()
    }

    fn term(&mut self, way: &[Segment], term: &Term) -> Option<GTerm> {
        let node = self.node(way, term.node())?;
        Some(match term {
            Term::Opened(_) => GTerm::Opened(node),
            Term::Done(_) => {
                self.expect_step(way, term.node());
                GTerm::Done(node)
            }
            Term::Skipped(_) => GTerm::Skipped(node),
            Term::Chosen(id, options) => GTerm::Chosen(node, self.options(way, id, options)),
            Term::Ticked(id, item) => {
                let step = self.file.steps.iter().find(|step| step.id == *id)?;
                let at = step
                    .items()
                    .position(|piece| piece.id.as_ref() == Some(item));
                if at.is_none() {
                    let ids: Vec<&str> = step.items().filter_map(|p| p.id.as_deref()).collect();
                    let near = nearest(item, ids.into_iter());
                    let id = item.clone();
                    self.problem(
                        way,
                        ProblemKind::Unknown {
                            what: "item",
                            id,
                            near,
                        },
                    );
                }
                GTerm::Ticked(node, at?)
            }
        })
    }

    fn expect_step(&mut self, way: &[Segment], id: &NodeId) {
        if !self.file.steps.iter().any(|step| step.id == *id) {
            let id = id.to_string();
            self.problem(
                way,
                ProblemKind::Unknown {
                    what: "step",
                    id,
                    near: None,
                },
            );
        }
    }

    fn on(&mut self, way: &[Segment], on: &On) -> GOn {
        if on.terms().is_empty() {
            let of = "on".to_owned();
            self.problem(way, ProblemKind::Missing { what: "terms", of });
        }
        GOn {
            all: matches!(on, On::All(_)),
            terms: on
                .terms()
                .iter()
                .enumerate()
                .filter_map(|(n, term)| {
                    let way: Vec<Segment> =
                        way.iter().cloned().chain([0.into(), n.into()]).collect();
                    self.term(&way, term)
                })
                .collect(),
        }
    }

    fn guard(&mut self, way: &[Segment], guard: &Guard) -> GGuard {
        match guard {
            Guard::Chosen(id, options) | Guard::NotChosen(id, options) => {
                let node = self.node(way, id).unwrap_or(NodeIx(0));
                let options = self.options(way, id, options);
                if matches!(guard, Guard::Chosen(..)) {
                    GGuard::Chosen(node, options)
                } else {
                    GGuard::NotChosen(node, options)
                }
            }
            Guard::Settled(ids) => GGuard::Settled(self.nodes(way, ids)),
            Guard::RowsSettled(table) => {
                let at = self.file.tables.iter().position(|t| t.id == *table);
                let known = self.file.tables.iter().map(|t| t.id.clone()).collect();
                self.known(way, "table", table, &known);
                GGuard::RowsSettled(at.unwrap_or(0))
            }
            Guard::All(guards) => GGuard::All(guards.iter().map(|g| self.guard(way, g)).collect()),
            Guard::Any(guards) => GGuard::Any(guards.iter().map(|g| self.guard(way, g)).collect()),
        }
    }

    fn graph(&mut self) -> Graph {
        let file = self.file;
        let mut graph = Graph {
            by_id: self.index.clone(),
            ..Graph::default()
        };
        for (at, step) in file.steps.iter().enumerate() {
            graph.nodes.push(GNode {
                id: step.id.clone(),
                at,
                options: None,
                changes: Vec::new(),
                side: step.side,
                by_fact: step.by_fact.is_some(),
            });
        }
        for at in 0..file.decisions.len() {
            if let Some(node) = self.decision_node(at) {
                graph.nodes.push(node);
            }
        }
        for (at, door) in file.doors.iter().enumerate() {
            graph
                .doors
                .push(self.nodes(way!["doors", at, "opens"], &door.opens));
        }
        for (at, end) in file.ends.iter().enumerate() {
            self.pair(way!["ends", at, "title"], &end.title, &end.id);
            graph.ends.push(self.on(way!["ends", at, "on"], &end.on));
            self.basis(way!["ends", at, "basis"], &end.basis);
        }
        for (at, arc) in file.arcs.iter().enumerate() {
            let on = self.on(way!["arcs", at, "on"], &arc.on);
            let when = arc
                .when
                .as_ref()
                .map(|guard| self.guard(way!["arcs", at, "when"], guard));
            let opens = self.nodes(way!["arcs", at, "opens"], &arc.opens);
            if arc.opens.is_empty() {
                let of = "arc".to_owned();
                self.problem(way!["arcs", at], ProblemKind::Missing { what: "opens", of });
            }
            self.basis(way!["arcs", at, "basis"], &arc.basis);
            let mode = arc.mode;
            graph.arcs.push(GArc {
                on,
                when,
                opens,
                mode,
            });
        }
        let mut ways = BTreeMap::new();
        for (number, arc) in graph.arcs.iter().enumerate() {
            if arc.mode == Mode::Loop {
                let mut way = BTreeSet::new();
                for &target in &arc.opens {
                    for term in &arc.on.terms {
                        way.extend(graph.way(target, term.node()));
                    }
                }
                ways.insert(number, way);
            }
        }
        graph.ways = ways;
        graph
    }

    fn decision_node(&mut self, at: usize) -> Option<GNode> {
        let file = self.file;
        let decision = file.decisions.get(at)?;
        let mut options = Vec::new();
        let mut seen = BTreeSet::new();
        for (n, option) in decision.options.iter().enumerate() {
            if !seen.insert(&option.id) {
                let id = option.id.clone();
                let kind = ProblemKind::Duplicate { what: "option", id };
                self.problem(way!["decisions", at, "options", n, "id"], kind);
            }
            let lock = option.lock.as_ref().map(|lock| {
                let way = way!["decisions", at, "options", n, "lock"];
                self.pair(way, &lock.why, decision.id.as_str());
                self.guard(way, &lock.guard)
            });
            let way = way!["decisions", at, "options", n, "withdraws"];
            let withdraws = self.nodes(way, &option.withdraws);
            if let Some(basis) = &option.basis {
                self.basis(way!["decisions", at, "options", n, "basis"], basis);
            }
            options.push(GOption { withdraws, lock });
        }
        let mut changes = Vec::new();
        for (n, change) in decision.changes.iter().enumerate() {
            let way = way!["decisions", at, "changes", n];
            self.pair(way, &change.warning, decision.id.as_str());
            self.basis(way, &change.basis);
            changes.push(GChange {
                from: self.answers(way, &decision.options, &change.from),
                to: self.answers(way, &decision.options, &change.to),
                parks: self.nodes(way, &change.parks),
                renews: self.nodes(way, &change.renews),
            });
        }
        decision.ground_of.is_none().then(|| GNode {
            id: decision.id.clone(),
            at,
            options: Some(options),
            changes,
            side: decision.side,
            by_fact: false,
        })
    }
}

fn side_holds_up(file: &FlowFile, graph: &Graph, places: &Places) -> Vec<Problem> {
    let is_side = |node: NodeIx| graph.nodes.get(node.0).is_some_and(|n| n.side);
    let name = |node: NodeIx| graph.id(node).map(NodeId::to_string).unwrap_or_default();
    let mut problems = Vec::new();
    for (at, arc) in graph.arcs.iter().enumerate() {
        let main = arc.opens.iter().find(|node| !is_side(**node));
        let side = arc.on.terms.iter().map(GTerm::node).find(|n| is_side(*n));
        if let (true, Some(&waits), Some(side)) = (arc.on.all, main, side) {
            problems.push(Problem::new(
                places.find(way!["arcs", at]),
                ProblemKind::SideHoldsUp {
                    side: name(side),
                    waits: name(waits),
                },
            ));
        }
    }
    for (at, end) in graph.ends.iter().enumerate() {
        let side = end.terms.iter().map(GTerm::node).find(|n| is_side(*n));
        if let (true, Some(side)) = (end.all, side) {
            problems.push(Problem::new(
                places.find(way!["ends", at]),
                ProblemKind::SideHoldsUp {
                    side: name(side),
                    waits: file.ends.get(at).map(|e| e.id.clone()).unwrap_or_default(),
                },
            ));
        }
    }
    problems
}

/// Gives the most similar name, when one is similar enough to be a slip of the hand.
pub(crate) fn nearest<'b>(id: &str, known: impl Iterator<Item = &'b str>) -> Option<String> {
    known
        .map(|name| (distance(id, name), name))
        .filter(|(far, _)| *far <= 2)
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Counts the insertions, deletions and replacements between two short words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut next = vec![i + 1];
        for (cb, pair) in b.iter().zip(row.windows(2)) {
            let (diagonal, above) = match pair {
                [diagonal, above] => (*diagonal, *above),
                _ => continue,
            };
            let left = next.last().copied().unwrap_or(0);
            let replace = diagonal + usize::from(ca != *cb);
            next.push(replace.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_a_slip_of_the_hand() {
        let known = ["2-6", "manager", "executives"];
        assert_eq!(
            nearest("manger", known.into_iter()),
            Some("manager".to_owned())
        );
        assert_eq!(nearest("something", known.into_iter()), None);
    }
}
