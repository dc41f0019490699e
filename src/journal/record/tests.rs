#![allow(
    clippy::allow_attributes,
    clippy::string_slice,
    clippy::naive_bytecount,
    reason = "a test may fall over"
)]
use super::*;
use crate::incident::{EntryNumber, Ground, Mode, Moment, Note};
use proptest::prelude::*;

fn at() -> Moment {
    Moment::parse_from_rfc3339("2026-03-01T09:05:07.123+09:00").unwrap()
}

fn entry(number: u64, event: Event) -> Entry {
    Entry {
        number: EntryNumber(number),
        recorded_at: at(),
        happened_at: None,
        by: Some("佐藤".to_owned()),
        role: None,
        event,
        effects: Vec::new(),
    }
}

fn opened() -> Entry {
    entry(
        1,
        Event::IncidentOpened {
            format: FORMAT,
            program: "shodo 0".to_owned(),
            mode: Mode::Live,
            flow: "f".to_owned(),
            flow_version: "1".to_owned(),
            flow_sha256: sha256(b"flow"),
            door: "d".to_owned(),
            title: None,
            site: None,
        },
    )
}

fn titled(number: u64, title: &str) -> Entry {
    entry(
        number,
        Event::Titled {
            title: title.to_owned(),
        },
    )
}

/// Chains entries, whatever their numbers.
fn journal(entries: &[Entry]) -> Vec<Vec<u8>> {
    let mut last = String::new();
    entries
        .iter()
        .map(|entry| {
            let line = write(&last, entry).unwrap();
            last = line.hash;
            line.bytes
        })
        .collect()
}

fn five() -> Vec<Vec<u8>> {
    let mut entries = vec![opened()];
    entries.extend((2..=5).map(|number| titled(number, &format!("title {number}"))));
    journal(&entries)
}

fn damage(lines: &[Vec<u8>]) -> (usize, Damage) {
    let read = read(&lines.concat()).unwrap();
    (read.entries.len(), read.damage.unwrap())
}

/// Chains a text that no entry gave.
fn forged(last: &str, text: &str) -> Vec<u8> {
    format!("{} {text}\n", chain(last, text.as_bytes())).into_bytes()
}

#[test]
fn what_is_written_is_read_with_its_hashes() {
    let lines = five();
    let read = read(&lines.concat()).unwrap();
    assert_eq!(read.entries.len(), 5);
    assert_eq!(read.tail, Tail::Clean);
    assert_eq!(read.good_bytes, lines.concat().len() as u64);
    assert_eq!(read.flow_sha256, sha256(b"flow"));
    for (line, number) in lines.iter().zip(1..) {
        assert_eq!(&line[..64], read.hash(number).unwrap().as_bytes());
    }
    assert_eq!(read.hash(0), None);
    assert_eq!(read.hash(6), None);
}

#[test]
fn awkward_texts_stay_on_one_line_and_come_back() {
    for text in [
        "\n",
        "\r\n",
        "\u{2028}\u{2029}\u{85}\u{b}\u{c}",
        "\0\u{1}\u{1b}\u{7f}\u{9f}",
        "\"\\'\\n\\u{41}",
        "か\u{3099} 𠮷野家 \u{fe0f}\u{200d}\u{feff}\u{10ffff}",
        "Some(\"x\")",
        "None",
        "/* */ // )",
        "",
    ] {
        let first = opened();
        let note = entry(
            2,
            Event::NoteAdded(Note {
                text: text.to_owned(),
                from: Some(text.to_owned()),
                ..Note::default()
            }),
        );
        let lines = journal(&[first, note.clone()]);
        let bytes = &lines[1];
        assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1);
        assert!(!bytes[..bytes.len() - 1].iter().any(u8::is_ascii_control));
        assert_eq!(read(&lines.concat()).unwrap().entries[1], note, "{text:?}");
    }
}

#[test]
fn ten_megabytes_in_one_field_come_back() {
    let big = titled(2, &"あ\n\u{1}x\"".repeat(1_500_000));
    let lines = journal(&[opened(), big.clone()]);
    assert!(lines[1].len() > 10_000_000);
    assert_eq!(read(&lines.concat()).unwrap().entries[1], big);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(text in ".*", why in proptest::option::of("\\PC*")) {
        let event = Event::Corrected {
            of: EntryNumber(1),
            text: Some(text),
            value: None,
            ground: Ground { why, ..Ground::default() },
        };
        let corrected = entry(2, event);
        let lines = journal(&[opened(), corrected.clone()]);
        prop_assert_eq!(&read(&lines.concat()).unwrap().entries[1], &corrected);
    }

    #[test]
    fn no_bytes_make_the_reader_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let first = journal(&[opened()]).concat();
        prop_assert!(read(&bytes).is_err());
        let read = read(&[first, bytes.clone()].concat()).unwrap();
        prop_assert_eq!(read.entries.len(), 1);
        prop_assert_eq!(read.tail == Tail::Clean, bytes.is_empty());
    }
}

#[test]
fn a_changed_record_is_named() {
    for (index, wrong) in (1..).zip(0..4) {
        let mut lines = five();
        let at = lines[wrong].len() - 4;
        lines[wrong][at] ^= 1;
        let (good, damage) = damage(&lines);
        assert_eq!((good, damage.record), (wrong, index));
        assert_eq!(damage.what, Fault::Changed);
    }
}

#[test]
fn changed_digits_are_named_even_before_the_last_record() {
    for digit in [b'0', b'x'] {
        let mut lines = five();
        lines[3][7] = if lines[3][7] == digit { b'1' } else { digit };
        assert_eq!(damage(&lines).1.record, 4);
    }
}

#[test]
fn a_removed_record_is_named() {
    for removed in 0..4_usize {
        let mut lines = five();
        lines.remove(removed);
        let number = removed as u64 + 1;
        let (good, damage) = damage(&lines);
        assert_eq!((good, damage.record), (removed, number));
        assert_eq!(damage.what, Fault::Removed { stands: number + 1 });
    }
}

#[test]
fn an_inserted_line_is_named() {
    for line in [five()[1].clone(), b"hello\n".to_vec(), b"\n".to_vec()] {
        for place in 1..5_usize {
            // Put behind itself it is right, and what follows is not.
            let mut lines = five();
            lines.insert(place, line.clone());
            let (good, damage) = damage(&lines);
            let own = usize::from(place == 1 && line == lines[2]);
            assert_eq!(
                (good, damage.record),
                (place + own, (place + own) as u64 + 1)
            );
            assert_eq!(damage.what, Fault::Inserted);
        }
    }
}

#[test]
fn two_records_run_together_are_damage() {
    let mut lines = five();
    lines[3].pop();
    let (good, damage) = damage(&lines);
    assert_eq!((good, damage.record), (3, 4));
}

#[test]
fn exchanged_records_are_damage() {
    let mut lines = five();
    lines.swap(2, 3);
    assert_eq!(damage(&lines).1.record, 3);
}

#[test]
fn a_wrong_number_with_right_digits_is_damage_even_at_the_end() {
    let lines = journal(&[opened(), titled(2, "a"), titled(4, "b")]);
    assert_eq!(
        damage(&lines).1,
        Damage {
            record: 3,
            what: Fault::WrongNumber { stands: 4 }
        }
    );
}

#[test]
fn an_incident_that_is_opened_a_second_time_is_damage_even_at_the_end() {
    // Else live would become drill in the middle of a record.
    let mut again = opened();
    again.number = EntryNumber(2);
    let lines = journal(&[opened(), again, titled(3, "b")]);
    for lines in [&lines[..2], &lines[..]] {
        let expected = Damage {
            record: 2,
            what: Fault::OpenedAgain,
        };
        assert_eq!(damage(lines), (1, expected));
    }
}

#[test]
fn right_digits_over_what_is_no_entry_are_damage_even_at_the_end() {
    let deep = format!("(number: 2, x: {})", "[".repeat(200_000));
    for text in ["(number: 2, event: TooNew(a: 1))", "hello", "", &deep] {
        let lines = [five()[0].clone(), {
            let last = String::from_utf8(five()[0][..64].to_vec()).unwrap();
            forged(&last, text)
        }];
        assert_eq!(damage(&lines).1.what, Fault::NotAnEntry);
    }
}

#[test]
fn a_field_that_is_not_known_is_passed_over() {
    let line = five().remove(0);
    let text = String::from_utf8(line[65..line.len() - 1].to_vec()).unwrap();
    let later = text.replace(", event:", ", later: [(a: Some(\"b\"))], event:");
    assert_ne!(text, later);
    assert_eq!(read(&forged("", &later)).unwrap().entries, [opened()]);
}

#[test]
fn a_later_format_is_told_even_when_its_fields_are_unknown() {
    let text = "(number: 1, wholly: \"new\", event: IncidentOpened(format: 7, other: [1]), x: {})";
    assert_eq!(
        read(&forged("", text)).unwrap_err(),
        Foreign::Later { format: 7 }
    );
}

#[test]
fn what_is_not_ours_is_not_a_journal() {
    let other_first = journal(&[titled(1, "a")]).concat();
    let format_0 = forged("", "(number: 1, event: IncidentOpened(format: 0))");
    for bytes in [&b""[..], b"\n", b"hello\nworld\n", &other_first, &format_0] {
        assert_eq!(read(bytes).unwrap_err(), Foreign::NotAJournal);
    }
}

#[test]
fn a_torn_end_that_quotes_a_record_is_still_torn() {
    let lines = five();
    let quoted = String::from_utf8(lines[1].clone()).unwrap();
    let note = write(
        std::str::from_utf8(&lines[4][..64]).unwrap(),
        &titled(6, &format!("{quoted}{quoted}")),
    )
    .unwrap();
    let mut bytes = lines.concat();
    let good = bytes.len() as u64;
    for cut in 1..note.bytes.len() - 1 {
        bytes.truncate(lines.concat().len());
        bytes.extend_from_slice(&note.bytes[..cut]);
        let read = read(&bytes).unwrap();
        assert_eq!(read.entries.len(), 5);
        assert_eq!(
            read.tail,
            Tail::Torn {
                at_byte: good,
                bytes: cut as u64
            }
        );
    }
}

#[test]
fn zeros_and_old_bytes_of_the_disk_at_the_end_are_torn() {
    for junk in [&[0_u8; 4096][..], b"\n\n\n", b"old\nbytes\n", b"\xff\xfe"] {
        let bytes = [five().concat(), junk.to_vec()].concat();
        let read = read(&bytes).unwrap();
        assert_eq!((read.entries.len(), read.damage), (5, None));
        assert!(matches!(read.tail, Tail::Torn { .. }));
    }
}

#[test]
fn a_head_is_printed_and_read_whole_and_short() {
    let head = read(&five().concat()).unwrap().head();
    assert_eq!(head.to_string().parse(), Ok(head.clone()));
    let short = head.short();
    assert_eq!(short.len(), 32 + 7);
    let noted: Head = format!("{} {}", head.count, short.to_uppercase())
        .parse()
        .unwrap();
    assert!(read(&five().concat()).unwrap().fits(&noted));
    let cut: Result<Head, _> = format!("5 {}", &short[..30]).parse();
    assert_eq!(cut, Err(NotAHead));
    for text in ["", "5", "0 ", "+5 ", "x "] {
        assert_eq!(
            format!("{text}{}", head.hash).parse::<Head>(),
            Err(NotAHead)
        );
    }
}

#[test]
fn a_noted_head_fits_only_the_record_it_was_noted_at() {
    let read = read(&five().concat()).unwrap();
    for count in 1..=5 {
        let hash = read.hash(count).unwrap().to_owned();
        assert!(read.fits(&Head {
            count,
            hash: hash.clone()
        }));
        assert!(!read.fits(&Head {
            count: count + 1,
            hash: hash.clone()
        }));
        assert!(!read.fits(&Head {
            count,
            hash: hash[..31].to_owned()
        }));
    }
}
