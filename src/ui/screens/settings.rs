//! Settings: language, text size, theme, site, people, folders. All of them can be left alone.

use std::path::Path;

use egui::Ui;

use super::column;
use crate::files;
use crate::flow::Language;
use crate::settings::ThemeChoice;
use crate::text::{is_same_person, shows_nothing};
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::icons;
use crate::ui::look::Face;
use crate::ui::widgets::{self, Lines, Paragraph};

/// The settings' view state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SettingsView {
    person: String,
    site: Option<String>,
    mirror: String,
}

/// Draws the settings.
pub(crate) fn settings_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut SettingsView,
    data: &Path,
    out: &mut Intents,
) {
    column(ui, cx, ("settings", 760.0), |ui| {
        let title = cx.t("settings-title");
        ui.add(Paragraph::new(
            &cx.look,
            &title,
            Face::Title,
            cx.look.palette.ink,
        ));
        widgets::section(
            ui,
            &cx.look,
            &cx.icon(icons::LANGUAGES, "settings-language"),
        );
        ui.horizontal_wrapped(|ui| {
            for (language, key) in [(Language::Ja, "language-ja"), (Language::En, "language-en")] {
                if widgets::choice_button(ui, &cx.look, cx.language() == language, &cx.t(key))
                    .clicked()
                {
                    cx.set(out, |settings| settings.language = Some(language));
                }
            }
        });
        widgets::section(ui, &cx.look, &cx.t("settings-text-size"));
        ui.horizontal_wrapped(|ui| {
            for percent in [100, 125, 150, 175, 200] {
                let text = cx.with("settings-percent", &[("percent", &percent.to_string())]);
                if widgets::choice_button(ui, &cx.look, cx.settings.text_percent == percent, &text)
                    .clicked()
                {
                    cx.set(out, |settings| settings.text_percent = percent);
                }
            }
        });
        widgets::section(ui, &cx.look, &cx.t("settings-theme"));
        ui.horizontal_wrapped(|ui| {
            for (theme, icon, key) in [
                (ThemeChoice::System, icons::MONITOR, "theme-system"),
                (ThemeChoice::Light, icons::SUN, "theme-light"),
                (ThemeChoice::Dark, icons::MOON, "theme-dark"),
            ] {
                if widgets::choice_button(
                    ui,
                    &cx.look,
                    cx.settings.theme == theme,
                    &cx.icon(icon, key),
                )
                .clicked()
                {
                    cx.set(out, |settings| settings.theme = theme);
                }
            }
        });
        site_ui(ui, cx, view, out);
        people_ui(ui, cx, view, out);
        mirror_ui(ui, cx, view, out);
        widgets::section(ui, &cx.look, &cx.icon(icons::HARD_DRIVE, "settings-data"));
        cx.body(ui, &data.display().to_string());
        cx.quiet(ui, &cx.t("settings-data-hint"));
    });
}

fn site_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut SettingsView, out: &mut Intents) {
    let name = cx.icon(icons::HOSPITAL, "settings-site");
    widgets::section(ui, &cx.look, &name);
    let mut text = view
        .site
        .clone()
        .unwrap_or_else(|| cx.settings.site.clone().unwrap_or_default());
    let name = cx.t("settings-site");
    let id = egui::Id::unique("settings-site");
    let response = widgets::edit(
        ui,
        &cx.look,
        id,
        &mut text,
        (&name, &cx.t("settings-site-hint")),
        Lines::One,
    );
    if response.changed() {
        view.site = Some(text.clone());
    }
    if widgets::is_finished(&response)
        && let Some(site) = view.site.take()
    {
        let site = Some(site.trim().to_owned()).filter(|site| !site.is_empty());
        cx.set(out, |settings| settings.site = site);
    }
}

/// Draws the folder that every entry is copied to, and how to name another.
fn mirror_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut SettingsView, out: &mut Intents) {
    widgets::section(ui, &cx.look, &cx.icon(icons::COPY, "settings-mirror"));
    cx.quiet(ui, &cx.t("settings-mirror-hint"));
    if let Some(folder) = &cx.settings.mirror {
        cx.body(ui, &folder.display().to_string());
        let stop = cx.icon(icons::X, "settings-mirror-stop");
        if widgets::plain_button(ui, &cx.look, &stop, true).clicked() {
            cx.set(out, |settings| settings.mirror = None);
        }
    }
    let id = egui::Id::unique("settings-mirror");
    let enter = widgets::takes_enter(ui, id);
    let name = cx.t("settings-mirror-folder");
    let names = (name.as_str(), name.as_str());
    widgets::edit(ui, &cx.look, id, &mut view.mirror, names, Lines::One);
    let ready = !shows_nothing(&view.mirror);
    let begin = cx.icon(icons::CHECK, "settings-mirror-begin");
    let pressed = widgets::plain_button(ui, &cx.look, &begin, ready).clicked();
    if (enter || pressed) && ready {
        let folder = std::mem::take(&mut view.mirror);
        out.push(Intent::MarkMirror(files::typed_path(folder.trim())));
    }
}

fn people_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut SettingsView, out: &mut Intents) {
    widgets::section(ui, &cx.look, &cx.icon(icons::USERS, "settings-people"));
    cx.quiet(ui, &cx.t("settings-people-hint"));
    for person in &cx.settings.people {
        ui.horizontal_wrapped(|ui| {
            let name = cx.with("settings-person-remove", &[("name", person)]);
            if widgets::icon_button(ui, &cx.look, icons::X, &name).clicked() {
                cx.set(out, |settings| {
                    settings.people.retain(|known| known != person);
                });
            }
            cx.body(ui, person);
        });
    }
    let id = egui::Id::unique("settings-person");
    let enter = widgets::takes_enter(ui, id);
    let name = cx.t("settings-person");
    ui.horizontal(|ui| {
        let ready = !shows_nothing(&view.person);
        let add = widgets::plain_button(
            ui,
            &cx.look,
            &cx.icon(icons::PLUS, "settings-person-add"),
            ready,
        );
        widgets::edit(
            ui,
            &cx.look,
            id,
            &mut view.person,
            (&name, &name),
            Lines::One,
        );
        if (enter || add.clicked()) && ready {
            let person = std::mem::take(&mut view.person).trim().to_owned();
            let is_new = |known: &String| !is_same_person(known, &person);
            if cx.settings.people.iter().all(is_new) {
                cx.set(out, |settings| settings.people.push(person));
            }
        }
    });
}
