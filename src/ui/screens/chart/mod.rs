//! The flowchart, フロー図: where we are, how we came, what lies ahead.
//!
//! The figures are those of `chart`; this shows the part of them that is in view, keeps the heads
//! of lanes and phases in sight, and lets each box be pressed, found, and heard of.

mod drawn;
mod overview;
mod paint;
mod past;
mod strips;
mod tips;
mod tools;
mod view;

use drawn::Drawn;
use paint::Brush;
use past::Past;
use view::{View, area};

use egui::accesskit::Role;
use egui::{
    Frame, Id, Key, Modifiers, Rect, Response, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2,
};

use crate::chart::scene::{Part, Tone};
use crate::flow::{Flow, NodeId};
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::look::Face;
use crate::ui::widgets::{self, Paragraph};

/// How much a step of the wheel, a key or a button magnifies.
const STEP: f32 = 1.25;
/// How far the wheel turns for that, in points.
const WHEEL: f32 = 60.0;
/// How far an arrow key moves the chart, in points at 100 %.
const PAN: f32 = 80.0;
/// How near to a line the pointer must be, in points.
const REACH: f32 = 6.0;

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The incident on it.
    pub desk: Option<&'a Desk>,
    /// The step in hand.
    pub in_hand: Option<&'a NodeId>,
}

/// Where to look at the next pass.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    /// At a node.
    Node(NodeId),
    /// At what is open: the step in hand, then the next one each time.
    Here,
    /// At a shape.
    Shape(usize),
}

/// The chart's view state.
#[derive(Debug, Default)]
pub(crate) struct ChartScreen {
    drawn: Option<Drawn>,
    view: View,
    past: Past,
    wanted: Option<Wanted>,
    /// The shape that was last gone to.
    at: Option<usize>,
    query: String,
    legend: bool,
    /// The row for earlier states is shown.
    past_row: bool,
}

/// What the pointer or the keyboard is at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pointed {
    /// A shape.
    shape: Option<usize>,
    /// The branches of a net that lead along the line under the pointer.
    line: Option<(usize, Vec<usize>)>,
    /// The shape that has the keyboard.
    focused: Option<usize>,
}

impl ChartScreen {
    /// Looks at a node at the next pass, as the incident stands now.
    pub(crate) fn show(&mut self, node: NodeId) {
        self.past.back();
        self.wanted = Some(Wanted::Node(node));
    }

    /// Draws the chart.
    pub(crate) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>, out: &mut Intents) {
        let mut drawn = match self.drawn.take() {
            Some(drawn) if drawn.is_of(of.flow, cx.language()) => drawn,
            _ => Drawn::new(of.flow, cx.words),
        };
        self.keep_up(ui, cx, of, &mut drawn);
        let fill = cx.look.palette.background;
        let frame = Frame::new().fill(fill.into());
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            widgets::region(ui, Role::Main, &cx.t("chart-title"));
            self.tools_ui(ui, cx, of, &drawn);
            if self.legend {
                tools::legend_ui(ui, cx, &drawn);
            }
            self.body_ui(ui, cx, of, &drawn, out);
        });
        self.drawn = Some(drawn);
    }

    /// Brings the figures up to the state that is to be shown, and goes on playing.
    fn keep_up(&mut self, ui: &Ui, cx: &Cx<'_>, of: Subject<'_>, drawn: &mut Drawn) {
        let Some(desk) = of.desk else {
            drawn.keep_up(of.flow, None, cx.words);
            return;
        };
        let now = ui.input(|input| input.time);
        let entries = desk.incident().entries();
        let before = self.past.count(entries.len());
        let pause = self.past.play(desk.incident(), now);
        let at = self.past.count(entries.len());
        if at != before && pause.is_some() {
            // What changed comes into view.
            let entry = at.checked_sub(1).and_then(|at| entries.get(at));
            let effects = entry.map_or(&[][..], |entry| &entry.effects);
            let changed = effects
                .last()
                .and_then(|effect| drawn.chart.at(&effect.node));
            if let Some(rect) = changed.and_then(|shape| tips::rect_of(drawn, shape)) {
                self.view.reveal(rect);
            }
        }
        if let Some(pause) = pause {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs_f64(pause));
        }
        let is_past = self.past.is_past();
        let (incident, missing) = self.past.incident(of.flow, desk.incident());
        if missing > 0 {
            ui.ctx().request_repaint();
            return;
        }
        // An earlier state is held against its own time.
        let last = incident.entries().last().map(|entry| entry.recorded_at);
        let at = last.filter(|_| is_past).unwrap_or(cx.now);
        drawn.keep_up(of.flow, Some((incident, at)), cx.words);
    }

    fn body_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        of: Subject<'_>,
        drawn: &Drawn,
        out: &mut Intents,
    ) {
        let all = ui.available_rect_before_wrap();
        let strips = strips::Strips::new(cx, all);
        let canvas = Rect::from_min_max(all.min + vec2(strips.left, strips.top), all.max);
        self.view.settle(canvas, drawn.content);
        self.go(cx, of, drawn);
        let surface = ui.interact(canvas, ui.scope_id().with("chart"), Sense::click_and_drag());
        self.navigate(ui, cx, &surface);
        let pointed = self.shapes_ui(ui, cx, of, drawn, &surface, out);
        let painter = ui.painter_at(canvas);
        let brush = Brush {
            painter,
            look: &cx.look,
            view: self.view,
        };
        self.paint(&brush, drawn, &pointed);
        strips.paint(ui, cx, drawn, &self.view);
        if self.view.is_part() {
            self.minimap_ui(ui, cx, drawn);
        } else {
            self.hint_ui(ui, cx, of.desk.is_some());
        }
        if self.past.is_past() {
            let line = egui::Stroke::new(3.0, paint::color(&cx.look.palette, Tone::Warn));
            let inside = egui::StrokeKind::Inside;
            ui.painter().rect_stroke(canvas, 0.0, line, inside);
        }
        ui.allocate_rect(all, Sense::hover());
    }

    /// Looks where it was asked to.
    fn go(&mut self, cx: &Cx<'_>, of: Subject<'_>, drawn: &Drawn) {
        let Some(wanted) = self.wanted.take() else {
            return;
        };
        let shape = match wanted {
            Wanted::Shape(shape) => Some(shape),
            Wanted::Node(node) => drawn.chart.at(&node),
            Wanted::Here => {
                let open = drawn.open();
                let in_hand = of.in_hand.and_then(|node| drawn.chart.at(node));
                let last = open.iter().position(|at| Some(*at) == self.at);
                let next = last.and_then(|last| open.get(last + 1));
                next.copied()
                    .or(in_hand.filter(|at| open.contains(at) && last.is_none()))
                    .or(open.first().copied())
                    .or(in_hand)
            }
        };
        let rect = shape.and_then(|shape| tips::rect_of(drawn, shape));
        if let Some(rect) = rect {
            self.view.go_to(rect, cx.look.scale);
        }
        self.at = shape;
    }

    /// Moves and magnifies by mouse, fingers and keys.
    fn navigate(&mut self, ui: &Ui, cx: &Cx<'_>, surface: &Response) {
        if surface.dragged() {
            self.view.pan(surface.drag_delta());
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        }
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let over = pointer.filter(|at| {
            self.view.canvas.contains(*at) && ui.ctx().layer_id_at(*at) == Some(ui.layer_id())
        });
        if let Some(at) = over {
            let (pinch, turned, shift) = ui.input(|input| {
                let wheel = input.smooth_scroll_delta();
                (input.zoom_delta(), wheel, input.modifiers.shift)
            });
            if (pinch - 1.0).abs() > f32::EPSILON {
                self.view.zoom_by(pinch, at);
            } else if shift && turned != Vec2::ZERO {
                self.view.pan(turned);
            } else if turned.y != 0.0 {
                self.view.zoom_by(STEP.powf(turned.y / WHEEL), at);
            }
        }
        let focused = ui.memory(|memory| memory.focused());
        let types = focused.is_some_and(|id| egui::TextEdit::load_state(ui.ctx(), id).is_some());
        if !types {
            self.keys(ui, cx, focused.is_none());
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, free: bool) {
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let middle = self.view.canvas.center();
        if pressed(Key::F) {
            self.wanted = Some(Wanted::Here);
            ui.ctx().request_repaint();
        }
        if pressed(Key::Num0) {
            self.view.fit();
        }
        let shifted = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Plus));
        if shifted || pressed(Key::Plus) || pressed(Key::Equals) {
            self.view.zoom_by(STEP, middle);
        }
        if pressed(Key::Minus) {
            self.view.zoom_by(1.0 / STEP, middle);
        }
        // While a box has the keyboard, the arrows go from box to box.
        if free {
            let far = cx.look.em(PAN);
            for (key, by) in [
                (Key::ArrowLeft, vec2(far, 0.0)),
                (Key::ArrowRight, vec2(-far, 0.0)),
                (Key::ArrowUp, vec2(0.0, far)),
                (Key::ArrowDown, vec2(0.0, -far)),
            ] {
                if pressed(key) {
                    self.view.pan(by);
                }
            }
        }
    }

    /// Lets every box be pressed, heard of and reached with the keyboard.
    fn shapes_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        of: Subject<'_>,
        drawn: &Drawn,
        surface: &Response,
        out: &mut Intents,
    ) -> Pointed {
        let mut pointed = Pointed::default();
        let view = self.view;
        let builder = UiBuilder::new().max_rect(view.canvas).id_salt("boxes");
        let mut boxes = ui.new_child(builder);
        boxes.set_clip_rect(view.canvas.intersect(ui.clip_rect()));
        widgets::region(&boxes, Role::List, &cx.t("chart-boxes"));
        for at in &drawn.order {
            let Some(rect) = tips::rect_of(drawn, *at) else {
                continue;
            };
            let response = box_ui(&boxes, cx, of, drawn, (*at, view.rect(rect)), out);
            if response.gained_focus() {
                self.view.reveal(rect);
                ui.ctx().request_repaint();
            }
            if response.has_focus() {
                pointed.focused = Some(*at);
            }
            if response.hovered() {
                pointed.shape = Some(*at);
            }
        }
        if pointed.shape.is_none()
            && let Some(at) = surface.hover_pos()
        {
            let reach = REACH / view.zoom;
            pointed.line = tips::branches_at(drawn, view.to_chart(at), reach);
        }
        if let Some((net, branches)) = &pointed.line {
            let grounds = branches
                .iter()
                .filter_map(|branch| tips::ground(cx, drawn, *net, *branch));
            let grounds: Vec<tips::Ground> = grounds.collect();
            surface.clone().on_hover_ui_at_pointer(|ui| {
                for ground in &grounds {
                    cx.strong(ui, &ground.heading);
                    for line in &ground.basis {
                        cx.quiet(ui, line);
                    }
                }
            });
        }
        pointed
    }

    fn paint(&self, brush: &Brush<'_>, drawn: &Drawn, pointed: &Pointed) {
        let legible = brush.is_legible();
        let mut rest = brush.in_view(drawn.groups()).peekable();
        let is_below = |part: Part| matches!(part, Part::Ground | Part::Wire(_) | Part::Bars);
        while let Some(group) =
            rest.next_if(|group| is_below(group.part) || Brush::is_elsewhere(group.part))
        {
            if !Brush::is_elsewhere(group.part) {
                brush.group(group);
            }
        }
        let lit = match (&pointed.line, pointed.shape.or(pointed.focused)) {
            (Some((net, branches)), _) => branches.iter().map(|branch| (*net, *branch)).collect(),
            (None, Some(shape)) => tips::branches_of(drawn, shape),
            (None, None) => Vec::new(),
        };
        for (net, branch) in lit {
            for piece in tips::pieces_of(drawn, net, branch) {
                brush.lines_in(&piece, Tone::Accent);
            }
        }
        let mut small = Vec::new();
        for group in rest {
            match group.part {
                Part::Shape(at) if !legible => {
                    let number = drawn.chart.shapes.get(at);
                    let number = number.filter(|shape| shape.node.is_some());
                    small.push(overview::Small {
                        group,
                        number: number.map_or("", |shape| shape.id.as_str()),
                        mark: drawn.mark(at),
                    });
                }
                _ => brush.group(group),
            }
        }
        overview::paint(brush, &small);
        let rect = |at: usize| tips::rect_of(drawn, at).map(|rect| brush.view.rect(rect));
        for at in drawn.found(&self.query) {
            if let Some(rect) = rect(at) {
                let width = if Some(at) == self.at { 4.0 } else { 2.0 };
                brush.ring(rect, width, Tone::Warn);
            }
        }
        for at in drawn.open() {
            if let Some(rect) = rect(at) {
                brush.pointer_to(rect, Tone::Accent);
            }
        }
        if let Some(rect) = pointed.focused.and_then(rect) {
            brush.ring(rect, 2.0, Tone::Accent);
        }
    }

    /// Says beside the whole chart what the mouse does, where there is room.
    fn hint_ui(&self, ui: &mut Ui, cx: &Cx<'_>, opens: bool) {
        let mut keys = vec!["chart-hint-zoom", "chart-hint-move"];
        if opens {
            keys.push("chart-hint-open");
        }
        let lines: Vec<String> = keys.into_iter().map(|key| cx.t(key)).collect();
        let text = cx.look.quiet(lines.join("\n"));
        let room = vec2(cx.look.em(220.0), cx.look.line_height(Face::Quiet) * 3.0);
        let corner = self.view.canvas.max - vec2(8.0, 8.0);
        let place = Rect::from_min_max(corner - room, corner);
        let chart = self.view.rect(self.view.content);
        if place.left() > chart.right() {
            let layout = egui::Layout::bottom_up(egui::Align::Max);
            let builder = UiBuilder::new().max_rect(place).layout(layout);
            ui.new_child(builder)
                .add(egui::Label::new(text).halign(egui::Align::Max));
        }
    }

    /// Draws the whole in a corner, with what is in view; pressing goes there.
    fn minimap_ui(&mut self, ui: &Ui, cx: &Cx<'_>, drawn: &Drawn) {
        let content = self.view.content;
        let room = vec2(cx.look.em(160.0), cx.look.em(190.0)).min(self.view.canvas.size() * 0.4);
        let zoom = (room / content.size().max(Vec2::splat(1.0))).min_elem();
        let size = content.size() * zoom;
        let corner = self.view.canvas.max - vec2(12.0, 12.0);
        let map = Rect::from_min_max(corner - size, corner);
        let response = ui.interact(map, ui.scope_id().with("minimap"), Sense::click_and_drag());
        let name = cx.t("chart-minimap");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        if let Some(at) = response.interact_pointer_pos() {
            self.view.look_at(content.min + (at - map.min) / zoom);
            ui.ctx().request_repaint();
        }
        let painter = ui.painter_at(map.expand(2.0));
        let palette = &cx.look.palette;
        let line = |tone| egui::Stroke::new(1.0, paint::color(palette, tone));
        let panel = paint::color(palette, Tone::Panel);
        painter.rect_filled(map.expand(2.0), 2.0, panel);
        let to_map = |rect: Rect| {
            let least = map.min + (rect.min - content.min) * zoom;
            Rect::from_min_size(least, rect.size() * zoom)
        };
        for (at, placed) in drawn.layout.shapes.iter().enumerate() {
            let tone = strips::tone(drawn.mark(at));
            let rect = to_map(area(&placed.rect));
            painter.rect_filled(rect, 0.0, paint::color(palette, tone));
        }
        let seen = to_map(self.view.seen()).intersect(map);
        let stroke = egui::Stroke::new(2.0, paint::color(palette, Tone::Accent));
        painter.rect_stroke(seen, 2.0, stroke, egui::StrokeKind::Inside);
        let edge = line(Tone::ControlLine);
        painter.rect_stroke(map.expand(2.0), 2.0, edge, egui::StrokeKind::Inside);
    }
}

/// Lets a box be pressed; says what it is.
fn box_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    of: Subject<'_>,
    drawn: &Drawn,
    (at, rect): (usize, Rect),
    out: &mut Intents,
) -> Response {
    let node = drawn.node(at);
    let can = of.desk.is_some() && node.is_some();
    let id: Id = ui.scope_id().with(("box", at));
    let mut response = ui.interact(rect, id, Sense::click());
    let title = drawn.title(at);
    let role = if can { Role::Button } else { Role::ListItem };
    response.widget_info(|| WidgetInfo::labeled(role, true, &title));
    let says = crate::chart::name(&drawn.chart, &drawn.texts, drawn.progress(), cx.words, at);
    let (_, says) = says.split_once(" / ").unwrap_or_default();
    widgets::describe(ui, &response, says);
    if can {
        response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    }
    if response.clicked()
        && can
        && let Some(node) = node.clone()
    {
        out.push(Intent::Look(node));
    }
    response.on_hover_ui(|ui| {
        let ink = cx.look.palette.ink;
        ui.add(Paragraph::new(&cx.look, &title, Face::Strong, ink));
        cx.quiet(ui, says);
        if let (Some(desk), Some(node)) = (of.desk, &node) {
            for line in tips::times_of(cx, desk.incident(), node) {
                cx.quiet(ui, &line);
            }
        }
    })
}
