//! "My data": what is kept, a full copy, its destruction (personal data law: access, copy, destruction).
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Effect, Query, answer, ticket};
use crate::locale::Command;
use crate::model::{TicketSummary, Timestamp, Value};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Consents and tickets that are listed one by one; the full copy has all.
const MOST_LISTED: usize = 5;
/// Days are told as they are in Riyadh, UTC+3 all year.
const RIYADH: Duration = Duration::from_hours(3);

/// Waits for yes or no to the destruction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {}

/// What the database says is kept.
pub(super) struct Kept<'a> {
    pub(super) received: u32,
    pub(super) sent: u32,
    pub(super) since: Option<Timestamp>,
    pub(super) consents: &'a [(String, String, Timestamp)],
    pub(super) tickets: &'a [TicketSummary],
}

/// Asks the database what is kept.
pub(super) fn begin(turn: &mut Turn<'_>) {
    turn.ask(Query::MyData);
}

/// Tells what is kept.
pub(super) fn tell(turn: &mut Turn<'_>, kept: &Kept<'_>) {
    let number = |n: u32| Value::Number(f64::from(n));
    let mut draft = Draft::of("data-intro").then_with("data-received", [("count", number(kept.received))]);
    draft = draft.then_with("data-sent", [("count", number(kept.sent))]);
    if let Some(since) = kept.since {
        draft = draft.then_with("data-since", [("date", day(since))]);
    }
    for (kind, _, at) in kept.consents.iter().take(MOST_LISTED) {
        let phrase = if kind == "informed" { "data-consent-informed" } else { "data-consent-ticket" };
        draft = draft.then_with(phrase, [("date", day(*at))]);
    }
    let tickets = u32::try_from(kept.tickets.len()).unwrap_or(u32::MAX);
    draft = draft.then_with("data-tickets", [("count", number(tickets))]);
    for ticket in kept.tickets.iter().take(MOST_LISTED) {
        draft = draft.then_with(
            "data-ticket",
            [
                ("reference", Value::Text(ticket.reference.to_string())),
                ("kind", Value::Phrase { phrase: format!("ticket-kind-{}", ticket.kind) }),
                ("status", Value::Phrase { phrase: format!("ticket-status-{}", ticket.status) }),
                ("date", day(ticket.opened_at)),
            ],
        );
    }
    let draft = [Item::DataRequest, Item::Erase, Item::Privacy].into_iter().fold(draft.then("data-copy"), menu::with);
    turn.say(draft.menu());
}

/// What is kept and why: the article, else the line of the welcome.
pub(super) fn privacy(turn: &mut Turn<'_>) {
    let (message, draft) = match answer::draft_of(turn, "privacy") {
        Some((message, draft)) => (message, menu::with(draft, Item::Data)),
        None => (turn.message_id(), menu::with(Draft::of("privacy-line"), Item::Data).menu()),
    };
    let draft = ticket::with_consent(turn, draft);
    turn.say_as(message, draft);
}

/// Explains what is destroyed and what stays, and asks.
pub(super) fn ask_erase(turn: &mut Turn<'_>) {
    turn.say(Draft::of("erase-ask").choice("erase:yes", "choice-erase-yes").choice("erase:no", "choice-erase-no"));
    turn.state.flow = Some(Flow::Erase(State {}));
}

/// Yes or no.
pub(super) fn erase(turn: &mut Turn<'_>, sure: bool) {
    if !sure {
        return turn.say(menu::choices(Draft::of("erase-kept")));
    }
    turn.say(Draft::of("erased"));
    turn.forget();
    turn.effect(Effect::Erase);
}

/// Words instead of a button.
pub(super) fn step(turn: &mut Turn<'_>, _: &State, said: &Said<'_>) -> bool {
    match said.command {
        Some(Command::Yes) => erase(turn, true),
        Some(Command::No | Command::Cancel | Command::Back | Command::Skip) => erase(turn, false),
        // Asked for a second time, it is still only asked: nothing is destroyed by repeating a word.
        Some(Command::EraseMyData) => ask_erase(turn),
        _ => return false,
    }
    true
}

/// The day of a moment, `2026-11-23`.
fn day(at: Timestamp) -> Value {
    Value::Text((at + RIYADH).to_string().chars().take(10).collect())
}
