//! What is gone through step by step. A new flow is one file with `State`, `begin` and `step`, and one variant here.
use super::turn::Turn;
use super::{data, embassy, papers, prepare, proof, route, ticket};
use crate::knowledge::Alarm;
use crate::locale::Command;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// After this long a new message is taken as a new matter, not as the answer to a question of yesterday.
const REST: Duration = Duration::from_hours(6);

/// A flow and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "flow", rename_all = "snake_case")]
pub enum Flow {
    /// The three stages of a request.
    Route(route::State),
    /// Which embassy.
    Embassy(embassy::State),
    /// What to know before going there.
    Prepare(prepare::State),
    /// A complaint, a suggestion, an offer to help, a wish to be called, a data request.
    Ticket(ticket::State),
    /// Whether to destroy what is kept.
    Erase(data::State),
    /// Papers that are waited for.
    Papers(papers::State),
    /// That a request is one's own.
    Proof(proof::State),
}

/// What a person said in a flow.
pub(super) struct Said<'a> {
    /// The words, identity numbers masked.
    pub(super) text: &'a str,
    /// The command that they are.
    pub(super) command: Option<Command>,
    /// Set where they say that a person is needed.
    pub(super) alarm: Option<&'a Alarm>,
}

/// Lets the flow answer. False: it is left, and the words are taken as if there had been none.
pub(super) fn step(turn: &mut Turn<'_>, said: &Said<'_>) -> bool {
    if is_stale(turn) {
        turn.state.flow = None;
    }
    match turn.state.flow.take() {
        Some(Flow::Route(state)) => route::step(turn, &state, said),
        Some(Flow::Embassy(state)) => embassy::step(turn, &state, said),
        Some(Flow::Prepare(state)) => prepare::step(turn, &state, said),
        Some(Flow::Ticket(state)) => ticket::step(turn, &state, said),
        Some(Flow::Erase(state)) => data::step(turn, &state, said),
        // Papers are asked for and answered in one turn.
        None | Some(Flow::Papers(_)) => false,
        Some(Flow::Proof(state)) => proof::step(turn, &state, said),
    }
}

/// Whether any words belong to the flow, because they are what a ticket says or will say.
pub(super) fn takes_words(turn: &Turn<'_>) -> bool {
    let takes = match &turn.state.flow {
        Some(Flow::Ticket(state)) => state.has_consent(),
        Some(
            Flow::Route(_) | Flow::Embassy(_) | Flow::Prepare(_) | Flow::Erase(_) | Flow::Papers(_) | Flow::Proof(_),
        )
        | None => false,
    };
    takes && !is_stale(turn)
}

fn is_stale(turn: &Turn<'_>) -> bool {
    turn.state.flow_at.is_some_and(|at| at.until(turn.now()) >= REST)
}
