//! Saudi missions abroad and which of them serves a country. Missing stays missing.
use super::ticket::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What a mission is.
    MissionKind {
        /// An embassy.
        Embassy = "embassy",
        /// A consulate.
        Consulate = "consulate",
        /// Any other mission.
        Other = "other",
    }
}

words! {
    /// What is known of its state.
    MissionStatus {
        /// It is on the list.
        Listed = "listed",
        /// It may not be receiving people: the answer says so.
        Check = "check",
        /// It is closed; `use_instead` may name another.
        Closed = "closed",
    }
}

/// One mission of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    /// The country it stands in, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its city in English.
    pub city: String,
    /// Its city in Arabic. None where nobody has added it.
    pub city_ar: Option<String>,
    /// What it is.
    pub kind: MissionKind,
    /// What is known of its state.
    pub status: MissionStatus,
    /// The country whose mission staff say to use instead.
    pub use_instead: Option<String>,
    /// When the entry was checked, `2022-11-16`.
    pub checked_on: Option<String>,
    /// Telephone, where a source that may be told gave one.
    pub phone: Option<String>,
    /// E-mail, likewise.
    pub email: Option<String>,
    /// Its page, likewise.
    pub url: Option<String>,
    /// Where all this is from. Entries marked `[C]` have contacts that are for staff only.
    pub source: String,
}

/// A country without a mission, and whose mission serves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The country without one.
    pub country: String,
    /// The country whose mission serves it.
    pub covered_by: String,
    /// That mission's city in English.
    pub city: String,
    /// That mission's city in Arabic.
    pub city_ar: Option<String>,
    /// Where this is from.
    pub source: String,
}

/// All missions by the country they stand in, and coverage by the country covered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missions {
    /// Missions by country.
    pub by_country: BTreeMap<String, Vec<Mission>>,
    /// Coverage by country.
    pub coverage: BTreeMap<String, Coverage>,
}
