//! Conversations: the engine's state, sealed.
use super::db::{Sql, on_rows, read, statements};
use super::rows::Rows;
use super::{Store, StoreError, Tx};
use crate::engine::{Conversation, Owner};
use crate::model::{ConversationId, Timestamp};
use crate::seal::{KeyRing, Sealed};
use uuid::Uuid;

statements! {
    FIND = Sql::same("select state from conversations where id = $1");
}

const WRITE: Rows = Rows {
    head: "insert into conversations (id, state, owner, turns, updated_at) values ",
    row: "(?, ?, ?, ?, ?)",
    typed: None,
    tail: " on conflict (id) do update set state = excluded.state, owner = excluded.owner, turns = excluded.turns,
        updated_at = excluded.updated_at",
};

const STATE: &str = "conversations.state";

/// A state to keep.
#[derive(Debug, Clone)]
pub struct ConversationWrite {
    /// Whose.
    pub id: ConversationId,
    /// The state after the turn.
    pub state: Conversation,
    /// When the turn was.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps the states.
    pub async fn conversations_write(&mut self, all: &[ConversationWrite]) -> Result<(), StoreError> {
        let sealed: Vec<(&ConversationWrite, Vec<u8>)> =
            all.iter().map(|one| (one, Sealed::seal(&self.ring, STATE, one.id.0, &one.state).into_bytes())).collect();
        on_rows!(self, WRITE, &sealed, |query, row| query
            .bind(row.0.id.0)
            .bind(&row.1)
            .bind(match row.0.state.owner {
                Owner::Bot => "bot",
                Owner::Officer { .. } => "officer",
            })
            .bind(i64::try_from(row.0.state.turns).unwrap_or(i64::MAX))
            .bind(row.0.at.as_micros()));
        Ok(())
    }
}

impl Store {
    /// The state of a conversation; the default where it has none yet.
    pub async fn conversation_state(&self, id: ConversationId) -> Result<Conversation, StoreError> {
        let row: Option<(Vec<u8>,)> = read!(self, FIND, |c, q| sqlx::query_as(q).bind(id.0).fetch_optional(c).await?);
        open_state(self.ring(), id.0, row.map(|(state,)| state))
    }
}

pub(super) fn open_state(ring: &KeyRing, id: Uuid, state: Option<Vec<u8>>) -> Result<Conversation, StoreError> {
    state
        .map(|bytes| Sealed::from_bytes(bytes).open(ring, STATE, id))
        .transpose()
        .map(Option::unwrap_or_default)
        .map_err(|source| StoreError::Seal { column: STATE, source })
}
