//! Quiet hours: a notice nobody asked for waits until the morning. Held, never dropped.
use crate::model::Timestamp;
use crate::settings::{Reader, Setting};
use jiff::tz::TimeZone;

const QUIET_HOURS: Setting = Setting {
    name: "QUIET_HOURS",
    default: Some("22-8"),
    form: "`from-to` in whole hours, or `none`",
    help: "Notices that nobody asked for wait until the end of these hours, in QUIET_ZONE.",
    secret: false,
};
const QUIET_ZONE: Setting = Setting {
    name: "QUIET_ZONE",
    default: Some("Asia/Riyadh"),
    form: "a time zone like Asia/Riyadh",
    help: "The zone of QUIET_HOURS, for everybody whose own is not known.",
    secret: false,
};
/// All of them.
pub(super) const SETTINGS: &[Setting] = &[QUIET_HOURS, QUIET_ZONE];

/// When nobody is written to unasked.
#[derive(Debug, Clone)]
pub struct QuietHours {
    /// First and last hour; the last is not quiet any more. None: never quiet.
    hours: Option<(i8, i8)>,
    zone: TimeZone,
}

impl QuietHours {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let hours = reader.parse_with(&QUIET_HOURS, |text| {
            if text == "none" {
                return Some(None);
            }
            let (from, to) = text.split_once('-')?;
            let hour = |text: &str| text.trim().parse::<i8>().ok().filter(|hour| (0..24).contains(hour));
            Some(Some((hour(from)?, hour(to)?)))
        });
        let zone = reader.parse_with(&QUIET_ZONE, |text| TimeZone::get(text).ok());
        Self { hours: hours.flatten(), zone: zone.unwrap_or(TimeZone::UTC) }
    }

    /// When a notice of `now` may leave: now, or at the end of the quiet hours.
    #[must_use]
    pub(super) fn until(&self, now: Timestamp) -> Timestamp {
        let moment = jiff::Timestamp::from_microsecond(now.as_micros());
        let (Some((from, to)), Ok(moment)) = (self.hours, moment) else { return now };
        let local = moment.to_zoned(self.zone.clone());
        let hour = local.hour();
        let quiet = if from <= to { (from..to).contains(&hour) } else { hour >= from || hour < to };
        if !quiet {
            return now;
        }
        let day = if hour < to { Ok(local.date()) } else { local.date().tomorrow() };
        let end = day.and_then(|day| day.at(to, 0, 0, 0).to_zoned(self.zone.clone()));
        end.map_or(now, |end| Timestamp::from_micros(end.timestamp().as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(values: &[(&'static str, &'static str)], at: &str) -> String {
        let mut reader = Reader::from_values(values.iter().copied());
        let quiet = QuietHours::read(&mut reader);
        assert_eq!(reader.problems(), []);
        let at: jiff::Timestamp = at.parse().expect("a moment");
        quiet.until(Timestamp::from_micros(at.as_microsecond())).to_string()
    }

    #[test]
    fn notices_wait_for_the_morning_across_midnight_and_daylight_saving() {
        for (at, until) in [
            ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"),
            ("2026-11-23T18:59:59Z", "2026-11-23T18:59:59Z"),
            ("2026-11-23T19:00:00Z", "2026-11-24T05:00:00Z"),
            ("2026-11-24T04:59:59Z", "2026-11-24T05:00:00Z"),
            ("2026-12-31T22:00:00Z", "2027-01-01T05:00:00Z"),
        ] {
            assert_eq!(held(&[], at), until, "{at}");
        }
        // Paris puts its clocks on in the night of 2027-03-28: eight o'clock is an hour earlier in UTC.
        let paris = [("QUIET_ZONE", "Europe/Paris")];
        assert_eq!(held(&paris, "2027-03-27T22:00:00Z"), "2027-03-28T06:00:00Z");
        assert_eq!(held(&[("QUIET_HOURS", "1-5")], "2026-11-23T23:30:00Z"), "2026-11-24T02:00:00Z");
        assert_eq!(held(&[("QUIET_HOURS", "none")], "2026-11-23T20:00:00Z"), "2026-11-23T20:00:00Z");
    }
}
