//! A value as it stands in a column: sealed JSON.
use super::KeyRing;
use serde::{Serialize, de::DeserializeOwned};
use std::marker::PhantomData;
use uuid::Uuid;

/// Why a sealed value did not open.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    /// It was sealed with a key that the ring does not have: put it back in `ENCRYPTION_KEYS`.
    #[error("sealed with a key that is not in ENCRYPTION_KEYS")]
    UnknownKey,
    /// Its bytes were changed, or moved to another row or column.
    #[error("sealed bytes do not open")]
    Broken,
    /// It opened, and is not what this version writes there.
    #[error("sealed value has another shape")]
    Shape,
}

/// A `T` sealed for one column of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed<T> {
    bytes: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Sealed<T> {
    /// Seals `value` for `column` of the row `id`.
    #[must_use]
    pub fn seal(ring: &KeyRing, column: &str, id: Uuid, value: &T) -> Self {
        let plain = serde_json::to_vec(value).expect("our own types have only string keys");
        Self { bytes: ring.seal(&context(column, id), &plain), of: PhantomData }
    }
}

impl<T: DeserializeOwned> Sealed<T> {
    /// Opens the value.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn open(&self, ring: &KeyRing, column: &str, id: Uuid) -> Result<T, SealError> {
        let plain = ring.open(&context(column, id), &self.bytes)?;
        serde_json::from_slice(&plain).map_err(|_| SealError::Shape)
    }
}

impl<T> Sealed<T> {
    /// The bytes as a column gave them.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes, of: PhantomData }
    }

    /// The bytes to write to a column.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn context(column: &str, id: Uuid) -> Vec<u8> {
    [column.as_bytes(), b"/", id.as_bytes()].concat()
}
