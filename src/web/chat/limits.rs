//! How much one session and one network address may ask for.
use super::refusal::Refusal;
use super::{Chat, ChatSettings};
use crate::web::peer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

/// Above this many keys the idle ones are forgotten.
const KEYS: usize = 20_000;

/// The limits of this process.
pub(super) struct Limiters {
    sessions: DefaultKeyedRateLimiter<Uuid>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limiters {
    pub(super) fn new(settings: &ChatSettings) -> Self {
        Self {
            sessions: RateLimiter::keyed(Quota::per_minute(settings.per_session)),
            addresses: RateLimiter::keyed(Quota::per_minute(settings.per_address)),
        }
    }

    /// One message of a session.
    pub(super) fn session(&self, session: Uuid) -> Result<(), Refusal> {
        check(&self.sessions, &session)
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Refusal> {
    if limiter.len() > KEYS {
        limiter.retain_recent();
    }
    let now = || DefaultClock::default().now();
    limiter.check_key(key).map_err(|until| Refusal::TooMany(until.wait_time_from(now())))
}

/// Counts every request of an address.
pub(in crate::web) async fn by_address(State(chat): State<Arc<Chat>>, request: Request, next: Next) -> Response {
    let header = chat.settings.address_header.as_deref();
    let address = peer::address(request.extensions(), request.headers(), header);
    match check(&chat.limiters.addresses, &address) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}
