//! A chart as Mermaid: for pages that draw diagrams from text.

use std::fmt::Write as _;

use super::{Chart, Ground, Kind, Texts};

/// Writes a chart, the phases as boxes around their shapes.
pub fn write(chart: &Chart, texts: &Texts, title: &str, notice: &str) -> String {
    let mut out = String::new();
    put(&mut out, "flowchart TB");
    put(&mut out, &format!("  accTitle: {}", plain(title)));
    put(&mut out, &format!("  accDescr: {}", plain(notice)));
    for (at, band) in texts.bands.iter().enumerate() {
        put(
            &mut out,
            &format!("  subgraph band{at} [\"{}\"]", escaped(band)),
        );
        for (number, shape) in chart.shapes.iter().enumerate() {
            if shape.band != at {
                continue;
            }
            let (id, title) = texts.shapes.get(number).cloned().unwrap_or_default();
            let role = texts.lanes.get(shape.lane).cloned().unwrap_or_default();
            let (open, close) = match shape.kind {
                Kind::Step if shape.side => ("(", ")"),
                Kind::Step => ("[", "]"),
                Kind::Decision => ("{{", "}}"),
                Kind::End => ("([", "])"),
            };
            let text = format!(
                "{} {}<br/>{}",
                escaped(&id),
                escaped(&title),
                escaped(&role)
            );
            put(&mut out, &format!("    n{number}{open}\"{text}\"{close}"));
        }
        put(&mut out, "  end");
    }
    for (net, of, branch) in chart.branches() {
        let arrow = match branch.basis {
            Ground::Text => "==>",
            Ground::Order => "-->",
            Ground::Derived => "-.->",
        };
        let label = texts.nets.get(net).map_or(&[][..], Vec::as_slice);
        let label: Vec<String> = label.iter().map(|line| escaped(line)).collect();
        let label = match label.join("<br/>") {
            label if label.is_empty() => String::new(),
            label => format!("|\"{label}\"|"),
        };
        let (from, to) = (of.source, branch.target);
        put(&mut out, &format!("  n{from} {arrow}{label} n{to}"));
    }
    out
}

fn put(out: &mut String, line: &str) {
    // Writing to a `String` cannot fail.
    writeln!(out, "{line}").unwrap_or_default();
}

/// Escapes a text for a quoted label.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '"' | '#' | '<' | '>' | '&' | '`' => {
                // Writing to a `String` cannot fail.
                write!(safe, "#{};", u32::from(sign)).unwrap_or_default();
            }
            _ if sign.is_control() => safe.push(' '),
            _ => safe.push(sign),
        }
    }
    safe
}

/// A text on one line that Mermaid takes as it is.
fn plain(text: &str) -> String {
    let harmless = |sign: char| match sign {
        '{' | '}' | '#' | ';' | '<' | '>' => ' ',
        _ if sign.is_control() => ' ',
        _ => sign,
    };
    text.chars().map(harmless).collect()
}
