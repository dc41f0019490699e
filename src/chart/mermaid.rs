//! A chart as Mermaid: for pages that draw diagrams from text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::state::{self, State};
use super::{Chart, Ground, Heading, Kind, Mark, Progress, Texts};
use crate::words::{self, Words};

/// Writes a chart, the phases as boxes around their shapes; with the progress of an incident, when
/// there is one.
pub fn write(
    chart: &Chart,
    texts: &Texts,
    heading: &Heading,
    progress: Option<(&Progress, &Words)>,
) -> String {
    let state = progress.map(State::new);
    let state = state.as_ref();
    let mut out = String::new();
    let title = plain(&heading.title);
    let mut description = state::lines(heading, state).to_vec();
    if state.is_some() {
        let above = format!("{title} / {}", plain(&description.join(" / ")));
        let above = above.replace('\\', "\\\\").replace('"', "\\\"");
        put(&mut out, &format!("---\ntitle: \"{above}\"\n---"));
    }
    description.push(heading.notice.clone());
    let description = plain(&description.join(" / "));
    put(&mut out, "flowchart TB");
    put(&mut out, &format!("  accTitle: {title}"));
    put(&mut out, &format!("  accDescr: {description}"));
    for (at, band) in texts.bands.iter().enumerate() {
        put(
            &mut out,
            &format!("  subgraph band{at} [\"{}\"]", escaped(band)),
        );
        for (number, shape) in chart.shapes.iter().enumerate() {
            if shape.band != at {
                continue;
            }
            let (open, close) = match shape.kind {
                Kind::Step if shape.side => ("(", ")"),
                Kind::Step => ("[", "]"),
                Kind::Decision => ("{{", "}}"),
                Kind::End => ("([", "])"),
            };
            let label = state::label(texts, number, shape.lane, state);
            let text = lines(&label);
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
        let label = match lines(texts.nets.get(net).map_or(&[], Vec::as_slice)) {
            label if label.is_empty() => String::new(),
            label => format!("|\"{label}\"|"),
        };
        let (from, to) = (of.source, branch.target);
        put(&mut out, &format!("  n{from} {arrow}{label} n{to}"));
    }
    if let Some(state) = state {
        looks(&mut out, chart, state);
    }
    out
}

/// Writes how the shapes and the arrows look in their state.
fn looks(out: &mut String, chart: &Chart, state: &State<'_>) {
    let mut marked: BTreeMap<Mark, Vec<String>> = BTreeMap::new();
    let mut overdue = Vec::new();
    for at in 0..chart.shapes.len() {
        let standing = state.standing(at);
        let shapes = marked.entry(standing.mark).or_default();
        shapes.push(format!("n{at}"));
        if standing.overdue {
            overdue.push(format!("n{at}"));
        }
    }
    for (mark, shapes) in &marked {
        let look = state.look(*mark);
        let name = mark.key().trim_start_matches("state-");
        let (fill, frame, width) = (&look.fill, &look.frame, &look.width);
        let dashed = if look.is_dashed {
            ",stroke-dasharray:5 4"
        } else {
            ""
        };
        let style = format!("fill:{fill},stroke:{frame},stroke-width:{width}px{dashed}");
        put(out, &format!("  classDef {name} {style}"));
        put(out, &format!("  class {} {name}", shapes.join(",")));
    }
    if !overdue.is_empty() {
        let color = state.overdue();
        put(out, &format!("  classDef overdue stroke:{color}"));
        put(out, &format!("  class {} overdue", overdue.join(",")));
    }
    let followed = state.followed().enumerate().filter(|(_, is)| *is);
    let followed: Vec<String> = followed.map(|(at, _)| at.to_string()).collect();
    if !followed.is_empty() {
        let all = followed.join(",");
        put(out, &format!("  linkStyle {all} stroke-width:6px"));
    }
}

/// Joins lines for a quoted label, each escaped.
fn lines(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("<br/>")
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
            _ if words::is_control(sign) => safe.push(' '),
            _ => safe.push(sign),
        }
    }
    safe
}

/// A text on one line that Mermaid takes as it is.
fn plain(text: &str) -> String {
    let harmless = |sign: char| match sign {
        '{' | '}' | '#' | ';' | '<' | '>' => ' ',
        _ if words::is_control(sign) => ' ',
        _ => sign,
    };
    text.chars().map(harmless).collect()
}
