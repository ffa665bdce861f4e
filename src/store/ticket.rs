//! Tickets: matters for officers, with what was said in them, sealed.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx, Wake};
use crate::model::{
    ChannelName, ContactId, ConversationId, RequestId, TicketId, TicketKind, TicketReference, TicketStatus, Timestamp,
    Urgency,
};
use crate::seal::Sealed;
use uuid::Uuid;

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "select id, reference, conversation_id, contact_id, channel, kind, urgency, topic, status, officer, created_at,
                taken_at, closed_at, notified, request_id from tickets ",
            $rest
        )
    };
}

statements! {
    INSERT = Sql::same("insert into tickets (id, reference, conversation_id, contact_id, channel, kind, urgency, topic, status,
        created_at, notify_at, notified, request_id) values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $9, 0, $10)");
    ENTRY = Sql::same("insert into ticket_entries (id, ticket_id, at, author, body) values ($1, $2, $3, $4, $5)");
    FIND = Sql::same(columns!("where reference = $1"));
    OPEN = Sql::same(columns!("where status <> 'closed' order by
        case urgency when 'emergency' then 0 when 'high' then 1 else 2 end, created_at"));
    ALL = Sql::same(columns!("order by created_at desc limit 500"));
    OF_CONTACT = Sql::same(columns!("where contact_id = $1 order by created_at"));
    TO_NOTIFY = Sql { sqlite: columns!("where notify_at <= $1 order by notify_at limit $2"),
        postgres: columns!("where notify_at <= $1 order by notify_at limit $2 for update skip locked") };
    NOTIFIED = Sql::same("update tickets set notify_at = $2, notified = notified + 1 where id = $1 and notify_at is not null");
    TAKE = Sql::same("update tickets set status = 'taken', officer = $2, taken_at = $3, notify_at = null
        where id = $1 and status = 'open'");
    CLOSE = Sql::same("update tickets set status = 'closed', officer = coalesce(officer, $2), closed_at = $3, notify_at = null
        where id = $1 and status <> 'closed'");
    RENOTIFY = Sql::same("update tickets set status = 'open', notify_at = $2 where id = $1 and status <> 'closed'");
    ENTRIES = Sql::same("select id, at, author, body from ticket_entries where ticket_id = $1 order by at, id");
    ABOUT = Sql::same("select count(*) from tickets where request_id = $1 and topic = $2 and status <> 'closed'");
    UNDELIVERED = Sql::same("select count(*) from tickets where conversation_id = $1 and kind = 'undelivered' and status <> 'closed'");
}

const BODY: &str = "ticket_entries.body";

/// A ticket to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket {
    /// Its id.
    pub id: TicketId,
    /// Its number, already told.
    pub reference: TicketReference,
    /// The conversation it came from. None for a task of staff, and for somebody who has no address.
    pub conversation: Option<ConversationId>,
    /// Whose. None where it is nobody's.
    pub contact: Option<ContactId>,
    /// The request it is about, where it is about one.
    pub request: Option<RequestId>,
    /// The channel it came by.
    pub channel: ChannelName,
    /// What it is about.
    pub kind: TicketKind,
    /// How soon somebody should look.
    pub urgency: Urgency,
    /// What it is about in a word, for staff.
    pub topic: Option<String>,
    /// When it was opened.
    pub at: Timestamp,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub reference: TicketReference,
    /// The conversation it came from. None once erased, and where there is none.
    pub conversation: Option<ConversationId>,
    /// Whose. None once erased, and where it is nobody's.
    pub contact: Option<ContactId>,
    /// The request it is about, where it is about one.
    pub request: Option<RequestId>,
    /// The channel it came by.
    pub channel: ChannelName,
    /// What it is about.
    pub kind: TicketKind,
    /// How soon somebody should look.
    pub urgency: Urgency,
    /// What it is about in a word.
    pub topic: Option<String>,
    /// Where it stands.
    pub status: TicketStatus,
    /// Who has it.
    pub officer: Option<String>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was taken.
    pub taken_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Times staff were told of it.
    pub notified: i32,
}

/// Something said in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketEntry {
    /// When.
    pub at: Timestamp,
    /// `person`, `officer:<name>` or `system`.
    pub author: String,
    /// The words. None once erased.
    pub body: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    conversation_id: Option<Uuid>,
    contact_id: Option<Uuid>,
    channel: String,
    kind: String,
    urgency: String,
    topic: Option<String>,
    status: String,
    officer: Option<String>,
    created_at: i64,
    taken_at: Option<i64>,
    closed_at: Option<i64>,
    notified: i32,
    request_id: Option<Uuid>,
}

impl TryFrom<Row> for TicketRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: TicketId(row.id),
            reference: TicketReference::parse(&row.reference).ok_or(StoreError::Word("tickets.reference"))?,
            conversation: row.conversation_id.map(ConversationId),
            contact: row.contact_id.map(ContactId),
            request: row.request_id.map(RequestId),
            channel: ChannelName::owned(row.channel),
            kind: TicketKind::parse(&row.kind).ok_or(StoreError::Word("tickets.kind"))?,
            urgency: Urgency::parse(&row.urgency).ok_or(StoreError::Word("tickets.urgency"))?,
            topic: row.topic,
            status: TicketStatus::parse(&row.status).ok_or(StoreError::Word("tickets.status"))?,
            officer: row.officer,
            created_at: Timestamp::from_micros(row.created_at),
            taken_at: row.taken_at.map(Timestamp::from_micros),
            closed_at: row.closed_at.map(Timestamp::from_micros),
            notified: row.notified,
        })
    }
}

impl Tx {
    /// Opens a ticket. Wakes whoever tells staff.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where its number is taken: step the turn again with the next salt.
    pub async fn ticket_open(&mut self, ticket: &NewTicket) -> Result<(), StoreError> {
        on!(self, INSERT, |c, q| sqlx::query(q)
            .bind(ticket.id.0)
            .bind(ticket.reference.as_str())
            .bind(ticket.conversation.map(|id| id.0))
            .bind(ticket.contact.map(|id| id.0))
            .bind(ticket.channel.as_str())
            .bind(ticket.kind.as_str())
            .bind(ticket.urgency.as_str())
            .bind(&ticket.topic)
            .bind(ticket.at.as_micros())
            .bind(ticket.request.map(|id| id.0))
            .execute(c)
            .await
            .map(drop))?;
        self.wake(Wake::Staff);
        Ok(())
    }

    /// Adds words to a ticket.
    pub async fn ticket_entry(&mut self, id: Uuid, ticket: TicketId, entry: &TicketEntry) -> Result<(), StoreError> {
        let body = entry.body.as_ref().map(|body| Sealed::seal(&self.ring, BODY, id, body).into_bytes());
        on!(self, ENTRY, |c, q| sqlx::query(q)
            .bind(id)
            .bind(ticket.0)
            .bind(entry.at.as_micros())
            .bind(&entry.author)
            .bind(body)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The ticket of a number, read inside the transaction.
    pub async fn ticket_find(&mut self, reference: &TicketReference) -> Result<Option<TicketRow>, StoreError> {
        let row: Option<Row> =
            on!(self, FIND, |c, q| sqlx::query_as(q).bind(reference.as_str()).fetch_optional(c).await?);
        row.map(TicketRow::try_from).transpose()
    }

    /// A person's tickets, the oldest first.
    pub async fn tickets_of_contact(&mut self, contact: ContactId) -> Result<Vec<TicketRow>, StoreError> {
        let rows: Vec<Row> = on!(self, OF_CONTACT, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?);
        rows.into_iter().map(TicketRow::try_from).collect()
    }

    /// Tickets that staff are to be told of now.
    pub async fn tickets_to_notify(&mut self, now: Timestamp, limit: i64) -> Result<Vec<TicketRow>, StoreError> {
        let rows: Vec<Row> =
            on!(self, TO_NOTIFY, |c, q| sqlx::query_as(q).bind(now.as_micros()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(TicketRow::try_from).collect()
    }

    /// Counts that staff are being told, and when they are told again.
    pub async fn ticket_notified(&mut self, ticket: TicketId, again: Timestamp) -> Result<(), StoreError> {
        on!(self, NOTIFIED, |c, q| sqlx::query(q).bind(ticket.0).bind(again.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Gives an open ticket to an officer. False where somebody has it or it is closed.
    pub async fn ticket_take(&mut self, ticket: TicketId, officer: &str, at: Timestamp) -> Result<bool, StoreError> {
        let rows = on!(self, TAKE, |c, q| sqlx::query(q)
            .bind(ticket.0)
            .bind(officer)
            .bind(at.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Closes a ticket. False where it is closed.
    pub async fn ticket_close(&mut self, ticket: TicketId, officer: &str, at: Timestamp) -> Result<bool, StoreError> {
        let rows = on!(self, CLOSE, |c, q| sqlx::query(q)
            .bind(ticket.0)
            .bind(officer)
            .bind(at.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Opens a taken ticket again, since its officer has been silent for too long; staff are told anew.
    pub async fn ticket_reopen(&mut self, ticket: TicketId, at: Timestamp) -> Result<(), StoreError> {
        on!(self, RENOTIFY, |c, q| sqlx::query(q).bind(ticket.0).bind(at.as_micros()).execute(c).await.map(drop))?;
        self.wake(Wake::Staff);
        Ok(())
    }

    /// Whether staff already have an open ticket of this topic about a request.
    pub async fn ticket_about(&mut self, request: RequestId, topic: &str) -> Result<bool, StoreError> {
        let (count,): (i64,) =
            on!(self, ABOUT, |c, q| sqlx::query_as(q).bind(request.0).bind(topic).fetch_one(c).await?);
        Ok(count > 0)
    }

    /// Whether staff already have an open ticket about undelivered replies of this conversation.
    pub async fn ticket_undelivered(&mut self, conversation: ConversationId) -> Result<bool, StoreError> {
        let (count,): (i64,) =
            on!(self, UNDELIVERED, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_one(c).await?);
        Ok(count > 0)
    }
}

impl Store {
    /// Tickets that are not closed, the most urgent first; or, with `all`, the latest 500.
    pub async fn tickets(&self, all: bool) -> Result<Vec<TicketRow>, StoreError> {
        let statement = if all { ALL } else { OPEN };
        let rows: Vec<Row> = read!(self, statement, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        rows.into_iter().map(TicketRow::try_from).collect()
    }

    /// The ticket of a number.
    pub async fn ticket(&self, reference: &TicketReference) -> Result<Option<TicketRow>, StoreError> {
        let row: Option<Row> =
            read!(self, FIND, |c, q| sqlx::query_as(q).bind(reference.as_str()).fetch_optional(c).await?);
        row.map(TicketRow::try_from).transpose()
    }

    /// What was said in a ticket, in order.
    pub async fn ticket_entries(&self, ticket: TicketId) -> Result<Vec<TicketEntry>, StoreError> {
        let rows: Vec<(Uuid, i64, String, Option<Vec<u8>>)> =
            read!(self, ENTRIES, |c, q| sqlx::query_as(q).bind(ticket.0).fetch_all(c).await?);
        rows.into_iter()
            .map(|(id, at, author, body)| {
                let body = body
                    .map(|bytes| Sealed::from_bytes(bytes).open(self.ring(), BODY, id))
                    .transpose()
                    .map_err(|source| StoreError::Seal { column: BODY, source })?;
                Ok(TicketEntry { at: Timestamp::from_micros(at), author, body })
            })
            .collect()
    }
}
