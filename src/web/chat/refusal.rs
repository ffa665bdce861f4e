//! Why a request of the web chat was not served, and what its page is answered.
use crate::app::{ChatError, IntakeError};
use crate::store::StoreError;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// Why a request was not served.
#[derive(Debug)]
pub(super) enum Refusal {
    /// No token, a forged one, or a session that is over: the page opens a new one and says so.
    NoSession,
    /// Too many requests: again after this long.
    TooMany(Duration),
    /// Too long.
    TooLong,
    /// Not what the page sends.
    Unreadable,
    /// Full or closing: again in a moment.
    Busy,
    /// The database did not answer.
    Failed,
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NoSession => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::NoSession => "no_session",
            Self::TooMany(_) => "too_many",
            Self::TooLong => "too_long",
            Self::Unreadable => "unreadable",
            Self::Busy => "busy",
            Self::Failed => "failed",
        }
    }

    /// Puts status and delay on an answer with another body.
    pub(super) fn mark(&self, mut answer: Response) -> Response {
        *answer.status_mut() = self.status();
        let wait = match self {
            Self::TooMany(wait) => wait.as_secs() + 1,
            Self::Busy => 2,
            Self::NoSession | Self::TooLong | Self::Unreadable | Self::Failed => return answer,
        };
        answer.headers_mut().insert(header::RETRY_AFTER, wait.into());
        answer
    }

    /// What axum's own extractors refuse: too long, or not of the right form.
    pub(super) fn of_status(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLong } else { Self::Unreadable }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Json(serde_json::json!({ "error": self.name() })).into_response();
        self.mark(body)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "web chat");
        Self::Failed
    }
}

impl From<ChatError> for Refusal {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::Off | ChatError::Intake(IntakeError::Busy) => Self::Busy,
            ChatError::Intake(error) => {
                tracing::error!(%error, "web chat");
                Self::Failed
            }
            ChatError::Store(error) => error.into(),
        }
    }
}
