//! Numbers that people wait for, and numbers that a channel vouches for: keyed hashes only, nothing here can be read.
use super::db::{Sql, on, statements};
use super::request::contact_hash;
use super::{StoreError, Tx};
use crate::model::{Attested, ConversationId, RequestId, Timestamp};
use uuid::Uuid;

statements! {
    SET = Sql::same("insert into watches (conversation_id, hash, set_at, expires_at) values ($1, $2, $3, $4)
        on conflict (conversation_id, hash) do update set set_at = excluded.set_at, expires_at = excluded.expires_at
        where watches.fired_at is null");
    KEEP_LATEST = Sql::same("delete from watches where conversation_id = $1 and fired_at is null and hash not in
        (select hash from watches where conversation_id = $1 and fired_at is null order by set_at desc, hash limit $2)");
    END = Sql::same("delete from watches where conversation_id = $1");
    FIRE = Sql::same("update watches set fired_at = $3, request_id = $4, batch = $5
        where (hash = $1 or hash = $2) and fired_at is null and expires_at > $3 returning conversation_id");
    WOULD_FIRE = Sql::same("select count(distinct conversation_id) from watches
        where (hash = $1 or hash = $2) and fired_at is null and expires_at > $3");
    TAKE_BATCH = Sql::same("update watches set batch = null where batch = $1 returning conversation_id, request_id");
    PURGE = Sql::same("delete from watches where expires_at <= $1 and batch is null");
    ATTEST = Sql::same("insert into attested_contacts (conversation_id, hash, attested_at) values ($1, $2, $3)
        on conflict (conversation_id, hash) do update set attested_at = excluded.attested_at");
    END_ATTESTED = Sql::same("delete from attested_contacts where conversation_id = $1");
    ATTESTED = Sql::same("select c.request_id, c.recorded_at, a.attested_at from attested_contacts a
        join request_contacts c on c.hash = a.hash where a.conversation_id = $1 order by c.recorded_at, c.request_id");
}

/// A contact in a request's file that somebody's channel vouches for as theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttestedMatch {
    /// The request.
    pub request: RequestId,
    /// When the contact was put on file.
    pub recorded_at: Timestamp,
    /// When the channel vouched for it last.
    pub attested_at: Timestamp,
}

impl Tx {
    /// Keeps that an address waits for a number, and of its numbers only the latest `most`.
    pub async fn watch_set(
        &mut self,
        conversation: ConversationId,
        key: &str,
        (at, expires_at): (Timestamp, Timestamp),
        most: i64,
    ) -> Result<(), StoreError> {
        let hash = self.watch_hash(key);
        on!(self, SET, |c, q| sqlx::query(q)
            .bind(conversation.0)
            .bind(&hash)
            .bind(at.as_micros())
            .bind(expires_at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        on!(self, KEEP_LATEST, |c, q| sqlx::query(q).bind(conversation.0).bind(most).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Ends every watch of an address.
    pub async fn watches_end(&mut self, conversation: ConversationId) -> Result<(), StoreError> {
        on!(self, END, |c, q| sqlx::query(q).bind(conversation.0).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Takes the watches of a request that has just arrived, each once. Those of a `batch` wait for its release.
    pub async fn watches_fire(
        &mut self,
        keys: (&str, Option<&str>),
        request: RequestId,
        batch: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let (ours, theirs) = (self.watch_hash(keys.0), self.watch_hash(keys.1.unwrap_or(keys.0)));
        let rows: Vec<(Uuid,)> = on!(self, FIRE, |c, q| sqlx::query_as(q)
            .bind(&ours)
            .bind(&theirs)
            .bind(now.as_micros())
            .bind(request.0)
            .bind(batch)
            .fetch_all(c)
            .await?);
        let mut all: Vec<Uuid> = rows.into_iter().map(|(id,)| id).collect();
        all.sort_unstable();
        all.dedup();
        Ok(all.into_iter().map(ConversationId).collect())
    }

    /// How many people wait for a request that has not arrived yet.
    pub async fn watches_waiting(&mut self, keys: (&str, Option<&str>), now: Timestamp) -> Result<i64, StoreError> {
        let (ours, theirs) = (self.watch_hash(keys.0), self.watch_hash(keys.1.unwrap_or(keys.0)));
        let (count,): (i64,) = on!(self, WOULD_FIRE, |c, q| sqlx::query_as(q)
            .bind(&ours)
            .bind(&theirs)
            .bind(now.as_micros())
            .fetch_one(c)
            .await?);
        Ok(count)
    }

    /// Takes the watches that waited for a batch: whose, and what fired them.
    pub async fn watches_take(&mut self, batch: &str) -> Result<Vec<(ConversationId, RequestId)>, StoreError> {
        let mut rows: Vec<(Uuid, Uuid)> =
            on!(self, TAKE_BATCH, |c, q| sqlx::query_as(q).bind(batch).fetch_all(c).await?);
        rows.sort_unstable();
        rows.dedup();
        Ok(rows.into_iter().map(|(id, request)| (ConversationId(id), RequestId(request))).collect())
    }

    /// Forgets watches whose time is over.
    pub async fn watches_purge(&mut self, now: Timestamp) -> Result<(), StoreError> {
        on!(self, PURGE, |c, q| sqlx::query(q).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Keeps that a channel vouches for a contact of an address.
    pub async fn attest(
        &mut self,
        conversation: ConversationId,
        attested: &Attested,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let hash = contact_hash(&self.ring, attested.kind, &attested.value);
        on!(self, ATTEST, |c, q| sqlx::query(q)
            .bind(conversation.0)
            .bind(hash)
            .bind(at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Forgets what a channel vouched for.
    pub async fn attested_end(&mut self, conversation: ConversationId) -> Result<(), StoreError> {
        on!(self, END_ATTESTED, |c, q| sqlx::query(q).bind(conversation.0).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Contacts on file that the channel of an address vouches for, the oldest on file first.
    pub async fn attested_matches(&mut self, conversation: ConversationId) -> Result<Vec<AttestedMatch>, StoreError> {
        let rows: Vec<(Uuid, i64, i64)> =
            on!(self, ATTESTED, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_all(c).await?);
        let one = |(request, recorded, attested)| AttestedMatch {
            request: RequestId(request),
            recorded_at: Timestamp::from_micros(recorded),
            attested_at: Timestamp::from_micros(attested),
        };
        Ok(rows.into_iter().map(one).collect())
    }

    fn watch_hash(&self, key: &str) -> Vec<u8> {
        self.ring.hash(&[b"watch", key.as_bytes()]).to_vec()
    }
}
