//! `/healthz`, `/readyz`, `/metrics`.
use super::server::Shared;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use subtle::ConstantTimeEq as _;

/// The process lives.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The process can do its work: the database answers.
pub(super) async fn ready(State(shared): State<Shared>) -> Response {
    match shared.app.store().ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n").into_response(),
    }
}

/// Numbers for Prometheus: to this machine, or to whoever shows `METRICS_TOKEN`.
pub(super) async fn metrics(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if !allowed(&shared, peer, &headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if let Ok(ages) = shared.app.store().queue_ages().await {
        let now = shared.app.clock().now();
        let age = |since: Option<crate::model::Timestamp>| since.map_or(0.0, |at| at.until(now).as_secs_f64());
        metrics::gauge!("awasir_queue_age_seconds", "queue" => "inbox").set(age(ages.inbox));
        for transport in shared.app.transports() {
            let name = transport.name().as_str().to_owned();
            for (queue, rows) in [("replies", &ages.replies), ("notices", &ages.notices)] {
                let oldest = rows.iter().find(|(of, _)| *of == name).map(|(_, at)| *at);
                metrics::gauge!("awasir_queue_age_seconds", "queue" => queue, "transport" => name.clone())
                    .set(age(oldest));
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 deliveries are unknown at once")]
        metrics::gauge!("awasir_deliveries_unknown").set(ages.unknown as f64);
        #[expect(clippy::cast_precision_loss, reason = "phrases missed are few")]
        metrics::gauge!("awasir_phrases_missed").set(shared.app.catalog().missed() as f64);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], shared.metrics.render()).into_response()
}

fn allowed(shared: &Shared, peer: SocketAddr, headers: &HeaderMap) -> bool {
    let Some(token) = &shared.settings.metrics_token else { return peer.ip().is_loopback() };
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    shown.is_some_and(|shown| shown.as_bytes().ct_eq(token.expose().as_bytes()).into())
}
