//! Where a request is: told only on an address on which it was proved, and only when asked.
use super::draft::Draft;
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Effect, Query, papers, proof, rating, watch};
use crate::locale::hijri;
use crate::model::{Lane, NoticeKind, Picture, RequestFacts, Ruling, Stage, Timestamp, Value};

/// Requests that are told of at once.
const MOST_TOLD: usize = 3;
/// Articles whose question is answered better with the person's own request.
pub(super) const ASKS_WHERE: [&str; 4] =
    ["request-status", "reached-or-at-ministry", "lost-number", "embassy-says-sent"];

/// Asks the database what is proved here.
pub(super) fn begin(turn: &mut Turn<'_>) {
    turn.state.misses = 0;
    turn.ask(Query::MyRequests);
}

/// Tells where they are; where nothing is proved, how to.
pub(super) fn tell(turn: &mut Turn<'_>, requests: &[RequestFacts], expired: bool) {
    if requests.is_empty() {
        return proof::begin(turn, expired);
    }
    for facts in requests.iter().take(MOST_TOLD) {
        let draft = told(turn, facts);
        let draft = if facts.stage == Stage::WithEmbassy { menu::with(draft, Item::Embassy) } else { draft };
        let draft = menu::with(draft.showing(Picture::Route(facts.stage)), Item::Route).officer().menu();
        if is_over(turn, facts) { rating::ask_request(turn, draft, facts) } else { turn.say(draft) }
    }
}

/// Whether the person has now heard how their request ended.
fn is_over(turn: &Turn<'_>, facts: &RequestFacts) -> bool {
    match facts.stage {
        Stage::Closed => true,
        Stage::Decided => turn.world.settings.bot_tells_decision && facts.ruling.is_some(),
        Stage::WithEmbassy
        | Stage::WithMinistry
        | Stage::Received
        | Stage::Studying
        | Stage::Completing
        | Stage::Confirming
        | Stage::Returned => false,
    }
}

/// There is news: said without saying what, because telephones are shared and screens light up.
pub(super) fn news(turn: &mut Turn<'_>, kind: NoticeKind) {
    let unwanted = kind == NoticeKind::Reminder && turn.state.reminders_off_at.is_some();
    if unwanted || turn.state.stopped_at.is_some() || turn.state.blocked_at.is_some() {
        return;
    }
    let phrase = match kind {
        // A decision is news like any other until its person asks.
        NoticeKind::Update | NoticeKind::Decision => "notice-update",
        NoticeKind::Reminder => "notice-reminder",
    };
    turn.say_in(Lane::Notice, menu::with(Draft::of(phrase), Item::Status));
}

/// Forgets what was proved on this address.
pub(super) fn unlink(turn: &mut Turn<'_>) {
    turn.effect(Effect::Unlink);
    turn.effect(Effect::ClearTimer { name: watch::WATCH_TIMER.to_owned() });
    turn.say(menu::choices(Draft::of("proof-unlinked")));
}

fn told(turn: &Turn<'_>, facts: &RequestFacts) -> Draft {
    let reference = Value::Text(facts.reference.clone());
    let draft = Draft::default().then_with("status-of", [("reference", reference)]);
    let ruled = facts.ruling.filter(|_| turn.world.settings.bot_tells_decision);
    let stage = match (facts.stage, ruled) {
        (Stage::Decided, Some(Ruling::Accepted)) => "status-accepted".to_owned(),
        (Stage::Decided, Some(Ruling::Refused)) => "status-refused".to_owned(),
        (stage, _) => format!("status-{}", stage.as_str().replace('_', "-")),
    };
    let draft = dated(draft.then(&stage), "status-since", facts.since);
    let draft = match (facts.source.as_str(), facts.stage) {
        ("embassy", _) => draft.then("status-by-embassy"),
        ("ministry", _) => draft.then("status-by-ministry"),
        (_, Stage::WithEmbassy | Stage::WithMinistry) => draft.then("status-by-staff"),
        _ => draft,
    };
    let draft = papers::listed(draft, facts);
    let waits = !matches!(facts.stage, Stage::Decided | Stage::Closed | Stage::WithEmbassy | Stage::WithMinistry);
    match facts.received_at.filter(|_| waits) {
        Some(received) => dated(draft, "status-received-at", received).then("status-least-time"),
        None => draft,
    }
}

/// A phrase with a day in both calendars.
fn dated(draft: Draft, phrase: &str, at: Timestamp) -> Draft {
    // As it is in Riyadh, UTC+3 all year.
    let riyadh = jiff::tz::TimeZone::fixed(jiff::tz::offset(3));
    let Ok(moment) = jiff::Timestamp::from_microsecond(at.as_micros()) else { return draft };
    let day = moment.to_zoned(riyadh).date();
    let (hijri_year, hijri_month, hijri_day) = hijri(day);
    let month = |kind: &str, number: u8| Value::Phrase { phrase: format!("{kind}-{number}") };
    draft.then_with(
        phrase,
        [
            ("day", Value::Text(day.day().to_string())),
            ("month", month("month", day.month().unsigned_abs())),
            ("year", Value::Text(day.year().to_string())),
            ("hijri-day", Value::Text(hijri_day.to_string())),
            ("hijri-month", month("hijri-month", hijri_month)),
            ("hijri-year", Value::Text(hijri_year.to_string())),
        ],
    )
}
