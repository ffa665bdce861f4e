//! What the page's script asks for: a session, messages out, lines in, the end.
use super::Chat;
use super::line::Batch;
use super::reader::{Came, Reader};
use super::refusal::Refusal;
use super::visit::Visit;
use super::words::language_hint;
use crate::app::ChatMessage;
use crate::model::Content;
use crate::store::ChatCursor;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

/// A comment goes out this often: it keeps proxies from closing, and tells the page that the stream lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A long poll is answered after this at the latest.
const LONGEST_POLL: Duration = Duration::from_secs(20);
/// A stream ends after this and the page opens the next one: tokens are renewed then.
const LONGEST_STREAM: Duration = Duration::from_mins(30);
/// Letters of a choice's id; Telegram's limit holds for all channels.
const LONGEST_CHOICE: usize = 64;

type Body<T> = Result<Json<T>, JsonRejection>;

fn body<T>(body: Body<T>) -> Result<T, Refusal> {
    body.map(|Json(value)| value).map_err(|rejection| Refusal::of_status(rejection.status()))
}

/// A message of the page.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    id: String,
    text: Option<String>,
    choice: Option<String>,
    lang: Option<String>,
}

impl Said {
    fn read(self, chat: &Chat) -> Result<ChatMessage, Refusal> {
        let content = content(self.text, self.choice)?.ok_or(Refusal::Unreadable)?;
        let key = Some(self.id).filter(|id| is_key(id)).ok_or(Refusal::Unreadable)?;
        Ok(ChatMessage { key, content, language: language_hint(chat.app.catalog(), self.lang.as_deref()) })
    }
}

/// Whether the page's id of a message can be part of a key.
pub(super) fn is_key(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// What was said. None where nothing was.
pub(super) fn content(text: Option<String>, choice: Option<String>) -> Result<Option<Content>, Refusal> {
    if let Some(data) = choice.filter(|choice| !choice.is_empty()) {
        return if data.len() <= LONGEST_CHOICE {
            Ok(Some(Content::Choice { data }))
        } else {
            Err(Refusal::Unreadable)
        };
    }
    let text = text.map(|text| text.trim().replace("\r\n", "\n")).unwrap_or_default();
    match text.chars().count() {
        0 => Ok(None),
        1..=Content::MAX_TEXT => Ok(Some(Content::Text { text })),
        _ => Err(Refusal::TooLong),
    }
}

/// `POST /chat/session`: opens a session.
pub(super) async fn open(State(chat): State<Arc<Chat>>) -> Result<Response, Refusal> {
    let visit = Visit::open(&chat).await?;
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "token": visit.token }))).into_response())
}

/// `POST /chat/messages`: takes a message; answered once it is committed.
pub(super) async fn say(
    State(chat): State<Arc<Chat>>,
    headers: HeaderMap,
    said: Body<Said>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&chat, &headers).await?;
    chat.limiters.session(visit.session)?;
    let message = body(said)?.read(&chat)?;
    chat.app.chat_say(visit.session, message).await?;
    Ok(visit.answer((StatusCode::ACCEPTED, Json(serde_json::json!({ "accepted": true })))))
}

/// Where a reader goes on.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

impl After {
    fn cursor(&self) -> Result<ChatCursor, Refusal> {
        if self.after.is_empty() {
            Ok(ChatCursor::default())
        } else {
            self.after.parse().map_err(|_| Refusal::Unreadable)
        }
    }
}

/// `POST /chat/poll`: lines as soon as there are some, else none after a while.
pub(super) async fn poll(
    State(chat): State<Arc<Chat>>,
    headers: HeaderMap,
    after: Body<After>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&chat, &headers).await?;
    let cursor = body(after)?.cursor()?;
    let place = chat.readers.clone().try_acquire_owned();
    let mut reader = Reader::new(chat, visit.session, cursor);
    // Where all places are taken nobody waits, but what is there is still read.
    let most = if place.is_ok() { LONGEST_POLL } else { Duration::ZERO };
    match reader.wait(most).await? {
        Came::Lines(lines) => Ok(visit.answer(Json(Batch::new(lines, reader.cursor)))),
        Came::Nothing => Ok(visit.answer(Json(Batch::new(Vec::new(), reader.cursor)))),
        Came::Ended => Err(Refusal::NoSession),
    }
}

/// `POST /chat/events`: lines as they come, as server-sent events.
pub(super) async fn events(
    State(chat): State<Arc<Chat>>,
    headers: HeaderMap,
    after: Body<After>,
) -> Result<Response, Refusal> {
    let visit = Visit::of(&chat, &headers).await?;
    let cursor = body(after)?.cursor()?;
    let place = chat.readers.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
    let (reader, until) = (Reader::new(chat.clone(), visit.session, cursor), Instant::now() + LONGEST_STREAM);
    let open = Open { chat, reader, until, stage: Stage::First, _place: place };
    let mut answer = visit.answer(Sse::new(lines(open)));
    // nginx holds answers back until this tells it not to.
    answer.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(answer)
}

/// A stream under way.
struct Open {
    chat: Arc<Chat>,
    reader: Reader,
    until: Instant,
    stage: Stage,
    _place: OwnedSemaphorePermit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The first event goes out at once, with or without lines: the page learns that streams come through.
    First,
    Going,
    Over,
}

fn lines(open: Open) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(open, |mut open| async move {
        let going = open.stage != Stage::Over && Instant::now() < open.until && !open.chat.stop.is_cancelled();
        if !going {
            return None;
        }
        let came = match open.stage {
            Stage::First => open.reader.read().await.map(Came::Lines),
            Stage::Going | Stage::Over => open.reader.wait(HEARTBEAT).await,
        };
        open.stage = Stage::Going;
        let event = match came {
            Ok(Came::Lines(lines)) => {
                let batch = serde_json::to_string(&Batch::new(lines, open.reader.cursor)).ok()?;
                Event::default().event("lines").data(batch)
            }
            Ok(Came::Nothing) => Event::default().comment(""),
            Ok(Came::Ended) => {
                open.stage = Stage::Over;
                Event::default().event("ended").data("")
            }
            // The page comes back by itself.
            Err(_) => return None,
        };
        Some((Ok(event), open))
    })
}

/// `POST /chat/end`: ends the session.
pub(super) async fn end(State(chat): State<Arc<Chat>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let visit = Visit::of(&chat, &headers).await?;
    chat.app.chat_end(visit.session).await?;
    Ok(Json(serde_json::json!({ "ended": true })).into_response())
}
