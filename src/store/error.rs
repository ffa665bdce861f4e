//! What can go wrong with the database.
use crate::seal::SealError;

/// An error of the store. Every variant but [`StoreError::Duplicate`] is for whoever runs the program.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique key is taken: the thing was there before.
    #[error("already there")]
    Duplicate,
    /// A sealed column did not open.
    #[error("sealed column `{column}`")]
    Seal {
        /// Which column.
        column: &'static str,
        /// Why.
        #[source]
        source: SealError,
    },
    /// A column holds a word this version does not know: the database is newer than the program.
    #[error("column `{0}` holds an unknown word")]
    Word(&'static str),
    /// `DATABASE_URL` names neither SQLite nor PostgreSQL.
    #[error("`DATABASE_URL`: expected `sqlite://path` or `postgres://…`")]
    Url,
    /// The folder of the SQLite file cannot be made.
    #[error("folder of the database")]
    Folder(#[source] std::io::Error),
    /// The migrations did not run.
    #[error("migration")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database said no.
    #[error("database")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}
