//! The language files say the same things in both languages, and everything that is asked of them.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use shodo::flow::Language;
use shodo::words::SOURCES;

use crate::support::{run_in, start, text};

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

/// What looks like a key and is none: names of widgets and of files.
const NOT_KEYS: &[&str] = &[
    "close-incident",
    "flow-changed",
    "flow-missing",
    "flow-unreadable",
    "guide-lists",
    "guide-log",
    "home-flow-file",
    "home-folder",
    "palette-query",
    "plain-log",
    "plain-logs",
    "rail-row",
    "read-only",
];

/// The string literals of the program, tests left out, with their file.
fn literals() -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources("src", &mut files);
    let mut found = Vec::new();
    for (path, text) in files {
        // The icons have Lucide's names.
        if path.ends_with("icons.rs") {
            continue;
        }
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for part in program.split('"').skip(1).step_by(2) {
            found.push((path.clone(), part.to_owned()));
        }
    }
    found
}

#[test]
fn every_key_that_the_program_asks_for_is_there() {
    let known = messages(Language::Ja);
    let heads: BTreeSet<&str> = known
        .keys()
        .filter_map(|key| key.split('-').next())
        .collect();
    let mut asked = 0;
    for (path, part) in literals() {
        let head = part.split('-').next().unwrap_or_default();
        let is_one = is_key(&part) && part.contains('-') && !part.ends_with('-');
        if is_one && heads.contains(head) && !NOT_KEYS.contains(&part.as_str()) {
            asked += 1;
            assert!(known.contains_key(&part), "{path}: {part}");
        }
    }
    assert!(asked > 300, "only {asked} keys were found in the source");
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

#[test]
fn every_key_is_asked_for() {
    let literals = literals();
    let named: BTreeSet<&str> = literals.iter().map(|(_, part)| part.as_str()).collect();
    // `state-{…}`: the rest of the key is put in.
    let begun: BTreeSet<&str> = literals
        .iter()
        .filter_map(|(_, part)| part.split_once('{'))
        .map(|(begin, _)| begin)
        .filter(|begin| begin.ends_with('-') && is_key(begin))
        .collect();
    // A key's companions are asked for with these endings.
    let endings = ["-hint", "-window", "-next", "-tip"];
    let messages = messages(Language::Ja);
    // A message may stand inside another: `{ os-error }`.
    let is_inner = |key: &str| {
        let inside = format!("{{ {key} }}");
        messages.values().any(|text| text.contains(&inside))
    };
    let idle: Vec<&String> = messages
        .keys()
        .filter(|key| !is_inner(key))
        .filter(|key| {
            let stem = endings.iter().find_map(|ending| key.strip_suffix(ending));
            !named.contains(key.as_str())
                && !stem.is_some_and(|stem| named.contains(stem))
                && !begun.iter().any(|begin| key.starts_with(begin))
        })
        .collect();
    assert!(idle.is_empty(), "nothing asks for {idle:?}");
}

#[test]
fn a_refusal_in_the_window_speaks_of_buttons_not_of_lines() {
    for language in [Language::Ja, Language::En] {
        let known = messages(language);
        for key in known.keys().filter(|key| key.starts_with("refusal-")) {
            if key.ends_with("-window") {
                continue;
            }
            let read = known.get(&format!("{key}-window")).unwrap_or(&known[key]);
            for word in shodo::cli::WORDS {
                let line = format!("{} {{", word.word);
                assert!(!read.contains(&line), "{language:?} {key}: {read}");
            }
        }
    }
}

/// The words that the glossary rejects: the last column of its table in `ARCHITECTURE.md`.
fn rejected() -> Vec<String> {
    let page = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let table = page.split("\n## ").find(|part| part.starts_with("2 Words"));
    let rows = table.unwrap().lines().filter(|line| line.starts_with("| "));
    rows.skip(1)
        .filter_map(|row| row.strip_suffix('|')?.rsplit_once('|'))
        .flat_map(|(_, words)| words.split([',', '、']))
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn no_text_uses_a_word_that_the_glossary_rejects() {
    let rejected = rejected();
    assert!(rejected.len() > 8, "{rejected:?}");
    let read_me = ["README.md", "README.ja.md"].map(|name| std::fs::read_to_string(name).unwrap());
    let texts = SOURCES.iter().map(|(_, text)| *text);
    for text in texts.chain(read_me.iter().map(String::as_str)) {
        for line in text.lines() {
            let words: Vec<&str> = line.split(|c: char| !c.is_ascii_alphabetic()).collect();
            for word in &rejected {
                let is_used = if word.is_ascii() {
                    words.contains(&word.as_str())
                } else {
                    line.contains(word.as_str())
                };
                assert!(!is_used, "{word}: {line}");
            }
        }
    }
}

#[test]
fn what_the_read_me_shows_is_what_the_program_answers() {
    for (language, name) in [("en", "README.md"), ("ja", "README.ja.md")] {
        let page = std::fs::read_to_string(name).unwrap();
        let (_, shown) = page.split_once("$ shodo incident do \"$DIR\"\n").unwrap();
        let (shown, _) = shown.split_once("```").unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        let typed: String = lines.iter().step_by(2).flat_map(|of| [of, "\n"]).collect();
        let answers: Vec<&str> = lines.iter().skip(1).step_by(2).copied().collect();
        assert!(answers.len() > 5, "{name}");
        let folder = tempfile::tempdir().unwrap();
        let incident = start(folder.path(), "saw");
        let arguments = ["incident", "do", &incident];
        let output = run_in(language, folder.path(), &arguments, typed.as_bytes());
        let said = text(&output.stdout);
        assert_eq!(said.lines().collect::<Vec<_>>(), answers, "{name}");
    }
}
