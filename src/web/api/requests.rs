//! `/api/v1/requests`: the register.
use super::Api;
use super::answers::{OfBody, OfEvery, OfOne, address, encoded, located};
use super::caller::Caller;
use super::cursor;
use super::fields::{CursorText, Moment, Number, OnceKey};
use super::input::{IdempotencyKey, Json, Pairs, Reference};
use super::problem::{Kind, Problem};
use super::rules::Check;
use super::shapes::{RequestReport, StageWord};
use super::shown::{Outcome, Request, Requests, WholeRequest};
use crate::app::{ApiChange, Reported};
use crate::model::{Scope, Stage, Timestamp};
use crate::store::RequestList;
use crate::text::reference_key;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use utoipa::IntoParams;
use uuid::Uuid;

/// Requests of a page, where nothing is said.
const PAGE: u32 = 50;
/// Requests of a page at most.
const LARGEST_PAGE: u32 = 200;
/// Changes take less than this from their time to their commit.
const UNDER_WAY: Duration = Duration::from_mins(1);

/// What a list may be asked for.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Of this stage only.
    #[param(inline, required = false, value_type = StageWord)]
    stage: Option<Stage>,
    /// Changed at this time or later.
    #[param(inline, required = false, value_type = Moment)]
    updated_since: Option<Timestamp>,
    /// With this number of the embassy's, in any spelling.
    #[param(inline, required = false, value_type = Number)]
    embassy_reference: Option<String>,
    /// How many on a page; 50 where nothing is said.
    #[param(required = false, value_type = u32, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where to go on: the address in `next` has it.
    #[param(inline, required = false, value_type = CursorText)]
    cursor: Option<String>,
}

impl Filter {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let mut check = Check::default();
        let mut filter = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                check.wrong(&name, "once is enough");
                continue;
            }
            match name.as_str() {
                "stage" => {
                    filter.stage = Stage::parse(&value);
                    if filter.stage.is_none() {
                        check.wrong("stage", "no stage");
                    }
                }
                "updated_since" => filter.updated_since = check.moment("updated_since", Some(&value)),
                "embassy_reference" => {
                    check.reference("embassy_reference", Some(&value));
                    filter.embassy_reference = Some(value);
                }
                "limit" => {
                    // Not `+5` or `05`: a number as JSON writes it.
                    let number = value.parse().ok().filter(|limit: &u32| limit.to_string() == value);
                    filter.limit = number.filter(|limit| (1..=LARGEST_PAGE).contains(limit));
                    if filter.limit.is_none() {
                        check.wrong("limit", format!("a number from 1 to {LARGEST_PAGE}"));
                    }
                }
                "cursor" => {
                    if !cursor::is_cursor(&value) {
                        check.wrong("cursor", "no cursor of ours");
                    }
                    filter.cursor = Some(value);
                }
                _ => check.wrong(&name, "no parameter of this list"),
            }
            seen.push(name);
        }
        check.done().map(|()| filter)
    }

    /// The same list from a cursor on, as an address.
    fn next(&self, cursor: &str) -> String {
        let mut address = format!("/api/v1/requests?cursor={cursor}");
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = write!(address, "&{name}={}", encoded(&value));
            }
        };
        add("stage", self.stage.map(|stage| stage.to_string()));
        add("embassy_reference", self.embassy_reference.clone());
        add("limit", self.limit.map(|limit| limit.to_string()));
        address
    }
}

/// Lists requests
///
/// In the order of their last change, the oldest first. What changes while pages are read moves to their end: it may be
/// seen twice, and is never left out. To keep up, ask again with the last `as_of` as `updated_since`.
#[utoipa::path(
    get, path = "/api/v1/requests", operation_id = "listRequests", tag = "requests", params(Filter),
    responses(
        (status = 200, description = "A page of requests.", body = Requests,
            headers(("Link" = String, description = "The next page, `rel=\"next\"`. Left out on the last one."))),
        (status = 409, description = "The cursor is none of this list.", body = super::problem::Body9457, content_type = "application/problem+json"),
        OfEvery,
    ),
    security(("key" = ["requests:read"])),
)]
pub(super) async fn list(State(api): State<Arc<Api>>, caller: Caller, pairs: Pairs) -> Result<Response, Problem> {
    caller.need(Scope::RequestsRead)?;
    let filter = Filter::read(pairs.0)?;
    let embassy = filter.embassy_reference.as_deref().map(reference_key);
    let ring = api.app.store().ring();
    let stage = filter.stage.map_or("", Stage::as_str);
    let filters: &[&[u8]] = &[stage.as_bytes(), embassy.as_deref().unwrap_or_default().as_bytes()];
    let behind = match &filter.cursor {
        Some(text) => cursor::read(ring, text, filters).ok_or(Problem::of(Kind::CursorUnknown))?,
        None => (Timestamp::from_micros(i64::MIN), Uuid::nil()),
    };
    let since = (filter.updated_since.unwrap_or(Timestamp::from_micros(i64::MIN)), Uuid::nil());
    let most = filter.limit.unwrap_or(PAGE);
    let as_of = api.app.clock().now() - UNDER_WAY;
    let list =
        RequestList { stage: filter.stage, embassy: embassy.as_deref(), after: behind.max(since), most: most + 1 };
    let mut rows = api.app.store().requests_after(&list).await?;
    let more = rows.len() > most as usize;
    rows.truncate(most as usize);
    let end = rows.last().filter(|_| more);
    let next = end.map(|row| filter.next(&cursor::write(ring, (row.updated_at, row.id.0), filters)));
    let contacts = caller.may(Scope::RequestsContacts);
    let items = rows.into_iter().map(|row| Request::of(row, contacts)).collect();
    let link = next.as_ref().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    let mut answer = axum::Json(Requests { items, next, as_of: as_of.to_string() }).into_response();
    if let Some(link) = link {
        answer.headers_mut().insert(header::LINK, link);
    }
    Ok(answer)
}

/// Begins a request
///
/// With a reference that the association makes: for requests that have none yet.
#[utoipa::path(
    post, path = "/api/v1/requests", operation_id = "beginRequest", tag = "requests",
    params(("Idempotency-Key" = inline(OnceKey), Header, description = super::document::ONCE)),
    request_body = RequestReport,
    responses(
        (status = 201, description = "The request was begun.", body = Outcome,
            headers(("Location" = String, description = "Where the request is."))),
        OfEvery, OfBody,
    ),
    security(("key" = ["requests:write"])),
)]
pub(super) async fn begin(
    State(api): State<Arc<Api>>,
    caller: Caller,
    once: IdempotencyKey,
    body: Json<RequestReport>,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsWrite)?;
    let (report, batch) = body.value.read(&caller.0.source)?;
    let call: &[&[u8]] = &[b"begin", &body.bytes];
    let done = api.once(&caller.0, &once, call, (&ApiChange::Begin, &report), batch.as_deref()).await?;
    let outcome = Outcome::from(done);
    located(StatusCode::CREATED, &address(&outcome.reference), &outcome)
}

/// Shows a request
///
/// By the association's reference or by the embassy's number, in any spelling and any digits. A `/` in it is written `%2F`.
#[utoipa::path(
    get, path = "/api/v1/requests/{reference}", operation_id = "showRequest", tag = "requests",
    params(("reference" = inline(Number), Path, description = "The reference.")),
    responses((status = 200, description = "The request.", body = WholeRequest), OfEvery, OfOne),
    security(("key" = ["requests:read"])),
)]
pub(super) async fn show(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Reference(reference): Reference,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsRead)?;
    let file = api.app.request(&reference).await?.ok_or(Problem::of(Kind::RequestUnknown))?;
    Ok(axum::Json(WholeRequest::of(file, caller.may(Scope::RequestsContacts))).into_response())
}

/// Reports a request
///
/// New or known, by the association's reference. What the report leaves out stays as it is, and the same report again changes
/// nothing: repeat it as often as you need.
#[utoipa::path(
    put, path = "/api/v1/requests/{reference}", operation_id = "reportRequest", tag = "requests",
    params(("reference" = inline(Number), Path, description = "The reference.")),
    request_body = RequestReport,
    responses(
        (status = 200, description = "The request was there.", body = Outcome),
        (status = 201, description = "The request is new.", body = Outcome,
            headers(("Location" = String, description = "Where the request is."))),
        OfEvery, OfBody,
    ),
    security(("key" = ["requests:write"])),
)]
pub(super) async fn report(
    State(api): State<Arc<Api>>,
    caller: Caller,
    Reference(reference): Reference,
    body: Json<RequestReport>,
) -> Result<Response, Problem> {
    caller.need(Scope::RequestsWrite)?;
    let (report, batch) = body.value.read(&caller.0.source)?;
    let change = ApiChange::Put(reference);
    let done = api.app.api_change(&caller.0, None, (&change, &report), batch.as_deref()).await?;
    let status = if done.reported == Reported::New { StatusCode::CREATED } else { StatusCode::OK };
    let outcome = Outcome::from(done);
    located(status, &address(&outcome.reference), &outcome)
}
