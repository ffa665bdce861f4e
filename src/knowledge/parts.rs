//! A message in parts: its sentences, and stretches of those that are long because nobody put a mark. A question stands in one
//! of them, or two questions in two.

use crate::text;

/// Words of a sentence that is read as it is.
const SENTENCE: usize = 20;
/// Words of a stretch of a longer one, and from where to where it moves on.
const STRETCH: usize = 14;
const STEP: usize = 7;
/// Fewer words are seldom a question, and often look like one.
const LEAST: usize = 2;
/// Parts looked at: the first, and more of the last, where people say what they want.
const FIRST: usize = 12;
const LAST: usize = 24;

/// The parts of a message; empty where it is one.
pub(super) fn parts(message: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for sentence in message.split(text::ends_sentence) {
        let words: Vec<(usize, &str)> = words(sentence);
        if words.len() < LEAST {
            continue;
        }
        if words.len() <= SENTENCE {
            parts.push(sentence.trim());
            continue;
        }
        let mut from = 0;
        while from + STEP < words.len() {
            let (begin, _) = words[from];
            let (last, word) = words[(from + STRETCH).min(words.len()) - 1];
            parts.push(&sentence[begin..last + word.len()]);
            from += STEP;
        }
    }
    if parts.len() > FIRST + LAST {
        parts.drain(FIRST..parts.len() - LAST);
    }
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// The words of a sentence with where they begin.
fn words(sentence: &str) -> Vec<(usize, &str)> {
    let start = |word: &str| word.as_ptr() as usize - sentence.as_ptr() as usize;
    sentence.split_whitespace().map(|word| (start(word), word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_parts_and_long_ones_are_stretches() {
        assert_eq!(parts("وين وصل طلبي؟ وكم المبلغ؟"), ["وين وصل طلبي", "وكم المبلغ"]);
        assert!(parts("وين وصل طلبي").is_empty());
        let story = (0..60).map(|word| format!("كلمة{word}")).collect::<Vec<_>>().join(" ");
        let found = parts(&story);
        assert!(found.iter().all(|part| part.split(' ').count() <= STRETCH));
        assert!(found[0].starts_with("كلمة0") && found[found.len() - 1].ends_with("كلمة59"));
        assert!(parts(&"سطر فيه كلام\n".repeat(500)).len() <= FIRST + LAST);
    }
}
