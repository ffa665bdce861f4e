//! Telegram: updates by webhook or by asking, messages as HTML with an inline keyboard. Facts from the Bot API 10.1.
mod api;
mod html;
mod menu;
mod raw;
mod receive;
mod send;
mod set_up;

use super::{Accepted, Check, HookCall, Inlet, Limits, Pulled, Received, Rejection, SendError, Transport};
use crate::locale::Catalog;
use crate::model::{AccountName, ChannelName, OutboundPart, TransportName};
use crate::settings::{Reader, Secret, Setting};
use crate::text::Unit;
use api::Api;
use bytes::Bytes;
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit as _, Mac as _};

/// Its name as channel and transport.
pub(super) const NAME: &str = "telegram";

const BOT_TOKEN: Setting = Setting {
    name: "TELEGRAM_BOT_TOKEN",
    default: None,
    form: "the token that @BotFather gave, like 123456:ABC…",
    help: "Turns Telegram on.",
    secret: true,
};
const API_URL: Setting = Setting {
    name: "TELEGRAM_API_URL",
    default: Some("https://api.telegram.org"),
    form: "a URL",
    help: "Another server for the Bot API: a local one, a relay, a test's.",
    secret: false,
};
const WEBHOOK_SECRET: Setting = Setting {
    name: "TELEGRAM_WEBHOOK_SECRET",
    default: None,
    form: "1 to 256 characters of A-Z, a-z, 0-9, _ and -",
    help: "What Telegram shows with each webhook. Unset: derived from the token.",
    secret: true,
};
const MODE: Setting = Setting {
    name: "TELEGRAM_MODE",
    default: None,
    form: "`webhook` or `polling`",
    help: "How updates come. Unset: by webhook where PUBLIC_URL is set, else by polling.",
    secret: false,
};
/// Settings of Telegram.
pub(super) const SETTINGS: &[Setting] = &[BOT_TOKEN, API_URL, WEBHOOK_SECRET, MODE];

/// What Telegram can carry.
pub(super) static LIMITS: Limits = Limits {
    // sendMessage: 1–4096 characters after entities parsing, counted in UTF-16 units.
    text: 4096,
    unit: Unit::Utf16,
    parts: 4,
    choices: 12,
    choice_label: 60,
    // sendPhoto: a caption of 0–1024 characters after entities parsing.
    caption: Some(1024),
    bold: true,
    isolates: true,
    window: None,
    shares_number: true,
    // About 30 messages a second are allowed to a bot; each call takes well under a second.
    in_flight: 64,
};

/// How updates come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Webhook,
    Polling,
}

/// Settings of a bot.
#[derive(Debug, Clone)]
pub struct Config {
    token: Secret,
    api_url: String,
    webhook_secret: Secret,
    mode: Mode,
    public_url: Option<String>,
}

impl Config {
    /// Reads them. None where there is no token.
    pub(super) fn read(reader: &mut Reader, public_url: Option<&str>) -> Option<Self> {
        let api_url = reader.text(&API_URL).unwrap_or_default().trim_end_matches('/').to_owned();
        let secret = reader.parse_with(&WEBHOOK_SECRET, |text| {
            let allowed = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            (allowed && (1..=256).contains(&text.len())).then(|| Secret::new(text))
        });
        let mode = reader.parse_with(&MODE, |text| match text {
            "webhook" => Some(Mode::Webhook),
            "polling" => Some(Mode::Polling),
            _ => None,
        });
        let token = reader.parse_with(&BOT_TOKEN, |text| {
            let (id, rest) = text.split_once(':')?;
            (id.parse::<u64>().is_ok() && !rest.is_empty()).then(|| Secret::new(text))
        })?;
        let mode = mode.unwrap_or(if public_url.is_some() { Mode::Webhook } else { Mode::Polling });
        let webhook_secret = secret.unwrap_or_else(|| derived_secret(&token));
        Some(Self { token, api_url, webhook_secret, mode, public_url: public_url.map(str::to_owned) })
    }
}

/// A secret that needs no setting: whoever has the token can make it, nobody else can.
fn derived_secret(token: &Secret) -> Secret {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(token.expose().as_bytes()).expect("any length is a key");
    mac.update(b"awasir telegram webhook");
    Secret::new(hex::encode(mac.finalize().into_bytes()))
}

/// One bot.
#[derive(Debug)]
pub struct Telegram {
    api: Api,
    account: AccountName,
    config: Config,
    menus: Vec<menu::Menu>,
}

impl Telegram {
    /// The bot of `config` over the shared client, with a menu in the words of `catalog`.
    #[must_use]
    pub fn new(config: Config, client: reqwest::Client, catalog: &Catalog) -> Self {
        let id = config.token.expose().split(':').next().unwrap_or_default().to_owned();
        let api = Api::new(client, &config.api_url, &config.token);
        Self { api, account: AccountName::owned(id), config, menus: menu::menus(catalog) }
    }
}

impl Transport for Telegram {
    fn name(&self) -> TransportName {
        TransportName::new(NAME)
    }

    fn channel(&self) -> ChannelName {
        ChannelName::new(NAME)
    }

    fn account(&self) -> AccountName {
        self.account.clone()
    }

    fn limits(&self) -> &Limits {
        &LIMITS
    }

    fn inlet(&self) -> Inlet {
        match self.config.mode {
            Mode::Webhook => Inlet::Hook,
            Mode::Polling => Inlet::Pull,
        }
    }

    fn receive(&self, call: &HookCall) -> Result<Received, Rejection> {
        receive::receive(call, &self.config.webhook_secret)
    }

    fn send<'a>(&'a self, part: &'a OutboundPart) -> BoxFuture<'a, Result<Accepted, SendError>> {
        Box::pin(send::send(&self.api, part))
    }

    fn send_picture<'a>(&'a self, part: &'a OutboundPart, png: Bytes) -> BoxFuture<'a, Result<Accepted, SendError>> {
        Box::pin(send::send_picture(&self.api, part, png))
    }

    fn pull<'a>(&'a self, cursor: Option<&'a str>) -> BoxFuture<'a, Result<Pulled, SendError>> {
        Box::pin(receive::pull(&self.api, cursor))
    }

    fn acknowledge<'a>(&'a self, token: &'a str) -> BoxFuture<'a, ()> {
        Box::pin(send::acknowledge(&self.api, token))
    }

    fn check(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(set_up::check(&self.api, &self.config))
    }

    fn prepare(&self) -> BoxFuture<'_, Result<(), SendError>> {
        Box::pin(set_up::prepare(&self.api, &self.config, &self.menus))
    }
}
