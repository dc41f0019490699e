//! Shodo.
fn main() {
    let t = std::time::Instant::now();
    match shodo::flow::Flow::read(shodo::flow::SHIPPED[0].text) {
        Ok(f) => println!("sound {} states {:?}", f.states(), t.elapsed()),
        Err(p) => {
            for p in p {
                println!("{p:?}");
            }
        }
    }
}
