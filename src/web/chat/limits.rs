//! How much one session and one network address may ask for.
use super::refusal::Refusal;
use super::{Chat, ChatSettings};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
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
pub(super) async fn by_address(State(chat): State<Arc<Chat>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = address(peer, request.headers(), chat.settings.address_header.as_deref());
    match check(&chat.limiters.addresses, &address) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Whose request it is: what our own proxy wrote last, else the connection's peer. A whole /64 is one visitor.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, header: Option<&str>) -> IpAddr {
    let told = header.and_then(|name| headers.get_all(name).iter().next_back()?.to_str().ok());
    let told = told.and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    match told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_entry_of_the_proxys_header_counts() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9".parse().expect("a header"));
        let peer = Some(IpAddr::from([127, 0, 0, 1]));
        assert_eq!(address(peer, &headers, Some("x-forwarded-for")), IpAddr::from([203, 0, 113, 9]));
        assert_eq!(address(peer, &headers, None), IpAddr::from([127, 0, 0, 1]));
        let six = "2001:db8:1:2:3:4:5:6".parse().ok();
        assert_eq!(address(six, &headers, None).to_string(), "2001:db8:1:2::");
    }
}
