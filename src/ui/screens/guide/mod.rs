//! The guide: what is open, the step in hand, and the quick note beside it.
//!
//! Three columns where there is room; two or one part at a time where there is not, so that
//! nothing is cut off at any text size.

mod answers;
mod card;
mod contacts;
mod duties;
mod fields;
mod ground;
mod item;
mod list;
mod log;
mod rows;
mod step;

use egui::accesskit::Role;
use egui::{Frame, Margin, Ui};

use crate::flow::NodeId;
use crate::incident::Moment;
use crate::telling::Telling;
use crate::ui::cx::{Cx, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::Drafts;
use crate::ui::icons;
use crate::ui::widgets;

pub(super) use contacts::contacts_ui;
pub(crate) use fields::typed;
pub(crate) use log::{NOTE_TEXT, log_row_ui};
pub(crate) use rows::{Lists, PhasePill, lists, phases};

/// The part that is shown where there is room for one only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// The lists.
    List,
    /// The step in hand.
    #[default]
    Step,
    /// The quick note and the record.
    Log,
}

/// What is asked for in the step's place before it is recorded: a reason, and who decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    /// The step or decision.
    pub node: NodeId,
    /// The answer that is to be given; none where it is to be skipped.
    pub answer: Option<String>,
}

/// The guide's view state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guide {
    looking: Option<NodeId>,
    asking: Option<Asking>,
    part: Part,
    /// The node whose card was drawn last.
    drawn: Option<NodeId>,
}

impl Guide {
    /// Takes a node in hand.
    pub(crate) fn look(&mut self, node: NodeId) {
        self.asking.take_if(|asking| asking.node != node);
        self.looking = Some(node);
        self.part = Part::Step;
    }

    /// Asks in the place of a step for what it is answered for with.
    pub(crate) fn ask(&mut self, asking: Asking) {
        self.look(asking.node.clone());
        self.asking = Some(asking);
    }

    /// Asks no longer.
    pub(crate) fn stop_asking(&mut self) {
        self.asking = None;
    }

    /// Gives the node that was taken in hand.
    pub(crate) fn looking(&self) -> Option<&NodeId> {
        self.looking.as_ref()
    }

    /// Gives the node whose card was drawn last, and forgets it: it is drawn anew or not at all.
    pub(crate) fn take_drawn(&mut self) -> Option<NodeId> {
        self.drawn.take()
    }

    /// Shows the quick note where only one part has room.
    pub(crate) fn show_log(&mut self) {
        self.part = Part::Log;
    }

    /// Gives the node in hand: the one looked at, else the first open one.
    pub(crate) fn in_hand(&self, desk: &Desk, telling: Telling<'_>, now: Moment) -> Option<NodeId> {
        if let Some(node) = &self.looking
            && desk.flow().node(node).is_some()
        {
            return Some(node.clone());
        }
        lists(telling, desk.incident(), now)
            .open_ids()
            .into_iter()
            .next()
    }

    /// Draws the guide.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        desk: &Desk,
        drafts: &mut Drafts,
        out: &mut Intents,
    ) {
        let telling = cx.telling(desk);
        let lists = lists(telling, desk.incident(), cx.now);
        let in_hand = self.in_hand(desk, telling, cx.now);
        let units = cx.look.units(ui);
        let is_drawn = if units >= 900.0 {
            three(
                ui,
                cx,
                desk,
                (&lists, in_hand.as_ref(), self.asking.as_ref()),
                drafts,
                out,
            );
            true
        } else {
            self.one(ui, cx, desk, (&lists, in_hand.as_ref()), drafts, out)
        };
        self.drawn = in_hand.filter(|_| is_drawn);
    }

    /// Draws one part; tells whether it was the step.
    fn one(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        desk: &Desk,
        (lists, in_hand): (&Lists, Option<&NodeId>),
        drafts: &mut Drafts,
        out: &mut Intents,
    ) -> bool {
        let frame = Frame::new()
            .fill(cx.look.palette.background.into())
            .inner_margin(Margin {
                left: 12,
                right: 12,
                top: 8,
                bottom: 8,
            });
        let panel = egui::CentralPanel::default().frame(frame);
        let shown = panel.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let count = lists.open_count().to_string();
                for (part, icon, words) in [
                    (
                        Part::List,
                        icons::LIST_CHECKS,
                        cx.with("part-list", &[("count", &count)]),
                    ),
                    (Part::Step, icons::PLAY, cx.t("part-step")),
                    (Part::Log, icons::MESSAGE_SQUARE, cx.t("part-log")),
                ] {
                    let text = format!("{icon} {words}");
                    if widgets::choice_button(ui, &cx.look, self.part == part, &text).clicked() {
                        self.part = part;
                    }
                }
            });
            ui.add_space(4.0);
            let name = match self.part {
                Part::List => "region-list",
                Part::Step => "part-step",
                Part::Log => "part-log",
            };
            widgets::region(ui, Role::Main, &cx.t(name));
            match self.part {
                Part::List => list::lists_ui(ui, cx, lists, in_hand, out),
                Part::Step => step_ui(ui, cx, desk, (in_hand, self.asking.as_ref()), drafts, out),
                Part::Log => log::log_ui(ui, cx, desk, drafts, out),
            }
            self.part == Part::Step
        });
        shown.inner
    }
}

/// Draws the three columns.
fn three(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (lists, in_hand, asking): (&Lists, Option<&NodeId>, Option<&Asking>),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let units = cx.look.units(ui);
    let left = cx.look.em((units * 0.23).clamp(220.0, 320.0));
    let right = cx.look.em((units * 0.26).clamp(250.0, 400.0));
    let side = Frame::new()
        .fill(cx.look.palette.background.into())
        .inner_margin(Margin {
            left: 12,
            right: 8,
            top: 12,
            bottom: 0,
        });
    egui::Panel::left("guide-lists")
        .exact_size(left)
        .resizable(false)
        .frame(side)
        .show(ui, |ui| {
            widgets::region(ui, Role::Region, &cx.t("region-list"));
            list::lists_ui(ui, cx, lists, in_hand, out);
        });
    egui::Panel::right("guide-log")
        .exact_size(right)
        .resizable(false)
        .frame(side.fill(cx.look.palette.panel.into()))
        .show(ui, |ui| {
            widgets::region(ui, Role::Region, &cx.t("part-log"));
            log::log_ui(ui, cx, desk, drafts, out);
        });
    let middle = Frame::new()
        .fill(cx.look.palette.background.into())
        .inner_margin(Margin {
            left: 20,
            right: 16,
            top: 12,
            bottom: 8,
        });
    egui::CentralPanel::default().frame(middle).show(ui, |ui| {
        widgets::region(ui, Role::Main, &cx.t("part-step"));
        step_ui(ui, cx, desk, (in_hand, asking), drafts, out);
    });
}

fn step_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (in_hand, asking): (Option<&NodeId>, Option<&Asking>),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let telling = cx.telling(desk);
    let card = in_hand.and_then(|node| card::card(telling, desk.incident(), node, cx.now));
    let card = card.map(|mut card| {
        card.asking = asking.filter(|of| of.node == card.row.id).cloned();
        card
    });
    match card {
        Some(card) => step::card_ui(ui, cx, desk, &card, drafts, out),
        None => nothing_open_ui(ui, cx, desk),
    }
}

/// Says what to do when nothing is open.
fn nothing_open_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk) {
    let closed = desk.incident().closed().is_some();
    let key = if closed {
        "guide-closed"
    } else {
        "guide-nothing-open"
    };
    widgets::section(ui, &cx.look, &cx.t(key));
    for end in desk.flow().reached_ends(desk.incident().marking()) {
        cx.body(ui, &format!("{} {}", icons::FLAG, cx.pair(&end.title)));
    }
    cx.quiet(ui, &cx.t(&format!("{key}-next")));
}
