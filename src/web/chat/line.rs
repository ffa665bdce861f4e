//! A conversation's line as the page gets it.
use super::picture::Image;
use crate::model::{Content, RenderedChoice, Rich};
use crate::store::{ChatCursor, ChatLine, ChatSpeaker};
use serde::Serialize;
use uuid::Uuid;

/// Some lines, and where to go on.
#[derive(Debug, Serialize)]
pub(super) struct Batch {
    lines: Vec<Line>,
    cursor: String,
}

impl Batch {
    pub(super) fn new(lines: Vec<ChatLine>, cursor: ChatCursor) -> Self {
        Self { lines: lines.into_iter().filter_map(Line::of).collect(), cursor: cursor.to_string() }
    }
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    You,
    Us,
}

/// One line.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) id: Uuid,
    /// Milliseconds since 1970, as browsers count.
    pub(super) at: i64,
    pub(super) from: Side,
    /// The page's own id of a message it sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<String>,
    /// The words. None where a button was pressed or something was attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Rich>,
    /// What is shown above the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) picture: Option<Image>,
    /// The button pressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) choice: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) choices: Vec<RenderedChoice>,
}

impl Line {
    /// None for what a page does not show: chats opened, reactions, deletions.
    pub(super) fn of(line: ChatLine) -> Option<Self> {
        let bare = Self {
            id: line.id,
            at: line.at.as_micros() / 1000,
            from: Side::You,
            key: None,
            lang: None,
            text: None,
            picture: None,
            choice: None,
            choices: Vec::new(),
        };
        match line.speaker {
            ChatSpeaker::Us(part) => Some(Self {
                from: Side::Us,
                picture: part.picture.as_ref().map(|shown| Image::of(shown, &part.locale)),
                lang: Some(part.locale.to_string()),
                text: Some(part.text),
                choices: part.choices,
                ..bare
            }),
            ChatSpeaker::Person { external_id, content } => {
                let key = external_id.split_once(':').map(|(_, key)| key.to_owned());
                let (text, choice) = match content {
                    Content::Text { text } | Content::Edited { text } => (Some(Rich::plain(text)), None),
                    Content::Choice { data } => (None, Some(data)),
                    Content::Media { caption, .. } => (caption.map(Rich::plain), None),
                    Content::Reaction { .. }
                    | Content::Shared
                    | Content::Deleted
                    | Content::Opened
                    | Content::Blocked
                    | Content::Unsupported { .. } => return None,
                };
                Some(Self { key, text, choice, ..bare })
            }
        }
    }
}
