//! Leases: who may do what only one process may do; and cursors of what is pulled.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{AccountName, Timestamp, TransportName};
use uuid::Uuid;

statements! {
    TAKE = Sql::same("insert into leases (name, holder, until) values ($1, $2, $3)
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where leases.holder = excluded.holder or leases.until < $4");
    GIVE_BACK = Sql::same("delete from leases where name = $1 and holder = $2");
    CURSOR = Sql::same("select value from cursors where transport = $1 and account = $2");
    CURSOR_PUT = Sql::same("insert into cursors (transport, account, value) values ($1, $2, $3)
        on conflict (transport, account) do update set value = excluded.value");
}

impl Tx {
    /// Takes or keeps the lease `name` until `until`. False where another process holds it.
    pub async fn lease_take(
        &mut self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = on!(self, TAKE, |c, q| sqlx::query(q)
            .bind(name)
            .bind(holder)
            .bind(until.as_micros())
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Gives a lease back, so that another process need not wait for its end.
    pub async fn lease_give_back(&mut self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        on!(self, GIVE_BACK, |c, q| sqlx::query(q).bind(name).bind(holder).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Keeps where a pulled transport goes on, in the transaction that kept what came before it.
    pub async fn cursor_put(
        &mut self,
        transport: &TransportName,
        account: &AccountName,
        value: &str,
    ) -> Result<(), StoreError> {
        on!(self, CURSOR_PUT, |c, q| sqlx::query(q)
            .bind(transport.as_str())
            .bind(account.as_str())
            .bind(value)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// Where a pulled transport goes on. None at its first start.
    pub async fn cursor(&self, transport: &TransportName, account: &AccountName) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = read!(self, CURSOR, |c, q| {
            sqlx::query_as(q).bind(transport.as_str()).bind(account.as_str()).fetch_optional(c).await?
        });
        Ok(row.map(|(value,)| value))
    }
}
