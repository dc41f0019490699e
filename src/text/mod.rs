//! Texts as people type them: which show nothing, which names are one, what a filter finds, and
//! how bytes become text.
//!
//! Pure, and used from the core outwards. Nothing here changes what is stored; it only says how
//! two texts compare.
//!
//! **Invariant:** a name and a text are recorded as they were typed; folding is for comparing.

pub mod decode;

use unicode_normalization::UnicodeNormalization as _;

/// Tells whether a text shows nothing: only blanks, controls and signs without a picture, such as
/// U+200B, U+FEFF, U+3164 and U+2800.
pub fn shows_nothing(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// Gives a text that shows something; one that shows nothing is none.
pub fn shown(text: Option<String>) -> Option<String> {
    text.filter(|text| !shows_nothing(text))
}

/// Tells whether a sign has no picture of its own.
fn is_invisible(sign: char) -> bool {
    is_blank(sign) || is_selector(sign)
}

/// Tells whether a sign is a blank of any kind, or has neither width nor picture.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_control()
        || matches!(
            sign,
            // Blank by their picture: Hangul fillers, the braille pattern without dots.
            '\u{115f}'..='\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}'
            // Unicode's default ignorable signs, but for the selectors of a variant.
            | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
        )
}

/// Tells whether a sign chooses a variant of the one before it, as of 葛 or 辻 in a name.
fn is_selector(sign: char) -> bool {
    matches!(
        sign,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Gives a name as it is compared: without blanks, composed (NFC).
pub fn folded_name(name: &str) -> String {
    name.chars().filter(|sign| !is_blank(*sign)).nfc().collect()
}

/// Tells whether two names are those of one person: 佐藤 太郎, 佐藤　太郎 and 佐藤太郎 are;
/// 髙 and 高, and capitals and small letters, are not the same.
pub fn is_same_person(one: &str, other: &str) -> bool {
    one == other || folded_name(one) == folded_name(other)
}

/// Gives a text as a filter sees it: narrow and composed (NFKC), in small letters, without signs
/// that have no picture.
pub fn folded_for_search(text: &str) -> String {
    let is_kept = |sign: &char| sign.is_whitespace() || !is_invisible(*sign);
    let plain = text.chars().filter(is_kept).nfkc();
    // What is typed for a hyphen, on both sides.
    let plain = plain.map(|sign| match sign {
        'ー' | '−' | '‐' => '-',
        _ => sign,
    });
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_signs_without_a_picture_shows_nothing() {
        for text in [
            "",
            " \t\n",
            "\u{3000}",
            "\u{200b}",
            "\u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{ffa0}",
            "\u{ad}\u{2060}\u{fe0f}\u{e0100}",
            "\u{0}\u{7f}\u{85}",
        ] {
            assert!(shows_nothing(text), "{text:?}");
            assert_eq!(shown(Some(text.to_owned())), None);
        }
        for text in [".", "が", "\u{200b}あ", "－", "・", "👩\u{200d}⚕️"] {
            assert!(!shows_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn blanks_and_composition_make_no_other_person_and_other_signs_do() {
        for (one, other) in [
            ("佐藤 太郎", "佐藤太郎"),
            ("佐藤\u{3000}太郎", "佐藤 太郎 "),
            ("ながい", "なか\u{3099}い"),
            ("佐藤\u{200b}太郎", "\u{feff}佐藤太郎"),
        ] {
            assert!(is_same_person(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("髙橋", "高橋"),
            ("Sato", "sato"),
            ("Ｓａｔｏ", "Sato"),
            ("佐藤", "佐藤太郎"),
            ("葛\u{e0100}城", "葛城"),
        ] {
            assert!(!is_same_person(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_filter_folds_width_case_composition_and_signs_without_width() {
        for (text, typed) in [
            ("ＰＰＣへ電話", "ppcへ"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("か\u{3099}いらい", "がい"),
            ("電子\u{200b}カルテ", "電子カルテ"),
            ("14:20", "１４：２０"),
            ("2-6 サーバー", "２ー６"),
        ] {
            let (text, typed) = (folded_for_search(text), folded_for_search(typed));
            assert!(text.contains(&typed), "{text} {typed}");
        }
    }
}
