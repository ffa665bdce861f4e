//! The plain form: everything the chat can do, without JavaScript. Each answer is the whole page.
use super::Chat;
use super::line::{Line, Side};
use super::page::{Show, show};
use super::reader::{Came, Reader};
use super::refusal::Refusal;
use super::visit::Visit;
use super::{api, words};
use crate::app::ChatMessage;
use crate::model::{Content, LocaleTag};
use crate::store::ChatCursor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long a page waits for the answer before it is shown without one.
const PATIENCE: Duration = Duration::from_secs(6);

/// The form's fields.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    token: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    lang: String,
    framed: Option<String>,
    text: Option<String>,
    /// A question to start with.
    pick: Option<String>,
    choice: Option<String>,
    /// `read` or `end`; none sends.
    #[serde(rename = "do")]
    act: Option<String>,
}

/// `GET /chat/form`: somebody typed the address, or came back to it.
pub(super) async fn get() -> Redirect {
    Redirect::to("/")
}

/// `POST /chat/form`.
pub(super) async fn post(
    State(chat): State<Arc<Chat>>,
    headers: HeaderMap,
    fields: Result<Form<Fields>, FormRejection>,
) -> Response {
    let fields = match fields {
        Ok(Form(fields)) => fields,
        Err(rejection) => return Refusal::of_status(rejection.status()).into_response(),
    };
    let tag = words::language(chat.app.catalog(), Some(&fields.lang), &headers);
    let (framed, written) = (fields.framed.is_some(), fields.text.clone().unwrap_or_default());
    let token = fields.token.clone();
    match act(&chat, &tag, fields).await {
        Ok(page) => show(&chat, &tag, Show { framed, ..page }),
        Err(refusal) => {
            let notice = Some(match refusal {
                Refusal::TooMany(_) => "slow",
                Refusal::TooLong | Refusal::Unreadable => "refused",
                Refusal::NoSession | Refusal::Busy | Refusal::Failed => "busy",
            });
            // What was written is still in the box, and the session stays.
            let page = show(&chat, &tag, Show { framed, token, draft: written, notice, ..Show::default() });
            refusal.mark(page)
        }
    }
}

async fn act(chat: &Arc<Chat>, tag: &LocaleTag, fields: Fields) -> Result<Show, Refusal> {
    let visit = if fields.token.is_empty() { None } else { Some(Visit::by_token(chat, &fields.token).await) };
    let (visit, over) = match visit {
        Some(Err(Refusal::NoSession)) => (None, true),
        Some(found) => (Some(found?), false),
        None => (None, false),
    };
    if fields.act.as_deref() == Some("end") {
        if let Some(visit) = visit {
            chat.app.chat_end(visit.session).await?;
        }
        return Ok(Show { notice: Some("ended"), ..Show::default() });
    }
    let reads = fields.act.as_deref() == Some("read");
    let words = fields.pick.filter(|pick| !pick.is_empty()).or_else(|| fields.text.clone());
    let said = if reads { None } else { api::content(words, fields.choice)? };
    let draft = if reads { fields.text.unwrap_or_default() } else { String::new() };
    let notice = over.then_some("expired");
    let Some(content) = said else {
        let Some(visit) = visit else { return Ok(Show { draft, notice, ..Show::default() }) };
        let mut lines = Vec::new();
        whole(&mut reader(chat, &visit), &mut lines).await?;
        return Ok(Show { token: visit.token, lines, draft, notice, ..Show::default() });
    };
    let visit = match visit {
        Some(visit) => visit,
        None => Visit::open(chat).await?,
    };
    chat.limiters.session(visit.session)?;
    let key = if api::is_key(&fields.id) { fields.id } else { chat.app.clock().id().simple().to_string() };
    let (lines, answered) = converse(chat, &visit, key, content, tag).await?;
    let notice = notice.or((!answered).then_some("waiting"));
    Ok(Show { token: visit.token, lines, notice, ..Show::default() })
}

fn reader(chat: &Arc<Chat>, visit: &Visit) -> Reader {
    Reader::new(chat.clone(), visit.session, ChatCursor::default())
}

/// Says it and waits a little for the answer. All lines, and whether there was one.
async fn converse(
    chat: &Arc<Chat>,
    visit: &Visit,
    key: String,
    content: Content,
    tag: &LocaleTag,
) -> Result<(Vec<Line>, bool), Refusal> {
    let message = ChatMessage { key: key.clone(), content, language: Some(tag.clone()) };
    chat.app.chat_say(visit.session, message).await?;
    let (mut reader, mut lines, until) = (reader(chat, visit), Vec::new(), Instant::now() + PATIENCE);
    loop {
        whole(&mut reader, &mut lines).await?;
        let asked = lines.iter().rposition(|line| line.key.as_ref() == Some(&key));
        let answered = asked.is_some_and(|asked| lines[asked..].iter().any(|line| line.from == Side::Us));
        let left = until.saturating_duration_since(Instant::now());
        if answered || left.is_zero() {
            return Ok((lines, answered));
        }
        match reader.wait(left).await? {
            Came::Lines(more) => lines.extend(more.into_iter().filter_map(Line::of)),
            Came::Nothing | Came::Ended => return Ok((lines, false)),
        }
    }
}

/// Reads on to the end.
async fn whole(reader: &mut Reader, lines: &mut Vec<Line>) -> Result<(), Refusal> {
    loop {
        let more = reader.read().await?;
        if more.is_empty() {
            return Ok(());
        }
        lines.extend(more.into_iter().filter_map(Line::of));
    }
}
