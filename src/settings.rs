//! What a person has set: language, text size, theme, folders, site, people.
//!
//! Reading cannot fail: what is valid is taken, and every part that is not gives a warning.
//! Settings are never needed to run an incident. Writing is [`SettingsChange`]'s: it replaces what was
//! changed, and what could not be read is kept beside.
//!
//! **Invariant:** nothing that stands in the file is lost by a change of something else.

mod change;
mod pieces;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ron::error::SpannedError;
use ron::value::RawValue;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::files::{self, Doing, FileError};
use crate::flow::Language;

pub use change::{SettingsChange, Written};

use pieces::Piece;

/// The name of the settings file in the data folder.
pub const FILE_NAME: &str = "settings.ron";

const BYTES_LIMIT: u64 = 1024 * 1024;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The settings; always valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The language; the system's when none is set.
    #[serde(default)]
    pub language: Option<Language>,
    /// The size of the text in percent, from 100 to 200.
    #[serde(default)]
    pub text_percent: u16,
    /// The theme.
    #[serde(default)]
    pub theme: ThemeChoice,
    /// The name of the site.
    #[serde(default)]
    pub site: Option<String>,
    /// Who may be given a role or write, in the order in which they are offered.
    #[serde(default)]
    pub people: Vec<String>,
    /// How to reach those whom only the hospital knows, by the contact's name in the flow.
    #[serde(default)]
    pub contacts: BTreeMap<String, String>,
    /// The folder in which a copy of each incident's record is kept, such as a USB stick.
    #[serde(default)]
    pub mirror: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            text_percent: 100,
            theme: ThemeChoice::default(),
            site: None,
            people: Vec::new(),
            contacts: BTreeMap::new(),
            mirror: None,
        }
    }
}

/// A part of the settings that was not understood and is at its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsWarning {
    /// The file.
    pub path: PathBuf,
    /// The part; empty when it is the whole file.
    pub part: String,
    /// The reader's words; empty when there is no such part.
    pub says: String,
    /// What the system's error is called in the language files, when the file cannot be read.
    pub reason: Option<&'static str>,
    /// The file as a whole is wrong, and what could be read of it is taken.
    pub is_partly: bool,
    /// A backslash stands alone, as in a path that was copied as it is.
    pub has_lone_backslash: bool,
}

impl SettingsWarning {
    /// Makes one about a part of a file, of which nothing more is known.
    fn new(path: &Path, part: &str, says: String) -> Self {
        Self {
            path: path.to_owned(),
            part: part.to_owned(),
            says,
            reason: None,
            is_partly: false,
            has_lone_backslash: false,
        }
    }

    /// Gives the key of the sentence in the language files.
    pub fn key(&self) -> &'static str {
        match (self.part.as_str(), self.says.as_str()) {
            _ if self.reason.is_some() => "settings-unreadable",
            _ if self.is_partly => "settings-partly-broken",
            ("", _) => "settings-broken",
            (_, "") => "settings-part-unknown",
            _ => "settings-part-broken",
        }
    }

    /// Gives the arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let hint = if self.has_lone_backslash {
            "backslash"
        } else {
            "none"
        };
        vec![
            ("path", self.path.display().to_string()),
            ("part", self.part.clone()),
            ("says", self.says.clone()),
            ("reason", self.reason.unwrap_or_default().to_owned()),
            ("hint", hint.to_owned()),
        ]
    }
}

/// The file's shape: each part apart, so that one that is wrong spoils no other.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "Settings")]
struct Parts {
    language: Option<Box<RawValue>>,
    text_percent: Option<Box<RawValue>>,
    theme: Option<Box<RawValue>>,
    site: Option<Box<RawValue>>,
    people: Option<Box<RawValue>>,
    contacts: Option<Box<RawValue>>,
    mirror: Option<Box<RawValue>>,
}

impl Parts {
    /// Takes the parts of a text that does not parse as a whole; gives those that cannot be read,
    /// and names those that there are not.
    fn take(
        &mut self,
        text: &str,
        found: &[Piece],
        unknown: &mut BTreeSet<String>,
    ) -> BTreeSet<&'static str> {
        let mut seen = BTreeSet::new();
        let mut spoilt = BTreeSet::new();
        for piece in found {
            let Some(name) = PARTS.into_iter().find(|name| *name == piece.name) else {
                if unknown.len() < UNKNOWN_LIMIT {
                    unknown.insert(piece.name.clone());
                }
                continue;
            };
            let value = text.get(piece.value.clone()).unwrap_or_default();
            let is_first = seen.insert(name);
            let value = match RawValue::from_ron(value) {
                // Which of two is meant nobody can tell.
                Ok(value) if is_first && can_be_read(name, value) => Some(value.to_owned()),
                _ => {
                    spoilt.insert(name);
                    None
                }
            };
            let into = match name {
                "language" => &mut self.language,
                "text_percent" => &mut self.text_percent,
                "theme" => &mut self.theme,
                "site" => &mut self.site,
                "people" => &mut self.people,
                "contacts" => &mut self.contacts,
                _ => &mut self.mirror,
            };
            *into = value;
        }
        spoilt
    }
}

/// Tells whether a value is one of this part.
fn can_be_read(name: &str, value: &RawValue) -> bool {
    fn is<T: for<'de> Deserialize<'de>>(value: &RawValue) -> bool {
        options().from_str::<T>(value.get_ron()).is_ok()
    }
    match name {
        "language" => is::<Option<Language>>(value),
        "text_percent" => is::<u16>(value),
        "theme" => is::<ThemeChoice>(value),
        "site" => is::<Option<String>>(value),
        "people" => is::<Vec<String>>(value),
        "contacts" => is::<BTreeMap<String, String>>(value),
        _ => is::<Option<PathBuf>>(value),
    }
}

/// The names of the parts.
const PARTS: [&str; 7] = [
    "language",
    "text_percent",
    "theme",
    "site",
    "people",
    "contacts",
    "mirror",
];

/// How many unknown parts are warned of.
const UNKNOWN_LIMIT: usize = 8;

/// The names in a file that are none of ours, such as one with a slip of the hand.
struct Unknown(BTreeSet<String>);

impl<'de> Deserialize<'de> for Unknown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Unknown;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unknown, A::Error> {
                let mut names = BTreeSet::new();
                while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                    if names.len() < UNKNOWN_LIMIT && !PARTS.contains(&name.as_str()) {
                        names.insert(name);
                    }
                }
                Ok(Unknown(names))
            }
        }
        deserializer.deserialize_struct("Settings", &[], Names)
    }
}

impl Settings {
    /// Reads the settings of a data folder; a missing file gives the defaults without a warning, a
    /// disk that does not answer the defaults with one.
    pub fn read(data: &Path) -> (Self, Vec<SettingsWarning>) {
        let path = data.join(FILE_NAME);
        let text = match read_in_time(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return (Self::default(), Vec::new()),
            Err(error) => {
                let warning = SettingsWarning {
                    reason: Some(files::reason(&error.source)),
                    ..SettingsWarning::new(&path, "", error.source.to_string())
                };
                return (Self::default(), vec![warning]);
            }
        };
        Self::from_ron(&text, &path)
    }

    /// Reads settings from text.
    pub fn from_ron(text: &str, path: &Path) -> (Self, Vec<SettingsWarning>) {
        let mut settings = Self::default();
        let mut warnings = Vec::new();
        let mut warn = |part: &str, says: String, has_lone_backslash: bool| {
            warnings.push(SettingsWarning {
                has_lone_backslash,
                ..SettingsWarning::new(path, part, says)
            });
        };
        let options = options();
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut failed = None;
        match options.from_str::<Self>(body) {
            Ok(whole) => settings = whole,
            Err(_) => match options.from_str::<Parts>(body) {
                Ok(parts) => take_parts(&mut settings, parts, &mut |part, error| {
                    warn(part, error.to_string(), is_escape(&error));
                }),
                Err(error) => failed = Some(error),
            },
        }
        let mut unknown = BTreeSet::new();
        if let Ok(Unknown(names)) = options.from_str(body) {
            unknown = names;
        }
        if let Some(error) = failed {
            let found = pieces::find(body, Some(&PARTS)).map(|of| of.list);
            let mut parts = Parts::default();
            let spoilt = parts.take(body, &found.unwrap_or_default(), &mut unknown);
            let (says, is_escape) = (error.to_string(), body.contains('\\'));
            take_parts(&mut settings, parts, &mut |_, _| {});
            for part in &spoilt {
                warn(part, says.clone(), is_escape);
            }
            if spoilt.is_empty() {
                warn("", says, is_escape);
                if settings != Self::default() || !unknown.is_empty() {
                    for warning in &mut warnings {
                        warning.is_partly = true;
                    }
                }
            }
        }
        let mut warn =
            |part: &str, says: String| warnings.push(SettingsWarning::new(path, part, says));
        for name in &unknown {
            warn(name, String::new());
        }
        if !(100..=200).contains(&settings.text_percent) {
            if settings.text_percent != 0 {
                warn("text_percent", settings.text_percent.to_string());
            }
            settings.text_percent = settings.text_percent.clamp(100, 200);
        }
        settings
            .people
            .retain(|name| !crate::text::shows_nothing(name));
        settings.mirror = settings
            .mirror
            .filter(|folder| !folder.as_os_str().is_empty());
        (settings, warnings)
    }

    /// Gives the settings as text; what cannot be read again, such as a path that is no text, is an error.
    pub fn to_ron(&self) -> Result<String, ron::Error> {
        ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new())
    }
}

/// Reads the file; a disk that does not answer is an error.
fn read_in_time(path: &Path) -> Result<Option<String>, FileError> {
    let file = path.to_owned();
    let read = files::in_time(move || files::read_text(&file, BYTES_LIMIT));
    let silent = io::ErrorKind::TimedOut.into();
    read.unwrap_or_else(|| Err(FileError::at(Doing::Read, path)(silent)))
}

fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(32)
}

/// Tells whether a backslash begins what no text may hold.
fn is_escape(error: &SpannedError) -> bool {
    matches!(error.code, ron::Error::InvalidEscape(_))
}

fn take_parts(settings: &mut Settings, parts: Parts, warn: &mut impl FnMut(&str, SpannedError)) {
    fn part<T: for<'de> Deserialize<'de>>(
        name: &str,
        value: Option<Box<RawValue>>,
        into: &mut T,
        warn: &mut impl FnMut(&str, SpannedError),
    ) {
        match value.map(|raw| options().from_str::<T>(raw.get_ron())) {
            Some(Ok(value)) => *into = value,
            Some(Err(error)) => warn(name, error),
            None => {}
        }
    }
    part("language", parts.language, &mut settings.language, warn);
    part(
        "text_percent",
        parts.text_percent,
        &mut settings.text_percent,
        warn,
    );
    part("theme", parts.theme, &mut settings.theme, warn);
    part("site", parts.site, &mut settings.site, warn);
    part("people", parts.people, &mut settings.people, warn);
    part("contacts", parts.contacts, &mut settings.contacts, warn);
    part("mirror", parts.mirror, &mut settings.mirror, warn);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(text: &str) -> (Settings, Vec<(&'static str, String)>) {
        let (settings, warnings) = Settings::from_ron(text, Path::new("s.ron"));
        let told = warnings.into_iter().map(|it| (it.key(), it.part));
        (settings, told.collect())
    }

    #[test]
    fn one_wrong_part_spoils_no_other_and_is_named() {
        for name in ["", "Settings"] {
            let (settings, warnings) = warned(&format!(
                "{name}(language: Some(en), text_percent: \"big\", site: Some(\"架空病院\"))"
            ));
            assert_eq!(settings.text_percent, 100);
            assert_eq!(settings.site.as_deref(), Some("架空病院"));
            assert_eq!(
                warnings,
                [("settings-part-broken", "text_percent".to_owned())]
            );
        }
    }

    #[test]
    fn a_part_that_is_not_known_is_named_and_spoils_no_other() {
        // A slip of the hand must not leave the records without their copy in silence.
        let unknown = ("settings-part-unknown", "miror".to_owned());
        let (settings, warnings) = warned("(miror: \"/media/stick\", site: \"架空病院\")");
        assert_eq!(settings.site.as_deref(), Some("架空病院"));
        assert_eq!(warnings, std::slice::from_ref(&unknown));
        let (_, warnings) = warned("(site: 1, miror: [(a: {1: 2})], miror: 2)");
        assert_eq!(
            warnings,
            [("settings-part-broken", "site".to_owned()), unknown]
        );
        let many: Vec<String> = (0..1000).map(|n| format!("x{n}: 0")).collect();
        let many = format!("({})", many.join(", "));
        assert_eq!(warned(&many).1.len(), UNKNOWN_LIMIT);
    }

    #[test]
    fn every_part_that_is_written_is_known() {
        let mut settings = Settings::default();
        settings.contacts.insert("a".to_owned(), "b".to_owned());
        let text = settings.to_ron().unwrap();
        for part in PARTS {
            assert!(text.contains(&format!("{part}: ")), "{part}");
        }
        assert_eq!(
            Settings::from_ron(&text, Path::new("")),
            (settings, Vec::new())
        );
    }

    #[test]
    fn rubbish_gives_the_defaults_and_a_warning() {
        for text in ["", "(((((", "\u{0}\u{1}", "[1,2]", "(language: Klingon)"] {
            let (settings, warnings) = Settings::from_ron(text, Path::new("s.ron"));
            assert_eq!(settings, Settings::default(), "{text:?}");
            assert!(!warnings.is_empty(), "{text:?}");
        }
    }
}
