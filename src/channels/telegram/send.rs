//! Sending a part: one `sendMessage`, or one `sendPhoto` where it has a picture. And stopping a button's spinner.
use super::api::Api;
use super::html::html;
use crate::channels::{Accepted, SendError};
use crate::model::{OutboundPart, RenderedChoice, RenderedShare};
use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};

/// Labels up to this long stand two in a row on a narrow telephone.
const SHORT_LABEL: usize = 14;

#[derive(Serialize)]
struct SendMessage<'a> {
    chat_id: &'a str,
    text: String,
    parse_mode: &'static str,
    link_preview_options: LinkPreview,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Markup<'a>>,
}

#[derive(Serialize)]
struct LinkPreview {
    is_disabled: bool,
}

/// What stands under a message, or under the chat: Telegram takes one of them a message.
#[derive(Serialize)]
#[serde(untagged)]
enum Markup<'a> {
    Inline(Keyboard<'a>),
    Share(ShareKeyboard<'a>),
    Remove { remove_keyboard: bool },
}

/// A keyboard with the button that shares the number of the person's own account (`ReplyKeyboardMarkup`); the message's
/// choices stand under it as words that are sent.
#[derive(Serialize)]
struct ShareKeyboard<'a> {
    keyboard: Vec<Vec<ShareButton<'a>>>,
    resize_keyboard: bool,
    one_time_keyboard: bool,
}

#[derive(Serialize)]
struct ShareButton<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    request_contact: bool,
}

#[derive(Serialize)]
struct Keyboard<'a> {
    inline_keyboard: Vec<Vec<Button<'a>>>,
}

#[derive(Serialize)]
struct Button<'a> {
    text: &'a str,
    /// 1–64 bytes; [`crate::model::Choice`] keeps to it.
    callback_data: &'a str,
}

#[derive(Deserialize)]
struct Sent {
    message_id: i64,
}

#[derive(Serialize)]
struct AnswerCallback<'a> {
    callback_query_id: &'a str,
}

/// Sends one part.
pub(super) async fn send(api: &Api, part: &OutboundPart) -> Result<Accepted, SendError> {
    let message = SendMessage {
        chat_id: &part.to,
        text: html(&part.text),
        parse_mode: "HTML",
        link_preview_options: LinkPreview { is_disabled: true },
        reply_markup: markup(part),
    };
    let sent: Sent = api.call("SendMessage", &message).await?;
    Ok(Accepted { provider_id: Some(provider_id(&part.to, sent.message_id)) })
}

/// Sends one part with its picture. Where Telegram refuses the photo nothing has been sent, and the words go alone.
pub(super) async fn send_picture(api: &Api, part: &OutboundPart, png: Bytes) -> Result<Accepted, SendError> {
    let length = u64::try_from(png.len()).unwrap_or(u64::MAX);
    let Ok(photo) = Part::stream_with_length(png, length).file_name("route.png").mime_str("image/png") else {
        return send(api, part).await;
    };
    let mut form = Form::new()
        .text("chat_id", part.to.clone())
        .text("caption", html(&part.text))
        .text("parse_mode", "HTML")
        .part("photo", photo);
    // In a form, what is no text goes as JSON.
    if let Some(markup) = markup(part).and_then(|markup| serde_json::to_string(&markup).ok()) {
        form = form.text("reply_markup", markup);
    }
    match api.upload::<Sent>("SendPhoto", form).await {
        Ok(sent) => Ok(Accepted { provider_id: Some(provider_id(&part.to, sent.message_id)) }),
        Err(SendError::Rejected { .. }) => send(api, part).await,
        Err(error) => Err(error),
    }
}

/// Ids of messages count per chat, so the chat is part of ours.
pub(super) fn provider_id(chat: &str, message: i64) -> String {
    format!("{chat}:{message}")
}

/// Tells Telegram that a press was seen; nothing depends on it.
pub(super) async fn acknowledge(api: &Api, callback_query_id: &str) {
    let _: Result<bool, _> = api.call("AnswerCallbackQuery", &AnswerCallback { callback_query_id }).await;
}

fn markup(part: &OutboundPart) -> Option<Markup<'_>> {
    match &part.share {
        None => keyboard(&part.choices).map(Markup::Inline),
        Some(RenderedShare::Remove) => Some(Markup::Remove { remove_keyboard: true }),
        Some(RenderedShare::Offer { label }) => {
            let share = ShareButton { text: label, request_contact: true };
            let words = part.choices.iter().map(|choice| ShareButton { text: &choice.label, request_contact: false });
            let keyboard = std::iter::once(share).chain(words).map(|button| vec![button]).collect();
            Some(Markup::Share(ShareKeyboard { keyboard, resize_keyboard: true, one_time_keyboard: true }))
        }
    }
}

fn keyboard(choices: &[RenderedChoice]) -> Option<Keyboard<'_>> {
    let mut rows: Vec<Vec<Button<'_>>> = Vec::new();
    for choice in choices {
        let button = Button { text: &choice.label, callback_data: &choice.id };
        let short = |button: &Button<'_>| button.text.chars().count() <= SHORT_LABEL;
        match rows.last_mut() {
            Some(row) if row.len() == 1 && short(&row[0]) && short(&button) => row.push(button),
            _ => rows.push(vec![button]),
        }
    }
    (!rows.is_empty()).then_some(Keyboard { inline_keyboard: rows })
}
