//! The flowchart: its layout on the shipped flow and on large generated ones, what it is written
//! as, and an incident on it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use shodo::chart::scene::{Figure, Item, Part, Tone};
use shodo::chart::{
    self, Chart, Ground, Heading, Kind, Layout, Mark, Piece, Point, Progress, Rect, Sweeps, Texts,
};
use shodo::flow::{Basis, Flow, Language, NodeId, SHIPPED, Term};
use shodo::font::Fonts;
use shodo::incident::{Incident, Moment};
use shodo::words::Words;

use crate::support::{Walker, run, run_in, shipped, start, text, walks};

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// Large flows that are sound by how they are made: the same for the same seed.
pub(crate) mod generate;

struct Drawn {
    chart: Chart,
    texts: Texts,
    layout: Layout,
}

fn draw_with(flow: &Flow, language: Language, sweeps: Sweeps) -> Drawn {
    let words = Words::new(language);
    let chart = Chart::new(flow);
    let texts = Texts::new(&chart, flow, &words);
    let layout = chart::layout_with(&chart, &texts, &Fonts::new(), sweeps);
    Drawn {
        chart,
        texts,
        layout,
    }
}

fn draw(flow: &Flow, language: Language) -> Drawn {
    draw_with(flow, language, Sweeps::Barycentre)
}

/// The shipped flow in both languages, and generated ones of up to 300 nodes.
fn everything() -> Vec<(String, Flow, Language)> {
    let mut all = Vec::new();
    for language in LANGUAGES {
        all.push((format!("shipped {language:?}"), shipped().clone(), language));
    }
    for seed in 0..24 {
        let size = [12, 40, 100, 300][seed as usize % 4];
        let text = generate::flow(seed, size);
        let flow = Flow::read(&text).unwrap_or_else(|p| panic!("seed {seed}: {:?}\n{text}", p[0]));
        let language = LANGUAGES[seed as usize / 4 % 2];
        all.push((format!("seed {seed}, {size} nodes"), flow, language));
    }
    all
}

fn is_level(piece: &Piece) -> bool {
    piece.from.y == piece.to.y
}

/// Tells whether a piece has a point strictly inside a rectangle.
fn runs_through(piece: &Piece, rect: &Rect) -> bool {
    piece.from.x < rect.right()
        && rect.x < piece.to.x
        && piece.from.y < rect.bottom()
        && rect.y < piece.to.y
        || is_level(piece)
            && piece.from.x < rect.right()
            && rect.x < piece.to.x
            && rect.y < piece.from.y
            && piece.from.y < rect.bottom()
        || !is_level(piece)
            && rect.x < piece.from.x
            && piece.from.x < rect.right()
            && piece.from.y < rect.bottom()
            && rect.y < piece.to.y
}

fn pieces(layout: &Layout) -> impl Iterator<Item = (usize, &Piece)> {
    let wires = layout.wires.iter().enumerate();
    wires.flat_map(|(net, wire)| wire.pieces.iter().map(move |piece| (net, piece)))
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

#[test]
fn no_two_shapes_overlap_and_lanes_and_bands_hold_their_shapes() {
    for (name, flow, language) in everything() {
        let Drawn { chart, layout, .. } = draw(&flow, language);
        for (at, placed) in layout.shapes.iter().enumerate() {
            for (other, against) in layout.shapes.iter().enumerate().skip(at + 1) {
                let (a, b) = (&chart.shapes[at].id, &chart.shapes[other].id);
                assert!(!placed.rect.overlaps(&against.rect), "{name}: {a} and {b}");
            }
            let shape = &chart.shapes[at];
            assert!(
                holds(&layout.lanes[shape.lane], &placed.rect),
                "{name}: {}",
                shape.id
            );
            assert!(
                holds(&layout.bands[shape.band].0, &placed.rect),
                "{name}: {}",
                shape.id
            );
        }
        for lanes in layout.lanes.windows(2) {
            assert!(lanes[0].right() < lanes[1].x, "{name}");
        }
        for bands in layout.bands.windows(2) {
            assert_eq!(bands[0].0.bottom(), bands[1].0.y, "{name}");
        }
    }
}

#[test]
fn no_line_runs_through_a_shape() {
    for (name, flow, language) in everything() {
        let Drawn { chart, layout, .. } = draw(&flow, language);
        for (net, piece) in pieces(&layout) {
            for (at, placed) in layout.shapes.iter().enumerate() {
                assert!(
                    !runs_through(piece, &placed.rect),
                    "{name}: {} through {}",
                    chart.shapes[chart.nets[net].source].id,
                    chart.shapes[at].id
                );
            }
        }
    }
}

#[test]
fn no_label_lies_on_a_line_a_shape_or_another_label() {
    for (name, flow, language) in everything() {
        let Drawn { chart, layout, .. } = draw(&flow, language);
        let labels: Vec<(usize, Rect)> = layout
            .wires
            .iter()
            .enumerate()
            .filter_map(|(net, wire)| Some((net, wire.label_rect?)))
            .collect();
        for (at, (net, label)) in labels.iter().enumerate() {
            let of = &chart.shapes[chart.nets[*net].source].id;
            for (other, against) in &labels[at + 1..] {
                assert!(
                    !label.overlaps(against),
                    "{name}: labels of {of}, nets {net} and {other}"
                );
            }
            for placed in &layout.shapes {
                assert!(!label.overlaps(&placed.rect), "{name}: label of {of}");
            }
            for (line, piece) in pieces(&layout) {
                assert!(
                    !runs_through(piece, label),
                    "{name}: label of {of}, line of net {line}"
                );
            }
            for line in &layout.wires[*net].label {
                assert!(
                    line.at.x + line.width <= label.right(),
                    "{name}: {}",
                    line.text
                );
            }
        }
        for (rect, lines) in layout.heads.iter().chain(&layout.bands) {
            for line in lines {
                let end = line.at.x + line.width;
                assert!(
                    rect.x <= line.at.x && end <= rect.right(),
                    "{name}: {}",
                    line.text
                );
            }
        }
    }
}

#[test]
fn the_title_of_a_phase_has_room_in_its_band_however_long_it_is() {
    for language in [Language::Ja, Language::En] {
        let flow = shipped();
        let chart = Chart::new(flow);
        let mut texts = Texts::new(&chart, flow, &Words::new(language));
        for band in &mut texts.bands {
            *band = format!("{band} ").repeat(30);
        }
        let layout = chart::layout(&chart, &texts, &Fonts::new());
        for (rect, lines) in &layout.bands {
            let last = lines.last().unwrap();
            assert!(lines.len() > 9 && last.at.y < rect.bottom(), "{rect:?}");
        }
    }
    // Words of the shipped flow are not broken.
    let layout = draw(shipped(), Language::En).layout;
    let words = layout.bands.iter().flat_map(|(_, lines)| lines);
    let words: Vec<&str> = words.map(|line| line.text.trim()).collect();
    assert!(words.contains(&"Preparation"), "{words:?}");
}

#[test]
fn lines_of_different_nets_never_lie_on_one_another() {
    for (name, flow, language) in everything() {
        let Drawn { chart, layout, .. } = draw(&flow, language);
        for level in [true, false] {
            // Where they lie, from where to where, whose.
            let mut spans: Vec<(i32, i32, i32, usize)> = pieces(&layout)
                .filter(|(_, piece)| is_level(piece) == level)
                .map(|(net, piece)| {
                    let (from, to) = (piece.from, piece.to);
                    if level {
                        (from.y, from.x, to.x, net)
                    } else {
                        (from.x, from.y, to.y, net)
                    }
                })
                .collect();
            spans.sort_unstable();
            for (at, one) in spans.iter().enumerate() {
                let same_line = spans[at + 1..].iter().take_while(|other| other.0 == one.0);
                for other in same_line {
                    let source = |net: usize| &chart.shapes[chart.nets[net].source].id;
                    assert!(
                        other.1 > one.2 || one.3 == other.3,
                        "{name}: {} and {} at {one:?} {other:?}",
                        source(one.3),
                        source(other.3),
                    );
                }
            }
        }
    }
}

#[test]
fn every_arc_and_every_end_of_the_flow_is_in_the_chart() {
    for (name, flow, language) in everything() {
        let Drawn { chart, layout, .. } = draw(&flow, language);
        let has = |source: &NodeId, target: &str, arc: Option<usize>| {
            chart.branches().any(|(_, net, branch)| {
                chart.shapes[net.source].id == source.as_str()
                    && chart.shapes[branch.target].id == target
                    && (chart.shapes[branch.target].kind == Kind::End) == arc.is_none()
                    && arc.is_none_or(|arc| branch.arcs.contains(&arc))
            })
        };
        for (at, arc) in flow.arcs().iter().enumerate() {
            for (term, target) in arc
                .on
                .terms()
                .iter()
                .flat_map(|t| arc.opens.iter().map(move |o| (t, o)))
            {
                assert!(
                    has(term.node(), target.as_str(), Some(at)),
                    "{name}: arc {at}"
                );
            }
        }
        for end in flow.ends() {
            for term in end.on.terms() {
                assert!(has(term.node(), &end.id, None), "{name}: end {}", end.id);
            }
        }
        // Each line begins at the lower edge of its shape, hangs together, and ends on its target.
        for (net, wire) in chart.nets.iter().zip(&layout.wires) {
            let source = layout.shapes[net.source].rect;
            assert_eq!(wire.tips.len(), net.branches.len(), "{name}");
            for (branch, (to, tip)) in net.branches.iter().zip(&wire.tips).enumerate() {
                let target = layout.shapes[to.target].rect;
                assert!(
                    tip.y == target.y && target.x < tip.x && tip.x < target.right(),
                    "{name}"
                );
                let own: Vec<&Piece> = wire
                    .pieces
                    .iter()
                    .filter(|p| p.branches.contains(&branch))
                    .collect();
                let mut reached = BTreeSet::from([*tip]);
                while let Some(next) = own
                    .iter()
                    .find(|p| reached.contains(&p.from) != reached.contains(&p.to))
                {
                    reached.extend([next.from, next.to]);
                }
                let begins =
                    |p: &Point| p.y == source.bottom() && source.x < p.x && p.x < source.right();
                assert!(
                    reached.iter().any(begins),
                    "{name}: {} to {}",
                    chart.shapes[net.source].id,
                    chart.shapes[to.target].id
                );
                assert!(own.iter().all(|p| reached.contains(&p.from)), "{name}");
            }
        }
    }
}

#[test]
fn what_joins_says_whether_all_are_needed() {
    let Drawn { chart, layout, .. } = draw(shipped(), Language::Ja);
    let at = |id: &str| chart.at(&NodeId::from(id)).unwrap();
    let bars: BTreeSet<&str> = layout
        .bars
        .iter()
        .map(|bar| chart.shapes[bar.target].id.as_str())
        .collect();
    assert_eq!(bars, BTreeSet::from(["2-16", "ended", "prepared"]));
    for bar in &layout.bars {
        let rect = layout.shapes[bar.target].rect;
        assert!(bar.from.y < rect.y && rect.x <= bar.from.x && bar.to.x <= rect.right());
    }
    // The join of 2-16 has two lines, "possible" or "skipped", and 2-14; 2-15 comes by itself.
    let lines: Vec<(&str, bool)> = chart
        .branches()
        .filter(|(_, _, branch)| branch.target == at("2-16"))
        .map(|(_, net, branch)| (chart.shapes[net.source].id.as_str(), branch.join.is_some()))
        .collect();
    assert_eq!(lines, [("2-14", true), ("2-15", false), ("D3", true)]);
}

#[test]
fn titles_and_numbers_fit_their_shapes() {
    for (name, flow, language) in everything() {
        let Drawn { texts, layout, .. } = draw(&flow, language);
        for (placed, (number, title)) in layout.shapes.iter().zip(&texts.shapes) {
            let rect = placed.rect;
            for line in placed.title.iter().chain([&placed.number]) {
                assert!(
                    line.at.x >= rect.x + 8 && line.at.x + line.width <= rect.right() - 4,
                    "{name}: {}",
                    line.text
                );
                assert!(
                    line.at.y - 10 >= rect.y && line.at.y + 3 <= rect.bottom(),
                    "{name}: {}",
                    line.text
                );
            }
            assert_eq!(placed.number.text, *number);
            let shown: String = placed
                .title
                .iter()
                .flat_map(|line| line.text.chars())
                .filter(|c| !c.is_whitespace())
                .collect();
            let meant: String = title.chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(shown, meant, "{name}");
        }
    }
}

#[test]
fn the_layout_crosses_less_than_the_order_of_the_file() {
    let (mut ours, mut plain) = (0, 0);
    println!(
        "{:<22} {:>10} {:>10} {:>8} {:>8}",
        "crossings", "file order", "sweeps", "bends", "size"
    );
    for (name, flow, language) in everything() {
        let best = draw(&flow, language).layout;
        let base = draw_with(&flow, language, Sweeps::FileOrder).layout;
        println!(
            "{name:<22} {:>10} {:>10} {:>8} {}x{}",
            base.crossings, best.crossings, best.bends, best.width, best.height
        );
        if name.starts_with("shipped") {
            assert!(best.crossings <= base.crossings, "{name}");
        }
        ours += best.crossings;
        plain += base.crossings;
    }
    println!("all: {plain} in the order of the file, {ours} with sweeps");
    assert!(ours < plain);
}

fn svg(flow: &Flow, language: Language, progress: Option<&Progress>) -> String {
    let words = Words::new(language);
    let Drawn {
        chart,
        texts,
        layout,
    } = draw(flow, language);
    let heading = Heading {
        title: flow.title().get(language).to_owned(),
        lines: vec![flow.version().to_owned()],
        notice: flow.notice().get(language).to_owned(),
    };
    let (of, fonts) = ((&chart, &texts, &layout), Fonts::new());
    let sheet = chart::Sheet::new(of, &heading, progress, &words, &fonts);
    chart::svg::write(&sheet, &fonts)
}

#[test]
fn the_same_flow_gives_the_same_bytes() {
    for language in LANGUAGES {
        let again = Flow::read(SHIPPED[0].text).unwrap();
        assert_eq!(svg(shipped(), language, None), svg(&again, language, None));
    }
    let text = generate::flow(3, 300);
    let flow = || Flow::read(&text).unwrap();
    assert_eq!(
        draw(&flow(), Language::Ja).layout,
        draw(&flow(), Language::Ja).layout
    );
}

#[test]
fn the_svg_is_well_formed_names_itself_and_has_no_script_and_no_font() {
    let mut walker = Walker::through("saw");
    walker.must("choose D0 yes --why <b>&\"quoted\"</b> --by x");
    for language in LANGUAGES {
        let chart = Chart::new(shipped());
        let progress = Progress::new(&chart, shipped(), &walker.incident, crate::support::at(99));
        for progress in [None, Some(&progress)] {
            let text = svg(shipped(), language, progress);
            let parsed = roxmltree::Document::parse(&text).unwrap();
            let root = parsed.root_element();
            let child = |name: &str| root.children().find(|node| node.has_tag_name(name));
            let named = |name: &str| {
                let node = root
                    .children()
                    .find(|node| node.tag_name().name() == name)
                    .unwrap();
                (
                    node.attribute("id").unwrap(),
                    node.text().unwrap().to_owned(),
                )
            };
            assert!(child("script").is_none());
            let (title, description) = (named("title"), named("desc"));
            assert_eq!(root.attribute("aria-labelledby"), Some("title desc"));
            assert_eq!((title.0, description.0), ("title", "desc"));
            assert_eq!(title.1, shipped().title().get(language));
            assert!(description.1.contains(shipped().notice().get(language)));
            for (_, node) in shipped().nodes() {
                assert!(
                    description.1.contains(node.title().get(language)),
                    "{}",
                    node.id()
                );
            }
            let mut ids = BTreeSet::new();
            for node in parsed.descendants().filter(|node| node.is_element()) {
                let name = node.tag_name().name();
                assert!(
                    matches!(
                        name,
                        "svg"
                            | "title"
                            | "desc"
                            | "defs"
                            | "g"
                            | "path"
                            | "rect"
                            | "circle"
                            | "use"
                    ),
                    "{name}"
                );
                assert!(
                    node.attributes()
                        .all(|a| !a.name().starts_with("on") && a.name() != "style")
                );
                if let Some(id) = node.attribute("id") {
                    assert!(ids.insert(id), "{id} twice");
                }
            }
            for node in parsed
                .descendants()
                .filter(|node| node.tag_name().name() == "use")
            {
                let glyph = node.attribute("href").unwrap().strip_prefix('#').unwrap();
                assert!(ids.contains(glyph), "{glyph}");
            }
        }
    }
}

#[test]
fn a_text_of_the_flow_cannot_break_what_is_written() {
    let nasty = "<script>\\\"&amp;]]></title>--> %% {{x}} #quot; \\\\n";
    let source = generate::flow(1, 12)
        .replace("何かをする", nasty)
        .replace("Do something", nasty);
    let flow = Flow::read(&source).unwrap();
    let text = svg(&flow, Language::Ja, None);
    let parsed = roxmltree::Document::parse(&text).unwrap();
    assert!(
        parsed
            .descendants()
            .all(|node| node.tag_name().name() != "script")
    );
    let words = Words::new(Language::En);
    let chart = Chart::new(&flow);
    let texts = Texts::new(&chart, &flow, &words);
    let nasty = Heading {
        title: nasty.to_owned(),
        lines: vec![nasty.to_owned()],
        notice: nasty.to_owned(),
    };
    let incident = Incident::new(&flow);
    let progress = Progress::new(&chart, &flow, &incident, crate::support::at(0));
    for state in [None, Some((&progress, &words))] {
        let mermaid = chart::mermaid::write(&chart, &texts, &nasty, state);
        assert!(!mermaid.contains("<script>"));
        graphviz(&chart::dot::write(&chart, &texts, &nasty, state));
    }
}

#[test]
fn no_control_character_and_no_direction_mark_is_in_what_is_written() {
    let turned = "a\u{202e}b\u{2066}c\u{200f}d\u{61c}e\u{2028}f\u{9b}g";
    let source = generate::flow(1, 12)
        .replace("何かをする", turned)
        .replace("Do something", turned);
    let flow = Flow::read(&source).unwrap();
    let heading = Heading {
        title: turned.to_owned(),
        lines: vec![turned.to_owned()],
        notice: turned.to_owned(),
    };
    let words = Words::new(Language::Ja);
    let chart = Chart::new(&flow);
    let texts = Texts::new(&chart, &flow, &words);
    assert!(texts.shapes.iter().any(|(_, title)| title.contains(turned)));
    let fonts = Fonts::new();
    let layout = chart::layout(&chart, &texts, &fonts);
    let sheet = chart::Sheet::new((&chart, &texts, &layout), &heading, None, &words, &fonts);
    let incident = Incident::new(&flow);
    let progress = Progress::new(&chart, &flow, &incident, crate::support::at(0));
    let state = Some((&progress, &words));
    let picture = chart::png::write(&sheet, 1, &fonts).unwrap();
    for text in [
        chart::svg::write(&sheet, &fonts),
        chart::mermaid::write(&chart, &texts, &heading, state),
        chart::dot::write(&chart, &texts, &heading, state),
        // What it is called stands in front of what is painted.
        String::from_utf8_lossy(&picture[..1000]).into_owned(),
    ] {
        let is_one = |sign: &char| "\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{9b}".contains(*sign);
        assert_eq!(text.chars().find(is_one), None);
        assert!(text.contains("abcdefg") || text.contains("a b c d e f g"));
    }
}

/// Has Graphviz read a graph and write it again; gives what it wrote.
fn graphviz(text: &str) -> String {
    let mut child = Command::new("dot")
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Graphviz's dot is needed for this test");
    let mut stdin = child.stdin.take().unwrap();
    let input = text.to_owned();
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("rror"), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn graphviz_reads_every_shape_and_every_arrow() {
    for language in LANGUAGES {
        let Drawn { chart, texts, .. } = draw(shipped(), language);
        let words = Words::new(language);
        let (walker, now) = half_way();
        let progress = Progress::new(&chart, shipped(), &walker.incident, now);
        for state in [None, Some((&progress, &words))] {
            let text = chart::dot::write(&chart, &texts, &heading(language), state);
            let written = graphviz(&text);
            let count = |word: &str| {
                written
                    .lines()
                    .filter(|line| line.starts_with(word))
                    .count()
            };
            assert_eq!(count("node "), chart.shapes.len());
            assert_eq!(count("edge "), chart.branches().count());
        }
    }
}

fn heading(language: Language) -> Heading {
    Heading {
        title: shipped().title().get(language).to_owned(),
        lines: vec!["as of 20".to_owned(), "edition".to_owned()],
        notice: shipped().notice().get(language).to_owned(),
    }
}

/// An incident with every mark, steps begun several times and a deadline that has passed; and the
/// moment at which it is looked at.
fn half_way() -> (Walker, Moment) {
    let walk = walks()
        .into_iter()
        .find(|w| w.name == "08-d5-no-twice")
        .unwrap();
    let mut walker = Walker::through("saw");
    for (line, _) in &walk.lines[1..] {
        walker.say(line).unwrap();
    }
    for line in [
        "park 4-9",
        "knew ppc",
        "reopen 2-4",
        "change D2 yes",
        "skip 2-6",
    ] {
        walker.must(line);
    }
    (walker, crate::support::at(60 * 24 * 40))
}

/// The lines of a chart as text in which the shapes stand, in the order of the chart.
fn shape_lines(text: &str, chart: &Chart) -> Vec<String> {
    let shapes = 0..chart.shapes.len();
    let line = |at: usize| {
        let is_it = |line: &&str| {
            let rest = line.trim_start().strip_prefix(&format!("n{at}"));
            rest.is_some_and(|rest| rest.starts_with([' ', '[', '(', '{']) && !rest.contains("->"))
                && !line.contains("==>")
                && !line.contains("-.->")
        };
        text.lines().find(is_it).unwrap().to_owned()
    };
    shapes.map(line).collect()
}

#[test]
fn a_chart_as_text_says_the_state_of_every_shape_and_the_way_taken() {
    let (walker, now) = half_way();
    for language in LANGUAGES {
        let words = Words::new(language);
        let Drawn { chart, texts, .. } = draw(shipped(), language);
        let progress = Progress::new(&chart, shipped(), &walker.incident, now);
        let state = Some((&progress, &words));
        let heading = heading(language);
        let dot = chart::dot::write(&chart, &texts, &heading, state);
        let mermaid = chart::mermaid::write(&chart, &texts, &heading, state);
        // Which state it is stands above it.
        let title = shipped().title().get(language);
        assert!(dot.contains(&format!("label=\"{title}\\nas of 20\\nedition\\n")));
        let above = format!("---\ntitle: \"{title} / as of 20 / edition\"\n---\nflowchart TB\n");
        assert!(mermaid.starts_with(&above), "{mermaid}");
        assert!(mermaid.contains("accDescr: as of 20 / edition / "));
        // In words, so that nobody needs the colours.
        let mut marks = BTreeSet::new();
        let (in_dot, in_mermaid) = (shape_lines(&dot, &chart), shape_lines(&mermaid, &chart));
        for (at, shape) in chart.shapes.iter().enumerate() {
            let standing = progress.standing(at);
            marks.insert(standing.mark);
            let mut says = words.get(standing.mark.key());
            if standing.attempts > 1 {
                says.push_str(", ");
                says.push_str(&words.count("chart-attempts", standing.attempts));
            }
            if standing.overdue {
                says.push_str(", ");
                says.push_str(&words.get("chart-overdue"));
            } else if standing.unreported {
                says.push_str(", ");
                says.push_str(&words.get("duty-running"));
            }
            let line = &in_dot[at];
            let is_open = standing.mark == Mark::Open;
            assert!(line.ends_with(&format!("\\n{says}\"];")), "{line}");
            assert!(line.contains("filled") && line.contains("fillcolor=\"#"));
            assert_eq!(line.contains("penwidth=3.4"), is_open, "{line}");
            let is_withdrawn = standing.mark == Mark::Withdrawn;
            assert_eq!(line.contains("dashed"), is_withdrawn, "{line}");
            let line = &in_mermaid[at];
            assert!(
                line.contains(&format!("<br/>{says}\"")),
                "{}: {line}",
                shape.id
            );
            let name = standing.mark.key().strip_prefix("state-").unwrap();
            let has_class = |name: &str| {
                let classes = mermaid
                    .lines()
                    .filter_map(|line| line.strip_prefix("  class "));
                let mut classes = classes.filter_map(|line| line.split_once(' '));
                classes.any(|(shapes, of)| {
                    of == name && shapes.split(',').any(|shape| shape == format!("n{at}"))
                })
            };
            assert!(has_class(name) && mermaid.contains(&format!("classDef {name} fill:#")));
            assert_eq!(has_class("overdue"), standing.overdue);
        }
        assert_eq!(marks.len(), 7, "{marks:?}");
        for words in [
            words.count("chart-attempts", 3),
            words.get("chart-overdue"),
            words.get("state-withdrawn"),
        ] {
            assert!(dot.contains(&words) && mermaid.contains(&words), "{words}");
        }
        // The way taken is heavier.
        let links = mermaid.lines().find_map(|line| {
            let rest = line.strip_prefix("  linkStyle ")?;
            rest.strip_suffix(" stroke-width:6px")
        });
        let links: Vec<&str> = links.unwrap().split(',').collect();
        let arrows: Vec<&str> = dot.lines().filter(|line| line.contains(" -> ")).collect();
        let all = progress.travelled.iter().flatten().enumerate();
        assert_eq!(all.clone().count(), arrows.len());
        for (at, travelled) in all {
            assert_eq!(arrows[at].contains("penwidth=3,"), *travelled);
            assert_eq!(links.contains(&at.to_string().as_str()), *travelled);
        }
        assert!(links.len() > 10 && links.len() < arrows.len());
    }
}

#[test]
fn a_chart_as_text_of_a_flow_alone_has_no_state() {
    for language in LANGUAGES {
        let Drawn { chart, texts, .. } = draw(shipped(), language);
        let dot = chart::dot::write(&chart, &texts, &heading(language), None);
        let mermaid = chart::mermaid::write(&chart, &texts, &heading(language), None);
        for word in [
            "as of 20",
            "penwidth",
            "filled",
            "classDef",
            "linkStyle",
            "---\n",
        ] {
            assert!(!dot.contains(word) && !mermaid.contains(word), "{word}");
        }
    }
}

#[test]
fn a_chart_as_text_of_an_earlier_entry_has_its_state_and_says_which() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    let lines = b"done 1-1\nchoose D0 no --why x --by y\n";
    assert!(
        run(data.path(), &["incident", "do", &folder], lines)
            .status
            .success()
    );
    for (name, first) in [("a.dot", "1-1 "), ("a.mmd", "1-1 ")] {
        let out = data.path().join(name);
        let written = |more: &[&str]| {
            let all = ["flow", "chart", "--incident", &folder, "--out"];
            let all = [&all[..], &[out.to_str().unwrap()], more].concat();
            let output = run(data.path(), &all, b"");
            assert!(output.status.success(), "{}", text(&output.stderr));
            std::fs::read_to_string(&out).unwrap()
        };
        let line = |text: &str| {
            let mut lines = text.lines().filter(|line| line.contains(first));
            lines.next().unwrap().to_owned()
        };
        let (now, then) = (written(&[]), written(&["--at", "1"]));
        assert!(
            line(&now).contains("done") && line(&then).contains("open"),
            "{then}"
        );
        assert!(now.contains("As of entry 3 (") && then.contains("As of entry 1 ("));
        assert!(then.contains("Live: test"));
        // An earlier state does not change with the clock.
        assert_eq!(written(&["--at", "1"]), then);
    }
}

#[test]
fn a_chart_of_a_damaged_record_shows_what_stands_before_it_or_says_that_nothing_does() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    assert!(
        run(
            data.path(),
            &["incident", "do", &folder],
            b"note abcde\nnote x\n"
        )
        .status
        .success()
    );
    let journal = std::path::Path::new(&folder).join("journal.ron");
    let whole = std::fs::read_to_string(&journal).unwrap();
    let out = data.path().join("a.dot").display().to_string();
    let commands: [&[&str]; 3] = [
        &["incident", "show", &folder],
        &["flow", "chart", "--incident", &folder, "--out", &out],
        &[
            "flow",
            "chart",
            "--incident",
            &folder,
            "--at",
            "1",
            "--out",
            &out,
        ],
    ];
    for (was, is, in_words) in [
        ("abcde", "abcdx", ""),
        ("test", "rest", "no entry of this incident can be read"),
    ] {
        std::fs::write(&journal, whole.replace(was, is)).unwrap();
        for command in commands {
            let output = run(data.path(), command, b"");
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
            assert!(said.starts_with("notice: Record "), "{said}");
            assert!(
                said.contains(in_words) && !said.contains("there is no entry"),
                "{said}"
            );
            assert_eq!(output.stdout.is_empty(), !in_words.is_empty());
        }
        assert_eq!(std::fs::remove_file(&out).is_ok(), in_words.is_empty());
    }
}

#[test]
fn mermaid_has_every_shape_and_every_arrow() {
    for language in LANGUAGES {
        let Drawn { chart, texts, .. } = draw(shipped(), language);
        let notice = shipped().notice().get(language);
        let text = chart::mermaid::write(&chart, &texts, &heading(language), None);
        assert!(text.starts_with("flowchart TB\n") && text.contains(notice));
        for (at, (number, _)) in texts.shapes.iter().enumerate() {
            let here = text.lines().any(|line| {
                let line = line.trim_start();
                line.starts_with(&format!("n{at}")) && line.contains(&format!("\"{number} "))
            });
            assert!(here, "{number}");
        }
        let arrows = text
            .lines()
            .filter(|line| line.contains("> n") || line.contains("| n"))
            .count();
        assert_eq!(arrows, chart.branches().count());
    }
}

/// How long the dashes of a line and the gaps between them are; none where it is whole.
type Dashes = Option<(i32, i32)>;

#[test]
fn every_line_has_the_stroke_of_its_basis_and_the_legend_names_all_three() {
    let flow = shipped();
    let words = Words::new(Language::En);
    let fonts = Fonts::new();
    let Drawn { chart, layout, .. } = draw(flow, Language::En);
    let stroke = |ground: Ground| match ground {
        Ground::Text => None,
        Ground::Order => Some((9, 4)),
        Ground::Derived => Some((3, 3)),
    };
    // The ground of a branch is the strongest of its arcs.
    for (_, _, branch) in chart.branches() {
        let of = |arc: &usize| match flow.arcs()[*arc].basis {
            Basis::Text(_) => Ground::Text,
            Basis::Order(_) => Ground::Order,
            Basis::Derived(_) => Ground::Derived,
        };
        if let Some(strongest) = branch.arcs.iter().map(of).min() {
            assert_eq!(branch.basis, strongest);
        }
    }
    let lines = |items: &[Item]| -> Vec<(Dashes, Vec<Point>)> {
        let of = |item: &Item| match (&item.figure, item.line) {
            (Figure::Strokes(lines), Some(line)) if line.tone != Tone::Panel => lines
                .iter()
                .map(|points| (line.dashes, points.clone()))
                .collect(),
            _ => Vec::new(),
        };
        items.iter().flat_map(of).collect()
    };
    let groups = chart::draw(&chart, &layout, None, &words, &fonts);
    let mut seen = BTreeSet::new();
    for group in &groups {
        let Part::Wire(net) = group.part else {
            continue;
        };
        let drawn = lines(&group.items);
        for piece in &layout.wires[net].pieces {
            let branches = piece.branches.iter();
            let grounds = branches.map(|branch| chart.nets[net].branches[*branch].basis);
            let ground = grounds.min().unwrap();
            let line = (stroke(ground), vec![piece.from, piece.to]);
            assert!(drawn.contains(&line), "{line:?} of net {net}");
            seen.insert(ground);
        }
    }
    assert_eq!(seen.len(), 3);
    // In the legend a word follows each line.
    let (legend, _) = chart::legend(4_000, &words, false, &fonts);
    let items = &legend[0].items;
    for ground in [Ground::Text, Ground::Order, Ground::Derived] {
        let word = words.get(chart::basis_key(ground));
        let is_word = |item: &Item| matches!(&item.figure, Figure::Text(line) if line.text == word);
        let at = items.iter().position(is_word).unwrap();
        assert_eq!(items[at - 1].line.unwrap().dashes, stroke(ground), "{word}");
    }
}

#[test]
fn the_marks_are_those_of_the_incident_after_any_entry() {
    let chart = Chart::new(shipped());
    for walk in walks() {
        let mut walker = Walker::through(walk.lines[0].0.strip_prefix("door ").unwrap());
        for (line, _) in &walk.lines[1..] {
            walker.say(line).ok();
            let progress =
                Progress::new(&chart, shipped(), &walker.incident, crate::support::at(0));
            for (at, shape) in chart.shapes.iter().enumerate() {
                let Some(node) = shape.node else { continue };
                let state = walker.incident.marking().mark(node).state;
                assert_eq!(
                    progress.standing(at).mark,
                    Mark::of(
                        state,
                        walker.incident.how(shipped(), &shape.id.as_str().into())
                    ),
                    "{}: {}",
                    walk.name,
                    shape.id
                );
            }
            let ends: BTreeSet<&str> = shipped()
                .reached_ends(walker.incident.marking())
                .map(|e| e.id.as_str())
                .collect();
            for (at, shape) in chart
                .shapes
                .iter()
                .enumerate()
                .filter(|(_, s)| s.kind == Kind::End)
            {
                assert_eq!(
                    progress.standing(at).mark == Mark::Done,
                    ends.contains(shape.id.as_str())
                );
            }
            // What was opened by an arc was come to by a line, and only from what had happened.
            for (net, of, branch) in chart.branches() {
                let at = of.branches.iter().position(|b| b == branch).unwrap();
                if progress.is_travelled(net, at) {
                    let source = NodeId::from(chart.shapes[of.source].id.as_str());
                    assert!(
                        !walker.incident.attempts(&source).is_empty(),
                        "{}: {source}",
                        walk.name
                    );
                }
            }
            for (at, arc) in opened_by_arcs(&chart, &walker) {
                let come = chart.branches().any(|(net, of, branch)| {
                    let place = of.branches.iter().position(|b| b == branch).unwrap();
                    branch.target == at
                        && branch.arcs.contains(&arc)
                        && progress.is_travelled(net, place)
                });
                assert!(come, "{}: {line}: arc {arc}", walk.name);
            }
        }
    }
}

/// The shapes that arcs have opened or asked for, with the arc; those on the way of a loop aside.
fn opened_by_arcs(chart: &Chart, walker: &Walker) -> Vec<(usize, usize)> {
    let nodes = chart.shapes.iter().enumerate();
    let nodes = nodes.filter(|(_, shape)| shape.kind != Kind::End);
    nodes
        .flat_map(|(at, shape)| {
            let attempts = walker.incident.attempts(&NodeId::from(shape.id.as_str()));
            let arcs = attempts.iter().flat_map(|attempt| &attempt.arcs);
            let opens = |arc: &&usize| {
                let opens = &shipped().arcs()[**arc].opens;
                opens.iter().any(|id| id.as_str() == shape.id)
            };
            arcs.filter(opens).map(move |arc| (at, *arc))
        })
        .collect()
}

#[test]
fn attempts_are_counted_and_a_deadline_that_has_passed_is_marked() {
    let chart = Chart::new(shipped());
    let at = |id: &str| chart.at(&NodeId::from(id)).unwrap();
    let walk = walks()
        .into_iter()
        .find(|w| w.name == "08-d5-no-twice")
        .unwrap();
    let mut walker = Walker::through(walk.lines[0].0.strip_prefix("door ").unwrap());
    for (line, _) in &walk.lines[1..] {
        walker.say(line).ok();
    }
    let progress = Progress::new(&chart, shipped(), &walker.incident, crate::support::at(0));
    assert_eq!(progress.standing(at("3-3")).attempts, 3);
    let mut walker = Walker::through("saw");
    walker.must("knew ppc");
    let early = Progress::new(&chart, shipped(), &walker.incident, crate::support::at(60));
    assert!(!early.standing(at("4-3")).overdue);
    let late = Progress::new(
        &chart,
        shipped(),
        &walker.incident,
        crate::support::at(60 * 24 * 40),
    );
    assert!(late.standing(at("4-3")).overdue);
    assert!(svg(shipped(), Language::En, Some(&late)).contains("overdue"));
}

#[test]
fn flow_chart_writes_each_format_whole_and_refuses_what_it_does_not_know() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "staff");
    let out = |name: &str| data.path().join(name).display().to_string();
    for name in ["a.svg", "a.png", "a.mmd", "a.DOT"] {
        let output = run(data.path(), &["flow", "chart", "--out", &out(name)], b"");
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(name));
        assert!(std::fs::metadata(out(name)).unwrap().len() > 4000);
    }
    let of_incident = [
        "flow",
        "chart",
        "--incident",
        &folder,
        "--at",
        "1",
        "--out",
        &out("b.svg"),
    ];
    assert!(
        run_in("ja", data.path(), &of_incident, b"")
            .status
            .success()
    );
    let first = std::fs::read_to_string(out("b.svg")).unwrap();
    assert!(first.contains("対応中") && first.contains("矢印は本文から推定"));
    // An earlier state does not change with the clock.
    assert!(
        run_in("ja", data.path(), &of_incident, b"")
            .status
            .success()
    );
    assert_eq!(std::fs::read_to_string(out("b.svg")).unwrap(), first);
    for (arguments, says) in [
        (vec!["--out", "x.pdf"], ".svg, .png, .mmd, .dot"),
        (vec!["--out", "x"], ".svg, .png, .mmd, .dot"),
        (
            vec!["--incident", &folder, "--at", "99", "--out", "x.svg"],
            "there is no entry 99",
        ),
        (vec!["--at", "1", "--out", "x.svg"], "--incident"),
        (vec!["nowhere", "--out", "x.svg"], "there is no flow"),
        (vec!["--out", "/nowhere/at/all/x.svg"], "/nowhere/at/all"),
    ] {
        let all: Vec<&str> = ["flow", "chart"].into_iter().chain(arguments).collect();
        let output = run(data.path(), &all, b"");
        assert_eq!(output.status.code(), Some(2), "{all:?}");
        assert!(
            text(&output.stderr).contains(says),
            "{all:?}: {}",
            text(&output.stderr)
        );
    }
    assert!(!std::path::Path::new("x.svg").exists());
}

#[test]
fn generated_flows_have_what_a_chart_can_meet() {
    let (mut all, mut loops, mut largest) = (0, 0, 0);
    for (_, flow, _) in everything() {
        largest = largest.max(flow.nodes().count());
        for arc in flow.arcs() {
            all += usize::from(matches!(arc.on, shodo::flow::On::All(_)));
            loops += usize::from(arc.mode == shodo::flow::Mode::Loop);
            assert!(
                arc.on
                    .terms()
                    .iter()
                    .all(|t| !matches!(t, Term::Ticked(_, item) if item.is_empty()))
            );
        }
    }
    let mut said = String::new();
    write!(
        said,
        "{all} joins of all, {loops} loops, {largest} nodes at most"
    )
    .unwrap();
    println!("{said}");
    assert!(all > 20 && loops > 20 && largest >= 290, "{said}");
}
