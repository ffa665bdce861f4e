//! Proof that a request is a person's own. Whatever number somebody names, the answer is the same sentence: that a code has
//! gone to the contact on file, if the number is known. Codes never stay in the state or the turn log.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Effect, Query, status};
use crate::locale::Command;
use crate::model::{CodeOutcome, RequestFacts, Value};
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
/// A number that is the whole message has at least so many digits; fewer is a year or a count.
const FEWEST_ALONE: usize = 5;

/// What is waited for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The request's number was named; a code is waited for.
    pub asked: bool,
}

/// Asks for the request's number.
pub(super) fn begin(turn: &mut Turn<'_>, expired: bool) {
    let draft = Draft::of(if expired { "proof-expired" } else { "status-ask" }).then("status-not-here-yet");
    turn.say(menu::with(menu::with(draft, Item::Embassy), Item::Route).officer().menu());
    turn.state.flow = Some(Flow::Proof(State::default()));
}

/// Somebody named numbers: the one sentence.
pub(super) fn seek(turn: &mut Turn<'_>, keys: Vec<String>) {
    turn.state.misses = 0;
    turn.effect(Effect::SeekProof { keys });
    let minutes = Value::Number(f64::from(CODE_MINUTES));
    turn.say(Draft::default().then_with("proof-sent", [("minutes", minutes)]).officer().menu());
    turn.state.flow = Some(Flow::Proof(State { asked: true }));
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
    matches!(&turn.state.flow, Some(Flow::Proof(State { asked: true }))) && code_in(written).is_some()
}

/// A number, a code, or something else.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match said.command {
        Some(Command::Cancel | Command::Back | Command::No | Command::Skip) => menu::show(turn),
        Some(_) => return false,
        None => {
            if let Some(code) = code_in(said.text).filter(|_| state.asked) {
                turn.state.flow = Some(Flow::Proof(state.clone()));
                turn.ask(Query::TryCode { code });
                return true;
            }
            let keys = text::references(said.text);
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

/// An officer confirmed it.
pub(super) fn confirmed(turn: &mut Turn<'_>) {
    if matches!(turn.state.flow, Some(Flow::Proof(_))) {
        turn.state.flow = None;
    }
    turn.say(menu::with(Draft::of("proof-by-officer"), Item::Status));
}

/// The six digits of a code, in any script, with or without a space.
fn code_in(written: &str) -> Option<String> {
    let written = text::ascii_digits(written.trim());
    let plain = written.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.'));
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    (plain && digits.len() == CODE_DIGITS).then_some(digits)
}
