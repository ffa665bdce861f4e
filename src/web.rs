//! HTTP in: webhooks, health, metrics, the web chat, the API. Handlers read a request, call a use case and say what it came to.
mod accept;
mod api;
mod chat;
mod health;
mod hooks;
mod papers;
mod peer;
mod server;

pub use api::ApiSettings;
pub use chat::ChatSettings;
pub use server::{Patience, WebSettings, serve, settings};
