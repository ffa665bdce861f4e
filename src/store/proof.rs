//! Proofs: references that were named, codes that were sent, who showed what on which address.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{ConversationId, DeliveryId, LocaleTag, RequestFacts, RequestId, Timestamp};
use crate::seal::Sealed;
use uuid::Uuid;

macro_rules! asks {
    ($lock:literal) => {
        concat!(
            "select id, conversation_id, keys, locale, asked_at from proof_asks where done_at is null
            order by asked_at limit $1",
            $lock
        )
    };
}

statements! {
    ASK = Sql::same("insert into proof_asks (id, conversation_id, keys, locale, asked_at) values ($1, $2, $3, $4, $5)");
    ASKS = Sql { sqlite: asks!(""), postgres: asks!(" for update skip locked") };
    ASK_DONE = Sql::same("update proof_asks set done_at = $2 where id = $1");
    CODE = Sql::same("insert into proof_codes (id, conversation_id, request_id, hash, sent_at, expires_at, delivery_id,
        tries) values ($1, $2, $3, $4, $5, $6, $7, 0)");
    CODES = Sql::same("select id, request_id, hash from proof_codes where conversation_id = $1 and expires_at > $2
        and used_at is null and tries < $3 order by sent_at desc");
    TRIED = Sql::same("update proof_codes set tries = tries + 1 where conversation_id = $1 and used_at is null and expires_at > $2");
    USED = Sql::same("update proof_codes set used_at = $2 where id = $1");
    ASKED_BY = Sql::same("select count(*), count(case when request_id = $2 then 1 end) from proof_codes
        where conversation_id = $1 and sent_at > $3");
    SPEND = Sql::same("insert into code_budgets (id, request_id, pool, spent_at) values ($1, $2, $3, $4)");
    SPENT = Sql::same("select count(*) from code_budgets where request_id = $1 and pool = $2 and spent_at > $3");
    SPENT_PURGE = Sql::same("delete from code_budgets where spent_at < $1");
    EVER_PROVED = Sql::same("select count(*) from proofs where conversation_id = $1 and request_id = $2");
    CODE_OVER = Sql::same("update deliveries set payload = null, status = case when status in ('queued', 'unknown')
        then 'superseded' else status end where id = (select delivery_id from proof_codes where id = $1)");
    CODES_OVER = Sql::same("update deliveries set payload = null, status = case when status in ('queued', 'unknown')
        then 'superseded' else status end where lane = 'code' and payload is not null and created_at <= $1 and status <> 'sending'");
    LOCK = Sql::same("select failures, level, until from proof_locks where conversation_id = $1");
    SET_LOCK = Sql::same("insert into proof_locks (conversation_id, failures, level, until) values ($1, $2, $3, $4)
        on conflict (conversation_id) do update set failures = excluded.failures, level = excluded.level, until = excluded.until");
    PROVE = Sql::same("insert into proofs (conversation_id, request_id, method, proved_at, expires_at, ended_at)
        values ($1, $2, $3, $4, $5, null) on conflict (conversation_id, request_id)
        do update set method = excluded.method, proved_at = excluded.proved_at, expires_at = excluded.expires_at, ended_at = null");
    END = Sql::same("update proofs set ended_at = $2 where conversation_id = $1 and ended_at is null");
    OF = Sql::same("select request_id, expires_at from proofs where conversation_id = $1 and ended_at is null
        order by proved_at desc limit $2");
    HOLD = Sql::same("insert into held_notices (batch, conversation_id, request_id, held_at) values ($1, $2, $3, $4)
        on conflict (batch, conversation_id, request_id) do nothing");
    HELD = Sql::same("select h.batch, a.channel, count(distinct h.conversation_id), min(h.held_at) from held_notices h
        join addresses a on a.id = h.conversation_id group by h.batch, a.channel order by h.batch, a.channel");
    TAKE_HELD = Sql::same("delete from held_notices where batch = $1 returning conversation_id");
    BY_REQUEST = Sql::same("select conversation_id from proofs where request_id = $1 and ended_at is null");
}

const KEYS: &str = "proof_asks.keys";

/// References that somebody named and that are to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofAsk {
    /// Its id.
    pub id: Uuid,
    /// Who named them.
    pub conversation: ConversationId,
    /// What they are compared by, the likeliest first.
    pub keys: Vec<String>,
    /// The language of the person.
    pub locale: LocaleTag,
    /// When.
    pub at: Timestamp,
}

/// Notices that wait to be released, of one batch on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldNotices {
    /// The batch.
    pub batch: String,
    /// The channel.
    pub channel: String,
    /// How many people.
    pub people: i64,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Notices that wait to be released.
    pub async fn notices_held(&self) -> Result<Vec<HeldNotices>, StoreError> {
        let rows: Vec<(String, String, i64, i64)> = read!(self, HELD, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        let held = |(batch, channel, people, since)| HeldNotices {
            batch,
            channel,
            people,
            since: Timestamp::from_micros(since),
        };
        Ok(rows.into_iter().map(held).collect())
    }
}

/// How often an address was wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProofLock {
    /// Wrong codes since the last lock or success.
    pub failures: i16,
    /// How often it was locked.
    pub level: i16,
    /// Until when it may try none.
    pub until: Option<Timestamp>,
}

impl Tx {
    /// Keeps references to be looked up.
    pub async fn proof_ask(&mut self, ask: &ProofAsk) -> Result<(), StoreError> {
        let keys = Sealed::seal(&self.ring, KEYS, ask.id, &ask.keys).into_bytes();
        on!(self, ASK, |c, q| sqlx::query(q)
            .bind(ask.id)
            .bind(ask.conversation.0)
            .bind(keys)
            .bind(ask.locale.as_str())
            .bind(ask.at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        self.wake(super::Wake::Proofs);
        Ok(())
    }

    /// References that wait to be looked up, the oldest first. One that does not open is left out and done.
    pub async fn proof_asks(&mut self, most: i64, now: Timestamp) -> Result<Vec<ProofAsk>, StoreError> {
        type Row = (Uuid, Uuid, Vec<u8>, String, i64);
        let rows: Vec<Row> = on!(self, ASKS, |c, q| sqlx::query_as(q).bind(most).fetch_all(c).await?);
        let mut asks = Vec::with_capacity(rows.len());
        for (id, conversation, keys, locale, at) in rows {
            self.proof_ask_done(id, now).await?;
            let keys = Sealed::from_bytes(keys).open(&self.ring, KEYS, id);
            let Ok(keys) = keys else { continue };
            let (conversation, locale) = (ConversationId(conversation), LocaleTag::new(locale));
            asks.push(ProofAsk { id, conversation, keys, locale, at: Timestamp::from_micros(at) });
        }
        Ok(asks)
    }

    async fn proof_ask_done(&mut self, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        on!(self, ASK_DONE, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Keeps a code that is about to be sent, by the delivery `delivery` where it is one.
    pub async fn proof_code(
        &mut self,
        (id, delivery): (Uuid, Option<DeliveryId>),
        (conversation, request): (ConversationId, RequestId),
        hash: &[u8],
        (sent_at, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        on!(self, CODE, |c, q| sqlx::query(q)
            .bind(id)
            .bind(conversation.0)
            .bind(request.0)
            .bind(hash)
            .bind(sent_at.as_micros())
            .bind(expires_at.as_micros())
            .bind(delivery.map(|delivery| delivery.0))
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Codes of an address that may still be tried: id, request, hash.
    pub async fn proof_codes(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
        tries: i16,
    ) -> Result<Vec<(Uuid, RequestId, Vec<u8>)>, StoreError> {
        let rows: Vec<(Uuid, Uuid, Vec<u8>)> = on!(self, CODES, |c, q| sqlx::query_as(q)
            .bind(conversation.0)
            .bind(now.as_micros())
            .bind(tries)
            .fetch_all(c)
            .await?);
        Ok(rows.into_iter().map(|(id, request, hash)| (id, RequestId(request), hash)).collect())
    }

    /// Counts a wrong code against all that wait for one.
    pub async fn proof_tried(&mut self, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
        let id = conversation.0;
        on!(self, TRIED, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// A code is good once; the text it went out with is destroyed.
    pub async fn proof_used(&mut self, code: Uuid, now: Timestamp) -> Result<(), StoreError> {
        on!(self, USED, |c, q| sqlx::query(q).bind(code).bind(now.as_micros()).execute(c).await.map(drop))?;
        on!(self, CODE_OVER, |c, q| sqlx::query(q).bind(code).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Destroys the texts of codes that were made at `until` or before: their time is over, whatever became of them.
    pub async fn codes_over(&mut self, until: Timestamp) -> Result<(), StoreError> {
        on!(self, CODES_OVER, |c, q| sqlx::query(q).bind(until.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Codes that an address had since `since`: of all requests, and of this one.
    pub async fn codes_asked_by(
        &mut self,
        conversation: ConversationId,
        request: RequestId,
        since: Timestamp,
    ) -> Result<(i64, i64), StoreError> {
        Ok(on!(self, ASKED_BY, |c, q| sqlx::query_as(q)
            .bind(conversation.0)
            .bind(request.0)
            .bind(since.as_micros())
            .fetch_one(c)
            .await?))
    }

    /// Takes one code of a request's budget.
    pub async fn code_spend(
        &mut self,
        id: Uuid,
        request: RequestId,
        pool: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        on!(self, SPEND, |c, q| sqlx::query(q)
            .bind(id)
            .bind(request.0)
            .bind(pool)
            .bind(at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Codes of a request's budget that were taken since `since`.
    pub async fn codes_spent(&mut self, request: RequestId, pool: &str, since: Timestamp) -> Result<i64, StoreError> {
        let (count,): (i64,) = on!(self, SPENT, |c, q| sqlx::query_as(q)
            .bind(request.0)
            .bind(pool)
            .bind(since.as_micros())
            .fetch_one(c)
            .await?);
        Ok(count)
    }

    /// Forgets budgets that count no more.
    pub async fn codes_spent_purge(&mut self, before: Timestamp) -> Result<(), StoreError> {
        on!(self, SPENT_PURGE, |c, q| sqlx::query(q).bind(before.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Whether a request was ever proved on an address, also where that has run out or was ended.
    pub async fn ever_proved(&mut self, conversation: ConversationId, request: RequestId) -> Result<bool, StoreError> {
        let (count,): (i64,) =
            on!(self, EVER_PROVED, |c, q| sqlx::query_as(q).bind(conversation.0).bind(request.0).fetch_one(c).await?);
        Ok(count > 0)
    }

    /// How often an address was wrong.
    pub async fn proof_lock(&mut self, conversation: ConversationId) -> Result<ProofLock, StoreError> {
        let row: Option<(i16, i16, Option<i64>)> =
            on!(self, LOCK, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_optional(c).await?);
        let until = |at: Option<i64>| at.map(Timestamp::from_micros);
        Ok(row.map_or_else(ProofLock::default, |(failures, level, at)| ProofLock { failures, level, until: until(at) }))
    }

    /// Keeps how often an address was wrong.
    pub async fn proof_lock_put(&mut self, conversation: ConversationId, lock: ProofLock) -> Result<(), StoreError> {
        on!(self, SET_LOCK, |c, q| sqlx::query(q)
            .bind(conversation.0)
            .bind(lock.failures)
            .bind(lock.level)
            .bind(lock.until.map(Timestamp::as_micros))
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Keeps that a request is proved to belong to an address.
    pub async fn prove(
        &mut self,
        (conversation, request): (ConversationId, RequestId),
        method: &str,
        (at, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        on!(self, PROVE, |c, q| sqlx::query(q)
            .bind(conversation.0)
            .bind(request.0)
            .bind(method)
            .bind(at.as_micros())
            .bind(expires_at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Ends every proof of an address.
    pub async fn proofs_end(&mut self, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
        let id = conversation.0;
        on!(self, END, |c, q| sqlx::query(q).bind(id).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// What may be told on an address: its proved requests, and whether there are some whose proof has run out.
    pub async fn proved(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
        most: i64,
    ) -> Result<(Vec<RequestFacts>, bool), StoreError> {
        let rows: Vec<(Uuid, i64)> =
            on!(self, OF, |c, q| sqlx::query_as(q).bind(conversation.0).bind(most).fetch_all(c).await?);
        let mut facts = Vec::new();
        let mut expired = false;
        for (request, expires_at) in rows {
            if Timestamp::from_micros(expires_at) <= now {
                expired = true;
                continue;
            }
            facts.extend(self.request_facts(RequestId(request)).await?);
        }
        Ok((facts, expired))
    }

    /// Keeps that an address is to be told of news once a batch is released.
    pub async fn notice_hold(
        &mut self,
        batch: &str,
        (conversation, request): (ConversationId, RequestId),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        on!(self, HOLD, |c, q| sqlx::query(q)
            .bind(batch)
            .bind(conversation.0)
            .bind(request.0)
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Takes a batch's notices away: whom they are for, each address once.
    pub async fn notices_take(&mut self, batch: &str) -> Result<Vec<ConversationId>, StoreError> {
        let rows: Vec<(Uuid,)> = on!(self, TAKE_HELD, |c, q| sqlx::query_as(q).bind(batch).fetch_all(c).await?);
        let mut all: Vec<Uuid> = rows.into_iter().map(|(id,)| id).collect();
        all.sort_unstable();
        all.dedup();
        Ok(all.into_iter().map(ConversationId).collect())
    }

    /// The addresses on which a request was proved, also where that has run out since.
    pub async fn proved_on(&mut self, request: RequestId) -> Result<Vec<ConversationId>, StoreError> {
        let rows: Vec<(Uuid,)> = on!(self, BY_REQUEST, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
    }
}
