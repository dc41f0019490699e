//! Shodo.
fn main() {
    #[cfg(feature = "window")]
    if let Err(error) = shodo::ui::run(shodo::ui::Start::default()) { eprintln!("{error}"); }
}
