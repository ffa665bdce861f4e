//! The Markdown subset of articles as rich text: paragraphs, bold, lists; and the placeholders in it.
use crate::model::{Rich, Span};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The names that may stand in braces in an article; `app::render` fills them.
pub const PLACEHOLDERS: &[&str] = &[
    "contact_phone",
    "contact_fax",
    "contact_site",
    "contact_email",
    "contact_whatsapp",
    "contact_accounts",
    "office_hours",
    "mofa_phone",
];

/// A body as rich text. What the subset does not know keeps its words and loses its form.
#[must_use]
pub fn rich(body: &str) -> Rich {
    let mut writer = Writer::default();
    for event in Parser::new(body) {
        writer.take(event);
    }
    writer.rich
}

/// `rich` with each `{name}` replaced by what `value` says. A name it does not know stays as it is.
#[must_use]
pub fn fill(rich: &Rich, value: impl Fn(&str) -> Option<String>) -> Rich {
    let mut filled = Rich::default();
    for Span { text, bold } in &rich.spans {
        let mut rest = text.as_str();
        while let Some((before, name, after)) = placeholder(rest) {
            filled.push(before, *bold);
            match value(name) {
                Some(words) => filled.push(&words, *bold),
                None => filled.push(&rest[before.len()..rest.len() - after.len()], *bold),
            }
            rest = after;
        }
        filled.push(rest, *bold);
    }
    filled
}

/// The names in braces in `text`, known or not.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, name, after)) = placeholder(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// What stands before the first pair of braces, in it, and behind it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Rich text so far, and where in the document we are.
#[derive(Default)]
struct Writer {
    rich: Rich,
    bold: bool,
    /// The number of the next item in each open list; none in one with bullets.
    lists: Vec<Option<u64>>,
    /// A list item was begun and has no words yet.
    fresh_item: bool,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => {
                self.block();
            }
            Event::Start(Tag::List(first)) => {
                if self.lists.is_empty() {
                    self.gap("\n\n");
                }
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => _ = self.lists.pop(),
            Event::Start(Tag::Item) => self.item(),
            Event::End(TagEnd::Item) => self.fresh_item = false,
            Event::Start(Tag::Strong) => self.bold = true,
            Event::End(TagEnd::Strong) => self.bold = false,
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                self.fresh_item = false;
                self.rich.push(&words, self.bold);
            }
            Event::SoftBreak => self.rich.push(" ", self.bold),
            Event::HardBreak => self.rich.push("\n", self.bold),
            _ => {}
        }
    }

    /// The start of a paragraph; the first of an item stands behind its mark.
    fn block(&mut self) {
        if !std::mem::take(&mut self.fresh_item) {
            self.gap(if self.lists.is_empty() { "\n\n" } else { "\n" });
        }
    }

    fn item(&mut self) {
        if !self.ends_with("\n") {
            self.gap("\n");
        }
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        };
        self.rich.push(&mark, false);
        self.fresh_item = true;
    }

    /// White space between blocks; none in front of the first.
    fn gap(&mut self, gap: &str) {
        if !self.rich.is_empty() && !self.ends_with(gap) {
            self.rich.push(gap, false);
        }
    }

    fn ends_with(&self, end: &str) -> bool {
        self.rich.spans.last().is_some_and(|span| span.text.ends_with(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_bold_and_lists() {
        let rich = rich("One **two**\nthree.\n\n- a\n- b **c**\n\nEnd:\n\n1. x\n2. y\n\nLast {contact_phone}");
        assert_eq!(rich.to_plain(), "One two three.\n\n• a\n• b c\n\nEnd:\n\n1. x\n2. y\n\nLast {contact_phone}");
        assert_eq!(rich.spans.iter().filter(|span| span.bold).count(), 2);
    }

    #[test]
    fn loose_lists_read_like_tight_ones() {
        assert_eq!(rich("- a\n\n- b").to_plain(), "• a\n• b");
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        let filled = fill(&Rich::plain("call {contact_phone} or {x} {"), |name| {
            (name == "contact_phone").then(|| "920".to_owned())
        });
        assert_eq!(filled.to_plain(), "call 920 or {x} {");
    }
}
