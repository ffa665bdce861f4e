//! The one integration binary: what crosses modules is tested here. One binary links once; nextest still runs each test apart.
#![expect(clippy::unwrap_used, reason = "a helper may fail its test; clippy excuses only functions marked #[test]")]
mod architecture;
mod config;
mod content;
mod dialogues;
mod engine;
mod hooks;
mod journeys;
mod knowledge;
mod learning;
mod limits;
mod locale;
mod notices;
mod notices_faults;
mod people;
mod pictures;
mod proofs;
mod questions;
mod render;
mod requests;
mod store;
mod support;
mod telegram;
mod text;
mod webchat;
