//! Complaints, suggestions, offers to help, call-backs, data requests: consent first, then the words, then the reference.
//! The ticket is opened with the first words, so that nothing is lost where somebody never says that they are done.
use super::draft::Draft;
use super::flow::{Flow, Said};
use super::turn::Turn;
use super::{Effect, answer, data, menu, officer};
use crate::knowledge::Decision;
use crate::locale::Command;
use crate::model::{Content, TicketKind, TicketReference, Urgency};
use crate::text;
use serde::{Deserialize, Serialize};

/// Longer additions to a ticket are its story, not a question beside it.
const SHORT_QUESTION: usize = 12;
/// Less sure than this, words added to a ticket are not taken for a question at all.
const SURE: f32 = 0.95;
/// Kept consent: to open a ticket with the person's words in it.
const CONSENT: &str = "keep-ticket";

/// A ticket in the making.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What it is about.
    pub kind: TicketKind,
    /// How far it is.
    #[serde(flatten)]
    pub stage: Stage,
}

/// How far a ticket is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Waits for the consent to keep the words.
    Consent {
        /// Words that came before the answer: they need not be written twice.
        #[serde(default)]
        draft: String,
    },
    /// Waits for the first words.
    Words,
    /// It is open; more may follow.
    More {
        /// Its number.
        reference: TicketReference,
    },
}

impl State {
    /// Whether words may be kept already. Before that, a matter that needs a person is one without asking.
    pub(super) const fn has_consent(&self) -> bool {
        !matches!(self.stage, Stage::Consent { .. })
    }

    /// The open ticket that words are added to.
    pub(super) const fn adds_to(&self) -> Option<&TicketReference> {
        match &self.stage {
            Stage::More { reference } => Some(reference),
            Stage::Consent { .. } | Stage::Words => None,
        }
    }
}

/// Begins a ticket of this kind; where one is open, goes on with that one.
pub(super) fn begin(turn: &mut Turn<'_>, kind: TicketKind) {
    let open = turn.state.tickets.iter().rev().find(|ticket| ticket.kind == kind);
    if let Some(reference) = open.map(|ticket| ticket.reference.clone()) {
        turn.say(done_choice(Draft::about("ticket-already-open", &reference)));
        return stay(turn, kind, Stage::More { reference });
    }
    if turn.state.consent.as_ref() == Some(&turn.world.settings.consent_version) {
        return ask_words(turn, kind);
    }
    turn.say(consent_choices(Draft::of(&format!("ticket-about-{kind}")).then("ticket-consent"), kind));
    stay(turn, kind, Stage::Consent { draft: String::new() });
}

/// Yes or no to keeping the words.
pub(super) fn consent(turn: &mut Turn<'_>, state: &State, agreed: bool) {
    let Stage::Consent { draft } = &state.stage else { return begin(turn, state.kind) };
    if !agreed {
        return turn.say(Draft::of("ticket-declined").officer().menu());
    }
    let text_version = turn.world.settings.consent_version.clone();
    turn.state.consent = Some(text_version.clone());
    turn.effect(Effect::Consent { kind: CONSENT.to_owned(), text_version });
    if draft.is_empty() {
        ask_words(turn, state.kind);
    } else {
        open(turn, state.kind, &Said { text: draft, command: None, alarm: None });
    }
}

/// The person has said everything.
pub(super) fn done(turn: &mut Turn<'_>, state: &State) {
    match &state.stage {
        Stage::More { reference } => {
            let draft = officer::with_when(turn, Draft::about("ticket-done", reference));
            turn.say(draft.then("officer-elsewhere").menu());
        }
        Stage::Words => ask_words(turn, state.kind),
        Stage::Consent { .. } => ask_consent_first(turn, state.clone()),
    }
}

/// Left before anything was written.
pub(super) fn cancel(turn: &mut Turn<'_>) {
    turn.say(menu::choices(Draft::of("ticket-cancelled")));
}

/// The privacy text in the middle of the question of consent: the question comes again under it.
pub(super) fn with_consent(turn: &Turn<'_>, draft: Draft) -> Draft {
    match &turn.state.flow {
        Some(Flow::Ticket(State { kind, stage: Stage::Consent { .. } })) => {
            consent_choices(Draft { choices: Vec::new(), ..draft }.then("ticket-consent"), *kind)
        }
        _ => draft,
    }
}

/// Words in the middle of it.
pub(super) fn step(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match state.stage {
        Stage::Consent { .. } => at_consent(turn, state, said),
        Stage::Words => at_words(turn, state, said),
        Stage::More { .. } => at_more(turn, state, said),
    }
}

fn at_consent(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match said.command {
        Some(Command::Yes | Command::Done | Command::Good) => consent(turn, state, true),
        Some(Command::No | Command::Cancel | Command::Back | Command::Skip | Command::Bad) => {
            consent(turn, state, false);
        }
        Some(Command::Greeting | Command::Thanks | Command::Ordinal(_)) => ask_consent_first(turn, state.clone()),
        Some(Command::Privacy) => {
            turn.state.flow = Some(Flow::Ticket(state.clone()));
            data::privacy(turn);
        }
        Some(_) => return false,
        None => {
            let mut state = state.clone();
            if let Stage::Consent { draft } = &mut state.stage
                && draft.chars().count() + said.text.chars().count() < Content::MAX_TEXT
            {
                draft.push_str(if draft.is_empty() { "" } else { "\n" });
                draft.push_str(said.text);
            }
            ask_consent_first(turn, state);
        }
    }
    true
}

fn at_words(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    match said.command {
        // "5" may be the hour at which somebody wants to be called.
        None | Some(Command::Ordinal(_)) => open(turn, state.kind, said),
        Some(Command::Cancel | Command::Back | Command::Skip | Command::No | Command::Goodbye) => cancel(turn),
        Some(Command::Done | Command::Yes | Command::Thanks | Command::Greeting | Command::Good) => {
            ask_words(turn, state.kind);
        }
        Some(_) => return false,
    }
    true
}

fn at_more(turn: &mut Turn<'_>, state: &State, said: &Said<'_>) -> bool {
    let Stage::More { reference } = &state.stage else { return false };
    match said.command {
        None | Some(Command::Ordinal(_)) => {
            turn.add_to_ticket(reference, said.text);
            turn.say(done_choice(Draft::about("ticket-added", reference)));
            answer_beside(turn, said.text);
            turn.state.flow = Some(Flow::Ticket(state.clone()));
        }
        Some(Command::Yes | Command::Greeting) => {
            turn.say(done_choice(Draft::about("ticket-write-on", reference)));
            turn.state.flow = Some(Flow::Ticket(state.clone()));
        }
        Some(
            Command::Done
            | Command::No
            | Command::Skip
            | Command::Thanks
            | Command::Back
            | Command::Cancel
            | Command::Goodbye
            | Command::Good,
        ) => done(turn, state),
        Some(_) => return false,
    }
    true
}

/// Opens the ticket with these words; more may follow.
fn open(turn: &mut Turn<'_>, kind: TicketKind, said: &Said<'_>) {
    let urgency = if said.alarm.is_some() { Urgency::High } else { Urgency::Normal };
    let topic = said.alarm.map(|alarm| alarm.topic.clone());
    let reference = turn.open_ticket(kind, urgency, topic, said.text);
    let draft = officer::with_when(turn, Draft::about("ticket-opened", &reference));
    turn.say(done_choice(draft.then("ticket-add-more")));
    if let Some((message, draft)) = said.alarm.and_then(|alarm| answer::draft_of(turn, &alarm.article)) {
        // The words on the matter, without buttons that would lead away from the ticket.
        turn.say_as(message, Draft { choices: Vec::new(), ..draft });
    }
    stay(turn, kind, Stage::More { reference });
}

/// A short, sure question among additions is answered as well.
fn answer_beside(turn: &mut Turn<'_>, words: &str) {
    if text::words(&text::fold(words)).count() > SHORT_QUESTION {
        return;
    }
    if let Decision::Answer { article, confidence, .. } = turn.world.library.classify(words, &turn.locale())
        && confidence >= SURE
        && let Some((message, draft)) = answer::draft_of(turn, &article)
    {
        turn.say_as(message, Draft { choices: Vec::new(), ..draft });
    }
}

fn ask_consent_first(turn: &mut Turn<'_>, state: State) {
    turn.say(consent_choices(Draft::of("ticket-consent-first"), state.kind));
    turn.state.flow = Some(Flow::Ticket(state));
}

fn ask_words(turn: &mut Turn<'_>, kind: TicketKind) {
    turn.say(
        Draft::of(&format!("ticket-ask-{kind}")).then("ticket-no-identity").choice("ticket:cancel", "choice-cancel"),
    );
    stay(turn, kind, Stage::Words);
}

fn stay(turn: &mut Turn<'_>, kind: TicketKind, stage: Stage) {
    turn.state.flow = Some(Flow::Ticket(State { kind, stage }));
}

fn consent_choices(draft: Draft, kind: TicketKind) -> Draft {
    draft
        .choice(&format!("consent:yes:{kind}"), "choice-agree")
        .choice(&format!("consent:no:{kind}"), "choice-disagree")
        .choice("menu:privacy", "choice-privacy")
}

fn done_choice(draft: Draft) -> Draft {
    draft.choice("ticket:done", "choice-done")
}
