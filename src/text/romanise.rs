//! Arabic as people type it in Latin letters with digits: one likely spelling, the same every time for the same text.

/// `folded` in Latin letters. Which of the usual spellings each letter gets depends on the text alone.
#[must_use]
pub fn romanise(folded: &str) -> String {
    let mut choice = Choice(
        folded
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
    );
    let words: Vec<String> = super::words(folded).map(|word| one(word, &mut choice)).collect();
    words.join(" ")
}

/// Whether there is anything in it to romanise.
#[must_use]
pub fn has_arabic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{0620}'..='\u{064A}'))
}

fn one(word: &str, choice: &mut Choice) -> String {
    let mut out = String::with_capacity(word.len() * 2);
    let (article, word) = match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 2 => (true, rest),
        _ => (false, word),
    };
    if article {
        out.push_str(choice.of(&["al", "el", "l", "il"]));
    }
    let letters: Vec<char> = word.chars().collect();
    for (place, &letter) in letters.iter().enumerate() {
        let last = place + 1 == letters.len();
        let next = letters.get(place + 1).copied();
        let Some(sound) = spell(letter, place == 0, last, choice) else {
            out.push(letter);
            continue;
        };
        out.push_str(sound);
        // Short vowels are not written in Arabic, and are in Latin letters: one between most consonants.
        if !is_vowel(letter) && next.is_some_and(|next| !is_vowel(next)) && choice.one_in(3) != 0 {
            out.push_str(choice.of(&["a", "e", "i", "a", "o"]));
        }
    }
    out
}

/// One of the usual spellings of a letter. None for what is no Arabic letter.
fn spell(letter: char, first: bool, last: bool, choice: &mut Choice) -> Option<&'static str> {
    let spellings: &[&str] = match letter {
        'ا' => &["a", "a", "a", "e"],
        'ب' => &["b"],
        'ت' => &["t"],
        'ث' => &["th", "s", "t"],
        'ج' => &["j", "j", "g"],
        'ح' => &["7", "7", "h"],
        'خ' => &["5", "kh", "kh", "7'"],
        'د' => &["d"],
        'ذ' => &["th", "d", "z"],
        'ر' => &["r"],
        'ز' => &["z"],
        'س' => &["s"],
        'ش' => &["sh", "sh", "ch"],
        'ص' => &["s", "s", "9"],
        'ض' => &["d", "d", "dh"],
        'ط' => &["t", "6"],
        'ظ' => &["z", "th", "dh"],
        'ع' => &["3", "3", "3", "a"],
        'غ' => &["gh", "gh", "8"],
        'ف' => &["f"],
        'ق' => &["q", "g", "2", "9", "k"],
        'ك' => &["k"],
        'ل' => &["l"],
        'م' => &["m"],
        'ن' => &["n"],
        'ه' if last => &["a", "eh", "ah", "e"],
        'ه' => &["h"],
        'و' if first => &["w"],
        'و' => &["o", "ou", "w", "u"],
        'ي' if last => &["i", "y", "i"],
        'ي' if first => &["y"],
        'ي' => &["i", "ee", "y", "i"],
        _ => return None,
    };
    Some(choice.of(spellings))
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي')
}

/// Picks by a seed (xorshift).
struct Choice(u64);

impl Choice {
    fn one_in(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 40).unwrap_or(0) % bound.max(1)
    }

    fn of(&mut self, spellings: &[&'static str]) -> &'static str {
        spellings.get(self.one_in(spellings.len())).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fold, skeleton};

    #[test]
    fn the_same_text_is_spelled_the_same_and_keeps_its_consonants() {
        let folded = fold("وين وصل طلبي؟ رقمه ١٢٣");
        let latin = romanise(&folded);
        assert_eq!(latin, romanise(&folded));
        assert!(!has_arabic(&latin), "{latin}");
        assert!(latin.ends_with("123"), "{latin}");
        assert_eq!(skeleton(&fold(&romanise("طلبي"))), skeleton("طلبي"));
    }
}
