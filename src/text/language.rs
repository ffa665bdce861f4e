//! Which language a message is written in, as far as its letters tell.

/// What the letters of a message tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// Arabic letters.
    Arabic,
    /// Arabic in Latin letters and digits.
    Arabizi,
    /// Latin letters.
    Latin,
    /// Nothing to go by: digits, emoji, a name, another script.
    Undecidable,
}

/// Guesses from the letters of `text`.
#[must_use]
pub fn guess(text: &str) -> Guess {
    let folded = super::fold(text);
    let (mut arabic, mut latin) = (0_usize, 0_usize);
    for c in folded.chars() {
        match c {
            '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06EF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C7}' => {
                arabic += 1;
            }
            'a'..='z' => latin += 1,
            _ => {}
        }
    }
    match (arabic, latin) {
        (0, 0) => Guess::Undecidable,
        // A Latin word in an Arabic sentence is a name; an Arabic one in an English sentence as well.
        _ if arabic >= latin => Guess::Arabic,
        _ => latin_guess(&folded),
    }
}

/// Whether `text` has a word that only English has: Latin letters alone may be Arabic without digits.
#[must_use]
pub fn has_english(text: &str) -> bool {
    super::words(&super::fold(text)).any(|word| ENGLISH.contains(&word))
}

/// Arabizi, a European language, or a word that every language uses.
fn latin_guess(folded: &str) -> Guess {
    let (mut arabizi, mut english, mut other) = (0_usize, 0_usize, 0_usize);
    for word in super::words(folded).filter(|word| word.contains(|c: char| c.is_ascii_lowercase())) {
        if ENGLISH.contains(&word) {
            english += 1;
        } else if ARABIZI.contains(&word) || has_letter_digit(word) {
            arabizi += 1;
        } else if !EVERYWHERE.contains(&word) {
            other += 1;
        }
    }
    match (arabizi, english, other) {
        (0, 0, 0) => Guess::Undecidable,
        (0, _, _) => Guess::Latin,
        _ if arabizi >= english => Guess::Arabizi,
        _ => Guess::Latin,
    }
}

/// Whether a digit stands for an Arabic letter in it: `6alabi`, `msa3ada`, `7`… but not `2nd`, `covid19`, `h2o`.
fn has_letter_digit(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.len() - digits;
    if digits == 0 || digits > 3 || letters < 2 || word.contains(['0', '1', '4']) {
        return false;
    }
    let stem = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let starts = stem.len() < word.len();
    let ends = word.ends_with(|c: char| c.is_ascii_digit());
    if starts && matches!(stem, "st" | "nd" | "rd" | "th" | "am" | "pm" | "kg" | "km" | "days" | "weeks" | "years") {
        return false;
    }
    // A digit at the end alone may count something (`covid19`, `step2`); inside or in front it is a letter.
    !ends || starts || word[..word.len() - 1].contains(|c: char| c.is_ascii_digit()) || word.len() <= 5
}

/// Words that say nothing of the language of the rest.
const EVERYWHERE: &[&str] = &[
    "awaser", "awasir", "awassir", "awasser", "email", "facebook", "gmail", "id", "ok", "okay", "okey", "pdf", "sms",
    "start", "telegram", "whatsapp", "www", "com", "http", "https",
];

/// English function words and the commonest words of a first message.
const ENGLISH: &[&str] = &[
    "a", "about", "an", "and", "apply", "are", "can", "do", "does", "for", "from", "get", "have", "hello", "help",
    "hi", "how", "i", "if", "in", "is", "it", "me", "my", "need", "not", "of", "officer", "on", "please", "request",
    "the", "thank", "thanks", "this", "to", "want", "was", "we", "what", "when", "where", "which", "who", "why",
    "with", "you", "your",
];

/// Arabic words as they are commonly written in Latin letters without any digit.
const ARABIZI: &[&str] = &[
    "abgha",
    "abi",
    "ahlan",
    "ahlein",
    "alaikum",
    "alaykum",
    "aleikum",
    "alikom",
    "allah",
    "aloo",
    "ana",
    "aywa",
    "baddi",
    "bdi",
    "bedi",
    "bghit",
    "biddi",
    "chokran",
    "choukran",
    "chno",
    "dial",
    "dyal",
    "dyali",
    "eish",
    "eshlon",
    "esh",
    "eyh",
    "fein",
    "fin",
    "ezay",
    "ezzay",
    "ezzai",
    "habibi",
    "hada",
    "hadi",
    "hatha",
    "inshallah",
    "inshalla",
    "insha",
    "kaif",
    "keef",
    "kef",
    "kefa",
    "kif",
    "kifach",
    "kifash",
    "kayfa",
    "keif",
    "khalas",
    "la2",
    "lesh",
    "leish",
    "lissa",
    "leh",
    "mafi",
    "marhaba",
    "mata",
    "mesh",
    "mish",
    "mnain",
    "momken",
    "mumkin",
    "mush",
    "na3am",
    "naam",
    "salam",
    "salaam",
    "sabah",
    "sefara",
    "shlon",
    "shlonkom",
    "shlonak",
    "shno",
    "shnu",
    "shou",
    "shu",
    "shukran",
    "shokran",
    "taba",
    "talabi",
    "tayeb",
    "wach",
    "wain",
    "walla",
    "wallah",
    "wein",
    "wen",
    "wesh",
    "weyn",
    "wsl",
    "wasal",
    "wesal",
    "ya",
    "yalla",
    "yaani",
    "yani",
    "zain",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_language() {
        for (text, expected) in [
            ("كيف أقدم؟", Guess::Arabic),
            ("وين طلبي awasir", Guess::Arabic),
            ("wen wasal 6alabi", Guess::Arabizi),
            ("kif a2addem 3la el mosa3adeh", Guess::Arabizi),
            ("shukran", Guess::Arabizi),
            ("How do I apply for help on the 2nd time?", Guess::Latin),
            ("is covid19 help included", Guess::Latin),
            ("Comment puis-je déposer une demande", Guess::Latin),
            ("ok", Guess::Undecidable),
            ("1234 👍", Guess::Undecidable),
            ("", Guess::Undecidable),
            ("नमस्ते", Guess::Undecidable),
        ] {
            assert_eq!(guess(text), expected, "{text}");
        }
    }
}
