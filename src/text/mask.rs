//! Identity numbers that people type although nobody asked: recognised by their check digit, and hidden.
use std::borrow::Cow;

/// Digits of a Saudi identity or residence number.
const LENGTH: usize = 10;
/// The last digits stay, so that a person can see which number was meant.
const SHOWN: usize = 2;

/// `text` with every Saudi identity number in it hidden but for its last two digits.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut hidden = Vec::new();
    for group in groups(text) {
        if is_identity(&group) {
            hidden.extend(group[..LENGTH - SHOWN].iter().map(|&(at, _)| at));
        }
    }
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut next = hidden.into_iter().peekable();
    let masked = text.char_indices().map(|(at, c)| if next.next_if_eq(&at).is_some() { '•' } else { c });
    Cow::Owned(masked.collect())
}

/// The value of a digit 0–9, ٠–٩ or ۰–۹.
#[must_use]
pub const fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        _ => return None,
    };
    // Within 0..=9 by the match above.
    #[expect(clippy::cast_possible_truncation, reason = "0 to 9")]
    Some((c as u32 - zero as u32) as u8)
}

/// `text` with every digit written 0–9 and all else as it is.
#[must_use]
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).map_or(c, |value| char::from(b'0' + value))).collect()
}

/// Runs of digits with their places, joined over one space, hyphen or invisible mark: `1 234-567` is one number.
fn groups(text: &str) -> Vec<Vec<(usize, u8)>> {
    let mut groups: Vec<Vec<(usize, u8)>> = Vec::new();
    let mut gap = 2;
    for (at, c) in text.char_indices() {
        match digit(c) {
            Some(value) => {
                match groups.last_mut() {
                    Some(group) if gap < 2 => group.push((at, value)),
                    _ => groups.push(vec![(at, value)]),
                }
                gap = 0;
            }
            None if matches!(c, ' ' | '-' | '\u{00A0}') => gap += 1,
            None if matches!(c, '\u{0640}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}') => {}
            None => gap = 2,
        }
    }
    groups
}

/// Ten digits, the first 1 (citizen) or 2 (resident), and the check digit right.
fn is_identity(group: &[(usize, u8)]) -> bool {
    let sum = |digits: &[(usize, u8)]| -> u32 {
        let place = |(place, &(_, digit)): (usize, &(usize, u8))| match u32::from(digit) * 2 {
            _ if place % 2 == 1 => u32::from(digit),
            double if double > 9 => double - 9,
            double => double,
        };
        digits.iter().enumerate().map(place).sum()
    };
    group.len() == LENGTH && matches!(group[0].1, 1 | 2) && sum(group) % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made up: ten digits that only satisfy the rule.
    const VALID: &str = "1000000008";

    #[test]
    fn an_identity_number_is_hidden_in_every_writing() {
        assert_eq!(mask(VALID), "••••••••08");
        assert_eq!(mask("هويتي ١٠٠٠٠٠٠٠٠٨ شكرا"), "هويتي ••••••••٠٨ شكرا");
        assert_eq!(mask("100-000-0008."), "•••-•••-••08.");
        for other in ["1000000009", "0501234567", "+9661000000008", "920004949", "10000000080", ""] {
            assert_eq!(mask(other), other);
        }
        assert_eq!(ascii_digits("٠۹a5"), "09a5");
    }
}
