//! Updates that our types do not know, or not yet: what a person wrote, or what it is called, read from the raw JSON.
use super::receive::{event, from_text};
use super::send::provider_id;
use crate::channels::InboundEvent;
use crate::model::{Attested, ContactKind, Content, MediaKind, Timestamp};
use serde::Deserialize as _;
use serde_json::Value;
use teloxide::types::{Chat, User};

/// Fields of a message that say who and when, not what.
const AROUND: &[&str] = &[
    "business_connection_id",
    "chat",
    "date",
    "direct_messages_topic",
    "edit_date",
    "effect_id",
    "external_reply",
    "forward_origin",
    "from",
    "message_id",
    "quote",
    "reply_markup",
    "reply_to_message",
    "reply_to_story",
    "sender_business_bot",
    "sender_chat",
    "sender_tag",
    "via_bot",
];

/// Media by their field. Teloxide 0.17 wants parts of some that Telegram may leave out (`mime_type` of a film) and takes
/// them for something else, so the field decides.
/// A moving picture and a live photo come with a second field for older programs, so they stand first.
const MEDIA: &[(&str, MediaKind)] = &[
    ("live_photo", MediaKind::Photo),
    ("animation", MediaKind::Video),
    ("photo", MediaKind::Photo),
    ("voice", MediaKind::Voice),
    ("audio", MediaKind::Voice),
    ("video", MediaKind::Video),
    ("video_note", MediaKind::Video),
    ("document", MediaKind::Document),
    ("sticker", MediaKind::Sticker),
    ("venue", MediaKind::Location),
    ("location", MediaKind::Location),
    ("contact", MediaKind::Contact),
];

/// The event of an update, where it is one person's.
pub(super) fn read(raw: &Value) -> Option<InboundEvent> {
    let (name, body) = raw.as_object()?.iter().find(|(name, value)| *name != "update_id" && value.is_object())?;
    let chat = body.get("chat").or_else(|| body.get("message")?.get("chat"))?;
    let (chat, id) = (Chat::deserialize(chat).ok()?, chat.get("id")?.as_i64()?);
    let from = body.get("from").or_else(|| body.get("user")).and_then(|user| User::deserialize(user).ok());
    let at = body.get("date").and_then(Value::as_i64).map(Timestamp::from_seconds);
    let content = match name.as_str() {
        "message" => message(body),
        "edited_message" => Content::Edited { text: words(body)?.to_owned() },
        "callback_query" => Content::Choice { data: body.get("data")?.as_str()?.to_owned() },
        "message_reaction" => Content::Reaction {
            emoji: String::new(),
            provider_id: body
                .get("message_id")
                .and_then(Value::as_i64)
                .map(|message| provider_id(&id.to_string(), message)),
        },
        _ => Content::Unsupported { what: name.clone() },
    };
    let acknowledge = match &content {
        Content::Choice { .. } => body.get("id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let own = if name == "message" { own_number(body) } else { None };
    let content = if own.is_some() { Content::Shared } else { content };
    let event = event(&chat, from.as_ref(), at, content)?;
    Some(InboundEvent { acknowledge, attested: own, ..event })
}

/// A message of a kind that came later than our types; a word style they do not know hides a whole text from them.
fn message(body: &Value) -> Content {
    if let Some(text) = words(body) {
        return from_text(text);
    }
    let caption = body.get("caption").and_then(Value::as_str).map(str::to_owned);
    if let Some(kind) = media(body).or_else(|| caption.is_some().then_some(MediaKind::Other)) {
        return Content::Media { kind, caption };
    }
    let kind = body.as_object().and_then(|fields| {
        fields.iter().find(|(name, value)| !AROUND.contains(&name.as_str()) && (value.is_object() || value.is_array()))
    });
    Content::Unsupported { what: kind.map_or("message", |(name, _)| name).to_owned() }
}

/// What kind of media a message is. None where it is none that we name.
pub(super) fn media(body: &Value) -> Option<MediaKind> {
    MEDIA.iter().find(|(name, _)| body.get(name).is_some()).map(|(_, kind)| *kind)
}

/// The number of the sender's own account, where they shared it themselves: Telegram names the account that a number belongs to
/// (`contact.user_id`), and it must be the sender's. A card that was passed on is somebody else's word.
pub(super) fn own_number(body: &Value) -> Option<Attested> {
    let contact = body.get("contact")?;
    let (owner, sender) = (contact.get("user_id")?.as_i64()?, body.get("from")?.get("id")?.as_i64()?);
    let passed_on = ["forward_origin", "forward_date", "forward_from", "external_reply", "via_bot"];
    if owner != sender || passed_on.iter().any(|field| body.get(field).is_some()) {
        return None;
    }
    let digits: String = contact.get("phone_number")?.as_str()?.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| Attested { kind: ContactKind::Telephone, value: format!("+{digits}") })
}

fn words(body: &Value) -> Option<&str> {
    body.get("text").and_then(Value::as_str)
}
