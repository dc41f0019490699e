//! The flows that are built in.

/// A flow that is built in: its identifier and its text.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// The identifier.
    pub id: &'static str,
    /// The file's name in `flows/`.
    pub name: &'static str,
    /// The text.
    pub text: &'static str,
}

/// The flows that are built in, the incident flow first.
pub const SHIPPED: [Shipped; 1] = [Shipped {
    id: "mhlw-incident",
    name: "mhlw-incident.ron",
    text: include_str!("../../flows/mhlw-incident.ron"),
}];
