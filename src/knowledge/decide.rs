//! From a reading to what is done: answer, offer titles, or say that nothing is near. A confident wrong answer is the worst fault.
use super::classifier::Reading;
use std::collections::BTreeSet;

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Say this article.
    Answer {
        /// Which.
        article: String,
        /// How sure, 0 to 1.
        confidence: f32,
        /// Articles for other questions of the same message, in its order.
        also: Vec<String>,
    },
    /// Offer these titles, likeliest first, at most three.
    Offer {
        /// Which.
        articles: Vec<String>,
    },
    /// Nothing near.
    Unknown,
}

/// Confidence from which titles are worth offering: 89 of 100 strangers' questions get their answer or its title (84 at 0.15).
const OFFER: f64 = 0.10;
/// A title that has less than this share of the first one's belief is not offered beside it.
const OFFER_SHARE: f32 = 0.02;

/// Questions of one message that are answered at once; more would not be read.
const MOST_ANSWERED: usize = 2;

/// Decides over a message and its parts. A part that is sure counts as much as the whole: the rest may be a story.
pub(super) fn decide_parts(whole: &Reading<'_>, parts: &[Reading<'_>], may_be_said: impl Fn(&str) -> bool) -> Decision {
    let mut seen = BTreeSet::new();
    let sure = parts.iter().chain([whole]).filter(|reading| reading.sure);
    let mut sure = sure.filter_map(|reading| reading.ranked.first().map(|&(article, _)| (article, reading.confidence)));
    let mut sure: Vec<(&str, f64)> =
        sure.by_ref().filter(|&(article, _)| may_be_said(article) && seen.insert(article)).collect();
    // What the whole says is said to the parts too, unless one of them knows better.
    sure.truncate(MOST_ANSWERED);
    if let [(article, confidence), also @ ..] = sure.as_slice() {
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        let confidence = *confidence as f32;
        let also = also.iter().map(|&(article, _)| article.to_owned()).collect();
        return Decision::Answer { article: (*article).to_owned(), confidence, also };
    }
    // Titles come from the whole, where it says anything: a part alone has lost what the others said.
    if whole.confidence >= OFFER {
        return decide(whole, may_be_said);
    }
    let best = parts.iter().chain([whole]).max_by(|one, other| one.confidence.total_cmp(&other.confidence));
    decide(best.unwrap_or(whole), may_be_said)
}

/// Decides over a reading; `may_be_said` leaves out articles that are gone since the model was taught.
pub(super) fn decide(reading: &Reading<'_>, may_be_said: impl Fn(&str) -> bool) -> Decision {
    let Some(&(first, belief)) = reading.ranked.first() else { return Decision::Unknown };
    if reading.sure && may_be_said(first) {
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        let confidence = reading.confidence as f32;
        return Decision::Answer { article: first.to_owned(), confidence, also: Vec::new() };
    }
    if reading.confidence < OFFER {
        return Decision::Unknown;
    }
    let offered =
        reading.ranked.iter().filter(|&&(article, share)| share >= belief * OFFER_SHARE && may_be_said(article));
    let articles: Vec<String> = offered.map(|&(article, _)| article.to_owned()).collect();
    if articles.is_empty() { Decision::Unknown } else { Decision::Offer { articles } }
}
