//! What the engine says (phrases and articles) and what a transport is given (rendered parts).
use super::{ConversationId, DeliveryId, Lane, LocaleTag, Picture, RequestId, Rich, ShownPicture};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing to say. The engine names phrases and articles; `app::render` finds the words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Say {
    /// What is said, one paragraph after the other.
    pub pieces: Vec<Piece>,
    /// What the person can choose. Buttons where the channel has them, else a numbered list.
    pub choices: Vec<Choice>,
    /// What is shown with it on channels that carry pictures; the words say everything it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// The queue it waits in.
    pub lane: Lane,
    /// The language it is said in.
    pub locale: LocaleTag,
    /// What becomes of the button that shares a number.
    #[serde(default, skip_serializing_if = "Share::is_untouched")]
    pub share: Share,
}

/// What becomes of the button by which a person shares the number of their own account, on channels that have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// It stays as it is.
    #[default]
    Untouched,
    /// It is shown.
    Offer,
    /// It is taken away.
    Remove,
}

impl Share {
    /// Whether there is nothing to do; such messages are kept as they were before there was a button.
    #[must_use]
    pub const fn is_untouched(&self) -> bool {
        matches!(self, Self::Untouched)
    }
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "piece", rename_all = "snake_case")]
pub enum Piece {
    /// A message of the locale's `bot.ftl`, with its variables.
    Phrase {
        /// Its Fluent id.
        id: String,
        /// Its variables.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        args: BTreeMap<String, Value>,
    },
    /// An approved article's body.
    Article {
        /// Its id.
        id: String,
        /// The revision that was approved when it was said.
        revision: i64,
    },
    /// An article's title, as a heading over one of several answers.
    ArticleTitle {
        /// Its id.
        id: String,
    },
    /// The link to the page where papers of this request are sent; made when it is said, and good for a short time.
    PapersLink {
        /// Which.
        request: RequestId,
    },
    /// An officer's own words.
    Verbatim {
        /// The words.
        text: String,
    },
}

/// A variable of a phrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, for plurals.
    Number(f64),
    /// Words shown as they are, isolated from the sentence around them.
    Text(String),
    /// The words of another phrase.
    Phrase {
        /// Its Fluent id.
        phrase: String,
    },
}

/// Something a person can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Comes back as [`super::Content::Choice`]. At most 64 bytes: Telegram's limit for `callback_data`.
    pub id: String,
    /// What stands on it.
    pub label: Label,
}

/// What stands on a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A message of the locale's `bot.ftl`.
    Phrase(String),
    /// An article's title.
    ArticleTitle(String),
    /// Words from data, such as a country's name.
    Text(String),
}

impl Say {
    /// A reply in `locale` without words yet.
    #[must_use]
    pub const fn reply(locale: LocaleTag) -> Self {
        Self {
            pieces: Vec::new(),
            choices: Vec::new(),
            picture: None,
            lane: Lane::Reply,
            locale,
            share: Share::Untouched,
        }
    }
}

/// One part of a message, as a transport is given it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboundPart {
    /// Its delivery: the idempotency key where the provider has one.
    pub delivery: DeliveryId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The person's id on the channel.
    pub to: String,
    /// The words, cut to the channel's limits.
    pub text: Rich,
    /// The buttons; only the last part of a message has any.
    pub choices: Vec<RenderedChoice>,
    /// What becomes of the button that shares a number. None: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<RenderedShare>,
    /// What is shown with the words; only the first part of a message has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ShownPicture>,
    /// The language, for direction and screen readers.
    pub locale: LocaleTag,
}

/// What becomes of the button that shares a number, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "share", rename_all = "snake_case")]
pub enum RenderedShare {
    /// It is shown; the message's choices stand beside it as words to send.
    Offer {
        /// What stands on it.
        label: String,
    },
    /// It is taken away.
    Remove,
}

/// A button with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedChoice {
    /// Comes back when it is pressed.
    pub id: String,
    /// What stands on it.
    pub label: String,
}
