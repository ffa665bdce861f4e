//! Web chat sessions, and a conversation's lines as its person sees them.
use super::db::{Sql, on, read, statements};
use super::delivery::open_part;
use super::inbox::open_event;
use super::{Store, StoreError, Tx};
use crate::model::{Content, ConversationId, EventKind, OutboundPart, Timestamp};
use uuid::Uuid;

statements! {
    OPEN = Sql::same("insert into chat_sessions (id, created_at, last_seen_at) values ($1, $2, $2)");
    SEEN = Sql::same("update chat_sessions set last_seen_at = $2 where id = $1");
    END = Sql::same("update chat_sessions set ended_at = $2 where id = $1 and ended_at is null");
    FIND = Sql::same("select last_seen_at, ended_at from chat_sessions where id = $1");
    PURGE = Sql::same("delete from chat_sessions where last_seen_at < $1");
    SAID = Sql::same("select seq, id, external_id, event, received_at from inbox
        where conversation_id = $1 and seq > $2 and transport <> 'awasir' order by seq limit $3");
    HEARD = Sql::same("select seq, id, payload, created_at from deliveries
        where conversation_id = $1 and seq > $2 order by seq limit $3");
}

/// Where a reader of a conversation goes on: places in inbox and outbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChatCursor {
    /// The last inbox row seen.
    pub inbox: i64,
    /// The last delivery seen.
    pub outbox: i64,
}

impl std::fmt::Display for ChatCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.inbox, self.outbox)
    }
}

impl std::str::FromStr for ChatCursor {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (inbox, outbox) = text.split_once('.').unwrap_or((text, "0"));
        Ok(Self { inbox: inbox.parse()?, outbox: outbox.parse()? })
    }
}

/// One line of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatLine {
    /// The row's id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who, and what.
    pub speaker: ChatSpeaker,
}

/// Who said a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatSpeaker {
    /// The person.
    Person {
        /// The transport's id of it, which the page made itself.
        external_id: String,
        /// What they did.
        content: Content,
    },
    /// We.
    Us(Box<OutboundPart>),
}

impl Tx {
    /// Opens a session.
    pub async fn chat_session_open(&mut self, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        on!(self, OPEN, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Notes that a session was used.
    pub async fn chat_session_seen(&mut self, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        on!(self, SEEN, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Ends a session: its token opens nothing any more.
    pub async fn chat_session_end(&mut self, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        on!(self, END, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Forgets sessions not used since `before`.
    pub async fn chat_sessions_purge(&mut self, before: Timestamp) -> Result<(), StoreError> {
        on!(self, PURGE, |c, q| sqlx::query(q).bind(before.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// When a session was last used. None where there is none, or it was ended.
    pub async fn chat_session(&self, id: Uuid) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(i64, Option<i64>)> =
            read!(self, FIND, |c, q| sqlx::query_as(q).bind(id).fetch_optional(c).await?);
        Ok(row.filter(|(_, ended)| ended.is_none()).map(|(seen, _)| Timestamp::from_micros(seen)))
    }

    /// At most `limit` lines of each side after `after`, in the order they happened, and where to go on.
    pub async fn chat_lines(
        &self,
        conversation: ConversationId,
        after: ChatCursor,
        limit: i64,
    ) -> Result<(Vec<ChatLine>, ChatCursor), StoreError> {
        let said: Vec<(i64, Uuid, String, Option<Vec<u8>>, i64)> = read!(self, SAID, |c, q| {
            sqlx::query_as(q).bind(conversation.0).bind(after.inbox).bind(limit).fetch_all(c).await?
        });
        let heard: Vec<(i64, Uuid, Option<Vec<u8>>, i64)> = read!(self, HEARD, |c, q| {
            sqlx::query_as(q).bind(conversation.0).bind(after.outbox).bind(limit).fetch_all(c).await?
        });
        let mut cursor = after;
        let mut lines = Vec::with_capacity(said.len() + heard.len());
        for (seq, id, external_id, event, at) in said {
            cursor.inbox = cursor.inbox.max(seq);
            if let Some(EventKind::Received { content, .. }) = open_event(self.ring(), id, event)? {
                let speaker = ChatSpeaker::Person { external_id, content };
                lines.push(ChatLine { id, at: Timestamp::from_micros(at), speaker });
            }
        }
        for (seq, id, payload, at) in heard {
            cursor.outbox = cursor.outbox.max(seq);
            if let Some(payload) = payload {
                let speaker = ChatSpeaker::Us(Box::new(open_part(self.ring(), id, payload)?));
                lines.push(ChatLine { id, at: Timestamp::from_micros(at), speaker });
            }
        }
        // Stable: parts of one message have one time and stay in their order.
        lines.sort_by_key(|line| line.at);
        Ok((lines, cursor))
    }
}
