//! Claiming: the oldest waiting event of each conversation, with all that a turn needs to know.
use super::address::open_value;
use super::db::{Sql, on, statements};
use super::inbox::{EVENT, open_event};
use super::{Database, Store, StoreError, Tx};
use crate::engine::Conversation;
use crate::model::{AccountName, ChannelName, ContactId, ConversationId, EventId, EventKind, Timestamp, TransportName};
use crate::seal::KeyRing;
use uuid::Uuid;

/// The oldest waiting event of each conversation, oldest first.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "select i.seq, i.id, i.conversation_id, i.event, i.received_at, i.attempts, a.contact_id, a.channel, a.transport,
                a.account, a.value, c.state
             from inbox i join addresses a on a.id = i.conversation_id
             left join conversations c on c.id = i.conversation_id
             where i.status = 0 and i.due_at <= $1
               and not exists (select 1 from inbox p
                   where p.conversation_id = i.conversation_id and p.status = 0 and p.seq < i.seq)
             order by i.seq limit $2",
            $lock
        )
    };
}

statements! {
    // On PostgreSQL the rows stay locked until the commit, so that no other process steps the same conversation.
    CLAIM = Sql { sqlite: claim!(""), postgres: claim!(" for update of i skip locked") };
}

/// An event to be stepped, with all that a step needs.
#[derive(Debug, Clone)]
pub struct ClaimedEvent {
    /// Its place in the inbox.
    pub seq: i64,
    /// Its id.
    pub id: EventId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub contact: ContactId,
    /// The channel.
    pub channel: ChannelName,
    /// The transport that answers.
    pub transport: TransportName,
    /// The account that answers.
    pub account: AccountName,
    /// The person's id there.
    pub to: String,
    /// What happened.
    pub event: EventKind,
    /// When we accepted it.
    pub received_at: Timestamp,
    /// Times it was tried before.
    pub attempts: u16,
    /// The conversation's state. The default where it has none yet.
    pub state: Conversation,
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    seq: i64,
    id: Uuid,
    conversation_id: Uuid,
    event: Option<Vec<u8>>,
    received_at: i64,
    attempts: i16,
    contact_id: Uuid,
    channel: String,
    transport: String,
    account: String,
    value: Vec<u8>,
    state: Option<Vec<u8>>,
}

impl Tx {
    /// Takes the oldest waiting event of each of at most `limit` conversations, oldest first. On PostgreSQL they are locked
    /// until the commit and others' are passed over; none where nothing waits.
    pub async fn inbox_claim(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<Result<ClaimedEvent, (EventId, StoreError)>>, StoreError> {
        let rows: Vec<ClaimRow> =
            on!(self, CLAIM, |c, q| sqlx::query_as(q).bind(now.as_micros()).bind(limit).fetch_all(c).await?);
        Ok(open_claims(&self.ring, rows))
    }
}

impl Store {
    /// What [`Tx::inbox_claim`] would claim, read without holding the one writer of SQLite while it is stepped: whoever writes
    /// what came of it finds out by [`Tx::inbox_done`] whether it still waits. None on PostgreSQL, whose claims lock rows, not
    /// the database.
    pub async fn inbox_look(
        &self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Option<Vec<Result<ClaimedEvent, (EventId, StoreError)>>>, StoreError> {
        // On the writer's connection, between two of its transactions: a reader's pages are stale after every commit, and all
        // of them would be read from the file again for every group.
        let Database::Sqlite { writer, .. } = self.database() else { return Ok(None) };
        let query = sqlx::query_as(CLAIM.sqlite).bind(now.as_micros()).bind(limit);
        Ok(Some(open_claims(self.ring(), query.fetch_all(writer).await?)))
    }
}

/// The rows of a claim, each opened or with its fault.
fn open_claims(ring: &KeyRing, mut rows: Vec<ClaimRow>) -> Vec<Result<ClaimedEvent, (EventId, StoreError)>> {
    rows.sort_by_key(|row| row.seq);
    let open = |row: ClaimRow| {
        let id = EventId(row.id);
        open_claim(ring, row).map_err(|error| (id, error))
    };
    rows.into_iter().map(open).collect()
}

fn open_claim(ring: &KeyRing, row: ClaimRow) -> Result<ClaimedEvent, StoreError> {
    Ok(ClaimedEvent {
        seq: row.seq,
        id: EventId(row.id),
        conversation: ConversationId(row.conversation_id),
        contact: ContactId(row.contact_id),
        channel: ChannelName::owned(row.channel),
        transport: TransportName::owned(row.transport),
        account: AccountName::owned(row.account),
        to: open_value(ring, row.conversation_id, row.value)?,
        event: open_event(ring, row.id, row.event)?.ok_or(StoreError::Word(EVENT))?,
        received_at: Timestamp::from_micros(row.received_at),
        attempts: u16::try_from(row.attempts).unwrap_or(0),
        state: super::conversation::open_state(ring, row.conversation_id, row.state)?,
    })
}
