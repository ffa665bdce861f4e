//! What becomes of files later: the scanner's late word, and deletion.
use super::{App, HOUR, TOPIC_INFECTED, context};
use crate::files::Verdict;
use crate::model::{FileState, LocaleTag, PaperState, Urgency};
use crate::store::{FileRow, PaperRow, StoreError};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// How long a file stays in quarantine.
pub(in crate::app) const QUARANTINE: Duration = Duration::from_hours(30 * 24);
/// Files of one round.
const MOST: i64 = 20;

impl App {
    /// Scans what waits for the scanner, and deletes what is to go. What fails is tried again in the next round.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn tend_papers(&self) -> Result<(), StoreError> {
        let now = self.clock().now();
        let mut tx = self.store().look().await?;
        let mut going = tx.paper_files_in(FileState::Going, now, MOST).await?;
        going.extend(tx.paper_files_in(FileState::Writing, now - HOUR, MOST).await?);
        let unscanned = match self.settings().papers.scanner {
            Some(_) => tx.paper_files_in(FileState::Unscanned, now, MOST).await?,
            None => Vec::new(),
        };
        drop(tx);
        for file in going {
            self.delete(file.id).await?;
        }
        for file in unscanned {
            self.scan_late(file).await?;
        }
        Ok(())
    }

    async fn delete(&self, id: Uuid) -> Result<(), StoreError> {
        let Some(files) = &self.settings().papers.files else { return Ok(()) };
        if let Err(error) = files.delete(id).await {
            tracing::warn!(%error, file = %id, "a paper's file is not deleted yet");
            return Ok(());
        }
        let mut tx = self.store().begin().await?;
        tx.paper_file_forget(id).await?;
        tx.commit().await
    }

    async fn scan_late(&self, file: FileRow) -> Result<(), StoreError> {
        let Some(bytes) = self.open_file(file.id).await else { return Ok(()) };
        let Some(verdict) = self.scan(&bytes).await else { return Ok(()) };
        let mut tx = self.store().begin().await?;
        match tx.paper_file(file.id).await? {
            Some(now) if now.state == FileState::Unscanned => {}
            _ => return Ok(()),
        }
        let state = if verdict == Verdict::Clean { FileState::Clean } else { FileState::Infected };
        tx.paper_file_state(file.id, state).await?;
        if let (Verdict::Infected, Some(conversation)) = (verdict, file.conversation) {
            let now = self.clock().now();
            let reason = self.catalog().phrase(&LocaleTag::ARABIC, "paper-fault-infected", &BTreeMap::new());
            let paper = PaperRow {
                kind: file.paper.clone(),
                state: PaperState::Returned,
                since: now,
                reason: Some(reason.to_plain()),
            };
            tx.request_paper(file.request, &paper, "scanner").await?;
            self.tell_news(&mut tx, file.request, crate::model::NoticeKind::Update, None).await?;
            self.ticket_on(&mut tx, conversation, (TOPIC_INFECTED, Urgency::High), file.paper, now).await?;
        }
        tx.commit().await
    }

    /// A file's bytes. None where they cannot be read or opened, which is logged.
    pub(super) async fn open_file(&self, id: Uuid) -> Option<Vec<u8>> {
        let files = self.settings().papers.files.as_ref()?;
        let sealed = files.get(id).await.inspect_err(|error| tracing::error!(%error, file = %id, "paper not read"));
        let opened = self.store().ring().open(&context(id), &sealed.ok()?);
        opened.inspect_err(|error| tracing::error!(%error, file = %id, "paper not opened")).ok()
    }
}
