//! Who waits for what: coalescing signals in this process, carried to the others by PostgreSQL's `notify`.
use crate::model::ConversationId;
use tokio::sync::{broadcast, watch};

/// What somebody may be waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wake {
    /// Events wait to be stepped.
    Turns,
    /// Deliveries wait to be sent.
    Deliveries,
    /// Staff are to be told of a ticket.
    Staff,
    /// What may be said has changed.
    Library,
    /// Somebody named a request.
    Proofs,
    /// A web chat has new lines.
    Chat(ConversationId),
}

impl Wake {
    pub(super) fn to_payload(self) -> String {
        match self {
            Self::Turns => "turns".into(),
            Self::Deliveries => "deliveries".into(),
            Self::Staff => "staff".into(),
            Self::Library => "library".into(),
            Self::Proofs => "proofs".into(),
            Self::Chat(conversation) => format!("chat:{conversation}"),
        }
    }

    pub(super) fn from_payload(text: &str) -> Option<Self> {
        match text {
            "turns" => Some(Self::Turns),
            "deliveries" => Some(Self::Deliveries),
            "staff" => Some(Self::Staff),
            "library" => Some(Self::Library),
            "proofs" => Some(Self::Proofs),
            _ => text.strip_prefix("chat:").and_then(|id| id.parse().ok()).map(Self::Chat),
        }
    }
}

/// The signals of this process.
#[derive(Debug)]
pub(super) struct Wakes {
    turns: watch::Sender<()>,
    deliveries: watch::Sender<()>,
    staff: watch::Sender<()>,
    library: watch::Sender<()>,
    proofs: watch::Sender<()>,
    chats: broadcast::Sender<ConversationId>,
}

impl Wakes {
    pub(super) fn new() -> Self {
        let signal = || watch::Sender::new(());
        // A slow reader misses wakes rather than holding anybody up: everybody also polls.
        let chats = broadcast::Sender::new(1024);
        Self { turns: signal(), deliveries: signal(), staff: signal(), library: signal(), proofs: signal(), chats }
    }

    pub(super) fn send(&self, wake: Wake) {
        match wake {
            Wake::Turns => self.turns.send_replace(()),
            Wake::Deliveries => self.deliveries.send_replace(()),
            Wake::Staff => self.staff.send_replace(()),
            Wake::Library => self.library.send_replace(()),
            Wake::Proofs => self.proofs.send_replace(()),
            Wake::Chat(conversation) => drop(self.chats.send(conversation)),
        }
    }

    /// A waiter that many wakes wake once.
    pub(super) fn waiter(&self, wake: Wake) -> watch::Receiver<()> {
        let mut waiter = match wake {
            Wake::Turns | Wake::Chat(_) => self.turns.subscribe(),
            Wake::Deliveries => self.deliveries.subscribe(),
            Wake::Staff => self.staff.subscribe(),
            Wake::Library => self.library.subscribe(),
            Wake::Proofs => self.proofs.subscribe(),
        };
        waiter.mark_unchanged();
        waiter
    }

    pub(super) fn chats(&self) -> broadcast::Receiver<ConversationId> {
        self.chats.subscribe()
    }
}
