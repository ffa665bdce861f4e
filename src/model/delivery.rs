//! Words for what goes out: lanes, where a delivery stands, receipts.
use super::ticket::words;
use serde::{Deserialize, Serialize};

words! {
    /// Which queue a message waits in: replies and codes never wait behind notices.
    Lane {
        /// An answer to what a person just did.
        Reply = "reply",
        /// A one-time code.
        Code = "code",
        /// A message nobody asked for just now.
        Notice = "notice",
    }
}

words! {
    /// Where a delivery stands.
    DeliveryStatus {
        /// Waits for its turn, or for another try.
        Queued = "queued",
        /// A try is under way: written before the call, so that a crash leaves its trace.
        Sending = "sending",
        /// The call may have gone through; nobody knows.
        Unknown = "unknown",
        /// The platform took it.
        Sent = "sent",
        /// It reached the person's device.
        Delivered = "delivered",
        /// The person opened it.
        Read = "read",
        /// It will not be tried again on this channel.
        Failed = "failed",
        /// Not needed any more: said elsewhere, or withdrawn.
        Superseded = "superseded",
    }
}

words! {
    /// What a platform reports about a delivery.
    ReceiptKind {
        /// Taken.
        Sent = "sent",
        /// On the device.
        Delivered = "delivered",
        /// Opened.
        Read = "read",
        /// Given up.
        Failed = "failed",
    }
}

impl ReceiptKind {
    /// The status a delivery has after this receipt. None where it says nothing new:
    /// sent < delivered < read, and failed is final unless delivered arrives (design.md §4).
    #[must_use]
    pub const fn advance(self, from: DeliveryStatus) -> Option<DeliveryStatus> {
        use DeliveryStatus as D;
        match (self, from) {
            (Self::Read, D::Read)
            | (Self::Delivered, D::Delivered | D::Read)
            | (Self::Sent, D::Sent | D::Delivered | D::Read | D::Failed)
            | (Self::Failed, D::Failed | D::Delivered | D::Read) => None,
            (Self::Read, _) => Some(D::Read),
            (Self::Delivered, _) => Some(D::Delivered),
            (Self::Sent, _) => Some(D::Sent),
            (Self::Failed, _) => Some(D::Failed),
        }
    }
}
