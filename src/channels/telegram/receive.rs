//! Reading updates: from a webhook (with its secret) or from `getUpdates`.
use super::api::Api;
use super::raw;
use super::send::provider_id;
use crate::channels::body::json_of;
use crate::channels::{HookCall, InboundEvent, Pulled, Received, Rejection, SendError};
use crate::model::{Content, LocaleTag, MediaKind, Profile, Timestamp};
use crate::settings::Secret;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use subtle::ConstantTimeEq as _;
use teloxide::types::{
    Chat, ChatMemberUpdated, MaybeAnonymousUser, MaybeInaccessibleMessage, MediaKind as Media, Message, MessageKind,
    ReactionType, Update, UpdateKind, User,
};

/// The header that carries the secret (setWebhook, `secret_token`).
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// The method of a body that we asked for ourselves; no network call can have it.
const PULLED: &str = "PULL";
/// Kinds of updates that are read; Telegram sends no others.
pub(super) const ALLOWED: &[&str] =
    &["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"];
/// Seconds that `getUpdates` waits for something to come; shorter than the client's timeout.
const LONG_POLL: u8 = 25;

#[derive(Serialize)]
struct GetUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    timeout: u8,
    limit: u8,
    allowed_updates: &'static [&'static str],
}

/// Reads one update.
pub(super) fn receive(call: &HookCall, secret: &Secret) -> Result<Received, Rejection> {
    let shown = call.headers.get(SECRET_HEADER).map(String::as_bytes).unwrap_or_default();
    if call.method != PULLED && !bool::from(shown.ct_eq(secret.expose().as_bytes())) {
        return Err(Rejection::Forged);
    }
    let body = json_of(&call.body);
    let raw: Value = serde_json::from_slice(&body).map_err(|_| Rejection::NotUnderstood("not JSON"))?;
    let id = raw.get("update_id").and_then(Value::as_i64).ok_or(Rejection::NotUnderstood("no update_id"))?;
    // Nearly all there is, and all of it is in the raw JSON: the types of every kind of message cost more than all else here.
    let plain = raw.get("message").and_then(|message| message.get("text")).is_some_and(Value::is_string);
    let known = if plain { None } else { serde_json::from_slice::<Update>(&body).ok().map(|update| update.kind) };
    let event = match known {
        // A message whose contents our types do not know looks empty to them; Telegram sends no empty ones.
        Some(UpdateKind::Message(message) | UpdateKind::EditedMessage(message))
            if matches!(message.kind, MessageKind::Empty {}) =>
        {
            raw::read(&raw)
        }
        Some(UpdateKind::Message(message)) => from_message(&message, &raw["message"], false),
        Some(UpdateKind::EditedMessage(message)) => from_message(&message, &raw["edited_message"], true),
        Some(UpdateKind::CallbackQuery(query)) => from_press(&query),
        Some(UpdateKind::MyChatMember(change)) => from_membership(&change),
        Some(UpdateKind::MessageReaction(reaction)) => from_reaction(&reaction),
        // A plain text, or newer than our types: noted where a person's chat can be made out, so that they get an answer.
        Some(UpdateKind::Error(_)) | None => raw::read(&raw),
        Some(_) => None,
    };
    let events = event.map(|event| InboundEvent { external_id: id.to_string(), ..event });
    Ok(Received { events: events.into_iter().collect(), receipts: Vec::new() })
}

/// Asks for updates after `cursor`; the next call with the new cursor confirms them.
pub(super) async fn pull(api: &Api, cursor: Option<&str>) -> Result<Pulled, SendError> {
    let offset = cursor.and_then(|cursor| cursor.parse().ok());
    let call = GetUpdates { offset, timeout: LONG_POLL, limit: 100, allowed_updates: ALLOWED };
    let updates: Vec<Box<RawValue>> = match api.call("GetUpdates", &call).await {
        // A broken long poll has told us nothing and lost nothing.
        Err(SendError::Unknown) => Vec::new(),
        other => other?,
    };
    let last = updates.iter().filter_map(|update| update_id(update)).max();
    let bodies = updates.into_iter().map(|update| Bytes::copy_from_slice(update.get().as_bytes())).collect();
    Ok(Pulled { bodies, cursor: last.map(|last| (last + 1).to_string()) })
}

/// The id alone: an update that cannot be read otherwise is still passed by, or it would be asked for again for ever.
fn update_id(update: &RawValue) -> Option<i64> {
    #[derive(Deserialize)]
    struct Id {
        update_id: i64,
    }
    serde_json::from_str::<Id>(update.get()).ok().map(|id| id.update_id)
}

/// What one person did in their own chat with the bot. None where it is not that.
pub(super) fn event(
    chat: &Chat,
    from: Option<&User>,
    sent_at: Option<Timestamp>,
    content: Content,
) -> Option<InboundEvent> {
    // Groups and channels are not conversations with one person. Bots can write to bots: two that answer never end.
    if !chat.is_private() || from.is_some_and(|user| user.is_bot) {
        return None;
    }
    let profile = Profile {
        name: from.map(User::full_name),
        handle: from.and_then(|user| user.username.clone()),
        language: from.and_then(|user| user.language_code.clone()).map(LocaleTag::new),
    };
    Some(InboundEvent {
        attested: None,
        external_id: String::new(),
        address: chat.id.to_string(),
        profile,
        sent_at,
        content,
        acknowledge: None,
    })
}

fn from_message(message: &Message, body: &Value, edited: bool) -> Option<InboundEvent> {
    let content = match (&message.kind, message.text()) {
        (_, Some(text)) if edited => Content::Edited { text: text.to_owned() },
        (_, Some(text)) => from_text(text),
        (MessageKind::Common(common), None) if matches!(common.media_kind, Media::Migration(_)) => return None,
        // A paper whose words were changed is the same paper.
        (MessageKind::Common(_), None) if edited => return None,
        (MessageKind::Common(_), None) => Content::Media {
            kind: raw::media(body).unwrap_or(MediaKind::Other),
            caption: message.caption().map(str::to_owned),
        },
        (MessageKind::Dice(_), None) => Content::Media { kind: MediaKind::Other, caption: None },
        // Joins, pins and other notes of the service.
        _ => return None,
    };
    let own = if edited { None } else { raw::own_number(body) };
    let content = if own.is_some() { Content::Shared } else { content };
    let event = event(&message.chat, message.from.as_ref(), Some(seconds(message.date.timestamp())), content)?;
    Some(InboundEvent { attested: own, ..event })
}

/// What a text means. Commands of the menu are the words they stand for.
pub(super) fn from_text(text: &str) -> Content {
    let mut words = text.split_whitespace();
    // `/menu@awasir_bot` is `/menu`.
    let command = words.next().and_then(|word| word.strip_prefix('/')).and_then(|word| word.split('@').next());
    match command {
        // With what a link carried behind it.
        Some("start") => Content::Opened,
        Some(command) if !command.is_empty() && words.next().is_none() => {
            Content::Text { text: command.replace('_', " ") }
        }
        _ => Content::Text { text: text.to_owned() },
    }
}

fn from_press(query: &teloxide::types::CallbackQuery) -> Option<InboundEvent> {
    let data = query.data.clone()?;
    let chat = match query.message.as_ref()? {
        MaybeInaccessibleMessage::Regular(message) => &message.chat,
        MaybeInaccessibleMessage::Inaccessible(message) => &message.chat,
    };
    // The time of the message is not the time of the press, which Telegram does not tell.
    let pressed = event(chat, Some(&query.from), None, Content::Choice { data })?;
    Some(InboundEvent { acknowledge: Some(query.id.0.clone()), ..pressed })
}

fn from_membership(change: &ChatMemberUpdated) -> Option<InboundEvent> {
    let content = if change.new_chat_member.is_banned() || change.new_chat_member.is_left() {
        Content::Blocked
    } else {
        Content::Opened
    };
    event(&change.chat, Some(&change.from), Some(seconds(change.date.timestamp())), content)
}

fn from_reaction(reaction: &teloxide::types::MessageReactionUpdated) -> Option<InboundEvent> {
    let emoji = reaction.new_reaction.iter().find_map(|reaction| match reaction {
        ReactionType::Emoji { emoji } => Some(emoji.clone()),
        ReactionType::CustomEmoji { .. } | ReactionType::Paid => None,
    });
    let provider_id = Some(provider_id(&reaction.chat.id.to_string(), i64::from(reaction.message_id.0)));
    let from = match &reaction.actor {
        MaybeAnonymousUser::User(user) => Some(user),
        MaybeAnonymousUser::Chat(_) => None,
    };
    let content = Content::Reaction { emoji: emoji.unwrap_or_default(), provider_id };
    event(&reaction.chat, from, Some(seconds(reaction.date.timestamp())), content)
}

const fn seconds(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}
