//! Light stemming of folded words: what is left of a word without its article, conjunctions and endings (after light10).

/// The stem of a folded word; the word itself where nothing can be taken away.
#[must_use]
pub fn stem(word: &str) -> &str {
    if word.is_ascii() { latin(word) } else { arabic(word) }
}

/// light10 on folded letters: ة is ه and ى is ي here, so that one list serves both.
fn arabic(word: &str) -> &str {
    let long = |rest: &&str, least: usize| rest.chars().count() >= least;
    let word = word.strip_prefix('و').filter(|rest| long(rest, 3)).unwrap_or(word);
    let word = ["ال", "بال", "كال", "فال", "عال", "هال", "لل"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix).filter(|rest| long(rest, 2)))
        .unwrap_or(word);
    // Each at most once, the longer first, as the endings of one word follow each other.
    let endings = ["ها", "كم", "نا", "هم", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ك"];
    endings.iter().fold(word, |word, ending| {
        let least = if *ending == "ك" { 3 } else { 2 };
        word.strip_suffix(ending).filter(|rest| long(rest, least)).unwrap_or(word)
    })
}

/// Plural and verb endings of English.
fn latin(word: &str) -> &str {
    for (ending, least) in [("ies", 3), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3)] {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= least && !rest.ends_with('s')) {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("والمكتبات", "مكتبه"),
            ("رخصتي", "رخصت"),
            ("السفاره", "سفاره"),
            ("للسفاره", "بالسفاره"),
            ("طلبي", "طلبكم"),
            ("requests", "request"),
            ("applying", "apply"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("ولد"), "ولد");
        assert_eq!(stem("في"), "في");
    }
}
