//! The state of one conversation between turns, kept as sealed JSON.
use super::Flow;
use crate::model::{Choice, LocaleTag, MessageId, Piece, TicketKind, TicketReference, Timestamp};
use serde::{Deserialize, Serialize};

/// Everything the engine remembers of a conversation. Every field has a default, so that states written by older versions open.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// The language of our answers. None until the first message.
    pub locale: Option<LocaleTag>,
    /// Whether the person chose it; a choice is not overruled by detection.
    pub locale_chosen: bool,
    /// When the welcome (automatic assistant, officer, privacy) was said.
    pub welcomed_at: Option<Timestamp>,
    /// Since when the person wants no messages nobody asked for.
    pub stopped_at: Option<Timestamp>,
    /// Since when the person cannot be written to (they blocked us or left). None while they can.
    pub blocked_at: Option<Timestamp>,
    /// Who answers.
    pub owner: Owner,
    /// What is being gone through step by step. None between flows.
    pub flow: Option<Flow>,
    /// The last turn of it; a flow that rests too long is left.
    pub flow_at: Option<Timestamp>,
    /// Times in a row that we did not understand.
    pub misses: u8,
    /// The person's last question, cut short; a ticket is opened with it. Identity numbers are masked.
    pub last_words: Option<String>,
    /// The last article said, for its rating.
    pub last_answer: Option<LastAnswer>,
    /// A few articles said before it, the oldest first: their buttons still stand in the chat.
    pub earlier_answers: Vec<LastAnswer>,
    /// The message that asked how the service was, for its rating.
    pub service_asked: Option<MessageId>,
    /// The choices of our last message, so that "2", "the second" and a typed label mean something.
    pub offered: Vec<Choice>,
    /// The open ticket that further words belong to, if there is one.
    pub ticket: Option<TicketReference>,
    /// Tickets of this conversation that are not closed, the oldest first.
    pub tickets: Vec<OpenTicket>,
    /// The version of the consent text agreed to, if any.
    pub consent: Option<String>,
    /// Whether the button that shares a number stands under the chat.
    pub share_offered: bool,
    /// What goes in front of the answer that a query is asked for; empty between turns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<Piece>,
    /// Steps so far; a turn's number.
    pub turns: u64,
}

/// Who answers a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "owner", rename_all = "snake_case")]
pub enum Owner {
    /// The bot.
    #[default]
    Bot,
    /// An officer has taken it: the bot is silent.
    Officer {
        /// The ticket they took.
        reference: TicketReference,
        /// When the officer last wrote, or took it.
        last_word_at: Timestamp,
    },
}

/// A ticket that is not closed yet, so that the same matter is added to it instead of opening another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicket {
    /// Its number.
    pub reference: TicketReference,
    /// What it is about.
    pub kind: TicketKind,
    /// The urgent topic, where one was recognised.
    #[serde(default)]
    pub topic: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

/// An article that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAnswer {
    /// Its id.
    pub article: String,
    /// The revision said.
    pub revision: i64,
    /// The message that said it.
    pub message: MessageId,
    /// Whether it has been rated.
    pub rated: bool,
}
