//! The chart on paper: as a picture, and on pages for the wall.

use std::io::Cursor;
use std::path::Path;

use shodo::chart::png::{self, PngError};
use shodo::chart::scene::{Figure, Part};
use shodo::chart::tiles::{MARGIN, PAGES_LIMIT};
use shodo::chart::{self, Chart, Heading, Page, Paper, Progress, Rect, Sheet, Texts, Tile, Tiles};
use shodo::flow::{Flow, Language, NodeId};
use shodo::font::Fonts;
use shodo::words::Words;

use crate::charts::generate;
use crate::support::{Walker, run, run_in, shipped, start, text};

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

fn sheet(flow: &Flow, language: Language, progress: Option<&Progress>) -> Sheet {
    let words = Words::new(language);
    let chart = Chart::new(flow);
    let texts = Texts::new(&chart, flow, &words);
    let fonts = Fonts::new();
    let layout = chart::layout(&chart, &texts, &fonts);
    let heading = Heading {
        title: flow.title().get(language).to_owned(),
        lines: vec![flow.version().to_owned()],
        notice: flow.notice().get(language).to_owned(),
    };
    Sheet::new(
        (&chart, &texts, &layout),
        &heading,
        progress,
        &words,
        &fonts,
    )
}

/// The shipped flow with its first step open, and that step.
fn open_step() -> (Sheet, usize) {
    let walker = Walker::through("saw");
    let chart = Chart::new(shipped());
    let progress = Progress::new(&chart, shipped(), &walker.incident, crate::support::at(0));
    let at = chart.at(&NodeId::from("1-1")).unwrap();
    assert_eq!(progress.standing(at).mark, chart::Mark::Open);
    (sheet(shipped(), Language::Ja, Some(&progress)), at)
}

fn frame(sheet: &Sheet, at: usize) -> Rect {
    let group = sheet.groups.iter().find(|g| g.part == Part::Shape(at));
    match &group.unwrap().items[0].figure {
        Figure::Rect { rect, .. } => *rect,
        other => panic!("{other:?}"),
    }
}

/// Every cut of a sheet that may be asked for, and the sheet's size.
fn cuts() -> Vec<((i32, i32), Tiles)> {
    let mut all = Vec::new();
    for size in [(1, 1), (716, 1046), (717, 1047), (2356, 4145), (5000, 900)] {
        for paper in [Paper::A3, Paper::A4] {
            for percent in [50, 67, 99, 100, 133, 250, 400] {
                if let Ok(tiles) = Tiles::new(size, paper, percent) {
                    all.push((size, tiles));
                }
            }
        }
    }
    assert!(all.len() > 60);
    all
}

/// Gives the windows along one side, which are the same in every row or column.
fn along(all: &[Tile], of: fn(&Rect) -> (i32, i32)) -> Vec<(i32, i32)> {
    let mut spans: Vec<(i32, i32)> = all.iter().map(|tile| of(&tile.window)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

#[test]
fn the_pages_hold_the_whole_sheet_and_neighbours_share_what_is_promised() {
    for (size, tiles) in cuts() {
        let all: Vec<Tile> = tiles.all().collect();
        assert_eq!(all.len() as i64, tiles.count());
        let across = along(&all, |window| (window.x, window.right()));
        let down = along(&all, |window| (window.y, window.bottom()));
        assert_eq!(all.len(), across.len() * down.len(), "{tiles:?}");
        for (spans, length) in [(across, size.0), (down, size.1)] {
            assert_eq!(spans[0].0, 0);
            assert!(spans.last().unwrap().1 >= length, "{tiles:?}");
            for pair in spans.windows(2) {
                assert_eq!(pair[0].1 - pair[1].0, tiles.overlap, "{tiles:?}");
                assert!(pair[0].1 < length, "a page too many: {tiles:?}");
            }
        }
    }
}

#[test]
fn a_page_shares_ten_millimetres_and_has_ten_millimetres_around_its_window() {
    // In millimetres, of units of the sheet.
    let printed =
        |units: i32, tiles: &Tiles| f64::from(units * tiles.percent) / 100.0 * 25.4 / 96.0;
    for (_, tiles) in cuts() {
        let overlap = printed(tiles.overlap, &tiles);
        assert!((10.0..11.2).contains(&overlap), "{tiles:?}: {overlap}");
        let margin = f64::from(MARGIN) * 25.4 / 96.0;
        assert!(margin >= 10.0);
        for (page, window) in [
            (tiles.page.0, tiles.window.0),
            (tiles.page.1, tiles.window.1),
        ] {
            let rest = f64::from(page) - margin - printed(window, &tiles);
            assert!((10.0..11.5).contains(&rest), "{tiles:?}: {rest}");
        }
    }
}

#[test]
fn what_is_no_larger_than_the_overlap_is_whole_on_one_page() {
    let sheet = sheet(shipped(), Language::Ja, None);
    let tiles = Tiles::new((sheet.width, sheet.height), Paper::A4, 100).unwrap();
    let mut small = 0;
    for item in sheet.groups.iter().flat_map(|group| &group.items) {
        let bounds = item.bounds();
        if bounds.w > tiles.overlap || bounds.h > tiles.overlap {
            continue;
        }
        small += 1;
        let whole = |tile: Tile| tile.window.and(&bounds) == tile.window;
        assert!(tiles.all().any(whole), "{item:?}");
    }
    assert!(small > 100, "{small}");
}

#[test]
fn pages_lie_on_their_side_only_where_that_takes_fewer() {
    let sideways = |size, paper| {
        let tiles = Tiles::new(size, paper, 100).unwrap();
        (tiles.is_sideways(), tiles.count())
    };
    assert_eq!(sideways((700, 1000), Paper::A4), (false, 1));
    assert_eq!(sideways((1000, 700), Paper::A4), (true, 1));
    assert_eq!(sideways((700, 700), Paper::A4), (false, 1));
    assert_eq!(sideways((1000, 1400), Paper::A3), (false, 1));
    assert_eq!(sideways((1500, 1000), Paper::A3), (true, 1));
}

#[test]
fn more_pages_than_the_limit_are_refused_with_their_number() {
    let refused = Tiles::new((100_000, 100_000), Paper::A4, 100).unwrap_err();
    assert!(refused.count > PAGES_LIMIT, "{refused}");
    assert!(refused.to_string().contains("at most 200"));
    // No size is too large to be refused.
    assert!(Tiles::new((i32::MAX, i32::MAX), Paper::A4, 50).is_err());
}

#[test]
fn a_page_is_as_large_as_its_paper_and_has_what_its_window_touches() {
    let fonts = Fonts::new();
    for language in LANGUAGES {
        let words = Words::new(language);
        let sheet = sheet(shipped(), language, None);
        for (paper, percent) in [(Paper::A3, 100), (Paper::A4, 67)] {
            let tiles = Tiles::new((sheet.width, sheet.height), paper, percent).unwrap();
            let mut pages = Vec::new();
            for tile in tiles.all() {
                let page = Page::new(&sheet, (&tiles, tile), &words, &fonts);
                let text = chart::svg::write_page(&page, &fonts);
                let parsed = roxmltree::Document::parse(&text).unwrap();
                let root = parsed.root_element();
                let (width, height) = tiles.page;
                assert_eq!(root.attribute("width"), Some(&*format!("{width}mm")));
                assert_eq!(root.attribute("height"), Some(&*format!("{height}mm")));
                let known = [
                    "svg", "title", "desc", "defs", "g", "path", "rect", "circle", "use",
                    "clipPath",
                ];
                let mut ids = std::collections::BTreeSet::new();
                let mut named = Vec::new();
                for node in parsed.descendants().filter(|node| node.is_element()) {
                    let name = node.tag_name().name();
                    assert!(known.contains(&name), "{name}");
                    ids.extend(node.attribute("id"));
                    if name == "title" && node.parent_element() != Some(root) {
                        named.push(node.text().unwrap());
                    }
                }
                for node in parsed.descendants().filter(|n| n.has_attribute("href")) {
                    let glyph = node.attribute("href").unwrap().strip_prefix('#').unwrap();
                    assert!(ids.contains(glyph), "{glyph}");
                }
                let clip = parsed.descendants().find(|n| n.has_attribute("clip-path"));
                assert_eq!(
                    clip.unwrap().attribute("clip-path"),
                    Some("url(#window)"),
                    "{}",
                    page.place
                );
                let touched = sheet.groups.iter().filter_map(|group| match group.part {
                    Part::Shape(at) if group.bounds.overlaps(&tile.window) => {
                        Some(sheet.names[at].as_str())
                    }
                    _ => None,
                });
                assert_eq!(named, touched.collect::<Vec<_>>(), "{}", page.place);
                let margin: Vec<&str> =
                    page.margin
                        .iter()
                        .flat_map(|g| &g.items)
                        .fold(Vec::new(), |mut all, item| {
                            if let Figure::Text(line) = &item.figure {
                                all.push(line.text.as_str());
                            }
                            all
                        });
                assert_eq!(margin[0], page.place);
                assert_eq!(margin[2], sheet.notice);
                let begins: String = margin[1].chars().take(5).collect();
                assert!(sheet.title.starts_with(&begins), "{margin:?}");
                pages.push(text);
            }
            let again = Page::new(
                &sheet,
                (&tiles, tiles.all().last().unwrap()),
                &words,
                &fonts,
            );
            assert_eq!(
                *pages.last().unwrap(),
                chart::svg::write_page(&again, &fonts)
            );
        }
    }
}

#[test]
fn the_marks_of_neighbours_lie_on_one_another() {
    let sheet = sheet(shipped(), Language::En, None);
    let (words, fonts) = (Words::new(Language::En), Fonts::new());
    for percent in [100, 133, 250] {
        let tiles = Tiles::new((sheet.width, sheet.height), Paper::A3, percent).unwrap();
        // Where the upright marks are on the sheet, page by page of the first row.
        let marks = |tile: Tile| -> Vec<f64> {
            let page = Page::new(&sheet, (&tiles, tile), &words, &fonts);
            let items = page.margin.iter().flat_map(|group| &group.items);
            let mut found = Vec::new();
            for item in items {
                let Figure::Strokes(lines) = &item.figure else {
                    continue;
                };
                for line in lines.iter().filter(|line| line[0].x == line[1].x) {
                    let on_page = f64::from(line[0].x - MARGIN) * 100.0 / f64::from(percent);
                    found.push(f64::from(tile.window.x) + on_page);
                    let window = MARGIN..=MARGIN + tiles.on_page(tile.window.h);
                    assert!(!window.contains(&line[0].y) && !window.contains(&line[1].y));
                }
            }
            found
        };
        let row: Vec<Tile> = tiles.all().filter(|tile| tile.row == 0).collect();
        assert!(row.len() > 1);
        for pair in row.windows(2) {
            let (left, right) = (marks(pair[0]), marks(pair[1]));
            for edge in [pair[1].window.x, pair[0].window.right()] {
                let near = |of: &[f64]| {
                    let close = |mark: &&f64| (*mark - f64::from(edge)).abs() <= 0.5;
                    of.iter().filter(close).count()
                };
                assert_eq!((near(&left), near(&right)), (2, 2), "{percent}: {edge}");
            }
        }
    }
}

/// A decoded picture.
struct Picture {
    width: u32,
    height: u32,
    per_metre: u32,
    texts: Vec<(String, String)>,
    rgb: Vec<u8>,
}

impl Picture {
    fn decode(bytes: &[u8]) -> Self {
        let decoder = ::png::Decoder::new(Cursor::new(bytes));
        let mut reader = decoder.read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(frame.color_type, ::png::ColorType::Rgb);
        let info = reader.info();
        let texts = info.utf8_text.iter();
        let pixels = info.pixel_dims.unwrap();
        assert_eq!(pixels.unit, ::png::Unit::Meter);
        Self {
            width: frame.width,
            height: frame.height,
            per_metre: pixels.xppu,
            texts: texts
                .map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap()))
                .collect(),
            rgb,
        }
    }

    fn at(&self, x: i32, y: i32) -> [u8; 3] {
        let at = 3 * (y as usize * self.width as usize + x as usize);
        self.rgb[at..at + 3].try_into().unwrap()
    }
}

const ACCENT: [u8; 3] = [0x0b, 0x5c, 0xad];
const ACCENT_FILL: [u8; 3] = [0xe6, 0xf0, 0xfa];
const WHITE: [u8; 3] = [0xff; 3];

#[test]
fn the_picture_has_its_size_its_resolution_and_its_title() {
    let sheet = sheet(shipped(), Language::Ja, None);
    let fonts = Fonts::new();
    for scale in [1, 2] {
        let picture = Picture::decode(&png::write(&sheet, scale, &fonts).unwrap());
        let scale = u32::from(scale);
        assert_eq!(picture.width, sheet.width as u32 * scale);
        assert_eq!(picture.height, sheet.height as u32 * scale);
        // 96 units to the inch.
        assert_eq!(picture.per_metre, [3780, 7559][scale as usize - 1]);
        let said = |key: &str, value: &str| {
            let mut texts = picture.texts.iter();
            texts.any(|(name, text)| name == key && text.contains(value))
        };
        assert!(said("Title", &sheet.title));
        assert!(said("Description", &sheet.notice));
    }
}

#[test]
fn the_picture_has_ink_where_the_sheet_has_figures() {
    let (sheet, at) = open_step();
    let fonts = Fonts::new();
    let bytes = png::write(&sheet, 2, &fonts).unwrap();
    assert_eq!(bytes, png::write(&sheet, 2, &fonts).unwrap());
    let picture = Picture::decode(&bytes);
    let rect = frame(&sheet, at);
    assert_eq!(
        picture.at(2 * (rect.x + 6), 2 * (rect.y + rect.h / 2)),
        ACCENT_FILL
    );
    assert_eq!(picture.at(2 * rect.x, 2 * (rect.y + 10)), ACCENT);
    // Every line of text is seen: somewhere in its place is a pixel wholly of its colour.
    let mut lines = 0;
    for item in sheet.groups.iter().flat_map(|group| &group.items) {
        let Figure::Text(line) = &item.figure else {
            continue;
        };
        if line.text.trim().is_empty() {
            continue;
        }
        lines += 1;
        let bounds = item.bounds();
        let own: std::collections::BTreeSet<[u8; 3]> = (2 * bounds.y..2 * bounds.bottom())
            .flat_map(|y| (2 * bounds.x..2 * bounds.right()).map(move |x| (x, y)))
            .map(|(x, y)| picture.at(x, y))
            .collect();
        assert!(own.len() > 4, "{}: {own:?}", line.text);
    }
    assert!(lines > 150, "{lines}");
}

#[test]
fn a_page_as_a_picture_has_the_size_of_its_paper_and_white_margins() {
    let (sheet, at) = open_step();
    let (words, fonts) = (Words::new(Language::Ja), Fonts::new());
    let tiles = Tiles::new((sheet.width, sheet.height), Paper::A4, 50).unwrap();
    let rect = frame(&sheet, at);
    let mut seen = 0;
    for tile in tiles.all() {
        let page = Page::new(&sheet, (&tiles, tile), &words, &fonts);
        let bytes = png::write_page(&page, 2, &fonts).unwrap();
        let picture = Picture::decode(&bytes);
        let (width, height) = tiles.page;
        let printed = |pixels: u32| f64::from(pixels) * 1000.0 / f64::from(picture.per_metre);
        assert!((printed(picture.width) - f64::from(width)).abs() < 0.2);
        assert!((printed(picture.height) - f64::from(height)).abs() < 0.2);
        for x in 0..picture.width as i32 {
            assert_eq!(picture.at(x, 2), WHITE);
            assert_eq!(picture.at(x, picture.height as i32 - 3), WHITE);
        }
        for y in 0..picture.height as i32 {
            assert_eq!(picture.at(2, y), WHITE);
            assert_eq!(picture.at(picture.width as i32 - 3, y), WHITE);
        }
        if tile.window.and(&rect) == tile.window {
            seen += 1;
            let x = MARGIN + tiles.on_page(rect.x + 6 - tile.window.x);
            let y = MARGIN + tiles.on_page(rect.y + rect.h / 2 - tile.window.y);
            assert_eq!(picture.at(2 * x, 2 * y), ACCENT_FILL, "{}", page.place);
            assert_eq!(bytes, png::write_page(&page, 2, &fonts).unwrap());
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_picture_that_is_too_large_is_refused_with_its_size() {
    let mut sheet = sheet(shipped(), Language::En, None);
    (sheet.width, sheet.height) = (8001, 10);
    let fonts = Fonts::new();
    let refused = |sheet: &Sheet| match png::write(sheet, 2, &fonts) {
        Err(PngError::TooLarge { width, height }) => (width, height),
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    };
    assert_eq!(refused(&sheet), (16_002, 20));
    (sheet.width, sheet.height) = (5001, 5000);
    assert_eq!(refused(&sheet), (10_002, 10_000));
    (sheet.width, sheet.height) = (i32::MAX, i32::MAX);
    assert_eq!(refused(&sheet).0, 2 * i64::from(i32::MAX));
}

#[test]
fn a_sheet_names_its_state_by_date_minute_and_offset() {
    let data = tempfile::tempdir().unwrap();
    let folder = start(data.path(), "saw");
    for language in ["ja", "en"] {
        let out = data.path().join("a.svg").display().to_string();
        let of = ["flow", "chart", "--incident", &folder, "--out", &out];
        assert!(run_in(language, data.path(), &of, b"").status.success());
        let svg = std::fs::read_to_string(&out).unwrap();
        let mark = ["As of entry 1 (", "記録1件目（"];
        let said = mark.iter().find_map(|mark| svg.split_once(mark)).unwrap().1;
        let time: String = said.chars().take_while(|c| !"）)".contains(*c)).collect();
        let shape: String = time
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        let shape = shape.replace('-', "+").replacen('+', "-", 2);
        assert_eq!(shape, "0000-00-00 00:00 +00:00", "{time}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn flow_chart_writes_pages_under_numbered_names_and_says_which() {
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("wall.svg").display().to_string();
    let chart = |language: &str, more: &[&str]| {
        let all: Vec<&str> = ["flow", "chart", "--out", &out]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let output = run_in(language, data.path(), &all, b"");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let said = chart("en", &["--paper", "A4"]);
    let written = names(folder.path());
    let count = written.len();
    assert!(count > 9, "{written:?}");
    assert_eq!(written[0], "wall-01.svg");
    assert_eq!(written[count - 1], format!("wall-{count}.svg"));
    for part in [
        "wall-01.svg".to_owned(),
        format!("wall-{count}.svg"),
        format!("pages: {count}"),
        "A4".to_owned(),
    ] {
        assert!(said.contains(&part), "{said}");
    }
    let first = std::fs::read(folder.path().join("wall-01.svg")).unwrap();
    chart("en", &["--paper", "a4"]);
    let again = std::fs::read(folder.path().join("wall-01.svg")).unwrap();
    assert_eq!(names(folder.path()), written);
    assert!(first == again);
    // What stood there is replaced.
    let said = chart("ja", &["--paper", "a4"]);
    assert!(said.contains("枚") && said.contains("A4"), "{said}");
    assert!(first != std::fs::read(folder.path().join("wall-01.svg")).unwrap());
    // Fewer pages need fewer digits.
    chart("ja", &["--paper", "a4", "--scale", "50"]);
    assert!(names(folder.path()).contains(&"wall-1.svg".to_owned()));
}

#[test]
fn pages_that_cannot_all_be_written_are_told_with_how_many_are() {
    let data = tempfile::tempdir().unwrap();
    let out = data.path().join("wall.svg").display().to_string();
    let of = ["flow", "chart", "--paper", "a4", "--out", &out];
    let chart = |language: &str| run_in(language, data.path(), &of, b"");
    assert!(chart("en").status.success());
    let count = names(data.path()).len();
    for written in [2, 1, 0] {
        for name in names(data.path()) {
            let path = data.path().join(name);
            std::fs::remove_file(&path)
                .or_else(|_| std::fs::remove_dir(&path))
                .unwrap();
        }
        let blocked = format!("wall-{:02}.svg", written + 1);
        std::fs::create_dir(data.path().join(&blocked)).unwrap();
        let are = if written == 1 { "is" } else { "are" };
        for (language, says) in [
            (
                "ja",
                format!("（{count}枚のうち書き出せたのは{written}枚です）"),
            ),
            ("en", format!("; of {count} pages {written} {are} written")),
        ] {
            let output = chart(language);
            assert_eq!(output.status.code(), Some(2));
            let said = text(&output.stderr);
            assert!(said.contains(&blocked) && said.contains(&says), "{said}");
            assert!(output.stdout.is_empty());
            assert_eq!(names(data.path()).len(), written + 1);
        }
    }
}

#[test]
fn every_page_of_a_drill_says_so() {
    let data = tempfile::tempdir().unwrap();
    let made = run_in(
        "ja",
        data.path(),
        &["incident", "new", "--mode", "drill", "--title", "停電"],
        b"",
    );
    let folder = text(&made.stdout).trim().to_owned();
    let pages = tempfile::tempdir().unwrap();
    for (language, says) in [("ja", "訓練: 停電"), ("en", "Drill: 停電")] {
        let out = pages.path().join(format!("{language}.svg"));
        let of = [
            "flow",
            "chart",
            "--incident",
            &folder,
            "--paper",
            "a4",
            "--out",
            out.to_str().unwrap(),
        ];
        let output = run_in(language, data.path(), &of, b"");
        assert!(output.status.success(), "{}", text(&output.stderr));
        let place = if language == "ja" {
            "枚目（1段目・1列目）"
        } else {
            "(row 1, column 1)"
        };
        let first = pages.path().join(format!("{language}-01.svg"));
        assert!(std::fs::read_to_string(first).unwrap().contains(place));
        for name in names(pages.path()) {
            let page = std::fs::read_to_string(pages.path().join(&name)).unwrap();
            let title = format!("<title id=\"title\">{says} ");
            assert!(
                !name.starts_with(language) || page.contains(&title),
                "{name}"
            );
        }
    }
}

#[test]
fn what_cannot_be_put_on_paper_is_refused_in_the_language_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let path = |name: &str| data.path().join(name).display().to_string();
    let large = path("large.ron");
    std::fs::write(&large, generate::flow(3, 300)).unwrap();
    let (svg, png, dot, mmd) = (path("x.svg"), path("x.png"), path("x.dot"), path("x.mmd"));
    let cases: [(&[&str], &[&str], &[&str]); 7] = [
        (
            &["--out", &dot, "--paper", "a3"],
            &["ページに分けて書き出せるのは図だけ", "--paper"],
            &["only a picture", "--paper"],
        ),
        (
            &["--out", &mmd, "--paper", "a3"],
            &["ページに分けて"],
            &["only a picture"],
        ),
        (
            &["--out", &svg, "--paper", "a4", "--scale", "400"],
            &["枚になります", "200枚まで", "--scale"],
            &["pages; at most 200", "--scale"],
        ),
        (
            &["--out", &svg, "--paper", "a5"],
            &["「a5」は使えません", "a3, a4"],
            &["\"a5\" is not possible", "a3, a4"],
        ),
        (
            &["--out", &svg, "--paper", "a4", "--scale", "401"],
            &["「401」は使えません", "50-400"],
            &["\"401\" is not possible", "50-400"],
        ),
        (
            &["--out", &svg, "--scale", "80"],
            &["足りないもの", "--paper"],
            &["missing", "--paper"],
        ),
        (
            &[&large, "--out", &png],
            &["ピクセル", "16000", "--paper a3", ".svg"],
            &["pixels", "16000", "--paper a3", ".svg"],
        ),
    ];
    for (arguments, ja, en) in cases {
        for (language, says) in [("ja", ja), ("en", en)] {
            let all: Vec<&str> = ["flow", "chart"]
                .into_iter()
                .chain(arguments.iter().copied())
                .collect();
            let output = run_in(language, data.path(), &all, b"");
            assert_eq!(output.status.code(), Some(2), "{all:?}");
            let said = text(&output.stderr);
            for part in says {
                assert!(said.contains(part), "{all:?}: {said}");
            }
        }
    }
    assert_eq!(names(data.path()), ["large.ron"]);
    // What is too large for a picture goes on pages.
    let output = run(
        data.path(),
        &["flow", "chart", &large, "--out", &svg, "--paper", "a3"],
        b"",
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
}
