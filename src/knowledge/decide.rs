//! From a reading to what is done: answer, offer titles, or say that nothing is near. A confident wrong answer is the worst fault.
use super::classifier::Reading;

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

/// Confidence from which titles are worth offering.
const OFFER: f64 = 0.15;
/// A title that has less than this share of the first one's belief is not offered beside it.
const OFFER_SHARE: f32 = 0.02;

/// Decides over a reading; `may_be_said` leaves out articles that are gone since the model was taught.
pub(super) fn decide(reading: &Reading<'_>, may_be_said: impl Fn(&str) -> bool) -> Decision {
    let Some(&(first, belief)) = reading.ranked.first() else { return Decision::Unknown };
    if reading.sure && may_be_said(first) {
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        return Decision::Answer { article: first.to_owned(), confidence: reading.confidence as f32 };
    }
    if reading.confidence < OFFER {
        return Decision::Unknown;
    }
    let offered =
        reading.ranked.iter().filter(|&&(article, share)| share >= belief * OFFER_SHARE && may_be_said(article));
    let articles: Vec<String> = offered.map(|&(article, _)| article.to_owned()).collect();
    if articles.is_empty() { Decision::Unknown } else { Decision::Offer { articles } }
}
