//! What of an event are a person's own words: the reason, the decider, and what can be corrected.
//!
//! It changes nothing and names every event; there is no `_` arm but where a place is asked for.

use super::{Event, Ground};

/// How much of an entry are a person's own words, which a correction strikes or replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnWords {
    /// None: it changed a state and says nothing besides.
    None,
    /// Some stand beside a change of state, which a correction leaves as it is.
    Beside,
    /// It says nothing else.
    All,
}

impl Event {
    /// Gives the reason and the decider that it was recorded with, where it can have some.
    pub fn ground(&self) -> Option<&Ground> {
        match self {
            Self::ItemUnticked { ground, .. }
            | Self::StepCompleted { ground, .. }
            | Self::OptionChosen { ground, .. }
            | Self::Skipped { ground, .. }
            | Self::FoundImpossible { ground, .. }
            | Self::FoundNotApplicable { ground, .. }
            | Self::StartedEarly { ground, .. }
            | Self::Parked { ground, .. }
            | Self::Resumed { ground, .. }
            | Self::BroughtBack { ground, .. }
            | Self::Reopened { ground, .. }
            | Self::ReasonGiven { ground, .. }
            | Self::Corrected { ground, .. }
            | Self::DutyNotReported { ground, .. }
            | Self::IncidentClosed { ground, .. }
            | Self::IncidentReopened { ground } => Some(ground),
            Self::IncidentOpened { .. }
            | Self::Titled { .. }
            | Self::SiteNamed { .. }
            | Self::RecorderChanged { .. }
            | Self::ItemTicked { .. }
            | Self::FieldFilled { .. }
            | Self::CellFilled { .. }
            | Self::AskedAgain { .. }
            | Self::RoleAssigned { .. }
            | Self::DeputyAdded { .. }
            | Self::RoleHandedOver { .. }
            | Self::RoleReleased { .. }
            | Self::NoteAdded(_)
            | Self::ItemSettled { .. }
            | Self::DutyKnown { .. }
            | Self::DutyReported(_)
            | Self::Undone { .. }
            | Self::Redone { .. } => None,
        }
    }

    /// Gives the place of the reason and the decider, where it can have some.
    pub(super) fn ground_mut(&mut self) -> Option<&mut Ground> {
        match self {
            Self::ItemUnticked { ground, .. }
            | Self::StepCompleted { ground, .. }
            | Self::OptionChosen { ground, .. }
            | Self::Skipped { ground, .. }
            | Self::FoundImpossible { ground, .. }
            | Self::FoundNotApplicable { ground, .. }
            | Self::StartedEarly { ground, .. }
            | Self::Parked { ground, .. }
            | Self::Resumed { ground, .. }
            | Self::BroughtBack { ground, .. }
            | Self::Reopened { ground, .. }
            | Self::ReasonGiven { ground, .. }
            | Self::Corrected { ground, .. }
            | Self::DutyNotReported { ground, .. }
            | Self::IncidentClosed { ground, .. }
            | Self::IncidentReopened { ground } => Some(ground),
            _ => None,
        }
    }

    /// Gives how much of it can be corrected.
    pub fn own_words(&self) -> OwnWords {
        let beside = |has: bool| {
            if has {
                OwnWords::Beside
            } else {
                OwnWords::None
            }
        };
        match self {
            Self::NoteAdded(_)
            | Self::Titled { .. }
            | Self::SiteNamed { .. }
            | Self::RecorderChanged { .. }
            | Self::FieldFilled { .. }
            | Self::CellFilled { .. }
            | Self::AskedAgain { .. }
            | Self::ReasonGiven { .. }
            | Self::DutyKnown { .. }
            | Self::DutyReported(_)
            | Self::DutyNotReported { .. } => OwnWords::All,
            Self::IncidentOpened { title: text, .. }
            | Self::ItemTicked { text, .. }
            | Self::ItemSettled { text, .. }
            | Self::RoleHandedOver { text, .. } => beside(text.is_some()),
            Self::FoundImpossible {
                instead, ground, ..
            } => beside(instead.is_some() || ground.why.is_some()),
            Self::ItemUnticked { ground, .. }
            | Self::StepCompleted { ground, .. }
            | Self::OptionChosen { ground, .. }
            | Self::Skipped { ground, .. }
            | Self::FoundNotApplicable { ground, .. }
            | Self::StartedEarly { ground, .. }
            | Self::Parked { ground, .. }
            | Self::Resumed { ground, .. }
            | Self::BroughtBack { ground, .. }
            | Self::Reopened { ground, .. }
            | Self::IncidentClosed { ground, .. }
            | Self::IncidentReopened { ground } => beside(ground.why.is_some()),
            Self::RoleAssigned { .. }
            | Self::DeputyAdded { .. }
            | Self::RoleReleased { .. }
            | Self::Corrected { .. }
            | Self::Undone { .. }
            | Self::Redone { .. } => OwnWords::None,
        }
    }
}
