//! The web chat of our own pages. The delivery row is the message: sending only wakes whoever reads the conversation.
use super::{Accepted, HookCall, Inlet, Limits, Received, Rejection, SendError, Transport, Unit};
use crate::model::{AccountName, ChannelName, ConversationId, OutboundPart, TransportName};
use futures::future::BoxFuture;
use std::sync::Arc;

/// Its name as channel and transport.
pub(super) const NAME: &str = "webchat";

/// What the page can carry.
pub(super) static LIMITS: Limits = Limits {
    text: 6_000,
    unit: Unit::Char,
    parts: 4,
    choices: 12,
    choice_label: 80,
    // The page fetches it by its name.
    caption: Some(6_000),
    bold: true,
    isolates: true,
    window: None,
    shares_number: false,
    in_flight: 64,
};

/// Wakes the readers of a conversation, in whichever process they are.
pub type WakeReaders = Arc<dyn Fn(ConversationId) -> BoxFuture<'static, ()> + Send + Sync>;

/// The transport of the web chat.
pub struct WebChat {
    wake: WakeReaders,
}

impl WebChat {
    /// The web chat whose readers are woken by `wake`.
    #[must_use]
    pub const fn new(wake: WakeReaders) -> Self {
        Self { wake }
    }
}

impl std::fmt::Debug for WebChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebChat").finish_non_exhaustive()
    }
}

impl Transport for WebChat {
    fn name(&self) -> TransportName {
        TransportName::new(NAME)
    }

    fn channel(&self) -> ChannelName {
        ChannelName::new(NAME)
    }

    fn account(&self) -> AccountName {
        AccountName::new("web")
    }

    fn limits(&self) -> &Limits {
        &LIMITS
    }

    fn inlet(&self) -> Inlet {
        Inlet::Own
    }

    fn receive(&self, _call: &HookCall) -> Result<Received, Rejection> {
        // There is no hook: what people write comes by the pages' own routes.
        Err(Rejection::Forged)
    }

    fn send<'a>(&'a self, part: &'a OutboundPart) -> BoxFuture<'a, Result<Accepted, SendError>> {
        Box::pin(async move {
            (self.wake)(part.conversation).await;
            Ok(Accepted::default())
        })
    }
}
