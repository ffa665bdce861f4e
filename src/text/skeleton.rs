//! The consonants of a word in Latin letters: what Arabic and Arabic in Latin letters have in common (nlu.md §A.3).

/// The skeleton of a folded word. Empty where nothing but vowels stood in it.
#[must_use]
pub fn skeleton(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut bones = if word.is_ascii() { latin(word) } else { arabic(word) };
    let mut last = None;
    bones.retain(|c| last.replace(c) != Some(c));
    bones
}

/// `word` without the first of `prefixes` it has, where at least `least` characters remain.
fn without<'a>(word: &'a str, prefixes: &[&str], least: usize) -> &'a str {
    let found = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix));
    found.filter(|rest| rest.chars().count() >= least).unwrap_or(word)
}

fn arabic(word: &str) -> String {
    let word = without(word, &["وال", "بال", "فال", "كال", "لل", "ال"], 2);
    let word = word.strip_suffix('ه').filter(|rest| rest.chars().count() >= 2).unwrap_or(word);
    word.chars()
        .filter(|c| !matches!(c, 'ا' | 'و' | 'ي'))
        .map(|c| match c {
            'ع' => '3',
            'غ' => 'g',
            'ج' => 'j',
            'ح' | 'ه' => 'h',
            'خ' | 'ق' | 'ك' => 'k',
            'ط' | 'ت' | 'ث' => 't',
            'ص' | 'س' => 's',
            'ش' => '$',
            'ض' | 'د' | 'ذ' | 'ظ' => 'd',
            'ز' => 'z',
            'ب' => 'b',
            'ف' => 'f',
            'ل' => 'l',
            'م' => 'm',
            'ن' => 'n',
            'ر' => 'r',
            other => other,
        })
        .collect()
}

fn latin(word: &str) -> String {
    let word = without(word, &["wel", "wal", "bel", "bal", "lel", "el", "al", "il"], 3);
    let word = match word.strip_suffix('h') {
        Some(rest) if word.len() > 4 && rest.ends_with(['a', 'e']) => rest,
        _ => word,
    };
    let mut bones = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (taken, bone) = pair(rest).unwrap_or_else(|| (first.len_utf8(), single(first)));
        bones.push_str(bone);
        if bone.is_empty() && !is_vowel(first) && taken == first.len_utf8() && first != '2' {
            bones.push(first);
        }
        rest = &rest[taken..];
    }
    bones
}

/// Two or three letters for one sound, and their length.
fn pair(rest: &str) -> Option<(usize, &'static str)> {
    const PAIRS: &[(&str, &str)] =
        &[("tch", "$"), ("sch", "$"), ("sh", "$"), ("ch", "$"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d")];
    PAIRS.iter().find(|(letters, _)| rest.starts_with(letters)).map(|(letters, bone)| (letters.len(), *bone))
}

const fn single(c: char) -> &'static str {
    match c {
        '5' | '8' | '9' | 'c' | 'q' | 'g' => "k",
        '7' => "h",
        '6' => "t",
        '4' => "d",
        'x' => "ks",
        'p' => "b",
        'v' => "f",
        _ => "",
    }
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_have_one_skeleton() {
        for (arabic, latin) in [
            ("طلبي", "6alabi"),
            ("السفاره", "elsafara"),
            ("عايز", "3ayez"),
            ("مساعده", "mosa3adeh"),
            ("شكرا", "shokran"),
        ] {
            let (one, other) = (skeleton(arabic), skeleton(latin));
            assert!(one == other || other.starts_with(&one), "{one} {other}");
        }
        assert_eq!(skeleton("123"), "123");
        assert_eq!(skeleton("اوي"), "");
    }
}
