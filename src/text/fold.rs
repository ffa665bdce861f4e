//! The one normaliser: what two texts are compared by. Command words, examples, names of countries and urgent words all pass through it.
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` as words that can be compared, one space between them: letters unified, marks away, digits 0–9, lower case.
///
/// Numbers keep all their digits; a letter written three or more times in a row stands once. Idempotent.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Folded { out: String::with_capacity(text.len()), ..Folded::default() };
    if text.chars().all(is_plain) {
        // Nothing to decompose: the common case, and several times as fast.
        text.chars().for_each(|c| folded.take(c));
    } else {
        text.nfkd().for_each(|c| folded.take(c));
    }
    folded.out
}

/// Letters of everyday Arabic and ASCII; what of it has a decomposition [`unify`] knows by itself.
const fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{0620}'..='\u{0669}')
}

/// The words of a folded text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// What a character is to a word.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// Indic vowel signs, virama and nukta are marks to Unicode, and part of the word to its readers.
    Mark,
    #[default]
    Gap,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            // First what nearly every message is made of: the tables behind the others take ten times as long.
            'a'..='z' | '\u{0620}'..='\u{064A}' => Self::Letter,
            '0'..='9' => Self::Digit,
            _ if c.is_ascii() => Self::Gap,
            _ if is_combining_mark(c) => Self::Mark,
            _ if c.is_numeric() => Self::Digit,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Gap,
        }
    }
}

/// The folded text so far.
#[derive(Default)]
struct Folded {
    out: String,
    /// The last character seen, and what it was.
    last: Option<char>,
    kind: Kind,
    /// How often it stands there in a row.
    run: usize,
}

impl Folded {
    /// Takes the next character of the text.
    fn take(&mut self, c: char) {
        match c {
            _ if c.is_ascii() => self.push(c.to_ascii_lowercase()),
            '\u{0622}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => self.push(unify(c)),
            _ if is_dropped(c) => {}
            _ => c.to_lowercase().filter(|&c| !is_dropped(c)).for_each(|c| self.push(unify(c))),
        }
    }

    fn push(&mut self, c: char) {
        // Apostrophes join (l'aide, Sana'a) and hamza on its own is written or left out at will.
        if matches!(c, '\'' | '\u{2019}' | '\u{0621}') {
            return;
        }
        let kind = Kind::of(c);
        let alone = kind == Kind::Mark && matches!(self.kind, Kind::Gap | Kind::Digit);
        if kind == Kind::Gap || alone {
            self.kind = Kind::Gap;
            self.last = None;
            return;
        }
        if self.kind == Kind::Gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.run = if self.last == Some(c) { self.run + 1 } else { 1 };
        self.last = Some(c);
        self.kind = kind;
        if self.run < 3 || kind == Kind::Digit {
            self.out.push(c);
        } else if self.run == 3 {
            // The second of the run goes too: people lengthen a word to stress it.
            self.out.pop();
        }
    }
}

/// Marks that are written or left out at will, and invisible characters.
const fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{0300}'..='\u{036F}'
        | '\u{0610}'..='\u{061A}' | '\u{061C}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The one letter for its spellings.
const fn unify(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ى' | 'ئ' | 'ی' | 'ې' | 'ے' => 'ي',
        'ة' | 'ۃ' | 'ہ' | 'ھ' | 'ە' => 'ه',
        'ک' | 'ڪ' | 'گ' | 'ڭ' | 'ݣ' => 'ك',
        'پ' => 'ب',
        'چ' => 'ج',
        'ڤ' => 'ف',
        'ڨ' => 'ق',
        'ژ' => 'ز',
        'ٹ' => 'ت',
        'ڈ' => 'د',
        'ڑ' => 'ر',
        'ں' => 'ن',
        '٠' | '۰' => '0',
        '١' | '۱' => '1',
        '٢' | '۲' => '2',
        '٣' | '۳' => '3',
        '٤' | '۴' => '4',
        '٥' | '۵' => '5',
        '٦' | '۶' => '6',
        '٧' | '۷' => '7',
        '٨' | '۸' => '8',
        '٩' | '۹' => '9',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_agree() {
        for (one, other) in [
            ("أُسْرَةٌ", "اسره"),
            ("إلى السفارةِ", "الي السفاره"),
            ("مسؤول شيء قائمة", "مسوول شي قايمه"),
            ("مشكووووووور", "مشكور"),
            ("رقم ١٢٣٣٣٤٤٤٤", "رقم 123334444"),
            ("۱۱۱۱", "1111"),
            ("کیف گال", "كيف كال"),
            ("WEN, wasal 6alabi?!", "wen wasal 6alabi"),
            ("l’aide d'urgence", "laide durgence"),
            ("5\u{FE0F}\u{20E3} 👍", "5"),
            ("۞ـــ", ""),
        ] {
            assert_eq!(fold(one), other);
        }
    }

    #[test]
    fn plain_text_folds_as_any_other() {
        // A sign at the end sends the same words the long way.
        for c in ('\u{0}'..='\u{06FF}').filter(|&c| is_plain(c)) {
            let text = format!("لا{c}{c}ب {c}");
            assert_eq!(fold(&text), fold(&format!("{text} ۞")), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn composed_and_decomposed_agree_and_indic_words_stay_whole() {
        let text = "آلآء ۀ ۓ é हिन्दी क़";
        assert_eq!(fold(&text.nfc().collect::<String>()), fold(&text.nfd().collect::<String>()));
        assert_eq!(words(&fold("हिन्दी में")).count(), 2);
    }
}
