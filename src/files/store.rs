//! The object store: bytes under an id.
use object_store::aws::AmazonS3;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore as _, PutPayload};
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// Why a file was not written, read or deleted.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The folder or the store said no, or did not answer: try again.
    #[error("file store")]
    Store(#[from] object_store::Error),
    /// The disk said no: try again.
    #[error("disk")]
    Disk(#[from] std::io::Error),
}

#[derive(Debug)]
enum Kept {
    Folder(LocalFileSystem, PathBuf),
    S3(AmazonS3, Path),
}

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<Kept>);

impl Files {
    /// In a folder, which is made for its owner only.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn folder(folder: PathBuf) -> Result<Self, FileError> {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder)?;
        Ok(Self(Arc::new(Kept::Folder(store, folder))))
    }

    /// In a bucket, under `prefix`.
    #[must_use]
    pub(super) fn bucket(store: AmazonS3, prefix: Path) -> Self {
        Self(Arc::new(Kept::S3(store, prefix)))
    }

    /// Writes a file; one of the same id is replaced whole. On return it stands on the disk, or the store has confirmed it.
    ///
    /// # Errors
    /// [`FileError`]; there may be a file then, or none.
    pub async fn put(&self, id: Uuid, bytes: Vec<u8>) -> Result<(), FileError> {
        match &*self.0 {
            Kept::Folder(store, folder) => {
                store.put(&name(id), PutPayload::from(bytes)).await?;
                // The store renames a finished file into place, but a loss of power could still take it.
                tokio::fs::File::open(folder.join(id.to_string())).await?.sync_all().await?;
                tokio::fs::File::open(folder).await?.sync_all().await?;
            }
            Kept::S3(store, prefix) => {
                store.put(&prefix.child(id.to_string()), PutPayload::from(bytes)).await?;
            }
        }
        Ok(())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`], also where there is none.
    pub async fn get(&self, id: Uuid) -> Result<Vec<u8>, FileError> {
        let found = match &*self.0 {
            Kept::Folder(store, _) => store.get(&name(id)).await?,
            Kept::S3(store, prefix) => store.get(&prefix.child(id.to_string())).await?,
        };
        Ok(found.bytes().await?.to_vec())
    }

    /// Deletes a file. One that is not there is deleted.
    ///
    /// # Errors
    /// [`FileError`]: it may still be there.
    pub async fn delete(&self, id: Uuid) -> Result<(), FileError> {
        let deleted = match &*self.0 {
            Kept::Folder(store, _) => store.delete(&name(id)).await,
            Kept::S3(store, prefix) => store.delete(&prefix.child(id.to_string())).await,
        };
        match deleted {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn name(id: Uuid) -> Path {
    Path::from(id.to_string())
}
