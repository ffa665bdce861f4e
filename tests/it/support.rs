//! What several tests need: databases, the network guard. Temporary folders are `tempfile::tempdir()`.
//! Settings come from `Reader::from_values`: no test reads the environment or `.env`, `TEST_POSTGRES_URL` apart.
pub(crate) mod botapi;
pub(crate) mod botspec;
pub(crate) mod caller;
pub(crate) mod clamd;
pub(crate) mod database;
pub(crate) mod fake;
pub(crate) mod library;
pub(crate) mod net;
pub(crate) mod pg;
pub(crate) mod site;

use std::path::{Path, PathBuf};

/// A file of the material beside the project. Without it nothing that needs it may pass.
pub(crate) fn shared(path: &str) -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared").join(path));
    above.into_iter().find(|file| file.exists()).unwrap_or_else(|| panic!("`../shared/{path}` is needed"))
}
