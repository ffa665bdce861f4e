//! The web chat over HTTP with the clock held still: how long sessions live, what is refused, how streams end.
use awasir::app::{App, AppSettings, Parts, wake_readers};
use awasir::assets::Embedded;
use awasir::channels::WebChat;
use awasir::clock::ManualClock;
use awasir::locale::Catalog;
use awasir::model::Timestamp;
use awasir::seal::KeyRing;
use awasir::settings::Reader;
use awasir::store::Store;
use awasir::web::{WebSettings, serve};
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const HOUR: Duration = Duration::from_hours(1);

/// A server on a free port, with an empty database. No worker runs: nothing answers.
struct Site {
    base: String,
    client: Client,
    clock: Arc<ManualClock>,
    stop: CancellationToken,
    server: JoinHandle<std::io::Result<()>>,
    _folder: TempDir,
}

impl Site {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(KeyRing::parse(&KeyRing::generate()).unwrap());
        let store = Store::open(&format!("sqlite://{}/chat.db", folder.path().display()), ring).await.unwrap();
        let clock = ManualClock::new(Timestamp::from_seconds(1_800_000_000));
        let mut reader = Reader::from_values([("CHAT_MESSAGES_PER_MINUTE", "5")]);
        let settings = AppSettings::read(&mut reader);
        let web = WebSettings::read(&mut reader);
        let parts = Parts {
            clock: clock.clone(),
            catalog: Arc::new(Catalog::embedded()),
            source: Arc::new(Embedded),
            transports: vec![Arc::new(WebChat::new(wake_readers(&store)))],
            models_dir: Some(crate::support::library::models()),
            settings,
            store,
        };
        let app = App::start(parts).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let server = tokio::spawn(serve(app, web, metrics, listener, stop.clone()));
        let client = Client::builder().no_proxy().build().unwrap();
        Self { base, client, clock, stop, server, _folder: folder }
    }

    async fn post(&self, path: &str, token: &str, body: &Value) -> Response {
        let call = self.client.post(format!("{}{path}", self.base)).bearer_auth(token);
        call.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    async fn session(&self) -> String {
        let answer = self.post("/chat/session", "", &json!({ "lang": "ar" })).await.text().await.unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        answer["token"].as_str().unwrap().to_owned()
    }

    /// Says something and gives the status, and the renewed token where one came.
    async fn say(&self, token: &str, key: &str) -> (StatusCode, Option<String>) {
        let answer = self.post("/chat/messages", token, &json!({ "id": key, "text": "x", "lang": "ar" })).await;
        let renewed = answer.headers().get("x-chat-token").map(|value| value.to_str().unwrap().to_owned());
        (answer.status(), renewed)
    }
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_a_day_longer() {
    let site = Site::open().await;
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
    let site = Site::open().await;
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
async fn a_storm_is_told_when_to_come_back() {
    let site = Site::open().await;
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
    let site = Site::open().await;
    let token = site.session().await;
    let mut stream = site.post("/chat/events", &token, &json!({ "after": "" })).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = stream.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"event: lines"), "the first event comes without waiting for a line");
    assert_eq!(site.say(&token, "a-question").await.0, StatusCode::ACCEPTED);
    let line = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&line).contains("a-question"));
    site.stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), site.server).await.unwrap().unwrap().unwrap();
}
