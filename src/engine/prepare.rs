//! Before going to the embassy: what happens there, the declaration that is signed, what is not published, what to ask.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::menu::{self, Item};
use super::turn::Turn;
use super::walk::{Goes, Walk};
use serde::{Deserialize, Serialize};

const WALK: Walk = Walk { name: "prepare", pages: 4, after: &[Item::Embassy, Item::Route] };

/// Where somebody is on the way through it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The page shown last, from 1.
    pub page: u8,
}

/// Begins: nothing is applied for here.
pub(super) fn begin(turn: &mut Turn<'_>) {
    let page = WALK.show(turn, 1, Draft::of("prepare-intro"));
    turn.state.flow = Some(Flow::Prepare(State { page }));
}

/// Shows one page.
pub(super) fn show(turn: &mut Turn<'_>, page: u8) {
    let page = WALK.show(turn, page, Draft::default());
    turn.state.flow = Some(Flow::Prepare(State { page }));
}

/// Words in the middle of it: on, back, out, or something else.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match WALK.goes(state.page, said) {
        Goes::To(page) => show(turn, page),
        Goes::Out => menu::show(turn),
        Goes::Away => return false,
    }
    true
}
