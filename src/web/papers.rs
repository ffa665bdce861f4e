//! The page where papers are sent, `/papers`. The link carries its token behind a `#`, which no browser sends and no server or
//! proxy logs; a small script posts it. Without JavaScript the person pastes the link into a field: a token in the address
//! would need no pasting, but would stand in the history of a shared telephone, in logs and in screenshots.
//!
//! No cookie, so nothing another site could ride on: every call carries the token in its body.
mod page;

use super::chat::Chat;
use super::chat::{language, limit_by_address};
use crate::app::{PapersError, Taken, Upload};
use crate::documents::LARGEST_PAPER;
use crate::model::{LocaleTag, PaperFault};
use axum::Router;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Form, Multipart, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use page::{Notice, Show, show};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// A body that stands still for this long is given up.
const SLOW_BODY: Duration = Duration::from_secs(30);
/// 20 MiB over a weak line of 25 KiB a second.
const WHOLE_CALL: Duration = Duration::from_secs(15 * 60);
/// Files on their way into this process at once: each may hold its whole size.
const AT_ONCE: usize = 8;
/// Bytes over the limit that are still read and thrown away: a browser shows our sentence only when it has sent all.
const SPILL: usize = 64 * 1024 * 1024;
/// The longest token or name in a form.
const FIELD: usize = 4096;

static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// The page's routes.
pub(super) fn router(chat: &Arc<Chat>) -> Router<Arc<Chat>> {
    Router::new()
        .route("/papers", get(first))
        .route("/papers/open", post(open).get(again))
        .route("/papers/send", post(send).get(again))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(SLOW_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, WHOLE_CALL))
        .layer(middleware::from_fn_with_state(chat.clone(), limit_by_address))
}

#[derive(Debug, Deserialize)]
struct Wish {
    lang: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Opening {
    #[serde(default)]
    token: String,
    #[serde(default)]
    lang: String,
}

/// `GET /papers`.
async fn first(State(chat): State<Arc<Chat>>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let tag = language(chat.app.catalog(), wish.lang.as_deref(), &headers);
    show(&chat, &tag, Show::default())
}

/// Somebody typed the address of a form, or came back to it.
async fn again() -> Redirect {
    Redirect::to("/papers")
}

/// `POST /papers/open`: the token, from the script or pasted.
async fn open(State(chat): State<Arc<Chat>>, headers: HeaderMap, Form(form): Form<Opening>) -> Response {
    let tag = language(chat.app.catalog(), Some(&form.lang), &headers);
    shown(&chat, &tag, form.token, None).await
}

/// `POST /papers/send`: a file.
async fn send(State(chat): State<Arc<Chat>>, headers: HeaderMap, body: Multipart) -> Response {
    let mut tag = language(chat.app.catalog(), None, &headers);
    let mut token = String::new();
    let notice = match take(&chat, &headers, body, (&mut tag, &mut token)).await {
        Ok(Taken::Kept) => Notice::good("kept"),
        Ok(Taken::Unscanned) => Notice::good("unscanned"),
        Ok(Taken::Known) => Notice::good("known"),
        Err(error) => refused(&error),
    };
    shown(&chat, &tag, token, Some(notice)).await
}

/// The page of a token, with what just happened above it.
async fn shown(chat: &Chat, tag: &LocaleTag, token: String, notice: Option<Notice>) -> Response {
    match chat.app.papers_page(&token).await {
        Ok(page) => show(chat, tag, Show { token, page: Some(page), notice }),
        Err(error) => show(chat, tag, Show { notice: notice.or(Some(refused(&error))), ..Show::default() }),
    }
}

/// Reads the form and hands the file over. The token comes first: nothing is read for somebody who has none.
async fn take(
    chat: &Chat,
    headers: &HeaderMap,
    mut body: Multipart,
    (tag, token): (&mut LocaleTag, &mut String),
) -> Result<Taken, PapersError> {
    let mut paper = String::new();
    while let Some(mut field) = body.next_field().await.map_err(|error| unreadable(&error))? {
        match field.name().unwrap_or_default() {
            "lang" => {
                let wish = short(&mut field).await?;
                *tag = language(chat.app.catalog(), Some(&wish), headers);
            }
            "token" => *token = short(&mut field).await?,
            "paper" => paper = short(&mut field).await?,
            "file" => {
                chat.app.papers_page(token).await?;
                let _room = ROOM.try_acquire().map_err(|_| PapersError::Busy)?;
                let bytes = whole(&mut field).await?;
                drop(field);
                return chat.app.paper_take(Upload { token: token.clone(), paper, bytes }).await;
            }
            _ => {}
        }
    }
    Err(PapersError::Fault(PaperFault::Empty))
}

/// A field of words.
async fn short(field: &mut Field<'_>) -> Result<String, PapersError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
        if bytes.len() + piece.len() > FIELD {
            return Err(PapersError::Link);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The file, piece by piece, and no more of it than is taken.
async fn whole(field: &mut Field<'_>) -> Result<Vec<u8>, PapersError> {
    let (mut bytes, mut size) = (Vec::new(), 0_usize);
    while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
        size += piece.len();
        if size <= LARGEST_PAPER {
            bytes.extend_from_slice(&piece);
        } else {
            bytes = Vec::new();
            if size > LARGEST_PAPER + SPILL {
                break;
            }
        }
    }
    if size > LARGEST_PAPER { Err(PapersError::Fault(PaperFault::Large)) } else { Ok(bytes) }
}

fn unreadable(_: &MultipartError) -> PapersError {
    PapersError::Fault(PaperFault::Damaged)
}

/// What the person is told.
fn refused(error: &PapersError) -> Notice {
    let (status, word) = match error {
        PapersError::Fault(fault) => {
            let large = *fault == PaperFault::Large;
            let status = if large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
            return Notice::fault(status, *fault);
        }
        PapersError::Link => (StatusCode::FORBIDDEN, "link"),
        PapersError::NoPaper => (StatusCode::UNPROCESSABLE_ENTITY, "no-paper"),
        PapersError::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        PapersError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        PapersError::Store(_) | PapersError::File(_) => {
            tracing::error!(%error, "papers");
            (StatusCode::SERVICE_UNAVAILABLE, "busy")
        }
    };
    Notice::bad(status, word)
}
