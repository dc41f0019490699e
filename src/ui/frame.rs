//! The frame of all screens: top bar, rail, bottom line, and the look of a drill.
//!
//! The top bar says what this is and when; the rail leads to the screens; the bottom line
//! says in words how the journal is.

use egui::{Align, Color32, Frame, Layout, Margin, Sense, Ui, WidgetInfo, vec2};

use super::command::UiCommand;
use super::cx::{Cx, Intent, Intents, Screen};
use super::desk::{Desk, Health};
use super::drafts::Drafts;
use super::icons;
use super::look::{Face, Look};
use super::screens::{self, PhasePill};
use super::theme::Ink;
use super::times;
use super::widgets::{self, Lines, Paragraph};
use crate::incident::{Act, Mode};

/// The key of the title while it is typed.
const TITLE: &str = "title";

/// Draws the top bar.
pub fn top_ui(
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
        .inner_margin(Margin::symmetric(12, 6));
    egui::Panel::top("top")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            let Some(desk) = cx.desk else {
                ui.horizontal(|ui| {
                    ui.label(cx.look.text(cx.t("app-name"), Face::Subtitle, palette.ink));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        clock_ui(ui, cx, None)
                    });
                });
                return;
            };
            let wide = cx.look.units(ui) >= 900.0;
            let pills = screens::phases(desk.flow(), desk.incident(), cx.language());
            let gap = ui.spacing().item_spacing.x;
            let mut right = clock_width(ui, cx, desk) + gap;
            if wide {
                let widths = pills.iter().map(|pill| phase_width(ui, cx, pill) + gap);
                right += widths.sum::<f32>();
            }
            ui.horizontal(|ui| {
                badge_ui(ui, &cx.look, cx, is_drill);
                let title = vec2((ui.available_width() - right).max(40.0), 0.0);
                ui.allocate_ui_with_layout(title, Layout::top_down(Align::Min), |ui| {
                    ui.set_width(title.x);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    title_ui(ui, cx, desk, editing, drafts, out);
                });
                if wide {
                    for pill in &pills {
                        phase_ui(ui, cx, pill);
                    }
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    clock_ui(ui, cx, Some(desk));
                });
            });
            if !wide {
                ui.horizontal_wrapped(|ui| {
                    for pill in &pills {
                        phase_ui(ui, cx, pill);
                    }
                });
            }
        });
    if is_drill {
        stripes_ui(ui, &cx.look);
    }
}

fn badge_ui(ui: &mut Ui, look: &Look, cx: &Cx<'_>, is_drill: bool) {
    let palette = look.palette;
    let (icon, key, ink, fill) = if is_drill {
        (
            icons::GRADUATION_CAP,
            "mode-drill",
            palette.on_drill,
            palette.drill,
        )
    } else {
        (icons::SIREN, "mode-live", palette.on_bad, palette.bad)
    };
    Frame::new()
        .fill(fill.into())
        .corner_radius(4)
        .inner_margin(Margin::symmetric(10, 5))
        .show(ui, |ui| {
            ui.add(egui::Label::new(look.text(cx.icon(icon, key), Face::Strong, ink)).extend());
        });
}

fn clock_words(cx: &Cx<'_>, desk: Option<&Desk>) -> (String, Option<String>) {
    let time = cx.now.format("%H:%M:%S").to_string();
    let opened = desk.and_then(|desk| desk.incident().opened_at());
    let since = opened.map(|opened| {
        let passed = times::clock(cx.words, cx.now.signed_duration_since(opened));
        cx.with("top-since", &[("passed", &passed)])
    });
    (time, since)
}

fn clock_width(ui: &Ui, cx: &Cx<'_>, desk: &Desk) -> f32 {
    let (time, since) = clock_words(cx, Some(desk));
    let since = since.map_or(0.0, |since| text_width(ui, cx, &since, Face::Quiet));
    text_width(ui, cx, &time, Face::Clock).max(since) + 4.0
}

fn text_width(ui: &Ui, cx: &Cx<'_>, text: &str, face: Face) -> f32 {
    let font = cx.look.font(face);
    let text = text.to_owned();
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font, Color32::PLACEHOLDER));
    galley.size().x
}

fn clock_ui(ui: &mut Ui, cx: &Cx<'_>, desk: Option<&Desk>) {
    let (time, since) = clock_words(cx, desk);
    ui.with_layout(Layout::top_down(Align::Max), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let text = cx.look.text(time, Face::Clock, cx.look.palette.ink);
        ui.add(egui::Label::new(text).extend());
        if let Some(since) = since {
            ui.add(egui::Label::new(cx.look.quiet(since)).extend());
        }
    });
}

fn title_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    editing: &mut bool,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let incident = desk.incident();
    if *editing {
        let id = widgets::field_id(TITLE);
        let enter = widgets::takes_enter(ui, id);
        let name = cx.t("top-title");
        let response = widgets::draft_edit(ui, &cx.look, drafts, TITLE, (&name, &name), Lines::One);
        if enter || response.lost_focus() {
            *editing = false;
            if let Some(title) = drafts.filled(TITLE)
                && incident.title() != Some(&title)
            {
                out.push(Intent::Send {
                    act: Act::Title(title),
                    at: None,
                    keys: vec![TITLE.to_owned()],
                });
            }
        }
        return;
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
    let response = ui.add_enabled(desk.is_running(), button);
    let name = cx.with("top-title-name", &[("title", &title)]);
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    if response
        .on_hover_text(UiCommand::Title.tip(cx.words))
        .clicked()
    {
        out.push(Intent::Run(UiCommand::Title));
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
    let text = format!("{mark} {} {}", pill.phase, pill.title);
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

fn phase_ui(ui: &mut Ui, cx: &Cx<'_>, pill: &PhasePill) {
    let (text, key, ink, fill, face) = phase_look(cx, pill);
    let edge = if pill.current {
        fill
    } else {
        cx.look.palette.control_line
    };
    let frame = Frame::new()
        .fill(fill.into())
        .stroke(cx.look.stroke(1.0, edge))
        .corner_radius(16)
        .inner_margin(Margin::symmetric(10, 3));
    let response = frame
        .show(ui, |ui| {
            ui.add(egui::Label::new(cx.look.text(text, face, ink)).extend())
        })
        .inner;
    let name = cx.with(key, &[("phase", &format!("{} {}", pill.phase, pill.title))]);
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
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
            let stroke = look.stroke(4.0, look.palette.drill);
            let count = (rect.width() / 14.0).ceil() as i32 + 2;
            for at in 0..count {
                let x = rect.left() + at as f32 * 14.0;
                painter.line_segment(
                    [
                        egui::pos2(x, rect.bottom() + 4.0),
                        egui::pos2(x + 12.0, rect.top() - 4.0),
                    ],
                    stroke,
                );
            }
        });
}

/// Draws the rail of screens: at the side, or in a row where it is narrow.
pub fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, screen: Screen, out: &mut Intents) {
    let palette = cx.look.palette;
    let commands = [
        UiCommand::Home,
        UiCommand::Guide,
        UiCommand::Chronology,
        UiCommand::People,
        UiCommand::Settings,
        UiCommand::Help,
    ];
    let entries = commands.into_iter().filter(|command| {
        cx.desk.is_some()
            || matches!(
                command,
                UiCommand::Home | UiCommand::Settings | UiCommand::Help
            )
    });
    let narrow = cx.look.units(ui) < 900.0;
    if narrow {
        let frame = Frame::new()
            .fill(palette.rail.into())
            .inner_margin(Margin::symmetric(8, 2));
        egui::Panel::top("rail-row")
            .frame(frame)
            .resizable(false)
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
                    for command in entries {
                        rail_button(ui, cx, command, screen, true, out);
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
            egui::ScrollArea::vertical()
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    for command in entries {
                        rail_button(ui, cx, command, screen, false, out);
                    }
                });
        });
}

fn rail_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    command: UiCommand,
    screen: Screen,
    row: bool,
    out: &mut Intents,
) {
    let palette = cx.look.palette;
    let Some(entry) = command.row() else { return };
    let selected = match command {
        UiCommand::Home => matches!(screen, Screen::Home | Screen::Problems),
        UiCommand::Guide => screen == Screen::Guide,
        UiCommand::Chronology => screen == Screen::Chronology,
        UiCommand::People => screen == Screen::People,
        UiCommand::Settings => screen == Screen::Settings,
        _ => false,
    };
    let label = cx.t(&format!("rail-{}", entry.id));
    let size = if row {
        let text = label.chars().count() as f32;
        let wide = label
            .chars()
            .map(|c| if c.is_ascii() { 0.56 } else { 1.0 })
            .sum::<f32>();
        let em = cx.look.font(Face::Quiet).size;
        vec2(em * (wide + 2.6) + text * 0.2, cx.look.em(30.0))
    } else {
        vec2(ui.available_width(), cx.look.em(64.0))
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = command.label(cx.words);
    response
        .widget_info(|| WidgetInfo::selected(egui::accesskit::Role::Button, true, selected, &name));
    if selected {
        ui.painter()
            .rect_filled(rect, 0.0, Color32::from(palette.rail_selected));
    }
    if response.hovered() || response.has_focus() {
        let stroke = cx.look.stroke(2.0, palette.rail_ink);
        ui.painter()
            .rect_stroke(rect.shrink(2.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    let ink: Color32 = palette.rail_ink.into();
    let small = cx.look.font(Face::Quiet);
    if row {
        let text = format!("{} {label}", entry.icon);
        ui.painter()
            .text(rect.center(), egui::Align2::CENTER_CENTER, text, small, ink);
    } else {
        let mut large = cx.look.font(Face::Body);
        large.size *= 1.2;
        let center = rect.center();
        let up = cx.look.em(10.0);
        ui.painter().text(
            center - vec2(0.0, up),
            egui::Align2::CENTER_CENTER,
            entry.icon,
            large,
            ink,
        );
        ui.painter().text(
            center + vec2(0.0, up + 4.0),
            egui::Align2::CENTER_CENTER,
            label,
            small,
            ink,
        );
    }
    if response.on_hover_text(command.tip(cx.words)).clicked() {
        out.push(Intent::Run(command));
    }
}

/// Draws the bottom line.
pub fn bottom_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Intents) {
    let palette = cx.look.palette;
    let frame = Frame::new()
        .fill(palette.panel.into())
        .inner_margin(Margin::symmetric(12, 4));
    egui::Panel::bottom("bottom")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                match cx.desk {
                    Some(desk) => health_ui(ui, cx, desk, out),
                    None => {
                        cx.quiet(ui, &cx.t("bottom-offline"));
                    }
                }
                for command in [UiCommand::Help, UiCommand::Palette, UiCommand::Note] {
                    if command == UiCommand::Note && cx.desk.is_none() {
                        continue;
                    }
                    let shortcut = command.shortcut(ui.ctx()).unwrap_or_default();
                    let label = command.label(cx.words);
                    ui.label(cx.look.quiet(format!("{shortcut} {label}")));
                }
            });
        });
}

fn health_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, out: &mut Intents) {
    let palette = cx.look.palette;
    let session = desk.session();
    let head = session.head();
    let count = head.count.to_string();
    let (icon, text, ink) = match desk.health(cx.words) {
        Health::Saved => {
            let at = session
                .saved_at()
                .map(|at| at.format("%H:%M:%S").to_string());
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
        Health::Failed(why) => (
            icons::CIRCLE_ALERT,
            cx.with("health-failed", &[("why", &why)]),
            palette.bad,
        ),
        Health::ReadOnly(why) => (
            icons::LOCK,
            cx.with("health-read-only", &[("why", &why)]),
            palette.warn,
        ),
    };
    let line = format!("{icon} {text}");
    ui.add(Paragraph::new(&cx.look, &line, Face::Quiet, ink));
    if session.failure().is_some()
        && widgets::small_button(ui, &cx.look, &cx.icon(icons::REFRESH_CW, "health-retry"))
            .clicked()
    {
        out.push(Intent::Retry);
    }
    let short = head.short();
    let text = cx.with("health-head", &[("head", &short)]);
    ui.label(cx.look.quiet(format!("{} {text}", icons::SHIELD_CHECK)))
        .on_hover_text(cx.t("health-head-tip"));
}
