//! Telegram's transport: what it makes of every fixture, and its calls against a stand-in that knows the Bot API's contract.
mod calls;
mod fixtures;
mod stand_in;

use awasir::channels::{self, HookCall, Transport};
use awasir::locale::Catalog;
use awasir::model::{
    ConversationId, DeliveryId, LocaleTag, OutboundPart, RenderedChoice, Rich, Timestamp, TransportName,
};
use awasir::settings::Reader;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Nobody's token; the number in front is the bot's id.
const TOKEN: &str = "123456:AAtestAAtestAAtestAAtestAAtestAAtes";
const SECRET: &str = "hook-secret_1";
const SITE: &str = "https://bot.example";

/// The transport of these settings.
fn telegram(values: &[(&str, &str)], public_url: Option<&str>) -> Arc<dyn Transport> {
    over(&client(Duration::from_secs(30)), values, public_url)
}

/// The same over a client that gives up at once, for a stand-in that never answers.
fn hasty(url: &str) -> Arc<dyn Transport> {
    over(&client(Duration::from_millis(300)), &[("TELEGRAM_API_URL", url)], None)
}

fn client(timeout: Duration) -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(timeout).build().unwrap()
}

fn over(client: &reqwest::Client, values: &[(&str, &str)], public_url: Option<&str>) -> Arc<dyn Transport> {
    let value = |name: &str| values.iter().find(|(given, _)| *given == name).map_or("", |(_, value)| *value);
    let names = ["TELEGRAM_API_URL", "TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_MODE"];
    let mut reader = Reader::from_values([
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        (names[0], value(names[0])),
        (names[1], value(names[1])),
        (names[2], value(names[2])),
    ]);
    let config = channels::Config::read(&mut reader, public_url);
    assert_eq!(reader.problems(), []);
    let on = config.transports(client, Arc::new(|_| Box::pin(async {})), &Catalog::embedded());
    on.into_iter().find(|one| one.name() == TransportName::new("telegram")).expect("a token turns it on")
}

/// The transport of the stand-in at `url`.
fn at(url: &str) -> Arc<dyn Transport> {
    telegram(&[("TELEGRAM_API_URL", url), ("TELEGRAM_WEBHOOK_SECRET", SECRET)], Some(SITE))
}

fn call(method: &str, secret: Option<&str>, body: &[u8]) -> HookCall {
    let header = |secret: &str| ("x-telegram-bot-api-secret-token".to_owned(), secret.to_owned());
    HookCall {
        method: method.to_owned(),
        url: format!("{SITE}/hooks/telegram"),
        query: BTreeMap::new(),
        headers: secret.map(header).into_iter().collect(),
        body: Bytes::copy_from_slice(body),
        peer: None,
        now: Timestamp::from_seconds(1_795_420_805),
    }
}

fn part(text: Rich, choices: &[(&str, &str)]) -> OutboundPart {
    let choice = |(id, label): &(&str, &str)| RenderedChoice { id: (*id).to_owned(), label: (*label).to_owned() };
    OutboundPart {
        delivery: DeliveryId(uuid::Uuid::from_u128(1)),
        conversation: ConversationId(uuid::Uuid::from_u128(2)),
        to: "4101".to_owned(),
        text,
        choices: choices.iter().map(choice).collect(),
        share: None,
        picture: None,
        locale: LocaleTag::ARABIC,
    }
}
