//! What a platform answers, read up to a limit: nobody can fill our memory.
use bytes::{Bytes, BytesMut};

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
