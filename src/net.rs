//! The network, shared: one HTTP client with limits, and mail to staff. Handed to transports; nobody makes their own.
mod http;
mod mail;

pub use http::{USER_AGENT, client, read_limited};
pub use mail::{MailError, Mailer};
