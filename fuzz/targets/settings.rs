//! Any text as `settings.ron`, as a draft and as a plain log.
//!
//! Reading cannot fail, what is read is within its bounds, and what is written is read as the same.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use shodo::plain_log::PlainLog;
use shodo::settings::Settings;
use shodo_fuzz::{WORDS, moment};

fuzz_target!(|text: &str| {
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

    let now = moment("2026-11-21T13:00:00+09:00");
    let (log, unread) = PlainLog::from_bytes(text.as_bytes(), now);
    // What is taken for UTF-16 has other lines.
    if shodo::text::decode::utf16_order(text.as_bytes()).is_none() {
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
        let lines = lines
            .filter(|line| !shodo::text::shows_nothing(line))
            .count();
        assert_eq!(log.lines().len() + unread, lines, "a line is lost");
    }
    let (back, unread) = PlainLog::from_bytes(log.to_text().as_bytes(), now);
    assert_eq!(unread, 0, "a written line cannot be read");
    assert_eq!(back.lines().len(), log.lines().len());
});
