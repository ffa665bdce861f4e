//! Rich text as Telegram's HTML. Only `<b>` is ever written; user text cannot open anything.
use crate::model::Rich;

/// The text in parse mode HTML: `&`, `<`, `>` are the characters that mean something there.
pub(super) fn html(rich: &Rich) -> String {
    let mut out = String::with_capacity(rich.spans.iter().map(|span| span.text.len()).sum::<usize>() + 64);
    for span in &rich.spans {
        // An empty or blank bold entity is refused by some clients.
        let bold = span.bold && !span.text.trim().is_empty();
        if bold {
            out.push_str("<b>");
        }
        for c in span.text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                _ => out.push(c),
            }
        }
        if bold {
            out.push_str("</b>");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads our own HTML back as Telegram would: tags away, the three entities back.
    fn read_back(html: &str) -> String {
        html.replace("<b>", "").replace("</b>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn no_text_opens_or_loses_anything(pieces in proptest::collection::vec((".*", any::<bool>()), 0..5)) {
            let mut rich = Rich::default();
            for (text, bold) in &pieces {
                rich.push(text, *bold);
            }
            let html = html(&rich);
            prop_assert_eq!(html.matches("<b>").count(), html.matches("</b>").count());
            prop_assert_eq!(html.matches('<').count(), html.matches("<b>").count() * 2);
            prop_assert_eq!(read_back(&html), rich.to_plain());
        }
    }
}
