//! Paths as people give them: typed, pasted from another program, dropped on the window.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::{JOURNAL, folder_of};

/// Gives the path that was typed, pasted or dropped: in quotation marks, as a `file:` address, or as
/// it is.
pub fn typed_path(typed: impl Into<OsString>) -> PathBuf {
    let typed = typed.into();
    let Some(text) = typed.to_str() else {
        return typed.into();
    };
    let trimmed = text.trim();
    let bare = ['"', '\'']
        .into_iter()
        .find_map(|mark| trimmed.strip_prefix(mark)?.strip_suffix(mark))
        .map(str::trim)
        .filter(|bare| !bare.is_empty());
    let address = bare.unwrap_or(trimmed);
    match (from_address(address), bare) {
        (Some(path), _) => path,
        (None, Some(bare)) => bare.into(),
        (None, None) => typed.into(),
    }
}

/// Gives the folder of the incident that a path leads to: the path, or where its journal lies.
pub fn incident_folder(path: PathBuf) -> PathBuf {
    if path.file_name() == Some(OsStr::new(JOURNAL)) {
        folder_of(&path).to_owned()
    } else {
        path
    }
}

/// Gives the path of a `file:` address.
fn from_address(text: &str) -> Option<PathBuf> {
    let (scheme, rest) = text.split_at_checked("file:".len())?;
    if rest.is_empty() || !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let path = match rest.strip_prefix("//") {
        None => rest.to_owned(),
        Some(rest) => match rest.split_once('/') {
            Some(("" | "localhost", path)) => format!("/{path}"),
            // On another machine.
            _ => format!("//{rest}"),
        },
    };
    let path = without_percents(&path)?;
    // `/C:/…`
    let drive = path.strip_prefix('/').filter(|drive| {
        let mut signs = drive.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_alphabetic()) && signs.next() == Some(':')
    });
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// Gives a text with its `%20` and the like decoded; none where that gives no text.
fn without_percents(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.split_at_checked(2);
        let decoded = digits.filter(|_| *first == b'%').and_then(|(digits, _)| {
            let digits = std::str::from_utf8(digits).ok()?;
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
        });
        bytes.push(decoded.unwrap_or(*first));
        let read = if decoded.is_some() { 2 } else { 0 };
        rest = behind.get(read..).unwrap_or_default();
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_path_may_come_in_quotation_marks_as_an_address_or_as_the_journal() {
        let cases = [
            ("/a b", "/a b"),
            ("\"/a b\"", "/a b"),
            (" '/a b' ", "/a b"),
            ("\"C:\\記録\\a\"", "C:\\記録\\a"),
            ("file:///a%20b/%E8%A8%98.ron", "/a b/記.ron"),
            ("FILE://localhost/a", "/a"),
            ("\"file:///a%20b\"", "/a b"),
            ("file:/a", "/a"),
            ("file:///C:/a%5Cb", "C:/a\\b"),
            ("file://server/share/a", "//server/share/a"),
            ("file:///100%/%zz%2", "/100%/%zz%2"),
            // What only looks like it is a name like any other.
            ("\"", "\""),
            ("'a\"", "'a\""),
            ("it's", "it's"),
            ("file", "file"),
            ("file:", "file:"),
            ("\"\"", "\"\""),
            ("a 100%20", "a 100%20"),
        ];
        for (typed, meant) in cases {
            assert_eq!(typed_path(typed), Path::new(meant), "{typed}");
        }
        assert_eq!(typed_path("file:///%ff"), Path::new("file:///%ff"));
        let folder = |path: &str| incident_folder(PathBuf::from(path));
        assert_eq!(folder("a/journal.ron"), Path::new("a"));
        assert_eq!(folder("journal.ron"), Path::new("."));
        assert_eq!(folder("a/b"), Path::new("a/b"));
    }
}
