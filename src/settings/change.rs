//! A change of the settings: what a person has set, and how it gets into the file.
//!
//! The file is read again when it is written, so that what another window or a person has put into
//! it stays. A part is replaced where it stands; only a file that does not parse as a whole is
//! written anew, and then it is kept beside under another name first.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use ron::ser::PrettyConfig;
use ron::value::RawValue;
use serde::Serialize;

use super::{BYTES_LIMIT, FILE_NAME, PARTS, Settings, ThemeChoice, options, pieces, read_in_time};
use crate::files::{self, Doing, FileError, Unfit};
use crate::flow::Language;

/// The name of the file whose lock is held while the settings are read and written.
const LOCK: &str = "settings.lock";

/// A value that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Now<T>(T);

/// What was changed; everything else stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsChange {
    language: Option<Now<Option<Language>>>,
    text_percent: Option<Now<u16>>,
    theme: Option<Now<ThemeChoice>>,
    site: Option<Now<Option<String>>>,
    /// Who was added or taken away, in their order.
    people: Vec<(String, bool)>,
    /// What was put in for a contact, or that it was taken away.
    contacts: BTreeMap<String, Option<String>>,
    mirror: Option<Now<Option<PathBuf>>>,
}

/// What stands in the file now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The settings, with what others have changed.
    pub settings: Settings,
    /// Where the file is kept as it was, because something in it could not be read.
    pub kept_in: Option<PathBuf>,
}

impl Settings {
    /// Gives what leads from these settings to others.
    pub fn change_to(&self, other: &Self) -> SettingsChange {
        fn changed<T: Clone + PartialEq>(before: &T, after: &T) -> Option<Now<T>> {
            (before != after).then(|| Now(after.clone()))
        }
        let gone = self.people.iter().filter(|of| !other.people.contains(of));
        let come = other.people.iter().filter(|of| !self.people.contains(of));
        let gone = gone.map(|name| (name.clone(), false));
        let come = come.map(|name| (name.clone(), true));
        let mut contacts = BTreeMap::new();
        for id in self.contacts.keys().chain(other.contacts.keys()) {
            let now = other.contacts.get(id);
            if self.contacts.get(id) != now {
                contacts.insert(id.clone(), now.cloned());
            }
        }
        SettingsChange {
            language: changed(&self.language, &other.language),
            text_percent: changed(&self.text_percent, &other.text_percent),
            theme: changed(&self.theme, &other.theme),
            site: changed(&self.site, &other.site),
            people: gone.chain(come).collect(),
            contacts,
            mirror: changed(&self.mirror, &other.mirror),
        }
    }
}

impl SettingsChange {
    /// Puts the change in force.
    pub fn apply(&self, settings: &mut Settings) {
        fn put<T: Clone>(change: Option<&Now<T>>, into: &mut T) {
            if let Some(Now(now)) = change {
                *into = now.clone();
            }
        }
        put(self.language.as_ref(), &mut settings.language);
        put(self.text_percent.as_ref(), &mut settings.text_percent);
        put(self.theme.as_ref(), &mut settings.theme);
        put(self.site.as_ref(), &mut settings.site);
        put(self.mirror.as_ref(), &mut settings.mirror);
        for (name, is_there) in &self.people {
            if !is_there {
                settings.people.retain(|known| known != name);
            } else if !settings.people.contains(name) {
                settings.people.push(name.clone());
            }
        }
        for (id, text) in &self.contacts {
            match text {
                Some(text) => settings.contacts.insert(id.clone(), text.clone()),
                None => settings.contacts.remove(id),
            };
        }
    }

    /// Writes the changes, one after the other, into the settings of a data folder, whole or not at
    /// all; `now` stands in the name of a file that is kept beside.
    ///
    /// A file that cannot be read is left as it is, and that is the error.
    pub fn write(changes: &[Self], data: &Path, now: &str) -> Result<Written, FileError> {
        files::create_folder(data)?;
        files::alone(&data.join(LOCK), || write_alone(changes, data, now))
    }
}

fn write_alone(changes: &[SettingsChange], data: &Path, now: &str) -> Result<Written, FileError> {
    let path = data.join(FILE_NAME);
    let text = read_in_time(&path)?;
    let (before, warnings) = match &text {
        Some(text) => Settings::from_ron(text, &path),
        None => Default::default(),
    };
    let mut settings = before.clone();
    for change in changes {
        change.apply(&mut settings);
    }
    if settings == before {
        let kept_in = None;
        return Ok(Written { settings, kept_in });
    }
    let unwritable =
        |error: ron::Error| FileError::at(Doing::Write, &path)(io::Error::other(error));
    let (new, is_lossy) = match &text {
        None => (settings.to_ron().map_err(unwritable)?, false),
        Some(text) => {
            let changed = values(&before, &settings).map_err(unwritable)?;
            let is_changed = |part: &str| changed.iter().any(|(name, _)| *name == part);
            // What takes the place of something that could not be read.
            let takes_place = warnings.iter().any(|of| is_changed(&of.part));
            let edited = edited(text, &changed)
                .filter(|edited| Settings::from_ron(edited, &path).0 == settings);
            match edited {
                Some(edited) => (edited, takes_place),
                None => (anew(text, &settings).map_err(unwritable)?, true),
            }
        }
    };
    if new.len() as u64 > BYTES_LIMIT {
        // It could not be read again.
        let limit = Unfit::TooLarge { limit: BYTES_LIMIT };
        return Err(FileError::at(Doing::Write, &path)(limit.into()));
    }
    let mut kept_in = None;
    if let Some(text) = text.filter(|_| is_lossy) {
        kept_in = Some(keep(data, now, &text)?);
    }
    files::write_whole(&path, new.as_bytes())?;
    files::sweep(data, &[FILE_NAME]);
    Ok(Written { settings, kept_in })
}

/// Keeps a file that cannot be read under a name that nobody has; gives where.
fn keep(data: &Path, now: &str, text: &str) -> Result<PathBuf, FileError> {
    let name = |number| match number {
        1 => format!("settings.unreadable-{now}.ron"),
        _ => format!("settings.unreadable-{now}-{number}.ron"),
    };
    files::write_new(data, name, text.as_bytes())
}

/// Gives the parts that differ, with their values as text.
fn values(before: &Settings, after: &Settings) -> Result<Vec<(&'static str, String)>, ron::Error> {
    fn value<T: Serialize + PartialEq>(
        before: &T,
        after: &T,
    ) -> Result<Option<String>, ron::Error> {
        if before == after {
            return Ok(None);
        }
        let pretty = PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(after, pretty)?;
        Ok(Some(text.replace('\n', "\n    ")))
    }
    let values = [
        value(&before.language, &after.language)?,
        value(&before.text_percent, &after.text_percent)?,
        value(&before.theme, &after.theme)?,
        value(&before.site, &after.site)?,
        value(&before.people, &after.people)?,
        value(&before.contacts, &after.contacts)?,
        value(&before.mirror, &after.mirror)?,
    ];
    let named = PARTS.into_iter().zip(values);
    Ok(named
        .filter_map(|(name, value)| Some((name, value?)))
        .collect())
}

/// Puts values in the place of those that stand in a text; none where it does not parse.
fn edited(text: &str, changed: &[(&'static str, String)]) -> Option<String> {
    let found = pieces::find(text, None)?;
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for (name, value) in changed {
        let here = found.list.iter().find(|piece| piece.name == *name);
        edits.push(match here {
            Some(piece) => (piece.value.start, piece.value.end, value.clone()),
            None => (
                found.inside,
                found.inside,
                format!("\n    {name}: {value},"),
            ),
        });
    }
    // From the end on, so that the places before stay right.
    edits.sort_by_key(|(from, _, _)| std::cmp::Reverse(*from));
    let mut text = text.to_owned();
    for (from, to, value) in edits {
        text = [text.get(..from)?, &value, text.get(to..)?].concat();
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is_sound = options().from_str::<super::Parts>(body).is_ok();
    is_sound.then_some(text)
}

/// Gives settings as a text of its own, with the parts that we do not know.
fn anew(text: &str, settings: &Settings) -> Result<String, ron::Error> {
    let plain = settings.to_ron()?;
    let found = pieces::find(text, Some(&PARTS));
    let mut more = String::new();
    for piece in found.map(|of| of.list).unwrap_or_default() {
        let value = text.get(piece.value.clone()).unwrap_or_default();
        if !PARTS.contains(&piece.name.as_str()) && RawValue::from_ron(value).is_ok() {
            for part in ["\n    ", &piece.name, ": ", value, ","] {
                more.push_str(part);
            }
        }
    }
    let whole = plain.replacen('(', &format!("({more}"), 1);
    let is_same = Settings::from_ron(&whole, Path::new("")).0 == *settings;
    Ok(if is_same { whole } else { plain })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &Settings, change: impl Fn(&mut Settings)) -> SettingsChange {
        let mut after = before.clone();
        change(&mut after);
        before.change_to(&after)
    }

    /// Writes a file, changes the theme, and gives what stands there and what was kept.
    fn dark(text: &str) -> (String, Option<String>) {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(FILE_NAME);
        files::write_whole(&path, text.as_bytes()).unwrap();
        let change = changed(&Settings::default(), |of| of.theme = ThemeChoice::Dark);
        let written = SettingsChange::write(&[change], data.path(), "T").unwrap();
        assert_eq!(written.settings.theme, ThemeChoice::Dark);
        let read = |path: &Path| files::read_text(path, BYTES_LIMIT).unwrap().unwrap();
        let new = read(&path);
        assert_eq!(Settings::from_ron(&new, &path).0, written.settings);
        (new, written.kept_in.as_deref().map(read))
    }

    const FULL: &str = "(\n    people: [\"佐藤\"], // ours\n    site: Some(\"架空病院\"),\n    \
                        contacts: {\"police\": \"110\"},\n    mirror: MIRROR,\n)";

    #[test]
    fn a_change_replaces_its_own_part_only() {
        let text = FULL.replace(
            "MIRROR",
            "\"/stick\",\n    theme: Light /* day */, later: {1: 2}",
        );
        let (new, kept) = dark(&text);
        assert_eq!(new, text.replace("Light", "Dark"));
        assert_eq!(kept, None);
        // A part of a later version, or with a value of a later version, stays as well.
        let text = FULL.replace(
            "MIRROR",
            "\"/stick\",\n    later: [Some(\"x\")], text_percent: Huge(3)",
        );
        let (new, kept) = dark(&text);
        assert_eq!(new, text.replacen('(', "(\n    theme: Dark,", 1));
        assert_eq!(kept, None);
        for empty in [
            "()",
            "Settings()",
            "\u{feff}()",
            "#![enable(implicit_some)]\n( )",
        ] {
            let (new, kept) = dark(empty);
            assert_eq!(
                new,
                empty.replacen("( )", "(\n    theme: Dark, )", 1).replacen(
                    "()",
                    "(\n    theme: Dark,)",
                    1
                )
            );
            assert_eq!(kept, None);
        }
    }

    #[test]
    fn a_wrong_sign_costs_nothing_but_its_part_and_the_file_is_kept_before_anything_is_written() {
        for wrong in ["Some(\"E:\\stick\")", "Some(\"E:\\\")", "\"E:\\stick"] {
            let text = FULL.replace("MIRROR", &format!("{wrong},\n    later: 1"));
            let (settings, warnings) = Settings::from_ron(&text, Path::new(""));
            assert_eq!(settings.people, ["佐藤"], "{text}");
            assert_eq!(settings.site.as_deref(), Some("架空病院"));
            assert_eq!(settings.contacts.len(), 1);
            assert_eq!(warnings[0].part, "mirror");
            assert!(warnings[0].has_lone_backslash);
            let (new, kept) = dark(&text);
            assert_eq!(kept.as_deref(), Some(text.as_str()));
            for part in ["佐藤", "架空病院", "110", "later: 1"] {
                assert!(new.contains(part), "{new}");
            }
        }
        for rubbish in [
            "((((",
            "",
            "\u{0}",
            "[1]",
            "(people: [\"a\"], people: [\"b\"])",
        ] {
            let (_, kept) = dark(rubbish);
            assert_eq!(kept.as_deref(), Some(rubbish));
        }
    }

    #[test]
    fn a_value_that_cannot_be_read_is_kept_before_another_takes_its_place() {
        let text = FULL.replace("MIRROR", "\"/stick\", theme: Darkest");
        let (new, kept) = dark(&text);
        assert_eq!(new, text.replace("Darkest", "Dark"));
        assert_eq!(kept.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn what_is_kept_has_a_name_that_nobody_has() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(FILE_NAME);
        let change = changed(&Settings::default(), |of| of.site = Some("a".to_owned()));
        let mut kept = Vec::new();
        for _ in 0..2 {
            files::write_whole(&path, b"((").unwrap();
            let written = SettingsChange::write(std::slice::from_ref(&change), data.path(), "T");
            kept.extend(written.unwrap().kept_in);
        }
        let names: Vec<_> = kept.iter().filter_map(|of| of.file_name()).collect();
        assert_eq!(
            names,
            ["settings.unreadable-T.ron", "settings.unreadable-T-2.ron"]
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_at_all_is_left_as_it_is() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(FILE_NAME);
        files::write_whole(&path, b"\xff\xfe(\0").unwrap();
        let change = changed(&Settings::default(), |of| of.text_percent = 150);
        SettingsChange::write(&[change], data.path(), "T").unwrap_err();
        assert_eq!(files::read(&path, 9).unwrap(), b"\xff\xfe(\0");
    }

    #[test]
    fn settings_that_could_not_be_read_again_are_not_written() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(FILE_NAME);
        let change = changed(&Settings::default(), |of| of.theme = ThemeChoice::Dark);
        let write = || SettingsChange::write(std::slice::from_ref(&change), data.path(), "T");
        let limit = usize::try_from(BYTES_LIMIT).unwrap();
        for size in [limit - 4, limit] {
            let before = format!("()//{}", "x".repeat(size - 4));
            files::write_whole(&path, before.as_bytes()).unwrap();
            assert_eq!(files::reason(&write().unwrap_err().source), "too-large");
            assert!(files::read(&path, BYTES_LIMIT).unwrap() == before.as_bytes());
        }
    }

    #[test]
    fn what_a_killed_window_left_of_the_settings_is_removed() {
        let data = tempfile::tempdir().unwrap();
        for left in ["settings.ron.812-0.new", "settings.ron.mine"] {
            files::write_whole(&data.path().join(left), b"(").unwrap();
        }
        let change = changed(&Settings::default(), |of| of.theme = ThemeChoice::Dark);
        SettingsChange::write(&[change], data.path(), "T").unwrap();
        assert!(!data.path().join("settings.ron.812-0.new").exists());
        assert!(data.path().join("settings.ron.mine").exists());
    }

    #[test]
    fn two_windows_take_nothing_back_from_each_other() {
        let data = tempfile::tempdir().unwrap();
        let seen = Settings::default();
        // Both have seen the same, and each adds what the other does not know of.
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let (data, seen) = (data.path().to_owned(), seen.clone());
                let add = move || {
                    let change = changed(&seen, |of| {
                        of.people.push(format!("person {n}"));
                        of.contacts.insert(format!("contact {n}"), "1".to_owned());
                    });
                    SettingsChange::write(&[change], &data, "T").unwrap();
                };
                let thread = std::thread::Builder::new();
                thread.spawn(add).unwrap()
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let (settings, warnings) = Settings::read(data.path());
        assert_eq!((settings.people.len(), settings.contacts.len()), (8, 8));
        assert_eq!(warnings, []);
        let drop_one = changed(&settings, |of| {
            of.people.retain(|name| name != "person 3");
            of.contacts.remove("contact 3");
        });
        let later = changed(&seen, |of| of.site = Some("b".to_owned()));
        SettingsChange::write(&[drop_one, later], data.path(), "T").unwrap();
        let (settings, _) = Settings::read(data.path());
        assert_eq!((settings.people.len(), settings.contacts.len()), (7, 7));
        assert_eq!(settings.site.as_deref(), Some("b"));
    }
}
