//! Transports: one file each, and the list. A transport receives purely and makes one network call to send.
//!
//! Adding one: its file, its entry in the list, its fixtures in `tests/data/channels/<name>/`.
mod limits;
mod transport;

pub use limits::{Limits, Unit};
pub use transport::{
    Accepted, Check, HookCall, InboundEvent, Inlet, Probe, Profile, Pulled, Receipt, Received, Rejection, Scope,
    SendError, Transport,
};
