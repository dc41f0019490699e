//! A chart as Graphviz reads it.

use std::fmt::Write as _;

use super::{Chart, Ground, Kind, Texts};

/// Writes a chart, the phases as clusters.
pub fn write(chart: &Chart, texts: &Texts, title: &str, notice: &str) -> String {
    let mut out = String::new();
    put(&mut out, "digraph flow {");
    let label = quoted(&format!("{title}\n{notice}"));
    put(
        &mut out,
        &format!("  graph [rankdir=TB, label={label}, labelloc=t, charset=\"UTF-8\"];"),
    );
    put(
        &mut out,
        "  node [fontname=\"BIZ UDPGothic, sans-serif\", fontsize=11];",
    );
    put(
        &mut out,
        "  edge [fontname=\"BIZ UDPGothic, sans-serif\", fontsize=9];",
    );
    for (at, band) in texts.bands.iter().enumerate() {
        put(&mut out, &format!("  subgraph cluster_{at} {{"));
        put(&mut out, &format!("    label={};", quoted(band)));
        for (number, shape) in chart.shapes.iter().enumerate() {
            if shape.band != at {
                continue;
            }
            let (id, title) = texts.shapes.get(number).cloned().unwrap_or_default();
            let role = texts.lanes.get(shape.lane).cloned().unwrap_or_default();
            let (form, style) = match shape.kind {
                Kind::Step if shape.side => ("box", "rounded"),
                Kind::Step => ("box", "solid"),
                Kind::Decision => ("hexagon", "solid"),
                Kind::End => ("box", "rounded,bold"),
            };
            let label = quoted(&format!("{id} {title}\n{role}"));
            put(
                &mut out,
                &format!("    n{number} [shape={form}, style=\"{style}\", label={label}];"),
            );
        }
        put(&mut out, "  }");
    }
    for (net, of, branch) in chart.branches() {
        let style = match branch.basis {
            Ground::Text => "solid",
            Ground::Order => "dashed",
            Ground::Derived => "dotted",
        };
        let label = texts
            .nets
            .get(net)
            .map_or_else(String::new, |lines| lines.join("\n"));
        let (from, to, label) = (of.source, branch.target, quoted(&label));
        put(
            &mut out,
            &format!("  n{from} -> n{to} [style={style}, label={label}];"),
        );
    }
    put(&mut out, "}");
    out
}

fn put(out: &mut String, line: &str) {
    // Writing to a `String` cannot fail.
    writeln!(out, "{line}").unwrap_or_default();
}

/// Writes a text as a quoted string; a line break becomes Graphviz's own.
fn quoted(text: &str) -> String {
    let mut safe = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            '\n' => safe.push_str("\\n"),
            _ if sign.is_control() => safe.push(' '),
            _ => safe.push(sign),
        }
    }
    safe.push('"');
    safe
}
