//! The house: who may use whom, lengths of files, what may be in the dependency tree.

use std::collections::BTreeSet;
use std::process::Command;

fn sources(folder: &str, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(path.to_str().unwrap(), into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix("src").unwrap().display().to_string();
            into.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources("src", &mut found);
    found.sort();
    assert!(found.len() > 30);
    found
}

/// Gives a file's code without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn module(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap()
}

/// What each module may use inside the crate. `cli` may use all but `ui`.
const MAY_USE: [(&str, &[&str]); 17] = [
    ("text", &["text"]),
    ("flow", &["flow"]),
    ("incident", &["incident", "flow", "text"]),
    ("words", &["words", "flow"]),
    ("telling", &["telling", "words", "flow", "incident", "text"]),
    ("breaking", &["breaking"]),
    ("font", &["font"]),
    (
        "chart",
        &["chart", "flow", "incident", "words", "breaking", "font"],
    ),
    ("clock", &["clock", "incident"]),
    ("files", &["files"]),
    ("crash", &["crash", "clock", "files", "PROGRAM"]),
    ("journal", &["journal", "incident", "files"]),
    ("settings", &["settings", "files", "flow", "text"]),
    ("plain_log", &["plain_log", "files", "incident", "text"]),
    (
        "session",
        &[
            "session", "flow", "incident", "journal", "files", "clock", "crash",
        ],
    ),
    (
        "cli",
        &[
            "cli",
            "chart",
            "font",
            "flow",
            "incident",
            "words",
            "telling",
            "clock",
            "crash",
            "files",
            "journal",
            "settings",
            "session",
            "plain_log",
            "text",
            "PROGRAM",
        ],
    ),
    (
        "ui",
        &[
            "ui",
            "breaking",
            "chart",
            "font",
            "flow",
            "incident",
            "words",
            "telling",
            "clock",
            "crash",
            "settings",
            "session",
            "journal",
            "files",
            "plain_log",
            "text",
            "PROGRAM",
        ],
    ),
];

#[test]
fn modules_use_only_what_the_table_allows() {
    for (name, text) in all() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(of, _)| *of == module(&name)) else {
            assert!(
                matches!(name.as_str(), "lib.rs" | "main.rs"),
                "{name} is in no row of the table"
            );
            continue;
        };
        for part in code(&text).split("crate::").skip(1) {
            let used: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            assert!(allowed.contains(&used.as_str()), "{name} uses {used}");
        }
    }
}

#[test]
fn crates_are_used_only_at_home() {
    let homes: [(&str, &[&str]); 14] = [
        ("encoding_rs", &["text"]),
        ("unicode_normalization", &["text"]),
        ("egui::", &["ui", "main"]),
        ("eframe::", &["ui", "main"]),
        ("rfd::", &["ui"]),
        ("clap::", &["cli"]),
        ("serde_json", &["cli"]),
        ("fluent_bundle", &["words"]),
        ("std::fs", &["files", "journal"]),
        ("sha2::", &["flow", "journal"]),
        ("same_file::", &["journal"]),
        ("skrifa::", &["font"]),
        ("tiny_skia", &["chart"]),
        ("use ::png::", &["chart"]),
    ];
    for (name, text) in all() {
        let code = code(&text);
        for (what, allowed) in homes {
            if code.contains(what) {
                assert!(allowed.contains(&module(&name)), "{name} names {what}");
            }
        }
        if matches!(module(&name), "flow" | "incident" | "chart") {
            for what in [
                "std::fs",
                "std::env",
                "Local::now",
                "Instant::now",
                "std::thread",
            ] {
                assert!(!code.contains(what), "{name}: the core names {what}");
            }
        }
    }
}

#[test]
fn the_command_line_writes_for_people_through_one_place() {
    for (name, text) in all() {
        if module(&name) != "cli" || name.ends_with("terminal.rs") {
            continue;
        }
        for line in code(&text).lines() {
            let is_data = line.contains("json") || line.contains(".SH");
            let is_shown = line.contains("terminal::visible");
            let writes = line.contains("writeln!(") || line.contains("print!(");
            assert!(!writes || is_data || is_shown, "{name}: {line}");
        }
    }
}

/// How many lines a file may have, its tests left out.
const LINES_LIMIT: usize = 600;

#[test]
fn no_file_is_longer_than_it_can_be_read() {
    for (name, text) in all() {
        let lines = text.split("#[cfg(test)]").next().unwrap().lines().count();
        assert!(lines <= LINES_LIMIT, "{name} has {lines} lines");
    }
}

#[test]
fn every_module_opens_with_what_it_is() {
    for (name, text) in all() {
        assert!(
            text.starts_with("//! ") || name.ends_with("tests.rs"),
            "{name}"
        );
    }
}

#[test]
fn todo_marks_and_machine_paths_are_nowhere() {
    for (name, text) in all() {
        for word in ["TODO", "FIXME", "/home/", "/root/", "C:\\\\Users"] {
            assert!(!text.contains(word), "{name} has {word}");
        }
    }
}

#[test]
fn the_changelog_has_an_unreleased_section() {
    assert!(
        std::fs::read_to_string("CHANGELOG.md")
            .unwrap()
            .contains("## Unreleased")
    );
}

/// Runs cargo on our own manifest; a machine without cargo cannot run tests either.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_network_crate_is_in_the_tree_of_any_target() {
    let tree = cargo(&[
        "tree", "--locked", "--edges", "normal", "--target", "all", "--prefix", "none", "--format",
        "{p} {f}",
    ]);
    let names: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.len() > 50, "{names:?}");
    let forbidden = [
        "async-net",
        "attohttpc",
        "curl",
        "h2",
        "hickory-resolver",
        "hyper",
        "hyper-util",
        "isahc",
        "minreq",
        "native-tls",
        "openssl",
        "quinn",
        "reqwest",
        "rustls",
        "socket2",
        "surf",
        "tiny_http",
        "tonic",
        "trust-dns-resolver",
        "tungstenite",
        "ureq",
        "webbrowser",
        "websocket",
        "egui_inspection",
    ];
    for name in forbidden {
        assert!(!names.contains(name), "{name} is in the tree");
    }
    for line in tree.lines() {
        let features = line.split(' ').next_back().unwrap_or_default();
        if line.starts_with("tokio ") {
            assert!(!features.split(',').any(|f| f == "net"), "{line}");
        }
        if line.starts_with("eframe ") || line.starts_with("egui-winit ") {
            for feature in ["links", "inspection", "webbrowser"] {
                assert!(!features.split(',').any(|f| f == feature), "{line}");
            }
        }
    }
}

#[test]
fn every_licence_in_the_tree_is_one_that_we_accept() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--locked"])).unwrap();
    let accepted = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "ISC",
        "MIT-0",
        "MPL-2.0",
        "NCSA",
        "OFL-1.1",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
        "0BSD",
        "Ubuntu-font-1.0",
    ];
    let exceptions = ["LLVM-exception"];
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"]
            .as_str()
            .unwrap_or_default()
            .replace('/', " OR ");
        let licence = licence.replace(['(', ')'], "");
        // An AND needs all of its parts, an OR one.
        let fine = !licence.is_empty()
            && licence.split(" AND ").all(|part| {
                part.split(" OR ").any(|one| {
                    let mut words = one.trim().split(" WITH ");
                    words.next().is_some_and(|id| accepted.contains(&id.trim()))
                        && words.all(|exception| exceptions.contains(&exception.trim()))
                })
            });
        assert!(fine, "{name}: {licence:?}");
    }
}

/// Gives the packages of a lock file, as name and version.
fn locked(path: &str) -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let field = |package: &str, name: &str| {
        let line = package
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name} = \"")));
        line.unwrap().trim_end_matches('"').to_owned()
    };
    let packages = text.split("[[package]]").skip(1);
    packages
        .map(|package| (field(package, "name"), field(package, "version")))
        .collect()
}

#[test]
fn what_is_fuzzed_is_built_of_the_same_crates() {
    let ours = locked("Cargo.lock");
    let names: BTreeSet<&str> = ours.iter().map(|(name, _)| name.as_str()).collect();
    let fuzzed = locked("fuzz/Cargo.lock");
    let other: Vec<_> = fuzzed
        .iter()
        .filter(|package| names.contains(package.0.as_str()) && !ours.contains(package))
        .collect();
    assert!(other.is_empty(), "{other:?}");
    assert!(fuzzed.intersection(&ours).count() > 50);
}

#[test]
fn every_fuzz_target_is_run_and_has_a_corpus_and_a_dictionary() {
    let manifest = std::fs::read_to_string("fuzz/Cargo.toml").unwrap();
    let targets: Vec<&str> = manifest
        .split("[[bin]]\nname = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(
        targets.len(),
        std::fs::read_dir("fuzz/targets").unwrap().count()
    );
    let script = std::fs::read_to_string("fuzz/run.sh").unwrap();
    let paper = std::fs::read_to_string("docs/fuzzing.md").unwrap();
    for target in targets {
        assert!(
            script.contains(&format!(" {target}")),
            "{target} is not run"
        );
        assert!(paper.contains(&format!("| `{target}` |")), "{target}");
        let inputs = std::fs::read_dir(format!("fuzz/corpus/{target}")).unwrap();
        assert!(inputs.count() > 5, "{target} has no corpus");
        assert!(std::fs::exists(format!("fuzz/dictionaries/{target}.dict")).unwrap());
    }
}

#[test]
fn every_icon_is_used() {
    let all = all();
    let table = &all
        .iter()
        .find(|(name, _)| name.ends_with("icons.rs"))
        .unwrap()
        .1;
    let names: Vec<&str> = table
        .lines()
        .filter(|line| line.contains("\\u{"))
        .filter_map(|line| line.trim().split(" = ").next())
        .collect();
    assert!(names.len() > 40, "{names:?}");
    let used: String = all.iter().map(|(_, text)| code(text)).collect();
    let idle: Vec<&&str> = names
        .iter()
        .filter(|name| {
            !used.contains(&format!("icons::{name},"))
                && !used.contains(&format!("icons::{name})"))
                && !used.contains(&format!("icons::{name}\n"))
                && !used.contains(&format!("icons::{name} "))
                && !used.contains(&format!("icons::{name};"))
        })
        .collect();
    assert!(idle.is_empty(), "no screen shows {idle:?}");
}
