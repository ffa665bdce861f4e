//! "Tell me when it reaches you": the same words for every number, and no promise that one is told.
use super::draft::Draft;
use super::flow::Flow;
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Effect, proof};
use crate::model::{Lane, Value};

/// The timer under which a watch that may speak waits.
pub const WATCH_TIMER: &str = "watch";

/// Somebody wants to be told, and has named a number or not yet.
pub(super) fn begin(turn: &mut Turn<'_>, named: Option<proof::State>) {
    turn.state.misses = 0;
    let Some((key, state)) = named.and_then(|state| Some((state.key.clone()?, state))) else {
        turn.say(Draft::of("watch-which").officer().menu());
        turn.state.flow = Some(Flow::Proof(proof::State::default()));
        return;
    };
    turn.effect(Effect::Watch { key });
    let days = Value::Number(f64::from(turn.world.settings.watch_days));
    let draft = Draft::default().then_with("watch-set", [("days", days)]);
    turn.say(proof::with_share(turn, draft).officer().menu());
    // A code that is on its way may still be written.
    turn.state.flow = Some(Flow::Proof(state));
}

/// Somebody wants to be told no more.
pub(super) fn stop(turn: &mut Turn<'_>) {
    turn.state.misses = 0;
    end(turn);
    turn.say(menu::choices(Draft::of("watch-stopped")));
}

/// Forgets every watch of this address.
pub(super) fn end(turn: &mut Turn<'_>) {
    turn.effect(Effect::Unwatch);
    turn.effect(Effect::ClearTimer { name: WATCH_TIMER.to_owned() });
}

/// A request that was waited for is there, and its file names whose channel this is: nothing is said of it before proof.
pub(super) fn fired(turn: &mut Turn<'_>) {
    if turn.state.stopped_at.is_some() || turn.state.blocked_at.is_some() {
        return;
    }
    turn.say_in(Lane::Notice, menu::with(Draft::of("watch-news"), Item::Status));
}
