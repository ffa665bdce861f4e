//! Finding short phrases in a folded message: words one after the other, with the clitics Arabic writes onto the next word.
use std::collections::HashMap;

/// Words written onto the one behind them: and, so, by, for, the, and their joinings.
const CLITICS: &[&str] = &["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "ه"];
/// Most words that `~` steps over.
const GAP: usize = 3;

/// Phrases of one list, numbered in the order they were added, ready to be found in a message all at once.
///
/// A phrase is words as people write them; a word ending in `*` stands for every ending, `~` for up to three words between.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    elements: Vec<Vec<Element>>,
    exact: HashMap<String, u32>,
    /// Words with any ending, by their first character.
    open: HashMap<char, Vec<(String, u32)>>,
    terms: u32,
    /// The phrases that begin with a term.
    by_first: Vec<Vec<u32>>,
}

/// One word of a phrase.
#[derive(Debug, Clone, Copy)]
struct Element {
    term: u32,
    /// Other words may stand in front of it.
    gap: bool,
}

/// A phrase found: which, and the words it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub phrase: usize,
    /// Its first word.
    pub start: usize,
    /// The word behind the earliest place it can end.
    pub nearest: usize,
    /// The word behind the latest place it can end.
    pub farthest: usize,
}

impl Phrases {
    /// Adds a phrase and gives its number. None where it has no words.
    pub fn add(&mut self, phrase: &str) -> Option<usize> {
        let mut elements = Vec::new();
        let mut gap = false;
        for written in phrase.split_whitespace() {
            if written == "~" {
                gap = !elements.is_empty();
                continue;
            }
            let folded = super::fold(written.trim_end_matches('*'));
            let count = super::words(&folded).count();
            for (place, word) in super::words(&folded).enumerate() {
                let open = written.ends_with('*') && place + 1 == count;
                elements.push(Element { term: self.term(word, open), gap: std::mem::take(&mut gap) });
            }
        }
        let first = usize::try_from(elements.first()?.term).ok()?;
        let number = self.elements.len();
        self.by_first[first].push(u32::try_from(number).ok()?);
        self.elements.push(elements);
        Some(number)
    }

    /// The number of a word of the phrases.
    fn term(&mut self, word: &str, open: bool) -> u32 {
        let known = if open {
            let same =
                |bucket: &Vec<(String, u32)>| bucket.iter().find(|(known, _)| known == word).map(|&(_, term)| term);
            word.chars().next().and_then(|first| self.open.get(&first)).and_then(same)
        } else {
            self.exact.get(word).copied()
        };
        if let Some(term) = known {
            return term;
        }
        let term = self.terms;
        self.terms += 1;
        self.by_first.push(Vec::new());
        match word.chars().next() {
            Some(first) if open => self.open.entry(first).or_default().push((word.to_owned(), term)),
            _ => _ = self.exact.insert(word.to_owned(), term),
        }
        term
    }

    /// Every place where a phrase stands in the words of a folded message, in the order of the words.
    #[must_use]
    pub fn find(&self, words: &[&str]) -> Vec<Found> {
        let message: Vec<Vec<u32>> = words.iter().map(|word| self.terms_of(word)).collect();
        let mut found = Vec::new();
        for (start, terms) in message.iter().enumerate() {
            for &phrase in terms.iter().flat_map(|&term| &self.by_first[term as usize]) {
                if let Some((nearest, farthest)) = ends(&self.elements[phrase as usize], &message, start) {
                    found.push(Found { phrase: phrase as usize, start, nearest, farthest });
                }
            }
        }
        found
    }

    /// The terms that a word of a message stands for: as it is, and without a clitic.
    fn terms_of(&self, word: &str) -> Vec<u32> {
        let mut terms = Vec::new();
        for form in forms(word) {
            terms.extend(self.exact.get(form));
            if let Some(bucket) = form.chars().next().and_then(|first| self.open.get(&first)) {
                terms.extend(bucket.iter().filter(|(open, _)| form.starts_with(open.as_str())).map(|&(_, term)| term));
            }
        }
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

/// A word as it is, and without each clitic it may carry.
pub(super) fn forms(word: &str) -> impl Iterator<Item = &str> {
    let bare = CLITICS.iter().filter_map(move |clitic| word.strip_prefix(clitic)).filter(|rest| !rest.is_empty());
    std::iter::once(word).chain(bare)
}

/// Where a phrase that begins at `start` can end: the earliest and the latest word behind it.
fn ends(phrase: &[Element], message: &[Vec<u32>], start: usize) -> Option<(usize, usize)> {
    let mut at = vec![start + 1];
    for element in &phrase[1..] {
        let reach = if element.gap { GAP } else { 0 };
        let mut next: Vec<usize> = (at.iter().flat_map(|&from| from..=from + reach))
            .filter(|&place| message.get(place).is_some_and(|terms| terms.contains(&element.term)))
            .map(|place| place + 1)
            .collect();
        next.sort_unstable();
        next.dedup();
        at = next;
    }
    Some((*at.first()?, *at.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, message: &str) -> bool {
        let mut phrases = Phrases::default();
        phrases.add(phrase);
        let folded = crate::text::fold(message);
        !phrases.find(&crate::text::words(&folded).collect::<Vec<_>>()).is_empty()
    }

    #[test]
    fn words_stand_in_order_with_clitics_endings_and_gaps() {
        assert!(found("سفارة الكويت", "رحت لسفارة الكويت"));
        assert!(!found("سفارة الكويت", "الكويت سفارة"));
        assert!(!found("سفارة الكويت", "سفارة دولة الكويت"));
        assert!(found("سفارة ~ الكويت", "السفارة حقت دولة الكويت"));
        assert!(!found("سفارة ~ الكويت", "سفارة في عاصمة دولة شقيقة الكويت"));
        assert!(found("مساعد*", "والمساعدات"));
        assert!(found("self-harm*", "Self harming"));
        assert!(!found("بيت", "بيتزا"));
        assert!(!found("~", "x"));
    }
}
