//! What a call brings: reference, query, JSON, Idempotency-Key. Whatever does not fit is a problem, never an axum answer.
use super::problem::{Fault, Kind, Problem};
use super::rules;
use super::{Api, BODY};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::marker::PhantomData;
use std::sync::Arc;

/// The header of IETF's draft.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The reference in the path.
#[derive(Debug)]
pub(super) struct Reference(pub(super) String);

impl FromRequestParts<Arc<Api>> for Reference {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Arc<Api>) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, api).await;
        let Path(reference) = path.map_err(|_| Problem::of(Kind::BadAddress))?;
        let mut check = rules::Check::default();
        check.reference("reference", Some(&reference));
        check.done()?;
        Ok(Self(reference))
    }
}

/// The Idempotency-Key, which some calls need.
#[derive(Debug)]
pub(super) struct IdempotencyKey(pub(super) String);

impl FromRequestParts<Arc<Api>> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Api>) -> Result<Self, Problem> {
        read_key(&parts.headers).map(Self).ok_or_else(|| Problem::of(Kind::IdempotencyKeyMissing))
    }
}

/// One header, as the draft's quoted string or bare.
fn read_key(headers: &HeaderMap) -> Option<String> {
    let mut all = headers.get_all(IDEMPOTENCY_KEY).iter();
    let (Some(value), None) = (all.next(), all.next()) else { return None };
    let text = value.to_str().ok()?;
    let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let fits = (1..=rules::LONGEST_KEY).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| bare.to_owned())
}

/// The names and values of a query, each name once.
#[derive(Debug)]
pub(super) struct Pairs(pub(super) Vec<(String, String)>);

impl FromRequestParts<Arc<Api>> for Pairs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Arc<Api>) -> Result<Self, Problem> {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, api).await;
        pairs.map(|pairs| Self(pairs.0)).map_err(|_| Problem::of(Kind::BadAddress))
    }
}

/// A body, and its bytes as they came.
pub(super) struct Json<T> {
    pub(super) value: T,
    pub(super) bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<Arc<Api>> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Arc<Api>) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::of(Kind::NotJson));
        }
        let bytes = read(request, api).await?;
        let value = parse(&bytes)?;
        Ok(Self { value, bytes })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(request: Request, api: &Arc<Api>) -> Result<Bytes, Problem> {
    let told =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > BODY) {
        return Err(Problem::of(Kind::TooLarge));
    }
    let request: Request<Body> = request;
    Bytes::from_request(request, api).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::of(Kind::TooLarge),
        // It stood still for too long, or the connection was lost and nobody reads this.
        _ => Problem::of(Kind::TooSlow),
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value: Object<T> = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let cause = error.inner();
        // serde calls the body itself `.`.
        let place = Some(error.path().to_string()).filter(|place| place != ".").unwrap_or_else(|| "body".to_owned());
        if cause.classify() == serde_json::error::Category::Data {
            let reason = cause.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            return Problem::fields(vec![Fault { field: place, reason }]);
        }
        Problem::detailed(Kind::BadJson, format!("line {}, column {}", cause.line(), cause.column()))
    })?;
    deserializer.end().map_err(|_| Problem::detailed(Kind::BadJson, "something follows the first value"))?;
    Ok(value.0)
}

/// A JSON object. serde would take an array of its values as well.
#[derive(Debug, Clone, Default)]
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Only<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Only<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Only(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idempotency_key_may_be_quoted_and_stands_once() {
        let read = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(IDEMPOTENCY_KEY, value.parse().expect("a header"));
            }
            read_key(&headers)
        };
        assert_eq!(read(&["\"8e03978e\""]).as_deref(), Some("8e03978e"));
        assert_eq!(read(&["8e03978e"]).as_deref(), Some("8e03978e"));
        let long = "a".repeat(rules::LONGEST_KEY + 1);
        for wrong in [&[][..], &["a", "b"], &[""], &["\"\""], &["a b"], &[long.as_str()]] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
