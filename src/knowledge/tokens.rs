//! What a text is ranked by: the stems of its words, their consonants, and three letters at a time of both.
use crate::text;

/// A story has hundreds of words; what it is about shows in its first.
const MOST_WORDS: usize = 64;
/// What stands in front of a token of each kind, so that they are not taken for each other.
const STEM: char = 'w';
const SKELETON: char = 's';
const LETTERS: char = 'g';

/// What a token counts for beside its rarity: skeletons tie scripts and spellings, and confuse more words.
pub(super) fn share(token: &str) -> f32 {
    if token.starts_with(SKELETON) { 0.5 } else { 1.0 }
}

/// The different tokens of a folded text.
pub(super) fn tokens(folded: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for word in text::words(folded).take(MOST_WORDS) {
        let stem = text::stem(word);
        let skeleton = text::skeleton(stem);
        tokens.push(format!("{STEM}{stem}"));
        letters(word, ' ', &mut tokens);
        if skeleton.len() > 1 {
            letters(&skeleton, '/', &mut tokens);
            tokens.push(format!("{SKELETON}{skeleton}"));
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Adds every three neighbouring letters of `word`, with `edge` at its ends.
fn letters(word: &str, edge: char, tokens: &mut Vec<String>) {
    let mut before = [edge, edge];
    for (place, c) in word.chars().chain([edge]).enumerate() {
        if place > 0 {
            tokens.push([LETTERS, before[0], before[1], c].iter().collect());
        }
        before = [before[1], c];
    }
}
