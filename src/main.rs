//! Shodo.
fn main() {}
