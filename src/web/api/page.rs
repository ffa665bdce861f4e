//! The document, and the page that shows it: made from the document, so that neither says what the other does not.
use super::Api;
use super::problem::Kind;
use super::view::{Call, Shape, calls, shapes};
use crate::locale::Catalog;
use crate::model::LocaleTag;
use crate::web::chat::{ASSETS, direction, language};
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Phrases of the page, without their prefix `api-`.
const WORDS: &[&str] = &[
    "title",
    "name",
    "subtitle",
    "language-label",
    "skip",
    "contents",
    "start",
    "start-key",
    "start-english",
    "document",
    "calls",
    "scope",
    "parameters",
    "body",
    "answers",
    "needed",
    "optional",
    "shapes",
    "problems",
];
/// Nothing from elsewhere, no script.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// What the query of the page may ask for.
#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

struct Other {
    tag: String,
    name: String,
    dir: &'static str,
}

struct Refused {
    name: &'static str,
    status: u16,
    title: &'static str,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'a> {
    w: BTreeMap<&'static str, String>,
    lang: &'a str,
    dir: &'static str,
    others: Vec<Other>,
    assets: &'a str,
    base: &'a str,
    description: Vec<&'a str>,
    calls: Vec<Call>,
    shapes: Vec<Shape>,
    problems: Vec<Refused>,
}

/// `GET /api/openapi.json`.
pub(super) async fn document(State(api): State<Arc<Api>>) -> Response {
    Json(&api.document).into_response()
}

/// `GET /api/`.
pub(super) async fn page(State(api): State<Arc<Api>>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let catalog = api.app.catalog();
    let tag = language(catalog, wish.lang.as_deref(), &headers);
    let document = serde_json::to_value(&api.document).unwrap_or_default();
    let refused = |kind: &Kind| Refused { name: kind.name(), status: kind.status().as_u16(), title: kind.title() };
    let page = Page {
        w: words(catalog, &tag),
        lang: tag.as_str(),
        dir: direction(catalog, &tag),
        others: others(catalog, &tag),
        assets: &ASSETS,
        base: &api.base,
        description: document["info"]["description"].as_str().unwrap_or_default().split("\n\n").collect(),
        calls: calls(&document),
        shapes: shapes(&document),
        problems: Kind::ALL.iter().map(refused).collect(),
    };
    let Ok(html) = page.render() else { return super::Problem::of(Kind::Failed).into_response() };
    let mut answer = Html(html).into_response();
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    answer
}

fn words(catalog: &Catalog, tag: &LocaleTag) -> BTreeMap<&'static str, String> {
    let say = |name: &str| catalog.phrase(tag, &format!("api-{name}"), &BTreeMap::new()).to_plain();
    WORDS.iter().map(|name| (*name, say(name))).collect()
}

fn others(catalog: &Catalog, tag: &LocaleTag) -> Vec<Other> {
    let other = |other: &LocaleTag| Other {
        tag: other.to_string(),
        name: catalog.own_name(other).to_owned(),
        dir: direction(catalog, other),
    };
    catalog.locales().iter().filter(|other| *other != tag).map(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_of_the_page_stands_in_every_locale() {
        let catalog = Catalog::embedded();
        for tag in catalog.locales() {
            for name in WORDS {
                assert!(catalog.has_phrase(tag, &format!("api-{name}")), "{tag}: api-{name}");
            }
        }
    }
}
