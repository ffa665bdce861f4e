//! Settings of papers that people send.
use crate::files::{Files, Scanner};
use crate::settings::{Reader, Setting};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Files looked at at once in one process.
const HANDS: usize = 2;

const LINK_MINUTES: Setting = Setting {
    name: "PAPERS_LINK_MINUTES",
    default: Some("60"),
    form: "minutes, 5 or more",
    help: "How long the link to the page for papers is good. The page needs PUBLIC_URL.",
    secret: false,
};
const PER_HOUR: Setting = Setting {
    name: "PAPERS_PER_HOUR",
    default: Some("20"),
    form: "a number, 1 or more",
    help: "Files that may come for one request in an hour.",
    secret: false,
};
const DAYS: Setting = Setting {
    name: "PAPERS_DAYS",
    default: Some("365"),
    form: "days, 30 or more",
    help: "Files of papers are destroyed after this long; officers take what they need before.",
    secret: false,
};
/// All of them.
pub(in crate::app) const SETTINGS: &[Setting] = &[LINK_MINUTES, PER_HOUR, DAYS];

/// How papers are taken.
#[derive(Debug, Clone)]
pub struct PaperSettings {
    /// Where files are kept. None: none are taken.
    pub files: Option<Files>,
    /// The scanner. None where there is none.
    pub scanner: Option<Scanner>,
    /// Where the page is. None: no link is given.
    pub public_url: Option<String>,
    /// How long a link is good.
    pub link_life: Duration,
    /// Files of one request in an hour.
    pub per_hour: i64,
    /// How long files are kept.
    pub kept: Duration,
    /// Files that may be looked at at once.
    pub hands: Arc<Semaphore>,
}

impl PaperSettings {
    /// Reads them; where files are kept is filled in by whoever opens that. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let least = |reader: &mut Reader, setting, least: u32| {
            reader.parse_with(setting, |text| text.parse().ok().filter(|number| *number >= least)).unwrap_or(least)
        };
        Self {
            files: None,
            scanner: None,
            public_url: None,
            link_life: Duration::from_secs(60) * least(reader, &LINK_MINUTES, 5),
            per_hour: i64::from(least(reader, &PER_HOUR, 1)),
            kept: Duration::from_hours(24) * least(reader, &DAYS, 30),
            hands: Arc::new(Semaphore::new(HANDS)),
        }
    }
}
