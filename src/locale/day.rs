//! Days in both calendars: Gregorian is the truth, Hijri (Umm al-Qura) is shown beside it and understood where people write it.
use crate::text::ascii_digits;
use icu_calendar::Date as AnyDate;
use icu_calendar::cal::{Gregorian, Hijri};
use jiff::civil::Date;

/// Years that are Hijri: 1913 to 2077 of the other calendar.
const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1331..=1500;
/// Years that are Gregorian.
const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Year, month and day of the Hijri calendar of Umm al-Qura. Official announcements may differ by a day.
#[must_use]
pub fn hijri(day: Date) -> (i32, u8, u8) {
    let month = day.month().unsigned_abs();
    let gregorian = AnyDate::try_new_gregorian(i32::from(day.year()), month, day.day().unsigned_abs());
    let hijri = gregorian.expect("a day of one calendar is a day of the other").to_calendar(Hijri::new_umm_al_qura());
    (hijri.year().extended_year(), hijri.month().ordinal, hijri.day_of_month().0)
}

/// A day as somebody types it into a sheet: `2026-11-23`, `23/11/2026`, `1448/6/13`, `١٣-٠٦-١٤٤٨هـ`, with or without a time
/// behind it. None where it is no day, or its parts could be read in two ways (`6/13/2026` is none: days come before months).
#[must_use]
pub fn read_day(text: &str) -> Option<Date> {
    let text = ascii_digits(text.trim());
    let text = text.split(['T', ' ']).next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<i32> = text.split(['-', '/', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match parts[..] {
        [year, month, day] if year > 31 => (year, month, day),
        [day, month, year] if year > 31 => (year, month, day),
        _ => return None,
    };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let gregorian = if HIJRI_YEARS.contains(&year) {
        let date = AnyDate::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?;
        let date = date.to_calendar(Gregorian);
        (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
    } else if GREGORIAN_YEARS.contains(&year) {
        (year, month, day)
    } else {
        return None;
    };
    let (year, month, day) = gregorian;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn both_calendars_are_read_and_shown() {
        assert_eq!(hijri(date(2026, 11, 22)), (1448, 6, 12));
        assert_eq!(hijri(date(2024, 11, 21)), (1446, 5, 19));
        for text in [
            "2026-11-22",
            "22/11/2026",
            "٢٢/١١/٢٠٢٦",
            "1448/06/12",
            "١٢-٠٦-١٤٤٨ هـ",
            "2026-11-22T10:00:00",
            "22.11.2026م",
        ] {
            assert_eq!(read_day(text), Some(date(2026, 11, 22)), "{text}");
        }
        for text in [
            "",
            "6/13/2026",
            "2026-13-01",
            "1448-13-01",
            "31/02/2026",
            "22/11/26",
            "x",
            "2026-11",
            "9999-01-01",
            "30/2/1448x1",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }
}
