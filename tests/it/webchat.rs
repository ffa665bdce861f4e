//! The web chat over HTTP with the clock held still: how long sessions live, what is refused, how streams end.
use crate::support::site::Site;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_a_day_longer() {
    let site = Site::open(&[("CHAT_MESSAGES_PER_MINUTE", "5")]).await;
    let first = site.session().await;
    assert_eq!(site.say(&first, "message-1").await, (StatusCode::ACCEPTED, None));
    site.clock.advance(HOUR * 2);
    let (status, renewed) = site.say(&first, "message-2").await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let second = renewed.expect("a token older than an hour is renewed");
    site.clock.advance(HOUR * 23);
    // The browser may never have got the newer one: the session was used, so the older still opens it.
    assert_eq!(site.say(&first, "message-3").await.0, StatusCode::ACCEPTED);
    site.clock.advance(HOUR * 25);
    assert_eq!(site.say(&first, "message-4").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(site.say(&second, "message-5").await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_repeat_has_one_effect_and_an_ended_session_opens_nothing() {
    let site = Site::open(&[("CHAT_MESSAGES_PER_MINUTE", "5")]).await;
    let (mine, theirs) = (site.session().await, site.session().await);
    for _ in 0..2 {
        assert_eq!(site.say(&mine, "the-same-one").await.0, StatusCode::ACCEPTED);
    }
    // The same key in another session is another message.
    assert_eq!(site.say(&theirs, "the-same-one").await.0, StatusCode::ACCEPTED);
    let batch = site.post("/chat/poll", &mine, &json!({ "after": "" })).await.text().await.unwrap();
    let batch: Value = serde_json::from_str(&batch).unwrap();
    assert_eq!(batch["lines"].as_array().map(Vec::len), Some(1), "{batch}");
    assert_eq!(batch["lines"][0]["key"], "the-same-one");
    assert_eq!(site.post("/chat/end", &mine, &json!({})).await.status(), StatusCode::OK);
    assert_eq!(site.post("/chat/poll", &mine, &json!({ "after": "" })).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_drawing_of_a_stage_is_the_same_for_everybody_and_kept_by_browsers() {
    let site = Site::open(&[]).await;
    let get = async |name: &str| site.client.get(format!("{}/chat/pictures/{name}", site.base)).send().await.unwrap();
    let picture = get("route-with_embassy-en.png").await;
    assert_eq!(picture.status(), StatusCode::OK);
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert_eq!(picture.headers()["cache-control"], "public, max-age=86400");
    assert_eq!(picture.headers()["x-content-type-options"], "nosniff");
    let bytes = picture.bytes().await.unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(get("route-with_embassy-en.png").await.bytes().await.unwrap(), bytes);
    for other in ["route-nowhere-en.png", "route-studying-tlh.png", "route-studying.png", "studying-en.png", "-.png"] {
        assert_eq!(get(other).await.status(), StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn a_storm_is_told_when_to_come_back() {
    let site = Site::open(&[("CHAT_MESSAGES_PER_MINUTE", "5")]).await;
    let token = site.session().await;
    for number in 0..5 {
        assert_eq!(site.say(&token, &format!("message-{number}")).await.0, StatusCode::ACCEPTED);
    }
    let answer = site.post("/chat/messages", &token, &json!({ "id": "message-6", "text": "x" })).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    let another = site.session().await;
    assert_eq!(site.say(&another, "message-1").await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_stream_brings_a_line_at_once_and_ends_with_the_server() {
    let site = Site::open(&[("CHAT_MESSAGES_PER_MINUTE", "5")]).await;
    let token = site.session().await;
    let mut stream = site.post("/chat/events", &token, &json!({ "after": "" })).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = stream.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"event: lines"), "the first event comes without waiting for a line");
    assert_eq!(site.say(&token, "a-question").await.0, StatusCode::ACCEPTED);
    let line = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&line).contains("a-question"));
    site.stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), site.server).await.unwrap().unwrap();
}
