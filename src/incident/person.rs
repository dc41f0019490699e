//! Who holds which role, now and at an earlier entry.
//!
//! Names are compared by [`crate::text::is_same_person`] and kept as they were typed.

use super::{EntryNumber, Event, Incident};
use crate::text::is_same_person;

/// Who holds a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders {
    /// The person.
    pub holder: Option<String>,
    /// The deputies, in the order in which they were named.
    pub deputies: Vec<String>,
}

impl Holders {
    /// Tells whether this person holds the role.
    pub fn is_holder(&self, name: &str) -> bool {
        self.holder
            .as_deref()
            .is_some_and(|holder| is_same_person(holder, name))
    }

    /// Tells whether this person stands in for the one who holds the role.
    pub fn is_deputy(&self, name: &str) -> bool {
        let mut deputies = self.deputies.iter();
        deputies.any(|deputy| is_same_person(deputy, name))
    }

    /// Gives everybody who has the role, the holder first.
    pub fn all(&self) -> Vec<String> {
        self.holder.iter().chain(&self.deputies).cloned().collect()
    }

    /// Takes in what an entry did with the role.
    fn take(&mut self, event: &Event, name: &str) {
        self.deputies.retain(|deputy| !is_same_person(deputy, name));
        if matches!(event, Event::DeputyAdded { .. }) {
            self.deputies.push(name.to_owned());
        } else if matches!(event, Event::RoleReleased { .. }) {
            self.holder.take_if(|holder| is_same_person(holder, name));
        } else {
            self.holder = Some(name.to_owned());
        }
    }
}

impl Incident {
    /// Gives who held a role once an entry was in the record; none before anybody did.
    pub fn holders_at(&self, role: &str, entry: EntryNumber) -> Option<&Holders> {
        let held = self.role_history.get(role)?;
        let at = held.partition_point(|(number, _)| *number <= entry);
        held.get(at.checked_sub(1)?).map(|(_, holders)| holders)
    }

    /// Gives whom an entry took a role from without naming the person: a role that was given
    /// although somebody held it.
    pub fn displaced_by(&self, entry: EntryNumber) -> Option<&str> {
        let Event::RoleAssigned { role, name } = &self.entry(entry)?.event else {
            return None;
        };
        let before = EntryNumber(entry.0.checked_sub(1)?);
        let holder = self.holders_at(role, before)?.holder.as_deref()?;
        (!is_same_person(holder, name)).then_some(holder)
    }

    pub(super) fn take_role(&mut self, of: EntryNumber, event: &Event, role: &str, name: &str) {
        let holders = self.roles.entry(role.to_owned()).or_default();
        holders.take(event, name);
        let now = (of, holders.clone());
        self.role_history
            .entry(role.to_owned())
            .or_default()
            .push(now);
    }
}
