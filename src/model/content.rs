//! What a person did on a channel, the same for every channel.
use serde::{Deserialize, Serialize};

/// One thing a person did. Transports map everything they receive to one of these; nothing is dropped silently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Words. Never longer than [`Content::MAX_TEXT`] characters: intake cuts, the envelope keeps all.
    Text {
        /// What was written.
        text: String,
    },
    /// A button was pressed: `data` is the id of the [`crate::model::Choice`] it stood for.
    Choice {
        /// The choice's id, as it was sent out.
        data: String,
    },
    /// A picture, a voice note, a paper… Noted, not downloaded (domain.md §2).
    Media {
        /// Which kind it is.
        kind: MediaKind,
        /// Words that came with it.
        caption: Option<String>,
    },
    /// The person shared the number of their own account, as the platform attests. The number itself is kept nowhere.
    Shared,
    /// An earlier message was changed to this text.
    Edited {
        /// The text as it is now.
        text: String,
    },
    /// A reaction to one of our messages; 👍 and 👎 rate the answer.
    Reaction {
        /// The emoji; empty where one was taken away.
        emoji: String,
        /// The platform's id of the message reacted to.
        provider_id: Option<String>,
    },
    /// The person deleted an earlier message.
    Deleted,
    /// The person opened the chat for the first time, or again (`/start`, a widget opened).
    Opened,
    /// The person blocked the bot or left: nothing more can be sent until they come back.
    Blocked,
    /// Something this program has no word for yet.
    Unsupported {
        /// The platform's own name for it; never its contents.
        what: String,
    },
}

impl Content {
    /// Characters of one message that the engine reads. A long story has at most 4,000; the rest stays in the envelope.
    pub const MAX_TEXT: usize = 8_000;

    /// The words in it, if it has any.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text } | Self::Edited { text } => Some(text),
            Self::Media { caption, .. } => caption.as_deref(),
            Self::Choice { .. }
            | Self::Reaction { .. }
            | Self::Shared
            | Self::Deleted
            | Self::Opened
            | Self::Blocked
            | Self::Unsupported { .. } => None,
        }
    }
}

/// Kinds of media that people send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name says all there is to say")]
pub enum MediaKind {
    Photo,
    Voice,
    Video,
    Document,
    Sticker,
    Location,
    Contact,
    Other,
}
