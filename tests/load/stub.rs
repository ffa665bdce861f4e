//! The stand-in for Telegram's Bot API: takes every call at once and notes every message.
use super::board::Board;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// What matters of `sendMessage`, and of `sendPhoto`, whose text is its caption; ids come as numbers or as text.
#[derive(Debug, Deserialize)]
struct SendMessage<'a> {
    chat_id: ChatId<'a>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ChatId<'a> {
    Number(i64),
    Text(&'a str),
}

/// Starts it on a free port of loopback; its URL.
pub(crate) async fn start(board: Arc<Board>) -> anyhow::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let service = Router::new().route("/{bot}/{method}", axum::routing::any(answer)).with_state(board);
    tokio::spawn(async move { axum::serve(listener, service).await });
    Ok(url)
}

/// The call, whether it came as JSON or, with a photo, as a form.
fn called(body: &[u8]) -> Result<SendMessage<'_>, String> {
    if body.first() == Some(&b'{') {
        return serde_json::from_slice(body).map_err(|error| error.to_string());
    }
    // Everything but the file stands in front of it or behind it, as text.
    let field = |name: &str| {
        let mark = format!("name=\"{name}\"\r\n\r\n");
        let start = body.windows(mark.len()).position(|bytes| bytes == mark.as_bytes())? + mark.len();
        let end = start + body[start..].windows(4).position(|bytes| bytes == b"\r\n--")?;
        std::str::from_utf8(&body[start..end]).ok()
    };
    let (chat, caption) = (field("chat_id").ok_or("no chat_id")?, field("caption").ok_or("no caption")?);
    Ok(SendMessage { chat_id: ChatId::Text(chat), text: caption.into() })
}

async fn answer(
    State(board): State<Arc<Board>>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> impl IntoResponse {
    static MESSAGE_ID: AtomicI64 = AtomicI64::new(1_000_000);
    let answer = match method.to_ascii_lowercase().as_str() {
        "sendmessage" | "sendphoto" => match called(&body) {
            Ok(call) => {
                let chat = match call.chat_id {
                    ChatId::Number(chat) => chat,
                    ChatId::Text(text) => text.parse().unwrap_or_default(),
                };
                let message_id = MESSAGE_ID.fetch_add(1, Ordering::Relaxed);
                board.replied(chat, message_id, &call.text);
                format!(
                    r#"{{"ok":true,"result":{{"message_id":{message_id},"date":1795420800,"chat":{{"id":{chat},"type":"private","first_name":"Load"}},"text":"."}}}}"#
                )
            }
            Err(error) => format!(r#"{{"ok":false,"error_code":400,"description":"Bad Request: {error}"}}"#),
        },
        "getme" => r#"{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Awasir","username":"awasir_bot","can_join_groups":false,"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,"has_main_web_app":false}}"#.to_owned(),
        "getwebhookinfo" => r#"{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}"#.to_owned(),
        _ => r#"{"ok":true,"result":true}"#.to_owned(),
    };
    ([(CONTENT_TYPE, "application/json")], answer)
}
