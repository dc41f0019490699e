//! The frame of all screens: the rail that leads to them, and the bottom line, which says in
//! words how the journal is. The top bar is `super::top`.

use egui::accesskit::Role;
use egui::{Color32, Frame, Margin, Sense, Ui, WidgetInfo, vec2};

use super::command::UiCommand;
use super::cx::{Cx, Intent, Intents, Screen};
use super::desk::{Desk, Health};
use super::icons;
use super::look::{Face, Look};
use super::widgets::{self, Paragraph};
use crate::journal::Mirror;
use crate::telling;

/// Draws the rail of screens: at the side, or in a row where it is narrow.
pub(super) fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, screen: Screen, out: &mut Intents) {
    let palette = cx.look.palette;
    let commands = [
        UiCommand::Home,
        UiCommand::Guide,
        UiCommand::Chart,
        UiCommand::Chronology,
        UiCommand::People,
        UiCommand::Settings,
        UiCommand::Help,
        UiCommand::PlainLog,
        UiCommand::CloseIncident,
    ];
    let narrow = cx.look.units(ui) < 900.0;
    let entries = commands.into_iter().filter(|command| match command {
        UiCommand::Home | UiCommand::Chart | UiCommand::Settings | UiCommand::Help => true,
        // In a row there is room for it only where nothing else can be written in.
        UiCommand::PlainLog => !narrow || cx.desk.is_none(),
        UiCommand::CloseIncident => cx.desk.is_some_and(Desk::is_running),
        _ => cx.desk.is_some(),
    });
    if narrow {
        let frame = Frame::new()
            .fill(palette.rail.into())
            .inner_margin(Margin::symmetric(8, 2));
        egui::Panel::top("rail-row")
            .frame(frame)
            .resizable(false)
            .show(ui, |ui| {
                widgets::region(ui, Role::Navigation, &cx.t("region-rail"));
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
                    for command in entries {
                        rail_button(ui, cx, command, screen, None, out);
                    }
                });
            });
        return;
    }
    let frame = Frame::new()
        .fill(palette.rail.into())
        .inner_margin(Margin::symmetric(0, 8));
    egui::Panel::left("rail")
        .exact_size(cx.look.em(84.0))
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            widgets::region(ui, Role::Navigation, &cx.t("region-rail"));
            egui::ScrollArea::vertical()
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let entries: Vec<UiCommand> = entries.collect();
                    // Lower where all would not find room.
                    let count = u8::try_from(entries.len()).unwrap_or(u8::MAX).max(1);
                    // Words of two lines need more than the others can be brought down to.
                    let (least, more) = (cx.look.em(42.0), cx.look.em(10.0));
                    let is_tall = |ui: &Ui, command: &UiCommand| {
                        rail_words(ui, cx, *command, ui.available_width()).contains('\n')
                    };
                    let tall = entries.iter().filter(|command| is_tall(ui, command));
                    let tall = u8::try_from(tall.count()).unwrap_or(u8::MAX);
                    let room = ui.available_height() - more * f32::from(tall);
                    let height = room / f32::from(count) - 2.0;
                    let height = height.clamp(least, cx.look.em(64.0));
                    for command in entries {
                        let height = if is_tall(ui, &command) {
                            height.max(least + more)
                        } else {
                            height
                        };
                        rail_button(ui, cx, command, screen, Some(height), out);
                    }
                });
        });
}

/// Gives the words below an icon of the rail, in as many lines as they need.
fn rail_words(ui: &Ui, cx: &Cx<'_>, command: UiCommand, width: f32) -> String {
    let label = command
        .row()
        .map_or_else(String::new, |entry| cx.t(&format!("rail-{}", entry.id)));
    widgets::break_lines(ui, &label, &cx.look.font(Face::Quiet), width - 4.0)
}

/// Draws a button of the rail: so high, with its icon above its word; in a row where no height is
/// given.
fn rail_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    command: UiCommand,
    screen: Screen,
    height: Option<f32>,
    out: &mut Intents,
) {
    let palette = cx.look.palette;
    let Some(entry) = command.row() else { return };
    let selected = match command {
        UiCommand::Home => matches!(screen, Screen::Home | Screen::Problems),
        UiCommand::Guide => screen == Screen::Guide,
        UiCommand::Chart => screen == Screen::Chart,
        UiCommand::Chronology => screen == Screen::Chronology,
        UiCommand::People => screen == Screen::People,
        UiCommand::Settings => screen == Screen::Settings,
        UiCommand::PlainLog => screen == Screen::Plain,
        _ => false,
    };
    let label = cx.t(&format!("rail-{}", entry.id));
    // In a row there is no room for icons but that of the screen in view.
    let text = if selected {
        format!("{} {label}", entry.icon)
    } else {
        label.clone()
    };
    let size = if let Some(height) = height {
        vec2(ui.available_width(), height)
    } else {
        let text = text.clone();
        let font = cx.look.font(Face::Quiet);
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font, Color32::PLACEHOLDER));
        vec2(galley.size().x + 10.0, cx.look.em(30.0))
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = command.label(cx.words);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &name));
    if selected {
        ui.painter()
            .rect_filled(rect, 0.0, Color32::from(palette.rail_selected));
    }
    if response.hovered() || response.has_focus() {
        let stroke = Look::stroke(2.0, palette.rail_ink);
        ui.painter()
            .rect_stroke(rect.shrink(2.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    let ink: Color32 = palette.rail_ink.into();
    let small = cx.look.font(Face::Quiet);
    if height.is_none() {
        ui.painter()
            .text(rect.center(), egui::Align2::CENTER_CENTER, text, small, ink);
    } else {
        let mut large = cx.look.font(Face::Body);
        large.size *= 1.2;
        // Icon and words stand in the middle together; words that are too long have two lines.
        let lines = rail_words(ui, cx, command, size.x);
        let line_height = Some(cx.look.em(14.0));
        let format = egui::text::TextFormat {
            font_id: small,
            color: ink,
            line_height,
            ..Default::default()
        };
        let mut job = egui::text::LayoutJob::single_section(lines, format);
        job.wrap.max_width = f32::INFINITY;
        job.halign = egui::Align::Center;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let above = cx.look.em(22.0);
        let top = rect.center() - vec2(0.0, f32::midpoint(above, galley.size().y));
        let middle = top + vec2(0.0, above / 2.0 - 2.0);
        ui.painter()
            .text(middle, egui::Align2::CENTER_CENTER, entry.icon, large, ink);
        ui.painter().galley(top + vec2(0.0, above), galley, ink);
    }
    if response.on_hover_text(command.tip(cx.words)).clicked() {
        out.push(Intent::Run(command));
    }
}

/// Tells whether there is to be said that the incident is closed.
pub(super) fn is_closed(cx: &Cx<'_>) -> bool {
    cx.desk
        .is_some_and(|desk| desk.incident().closed().is_some())
}

/// Says that the incident is closed, and how to go on with it.
pub(super) fn closed_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
    let closed = cx.desk.and_then(|desk| {
        let incident = desk.incident();
        incident.entry(incident.closed()?)
    });
    let Some(entry) = closed else { return };
    let palette = cx.look.palette;
    let frame = Frame::new()
        .fill(palette.ok_fill.into())
        .inner_margin(Margin::symmetric(16, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let at = entry.happened();
            let at = super::times::moment(at, cx.now);
            let text = cx.with("closed-banner", &[("at", &at)]);
            let text = format!("{} {text}", icons::FLAG);
            widgets::row_words(ui, &cx.look, &text, Face::Strong, palette.ok);
            let command = UiCommand::ReopenIncident;
            let label = format!("{} {}", icons::ROTATE_CCW, command.label(cx.words));
            let can = cx.desk.is_some_and(Desk::can_write);
            if widgets::plain_button(ui, &cx.look, &label, can).clicked() {
                out.push(Intent::Run(command));
            }
        });
    });
}

/// Draws the bottom line.
pub(super) fn bottom_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
    let palette = cx.look.palette;
    let frame = Frame::new()
        .fill(palette.panel.into())
        .inner_margin(Margin::symmetric(12, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        widgets::region(ui, Role::ContentInfo, &cx.t("region-bottom"));
        ui.horizontal_wrapped(|ui| {
            match cx.desk {
                Some(desk) => health_ui(ui, cx, desk, out),
                None => {
                    cx.quiet(ui, &cx.t("bottom-offline"));
                }
            }
            if super::top::is_low(ui.ctx(), &cx.look) {
                return;
            }
            for command in [UiCommand::Help, UiCommand::Palette, UiCommand::Note] {
                if command == UiCommand::Note && cx.desk.is_none() {
                    continue;
                }
                let shortcut = command.shortcut(ui.ctx()).unwrap_or_default();
                let label = command.label(cx.words);
                let text = format!("{shortcut} {label}");
                let press = widgets::row_link(ui, &cx.look, text.trim_start());
                if press.on_hover_text(command.tip(cx.words)).clicked() {
                    out.push(Intent::Run(command));
                }
            }
        });
    });
}

/// Says how the copy in the mirror folder stands, where there is to be one.
fn mirror_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk) {
    let mirror = desk.session().mirror();
    if mirror == Mirror::Off {
        return;
    }
    let palette = cx.look.palette;
    let (icon, ink) = if mirror.is_problem() {
        (icons::TRIANGLE_ALERT, palette.warn)
    } else {
        (icons::COPY, palette.ok)
    };
    let text = cx.words.with(mirror.key(), &mirror.args());
    let line = format!("{icon} {text}");
    let response = widgets::row_words(ui, &cx.look, &line, Face::Quiet, ink);
    if mirror.is_problem() {
        let hint = format!("{}-hint", mirror.key());
        response.on_hover_text(cx.words.with(&hint, &mirror.args()));
    }
}

fn health_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
    let palette = cx.look.palette;
    let session = desk.session();
    let head = session.head();
    let count = head.count.to_string();
    let health = desk.health(cx.words);
    let (icon, text, ink) = match &health {
        Health::Saved => {
            let at = session
                .saved_at()
                .map(|at| telling::time_to_the_second(at, *cx.now.offset()));
            let args = [
                ("at", at.as_deref().unwrap_or("–")),
                ("count", count.as_str()),
            ];
            (
                icons::CIRCLE_CHECK,
                cx.with("health-saved", &args),
                palette.ok,
            )
        }
        Health::Saving => (icons::HOURGLASS, cx.t("health-saving"), palette.warn),
        Health::Waiting(words) => (icons::HOURGLASS, words.clone(), palette.bad),
        Health::Failed(words) => (icons::CIRCLE_ALERT, words.clone(), palette.bad),
        Health::ReadOnly(why) => (
            icons::LOCK,
            cx.with("health-read-only", &[("why", why)]),
            palette.warn,
        ),
    };
    let line = format!("{icon} {text}");
    let told = ui.add(Paragraph::new(&cx.look, &line, Face::Quiet, ink));
    // That something is being saved is not worth a word: it is saved in a moment, or it is not.
    if health != Health::Saving {
        let at_once = matches!(health, Health::Failed(_) | Health::Waiting(_));
        widgets::announce(ui, &told, at_once);
    }
    if session.failure().is_some()
        && widgets::small_button(ui, &cx.look, &cx.icon(icons::REFRESH_CW, "health-retry"))
            .clicked()
    {
        out.push(Intent::Retry);
    }
    mirror_ui(ui, cx, desk);
    let short = head.short();
    if cx.look.units(ui) < 640.0 || super::top::is_low(ui.ctx(), &cx.look) {
        // The record's screen shows the head where there is no room for it here.
        return;
    }
    let text = cx.with("health-head", &[("head", &short)]);
    cx.quiet_word(ui, &format!("{} {text}", icons::SHIELD_CHECK))
        .on_hover_text(cx.t("health-head-tip"));
}
