//! The list of transports: adding one is an entry here beside its file.
use super::{Limits, Telegram, Transport, WakeReaders, WebChat, telegram, terminal, webchat};
use crate::locale::Catalog;
use crate::model::TransportName;
use crate::settings::{Reader, Setting};
use std::sync::Arc;

/// Every transport by name with what it can carry, whether it is on or not: any process may render for any of them.
const LIMITS: &[(&str, &Limits)] =
    &[(telegram::NAME, &telegram::LIMITS), (terminal::NAME, &terminal::LIMITS), (webchat::NAME, &webchat::LIMITS)];

/// What a transport can carry. A transport that this version does not know any more gets the narrowest.
#[must_use]
pub fn limits_of(name: &TransportName) -> &'static Limits {
    LIMITS.iter().find(|(known, _)| *known == name.as_str()).map_or(&terminal::LIMITS, |(_, limits)| limits)
}

/// Settings of all transports.
#[must_use]
pub fn settings() -> Vec<Setting> {
    [telegram::SETTINGS].concat()
}

/// The transports that the settings turn on; the web chat is always on.
#[derive(Debug, Clone)]
pub struct Config {
    telegram: Option<telegram::Config>,
}

impl Config {
    /// Reads the settings of every transport. Problems are collected in the reader.
    pub fn read(reader: &mut Reader, public_url: Option<&str>) -> Self {
        Self { telegram: telegram::Config::read(reader, public_url) }
    }

    /// What is off, and what would turn it on.
    #[must_use]
    pub fn off(&self) -> Vec<(&'static str, &'static str)> {
        let mut off = Vec::new();
        if self.telegram.is_none() {
            off.push((telegram::NAME, "set `TELEGRAM_BOT_TOKEN`"));
        }
        off
    }

    /// The transports that are on, over the shared HTTP client; `wake` wakes the readers of web chats,
    /// `catalog` has the words of menus.
    #[must_use]
    pub fn transports(self, client: &reqwest::Client, wake: WakeReaders, catalog: &Catalog) -> Vec<Arc<dyn Transport>> {
        let mut on: Vec<Arc<dyn Transport>> = vec![Arc::new(WebChat::new(wake))];
        if let Some(config) = self.telegram {
            on.push(Arc::new(Telegram::new(config, client.clone(), catalog)));
        }
        on
    }
}
