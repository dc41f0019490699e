//! From a command to an entry, or to a refusal that says what to do instead.
//!
//! Pure: the flow, the incident and the time go in, an entry comes out; nothing has happened
//! until that entry is on the disk and [`Incident::apply`] has taken it in.
//! The rules are those of `docs/flow-format.md` section 2.

mod closing;
mod correcting;
mod duties;
mod roles;
mod settling;

use roles::{acting_role, known_role};

use super::apply::effect_from_shift;
use super::texts::{checked, filled};
use super::value::value;
use super::{
    Act, Command, Effect, Entry, EntryNumber, Event, Ground, Incident, Opening, Present, Refusal,
    Standing, writable,
};
use crate::flow::{
    Becomes, Decision, Field, Flow, Node, NodeId, NodeIx, OptionIx, Runner, State, Step,
};

/// The version of the journal's format that is written.
pub const JOURNAL_FORMAT: u32 = 1;

/// Decides what a command does now; the entry is to be written, then applied.
pub fn decide(
    flow: &Flow,
    incident: &Incident,
    command: Command,
    present: impl Into<Present>,
) -> Result<Entry, Refusal> {
    let present = present.into();
    let mut runner = Runner::new(flow, incident.marking());
    if matches!(
        command.act,
        Act::Choose(..) | Act::Change(..) | Act::Skip(..)
    ) {
        // Only an answer withdraws what an earlier one opened.
        runner.keep(incident.kept_by_duties(flow));
    }
    let decider = Decider {
        flow,
        incident,
        present,
        runner,
    };
    let Command {
        act,
        happened_at,
        role,
    } = command.with_texts_checked()?;
    let happened_at = happened_at.map(writable);
    if let Some(role) = &role {
        known_role(flow, role)?;
    }
    let by = match &act {
        Act::Open(opening) => opening.recorder.clone(),
        Act::Recorder(name) => Some(name.clone()),
        _ => incident.recorder().map(str::to_owned),
    };
    let role = role.or_else(|| acting_role(flow, incident, by.as_deref(), act.node()));
    let (event, effects) = decider.decide(act)?;
    Ok(Entry {
        number: incident.next_number(),
        recorded_at: present.now,
        happened_at,
        by,
        role,
        event,
        effects,
    })
}

type Decided = (Event, Vec<Effect>);

struct Decider<'a> {
    flow: &'a Flow,
    incident: &'a Incident,
    present: Present,
    runner: Runner<'a>,
}

impl Decider<'_> {
    fn decide(self, act: Act) -> Result<Decided, Refusal> {
        self.check_time_of_life(&act)?;
        match act {
            Act::Open(opening) => self.open(opening),
            Act::Title(title) => Ok(plain(Event::Titled {
                title: filled(title)?,
            })),
            Act::Site(site) => Ok(plain(Event::SiteNamed {
                site: filled(site)?,
            })),
            Act::Recorder(name) => Ok(plain(Event::RecorderChanged {
                name: filled(name)?,
            })),
            Act::Tick(node, item, text) => self.tick(&node, item, text),
            Act::Untick(node, item, ground) => self.untick(&node, item, ground),
            Act::Fill(node, field, text) => self.fill(&node, &field, &text),
            Act::Cell(table, row, column, text) => self.cell(&table, row, &column, &text),
            Act::Complete(node, ground) => self.complete(&node, ground),
            Act::Choose(node, option, ground) => self.choose(&node, &option, ground, false),
            Act::Change(node, option, ground) => self.choose(&node, &option, ground, true),
            Act::Skip(node, ground) => self.skip(&node, ground),
            Act::Start(node, ground) => self.start(&node, ground),
            Act::Park(node, ground) => self.park(&node, ground),
            Act::Resume(node, ground) => self.resume(&node, ground),
            Act::BringBack(node, ground) => self.bring_back(&node, ground),
            Act::Reopen(node, ground) => self.reopen(&node, ground),
            Act::AskAgain(node, fact) => self.ask_again(&node, fact),
            Act::Assign(..) | Act::Deputy(..) | Act::HandOver(..) | Act::Release(..) => {
                self.role(act)
            }
            Act::Note(mut note) => {
                note.text = filled(note.text)?;
                if let Some(node) = &note.node {
                    note.node = Some(self.node(node)?.1.id().clone());
                }
                let mut runner = self.runner;
                if let Some(ix) = note.node.as_ref().and_then(|node| self.flow.index(node))
                    && !runner.marking().mark(ix).is_settled()
                    && runner.marking().mark(ix).state != State::Closed
                {
                    runner.shift(ix, Becomes::Touched);
                }
                let effects = effects(self.flow, runner);
                Ok((Event::NoteAdded(note), effects))
            }
            Act::Settle(of, text) => {
                let open = self.incident.open_items().get(&of);
                if open.is_none_or(|item| item.settled.is_some()) {
                    return Err(Refusal::NoOpenItem(of));
                }
                Ok(plain(Event::ItemSettled {
                    of,
                    text: checked(text)?,
                }))
            }
            Act::Reason(of, what, ground) => self.reason(of, what, ground),
            Act::Correct(of, text, ground) => self.correct(of, text, ground),
            Act::Know(duty, who, ground) => self.know(&duty, who, ground),
            Act::Impossible(node, item, instead, ground) => {
                self.impossible(&node, item, instead, ground)
            }
            Act::NotApplicable(node, item, ground) => self.not_applicable(&node, item, ground),
            Act::Report(name, to, by, reference) => self.report(&name, to, by, reference),
            Act::NotReport(name, ground) => self.not_report(&name, ground),
            Act::Close(ground, alone) => self.close(ground, &alone),
            Act::ReopenIncident(ground) => Ok(plain(Event::IncidentReopened { ground })),
            Act::Undo(of) => Ok(plain(Event::Undone {
                of: self.incident.undoes(self.flow, of)?,
            })),
            Act::Redo => Ok(plain(Event::Redone {
                of: self.incident.redoes(self.flow)?,
            })),
        }
    }

    /// Some commands make sense only before opening, while open, or after closing.
    fn check_time_of_life(&self, act: &Act) -> Result<(), Refusal> {
        let opened = self.incident.door().is_some();
        let closed = self.incident.closed().is_some();
        match act {
            Act::Open(_) if opened => Err(Refusal::Opened),
            Act::Open(_) => Ok(()),
            _ if !opened => Err(Refusal::NotOpened),
            Act::ReopenIncident(_) if !closed => Err(Refusal::NotClosed),
            Act::ReopenIncident(_)
            | Act::Note(_)
            | Act::Settle(..)
            | Act::Reason(..)
            | Act::Correct(..)
            // A final report comes weeks later.
            | Act::Report(..)
            | Act::NotReport(..)
            | Act::Recorder(_)
            | Act::Title(_)
            | Act::Site(_)
            | Act::Undo(_)
            | Act::Redo => Ok(()),
            _ if closed => Err(Refusal::Closed),
            _ => Ok(()),
        }
    }

    fn node(&self, id: &NodeId) -> Result<(NodeIx, Node<'_>), Refusal> {
        if let Some(ix) = self.flow.index(id)
            && let Some(node) = self.flow.node_at(ix)
        {
            return Ok((ix, node));
        }
        if let Some(step) = self.flow.decision(id).and_then(|d| d.ground_of.clone()) {
            return Err(Refusal::GroundOf(id.clone(), step));
        }
        let names = self.flow.nodes().map(|(_, node)| node.id().as_str());
        Err(Refusal::Unknown {
            what: "node",
            id: id.to_string(),
            known: crate::flow::nearest(id.as_str(), names).unwrap_or_default(),
        })
    }

    fn step(&self, id: &NodeId) -> Result<(NodeIx, &Step), Refusal> {
        match self.node(id)? {
            (ix, Node::Step(step)) => Ok((ix, step)),
            (_, Node::Decision(_)) => Err(Refusal::NotAStep(id.clone())),
        }
    }

    fn question(&self, id: &NodeId) -> Result<(NodeIx, &Decision), Refusal> {
        match self.node(id)? {
            (ix, Node::Decision(decision)) => Ok((ix, decision)),
            (_, Node::Step(_)) => Err(Refusal::NotADecision(id.clone())),
        }
    }

    /// Gives an entry that a command speaks of; what was undone counts no longer.
    fn entry(&self, number: EntryNumber) -> Result<&Entry, Refusal> {
        let count = self.incident.entries().len();
        let entry = self.incident.entry(number);
        let entry = entry.ok_or(Refusal::NoEntry(number, count))?;
        match self.incident.undone_by(number) {
            Some(undo) => Err(Refusal::Undone(number, undo)),
            None => Ok(entry),
        }
    }

    fn state(&self, ix: NodeIx) -> State {
        self.incident.marking().mark(ix).state
    }

    /// Refuses what does not fit a node's state, which says what does.
    fn stands(&self, ix: NodeIx, id: &NodeId) -> Refusal {
        let is_decision = self.flow.decision(id).is_some();
        Refusal::Stands(id.clone(), Standing::of(self.state(ix), is_decision))
    }

    fn refuse_settled(&self, id: &NodeId) -> Result<NodeIx, Refusal> {
        let (ix, _) = self.node(id)?;
        if self.incident.marking().mark(ix).is_settled() {
            return Err(self.stands(ix, id));
        }
        Ok(ix)
    }

    fn done(self, event: Event) -> Decided {
        let effects = effects(self.flow, self.runner);
        (event, effects)
    }

    fn open(mut self, opening: Opening) -> Result<Decided, Refusal> {
        let door = self.flow.door(&opening.door).ok_or_else(|| {
            let doors: Vec<&str> = self.flow.doors().iter().map(|d| d.id.as_str()).collect();
            Refusal::Unknown {
                what: "door",
                id: opening.door.clone(),
                known: doors.join(", "),
            }
        })?;
        for id in &door.opens {
            if let Some(ix) = self.flow.index(id) {
                self.runner.shift(ix, Becomes::Open);
            }
        }
        let event = Event::IncidentOpened {
            format: JOURNAL_FORMAT,
            program: opening.program,
            mode: opening.mode,
            flow: self.flow.id().to_owned(),
            flow_version: self.flow.version().to_owned(),
            flow_sha256: self.flow.sha256().to_owned(),
            door: opening.door,
            title: checked(opening.title)?,
            site: checked(opening.site)?,
        };
        Ok(self.done(event))
    }

    fn item(&self, id: &NodeId, item: u32) -> Result<(NodeIx, usize), Refusal> {
        let (ix, step) = self.step(id)?;
        let count = step.items().count();
        let at = usize::try_from(item).ok().and_then(|n| n.checked_sub(1));
        match at {
            Some(at) if at < count => Ok((ix, at)),
            _ => Err(Refusal::Unknown {
                what: "item",
                id: format!("{id} {item}"),
                known: if count == 0 {
                    String::new()
                } else {
                    format!("1–{count}")
                },
            }),
        }
    }

    fn tick(mut self, node: &NodeId, item: u32, text: Option<String>) -> Result<Decided, Refusal> {
        let (ix, at) = self.item(node, item)?;
        if self.incident.marking().mark(ix).is_ticked(at) {
            return Err(Refusal::AlreadyTicked(node.clone(), item));
        }
        self.runner.take(ix);
        self.runner.shift(ix, Becomes::Ticked(at));
        let event = Event::ItemTicked {
            node: node.clone(),
            item,
            text: checked(text)?,
        };
        Ok(self.done(event))
    }

    fn untick(mut self, node: &NodeId, item: u32, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, at) = self.item(node, item)?;
        let said = self.incident.attempt(node).map(|a| &a.items);
        if self.incident.marking().mark(ix).is_ticked(at) {
            self.runner.shift(ix, Becomes::Unticked(at));
        } else if said.is_none_or(|said| !said.contains_key(&item)) {
            return Err(Refusal::NotTicked(node.clone(), item));
        }
        let node = node.clone();
        Ok(self.done(Event::ItemUnticked { node, item, ground }))
    }

    fn fill(mut self, node: &NodeId, field: &str, text: &str) -> Result<Decided, Refusal> {
        let (ix, found) = self.node(node)?;
        let definition = find_field(found.fields(), field, "field")?;
        let value = value(definition, text, self.present)?;
        if self.state(ix) != State::Closed && !self.incident.marking().mark(ix).is_settled() {
            self.runner.shift(ix, Becomes::Touched);
        }
        let event = Event::FieldFilled {
            node: node.clone(),
            field: field.to_owned(),
            value,
        };
        Ok(self.done(event))
    }

    fn cell(self, table: &str, row: String, column: &str, text: &str) -> Result<Decided, Refusal> {
        let definition = self.flow.table(table).ok_or_else(|| Refusal::Unknown {
            what: "table",
            id: table.to_owned(),
            known: join(self.flow.tables().iter().map(|t| t.id.as_str())),
        })?;
        let column_definition = find_field(&definition.columns, column, "column")?;
        Ok(plain(Event::CellFilled {
            table: table.to_owned(),
            row: filled(row)?,
            column: column.to_owned(),
            value: value(column_definition, text, self.present)?,
        }))
    }

    fn complete(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        self.refuse_settled(node)?;
        let (ix, step) = self.step(node)?;
        let mark = self.incident.marking().mark(ix);
        let said = self.incident.attempt(node).map(|attempt| &attempt.items);
        let unticked = (0..step.items().count())
            .filter(|at| !mark.is_ticked(*at))
            .filter_map(|at| u32::try_from(at + 1).ok())
            .filter(|item| said.is_none_or(|said| !said.contains_key(item)))
            .collect();
        self.runner.take(ix);
        self.runner.shift(ix, Becomes::Done);
        let event = Event::StepCompleted {
            node: node.clone(),
            unticked,
            ground,
        };
        Ok(self.done(event))
    }

    fn choose(
        mut self,
        node: &NodeId,
        option: &str,
        ground: Ground,
        change: bool,
    ) -> Result<Decided, Refusal> {
        if self.flow.step(node).is_some() {
            self.refuse_settled(node)?;
        }
        let (ix, decision) = self.question(node)?;
        let at = decision
            .options
            .iter()
            .position(|answer| answer.id.eq_ignore_ascii_case(option))
            .map(OptionIx)
            .ok_or_else(|| Refusal::Unknown {
                what: "option",
                id: format!("{node} {option}"),
                known: join(decision.options.iter().map(|o| o.id.as_str())),
            })?;
        let option = decision
            .options
            .get(at.0)
            .map_or_else(|| option.to_owned(), |found| found.id.clone());
        let mark = self.incident.marking().mark(ix).clone();
        let before = mark
            .answer
            .and_then(|answer| decision.options.get(answer.0))
            .map(|answer| answer.id.clone());
        if mark.is_settled() {
            match (&before, change) {
                (Some(answer), _) if *answer == option => {
                    return Err(Refusal::SameAnswer(node.clone(), option));
                }
                (_, true) => self.runner.shift(ix, Becomes::Renewed),
                (Some(answer), false) => {
                    let answer = answer.clone();
                    return Err(Refusal::AlreadyAnswered(node.clone(), answer, option));
                }
                (None, false) => {
                    return Err(Refusal::LeftOut(node.clone(), option));
                }
            }
        }
        let locked = !self.flow.is_unlocked(self.incident.marking(), ix, at);
        if self.runner.marking().mark(ix).state == State::Closed && mark.is_settled() {
            self.runner.shift(ix, Becomes::Open);
        } else {
            self.runner.take(ix);
        }
        self.runner.choose(ix, at);
        let event = Event::OptionChosen {
            node: node.clone(),
            instead_of: before.filter(|answer| *answer != option),
            option,
            locked,
            ground,
        };
        Ok(self.done(event))
    }

    fn skip(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let ix = self.refuse_settled(node)?;
        self.runner.skip(ix);
        let node = node.clone();
        Ok(self.done(Event::Skipped { node, ground }))
    }

    fn start(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, _) = self.node(node)?;
        let node = node.clone();
        let event = match self.state(ix) {
            State::Open | State::Done(_) | State::Skipped => return Err(self.stands(ix, &node)),
            State::Closed => Event::StartedEarly { node, ground },
            State::Parked { .. } => Event::Resumed { node, ground },
            State::Withdrawn { .. } => Event::BroughtBack { node, ground },
        };
        self.runner.take(ix);
        Ok(self.done(event))
    }

    fn park(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, _) = self.node(node)?;
        if self.state(ix) != State::Open {
            return Err(self.stands(ix, node));
        }
        self.runner.shift(ix, Becomes::Parked { by_flow: false });
        let node = node.clone();
        Ok(self.done(Event::Parked { node, ground }))
    }

    fn resume(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, _) = self.node(node)?;
        if !matches!(self.state(ix), State::Parked { .. }) {
            return Err(self.stands(ix, node));
        }
        self.runner.take(ix);
        let node = node.clone();
        Ok(self.done(Event::Resumed { node, ground }))
    }

    fn bring_back(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, _) = self.node(node)?;
        if !matches!(self.state(ix), State::Withdrawn { .. }) {
            return Err(self.stands(ix, node));
        }
        self.runner.take(ix);
        let node = node.clone();
        Ok(self.done(Event::BroughtBack { node, ground }))
    }

    fn reopen(mut self, node: &NodeId, ground: Ground) -> Result<Decided, Refusal> {
        let (ix, _) = self.node(node)?;
        if !self.incident.marking().mark(ix).is_settled() {
            return Err(self.stands(ix, node));
        }
        self.runner.reopen(ix);
        let node = node.clone();
        Ok(self.done(Event::Reopened { node, ground }))
    }

    fn ask_again(mut self, node: &NodeId, fact: String) -> Result<Decided, Refusal> {
        let (ix, _) = self.question(node)?;
        let fact = filled(fact)?;
        match self.state(ix) {
            State::Open => self.runner.shift(ix, Becomes::Reminded),
            State::Done(_) | State::Skipped => self.runner.reopen(ix),
            State::Closed | State::Parked { .. } | State::Withdrawn { .. } => self.runner.take(ix),
        }
        let node = node.clone();
        Ok(self.done(Event::AskedAgain { node, fact }))
    }

    fn know(
        self,
        duty: &str,
        who: Option<String>,
        ground: Option<String>,
    ) -> Result<Decided, Refusal> {
        let found = self.flow.duty(duty).ok_or_else(|| Refusal::Unknown {
            what: "duty",
            id: duty.to_owned(),
            known: join(self.flow.duties().iter().map(|d| d.id.as_str())),
        })?;
        if let Some(ground) = &ground
            && !found.grounds.iter().any(|known| known.id == *ground)
        {
            return Err(Refusal::Unknown {
                what: "ground",
                id: ground.clone(),
                known: join(found.grounds.iter().map(|g| g.id.as_str())),
            });
        }
        Ok(plain(Event::DutyKnown {
            duty: duty.to_owned(),
            who: checked(who)?,
            ground,
        }))
    }
}

fn plain(event: Event) -> Decided {
    (event, Vec::new())
}

fn effects(flow: &Flow, runner: Runner<'_>) -> Vec<Effect> {
    runner
        .finish()
        .into_iter()
        .filter_map(|shift| effect_from_shift(flow, shift))
        .collect()
}

pub(super) fn join<'b>(names: impl Iterator<Item = &'b str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn find_field<'f>(fields: &'f [Field], id: &str, what: &'static str) -> Result<&'f Field, Refusal> {
    fields
        .iter()
        .find(|field| field.id == id)
        .ok_or_else(|| Refusal::Unknown {
            what,
            id: id.to_owned(),
            known: join(fields.iter().map(|field| field.id.as_str())),
        })
}
