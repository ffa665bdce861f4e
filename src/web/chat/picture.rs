//! Pictures beside words. They are the same for everybody, so an address names what is drawn and nothing of whom.
use super::Chat;
use crate::documents::{ROUTE_HEIGHT, ROUTE_WIDTH};
use crate::model::{LocaleTag, Picture, ShownPicture};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// Browsers keep a picture for a day: its words change with a new version at most.
const KEEP: &str = "public, max-age=86400";

/// A picture as a page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Image {
    pub(super) src: String,
    pub(super) alt: String,
    pub(super) width: u16,
    pub(super) height: u16,
}

impl Image {
    pub(super) fn of(shown: &ShownPicture, locale: &LocaleTag) -> Self {
        let (width, height) = match shown.picture {
            Picture::Route(_) => (ROUTE_WIDTH, ROUTE_HEIGHT),
        };
        let src = format!("/chat/pictures/{}-{locale}.png", shown.picture.name());
        Self { src, alt: shown.alt.clone(), width, height }
    }
}

/// `GET /chat/pictures/{picture}-{language}.png`.
pub(super) async fn get(State(chat): State<Arc<Chat>>, Path(name): Path<String>) -> Response {
    let Some((picture, locale)) = named(&name) else { return StatusCode::NOT_FOUND.into_response() };
    match chat.app.pictures().png(picture, &locale).await {
        Some(png) => ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, KEEP)], png).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What `route-studying-ar.png` names. A language's own hyphens come last: `route-studying-pt-BR.png`.
fn named(name: &str) -> Option<(Picture, LocaleTag)> {
    let name = name.strip_suffix(".png")?;
    name.match_indices('-').find_map(|(place, _)| {
        let picture = Picture::named(&name[..place])?;
        Some((picture, LocaleTag::new(name[place + 1..].to_owned())))
    })
}
