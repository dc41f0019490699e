//! Roles: who takes, shares and hands over which, and in which one the recorder acts.

use super::{Decided, Decider, checked, filled, join, plain};
use crate::flow::{Flow, NodeId};
use crate::incident::{Act, Event, Holders, Incident, Refusal};

impl Decider<'_> {
    pub(super) fn role(self, act: Act) -> Result<Decided, Refusal> {
        let (Act::Assign(role, name)
        | Act::Deputy(role, name)
        | Act::HandOver(role, name, _)
        | Act::Release(role, name)) = &act
        else {
            return Err(Refusal::Empty);
        };
        known_role(self.flow, role)?;
        let role = role.clone();
        let name = filled(name.clone())?;
        let holders = self.incident.roles().get(&role);
        let holder = holders.and_then(|h| h.holder.clone());
        let is_deputy = holders.is_some_and(|holders| holders.is_deputy(&name));
        let holds = holders.is_some_and(|holders| holders.is_holder(&name));
        Ok(plain(match act {
            Act::Release(..) if !holds && !is_deputy => {
                let who = holders.map(Holders::all).unwrap_or_default();
                return Err(Refusal::NotInRole(role, name, who));
            }
            Act::Release(..) => Event::RoleReleased { role, name },
            Act::Deputy(..) if holds || is_deputy => return Err(Refusal::InRole(role, name)),
            Act::Deputy(..) => Event::DeputyAdded { role, name },
            _ if holds => return Err(Refusal::InRole(role, name)),
            Act::HandOver(_, _, text) => Event::RoleHandedOver {
                role,
                from: holder,
                name,
                text: checked(text)?,
            },
            _ => Event::RoleAssigned { role, name },
        }))
    }
}

/// Gives the role in which the one who writes the entry acts: one of the node's that this person
/// holds or stands in for, else the only one that the person has at all.
pub(super) fn acting_role(
    flow: &Flow,
    incident: &Incident,
    by: Option<&str>,
    node: Option<&NodeId>,
) -> Option<String> {
    let by = by?;
    let has = |role: &str| {
        let holders = incident.roles().get(role);
        holders.is_some_and(|holders| holders.is_holder(by) || holders.is_deputy(by))
    };
    let acts = node.and_then(|node| flow.node(node));
    if let Some(role) = acts.and_then(|node| node.acts().iter().find(|role| has(role))) {
        return Some(role.clone());
    }
    let mut roles = flow.roles().iter().filter(|role| has(&role.id));
    match (roles.next(), roles.next()) {
        (Some(only), None) => Some(only.id.clone()),
        _ => None,
    }
}

pub(super) fn known_role(flow: &Flow, role: &str) -> Result<(), Refusal> {
    if flow.role(role).is_some() {
        return Ok(());
    }
    Err(Refusal::Unknown {
        what: "role",
        id: role.to_owned(),
        known: join(flow.roles().iter().map(|r| r.id.as_str())),
    })
}
