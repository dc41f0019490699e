//! Roles: who takes, shares and hands over which, and in which one the recorder acts.

use super::{Decided, Decider, checked, filled, join, plain};
use crate::flow::{Flow, NodeId};
use crate::incident::{Act, Event, Incident, Refusal};

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
        let is_deputy = holders.is_some_and(|h| h.deputies.contains(&name));
        let holds = holder.as_ref() == Some(&name);
        Ok(plain(match act {
            Act::Release(..) if !holds && !is_deputy => {
                return Err(Refusal::NotInRole(role, name));
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

/// Gives the role in which the recorder acts: one of the node's that the recorder holds or
/// stands in for, else the only one that the recorder has at all.
pub(super) fn acting_role(
    flow: &Flow,
    incident: &Incident,
    node: Option<&NodeId>,
) -> Option<String> {
    let recorder = incident.recorder()?;
    let has = |role: &str| {
        incident.roles().get(role).is_some_and(|holders| {
            holders.holder.as_deref() == Some(recorder)
                || holders.deputies.iter().any(|deputy| deputy == recorder)
        })
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
