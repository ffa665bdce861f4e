//! From nearness to what is done: answer, offer titles, or say that nothing is near. A confident wrong answer is the worst fault.
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

/// Confidence from which an article is said at once. Measured by ten rounds, each without a tenth of the examples, on all
/// articles (`tests/it/content.rs`): 46 of 100 questions get such an answer, and 97 of 100 such answers are right; on
/// `ArBanking77`, whose 77 answers are siblings, 93 are, and 0.2 % of far-off messages get one.
const ANSWER: f32 = 0.88;
/// The same for money, law, health and paternity: right in 98 of 100 cases, and 95 there.
const ANSWER_SENSITIVE: f32 = 0.93;
/// Confidence from which titles are worth offering: 86 of 100 far-off messages stay below, and 12 of 100 questions.
const OFFER: f32 = 0.2;
/// A title less like the question than this share of the first is not offered beside it.
const OFFER_SHARE: f32 = 0.5;

/// Decides over the nearest articles, the likeliest first.
pub(super) fn decide(near: &[Near<'_>], sensitive: impl Fn(&str) -> bool) -> Decision {
    let Some(first) = near.first() else { return Decision::Unknown };
    let confidence = confidence(first, near.get(1));
    let needed = if sensitive(first.article) { ANSWER_SENSITIVE } else { ANSWER };
    if confidence >= needed {
        return Decision::Answer { article: first.article.to_owned(), confidence };
    }
    if confidence < OFFER {
        return Decision::Unknown;
    }
    let least = first.likeness * OFFER_SHARE;
    let offered = near.iter().take(MOST_OFFERED).filter(|near| near.likeness >= least);
    Decision::Offer { articles: offered.map(|near| near.article.to_owned()).collect() }
}

/// The probability that the first is right: a logistic fit over likeness and distance to the second, on 7,100 questions of
/// `ArBanking77`'s dev sets and 1,650 far-off messages. Words that are the same are certain, unless two articles have them.
fn confidence(first: &Near<'_>, second: Option<&Near<'_>>) -> f32 {
    let same = |near: &Near<'_>| near.likeness >= 1.0;
    if same(first) {
        return if second.is_some_and(same) { 0.5 } else { 1.0 };
    }
    let lead = second.map_or(0.0, |second| first.score - second.score);
    1.0 / (1.0 + (2.83 - 5.34 * first.likeness - 7.15 * lead).exp())
}
