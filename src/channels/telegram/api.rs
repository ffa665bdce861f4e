//! One call of the Bot API, and what its answer means. The token stands in the URL, so no URL is ever kept or logged.
use crate::channels::body::read_limited;
use crate::channels::{Scope, SendError};
use crate::settings::Secret;
use reqwest::RequestBuilder;
use reqwest::multipart::Form;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::time::Duration;
use teloxide::ApiError;

/// The longest answer that is read: a batch of a hundred updates is far below.
const ANSWER: usize = 8 * 1024 * 1024;

/// The Bot API of one bot.
pub(super) struct Api {
    client: reqwest::Client,
    base: String,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

/// Every answer has this form.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Answer<T> {
    ok: bool,
    result: Option<T>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

impl Api {
    pub(super) fn new(client: reqwest::Client, url: &str, token: &Secret) -> Self {
        Self { client, base: format!("{url}/bot{}", token.expose()) }
    }

    /// Calls `method` with `body` and reads its result.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, SendError> {
        self.answer(self.post(method).json(body)).await
    }

    /// Calls `method` with a form that holds a file, and reads its result.
    pub(super) async fn upload<T: DeserializeOwned>(&self, method: &str, form: Form) -> Result<T, SendError> {
        self.answer(self.post(method).multipart(form)).await
    }

    fn post(&self, method: &str) -> RequestBuilder {
        self.client.post(format!("{}/{method}", self.base))
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, SendError> {
        let response = request.send().await.map_err(|error| {
            // Before a connection stood nothing can have gone through; after it, nobody knows.
            if error.is_connect() || error.is_builder() {
                SendError::Retry { after: None, scope: Scope::Account }
            } else {
                SendError::Unknown
            }
        })?;
        let status = response.status().as_u16();
        let Some(bytes) = read_limited(response, ANSWER).await else {
            return Err(if status == 200 { SendError::Unknown } else { not_ok(status, "", None) });
        };
        let Ok(answer) = serde_json::from_slice::<Answer<T>>(&bytes) else {
            return Err(if status == 200 { SendError::Unknown } else { not_ok(status, "", None) });
        };
        match answer.result {
            Some(result) if answer.ok => Ok(result),
            _ => {
                let code = if answer.error_code == 0 { status } else { answer.error_code };
                Err(not_ok(code, &answer.description, answer.parameters.and_then(|parameters| parameters.retry_after)))
            }
        }
    }
}

/// What a refusal means. Codes as in core.telegram.org/bots/api#making-requests, descriptions as teloxide knows them.
fn not_ok(code: u16, description: &str, retry_after: Option<u64>) -> SendError {
    let api = serde_json::from_value::<ApiError>(description.into())
        .unwrap_or_else(|_| ApiError::Unknown(description.to_owned()));
    match (code, &api) {
        // Flood limits of a bot are felt per chat first; others need not wait for this one.
        (429, _) => SendError::Retry { after: retry_after.map(Duration::from_secs), scope: Scope::Person },
        (500.., _) => SendError::Retry { after: None, scope: Scope::Account },
        (300..=399, _) => {
            SendError::Misconfigured("the Bot API's server sends calls elsewhere: see `TELEGRAM_API_URL`".into())
        }
        (401 | 404, _) => {
            SendError::Misconfigured("Telegram does not know this token: set `TELEGRAM_BOT_TOKEN` anew".into())
        }
        (409, _) => SendError::Misconfigured(
            "another program asks for this bot's updates, or a webhook is set: stop it, or set `TELEGRAM_MODE=webhook`"
                .into(),
        ),
        (403, _) | (_, ApiError::ChatNotFound | ApiError::UserDeactivated | ApiError::BotBlocked) => SendError::Gone,
        _ => SendError::Rejected { code: code.to_string(), reason: description.to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_mean_what_the_bot_api_says() {
        assert_eq!(not_ok(403, "Forbidden: bot was blocked by the user", None), SendError::Gone);
        assert_eq!(not_ok(400, "Bad Request: chat not found", None), SendError::Gone);
        let wait = SendError::Retry { after: Some(Duration::from_secs(7)), scope: Scope::Person };
        assert_eq!(not_ok(429, "Too Many Requests: retry after 7", Some(7)), wait);
        assert!(matches!(not_ok(400, "Bad Request: message text is empty", None), SendError::Rejected { .. }));
        assert!(matches!(not_ok(401, "Unauthorized", None), SendError::Misconfigured(_)));
        assert!(matches!(not_ok(502, "", None), SendError::Retry { after: None, scope: Scope::Account }));
    }
}
