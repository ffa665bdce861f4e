//! Settings: read once from the environment (and `.env`), all errors at once, secrets that never print.
//! Each module declares its own [`Setting`]s and reads them with a [`Reader`]; `cli` collects the declarations.
mod reader;
mod secret;

pub use reader::{Problem, Reader, Setting};
pub use secret::Secret;
