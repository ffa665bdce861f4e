//! Bodies: what a platform answers, read up to a limit (nobody can fill our memory), and JSON with broken characters in it.
use bytes::{Bytes, BytesMut};
use std::borrow::Cow;

/// What stands for a character that is none.
const REPLACEMENT: &[u8] = b"\\ufffd";
/// The length of an escape: `\ud83d`.
const ESCAPE: usize = 6;

/// JSON in which half surrogate pairs are replaced: the standard forbids none of them in escapes, our strings cannot hold them,
/// and the rest of the message can be answered. The body that is kept stays as it came.
pub(super) fn json_of(body: &[u8]) -> Cow<'_, [u8]> {
    let mut mended: Option<Vec<u8>> = None;
    let (mut at, mut done) = (0, 0);
    while let Some(found) = body[at..].iter().position(|&byte| byte == b'\\') {
        at += found;
        let half = unit(&body[at..]).filter(|unit| (0xd800..=0xdfff).contains(unit));
        let Some(half) = half else {
            // Whatever is escaped, a backslash above all, is no beginning of the next.
            at = (at + 2).min(body.len());
            continue;
        };
        let pair = half < 0xdc00 && unit(&body[at + ESCAPE..]).is_some_and(|next| (0xdc00..=0xdfff).contains(&next));
        if pair {
            at += 2 * ESCAPE;
            continue;
        }
        let mended = mended.get_or_insert_with(|| Vec::with_capacity(body.len()));
        mended.extend_from_slice(&body[done..at]);
        mended.extend_from_slice(REPLACEMENT);
        at += ESCAPE;
        done = at;
    }
    mended.map_or(Cow::Borrowed(body), |mut mended| {
        mended.extend_from_slice(&body[done..]);
        Cow::Owned(mended)
    })
}

/// The number in `\uXXXX` at the beginning. None where there is no such escape.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    // A sign is no digit here.
    digits.iter().all(u8::is_ascii_hexdigit).then(|| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())?
}

/// Reads an answer's body, at most `limit` bytes. None where it is longer or breaks off.
pub(super) async fn read_limited(mut response: reqwest::Response, limit: usize) -> Option<Bytes> {
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= limit => body.extend_from_slice(&chunk),
            Ok(None) => return Some(body.freeze()),
            Ok(Some(_)) | Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::json_of;
    use serde_json::Value;

    #[test]
    fn halves_of_pairs_are_replaced_and_nothing_else_is_touched() {
        for (body, text) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""a \uD83D\uDE00 b \ude00\ud83d c""#, "a 😀 b \u{fffd}\u{fffd} c"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\\ud83d \\\ud83d""#, "\\ud83d \\\u{fffd}"),
            (r#""\u0645\n مرحبا""#, "م\n مرحبا"),
        ] {
            assert_eq!(
                serde_json::from_slice::<Value>(&json_of(body.as_bytes())).ok(),
                Some(Value::from(text)),
                "{body}"
            );
        }
        for broken in ["", "\\", "\\u", "\\ud83", "\\ud83d", "\\ud83d\\u", "\\u+123", "\\u\\ud83d"] {
            assert!(json_of(broken.as_bytes()).len() <= broken.len());
        }
    }
}
