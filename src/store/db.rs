//! The seam between the two databases: two native pools in an enum, a small dispatch macro, statements as constants.
use super::StoreError;
use super::wake::{Wake, Wakes};
use crate::model::ConversationId;
use crate::seal::KeyRing;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Postgres, Sqlite, Transaction};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

/// One statement in both dialects.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sql {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

impl Sql {
    /// A statement on which the dialects agree.
    pub(super) const fn same(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
}

/// Declares statements and lists them, so that a test can prepare every one on both databases.
macro_rules! statements {
    ($($name:ident = $sql:expr;)+) => {
        $(const $name: $crate::store::db::Sql = $sql;)+
        pub(in $crate::store) const STATEMENTS: &[(&str, $crate::store::db::Sql)] = &[$((stringify!($name), $name)),+];
    };
}

/// Runs `$body` with the transaction's connection `$c` and the statement's text `$q` of its dialect.
macro_rules! on {
    ($tx:expr, $sql:expr, |$c:ident, $q:ident| $body:expr) => {
        match &mut $tx.inner {
            $crate::store::db::Inner::Sqlite(t) => {
                let $c = &mut **t;
                let $q = $sql.sqlite;
                $body
            }
            $crate::store::db::Inner::Postgres(t) => {
                let $c = &mut **t;
                let $q = $sql.postgres;
                $body
            }
        }
    };
}

/// The same for reads outside of a transaction, on the pool for readers.
macro_rules! read {
    ($store:expr, $sql:expr, |$c:ident, $q:ident| $body:expr) => {
        match $store.database() {
            $crate::store::Database::Sqlite { reader, .. } => {
                let $c = reader;
                let $q = $sql.sqlite;
                $body
            }
            $crate::store::Database::Postgres(pool) => {
                let $c = pool;
                let $q = $sql.postgres;
                $body
            }
        }
    };
}

/// The same for a statement over many rows. Every piece of `$all` is bound by `$bind`, a closure over query and row.
macro_rules! on_rows {
    ($tx:expr, $rows:expr, $all:expr, |$query:ident, $row:ident| $bind:expr) => {
        for piece in $crate::store::rows::chunks($all) {
            match &mut $tx.inner {
                $crate::store::db::Inner::Sqlite(t) => {
                    let text = $rows.sqlite(piece.len());
                    let mut $query = sqlx::query(sqlx::AssertSqlSafe(text));
                    for $row in piece {
                        $query = $bind;
                    }
                    $query.execute(&mut **t).await?;
                }
                $crate::store::db::Inner::Postgres(t) => {
                    let text = $rows.postgres(0, piece.len());
                    let mut $query = sqlx::query(sqlx::AssertSqlSafe(text));
                    for $row in piece {
                        $query = $bind;
                    }
                    $query.execute(&mut **t).await?;
                }
            }
        }
    };
}
pub(super) use {on, on_rows, read, statements};

/// Prepared statements kept per connection: each statement over many rows has a text for every number of them.
const STATEMENT_CACHE: usize = 1024;
/// Readers of SQLite beside the one writer.
const READERS: u32 = 4;
/// Connections to PostgreSQL of one process.
const CONNECTIONS: u32 = 12;
/// The PostgreSQL notification channel.
const NOTIFY: &str = "awasir";

/// The pools of the chosen database.
#[derive(Debug, Clone)]
pub enum Database {
    /// One writer, because SQLite has one, and readers beside it.
    Sqlite {
        /// The writer.
        writer: SqlitePool,
        /// The readers.
        reader: SqlitePool,
    },
    /// One pool.
    Postgres(PgPool),
}

/// The store: pools, keys, and who is to be woken after a commit.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    ring: Arc<KeyRing>,
    wakes: Arc<Wakes>,
}

/// One transaction. Dropped without [`Tx::commit`], it never happened.
#[derive(Debug)]
pub struct Tx {
    pub(super) inner: Inner,
    pub(super) ring: Arc<KeyRing>,
    pending: Vec<Wake>,
    wakes: Arc<Wakes>,
}

#[derive(Debug)]
pub(super) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Store {
    /// Opens the database of `url` (`sqlite://path` or `postgres://…`) and runs its migrations.
    ///
    /// # Errors
    /// [`StoreError::Url`] for another kind of URL, [`StoreError::Migrate`] where the schema is not ours or newer.
    pub async fn open(url: &str, ring: Arc<KeyRing>) -> Result<Self, StoreError> {
        let database = if let Some(path) = url.strip_prefix("sqlite:") {
            open_sqlite(path.trim_start_matches("//")).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url).await?
        } else {
            return Err(StoreError::Url);
        };
        let wakes = Arc::new(Wakes::new());
        Ok(Self { database, ring, wakes })
    }

    /// The pools.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The keys.
    #[must_use]
    pub const fn ring(&self) -> &Arc<KeyRing> {
        &self.ring
    }

    /// Opens a transaction: the only way to open one.
    ///
    /// # Errors
    /// Where the database does not answer.
    #[expect(clippy::disallowed_methods, reason = "this is the only way to open one")]
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = match &self.database {
            // Immediate: a deferred transaction that reads before it writes fails on SQLite under load.
            Database::Sqlite { writer, .. } => Inner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Database::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, ring: self.ring.clone(), pending: Vec::new(), wakes: self.wakes.clone() })
    }

    /// Opens a transaction for looking only: dropped, never committed. It does not wait for SQLite's one writer.
    ///
    /// # Errors
    /// Where the database does not answer.
    #[expect(clippy::disallowed_methods, reason = "beside `begin` this is the only way to open one")]
    pub async fn look(&self) -> Result<Tx, StoreError> {
        let inner = match &self.database {
            Database::Sqlite { reader, .. } => Inner::Sqlite(reader.begin().await?),
            Database::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, ring: self.ring.clone(), pending: Vec::new(), wakes: self.wakes.clone() })
    }

    /// Waits for `wake`, sent in this process or, on PostgreSQL, in another. Wakes that come together wake once.
    #[must_use]
    pub fn waiter(&self, wake: Wake) -> watch::Receiver<()> {
        self.wakes.waiter(wake)
    }

    /// The conversations whose web chats have new lines.
    #[must_use]
    pub fn chat_wakes(&self) -> broadcast::Receiver<ConversationId> {
        self.wakes.chats()
    }

    /// Wakes whoever waits for `wake` in this process.
    pub fn wake(&self, wake: Wake) {
        self.wakes.send(wake);
    }

    /// Passes on the wakes of other processes for as long as it runs. Returns at once on SQLite, which has none.
    ///
    /// # Errors
    /// Where the connection is lost for good; the caller starts it again, and polling goes on meanwhile.
    pub async fn listen(&self) -> Result<(), StoreError> {
        let Database::Postgres(pool) = &self.database else { return Ok(()) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(NOTIFY).await?;
        loop {
            let note = listener.recv().await?;
            if let Some(wake) = Wake::from_payload(note.payload()) {
                self.wake(wake);
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        read!(self, PING, |c, q| sqlx::query(q).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Closes the pools after what is under way.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }

    /// Every statement with its name, for the test that prepares them on both databases.
    #[must_use]
    pub fn statements() -> Vec<(&'static str, &'static str, &'static str)> {
        let files = [
            STATEMENTS,
            super::address::STATEMENTS,
            super::api_call::STATEMENTS,
            super::api_key::STATEMENTS,
            super::article::STATEMENTS,
            super::chat::STATEMENTS,
            super::claim::STATEMENTS,
            super::contact::STATEMENTS,
            super::conversation::STATEMENTS,
            super::delivery::STATEMENTS,
            super::inbox::STATEMENTS,
            super::learn::STATEMENTS,
            super::lease::STATEMENTS,
            super::message::STATEMENTS,
            super::mission::STATEMENTS,
            super::model::STATEMENTS,
            super::notice::STATEMENTS,
            super::operate::STATEMENTS,
            super::paper::STATEMENTS,
            super::proof::STATEMENTS,
            super::purge::STATEMENTS,
            super::receipt::STATEMENTS,
            super::request::STATEMENTS,
            super::request::list::STATEMENTS,
            super::sent::STATEMENTS,
            super::ticket::STATEMENTS,
            super::timer::STATEMENTS,
            super::turn::STATEMENTS,
            super::watch::STATEMENTS,
        ];
        files.concat().into_iter().map(|(name, sql)| (name, sql.sqlite, sql.postgres)).collect()
    }
}

statements! {
    PING = Sql::same("select 1");
    SEND_WAKE = Sql { sqlite: "select $1", postgres: "select pg_notify('awasir', $1)" };
}

impl Tx {
    /// Wakes whoever waits for `wake`, in all processes, once this transaction is committed.
    pub fn wake(&mut self, wake: Wake) {
        if !self.pending.contains(&wake) {
            self.pending.push(wake);
        }
    }

    /// Commits, then wakes.
    ///
    /// # Errors
    /// Where the database cannot: nothing of it happened then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        if matches!(self.inner, Inner::Postgres(_)) {
            for wake in self.pending.clone() {
                on!(self, SEND_WAKE, |c, q| sqlx::query(q).bind(wake.to_payload()).execute(c).await.map(drop))?;
            }
        }
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        for wake in self.pending {
            self.wakes.send(wake);
        }
        Ok(())
    }
}

async fn open_sqlite(path: &str) -> Result<Database, StoreError> {
    if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Full, not normal: a message acknowledged with 200 must survive a power cut. Group commit pays for it.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("temp_store", "memory")
        // What is deleted is overwritten where that costs no extra page: an erasure erases.
        .pragma("secure_delete", "fast")
        // At most 64 MiB of pages: after years the indexes of the queues are larger, and pages that must be read again cost a
        // fifth of a message. A young database takes a few.
        .pragma("cache_size", "-65536")
        .statement_cache_capacity(STATEMENT_CACHE);
    // A file does not go away between two uses: no question before each.
    let pool = |most| SqlitePoolOptions::new().max_connections(most).test_before_acquire(false);
    let writer = pool(1).min_connections(1).connect_with(options.clone()).await?;
    sqlx::migrate!("migrations/sqlite").run(&writer).await?;
    let options = options.read_only(true).pragma("cache_size", "-2048");
    let reader = pool(READERS).connect_with(options).await?;
    Ok(Database::Sqlite { writer, reader })
}

async fn open_postgres(url: &str) -> Result<Database, StoreError> {
    let options = PgConnectOptions::from_str(url)?.application_name("awasir").statement_cache_capacity(STATEMENT_CACHE);
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await?;
    sqlx::migrate!("migrations/postgres").run(&pool).await?;
    Ok(Database::Postgres(pool))
}
