//! What may be answered: an immutable snapshot of approved articles, missions and urgent words, and the way to find one.
mod article;
mod country;
mod library;
mod markdown;
mod urgent;

pub use article::{Article, ArticleKind, ArticleText, Offer, TextStatus};
pub use country::Countries;
pub use library::{Decision, Library};
pub use markdown::{ArticleFile, FormatError};
pub use urgent::{Alarm, Tier, Urgent};
