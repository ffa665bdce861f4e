//! What a field may hold. Each rule stands here twice, side by side: as the document states it, and as it is held.
use super::problem::{Fault, Problem};
use crate::model::{ContactKind, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A line: begins with a visible letter, no controls.
pub(super) const LINE: &str = r"^[^\u0000-\u0020\u007F-\u00A0][^\u0000-\u001F\u007F-\u009F]*$";
/// Several lines.
pub(super) const LINES: &str = r"^[^\u0000-\u0020\u007F-\u00A0][^\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$";
/// A number of somebody's: a line with a digit in it.
pub(super) const REFERENCE: &str = r"^([^\u0000-\u0020\u007F-\u00A0][^\u0000-\u001F\u007F-\u009F]*)?[0-9\u0660-\u0669\u06F0-\u06F9][^\u0000-\u001F\u007F-\u009F]*$";
/// Characters of a number.
pub(super) const LONGEST_REFERENCE: usize = 64;
/// Characters of a paper's name or an applicant's.
pub(super) const LONGEST_NAME: usize = 200;
/// Characters of a note.
pub(super) const LONGEST_NOTE: usize = 2000;
/// Contacts of one report.
pub(super) const MOST_CONTACTS: usize = 20;
/// Papers of one report.
pub(super) const MOST_PAPERS: usize = 50;
/// A country of ISO 3166-1.
pub(super) const COUNTRY: &str = "^[A-Z]{2}$";
/// A batch of notices.
pub(super) const BATCH: &str = "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$";
/// A telephone as E.164, or an e-mail address.
pub(super) const CONTACT: &str = r"^(\+[1-9][0-9]{7,14}|[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+)$";
/// Characters of a contact.
pub(super) const LONGEST_CONTACT: usize = 254;

/// An Idempotency-Key.
pub(super) const ONCE_KEY: &str = "^[!-~]+$";
/// Letters of one.
pub(super) const LONGEST_KEY: usize = 200;

/// Collects what is wrong.
#[derive(Debug, Default)]
pub(super) struct Check(Vec<Fault>);

impl Check {
    pub(super) fn wrong(&mut self, field: impl Into<String>, reason: impl Into<String>) {
        self.0.push(Fault { field: field.into(), reason: reason.into() });
    }

    /// Nothing wrong, or a problem with everything that is.
    pub(super) fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::fields(self.0)) }
    }

    /// A line of a length.
    pub(super) fn line(&mut self, field: &str, text: Option<&str>, longest: usize) {
        if text.is_some_and(|text| !is_line(text, false) || text.chars().count() > longest) {
            self.wrong(field, format!("1 to {longest} letters, the first one visible, no controls"));
        }
    }

    /// Several lines.
    pub(super) fn lines(&mut self, field: &str, text: Option<&str>, longest: usize) {
        if text.is_some_and(|text| !is_line(text, true) || text.chars().count() > longest) {
            self.wrong(
                field,
                format!("1 to {longest} letters, the first one visible, no controls but line breaks and tabs"),
            );
        }
    }

    /// A number of somebody's.
    pub(super) fn reference(&mut self, field: &str, text: Option<&str>) {
        if text.is_some_and(|text| !is_reference(text)) {
            self.wrong(
                field,
                format!("1 to {LONGEST_REFERENCE} letters with a digit among them, the first one visible"),
            );
        }
    }

    /// A country of ISO 3166-1.
    pub(super) fn country(&mut self, field: &str, text: Option<&str>) {
        if text.is_some_and(|text| text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_uppercase())) {
            self.wrong(field, "two capital letters, like `KW`");
        }
    }

    /// A batch of notices.
    pub(super) fn batch(&mut self, field: &str, text: Option<&str>) {
        let fits = |text: &str| {
            let mut letters = text.bytes();
            letters.next().is_some_and(|first| first.is_ascii_alphanumeric())
                && letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && text.len() <= 40
        };
        if text.is_some_and(|text| !fits(text)) {
            self.wrong(field, "1 to 40 letters of a-z, A-Z, 0-9, `-`, `_`");
        }
    }

    /// A telephone or an e-mail address, whichever it looks like.
    pub(super) fn contact(&mut self, field: String, value: &str) -> ContactKind {
        let telephone = value.strip_prefix('+').is_some_and(|digits| {
            (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
        });
        if telephone {
            return ContactKind::Telephone;
        }
        if !is_email(value) {
            self.wrong(field, "a telephone like `+96555512345`, or an e-mail address");
        }
        ContactKind::Email
    }

    /// A moment of RFC 3339.
    pub(super) fn moment(&mut self, field: &str, text: Option<&str>) -> Option<Timestamp> {
        let at = text.map(moment)?;
        if at.is_none() {
            self.wrong(field, "a moment like `2026-11-25T09:30:00Z` or `2026-11-25T12:30:00+03:00`");
        }
        at
    }
}

/// Whether it begins with a visible letter and holds no controls.
fn is_line(text: &str, breaks: bool) -> bool {
    let first = text.chars().next().is_some_and(|c| c > '\u{20}' && !('\u{7f}'..='\u{a0}').contains(&c));
    first && text.chars().all(|c| !c.is_control() || (breaks && matches!(c, '\n' | '\t')))
}

/// Whether a number of somebody's can be looked for.
pub(super) fn is_reference(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}');
    is_line(text, false) && text.chars().count() <= LONGEST_REFERENCE && text.chars().any(digit)
}

fn is_email(text: &str) -> bool {
    let visible = |part: &str| part.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@');
    let Some((name, host)) = text.split_once('@') else { return false };
    let dot = host.match_indices('.').any(|(place, _)| place > 0 && place + 1 < host.len());
    text.len() <= LONGEST_CONTACT && !name.is_empty() && visible(name) && visible(host) && dot
}

/// A moment as RFC 3339 writes it, and no other way.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't'])?;
    let (time, zone) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => (time, "+00:00"),
        None => rest.split_at_checked(rest.len().checked_sub(6)?)?,
    };
    let digits = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(b, s)| b == s || (s == b'0' && b.is_ascii_digit()))
    };
    let (whole, part) = time.split_once('.').unwrap_or((time, "0"));
    let fits = digits(day, "0000-00-00")
        && digits(whole, "00:00:00")
        && (1..=9).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && (digits(zone, "+00:00") || digits(zone, "-00:00"));
    let number = |text: &str| text.parse::<i32>().ok();
    let (hours, minutes) = (number(zone.get(1..3)?)?, number(zone.get(4..6)?)?);
    if !fits || hours > 23 || minutes > 59 {
        return None;
    }
    let local: DateTime = format!("{day}T{whole}.{part}").parse().ok()?;
    let east = if zone.starts_with('-') { -1 } else { 1 };
    let offset = Offset::from_seconds(east * (hours * 60 + minutes) * 60).ok()?;
    // The last hours of the year 9999 are beyond what is counted; nobody means them.
    let at = offset.to_timestamp(local).unwrap_or(jiff::Timestamp::MAX);
    Some(Timestamp::from_micros(at.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_rfc_3339() {
        let at = moment("2026-11-25T12:30:00+03:00");
        assert_eq!(at, moment("2026-11-25t09:30:00.000Z"));
        assert_eq!(at.map(|at| at.to_string()).as_deref(), Some("2026-11-25T09:30:00Z"));
        assert!(moment("9999-12-31T23:59:59-14:00").is_some() && moment("0001-01-01T00:00:00+14:00").is_some());
        for wrong in [
            "",
            "2026-11-25",
            "2026-11-25 09:30:00Z",
            "2026-11-25T09:30Z",
            "2026-02-30T00:00:00Z",
            "2026-11-25T09:30:00",
            "2026-11-25T09:30:00+3:00",
            "+002026-11-25T09:30:00Z",
            "2026-11-25T24:30:00Z",
            "2026-11-25T09:30:00\u{660}Z",
        ] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_have_a_digit_and_contacts_a_country_or_a_host() {
        assert!(is_reference("2026/1234-5") && is_reference("\u{662}\u{660}") && is_reference("M 7"));
        assert!(
            !is_reference("abc") && !is_reference(" 7") && !is_reference("7\u{0}") && !is_reference(&"7".repeat(65))
        );
        let kind = |value: &str| {
            let mut check = Check::default();
            let kind = check.contact(String::new(), value);
            check.done().is_ok().then_some(kind)
        };
        assert_eq!(kind("+96555512345"), Some(ContactKind::Telephone));
        assert_eq!(kind("a@b.example"), Some(ContactKind::Email));
        for wrong in ["0096555512345", "+0123456789", "a@b", "a@.b", "a@b.", "a@@b.c", "a b@c.d", ""] {
            assert_eq!(kind(wrong), None, "{wrong}");
        }
    }
}
