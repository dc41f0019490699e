//! The top bar: mode, title, phases, clock; and the hatched strip of a drill.
//!
//! Its parts are laid into places that are counted beforehand, so that nothing in it can
//! overlap: the title gets what the others leave. Where the window is low it has one line.

use egui::accesskit::Role;
use egui::{
    Align, Color32, Frame, Layout, Margin, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::command::UiCommand;
use super::cx::{Cx, Intent, Intents};
use super::desk::Desk;
use super::drafts::Drafts;
use super::icons;
use super::look::{Face, Look};
use super::screens::{self, PhasePill};
use super::theme::Ink;
use super::times;
use super::widgets::{self, Lines};
use crate::incident::Mode;
use crate::telling;

/// The key of the title while it is typed.
const TITLE: &str = "title";

/// Below this height, in points at 100 %, the frame keeps to the least.
pub(super) const LOW: f32 = 480.0;

/// Tells whether the window is too low for more than the least.
pub(super) fn is_low(ctx: &egui::Context, look: &Look) -> bool {
    ctx.content_rect().height() / look.scale < LOW
}

/// Draws the top bar.
pub(super) fn top_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    editing: &mut bool,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let palette = cx.look.palette;
    let is_drill = cx
        .desk
        .is_some_and(|desk| desk.incident().mode() == Mode::Drill);
    let fill = if is_drill {
        palette.drill_fill
    } else {
        palette.panel
    };
    let frame = Frame::new()
        .fill(fill.into())
        .inner_margin(Margin::symmetric(12, 4));
    egui::Panel::top("top")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            widgets::region(ui, Role::Banner, &cx.t("region-top"));
            row_ui(ui, cx, editing, drafts, out);
        });
    if is_drill {
        stripes_ui(ui, &cx.look);
    }
}

/// How much of a phase's title is shown; all of it is read aloud.
const PHASE_SIGNS: usize = 24;

/// Lays the parts out: mode at the left, clock at the right, phases beside it, the title between.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, editing: &mut bool, drafts: &mut Drafts, out: &mut Intents) {
    let low = is_low(ui.ctx(), &cx.look);
    let wide = cx.look.units(ui) >= 900.0;
    let pills: Vec<PhasePill> = match cx.desk {
        Some(desk) => screens::phases(desk.flow(), desk.incident(), cx.language()),
        None => Vec::new(),
    };
    let (mut beside, mut below) = (Vec::new(), Vec::new());
    for pill in pills {
        if wide || (low && pill.current) {
            beside.push(pill);
        } else if !low {
            below.push(pill);
        }
    }
    // Titles that leave no room for what else stands there go below it.
    let taken: f32 = beside.iter().map(|pill| phase_width(ui, cx, pill)).sum();
    if taken > ui.available_width() * 0.6 {
        below = std::mem::take(&mut beside);
    }
    let height = cx.look.em(if low { 38.0 } else { 46.0 });
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let gap = 10.0;
    let mut left = rect.left();
    if let Some(desk) = cx.desk {
        left = badge_ui(ui, cx, rect, desk) + gap;
    }
    let mut right = clock_ui(ui, cx, rect, low) - gap;
    let mut places = Vec::new();
    for pill in beside.iter().rev() {
        let size = vec2(phase_width(ui, cx, pill), cx.look.em(28.0));
        let place = Rect::from_min_size(pos2(right - size.x, rect.center().y - size.y / 2.0), size);
        places.push((pill, place));
        right = place.left() - gap * 0.6;
    }
    // They are read aloud in the order in which they are drawn.
    for (pill, place) in places.into_iter().rev() {
        phase_ui(ui, cx, pill, place);
    }
    let place = Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(right.max(left + 1.0), rect.bottom()),
    );
    let builder = UiBuilder::new()
        .max_rect(place)
        .layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(desk) = cx.desk {
            title_ui(ui, cx, desk, (low, editing), drafts, out);
        } else {
            let text = cx
                .look
                .text(cx.t("app-name"), Face::Subtitle, cx.look.palette.ink);
            ui.add_space((height - cx.look.line_height(Face::Subtitle)) / 2.0);
            ui.add(egui::Label::new(text).truncate());
        }
    });
    if !below.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for pill in &below {
                let size = vec2(phase_width(ui, cx, pill), cx.look.em(28.0));
                let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                phase_ui(ui, cx, pill, place);
            }
        });
    }
}

/// Draws the mode and gives where it ends.
fn badge_ui(ui: &mut Ui, cx: &Cx<'_>, row: Rect, desk: &Desk) -> f32 {
    let palette = cx.look.palette;
    let (icon, key, ink, fill) = if desk.incident().mode() == Mode::Drill {
        (
            icons::GRADUATION_CAP,
            "mode-drill",
            palette.on_drill,
            palette.drill,
        )
    } else if desk.is_peacetime() {
        (
            icons::CALENDAR,
            "mode-peacetime",
            palette.on_accent,
            palette.accent,
        )
    } else {
        (icons::SIREN, "mode-live", palette.on_bad, palette.bad)
    };
    let text = cx.icon(icon, key);
    let size = vec2(
        text_width(ui, cx, &text, Face::Strong) + 20.0,
        cx.look.em(30.0),
    );
    let place = Rect::from_min_size(pos2(row.left(), row.center().y - size.y / 2.0), size);
    ui.painter().rect_filled(place, 4.0, Color32::from(fill));
    mark_ui(ui, cx, place, (text, Face::Strong, ink), &cx.t(key));
    place.right()
}

/// Draws the clock and gives where it begins.
fn clock_ui(ui: &mut Ui, cx: &Cx<'_>, row: Rect, low: bool) -> f32 {
    let time = telling::time(cx.now, *cx.now.offset());
    let opened = cx.desk.and_then(|desk| desk.incident().opened_at());
    let since = opened.filter(|_| !low).map(|opened| {
        let passed = times::length(cx.words, cx.now.signed_duration_since(opened));
        cx.with("top-since", &[("passed", &passed)])
    });
    let palette = cx.look.palette;
    let mut lines = vec![(time, Face::Clock, palette.ink)];
    lines.extend(since.map(|since| (since, Face::Quiet, palette.quiet_ink)));
    let height: f32 = lines
        .iter()
        .map(|(_, face, _)| cx.look.line_height(*face))
        .sum();
    let mut top = row.center().y - height / 2.0;
    let mut left = row.right();
    for (text, face, ink) in lines {
        let size = vec2(text_width(ui, cx, &text, face), cx.look.line_height(face));
        let place = Rect::from_min_size(pos2(row.right() - size.x, top), size);
        let name = text.clone();
        mark_ui(ui, cx, place, (text, face, ink), &name);
        top += size.y;
        left = left.min(place.left());
    }
    left
}

/// Draws a line of text in the middle of a place, with its name.
fn mark_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    place: Rect,
    (text, face, ink): (String, Face, Ink),
    name: &str,
) {
    let response = ui.allocate_rect(place, Sense::hover());
    let font = cx.look.font(face);
    ui.painter().text(
        place.center(),
        egui::Align2::CENTER_CENTER,
        text,
        font,
        Color32::from(ink),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
}

fn text_width(ui: &Ui, cx: &Cx<'_>, text: &str, face: Face) -> f32 {
    let font = cx.look.font(face);
    let text = text.to_owned();
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font, Color32::PLACEHOLDER));
    galley.size().x
}

fn title_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    (low, editing): (bool, &mut bool),
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let incident = desk.incident();
    if *editing {
        ui.add_space(cx.look.em(if low { 1.0 } else { 5.0 }));
        let id = widgets::field_id(TITLE);
        let enter = widgets::takes_enter(ui, id);
        let name = cx.t("top-title");
        let response = widgets::draft_edit(ui, &cx.look, drafts, TITLE, (&name, &name), Lines::One);
        if enter || widgets::is_finished(&response) {
            // The app records what was left.
            *editing = false;
        }
        return;
    }
    if low {
        ui.add_space(cx.look.em(5.0));
    }
    let title = match incident.title() {
        Some(title) => title.to_owned(),
        None => cx.t("top-untitled"),
    };
    let text = cx.look.text(
        format!("{title} {}", icons::PENCIL),
        Face::Subtitle,
        cx.look.palette.ink,
    );
    let button = egui::Button::new(text)
        .frame_when_inactive(false)
        .truncate();
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(0.0, 0.0);
            ui.add_enabled(desk.is_running(), button)
        })
        .inner;
    let name = cx.with("top-title-name", &[("title", &title)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response
        .on_hover_text(UiCommand::Title.tip(cx.words))
        .clicked()
    {
        out.push(Intent::Run(UiCommand::Title));
    }
    if low {
        return;
    }
    let flow = format!("{} {}", cx.pair(desk.flow().title()), desk.flow().version());
    let recorder = incident
        .recorder()
        .map_or_else(|| cx.t("top-no-recorder"), str::to_owned);
    let mut line = cx.with("top-line", &[("flow", &flow), ("recorder", &recorder)]);
    if let Some(site) = incident.site() {
        line = format!("{site}{}{line}", cx.t("list-comma"));
    }
    ui.add(egui::Label::new(cx.look.quiet(line)).truncate());
}

/// How the pill of a phase looks: words, the name's key, text, surface, face.
fn phase_look(cx: &Cx<'_>, pill: &PhasePill) -> (String, &'static str, Ink, Ink, Face) {
    let palette = cx.look.palette;
    let (mark, key, ink, fill) = if pill.current {
        let color = palette.phase(pill.phase);
        (icons::PLAY, "phase-current", palette.on_phase, color)
    } else if pill.done {
        (icons::CHECK, "phase-done", palette.ok, palette.ok_fill)
    } else {
        ("", "phase-ahead", palette.quiet_ink, palette.panel)
    };
    let title = widgets::shortened(&pill.title, PHASE_SIGNS);
    let text = format!("{mark} {} {title}", pill.phase);
    let face = if pill.current {
        Face::QuietStrong
    } else {
        Face::Quiet
    };
    (text.trim_start().to_owned(), key, ink, fill, face)
}

fn phase_width(ui: &Ui, cx: &Cx<'_>, pill: &PhasePill) -> f32 {
    let (text, _, _, _, face) = phase_look(cx, pill);
    text_width(ui, cx, &text, face) + 22.0
}

fn phase_ui(ui: &mut Ui, cx: &Cx<'_>, pill: &PhasePill, place: Rect) {
    let (text, key, ink, fill, face) = phase_look(cx, pill);
    let edge = if pill.current {
        fill
    } else {
        cx.look.palette.control_line
    };
    ui.painter().rect(
        place,
        place.height() / 2.0,
        Color32::from(fill),
        Look::stroke(1.0, edge),
        egui::StrokeKind::Inside,
    );
    let name = cx.with(key, &[("phase", &format!("{} {}", pill.phase, pill.title))]);
    mark_ui(ui, cx, place, (text, face, ink), &name);
}

/// Draws the hatched strip of a drill.
fn stripes_ui(ui: &mut Ui, look: &Look) {
    let frame = Frame::new().fill(look.palette.drill_fill.into());
    egui::Panel::top("drill")
        .frame(frame)
        .exact_size(8.0)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            let painter = ui.painter_at(rect);
            let stroke = Look::stroke(4.0, look.palette.drill);
            let mut x = rect.left() - 14.0;
            while x < rect.right() {
                let from = pos2(x, rect.bottom() + 4.0);
                let to = pos2(x + 12.0, rect.top() - 4.0);
                painter.line_segment([from, to], stroke);
                x += 14.0;
            }
        });
}
