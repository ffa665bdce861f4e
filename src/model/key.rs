//! Words for the keys of other systems: what each may do, and whose reports it brings.
use super::ticket::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a key may do.
    Scope {
        /// See where requests are.
        RequestsRead = "requests:read",
        /// Report requests, stages, papers.
        RequestsWrite = "requests:write",
        /// See applicants, contacts on file and notes for staff.
        RequestsContacts = "requests:contacts",
    }
}

words! {
    /// Whose system a key belongs to.
    KeyOwner {
        /// The Ministry of Foreign Affairs.
        Ministry = "ministry",
        /// An embassy.
        Embassy = "embassy",
        /// The association itself.
        Association = "association",
    }
}

impl KeyOwner {
    /// Who reports, where a key of this name and owner does: what a person is told as the source.
    #[must_use]
    pub fn source(self, name: &str) -> String {
        match self {
            Self::Ministry | Self::Embassy => self.as_str().to_owned(),
            Self::Association => format!("api:{name}"),
        }
    }
}
