//! Connections: taken, held to their limits, and ended in order. axum's own loop gives headers all the time in the world.
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// The rest after the system gave no connection, mostly because all file descriptors are taken.
const REST: Duration = Duration::from_millis(200);
/// How long answers under way may take after the end began. An open page holds its stream for ever; it comes back by itself.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// Bytes that one request's line and headers may take; hyper answers 431 to more.
const HEADERS: usize = 64 * 1024;

/// Serves `router` until `stop` is cancelled, then finishes the answers under way. A connection whose headers are not
/// there after `headers_within`, or that stays silent for as long, is closed.
pub(super) async fn serve(listener: TcpListener, router: Router, headers_within: Duration, stop: CancellationToken) {
    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(headers_within).max_buf_size(HEADERS);
    loop {
        let taken = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => taken,
        };
        let Ok((stream, peer)) = taken else {
            tokio::time::sleep(REST).await;
            continue;
        };
        // Answers are small and one packet: waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Peers that hang up or stumble are their own affair: nothing of theirs was half taken.
            let _ = connection.await;
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, connections.shutdown()).await.is_err() {
        tracing::warn!("answers were still under way at the end; their askers will repeat");
    }
}
