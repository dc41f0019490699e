//! Small parts: pills, buttons, cards that can be pressed, fields with their names.

use egui::accesskit::{Live, Role};
use egui::{
    Button, Color32, Frame, Margin, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use super::Paragraph;
use crate::ui::icons;
use crate::ui::look::{Face, Look};
use crate::ui::theme::Ink;

/// Draws a word on a coloured surface.
pub(crate) fn pill(ui: &mut Ui, look: &Look, text: &str, ink: Ink, fill: Ink) -> Response {
    let face = (Face::Quiet, ink, Some(fill));
    pill_in(ui, look, text, face, vec2(8.0, 2.0), Sense::hover())
}

/// Draws words in a wrapped row. A label that breaks there makes the whole column wider than
/// it is; these break inside what the row has.
pub(crate) fn row_words(ui: &mut Ui, look: &Look, text: &str, face: Face, ink: Ink) -> Response {
    let face = (face, ink, None);
    pill_in(ui, look, text, face, vec2(0.0, 0.0), Sense::hover())
}

/// Draws words in a wrapped row that can be pressed.
pub(crate) fn row_link(ui: &mut Ui, look: &Look, text: &str) -> Response {
    // It senses clicks from the first: what was made without, and then asked to, cannot keep the
    // focus, and the keyboard would not come past it.
    let face = (Face::Quiet, look.palette.accent, None);
    let response = pill_in(ui, look, text, face, vec2(0.0, 0.0), Sense::click());
    if response.has_focus() {
        let stroke = Look::stroke(2.0, look.palette.accent);
        ui.painter()
            .rect_stroke(response.rect.expand(2.0), 4.0, stroke, StrokeKind::Outside);
    }
    let name = icons::without(text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Draws the number of a step on the colour of its phase.
pub(crate) fn number_pill(ui: &mut Ui, look: &Look, number: &str, phase: u8) -> Response {
    let palette = look.palette;
    let colors = (Face::Strong, palette.on_phase, Some(palette.phase(phase)));
    pill_in(ui, look, number, colors, vec2(8.0, 3.0), Sense::hover())
}

/// Draws a pill of counted size, so that a row of them wraps; a long text breaks inside.
fn pill_in(
    ui: &mut Ui,
    look: &Look,
    text: &str,
    (face, ink, fill): (Face, Ink, Option<Ink>),
    around: egui::Vec2,
    sense: Sense,
) -> Response {
    let font = look.font(face);
    let widest = (ui.max_rect().width() - 2.0 * around.x).max(look.em(40.0));
    let lines = super::break_lines(ui, text, &font, widest);
    let format = egui::text::TextFormat {
        font_id: font,
        color: ink.into(),
        line_height: Some(look.line_height(face)),
        ..Default::default()
    };
    let mut job = egui::text::LayoutJob::single_section(lines, format);
    job.wrap.max_width = f32::INFINITY;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = galley.size() + 2.0 * around;
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, Color32::from(fill));
    }
    ui.painter().galley(rect.min + around, galley, ink.into());
    let name = icons::without(text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    response
}

/// Draws the one filled button of a screen.
pub(crate) fn primary_button(ui: &mut Ui, look: &Look, text: &str, enabled: bool) -> Response {
    let button = Button::new(look.text(text, Face::Strong, look.palette.on_accent))
        .fill(look.palette.accent)
        .stroke(Look::stroke(1.0, look.palette.accent))
        .min_size(vec2(0.0, look.target()))
        .wrap();
    let response = focus_ring(ui, look, |ui| ui.add_enabled(enabled, button));
    response.accessible_name(icons::without(text))
}

/// Draws a button with a frame.
pub(crate) fn plain_button(ui: &mut Ui, look: &Look, text: &str, enabled: bool) -> Response {
    let button = Button::new(look.body(text))
        .min_size(vec2(0.0, look.target()))
        .wrap();
    let response = ui.add_enabled(enabled, button);
    response.accessible_name(icons::without(text))
}

/// Draws a smaller button in quiet text.
pub(crate) fn small_button(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let button = Button::new(look.text(text, Face::Quiet, look.palette.ink))
        .min_size(vec2(0.0, look.em(30.0)))
        .wrap();
    ui.add(button).accessible_name(icons::without(text))
}

/// Draws a button without a frame, for what is seldom needed.
pub(crate) fn link_button(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let button = Button::new(look.text(text, Face::Quiet, look.palette.accent))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, look.em(28.0)))
        .wrap();
    let response = with_little_around(ui, |ui| ui.add(button));
    response.accessible_name(icons::without(text))
}

/// Draws a button that is an icon; its name is for those who cannot see it.
///
/// Its size is counted, so that a row of widgets wraps before it.
pub(crate) fn icon_button(ui: &mut Ui, look: &Look, icon: &str, name: &str) -> Response {
    let side = look.em(32.0);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        ui.painter().rect(
            rect.expand(visuals.expansion),
            visuals.corner_radius,
            visuals.weak_bg_fill,
            visuals.bg_stroke,
            StrokeKind::Inside,
        );
        ui.painter().text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            icon,
            look.font(Face::Body),
            visuals.text_color(),
        );
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name)
}

/// Draws a line around a filled button that has the focus, apart from its edge.
fn focus_ring(ui: &mut Ui, look: &Look, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let response = add(ui);
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(3.0),
            8.0,
            Look::stroke(2.0, look.palette.accent),
            StrokeKind::Outside,
        );
    }
    response
}

/// How a card that can be pressed looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CardLook {
    /// Its surface.
    pub fill: Ink,
    /// Its edge.
    pub edge: Ink,
    /// It is the one in hand; none where none is taken in hand, and pressing only does something.
    pub selected: Option<bool>,
}

/// Draws a card that can be pressed; `name` is what it is called in the accessibility tree.
pub(crate) fn press_card(
    ui: &mut Ui,
    look: &Look,
    card: CardLook,
    salt: impl egui::AsIdSalt,
    name: &str,
    add: impl FnOnce(&mut Ui),
) -> Response {
    press_area(ui, look, card, (12, 8), salt, name, add)
}

/// Draws a row of a list that can be pressed: a card with less around it.
pub(crate) fn press_row(
    ui: &mut Ui,
    look: &Look,
    card: CardLook,
    salt: impl egui::AsIdSalt,
    name: &str,
    add: impl FnOnce(&mut Ui),
) -> Response {
    press_area(ui, look, card, (6, 4), salt, name, add)
}

fn press_area(
    ui: &mut Ui,
    look: &Look,
    card: CardLook,
    (margin, radius): (i8, u8),
    salt: impl egui::AsIdSalt,
    name: &str,
    add: impl FnOnce(&mut Ui),
) -> Response {
    let width = ui.available_width();
    let selected = card.selected == Some(true);
    let builder = UiBuilder::new().id_salt(salt).sense(Sense::click());
    let response = ui
        .scope_builder(builder, |ui| {
            let before = ui.response();
            let focused = before.has_focus();
            let hot = focused || before.hovered();
            let (edge, line): (Color32, f32) = if selected || focused {
                (look.palette.accent.into(), 2.0)
            } else if hot {
                (look.palette.accent.into(), 1.0)
            } else {
                (card.edge.into(), 1.0)
            };
            let fill: Color32 = if selected || before.hovered() {
                look.palette.accent_fill.into()
            } else {
                card.fill.into()
            };
            Frame::new()
                .fill(fill)
                .stroke(Stroke::new(line, edge))
                .corner_radius(radius)
                .inner_margin(Margin::same(if line > 1.5 { margin - 1 } else { margin }))
                .show(ui, |ui| {
                    let around = 2.0 * f32::from(margin) + 2.0;
                    ui.set_width((width - around).max(1.0));
                    ui.spacing_mut().item_spacing.y = 4.0;
                    add(ui);
                });
        })
        .response;
    response.widget_info(|| WidgetInfo {
        selected: card.selected,
        ..WidgetInfo::labeled(Role::Button, ui.is_enabled(), name)
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Names a part of the window, so that it is found among the others without being seen.
pub(crate) fn region(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}

/// Gives the beginning of a text that has more signs than this.
pub(crate) fn shortened(text: &str, signs: usize) -> String {
    let mut short: String = text.chars().take(signs).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Lets a text be read aloud when it comes or changes, at once or when there is a pause.
pub(crate) fn announce(ui: &Ui, response: &Response, at_once: bool) {
    let live = if at_once {
        Live::Assertive
    } else {
        Live::Polite
    };
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_live(live));
}

/// Says of a widget what only its place or its colour shows, to those who do not see it.
pub(crate) fn describe(ui: &Ui, response: &Response, text: &str) {
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(text));
}

/// Draws the name of a field above it.
pub(crate) fn field_name(ui: &mut Ui, look: &Look, name: &str) -> Response {
    ui.add(Paragraph::new(
        look,
        name,
        Face::Quiet,
        look.palette.quiet_ink,
    ))
}

/// Draws a part that can be folded away; `open` is what it is before it was first touched.
pub(crate) fn fold(
    ui: &mut Ui,
    look: &Look,
    salt: impl egui::AsIdSalt,
    title: &str,
    open: bool,
    add: impl FnOnce(&mut Ui),
) {
    let id = ui.make_persistent_id(salt);
    let mut is_open = ui.data(|data| data.get_temp(id)).unwrap_or(open);
    // What is gone to may lie in what was folded away.
    is_open |= open && super::gone_to(ui).is_some();
    let icon = if is_open {
        icons::CHEVRON_DOWN
    } else {
        icons::CHEVRON_RIGHT
    };
    let words = format!("{icon} {title}");
    let button = Button::new(look.text(words, Face::Quiet, look.palette.accent))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, look.em(28.0)))
        .wrap();
    let response = with_little_around(ui, |ui| ui.add(button));
    let name = icons::without(title);
    response.widget_info(|| {
        WidgetInfo::selected(Role::DisclosureTriangle, ui.is_enabled(), is_open, &name)
    });
    if response.clicked() {
        is_open = !is_open;
        ui.data_mut(|data| data.insert_temp(id, is_open));
    }
    if is_open {
        add(ui);
    }
}

/// Lets a button without a frame stand in line with the text above it.
fn with_little_around(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(2.0, 2.0);
        add(ui)
    })
    .inner
}

/// Draws one of several things to choose from, in a row of them.
pub(crate) fn choice_button(ui: &mut Ui, look: &Look, chosen: bool, text: &str) -> Response {
    let palette = look.palette;
    let (ink, edge) = if chosen {
        (palette.accent, palette.accent)
    } else {
        (palette.ink, palette.control_line)
    };
    let words = if chosen {
        format!("{} {text}", icons::CHECK)
    } else {
        text.to_owned()
    };
    let mut button = Button::new(look.text(words, Face::Body, ink))
        .min_size(vec2(0.0, look.em(32.0)))
        .wrap();
    if chosen {
        button = button
            .fill(palette.accent_fill)
            .stroke(Look::stroke(2.0, edge));
    }
    let response = ui.add(button);
    let name = icons::without(text);
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, &name));
    response
}

/// Draws the heading of a list.
pub(crate) fn section(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let response = ui.add(Paragraph::new(
        look,
        text,
        Face::Section,
        look.palette.quiet_ink,
    ));
    let name = icons::without(text);
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    response
}

/// Draws a thin dividing line.
pub(crate) fn divider(ui: &mut Ui, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter()
        .rect_filled(rect, 0.0, Color32::from(look.palette.line));
}
