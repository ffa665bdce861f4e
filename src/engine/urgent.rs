//! Alarms: danger to life comes before everything in every state; where a person is needed, a ticket comes with the answer.
use super::draft::Draft;
use super::turn::Turn;
use super::{Decided, answer, officer};
use crate::knowledge::Alarm;
use crate::model::{TicketKind, TicketReference, Timestamp, Urgency};
use crate::text;
use std::time::Duration;

/// The same danger told again within this time is one matter; after it, officers are called again.
const SAME_ALARM: Duration = Duration::from_hours(1);

/// Danger to life: the short text and a ticket at once.
pub(super) fn danger(turn: &mut Turn<'_>, alarm: &Alarm, written: &str) {
    turn.decide(Decided::Urgent { topic: alarm.topic.clone() });
    let written = text::mask(written);
    let now = turn.now();
    let recent = open(turn, TicketKind::Danger, &alarm.topic).filter(|(_, fresh)| fresh.until(now) < SAME_ALARM);
    if let Some((reference, _)) = recent {
        turn.add_to_ticket(&reference, &written);
        return turn.say(Draft::about("danger-added", &reference));
    }
    let topic = Some(alarm.topic.clone());
    let reference = turn.open_ticket(TicketKind::Danger, Urgency::Emergency, topic, &written);
    let (message, draft) = match answer::draft_of(turn, &alarm.article) {
        Some(article) => article,
        None => (turn.message_id(), Draft::of("danger")),
    };
    turn.say_as(message, draft.then_about("danger-ticket", &reference));
}

/// A person is needed: the article if there is one, and a ticket. False where the same matter is open already: its ticket
/// has the words, and they are answered like any others.
pub(super) fn person(turn: &mut Turn<'_>, alarm: &Alarm, masked: &str) -> bool {
    turn.decide(Decided::Urgent { topic: alarm.topic.clone() });
    if let Some((reference, _)) = open(turn, TicketKind::PersonNeeded, &alarm.topic) {
        turn.add_to_ticket(&reference, masked);
        turn.state.ticket = Some(reference);
        return false;
    }
    turn.state.flow = None;
    turn.state.misses = 0;
    let topic = Some(alarm.topic.clone());
    let reference = turn.open_ticket(TicketKind::PersonNeeded, Urgency::High, topic, masked);
    let (message, draft) = match answer::draft_of(turn, &alarm.article) {
        Some(article) => article,
        None => (turn.message_id(), Draft::of("person")),
    };
    let draft = officer::with_when(turn, draft.then_about("person-ticket", &reference));
    turn.state.ticket = Some(reference);
    turn.say_as(message, draft);
    true
}

/// The newest open ticket of this kind and topic, with the time it was opened.
fn open(turn: &Turn<'_>, kind: TicketKind, topic: &str) -> Option<(TicketReference, Timestamp)> {
    let same =
        turn.state.tickets.iter().rev().find(|ticket| ticket.kind == kind && ticket.topic.as_deref() == Some(topic))?;
    Some((same.reference.clone(), same.opened_at))
}
