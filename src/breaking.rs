//! Where lines of Japanese and English may end.
//!
//! By the usual rules of line starts and line ends; words and numbers stay whole.
//! It knows no fonts: the advances of the characters come in as an argument.
//!
//! **Invariant:** taking the added line breaks out of what [`break_line`] gives leaves the text.

/// What must not start a line.
const NOT_FIRST: &str = "、。,.，．・:;：；?!？！‼⁇⁈⁉)]｝〕〉》」』】〙〗〟’”｠»）］}ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ々〻‐゠–〜…‥%％℃";

/// What must not end a line.
const NOT_LAST: &str = "([｛〔〈《「『【〘〖〝‘“｟«（［{#＃¥$№";

/// Breaks one line by the advances of its characters.
pub fn break_line(line: &str, advances: &[f32], width: f32) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len() + 8);
    let mut start = 0;
    while start < chars.len() {
        let mut x = 0.0;
        let mut end = start;
        for (at, _) in chars.iter().enumerate().skip(start) {
            x += advances.get(at).copied().unwrap_or_default();
            if x > width && at > start {
                break;
            }
            end = at + 1;
        }
        if end < chars.len() {
            end = (start + 1..=end)
                .rev()
                .find(|&at| may_break(&chars, at))
                .unwrap_or(end);
        }
        if start > 0 {
            out.push('\n');
        }
        out.extend(chars.iter().take(end).skip(start));
        start = end;
    }
    out
}

/// Tells whether a line may end before the character at this place.
fn may_break(chars: &[char], at: usize) -> bool {
    let (Some(&before), Some(&after)) = (chars.get(at.wrapping_sub(1)), chars.get(at)) else {
        return true;
    };
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) || after.is_whitespace() {
        return false;
    }
    before.is_whitespace()
        || is_wide(before)
        || is_wide(after)
        || (matches!(before, '-' | '/') && !after.is_ascii_digit())
}

/// Tells whether a sign stands for itself, so that a line may be broken beside it.
fn is_wide(sign: char) -> bool {
    matches!(sign, '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{27bf}' | '\u{2e80}'..='\u{fffd}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, columns: u8) -> Vec<String> {
        let advances: Vec<f32> = text
            .chars()
            .map(|sign| if sign.is_ascii() { 1.0 } else { 2.0 })
            .collect();
        let text = break_line(text, &advances, f32::from(columns));
        text.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn a_line_never_starts_with_a_closing_sign_or_small_kana() {
        assert_eq!(broken("あいうえ。おか", 8), ["あいう", "え。おか"]);
        assert_eq!(broken("チェックリスト", 4), ["チェ", "ック", "リス", "ト"]);
    }

    #[test]
    fn a_line_never_ends_with_an_opening_bracket() {
        assert_eq!(broken("症状「ランサム」", 6), ["症状", "「ラン", "サム」"]);
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(broken("手順2-11による", 7), ["手順", "2-11に", "よる"]);
        assert_eq!(broken("call the vendor", 9), ["call the ", "vendor"]);
    }

    #[test]
    fn what_has_no_place_to_break_is_broken_all_the_same() {
        assert_eq!(broken("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
    }
}
