//! From what the engine says (phrases, articles, choices) to parts that a channel can carry. Pure.
mod contacts;

pub use contacts::{CONTACT_SETTINGS, ContactTexts};

use crate::channels::Limits;
use crate::knowledge::{self, ArticleText, Library, PLACEHOLDERS};
use crate::locale::Catalog;
use crate::model::{Choice, Label, LocaleTag, Piece, RenderedChoice, RenderedShare, Rich, Say, Share, Value};
use crate::text;
use std::collections::BTreeMap;

/// One part of a message, shown to a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedPart {
    /// Its words.
    pub text: Rich,
    /// Its buttons; only the last part of a message has any.
    pub choices: Vec<RenderedChoice>,
    /// What becomes of the button that shares a number; only the last part of a message says.
    pub share: Option<RenderedShare>,
}

/// What the words are found in.
struct Words<'a> {
    locale: &'a LocaleTag,
    catalog: &'a Catalog,
    library: &'a Library,
    contacts: &'a ContactTexts,
}

/// The parts that say `say` within `limits`. None where there is nothing to say.
#[must_use]
pub fn render(
    say: &Say,
    catalog: &Catalog,
    library: &Library,
    limits: &Limits,
    contacts: &ContactTexts,
) -> Vec<RenderedPart> {
    let words = Words { locale: &say.locale, catalog, library, contacts };
    let mut body = Rich::default();
    for piece in &say.pieces {
        body.append_paragraph(&words.piece(piece));
    }
    let as_buttons = say.choices.len() <= limits.choices;
    let list = if as_buttons { Rich::default() } else { words.list(&say.choices) };
    let cut_short = fit(&words.phrase("cut-short"), limits);
    // The first part is a picture's caption, and platforms keep those shorter.
    let head = say.picture.and(limits.caption).map_or(limits.text, |caption| caption.min(limits.text));
    let mut parts: Vec<RenderedPart> = cut(&fit(&body, limits), &fit(&list, limits), &cut_short, head, limits)
        .into_iter()
        .map(|text| RenderedPart { text, choices: Vec::new(), share: None })
        .collect();
    if as_buttons && !say.choices.is_empty() {
        // A platform takes no buttons without words.
        if parts.is_empty() {
            parts.push(RenderedPart { text: Rich::plain("…"), choices: Vec::new(), share: None });
        }
        let buttons = say.choices.iter().map(|choice| words.button(choice, limits)).collect();
        if let Some(last) = parts.last_mut() {
            last.choices = buttons;
        }
    }
    if let Some(last) = parts.last_mut().filter(|_| limits.shares_number) {
        last.share = match say.share {
            Share::Untouched => None,
            Share::Offer => {
                Some(RenderedShare::Offer { label: words.label(&Label::Phrase("share-button".to_owned())) })
            }
            Share::Remove => Some(RenderedShare::Remove),
        };
    }
    parts
}

impl Words<'_> {
    fn piece(&self, piece: &Piece) -> Rich {
        match piece {
            Piece::Phrase { id, args } => self.catalog.phrase(self.locale, id, args),
            Piece::Article { id, .. } => match self.article(id) {
                Some(article) => knowledge::fill(&knowledge::rich(&article.body), |name| self.placeholder(name)),
                None => self.phrase("phrase-missing"),
            },
            Piece::ArticleTitle { id } => {
                let mut title = Rich::default();
                title.push(self.article(id).map_or(id, |article| &article.title), true);
                title
            }
            // `app` has put the phrase with the link in its place.
            Piece::PapersLink { .. } => self.phrase("papers-no-link"),
            Piece::Verbatim { text } => Rich::plain(text::clean(text).trim()),
        }
    }

    fn phrase(&self, id: &str) -> Rich {
        self.catalog.phrase(self.locale, id, &BTreeMap::<String, Value>::new())
    }

    /// An article's text in the person's language, else in Arabic, else in any.
    fn article(&self, id: &str) -> Option<&ArticleText> {
        let texts = &self.library.article(id)?.texts;
        texts.get(self.locale).or_else(|| texts.get(&LocaleTag::ARABIC)).or_else(|| texts.values().next())
    }

    /// What stands for a placeholder, isolated: digits and addresses would turn round in Arabic text.
    fn placeholder(&self, name: &str) -> Option<String> {
        if !PLACEHOLDERS.contains(&name) {
            return None;
        }
        let known = self.contacts.get(name).map(|words| format!("\u{2068}{words}\u{2069}"));
        Some(known.unwrap_or_else(|| self.phrase("not-available").to_plain()))
    }

    fn label(&self, label: &Label) -> String {
        let words = match label {
            Label::Phrase(id) => self.phrase(id).to_plain(),
            Label::ArticleTitle(id) => self.article(id).map_or(id, |article| &article.title).clone(),
            Label::Text(text) => text::clean(text).into_owned(),
        };
        text::strip_isolates(&words).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A button; its words are cut where the channel's buttons are narrow, an article's short title first.
    fn button(&self, choice: &Choice, limits: &Limits) -> RenderedChoice {
        let mut label = self.label(&choice.label);
        if let Label::ArticleTitle(id) = &choice.label
            && label.chars().count() > limits.choice_label
            && let Some(short) = self.article(id).and_then(|article| article.short_title.clone())
        {
            label = short;
        }
        RenderedChoice { id: choice.id.clone(), label: text::ellipsize(&label, limits.choice_label.max(1)) }
    }

    /// Choices as numbered lines, for channels without that many buttons; the engine takes the numbers as ordinals.
    fn list(&self, choices: &[Choice]) -> Rich {
        let lines =
            choices.iter().enumerate().map(|(place, choice)| format!("{}. {}", place + 1, self.label(&choice.label)));
        let mut list = Rich::plain(lines.collect::<Vec<_>>().join("\n"));
        if self.catalog.has_phrase(self.locale, "choose-by-number") {
            list.append_paragraph(&self.phrase("choose-by-number"));
        }
        list
    }
}

/// `rich` without the weight and the marks that the channel does not show.
fn fit(rich: &Rich, limits: &Limits) -> Rich {
    let mut shown = Rich::default();
    for span in &rich.spans {
        let words = if limits.isolates { span.text.as_str().into() } else { text::strip_isolates(&span.text) };
        shown.push(&words, span.bold && limits.bold);
    }
    shown
}

/// `body` and `list` in at most `limits.parts` parts, the first no longer than `head`. Where they are longer the body's end is left out, `cut_short` says so,
/// and the list stays: it is what the person can do next.
fn cut(body: &Rich, list: &Rich, cut_short: &Rich, head: usize, limits: &Limits) -> Vec<Rich> {
    let most = limits.parts.max(1);
    let mut whole = body.clone();
    whole.append_paragraph(list);
    let parts = text::split_after(&whole, head, limits.text, limits.unit);
    if parts.len() <= most {
        return parts;
    }
    let mut end = cut_short.clone();
    end.append_paragraph(list);
    // Two for the empty line between.
    let needed = limits.unit.measure(&end.to_plain()) + 2;
    let mut kept = text::split_after(body, head, limits.text, limits.unit);
    kept.truncate(most);
    if kept.len() == most {
        // The last part gives room to the end; nothing of it stays where the end fills a part by itself.
        let dropped = kept.pop().unwrap_or_default();
        let room = if kept.is_empty() { head } else { limits.text }.saturating_sub(needed);
        if room > 1
            && let Some(mut first) = text::split(&dropped, room, limits.unit).into_iter().next()
        {
            first.append_paragraph(&end);
            kept.push(first);
            return kept;
        }
    }
    let head = if kept.is_empty() { head } else { limits.text };
    kept.extend(text::split_after(&end, head, limits.text, limits.unit));
    kept.truncate(most);
    kept
}
