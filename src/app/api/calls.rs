//! Changes that another system asks for: one transaction each, with the Idempotency-Key they came under.
use super::ApiKey;
use crate::app::App;
use crate::app::requests::{How, Report, Reported, RequestError, named};
use crate::store::{ApiCall, ApiCallBegun, StoreError, Tx};
use serde::{Deserialize, Serialize};

/// What is to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiChange {
    /// This is known of the request of a reference, which may be new.
    Put(String),
    /// A request begins with a reference of ours.
    Begin,
    /// This is known of a request that is there: ours, or by the embassy's number.
    Known(String),
}

/// The Idempotency-Key of a call.
#[derive(Debug, Clone, Copy)]
pub struct Once<'a> {
    /// The key.
    pub key: &'a str,
    /// What tells this call from another: method, path and body.
    pub call: &'a [&'a [u8]],
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiDone {
    /// The request's reference, as the association writes it.
    pub reference: String,
    /// What it came to.
    pub reported: Reported,
    /// The batch under which its notices wait.
    pub batch: Option<String>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The register refuses it.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The same call is under way.
    #[error("a call with this Idempotency-Key is under way")]
    UnderWay,
    /// The Idempotency-Key belongs to another call.
    #[error("this Idempotency-Key came with another call")]
    Reused,
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::Request(error.into())
    }
}

impl App {
    /// Changes the register as a key reports it. Under the same Idempotency-Key it happens once, however often it is asked for:
    /// what it came to is kept in the transaction of the change itself, so that a crash leaves both or neither.
    /// `batch` holds the notices back until they are released.
    ///
    /// # Errors
    /// See [`ApiError`]; nothing is changed then, and the Idempotency-Key is free again.
    pub async fn api_change(
        &self,
        key: &ApiKey,
        once: Option<Once<'_>>,
        (change, report): (&ApiChange, &Report),
        batch: Option<&str>,
    ) -> Result<ApiDone, ApiError> {
        let mut tx = self.store().begin().await?;
        let call = once.map(|once| self.api_call(key, once));
        if let Some(call) = &call {
            match tx.api_call_begin(call, self.clock().now()).await? {
                ApiCallBegun::New => {}
                ApiCallBegun::UnderWay => return Err(ApiError::UnderWay),
                ApiCallBegun::Another => return Err(ApiError::Reused),
                ApiCallBegun::Done(done) => return Ok(done),
            }
        }
        // Named after whoever reports, lest two systems share a batch.
        let batch = batch.map(|batch| format!("{}:{batch}", key.source));
        let (reference, reported) = self.change_in(&mut tx, change, report, batch.as_deref()).await?;
        let done = ApiDone { reference, reported, batch };
        if let Some(call) = call {
            tx.api_call_answer(call.id, &done).await?;
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn change_in(
        &self,
        tx: &mut Tx,
        change: &ApiChange,
        report: &Report,
        batch: Option<&str>,
    ) -> Result<(String, Reported), RequestError> {
        let how = How::held_in(batch);
        Ok(match change {
            ApiChange::Begin => (self.begin_in(tx, report, &how).await?, Reported::New),
            ApiChange::Put(reference) => {
                let reported = self.report_in(tx, reference, report, &how).await?;
                let known = named(tx, reference).await?;
                (known.map_or_else(|| reference.clone(), |row| row.reference), reported)
            }
            ApiChange::Known(reference) => {
                let known = named(tx, reference).await?;
                let row = known.ok_or_else(|| RequestError::NotFound(reference.clone()))?;
                let reported = self.report_in(tx, &row.reference, report, &how).await?;
                (row.reference, reported)
            }
        })
    }

    fn api_call(&self, key: &ApiKey, once: Once<'_>) -> ApiCall {
        let ring = self.store().ring();
        let call: Vec<&[u8]> = [&[&b"api call"[..]], once.call].concat();
        ApiCall {
            id: self.clock().id(),
            key: key.id,
            hash: ring.hash(&[b"idempotency key", key.id.0.as_bytes(), once.key.as_bytes()]),
            fingerprint: ring.hash(&call),
        }
    }
}
