//! Around every call: an address that is none is refused, every refusal has words, nothing is kept by caches.
use super::problem::{Kind, Problem, dressed};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

/// Refuses what is not percent-encoded UTF-8: it would be read as something else, silently.
pub(super) async fn address(request: Request, next: Next) -> Response {
    let uri = request.uri();
    if [uri.path(), uri.query().unwrap_or_default()].into_iter().all(is_encoded) {
        return next.run(request).await;
    }
    Problem::of(Kind::BadAddress).into_response()
}

fn is_encoded(text: &str) -> bool {
    let whole = text
        .split('%')
        .skip(1)
        .all(|piece| piece.len() >= 2 && piece.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    whole && percent_decode_str(text).decode_utf8().is_ok()
}

/// Gives words to answers that have none, and the headers that all have.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let mut answer = dressed(next.run(request).await);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_escape_and_half_a_letter_are_no_address() {
        assert!(is_encoded("/api/v1/requests/%D9%A2%2F7"));
        for wrong in ["%", "a%2", "%zz", "%D9", "%FF"] {
            assert!(!is_encoded(wrong), "{wrong}");
        }
    }
}
