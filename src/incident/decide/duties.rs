//! Duties: a report that was made, or the decision not to make one.

use super::{Decided, Decider, checked, join, plain};
use crate::incident::{DutyReport, DutyState, Event, Ground, Refusal, duty_name, duty_names};

impl Decider<'_> {
    pub(super) fn report(
        self,
        name: &str,
        to: Option<String>,
        reporter: Option<String>,
        reference: Option<String>,
    ) -> Result<Decided, Refusal> {
        let (duty, deadline) = self.duty_part(name)?;
        Ok(plain(Event::DutyReported(DutyReport {
            duty,
            deadline,
            to: checked(to)?,
            reporter: checked(reporter)?,
            reference: checked(reference)?,
        })))
    }

    pub(super) fn not_report(self, name: &str, ground: Ground) -> Result<Decided, Refusal> {
        let (duty, deadline) = self.duty_part(name)?;
        if let DutyState::Met(stamp, _) = self.incident.duty_state(&duty, deadline.as_deref()) {
            return Err(Refusal::Reported(name.to_owned(), stamp.entry));
        }
        Ok(plain(Event::DutyNotReported {
            duty,
            deadline,
            ground,
        }))
    }

    /// Reads `ppc/prompt`, or `mhlw` for a duty that has no deadlines.
    fn duty_part(&self, name: &str) -> Result<(String, Option<String>), Refusal> {
        let found = self.flow.duties().iter().find_map(|duty| {
            if duty.deadlines.is_empty() && duty.id == name {
                return Some((duty.id.clone(), None));
            }
            let mut deadlines = duty.deadlines.iter();
            let deadline = deadlines.find(|d| duty_name(&duty.id, Some(&d.id)) == name)?;
            Some((duty.id.clone(), Some(deadline.id.clone())))
        });
        found.ok_or_else(|| {
            let names: Vec<String> = duty_names(self.flow).collect();
            Refusal::Unknown {
                what: "duty",
                id: name.to_owned(),
                known: join(names.iter().map(String::as_str)),
            }
        })
    }
}
