//! A chart as Graphviz reads it.

use std::fmt::Write as _;

use super::state::{self, State};
use super::{Chart, Ground, Heading, Kind, Progress, Shape, Texts};
use crate::words::{self, Words};

/// Writes a chart, the phases as clusters; with the progress of an incident, when there is one.
pub fn write(
    chart: &Chart,
    texts: &Texts,
    heading: &Heading,
    progress: Option<(&Progress, &Words)>,
) -> String {
    let state = progress.map(State::new);
    let state = state.as_ref();
    let mut out = String::new();
    put(&mut out, "digraph flow {");
    let mut above = vec![heading.title.clone()];
    above.extend_from_slice(state::lines(heading, state));
    above.push(heading.notice.clone());
    let label = quoted(&above.join("\n"));
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
            let frame = frame(shape, number, state);
            let label = state::label(texts, number, shape.lane, state);
            let label = quoted(&label.join("\n"));
            put(
                &mut out,
                &format!("    n{number} [{frame}, label={label}];"),
            );
        }
        put(&mut out, "  }");
    }
    let mut followed = state.into_iter().flat_map(State::followed);
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
        let heavy = match followed.next() {
            Some(true) => ", penwidth=3",
            _ => "",
        };
        put(
            &mut out,
            &format!("  n{from} -> n{to} [style={style}{heavy}, label={label}];"),
        );
    }
    put(&mut out, "}");
    out
}

/// Gives the form of a shape and how its state makes it look.
fn frame(shape: &Shape, at: usize, state: Option<&State<'_>>) -> String {
    let (form, style) = match shape.kind {
        Kind::Step if shape.side => ("box", "rounded"),
        Kind::Step => ("box", "solid"),
        Kind::Decision => ("hexagon", "solid"),
        Kind::End => ("box", "rounded,bold"),
    };
    let Some(state) = state else {
        return format!("shape={form}, style=\"{style}\"");
    };
    let standing = state.standing(at);
    let look = state.look(standing.mark);
    let dashed = if look.is_dashed { ",dashed" } else { "" };
    let color = if standing.overdue {
        state.overdue()
    } else {
        &look.frame
    };
    let (fill, width) = (&look.fill, &look.width);
    format!(
        "shape={form}, style=\"{style},filled{dashed}\", fillcolor=\"{fill}\", \
         color=\"{color}\", penwidth={width}"
    )
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
            _ if words::is_control(sign) => safe.push(' '),
            _ => safe.push(sign),
        }
    }
    safe.push('"');
    safe
}
