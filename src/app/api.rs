//! What other systems do here: their keys, and their reports, which enter the register as everybody's do.
mod calls;
mod keys;

pub use calls::{ApiChange, ApiDone, ApiError, Once};
pub use keys::{ApiKey, KeyError};
