//! Article files: TOML between `+++` lines, then the body in a small part of Markdown.
use super::{ArticleKind, Offer, TextStatus};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The line around the front matter.
const FENCE: &str = "+++";

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
    #[error("front matter: {0}")]
    FrontMatter(String),
}

impl ArticleFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// [`FormatError`]: the writer mends the file.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let rest = text.strip_prefix(FENCE).and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'));
        let rest = rest.ok_or(FormatError::NoFrontMatter)?;
        let mut at = 0;
        let fence = rest.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            (line.trim_end() == FENCE).then_some((start, at))
        });
        let (end, body) = fence.ok_or(FormatError::NoFrontMatter)?;
        let front = toml::from_str::<Self>(&rest[..end]);
        let mut file = front.map_err(|error| FormatError::FrontMatter(error.to_string().trim().to_owned()))?;
        file.body.push_str(rest[body..].trim());
        Ok(file)
    }

    /// The file's text, which reads back as this.
    #[must_use]
    pub fn print(&self) -> String {
        let front = toml::to_string_pretty(self).expect("plain strings, lists and tables are always TOML");
        format!("{FENCE}\n{}\n{FENCE}\n{}\n", front.trim_end(), self.body)
    }

    /// Whether it may still be said on the day `today`: its review is not overdue. A date that cannot be read is overdue.
    #[must_use]
    pub fn may_be_said(&self, today: Date) -> bool {
        self.review_by.parse::<Date>().is_ok_and(|date| today <= date)
    }

    /// All its example questions.
    pub fn examples(&self) -> impl Iterator<Item = &str> {
        self.questions.values().flatten().map(String::as_str)
    }
}
