//! What a turn wants done. `app` makes rows of all of it, in the turn's own transaction.
use super::Conversation;
use crate::model::{LocaleTag, MessageId, Say, TicketKind, TicketReference, Timestamp, Urgency};
use serde::{Deserialize, Serialize};

/// What one step comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The state afterwards.
    pub conversation: Conversation,
    /// What is to be done, in order.
    pub effects: Vec<Effect>,
    /// A question to the database; its answer is the next event of the same turn. At most three a turn.
    pub query: Option<Query>,
}

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Say something to the person.
    Say {
        /// The message's id, derived from event and place so that a replay says the same.
        message: MessageId,
        /// What.
        say: Say,
    },
    /// Open a ticket with these words of the person's.
    OpenTicket {
        /// Its number, already told in this turn.
        reference: TicketReference,
        /// What it is about.
        kind: TicketKind,
        /// How soon somebody should look.
        urgency: Urgency,
        /// What it is about in a word, for staff: an urgent topic, an article's id. Never the person's words.
        topic: Option<String>,
        /// The person's words.
        text: String,
    },
    /// Add the person's words to a ticket they have.
    AddToTicket {
        /// Its number.
        reference: TicketReference,
        /// The words.
        text: String,
    },
    /// Wake this conversation at a moment; a timer of the same name is moved.
    SetTimer {
        /// Its name.
        name: String,
        /// When.
        at: Timestamp,
    },
    /// Forget a timer.
    ClearTimer {
        /// Its name.
        name: String,
    },
    /// Keep a rating of an answer. A later one of the same message takes its place.
    Rate {
        /// The message rated.
        message: MessageId,
        /// The article it said.
        article: String,
        /// The revision it said.
        revision: i64,
        /// 1 = helped, 0 = did not.
        score: u8,
    },
    /// Keep that the person was told something, or agreed to it.
    Consent {
        /// `informed` (privacy line shown) or `keep-ticket` (agreed).
        kind: String,
        /// The version of the text.
        text_version: String,
    },
    /// The person's language is this now.
    SetLocale {
        /// The language.
        locale: LocaleTag,
    },
    /// The person wants no messages nobody asked for (true), or wants them again.
    OptOut {
        /// Which.
        out: bool,
    },
    /// An address that cannot be written to any more, or can again.
    Reachable {
        /// Which.
        reachable: bool,
    },
    /// Look these references up and send a code to the contact on file, later and elsewhere.
    SeekProof {
        /// What they are compared by, the likeliest first.
        keys: Vec<String>,
    },
    /// Tell the person when this number arrives, if it may be told.
    Watch {
        /// What it is compared by.
        key: String,
    },
    /// Forget what the person waits for.
    Unwatch,
    /// Forget what was proved on this address.
    Unlink,
    /// Destroy what is kept of this person. Carried out last.
    Erase,
    /// What was decided about a question, for learning and `explain`.
    Decided(Decided),
}

/// What was decided about a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decided", rename_all = "snake_case")]
pub enum Decided {
    /// Answered with an article.
    Answered {
        /// Which.
        article: String,
        /// How sure, 0 to 1.
        confidence: f32,
    },
    /// Titles were offered.
    Offered {
        /// Which, the likeliest first.
        articles: Vec<String>,
    },
    /// One of the offered titles was chosen.
    Chosen {
        /// Which.
        article: String,
    },
    /// Not understood.
    NotUnderstood,
    /// An urgent tier was recognised.
    Urgent {
        /// Its topic.
        topic: String,
    },
}

/// What the engine needs from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// What is kept about this person.
    MyData,
    /// Requests that are proved on this address.
    MyRequests,
    /// What the number proves that was shared just now.
    Attested,
    /// Whether this is the code that was sent.
    TryCode {
        /// Its digits. Never logged.
        code: String,
    },
}
