//! HTTP in: webhooks, health, metrics, the web chat. Handlers read a request, call a use case and say what it came to.
mod chat;
mod health;
mod hooks;
mod server;

pub use chat::ChatSettings;
pub use server::{WebSettings, serve, settings};
