//! The snapshot that serving threads read; replaced whole when something is approved.
use super::{Alarm, Article, ArticleFile, Countries, Urgent};
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
    /// The snapshot `revision` of these texts.
    #[must_use]
    pub fn build(
        revision: i64,
        _texts: Vec<(LocaleTag, ArticleFile)>,
        missions: Missions,
        _countries: Countries,
        _urgent: Urgent,
    ) -> Self {
        Self { revision, missions, ..Self::default() }
    }

    /// From the files compiled in; for tests and the first start.
    #[must_use]
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The article `id`. None where nothing approved has this id.
    #[must_use]
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.get(id)
    }

    /// Finds what to do with the question `text`, asked in `locale`.
    #[must_use]
    pub fn classify(&self, _text: &str, _locale: &LocaleTag) -> Decision {
        Decision::Unknown
    }

    /// Whether the message is an emergency or needs a person; danger is looked for first.
    #[must_use]
    pub fn urgent(&self, _text: &str) -> Option<Alarm> {
        None
    }

    /// The country named in the message, ISO 3166-1 alpha-2. None where none or more than one is.
    #[must_use]
    pub fn country_in(&self, _text: &str) -> Option<String> {
        None
    }

    /// The country's name in a language. None for a country that is not on the list.
    #[must_use]
    pub fn country_name(&self, _iso2: &str, _locale: &LocaleTag) -> Option<&str> {
        None
    }
}
