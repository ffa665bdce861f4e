//! Receipts: they only move a delivery forward; one that comes before its message is known is kept and joined later.
use super::db::{Sql, on, statements};
use super::{StoreError, Tx};
use crate::clock::Clock;
use crate::model::{AccountName, DeliveryStatus, ReceiptKind, Timestamp, TransportName};
use uuid::Uuid;

statements! {
    FIND = Sql {
        sqlite: "select id, status from deliveries where transport = $1 and account = $2 and provider_id = $3",
        postgres: "select id, status from deliveries where transport = $1 and account = $2 and provider_id = $3 for update",
    };
    ADVANCE = Sql::same("update deliveries set status = $2, error = coalesce($3, error) where id = $1");
    KEEP = Sql::same("insert into receipts (id, transport, account, provider_id, kind, at, code, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)");
    WAITING = Sql::same("select id, kind, at, code from receipts where transport = $1 and account = $2 and provider_id = $3
        order by at");
    DROP = Sql::same("delete from receipts where id = $1");
    ANY = Sql::same("select count(*) from (select 1 from receipts limit 1) r");
    FOUND = Sql::same("select distinct r.transport, r.account, r.provider_id from receipts r join deliveries d
        on d.transport = r.transport and d.account = r.account and d.provider_id = r.provider_id limit 100");
    PURGE = Sql::same("delete from receipts where received_at < $1");
}

/// A receipt to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// The transport it came by.
    pub transport: TransportName,
    /// The account of ours.
    pub account: AccountName,
    /// The platform's id of our message.
    pub provider_id: String,
    /// What happened to it.
    pub kind: ReceiptKind,
    /// When.
    pub at: Timestamp,
    /// The platform's code, where it failed.
    pub code: Option<String>,
}

impl Tx {
    /// Moves the delivery forward, or keeps the receipt until its message is known.
    pub async fn receipt_apply(
        &mut self,
        receipt: &NewReceipt,
        now: Timestamp,
        clock: &dyn Clock,
    ) -> Result<(), StoreError> {
        let found: Option<(Uuid, String)> = on!(self, FIND, |c, q| sqlx::query_as(q)
            .bind(receipt.transport.as_str())
            .bind(receipt.account.as_str())
            .bind(&receipt.provider_id)
            .fetch_optional(c)
            .await?);
        if let Some((id, status)) = found {
            let status = DeliveryStatus::parse(&status).ok_or(StoreError::Word("deliveries.status"))?;
            if let Some(next) = receipt.kind.advance(status) {
                on!(self, ADVANCE, |c, q| {
                    sqlx::query(q).bind(id).bind(next.as_str()).bind(&receipt.code).execute(c).await.map(drop)
                })?;
            }
            return Ok(());
        }
        on!(self, KEEP, |c, q| sqlx::query(q)
            .bind(clock.id())
            .bind(receipt.transport.as_str())
            .bind(receipt.account.as_str())
            .bind(&receipt.provider_id)
            .bind(receipt.kind.as_str())
            .bind(receipt.at.as_micros())
            .bind(&receipt.code)
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Joins receipts that came before their message was known. Call after settling, in the same transaction.
    pub async fn receipts_join(
        &mut self,
        (transport, account): (&TransportName, &AccountName),
        provider_ids: &[String],
        now: Timestamp,
        clock: &dyn Clock,
    ) -> Result<(), StoreError> {
        for provider_id in provider_ids {
            let waiting: Vec<(Uuid, String, i64, Option<String>)> = on!(self, WAITING, |c, q| sqlx::query_as(q)
                .bind(transport.as_str())
                .bind(account.as_str())
                .bind(provider_id)
                .fetch_all(c)
                .await?);
            for (id, kind, at, code) in waiting {
                on!(self, DROP, |c, q| sqlx::query(q).bind(id).execute(c).await.map(drop))?;
                let receipt = NewReceipt {
                    transport: transport.clone(),
                    account: account.clone(),
                    provider_id: provider_id.clone(),
                    kind: ReceiptKind::parse(&kind).ok_or(StoreError::Word("receipts.kind"))?,
                    at: Timestamp::from_micros(at),
                    code,
                };
                self.receipt_apply(&receipt, now, clock).await?;
            }
        }
        Ok(())
    }

    /// Joins receipts whose message became known while nobody looked.
    pub async fn receipts_rejoin(&mut self, now: Timestamp, clock: &dyn Clock) -> Result<(), StoreError> {
        let found: Vec<(String, String, String)> = on!(self, FOUND, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        for (transport, account, provider_id) in found {
            let of = (&TransportName::owned(transport), &AccountName::owned(account));
            self.receipts_join(of, &[provider_id], now, clock).await?;
        }
        Ok(())
    }

    /// Forgets receipts that never found their message.
    pub async fn receipts_purge(&mut self, before: Timestamp) -> Result<(), StoreError> {
        on!(self, PURGE, |c, q| sqlx::query(q).bind(before.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Tx {
    /// Whether any receipt waits for its message; saves a look-up for every message where none does.
    pub async fn receipts_wait(&mut self) -> Result<bool, StoreError> {
        let (count,): (i64,) = on!(self, ANY, |c, q| sqlx::query_as(q).fetch_one(c).await?);
        Ok(count > 0)
    }
}
