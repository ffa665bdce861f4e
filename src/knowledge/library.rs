//! The snapshot that serving threads read; replaced whole when something is approved.
use super::Article;
use crate::model::{LocaleTag, Missions};
use std::collections::BTreeMap;

/// Everything that may be said, at one revision.
#[derive(Debug, Default)]
pub struct Library {
    /// Goes up by one with every approval; kept with each turn.
    pub revision: i64,
    /// Articles by id.
    pub articles: BTreeMap<String, Article>,
    /// Saudi missions abroad.
    pub missions: Missions,
}

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Say this article.
    Answer {
        /// Which.
        article: String,
        /// How sure, 0 to 1.
        confidence: f32,
    },
    /// Offer these titles, likeliest first, at most three.
    Offer {
        /// Which.
        articles: Vec<String>,
    },
    /// Nothing near.
    Unknown,
}

impl Library {
    /// Finds what to do with the question `text`, asked in `locale`.
    #[must_use]
    pub fn classify(&self, _text: &str, _locale: &LocaleTag) -> Decision {
        Decision::Unknown
    }
}
