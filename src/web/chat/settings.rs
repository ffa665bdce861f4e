//! Settings of the web chat.
use crate::settings::{Reader, Setting};
use std::num::NonZeroU32;
use std::time::Duration;

const IDLE: Setting = Setting {
    name: "CHAT_IDLE_SECONDS",
    default: Some("86400"),
    form: "seconds, 60 or more",
    help: "A web chat not used for this long ends; its token opens nothing any more.",
    secret: false,
};
const FRAME_ANCESTORS: Setting = Setting {
    name: "CHAT_FRAME_ANCESTORS",
    default: Some("'self'"),
    form: "origins like `https://example.org`, separated by spaces; `'self'`; `'none'`; `*`",
    help: "Sites that may show the chat in a frame (the widget).",
    secret: false,
};
const PER_SESSION: Setting = Setting {
    name: "CHAT_MESSAGES_PER_MINUTE",
    default: Some("30"),
    form: "a number, 1 or more",
    help: "Messages of one web chat session in a minute.",
    secret: false,
};
const PER_ADDRESS: Setting = Setting {
    name: "CHAT_REQUESTS_PER_MINUTE",
    default: Some("600"),
    form: "a number, 1 or more",
    help: "Web chat requests of one network address in a minute. Many families can share one address: keep it high.",
    secret: false,
};
const ADDRESS_HEADER: Setting = Setting {
    name: "CHAT_ADDRESS_HEADER",
    default: None,
    form: "a header's name, such as `x-forwarded-for`",
    help: "Header in which our own proxy puts the visitor's address; its last entry counts. Unset: the connection's address.",
    secret: false,
};
const READERS: Setting = Setting {
    name: "CHAT_READERS",
    default: Some("4000"),
    form: "a number, 1 or more",
    help: "Web chats that may wait for new lines at once in one process; more are told to come back.",
    secret: false,
};
/// All settings of the web chat.
pub(in crate::web) const SETTINGS: &[Setting] =
    &[IDLE, FRAME_ANCESTORS, PER_SESSION, PER_ADDRESS, ADDRESS_HEADER, READERS];

/// How the web chat behaves.
#[derive(Debug, Clone)]
pub struct ChatSettings {
    /// How long a session lives without being used.
    pub idle: Duration,
    /// The `frame-ancestors` of the frame's content security policy.
    pub frame_ancestors: String,
    /// Messages of one session in a minute.
    pub per_session: NonZeroU32,
    /// Requests of one network address in a minute.
    pub per_address: NonZeroU32,
    /// The header with the visitor's address, in lower case. None: the connection's address counts.
    pub address_header: Option<String>,
    /// Streams and long polls open at once.
    pub readers: usize,
}

impl ChatSettings {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let one = NonZeroU32::MIN;
        let idle = reader.parse_with(&IDLE, |text| text.parse().ok().filter(|seconds| *seconds >= 60));
        Self {
            idle: Duration::from_secs(idle.unwrap_or(60)),
            frame_ancestors: reader.parse_with(&FRAME_ANCESTORS, ancestors).unwrap_or_else(|| "'none'".to_owned()),
            per_session: reader.parse(&PER_SESSION).unwrap_or(one),
            per_address: reader.parse(&PER_ADDRESS).unwrap_or(one),
            address_header: reader.parse_with(&ADDRESS_HEADER, header_name),
            readers: reader.parse_with(&READERS, |text| text.parse().ok().filter(|many| *many > 0)).unwrap_or(1),
        }
    }
}

/// A list of sources that can stand in a policy as it is.
fn ancestors(text: &str) -> Option<String> {
    let origin = |word: &str| {
        word.strip_prefix("https://").or_else(|| word.strip_prefix("http://")).is_some_and(|host| {
            !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '*'))
        })
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let fit = words.iter().all(|word| matches!(*word, "'self'" | "'none'" | "*") || origin(word));
    fit.then(|| words.join(" "))
}

fn header_name(text: &str) -> Option<String> {
    axum::http::HeaderName::from_bytes(text.to_ascii_lowercase().as_bytes()).ok().map(|name| name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ancestors_cannot_smuggle_another_directive_into_the_policy() {
        assert_eq!(ancestors("'self'  https://example.org:8443").as_deref(), Some("'self' https://example.org:8443"));
        assert_eq!(ancestors("https://a.example; script-src *"), None);
        assert_eq!(ancestors("example.org"), None);
    }
}
