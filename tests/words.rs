//! The language files say the same things in both languages, and everything that is asked of them.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use shodo::flow::Language;
use shodo::words::SOURCES;

fn messages(language: Language) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (_, source) in SOURCES.iter().filter(|(of, _)| *of == language) {
        if let Err((_, faults)) = FluentResource::try_new((*source).to_owned()) {
            panic!("{language:?}: {faults:?}");
        }
        let mut current = String::new();
        for line in source.lines() {
            let key = line.split_once(" =").map(|(key, _)| key);
            if let Some(key) = key.filter(|key| is_key(key)) {
                current = key.to_owned();
                let before = found.insert(current.clone(), line.to_owned());
                assert!(before.is_none(), "{language:?}: {key} stands twice");
            } else if line.starts_with(' ') {
                found.get_mut(&current).unwrap().push_str(line);
            }
        }
    }
    found
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn arguments(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    let (ja, en) = (messages(Language::Ja), messages(Language::En));
    let keys = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<BTreeSet<_>>();
    let differ: Vec<_> = keys(&ja)
        .symmetric_difference(&keys(&en))
        .cloned()
        .collect();
    assert!(differ.is_empty(), "only in one language: {differ:?}");
    for (key, text) in &ja {
        assert_eq!(arguments(text), arguments(&en[key]), "{key}");
    }
}

fn sources(folder: &str, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(path.to_str().unwrap(), into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push((
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

#[test]
fn every_key_that_the_program_asks_for_is_there() {
    let known = messages(Language::Ja);
    let mut files = Vec::new();
    sources("src", &mut files);
    let starts = [
        "problem-", "refusal-", "entry-", "cli-", "session-", "journal-", "clock-", "ui-",
    ];
    let mut asked = 0;
    for (path, text) in files {
        for part in text.split('"').skip(1).step_by(2) {
            let is_one = is_key(part) && starts.iter().any(|start| part.starts_with(start));
            if is_one && !part.ends_with('-') {
                asked += 1;
                assert!(known.contains_key(part), "{path}: {part}");
            }
        }
    }
    assert!(asked > 100, "only {asked} keys were found in the source");
    for key in known
        .keys()
        .filter(|key| key.starts_with("problem-") && !key.ends_with("-hint"))
    {
        assert!(
            known.contains_key(&format!("{key}-hint")),
            "{key} has no hint"
        );
    }
}
