//! What a text is classified by: four views of its words (nlu.md §A.3), each feature a 64-bit key.
use super::lexicon::Lexicon;
use crate::text;

/// Words looked at: a story of 4,000 characters has 700, and more is somebody trying the limits.
const MOST_WORDS: usize = 800;
/// Letters of a word looked at: the longest words people write have 25, and more is one word without an end.
const MOST_LETTERS: usize = 32;
/// Digits in a row from which they are a reference or a telephone number: one word, whatever the number.
const NUMBER_DIGITS: usize = 5;
/// What stands for any such number.
const NUMBER: &str = "00000";
/// How often a concept's feature is kept, so that it weighs as much as the letters of a word it replaces.
const CONCEPT_COPIES: u8 = 3;

/// How many views there are.
pub(super) const VIEWS: usize = 4;
/// What each view counts for: letters of words, letters of their skeletons, words and their stems, neighbouring words.
pub(super) const WEIGHTS: [f32; VIEWS] = [1.0, 0.7, 0.5, 0.4];

/// The features of a text: key, view and how often, sorted by key.
pub(super) fn features(folded: &str, lexicon: &Lexicon) -> Vec<Feature> {
    let mut keys: Vec<(u64, u8)> = Vec::with_capacity(256);
    let mut before: Option<&str> = None;
    let mut padded: Vec<char> = Vec::with_capacity(24);
    for word in text::words(folded).take(MOST_WORDS) {
        let word = if is_number(word) { NUMBER } else { beginning(word) };
        match lexicon.concept(word) {
            Some(concept) => {
                keys.extend((0..CONCEPT_COPIES).map(|copy| (Key::new(4).byte(copy).str(concept).done(), 0)));
            }
            None => letters(0, word, &mut padded, &mut keys),
        }
        let bones = text::skeleton(word);
        if bones.chars().nth(1).is_some() {
            letters(1, &bones, &mut padded, &mut keys);
        }
        keys.push((Key::new(2).str(word).done(), 2));
        let stem = lexicon.concept(word).unwrap_or_else(|| text::stem(word));
        keys.push((Key::new(6).str(stem).done(), 2));
        if let Some(before) = before.replace(word) {
            keys.push((Key::new(3).str(before).byte(b' ').str(word).done(), 3));
        }
    }
    count(keys)
}

/// Whether two neighbouring words stand twice in the text.
pub(super) fn repeats(features: &[Feature]) -> bool {
    features.iter().any(|feature| feature.view == 3 && feature.times > 1)
}

/// One feature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) key: u64,
    pub(super) view: u8,
    pub(super) times: u32,
}

/// Long enough digits, nothing else.
fn is_number(word: &str) -> bool {
    word.len() >= NUMBER_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The word, as far as it is looked at.
fn beginning(word: &str) -> &str {
    word.char_indices().nth(MOST_LETTERS).map_or(word, |(end, _)| &word[..end])
}

/// Every two, three and four neighbouring letters of ` word `. A word shorter than that gives itself once and stops.
fn letters(view: u8, word: &str, padded: &mut Vec<char>, keys: &mut Vec<(u64, u8)>) {
    padded.clear();
    padded.push(' ');
    padded.extend(word.chars());
    padded.push(' ');
    for length in 2..=4 {
        if padded.len() <= length {
            keys.push((Key::new(view).chars(padded).done(), view));
            return;
        }
        keys.extend(padded.windows(length).map(|window| (Key::new(view).chars(window).done(), view)));
    }
}

fn count(mut keys: Vec<(u64, u8)>) -> Vec<Feature> {
    keys.sort_unstable();
    let mut counted: Vec<Feature> = Vec::with_capacity(keys.len());
    for (key, view) in keys {
        match counted.last_mut() {
            Some(last) if last.key == key => last.times += 1,
            _ => counted.push(Feature { key, view, times: 1 }),
        }
    }
    counted
}

/// A key in the making: FNV-1a with the view as its seed, mixed well at the end (the finaliser of `MurmurHash3`).
struct Key(u64);

impl Key {
    const fn new(view: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ (view as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    const fn byte(self, byte: u8) -> Self {
        self.unit(byte as u64)
    }

    const fn unit(self, unit: u64) -> Self {
        Self((self.0 ^ unit).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn str(self, text: &str) -> Self {
        text.bytes().fold(self, Self::byte)
    }

    fn chars(self, chars: &[char]) -> Self {
        chars.iter().fold(self, |key, &c| key.unit(u64::from(u32::from(c))))
    }

    const fn done(self) -> u64 {
        let mut key = self.0;
        key = (key ^ (key >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        key = (key ^ (key >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        key ^ (key >> 33)
    }
}

/// The key of a text as a whole, for examples that are the same to the word.
pub(super) fn whole(folded: &str) -> u64 {
    Key::new(5).str(folded).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_are_one_word_and_concepts_replace_letters() {
        let lexicon = Lexicon::read("WHERE = [\"وين\", \"فين\"]").expect("a lexicon");
        let of = |text: &str| features(&text::fold(text), &lexicon);
        assert_eq!(of("طلبي ١٢٣٤٥٦"), of("طلبي 9876543"));
        assert_ne!(of("طلبي 12"), of("طلبي 13"));
        let letters_of = |text: &str| of(text).into_iter().filter(|feature| feature.view == 0).collect::<Vec<_>>();
        assert_eq!(letters_of("وين طلبي"), letters_of("فين طلبي"));
        assert_eq!(letters_of("طلبي").len(), 5 + 4 + 3);
        assert!(of("").is_empty());
    }

    #[test]
    fn what_is_looked_at_of_a_message_has_its_bound_whatever_stands_in_it() {
        let lexicon = Lexicon::default();
        let most = MOST_WORDS * (2 * 3 * (MOST_LETTERS + 2) + 3);
        let letters: String = ('\u{0627}'..='\u{064A}').filter(|c| c.is_alphabetic()).cycle().take(100_000).collect();
        assert!(features(&text::fold(&letters), &lexicon).len() <= 2 * 3 * (MOST_LETTERS + 2) + 3);
        let words: String = (0..50_000).map(|word| format!("ك{word}")).collect::<Vec<_>>().join(" ");
        assert!(features(&text::fold(&words), &lexicon).len() <= most);
    }
}
