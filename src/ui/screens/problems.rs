//! What is wrong with a flow file: every problem with its place, a sentence and a hint.
//!
//! The incident can still be run on the built-in flow, and that is offered first.

use std::path::PathBuf;

use egui::Ui;

use super::column;
use crate::flow::Problem;
use crate::telling;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::widgets::{self, Paragraph};

/// The problems of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problems {
    /// The file.
    pub path: PathBuf,
    /// The problems, in the order of the file.
    pub list: Vec<Problem>,
}

/// Draws the problems.
pub(crate) fn problems_ui(ui: &mut Ui, cx: &Cx<'_>, problems: &Problems, out: &mut Intents) {
    column(ui, cx, ("problems", 860.0), |ui| {
        let palette = cx.look.palette;
        let count = problems.list.len().to_string();
        let title = cx.with("problems-title", &[("count", &count)]);
        let title = format!("{} {title}", icons::CIRCLE_ALERT);
        ui.add(Paragraph::new(&cx.look, &title, Face::Title, palette.bad));
        cx.body(ui, &problems.path.display().to_string());
        cx.body(ui, &cx.t("problems-next"));
        ui.horizontal_wrapped(|ui| {
            if widgets::primary_button(ui, &cx.look, &cx.icon(icons::PLAY, "flow-built-in"), true)
                .clicked()
            {
                out.push(Intent::UseBuiltIn);
            }
            if widgets::plain_button(
                ui,
                &cx.look,
                &cx.icon(icons::REFRESH_CW, "problems-again"),
                true,
            )
            .clicked()
            {
                out.push(Intent::UseFlow(problems.path.clone()));
            }
        });
        ui.add_space(8.0);
        for problem in &problems.list {
            let (sentence, hint) = telling::problem(cx.words, problem);
            cx.look.card().show(ui, |ui| {
                ui.set_width(ui.available_width());
                let (line, column) = (problem.line.to_string(), problem.column.to_string());
                cx.quiet(
                    ui,
                    &cx.with("problems-place", &[("line", &line), ("column", &column)]),
                );
                cx.strong(ui, &sentence);
                cx.body(ui, &format!("{} {hint}", icons::LIGHTBULB));
                let way = telling::way(cx.words, &problem.witness);
                if !way.is_empty() {
                    cx.quiet(ui, &cx.with("problems-way", &[("way", &way)]));
                }
            });
        }
    });
}
