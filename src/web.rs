//! HTTP in: webhooks, health, metrics, the web chat. Handlers read a request, call a use case and say what it came to.
mod accept;
mod chat;
mod health;
mod hooks;
mod server;

pub use chat::ChatSettings;
pub use server::{Patience, WebSettings, serve, settings};
