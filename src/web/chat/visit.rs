//! Who is asking: the session that a request's token names.
use super::Chat;
use super::refusal::Refusal;
use super::token::Token;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// The header in which a renewed token comes back.
const RENEWED: HeaderName = HeaderName::from_static("x-chat-token");

/// A request of a living session.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// The session.
    pub(super) session: Uuid,
    /// Its token as the person has it, or the one in its place.
    pub(super) token: String,
    renewed: bool,
}

impl Visit {
    /// Opens a session.
    pub(super) async fn open(chat: &Chat) -> Result<Self, Refusal> {
        let session = chat.app.chat_open().await?;
        let token = Token::new(session, chat.app.clock().now()).sign(chat.app.store().ring());
        Ok(Self { session, token, renewed: false })
    }

    /// The session that the `Authorization` header names.
    pub(super) async fn of(chat: &Chat, headers: &HeaderMap) -> Result<Self, Refusal> {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let text = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Refusal::NoSession)?;
        Self::by_token(chat, text.trim()).await
    }

    /// The session that a token names.
    pub(super) async fn by_token(chat: &Chat, text: &str) -> Result<Self, Refusal> {
        let ring = chat.app.store().ring();
        let token = Token::read(text, ring).ok_or(Refusal::NoSession)?;
        let idle = chat.settings.idle;
        let used = chat.app.chat_visit(token.session, idle).await?.ok_or(Refusal::NoSession)?;
        let now = chat.app.clock().now();
        if token.is_over(used, now, idle) {
            return Err(Refusal::NoSession);
        }
        let renewed = token.renewed(now);
        let text = renewed.map_or_else(|| text.to_owned(), |token| token.sign(ring));
        Ok(Self { session: token.session, token: text, renewed: renewed.is_some() })
    }

    /// The answer, with the renewed token where there is one.
    pub(super) fn answer(&self, answer: impl IntoResponse) -> Response {
        let mut answer = answer.into_response();
        if self.renewed
            && let Ok(value) = HeaderValue::from_str(&self.token)
        {
            answer.headers_mut().insert(RENEWED, value);
        }
        answer
    }
}
