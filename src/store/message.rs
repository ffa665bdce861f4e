//! Messages said, and what people thought of the answers.
use super::db::{Sql, on, on_rows, statements};
use super::rows::Rows;
use super::{StoreError, Tx};
use crate::model::{ConversationId, EventId, Lane, MessageId, Timestamp};

statements! {
    RATE = Sql::same("insert into ratings (message_id, conversation_id, article, revision, score, at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (message_id) do update set score = excluded.score, at = excluded.at");
}

const INSERT: Rows = Rows {
    head: "insert into messages (id, conversation_id, event_id, lane, origin, article, article_revision, created_at) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: "",
};

/// One thing said. Its words are in its deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The key under which it is told once.
    pub id: MessageId,
    /// To whom.
    pub conversation: ConversationId,
    /// The event it answers.
    pub event: EventId,
    /// The queue it waits in.
    pub lane: Lane,
    /// `bot`, `officer` or `notice`.
    pub origin: &'static str,
    /// The first article in it, with its revision.
    pub article: Option<(String, i64)>,
    /// When it was decided.
    pub at: Timestamp,
}

/// A rating of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRating {
    /// The message rated.
    pub message: MessageId,
    /// By whom.
    pub conversation: ConversationId,
    /// The article it said.
    pub article: String,
    /// The revision it said.
    pub revision: i64,
    /// 1 helped, 0 did not.
    pub score: u8,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps messages.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where one was said before: the turn has already happened.
    pub async fn messages_insert(&mut self, all: &[NewMessage]) -> Result<(), StoreError> {
        on_rows!(self, INSERT, all, |query, row| query
            .bind(row.id.0)
            .bind(row.conversation.0)
            .bind(row.event.0)
            .bind(row.lane.as_str())
            .bind(row.origin)
            .bind(row.article.as_ref().map(|(id, _)| id))
            .bind(row.article.as_ref().map(|(_, revision)| *revision))
            .bind(row.at.as_micros()));
        Ok(())
    }

    /// Keeps a rating; a later one of the same message takes the place of the first.
    pub async fn rating_put(&mut self, rating: &NewRating) -> Result<(), StoreError> {
        on!(self, RATE, |c, q| sqlx::query(q)
            .bind(rating.message.0)
            .bind(rating.conversation.0)
            .bind(&rating.article)
            .bind(rating.revision)
            .bind(i16::from(rating.score))
            .bind(rating.at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}
