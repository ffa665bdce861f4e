//! Who calls: the key that was shown, what it may do, and how often.
use super::Api;
use super::problem::{Kind, Problem};
use crate::app::ApiKey;
use crate::model::{ApiKeyId, Scope};
use crate::web::peer;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Above this many addresses the idle ones are forgotten.
const MANY: usize = 20_000;

/// How often one may call.
pub(super) struct Limits {
    keys: DefaultKeyedRateLimiter<ApiKeyId>,
    failures: DefaultKeyedRateLimiter<IpAddr>,
    /// Addresses that showed too many keys that open nothing, and until when they wait.
    waiting: Mutex<HashMap<IpAddr, Instant>>,
}

impl Limits {
    pub(super) fn new(settings: &super::ApiSettings) -> Self {
        Self {
            keys: RateLimiter::keyed(Quota::per_minute(settings.per_key)),
            failures: RateLimiter::keyed(Quota::per_minute(settings.failures)),
            waiting: Mutex::default(),
        }
    }

    /// Whether an address must wait, whatever key it shows: else a right guess would be told from a wrong one.
    fn waits(&self, address: IpAddr) -> Result<(), Problem> {
        let mut waiting = self.waiting.lock().expect("nobody panics while holding it");
        let Some(until) = waiting.get(&address) else { return Ok(()) };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            waiting.remove(&address);
            return Ok(());
        }
        Err(Problem::wait(left))
    }

    /// A key that opens nothing. The try that is one too many makes its address wait.
    fn failed(&self, address: IpAddr) -> Problem {
        let Some(left) = wait(&self.failures, &address) else { return Problem::of(Kind::Unauthorized) };
        let mut waiting = self.waiting.lock().expect("nobody panics while holding it");
        if waiting.len() > MANY {
            let now = Instant::now();
            waiting.retain(|_, until| *until > now);
        }
        waiting.insert(address, Instant::now() + left);
        Problem::wait(left)
    }
}

fn wait<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Option<Duration> {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter.check_key(key).err().map(|until| until.wait_time_from(DefaultClock::default().now()))
}

/// Whoever calls with a key that is good.
#[derive(Debug)]
pub(super) struct Caller(pub(super) ApiKey);

impl Caller {
    /// Whether the key may do this.
    pub(super) fn may(&self, scope: Scope) -> bool {
        self.0.scopes.contains(&scope)
    }

    /// The same, as an answer.
    pub(super) fn need(&self, scope: Scope) -> Result<(), Problem> {
        if self.may(scope) { Ok(()) } else { Err(Problem::scope(scope)) }
    }
}

impl FromRequestParts<Arc<Api>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Arc<Api>) -> Result<Self, Problem> {
        let address = peer::address(&parts.extensions, &parts.headers, api.address_header.as_deref());
        api.limits.waits(address)?;
        let Some(shown) = parts.headers.get(header::AUTHORIZATION) else {
            return Err(Problem::of(Kind::Unauthorized));
        };
        let text = shown.to_str().ok().and_then(|value| value.split_once(' '));
        let text = text.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, text)| text.trim());
        let key = match text {
            Some(text) => api.app.api_key_open(text).await?,
            None => None,
        };
        let key = key.ok_or_else(|| api.limits.failed(address))?;
        if let Some(left) = wait(&api.limits.keys, &key.id) {
            return Err(Problem::wait(left));
        }
        Ok(Self(key))
    }
}
