//! The turn log: enough to step an event again and compare.
use super::db::{Sql, on_rows, read, statements};
use super::rows::Rows;
use super::{Store, StoreError, Tx};
use crate::model::{ConversationId, EventId, QueryAnswer, Timestamp};
use crate::seal::Sealed;
use uuid::Uuid;

statements! {
    BY_CONVERSATION = Sql::same("select inbox_seq, event_id, number, stepped_at, library_revision, settings_revision,
        model_revision, salt, answers, outcome, decided, article, confidence from turns where conversation_id = $1 order by seq");
    BY_EVENT = Sql::same("select inbox_seq, event_id, number, stepped_at, library_revision, settings_revision,
        model_revision, salt, answers, outcome, decided, article, confidence from turns where event_id = $1");
}

const INSERT: Rows = Rows {
    head: "insert into turns (inbox_seq, event_id, conversation_id, number, stepped_at, library_revision, settings_revision,
        model_revision, salt, answers, outcome, decided, article, confidence) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", typed: None,
    tail: "",
};

const ANSWERS: &str = "turns.answers";

/// A turn to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnWrite {
    /// Whose.
    pub conversation: ConversationId,
    /// What is kept of it.
    pub row: TurnRow,
}

/// What is kept of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnRow {
    /// The event's place in the inbox.
    pub inbox_seq: i64,
    /// The event.
    pub event: EventId,
    /// The conversation's step count before it.
    pub number: i64,
    /// The time the engine was given.
    pub stepped_at: Timestamp,
    /// Revision of what may be said.
    pub library_revision: i64,
    /// Revision of the engine's settings.
    pub settings_revision: String,
    /// Revision of the way questions are understood.
    pub model_revision: String,
    /// Which attempt it was.
    pub salt: i32,
    /// What the database answered to the engine's queries.
    pub answers: Vec<QueryAnswer>,
    /// Hash of state and effects.
    pub outcome: Vec<u8>,
    /// What was decided about a question.
    pub decided: Option<String>,
    /// The article said.
    pub article: Option<String>,
    /// How sure it was.
    pub confidence: Option<f32>,
}

#[derive(sqlx::FromRow)]
struct Row {
    inbox_seq: i64,
    event_id: Uuid,
    number: i64,
    stepped_at: i64,
    library_revision: i64,
    settings_revision: String,
    model_revision: String,
    salt: i32,
    answers: Option<Vec<u8>>,
    outcome: Vec<u8>,
    decided: Option<String>,
    article: Option<String>,
    confidence: Option<f32>,
}

impl Tx {
    /// Keeps turns.
    pub async fn turns_insert(&mut self, all: &[TurnWrite]) -> Result<(), StoreError> {
        let sealed: Vec<(&TurnWrite, Option<Vec<u8>>)> = all
            .iter()
            .map(|turn| {
                let answers = (!turn.row.answers.is_empty())
                    .then(|| Sealed::seal(&self.ring, ANSWERS, turn.row.event.0, &turn.row.answers).into_bytes());
                (turn, answers)
            })
            .collect();
        on_rows!(self, INSERT, &sealed, |query, row| query
            .bind(row.0.row.inbox_seq)
            .bind(row.0.row.event.0)
            .bind(row.0.conversation.0)
            .bind(row.0.row.number)
            .bind(row.0.row.stepped_at.as_micros())
            .bind(row.0.row.library_revision)
            .bind(&row.0.row.settings_revision)
            .bind(&row.0.row.model_revision)
            .bind(row.0.row.salt)
            .bind(&row.1)
            .bind(&row.0.row.outcome)
            .bind(&row.0.row.decided)
            .bind(&row.0.row.article)
            .bind(row.0.row.confidence));
        Ok(())
    }
}

impl Store {
    /// A conversation's turns, in order.
    pub async fn turns_of(&self, conversation: ConversationId) -> Result<Vec<TurnRow>, StoreError> {
        let rows: Vec<Row> =
            read!(self, BY_CONVERSATION, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.open_turn(row)).collect()
    }

    /// The turn of an event. None where it was not stepped.
    pub async fn turn_of(&self, event: EventId) -> Result<Option<TurnRow>, StoreError> {
        let row: Option<Row> = read!(self, BY_EVENT, |c, q| sqlx::query_as(q).bind(event.0).fetch_optional(c).await?);
        row.map(|row| self.open_turn(row)).transpose()
    }

    fn open_turn(&self, row: Row) -> Result<TurnRow, StoreError> {
        let answers = row
            .answers
            .map(|bytes| Sealed::from_bytes(bytes).open(self.ring(), ANSWERS, row.event_id))
            .transpose()
            .map_err(|source| StoreError::Seal { column: ANSWERS, source })?;
        Ok(TurnRow {
            inbox_seq: row.inbox_seq,
            event: EventId(row.event_id),
            number: row.number,
            stepped_at: Timestamp::from_micros(row.stepped_at),
            library_revision: row.library_revision,
            settings_revision: row.settings_revision,
            model_revision: row.model_revision,
            salt: row.salt,
            answers: answers.unwrap_or_default(),
            outcome: row.outcome,
            decided: row.decided,
            article: row.article,
            confidence: row.confidence,
        })
    }
}
