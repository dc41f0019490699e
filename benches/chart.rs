//! The layout of a chart: of the shipped flow, and of a large one.
//!
//! `cargo bench --no-default-features --bench chart`

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::exit,
    clippy::disallowed_methods,
    clippy::pedantic,
    missing_docs,
    unreachable_pub,
    reason = "a bench measures, prints and may fall over"
)]

#[path = "../tests/charts/generate.rs"]
mod generate;
mod support;

use shodo::chart::{Chart, Texts, layout};
use shodo::flow::{Flow, Language, SHIPPED};
use shodo::font::Fonts;
use shodo::words::Words;
use support::{Figure, by_turns, median, ms, report};

fn main() {
    let words = Words::new(Language::Ja);
    let fonts = Fonts::new();
    let read = |text: &str| Flow::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let shipped = read(SHIPPED[0].text);
    let large = read(&generate::flow(3, 300));
    assert!(large.nodes().count() > 290);
    let draw = |flow: &Flow| {
        let chart = Chart::new(flow);
        let texts = Texts::new(&chart, flow, &words);
        assert!(layout(&chart, &texts, &fonts).height > 0);
    };
    let rounds = by_turns(41, [&mut || draw(&shipped), &mut || draw(&large)]);
    report(
        "chart",
        &[
            Figure {
                name: "model, texts and layout of the shipped flow",
                limit: 5.0,
                value: median(rounds.iter().map(|[one, _]| ms(*one))),
                unit: "ms",
            },
            Figure {
                name: "the same of a flow of 300 nodes",
                limit: 100.0,
                value: median(rounds.iter().map(|[_, large]| ms(*large))),
                unit: "ms",
            },
        ],
    );
}
