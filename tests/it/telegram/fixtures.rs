//! Every file of `tests/data/channels/telegram`: a call of Telegram's and what is read in it, or its answer to a call of ours.
use super::{SECRET, TOKEN, call, part, telegram};
use crate::support::botapi::{BotApi, Fault};
use awasir::channels::Rejection;
use awasir::model::Rich;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    #[serde(rename = "about")]
    _about: String,
    call: Option<Incoming>,
    answer: Option<Answer>,
    expect: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Incoming {
    method: String,
    secret: String,
    body: Option<Value>,
    /// In the place of `body`, where it is not JSON.
    raw: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    status: u16,
    body: Value,
}

fn all() -> Vec<(String, Fixture)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/channels/telegram");
    let mut all: Vec<(String, Fixture)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name.clone(), serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")))
        })
        .collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

/// What was received, as the fixtures write it.
fn received(incoming: &Incoming) -> Value {
    let body = match (&incoming.body, &incoming.raw) {
        (Some(body), None) => body.to_string(),
        (None, Some(raw)) => raw.clone(),
        _ => panic!("either body or raw"),
    };
    let secret = match incoming.secret.as_str() {
        "right" => Some(SECRET),
        "wrong" => Some("hook-secret_2"),
        "none" => None,
        other => panic!("no secret is {other}"),
    };
    let transport = telegram(&[("TELEGRAM_WEBHOOK_SECRET", SECRET)], None);
    match transport.receive(&call(&incoming.method, secret, body.as_bytes())) {
        Ok(received) => {
            assert_eq!(received.receipts, []);
            json!({"events": received.events})
        }
        Err(Rejection::Forged) => json!({"rejection": "forged"}),
        Err(Rejection::NotUnderstood(why)) => json!({"rejection": why}),
    }
}

#[test]
fn every_update_is_read_as_its_fixture_says() {
    let incoming: Vec<_> =
        all().into_iter().filter_map(|(name, fixture)| Some((name, fixture.call?, fixture.expect))).collect();
    assert!(incoming.len() > 50, "only {} fixtures", incoming.len());
    let wrong: Vec<String> = incoming
        .iter()
        .filter(|(_, incoming, expect)| received(incoming) != *expect)
        .map(|(name, incoming, expect)| format!("{name}: {} instead of {expect}", received(incoming)))
        .collect();
    assert!(wrong.is_empty(), "{} fixtures:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn every_answer_means_what_its_fixture_says() {
    let mut wrong = Vec::new();
    for (name, fixture) in all() {
        let Some(answer) = fixture.answer else { continue };
        let text = answer.body.as_str().map_or_else(|| answer.body.to_string(), str::to_owned);
        let api = BotApi::start().await;
        api.fail("sendMessage", Fault::Answer(answer.status, text));
        let sent = super::at(&api.url).send(&part(Rich::plain("سلام"), &[])).await;
        let meant = match &sent {
            Ok(accepted) => format!("{accepted:?}"),
            Err(error) => format!("{error:?}"),
        };
        if fixture.expect != meant.as_str() {
            wrong.push(format!("{name}: {meant} instead of {}", fixture.expect));
        }
        assert!(!meant.contains(TOKEN), "{name} tells the token");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
