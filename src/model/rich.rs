//! Text with the one kind of emphasis that every channel can show or drop.
use serde::{Deserialize, Serialize};

/// Words with bold places. Line breaks are `\n`, list items start with `• ` or `1. `.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rich {
    /// The pieces in reading order.
    pub spans: Vec<Span>,
}

/// A run of words of one weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    #[serde(rename = "t")]
    pub text: String,
    /// Whether they are bold.
    #[serde(rename = "b", default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
}

impl Rich {
    /// Plain words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { spans: vec![Span { text: text.into(), bold: false }] }
    }

    /// Adds words; a run of the same weight is joined to the one before.
    pub fn push(&mut self, text: &str, bold: bool) {
        if text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.bold == bold => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold }),
        }
    }

    /// Adds `other` after an empty line, or nothing where it is empty.
    pub fn append_paragraph(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        if !self.is_empty() {
            self.push("\n\n", false);
        }
        for span in &other.spans {
            self.push(&span.text, span.bold);
        }
    }

    /// The words without their weight.
    #[must_use]
    pub fn to_plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.is_empty())
    }
}
