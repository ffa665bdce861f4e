//! The one way personal text is written: XChaCha20-Poly1305 with the key's id in front and the row's id as associated data
//! (design.md §5.13), and keyed hashes for what must be found again.
mod ring;
mod sealed;

pub use ring::{KeyError, KeyRing};
pub use sealed::{SealError, Sealed};
