//! Calls under an Idempotency-Key: each happens once, and its answer is repeated.
use super::db::{Sql, on, statements};
use super::{StoreError, Tx};
use crate::model::{ApiKeyId, Timestamp};
use crate::seal::Sealed;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

statements! {
    // Another process may be at the same call: the second does not wait for the first, it is told to come again.
    LOCK = Sql {
        sqlite: "select true where $1 is not null",
        postgres: "select pg_try_advisory_xact_lock(hashtextextended('api_call:' || $1, 0))",
    };
    BEGIN = Sql::same("insert into api_calls (id, key_id, hash, fingerprint, called_at) values ($1, $2, $3, $4, $5)
        on conflict (key_id, hash) do nothing");
    FIND = Sql::same("select id, fingerprint, answer from api_calls where key_id = $1 and hash = $2");
    ANSWER = Sql::same("update api_calls set answer = $2 where id = $1");
    PURGE = Sql::same("delete from api_calls where called_at < $1");
}

const COLUMN: &str = "api_calls.answer";

/// A call under an Idempotency-Key.
#[derive(Debug, Clone)]
pub struct ApiCall {
    /// Its own id.
    pub id: Uuid,
    /// The key that calls.
    pub key: ApiKeyId,
    /// The keyed hash of the Idempotency-Key.
    pub hash: [u8; 32],
    /// The keyed hash of method, path and body.
    pub fingerprint: [u8; 32],
}

/// What is known of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiCallBegun<A> {
    /// It is new: do it, then keep the answer in the same transaction.
    New,
    /// Somebody is at it.
    UnderWay,
    /// The Idempotency-Key belongs to another call.
    Another,
    /// It was done before, and came to this.
    Done(A),
}

/// Its id, fingerprint and answer.
type Row = (Uuid, Vec<u8>, Option<Vec<u8>>);

impl Tx {
    /// Begins a call, unless it was done before. Nothing of it stays where this transaction is not committed.
    pub async fn api_call_begin<A: DeserializeOwned>(
        &mut self,
        call: &ApiCall,
        now: Timestamp,
    ) -> Result<ApiCallBegun<A>, StoreError> {
        let name = format!("{}:{}", call.key, hex::encode(call.hash));
        let free: bool = on!(self, LOCK, |c, q| sqlx::query_scalar(q).bind(&name).fetch_one(c).await?);
        if !free {
            return Ok(ApiCallBegun::UnderWay);
        }
        let new = on!(self, BEGIN, |c, q| sqlx::query(q)
            .bind(call.id)
            .bind(call.key.0)
            .bind(&call.hash[..])
            .bind(&call.fingerprint[..])
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected() > 0))?;
        if new {
            return Ok(ApiCallBegun::New);
        }
        let row: Row =
            on!(self, FIND, |c, q| sqlx::query_as(q).bind(call.key.0).bind(&call.hash[..]).fetch_one(c).await?);
        let (id, fingerprint, answer) = row;
        if fingerprint != call.fingerprint {
            return Ok(ApiCallBegun::Another);
        }
        let Some(answer) = answer else { return Ok(ApiCallBegun::UnderWay) };
        let answer = Sealed::from_bytes(answer).open(&self.ring, COLUMN, id);
        Ok(ApiCallBegun::Done(answer.map_err(|source| StoreError::Seal { column: COLUMN, source })?))
    }

    /// Keeps what a call came to.
    pub async fn api_call_answer<A: Serialize>(&mut self, call: Uuid, answer: &A) -> Result<(), StoreError> {
        let answer = Sealed::seal(&self.ring, COLUMN, call, answer).into_bytes();
        on!(self, ANSWER, |c, q| sqlx::query(q).bind(call).bind(answer).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Forgets calls made before `before`.
    pub async fn api_calls_purge(&mut self, before: Timestamp) -> Result<(), StoreError> {
        on!(self, PURGE, |c, q| sqlx::query(q).bind(before.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }
}
