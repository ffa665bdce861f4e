//! Retention: words past their time are destroyed, rows and keys that catch repeats stay.
use super::db::{Sql, on, statements};
use super::{StoreError, Tx};
use crate::model::Timestamp;

/// Rows are written in the order of their times, so what is old lies before the first young row: only that much is read.
macro_rules! older {
    ($table:literal, $time:literal) => {
        concat!(
            "seq < coalesce((select seq from ",
            $table,
            " where ",
            $time,
            " >= $1 order by seq limit 1), 9223372036854775807)"
        )
    };
}

statements! {
    ENVELOPES = Sql::same("update envelopes set body = null where body is not null and received_at < $1");
    EVENTS = Sql::same(concat!("update inbox set event = null where event is not null and status <> 0 and ", older!("inbox", "received_at")));
    ANSWERS = Sql::same(concat!("update turns set answers = null where answers is not null and ", older!("turns", "stepped_at")));
    DELIVERIES = Sql::same(concat!("update deliveries set payload = null, error = null where payload is not null
        and status not in ('queued', 'sending', 'unknown') and ", older!("deliveries", "created_at")));
    ENTRIES = Sql::same("update ticket_entries set body = null where body is not null and at < $1
        and ticket_id in (select id from tickets where status = 'closed')");
    STATES = Sql::same("delete from conversations where updated_at < $1 and owner = 'bot'");
    LEFTOVERS = Sql::same("update deliveries set payload = null, conversation_id = null
        where settled_at < $1 and conversation_id in (select conversation_id from erasures)");
}

impl Tx {
    /// Destroys raw bodies received before `before`. Returns how many went.
    pub async fn purge_bodies(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        self.purge(ENVELOPES, before).await
    }

    /// Destroys what was written, answered and noted before `before`: events that were stepped, what the database answered to
    /// their turns, parts that were settled, entries of closed tickets, and the state of conversations not used since, which
    /// begin anew.
    pub async fn purge_texts(&mut self, before: Timestamp) -> Result<(), StoreError> {
        for sql in [EVENTS, ANSWERS, DELIVERIES, ENTRIES, STATES] {
            self.purge(sql, before).await?;
        }
        Ok(())
    }

    /// Destroys what an erasure left to be sent and was settled before `before`.
    pub async fn purge_leftovers(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.purge(LEFTOVERS, before).await.map(drop)
    }

    async fn purge(&mut self, sql: Sql, before: Timestamp) -> Result<u64, StoreError> {
        Ok(on!(self, sql, |c, q| {
            sqlx::query(q).bind(before.as_micros()).execute(c).await.map(|done| done.rows_affected())
        })?)
    }
}
