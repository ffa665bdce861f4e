//! The page, the frame for other sites, and the widget's script.
use super::line::{Line, Side};
use super::picture::Image;
use super::{Chat, assets, words};
use crate::model::{Content, LocaleTag, RenderedChoice, Rich, Span};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What the query of a page may ask for.
#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

/// Another language to show the page in.
struct Other {
    tag: String,
    name: String,
    dir: &'static str,
}

/// A line as the plain page shows it.
struct PlainLine {
    mine: bool,
    /// The person's last: the page opens there.
    last: bool,
    lang: String,
    picture: Option<Image>,
    paragraphs: Vec<Vec<Vec<Span>>>,
    choices: Vec<RenderedChoice>,
}

#[derive(Template)]
#[template(path = "chat.html")]
struct ChatPage<'a> {
    w: BTreeMap<&'static str, String>,
    words: String,
    lang: &'a str,
    dir: &'static str,
    others: Vec<Other>,
    assets: &'a str,
    framed: bool,
    /// Whether the page around a frame may keep the token: any site may not.
    trusts: bool,
    suggestions: Vec<String>,
    lines: Vec<PlainLine>,
    token: &'a str,
    id: String,
    longest: usize,
    draft: &'a str,
    notice: String,
}

/// What a page is to show.
#[derive(Debug, Default)]
pub(super) struct Show {
    /// Whether it stands in a frame of another site.
    pub(super) framed: bool,
    /// The session, for the plain form. Empty where there is none.
    pub(super) token: String,
    /// What was said so far.
    pub(super) lines: Vec<Line>,
    /// What stands in the box.
    pub(super) draft: String,
    /// A phrase to say above the box.
    pub(super) notice: Option<&'static str>,
}

/// `GET /`.
pub(super) async fn page(State(chat): State<Arc<Chat>>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let tag = words::language(chat.app.catalog(), wish.lang.as_deref(), &headers);
    show(&chat, &tag, Show::default())
}

/// `GET /chat/frame`.
pub(super) async fn frame(State(chat): State<Arc<Chat>>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let tag = words::language(chat.app.catalog(), wish.lang.as_deref(), &headers);
    show(&chat, &tag, Show { framed: true, ..Show::default() })
}

/// `GET /widget.js`.
pub(super) async fn widget(State(chat): State<Arc<Chat>>) -> Response {
    let script = assets::text("widget.js").replace("__WORDS__", &words::widget(chat.app.catalog()));
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // Other sites load it: that is what it is for.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, script).into_response()
}

/// The whole page as it shall be.
pub(super) fn show(chat: &Chat, tag: &LocaleTag, show: Show) -> Response {
    let catalog = chat.app.catalog();
    let others = catalog.locales().iter().filter(|other| *other != tag).map(|other| Other {
        tag: other.to_string(),
        name: catalog.own_name(other).to_owned(),
        dir: words::direction(catalog, other),
    });
    let page = ChatPage {
        w: words::page(catalog, tag),
        words: words::script(catalog, tag),
        lang: tag.as_str(),
        dir: words::direction(catalog, tag),
        others: others.collect(),
        assets: &assets::BASE,
        framed: show.framed,
        trusts: show.framed && !chat.settings.frame_ancestors.split(' ').any(|word| word == "*"),
        suggestions: words::suggestions(catalog, tag),
        lines: plain(show.lines, |name| words::phrase(catalog, tag, name)),
        token: &show.token,
        id: chat.app.clock().id().simple().to_string(),
        longest: Content::MAX_TEXT,
        draft: &show.draft,
        notice: show.notice.map(|name| words::phrase(catalog, tag, name)).unwrap_or_default(),
    };
    let Ok(html) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let ancestors = if show.framed { chat.settings.frame_ancestors.as_str() } else { "'none'" };
    let mut answer = Html(html).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy(ancestors)) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    answer
}

/// Nothing from elsewhere, nothing inline, and no text ever becomes markup.
fn policy(ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors {ancestors}; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Lines with their words, cut in paragraphs and rows. Only what was offered last can be chosen.
fn plain(lines: Vec<Line>, phrase: impl Fn(&str) -> String) -> Vec<PlainLine> {
    let last = lines.iter().rposition(|line| line.from == Side::You).unwrap_or(0);
    let mut labels: HashMap<String, String> = HashMap::new();
    let mut shown = Vec::with_capacity(lines.len());
    for (place, line) in lines.into_iter().enumerate() {
        labels.extend(line.choices.iter().map(|choice| (choice.id.clone(), choice.label.clone())));
        let text = match (line.text, line.choice) {
            (Some(text), _) => text,
            (None, Some(id)) => Rich::plain(labels.get(&id).cloned().unwrap_or_else(|| phrase("pressed"))),
            (None, None) => Rich::plain(phrase("attachment")),
        };
        shown.push(PlainLine {
            mine: line.from == Side::You,
            last: place == last,
            lang: line.lang.unwrap_or_default(),
            picture: line.picture,
            paragraphs: paragraphs(&text),
            choices: if place >= last { line.choices } else { Vec::new() },
        });
    }
    shown
}

/// Paragraphs of rows of spans.
fn paragraphs(text: &Rich) -> Vec<Vec<Vec<Span>>> {
    let mut rows: Vec<Vec<Span>> = vec![Vec::new()];
    for span in &text.spans {
        for (place, words) in span.text.split('\n').enumerate() {
            if place > 0 {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut().filter(|_| !words.is_empty()) {
                row.push(Span { text: words.to_owned(), bold: span.bold });
            }
        }
    }
    rows.split(Vec::is_empty).filter(|rows| !rows.is_empty()).map(<[_]>::to_vec).collect()
}
