//! Roles and contacts: who holds what, deputies, hand-over, and whom to call.

use egui::Ui;

use super::column;
use super::guide::contacts_ui;
use crate::flow::Role;
use crate::incident::{Act, Holders};
use crate::text::is_same_person;
use crate::ui::cx::{Cx, Intent, Intents};
use crate::ui::desk::Desk;
use crate::ui::drafts::{ACTING, Drafts};
use crate::ui::icons;
use crate::ui::widgets::{self, Lines};

/// The key of the recorder's name while it is typed.
const RECORDER: &str = "recorder";
/// The key of the site's name while it is typed.
const SITE: &str = "site";

/// Draws roles and contacts.
pub(crate) fn people_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    column(ui, cx, ("people", 860.0), |ui| {
        let incident = desk.incident();
        ui.add_enabled_ui(desk.is_running(), |ui| {
            name_ui(
                ui,
                cx,
                (RECORDER, "people-recorder", incident.recorder()),
                drafts,
                out,
                Act::Recorder,
            );
            name_ui(
                ui,
                cx,
                (SITE, "people-site", incident.site()),
                drafts,
                out,
                Act::Site,
            );
        });
        acting_ui(ui, cx, desk, drafts);
        ui.add_space(8.0);
        widgets::section(ui, &cx.look, &cx.icon(icons::USERS, "people-roles"));
        for role in desk.flow().roles() {
            let holders = incident.roles().get(&role.id).cloned().unwrap_or_default();
            cx.look.card().show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.push_id(&role.id, |ui| {
                    ui.add_enabled_ui(desk.is_running(), |ui| {
                        role_ui(ui, cx, desk, role, &holders, drafts, out);
                    });
                });
            });
        }
        contacts_ui(ui, cx, desk.flow().contacts(), drafts, out);
    });
}

fn name_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (key, words, current): (&str, &str, Option<&str>),
    drafts: &mut Drafts,
    out: &mut Intents,
    act: impl Fn(String) -> Act,
) {
    let name = cx.t(words);
    widgets::section(ui, &cx.look, &name);
    let current = current.unwrap_or_default();
    let enter = widgets::takes_enter(ui, widgets::field_id(key));
    if key == RECORDER {
        ui.horizontal_wrapped(|ui| {
            // The recorder and whoever has a role are offered like those on the list.
            for person in &cx.people() {
                let is_it = is_same_person(person, current);
                if widgets::choice_button(ui, &cx.look, is_it, person).clicked() && !is_it {
                    out.push(Intent::Act(act(person.clone())));
                }
            }
        });
    }
    let hint = if current.is_empty() {
        cx.t("people-type-name")
    } else {
        current.to_owned()
    };
    ui.horizontal(|ui| {
        let ready = drafts.filled(key).is_some();
        let save =
            widgets::plain_button(ui, &cx.look, &cx.icon(icons::CHECK, "people-record"), ready);
        save.clone()
            .accessible_name(format!("{} {name}", cx.t("people-record")));
        widgets::draft_edit(ui, &cx.look, drafts, key, (&name, &hint), Lines::One);
        if (enter || save.clicked())
            && let Some(text) = drafts.filled(key)
        {
            out.push(Intent::Send {
                act: act(text),
                at: None,
                keys: vec![key.to_owned()],
            });
        }
    });
}

/// Draws in which role the recorder acts: worked out from the roles, or said here.
fn acting_ui(ui: &mut Ui, cx: &Cx<'_>, desk: &Desk, drafts: &mut Drafts) {
    let name = cx.t("people-acting");
    widgets::section(ui, &cx.look, &name);
    ui.horizontal_wrapped(|ui| {
        let said = drafts.filled(ACTING);
        let by_itself = (String::new(), cx.t("people-acting-auto"));
        let roles = desk.flow().roles().iter();
        let roles = roles.map(|role| (role.id.clone(), cx.pair(&role.title).to_owned()));
        for (id, title) in std::iter::once(by_itself).chain(roles) {
            let chosen = said.clone().unwrap_or_default() == id;
            let button = widgets::choice_button(ui, &cx.look, chosen, &title);
            button.clone().accessible_name(format!("{name}: {title}"));
            if button.clicked() {
                drafts.set(ACTING, id);
            }
        }
    });
    cx.quiet(ui, &cx.t("people-acting-hint"));
}

fn role_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    desk: &Desk,
    role: &Role,
    holders: &Holders,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let title = cx.pair(&role.title);
    cx.strong(ui, title);
    let release = |ui: &mut Ui, key: &str, person: &str, out: &mut Intents| {
        ui.horizontal_wrapped(|ui| {
            cx.body(ui, &cx.with(key, &[("name", person)]));
            let text = cx.icon(icons::USER_MINUS, "role-release");
            let button = widgets::small_button(ui, &cx.look, &text);
            button
                .clone()
                .accessible_name(format!("{title}: {} {person}", cx.t("role-release")));
            if button.clicked() {
                out.push(Intent::Act(Act::Release(
                    role.id.clone(),
                    person.to_owned(),
                )));
            }
        });
    };
    match &holders.holder {
        Some(person) => release(ui, "role-holder", person, out),
        None => {
            cx.quiet(ui, &cx.icon(icons::CIRCLE, "role-vacant"));
        }
    }
    for deputy in &holders.deputies {
        release(ui, "role-deputy-is", deputy, out);
    }
    // One press gives the role to the recorder or to somebody on the list.
    let recorder = desk.incident().recorder().map(str::to_owned);
    let mut people: Vec<String> = recorder.into_iter().collect();
    for person in &cx.settings.people {
        if !people.iter().any(|known| is_same_person(known, person)) {
            people.push(person.clone());
        }
    }
    ui.horizontal_wrapped(|ui| {
        for person in people.iter().filter(|person| !holders.is_holder(person)) {
            let text = cx.with("role-give", &[("name", person)]);
            let button =
                widgets::small_button(ui, &cx.look, &format!("{} {text}", icons::USER_PLUS));
            button.clone().accessible_name(format!("{title}: {text}"));
            if button.clicked() {
                out.push(Intent::Act(assign(role, holders, person, None)));
            }
        }
    });
    more_ui(ui, cx, role, holders, drafts, out);
}

/// Draws what is needed less often: a name that is typed, handing over, a deputy.
fn more_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    role: &Role,
    holders: &Holders,
    drafts: &mut Drafts,
    out: &mut Intents,
) {
    let title = cx.pair(&role.title);
    let (who, told) = (
        format!("role/{}/name", role.id),
        format!("role/{}/told", role.id),
    );
    let open = drafts.has(&who) || drafts.has(&told);
    let more = cx.with("role-more", &[("role", title)]);
    widgets::fold(ui, &cx.look, "more", &more, open, |ui| {
        let (name, said) = (cx.t("role-name"), cx.t("role-told"));
        widgets::field_name(ui, &cx.look, &name);
        cx.name_edit(ui, drafts, &who, (&name, ""));
        widgets::field_name(ui, &cx.look, &said);
        widgets::draft_edit(ui, &cx.look, drafts, &told, (&said, ""), Lines::One);
        ui.horizontal_wrapped(|ui| {
            let person = drafts.filled(&who);
            let keys = vec![who.clone(), told.clone()];
            let vacant = holders.holder.is_none();
            let key = if vacant {
                "role-assign"
            } else {
                "role-hand-over"
            };
            let ready = person.is_some();
            if widgets::plain_button(ui, &cx.look, &cx.icon(icons::ARROW_RIGHT_LEFT, key), ready)
                .clicked()
                && let Some(person) = &person
            {
                let act = assign(role, holders, person, drafts.filled(&told));
                out.push(Intent::Send {
                    act,
                    at: None,
                    keys: keys.clone(),
                });
            }
            if widgets::plain_button(
                ui,
                &cx.look,
                &cx.icon(icons::USER_PLUS, "role-deputy"),
                ready,
            )
            .clicked()
                && let Some(person) = person
            {
                let act = Act::Deputy(role.id.clone(), person);
                out.push(Intent::Send {
                    act,
                    at: None,
                    keys,
                });
            }
        });
    });
}

/// A vacant role is given, a held one handed over.
fn assign(role: &Role, holders: &Holders, person: &str, told: Option<String>) -> Act {
    if holders.holder.is_none() && told.is_none() {
        Act::Assign(role.id.clone(), person.to_owned())
    } else {
        Act::HandOver(role.id.clone(), person.to_owned(), told)
    }
}
