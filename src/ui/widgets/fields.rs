//! Fields that type into the drafts, so that nothing typed is lost.
//!
//! A field's name stands above it and is its name in the accessibility tree; the caller
//! learns when a text is finished, and records it.

use egui::accesskit::Role;
use egui::{
    Event, Id, Key, KeyboardShortcut, Margin, Modifiers, Response, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::ui::drafts::Drafts;
use crate::ui::look::{Face, Look};

/// To how many lines a field that sends grows.
const GROWS_TO: f32 = 6.0;

/// For how many seconds a field that is gone to is waited for.
const GO_TO_SECS: f64 = 2.0;

/// How tall a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// One line; Enter finishes it.
    One,
    /// Several lines; Enter breaks the line.
    Several(usize),
    /// Several lines; Enter sends, Shift and Enter break the line.
    Sending(usize),
}

/// Gives the identifier of the field of a key.
pub(crate) fn field_id(key: &str) -> Id {
    Id::unique(("field", key))
}

/// Draws the edit itself. The hint is shown while it is empty; the name is for those who cannot see.
pub(crate) fn edit(
    ui: &mut Ui,
    look: &Look,
    id: Id,
    text: &mut String,
    (name, hint): (&str, &str),
    lines: Lines,
) -> Response {
    let edit = match lines {
        Lines::One => TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER),
        Lines::Several(rows) => TextEdit::multiline(text).desired_rows(rows),
        Lines::Sending(rows) => TextEdit::multiline(text)
            .desired_rows(rows)
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter)),
    };
    let edit = edit
        .id(id)
        .font(look.font(Face::Body))
        .hint_text(look.text(hint, Face::Body, look.palette.quiet_ink))
        .margin(Margin::symmetric(10, 6))
        .min_size(vec2(0.0, look.target()))
        .lock_focus(false)
        .desired_width(f32::INFINITY);
    let response = if let Lines::Sending(_) = lines {
        // It grows to so many lines, and then scrolls.
        let row = ui.fonts_mut(|fonts| fonts.row_height(&look.font(Face::Body)));
        egui::ScrollArea::vertical()
            .id_salt(id)
            .max_height((GROWS_TO * row + 14.0).max(look.target()))
            .auto_shrink([false, true])
            .show(ui, |ui| ui.add(edit))
            .inner
    } else {
        ui.add(edit)
    };
    arrive(ui, &response);
    response.clone().accessible_name(name)
}

/// Asks to go to a field as soon as it is drawn, whatever is folded around it.
pub(crate) fn go_to(ctx: &egui::Context, field: Id) {
    let now = ctx.input(|input| input.time);
    ctx.data_mut(|data| data.insert_temp(go_to_id(), (field, now)));
}

/// Gives the field that is being gone to.
pub(super) fn gone_to(ui: &Ui) -> Option<Id> {
    let (field, since): (Id, f64) = ui.data(|data| data.get_temp(go_to_id()))?;
    let now = ui.input(|input| input.time);
    (now - since < GO_TO_SECS).then_some(field)
}

fn go_to_id() -> Id {
    Id::unique("gone-to")
}

fn arrive(ui: &Ui, response: &Response) {
    if gone_to(ui) == Some(response.id) {
        ui.data_mut(|data| data.remove::<(Id, f64)>(go_to_id()));
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// Draws a named edit over a draft.
pub(crate) fn draft_edit(
    ui: &mut Ui,
    look: &Look,
    drafts: &mut Drafts,
    key: &str,
    (name, hint): (&str, &str),
    lines: Lines,
) -> Response {
    let id = field_id(key);
    drafts.edit(key, |text| edit(ui, look, id, text, (name, hint), lines))
}

/// Asks for the focus to go to the first thing that can be pressed in the step in hand.
pub(crate) fn want_focus(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("want-focus"), true));
}

/// Gives the focus that was asked for to this, the first one to be drawn.
pub(crate) fn take_focus(ui: &Ui, response: &Response) {
    let id = Id::unique("want-focus");
    if ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        ui.data_mut(|data| data.insert_temp(id, false));
        response.request_focus();
        response.scroll_to_me(None);
    }
}

/// Tells whether a text is finished: the field was left, or an assistive technology, which need
/// not go into the field, has put a whole text into it.
pub(crate) fn is_finished(response: &Response) -> bool {
    response.lost_focus() || (response.changed() && !response.has_focus())
}

/// Takes Enter or Ctrl+Enter out of the pass if the field has the focus; to be asked before it is
/// drawn. It makes the field one that sends.
pub(crate) fn takes_enter(ui: &Ui, id: Id) -> bool {
    takes(ui, id, |modifiers| {
        modifiers.is_none() || modifiers.command_only()
    })
}

/// The same with Ctrl+Enter alone, for a field beside the one that is sent.
pub(crate) fn takes_ctrl_enter(ui: &Ui, id: Id) -> bool {
    takes(ui, id, |modifiers| modifiers.command_only())
}

/// Tells whether the field was drawn as one that sends.
pub(crate) fn is_sending_field(ctx: &egui::Context, id: Id) -> bool {
    ctx.data(|data| data.get_temp(sends_id())) == Some(id)
}

fn sends_id() -> Id {
    Id::unique("sending")
}

fn takes(ui: &Ui, id: Id, with: impl Fn(&Modifiers) -> bool) -> bool {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    ui.data_mut(|data| data.insert_temp(sends_id(), id));
    ui.input_mut(|input| {
        let is_enter = |event: &Event| {
            matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. }
                if with(modifiers))
        };
        let found = input.events.iter().any(is_enter);
        input.events.retain(|event| !is_enter(event));
        found
    })
}

/// Draws a box that can be ticked, with its words; gives whether it was pressed.
pub(crate) fn tick_box(ui: &mut Ui, look: &Look, ticked: bool, name: &str) -> Response {
    let side = look.em(24.0);
    let (rect, response) = ui.allocate_exact_size(vec2(side, look.em(28.0)), egui::Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, name));
    if ui.is_rect_visible(rect) {
        let square = egui::Rect::from_center_size(rect.center(), vec2(side, side)).shrink(1.0);
        let palette = look.palette;
        let hot = response.hovered() || response.has_focus();
        let (fill, edge) = if ticked {
            (palette.ok, palette.ok)
        } else {
            (palette.panel, palette.control_line)
        };
        let edge = if hot { palette.accent } else { edge };
        let width = if response.has_focus() { 3.0 } else { 2.0 };
        ui.painter().rect(
            square,
            4.0,
            egui::Color32::from(fill),
            Look::stroke(width, edge),
            egui::StrokeKind::Inside,
        );
        if ticked {
            let at = |x: f32, y: f32| square.lerp_inside(vec2(x, y));
            let stroke = Look::stroke(look.em(2.5), palette.panel);
            let points = vec![at(0.24, 0.52), at(0.42, 0.70), at(0.76, 0.30)];
            ui.painter().add(egui::Shape::line(points, stroke));
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
