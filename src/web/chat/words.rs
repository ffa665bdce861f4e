//! The words of the page, from `locales/<tag>/chat.ftl`, and the language it is shown in.
use crate::locale::Catalog;
use crate::model::LocaleTag;
use axum::http::{HeaderMap, header};
use std::collections::BTreeMap;

/// Phrases that the template says, without their prefix `chat-`.
const PAGE: &[&str] = &[
    "title",
    "name",
    "association",
    "description",
    "language-label",
    "welcome-title",
    "welcome",
    "suggestions",
    "notes",
    "note-privacy",
    "note-fees",
    "note-danger",
    "log",
    "skip",
    "input",
    "placeholder",
    "send",
    "us",
    "you",
    "choices",
    "typing",
    "new",
    "end",
    "end-question",
    "end-explained",
    "end-yes",
    "end-no",
    "widget-close",
    "refresh",
];
/// Phrases that the script says.
const SCRIPT: &[&str] = &[
    "us",
    "you",
    "choices",
    "pressed",
    "attachment",
    "today",
    "yesterday",
    "sending",
    "sent",
    "failed",
    "refused",
    "offline",
    "online",
    "slow",
    "ended",
    "expired",
];
/// Questions to start with.
const SUGGESTIONS: &[&str] = &["suggestion-apply", "suggestion-status", "suggestion-embassy", "suggestion-officer"];

/// One phrase.
pub(super) fn phrase(catalog: &Catalog, tag: &LocaleTag, name: &str) -> String {
    catalog.phrase(tag, &format!("chat-{name}"), &BTreeMap::new()).to_plain()
}

fn phrases(catalog: &Catalog, tag: &LocaleTag, names: &[&'static str]) -> BTreeMap<&'static str, String> {
    names.iter().map(|name| (*name, phrase(catalog, tag, name))).collect()
}

/// The template's words.
pub(super) fn page(catalog: &Catalog, tag: &LocaleTag) -> BTreeMap<&'static str, String> {
    phrases(catalog, tag, PAGE)
}

/// The script's words, as JSON.
pub(super) fn script(catalog: &Catalog, tag: &LocaleTag) -> String {
    serde_json::to_string(&phrases(catalog, tag, SCRIPT)).unwrap_or_default()
}

/// The questions to start with.
pub(super) fn suggestions(catalog: &Catalog, tag: &LocaleTag) -> Vec<String> {
    SUGGESTIONS.iter().map(|name| phrase(catalog, tag, name)).collect()
}

/// The widget's words in all languages, as JSON.
pub(super) fn widget(catalog: &Catalog) -> String {
    let all: Vec<(String, serde_json::Value)> = catalog
        .locales()
        .iter()
        .map(|tag| {
            let say = |name| phrase(catalog, tag, name);
            let words = serde_json::json!({
                "dir": direction(catalog, tag), "open": say("widget-open"), "close": say("widget-close"), "title": say("widget-title"),
            });
            (tag.to_string(), words)
        })
        .collect();
    // By hand: Arabic stays first, and is what a page in another language gets.
    let fields: Vec<String> = all.iter().map(|(tag, words)| format!("{}:{words}", serde_json::json!(tag))).collect();
    format!("{{{}}}", fields.join(","))
}

/// `rtl` or `ltr`.
pub(in crate::web) fn direction(catalog: &Catalog, tag: &LocaleTag) -> &'static str {
    if catalog.is_rtl(tag) { "rtl" } else { "ltr" }
}

/// The language that a page asked for. None where there are no words for it.
pub(super) fn language_hint(catalog: &Catalog, wish: Option<&str>) -> Option<LocaleTag> {
    catalog.negotiate(&LocaleTag::new(wish.filter(|wish| wish.len() <= 35)?.to_owned()))
}

/// The language of the page: what was asked for, else the browser's, else Arabic.
pub(in crate::web) fn language(catalog: &Catalog, wish: Option<&str>, headers: &HeaderMap) -> LocaleTag {
    let browser = || {
        let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        accepted(value).into_iter().find_map(|tag| language_hint(catalog, Some(tag)))
    };
    language_hint(catalog, wish).or_else(browser).unwrap_or(LocaleTag::ARABIC)
}

/// The tags of an `Accept-Language` header, the dearest first; at most ten are looked at.
fn accepted(value: &str) -> Vec<&str> {
    let mut tags: Vec<(&str, f32)> = value
        .split(',')
        .take(10)
        .map(|entry| {
            let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            (tag.trim(), weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0))
        })
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    tags.sort_by(|a, b| b.1.total_cmp(&a.1));
    tags.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_language_comes_first_and_refused_ones_not_at_all() {
        assert_eq!(accepted("en;q=0.5, ar-EG, fr;q=0"), ["ar-EG", "en"]);
        assert_eq!(accepted(""), [""]);
    }

    #[test]
    fn every_phrase_of_the_page_stands_in_every_locale() {
        let catalog = Catalog::embedded();
        for tag in catalog.locales() {
            for name in [PAGE, SCRIPT, SUGGESTIONS].concat() {
                assert!(catalog.has_phrase(tag, &format!("chat-{name}")), "{tag}: chat-{name}");
            }
        }
    }
}
