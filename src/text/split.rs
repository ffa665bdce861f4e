//! Cutting a long text into parts that a channel can carry: between paragraphs, lines, words, and never inside what a reader sees as one sign.
use crate::model::Rich;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What the length of a text is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units: Telegram, JavaScript.
    Utf16,
    /// Unicode scalar values.
    Char,
}

impl Unit {
    /// The length of `text`.
    #[must_use]
    pub fn measure(self, text: &str) -> usize {
        match self {
            Self::Utf16 => text.encode_utf16().count(),
            Self::Char => text.chars().count(),
        }
    }
}

/// Cuts `rich` into parts of at most `limit` units. White space at a cut is left out, every other character is in one part.
///
/// Only a sign longer than the whole limit is cut inside, between its characters; `limit` is taken as at least 2.
#[must_use]
pub fn split(rich: &Rich, limit: usize, unit: Unit) -> Vec<Rich> {
    split_after(rich, limit, limit, unit)
}

/// The same with another limit, `head`, for the first part.
#[must_use]
pub fn split_after(rich: &Rich, head: usize, limit: usize, unit: Unit) -> Vec<Rich> {
    let text = rich.to_plain();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let most = if parts.is_empty() { head } else { limit };
        let end = start + window(rest, most.max(2), unit);
        let cut = if end == text.len() { end } else { start + best_cut(&text[start..end], &text[end..]) };
        let part = slice(rich, trimmed(&text, start..cut));
        if !part.is_empty() {
            parts.push(part);
        }
        start = cut;
    }
    parts
}

/// Bytes at the start of `text` that measure at most `limit`, to the last whole grapheme; at least one character.
fn window(text: &str, limit: usize, unit: Unit) -> usize {
    if unit.measure(text) <= limit {
        return text.len();
    }
    let (mut used, mut end) = (0, 0);
    for grapheme in text.graphemes(true) {
        used += unit.measure(grapheme);
        if used > limit {
            break;
        }
        end += grapheme.len();
    }
    if end > 0 {
        return end;
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += unit.measure(c.encode_utf8(&mut [0; 4]));
        used <= limit
    };
    text.chars().take_while(fits).map(char::len_utf8).sum()
}

/// Where to cut in `fits`, which `next` follows: behind its last paragraph, line or word.
fn best_cut(fits: &str, next: &str) -> usize {
    // A cut in the first third would leave more parts than the reader gains by its place.
    let worth = |place: &usize| *place >= fits.len() / 3;
    if next.starts_with(char::is_whitespace) {
        return fits.len();
    }
    (fits.rfind("\n\n").filter(worth))
        .or_else(|| fits.rfind('\n').filter(worth))
        .or_else(|| fits.rfind(char::is_whitespace))
        .map_or(fits.len(), |place| place + fits[place..].chars().next().map_or(0, char::len_utf8))
}

/// `range` without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}

/// The bytes `range` of the plain text, with their weight.
fn slice(rich: &Rich, range: Range<usize>) -> Rich {
    let mut part = Rich::default();
    let mut at = 0;
    for span in &rich.spans {
        let (from, to) = (range.start.max(at), range.end.min(at + span.text.len()));
        if from < to {
            part.push(&span.text[from - at..to - at], span.bold);
        }
        at += span.text.len();
    }
    part
}

/// `text` cut to `limit` characters, the last of them an ellipsis where something was left out.
#[must_use]
pub fn ellipsize(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = window(text, limit.saturating_sub(1), Unit::Char);
    format!("{}…", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, limit: usize) -> Vec<String> {
        split(&Rich::plain(text), limit, Unit::Char).iter().map(Rich::to_plain).collect()
    }

    #[test]
    fn cuts_fall_between_paragraphs_then_lines_then_words_then_signs() {
        assert_eq!(parts("one two\n\nthree four", 12), ["one two", "three four"]);
        assert_eq!(parts("one two\nthree four", 12), ["one two", "three four"]);
        assert_eq!(parts("one two three", 10), ["one two", "three"]);
        assert_eq!(parts("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(parts("👨‍👩‍👧👨‍👩‍👧", 6), ["👨‍👩‍👧", "👨‍👩‍👧"]);
        assert_eq!(parts("", 5), Vec::<String>::new());
    }

    #[test]
    fn bold_goes_on_behind_a_cut() {
        let mut rich = Rich::plain("a ");
        rich.push("bb cc", true);
        let cut = split(&rich, 4, Unit::Utf16);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].spans[0].bold);
        assert_eq!(cut[1].to_plain(), "cc");
    }

    #[test]
    fn a_label_is_cut_at_a_grapheme() {
        assert_eq!(ellipsize("السفارة", 7), "السفارة");
        assert_eq!(ellipsize("كيف أقدم طلبي", 5), "كيف…");
        assert_eq!(ellipsize("abc", 1), "…");
    }
}
