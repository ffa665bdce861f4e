//! The router with its limits, and the server's orderly end.
use super::api::{self, ApiSettings};
use super::chat::{self, ChatSettings};
use super::{health, hooks};
use crate::app::App;
use crate::settings::{Reader, Secret, Setting};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{any, get};
use metrics_exporter_prometheus::PrometheusHandle;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// The largest body of a webhook; platforms send a few KiB.
const BODY: usize = 1024 * 1024;

/// How long a caller may take over a part of its call. No settings: nobody but a test has a reason to change them.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For the line and the headers, and for being silent between two calls.
    pub headers: Duration,
    /// For a pause within a webhook's body.
    pub body: Duration,
    /// For a whole webhook, its commit included; platforms repeat after about as long.
    pub call: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { headers: Duration::from_secs(30), body: Duration::from_secs(10), call: Duration::from_secs(20) }
    }
}

const LISTEN: Setting = Setting {
    name: "LISTEN",
    default: Some("127.0.0.1:8080"),
    form: "address:port",
    help: "Where HTTP is served.",
    secret: false,
};
const PUBLIC_URL: Setting = Setting {
    name: "PUBLIC_URL",
    default: None,
    form: "https://host without a path",
    help: "How platforms and browsers reach us from outside. Unset: Telegram is polled.",
    secret: false,
};
const METRICS_TOKEN: Setting = Setting {
    name: "METRICS_TOKEN",
    default: None,
    form: "any text",
    help: "Whoever shows this as bearer may read /metrics. Unset: only this machine.",
    secret: true,
};
/// Settings of everything served over HTTP.
#[must_use]
pub fn settings() -> Vec<Setting> {
    [&[LISTEN, PUBLIC_URL, METRICS_TOKEN], chat::SETTINGS, api::SETTINGS].concat()
}

/// Settings of the server.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Where HTTP is served.
    pub listen: SocketAddr,
    /// How we are reached from outside, without a slash at the end.
    pub public_url: Option<String>,
    /// What opens /metrics from elsewhere.
    pub metrics_token: Option<Secret>,
    /// The web chat's.
    pub chat: ChatSettings,
    /// The API's.
    pub api: ApiSettings,
    /// How long callers may take.
    pub patience: Patience,
}

impl WebSettings {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let listen = reader.parse(&LISTEN).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_url = reader.parse_with(&PUBLIC_URL, |text| {
            let text = text.trim_end_matches('/');
            let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
            (!host.is_empty() && !host.contains('/')).then(|| text.to_owned())
        });
        let metrics_token = reader.secret(&METRICS_TOKEN);
        Self {
            listen,
            public_url,
            metrics_token,
            chat: ChatSettings::read(reader),
            api: ApiSettings::read(reader),
            patience: Patience::default(),
        }
    }
}

/// What handlers share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) app: App,
    pub(super) settings: WebSettings,
    pub(super) metrics: PrometheusHandle,
}

fn router(shared: Shared) -> Router {
    let patience = shared.settings.patience.clone();
    Router::new()
        .route("/hooks/{transport}", any(hooks::take))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(patience.body))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience.call))
        .with_state(shared)
}

/// Serves until `stop` is cancelled, then finishes what is under way.
pub async fn serve(
    app: App,
    settings: WebSettings,
    metrics: PrometheusHandle,
    listener: TcpListener,
    stop: CancellationToken,
) {
    let headers_within = settings.patience.headers;
    // The chat's streams have limits of their own.
    let chat = chat::router(app.clone(), settings.chat.clone(), stop.clone());
    let base = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listen));
    let api = api::router(app.clone(), &settings.api, settings.chat.address_header.clone(), base);
    let router = router(Shared { app, settings, metrics }).merge(chat).merge(api).layer(CatchPanicLayer::new());
    super::accept::serve(listener, router, headers_within, stop).await;
}
