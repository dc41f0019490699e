//! From the shape of a flow file to resolved arcs, or every problem found.
//!
//! This is the first half of the check: names, texts and quotes. The second half, what can
//! be reached, is [`super::explore`]. Problems are values with a place, a key into the
//! language files and its arguments; the words themselves are not here.

use std::collections::{BTreeMap, BTreeSet};

use super::file::FlowFile;
use super::graph::{Graph, NodeIx};
use super::limits::PROBLEM_LIMIT;
use super::place::{Places, Segment};
use super::problem::{Problem, ProblemKind, nearest};
use super::resolve::{loops_astray, renews_itself, side_holds_up};
use super::{Basis, Field, FieldKind, NodeId, Pair, Piece};

/// Resolves all names; gives the graph, or every problem in the order of the file.
pub(super) fn names(file: &FlowFile, places: &Places<'_>) -> Result<Graph, Vec<Problem>> {
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
    none_of(problems).map(|()| graph)
}

/// Gives what has a meaning and cannot be meant. The proof does not need it.
pub(super) fn sense(graph: &Graph, places: &Places<'_>) -> Result<(), Vec<Problem>> {
    let mut problems = loops_astray(graph, places);
    problems.extend(renews_itself(graph, places));
    none_of(problems)
}

fn none_of(mut problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if problems.is_empty() {
        Ok(())
    } else {
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

pub(super) struct Checker<'a> {
    pub(super) file: &'a FlowFile,
    places: &'a Places<'a>,
    problems: Vec<Problem>,
    pub(super) index: BTreeMap<NodeId, NodeIx>,
    said: String,
}

/// A way to a value, put together from names and numbers.
macro_rules! way {
    ($($segment:expr),+) => { &[$(Segment::from($segment)),+] };
}
pub(super) use way;

impl Checker<'_> {
    pub(super) fn problem(&mut self, way: &[Segment], kind: ProblemKind) {
        if !self.is_full() {
            self.problems
                .push(Problem::new(self.places.find(way), kind));
        }
    }

    /// Tells whether enough problems were found to work on.
    fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEM_LIMIT
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

    pub(super) fn pair(&mut self, way: &[Segment], pair: &Pair, of: &str) {
        if pair.ja.trim().is_empty() || pair.en.trim().is_empty() {
            self.problem(way, ProblemKind::Empty { of: of.to_owned() });
        }
    }

    fn piece(&mut self, way: &[Segment], piece: &Piece, of: &str) {
        if piece.ja.trim().is_empty() || piece.en.trim().is_empty() {
            self.problem(way, ProblemKind::Empty { of: of.to_owned() });
        }
        if let Some(short) = &piece.short {
            self.pair(way, short, of);
        }
        if let Some(situation) = &piece.situation {
            let known = self.file.situations.iter().map(|s| s.id.as_str());
            self.known(way, "situation", situation, known);
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

    pub(super) fn known<'k>(
        &mut self,
        way: &[Segment],
        what: &'static str,
        id: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        if !self.is_full() && !known.clone().any(|name| name == id) {
            let near = nearest(id, known);
            let id = id.to_owned();
            self.problem(way, ProblemKind::Unknown { what, id, near });
        }
    }

    pub(super) fn node(&mut self, way: &[Segment], id: &NodeId) -> Option<NodeIx> {
        let found = self.index.get(id).copied();
        if found.is_none() && !self.is_full() {
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
                    let tables = file.tables.iter().map(|t| t.id.as_str());
                    self.known(&way, "table", table, tables);
                    if let Some(table) = file.tables.iter().find(|t| t.id == *table) {
                        let known = table.columns.iter().map(|c| c.id.as_str());
                        for column in columns {
                            self.known(&way, "column", column, known.clone());
                        }
                    }
                }
                // A number's unit may be empty: not every number has one.
                FieldKind::Number(_)
                | FieldKind::Text
                | FieldKind::LongText
                | FieldKind::YesNo
                | FieldKind::DateTime => {}
            }
        }
    }

    fn records(&mut self) {
        let file = self.file;
        let roles: Vec<&str> = file.roles.iter().map(|r| r.id.as_str()).collect();
        let contacts: Vec<&str> = file.contacts.iter().map(|c| c.id.as_str()).collect();
        let phases: Vec<String> = file.phases.iter().map(|p| p.id.to_string()).collect();
        let phases = || phases.iter().map(String::as_str);
        for (at, step) in file.steps.iter().enumerate() {
            self.known(
                way!["steps", at, "phase"],
                "phase",
                &step.phase.to_string(),
                phases(),
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
                    self.known(
                        way!["steps", at, list, n],
                        what,
                        name,
                        known.iter().copied(),
                    );
                }
            }
            for (n, passage) in step.texts.iter().enumerate() {
                self.known(
                    way!["steps", at, "texts", n, "by"],
                    "role",
                    &passage.by,
                    roles.iter().copied(),
                );
            }
            self.fields(way!["steps", at, "fields"], &step.fields);
        }
        for (at, decision) in file.decisions.iter().enumerate() {
            let phase = decision.phase.to_string();
            self.known(way!["decisions", at, "phase"], "phase", &phase, phases());
            if decision.acts.is_empty() {
                let of = decision.id.to_string();
                self.problem(
                    way!["decisions", at],
                    ProblemKind::Missing { what: "acts", of },
                );
            }
            for (n, role) in decision.acts.iter().enumerate() {
                self.known(
                    way!["decisions", at, "acts", n],
                    "role",
                    role,
                    roles.iter().copied(),
                );
            }
            self.fields(way!["decisions", at, "fields"], &decision.fields);
            self.basis(way!["decisions", at, "basis"], &decision.basis);
            if let Some(step) = &decision.ground_of {
                self.node(way!["decisions", at, "ground_of"], step);
            }
        }
        self.tables();
        for (at, duty) in file.duties.iter().enumerate() {
            self.node(way!["duties", at, "step"], &duty.step);
            for (n, node) in duty.keeps.iter().enumerate() {
                self.node(way!["duties", at, "keeps", n], node);
            }
            let grounds = duty.grounds.iter().map(|g| g.id.as_str());
            for (n, deadline) in duty.deadlines.iter().enumerate() {
                for ground in deadline.per_ground.keys() {
                    self.known(
                        way!["duties", at, "deadlines", n],
                        "ground",
                        ground,
                        grounds.clone(),
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

    fn tables(&mut self) {
        let file = self.file;
        for (at, table) in file.tables.iter().enumerate() {
            self.node(way!["tables", at, "owner"], &table.owner);
            self.fields(way!["tables", at, "columns"], &table.columns);
            if let Some(settled) = &table.settled {
                let column = table.columns.iter().find(|c| c.id == settled.column);
                self.known(
                    way!["tables", at, "settled"],
                    "column",
                    &settled.column,
                    table.columns.iter().map(|c| c.id.as_str()),
                );
                if let Some(FieldKind::Choice(choices)) = column.map(|c| &c.kind) {
                    let known = choices.iter().map(|c| c.id.as_str());
                    for choice in &settled.among {
                        let way = way!["tables", at, "settled"];
                        self.known(way, "choice", choice, known.clone());
                    }
                }
            }
        }
    }

    pub(super) fn basis(&mut self, way: &[Segment], basis: &Basis) {
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
}
