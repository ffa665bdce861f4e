//! One locale: its Fluent bundle, its own name, its direction.
use super::shape::Shape;
use super::{Command, command, markup, plural};
use crate::model::{LocaleTag, Value};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use icu_plurals::{PluralRules, PluralRulesOptions};
use std::collections::BTreeMap;
use unic_langid::LanguageIdentifier;

/// How deep a phrase may name other phrases as its variables; deeper ones stand for a mistake.
const MAX_DEPTH: u8 = 4;

/// One locale.
pub(super) struct Bundle {
    pub(super) tag: LocaleTag,
    pub(super) own_name: String,
    pub(super) rtl: bool,
    fluent: FluentBundle<FluentResource>,
    shapes: BTreeMap<String, Shape>,
    twice: Vec<String>,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle").field("tag", &self.tag).field("phrases", &self.shapes.len()).finish_non_exhaustive()
    }
}

impl Bundle {
    /// A locale of the files `(name, text)`. The problems of its files come with it: a line that cannot be read is left out.
    pub(super) fn new(tag: LocaleTag, files: Vec<(String, String)>) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let language: LanguageIdentifier = tag.as_str().parse().unwrap_or_default();
        let mut fluent = FluentBundle::new_concurrent(vec![language]);
        if let Some(rules) = rules(&tag) {
            // Only fails where the name is taken, and the bundle is new.
            _ = fluent.add_function("PLURAL", move |args, named| plural::function(&rules, args, named));
        } else {
            problems.push(format!("{tag}: no plural rules"));
        }
        let mut shapes = BTreeMap::new();
        let mut twice = Vec::new();
        for (name, text) in files {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                problems.extend(errors.iter().map(|error| format!("{tag}/{name}: {error}")));
                resource
            });
            for entry in resource.entries() {
                if let Entry::Message(message) = entry
                    && shapes.insert(message.id.name.to_owned(), Shape::of(message)).is_some()
                {
                    twice.push(message.id.name.to_owned());
                }
            }
            // Errs where an id is taken: the first stays, and `twice` has it.
            _ = fluent.add_resource(resource);
        }
        let mut bundle = Self { tag, own_name: String::new(), rtl: false, fluent, shapes, twice };
        bundle.own_name = bundle.format("own-name", &BTreeMap::new(), 0).unwrap_or_else(|_| bundle.tag.to_string());
        bundle.rtl = bundle.format("direction", &BTreeMap::new(), 0).is_ok_and(|direction| direction.trim() == "rtl");
        (bundle, problems)
    }

    /// The shapes of all messages by id.
    pub(super) const fn shapes(&self) -> &BTreeMap<String, Shape> {
        &self.shapes
    }

    /// Ids given more than once; the first is said.
    pub(super) fn twice(&self) -> &[String] {
        &self.twice
    }

    /// The plural categories of the language.
    pub(super) fn categories(&self) -> Vec<&'static str> {
        rules(&self.tag).map_or_else(Vec::new, |rules| rules.categories().map(plural::name).collect())
    }

    /// The folded command words of the lists `words-*`, with the commands they are.
    pub(super) fn command_words(&self) -> Vec<(String, Command)> {
        let mut found = Vec::new();
        for id in self.shapes.keys() {
            let Some(named) = id.strip_prefix("words-").and_then(Command::of_list) else { continue };
            let Ok(list) = self.format(id, &BTreeMap::new(), 0) else { continue };
            let words = list.split('|').map(command::key).filter(|words| !words.is_empty());
            found.extend(words.map(|words| (words, named)));
        }
        found
    }

    /// Whether there is a message `id` with words.
    pub(super) fn has(&self, id: &str) -> bool {
        self.fluent.get_message(id).is_some_and(|message| message.value().is_some())
    }

    /// The words of `id` with `**` still in them.
    ///
    /// # Errors
    /// The words as far as they could be made, where a variable is missing or a reference leads nowhere; none where there is no such message.
    pub(super) fn format(&self, id: &str, args: &BTreeMap<String, Value>, depth: u8) -> Result<String, Option<String>> {
        let pattern = self.fluent.get_message(id).and_then(|message| message.value()).ok_or(None)?;
        let mut failed = false;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Value::Number(number) => FluentValue::from(*number),
                Value::Text(text) => FluentValue::from(markup::shield(text)),
                Value::Phrase { phrase } if depth < MAX_DEPTH => {
                    let words = self.format(phrase, &BTreeMap::new(), depth + 1);
                    failed |= words.is_err();
                    FluentValue::from(words.unwrap_or_else(Option::unwrap_or_default))
                }
                Value::Phrase { .. } => {
                    failed = true;
                    FluentValue::None
                }
            };
            values.set(name.as_str(), value);
        }
        let mut errors = Vec::new();
        let words = self.fluent.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        if failed || !errors.is_empty() { Err(Some(words)) } else { Ok(words) }
    }
}

/// The cardinal plural rules of a language.
pub(super) fn rules(tag: &LocaleTag) -> Option<PluralRules> {
    let locale: icu_locale_core::Locale = tag.as_str().parse().ok()?;
    PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).ok()
}
