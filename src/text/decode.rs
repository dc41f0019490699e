//! Bytes as text: UTF-8, UTF-16, CP932 (`Shift_JIS` as Windows writes it), else byte for byte.
//!
//! UTF-16 is a matter of the whole input, because its line ends are other bytes; everything else is
//! looked at line by line, so that lines from several programs can follow one another.
//!
//! **Invariant:** nothing is lost: what fits no encoding stands in the text as `\x92`, and
//! [`Decoded::how`] says so.

use encoding_rs::SHIFT_JIS;

/// The byte order mark of UTF-8.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The end of a line in UTF-16.
const END: u16 = b'\n' as u16;

/// How much of a first line is looked at.
const SAMPLE: usize = 4096;

/// How bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As UTF-8.
    Utf8,
    /// As UTF-16.
    Utf16,
    /// As CP932.
    Cp932,
    /// Some fit no encoding and are kept as `\x92`.
    Escaped,
}

/// A text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// How its bytes were read.
    pub how: How,
}

/// The order of the two bytes of a unit of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The low byte first, as Windows writes it.
    Little,
    /// The high byte first.
    Big,
}

impl Order {
    /// Tells whether two bytes are the end of a line.
    pub fn is_end(self, pair: &[u8]) -> bool {
        self.units(pair).next() == Some(END)
    }

    /// Gives the units of bytes; an odd one at the end is left out.
    fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        let unit = move |pair: &[u8]| {
            let [first, second] = *pair else { return 0 };
            match self {
                Self::Little => u16::from_le_bytes([first, second]),
                Self::Big => u16::from_be_bytes([first, second]),
            }
        };
        bytes.chunks_exact(2).map(unit)
    }

    /// Gives the two bytes of a unit.
    fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

/// Tells from its first line whether an input is UTF-16: by its byte order mark, or where every sign
/// of it makes sense so and none would otherwise.
pub fn utf16_order(begin: &[u8]) -> Option<Order> {
    let end = begin.iter().position(|byte| *byte == b'\n');
    // The end of a line may be the first byte of its pair.
    let end = end
        .map_or(begin.len(), |at| at + 1)
        .min(SAMPLE)
        .next_multiple_of(2);
    let begin = begin.get(..end).unwrap_or(begin);
    match begin {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    if !begin.contains(&0) {
        return None;
    }
    let (little, big) = (latin(begin, Order::Little), latin(begin, Order::Big));
    let order = match little.cmp(&big) {
        std::cmp::Ordering::Greater => Order::Little,
        std::cmp::Ordering::Less => Order::Big,
        std::cmp::Ordering::Equal => return None,
    };
    // What is UTF-8 as it stands is UTF-16 only with a line's end of it and more, or when every
    // other byte is nothing.
    let zeros = |at: usize| begin.iter().skip(at).step_by(2).all(|byte| *byte == 0);
    let has_end = order.units(begin).any(|unit| unit == END);
    let is_it =
        (has_end && little.max(big) > 1) || zeros(0) || zeros(1) || str::from_utf8(begin).is_err();
    is_it.then_some(order)
}

/// Counts the signs of ASCII in a sample; none where it cannot be UTF-16 in this order.
fn latin(begin: &[u8], order: Order) -> usize {
    let mut count = 0;
    let mut signs = char::decode_utf16(order.units(begin)).peekable();
    while let Some(sign) = signs.next() {
        match sign {
            // The sample may end within a pair.
            Err(_) if signs.peek().is_none() => {}
            Ok('\t' | '\n' | '\r' | ' '..='~') => count += 1,
            Ok(sign) if sign.is_control() => return 0,
            Ok(_) => {}
            Err(_) => return 0,
        }
    }
    count
}

/// Reads bytes of UTF-16; half a pair, and a byte too much, are kept as they are.
pub fn utf16(bytes: &[u8], order: Order) -> Decoded {
    let mut how = How::Utf16;
    let mut text = String::with_capacity(bytes.len());
    for sign in char::decode_utf16(order.units(bytes)) {
        match sign {
            Ok(sign) => text.push(sign),
            Err(half) => {
                how = How::Escaped;
                order
                    .bytes(half.unpaired_surrogate())
                    .iter()
                    .for_each(|byte| escape(*byte, &mut text));
            }
        }
    }
    for byte in bytes.chunks_exact(2).remainder() {
        how = How::Escaped;
        escape(*byte, &mut text);
    }
    let text = text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text);
    Decoded { text, how }
}

/// Reads a line that is not UTF-16.
pub fn line(bytes: &[u8]) -> Decoded {
    let bytes = bytes.strip_prefix(&MARK).unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            how: How::Utf8,
        };
    }
    if let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        return Decoded {
            text: text.into_owned(),
            how: How::Cp932,
        };
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            escape(*byte, &mut text);
        }
    }
    Decoded {
        text,
        how: How::Escaped,
    }
}

/// Takes off the bytes of a sign that has only begun, at the end of a piece of a longer line; in
/// UTF-16 of this order, or in what else it may be.
pub fn begun_sign(bytes: &mut Vec<u8>, order: Option<Order>) -> Vec<u8> {
    if let Some(order) = order {
        let is_half = order
            .units(bytes)
            .last()
            .is_some_and(|unit| unit & 0xfc00 == 0xd800);
        return bytes.split_off(bytes.len().saturating_sub(if is_half { 2 } else { 0 }));
    }
    match str::from_utf8(bytes) {
        Ok(_) => return Vec::new(),
        Err(error) if error.error_len().is_none() => return bytes.split_off(error.valid_up_to()),
        Err(_) => {}
    }
    let is_cp932 = |bytes: &[u8]| {
        let read = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
        read.is_some()
    };
    let Some((_, but_last)) = bytes.split_last() else {
        return Vec::new();
    };
    if !is_cp932(bytes) && is_cp932(but_last) {
        return bytes.split_off(bytes.len() - 1);
    }
    Vec::new()
}

/// Reads a whole file's bytes as lines, without their ends; in UTF-16 of this order, or each line in
/// what else it may be.
pub fn lines(bytes: &[u8], order: Option<Order>) -> Vec<Decoded> {
    let Some(order) = order else {
        return bytes.split(|byte| *byte == b'\n').map(line).collect();
    };
    let mut lines = Vec::new();
    let mut begun: Vec<u8> = Vec::new();
    for pair in bytes.chunks(2) {
        if order.is_end(pair) {
            lines.push(utf16(&begun, order));
            begun.clear();
        } else {
            begun.extend(pair);
        }
    }
    lines.push(utf16(&begun, order));
    lines
}

fn escape(byte: u8, into: &mut String) {
    use std::fmt::Write as _;
    // Writing to a text cannot fail.
    write!(into, "\\x{byte:02x}").ok();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes_of(text: &str, order: Order) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| order.bytes(unit))
            .collect()
    }

    #[test]
    fn a_line_is_read_as_utf_8_as_cp932_or_kept_byte_for_byte() {
        for (bytes, text, how) in [
            ("3東".as_bytes(), "3東", How::Utf8),
            (b"\xef\xbb\xbfnote x", "note x", How::Utf8),
            // 地震 停止 ①髙 in CP932, which JIS X 0208 alone does not have.
            (b"\x92\xe2\x8e~ 3\x93\x8c", "停止 3東", How::Cp932),
            (b"\x87\x40\xfb\xfc", "①髙", How::Cp932),
            // A lead byte with nothing behind it, and UTF-8 around it.
            (b"\xe6\x9d\xb1 \x92", "東 \\x92", How::Escaped),
            (b"\xff\x00\xff", "\\xff\0\\xff", How::Escaped),
        ] {
            let text = text.to_owned();
            assert_eq!(line(bytes), Decoded { text, how }, "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_is_told_by_its_mark_or_where_nothing_else_makes_sense() {
        for order in [Order::Little, Order::Big] {
            for text in ["note 停止\r\n", "停電 上階\n", "一 二\n", "a\n"] {
                let plain = bytes_of(text, order);
                assert_eq!(utf16_order(&plain), Some(order), "{text:?}");
                let marked = bytes_of(&format!("\u{feff}{text}"), order);
                assert_eq!(utf16_order(&marked), Some(order), "{text:?}");
                let read = utf16(&marked, order);
                assert_eq!((read.text.as_str(), read.how), (text, How::Utf16));
            }
        }
        for bytes in [
            &b"plain\n"[..],
            b"abc\0def\n",
            b"ab\0\n",
            b"\x92\xe2\x8e~\n",
            b"\0",
            b"",
        ] {
            assert_eq!(utf16_order(bytes), None, "{bytes:?}");
        }
        let half = utf16(b"\x00\xd8a\x00b", Order::Little);
        assert_eq!(half.text, "\\x00\\xd8a\\x62");
        assert_eq!(half.how, How::Escaped);
    }

    #[test]
    fn a_file_in_utf_16_has_its_lines() {
        for order in [Order::Little, Order::Big] {
            let text = "\u{feff}一つ 上\r\n二\n";
            let read = lines(&bytes_of(text, order), Some(order));
            let texts: Vec<&str> = read.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(texts, ["一つ 上\r", "二", ""]);
        }
    }

    #[test]
    fn a_sign_that_has_only_begun_goes_to_the_next_piece() {
        for (bytes, kept) in [
            (&b"\xe6\x9d\xb1\xe6"[..], 3),
            (b"\x92\xe2\x8e", 2),
            (b"\x92\xe2", 2),
            (b"ab", 2),
        ] {
            let mut piece = bytes.to_vec();
            let rest = begun_sign(&mut piece, None);
            assert_eq!(piece.len(), kept, "{bytes:?}");
            assert_eq!([piece, rest].concat(), bytes);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_in_an_encoding_is_read_back(text in "[ -~ぁ-んァ-ヶ一-龠]{1,40}") {
            prop_assert_eq!(&line(text.as_bytes()).text, &text);
            let (bytes, _, lossy) = SHIFT_JIS.encode(&text);
            if !lossy && str::from_utf8(&bytes).is_err() {
                prop_assert_eq!(&line(&bytes).text, &text);
            }
            for order in [Order::Little, Order::Big] {
                let marked = bytes_of(&format!("\u{feff}{text}"), order);
                prop_assert_eq!(utf16_order(&marked), Some(order));
                prop_assert_eq!(&utf16(&marked, order).text, &text);
            }
        }

        #[test]
        fn bytes_that_fit_nothing_are_found_again_in_the_text(bytes in bytes_of_all_kinds()) {
            let read = line(&bytes);
            if read.how == How::Escaped {
                let bytes = bytes.strip_prefix(&MARK).unwrap_or(&bytes);
                prop_assert_eq!(unescaped(read.text.as_bytes()), unescaped(bytes));
            }
            for order in [Order::Little, Order::Big] {
                let read = utf16(&bytes, order);
                if read.how == How::Utf16 {
                    let text = bytes_of(&read.text, order);
                    prop_assert!(bytes.ends_with(&text) && bytes.len() <= text.len() + 2);
                }
            }
        }

        #[test]
        fn a_piece_and_what_it_has_only_begun_are_all_its_bytes(bytes in bytes_of_all_kinds()) {
            for order in [None, Some(Order::Little), Some(Order::Big)] {
                let whole = bytes.len() / 2 * 2;
                let bytes = if order.is_some() { &bytes[..whole] } else { &bytes };
                let mut piece = bytes.to_vec();
                let rest = begun_sign(&mut piece, order);
                prop_assert!(rest.len() < 4);
                prop_assert_eq!([piece, rest].concat(), bytes);
            }
        }
    }

    fn bytes_of_all_kinds() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            any::<char>().prop_map(|sign| sign.to_string().into_bytes()),
            Just(b"\\x92".to_vec()),
            Just(b"\\x".to_vec()),
            Just(b"\\".to_vec()),
        ];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    /// Gives the bytes that a text stands for, `\x92` being one.
    fn unescaped(text: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = text;
        while let Some((first, behind)) = rest.split_first() {
            let digits = behind.strip_prefix(b"x").and_then(|of| of.get(..2));
            let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
            let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            if let Some(byte) = byte.filter(|_| *first == b'\\') {
                bytes.push(byte);
                rest = &behind[3..];
            } else {
                bytes.push(*first);
                rest = behind;
            }
        }
        bytes
    }
}
