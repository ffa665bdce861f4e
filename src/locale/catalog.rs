//! All locales the program has words for.
use super::bundle::Bundle;
use super::{Command, command, markup};
use crate::assets::{Embedded, Source};
use crate::model::{LocaleTag, Rich, Value};
use crate::text;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};

/// The languages.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Arabic first, then by tag.
    bundles: Vec<Bundle>,
    tags: Vec<LocaleTag>,
    commands: HashMap<String, Command>,
    /// Lines of the files that could not be read.
    problems: Vec<String>,
    /// Phrases that could not be said as written.
    missed: AtomicU64,
}

/// Why a folder of locales cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// Arabic is the source language; without it nothing can be said.
    #[error("no `ar/locale.ftl`")]
    NoArabic,
    /// Lines that cannot be read, or ids given twice.
    #[error("{}", .0.join("; "))]
    Files(Vec<String>),
}

impl Catalog {
    /// The locales of `source`: every folder with a `locale.ftl`.
    ///
    /// # Errors
    /// [`CatalogError`]: mend the files; the person who starts the program is shown the list.
    pub fn load(source: &dyn Source) -> Result<Self, CatalogError> {
        let catalog = Self::read(source);
        if catalog.tags.first() != Some(&LocaleTag::ARABIC) {
            return Err(CatalogError::NoArabic);
        }
        if catalog.problems.is_empty() { Ok(catalog) } else { Err(CatalogError::Files(catalog.problems)) }
    }

    /// What is compiled in. Its files are tested, so that problems of a line only leave that line out.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(&Embedded)
    }

    fn read(source: &dyn Source) -> Self {
        let mut files: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for path in source.paths() {
            let Some((folder, name)) = path.split_once('/') else { continue };
            if !name.contains('/') && name.rsplit_once('.').is_some_and(|(_, ending)| ending == "ftl") {
                files
                    .entry(folder.to_owned())
                    .or_default()
                    .push((name.to_owned(), source.read(&path).unwrap_or_default()));
            }
        }
        files.retain(|_, files| files.iter().any(|(name, _)| name == "locale.ftl"));
        let mut catalog = Self::default();
        for (tag, files) in files {
            let (bundle, found) = Bundle::new(LocaleTag::new(tag), files);
            catalog.problems.extend(found);
            catalog.bundles.push(bundle);
        }
        catalog.bundles.sort_by_key(|bundle| (bundle.tag != LocaleTag::ARABIC, bundle.tag.clone()));
        catalog.tags = catalog.bundles.iter().map(|bundle| bundle.tag.clone()).collect();
        for bundle in &catalog.bundles {
            for (words, command) in bundle.command_words() {
                // The first locale keeps a word that two lists have; `check` reports it.
                catalog.commands.entry(words).or_insert(command);
            }
        }
        catalog
    }

    /// The locales, Arabic first.
    #[must_use]
    pub fn locales(&self) -> &[LocaleTag] {
        &self.tags
    }

    /// The locale for a wish such as `ar-EG`: the same tag, else the same language. None where there are no words for it.
    #[must_use]
    pub fn negotiate(&self, hint: &LocaleTag) -> Option<LocaleTag> {
        let hint = hint.as_str().replace('_', "-").to_ascii_lowercase();
        let language = hint.split('-').next().unwrap_or_default();
        let find = |wish: &str| self.tags.iter().find(|tag| tag.as_str().eq_ignore_ascii_case(wish)).cloned();
        find(&hint).or_else(|| find(language))
    }

    /// What the language calls itself; the tag where nobody wrote it.
    #[must_use]
    pub fn own_name<'a>(&'a self, tag: &'a LocaleTag) -> &'a str {
        self.bundle(tag).map_or(tag.as_str(), |bundle| &bundle.own_name)
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_rtl(&self, tag: &LocaleTag) -> bool {
        self.bundle(tag).is_some_and(|bundle| bundle.rtl)
    }

    /// The command that the whole message is, in any language. A bare number up to 99 is an ordinal. None for a question.
    #[must_use]
    pub fn command(&self, text: &str) -> Option<Command> {
        // No list has words this long, and folding a whole story for nothing costs time.
        if text.len() > 256 {
            return None;
        }
        let key = command::key(text);
        self.commands.get(&key).copied().or_else(|| match key.parse::<u8>() {
            Ok(place @ 1..=99) => Some(Command::Ordinal(place)),
            _ => None,
        })
    }

    /// The language a message is written in. None where it cannot be told (digits, emoji) or there are no words for it.
    #[must_use]
    pub fn detect(&self, text: &str) -> Option<LocaleTag> {
        match text::guess(text) {
            text::Guess::Arabic | text::Guess::Arabizi => self.negotiate(&LocaleTag::ARABIC),
            text::Guess::Latin => self.negotiate(&LocaleTag::ENGLISH),
            text::Guess::Undecidable => None,
        }
    }

    /// The words of a phrase. One that is missing, or lacks a variable, is said in Arabic; where that fails too, the phrase
    /// `phrase-missing` stands for it. Every such fall is counted.
    #[must_use]
    pub fn phrase(&self, tag: &LocaleTag, id: &str, args: &BTreeMap<String, Value>) -> Rich {
        let mut partial = None;
        for bundle in self.bundle(tag).into_iter().chain(self.bundle(&LocaleTag::ARABIC)) {
            match bundle.format(id, args, 0) {
                Ok(words) => return markup::parse(&words),
                Err(words) => partial = partial.or(words),
            }
            self.missed.fetch_add(1, Ordering::Relaxed);
        }
        // A sentence with a gap still says more than none.
        let generic =
            || self.bundle(tag).or_else(|| self.bundles.first())?.format("phrase-missing", &BTreeMap::new(), 0).ok();
        partial.or_else(generic).map_or_else(|| Rich::plain("…"), |words| markup::parse(&words))
    }

    /// Whether the locale itself has the phrase.
    #[must_use]
    pub fn has_phrase(&self, tag: &LocaleTag, id: &str) -> bool {
        self.bundle(tag).is_some_and(|bundle| bundle.has(id))
    }

    /// How often a phrase could not be said as written since the start; more than none is a fault in `locales/`.
    #[must_use]
    pub fn missed(&self) -> u64 {
        self.missed.load(Ordering::Relaxed)
    }

    /// Every locale, Arabic first.
    pub(super) fn bundles(&self) -> &[Bundle] {
        &self.bundles
    }

    /// Lines of the files that could not be read.
    pub(super) fn problems(&self) -> &[String] {
        &self.problems
    }

    fn bundle(&self, tag: &LocaleTag) -> Option<&Bundle> {
        self.bundles.iter().find(|bundle| bundle.tag == *tag)
    }
}
