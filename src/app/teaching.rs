//! The model of understanding: from the database, or taught once and kept there. Training never runs on a serving thread.
use super::library::LibraryError;
use crate::clock::Clock;
use crate::knowledge::{Lesson, Understanding};
use crate::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Only one process teaches at a time.
const LEASE: &str = "teach";
/// Longer than teaching takes on a slow machine.
const LEASE_TIME: Duration = Duration::from_mins(2);

/// A model with its name.
pub(super) type Model = (String, Arc<Understanding>);

/// Where models are looked for and kept.
pub(super) struct School<'a> {
    pub(super) store: &'a Store,
    pub(super) clock: &'a dyn Clock,
    /// A folder beside the database, for those who start many empty databases.
    pub(super) folder: Option<&'a Path>,
}

impl School<'_> {
    /// The model of this lesson, taught now where nobody did before.
    pub(super) async fn model(&self, lesson: Lesson) -> Result<Model, LibraryError> {
        let name = lesson.fingerprint();
        if let Some(understanding) = self.kept(&name).await? {
            return Ok((name, Arc::new(understanding)));
        }
        tracing::info!(model = name, "learning the examples of all articles: once, some seconds");
        let taught = tokio::task::spawn_blocking(move || {
            let understanding = lesson.teach();
            let bytes = postcard::to_allocvec(&understanding);
            bytes.map(|bytes| (understanding, bytes))
        });
        let (understanding, bytes) =
            taught.await.map_err(|_| LibraryError::Teaching)?.map_err(|_| LibraryError::Teaching)?;
        self.keep(&name, &bytes).await?;
        Ok((name, Arc::new(understanding)))
    }

    /// The same while serving: None where another process is teaching it just now, to be asked for again.
    pub(super) async fn model_in_turn(&self, lesson: Lesson) -> Result<Option<Model>, LibraryError> {
        if let Some(understanding) = self.kept(&lesson.fingerprint()).await? {
            return Ok(Some((lesson.fingerprint(), Arc::new(understanding))));
        }
        let (holder, now) = (self.clock.id(), self.clock.now());
        let mut tx = self.store.begin().await?;
        let mine = tx.lease_take(LEASE, holder, now, now + LEASE_TIME).await?;
        tx.commit().await?;
        if !mine {
            return Ok(None);
        }
        let model = self.model(lesson).await;
        let mut tx = self.store.begin().await?;
        tx.lease_give_back(LEASE, holder).await?;
        tx.commit().await?;
        model.map(Some)
    }

    /// A model that was taught before. One that cannot be read is as good as none.
    async fn kept(&self, name: &str) -> Result<Option<Understanding>, LibraryError> {
        if let Some(bytes) = self.store.model(name).await? {
            return Ok(postcard::from_bytes(&bytes).ok());
        }
        let Some(bytes) = self.file(name).and_then(|path| std::fs::read(path).ok()) else { return Ok(None) };
        let Ok(understanding) = postcard::from_bytes(&bytes) else { return Ok(None) };
        self.put(name, &bytes).await?;
        Ok(Some(understanding))
    }

    async fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), LibraryError> {
        self.put(name, bytes).await?;
        if let Some(path) = self.file(name) {
            // Written beside and moved, so that nobody reads half of it. Where that fails, the database has it all the same.
            let beside = path.with_extension(self.clock.id().simple().to_string());
            let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, &path));
            if let Err(error) = written {
                tracing::warn!(%error, folder = ?self.folder, "model not kept in MODELS_DIR");
            }
        }
        Ok(())
    }

    async fn put(&self, name: &str, bytes: &[u8]) -> Result<(), LibraryError> {
        let mut tx = self.store.begin().await?;
        tx.model_put(name, bytes, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        self.folder.map(|folder| folder.join(format!("{name}.model")))
    }
}
