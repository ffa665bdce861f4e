//! Proof that a request is a person's own. Whatever number somebody names, the answer is the same sentence: that a code has
//! gone to the contact on file, if the number is known. Codes never stay in the state or the turn log.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Effect, Query, status, watch};
use crate::locale::Command;
use crate::model::{CodeOutcome, RequestFacts, Share, Value};
use crate::text;
use serde::{Deserialize, Serialize};

/// Digits of a code.
const CODE_DIGITS: usize = 6;
/// How many codes there are.
pub const CODES: u32 = 1_000_000;
/// Minutes for which a code is good.
pub const CODE_MINUTES: u32 = 5;
/// What stands in the inbox in the place of a code that was tried: it reads as one, so that a replay takes the same way.
pub const CODE_MARKER: &str = "000000";
/// Asks to be told when a number arrives.
pub(super) const WATCH: &str = "watch";
/// Shows the button that shares a number.
pub(super) const SHARE: &str = "share";
/// A number that is the whole message has at least so many digits; fewer is a year or a count.
const FEWEST_ALONE: usize = 5;

/// What is waited for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The request's number was named; a code is waited for.
    pub asked: bool,
    /// What the number is compared by that was named last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Asks for the request's number.
pub(super) fn begin(turn: &mut Turn<'_>, expired: bool) {
    let draft = Draft::of(if expired { "proof-expired" } else { "status-ask" }).then("status-not-here-yet");
    let draft = with_share(turn, menu::with(menu::with(draft, Item::Embassy), Item::Route));
    turn.say(draft.officer().menu());
    turn.state.flow = Some(Flow::Proof(State::default()));
}

/// Somebody named numbers: the one sentence.
pub(super) fn seek(turn: &mut Turn<'_>, keys: Vec<String>) {
    turn.state.misses = 0;
    let key = keys.first().cloned();
    turn.effect(Effect::SeekProof { keys });
    let minutes = Value::Number(f64::from(CODE_MINUTES));
    let draft = Draft::default().then_with("proof-sent", [("minutes", minutes)]).choice(WATCH, "choice-watch");
    turn.say(with_share(turn, draft).officer().menu());
    turn.state.flow = Some(Flow::Proof(State { asked: true, key }));
}

/// The numbers of a message that is nothing but a request's number.
pub(super) fn alone(written: &str) -> Option<Vec<String>> {
    let keys = text::references(written);
    let whole = text::reference_key(written);
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    (digits >= FEWEST_ALONE && keys.first() == Some(&whole)).then_some(keys)
}

/// Whether these words are a code that is waited for.
pub(super) fn waits_for(turn: &Turn<'_>, written: &str) -> bool {
    matches!(&turn.state.flow, Some(Flow::Proof(State { asked: true, .. }))) && code_in(written).is_some()
}

/// A number, a code, or something else.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match said.command {
        Some(Command::Watch) => watch::begin(turn, Some(state.clone())),
        Some(Command::WhichCode) => which_code(turn, Some(state)),
        Some(Command::Cancel | Command::Back | Command::No | Command::Skip) => menu::show(turn),
        Some(_) => return false,
        None => {
            if let Some(code) = code_in(said.text).filter(|_| state.asked) {
                turn.state.flow = Some(Flow::Proof(state.clone()));
                turn.ask(Query::TryCode { code });
                return true;
            }
            let keys = text::references(said.text);
            if keys.is_empty() && state.asked && names_code(turn, said.text) {
                which_code(turn, Some(state));
                return true;
            }
            if keys.is_empty() {
                return false;
            }
            seek(turn, keys);
        }
    }
    true
}

/// What a code came to.
pub(super) fn tried(turn: &mut Turn<'_>, outcome: CodeOutcome, requests: &[RequestFacts]) {
    match outcome {
        CodeOutcome::Proved => {
            turn.state.flow = None;
            turn.say_before(Draft::of("proof-done"));
            status::tell(turn, requests, false);
        }
        CodeOutcome::Wrong => turn.say(Draft::of("proof-wrong").officer().menu()),
        CodeOutcome::Locked { minutes } => {
            turn.state.flow = None;
            let minutes = Value::Number(f64::from(minutes));
            turn.say(Draft::default().then_with("proof-locked", [("minutes", minutes)]).officer().menu());
        }
    }
}

/// An officer confirmed it, or the channel itself did.
pub(super) fn confirmed(turn: &mut Turn<'_>, attested: bool) {
    if matches!(turn.state.flow, Some(Flow::Proof(_))) {
        turn.state.flow = None;
    }
    let phrase = if attested { "proof-by-channel" } else { "proof-by-officer" };
    turn.say(menu::with(Draft::of(phrase), Item::Status));
}

/// What the code is, for somebody who does not know.
pub(super) fn which_code(turn: &mut Turn<'_>, state: Option<&State>) {
    turn.state.misses = 0;
    let minutes = Value::Number(f64::from(CODE_MINUTES));
    let draft = Draft::default().then_with("proof-which-code", [("minutes", minutes)]);
    turn.say(with_share(turn, draft).officer().menu());
    turn.state.flow = Some(Flow::Proof(state.cloned().unwrap_or_default()));
}

/// Whether one of the words asks about the code: "وش هو الرمز", "the code did not come".
fn names_code(turn: &Turn<'_>, written: &str) -> bool {
    let asks = |word: &str| turn.world.catalog.command(word) == Some(Command::WhichCode);
    written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(asks)
}

/// `draft` with the way to share one's own number, on channels that attest it.
pub(super) fn with_share(turn: &Turn<'_>, draft: Draft) -> Draft {
    if turn.world.shares_number { draft.choice(SHARE, "choice-share-number") } else { draft }
}

/// Shows the button that shares a number.
pub(super) fn offer_share(turn: &mut Turn<'_>) {
    if turn.world.shares_number {
        turn.say(Draft { share: Share::Offer, ..Draft::of("share-ask") }.menu());
    } else {
        menu::stale(turn);
    }
}

/// Somebody shared their own number, and the platform attests it.
pub(super) fn shared(turn: &mut Turn<'_>) {
    turn.state.misses = 0;
    turn.ask(Query::Attested);
}

/// What the number came to. The same words for every number that does not match, whatever the reason.
pub(super) fn attested(turn: &mut Turn<'_>, matched: bool, requests: &[RequestFacts]) {
    turn.say(Draft { share: Share::Remove, ..Draft::of("share-thanks") });
    if matched {
        turn.state.flow = None;
        turn.say_before(Draft::of("proof-done"));
        return status::tell(turn, requests, false);
    }
    turn.say(Draft::of("share-no-match").officer().menu());
    if turn.state.flow.is_none() {
        turn.state.flow = Some(Flow::Proof(State::default()));
    }
}

/// The six digits of a code, in any script, with or without a space.
fn code_in(written: &str) -> Option<String> {
    let written = text::ascii_digits(written.trim());
    let plain = written.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.'));
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    (plain && digits.len() == CODE_DIGITS).then_some(digits)
}
