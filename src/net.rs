//! The network, shared: one HTTP client with limits, and mail to staff. Handed to transports; nobody makes their own.
mod http;
mod mail;

pub use http::{USER_AGENT, client};
pub use mail::{MailError, Mailer};
