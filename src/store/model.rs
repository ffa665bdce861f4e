//! Trained models, by the fingerprint of what they were taught. Not personal, so not sealed.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::Timestamp;

statements! {
    ONE = Sql::same("select model from models where fingerprint = $1");
    PUT = Sql::same("insert into models (fingerprint, made_at, model) values ($1, $2, $3)
        on conflict (fingerprint) do update set made_at = excluded.made_at, model = excluded.model");
    // The newest are kept: an approval taken back finds its model again.
    THIN = Sql::same("delete from models where fingerprint not in
        (select fingerprint from models order by made_at desc, fingerprint limit 3)");
}

impl Tx {
    /// Keeps a model, and lets go of all but the newest.
    pub async fn model_put(&mut self, fingerprint: &str, model: &[u8], now: Timestamp) -> Result<(), StoreError> {
        on!(self, PUT, |c, q| sqlx::query(q)
            .bind(fingerprint)
            .bind(now.as_micros())
            .bind(model)
            .execute(c)
            .await
            .map(drop))?;
        on!(self, THIN, |c, q| sqlx::query(q).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The model with this fingerprint. None where none was kept.
    pub async fn model(&self, fingerprint: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read!(self, ONE, |c, q| sqlx::query_scalar(q).bind(fingerprint).fetch_optional(c).await?))
    }
}
