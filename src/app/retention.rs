//! Retention: what is kept no longer than its settings say.
use super::state::App;
use crate::store::StoreError;
use std::time::Duration;

/// Receipts that never found their message.
const RECEIPTS: Duration = Duration::from_hours(168);
/// Web chat sessions nobody came back to; their tokens have long expired.
const SESSIONS: Duration = Duration::from_hours(720);
/// How long the last words after an erasure stay to be sent and read.
const LEFTOVERS: Duration = Duration::from_mins(10);

/// Calls under an Idempotency-Key: nobody repeats one later.
const CALLS: Duration = Duration::from_hours(48);

impl App {
    /// Destroys what is older than its settings allow. Keys that catch repeats stay.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn retain(&self) -> Result<(), StoreError> {
        let now = self.clock().now();
        let settings = self.settings();
        let mut tx = self.store().begin().await?;
        let texts = now - settings.texts_kept;
        let bodies = tx.purge_bodies(now - settings.envelopes_kept).await?;
        tx.purge_texts(texts).await?;
        tx.purge_leftovers(now - LEFTOVERS).await?;
        tx.receipts_purge(now - RECEIPTS).await?;
        tx.watches_purge(now).await?;
        tx.codes_spent_purge(now - super::codes::BUDGET * 2).await?;
        tx.paper_files_old(now - settings.papers.kept, now - super::papers::QUARANTINE).await?;
        tx.chat_sessions_purge(now - SESSIONS).await?;
        tx.api_calls_purge(now - CALLS).await?;
        tx.commit().await?;
        if bodies > 0 {
            tracing::info!(bodies, "destroyed raw bodies past their time");
        }
        Ok(())
    }
}
