//! The page itself, in the person's language.
use super::super::chat::{BASE, Chat, direction};
use crate::app::PapersPage;
use crate::locale::Catalog;
use crate::model::{LocaleTag, PaperFault, PaperState};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::collections::BTreeMap;

/// Phrases of the page, without their prefix `page-papers-`.
const WORDS: &[&str] = &[
    "title",
    "heading",
    "association",
    "language-label",
    "skip",
    "paste",
    "paste-why",
    "open",
    "reference",
    "which",
    "state-missing",
    "state-returned",
    "state-received",
    "reason",
    "file",
    "file-help",
    "send",
    "sending",
    "embassy",
    "privacy",
    "none",
];

/// Nothing from elsewhere, nothing inline, in no frame, and no text ever becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What just happened.
pub(super) struct Notice {
    pub(super) status: StatusCode,
    phrase: String,
    bad: bool,
}

impl Notice {
    pub(super) fn good(word: &str) -> Self {
        Self { status: StatusCode::OK, phrase: format!("page-papers-{word}"), bad: false }
    }

    pub(super) fn bad(status: StatusCode, word: &str) -> Self {
        Self { status, phrase: format!("page-papers-{word}"), bad: true }
    }

    pub(super) fn fault(status: StatusCode, fault: PaperFault) -> Self {
        Self { status, phrase: format!("paper-fault-{fault}"), bad: true }
    }
}

/// What a page is to show.
#[derive(Default)]
pub(super) struct Show {
    pub(super) token: String,
    /// What the token opens. None: the field for a link.
    pub(super) page: Option<PapersPage>,
    pub(super) notice: Option<Notice>,
}

struct Line {
    name: String,
    state: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "papers.html")]
struct Papers<'a> {
    w: BTreeMap<&'static str, String>,
    lang: &'a str,
    dir: &'static str,
    others: Vec<(String, String, &'static str)>,
    assets: &'a str,
    token: &'a str,
    opened: bool,
    reference: String,
    lines: Vec<Line>,
    notice: String,
    bad: bool,
}

/// The page as it shall be.
pub(super) fn show(chat: &Chat, tag: &LocaleTag, show: Show) -> Response {
    let catalog = chat.app.catalog();
    let others = catalog.locales().iter().filter(|other| *other != tag);
    let others = others.map(|other| (other.to_string(), catalog.own_name(other).to_owned(), direction(catalog, other)));
    let say = |id: &str| phrase(catalog, tag, id);
    let status = show.notice.as_ref().map_or(StatusCode::OK, |notice| notice.status);
    let (opened, page) =
        (show.page.is_some(), show.page.unwrap_or(PapersPage { reference_end: String::new(), papers: Vec::new() }));
    let lines = page.papers.into_iter().map(|paper| Line {
        name: paper.name,
        state: say(match paper.state {
            PaperState::Missing | PaperState::Accepted => "page-papers-state-missing",
            PaperState::Received => "page-papers-state-received",
            PaperState::Returned => "page-papers-state-returned",
        }),
        reason: paper.reason.filter(|_| paper.state == PaperState::Returned).unwrap_or_default(),
    });
    let page = Papers {
        w: WORDS.iter().map(|word| (*word, say(&format!("page-papers-{word}")))).collect(),
        lang: tag.as_str(),
        dir: direction(catalog, tag),
        others: others.collect(),
        assets: &BASE,
        token: &show.token,
        opened,
        reference: page.reference_end,
        lines: lines.collect(),
        notice: show.notice.as_ref().map(|notice| say(&notice.phrase)).unwrap_or_default(),
        bad: show.notice.is_some_and(|notice| notice.bad),
    };
    let Ok(html) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    let vary = (header::VARY, HeaderValue::from_static("accept-language"));
    (status, [policy, vary], Html(html)).into_response()
}

fn phrase(catalog: &Catalog, tag: &LocaleTag, id: &str) -> String {
    catalog.phrase(tag, id, &BTreeMap::new()).to_plain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_page_and_every_fault_stands_in_every_locale() {
        let catalog = Catalog::embedded();
        let notices = ["kept", "unscanned", "known", "link", "no-paper", "too-many", "busy"];
        for tag in catalog.locales() {
            for word in WORDS.iter().chain(&notices) {
                assert!(catalog.has_phrase(tag, &format!("page-papers-{word}")), "{tag}: {word}");
            }
            for fault in PaperFault::ALL {
                assert!(catalog.has_phrase(tag, &format!("paper-fault-{fault}")), "{tag}: {fault}");
            }
        }
    }
}
