//! Text that was typed and not yet submitted, kept beside the journal and offered again.
//!
//! It is no part of the record: losing it is a nuisance, not a loss. One pair a line, so
//! that a damaged file still gives its other lines.
//!
//! **Invariant:** reading never fails; it gives what it can.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::files;

use super::JournalError;

/// The largest file of unsent text that is read.
const BYTES_LIMIT: u64 = 64 * 1024 * 1024;

/// Saves what is typed, by the name of its field; an empty map removes the file.
pub fn save(folder: &Path, fields: &BTreeMap<String, String>) -> Result<(), JournalError> {
    if fields.is_empty() {
        return clear(folder);
    }
    let mut text = "{\n".to_owned();
    for (name, value) in fields {
        let quote = |text: &str| {
            ron::to_string(text).map_err(|error| JournalError::Unwritable {
                says: error.to_string(),
            })
        };
        // Writing to a `String` cannot fail.
        writeln!(text, "  {}: {},", quote(name)?, quote(value)?).ok();
    }
    text.push_str("}\n");
    files::write_whole(&folder.join(files::DRAFT), text.as_bytes())?;
    Ok(())
}

/// Gives what was typed; nothing when there is no draft.
pub fn load(folder: &Path) -> BTreeMap<String, String> {
    let bytes = files::read(&folder.join(files::DRAFT), BYTES_LIMIT).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .filter_map(|line| {
            let pair = line.trim().strip_suffix(',')?;
            ron::from_str::<BTreeMap<String, String>>(&format!("{{{pair}}}")).ok()
        })
        .flatten()
        .collect()
}

/// Removes the draft; none is fine.
pub fn clear(folder: &Path) -> Result<(), JournalError> {
    files::remove(&folder.join(files::DRAFT))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> BTreeMap<String, String> {
        [
            ("note", "a\nb \"c\" }{,\u{2028}\r"),
            ("ticket \"1\"", ""),
            ("名", "値,"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    #[test]
    fn a_draft_is_loaded_as_it_was_saved_and_gone_after_clearing() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &fields()).unwrap();
        assert_eq!(load(folder.path()), fields());
        clear(folder.path()).unwrap();
        clear(folder.path()).unwrap();
        assert_eq!(load(folder.path()), BTreeMap::new());
    }

    #[test]
    fn the_draft_is_ron_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &fields()).unwrap();
        let bytes = files::read(&folder.path().join(files::DRAFT), BYTES_LIMIT).unwrap();
        let whole: BTreeMap<String, String> = ron::de::from_bytes(&bytes).unwrap();
        assert_eq!(whole, fields());
    }

    #[test]
    fn a_damaged_draft_gives_its_other_lines() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &fields()).unwrap();
        let path = folder.path().join(files::DRAFT);
        let mut bytes = files::read(&path, BYTES_LIMIT).unwrap();
        bytes[4] = 0xff;
        bytes[5] = b'"';
        bytes.truncate(bytes.len() - 3);
        files::write_whole(&path, &bytes).unwrap();
        assert_eq!(
            load(folder.path()).get("ticket \"1\""),
            Some(&String::new())
        );
    }
}
