//! A full register in a minute: requests with their stages and papers, proved on addresses, for measuring what a status costs.
use super::history::{Words, each_step};

/// When it all happened: a month before the messages of the driver.
const WHEN: &str = "1792500000000000 + i";
/// How references of these requests begin: an answer that holds it tells of one of them.
pub(crate) const REFERENCE: &str = "AW-";
/// Long after any run.
const NEVER: &str = "9000000000000000";

/// Writes `rows` requests, without names (only the program can seal them), into the database of a program that is not running,
/// each proved on an address of its own, and proves one of them to everybody who has written to the program.
pub(crate) async fn write(database_url: &str, rows: u32) -> anyhow::Result<()> {
    let began = std::time::Instant::now();
    each_step(database_url, rows, statements).await?;
    each_step(database_url, 1, |_, _, words| vec![prove(rows, words)]).await?;
    println!("requests              {rows}, written in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Everybody who wrote has proved a request, each another, spread over all of them.
fn prove(rows: u32, words: &Words) -> String {
    let request = (words.id)(&format!("((w.place * 7919) % {rows})"), 21);
    format!(
        "insert into proofs (conversation_id, request_id, method, proved_at, expires_at)
         select w.id, {request}, 'code', 1792500000000000, {NEVER}
         from (select id, row_number() over (order by id) as place from conversations) w"
    )
}

fn statements(first: i64, last: i64, words: &Words) -> Vec<String> {
    let id = |salt| (words.id)("i", salt);
    let bytes = (words.bytes)(60);
    let numbers = format!("with recursive n(i) as (select {first} union all select i + 1 from n where i + 1 < {last})");
    let insert = |table: &str, columns: &str, values: String| {
        format!("insert into {table} ({columns}) {numbers} select {values} from n")
    };
    let stage =
        "case i % 4 when 0 then 'with_ministry' when 1 then 'received' when 2 then 'studying' else 'confirming' end";
    let holder = "case i % 4 when 0 then 'ministry' else 'association' end";
    vec![
        insert("contacts", "id, locale, created_at", format!("{}, 'ar', {WHEN}", id(23))),
        insert(
            "addresses",
            "id, contact_id, channel, transport, account, hash, value, created_at",
            format!(
                "{}, {}, 'telegram', 'telegram', '123456', {}, {bytes}, {WHEN}",
                id(22),
                id(23),
                (words.hash)("i", 24)
            ),
        ),
        insert(
            "requests",
            "id, reference, folded, stage, holder, since, source, received_at, country, created_at, updated_at",
            format!(
                "{}, '{REFERENCE}' || i, 'aw' || i, {stage}, {holder}, {WHEN}, 'import', {WHEN}, 'KW', {WHEN}, {WHEN}",
                id(21)
            ),
        ),
        insert(
            "request_stages",
            "id, request_id, stage, holder, at, source, recorded_at",
            format!("{}, {}, {stage}, {holder}, {WHEN}, 'import', {WHEN}", id(25), id(21)),
        ),
        insert(
            "request_papers",
            "request_id, kind, state, since, source",
            format!("{}, 'paper', case i % 3 when 0 then 'missing' else 'accepted' end, {WHEN}, 'import'", id(21)),
        ),
        insert(
            "proofs",
            "conversation_id, request_id, method, proved_at, expires_at",
            format!("{}, {}, 'code', {WHEN}, {NEVER}", id(22), id(21)),
        ),
    ]
}
