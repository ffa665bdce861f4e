//! The conversation itself, as a pure function: state + event → state + effects.
//! It does no I/O, reads no clock and writes no sentence (design.md §5.1); `app` carries out what it wants done.
mod conversation;
mod effect;
mod world;

pub use conversation::{Conversation, LastAnswer, Owner};
pub use effect::{Decided, Effect, Outcome, Query};
pub use world::{EngineSettings, World};
