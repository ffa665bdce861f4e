//! The one HTTP client.
use std::time::Duration;

/// How we name ourselves to platforms.
pub const USER_AGENT: &str = concat!("awasir/", env!("CARGO_PKG_VERSION"));
/// A platform that does not take the connection in this time is away.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest call, long polls included (25 s and a margin). Shorter than the lease of a delivery (90 s).
const CALL: Duration = Duration::from_secs(40);
/// Idle connections kept to one host: as many as calls may be under way.
const IDLE: usize = 64;

/// The client that all transports share: timeouts, no redirects (a redirect could point into our own network).
///
/// # Errors
/// Where TLS cannot be set up.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT)
        .timeout(CALL)
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(IDLE)
        .tcp_nodelay(true)
        .build()
}
