//! What happens to a conversation: one event in, the new state and what is to be done out.
use super::turn::Turn;
use super::{Conversation, Effect, Outcome, Owner, World};
use super::{choice, data, language, media, officer, papers, proof, rating, status, understand, watch, welcome};
use crate::model::{Content, Event, EventKind, LocaleTag, QueryAnswer};

/// Steps `conversation` through `event`. The same three arguments always give the same outcome, ids included.
#[must_use]
pub fn step(conversation: &Conversation, event: &Event, world: &World<'_>) -> Outcome {
    let mut turn = Turn::new(conversation, event, world);
    match &event.kind {
        EventKind::Received { content, language_hint } => received(&mut turn, content, language_hint.as_ref()),
        EventKind::OfficerTook { reference, officer: _ } => officer::took(&mut turn, reference),
        EventKind::OfficerReplied { reference, officer: _, text } => officer::replied(&mut turn, reference, text),
        EventKind::OfficerClosed { reference } => officer::closed(&mut turn, reference),
        EventKind::TimerFired { name } if name == officer::SILENCE_TIMER => officer::timer(&mut turn),
        EventKind::TimerFired { name } if name == watch::WATCH_TIMER => watch::fired(&mut turn),
        // A timer of an older version: nothing waits for it any more.
        EventKind::TimerFired { name: _ } => {}
        EventKind::Answered { answer: QueryAnswer::MyData { received, sent, since, consents, tickets } } => {
            let kept = data::Kept { received: *received, sent: *sent, since: *since, consents, tickets };
            data::tell(&mut turn, &kept);
        }
        EventKind::Answered { answer: QueryAnswer::MyRequests { requests, expired } } => {
            if papers::asked(&mut turn) {
                papers::links(&mut turn, requests, *expired);
            } else {
                status::tell(&mut turn, requests, *expired);
            }
        }
        EventKind::Answered { answer: QueryAnswer::CodeTried { outcome, requests } } => {
            proof::tried(&mut turn, *outcome, requests);
        }
        EventKind::Answered { answer: QueryAnswer::Attested { matched, requests } } => {
            proof::attested(&mut turn, *matched, requests);
        }
        EventKind::RequestNews { kind, country: _ } => status::news(&mut turn, *kind),
        EventKind::ProofConfirmed { attested } => proof::confirmed(&mut turn, *attested),
        EventKind::PaperTaken { paper, state } => papers::taken(&mut turn, paper, *state),
    }
    turn.finish()
}

fn received(turn: &mut Turn<'_>, content: &Content, hint: Option<&LocaleTag>) {
    if matches!(content, Content::Blocked) {
        turn.state.blocked_at = Some(turn.now());
        turn.effect(Effect::Reachable { reachable: false });
        return;
    }
    if turn.state.blocked_at.take().is_some() {
        turn.effect(Effect::Reachable { reachable: true });
    }
    if !matches!(content, Content::Deleted | Content::Reaction { .. }) {
        language::settle(turn, content.text(), hint);
    }
    officer::answer_on_after_silence(turn);
    if let Owner::Officer { reference, .. } = turn.state.owner.clone() {
        return officer::listen(turn, &reference, content);
    }
    match content {
        Content::Text { text } => understand::words(turn, text),
        Content::Edited { text } => understand::edited(turn, text),
        Content::Choice { data } => {
            welcome::shortly(turn);
            choice::choose(turn, data);
        }
        Content::Media { kind, caption } => media::received(turn, *kind, caption.as_deref()),
        Content::Reaction { emoji, provider_id: _ } => rating::reaction(turn, emoji),
        Content::Shared => {
            welcome::shortly(turn);
            proof::shared(turn);
        }
        Content::Opened => welcome::opened(turn),
        Content::Unsupported { what: _ } => media::unsupported(turn),
        Content::Deleted | Content::Blocked => {}
    }
}
