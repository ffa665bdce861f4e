//! The stand-in itself: what breaks the contract is found, or none of the tests above says anything.
use crate::support::botapi::BotApi;
use crate::support::botspec::{Spec, shown};
use serde_json::{Value, json};

#[test]
fn every_way_to_break_the_contract_is_found() {
    let spec = Spec::load();
    let words = |text: String| json!({"chat_id": 1, "text": text});
    let button = |button: Value| json!({"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[button]]}});
    let broken: &[(&str, Value, &str)] = &[
        ("sendMessages", words("a".into()), "no method"),
        ("sendMessage", Value::Null, "not an object"),
        ("sendMessage", json!({"chat_id": 1}), "`text` is missing"),
        ("sendMessage", json!({"chat_id": 1, "text": "a", "txet": "b"}), "no such field"),
        ("sendMessage", json!({"chat_id": true, "text": "a"}), "not Integer"),
        ("sendMessage", json!({"chat_id": 1, "text": 5}), "not String"),
        ("sendMessage", words(String::new()), "0 is not 1 to 4096"),
        ("sendMessage", words(" \n".into()), "0 is not 1 to 4096"),
        ("sendMessage", words("😀".repeat(2049)), "4098 is not 1 to 4096"),
        ("sendMessage", json!({"chat_id": 1, "text": "<i>a</i>", "parse_mode": "HTML"}), "can't parse"),
        ("sendMessage", json!({"chat_id": 1, "text": "<b>a", "parse_mode": "HTML"}), "can't parse"),
        ("sendMessage", button(json!({"text": "a", "callback_data": "x".repeat(65)})), "64 bytes"),
        ("sendMessage", button(json!({"text": "a", "callback_data": "ش".repeat(33)})), "64 bytes"),
        ("sendMessage", button(json!({"text": "a"})), "does 0 things"),
        ("sendMessage", button(json!({"text": " ", "callback_data": "x"})), "no words"),
        ("sendMessage", button(json!({"callback_data": "x"})), "`text` is missing"),
        ("setWebhook", json!({"url": "http://a.example"}), "not https"),
        ("setWebhook", json!({"url": "https://a.example", "secret_token": "ä b"}), "not allowed"),
        ("setWebhook", json!({"url": "https://a.example", "max_connections": 101}), "101 is not 1 to 100"),
        ("getUpdates", json!({"limit": 0}), "0 is not 1 to 100"),
        ("getUpdates", json!({"allowed_updates": ["messages"]}), "no kind"),
        ("setMyCommands", json!({"commands": [{"command": "menu", "description": ""}]}), "0 is not 1 to 256"),
    ];
    for (method, body, complaint) in broken {
        let found = spec.check(method, body).expect_err(complaint).join("; ");
        assert!(found.contains(complaint), "{method} {body}: `{found}` without `{complaint}`");
    }
    assert_eq!(spec.check("SendMessage", &words("😀".repeat(2048))), Ok("sendMessage"));
}

#[test]
fn html_is_read_as_telegram_shows_it() {
    assert_eq!(shown("a &lt;b&gt; <b>c &amp;amp;</b>").as_deref(), Some("a <b> c &amp;"));
    for bad in ["<", "&", "&nbsp;", "<b>", "</b>", "<b><b>x</b></b>", "<a href=x>y</a>"] {
        assert_eq!(shown(bad), None, "{bad}");
    }
}

#[tokio::test]
async fn a_call_that_breaks_the_contract_fails_its_test() {
    let api = BotApi::start().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = client.post(format!("{}/bot1:a/sendMessage", api.url)).json(&json!({"text": "a"}));
    assert_eq!(call.send().await.unwrap().status(), 400);
    assert_eq!(api.calls(), []);
    let violations = api.take_violations();
    assert_eq!(violations, ["sendMessage: `chat_id` is missing"]);
    // With them still in it, the stand-in's end is the test's.
    let call = client.post(format!("{}/bot1:a/noSuchMethod", api.url)).json(&json!({}));
    assert_eq!(call.send().await.unwrap().status(), 400);
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(api))).is_err());
}
