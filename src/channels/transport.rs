//! The trait that every transport implements, and the words it speaks.
use super::Limits;
use crate::model::{
    AccountName, Attested, ChannelName, Content, OutboundPart, Profile, ReceiptKind, Timestamp, TransportName,
};
use bytes::Bytes;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::IpAddr;
use std::time::Duration;

/// One transport. `receive` is pure; `send` makes one network call and says what it meant.
/// Futures are boxed because `async fn` in a trait cannot be called through `dyn`.
pub trait Transport: Send + Sync + Debug {
    /// Its name in tables, URLs and logs.
    fn name(&self) -> TransportName;
    /// The channel it carries.
    fn channel(&self) -> ChannelName;
    /// Which of our accounts it speaks for.
    fn account(&self) -> AccountName;
    /// What it can carry.
    fn limits(&self) -> &Limits;
    /// How messages come in.
    fn inlet(&self) -> Inlet;

    /// Reads one delivery of the platform.
    ///
    /// # Errors
    /// [`Rejection::Forged`]: answer 401, keep nothing. [`Rejection::NotUnderstood`]: keep the envelope, count it, answer 200.
    fn receive(&self, call: &HookCall) -> Result<Received, Rejection>;

    /// Sends one part with one network call.
    fn send<'a>(&'a self, part: &'a OutboundPart) -> BoxFuture<'a, Result<Accepted, SendError>>;

    /// Sends a part that has a picture, drawn as `png`. Where the platform takes no pictures the words go alone: they are
    /// never lost because of one. A channel whose pages fetch pictures themselves leaves this as it is.
    fn send_picture<'a>(&'a self, part: &'a OutboundPart, _png: Bytes) -> BoxFuture<'a, Result<Accepted, SendError>> {
        self.send(part)
    }

    /// Fetches what waits after `cursor`, for [`Inlet::Pull`]. Whatever comes back is confirmed to the platform only by the
    /// next call with the new cursor, which is made after the commit.
    fn pull<'a>(&'a self, _cursor: Option<&'a str>) -> BoxFuture<'a, Result<Pulled, SendError>> {
        Box::pin(async { Ok(Pulled { bodies: Vec::new(), cursor: None }) })
    }

    /// What became of a part whose outcome is unknown. None: the platform cannot say, see design.md §5.3.
    fn look_up<'a>(&'a self, _part: &'a OutboundPart) -> BoxFuture<'a, Option<Result<Accepted, SendError>>> {
        Box::pin(async { None })
    }

    /// Tells the platform that we have an event (stop the spinner of a button). Best effort, after the commit.
    fn acknowledge<'a>(&'a self, _token: &'a str) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }

    /// Looks after the transport's own set-up (tokens, webhook registration) with harmless calls, for `doctor`.
    fn check(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async { Vec::new() })
    }

    /// Makes the platform ready at start, for instance registers the webhook. Failing is reported, not fatal.
    fn prepare(&self) -> BoxFuture<'_, Result<(), SendError>> {
        Box::pin(async { Ok(()) })
    }
}

/// How messages come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inlet {
    /// The platform calls `POST /hooks/{transport}`.
    Hook,
    /// We ask for them, one process at a time under a lease.
    Pull,
    /// Our own pages or terminal hand them in.
    Own,
}

/// One HTTP call of a platform, as it came.
#[derive(Debug, Clone)]
pub struct HookCall {
    /// `GET` or `POST`.
    pub method: String,
    /// The URL as the platform knows it (`PUBLIC_URL` + path), without the query.
    pub url: String,
    /// The query string's pairs.
    pub query: BTreeMap<String, String>,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The raw body: signatures are made over these bytes.
    pub body: Bytes,
    /// Who called. None behind a proxy or for pulled messages.
    pub peer: Option<IpAddr>,
    /// When it came.
    pub now: Timestamp,
}

/// What a delivery of the platform held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// What people did.
    pub events: Vec<InboundEvent>,
    /// What became of messages of ours.
    pub receipts: Vec<Receipt>,
}

/// One thing one person did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundEvent {
    /// The platform's id of it; with transport and account the key that catches repeats.
    pub external_id: String,
    /// The person's stable id on the channel: the chat to answer to.
    pub address: String,
    /// What the platform says of the person.
    pub profile: Profile,
    /// When they did it, by the platform's clock.
    pub sent_at: Option<Timestamp>,
    /// What they did.
    pub content: Content,
    /// A contact that the channel itself vouches for as the writer's own. Only where the platform says so of the sender: never
    /// what somebody merely wrote or passed on. What it proves is decided in `app` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<Attested>,
    /// What [`Transport::acknowledge`] wants, if it wants anything.
    pub acknowledge: Option<String>,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The platform's id of our message.
    pub provider_id: String,
    /// What happened to it.
    pub kind: ReceiptKind,
    /// When.
    pub at: Timestamp,
    /// The platform's code, where it failed.
    pub code: Option<String>,
}

/// Why a delivery of the platform was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// No signature, or a wrong one: 401, nothing kept.
    #[error("signature missing or wrong")]
    Forged,
    /// Genuine, but not readable: kept sealed, counted, 200. The reason never holds contents.
    #[error("not understood: {0}")]
    NotUnderstood(&'static str),
}

/// What the platform said when it took a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Its id of the message, for receipts.
    pub provider_id: Option<String>,
}

/// Why a part was not sent; every variant is decided in one place, `app::deliveries`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Try again: 429 with its own delay, 5xx, refused connection.
    #[error("try again")]
    Retry {
        /// The platform's own delay.
        after: Option<Duration>,
        /// Whom it holds up.
        scope: Scope,
    },
    /// The call may have gone through.
    #[error("outcome unknown")]
    Unknown,
    /// Never acceptable as it is.
    #[error("rejected: {code}")]
    Rejected {
        /// The platform's code.
        code: String,
        /// The platform's words; shown to officers. Never holds what we sent.
        reason: String,
    },
    /// Blocked, left, no such user.
    #[error("nobody there")]
    Gone,
    /// The reply window is over.
    #[error("reply window closed")]
    WindowClosed,
    /// Our token or account is not right: the transport pauses, `doctor` says so.
    #[error("misconfigured: {0}")]
    Misconfigured(String),
}

/// Whom a delay holds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole account.
    Account,
    /// Only this person.
    Person,
}

/// What waited at the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// Raw bodies, each read with [`Transport::receive`].
    pub bodies: Vec<Bytes>,
    /// Where to go on after these are committed. None: nothing came.
    pub cursor: Option<String>,
}

/// One line of `doctor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub what: String,
    /// What was found.
    pub found: Probe,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "note", rename_all = "snake_case")]
pub enum Probe {
    /// As it should be, with a remark.
    Good(String),
    /// Works, but somebody should look: what to do.
    Attention(String),
    /// Does not work: what to do.
    Bad(String),
    /// Off, and what would turn it on.
    Off(String),
}
