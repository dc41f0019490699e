//! The page about the format, its verifier and the words: they say what the program does.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use shodo::files::{Doing, FileError};
use shodo::flow::Language;
use shodo::journal::{
    self, Damage, Fault, Head, Journal, JournalError, ReadOnly, Recovery, Verification,
};
use shodo::words::Words;

use super::changed::on_copies;
use super::folder::incident;
use super::sample::{FLOW, all, lines, opened, short, titled, variants};

const PAGE: &str = include_str!("../../docs/journal-format.md");
const VERIFIER: &str = include_str!("../../docs/verify_journal.py");

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verify_journal.py")
}

/// Runs the verifier; gives its exit code and what it printed.
fn python(args: &[&str]) -> (i32, String) {
    let output = Command::new("python3")
        .arg(script())
        .args(args)
        .output()
        .expect("this test needs python3");
    let says = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), says)
}

#[test]
fn the_page_shows_the_verifier_as_it_is() {
    let block = PAGE.split("```python\n").nth(1).unwrap();
    assert_eq!(block.split("```").next().unwrap(), VERIFIER);
}

#[test]
fn the_page_names_every_event_field_and_effect() {
    for name in variants("Event") {
        assert!(PAGE.contains(&format!("\n| `{name}` |")), "{name}");
    }
    for name in variants("Became") {
        let row = format!("\n| `{name}");
        assert!(PAGE.contains(&row), "{name}");
    }
    let source = include_str!("../../src/incident/event.rs");
    let fields = source.lines().filter_map(|line| {
        let line = line.trim();
        let (name, _) = line.split_once(": ")?;
        let name = name.strip_prefix("pub ").unwrap_or(name);
        let is_field =
            line.ends_with(',') && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        is_field.then_some(name)
    });
    let mut count = 0;
    for field in fields {
        let is_there = ["`", "?`", "?,", ",", "?)"].iter().any(|end| {
            PAGE.contains(&format!("`{field}{end}"))
                || PAGE.contains(&format!(" {field}{end}"))
                || PAGE.contains(&format!("({field}{end}"))
        });
        assert!(is_there, "{field}");
        count += 1;
    }
    assert!(count > 80, "only {count} fields were found");
}

#[test]
fn the_page_example_is_what_the_program_writes() {
    let example = PAGE
        .lines()
        .find(|line| line.starts_with("(number: 2, "))
        .unwrap();
    let (_temp, folder) = incident(0);
    let path = folder.join("journal.ron");
    let first = fs::read_to_string(&path).unwrap();
    let hash = shodo::flow::sha256_hex(format!("{}{example}", &first[..64]).as_bytes());
    fs::write(&path, format!("{first}{hash} {example}\n")).unwrap();
    let mut opened = Journal::open(&folder).unwrap();
    assert_eq!(opened.entries.len(), 2);
    let mut third = opened.entries.pop().unwrap();
    third.number.0 = 3;
    opened.journal.unwrap().append(&third).unwrap();
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(
        written.lines().nth(2).unwrap()[65..],
        example.replace("(number: 2,", "(number: 3,")
    );
}

#[test]
fn the_verifier_finds_real_journals_intact() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("one");
    let entries = all();
    let mut journal = Journal::create(&folder, FLOW, &entries[0]).unwrap();
    for entry in &entries[1..] {
        journal.append(entry).unwrap();
    }
    let head = journal.head().clone();
    let dir = folder.to_str().unwrap();
    assert_eq!(python(&[dir]), (0, format!("intact: {head}\n")));
    let count = head.count.to_string();
    for noted in [head.hash.clone(), head.short()] {
        assert_eq!(python(&[dir, &count, &noted]).0, 0);
        assert_eq!(python(&[dir, "1", &noted]).0, 1);
        assert_eq!(python(&[dir, "999", &noted]).0, 1);
    }
}

#[test]
fn the_verifier_tells_torn_damaged_and_other_heads_apart() {
    let (_temp, folder) = incident(3);
    let dir = folder.to_str().unwrap();
    let path = folder.join("journal.ron");
    let good = fs::read(&path).unwrap();
    let head = journal::read(&folder).unwrap().head;

    fs::write(&path, &good[..good.len() - 1]).unwrap();
    assert_eq!(python(&[dir]), (0, format!("intact: {head}\n")));
    fs::write(&path, [&good[..], b"torn"].concat()).unwrap();
    let says = format!("intact: {head}; the last 4 bytes are no record: torn, or changed\n");
    assert_eq!(python(&[dir]), (0, says));

    let mut damaged = good.clone();
    let place = lines(&short(1)).concat().len() - 3;
    damaged[place] ^= 1;
    fs::write(&path, damaged).unwrap();
    assert_eq!(python(&[dir]), (1, "damage at record 2\n".to_owned()));

    fs::write(&path, lines(&short(2)).concat()).unwrap();
    assert_eq!(python(&[dir]).0, 0);
    let count = head.count.to_string();
    let (code, says) = python(&[dir, &count, &head.hash]);
    assert_eq!(code, 1);
    assert!(says.starts_with("other head: record 4"));

    fs::write(folder.join("flow.ron"), "changed").unwrap();
    assert_eq!(python(&[dir]).0, 1);
    fs::remove_file(folder.join("flow.ron")).unwrap();
    assert_eq!(python(&[dir]).0, 1);
}

#[test]
fn the_verifier_says_when_it_cannot_read() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().to_str().unwrap();
    for args in [&[][..], &[dir], &[dir, "1"], &["/no/such/folder"]] {
        assert_eq!(python(args).0, 2, "{args:?}");
    }
    for text in ["", "hello\n"] {
        fs::write(temp.path().join("journal.ron"), text).unwrap();
        assert_eq!(python(&[dir]).0, 2);
    }
    let (_temp, folder) = incident(0);
    let dir = folder.to_str().unwrap();
    for head in [
        ["x", &"0".repeat(64)],
        ["1", "0123"],
        ["0", &"0".repeat(64)],
    ] {
        assert_eq!(python(&[dir, head[0], head[1]]).0, 2);
    }
}

/// Every cut, one flipped bit of each byte, and each line removed, doubled or exchanged.
fn mutations() -> Vec<Vec<u8>> {
    let lines = lines(&short(3));
    let bytes = lines.concat();
    let mut all: Vec<Vec<u8>> = (0..bytes.len()).map(|cut| bytes[..cut].to_vec()).collect();
    all.push([b"\xef\xbb\xbf".to_vec(), bytes.clone()].concat());
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        all.push(flipped);
        let mut gone = bytes.clone();
        gone.remove(at);
        all.push(gone);
        let mut newline = bytes.clone();
        newline[at] = b'\n';
        all.push(newline);
    }
    for from in 0..lines.len() {
        let mut removed = lines.clone();
        removed.remove(from);
        all.push(removed.concat());
        for to in 0..lines.len() {
            let mut exchanged = lines.clone();
            exchanged.swap(from, to);
            all.push(exchanged.concat());
            let mut doubled = lines.clone();
            doubled.insert(to, lines[from].clone());
            all.push(doubled.concat());
        }
    }
    all
}

#[test]
fn the_verifier_and_the_program_agree_about_every_small_change() {
    let (_temp, folder) = incident(0);
    let path = folder.join("journal.ron");
    let loop_over = "import sys, pathlib, verify_journal\n\
        for line in sys.stdin:\n\
        \x20   pathlib.Path(sys.argv[1], 'journal.ron').write_bytes(bytes.fromhex(line))\n\
        \x20   code, says = verify_journal.verify(sys.argv[1])\n\
        \x20   print(code, says)\n";
    let docs = script().parent().unwrap().to_owned();
    let mut child = Command::new("python3")
        .args(["-B", "-c", loop_over, folder.to_str().unwrap()])
        .env("PYTHONPATH", docs)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test needs python3");
    let mutations = mutations();
    let mut input = String::new();
    for bytes in &mutations {
        for byte in bytes {
            input.push_str(&format!("{byte:02x}"));
        }
        input.push('\n');
    }
    let mut stdin = child.stdin.take().unwrap();
    let feed = std::thread::Builder::new()
        .name("feed".to_owned())
        .spawn(move || stdin.write_all(input.as_bytes()).unwrap())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    assert!(output.status.success());
    let output = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.lines().count(), mutations.len());
    fs::write(&path, lines(&short(0)).concat()).unwrap();
    let python: Vec<&str> = output.lines().collect();
    // On many threads, because a torn end is looked at for a while.
    on_copies(&folder, mutations.len(), |copy, number| {
        let (bytes, python) = (&mutations[number], python[number]);
        fs::write(copy.join("journal.ron"), bytes).unwrap();
        let ours = match journal::verify(copy, None) {
            Ok(Verification::Intact { head, torn, .. }) => match torn {
                None => format!("0 intact: {head}"),
                Some(torn) => format!(
                    "0 intact: {head}; the last {torn} bytes are no record: torn, or changed"
                ),
            },
            Ok(Verification::Damaged { damage, .. }) => {
                format!("1 damage at record {}", damage.record)
            }
            Ok(Verification::OtherHead { .. }) => panic!("no head was noted"),
            Err(_) => "2 not a journal".to_owned(),
        };
        assert_eq!(ours, python, "{}", String::from_utf8_lossy(bytes));
    });
}

/// The key and the arguments of a sentence.
type Said = (&'static str, Vec<(&'static str, String)>);

/// Everything that the journal can tell a person.
fn everything_said() -> Vec<Said> {
    let path = || PathBuf::from("/here");
    let head = Head {
        count: 7,
        hash: "0".repeat(64),
    };
    let doings = [
        Doing::Read,
        Doing::Write,
        Doing::Sync,
        Doing::Create,
        Doing::Rename,
        Doing::Cut,
        Doing::Remove,
    ];
    let mut errors: Vec<JournalError> = doings
        .into_iter()
        .map(|doing| {
            FileError {
                doing,
                path: path(),
                source: std::io::Error::other("full"),
            }
            .into()
        })
        .collect();
    errors.extend([
        JournalError::NotAJournal { path: path() },
        JournalError::BeginsOtherwise { path: path() },
        JournalError::LaterFormat {
            path: path(),
            format: 2,
            known: 1,
        },
        JournalError::Exists { path: path() },
        JournalError::AlreadyFailed { path: path() },
        JournalError::ChangedOutside { path: path() },
        JournalError::Replaced { path: path() },
        JournalError::OutOfOrder {
            expected: 2,
            found: 3,
        },
        JournalError::NotAFirstEntry,
        JournalError::Unwritable {
            says: "no".to_owned(),
        },
        JournalError::Busy,
        JournalError::Idle,
        JournalError::WriterGone,
    ]);
    let mut said: Vec<Said> = errors
        .iter()
        .map(|error| (error.key(), error.args()))
        .collect();
    let recoveries = [
        Recovery::NewlineAdded,
        Recovery::TailSetAside {
            bytes: 4,
            kept_in: path(),
        },
        Recovery::TailLeft { bytes: 4 },
    ];
    said.extend(recoveries.iter().map(|it| (it.key().unwrap(), it.args())));
    let faults = [
        Fault::Changed,
        Fault::NotARecord,
        Fault::Removed { stands: 4 },
        Fault::Inserted,
        Fault::NotAnEntry,
        Fault::OpenedAgain,
        Fault::WrongNumber { stands: 4 },
        Fault::FlowChanged,
        Fault::FlowMissing,
        Fault::FlowUnreadable,
    ];
    let reasons = faults
        .map(|what| ReadOnly::Damaged(Damage { record: 3, what }))
        .into_iter()
        .chain([
            ReadOnly::Asked,
            ReadOnly::NoPermission {
                reason: "other",
                path: path(),
                says: "no".to_owned(),
            },
        ]);
    said.extend(reasons.map(|it| (it.key(), it.args())));
    let (_temp, folder) = incident(0);
    let _writer = Journal::open(&folder).unwrap();
    let held = Journal::open(&folder).unwrap().read_only.unwrap();
    said.push((held.key(), held.args()));
    let found = [false, true].map(|head_checked| Verification::Intact {
        head: head.clone(),
        torn: None,
        head_checked,
    });
    said.extend(found.iter().map(|it| (it.key(), it.args())));
    let other = Verification::OtherHead {
        noted: head.clone(),
        head,
    };
    said.push((other.key(), other.args()));
    said
}

#[test]
fn everything_the_journal_tells_has_words_and_a_next_step_in_both_languages() {
    for language in [Language::Ja, Language::En] {
        let words = Words::new(language);
        let mut seen = std::collections::BTreeSet::new();
        for (key, args) in everything_said() {
            let sentence = words.with(key, &args);
            let hint = words.with(&format!("{key}-hint"), &args);
            for text in [&sentence, &hint] {
                assert!(
                    !text.contains("journal-") || text.contains("journal.ron"),
                    "{text}"
                );
                assert!(!text.contains(['{', '}', '\n']), "{text}");
            }
            for (name, value) in args {
                let is_inner = matches!(name, "doing" | "reason" | "what" | "hash" | "stands");
                let is_told = is_inner || value == "unknown" || sentence.contains(&value);
                assert!(is_told, "{key} lacks {name}");
            }
            assert!(seen.insert(sentence.clone()), "said twice: {sentence}");
        }
    }
}

#[test]
fn a_head_noted_from_the_verifier_is_read_by_the_program() {
    let (_temp, folder) = incident(1);
    let (_, says) = python(&[folder.to_str().unwrap()]);
    let noted: Head = says.strip_prefix("intact: ").unwrap().parse().unwrap();
    let mut journal = Journal::open(&folder).unwrap().journal.unwrap();
    journal.append(&titled(3)).unwrap();
    drop(journal);
    assert!(matches!(
        journal::verify(&folder, Some(&noted)).unwrap(),
        Verification::Intact {
            head_checked: true,
            ..
        }
    ));
    assert_eq!(opened(), journal::read(&folder).unwrap().entries[0]);
}

#[test]
fn the_records_of_the_trials_open_and_are_intact() {
    let mut count = 0;
    for entry in fs::read_dir("docs/trials").unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("journal.ron").is_file() {
            continue;
        }
        count += 1;
        let data = tempfile::tempdir().unwrap();
        let folder = folder.to_str().unwrap();
        for words in [["journal", "verify", folder], ["incident", "show", folder]] {
            let output = crate::support::run(data.path(), &words, b"");
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
    assert!(count > 0);
}
