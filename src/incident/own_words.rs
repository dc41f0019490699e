//! What of an entry are a person's own words: these can be corrected, states cannot.

use super::Event;

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
            | Self::DutyKnown { .. } => OwnWords::All,
            Self::IncidentOpened { title: text, .. }
            | Self::ItemTicked { text, .. }
            | Self::ItemSettled { text, .. }
            | Self::RoleHandedOver { text, .. } => beside(text.is_some()),
            Self::ItemUnticked { ground, .. }
            | Self::StepCompleted { ground, .. }
            | Self::OptionChosen { ground, .. }
            | Self::Skipped { ground, .. }
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
