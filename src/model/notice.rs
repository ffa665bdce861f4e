//! Words for notices: messages that nobody asked for just now.
use super::ticket::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a notice says. On every channel it says no more than that there is something to see.
    NoticeKind {
        /// Something changed.
        Update = "update",
        /// Something was decided; an officer tells what, where the settings say so.
        Decision = "decision",
        /// Nothing changed for long, and the request is not forgotten.
        Reminder = "reminder",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro derives what all words have")]
impl Default for NoticeKind {
    fn default() -> Self {
        Self::Update
    }
}
