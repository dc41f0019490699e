//! Prints the flow that an input of the target `flow` stands for.

fn main() -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        print!("{}", shodo_fuzz::flow_text(&std::fs::read(path)?));
    }
    Ok(())
}
