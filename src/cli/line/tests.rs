//! Lines as typed, and the commands that they are.

use super::*;
use crate::incident::Moment;

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-21T14:32:00+09:00").unwrap()
}

#[test]
fn every_word_of_the_table_is_understood() {
    for word in WORDS {
        let line = format!("{} 2 2 2 2", word.word);
        let fault = read(&line, now()).err();
        assert!(
            !matches!(fault, Some(LineFault::UnknownWord(_))),
            "{}: {fault:?}",
            word.word
        );
    }
}

#[test]
fn quoted_words_and_options_are_read_as_the_screen_says_them() {
    let command = read(
        r#"choose d2 yes --why "ransom note on 3 screens" --by "Director" --at 14:20"#,
        now(),
    )
    .unwrap()
    .unwrap();
    assert_eq!(
        command.act,
        Act::Choose(
            NodeId::from("D2"),
            "yes".to_owned(),
            Ground {
                why: Some("ransom note on 3 screens".to_owned()),
                decider: Some("Director".to_owned()),
                told: None,
            }
        )
    );
    assert!(command.happened_at.is_some());
}

#[test]
fn signs_and_words_that_look_like_options_are_kept() {
    let text = |line: &str| match read(line, now()).unwrap().unwrap().act {
        Act::Note(note) => note.text,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        text("note patients in room #3 are moved"),
        "patients in room #3 are moved"
    );
    assert_eq!(
        text("note '--why was it' \"a \\\"b\\\" \\c\""),
        "--why was it a \"b\" \\c"
    );
    assert_eq!(text("note -- --why not"), "--why not");
    assert_eq!(text("note 患者　移送  済み"), "患者　移送  済み");
    assert_eq!(text("note －－ ＡＢ"), "－－ ＡＢ");
}

#[test]
fn full_width_words_and_numbers_are_read_as_narrow_and_texts_are_kept() {
    for (wide, plain) in [
        ("ｄｏｎｅ　２－６", "done 2-6"),
        ("ｔｉｃｋ ２ー７　１ ＡＢ", "tick 2-7 1 ＡＢ"),
        ("choose Ｄ２ ｙｅｓ －－ｗｈｙ Ｃ", "choose D2 yes --why Ｃ"),
        ("reason ＃１２ 理由", "reason 12 理由"),
        ("done 1-1 --at １４：２０", "done 1-1 --at 14:20"),
        ("assign ｍａｎａｇｅｒ Ａ", "assign manager Ａ"),
    ] {
        let wide = read(wide, now()).unwrap();
        assert_eq!(wide, read(plain, now()).unwrap(), "{plain}");
    }
}

#[test]
fn each_slip_has_its_own_answer() {
    let key = |line: &str| read(line, now()).unwrap_err().key();
    for (line, is) in [
        ("done 1-1 --foo x", "cli-word-no-option"),
        ("done 1-1 --from x", "cli-word-no-option"),
        ("done 1-1 --for 2-13 --why x", "cli-word-no-option"),
        ("done 1-1 --why a --why b", "cli-word-extra"),
        ("done 1-1 --why", "cli-word-no-value"),
        ("done 1-1 --why --by x", "cli-word-no-value"),
        ("note a --kind rumour", "cli-word-kind"),
        ("tick 1-1 one", "cli-word-not-a-number"),
        ("strike last", "cli-word-not-a-number"),
        ("strike", "cli-word-missing"),
        ("done 1-1 --at 0001-01-01T00:00:00Z", "cli-word-moment"),
    ] {
        assert_eq!(key(line), is, "{line}");
    }
}

#[test]
fn what_is_missing_or_too_much_is_said() {
    assert!(matches!(read("done", now()), Err(LineFault::Missing(..))));
    assert!(matches!(
        read("done 2-6 2-7", now()),
        Err(LineFault::Extra(..))
    ));
    assert!(matches!(
        read("dnoe 2-6", now()),
        Err(LineFault::UnknownWord(_))
    ));
    assert!(matches!(read("note \"open", now()), Err(LineFault::Quote)));
    assert!(matches!(
        read("done 2-6 --at never", now()),
        Err(LineFault::Moment(_))
    ));
    assert_eq!(read("  # a remark", now()), Ok(None));
}

#[test]
fn a_text_of_many_words_keeps_them_all_with_their_blanks() {
    let text = "a  b\u{3000}\"c  d\" e\tf 'g' h -- i --why j k";
    let note = |line: &str| match read(line, now()) {
        Ok(Some(command)) => command.act,
        other => panic!("{other:?}"),
    };
    let Act::Note(Note { text, .. }) = note(&format!("note -- {text}")) else {
        panic!();
    };
    assert_eq!(text, "a  b\u{3000}c  d e\tf g h -- i --why j k");
    let cell = note("row 't  t' r c 1  2 3 4 5 6 7");
    let expected = ["t  t", "r", "c", "1  2 3 4 5 6 7"].map(str::to_owned);
    let [table, row, column, value] = expected;
    assert_eq!(cell, Act::Cell(table, row, column, value));
    let many = "done 1-1 a b c d e f g h i";
    let extra = LineFault::Extra("done".to_owned(), "a".to_owned());
    assert_eq!(read(many, now()), Err(extra));
}
