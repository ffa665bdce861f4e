//! Settings of the API.
use crate::settings::{Reader, Setting};
use std::num::NonZeroU32;

const PER_KEY: Setting = Setting {
    name: "API_CALLS_PER_MINUTE",
    default: Some("600"),
    form: "a number, 1 or more",
    help: "API calls of one key in a minute.",
    secret: false,
};
const FAILURES: Setting = Setting {
    name: "API_FAILURES_PER_MINUTE",
    default: Some("10"),
    form: "a number, 1 or more",
    help: "Keys that open nothing which one network address may show in a minute; after them it must wait, with any key.",
    secret: false,
};
/// All of them.
pub(in crate::web) const SETTINGS: &[Setting] = &[PER_KEY, FAILURES];

/// How the API behaves.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// Calls of one key in a minute.
    pub per_key: NonZeroU32,
    /// Keys that open nothing, of one network address in a minute.
    pub failures: NonZeroU32,
}

impl ApiSettings {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let one = NonZeroU32::MIN;
        Self { per_key: reader.parse(&PER_KEY).unwrap_or(one), failures: reader.parse(&FAILURES).unwrap_or(one) }
    }
}
