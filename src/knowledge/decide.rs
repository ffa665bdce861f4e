//! From likeness to what is done: answer, offer titles, or say that nothing is near. A confident wrong answer is the worst fault.
use super::rank::Near;

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

/// Titles offered at most: more than three are not read on a small screen.
pub(super) const MOST_OFFERED: usize = 3;

/// Likeness from which an article is said at once.
const ANSWER: f32 = 0.75;
/// The same for money, law, health and paternity.
const ANSWER_SENSITIVE: f32 = 0.82;
/// How far ahead of the second it has to be.
const LEAD: f32 = 0.15;
/// Likeness from which a title is worth offering.
const OFFER: f32 = 0.3;
/// A title less near than this share of the nearest is not offered.
const OFFER_SHARE: f32 = 0.6;

/// Decides over the nearest articles, the nearest first.
pub(super) fn decide(near: &[Near<'_>], sensitive: impl Fn(&str) -> bool) -> Decision {
    let Some(first) = near.first() else { return Decision::Unknown };
    let lead = first.likeness - near.get(1).map_or(0.0, |second| second.likeness);
    let needed = if sensitive(first.article) { ANSWER_SENSITIVE } else { ANSWER };
    if first.likeness >= needed && lead >= LEAD || first.likeness >= 1.0 && lead > 0.0 {
        return Decision::Answer { article: first.article.to_owned(), confidence: first.likeness };
    }
    let least = OFFER.max(first.likeness * OFFER_SHARE);
    let articles: Vec<String> = (near.iter().take(MOST_OFFERED))
        .take_while(|near| near.likeness >= least)
        .map(|near| near.article.to_owned())
        .collect();
    if articles.is_empty() { Decision::Unknown } else { Decision::Offer { articles } }
}
