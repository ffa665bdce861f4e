//! The outbox read back: what became of each part, for staff, receipts and the workers' sleep.
use super::db::{Sql, read, statements};
use super::delivery::open_part;
use super::{Store, StoreError};
use crate::model::{
    AccountName, ConversationId, DeliveryId, DeliveryStatus, EventId, Lane, MessageId, OutboundPart, Timestamp,
    TransportName,
};
use uuid::Uuid;

statements! {
    BY_CONVERSATION = Sql::same("select seq, id, message_id, conversation_id, transport, account, lane, part, payload, status,
        attempt, attempted_at, due_at, provider_id, maybe_repeated, error, created_at, settled_at
        from deliveries where conversation_id = $1 order by seq");
    BY_EVENT = Sql::same("select d.seq, d.id, d.message_id, d.conversation_id, d.transport, d.account, d.lane, d.part, d.payload,
        d.status, d.attempt, d.attempted_at, d.due_at, d.provider_id, d.maybe_repeated, d.error, d.created_at, d.settled_at
        from deliveries d join messages m on m.id = d.message_id where m.event_id = $1 order by d.seq");
    BY_MESSAGE = Sql::same("select seq, id, message_id, conversation_id, transport, account, lane, part, payload, status,
        attempt, attempted_at, due_at, provider_id, maybe_repeated, error, created_at, settled_at
        from deliveries where message_id = $1 order by seq");
    BY_PROVIDER = Sql::same("select message_id from deliveries where transport = $1 and account = $2 and provider_id = $3");
    ATTEMPTS = Sql::same("select attempt, started_at, ended_at, outcome, detail from attempts where delivery_id = $1
        order by attempt");
    NEXT_DUE = Sql::same("select min(due_at) from deliveries where status = 'queued'");
    PAUSES = Sql::same("select transport, account, until, reason from pauses where until > $1");
}

/// A delivery, for staff's eyes.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Its place in the outbox.
    pub seq: i64,
    /// Its id.
    pub id: DeliveryId,
    /// Its message.
    pub message: MessageId,
    /// The transport.
    pub transport: TransportName,
    /// The queue.
    pub lane: Lane,
    /// What is sent. None where retention or an erasure took it.
    pub part: Option<OutboundPart>,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// Tries so far.
    pub attempt: i32,
    /// When the last began.
    pub attempted_at: Option<Timestamp>,
    /// When it is looked at next, while it waits.
    pub due_at: Timestamp,
    /// The platform's id.
    pub provider_id: Option<String>,
    /// Whether it may have been said twice.
    pub maybe_repeated: bool,
    /// Why it has not gone through.
    pub error: Option<String>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    id: Uuid,
    message_id: Uuid,
    transport: String,
    lane: String,
    payload: Option<Vec<u8>>,
    status: String,
    attempt: i32,
    attempted_at: Option<i64>,
    due_at: i64,
    provider_id: Option<String>,
    maybe_repeated: bool,
    error: Option<String>,
    created_at: i64,
    settled_at: Option<i64>,
}

impl Store {
    /// A conversation's parts, in order.
    pub async fn deliveries_of(&self, conversation: ConversationId) -> Result<Vec<DeliveryRow>, StoreError> {
        let rows: Vec<Row> =
            read!(self, BY_CONVERSATION, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.open_delivery(row)).collect()
    }

    /// The parts that answered an event.
    pub async fn deliveries_for(&self, event: EventId) -> Result<Vec<DeliveryRow>, StoreError> {
        let rows: Vec<Row> = read!(self, BY_EVENT, |c, q| sqlx::query_as(q).bind(event.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.open_delivery(row)).collect()
    }

    /// The parts of a message.
    pub async fn deliveries_in(&self, message: MessageId) -> Result<Vec<DeliveryRow>, StoreError> {
        let rows: Vec<Row> = read!(self, BY_MESSAGE, |c, q| sqlx::query_as(q).bind(message.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.open_delivery(row)).collect()
    }

    /// The tries of a delivery: number, begun, ended, outcome, detail.
    pub async fn attempts_of(
        &self,
        delivery: DeliveryId,
    ) -> Result<Vec<(i32, i64, i64, String, Option<String>)>, StoreError> {
        Ok(read!(self, ATTEMPTS, |c, q| sqlx::query_as(q).bind(delivery.0).fetch_all(c).await?))
    }

    /// The message that a platform's id belongs to. None where it is not ours.
    pub async fn message_by_provider(
        &self,
        transport: &TransportName,
        account: &AccountName,
        provider_id: &str,
    ) -> Result<Option<MessageId>, StoreError> {
        let row: Option<(Uuid,)> = read!(self, BY_PROVIDER, |c, q| sqlx::query_as(q)
            .bind(transport.as_str())
            .bind(account.as_str())
            .bind(provider_id)
            .fetch_optional(c)
            .await?);
        Ok(row.map(|(id,)| MessageId(id)))
    }

    /// When the next queued part is due. None where none waits.
    pub async fn deliveries_next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = read!(self, NEXT_DUE, |c, q| sqlx::query_as(q).fetch_one(c).await?);
        Ok(due.map(Timestamp::from_micros))
    }

    /// Accounts that are held: transport, account, until, why.
    pub async fn pauses(&self, now: Timestamp) -> Result<Vec<(String, String, i64, String)>, StoreError> {
        Ok(read!(self, PAUSES, |c, q| sqlx::query_as(q).bind(now.as_micros()).fetch_all(c).await?))
    }

    fn open_delivery(&self, row: Row) -> Result<DeliveryRow, StoreError> {
        Ok(DeliveryRow {
            seq: row.seq,
            id: DeliveryId(row.id),
            message: MessageId(row.message_id),
            transport: TransportName::owned(row.transport),
            lane: Lane::parse(&row.lane).ok_or(StoreError::Word("deliveries.lane"))?,
            part: row.payload.map(|bytes| open_part(self.ring(), row.id, bytes)).transpose()?,
            status: DeliveryStatus::parse(&row.status).ok_or(StoreError::Word("deliveries.status"))?,
            attempt: row.attempt,
            attempted_at: row.attempted_at.map(Timestamp::from_micros),
            due_at: Timestamp::from_micros(row.due_at),
            provider_id: row.provider_id,
            maybe_repeated: row.maybe_repeated,
            error: row.error,
            created_at: Timestamp::from_micros(row.created_at),
            settled_at: row.settled_at.map(Timestamp::from_micros),
        })
    }
}
