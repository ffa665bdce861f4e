//! The API for the Ministry's, an embassy's or the association's own system: `/api/v1/…`, its document and its page.
//!
//! Every refusal is a problem of RFC 9457, also those of the layers around the handlers. What a handler does, the same use case
//! does as for the command line and for imports.
mod answers;
mod caller;
mod cursor;
mod document;
mod fields;
mod guard;
mod input;
mod page;
mod papers;
mod problem;
mod requests;
mod rules;
mod settings;
mod shapes;
mod shown;
mod stages;
mod view;

pub(super) use settings::SETTINGS;

pub use settings::ApiSettings;

use crate::app::{ApiChange, ApiDone, ApiKey, App, Once, Report};
use crate::model::ApiKeyId;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::Redirect;
use axum::routing::{any, get};
use caller::Limits;
use input::IdempotencyKey;
use problem::{Kind, Problem};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The largest body: a report takes a few KiB.
const BODY: usize = 1024 * 1024;
/// A body that stands still for this long is given up.
const SLOW_BODY: Duration = Duration::from_secs(10);
/// A whole call, its commit included.
const WHOLE_CALL: Duration = Duration::from_secs(30);

/// What the handlers share.
struct Api {
    app: App,
    limits: Limits,
    /// The header with the caller's address, behind a proxy.
    address_header: Option<String>,
    /// Calls under way in this process, by key and Idempotency-Key.
    under_way: Mutex<HashSet<(ApiKeyId, String)>>,
    document: utoipa::openapi::OpenApi,
    /// How we are reached, for the page's example.
    base: String,
}

impl Api {
    /// Changes the register, once under an Idempotency-Key. Who comes while the first is under way is told to come again.
    async fn once(
        &self,
        key: &ApiKey,
        IdempotencyKey(text): &IdempotencyKey,
        call: &[&[u8]],
        change: (&ApiChange, &Report),
        batch: Option<&str>,
    ) -> Result<ApiDone, Problem> {
        let _place = Place::take(self, key.id, text).ok_or(Problem::of(Kind::UnderWay))?;
        let once = Once { key: text, call };
        Ok(self.app.api_change(key, Some(once), change, batch).await?)
    }
}

/// A call under way; its place is free again when it ends, however it ends.
struct Place<'a> {
    api: &'a Api,
    call: (ApiKeyId, String),
}

impl<'a> Place<'a> {
    fn take(api: &'a Api, key: ApiKeyId, text: &str) -> Option<Self> {
        let call = (key, text.to_owned());
        let free = api.under_way.lock().expect("nobody panics while holding it").insert(call.clone());
        free.then_some(Self { api, call })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.api.under_way.lock().expect("nobody panics while holding it").remove(&self.call);
    }
}

/// The API's routes.
pub(super) fn router(app: App, settings: &ApiSettings, address_header: Option<String>, base: String) -> Router {
    let (v1, document) = OpenApiRouter::with_openapi(document::Head::openapi())
        .routes(routes!(requests::list, requests::begin))
        .routes(routes!(requests::show, requests::report))
        .routes(routes!(stages::list, stages::report))
        .routes(routes!(papers::report))
        .split_for_parts();
    let api = Arc::new(Api {
        app,
        limits: Limits::new(settings),
        address_header,
        under_way: Mutex::default(),
        document,
        base,
    });
    let pages = Router::new()
        .route("/api", get(async || Redirect::permanent("/api/")))
        .route("/api/", get(page::page))
        .route("/api/openapi.json", get(page::document))
        .layer(CompressionLayer::new());
    v1.merge(pages)
        .route("/api/{*rest}", any(async || Problem::of(Kind::NotFound)))
        .method_not_allowed_fallback(async || Problem::of(Kind::MethodNotAllowed))
        .layer(middleware::from_fn(guard::address))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(SLOW_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, WHOLE_CALL))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(guard::answer))
        .with_state(api)
}
