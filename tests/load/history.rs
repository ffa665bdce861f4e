//! Years of use in a minute: rows that are done with, for measuring what they cost those that come after.
use anyhow::Context as _;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::str::FromStr as _;

/// Rows of one statement.
const STEP: i64 = 50_000;
/// The newest of the old rows, in microseconds since 1970: long before today, within what retention keeps.
const WHEN: &str = "1780000000000000 + i";

/// Writes `rows` old events, each stepped, answered and delivered, into the database of a program that is not running.
pub(crate) async fn write(database_url: &str, rows: u32) -> anyhow::Result<()> {
    let began = std::time::Instant::now();
    each_step(database_url, rows, |first, last, words| statements(first, last, words).into()).await?;
    println!("old rows              {rows} in each table, written in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Carries out what `texts` says for so many rows, some thousands at a time.
pub(crate) async fn each_step(
    database_url: &str,
    rows: u32,
    texts: impl Fn(i64, i64, &Words) -> Vec<String>,
) -> anyhow::Result<()> {
    if database_url.starts_with("sqlite:") {
        let options = sqlx::sqlite::SqliteConnectOptions::from_str(database_url)?;
        // It may be lost with the machine: it is made up.
        let options = options.synchronous(sqlx::sqlite::SqliteSynchronous::Off).pragma("cache_size", "-262144");
        let mut connection = options.connect().await?;
        for (first, last) in steps(rows) {
            let mut tx = connection.begin().await?;
            for text in texts(first, last, &SQLITE) {
                tx.execute(sqlx::AssertSqlSafe(text)).await?;
            }
            tx.commit().await?;
        }
        connection.execute("pragma wal_checkpoint(truncate)").await?;
        connection.close().await?;
    } else {
        let mut connection = sqlx::postgres::PgConnectOptions::from_str(database_url)?.connect().await?;
        for (first, last) in steps(rows) {
            for text in texts(first, last, &POSTGRES) {
                connection.execute(sqlx::AssertSqlSafe(text)).await.context("old rows")?;
            }
        }
        connection.execute("vacuum analyze").await?;
        connection.execute("checkpoint").await?;
        connection.close().await?;
    }
    Ok(())
}

fn steps(rows: u32) -> impl Iterator<Item = (i64, i64)> {
    let rows = i64::from(rows);
    (0..rows).step_by(usize::try_from(STEP).unwrap_or(usize::MAX)).map(move |first| (first, rows.min(first + STEP)))
}

/// How a dialect says what the other says otherwise.
pub(crate) struct Words {
    /// An id made of a number and a salt.
    pub(crate) id: fn(&str, u8) -> String,
    /// So many bytes.
    pub(crate) bytes: fn(u16) -> String,
    /// Bytes made of a number and a salt, as a hash would be.
    pub(crate) hash: fn(&str, u8) -> String,
}

pub(crate) const SQLITE: Words = Words {
    id: |i, salt| format!("cast(printf('%02d%014d', {salt}, {i}) as blob)"),
    bytes: |n| format!("zeroblob({n})"),
    hash: |i, salt| format!("cast(printf('%02d%030d', {salt}, {i}) as blob)"),
};
pub(crate) const POSTGRES: Words = Words {
    id: |i, salt| format!("md5('{salt}:' || ({i}))::uuid"),
    bytes: |n| format!("decode(repeat('00', {n}), 'hex')"),
    hash: |i, salt| format!("sha256(('{salt}:' || ({i}))::bytea)"),
};

fn statements(first: i64, last: i64, words: &Words) -> [String; 6] {
    let id = |salt| (words.id)("i", salt);
    // Four messages a person.
    let person = (words.id)("i / 4", 0);
    let bytes = words.bytes;
    let numbers = format!("with recursive n(i) as (select {first} union all select i + 1 from n where i + 1 < {last})");
    let insert = |table: &str, columns: &str, values: String| {
        format!("insert into {table} ({columns}) {numbers} select {values} from n")
    };
    [
        insert(
            "envelopes",
            "id, transport, account, received_at",
            format!("{}, 'telegram', '123456', {WHEN}", id(1)),
        ),
        insert(
            "inbox",
            "id, conversation_id, envelope_id, transport, account, external_id, event, received_at, due_at, status,
             attempts, done_at",
            format!(
                "{}, {person}, {}, 'telegram', '123456', 'old:' || i, {}, {WHEN}, {WHEN}, 1, 0, {WHEN}",
                id(2),
                id(1),
                bytes(150)
            ),
        ),
        insert(
            "turns",
            "inbox_seq, event_id, conversation_id, number, stepped_at, library_revision, settings_revision, model_revision,
             salt, outcome, decided, article, confidence",
            format!("i, {}, {person}, 0, {WHEN}, 1, 'old', 'old', 0, {}, 'answered', 'route', 1.0", id(2), bytes(32)),
        ),
        insert(
            "messages",
            "id, conversation_id, event_id, lane, origin, article, article_revision, created_at",
            format!("{}, {person}, {}, 'reply', 'bot', 'route', 1, {WHEN}", id(3), id(2)),
        ),
        insert(
            "deliveries",
            "id, message_id, conversation_id, transport, account, lane, part, payload, status, attempt, attempted_at, due_at,
             provider_id, maybe_repeated, created_at, settled_at",
            format!(
                "{}, {}, {person}, 'telegram', '123456', 'reply', 0, {}, 'sent', 1, {WHEN}, {WHEN}, 'old:' || i, false,
                 {WHEN}, {WHEN}",
                id(4),
                id(3),
                bytes(400)
            ),
        ),
        insert(
            "attempts",
            "delivery_id, attempt, started_at, ended_at, outcome",
            format!("{}, 1, {WHEN}, {WHEN}, 'accepted'", id(4)),
        ),
    ]
}
