//! Another system that calls the API of a program in this process.
use super::fake::World;
use awasir::model::{KeyOwner, Scope};
use awasir::settings::Reader;
use awasir::web::{WebSettings, serve};
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Every scope.
pub(crate) const ALL: &[Scope] = Scope::ALL;

/// A server over a world's database, and a key.
pub(crate) struct Caller {
    base: String,
    client: Client,
    pub(crate) key: String,
    _stop: DropGuard,
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Caller {
    /// A server with these settings, and a key of the Ministry's with these scopes.
    pub(crate) async fn start(world: &World, scopes: &[Scope], values: &[(&'static str, &'static str)]) -> Self {
        let mut reader = Reader::from_values(values.iter().copied());
        let web = WebSettings::read(&mut reader);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        tokio::spawn(serve(world.app.clone(), web, metrics, listener, stop.clone()));
        let (_, key) = world.app.api_key_add(("test", KeyOwner::Ministry), scopes, None, "noura").await.unwrap();
        let client = Client::builder().no_proxy().build().unwrap();
        Self { base, client, key, _stop: stop.drop_guard() }
    }

    /// The same server with another key.
    pub(crate) fn with(&self, key: &str) -> Self {
        let stop = CancellationToken::new();
        Self { base: self.base.clone(), client: self.client.clone(), key: key.to_owned(), _stop: stop.drop_guard() }
    }

    /// A call with a body as it stands.
    pub(crate) async fn raw(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut call = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key).body(body);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        read(call.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.raw(Method::GET, path, &[], Vec::new()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.raw(Method::PUT, path, &[("content-type", "application/json")], body.to_string().into_bytes()).await
    }

    /// A call that happens once under this Idempotency-Key.
    pub(crate) async fn post(&self, path: &str, once: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", once)];
        self.raw(Method::POST, path, &headers, body.to_string().into_bytes()).await
    }
}

async fn read(answer: Response) -> Answer {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.unwrap();
    Answer { status, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
}
