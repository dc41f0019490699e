//! Standard input as lines, whatever they are encoded in.
//!
//! The lines of a program that waits for its answers come one by one, so nothing is read ahead of
//! the end of a line. Only its first line decides whether an input is UTF-16; every other line is
//! looked at by itself ([`crate::text::decode`]).

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader, Read};

use super::Context;
use crate::text::decode::{self, Decoded, How, Order};

/// How much is read at once; more than standard input itself keeps, so that it passes through.
const AT_ONCE: usize = 64 * 1024;

/// An input, read line by line.
#[derive(Debug)]
pub(super) struct Input<R> {
    from: BufReader<R>,
    order: Option<Order>,
    is_begun: bool,
    /// The beginning of the next piece.
    held: Vec<u8>,
    told: BTreeSet<How>,
}

/// A line, or a piece of one that is longer than asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    bytes: Vec<u8>,
    /// It goes on.
    pub goes_on: bool,
}

impl<R: Read> Input<R> {
    /// Begins with an input.
    pub(super) fn new(from: R) -> Self {
        Self {
            from: BufReader::with_capacity(AT_ONCE, from),
            order: None,
            is_begun: false,
            held: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    /// Gives the next line, of a longer one so many bytes; none at the end.
    pub(super) fn next(&mut self, limit: usize) -> io::Result<Option<Line>> {
        let mut bytes = std::mem::take(&mut self.held);
        if self.order.is_none() {
            let room = limit.saturating_sub(bytes.len()) as u64;
            self.from
                .by_ref()
                .take(room)
                .read_until(b'\n', &mut bytes)?;
            if !std::mem::replace(&mut self.is_begun, true) {
                // With the byte behind an end of line, where it has come along.
                let next = self.from.buffer().first().filter(|_| bytes.len() % 2 == 1);
                let sample: Vec<u8> = bytes.iter().chain(next).copied().collect();
                self.order = decode::utf16_order(&sample);
            }
        }
        let is_ended = match self.order {
            Some(order) => self.go_on(order, limit, &mut bytes)?,
            None => bytes.ends_with(b"\n"),
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        let goes_on = !is_ended && bytes.len() >= limit;
        Ok(Some(Line { bytes, goes_on }))
    }

    /// Reads pairs of bytes up to the end of a line; tells whether it was reached.
    fn go_on(&mut self, order: Order, limit: usize, bytes: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let (pairs, half) = bytes.split_at(bytes.len() / 2 * 2);
            let last = pairs.len().saturating_sub(2);
            if half.is_empty() {
                if pairs.get(last..).is_some_and(|pair| order.is_end(pair)) {
                    return Ok(true);
                }
                if pairs.len() >= limit {
                    return Ok(false);
                }
            }
            let wanted = if half.is_empty() { 2 } else { 1 };
            if self.from.by_ref().take(wanted).read_to_end(bytes)? == 0 {
                return Ok(true);
            }
        }
    }

    /// Holds back what a piece of a longer line has only begun, for the next one.
    pub(super) fn hold_begun(&mut self, line: &mut Line) {
        if line.goes_on {
            self.held = decode::begun_sign(&mut line.bytes, self.order);
        }
    }

    /// Reads past what is left of a line.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        while self.next(AT_ONCE)?.is_some_and(|line| line.goes_on) {}
        Ok(())
    }

    /// Gives the text of a line; the first time that it is in another encoding than UTF-8, that is
    /// told on standard error.
    pub(super) fn text(&mut self, context: &mut Context<'_>, line: &Line) -> Decoded {
        let read = match self.order {
            Some(order) => decode::utf16(&line.bytes, order),
            None => decode::line(&line.bytes),
        };
        let name = match read.how {
            How::Utf16 => "UTF-16",
            How::Cp932 => "CP932 (Shift_JIS)",
            How::Utf8 | How::Escaped => return read,
        };
        if self.told.insert(read.how) {
            let what = context.words.with("cli-decoded", &[("name", name)]);
            let notice = context.words.with("cli-recovered", &[("what", what)]);
            // The line is taken also where nobody hears this.
            context.warn(&notice).ok();
        }
        read
    }
}

/// Says behind an answer that bytes were kept as they are, where some were.
pub(super) fn kept_bytes(context: &Context<'_>, read: &Decoded) -> String {
    match read.how {
        How::Escaped => context.words.get("cli-kept-bytes"),
        How::Utf8 | How::Utf16 | How::Cp932 => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], limit: usize) -> Vec<(Vec<u8>, bool)> {
        let mut input = Input::new(bytes);
        let mut lines = Vec::new();
        while let Some(mut line) = input.next(limit).unwrap() {
            input.hold_begun(&mut line);
            lines.push((line.bytes, line.goes_on));
        }
        lines
    }

    #[test]
    fn lines_of_utf_16_end_where_their_own_end_is() {
        // 上 is 4E 0A, 一 is 4E 00.
        for (bytes, first) in [
            (&b"\xfe\xff\x4e\x0a\x00\x0a\x4e\x00\x00\x0a"[..], 6),
            (b"\xff\xfe\x0a\x4e\x0a\x00\x00\x4e\x0a\x00", 6),
            (b"1\x002\x00\x0a\x00\x0a\x4e\x0a\x00", 6),
        ] {
            let read = lines(bytes, 100);
            assert_eq!(read.len(), 2, "{bytes:?}");
            assert_eq!((read[0].0.len(), read[0].1), (first, false));
        }
    }

    #[test]
    fn a_long_line_comes_in_pieces_of_whole_signs() {
        let read = lines("東東東\n".as_bytes(), 4);
        let pieces: Vec<&str> = read
            .iter()
            .map(|(b, _)| str::from_utf8(b).unwrap())
            .collect();
        assert_eq!(pieces, ["東", "東", "東\n"]);
        // The same in CP932, and a pair of surrogates in UTF-16.
        let read = lines(b"\x93\x8c\x93\x8c\n", 3);
        assert_eq!(read[0], (b"\x93\x8c".to_vec(), true));
        let read = lines(b"\xff\xfea\x00\x3d\xd8\x69\xdca\x00", 6);
        assert_eq!(read[0], (b"\xff\xfea\x00".to_vec(), true));
    }
}
