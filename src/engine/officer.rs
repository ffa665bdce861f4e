//! The way to a person: a ticket, silence while an officer speaks, and the bot again when they are done or say nothing.
use super::draft::Draft;
use super::flow::Flow;
use super::turn::Turn;
use super::{Effect, Owner, choice, command, menu, rating, understand, urgent};
use crate::knowledge::Tier;
use crate::locale::Command;
use crate::model::{Content, MediaKind, Piece, TicketKind, TicketReference, Timestamp, Urgency, Value};
use crate::text;

/// The timer that ends an officer's silence.
pub const SILENCE_TIMER: &str = "officer-silence";

/// Hands the conversation to a person: a ticket with `words`, else with the last question.
pub(super) fn hand_over(turn: &mut Turn<'_>, words: Option<&str>) {
    hand_over_saying(turn, words, "officer-ticket");
}

/// The same after two misses: the bot says that it is at its end.
pub(super) fn hand_over_lost(turn: &mut Turn<'_>) {
    hand_over_saying(turn, None, "officer-ticket-lost");
}

fn hand_over_saying(turn: &mut Turn<'_>, words: Option<&str>, phrase: &str) {
    turn.state.misses = 0;
    let talk = |kind| matches!(kind, TicketKind::Question | TicketKind::PersonNeeded | TicketKind::Danger);
    let open = turn.state.tickets.iter().rev().find(|ticket| talk(ticket.kind)).map(|ticket| ticket.reference.clone());
    let draft = if let Some(reference) = open {
        turn.add_to_ticket(&reference, words.unwrap_or_default());
        let draft = Draft::about("officer-ticket-already", &reference);
        turn.state.ticket = Some(reference);
        draft
    } else {
        let text = words.map(str::to_owned).or_else(|| turn.state.last_words.clone()).unwrap_or_default();
        let reference = turn.open_ticket(TicketKind::Question, Urgency::Normal, None, &text);
        let draft = Draft::about(phrase, &reference);
        turn.state.ticket = Some(reference);
        draft
    };
    let draft = with_when(turn, draft).then("officer-meanwhile").then("officer-elsewhere");
    turn.say([menu::Item::CallBack, menu::Item::Embassy].into_iter().fold(draft, menu::with).menu());
}

/// Somebody wrote the number of a ticket: where it stands, and that more can be added. Only tickets of this conversation
/// are told of; a number alone proves nothing.
pub(super) fn follow_up(turn: &mut Turn<'_>, reference: &TicketReference) {
    turn.state.misses = 0;
    if !turn.state.tickets.iter().any(|ticket| ticket.reference == *reference) {
        return turn.say(Draft::about("ticket-not-open", reference).officer().menu());
    }
    turn.state.ticket = Some(reference.clone());
    let draft = with_when(turn, Draft::about("officer-ticket-already", reference));
    turn.say(draft.then("officer-meanwhile").menu());
}

/// `draft` with the line on when somebody reads: the association's hours, else that we cannot say.
pub(super) fn with_when(turn: &Turn<'_>, draft: Draft) -> Draft {
    match &turn.world.settings.office_hours {
        Some(hours) => draft.then_with("read-in-hours", [("hours", Value::Text(hours.clone()))]),
        None => draft.then("read-some-time"),
    }
}

/// An officer took it: said once, then silence.
pub(super) fn took(turn: &mut Turn<'_>, reference: &TicketReference) {
    let again = matches!(&turn.state.owner, Owner::Officer { reference: taken, .. } if taken == reference);
    turn.state.flow = None;
    turn.state.misses = 0;
    turn.state.offered.clear();
    turn.state.ticket = Some(reference.clone());
    wait_for_word(turn, reference);
    if !again {
        turn.say(Draft::about("officer-took", reference));
    }
}

/// An officer wrote: their own words.
pub(super) fn replied(turn: &mut Turn<'_>, reference: &TicketReference, words: &str) {
    let draft = if matches!(turn.state.owner, Owner::Officer { .. }) {
        wait_for_word(turn, reference);
        Draft::default()
    } else {
        // Nobody said before that a person speaks now.
        Draft::about("officer-says", reference)
    };
    turn.say(draft.piece(Piece::Verbatim { text: words.to_owned() }));
}

/// An officer closed the matter: the bot again, and a rating for who wants to give one.
pub(super) fn closed(turn: &mut Turn<'_>, reference: &TicketReference) {
    turn.state.tickets.retain(|ticket| ticket.reference != *reference);
    if turn.state.ticket.as_ref() == Some(reference) {
        turn.state.ticket = None;
    }
    if matches!(&turn.state.flow, Some(Flow::Ticket(state)) if state.adds_to() == Some(reference)) {
        turn.state.flow = None;
    }
    match &turn.state.owner {
        // Another officer speaks about another matter: not the moment for a form.
        Owner::Officer { reference: taken, .. } if taken != reference => return,
        Owner::Officer { .. } => release(turn),
        Owner::Bot => {}
    }
    rating::ask_service(turn, Draft::about("officer-closed", reference));
}

/// The timer fired: the bot answers on, unless the officer has written since.
pub(super) fn timer(turn: &mut Turn<'_>) {
    let Owner::Officer { last_word_at, .. } = turn.state.owner else { return };
    if is_over(turn, last_word_at) {
        answer_on_after_silence(turn);
    } else {
        let at = last_word_at + turn.world.settings.officer_silence;
        turn.effect(Effect::SetTimer { name: SILENCE_TIMER.to_owned(), at });
    }
}

/// Says that the bot answers on, where the officer has been silent too long; a late timer must not keep a person waiting.
pub(super) fn answer_on_after_silence(turn: &mut Turn<'_>) {
    if let Owner::Officer { reference, last_word_at } = turn.state.owner.clone()
        && is_over(turn, last_word_at)
    {
        release(turn);
        turn.say(Draft::about("officer-silent", &reference).menu());
    }
}

/// What a person does while an officer has the conversation: it goes to the ticket, and nothing is said.
/// Danger and stop/start are honoured even then (design.md §5.7).
pub(super) fn listen(turn: &mut Turn<'_>, reference: &TicketReference, content: &Content) {
    match content {
        Content::Edited { text } if understand::is_known(turn, text) => {}
        Content::Text { text } | Content::Edited { text } => hear(turn, reference, text),
        Content::Media { kind, caption } => {
            let noted = format!("[{}] {}", kind_word(*kind), text::mask(caption.as_deref().unwrap_or_default()));
            turn.add_to_ticket(reference, noted.trim_end());
        }
        Content::Reaction { emoji, .. } => {
            if let Some(good) = rating::thumb(emoji) {
                rating::quietly(turn, good);
            }
        }
        Content::Choice { data } => choice::quietly(turn, data),
        Content::Shared => turn.add_to_ticket(reference, "[own number shared]"),
        Content::Deleted | Content::Opened | Content::Blocked | Content::Unsupported { .. } => {}
    }
}

fn hear(turn: &mut Turn<'_>, reference: &TicketReference, written: &str) {
    let written = understand::cut(written, Content::MAX_TEXT);
    match turn.world.library.urgent(written) {
        Some(alarm) if alarm.tier == Tier::Danger => {
            turn.add_to_ticket(reference, &text::mask(written));
            return urgent::danger(turn, &alarm, written);
        }
        _ => {}
    }
    match turn.world.catalog.command(written) {
        Some(Command::Stop) => command::stop(turn),
        Some(Command::Start) if turn.state.stopped_at.is_some() => command::start_quietly(turn),
        _ => turn.add_to_ticket(reference, &text::mask(written)),
    }
}

fn wait_for_word(turn: &mut Turn<'_>, reference: &TicketReference) {
    let now = turn.now();
    turn.state.owner = Owner::Officer { reference: reference.clone(), last_word_at: now };
    let at = now + turn.world.settings.officer_silence;
    turn.effect(Effect::SetTimer { name: SILENCE_TIMER.to_owned(), at });
}

fn release(turn: &mut Turn<'_>) {
    turn.state.owner = Owner::Bot;
    turn.effect(Effect::ClearTimer { name: SILENCE_TIMER.to_owned() });
}

fn is_over(turn: &Turn<'_>, last_word_at: Timestamp) -> bool {
    last_word_at.until(turn.now()) >= turn.world.settings.officer_silence
}

/// What staff read in a ticket where something without words came.
pub(super) const fn kind_word(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Photo => "photo",
        MediaKind::Voice => "voice",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
        MediaKind::Location => "location",
        MediaKind::Contact => "contact",
        MediaKind::Other => "other",
    }
}
