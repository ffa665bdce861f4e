//! What can be wrong with an article, in words for staff.
use crate::model::LocaleTag;
use std::fmt;

/// One thing that is wrong with an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which article.
    pub article: String,
    /// In which language; none where it is about all of them.
    pub locale: Option<LocaleTag>,
    /// What.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// There is no text in this language.
    MissingLocale,
    /// It says otherwise than the Arabic text: kind, source, review date, status, care, buttons.
    DiffersFromArabic(&'static str),
    /// No short form.
    NoShort,
    /// Title, short form or body: its name, its length, the longest allowed.
    TooLong(&'static str, usize, usize),
    /// The short form holds markup or a placeholder.
    ShortNotPlain,
    /// Headings, tables, links, pictures, HTML.
    Markup,
    /// No source is cited.
    NoSource,
    /// A key that `locales/shared/sources.toml` does not have.
    UnknownSource(String),
    /// A name in braces that is not filled.
    UnknownPlaceholder(String),
    /// The day of its review is over.
    Expired(String),
    /// The day of its review is not written `2027-05-31`.
    NoReviewDate(String),
    /// A telephone number stands in it; numbers come from settings.
    TelephoneNumber(String),
    /// A span of time that is not in `locales/shared/durations.toml`.
    Duration(String),
    /// An example that another article has as well: the words, the other article.
    SameQuestion(String, String),
    /// More than three buttons.
    TooManyOffers,
    /// Fewer examples than people's ways of asking need: dialect, how many there are, how many should be.
    FewExamples(String, usize, usize),
}

impl Fault {
    /// Whether it may stay for now.
    #[must_use]
    pub const fn is_hint(&self) -> bool {
        matches!(self, Self::FewExamples(..))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.locale {
            Some(locale) => write!(f, "{locale}/{}: {}", self.article, self.fault),
            None => write!(f, "{}: {}", self.article, self.fault),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingLocale => write!(f, "not written in this language"),
            Self::DiffersFromArabic(what) => write!(f, "`{what}` differs from the Arabic text"),
            Self::NoShort => write!(f, "`short` is empty"),
            Self::TooLong(what, length, limit) => write!(f, "`{what}` has {length} characters, at most {limit} fit"),
            Self::ShortNotPlain => write!(f, "`short` holds markup or a placeholder"),
            Self::Markup => write!(f, "only paragraphs, bold and lists are shown"),
            Self::NoSource => write!(f, "`source` is empty"),
            Self::UnknownSource(key) => write!(f, "`{key}` is not in shared/sources.toml"),
            Self::UnknownPlaceholder(name) => write!(f, "`{{{name}}}` is not filled by anything"),
            Self::Expired(date) => write!(f, "to be reviewed by {date}: not said any more"),
            Self::NoReviewDate(date) => write!(f, "`review_by` is `{date}`, expected a date such as 2027-05-31"),
            Self::TelephoneNumber(number) => write!(f, "`{number}` looks like a telephone number; use a placeholder"),
            Self::Duration(words) => write!(f, "`{words}` is not in shared/durations.toml"),
            Self::SameQuestion(words, other) => write!(f, "the example `{words}` is also one of `{other}`"),
            Self::TooManyOffers => write!(f, "more than three buttons"),
            Self::FewExamples(dialect, has, wants) => {
                write!(f, "{has} examples in `{dialect}`, {wants} should be there")
            }
        }
    }
}
