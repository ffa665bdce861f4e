//! HTTP in. Handlers read a request, call a use case and say what it came to; they decide nothing.
mod chat;

pub use chat::{ChatSettings, SETTINGS as CHAT_SETTINGS, router as chat_router};
