//! Ratings: a right of the person's, one touch, voluntary (policy, practice 3). Of an answer, and of the service after it.
use super::draft::Draft;
use super::turn::Turn;
use super::{Conversation, Effect, LastAnswer, menu};
use crate::knowledge::Decision;
use crate::model::{Label, MessageId};

/// What stands in place of an article's id where the service itself is rated.
pub const SERVICE: &str = "service";
/// After an answer that did not help: this many ways on.
const WAYS_ON: usize = 3;

/// Rates the answer that `message` said. Nothing is kept where that message said no article of this conversation.
pub(super) fn rate(turn: &mut Turn<'_>, message: MessageId, good: bool) {
    if keep(turn, message, good) { reply(turn, good) } else { menu::stale(turn) }
}

/// The same without a word of ours. False where nothing is kept.
pub(super) fn keep(turn: &mut Turn<'_>, message: MessageId, good: bool) -> bool {
    let Some(answer) = answers(&mut turn.state).find(|answer| answer.message == message) else { return false };
    let rate = kept(answer, good);
    turn.effect(rate);
    true
}

/// Rates the last answer, in a word.
pub(super) fn last(turn: &mut Turn<'_>, good: bool) {
    match turn.state.last_answer.as_ref().map(|answer| answer.message) {
        Some(message) => rate(turn, message, good),
        None => ask(turn),
    }
}

/// 👍 or 👎 on one of our messages. Any other reaction means something only to the person.
pub(super) fn reaction(turn: &mut Turn<'_>, emoji: &str) {
    let Some(good) = thumb(emoji) else { return };
    if quietly(turn, good) && !good {
        reply(turn, false);
    }
}

/// Keeps a rating of the last answer and says nothing. False where there was none.
pub(super) fn quietly(turn: &mut Turn<'_>, good: bool) -> bool {
    let Some(rate) = turn.state.last_answer.as_mut().map(|answer| kept(answer, good)) else { return false };
    turn.effect(rate);
    true
}

/// Whether an emoji alone is a thumb, and which way; skin tones do not count.
pub(super) fn thumb(written: &str) -> Option<bool> {
    let rest = written.trim().strip_prefix(['\u{1F44D}', '\u{1F44E}'])?;
    let tones = |c| matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{FE0F}');
    rest.trim_start_matches(tones).is_empty().then(|| written.trim().starts_with('\u{1F44D}'))
}

/// Asks for a rating of the last answer, where somebody wants to give one.
pub(super) fn ask(turn: &mut Turn<'_>) {
    let Some(message) = turn.state.last_answer.as_ref().map(|answer| answer.message) else {
        return turn.say(menu::choices(Draft::of("rate-nothing-yet")));
    };
    turn.say(
        Draft::of("answer-helped")
            .choice(&format!("rate:1:{message}"), "choice-helped")
            .choice(&format!("rate:0:{message}"), "choice-not-helped"),
    );
}

/// Asks how the service was, after an officer closed the matter.
pub(super) fn ask_service(turn: &mut Turn<'_>, draft: Draft) {
    let message = turn.message_id();
    turn.state.service_asked = Some(message);
    let draft = draft
        .then("service-ask")
        .choice(&format!("service:1:{message}"), "choice-good-service")
        .choice(&format!("service:0:{message}"), "choice-bad-service")
        .menu();
    turn.say_as(message, draft);
}

/// Rates the service.
pub(super) fn service(turn: &mut Turn<'_>, message: MessageId, good: bool) {
    if turn.state.service_asked != Some(message) {
        return menu::stale(turn);
    }
    turn.effect(Effect::Rate { message, article: SERVICE.to_owned(), revision: 0, score: u8::from(good) });
    if good {
        return turn.say(Draft::of("service-good").menu());
    }
    let draft = [menu::Item::Suggestion, menu::Item::Complaint].into_iter().fold(Draft::of("service-bad"), menu::with);
    turn.say(draft.menu());
}

fn answers(state: &mut Conversation) -> impl Iterator<Item = &mut LastAnswer> {
    state.last_answer.iter_mut().chain(state.earlier_answers.iter_mut())
}

fn kept(answer: &mut LastAnswer, good: bool) -> Effect {
    answer.rated = true;
    Effect::Rate {
        message: answer.message,
        article: answer.article.clone(),
        revision: answer.revision,
        score: u8::from(good),
    }
}

fn reply(turn: &mut Turn<'_>, good: bool) {
    if good {
        return turn.say(Draft::of("rated-good").menu());
    }
    // The nearest other titles where there are any, else the ways that always stand open.
    let near = match turn.state.last_words.as_deref().map(|words| turn.world.library.classify(words, &turn.locale())) {
        Some(Decision::Offer { articles }) => articles,
        _ => Vec::new(),
    };
    let said = turn.state.last_answer.as_ref().map(|answer| answer.article.clone());
    let library = turn.world.library;
    let titles = near.into_iter().filter(|id| Some(id) != said.as_ref() && library.article(id).is_some());
    let draft = titles
        .take(WAYS_ON - 1)
        .fold(Draft::of("rated-bad"), |draft, id| draft.labelled(&format!("title:{id}"), Label::ArticleTitle(id)));
    let draft = draft.officer();
    turn.say(if draft.choices.len() < WAYS_ON { menu::with(draft, menu::Item::Suggestion).menu() } else { draft });
}
