//! Requests page by page, in the order of their last change.
use super::{NOTE, Row};
use crate::model::{RequestId, Stage, Timestamp};
use crate::seal::Sealed;
use crate::store::db::{Inner, Sql, on, read, statements};
use crate::store::{RequestRow, Store, StoreError, Tx};
use uuid::Uuid;

statements! {
    // A row that changes while pages are read moves behind their end: it may be seen twice, and is never left out.
    ALL = Sql::same(columns!("where (updated_at, id) > ($1, $2) order by updated_at, id limit $3"));
    OF_STAGE = Sql::same(columns!("where (updated_at, id) > ($1, $2) and stage = $4 order by updated_at, id limit $3"));
    OF_EMBASSY = Sql::same(columns!("where (updated_at, id) > ($1, $2) and embassy_folded = $4 and ($5 = '' or stage = $5)
        order by updated_at, id limit $3"));
    // Whoever changes one reference waits for whoever changes it now, whether the request is there or not yet.
    LOCK = Sql {
        sqlite: "select $1",
        postgres: "select pg_advisory_xact_lock(hashtextextended('request:' || $1, 0))",
    };
    NOTES = Sql::same("select id, note from request_stages where request_id = $1 and note is not null");
    TOUCH = Sql::same("update requests set updated_at = $2 where id = $1");
}

/// Which requests are listed, and from where on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestList<'a> {
    /// Of this stage only.
    pub stage: Option<Stage>,
    /// With this number of the embassy's only, as its key.
    pub embassy: Option<&'a str>,
    /// Those whose last change and id come behind these.
    pub after: (Timestamp, Uuid),
    /// At most so many.
    pub most: u32,
}

impl Tx {
    /// Lets one transaction at a time change the request of a reference's key, there or not yet.
    pub async fn request_lock(&mut self, folded: &str) -> Result<(), StoreError> {
        // SQLite has one writer anyhow, and an import pays for every statement.
        if matches!(self.inner, Inner::Postgres(_)) {
            on!(self, LOCK, |c, q| sqlx::query(q).bind(folded).execute(c).await.map(drop))?;
        }
        Ok(())
    }

    /// Whether a note is given of a request that is there, and is not on its file yet: the same report again says nothing new.
    pub async fn request_note_is_new(
        &mut self,
        request: Option<RequestId>,
        note: Option<&str>,
    ) -> Result<bool, StoreError> {
        let (Some(request), Some(note)) = (request, note) else { return Ok(false) };
        let rows: Vec<(Uuid, Vec<u8>)> =
            on!(self, NOTES, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        for (id, sealed) in rows {
            let kept: Result<String, _> = Sealed::from_bytes(sealed).open(&self.ring, NOTE, id);
            if kept.map_err(|source| StoreError::Seal { column: NOTE, source })? == note {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes that something beside its own row changed of a request.
    pub async fn request_touch(&mut self, request: RequestId, now: Timestamp) -> Result<(), StoreError> {
        on!(self, TOUCH, |c, q| sqlx::query(q).bind(request.0).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// Requests in the order of their last change.
    pub async fn requests_after(&self, list: &RequestList<'_>) -> Result<Vec<RequestRow>, StoreError> {
        let stage = list.stage.map_or("", Stage::as_str);
        let sql = match (list.embassy, list.stage) {
            (Some(_), _) => OF_EMBASSY,
            (None, Some(_)) => OF_STAGE,
            (None, None) => ALL,
        };
        let rows: Vec<Row> = read!(self, sql, |c, q| {
            let query = sqlx::query_as(q).bind(list.after.0.as_micros()).bind(list.after.1).bind(i64::from(list.most));
            let query = match (list.embassy, list.stage) {
                (Some(key), _) => query.bind(key).bind(stage),
                (None, Some(_)) => query.bind(stage),
                (None, None) => query,
            };
            query.fetch_all(c).await?
        });
        rows.into_iter().map(|row| row.open(self.ring())).collect()
    }
}
