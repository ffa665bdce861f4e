//! The terminal: `awasir chat` and `awasir ask`. What is sent is handed to whoever reads it in the same process.
use super::{Accepted, HookCall, Inlet, Limits, Received, Rejection, SendError, Transport, Unit};
use crate::model::{AccountName, ChannelName, OutboundPart, TransportName};
use futures::future::BoxFuture;
use tokio::sync::mpsc;

/// Its name as channel and transport.
pub(super) const NAME: &str = "terminal";

/// What a terminal can carry.
pub(super) static LIMITS: Limits = Limits {
    text: 100_000,
    unit: Unit::Char,
    parts: 1,
    // No buttons: choices become a numbered list.
    choices: 0,
    choice_label: 80,
    caption: None,
    bold: true,
    isolates: false,
    window: None,
    shares_number: false,
    in_flight: 1,
};

/// The transport of one terminal.
#[derive(Debug)]
pub struct Terminal {
    said: mpsc::UnboundedSender<OutboundPart>,
}

impl Terminal {
    /// A terminal, and what is said to it.
    #[must_use]
    pub fn new() -> (Self, mpsc::UnboundedReceiver<OutboundPart>) {
        let (said, heard) = mpsc::unbounded_channel();
        (Self { said }, heard)
    }
}

impl Transport for Terminal {
    fn name(&self) -> TransportName {
        TransportName::new(NAME)
    }

    fn channel(&self) -> ChannelName {
        ChannelName::new(NAME)
    }

    fn account(&self) -> AccountName {
        AccountName::new("local")
    }

    fn limits(&self) -> &Limits {
        &LIMITS
    }

    fn inlet(&self) -> Inlet {
        Inlet::Own
    }

    fn receive(&self, _call: &HookCall) -> Result<Received, Rejection> {
        // Nobody on the network is a terminal.
        Err(Rejection::Forged)
    }

    fn send<'a>(&'a self, part: &'a OutboundPart) -> BoxFuture<'a, Result<Accepted, SendError>> {
        let sent = self.said.send(part.clone()).map(|()| Accepted::default()).map_err(|_| SendError::Gone);
        Box::pin(async move { sent })
    }
}
