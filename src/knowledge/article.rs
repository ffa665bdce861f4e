//! One approved answer in every language it exists in.
use crate::model::LocaleTag;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An article as the snapshot holds it: only its approved, unexpired texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its id, the same in every language.
    pub id: String,
    /// What kind of answer it is.
    pub kind: ArticleKind,
    /// Money, law, health, paternity: answered only when surer.
    pub sensitive: bool,
    /// The buttons under it.
    pub offer: Vec<Offer>,
    /// Its texts by language.
    pub texts: BTreeMap<LocaleTag, ArticleText>,
}

/// What kind of answer an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleKind {
    /// Answers a question.
    Answer,
    /// Corrects a common misconception (policy, practice 1).
    Misconception,
    /// Said when an urgent tier is recognised; never found by ranking.
    Urgent,
}

/// A way on from an article: a button under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the flow of that name")]
pub enum Offer {
    Route,
    Embassy,
    Prepare,
    Officer,
    Complaint,
    Suggestion,
    Volunteer,
    Callback,
    Data,
    Privacy,
    Status,
    Menu,
}

/// How far a text's approval goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextStatus {
    /// Policy facts, or approved by a second officer.
    Approved,
    /// A text of ours that is in use until staff approve it; `doctor` lists these.
    DraftInUse,
}

/// An article in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// The approved revision.
    pub revision: i64,
    /// Its title; also a button and a did-you-mean line.
    pub title: String,
    /// A shorter title for narrow buttons.
    pub short_title: Option<String>,
    /// Short form for SMS, complete in itself, at most 134 characters.
    pub short: String,
    /// The answer, in the Markdown subset of `articles check`.
    pub body: String,
    /// How far its approval goes.
    pub status: TextStatus,
    /// Example questions.
    pub questions: Vec<String>,
}
