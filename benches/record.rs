//! A record of any length with entries of many kinds: short and long, corrected, struck, settled.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shodo::clock::Clock;
use shodo::flow::{Flow, SHIPPED};
use shodo::incident::{Act, Command, Ground, Moment, Note, Opening};
use shodo::session::Session;

/// How the incident is called.
pub const TITLE: &str = "Electronic medical record down (fictitious)";

/// After how many entries the kinds come again.
pub const PERIOD: u64 = 10;

/// The entries of one period, the first of which is number 2.
fn kinds() -> Vec<Command> {
    let note = |text: &str| Note {
        text: text.to_owned(),
        ..Note::default()
    };
    let at = Moment::parse_from_rfc3339("2026-11-21T09:15:00+09:00").unwrap();
    let long = "3階東病棟より、電子カルテの画面が開かず、検査結果も見られないとの電話。\
        紙の運用に切り替えるよう伝え、院内放送を総務課に依頼した。次の連絡は30分後、または状況が変わったとき。";
    vec![
        Act::Note(note("印刷が止まらない")).into(),
        Act::Note(note(long)).into(),
        Act::Note(Note {
            from: Some("Ward 3 East, nurse in charge".to_owned()),
            to: Some("Information systems".to_owned()),
            means: Some("telephone".to_owned()),
            ..note(
                "Charts do not open on any terminal of the ward; two patients are due for surgery \
                 at noon, and the anaesthetist asks for the list of drugs on paper.",
            )
        })
        .into(),
        Act::Note(Note {
            open: true,
            ..note("薬局へ折り返す")
        })
        .into(),
        Act::Settle(5.into_number(), Some("折り返した".to_owned())).into(),
        Act::Tick("1-4".into(), 1, None).into(),
        Act::Untick("1-4".into(), 1, Ground::because("別の端末だった")).into(),
        Act::Correct(
            3.into_number(),
            Some("3階西病棟の誤り。ほかは同じ".to_owned()),
            Ground::because("聞き間違い"),
        )
        .into(),
        Command {
            happened_at: Some(at),
            ..Act::Note(note("廊下の表示が消えた")).into()
        },
        Act::Note(note(
            "ネットワーク保守に電話、担当者は移動中。\n到着は11時の見込み。",
        ))
        .into(),
    ]
}

/// A number as that of an entry.
trait IntoNumber {
    fn into_number(self) -> shodo::incident::EntryNumber;
}

impl IntoNumber for u64 {
    fn into_number(self) -> shodo::incident::EntryNumber {
        shodo::incident::EntryNumber(self)
    }
}

/// Writes an incident with so many entries below a data folder; gives its folder.
///
/// The first period is recorded by a session; the rest repeats its lines, with the chain.
pub fn written(data: &Path, entries: u64) -> PathBuf {
    let flow = Arc::new(Flow::read(SHIPPED[0].text).unwrap());
    let opening = Opening {
        door: "staff".to_owned(),
        title: Some(TITLE.to_owned()),
        recorder: Some("佐藤 健".to_owned()),
        program: "bench".to_owned(),
        ..Opening::default()
    };
    let clock = Clock::Fixed(Moment::parse_from_rfc3339("2026-11-21T10:30:00+09:00").unwrap());
    let mut session = Session::create(data, opening, flow, clock, Box::new(|| {})).unwrap();
    let folder = session.folder().to_owned();
    let kinds = kinds();
    assert_eq!(kinds.len() as u64, PERIOD);
    for command in kinds {
        session.submit(command);
    }
    session.settle();
    assert_eq!(session.incident().entries().len() as u64, PERIOD + 1);
    drop(session);
    let path = folder.join("journal.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .rev()
        .take(10)
        .map(|line| &line[65..])
        .collect();
    let mut last = text.lines().next_back().unwrap()[..64].to_owned();
    let mut more = String::new();
    for number in PERIOD + 2..=entries {
        let like = (number - 2) % PERIOD + 2;
        let shift = number - like;
        let line = lines[usize::try_from(PERIOD + 1 - like).unwrap()];
        let mut body = line.replacen(
            &format!("number: {like},"),
            &format!("number: {number},"),
            1,
        );
        for of in [3, 5] {
            body = body.replace(&format!("of: {of},"), &format!("of: {},", of + shift));
        }
        last = shodo::flow::sha256_hex(format!("{last}{body}").as_bytes());
        more.extend([last.as_str(), " ", &body, "\n"]);
    }
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(more.as_bytes()).unwrap();
    file.sync_data().unwrap();
    folder
}
