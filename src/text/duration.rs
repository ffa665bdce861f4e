//! Spans of time in a text, so that none is promised that nobody reviewed.
use super::phrase::forms;

/// Duals are spans by themselves.
const DUALS: &[&str] = &[
    "يومين",
    "يومان",
    "اسبوعين",
    "اسبوعان",
    "شهرين",
    "شهران",
    "سنتين",
    "سنتان",
    "عامين",
    "عامان",
    "ساعتين",
    "ساعتان",
    "دقيقتين",
    "دقيقتان",
    "fortnight",
];

/// Units are spans behind a number.
const UNITS: &[&str] = &[
    "يوم",
    "ايام",
    "يوما",
    "اسبوع",
    "اسابيع",
    "اسبوعا",
    "شهر",
    "شهور",
    "اشهر",
    "شهرا",
    "سنه",
    "سنوات",
    "سنين",
    "عام",
    "اعوام",
    "عاما",
    "ساعه",
    "ساعات",
    "دقيقه",
    "دقايق",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "hour",
    "hours",
    "minute",
    "minutes",
];

/// Numbers in words.
const NUMBERS: &[&str] = &[
    "ثلاثه",
    "ثلاث",
    "اربعه",
    "اربع",
    "خمسه",
    "خمس",
    "سته",
    "ست",
    "سبعه",
    "سبع",
    "ثمانيه",
    "ثماني",
    "تسعه",
    "تسع",
    "عشره",
    "عشر",
    "عشرين",
    "عشرون",
    "ثلاثين",
    "ثلاثون",
    "اربعين",
    "خمسين",
    "ستين",
    "تسعين",
    "ميه",
    "مايه",
    "بضعه",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "sixty",
    "ninety",
    "few",
];

/// Where spans of time stand in the words of a folded text: the first word of each and how many words it has.
#[must_use]
pub fn durations(words: &[&str]) -> Vec<(usize, usize)> {
    let is = |list: &[&str], word: &str| forms(word).any(|form| list.contains(&form));
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || is(NUMBERS, word);
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if is(DUALS, word) {
            found.push((place, 1));
        } else if is(UNITS, word) && place > 0 && number(words[place - 1]) {
            found.push((place - 1, 2));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_and_single_days_are_none() {
        let spans = |text: &str| {
            let folded = crate::text::fold(text);
            durations(&crate::text::words(&folded).collect::<Vec<_>>()).len()
        };
        assert_eq!(spans("خلال مدة لا تقل عن أسبوعين"), 1);
        assert_eq!(spans("بعد ٣٠ يومًا أو three months"), 2);
        assert_eq!(spans("كل يوم، في عام 2022، any day"), 0);
    }
}
