//! All words that a person reads, in Japanese and English, by key.
//!
//! The words live in `assets/lang/*.ftl` (Fluent) and are built in. A test holds the two
//! languages against each other; should a key be missing all the same, the key itself is shown.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::flow::Language;

/// The language files: core and command line, then the window.
pub const SOURCES: [(Language, &str); 4] = [
    (Language::Ja, include_str!("../assets/lang/ja.ftl")),
    (Language::Ja, include_str!("../assets/lang/ja-window.ftl")),
    (Language::En, include_str!("../assets/lang/en.ftl")),
    (Language::En, include_str!("../assets/lang/en-window.ftl")),
];

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Words {
    /// Gives the words of a language.
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = match language {
            Language::Ja => LanguageIdentifier::from_bytes(b"ja"),
            Language::En => LanguageIdentifier::from_bytes(b"en"),
        }
        .unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolating marks have no glyph in the fonts and are not wanted in files.
        bundle.set_use_isolating(false);
        for (_, source) in SOURCES.iter().filter(|(of, _)| *of == language) {
            // What parsed is kept; the test of the language files names the fault.
            let parsed = FluentResource::try_new((*source).to_owned());
            let resource = parsed.unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Gives the language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Tells whether there are words of a key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// Gives the words of a key.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// Gives the words of a key with arguments put in; a whole number is put in as one, for plurals.
    pub fn with<V: AsRef<str>>(&self, key: &str, args: &[(&'static str, V)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            let value = value.as_ref();
            match value.parse::<u32>() {
                // Not one that would read otherwise, such as 007.
                Ok(number) if number.to_string() == value => fluent.set(*name, number),
                _ => fluent.set(*name, value.to_owned()),
            }
        }
        self.format(key, Some(&fluent))
    }

    /// Gives the words of a key with a number put in as `count`, for plurals.
    pub fn count(&self, key: &str, count: usize) -> String {
        let mut fluent = FluentArgs::new();
        fluent.set("count", count);
        self.format(key, Some(&fluent))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned()
    }
}

/// Tells whether a character acts on the text around it instead of standing in it: a control
/// character, a line or paragraph separator, or a mark that changes the direction of reading.
pub fn is_control(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_chooses_its_plural_and_a_text_of_digits_stays_as_it_is() {
        let words = Words::new(Language::En);
        let unsound = |count| words.with("cli-unsound", &[("name", "007"), ("count", count)]);
        assert_eq!(unsound("1"), "not sound: 007 (1 problem)");
        assert_eq!(unsound("2"), "not sound: 007 (2 problems)");
        assert_eq!(unsound("11"), "not sound: 007 (11 problems)");
    }
}
