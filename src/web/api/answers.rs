//! Answers that several calls share, and how the document states them: made from the kinds of problems themselves.
use super::problem::{Kind, PROBLEM, Problem};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response as Documented, ResponseBuilder};

/// What stays in a path or query as it is.
const BARE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as a part of an address.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, BARE).to_string()
}

/// The address of a request.
pub(super) fn address(reference: &str) -> String {
    format!("/api/v1/requests/{}", encoded(reference))
}

/// An answer with a body and where the thing is.
pub(super) fn located(status: StatusCode, address: &str, body: &impl Serialize) -> Result<Response, Problem> {
    let value = serde_json::to_value(body).map_err(|_| Problem::of(Kind::Failed))?;
    let mut answer = (status, Json(value)).into_response();
    if let Ok(value) = HeaderValue::from_str(address) {
        answer.headers_mut().insert(header::LOCATION, value);
    }
    Ok(answer)
}

type Documenteds = BTreeMap<String, RefOr<Documented>>;

/// Refusals of every call.
pub(super) struct OfEvery;
/// Refusals of calls about one request.
pub(super) struct OfOne;
/// Refusals of calls with a body.
pub(super) struct OfBody;

const EVERY: &[Kind] = &[
    Kind::BadAddress,
    Kind::Unauthorized,
    Kind::ScopeMissing,
    Kind::InvalidFields,
    Kind::TooMany,
    Kind::Failed,
    Kind::Busy,
];
const ONE: &[Kind] = &[Kind::RequestUnknown];
const BODY: &[Kind] = &[Kind::TooSlow, Kind::MoveRefused, Kind::TooLarge, Kind::NotJson];

fn references(kinds: &[Kind]) -> Documenteds {
    let reference = |kind: &Kind| {
        let status = kind.status().as_u16();
        (status.to_string(), RefOr::Ref(Ref::from_response_name(name(status))))
    };
    kinds.iter().map(reference).collect()
}

fn name(status: u16) -> String {
    format!("Problem{status}")
}

impl utoipa::IntoResponses for OfEvery {
    fn responses() -> Documenteds {
        references(EVERY)
    }
}

impl utoipa::IntoResponses for OfOne {
    fn responses() -> Documenteds {
        references(ONE)
    }
}

impl utoipa::IntoResponses for OfBody {
    fn responses() -> Documenteds {
        references(BODY)
    }
}

/// Every problem's answer, by its status, as the document keeps them in one place.
pub(super) fn problems() -> BTreeMap<String, RefOr<Documented>> {
    let mut titles: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for kind in Kind::ALL {
        titles.entry(kind.status().as_u16()).or_default().push(kind.title());
    }
    titles.into_iter().map(|(status, titles)| (name(status), RefOr::T(problem(status, &titles)))).collect()
}

fn problem(status: u16, titles: &[&str]) -> Documented {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let answer = ResponseBuilder::new().description(titles.join(" Or: ")).content(PROBLEM, content);
    let text = |about: &str| {
        HeaderBuilder::new().schema(ObjectBuilder::new().schema_type(Type::String)).description(Some(about)).build()
    };
    let seconds = HeaderBuilder::new()
        .schema(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)))
        .description(Some("Seconds to wait."));
    match status {
        401 | 403 => answer.header("WWW-Authenticate", text("How to show a key.")),
        405 => answer.header("Allow", text("The methods that this address knows.")),
        429 => answer.header("Retry-After", seconds.build()),
        _ => answer,
    }
    .build()
}
