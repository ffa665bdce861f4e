//! Where a sentence ends.

/// Whether a sentence ends at this sign, in Arabic or Latin writing; a line's end is one, for people who write lists.
#[must_use]
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | '\n' | '\u{061F}' | '\u{061B}' | '\u{06D4}' | '\u{2026}' | '\u{0964}')
}
