//! What can happen to a conversation.
use super::{
    Content, EventId, FileState, LocaleTag, NoticeKind, RequestFacts, TicketKind, TicketReference, TicketStatus,
    Timestamp,
};
use serde::{Deserialize, Serialize};

/// One thing that happened, as the engine sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The inbox row's id; ticket references and message keys are derived from it.
    pub id: EventId,
    /// When we accepted it.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
}

/// Everything that can happen to a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventKind {
    /// The person did something.
    Received {
        /// What they did.
        content: Content,
        /// The language their application is set to, where the platform says so.
        language_hint: Option<LocaleTag>,
    },
    /// An officer took the conversation: the bot falls silent.
    OfficerTook {
        /// The ticket taken.
        reference: TicketReference,
        /// The officer's name as staff know it; never said to the person.
        officer: String,
    },
    /// An officer wrote to the person.
    OfficerReplied {
        /// The ticket answered.
        reference: TicketReference,
        /// The officer's name as staff know it.
        officer: String,
        /// The words, said as they are.
        text: String,
    },
    /// An officer closed the ticket.
    OfficerClosed {
        /// The ticket closed.
        reference: TicketReference,
    },
    /// A timer that the conversation had set is due.
    TimerFired {
        /// Its name.
        name: String,
    },
    /// Something changed in a request that was proved on this address.
    RequestNews {
        /// What is to be said.
        #[serde(default)]
        kind: NoticeKind,
        /// The country the request comes from, for the hours in which nobody is woken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<String>,
    },
    /// It was confirmed that a request is this person's.
    ProofConfirmed {
        /// Not an officer but the channel itself did: it vouches for a contact on file.
        #[serde(default)]
        attested: bool,
    },
    /// A paper that the person sent was kept, or put in quarantine.
    PaperTaken {
        /// Its name.
        paper: String,
        /// Where its file stands.
        state: FileState,
    },
    /// The answer to the query that the step before asked for.
    Answered {
        /// The answer.
        answer: QueryAnswer,
    },
}

/// What the database answered to an engine's query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum QueryAnswer {
    /// What is kept about this person.
    MyData {
        /// Messages of theirs kept.
        received: u32,
        /// Messages of ours kept.
        sent: u32,
        /// When the first was kept.
        since: Option<Timestamp>,
        /// Consents given: kind, version of the text, when.
        consents: Vec<(String, String, Timestamp)>,
        /// Their tickets.
        tickets: Vec<TicketSummary>,
    },
    /// Requests that are proved on this address.
    MyRequests {
        /// What may be told of each.
        requests: Vec<RequestFacts>,
        /// Whether there are some whose proof has run out.
        expired: bool,
    },
    /// A number was shared.
    Attested {
        /// Whether a file names it.
        matched: bool,
        /// Requests that are proved on this address now.
        requests: Vec<RequestFacts>,
    },
    /// A code was tried.
    CodeTried {
        /// What it came to.
        outcome: CodeOutcome,
        /// Requests that are proved on this address now.
        requests: Vec<RequestFacts>,
    },
}

/// What a code came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeOutcome {
    /// It was the right one: the request is proved on this address.
    Proved,
    /// It was not, or its time was over.
    Wrong,
    /// Nothing may be tried from this address for a while.
    Locked {
        /// So many minutes, rounded up.
        minutes: u32,
    },
}

/// A ticket as its person may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketSummary {
    /// Its number.
    pub reference: TicketReference,
    /// What it is about.
    pub kind: TicketKind,
    /// Where it stands.
    pub status: TicketStatus,
    /// When it was opened.
    pub opened_at: Timestamp,
}
