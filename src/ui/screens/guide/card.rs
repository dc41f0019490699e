//! The step in hand as plain data: texts by kind, items, fields, answers and what they lead to.
//!
//! Pure: flow, incident, words and the present moment go in. The painters are `step`,
//! `fields` and `answers`.

use crate::flow::{
    Answer, Basis, Contact, Decision, Field, Flow, Mode, Node, NodeId, NodeIx, Note, OptionIx,
    Piece, PieceKind, State, Step, Term,
};
use crate::incident::{Event, Incident, Moment, Outcome, Said};
use crate::telling::Telling;
use crate::ui::times;

use super::Asking;
use super::rows::{self, Row};

/// The step or decision in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    /// Its number, title, state.
    pub row: Row,
    /// The roles that act, with who holds them.
    pub acts: Vec<(String, Option<String>)>,
    /// The roles that support.
    pub supports: Vec<String>,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// Why we added it, when the source has no such step.
    pub ours: Option<String>,
    /// The fact that opens it at any time.
    pub by_fact: Option<String>,
    /// Our advice.
    pub hint: Option<String>,
    /// What must not be done.
    pub warnings: Vec<Text>,
    /// The text, in its parts.
    pub passages: Vec<Passage>,
    /// The source's own words, verbatim.
    pub original: String,
    /// Remarks that belong to no piece.
    pub remarks: Vec<Remark>,
    /// What to record.
    pub fields: Vec<Field>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// The answers of a decision.
    pub answers: Vec<AnswerView>,
    /// What completing leads to.
    pub leads: Vec<String>,
    /// The same, by number.
    pub lead_ids: Vec<NodeId>,
    /// The arcs' words for what the open node is to be taken as.
    pub taken_as: Vec<String>,
    /// Why the flow has parked it, while it is.
    pub parked_why: Option<String>,
    /// What is asked for before it is recorded.
    pub asking: Option<Asking>,
}

impl Card {
    /// Tells whether there are things to tick.
    pub(super) fn has_items(&self) -> bool {
        let mut runs = self.passages.iter().flat_map(|passage| &passage.runs);
        runs.any(|run| matches!(run, Run::Item(_)))
    }
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// The words.
    pub words: String,
    /// The same in a few words of ours.
    pub short: Option<String>,
    /// Not the ministry's.
    pub ours: bool,
    /// The step that it is quoted from.
    pub from: Option<String>,
    /// The situation that it is about.
    pub situation: Option<String>,
    /// Remarks of ours about it.
    pub remarks: Vec<Remark>,
}

/// A remark of ours beside words of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    /// What the source prints.
    pub quote: String,
    /// What we say.
    pub says: String,
}

/// The part of the text that speaks to one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// The heading.
    pub label: String,
    /// Runs of the same kind, in the order of the text.
    pub runs: Vec<Run>,
}

/// A run of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// A thing to do.
    Item(Item),
    /// Pieces to read, of one kind.
    Read(PieceKind, Vec<Text>),
}

/// A thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// Its number in the step, from 1.
    pub number: u32,
    /// The words.
    pub text: Text,
    /// When it was ticked, and by whom.
    pub ticked: Option<String>,
    /// What was said of it instead, when, and by whom.
    pub said: Option<(Said, String)>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnswerView {
    /// `yes`, `no` …
    pub id: String,
    /// What the button says.
    pub title: String,
    /// The nodes that open.
    pub leads: Vec<String>,
    /// What is no longer needed after it, with the reason.
    pub withdraws: Option<(String, String)>,
    /// Whether the answer is the text's: `text`, `order` or `derived`.
    pub basis: &'static str,
    /// Our reason, or the text's words.
    pub basis_words: String,
    /// Why it is locked.
    pub lock: Option<String>,
    /// Its reason is asked for before it is recorded.
    pub needs_reason: bool,
    /// It is in force.
    pub in_force: bool,
    /// When, by whom and why it was given, when it is in force.
    pub said: Option<String>,
}

/// Makes the card of a node; none for a node that the flow does not have.
pub(super) fn card(
    telling: Telling<'_>,
    incident: &Incident,
    id: &NodeId,
    now: Moment,
) -> Option<Card> {
    let flow = telling.flow;
    let language = telling.words.language();
    let ix = flow.index(id)?;
    let node = flow.node_at(ix)?;
    let mark = incident.marking().mark(ix);
    let role = |id: &String| telling.role(id);
    let mut card = Card {
        row: rows::row(telling, incident, node, mark.state, now),
        acts: node
            .acts()
            .iter()
            .map(|role_id| (role(role_id), rows::holder(incident, role_id, id)))
            .collect(),
        supports: Vec::new(),
        attempt: mark.attempt,
        ours: None,
        by_fact: None,
        hint: None,
        warnings: Vec::new(),
        passages: Vec::new(),
        original: String::new(),
        remarks: Vec::new(),
        fields: node.fields().to_vec(),
        contacts: Vec::new(),
        answers: Vec::new(),
        leads: names(telling, leads_of_done(flow, id).iter()),
        lead_ids: leads_of_done(flow, id),
        taken_as: taken_as(telling, incident, id),
        parked_why: parked_why(telling, incident, id, mark.state),
        asking: None,
    };
    match node {
        Node::Step(step) => {
            card.supports = step.supports.iter().map(role).collect();
            card.ours = step.ours.as_ref().map(|why| why.get(language).to_owned());
            card.by_fact = step
                .by_fact
                .as_ref()
                .map(|fact| fact.get(language).to_owned());
            card.hint = step.hint.as_ref().map(|hint| hint.get(language).to_owned());
            card.contacts = step
                .contacts
                .iter()
                .filter_map(|id| flow.contact(id).cloned())
                .collect();
            card.remarks = step.notes.iter().map(|n| remark(telling, n)).collect();
            step_texts(&mut card, telling, incident, step, now);
            let ground = flow
                .decisions()
                .iter()
                .find(|d| d.ground_of.as_ref() == Some(id));
            if let Some(ground) = ground {
                read_decision(&mut card, telling, ground);
            }
        }
        Node::Decision(decision) => {
            card.hint = decision.hint.as_ref().map(|h| h.get(language).to_owned());
            card.remarks = decision.notes.iter().map(|n| remark(telling, n)).collect();
            read_decision(&mut card, telling, decision);
            let answers = decision.options.iter().enumerate();
            card.answers = answers
                .map(|(at, answer)| {
                    answer_view(telling, incident, (ix, OptionIx(at)), decision, answer, now)
                })
                .collect();
        }
    }
    Some(card)
}

fn remark(telling: Telling<'_>, note: &Note) -> Remark {
    Remark {
        quote: note.quote.clone(),
        says: note.says.get(telling.words.language()).to_owned(),
    }
}

/// Makes a text of a piece, and takes along the remarks that quote it.
fn text(telling: Telling<'_>, piece: &Piece, remarks: &mut Vec<Remark>) -> Text {
    let (own, others): (Vec<Remark>, Vec<Remark>) = std::mem::take(remarks)
        .into_iter()
        .partition(|remark| !remark.quote.is_empty() && piece.ja.contains(&remark.quote));
    *remarks = others;
    Text {
        words: piece.get(telling.words.language()).to_owned(),
        short: piece
            .short
            .as_ref()
            .map(|short| short.get(telling.words.language()).to_owned()),
        ours: piece.ours,
        from: piece.from.as_ref().map(NodeId::to_string),
        situation: piece.situation.clone(),
        remarks: own,
    }
}

fn step_texts(
    card: &mut Card,
    telling: Telling<'_>,
    incident: &Incident,
    step: &Step,
    now: Moment,
) {
    let mut number = 0;
    for passage in &step.texts {
        let mut runs: Vec<Run> = Vec::new();
        for piece in &passage.pieces {
            let made = text(telling, piece, &mut card.remarks);
            match piece.kind {
                PieceKind::Do => {
                    number += 1;
                    let ticked = ticked(incident, &step.id, number, now);
                    let said = said_of(telling, incident, &step.id, number, now);
                    runs.push(Run::Item(Item {
                        number,
                        text: made,
                        ticked,
                        said,
                    }));
                }
                PieceKind::Dont => card.warnings.push(made),
                kind => match runs.last_mut() {
                    Some(Run::Read(last, texts)) if *last == kind => texts.push(made),
                    _ => runs.push(Run::Read(kind, vec![made])),
                },
            }
            if !piece.ours && piece.from.is_none() {
                card.original.push_str(&piece.ja);
            }
        }
        if !card.original.is_empty() {
            card.original.push('\n');
        }
        let label = telling.role(&passage.by);
        card.passages.push(Passage { label, runs });
    }
    let end = card.original.trim_end().len();
    card.original.truncate(end);
}

fn ticked(incident: &Incident, step: &NodeId, number: u32, now: Moment) -> Option<String> {
    let stamp = incident.attempt(step)?.ticks.get(&number)?;
    let by = incident
        .entry(stamp.entry)
        .and_then(|entry| entry.by.clone())
        .unwrap_or_default();
    let text = format!("{} {by}", times::moment(stamp.at, now));
    Some(text.trim_end().to_owned())
}

fn said_of(
    telling: Telling<'_>,
    incident: &Incident,
    step: &NodeId,
    number: u32,
    now: Moment,
) -> Option<(Said, String)> {
    let (said, stamp) = incident.attempt(step)?.items.get(&number)?;
    let entry = incident.entry(stamp.entry);
    let by = entry.and_then(|entry| entry.by.clone()).unwrap_or_default();
    let word = telling.words.get(&format!("state-{}", said.id()));
    let mut text = format!("{word} {} {by}", times::moment(stamp.at, now));
    if let Some(Event::FoundImpossible {
        instead: Some(instead),
        ..
    }) = entry.map(|entry| &entry.event)
    {
        let instead = match telling.corrected(incident, stamp.entry) {
            Some(corrected) => corrected,
            None => Some(instead.clone()),
        };
        if let Some(instead) = instead {
            text.push_str(&telling.words.with("entry-instead", &[("text", instead)]));
        }
    }
    Some((*said, text))
}

fn read_decision(card: &mut Card, telling: Telling<'_>, decision: &Decision) {
    let texts: Vec<Text> = decision
        .quotes
        .iter()
        .map(|piece| text(telling, piece, &mut card.remarks))
        .collect();
    let original: Vec<&str> = decision.quotes.iter().map(|p| p.ja.as_str()).collect();
    if !original.is_empty() {
        if !card.original.is_empty() {
            card.original.push('\n');
        }
        card.original.push_str(&original.join("\n"));
        card.passages.push(Passage {
            label: decision.question.get(telling.words.language()).to_owned(),
            runs: vec![Run::Read(PieceKind::Condition, texts)],
        });
    }
}

fn names<'n>(telling: Telling<'_>, nodes: impl Iterator<Item = &'n NodeId>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for id in nodes {
        let name = telling.node(id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn leads_of_done(flow: &Flow, id: &NodeId) -> Vec<NodeId> {
    let done = flow.arcs_from(id).filter(|arc| {
        let terms = arc.on.terms();
        arc.mode != Mode::Offer
            && terms
                .iter()
                .any(|term| matches!(term, Term::Done(node) if node == id))
    });
    let mut leads: Vec<NodeId> = Vec::new();
    for opened in done.flat_map(|arc| &arc.opens) {
        if !leads.contains(opened) {
            leads.push(opened.clone());
        }
    }
    leads
}

/// Says when, by whom and why the answer in force was given.
fn said(telling: Telling<'_>, incident: &Incident, id: &NodeId, now: Moment) -> Option<String> {
    let answered = incident.attempts(id).iter().rev().find_map(|attempt| {
        let (stamp, outcome) = attempt.settled.as_ref()?;
        matches!(outcome, Outcome::Chosen(_)).then_some(stamp.entry)
    });
    let entry = incident.entry(answered?)?;
    let Event::OptionChosen { ground, .. } = &entry.event else {
        return None;
    };
    let at = times::moment(entry.happened(), now);
    let mut parts = vec![at];
    parts.extend(entry.by.clone());
    let given = incident.reason(entry.number).unwrap_or(ground);
    parts.extend(telling.ground(given));
    Some(parts.join(&telling.words.get("list-comma")))
}

fn taken_as(telling: Telling<'_>, incident: &Incident, id: &NodeId) -> Vec<String> {
    let Some(attempt) = incident.attempt(id) else {
        return Vec::new();
    };
    attempt
        .arcs
        .iter()
        .filter_map(|at| telling.flow.arcs().get(*at)?.note.as_ref())
        .map(|note| note.get(telling.words.language()).to_owned())
        .collect()
}

/// Gives the warning of the changed answer with which the flow parked a node.
fn parked_why(
    telling: Telling<'_>,
    incident: &Incident,
    id: &NodeId,
    state: State,
) -> Option<String> {
    let parked = matches!(state, State::Parked { by_flow: true });
    let stamp = incident.attempt(id).filter(|_| parked)?.parked?;
    telling.set_aside_warning(incident.entry(stamp.entry)?)
}

fn answer_view(
    telling: Telling<'_>,
    incident: &Incident,
    (ix, option): (NodeIx, OptionIx),
    decision: &Decision,
    answer: &Answer,
    now: Moment,
) -> AnswerView {
    let flow = telling.flow;
    let language = telling.words.language();
    let opened = flow.arcs_from(&decision.id).filter(|arc| {
        arc.mode != Mode::Offer
            && arc.on.terms().iter().any(|term| {
                matches!(term, Term::Chosen(node, options)
                if *node == decision.id && options.contains(&answer.id))
            })
    });
    let ends = flow.ends().iter().filter(|end| {
        end.on.terms().iter().any(|term| {
            matches!(term, Term::Chosen(node, options)
                if *node == decision.id && options.contains(&answer.id))
        })
    });
    let mut leads = names(telling, opened.flat_map(|arc| &arc.opens));
    leads.extend(ends.map(|end| end.title.get(language).to_owned()));
    let withdraws = (!answer.withdraws.is_empty()).then(|| {
        let what = names(telling, answer.withdraws.iter()).join(" / ");
        let why = answer
            .withdraw_reason
            .as_ref()
            .map_or("", |why| why.get(language));
        (what, why.to_owned())
    });
    let basis = answer.basis.as_ref().unwrap_or(&decision.basis);
    let unlocked = flow.is_unlocked(incident.marking(), ix, option);
    let lock = answer.lock.as_ref().filter(|_| !unlocked);
    let in_force = incident.marking().mark(ix).answer == Some(option);
    AnswerView {
        id: answer.id.clone(),
        title: answer.title.get(language).to_owned(),
        leads,
        withdraws,
        basis: basis.id(),
        basis_words: match basis {
            Basis::Text(quotes) | Basis::Order(quotes) => quotes.join(" / "),
            Basis::Derived(why) => why.get(language).to_owned(),
        },
        lock: lock.map(|lock| lock.why.get(language).to_owned()),
        needs_reason: answer.needs_reason,
        in_force,
        said: in_force
            .then(|| said(telling, incident, &decision.id, now))
            .flatten(),
    }
}
