//! Quiet hours: a notice nobody asked for waits until the morning. Held, never dropped.
use super::state::App;
use crate::model::Timestamp;
use crate::settings::{Reader, Setting};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

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

/// Days and nights of all zones of a country are looked through this often for an hour that is quiet in none.
const ROUNDS: usize = 8;

/// The time zones of each country, from `locales/shared/zones.csv`. Zones of one country whose clocks agree stand there once.
#[derive(Debug, Clone, Default)]
pub(super) struct Zones(BTreeMap<String, Vec<TimeZone>>);

impl Zones {
    /// Reads the list. A zone that the database of zones does not know is left out.
    pub(super) fn read(csv: &str) -> Self {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let row = |row: csv::StringRecord| {
            let zones = row.get(1)?.split('|').filter_map(|name| TimeZone::get(name).ok()).collect();
            Some((row.get(0)?.to_owned(), zones))
        };
        Self(reader.records().flatten().filter_map(row).collect())
    }
}

impl App {
    /// When something unasked may be sent to somebody in `country`: now, or when the night is over. Where a country has several
    /// zones, when it is night in none of them; where it is not known, in `QUIET_ZONE`.
    pub(super) fn quiet_until(&self, now: Timestamp, country: Option<&str>) -> Timestamp {
        let zones = country.and_then(|code| self.zones().0.get(code)).map_or(&[][..], Vec::as_slice);
        self.settings().quiet.until(now, zones)
    }
}

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

    /// When a notice of `now` may leave: now, or at the end of the quiet hours in all of `zones`; without any, in ours.
    #[must_use]
    pub(super) fn until(&self, now: Timestamp, zones: &[TimeZone]) -> Timestamp {
        let zones = if zones.is_empty() { std::slice::from_ref(&self.zone) } else { zones };
        let mut until = now;
        for _ in 0..ROUNDS {
            let later = zones.iter().map(|zone| self.until_in(until, zone)).max().unwrap_or(until);
            if later == until {
                return until;
            }
            until = later;
        }
        // It is always night somewhere: the first zone is the one where most live.
        zones.first().map_or(now, |zone| self.until_in(now, zone))
    }

    fn until_in(&self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let moment = jiff::Timestamp::from_microsecond(now.as_micros());
        let (Some((from, to)), Ok(moment)) = (self.hours, moment) else { return now };
        let local = moment.to_zoned(zone.clone());
        let hour = local.hour();
        let quiet = if from <= to { (from..to).contains(&hour) } else { hour >= from || hour < to };
        if !quiet {
            return now;
        }
        let day = if hour < to { Ok(local.date()) } else { local.date().tomorrow() };
        let end = day.and_then(|day| day.at(to, 0, 0, 0).to_zoned(zone.clone()));
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
        quiet.until(Timestamp::from_micros(at.as_microsecond()), &[]).to_string()
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

    #[test]
    fn a_country_is_told_when_it_is_night_in_none_of_its_zones() {
        let zones = Zones::read(include_str!("../../locales/shared/zones.csv"));
        assert!(zones.0.len() > 240 && zones.0.values().all(|zones| !zones.is_empty()), "every zone is known");
        let quiet = QuietHours::read(&mut Reader::from_values([]));
        let until = |country: &str, at: &str| {
            let at: jiff::Timestamp = at.parse().expect("a moment");
            quiet.until(Timestamp::from_micros(at.as_microsecond()), &zones.0[country]).to_string()
        };
        assert_eq!(until("MA", "2026-11-24T12:00:00Z"), "2026-11-24T12:00:00Z");
        // Eight in the morning in Manila is midnight in UTC.
        assert_eq!(until("PH", "2026-11-23T15:00:00Z"), "2026-11-24T00:00:00Z");
        // New York's morning is Honolulu's night.
        assert_eq!(until("US", "2026-11-24T13:30:00Z"), "2026-11-24T18:00:00Z");
        // Clocks in the east go forward on 2027-03-14.
        assert_eq!(until("US", "2027-03-14T05:00:00Z"), "2027-03-14T18:00:00Z");
    }

    proptest::proptest! {
        #[test]
        fn no_notice_leaves_in_anybodys_night(at in 1_700_000_000_i64..1_900_000_000, place in 0_usize..247) {
            let zones = Zones::read(include_str!("../../locales/shared/zones.csv"));
            let (_, zones) = zones.0.iter().nth(place % zones.0.len()).expect("a country");
            let quiet = QuietHours::read(&mut Reader::from_values([]));
            let now = Timestamp::from_seconds(at);
            let until = quiet.until(now, zones);
            let day = 24 * 60 * 60 * 1_000_000;
            proptest::prop_assert!(until >= now && until.as_micros() - now.as_micros() < 2 * day);
            for zone in zones {
                let moment = jiff::Timestamp::from_microsecond(until.as_micros()).expect("a moment");
                let hour = moment.to_zoned(zone.clone()).hour();
                proptest::prop_assert!((8..22).contains(&hour), "{hour} in {zone:?}");
            }
        }
    }
}
