//! What people asked and what came of it, for officers to learn from.
use super::db::{Sql, read, statements};
use super::inbox::open_event;
use super::{Store, StoreError};
use crate::model::{ConversationId, EventKind, Timestamp};
use uuid::Uuid;

statements! {
    HEARD = Sql::same("select t.conversation_id, t.event_id, t.decided, t.article, i.event, t.stepped_at from turns t
        join inbox i on i.id = t.event_id where t.stepped_at >= $1 and t.decided is not null
        and t.conversation_id is not null order by t.seq desc limit $2");
    NOT_HELPED = Sql::same("select conversation_id, article, at from ratings where at >= $1 and score = 0
        and conversation_id is not null order by at");
}

/// A question and what was decided about it.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Whose.
    pub conversation: ConversationId,
    /// `answered`, `offered`, `chosen`, `not_understood` or `urgent`.
    pub decided: String,
    /// The article that was answered, offered first, or chosen.
    pub article: Option<String>,
    /// What was said. None where retention took it.
    pub event: Option<EventKind>,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// The last `most` questions since `since`, oldest first.
    pub async fn heard_since(&self, since: Timestamp, most: i64) -> Result<Vec<Heard>, StoreError> {
        type Row = (Uuid, Uuid, String, Option<String>, Option<Vec<u8>>, i64);
        let rows: Vec<Row> =
            read!(self, HEARD, |c, q| sqlx::query_as(q).bind(since.as_micros()).bind(most).fetch_all(c).await?);
        let open = |(conversation, event, decided, article, sealed, at): Row| {
            Ok(Heard {
                conversation: ConversationId(conversation),
                decided,
                article,
                event: open_event(self.ring(), event, sealed)?,
                at: Timestamp::from_micros(at),
            })
        };
        rows.into_iter().rev().map(open).collect()
    }

    /// Answers since `since` that did not help: whose, which article, when.
    pub async fn not_helped_since(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(ConversationId, String, Timestamp)>, StoreError> {
        let rows: Vec<(Uuid, String, i64)> =
            read!(self, NOT_HELPED, |c, q| sqlx::query_as(q).bind(since.as_micros()).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|(conversation, article, at)| (ConversationId(conversation), article, Timestamp::from_micros(at)))
            .collect())
    }
}
