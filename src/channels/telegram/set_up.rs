//! Making the bot ready at Telegram, and looking after it for `doctor`.
use super::api::Api;
use super::menu::{self, Menu};
use super::receive::ALLOWED;
use super::{Config, Mode};
use crate::channels::{Check, Probe, SendError};
use serde::Deserialize;
use serde_json::{Value, json};

/// Updates waiting at Telegram above which somebody should look.
const MANY_WAITING: i64 = 100;

#[derive(Deserialize)]
struct Me {
    username: String,
}

#[derive(Deserialize)]
struct WebhookInfo {
    #[serde(default)]
    url: String,
    #[serde(default)]
    pending_update_count: i64,
    last_error_message: Option<String>,
}

/// Registers the webhook, or takes it away where we ask for updates ourselves, and sets the menu. Waiting updates are kept.
///
/// The webhook is set even where it is the same: Telegram does not tell which secret it has.
pub(super) async fn prepare(api: &Api, config: &Config, menus: &[Menu]) -> Result<(), SendError> {
    match (config.mode, hook_url(config)) {
        (Mode::Webhook, Some(url)) => {
            let body = json!({
                "url": url,
                "secret_token": config.webhook_secret.expose(),
                "allowed_updates": ALLOWED,
                "max_connections": 40,
            });
            let _: Value = api.call("SetWebhook", &body).await?;
        }
        (Mode::Webhook, None) => {}
        (Mode::Polling, _) => {
            let _: Value = api.call("DeleteWebhook", &json!({"drop_pending_updates": false})).await?;
        }
    }
    menu::set(api, menus).await;
    Ok(())
}

fn hook_url(config: &Config) -> Option<String> {
    config.public_url.as_ref().map(|url| format!("{url}/hooks/{}", super::NAME))
}

/// Looks at token and webhook.
pub(super) async fn check(api: &Api, config: &Config) -> Vec<Check> {
    let check = |what: &str, found| Check { what: what.to_owned(), found };
    let me = match api.call::<Me>("GetMe", &json!({})).await {
        Ok(me) => me,
        Err(SendError::Misconfigured(what)) => return vec![check("telegram", Probe::Bad(what))],
        Err(error) => {
            let note = format!("{error}: Telegram is not reached; see the network, or `TELEGRAM_API_URL`");
            return vec![check("telegram", Probe::Bad(note))];
        }
    };
    let mut checks = vec![check("telegram", Probe::Good(format!("@{}", me.username)))];
    if let Ok(info) = api.call::<WebhookInfo>("GetWebhookInfo", &json!({})).await {
        checks.push(check("telegram", webhook(&info, config)));
    }
    checks
}

fn webhook(info: &WebhookInfo, config: &Config) -> Probe {
    let waiting = info.pending_update_count;
    match (config.mode, hook_url(config)) {
        (Mode::Polling, _) if !info.url.is_empty() => {
            Probe::Bad("a webhook is set, so polling gets nothing: start `awasir serve`, which takes it away".into())
        }
        (Mode::Polling, _) => Probe::Good(format!("polling; {waiting} updates wait")),
        (Mode::Webhook, None) => {
            Probe::Bad("webhooks need an address: set `PUBLIC_URL`, or `TELEGRAM_MODE=polling`".into())
        }
        (Mode::Webhook, Some(url)) if info.url != url => {
            Probe::Bad(format!("the webhook is `{}`, expected `{url}`: start `awasir serve`, which sets it", info.url))
        }
        (Mode::Webhook, Some(_)) => match &info.last_error_message {
            Some(error) if waiting > 0 => Probe::Bad(format!("{waiting} updates wait; Telegram's last error: {error}")),
            _ if waiting > MANY_WAITING => Probe::Attention(format!("{waiting} updates wait")),
            _ => Probe::Good(format!("webhook is set; {waiting} updates wait")),
        },
    }
}
