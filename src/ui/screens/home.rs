//! Home: start through a door, continue what is open, open a folder, choose a flow.
//!
//! One press on a door and the incident runs; title and names can come later.
//! What is open is summed up in the background and offered as soon as it is known.

use std::path::PathBuf;

use egui::{Response, Ui};

use super::column;
use crate::files;
use crate::flow::Flow;
use crate::incident::{Mode, Moment};
use crate::session::Summary;
use crate::ui::cx::{Cx, Intent, Intents, Screen};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::times;
use crate::ui::widgets::{self, CardLook, Lines, Paragraph};

/// The incidents of the data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Recent {
    /// They are being read.
    #[default]
    Reading,
    /// They were read, the latest first.
    Read(Vec<Summary>),
}

/// The flow that a new incident will use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HomeFlow<'a> {
    /// The flow; none while it is being read or when it cannot be used.
    pub flow: Option<&'a Flow>,
    /// The file that it came from; none for the built-in one.
    pub path: Option<&'a PathBuf>,
}

const FOLDER: &str = "home-folder";
const FLOW: &str = "home-flow-file";

/// How much of an incident's title a card shows; all of it is read aloud.
const TITLE_SIGNS: usize = 80;

/// Home's view state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Home {
    folder: String,
    flow: String,
    drill: bool,
    offered: bool,
}

/// A line about an incident that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecentRow {
    /// Its folder.
    pub folder: PathBuf,
    /// Its title, or its folder's name.
    pub title: String,
    /// How long ago, how much is open.
    pub line: String,
    /// A drill.
    pub is_drill: bool,
    /// It is closed.
    pub is_closed: bool,
}

/// Makes the lines: what is open first, the latest first.
pub(super) fn recent_rows(cx: &Cx<'_>, summaries: &[Summary], now: Moment) -> Vec<RecentRow> {
    let mut rows: Vec<RecentRow> = summaries
        .iter()
        .map(|summary| {
            let untitled = || {
                let at = summary.opened_at.map(|at| times::moment(at, now));
                let args = [("at", at.unwrap_or_default())];
                cx.words.with("home-untitled", &args)
            };
            let ago = summary.last_at.map(|at| {
                let passed = times::length(cx.words, now.signed_duration_since(at));
                cx.with("home-ago", &[("passed", &passed)])
            });
            let (open, parked) = (summary.open.to_string(), summary.parked.to_string());
            let state = if summary.is_closed {
                cx.t("home-closed")
            } else {
                cx.with("home-open-counts", &[("open", &open), ("parked", &parked)])
            };
            let entries = cx.words.count("home-entries", summary.entries);
            let parts = [ago.unwrap_or_default(), state, entries];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            RecentRow {
                folder: summary.folder.clone(),
                title: summary.title.clone().unwrap_or_else(untitled),
                line: parts.join(&cx.t("list-comma")),
                is_drill: summary.mode == Mode::Drill,
                is_closed: summary.is_closed,
            }
        })
        .collect();
    rows.sort_by_key(|row| row.is_closed);
    rows
}

impl Home {
    /// Gives the field for the path of an incident's folder.
    pub(crate) fn folder_id() -> egui::Id {
        egui::Id::unique(FOLDER)
    }

    /// Gives the field for the path of a flow file.
    pub(crate) fn flow_id() -> egui::Id {
        egui::Id::unique(FLOW)
    }

    /// Draws home.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        recent: &Recent,
        flow: HomeFlow<'_>,
        out: &mut Intents,
    ) {
        column(ui, cx, ("home", 860.0), |ui| {
            let title = cx.t("home-title");
            let response = ui.add(Paragraph::new(
                &cx.look,
                &title,
                Face::Title,
                cx.look.palette.ink,
            ));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &title)
            });
            if let Some(desk) = cx.desk {
                let name =
                    widgets::shortened(desk.incident().title().unwrap_or_default(), TITLE_SIGNS);
                let text = cx.with("home-back", &[("title", &name)]);
                let text = format!("{} {text}", icons::PLAY);
                if widgets::primary_button(ui, &cx.look, text.trim_end(), true).clicked() {
                    out.push(Intent::Show(Screen::Guide));
                }
                ui.add_space(8.0);
            }
            summaries_ui(ui, cx, recent, &mut self.offered, out);
            self.doors_ui(ui, cx, flow, out);
            self.others_ui(ui, cx, flow, out);
        });
    }

    fn doors_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, flow: HomeFlow<'_>, out: &mut Intents) {
        widgets::section(ui, &cx.look, &cx.t("home-start"));
        let Some(flow) = flow.flow else {
            cx.quiet(ui, &cx.icon(icons::HOURGLASS, "home-flow-reading"));
            return;
        };
        let mode = if self.drill { Mode::Drill } else { Mode::Live };
        let palette = cx.look.palette;
        ui.horizontal_wrapped(|ui| {
            for (drill, icon, key) in [
                (false, icons::SIREN, "mode-live"),
                (true, icons::GRADUATION_CAP, "mode-drill"),
            ] {
                let text = cx.icon(icon, key);
                if widgets::choice_button(ui, &cx.look, self.drill == drill, &text).clicked() {
                    self.drill = drill;
                }
            }
            cx.quiet(
                ui,
                &cx.t(if self.drill {
                    "home-drill-hint"
                } else {
                    "home-live-hint"
                }),
            );
        });
        let look = CardLook {
            fill: if self.drill {
                palette.drill_fill
            } else {
                palette.panel
            },
            edge: if self.drill {
                palette.drill
            } else {
                palette.accent
            },
            selected: None,
        };
        let doors: Vec<_> = flow.doors().iter().filter(|door| !door.peacetime).collect();
        for door in doors {
            let icon = match door.id.as_str() {
                "saw" => icons::EYE,
                "staff" => icons::PHONE,
                "vendor" => icons::WRENCH,
                _ => icons::DOOR_OPEN,
            };
            let title = cx.pair(&door.title);
            let salt = ("door", door.id.as_str());
            let response = widgets::press_card(ui, &cx.look, look, salt, title, |ui| {
                let text = format!("{icon}  {title}");
                ui.add(Paragraph::new(&cx.look, &text, Face::Title, palette.ink));
                cx.quiet(ui, &cx.t("home-door-hint"));
            });
            if response.clicked() {
                out.push(Intent::Start {
                    door: door.id.clone(),
                    mode,
                });
            }
        }
        for door in flow.doors().iter().filter(|door| door.peacetime) {
            let text = format!("{} {}", icons::CALENDAR, cx.pair(&door.title));
            if widgets::plain_button(ui, &cx.look, &text, true).clicked() {
                out.push(Intent::Start {
                    door: door.id.clone(),
                    mode,
                });
            }
        }
    }

    fn others_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, flow: HomeFlow<'_>, out: &mut Intents) {
        ui.add_space(16.0);
        widgets::section(ui, &cx.look, &cx.t("home-open-folder"));
        let typed = path_ui(
            ui,
            cx,
            FOLDER,
            &mut self.folder,
            "home-folder-path",
            |out| out.push(Intent::PickFolder),
            out,
        );
        if let Some(path) = typed {
            out.push(Intent::OpenFolder(path));
        }
        ui.add_space(8.0);
        widgets::section(ui, &cx.look, &cx.t("home-flow"));
        let name = flow
            .flow
            .map(|flow| format!("{} {}", cx.pair(flow.title()), flow.version()));
        cx.body(ui, &name.unwrap_or_default());
        match flow.path {
            Some(path) => {
                cx.quiet(ui, &path.display().to_string());
                if widgets::plain_button(
                    ui,
                    &cx.look,
                    &cx.icon(icons::UNDO_2, "flow-built-in"),
                    true,
                )
                .clicked()
                {
                    out.push(Intent::UseBuiltIn);
                }
            }
            None => {
                cx.quiet(ui, &cx.t("home-flow-built-in"));
            }
        }
        let typed = path_ui(
            ui,
            cx,
            FLOW,
            &mut self.flow,
            "home-flow-path",
            |out| out.push(Intent::PickFlow),
            out,
        );
        if let Some(path) = typed {
            out.push(Intent::UseFlow(path));
        }
    }
}

fn summaries_ui(ui: &mut Ui, cx: &Cx<'_>, recent: &Recent, offered: &mut bool, out: &mut Intents) {
    let Recent::Read(summaries) = recent else {
        cx.quiet(ui, &cx.icon(icons::HOURGLASS, "home-reading"));
        return;
    };
    let rows: Vec<RecentRow> = recent_rows(cx, summaries, cx.now)
        .into_iter()
        .filter(|row| cx.desk.is_none_or(|desk| desk.folder() != row.folder))
        .collect();
    if rows.is_empty() {
        return;
    }
    let (open, closed): (Vec<&RecentRow>, Vec<&RecentRow>) =
        rows.iter().partition(|row| !row.is_closed);
    if !open.is_empty() {
        widgets::section(ui, &cx.look, &cx.t("home-continue"));
        for row in open {
            let response = recent_ui(ui, cx, row, out);
            // Enter goes on with the latest one, unless the person has begun something else.
            let nothing_focused = ui.memory(|memory| memory.focused().is_none());
            if !std::mem::replace(offered, true) && nothing_focused {
                response.request_focus();
            }
        }
        ui.add_space(8.0);
    }
    if !closed.is_empty() {
        widgets::fold(
            ui,
            &cx.look,
            "closed",
            &cx.t("home-closed-ones"),
            false,
            |ui| {
                for row in closed {
                    recent_ui(ui, cx, row, out);
                }
            },
        );
    }
}

fn recent_ui(ui: &mut Ui, cx: &Cx<'_>, row: &RecentRow, out: &mut Intents) -> Response {
    let palette = cx.look.palette;
    let look = CardLook {
        fill: if row.is_drill {
            palette.drill_fill
        } else {
            palette.panel
        },
        edge: if row.is_drill {
            palette.drill
        } else {
            palette.accent
        },
        selected: None,
    };
    let salt = row.folder.display().to_string();
    let response = widgets::press_card(ui, &cx.look, look, salt, &row.title, |ui| {
        let (icon, key) = if row.is_drill {
            (icons::GRADUATION_CAP, "mode-drill")
        } else {
            (icons::SIREN, "mode-live")
        };
        let title = widgets::shortened(&row.title, TITLE_SIGNS);
        let text = format!("{} {title}", cx.icon(icon, key));
        ui.add(Paragraph::new(&cx.look, &text, Face::Subtitle, palette.ink));
        cx.body(ui, &row.line);
    });
    if response.clicked() {
        out.push(Intent::OpenFolder(row.folder.clone()));
    }
    response
}

/// Draws a button for the system's dialog and a field for a typed path beside it, because
/// dialogs can be missing; gives the path that was typed and confirmed.
fn path_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    salt: &str,
    text: &mut String,
    key: &str,
    pick: impl FnOnce(&mut Intents),
    out: &mut Intents,
) -> Option<PathBuf> {
    let id = egui::Id::unique(salt);
    let enter = widgets::takes_enter(ui, id);
    let name = cx.t(key);
    let ready = !crate::text::shows_nothing(text);
    let mut go = false;
    ui.horizontal(|ui| {
        let choose = widgets::plain_button(
            ui,
            &cx.look,
            &cx.icon(icons::FOLDER_OPEN, "path-choose"),
            true,
        );
        choose
            .clone()
            .accessible_name(format!("{} {name}", cx.t("path-choose")));
        if choose.clicked() {
            pick(out);
        }
        let open = widgets::plain_button(
            ui,
            &cx.look,
            &cx.icon(icons::ARROW_RIGHT, "path-open"),
            ready,
        );
        open.clone()
            .accessible_name(format!("{} {name}", cx.t("path-open")));
        go = open.clicked();
        widgets::edit(ui, &cx.look, id, text, (&name, &name), Lines::One);
    });
    ((enter || go) && ready).then(|| files::typed_path(text.trim()))
}
