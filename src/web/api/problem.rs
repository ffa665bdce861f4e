//! What a call that was not served is answered: RFC 9457, always.
use crate::app::{ApiError, RequestError};
use crate::model::{Scope, Stage};
use crate::store::StoreError;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// The media type of a problem.
pub(super) const PROBLEM: &str = "application/problem+json";
/// Where the page explains problems.
pub(super) const EXPLAINED: &str = "/api/#problem-";

macro_rules! kinds {
    ($($(#[doc = $title:literal])+ $variant:ident = $name:literal, $status:ident;)+) => {
        /// Why a call was not served.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind { $($(#[doc = $title])+ $variant),+ }

        impl Kind {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name at the end of its `type`.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Its status.
            pub(super) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            /// Its title.
            pub(super) fn title(self) -> &'static str {
                match self { $(Self::$variant => concat!($($title),+).trim()),+ }
            }
        }
    };
}

kinds! {
    /// The address is not percent-encoded UTF-8.
    BadAddress = "bad-address", BAD_REQUEST;
    /// The body is not JSON in UTF-8.
    BadJson = "bad-json", BAD_REQUEST;
    /// This call needs an Idempotency-Key of 1 to 200 visible ASCII letters.
    IdempotencyKeyMissing = "idempotency-key-missing", BAD_REQUEST;
    /// No key was shown that opens anything.
    Unauthorized = "unauthorized", UNAUTHORIZED;
    /// The key has not the scope for this.
    ScopeMissing = "scope-missing", FORBIDDEN;
    /// No request has this reference.
    RequestUnknown = "request-unknown", NOT_FOUND;
    /// Nothing is at this address.
    NotFound = "not-found", NOT_FOUND;
    /// This address knows other methods.
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED;
    /// The body did not come in time.
    TooSlow = "too-slow", REQUEST_TIMEOUT;
    /// A request may not go from this stage to that one.
    MoveRefused = "move-refused", CONFLICT;
    /// The stage that is known began later.
    Backwards = "backwards", CONFLICT;
    /// A time has not come yet.
    NotYet = "not-yet", CONFLICT;
    /// A ruling belongs to `decided` and `closed`, and `decided` needs one.
    RulingMisplaced = "ruling-misplaced", CONFLICT;
    /// The reference has the form of ours, and its check digit is wrong.
    CheckDigit = "check-digit", CONFLICT;
    /// The cursor is none of this list.
    CursorUnknown = "cursor-unknown", CONFLICT;
    /// The same call is under way.
    UnderWay = "under-way", CONFLICT;
    /// The body is longer than 1 MiB.
    TooLarge = "too-large", PAYLOAD_TOO_LARGE;
    /// The body is not `application/json`.
    NotJson = "not-json", UNSUPPORTED_MEDIA_TYPE;
    /// Fields are not as the document says.
    InvalidFields = "invalid-fields", UNPROCESSABLE_ENTITY;
    /// The Idempotency-Key came with another call before.
    IdempotencyKeyReused = "idempotency-key-reused", UNPROCESSABLE_ENTITY;
    /// Too many calls.
    TooMany = "too-many", TOO_MANY_REQUESTS;
    /// It failed here; nothing was changed.
    Failed = "failed", INTERNAL_SERVER_ERROR;
    /// Full or closing; nothing was changed.
    Busy = "busy", SERVICE_UNAVAILABLE;
}

/// A field that is not as the document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FieldFault)]
pub(super) struct Fault {
    /// Which: a path like `contacts[0].value`, a parameter's or a header's name.
    #[schema(example = "contacts[0].value")]
    pub(super) field: String,
    /// What is wrong with it.
    pub(super) reason: String,
}

/// A problem, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Body9457 {
    /// What kind, for programs: the page explains each at this address.
    #[serde(rename = "type")]
    #[schema(example = "/api/#problem-move-refused", format = "uri-reference")]
    kind: String,
    /// What kind, for people.
    title: &'static str,
    /// The status.
    #[schema(example = 409, minimum = 400, maximum = 599)]
    status: u16,
    /// What it was in this case.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The fields that are not as the document says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<Fault>,
    /// Where a request may go from where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<super::shapes::StageWord>>)]
    allowed: Option<Vec<Stage>>,
}

/// A problem under way to its answer.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    kind: Kind,
    detail: Option<String>,
    fields: Vec<Fault>,
    allowed: Option<Vec<Stage>>,
    wait: Option<u64>,
    scope: Option<Scope>,
}

impl Problem {
    /// One of this kind.
    pub(super) const fn of(kind: Kind) -> Self {
        Self { kind, detail: None, fields: Vec::new(), allowed: None, wait: None, scope: None }
    }

    /// One that says more.
    pub(super) fn detailed(kind: Kind, detail: impl std::fmt::Display) -> Self {
        Self { detail: Some(detail.to_string()), ..Self::of(kind) }
    }

    /// Fields that are not as the document says.
    pub(super) fn fields(fields: Vec<Fault>) -> Self {
        Self { fields, ..Self::of(Kind::InvalidFields) }
    }

    /// Too many; again after this long.
    pub(super) fn wait(wait: Duration) -> Self {
        Self { wait: Some(wait.as_secs() + 1), ..Self::of(Kind::TooMany) }
    }

    /// The key has not this scope.
    pub(super) fn scope(scope: Scope) -> Self {
        Self { scope: Some(scope), ..Self::detailed(Kind::ScopeMissing, format!("it needs `{scope}`")) }
    }

    /// For an answer that something below us made without words.
    pub(super) fn of_status(status: StatusCode) -> Self {
        let same =
            |kind: &&Kind| kind.status() == status && !matches!(kind, Kind::RequestUnknown | Kind::InvalidFields);
        Self::of(Kind::ALL.iter().find(same).copied().unwrap_or(Kind::Failed))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body9457 {
            kind: format!("{EXPLAINED}{}", self.kind.name()),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: self.detail,
            fields: self.fields,
            allowed: self.allowed,
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut answer = Response::new(Body::from(body));
        *answer.status_mut() = self.kind.status();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if let Some(wait) = self.wait.or((self.kind == Kind::Busy || self.kind == Kind::UnderWay).then_some(1)) {
            headers.insert(header::RETRY_AFTER, wait.into());
        }
        let challenge =
            |scope: Scope| format!("Bearer realm=\"awasir\", error=\"insufficient_scope\", scope=\"{scope}\"");
        let challenge = match (self.kind, self.scope) {
            (Kind::Unauthorized, _) => Some("Bearer realm=\"awasir\"".to_owned()),
            (_, scope) => scope.map(challenge),
        };
        if let Some(value) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, value);
        }
        answer
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "api");
        Self::of(Kind::Failed)
    }
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::UnderWay => Self::of(Kind::UnderWay),
            ApiError::Reused => Self::of(Kind::IdempotencyKeyReused),
            ApiError::Request(error) => error.into(),
        }
    }
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        let field = |field: &str, reason: String| Self::fields(vec![Fault { field: field.to_owned(), reason }]);
        match error {
            RequestError::Store(error) => error.into(),
            RequestError::NotFound(_) => Self::of(Kind::RequestUnknown),
            RequestError::CheckDigit(_) => Self::detailed(Kind::CheckDigit, "look for a slip of a digit"),
            RequestError::Move { from, to, allowed } => {
                let detail = format!("it may not go from `{from}` to `{to}`; `allowed` says where it may go");
                Self { allowed: Some(allowed), ..Self::detailed(Kind::MoveRefused, detail) }
            }
            RequestError::Ruling => Self::of(Kind::RulingMisplaced),
            RequestError::Backwards { stage, since } => {
                Self::detailed(Kind::Backwards, format!("it is at `{stage}` since {since}"))
            }
            RequestError::Future(at) => Self::detailed(Kind::NotYet, format!("{at} has not come yet")),
            RequestError::Reference(_) => field("reference", "it needs a digit".to_owned()),
            RequestError::Contact(_, kind) => field("contacts", format!("a value is no {kind}")),
            // What only the command line asks for: a report of the interface names none of it.
            RequestError::NoConversation(_) | RequestError::NoPaper(_) | RequestError::NoFile(_) => {
                tracing::error!("api: a report was refused for what it did not name");
                Self::of(Kind::Failed)
            }
        }
    }
}

/// Puts a problem in the place of an answer without words, such as those of the layers around the handlers.
pub(super) fn dressed(answer: Response) -> Response {
    let status = answer.status();
    let told = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM);
    if told || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let mut problem = Problem::of_status(status).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&name) {
            problem.headers_mut().insert(name, value.clone());
        }
    }
    problem
}
