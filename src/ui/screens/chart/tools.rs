//! What stands above the chart: finding, magnifying, the legend, earlier states.

use egui::{Frame, Margin, Sense, Slider, Ui, WidgetInfo, vec2};

use super::drawn::Drawn;
use super::paint::Brush;
use super::past::{PACES, Past};
use super::view::{View, area, units, whole};
use super::{ChartScreen, STEP, Subject, Wanted};
use crate::incident::Entry;
use crate::ui::cx::Cx;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::times;
use crate::ui::widgets::{self, Lines};

impl ChartScreen {
    pub(super) fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>, drawn: &Drawn) {
        let frame = Frame::new()
            .fill(cx.look.palette.panel.into())
            .inner_margin(Margin::symmetric(12, 6));
        egui::Panel::top("tools")
            .frame(frame)
            .resizable(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                // All of a row in one line, however high each is.
                ui.spacing_mut().interact_size.y = cx.look.target();
                ui.horizontal_wrapped(|ui| {
                    self.zoom_ui(ui, cx, of);
                    self.folds_ui(ui, cx, of);
                    self.find_ui(ui, cx, drawn);
                    let notice = cx.pair(of.flow.notice());
                    if !notice.is_empty() {
                        let palette = cx.look.palette;
                        widgets::row_words(ui, &cx.look, notice, Face::Quiet, palette.warn);
                    }
                });
                if let Some(desk) = of.desk
                    && self.past_row
                {
                    past_ui(ui, cx, desk, &mut self.past);
                }
            });
    }

    /// Gives the field in which a step is found.
    pub(crate) fn find_id() -> egui::Id {
        egui::Id::unique("find-step")
    }

    fn find_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, drawn: &Drawn) {
        let id = Self::find_id();
        let (name, hint) = (cx.t("chart-find"), cx.t("chart-find-hint"));
        let before = self.query.clone();
        let entered = widgets::takes_enter(ui, id);
        let escape = |input: &mut egui::InputState| {
            input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)
        };
        if !self.query.is_empty() && ui.input_mut(escape) {
            self.query.clear();
        }
        let wide = vec2(
            cx.look.em(190.0).min(ui.available_width()),
            cx.look.target(),
        );
        ui.allocate_ui(wide, |ui| {
            let words = (name.as_str(), hint.as_str());
            widgets::edit(ui, &cx.look, id, &mut self.query, words, Lines::One);
        });
        if crate::text::shows_nothing(&self.query) {
            return;
        }
        let found = drawn.found(&self.query);
        let at = found.iter().position(|at| Some(*at) == self.at);
        if found.is_empty() {
            let palette = cx.look.palette;
            let none = cx.t("chart-find-none");
            let said = widgets::row_words(ui, &cx.look, &none, Face::Quiet, palette.bad);
            widgets::announce(ui, &said, false);
            return;
        }
        let count = found.len().to_string();
        let said = match at {
            Some(at) => {
                let number = (at + 1).to_string();
                cx.with("chart-found", &[("number", &number), ("count", &count)])
            }
            None => cx.words.count("chart-found-count", found.len()),
        };
        cx.quiet_word(ui, &said);
        let next = cx.icon(icons::ARROW_RIGHT, "chart-find-next");
        let pressed = widgets::small_button(ui, &cx.look, &next).clicked();
        let clear = cx.t("chart-find-clear");
        if widgets::icon_button(ui, &cx.look, icons::X, &clear).clicked() {
            self.query.clear();
            return;
        }
        let typed = self.query != before;
        if pressed || entered || typed {
            let after = at.filter(|_| !typed).map_or(0, |at| (at + 1) % found.len());
            self.wanted = found.get(after).copied().map(Wanted::Shape);
            ui.ctx().request_repaint();
        }
    }

    fn zoom_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>) {
        let whole = format!("{} 0", cx.icon(icons::MAXIMIZE, "chart-whole"));
        if widgets::small_button(ui, &cx.look, &whole)
            .on_hover_text(cx.t("chart-whole-tip"))
            .clicked()
        {
            self.view.fit();
        }
        if of.desk.is_some() {
            let here = format!("{} F", cx.icon(icons::CIRCLE_DOT, "chart-here"));
            if widgets::small_button(ui, &cx.look, &here)
                .on_hover_text(cx.t("chart-here-tip"))
                .clicked()
            {
                self.wanted = Some(Wanted::Here);
                ui.ctx().request_repaint();
            }
        }
        let middle = self.view.canvas.center();
        if widgets::icon_button(ui, &cx.look, icons::MINUS, &cx.t("chart-smaller")).clicked() {
            self.view.zoom_by(1.0 / STEP, middle);
        }
        let percent = self.view.zoom / cx.look.scale * 100.0;
        cx.quiet_word(ui, &format!("{percent:.0} %"));
        if widgets::icon_button(ui, &cx.look, icons::PLUS, &cx.t("chart-larger")).clicked() {
            self.view.zoom_by(STEP, middle);
        }
    }

    fn folds_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>) {
        if widgets::choice_button(ui, &cx.look, self.legend, &cx.t("chart-legend")).clicked() {
            self.legend = !self.legend;
        }
        let some = |desk: &Desk| desk.incident().entries().len() > 1;
        if of.desk.is_some_and(some) {
            let name = cx.t("chart-past");
            if widgets::choice_button(ui, &cx.look, self.past_row, &name).clicked() {
                self.past_row = !self.past_row;
                self.past.back();
            }
        }
    }
}

/// Draws the row in which an earlier state is chosen and played.
fn past_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, past: &mut Past) {
    let entries = desk.incident().entries();
    let all = entries.len();
    if all < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let (icon, key) = if past.is_playing() {
            (icons::PAUSE, "chart-stop")
        } else {
            (icons::PLAY, "chart-play")
        };
        if widgets::small_button(ui, &cx.look, &cx.icon(icon, key)).clicked() {
            let now = ui.input(|input| input.time);
            past.toggle(now, all);
            ui.ctx().request_repaint();
        }
        for (icon, key, forward) in [
            (icons::ARROW_LEFT, "chart-change-before", false),
            (icons::ARROW_RIGHT, "chart-change-after", true),
        ] {
            if widgets::icon_button(ui, &cx.look, icon, &cx.t(key)).clicked() {
                past.step(desk.incident(), forward);
                ui.ctx().request_repaint();
            }
        }
        let pace = PACES.get(past.pace).copied().unwrap_or(1);
        let text = cx.words.count("chart-pace", pace);
        if widgets::small_button(ui, &cx.look, &text)
            .on_hover_text(cx.t("chart-pace-tip"))
            .clicked()
        {
            past.pace = (past.pace + 1) % PACES.len();
        }
        let mut at = past.count(all);
        let wide = (ui.available_width() * 0.4).clamp(cx.look.em(120.0), cx.look.em(520.0));
        ui.spacing_mut().slider_width = wide;
        let palette = cx.look.palette;
        let slider = Slider::new(&mut at, 1..=all)
            .show_value(false)
            .trailing_fill(true);
        let moved = ui.scope(|ui| {
            let visuals = ui.visuals_mut();
            visuals.widgets.inactive.bg_fill = palette.control_line.into();
            visuals.selection.bg_fill = palette.accent.into();
            ui.add(slider).accessible_name(cx.t("chart-slider"))
        });
        let moved = moved.inner;
        if moved.changed() {
            past.go_to(at, all);
            ui.ctx().request_repaint();
        }
        let (count, of) = (at.to_string(), all.to_string());
        let args = [("count", count.as_str()), ("all", of.as_str())];
        let said = cx.with("chart-past-at", &args);
        if past.is_past() {
            widgets::row_words(ui, &cx.look, &said, Face::QuietStrong, palette.warn);
        } else {
            cx.quiet_word(ui, &said);
        }
        let now = cx.icon(icons::FAST_FORWARD, "chart-now");
        let back = ui.add_enabled_ui(past.is_past(), |ui| {
            widgets::small_button(ui, &cx.look, &now)
        });
        if back.inner.clicked() {
            past.back();
        }
    });
    // On a line of its own, so that the chart stays where it is while it plays.
    if let Some(entry) = at_entry(entries, past.count(all)) {
        let happened = entry.happened();
        let said = cx.telling(desk).entry(entry).replace(['\n', '\r'], " ");
        let at = times::moment(happened, cx.now);
        let line = format!("#{} {at} {said}", entry.number);
        ui.add(egui::Label::new(cx.look.quiet(line)).truncate());
    }
}

fn at_entry(entries: &[Entry], count: usize) -> Option<&Entry> {
    entries.get(count.checked_sub(1)?)
}

/// Draws what the signs mean.
pub(super) fn legend_ui(ui: &mut Ui, cx: &Cx<'_>, drawn: &Drawn) {
    let frame = Frame::new()
        .fill(cx.look.palette.background.into())
        .inner_margin(Margin::symmetric(12, 6));
    egui::Panel::bottom("legend")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            let width = whole((ui.available_width() / cx.look.scale).clamp(200.0, 10_000.0));
            let (groups, height) = drawn.legend(width, cx.words);
            let size = vec2(ui.available_width(), cx.look.em(units(height)));
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let name = cx.t("chart-legend");
            response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
            let bounds = groups.first().map(|group| area(&group.bounds));
            let brush = Brush {
                painter: ui.painter_at(rect),
                look: &cx.look,
                view: View::fixed(rect, bounds.unwrap_or(rect), cx.look.scale),
            };
            for group in &groups {
                brush.group(group);
            }
        });
}
