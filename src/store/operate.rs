//! What whoever runs the program wants to know: how old the queues are. Reads partial indexes only, never counts tables.
use super::db::{Sql, read, statements};
use super::{Store, StoreError};
use crate::model::Timestamp;

statements! {
    INBOX_OLDEST = Sql::same("select min(received_at) from (select received_at from inbox where status = 0 order by seq limit 1) w");
    REPLIES_OLDEST = Sql::same("select transport, min(created_at) from deliveries
        where status = 'queued' and lane <> 'notice' group by transport");
    NOTICES_OLDEST = Sql::same("select transport, min(created_at) from deliveries
        where status = 'queued' and lane = 'notice' group by transport");
    UNKNOWN = Sql::same("select count(*) from deliveries where status = 'unknown'");
    LAST_IN = Sql::same("select transport, received_at from inbox where seq = (select max(seq) from inbox)");
}

/// How old the oldest undecided thing of each queue is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueAges {
    /// When the oldest waiting event was accepted.
    pub inbox: Option<Timestamp>,
    /// When the oldest waiting reply or code of each transport was decided.
    pub replies: Vec<(String, Timestamp)>,
    /// When the oldest waiting notice of each transport was decided.
    pub notices: Vec<(String, Timestamp)>,
    /// Parts whose outcome is unknown.
    pub unknown: i64,
}

impl Store {
    /// How old the queues are.
    pub async fn queue_ages(&self) -> Result<QueueAges, StoreError> {
        let (inbox,): (Option<i64>,) = read!(self, INBOX_OLDEST, |c, q| sqlx::query_as(q).fetch_one(c).await?);
        let replies: Vec<(String, i64)> = read!(self, REPLIES_OLDEST, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        let notices: Vec<(String, i64)> = read!(self, NOTICES_OLDEST, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        let (unknown,): (i64,) = read!(self, UNKNOWN, |c, q| sqlx::query_as(q).fetch_one(c).await?);
        let stamped = |rows: Vec<(String, i64)>| {
            rows.into_iter().map(|(transport, at)| (transport, Timestamp::from_micros(at))).collect()
        };
        Ok(QueueAges {
            inbox: inbox.map(Timestamp::from_micros),
            replies: stamped(replies),
            notices: stamped(notices),
            unknown,
        })
    }

    /// The transport and time of the last event that came in. None before the first.
    pub async fn last_event(&self) -> Result<Option<(String, Timestamp)>, StoreError> {
        let row: Option<(String, i64)> = read!(self, LAST_IN, |c, q| sqlx::query_as(q).fetch_optional(c).await?);
        Ok(row.map(|(transport, at)| (transport, Timestamp::from_micros(at))))
    }
}
