//! Scripts, style and icon, compiled in. Their folder is named after their contents, so that browsers keep them for ever.
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(rust_embed::RustEmbed)]
#[folder = "src/web/static/"]
struct Files;

/// The start of every asset's path. One version for all of them: scripts import each other by relative path.
pub(in crate::web) static BASE: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort_unstable();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        hash.update(text(&name).as_bytes());
    }
    format!("/chat/static/{}/", hex::encode(&hash.finalize()[..6]))
});

/// A file's text; empty where there is none.
pub(super) fn text(name: &str) -> String {
    Files::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok()).unwrap_or_default()
}

/// `GET /chat/static/{version}/{name}`. An older version's path gets what is there now, but is not kept.
pub(super) async fn get(Path((version, name)): Path<(String, String)>) -> Response {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(file) = Files::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let current = BASE.trim_end_matches('/').ends_with(&format!("/{version}"));
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-store" };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], file.data.into_owned()).into_response()
}
