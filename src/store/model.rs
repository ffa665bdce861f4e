//! Trained models, by the fingerprint of what they were taught. Not personal, so not sealed.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::Timestamp;

statements! {
    PART = Sql::same("select bytes from models where fingerprint = $1 and part = $2");
    PUT = Sql::same("insert into models (fingerprint, part, made_at, bytes) values ($1, $2, $3, $4)
        on conflict (fingerprint, part) do update set made_at = excluded.made_at, bytes = excluded.bytes");
    FORGET = Sql::same("delete from models where fingerprint = $1");
    // The newest are kept: an approval taken back finds its model again.
    THIN = Sql::same("delete from models where fingerprint not in
        (select fingerprint from models where part = 0 order by made_at desc, fingerprint limit 3)");
}

/// Bytes of one part.
const PART_BYTES: usize = 128 * 1024;

impl Tx {
    /// Keeps a model, and lets go of all but the newest.
    pub async fn model_put(&mut self, fingerprint: &str, model: &[u8], now: Timestamp) -> Result<(), StoreError> {
        on!(self, FORGET, |c, q| sqlx::query(q).bind(fingerprint).execute(c).await.map(drop))?;
        for (part, bytes) in (0_i32..).zip(model.chunks(PART_BYTES)) {
            on!(self, PUT, |c, q| sqlx::query(q)
                .bind(fingerprint)
                .bind(part)
                .bind(now.as_micros())
                .bind(bytes)
                .execute(c)
                .await
                .map(drop))?;
        }
        on!(self, THIN, |c, q| sqlx::query(q).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The model with this fingerprint. None where none was kept.
    pub async fn model(&self, fingerprint: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut model = Vec::new();
        for part in 0_i32.. {
            let bytes: Option<Vec<u8>> =
                read!(self, PART, |c, q| sqlx::query_scalar(q).bind(fingerprint).bind(part).fetch_optional(c).await?);
            match bytes {
                Some(bytes) => model.extend(bytes),
                None => break,
            }
        }
        Ok((!model.is_empty()).then_some(model))
    }
}
