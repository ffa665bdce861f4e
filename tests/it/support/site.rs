//! The HTTP server in this process, with an empty database and the clock held still. No worker runs: nothing answers.
use awasir::app::{App, AppSettings, Parts, wake_readers};
use awasir::assets::Embedded;
use awasir::channels;
use awasir::clock::ManualClock;
use awasir::locale::Catalog;
use awasir::model::Timestamp;
use awasir::seal::KeyRing;
use awasir::settings::Reader;
use awasir::store::Store;
use awasir::web::{Patience, WebSettings, serve};
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What platforms show.
pub(crate) const SECRET: &str = "hook-secret_1";

/// A server on a free port.
pub(crate) struct Site {
    pub(crate) base: String,
    pub(crate) address: SocketAddr,
    pub(crate) client: Client,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) stop: CancellationToken,
    pub(crate) server: JoinHandle<()>,
    folder: TempDir,
}

impl Site {
    /// With Telegram's webhook and the web chat on, and these settings besides.
    pub(crate) async fn open(values: &[(&'static str, &'static str)]) -> Self {
        Self::hurried(values, Patience::default()).await
    }

    /// The same with other patience.
    pub(crate) async fn hurried(values: &[(&'static str, &'static str)], patience: Patience) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(KeyRing::parse(&KeyRing::generate()).unwrap());
        let store = Store::open(&database(&folder), ring).await.unwrap();
        let clock = ManualClock::new(Timestamp::from_seconds(1_800_000_000));
        let telegram = [
            ("TELEGRAM_BOT_TOKEN", "123456:AAtestAAtestAAtestAAtestAAtestAAtes"),
            ("TELEGRAM_WEBHOOK_SECRET", SECRET),
            ("TELEGRAM_MODE", "webhook"),
        ];
        let mut reader = Reader::from_values(telegram.into_iter().chain(values.iter().copied()));
        let settings = AppSettings::read(&mut reader);
        let web = WebSettings { patience, ..WebSettings::read(&mut reader) };
        let config = channels::Config::read(&mut reader, Some("https://bot.example"));
        assert_eq!(reader.problems(), []);
        let client = Client::builder().no_proxy().build().unwrap();
        let parts = Parts {
            clock: clock.clone(),
            catalog: Arc::new(Catalog::embedded()),
            source: Arc::new(Embedded),
            transports: config.transports(&client, wake_readers(&store), &Catalog::embedded()),
            models_dir: Some(super::library::models()),
            settings,
            store,
        };
        let app = App::start(parts).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let server = tokio::spawn(serve(app, web, metrics, listener, stop.clone()));
        Self { base: format!("http://{address}"), address, client, clock, stop, server, folder }
    }

    /// A connection of one's own to its database.
    pub(crate) async fn database(&self) -> SqliteConnection {
        SqliteConnection::connect(&database(&self.folder)).await.unwrap()
    }

    /// Hands in what Telegram would.
    pub(crate) async fn hook(&self, secret: &str, body: impl Into<reqwest::Body>) -> Response {
        let call = self.client.post(format!("{}/hooks/telegram", self.base));
        call.header("X-Telegram-Bot-Api-Secret-Token", secret).body(body).send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: &Value) -> Response {
        let call = self.client.post(format!("{}{path}", self.base)).bearer_auth(token);
        call.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    pub(crate) async fn session(&self) -> String {
        let answer = self.post("/chat/session", "", &json!({ "lang": "ar" })).await.text().await.unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        answer["token"].as_str().unwrap().to_owned()
    }

    /// Says something and gives the status, and the renewed token where one came.
    pub(crate) async fn say(&self, token: &str, key: &str) -> (StatusCode, Option<String>) {
        let answer = self.post("/chat/messages", token, &json!({ "id": key, "text": "x", "lang": "ar" })).await;
        let renewed = answer.headers().get("x-chat-token").map(|value| value.to_str().unwrap().to_owned());
        (answer.status(), renewed)
    }
}

fn database(folder: &TempDir) -> String {
    format!("sqlite://{}/site.db", folder.path().display())
}
