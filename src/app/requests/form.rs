//! The form of the references that are made here: letters, the year, a number, a check digit.

/// A form like `AW-YYYY-NNNNNNC`: `YYYY` is the year, a run of `N` a number with leading zeros, `C` the check digit over all
/// digits before it; every other character stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceForm(String);

impl ReferenceForm {
    /// Reads a form. None where the year, the number or the check digit is missing, or stands twice, and where it makes ten digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let once = |part: char| {
            text.contains(part) && text.trim_start_matches(|c| c != part).trim_start_matches(part).find(part).is_none()
        };
        let year = text.matches("YYYY").count() == 1 && text.matches('Y').count() == 4;
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'));
        let fits = year && plain && once('N') && text.matches('N').count() >= 3 && text.matches('C').count() == 1;
        // Ten digits are a Saudi identity number, which is masked wherever somebody types one.
        let digits = text.chars().filter(|c| matches!(c, 'Y' | 'N' | 'C' | '0'..='9')).count();
        (fits && digits != 10 && text.ends_with('C') && text.len() <= 40).then(|| Self(text.to_owned()))
    }

    /// The reference of a number in a year. A number that is longer than its place takes more.
    #[must_use]
    pub fn make(&self, year: i16, number: u64) -> String {
        let places = self.0.matches('N').count();
        let run = "N".repeat(places);
        let body = self.0.trim_end_matches('C').replace("YYYY", &format!("{year:04}"));
        let body = body.replacen(&run, &format!("{number:0places$}"), 1);
        let digits: String = body.chars().filter(char::is_ascii_digit).collect();
        format!("{body}{}", check_digit(&digits))
    }

    /// Whether a reference's key (letters and digits only) has this form but for its check digit.
    #[must_use]
    pub fn is_slip(&self, key: &str) -> bool {
        let form: Vec<char> = self.0.chars().filter(char::is_ascii_alphanumeric).collect();
        let key: Vec<char> = key.chars().collect();
        let same = form.len() == key.len()
            && form.iter().zip(&key).all(|(form, c)| match form {
                'Y' | 'N' | 'C' => c.is_ascii_digit(),
                letter => letter.to_ascii_lowercase() == *c,
            });
        let digits: String = key.iter().filter(|c| c.is_ascii_digit()).collect();
        same && digits
            .split_at_checked(digits.len().saturating_sub(1))
            .is_some_and(|(body, last)| last != check_digit(body).to_string())
    }
}

/// Damm's check digit: catches every single wrong digit and every swap of neighbours.
fn check_digit(digits: &str) -> u8 {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    digits.bytes().filter(u8::is_ascii_digit).fold(0, |sum, digit| TABLE[usize::from(sum)][usize::from(digit - b'0')])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_of_a_digit_and_every_swap_is_caught() {
        let form = ReferenceForm::parse("AW-YYYY-NNNNNNC").expect("a good form");
        let made = form.make(2026, 1234);
        assert!(made.starts_with("AW-2026-001234"), "{made}");
        let key = made.replace('-', "").to_lowercase();
        assert!(!form.is_slip(&key));
        let digits: Vec<usize> = (2..key.len()).collect();
        for &place in &digits {
            for other in '0'..='9' {
                let mut slip: Vec<char> = key.chars().collect();
                if slip[place] != other {
                    slip[place] = other;
                    assert!(form.is_slip(&slip.iter().collect::<String>()));
                }
            }
        }
        for pair in digits.windows(2) {
            let mut swapped: Vec<char> = key.chars().collect();
            swapped.swap(pair[0], pair[1]);
            let swapped: String = swapped.iter().collect();
            assert!(swapped == key || form.is_slip(&swapped), "{swapped}");
        }
        assert!(!form.is_slip("77120"), "a number of somebody else's form is none of ours");
        assert_eq!(form.make(2026, 12_345_678).len(), made.len() + 2);
    }

    #[test]
    fn a_form_needs_year_number_and_check_digit() {
        for bad in [
            "",
            "NNNNC",
            "YYYYNNNN",
            "YYYY-NN-C",
            "YYYY-NNN-C-NNN",
            "YYYY-YYYY-NNNC",
            "أ-YYYY-NNNC",
            "CYYYYNNN",
            "YYYY-NNNNNC",
        ] {
            assert_eq!(ReferenceForm::parse(bad), None, "{bad}");
        }
    }
}
