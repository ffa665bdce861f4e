//! The list of transports: adding one is an entry here beside its file.
use super::{Limits, WebChat, terminal, webchat};
use crate::model::TransportName;
