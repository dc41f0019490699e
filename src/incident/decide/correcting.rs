//! Corrections: a person's own words and values are struck or replaced, states are not.

use super::{Decided, Decider, checked, plain, value};
use crate::incident::{
    DutyReport, EntryNumber, Event, Ground, OwnWords, Refusal, Uncorrectable, Value, read_moment,
};

impl Decider<'_> {
    pub(super) fn correct(
        self,
        of: EntryNumber,
        text: Option<String>,
        ground: Ground,
    ) -> Result<Decided, Refusal> {
        let entry = self.entry(of)?;
        // A correction of a correction is one of what that corrected.
        if let Event::Corrected { of: first, .. } = entry.event {
            return self.correct(first, text, ground);
        }
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err(Refusal::EmptyCorrection(of));
        }
        let text = checked(text)?;
        let field = match &entry.event {
            Event::FieldFilled { node, field, .. } => {
                let node = self.flow.node(node);
                Some(node.and_then(|n| n.fields().iter().find(|f| f.id == *field)))
            }
            Event::CellFilled { table, column, .. } => {
                let table = self.flow.table(table);
                Some(table.and_then(|t| t.columns.iter().find(|f| f.id == *column)))
            }
            Event::DutyKnown { duty, .. } | Event::DutyReported(DutyReport { duty, .. }) => {
                // What can be put in its place is the moment of knowing, or of the report.
                let moment = |text: &String| read_moment(text, self.present);
                let value = match text.as_ref().map(moment) {
                    Some(None) => {
                        return Err(Refusal::BadValue {
                            field: duty.clone(),
                            title: self
                                .flow
                                .duty(duty)
                                .map(|duty| duty.title.clone())
                                .unwrap_or_default(),
                            expects: "moment",
                            known: Vec::new(),
                        });
                    }
                    Some(Some(at)) => Some(Value::Moment(at)),
                    None => None,
                };
                return Ok(plain(Event::Corrected {
                    of,
                    text,
                    value,
                    ground,
                }));
            }
            event if event.own_words() == OwnWords::None => {
                return Err(Refusal::NothingToCorrect(of, Uncorrectable::of(event)));
            }
            _ => None,
        };
        let value = match (field.flatten(), &text) {
            (Some(field), Some(text)) => Some(value(field, text, self.present)?),
            _ => None,
        };
        Ok(plain(Event::Corrected {
            of,
            text,
            value,
            ground,
        }))
    }
}
