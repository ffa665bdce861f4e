//! Transports: one file each, and the list. A transport receives purely and makes one network call to send.
//!
//! Adding one: its file, its entry in the list, its fixtures in `tests/data/channels/<name>/`.
mod body;
mod limits;
mod list;
mod telegram;
mod terminal;
mod transport;
mod webchat;

pub use crate::model::Profile;
pub use crate::text::Unit;
pub use limits::Limits;
pub use list::{Config, limits_of, settings};
pub use telegram::Telegram;
pub use terminal::Terminal;
pub use transport::{
    Accepted, Check, HookCall, InboundEvent, Inlet, Probe, Pulled, Receipt, Received, Rejection, Scope, SendError,
    Transport,
};
pub use webchat::{WakeReaders, WebChat};
