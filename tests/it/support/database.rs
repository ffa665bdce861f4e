//! The same test on both databases, with a clock that stands still.
use super::pg;
use awasir::clock::ManualClock;
use awasir::model::Timestamp;
use awasir::seal::KeyRing;
use awasir::store::{Database, Store};
use sqlx::{AssertSqlSafe, Row as _};
use std::sync::Arc;

/// Whatever day; not a special one.
pub(crate) const START: Timestamp = Timestamp::from_seconds(1_795_000_000);
/// The template database with every migration.
const TEMPLATE: &str = "template_migrated";

/// A store of its own and its clock.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
}

/// Runs `test` on SQLite, then on PostgreSQL.
pub(crate) async fn each_database<F: Future<Output = ()>>(test: impl Fn(Bench) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::open(&format!("sqlite://{}", folder.path().join("test.db").display())).await;
    test(bench.clone()).await;
    bench.store.close().await;
    let database = pg::filled(TEMPLATE, async |url| Bench::open(url).await.store.close().await).await;
    let bench = Bench::open(&database.url).await;
    test(bench.clone()).await;
    bench.store.close().await;
}

impl Bench {
    async fn open(url: &str) -> Self {
        let ring = Arc::new(KeyRing::parse(&KeyRing::generate()).unwrap());
        Self { store: Store::open(url, ring).await.unwrap(), clock: ManualClock::new(START) }
    }

    /// What the clock says.
    pub(crate) fn clock_now(&self) -> Timestamp {
        awasir::clock::Clock::now(&*self.clock)
    }

    /// Rows of `table`, which may carry a `where`.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let text = AssertSqlSafe(format!("select count(*) from {table}"));
        match self.store.database() {
            Database::Sqlite { reader, .. } => sqlx::query_scalar(text).fetch_one(reader).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        }
    }

    /// Spoils every event in the inbox, as a broken disk would.
    pub(crate) async fn break_events(&self) {
        match self.store.database() {
            Database::Sqlite { writer, .. } => {
                sqlx::query("update inbox set event = x'00'").execute(writer).await.unwrap();
            }
            Database::Postgres(pool) => {
                sqlx::query("update inbox set event = '\\x00'::bytea").execute(pool).await.unwrap();
            }
        }
    }

    /// Every `table.column null?` and every unique key, sorted.
    pub(crate) async fn columns(&self) -> Vec<String> {
        let mut shape: Vec<String> = match self.store.database() {
            Database::Sqlite { reader, .. } => {
                let text = "select m.name || '.' || c.name || case when c.\"notnull\" = 1 or c.pk > 0 then ' not null' else '' end
                    from sqlite_master m join pragma_table_info(m.name) c
                    where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'";
                let keys =
                    "select m.name || ' unique ' || (select group_concat(k.name, ',') from pragma_index_info(i.name) k)
                    from sqlite_master m join pragma_index_list(m.name) i
                    where m.type = 'table' and i.\"unique\" = 1 and m.name <> '_sqlx_migrations'";
                let mut rows = sqlx::query(text).fetch_all(reader).await.unwrap();
                rows.extend(sqlx::query(keys).fetch_all(reader).await.unwrap());
                rows.iter().map(|row| row.get::<String, _>(0)).collect()
            }
            Database::Postgres(pool) => {
                let text =
                    "select table_name || '.' || column_name || case is_nullable when 'NO' then ' not null' else '' end
                    from information_schema.columns where table_schema = 'public' and table_name <> '_sqlx_migrations'";
                let keys = "select t.relname || ' unique ' || string_agg(a.attname, ',' order by k.place)
                    from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
                    join lateral unnest(i.indkey) with ordinality k(number, place) on true
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
                    where i.indisunique and n.nspname = 'public' and t.relname <> '_sqlx_migrations'
                    group by t.relname, i.indexrelid";
                let mut rows = sqlx::query(text).fetch_all(pool).await.unwrap();
                rows.extend(sqlx::query(keys).fetch_all(pool).await.unwrap());
                rows.iter().map(|row| row.get::<String, _>(0)).collect()
            }
        };
        // SQLite keeps no separate index for a whole-number primary key.
        shape.retain(|line| !line.ends_with(" unique seq"));
        shape.sort();
        shape
    }
}
