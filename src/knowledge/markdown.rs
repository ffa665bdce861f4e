//! Article files: TOML between `+++` lines, then the body in a small part of Markdown.
use super::{ArticleKind, Offer, TextStatus};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One article in one language, as its file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFile {
    /// Its id, the same in every language, and the file's name.
    pub id: String,
    /// What kind of answer it is.
    pub kind: ArticleKind,
    /// Its title: a button and a did-you-mean line.
    pub title: String,
    /// A shorter title for narrow buttons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_title: Option<String>,
    /// Short form for SMS, complete in itself.
    pub short: String,
    /// Keys of `locales/shared/sources.toml`.
    pub source: Vec<String>,
    /// The last day it may be said, `2027-05-31`.
    pub review_by: String,
    /// How far its approval goes.
    pub status: TextStatus,
    /// Money, law, health, paternity.
    #[serde(default)]
    pub sensitive: bool,
    /// The buttons under it.
    #[serde(default)]
    pub offer: Vec<Offer>,
    /// Example questions by dialect (`msa`, `gulf`…), or `en`.
    #[serde(default)]
    pub questions: BTreeMap<String, Vec<String>>,
    /// The answer.
    #[serde(skip)]
    pub body: String,
}

/// Why a file is not an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The file does not start with `+++`, or the second `+++` is missing.
    #[error("expected front matter between two lines `+++`")]
    NoFrontMatter,
    /// The front matter is not as it should be.
    #[error("{0}")]
    FrontMatter(String),
}
