//! What came of it: figures, and whether anything was lost or said twice.
use super::board::{Board, Person};
use super::load::Took;
use super::process::Usage;
use awasir::seal::KeyRing;
use sqlx::Row;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// Prints the figures of a run; times are from posting.
pub(crate) fn print(board: &Board, took: &Took, idle: &Usage, busy: &Usage) {
    let people: Vec<Person> = board.people()[took.before..].to_vec();
    let acks = times(&people, |person| person.acknowledged.map(|at| at - person.posted));
    let replies = times(&people, |person| {
        let parts = board.parts(person.writer);
        person.answered(parts).map(|at| at.saturating_duration_since(person.posted))
    });
    let last = people.iter().flat_map(|person| &person.replies).map(|reply| reply.at).max();
    let span = last.map_or(Duration::ZERO, |at| at.saturating_duration_since(took.began));
    let sent: usize = people.iter().map(|person| person.replies.len()).sum();
    let count = acks.len();
    println!("messages              {count} acknowledged, {} answered whole, {sent} sent", replies.len());
    println!("posted again          {} (after {} kills)", took.repeats, took.kills);
    println!("messages a second     {:.0} over {:.1} s", per(count, span.as_secs_f64()), span.as_secs_f64());
    println!("webhook acknowledged  {}", quantiles(&acks));
    println!("whole answer          {}", quantiles(&replies));
    let share = |seconds: f64| 1000.0 * seconds / per(count.max(1), 1.0);
    if took.kills == 0 {
        // After a kill the process is another, and its figures are of its own life only.
        println!("CPU a message         {:.2} ms of awasir", share(busy.cpu - idle.cpu));
        if let (Some(before), Some(after)) = (idle.postgres_cpu, busy.postgres_cpu) {
            println!("                      {:.2} ms of PostgreSQL", share(after - before));
        }
    }
    let mib = |kib: u64| kib / 1024;
    println!(
        "memory (RSS)          {} MiB idle, {} MiB after, {} MiB at most",
        mib(idle.rss_kib),
        mib(busy.rss_kib),
        mib(busy.peak_rss_kib)
    );
}

/// Whether every acknowledged message was answered whole, nobody else was written to, and nothing was said twice but what
/// the database marks as `maybe_repeated`.
pub(crate) async fn verdict(board: &Board, database_url: &str, ring: &KeyRing) -> anyhow::Result<bool> {
    let marked = marked(database_url).await?;
    // Telegram's ids count per chat; the database keeps their keyed hash (app/keys.rs).
    let kept = |chat: i64, message: i64| {
        hex::encode(&ring.hash(&[b"provider id", format!("{chat}:{message}").as_bytes()])[..16])
    };
    let people = board.people().clone();
    let lost =
        people.iter().filter(|person| person.acknowledged.is_some() && person.distinct() < board.parts(person.writer));
    let more = people.iter().filter(|person| person.distinct() > board.parts(person.writer));
    let (mut repeated, mut unmarked) = (0, 0);
    for person in &people {
        let mut by_text: HashMap<u64, Vec<i64>> = HashMap::new();
        for reply in &person.replies {
            by_text.entry(reply.text).or_default().push(reply.message_id);
        }
        for ids in by_text.values().filter(|ids| ids.len() > 1) {
            repeated += 1;
            // The provider's id that is kept is that of the last try.
            unmarked +=
                usize::from(ids.len() > 2 || !ids.iter().any(|id| marked.contains(&kept(person.writer.chat, *id))));
        }
    }
    let (lost, more, strays) = (lost.count(), more.count(), board.strays());
    println!("lost                  {lost}");
    println!("said twice            {repeated}, of them {unmarked} not marked maybe_repeated ({} marks)", marked.len());
    println!("more than expected    {more} people; {strays} messages to nobody");
    Ok(lost == 0 && unmarked == 0 && strays == 0 && more == 0)
}

/// The ids, as they are kept, of the messages that the database says may have been repeated.
async fn marked(database_url: &str) -> anyhow::Result<HashSet<String>> {
    const MARKED: &str = "select provider_id from deliveries where maybe_repeated and provider_id is not null";
    let ids: Vec<String> = if database_url.starts_with("sqlite:") {
        let pool = sqlx::SqlitePool::connect(database_url).await?;
        sqlx::query(MARKED).fetch_all(&pool).await?.iter().map(|row| row.get(0)).collect()
    } else {
        let pool = sqlx::PgPool::connect(database_url).await?;
        sqlx::query(MARKED).fetch_all(&pool).await?.iter().map(|row| row.get(0)).collect()
    };
    Ok(ids.into_iter().collect())
}

fn times(people: &[Person], of: impl Fn(&Person) -> Option<Duration>) -> Vec<Duration> {
    let mut times: Vec<Duration> = people.iter().filter_map(of).collect();
    times.sort_unstable();
    times
}

fn quantiles(sorted: &[Duration]) -> String {
    let at = |percent: usize| match sorted.len() {
        0 => 0.0,
        count => sorted[(count * percent / 100).min(count - 1)].as_secs_f64() * 1000.0,
    };
    format!("p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, most {:.1} ms", at(50), at(95), at(99), at(100))
}

#[expect(clippy::cast_precision_loss, reason = "counts are small numbers")]
fn per(count: usize, seconds: f64) -> f64 {
    if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
}
