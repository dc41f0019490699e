//! The only test binary; one module a topic.

// The journal on memory and on a real folder.
mod journal;
