//! Replay: a conversation's events stepped again from the start, and compared with what was decided then.
use super::state::App;
use super::turns::outcome_hash;
use crate::channels::limits_of;
use crate::engine::{Conversation, Effect, World, step};
use crate::model::{ConversationId, Event, EventId, EventKind, Piece, Timestamp};
use crate::store::{StoreError, TurnRow};
use std::collections::HashMap;

/// One turn, stepped again.
#[derive(Debug, Clone)]
pub struct ReplayedTurn {
    /// The event.
    pub event: EventId,
    /// When it was stepped.
    pub at: Timestamp,
    /// What happened. None where retention or an erasure took it: the replay cannot go on from there.
    pub kind: Option<EventKind>,
    /// What is done now.
    pub effects: Vec<Effect>,
    /// Whether state and effects are the same as then.
    pub same: bool,
    /// What differs in the world: another revision of articles, settings or model than then.
    pub changed: Vec<&'static str>,
}

/// A conversation stepped again.
#[derive(Debug, Clone)]
pub struct ReplayReport {
    /// Its turns, in order.
    pub turns: Vec<ReplayedTurn>,
    /// When it was erased. None where it was not.
    pub erased_at: Option<Timestamp>,
}

impl App {
    /// Steps a conversation again with what may be said now.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn replay(&self, conversation: ConversationId) -> Result<ReplayReport, StoreError> {
        let erased_at = self.store().erased_at(conversation).await?;
        let rows = self.store().turns_of(conversation).await?;
        let mut events: HashMap<EventId, _> =
            self.store().inbox_of(conversation).await?.into_iter().map(|row| (row.id, row)).collect();
        let address = self.store().address_of(conversation).await?;
        let shares = address.is_some_and(|address| limits_of(&address.transport).shares_number);
        let mut state = Conversation::default();
        let mut turns = Vec::with_capacity(rows.len());
        for row in rows {
            let Some((received_at, kind)) =
                events.remove(&row.event).and_then(|event| Some((event.received_at, event.event?)))
            else {
                turns.push(gone(&row));
                break;
            };
            let event = Event { id: row.event, at: received_at, kind };
            let (next, replayed) = self.replay_turn(state, &row, &event, shares);
            state = next;
            turns.push(replayed);
        }
        Ok(ReplayReport { turns, erased_at })
    }

    fn replay_turn(
        &self,
        state: Conversation,
        row: &TurnRow,
        event: &Event,
        shares_number: bool,
    ) -> (Conversation, ReplayedTurn) {
        let library = self.library();
        let world = World {
            now: row.stepped_at,
            library: &library,
            catalog: self.catalog(),
            settings: &self.settings().engine,
            shares_number,
            salt: u32::try_from(row.salt).unwrap_or(0),
        };
        let mut answers = row.answers.iter();
        let mut current = event.clone();
        let mut state = state;
        let mut effects = Vec::new();
        loop {
            let outcome = step(&state, &current, &world);
            state = outcome.conversation;
            effects.extend(outcome.effects);
            let Some(answer) = outcome.query.and_then(|_| answers.next()) else { break };
            current.kind = EventKind::Answered { answer: answer.clone() };
        }
        let mut changed = Vec::new();
        if row.library_revision != library.revision {
            changed.push("articles");
        }
        if row.settings_revision != self.settings_revision() {
            changed.push("settings");
        }
        if row.model_revision != library.model {
            changed.push("model");
        }
        let same = outcome_hash(&state, &effects) == row.outcome;
        let turn = ReplayedTurn {
            event: event.id,
            at: row.stepped_at,
            kind: Some(event.kind.clone()),
            effects,
            same,
            changed,
        };
        (state, turn)
    }
}

impl ReplayedTurn {
    /// What is said, in the words of golden dialogues: phrase ids, articles, an officer's words.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for effect in &self.effects {
            let Effect::Say { say, .. } = effect else { continue };
            for piece in &say.pieces {
                lines.push(match piece {
                    Piece::Phrase { id, .. } => id.clone(),
                    Piece::Article { id, .. } => format!("article {id}"),
                    Piece::ArticleTitle { id } => format!("title {id}"),
                    Piece::PapersLink { .. } => "papers-link".to_owned(),
                    Piece::Verbatim { text } => format!("\"{text}\""),
                });
            }
        }
        lines
    }
}

fn gone(row: &TurnRow) -> ReplayedTurn {
    ReplayedTurn {
        event: row.event,
        at: row.stepped_at,
        kind: None,
        effects: Vec::new(),
        same: false,
        changed: Vec::new(),
    }
}
