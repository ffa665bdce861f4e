//! `POST /hooks/{transport}`: what platforms deliver. 200 only after the commit.
use super::server::Shared;
use crate::app::IntakeError;
use crate::channels::{HookCall, Inlet};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// Seconds after which a platform may repeat what we had no room for.
const RETRY_AFTER: &str = "2";

pub(super) async fn take(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let transport = shared.app.transport(&name).filter(|transport| transport.inlet() == Inlet::Hook);
    let Some(transport) = transport else { return StatusCode::NOT_FOUND.into_response() };
    if method != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let call = HookCall {
        method: method.to_string(),
        url: format!("{}/hooks/{name}", shared.settings.public_url.as_deref().unwrap_or_default()),
        query,
        headers: headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect(),
        body,
        peer: Some(peer.ip()),
        now: shared.app.clock().now(),
    };
    match shared.app.take_call(&**transport, &call).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(IntakeError::Forged) => StatusCode::UNAUTHORIZED.into_response(),
        Err(IntakeError::Busy) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)]).into_response()
        }
        Err(IntakeError::Store(error)) => {
            tracing::error!(transport = %name, error = %error, "delivery of a platform not kept");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)]).into_response()
        }
    }
}
