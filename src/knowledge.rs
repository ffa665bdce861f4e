//! What may be answered: an immutable snapshot of approved articles, missions and urgent words, and the way to find one.
mod article;
mod library;

pub use article::{Article, ArticleKind, ArticleText, Offer, TextStatus};
pub use library::{Decision, Library};
