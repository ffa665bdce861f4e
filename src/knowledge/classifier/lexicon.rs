//! Function words that mean the same in different dialects, taken for one.
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name under which words stand that open a message and say nothing about it.
const OPENING: &str = "OPENING";
/// The "and" that is written together with the word after it.
const AND: char = '\u{0648}';
/// Words that must remain when an opening is passed over: "good morning" alone is a greeting.
const LEAST_LEFT: usize = 2;

/// Words and the concept each stands for (`locales/shared/lexicon.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    concepts: BTreeMap<String, String>,
    openings: BTreeSet<String>,
}

impl Lexicon {
    /// Reads `CONCEPT = ["word", …]`. Words are folded, so that they may be written as people write them.
    ///
    /// # Errors
    /// Where the text is no such table, or a word is not one word, or stands twice.
    pub fn read(text: &str) -> Result<Self, String> {
        let table: BTreeMap<String, Vec<String>> = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut concepts: BTreeMap<String, String> = BTreeMap::new();
        let mut openings = BTreeSet::new();
        for (concept, words) in table {
            for word in words {
                let folded = crate::text::fold(&word);
                if concept == OPENING && !folded.is_empty() {
                    openings.insert(folded);
                    continue;
                }
                if folded.contains(' ') || folded.is_empty() {
                    return Err(format!("{concept}: expected one word, got `{word}`"));
                }
                if let Some(other) = concepts.insert(folded, concept.clone())
                    && other != concept
                {
                    return Err(format!("`{word}` stands under {other} and under {concept}"));
                }
            }
        }
        Ok(Self { concepts, openings })
    }

    /// The concept of a folded word.
    pub(super) fn concept(&self, word: &str) -> Option<&str> {
        self.concepts.get(word).map(String::as_str)
    }

    /// Words with their concepts, in a fixed order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let concepts = self.concepts.iter().map(|(word, concept)| (word.as_str(), concept.as_str()));
        concepts.chain(self.openings.iter().map(|word| (word.as_str(), OPENING)))
    }

    /// A folded message without the greeting it begins with, where enough is left, and without an "and" before a question word.
    pub(super) fn without_opening<'a>(&self, folded: &'a str) -> &'a str {
        let mut rest = folded;
        while let Some(after) =
            self.openings.iter().rev().find_map(|opening| rest.strip_prefix(opening.as_str())?.strip_prefix(' '))
        {
            if after.split(' ').count() < LEAST_LEFT {
                break;
            }
            rest = after;
        }
        // "And when…" asks what "when…" does; of other words the letter may be the first of their own.
        let joined = rest.strip_prefix(AND);
        let asks = |rest: &&str| rest.split(' ').next().is_some_and(|word| self.concepts.contains_key(word));
        joined.filter(asks).unwrap_or(rest)
    }
}
