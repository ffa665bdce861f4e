//! The web chat: the page at `/`, the widget for other sites, the API that both speak, and a plain form without JavaScript.
//!
//! No cookie: a signed token names the session, in a header or a hidden field, never in a URL.
mod api;
mod assets;
mod form;
mod limits;
mod line;
mod page;
mod picture;
mod reader;
mod refusal;
mod rooms;
mod settings;
mod token;
mod visit;
mod words;

pub(super) use assets::BASE;
pub(super) use limits::by_address as limit_by_address;
pub(super) use settings::SETTINGS;
pub(super) use words::{direction, language};

pub(super) use assets::BASE as ASSETS;
pub use settings::ChatSettings;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::routing::{get, post};
use limits::Limiters;
use rooms::Rooms;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// Bytes of one request: the longest text, every letter escaped, and room around it.
const LONGEST_BODY: usize = 64 * 1024;
/// A request whose body stands still for this long is given up.
const SLOW_BODY: Duration = Duration::from_secs(20);
/// Until its answer begins a call may take this long in all; the longest poll is a third of it.
const WHOLE_CALL: Duration = Duration::from_secs(60);

/// What the handlers share.
pub(super) struct Chat {
    pub(super) app: App,
    settings: ChatSettings,
    limiters: Limiters,
    rooms: Rooms,
    /// Streams and long polls that may be open at once.
    readers: Arc<Semaphore>,
    stop: CancellationToken,
}

/// The web chat's routes. Streams end when `stop` is cancelled, so that the server can close.
pub(super) fn router(app: App, settings: ChatSettings, stop: CancellationToken) -> Router {
    let chat = Arc::new(Chat {
        limiters: Limiters::new(&settings),
        rooms: Rooms::start(app.store().chat_wakes(), stop.clone()),
        readers: Arc::new(Semaphore::new(settings.readers)),
        app,
        settings,
        stop,
    });
    let limited = Router::new()
        .route("/chat/session", post(api::open))
        .route("/chat/messages", post(api::say))
        .route("/chat/events", post(api::events))
        .route("/chat/poll", post(api::poll))
        .route("/chat/end", post(api::end))
        .route("/chat/form", post(form::post).get(form::get))
        .layer(RequestBodyTimeoutLayer::new(SLOW_BODY))
        // The limit above begins anew with every byte; this one does not. A stream's own life is not counted.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, WHOLE_CALL))
        .layer(middleware::from_fn_with_state(chat.clone(), limits::by_address));
    let nosniff = HeaderValue::from_static("nosniff");
    Router::new()
        .route("/", get(page::page))
        .route("/chat/frame", get(page::frame))
        .route("/widget.js", get(page::widget))
        .route("/chat/static/{version}/{name}", get(assets::get))
        .route("/chat/pictures/{name}", get(picture::get))
        .merge(limited)
        .merge(super::papers::router(&chat))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        // Leaves event streams alone: they would be held back.
        .layer(CompressionLayer::new())
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, nosniff))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("referrer-policy"),
            HeaderValue::from_static("no-referrer"),
        ))
        .with_state(chat)
}
