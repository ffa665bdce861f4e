//! What callers of the HTTP server may take, and what they are told beyond it.
use crate::support::site::{SECRET, Site};
use awasir::web::Patience;
use serde_json::json;
use sqlx::{Connection as _, Executor as _, Row as _};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const HEAD: &str = "POST /hooks/telegram HTTP/1.1\r\nhost: x\r\n";

/// Patience that a test can wait for.
fn hurried() -> Patience {
    Patience {
        headers: Duration::from_millis(600),
        body: Duration::from_millis(300),
        call: Duration::from_millis(1500),
    }
}

fn update(id: u32) -> String {
    json!({ "update_id": id, "message": { "message_id": id, "date": 1_790_000_000, "text": "x",
        "chat": { "id": id, "type": "private", "first_name": "x" },
        "from": { "id": id, "is_bot": false, "first_name": "x" } } })
    .to_string()
}

/// Writes `first`, then `again` every 100 ms until the server has closed; what it said, and after how long.
async fn dribble(site: &Site, first: &str, again: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(site.address).await.unwrap();
    let began = Instant::now();
    stream.write_all(first.as_bytes()).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let again = again.to_owned();
    let writing = tokio::spawn(async move {
        while write.write_all(again.as_bytes()).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let mut said = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(20), read.read_to_end(&mut said)).await;
    assert!(closed.is_ok(), "still open after {:?}", began.elapsed());
    writing.abort();
    (String::from_utf8_lossy(&said).into_owned(), began.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_never_end_and_silence_are_cut() {
    let site = Site::hurried(&[], hurried()).await;
    for (first, again) in [("", ""), ("P", ""), (HEAD, ""), (HEAD, "x-a: b\r\n")] {
        let (said, after) = dribble(&site, first, again).await;
        assert!(after >= Duration::from_millis(500) && after < Duration::from_secs(5), "{after:?} {first:?}: {said}");
        assert!(!said.contains("200"), "{said}");
    }
    // And nobody else is kept from their answer by such callers.
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(TcpStream::connect(site.address).await.unwrap());
    }
    assert_eq!(site.hook(SECRET, update(1)).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_pauses_or_dribbles_is_given_up() {
    let site = Site::hurried(&[], hurried()).await;
    let secret = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    let head = format!("{HEAD}{secret}connection: close\r\ncontent-length: 1000\r\n\r\n");
    let (paused, after) = dribble(&site, &head, "").await;
    assert!(!paused.contains(" 200 "), "{paused}");
    assert!(after < Duration::from_millis(1400), "the pause is counted, not the call: {after:?}");
    let (dribbled, after) = dribble(&site, &head, "x").await;
    assert!(dribbled.starts_with("HTTP/1.1 503"), "{dribbled}");
    assert!(after >= Duration::from_millis(1400) && after < Duration::from_secs(8), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_without_measure_are_refused() {
    let site = Site::open(&[]).await;
    let health = || site.client.get(format!("{}/healthz", site.base));
    let answer = health().header("x-long", "a".repeat(200_000)).send().await;
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 431));
    assert_eq!(health().send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_says_when_to_come_again_and_loses_nothing_it_took() {
    let site = Site::open(&[("INTAKE_QUEUE", "4")]).await;
    let mut other = site.database().await;
    // Somebody else is writing: nothing can be committed meanwhile.
    other.execute("begin immediate").await.unwrap();
    let call = |id| {
        let call = site.client.post(format!("{}/hooks/telegram", site.base));
        let call = call.header("X-Telegram-Bot-Api-Secret-Token", SECRET).body(update(id));
        tokio::spawn(async move {
            let answer = call.send().await.unwrap();
            let again = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
            (answer.status().as_u16(), again)
        })
    };
    let calls: Vec<_> = (1..=40).map(call).collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(calls.iter().filter(|call| call.is_finished()).count() >= 20, "those beyond the queue are told at once");
    other.execute("rollback").await.unwrap();
    let answers: Vec<_> = futures::future::join_all(calls).await.into_iter().map(Result::unwrap).collect();
    let (taken, sent_away): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(status, _)| *status == 200);
    assert!((4..=20).contains(&taken.len()), "{}", taken.len());
    assert!(sent_away.iter().all(|answer| *answer == (503, Some("2".to_owned()))), "{sent_away:?}");
    let kept = sqlx::query("select count(*) from inbox").fetch_one(&mut other).await.unwrap().get::<i64, _>(0);
    assert_eq!(usize::try_from(kept).unwrap(), taken.len());
    other.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_call_leaves_nothing_and_one_not_understood_is_kept_sealed() {
    let site = Site::open(&[]).await;
    let mut other = site.database().await;
    let marked = r#"{"update_id": 5, "zarqa": "#;
    for secret in ["", "another"] {
        assert_eq!(site.hook(secret, marked).await.status(), 401);
    }
    let rows =
        "select (select count(*) from envelopes) + (select count(*) from inbox) + (select count(*) from addresses)";
    assert_eq!(sqlx::query(rows).fetch_one(&mut other).await.unwrap().get::<i64, _>(0), 0);
    for _ in 0..3 {
        assert_eq!(site.hook(SECRET, marked).await.status(), 200);
    }
    let kept = sqlx::query("select body, reason from envelopes").fetch_all(&mut other).await.unwrap();
    let [kept] = &*kept else { panic!("kept {} times", kept.len()) };
    let body: Vec<u8> = kept.get("body");
    assert!(body.len() >= marked.len() && !body.windows(5).any(|five| five == b"zarqa"), "not sealed");
    assert!(!kept.get::<String, _>("reason").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_shown_to_this_machine_or_for_the_token() {
    let open = Site::open(&[]).await;
    assert_eq!(open.client.get(format!("{}/metrics", open.base)).send().await.unwrap().status(), 200);
    let site = Site::open(&[("METRICS_TOKEN", "a-long-word")]).await;
    let ask = async |shown: &str| {
        let call = site.client.get(format!("{}/metrics", site.base)).header("authorization", shown);
        call.send().await.unwrap().status().as_u16()
    };
    for wrong in ["", "a-long-word", "Bearer ", "Bearer a-long-wor", "Bearer a-long-word2", "Basic a-long-word"] {
        assert_eq!(ask(wrong).await, 401, "{wrong}");
    }
    assert_eq!(ask("Bearer a-long-word").await, 200);
}
