//! What a platform says of a person.
use super::LocaleTag;
use serde::{Deserialize, Serialize};

/// What the platform says of a person. Personal: kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The name shown there.
    pub name: Option<String>,
    /// Their handle.
    pub handle: Option<String>,
    /// The language their application is set to.
    pub language: Option<LocaleTag>,
}
