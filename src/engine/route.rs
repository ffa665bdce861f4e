//! The route of a request: embassy, Ministry of Foreign Affairs, association; one stage a message.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::walk::{Goes, Walk};
use serde::{Deserialize, Serialize};

const WALK: Walk = Walk { name: "route", pages: 3, after: &[Item::Embassy, Item::Prepare] };

/// Where somebody is on the way through it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The stage shown last, from 1.
    pub stage: u8,
}

/// Begins with what the route is as a whole.
pub(super) fn begin(turn: &mut Turn<'_>) {
    let stage = WALK.show(turn, 1, Draft::of("route-intro"));
    turn.state.flow = Some(Flow::Route(State { stage }));
}

/// Shows one stage.
pub(super) fn show(turn: &mut Turn<'_>, stage: u8) {
    let stage = WALK.show(turn, stage, Draft::default());
    turn.state.flow = Some(Flow::Route(State { stage }));
}

/// Words in the middle of it: on, back, out, or something else.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match WALK.goes(state.stage, said) {
        Goes::To(page) => show(turn, page),
        Goes::Out => menu::show(turn),
        Goes::Away => return false,
    }
    true
}
