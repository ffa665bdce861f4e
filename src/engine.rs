//! The conversation itself, as a pure function: state + event → state + effects.
//! It does no I/O, reads no clock and writes no sentence (design.md §5.1); `app` carries out what it wants done.
//!
//! Read `step` first (what happens to a conversation), then `understand` (what a person's words come to), then one flow.
mod answer;
mod choice;
mod command;
mod conversation;
mod data;
mod draft;
mod effect;
mod embassy;
mod flow;
mod language;
mod media;
mod menu;
mod officer;
mod papers;
mod prepare;
mod proof;
mod rating;
mod route;
mod status;
mod step;
mod ticket;
mod turn;
mod understand;
mod urgent;
mod walk;
mod watch;
mod welcome;
mod world;

pub use conversation::{Conversation, LastAnswer, OpenTicket, Owner};
pub use effect::{Decided, Effect, Outcome, Query};
pub use flow::Flow;
pub use officer::SILENCE_TIMER;
pub use proof::{CODE_MARKER, CODE_MINUTES, CODES};
pub use rating::SERVICE;
pub use step::step;
pub use watch::WATCH_TIMER;
pub use world::{EngineSettings, World};
