//! Urgent words: danger to life, or a person is needed. Looked for before any ranking.

/// How urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Danger to life: a short text and a ticket at once.
    Danger,
    /// A person is needed: the article if there is one, and a ticket.
    Person,
}

/// What was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// How urgent.
    pub tier: Tier,
    /// What it is about, for staff.
    pub topic: String,
    /// The article to say.
    pub article: String,
}

/// The word lists of all locales, ready to match.
#[derive(Debug, Clone, Default)]
pub struct Urgent {}
