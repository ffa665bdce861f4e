//! Numbers by which people name their request: found in whatever they write, compared without signs and spaces.
use super::ascii_digits;
use super::fold::fold;

/// Digits that a number has at least, lest every "2 children" be one.
const FEWEST_DIGITS: usize = 4;
/// Characters that a number has at most.
const LONGEST: usize = 40;
/// Numbers of one message that are looked at.
const MOST: usize = 4;

/// What a reference is compared by: letters and digits of its folded form, without signs and spaces.
#[must_use]
pub fn reference_key(reference: &str) -> String {
    fold(reference).split(' ').collect()
}

/// The keys of the numbers in a message, the likeliest first: parted by signs or spaces, in any digits.
#[must_use]
pub fn references(text: &str) -> Vec<String> {
    let text = ascii_digits(text);
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(|c| !is_part(c))).collect();
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        if !has_digit(words[place]) {
            place += 1;
            continue;
        }
        let mut end = place + 1;
        while end < words.len() && joins(words[end - 1], words[end]) {
            end += 1;
        }
        // Written with spaces in between first, then each piece for itself: two numbers may stand side by side.
        let pieces = &words[place..end];
        keep(&mut found, &pieces.concat());
        if pieces.len() > 1 {
            for piece in pieces {
                keep(&mut found, piece);
            }
        }
        place = end;
    }
    found.truncate(MOST);
    found
}

fn keep(found: &mut Vec<String>, text: &str) {
    let key = reference_key(text);
    let digits = key.chars().filter(char::is_ascii_digit).count();
    if digits >= FEWEST_DIGITS && key.chars().count() <= LONGEST && !found.contains(&key) {
        found.push(key);
    }
}

/// Whether a word goes on in the next: a sign at the seam, or digits on both sides.
fn joins(one: &str, next: &str) -> bool {
    let sign = |c: char| is_part(c) && !c.is_alphanumeric();
    let (Some(last), Some(first)) = (one.chars().last(), next.chars().next()) else { return false };
    let digit = |c: char| c.is_ascii_digit();
    (sign(last) && (digit(first) || sign(first))) || (sign(first) && digit(last)) || (digit(last) && digit(first))
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Letters, digits, and the signs that stand inside references.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '\\' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_any_spelling() {
        for text in [
            "طلبي رقم ٢٠٢٦/١٢٣٤-٥",
            "2026/1234-5",
            "رقمي: ۲۰۲۶ / ۱۲۳۴ - ۵ لو سمحتوا",
            "السلام عليكم، معاملتي (2026-1234-5).",
            "2026 1234 5",
            "\u{200F}٢٠٢٦\u{200F}/١٢٣٤-٥\u{200E}",
            "my file is 202612345, please",
        ] {
            assert_eq!(references(text).first().map(String::as_str), Some("202612345"), "{text}");
        }
        assert_eq!(reference_key("AW-2026/0001"), reference_key("aw 2026 0001"));
        assert!(references("aw-2026-0001 ?").contains(&"aw20260001".to_owned()));
        assert!(references("عندي 3 أولاد من 2019؟").iter().all(|key| key == "2019"));
        assert_eq!(references("طلب 77120 وجوال 55123456").last().map(String::as_str), Some("55123456"));
        assert_eq!(references("شكرا 😊"), Vec::<String>::new());
        assert!(references(&"1234 ".repeat(10_000)).len() <= MOST);
    }
}
