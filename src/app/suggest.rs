//! What the bot could learn from what people asked: suggestions for officers, never live without their approval.
use super::state::App;
use crate::knowledge::{Decision, Library};
use crate::model::{Content, ConversationId, EventKind, LocaleTag, Timestamp};
use crate::store::{Heard, StoreError};
use crate::text;
use std::collections::BTreeMap;
use std::time::Duration;

/// Questions looked at, the latest.
const MOST: i64 = 20_000;
/// Longer messages are stories, not examples.
const LONGEST: usize = 160;
/// A title chosen later than this is another matter.
const CHOSEN_WITHIN: Duration = Duration::from_mins(30);

/// Why an example is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The person chose this title after asking so.
    Chosen,
    /// The article was said, and did not help: another may be meant, or its text is not clear.
    NotHelped,
    /// It was not understood; the article is the nearest guess.
    NotUnderstood,
}

/// A question that could become an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The article it may belong to. None where nothing is near.
    pub article: Option<String>,
    /// Why.
    pub why: Why,
    /// The question, with long numbers hidden.
    pub text: String,
    /// How often it was asked so.
    pub times: usize,
}

impl App {
    /// Suggestions from the last `days`, those that were asked most often first.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn suggestions(&self, days: u32) -> Result<Vec<Suggestion>, StoreError> {
        let since = self.clock().now() - Duration::from_hours(u64::from(days) * 24);
        let heard = self.store().heard_since(since, MOST).await?;
        let not_helped = self.store().not_helped_since(since).await?;
        Ok(suggest(&heard, &not_helped, &self.library()))
    }
}

/// From what was heard to suggestions.
fn suggest(heard: &[Heard], not_helped: &[(ConversationId, String, Timestamp)], library: &Library) -> Vec<Suggestion> {
    let mut found: BTreeMap<(Option<String>, Why, String), (String, usize)> = BTreeMap::new();
    let mut add = |article: Option<String>, why, text: &str| {
        let known = matches!(library.classify(text, &LocaleTag::ARABIC),
            Decision::Answer { article: known, confidence, .. } if confidence >= 1.0 && Some(&known) == article.as_ref());
        if !known {
            found.entry((article, why, text::fold(text))).or_insert_with(|| (text.to_owned(), 0)).1 += 1;
        }
    };
    let mut asked: BTreeMap<ConversationId, (Timestamp, String)> = BTreeMap::new();
    for one in heard {
        match (one.decided.as_str(), question(one)) {
            ("not_understood", Some(text)) => {
                let nearest = library.read(&text).ranked.first().map(|&(article, _)| article.to_owned());
                add(nearest, Why::NotUnderstood, &text);
                asked.remove(&one.conversation);
            }
            ("offered", Some(text)) => {
                asked.insert(one.conversation, (one.at, text));
            }
            ("chosen", _) => {
                if let Some((at, text)) = asked.remove(&one.conversation)
                    && one.at <= at + CHOSEN_WITHIN
                {
                    add(one.article.clone(), Why::Chosen, &text);
                }
            }
            _ => {}
        }
    }
    for (conversation, article, at) in not_helped {
        let mut said = heard.iter().rev().filter(|one| one.conversation == *conversation && one.at <= *at);
        let said = said.find(|one| one.decided == "answered" && one.article.as_ref() == Some(article));
        if let Some(text) = said.and_then(question) {
            add(Some(article.clone()), Why::NotHelped, &text);
        }
    }
    let mut all: Vec<Suggestion> =
        found.into_iter().map(|((article, why, _), (text, times))| Suggestion { article, why, text, times }).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.times));
    all
}

/// The words of a question, where they may serve as an example: short, and with no number that could be somebody's.
fn question(heard: &Heard) -> Option<String> {
    let Some(EventKind::Received { content: Content::Text { text }, .. }) = &heard.event else { return None };
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let mut shown = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if text::digit(c).is_some() {
            digits.push(c);
            continue;
        }
        // Five digits can be a reference, a telephone number, an identity.
        shown.push_str(if digits.chars().count() >= 5 { "00000" } else { &digits });
        digits.clear();
        shown.push(if c == '\n' { ' ' } else { c });
    }
    Some(shown.trim_end().to_owned())
}
