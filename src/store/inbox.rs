//! The inbox: raw envelopes and the events read from them, once each.
use super::db::{Inner, Sql, on, on_rows, read, statements};
use super::rows::{Rows, chunks};
use super::{Store, StoreError, Tx, Wake};
use crate::model::{AccountName, ConversationId, EnvelopeId, EventId, EventKind, Timestamp, TransportName};
use crate::seal::{KeyRing, Sealed};
use sqlx::AssertSqlSafe;
use std::collections::HashSet;
use uuid::Uuid;

statements! {
    PARK = Sql::same("update inbox set status = 2, done_at = $2 where id = $1");
    MASK = Sql::same("update inbox set event = $2 where id = $1");
    RETRY = Sql::same("update inbox set attempts = attempts + 1, due_at = $2 where id = $1");
    BY_ID = Sql::same("select seq, id, conversation_id, transport, account, external_id, event, received_at, status, attempts,
        done_at, envelope_id from inbox where id = $1");
    BY_CONVERSATION = Sql::same("select seq, id, conversation_id, transport, account, external_id, event, received_at, status,
        attempts, done_at, envelope_id from inbox where conversation_id = $1 order by seq");
    NEXT_DUE = Sql::same("select min(due_at) from inbox where status = 0");
}

const INSERT: Rows = Rows {
    head: "insert into inbox (id, conversation_id, envelope_id, transport, account, external_id, event, received_at, due_at,
        status, attempts) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", typed: None,
    tail: " on conflict (transport, account, external_id) do nothing returning id",
};
const INSERT_ENVELOPES: Rows = Rows {
    head: "insert into envelopes (id, transport, account, received_at, body, reason) values ",
    row: "(?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: "",
};
/// The driver counts unnumbered variables by themselves, so a statement has either numbers or none.
const DONE_SQLITE: Rows = Rows {
    head: "update inbox set status = 1, done_at = ? where status = 0 and id in (",
    row: "?",
    typed: None,
    tail: ")",
};
const DONE_POSTGRES: Rows = Rows {
    head: "update inbox set status = 1, done_at = $1 where status = 0 and id in (",
    row: "?",
    typed: None,
    tail: ")",
};

pub(super) const EVENT: &str = "inbox.event";
const BODY: &str = "envelopes.body";

/// A raw body to keep.
#[derive(Debug, Clone)]
pub struct NewEnvelope {
    /// Its id.
    pub id: EnvelopeId,
    /// The transport that delivered it.
    pub transport: TransportName,
    /// The account of ours it was for.
    pub account: AccountName,
    /// When.
    pub received_at: Timestamp,
    /// The body as it came.
    pub body: Vec<u8>,
    /// Why it was not understood. None where it was.
    pub reason: Option<&'static str>,
}

/// An event to keep once.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Its id.
    pub id: EventId,
    /// Whose conversation. None for an envelope that was not understood: the row only catches repeats.
    pub conversation: Option<ConversationId>,
    /// The envelope it was read from. None for events of our own.
    pub envelope: Option<EnvelopeId>,
    /// The transport it came by; `awasir` for events of our own.
    pub transport: TransportName,
    /// The account of ours it was for.
    pub account: AccountName,
    /// The platform's id of it.
    pub external_id: String,
    /// What happened. None only together with no conversation.
    pub event: Option<EventKind>,
    /// When we accepted it.
    pub received_at: Timestamp,
}

/// An inbox row, for staff's eyes and for replay.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its place in the inbox.
    pub seq: i64,
    /// Its id.
    pub id: EventId,
    /// Its conversation. None once erased.
    pub conversation: Option<ConversationId>,
    /// The transport it came by.
    pub transport: TransportName,
    /// The account of ours.
    pub account: AccountName,
    /// The platform's id of it.
    pub external_id: String,
    /// What happened. None where retention or an erasure took it.
    pub event: Option<EventKind>,
    /// When we accepted it.
    pub received_at: Timestamp,
    /// 0 waits, 1 done, 2 parked.
    pub status: i16,
    /// Times it was tried and put back.
    pub attempts: i16,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    id: Uuid,
    conversation_id: Option<Uuid>,
    transport: String,
    account: String,
    external_id: String,
    event: Option<Vec<u8>>,
    received_at: i64,
    status: i16,
    attempts: i16,
    done_at: Option<i64>,
}

impl Tx {
    /// Keeps events and the envelopes of those that are new; a repeat changes nothing. Wakes the turns.
    /// Returns the ids of the new ones.
    pub async fn inbox_insert(
        &mut self,
        envelopes: &[NewEnvelope],
        events: &[NewEvent],
    ) -> Result<HashSet<EventId>, StoreError> {
        let mut fresh = HashSet::new();
        let sealed: Vec<(&NewEvent, Option<Vec<u8>>)> = events
            .iter()
            .map(|event| {
                let bytes =
                    event.event.as_ref().map(|kind| Sealed::seal(&self.ring, EVENT, event.id.0, kind).into_bytes());
                (event, bytes)
            })
            .collect();
        for piece in chunks(&sealed) {
            macro_rules! insert {
                ($t:expr, $text:expr) => {{
                    let mut query = sqlx::query_as(AssertSqlSafe($text));
                    for (event, bytes) in piece {
                        // Without a conversation there is nothing to step.
                        let status: i16 = if event.conversation.is_some() { 0 } else { 1 };
                        query = query
                            .bind(event.id.0)
                            .bind(event.conversation.map(|id| id.0))
                            .bind(event.envelope.map(|id| id.0))
                            .bind(event.transport.as_str())
                            .bind(event.account.as_str())
                            .bind(&event.external_id)
                            .bind(bytes)
                            .bind(event.received_at.as_micros())
                            .bind(event.received_at.as_micros())
                            .bind(status);
                    }
                    query.fetch_all(&mut **$t).await?
                }};
            }
            let rows: Vec<(Uuid,)> = match &mut self.inner {
                Inner::Sqlite(t) => insert!(t, INSERT.sqlite(piece.len())),
                Inner::Postgres(t) => insert!(t, INSERT.postgres(0, piece.len())),
            };
            fresh.extend(rows.into_iter().map(|(id,)| EventId(id)));
        }
        let wanted: HashSet<EnvelopeId> =
            events.iter().filter(|event| fresh.contains(&event.id)).filter_map(|event| event.envelope).collect();
        let kept: Vec<(&NewEnvelope, Vec<u8>)> = envelopes
            .iter()
            .filter(|envelope| wanted.contains(&envelope.id))
            .map(|envelope| (envelope, self.ring.seal(&envelope_context(envelope.id), &envelope.body)))
            .collect();
        on_rows!(self, INSERT_ENVELOPES, &kept, |query, row| query
            .bind(row.0.id.0)
            .bind(row.0.transport.as_str())
            .bind(row.0.account.as_str())
            .bind(row.0.received_at.as_micros())
            .bind(&row.1)
            .bind(row.0.reason));
        if !fresh.is_empty() {
            self.wake(Wake::Turns);
        }
        Ok(fresh)
    }

    /// Marks events as stepped. False where one of them does not wait any more: another process stepped it, or its person
    /// was erased. The transaction must not be committed then.
    pub async fn inbox_done(&mut self, events: &[EventId], now: Timestamp) -> Result<bool, StoreError> {
        let mut done = 0;
        for piece in chunks(events) {
            macro_rules! done {
                ($t:expr, $text:expr) => {{
                    let mut query = sqlx::query(AssertSqlSafe($text)).bind(now.as_micros());
                    for event in piece {
                        query = query.bind(event.0);
                    }
                    done += query.execute(&mut **$t).await?.rows_affected();
                }};
            }
            match &mut self.inner {
                Inner::Sqlite(t) => done!(t, DONE_SQLITE.sqlite(piece.len())),
                Inner::Postgres(t) => done!(t, DONE_POSTGRES.postgres(1, piece.len())),
            }
        }
        Ok(done == events.len() as u64)
    }

    /// Puts an event aside that cannot be stepped, so that the conversation goes on without it.
    pub async fn inbox_park(&mut self, event: EventId, now: Timestamp) -> Result<(), StoreError> {
        on!(self, PARK, |c, q| sqlx::query(q).bind(event.0).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Keeps `event` in the place of what was received, where that held a secret.
    pub async fn inbox_mask(&mut self, id: EventId, event: &EventKind) -> Result<(), StoreError> {
        let sealed = Sealed::seal(&self.ring, EVENT, id.0, event).into_bytes();
        on!(self, MASK, |c, q| sqlx::query(q).bind(id.0).bind(sealed).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Counts a failed step and tries again at `due`.
    pub async fn inbox_retry(&mut self, event: EventId, due: Timestamp) -> Result<(), StoreError> {
        on!(self, RETRY, |c, q| sqlx::query(q).bind(event.0).bind(due.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// One inbox row. None where there is no such event.
    pub async fn inbox_event(&self, id: EventId) -> Result<Option<EventRow>, StoreError> {
        let row: Option<Row> = read!(self, BY_ID, |c, q| sqlx::query_as(q).bind(id.0).fetch_optional(c).await?);
        row.map(|row| self.open_row(row)).transpose()
    }

    /// All of a conversation's inbox, in order.
    pub async fn inbox_of(&self, conversation: ConversationId) -> Result<Vec<EventRow>, StoreError> {
        let rows: Vec<Row> =
            read!(self, BY_CONVERSATION, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.open_row(row)).collect()
    }

    /// When the next waiting event is due. None where none waits.
    pub async fn inbox_next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = read!(self, NEXT_DUE, |c, q| sqlx::query_as(q).fetch_one(c).await?);
        Ok(due.map(Timestamp::from_micros))
    }

    fn open_row(&self, row: Row) -> Result<EventRow, StoreError> {
        Ok(EventRow {
            seq: row.seq,
            id: EventId(row.id),
            conversation: row.conversation_id.map(ConversationId),
            transport: TransportName::owned(row.transport),
            account: AccountName::owned(row.account),
            external_id: row.external_id,
            event: open_event(self.ring(), row.id, row.event)?,
            received_at: Timestamp::from_micros(row.received_at),
            status: row.status,
            attempts: row.attempts,
            done_at: row.done_at.map(Timestamp::from_micros),
        })
    }
}

/// Opens a sealed event. None where there is nothing to open.
pub(super) fn open_event(ring: &KeyRing, id: Uuid, bytes: Option<Vec<u8>>) -> Result<Option<EventKind>, StoreError> {
    bytes
        .map(|bytes| Sealed::from_bytes(bytes).open(ring, EVENT, id))
        .transpose()
        .map_err(|source| StoreError::Seal { column: EVENT, source })
}

fn envelope_context(id: EnvelopeId) -> Vec<u8> {
    [BODY.as_bytes(), b"/", id.0.as_bytes()].concat()
}
