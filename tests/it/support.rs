//! What several tests need: databases, the network guard. Temporary folders are `tempfile::tempdir()`.
//! Settings come from `Reader::from_values`: no test reads the environment or `.env`, `TEST_POSTGRES_URL` apart.
pub(crate) mod botapi;
pub(crate) mod botspec;
pub(crate) mod database;
pub(crate) mod fake;
pub(crate) mod library;
pub(crate) mod net;
pub(crate) mod pg;
pub(crate) mod site;
