//! Direction marks and control characters: out of what people write, and out of what we send where a channel shows them.
use std::borrow::Cow;

/// What a person wrote, without what could turn or break the text around it: overrides, embeddings, isolates, NUL and other
/// controls. Line ends become `\n`. Direction marks and joiners stay: words are written with them.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let harmful =
        |c: char| is_turning(c) || is_isolate(c) || (c.is_control() && !matches!(c, '\n' | '\t')) || is_line_end(c);
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|c| match c {
        _ if is_line_end(c) => Some('\n'),
        _ if harmful(c) => None,
        _ => Some(c),
    });
    Cow::Owned(kept.collect())
}

/// `text` without isolate marks, for channels that show them as boxes or count them.
#[must_use]
pub fn strip_isolates(text: &str) -> Cow<'_, str> {
    if text.contains(is_isolate) { Cow::Owned(text.replace(is_isolate, "")) } else { Cow::Borrowed(text) }
}

const fn is_turning(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}')
}

const fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_marks_go_and_words_stay() {
        assert_eq!(clean("a\u{202E}b\0c\u{2067}d\u{2069}\r\ne\rf\u{7}"), "abcd\ne\nf");
        assert!(matches!(clean("می\u{200C}خواهم\u{200F}\tok\n"), Cow::Borrowed(_)));
        assert_eq!(strip_isolates("رقم \u{2068}12\u{2069}"), "رقم 12");
    }
}
