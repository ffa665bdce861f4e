//! The tag of a locale the program has words for.
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A BCP 47 tag that names a folder under `locales/`: `ar`, `en`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocaleTag(Cow<'static, str>);

impl LocaleTag {
    /// Arabic: the source language and the last to fall back on.
    pub const ARABIC: Self = Self(Cow::Borrowed("ar"));
    /// English.
    pub const ENGLISH: Self = Self(Cow::Borrowed("en"));

    /// The tag `text`; the catalog decides whether there are words for it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Cow::Owned(text.into()))
    }

    /// The tag itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LocaleTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
