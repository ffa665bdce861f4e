//! The keys of other systems. A key is found by its keyed hash; the key itself is kept nowhere.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{ApiKeyId, KeyOwner, Scope, Timestamp};
use uuid::Uuid;

statements! {
    ADD = Sql::same("insert into api_keys (id, name, owner, scopes, hash, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)");
    REVOKE = Sql::same("update api_keys set revoked_at = $2 where id = $1 and revoked_at is null");
    USED = Sql::same("update api_keys set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)");
    FIND = Sql::same("select id, name, owner, scopes, created_at, expires_at, revoked_at, last_used_at
        from api_keys where hash = $1");
    LIST = Sql::same("select id, name, owner, scopes, created_at, expires_at, revoked_at, last_used_at
        from api_keys order by created_at, id");
}

/// A key of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// Its id, which revokes it.
    pub id: ApiKeyId,
    /// How staff call it.
    pub name: String,
    /// Whose system has it.
    pub owner: KeyOwner,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it opens nothing. None: never.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

type Row = (Uuid, String, String, String, i64, Option<i64>, Option<i64>, Option<i64>);

fn open((id, name, owner, scopes, created, expires, revoked, used): Row) -> Result<ApiKeyRow, StoreError> {
    let scope = |word: &str| Scope::parse(word).ok_or(StoreError::Word("api_keys.scopes"));
    Ok(ApiKeyRow {
        id: ApiKeyId(id),
        name,
        owner: KeyOwner::parse(&owner).ok_or(StoreError::Word("api_keys.owner"))?,
        scopes: scopes.split(' ').map(scope).collect::<Result<_, _>>()?,
        created_at: Timestamp::from_micros(created),
        expires_at: expires.map(Timestamp::from_micros),
        revoked_at: revoked.map(Timestamp::from_micros),
        last_used_at: used.map(Timestamp::from_micros),
    })
}

impl Tx {
    /// Keeps a new key under the keyed hash of its text.
    pub async fn api_key_add(&mut self, row: &ApiKeyRow, hash: &[u8]) -> Result<(), StoreError> {
        let scopes: Vec<&str> = row.scopes.iter().map(|scope| scope.as_str()).collect();
        on!(self, ADD, |c, q| sqlx::query(q)
            .bind(row.id.0)
            .bind(&row.name)
            .bind(row.owner.as_str())
            .bind(scopes.join(" "))
            .bind(hash)
            .bind(row.created_at.as_micros())
            .bind(row.expires_at.map(Timestamp::as_micros))
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Revokes a key. False where there is none, or it was revoked before.
    pub async fn api_key_revoke(&mut self, id: ApiKeyId, now: Timestamp) -> Result<bool, StoreError> {
        Ok(on!(self, REVOKE, |c, q| sqlx::query(q)
            .bind(id.0)
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected() > 0))?)
    }

    /// Notes that a key was used, unless that was noted after `before`.
    pub async fn api_key_used(&mut self, id: ApiKeyId, now: Timestamp, before: Timestamp) -> Result<(), StoreError> {
        on!(self, USED, |c, q| sqlx::query(q)
            .bind(id.0)
            .bind(now.as_micros())
            .bind(before.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The key with this keyed hash, revoked and expired ones too.
    pub async fn api_key(&self, hash: &[u8]) -> Result<Option<ApiKeyRow>, StoreError> {
        let row: Option<Row> = read!(self, FIND, |c, q| sqlx::query_as(q).bind(hash).fetch_optional(c).await?);
        row.map(open).transpose()
    }

    /// All keys, the oldest first.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRow>, StoreError> {
        let rows: Vec<Row> = read!(self, LIST, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        rows.into_iter().map(open).collect()
    }
}
