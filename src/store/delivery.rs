//! The outbox: parts on their way, their tries and outcomes.
use super::db::{Inner, Sql, on, on_rows, statements};
use super::rows::{Rows, chunks};
use super::{StoreError, Tx, Wake};
use crate::model::{
    AccountName, ConversationId, DeliveryId, DeliveryStatus, Lane, MessageId, OutboundPart, Timestamp, TransportName,
};
use crate::seal::{KeyRing, Sealed};
use sqlx::AssertSqlSafe;
use std::collections::HashSet;
use uuid::Uuid;

/// Due parts of one transport in order of birth. An earlier part of the same conversation that waits or is under way holds
/// the later ones back; `$order` says which lanes count as earlier.
macro_rules! claim {
    ($lane:literal, $order:literal, $lock:literal) => {
        concat!(
            "with c as materialized (select d.seq from deliveries d
                where d.status = 'queued' and d.transport = $1 and d.account = $2 and d.due_at <= $3 and ", $lane, "
                and not exists (select 1 from deliveries p where p.conversation_id = d.conversation_id
                    and p.seq < d.seq and p.status in ('queued', 'sending') and ", $order, ")
                and not exists (select 1 from pauses u where u.transport = d.transport and u.account = d.account and u.until > $3)
                order by d.seq limit $5", $lock, ")
            update deliveries set status = 'sending', attempt = attempt + 1, attempted_at = $3, lease_until = $4
            where seq in (select seq from c)
            returning seq, id, message_id, conversation_id, lane, part, payload, attempt, maybe_repeated, created_at"
        )
    };
}

statements! {
    CLAIM_REPLIES = Sql {
        sqlite: claim!("d.lane <> 'notice'", "p.lane <> 'notice'", ""),
        postgres: claim!("d.lane <> 'notice'", "p.lane <> 'notice'", " for update of d skip locked"),
    };
    CLAIM_NOTICES = Sql {
        sqlite: claim!("d.lane = 'notice'", "true", ""),
        postgres: claim!("d.lane = 'notice'", "true", " for update of d skip locked"),
    };
    SWEEP = Sql::same("update deliveries set status = 'unknown', error = 'lost', due_at = attempted_at + $2
        where status = 'sending' and lease_until < $1
        returning seq, id, message_id, conversation_id, lane, part, payload, attempt, maybe_repeated, created_at");
    UNKNOWN = Sql::same("select seq, id, message_id, conversation_id, lane, part, payload, attempt, maybe_repeated, created_at
        from deliveries where status = 'unknown' and transport = $1 and account = $2 and due_at <= $3 order by seq limit $4");
    AGAIN = Sql::same("update deliveries set status = 'queued', maybe_repeated = true, due_at = $2
        where id = $1 and status = 'unknown'");
    PAUSE = Sql::same("insert into pauses (transport, account, until, reason) values ($1, $2, $3, $4)
        on conflict (transport, account) do update set until = excluded.until, reason = excluded.reason");
    PAUSED = Sql::same("select transport, account from pauses where until > $1");
    UNPAUSE = Sql::same("delete from pauses where transport = $1 and account = $2");
    RELEASE = Sql::same("update deliveries set status = 'queued', attempt = attempt - 1, lease_until = null
        where id = $1 and attempt = $2 and status = 'sending'");
}

const INSERT: Rows = Rows {
    head: "insert into deliveries (id, message_id, conversation_id, transport, account, lane, part, payload, status, attempt,
        attempted_at, lease_until, due_at, maybe_repeated, created_at) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?)",
    typed: None,
    tail: "",
};
/// Only the try that is under way may settle: a late word about an older one changes nothing.
const SETTLE: Rows = Rows {
    head: "with v(id, attempt, status, due_at, provider_id, error, settled_at) as (values ",
    row: "(?, ?, ?, ?, ?, ?, ?)",
    typed: Some("(?::uuid, ?::int4, ?::text, ?::int8, ?::text, ?::text, ?::int8)"),
    tail: ") update deliveries set status = v.status, due_at = v.due_at, provider_id = coalesce(v.provider_id, deliveries.provider_id),
        error = v.error, settled_at = v.settled_at, lease_until = null
        from v where deliveries.id = v.id and deliveries.attempt = v.attempt and deliveries.status in ('sending', 'unknown')",
};
const BEFORE: Rows = Rows {
    head: "select distinct conversation_id from deliveries where status in ('queued', 'sending') and lane <> 'notice'
        and conversation_id in (",
    row: "?",
    typed: None,
    tail: ")",
};
const WAITING: Rows = Rows {
    head: "select count(*) from (select 1 from deliveries where status = 'queued' and conversation_id in (",
    row: "?",
    typed: None,
    tail: ") limit 1) w",
};
const ATTEMPT: Rows = Rows {
    head: "insert into attempts (delivery_id, attempt, started_at, ended_at, outcome, detail) values ",
    row: "(?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: " on conflict (delivery_id, attempt) do update set ended_at = excluded.ended_at, outcome = excluded.outcome,
        detail = excluded.detail",
};

const PAYLOAD: &str = "deliveries.payload";

/// A part to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// What is sent; its `delivery` is the row's id.
    pub part: OutboundPart,
    /// The message it is a part of.
    pub message: MessageId,
    /// The transport that sends it.
    pub transport: TransportName,
    /// The account that sends it.
    pub account: AccountName,
    /// The queue it waits in.
    pub lane: Lane,
    /// Its place in the message, from 0.
    pub place: u16,
    /// When it was decided.
    pub at: Timestamp,
    /// When it may leave.
    pub due_at: Timestamp,
    /// When its first try begins and until when it is this process's. None: it waits to be claimed.
    pub first_try: Option<(Timestamp, Timestamp)>,
}

/// A part that this process is to send now, or whose outcome it is to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// The message it is a part of.
    pub message: MessageId,
    /// The queue it waited in.
    pub lane: Lane,
    /// What is sent.
    pub part: OutboundPart,
    /// Which try this is, from 1. Already written down.
    pub attempt: i32,
    /// Whether an earlier try may have gone through.
    pub maybe_repeated: bool,
    /// When it was decided.
    pub created_at: Timestamp,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// Which try.
    pub attempt: i32,
    /// When the try began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// `accepted`, `retry`, `unknown`, `rejected`, `gone`, `window_closed`, `misconfigured`, `lost`.
    pub outcome: &'static str,
    /// The platform's code, or what else is worth knowing. Never contents.
    pub detail: Option<String>,
    /// Where the delivery stands now.
    pub status: DeliveryStatus,
    /// When it is looked at again, where it is queued or unknown.
    pub due_at: Timestamp,
    /// The platform's id.
    pub provider_id: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    seq: i64,
    id: Uuid,
    message_id: Uuid,
    lane: String,
    payload: Option<Vec<u8>>,
    attempt: i32,
    maybe_repeated: bool,
    created_at: i64,
}

impl Tx {
    /// Puts parts in the outbox. Wakes the deliveries where one of them waits to be claimed.
    pub async fn deliveries_insert(&mut self, all: &[NewDelivery]) -> Result<(), StoreError> {
        let sealed: Vec<(&NewDelivery, Vec<u8>)> = all
            .iter()
            .map(|one| (one, Sealed::seal(&self.ring, PAYLOAD, one.part.delivery.0, &one.part).into_bytes()))
            .collect();
        on_rows!(self, INSERT, &sealed, |query, row| query
            .bind(row.0.part.delivery.0)
            .bind(row.0.message.0)
            // A code to a contact on file belongs to no conversation: nobody's chat or export may show it.
            .bind((!row.0.part.conversation.0.is_nil()).then_some(row.0.part.conversation.0))
            .bind(row.0.transport.as_str())
            .bind(row.0.account.as_str())
            .bind(row.0.lane.as_str())
            .bind(i16::try_from(row.0.place).unwrap_or(i16::MAX))
            .bind(&row.1)
            .bind(if row.0.first_try.is_some() { DeliveryStatus::Sending } else { DeliveryStatus::Queued }.as_str())
            .bind(i32::from(row.0.first_try.is_some()))
            .bind(row.0.first_try.map(|(begins, _)| begins.as_micros()))
            .bind(row.0.first_try.map(|(_, lease)| lease.as_micros()))
            .bind(row.0.due_at.as_micros())
            .bind(row.0.at.as_micros()));
        if all.iter().any(|one| one.first_try.is_none()) {
            self.wake(Wake::Deliveries);
        }
        Ok(())
    }

    /// Takes at most `limit` due parts of a transport until `lease`, and writes down that a try of each begins now.
    pub async fn deliveries_claim(
        &mut self,
        (transport, account): (&TransportName, &AccountName),
        notices: bool,
        now: Timestamp,
        lease: Timestamp,
        limit: i64,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let statement = if notices { CLAIM_NOTICES } else { CLAIM_REPLIES };
        let rows: Vec<ClaimRow> = on!(self, statement, |c, q| sqlx::query_as(q)
            .bind(transport.as_str())
            .bind(account.as_str())
            .bind(now.as_micros())
            .bind(lease.as_micros())
            .bind(limit)
            .fetch_all(c)
            .await?);
        self.open_claims(rows)
    }

    /// Takes back what a crashed process had claimed: its outcome is unknown, to be looked at `wait` micros after the try.
    pub async fn deliveries_sweep(&mut self, now: Timestamp, wait: i64) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let rows: Vec<ClaimRow> =
            on!(self, SWEEP, |c, q| sqlx::query_as(q).bind(now.as_micros()).bind(wait).fetch_all(c).await?);
        self.open_claims(rows)
    }

    /// Parts whose outcome is unknown and whose time has come.
    pub async fn deliveries_unknown(
        &mut self,
        (transport, account): (&TransportName, &AccountName),
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let rows: Vec<ClaimRow> = on!(self, UNKNOWN, |c, q| sqlx::query_as(q)
            .bind(transport.as_str())
            .bind(account.as_str())
            .bind(now.as_micros())
            .bind(limit)
            .fetch_all(c)
            .await?);
        self.open_claims(rows)
    }

    fn open_claims(&self, mut rows: Vec<ClaimRow>) -> Result<Vec<ClaimedDelivery>, StoreError> {
        // Rows of an update come back in any order.
        rows.sort_by_key(|row| row.seq);
        rows.into_iter()
            .filter_map(|row| {
                // What was erased while it waited is not sent.
                let part = open_part(&self.ring, row.id, row.payload?);
                Some(part.and_then(|part| {
                    Ok(ClaimedDelivery {
                        message: MessageId(row.message_id),
                        lane: Lane::parse(&row.lane).ok_or(StoreError::Word("deliveries.lane"))?,
                        part,
                        attempt: row.attempt,
                        maybe_repeated: row.maybe_repeated,
                        created_at: Timestamp::from_micros(row.created_at),
                    })
                }))
            })
            .collect()
    }

    /// Keeps what became of tries.
    pub async fn deliveries_settle(&mut self, all: &[Settlement]) -> Result<(), StoreError> {
        on_rows!(self, SETTLE, all, |query, row| query
            .bind(row.delivery.0)
            .bind(row.attempt)
            .bind(row.status.as_str())
            .bind(row.due_at.as_micros())
            .bind(&row.provider_id)
            .bind((row.outcome != "accepted").then(|| row.detail.as_deref().unwrap_or(row.outcome)))
            .bind(
                (!matches!(row.status, DeliveryStatus::Queued | DeliveryStatus::Unknown))
                    .then_some(row.ended_at.as_micros())
            ));
        on_rows!(self, ATTEMPT, all, |query, row| query
            .bind(row.delivery.0)
            .bind(row.attempt)
            .bind(row.started_at.as_micros())
            .bind(row.ended_at.as_micros())
            .bind(row.outcome)
            .bind(&row.detail));
        Ok(())
    }

    /// Those of the conversations to which a reply waits or is under way: what comes later must wait for it.
    pub async fn deliveries_before(
        &mut self,
        conversations: &[ConversationId],
    ) -> Result<HashSet<ConversationId>, StoreError> {
        let mut before = HashSet::new();
        for piece in chunks(conversations) {
            macro_rules! before {
                ($t:expr, $text:expr) => {{
                    let mut query = sqlx::query_scalar(AssertSqlSafe($text));
                    for conversation in piece {
                        query = query.bind(conversation.0);
                    }
                    query.fetch_all(&mut **$t).await?
                }};
            }
            let found: Vec<Uuid> = match &mut self.inner {
                Inner::Sqlite(t) => before!(t, BEFORE.sqlite(piece.len())),
                Inner::Postgres(t) => before!(t, BEFORE.postgres(0, piece.len())),
            };
            before.extend(found.into_iter().map(ConversationId));
        }
        Ok(before)
    }

    /// Accounts whose deliveries are held.
    pub async fn accounts_paused(&mut self, now: Timestamp) -> Result<HashSet<(String, String)>, StoreError> {
        let held: Vec<(String, String)> =
            on!(self, PAUSED, |c, q| sqlx::query_as(q).bind(now.as_micros()).fetch_all(c).await?);
        Ok(held.into_iter().collect())
    }

    /// Whether a part to one of these conversations waits to be sent.
    pub async fn deliveries_wait(&mut self, conversations: &[ConversationId]) -> Result<bool, StoreError> {
        for piece in chunks(conversations) {
            macro_rules! any {
                ($t:expr, $text:expr) => {{
                    let mut query = sqlx::query_scalar(AssertSqlSafe($text));
                    for conversation in piece {
                        query = query.bind(conversation.0);
                    }
                    query.fetch_one(&mut **$t).await?
                }};
            }
            let waiting: i64 = match &mut self.inner {
                Inner::Sqlite(t) => any!(t, WAITING.sqlite(piece.len())),
                Inner::Postgres(t) => any!(t, WAITING.postgres(0, piece.len())),
            };
            if waiting > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sends a part of unknown outcome once more, marked as maybe repeated. False where it was settled meanwhile.
    pub async fn delivery_again(&mut self, id: DeliveryId, due: Timestamp) -> Result<bool, StoreError> {
        let rows = on!(self, AGAIN, |c, q| sqlx::query(q)
            .bind(id.0)
            .bind(due.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Gives back a part whose call was never begun: as if it had not been claimed.
    pub async fn delivery_release(&mut self, id: DeliveryId, attempt: i32) -> Result<(), StoreError> {
        on!(self, RELEASE, |c, q| sqlx::query(q).bind(id.0).bind(attempt).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Holds an account's deliveries until a moment.
    pub async fn account_pause(
        &mut self,
        (transport, account): (&TransportName, &AccountName),
        until: Timestamp,
        reason: &str,
    ) -> Result<(), StoreError> {
        on!(self, PAUSE, |c, q| sqlx::query(q)
            .bind(transport.as_str())
            .bind(account.as_str())
            .bind(until.as_micros())
            .bind(reason)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Lets an account's deliveries go again.
    pub async fn account_unpause(
        &mut self,
        (transport, account): (&TransportName, &AccountName),
    ) -> Result<(), StoreError> {
        on!(self, UNPAUSE, |c, q| {
            sqlx::query(q).bind(transport.as_str()).bind(account.as_str()).execute(c).await.map(drop)
        })?;
        Ok(())
    }
}

/// Opens a sealed part.
pub(super) fn open_part(ring: &KeyRing, id: Uuid, bytes: Vec<u8>) -> Result<OutboundPart, StoreError> {
    Sealed::from_bytes(bytes).open(ring, PAYLOAD, id).map_err(|source| StoreError::Seal { column: PAYLOAD, source })
}
