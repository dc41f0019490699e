//! Any text as `settings.ron`, any bytes as lines and as a plain log.
//!
//! Reading cannot fail, what is read is within its bounds, what is written is read as the same, and
//! no byte is lost.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use shodo::plain_log::PlainLog;
use shodo::settings::Settings;
use shodo::text::decode::{self, How, Order};
use shodo::text::{folded_name, is_same_person, shows_nothing};
use shodo_fuzz::{WORDS, moment};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes) {
        settings(text);
        assert!(is_same_person(text, &folded_name(text)));
    }
    decoded(bytes);
    plain_log(bytes);
});

fn settings(text: &str) {
    let path = Path::new("settings.ron");
    let (settings, warnings) = Settings::from_ron(text, path);
    let again = Settings::from_ron(text, path);
    assert_eq!((&settings, &warnings), (&again.0, &again.1));
    for warning in &warnings {
        for words in WORDS.iter() {
            assert!(words.has(warning.key()));
            assert!(!words.with(warning.key(), &warning.args()).is_empty());
        }
        let is_default = match warning.part.as_str() {
            "" => warning.is_partly || settings == Settings::default(),
            "language" => settings.language.is_none(),
            "theme" => settings.theme == Settings::default().theme,
            "site" => settings.site.is_none(),
            "people" => settings.people.is_empty(),
            "contacts" => settings.contacts.is_empty(),
            "mirror" => settings.mirror.is_none(),
            // One that is too large or too small is at the nearest that is right.
            "text_percent" => true,
            unknown => !unknown.is_empty() && warning.says.is_empty(),
        };
        assert!(is_default, "{warning:?}");
    }
    assert!((100..=200).contains(&settings.text_percent));
    assert!(settings.people.iter().all(|name| !name.trim().is_empty()));
    let written = settings.to_ron().expect("what was read can be written");
    assert_eq!(Settings::from_ron(&written, path), (settings, Vec::new()));
}

fn decoded(bytes: &[u8]) {
    let read = decode::line(bytes);
    // A byte order mark is none of the text.
    let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match read.how {
        How::Utf8 => assert_eq!(read.text.as_bytes(), line),
        How::Escaped => assert_eq!(unescaped(read.text.as_bytes()), unescaped(line)),
        How::Cp932 => assert!(!read.text.contains('\u{fffd}')),
        How::Utf16 => panic!("a line is never read as UTF-16"),
    }
    for order in [None, Some(Order::Little), Some(Order::Big)] {
        // A piece of UTF-16 is whole pairs.
        let whole = bytes.len() / 2 * 2;
        let bytes = order.map_or(bytes, |_| &bytes[..whole]);
        let mut piece = bytes.to_vec();
        let rest = decode::begun_sign(&mut piece, order);
        assert!(rest.len() < 4, "more than a sign is held back");
        assert_eq!([piece, rest].concat(), bytes);
    }
}

/// Gives the bytes that a text stands for, `\x92` being one.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let digits = behind.strip_prefix(b"x").and_then(|of| of.get(..2));
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let byte = byte.filter(|_| *first == b'\\');
        bytes.push(byte.unwrap_or(*first));
        rest = byte.map_or(behind, |_| &behind[3..]);
    }
    bytes
}

fn plain_log(bytes: &[u8]) {
    let now = moment("2026-11-21T13:00:00+09:00");
    let (log, unread) = PlainLog::from_bytes(bytes, now);
    // What is taken for UTF-16 has other lines.
    if decode::utf16_order(bytes).is_none() {
        let lines = decode::lines(bytes, None);
        let lines = lines.iter().filter(|line| !shows_nothing(&line.text));
        assert_eq!(log.lines().len() + unread, lines.count(), "a line is lost");
    }
    let (back, unread) = PlainLog::from_bytes(log.to_text().as_bytes(), now);
    assert_eq!(unread, 0, "a written line cannot be read");
    assert_eq!(back.lines().len(), log.lines().len());
}
