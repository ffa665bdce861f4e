//! Questions: an approved article, at most three titles, or the way to a person.
use super::draft::Draft;
use super::turn::Turn;
use super::{Decided, LastAnswer, choice, embassy, menu, officer, proof, status, understand};
use crate::knowledge::{Article, ArticleKind, ArticleText, Decision};
use crate::model::{Label, LocaleTag, MessageId, Piece};
use crate::text::references;

/// Characters of the last question that are kept for a ticket.
pub(super) const LONGEST_KEPT: usize = 1_000;
/// Earlier answers whose rating buttons still count.
const EARLIER_ANSWERS: usize = 7;
/// "Not understood" is said at most this often in a row; after that comes a person (lessons.md, 25).
const MOST_MISSES: u8 = 2;
/// Titles of one did-you-mean.
const MOST_TITLES: usize = 3;

/// Answers a question. Identity numbers in it are masked already.
pub(super) fn question(turn: &mut Turn<'_>, text: &str) {
    keep_words(turn, text);
    let decision = turn.world.library.classify(text, &turn.locale());
    if let Some(country) = embassy::asked_for(turn.world, text, &decision) {
        turn.state.misses = 0;
        return embassy::tell(turn, &country);
    }
    if let Some(keys) = request_named(&decision, text) {
        return proof::seek(turn, keys);
    }
    match decision {
        // Better than an article on it: the person's own request.
        Decision::Answer { article, confidence, also } if article == status::ASKS_WHERE[0] && also.is_empty() => {
            turn.decide(Decided::Answered { article, confidence });
            status::begin(turn);
        }
        Decision::Answer { article, confidence, also } => {
            let Some((message, draft)) = draft_of(turn, &article) else { return not_understood(turn) };
            turn.state.misses = 0;
            turn.decide(Decided::Answered { article, confidence });
            turn.say_as(message, draft);
            for other in also {
                if let Some((message, draft)) = draft_of(turn, &other) {
                    turn.say_as(message, draft);
                }
            }
        }
        Decision::Offer { articles } => offer(turn, articles),
        Decision::Unknown => not_understood(turn),
    }
}

/// Keeps a question for a ticket that may follow, and adds it to one that is open.
pub(super) fn keep_words(turn: &mut Turn<'_>, text: &str) {
    turn.state.last_words = Some(understand::cut(text, LONGEST_KEPT).to_owned());
    if let Some(ticket) = turn.state.ticket.clone() {
        turn.add_to_ticket(&ticket, text);
    }
}

/// The numbers in a question about where a request is. None where it asks something else, or names none.
fn request_named(decision: &Decision, text: &str) -> Option<Vec<String>> {
    let asks = |article: &String| status::ASKS_WHERE.contains(&article.as_str());
    let where_it_is = match decision {
        Decision::Answer { article, .. } => asks(article),
        Decision::Offer { articles } => articles.iter().any(asks),
        Decision::Unknown => false,
    };
    let keys = if where_it_is { references(text) } else { Vec::new() };
    (!keys.is_empty()).then_some(keys)
}

/// A title of a did-you-mean was chosen.
pub(super) fn chosen(turn: &mut Turn<'_>, article: &str) {
    let Some((message, draft)) = draft_of(turn, article) else { return menu::stale(turn) };
    turn.decide(Decided::Chosen { article: article.to_owned() });
    turn.say_as(message, draft);
}

/// The article as a message, remembered for its rating. None where nothing approved has this id.
pub(super) fn draft_of(turn: &mut Turn<'_>, id: &str) -> Option<(MessageId, Draft)> {
    let article = turn.world.library.article(id)?;
    let revision = text_in(article, &turn.locale())?.revision;
    let message = turn.message_id();
    let mut draft = Draft::default().piece(Piece::Article { id: id.to_owned(), revision });
    // Who is in danger is not asked how the answer was.
    if article.kind != ArticleKind::Urgent {
        draft = draft
            .then("answer-helped")
            .choice(&format!("rate:1:{message}"), "choice-helped")
            .choice(&format!("rate:0:{message}"), "choice-not-helped");
        remember(turn, LastAnswer { article: id.to_owned(), revision, message, rated: false });
    }
    Some((message, article.offer.iter().fold(draft, |draft, offer| menu::offer(draft, *offer))))
}

/// The article's text in `locale`, else in Arabic, else in whichever language it has.
pub(super) fn text_in<'a>(article: &'a Article, locale: &LocaleTag) -> Option<&'a ArticleText> {
    let texts = &article.texts;
    texts.get(locale).or_else(|| texts.get(&LocaleTag::ARABIC)).or_else(|| texts.values().next())
}

/// A number that is not on the list that was offered: the list again.
pub(super) fn no_such_number(turn: &mut Turn<'_>) {
    let choices = std::mem::take(&mut turn.state.offered);
    let draft = Draft { choices, ..Draft::of("choose-from-list") };
    turn.say(if draft.choices.is_empty() { menu::choices(draft) } else { draft });
}

/// Did you mean…
fn offer(turn: &mut Turn<'_>, articles: Vec<String>) {
    let library = turn.world.library;
    let known: Vec<String> =
        articles.into_iter().filter(|id| library.article(id).is_some()).take(MOST_TITLES).collect();
    if known.is_empty() {
        return not_understood(turn);
    }
    let mut draft = Draft::of("did-you-mean");
    for id in &known {
        draft = draft.labelled(&format!("title:{id}"), Label::ArticleTitle(id.clone()));
    }
    if let Some(ticket) = &turn.state.ticket {
        draft = draft.then_about("added-words", ticket);
    }
    turn.decide(Decided::Offered { articles: known });
    turn.say(draft.choice(choice::NONE_OF_THESE, "choice-none"));
}

/// Nothing near: what to do instead, and the third time a person.
fn not_understood(turn: &mut Turn<'_>) {
    turn.decide(Decided::NotUnderstood);
    if let Some(ticket) = turn.state.ticket.clone() {
        return turn.say(Draft::about("added-words", &ticket).menu());
    }
    turn.state.misses = turn.state.misses.saturating_add(1);
    if turn.state.misses > MOST_MISSES {
        return officer::hand_over_lost(turn);
    }
    let phrase = if turn.state.misses == 1 { "not-understood" } else { "not-understood-again" };
    turn.say(menu::choices(Draft::of(phrase)));
}

fn remember(turn: &mut Turn<'_>, answer: LastAnswer) {
    if let Some(before) = turn.state.last_answer.replace(answer) {
        let earlier = &mut turn.state.earlier_answers;
        earlier.push(before);
        let spare = earlier.len().saturating_sub(EARLIER_ANSWERS);
        earlier.drain(..spare);
    }
}
