//! Papers that are waited for: the link to our own page, after proof, and the receipt when one came.
use super::draft::Draft;
use super::flow::Flow;
use super::menu::{self, Item};
use super::turn::Turn;
use super::{Owner, Query, proof};
use crate::model::{FileState, PaperState, Piece, RequestFacts, Value};
use serde::{Deserialize, Serialize};

/// Requests whose links are given at once.
const MOST_LINKS: usize = 3;
/// Papers that are named one by one.
const MOST_PAPERS: usize = 10;

/// The register is asked; nothing is waited for from the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {}

/// Asks what is proved here and waited for.
pub(super) fn begin(turn: &mut Turn<'_>) {
    turn.state.misses = 0;
    turn.state.flow = Some(Flow::Papers(State {}));
    turn.ask(Query::MyRequests);
}

/// Whether the register was asked for papers. Asked once.
pub(super) fn asked(turn: &mut Turn<'_>) -> bool {
    let asked = matches!(turn.state.flow, Some(Flow::Papers(_)));
    if asked {
        turn.state.flow = None;
    }
    asked
}

/// The links, where papers are waited for.
pub(super) fn links(turn: &mut Turn<'_>, requests: &[RequestFacts], expired: bool) {
    if requests.is_empty() {
        return proof::begin(turn, expired);
    }
    let waiting: Vec<_> = requests.iter().filter(|facts| !facts.papers.is_empty()).take(MOST_LINKS).collect();
    if waiting.is_empty() {
        return turn.say(menu::with(Draft::of("papers-none"), Item::Status).officer().menu());
    }
    if !waiting.iter().any(|facts| facts.page) {
        return turn.say(menu::with(Draft::of("papers-embassy"), Item::Embassy).officer().menu());
    }
    let mut draft = Draft::default();
    for facts in waiting {
        let reference = Value::Text(facts.reference.clone());
        draft = draft.then_with("status-of", [("reference", reference)]);
        draft = draft.piece(Piece::PapersLink { request: facts.id });
    }
    turn.say(menu::with(draft.then("papers-link-care"), Item::Status).officer().menu());
}

/// `draft` with the papers that are not in order yet, and the ways by which they may come.
pub(super) fn listed(draft: Draft, facts: &RequestFacts) -> Draft {
    let named = |name: &str| [("paper", Value::Text(name.to_owned()))];
    if facts.papers.is_empty() {
        // A turn of an older version knew only names.
        return facts.missing.iter().take(MOST_PAPERS).enumerate().fold(draft, |draft, (place, paper)| {
            let draft = if place == 0 { draft.then("status-missing") } else { draft };
            draft.then_with("status-paper", named(paper))
        });
    }
    let mut draft = draft;
    let wanted = |state| matches!(state, PaperState::Missing | PaperState::Returned);
    let missing = facts.papers.iter().any(|paper| wanted(paper.state));
    if missing {
        draft = draft.then("status-missing");
    }
    // What is missing first: it is what the person can do.
    let (first, then): (Vec<_>, Vec<_>) = facts.papers.iter().partition(|paper| wanted(paper.state));
    for paper in first.into_iter().chain(then).take(MOST_PAPERS) {
        let name = Value::Text(paper.name.clone());
        draft = match (paper.state, &paper.reason) {
            (PaperState::Received, _) => draft.then_with("status-paper-received", named(&paper.name)),
            (PaperState::Returned, Some(reason)) => {
                draft.then_with("status-paper-returned", [("paper", name), ("reason", Value::Text(reason.clone()))])
            }
            (PaperState::Missing | PaperState::Returned | PaperState::Accepted, _) => {
                draft.then_with("status-paper", named(&paper.name))
            }
        };
    }
    match (missing, facts.page) {
        (true, true) => menu::with(draft.then("papers-ways"), Item::Papers),
        (true, false) => draft.then("papers-embassy"),
        (false, _) => draft,
    }
}

/// A paper came: the receipt. While an officer speaks the page has said it.
pub(super) fn taken(turn: &mut Turn<'_>, paper: &str, state: FileState) {
    if matches!(turn.state.owner, Owner::Officer { .. }) || turn.state.blocked_at.is_some() {
        return;
    }
    let phrase = match state {
        FileState::Clean => "paper-taken",
        FileState::Unscanned => "paper-taken-unscanned",
        FileState::Infected => "paper-refused-infected",
        FileState::Writing | FileState::Going => return,
    };
    let name = [("paper", Value::Text(paper.to_owned()))];
    turn.say(menu::with(Draft::default().then_with(phrase, name), Item::Status));
}
