//! A PostgreSQL database for each test, on the server that `tests/run` (or `tests/with-postgres`) started.
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use std::sync::atomic::{AtomicU32, Ordering};

/// Serialises the making of templates between the processes of one run; any constant does.
const TEMPLATE_LOCK: i64 = 0x6177_6173_6972;

/// A database of its own, dropped at the end of the test.
#[derive(Debug)]
pub(crate) struct TestDatabase {
    /// What `DATABASE_URL` would say.
    pub(crate) url: String,
    name: String,
}

/// An empty database.
pub(crate) async fn empty() -> TestDatabase {
    create("template1").await
}

/// A copy of a database that `fill` prepared, for instance with every migration: made once a run for each `template`.
pub(crate) async fn filled(template: &str, fill: impl AsyncFnOnce(&str)) -> TestDatabase {
    let mut server = connect().await;
    sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut server).await.expect("the lock");
    let known = sqlx::query("select 1 from pg_database where datname = $1").bind(template);
    if known.fetch_optional(&mut server).await.expect("the list of databases").is_none() {
        // Filled under another name: a run that dies half-way leaves no half template.
        let draft = format!("{template}_draft");
        run(&mut server, format!("drop database if exists {draft} with (force)")).await;
        run(&mut server, format!("create database {draft}")).await;
        fill(&url_of(&draft)).await;
        run(&mut server, format!("alter database {draft} rename to {template}")).await;
    }
    drop(server); // the lock goes with the connection
    create(template).await
}

async fn create(template: &str) -> TestDatabase {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut server = connect().await;
    // A process id comes round again within a long run, after a test that was killed.
    run(&mut server, format!("drop database if exists {name} with (force)")).await;
    run(&mut server, format!("create database {name} template {template}")).await;
    TestDatabase { url: url_of(&name), name }
}

async fn connect() -> PgConnection {
    PgConnection::connect(&server_url()).await.expect("the PostgreSQL of TEST_POSTGRES_URL answers")
}

async fn run(server: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement)).execute(server).await.expect("a statement of the fixture's own");
}

#[expect(clippy::disallowed_methods, reason = "the one setting of the tests themselves")]
fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL is not set: run `bash tests/run rust` or `tests/with-postgres cargo nextest run`")
}

/// The server's URL with another database in the place of its last path segment.
fn url_of(name: &str) -> String {
    let server = server_url();
    let (front, query) = server.split_once('?').unwrap_or((&server, ""));
    let (front, _) = front.rsplit_once('/').expect("a URL with a database");
    format!("{front}/{name}{}{query}", if query.is_empty() { "" } else { "?" })
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // A thread of its own: drop may run inside a runtime, which must not be blocked on itself.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                run(&mut connect().await, format!("drop database if exists {name} with (force)")).await;
            });
        });
        drop(dropping.join());
    }
}

#[tokio::test]
async fn a_test_database_is_its_own_and_gone_afterwards() {
    let database = filled("template_of_the_self_test", async |url| {
        let mut there = PgConnection::connect(url).await.expect("the draft");
        run(&mut there, "create table kept (id bigint)".to_owned()).await;
        there.close().await.expect("closed: a template in use cannot be copied");
    })
    .await;
    let mut inside = PgConnection::connect(&database.url).await.expect("the copy");
    sqlx::query("insert into kept values (1)").execute(&mut inside).await.expect("the template's table");

    let url = empty().await.url.clone(); // dropped at the semicolon
    assert!(PgConnection::connect(&url).await.is_err());

    let name = database.name.clone();
    drop(database);
    let mut server = connect().await;
    let left = sqlx::query("select count(*) from pg_database where datname = $1").bind(name);
    assert_eq!(left.fetch_one(&mut server).await.expect("a count").get::<i64, _>(0), 0);
}
