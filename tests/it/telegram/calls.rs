//! What is sent, asked for and set up, held against the contract by the stand-in.
use super::{SECRET, SITE, TOKEN, at, call, hasty, over, part, telegram};
use crate::support::botapi::{BotApi, Fault};
use crate::support::botspec::shown;
use crate::support::net::LoopbackOnly;
use awasir::channels::{Probe, Scope, SendError};
use awasir::model::{OutboundPart, Picture, RenderedShare, Rich, ShownPicture, Stage};
use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_part_is_one_call_with_words_and_buttons() {
    let guard = LoopbackOnly;
    let api = BotApi::start().await;
    let transport = over(&awasir::net::client().unwrap(), &[("TELEGRAM_API_URL", &api.url)], None);
    let mut text = Rich::plain("الخطوات <1 & 2>\n");
    text.push("السفارة", true);
    let choices = [
        ("menu:route", "الطريق"),
        ("menu:embassy", "السفارة"),
        ("answer:how-to-apply", "كيف أقدّم طلب مساعدة؟"),
        ("menu:menu", "القائمة"),
    ];
    let sent = transport.send(&part(text, &choices)).await.unwrap();
    assert_eq!(sent.provider_id.as_deref(), Some("4101:1"));
    let button = |id: &str, label: &str| json!({"text": label, "callback_data": id});
    let rows = json!([
        [button("menu:route", "الطريق"), button("menu:embassy", "السفارة")],
        [button("answer:how-to-apply", "كيف أقدّم طلب مساعدة؟")],
        [button("menu:menu", "القائمة")],
    ]);
    let expected = json!({
        "chat_id": "4101",
        "text": "الخطوات &lt;1 &amp; 2&gt;\n<b>السفارة</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": true},
        "reply_markup": {"inline_keyboard": rows},
    });
    assert_eq!(api.bodies("sendMessage"), [expected]);
    assert_eq!(api.calls()[0].token, TOKEN);
    drop(guard);
}

#[tokio::test]
async fn the_button_that_shares_a_number_is_shown_and_taken_away() {
    let api = BotApi::start().await;
    let telegram = super::at(&api.url);
    let label = "مشاركة رقم هاتفي".to_owned();
    let offer = OutboundPart {
        share: Some(RenderedShare::Offer { label }),
        ..part(Rich::plain("سلام"), &[("menu", "القائمة")])
    };
    telegram.send(&offer).await.unwrap();
    let remove = OutboundPart { share: Some(RenderedShare::Remove), ..part(Rich::plain("شكرًا"), &[]) };
    telegram.send(&remove).await.unwrap();
    let sent: Vec<Value> = api.bodies("sendMessage").iter().map(|body| body["reply_markup"].clone()).collect();
    let keyboard = json!({
        "keyboard": [[{"text": "مشاركة رقم هاتفي", "request_contact": true}], [{"text": "القائمة"}]],
        "resize_keyboard": true,
        "one_time_keyboard": true,
    });
    assert_eq!(sent, [keyboard, json!({"remove_keyboard": true})]);
}

#[tokio::test]
async fn a_part_with_a_picture_is_one_photo_and_its_words_go_alone_where_that_is_refused() {
    let api = BotApi::start().await;
    let transport = at(&api.url);
    let picture = ShownPicture { picture: Picture::Route(Stage::Studying), alt: "رسم".to_owned() };
    let words = part(Rich::plain("الطلب <هنا>"), &[("menu:menu", "القائمة")]);
    let words = OutboundPart { picture: Some(picture), ..words };
    let png = || Bytes::from_static(b"\x89PNG\r\n\x1a\n----- as good as any");
    let sent = transport.send_picture(&words, png()).await.unwrap();
    assert_eq!(sent.provider_id.as_deref(), Some("4101:1"));
    let rows = json!([[{"text": "القائمة", "callback_data": "menu:menu"}]]);
    let expected = json!({
        "chat_id": "4101",
        "caption": "الطلب &lt;هنا&gt;",
        "parse_mode": "HTML",
        "photo": format!("image/png, {} bytes", png().len()),
        "reply_markup": {"inline_keyboard": rows},
    });
    assert_eq!(api.bodies("sendPhoto"), [expected]);
    assert_eq!(api.bodies("sendMessage"), Vec::<Value>::new());

    api.fail("sendPhoto", Fault::refusal(400, "Bad Request: not enough rights to send photos to the chat"));
    assert!(transport.send_picture(&words, png()).await.is_ok());
    assert_eq!(api.bodies("sendMessage")[0]["text"], "الطلب &lt;هنا&gt;");
    // What may have gone through is not said a second time, and what must wait waits with its picture.
    for (fault, expected) in [
        (Fault::Drop, SendError::Unknown),
        (Fault::too_many(9), SendError::Retry { after: Some(Duration::from_secs(9)), scope: Scope::Person }),
        (Fault::blocked(), SendError::Gone),
    ] {
        api.fail("sendPhoto", fault);
        assert_eq!(transport.send_picture(&words, png()).await, Err(expected));
    }
    assert_eq!(api.bodies("sendMessage").len(), 1);
}

#[tokio::test]
async fn a_call_that_went_out_and_was_not_answered_is_unknown_and_one_that_did_not_go_out_is_tried_again() {
    let api = BotApi::start().await;
    let transport = hasty(&api.url);
    let words = part(Rich::plain("سلام"), &[]);
    for fault in [Fault::Hang, Fault::Drop, Fault::SlowBody, Fault::Endless] {
        api.fail("sendMessage", fault.clone());
        assert_eq!(transport.send(&words).await, Err(SendError::Unknown), "{fault:?}");
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = at(&format!("http://{nobody}")).send(&words).await;
    assert_eq!(refused, Err(SendError::Retry { after: None, scope: Scope::Account }));
    // One fault is one call: the next goes through.
    assert!(at(&api.url).send(&words).await.is_ok());
    assert_eq!(api.bodies("sendMessage").len(), 5);
}

#[tokio::test]
async fn a_refusal_is_about_its_own_call_only() {
    let api = BotApi::start().await;
    let transport = at(&api.url);
    let to = |to: &str| OutboundPart { to: to.to_owned(), ..part(Rich::plain("سلام"), &[]) };
    api.fail("sendMessage", Fault::too_many(30));
    api.fail("sendMessage", Fault::blocked());
    let wait = SendError::Retry { after: Some(Duration::from_secs(30)), scope: Scope::Person };
    assert_eq!(transport.send(&to("1")).await, Err(wait));
    assert_eq!(transport.send(&to("2")).await, Err(SendError::Gone));
    assert_eq!(transport.send(&to("3")).await.unwrap().provider_id.as_deref(), Some("3:3"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (api, elsewhere) = (BotApi::start().await, BotApi::start().await);
    api.fail("sendMessage", Fault::Redirect(format!("{}/bot{TOKEN}/sendMessage", elsewhere.url)));
    let client = awasir::net::client().unwrap();
    let transport = over(&client, &[("TELEGRAM_API_URL", &api.url)], None);
    assert!(matches!(transport.send(&part(Rich::plain("سلام"), &[])).await, Err(SendError::Misconfigured(_))));
    assert_eq!(elsewhere.calls(), []);
}

#[tokio::test]
async fn updates_are_confirmed_by_asking_behind_them_even_those_that_nobody_can_read() {
    let api = BotApi::start().await;
    let transport = telegram(&[("TELEGRAM_API_URL", &api.url)], None);
    let deep = format!(r#"{{"update_id":9,"message":{}{}}}"#, "[".repeat(400), "]".repeat(400));
    api.waiting(&[r#"{"update_id":7,"poll":{}}"#, &deep, r#"{"update_id":8,"message":{"text":"\ud83d"}}"#]);
    let first = transport.pull(None).await.unwrap();
    assert_eq!((first.bodies.len(), first.cursor.as_deref()), (3, Some("10")));
    assert_eq!(first.bodies[1], deep);
    assert!(transport.receive(&call("PULL", None, &first.bodies[1])).is_err());
    // Half a character does not hide the rest of what was written.
    assert!(transport.receive(&call("PULL", None, &first.bodies[2])).is_ok());
    let second = transport.pull(first.cursor.as_deref()).await.unwrap();
    assert_eq!((second.bodies.len(), second.cursor), (0, None));
    let asked = api.bodies("getUpdates");
    assert_eq!((&asked[0]["offset"], &asked[1]["offset"]), (&Value::Null, &json!(10)));
    assert_eq!(asked[0]["timeout"], json!(25));
}

#[tokio::test]
async fn a_long_poll_that_breaks_off_brings_nothing_and_a_second_poller_is_told_of() {
    let api = BotApi::start().await;
    api.fail("getUpdates", Fault::Hang);
    assert_eq!(hasty(&api.url).pull(Some("5")).await.unwrap().cursor, None);
    let transport = telegram(&[("TELEGRAM_API_URL", &api.url)], None);
    api.fail("getUpdates", Fault::refusal(409, "Conflict: terminated by other getUpdates request"));
    let Err(SendError::Misconfigured(what)) = transport.pull(None).await else { panic!("not told") };
    assert!(what.contains("stop it"), "{what}");
}

#[tokio::test]
async fn the_webhook_is_set_with_its_secret_or_taken_away() {
    let api = BotApi::start().await;
    at(&api.url).prepare().await.unwrap();
    let set = api.bodies("setWebhook");
    assert_eq!((&set[0]["url"], &set[0]["secret_token"]), (&json!(format!("{SITE}/hooks/telegram")), &json!(SECRET)));
    let derived = telegram(&[("TELEGRAM_API_URL", &api.url)], Some(SITE));
    derived.prepare().await.unwrap();
    let made = api.bodies("setWebhook")[1]["secret_token"].as_str().unwrap().to_owned();
    assert!(derived.receive(&call("POST", Some(&made), br#"{"update_id":1}"#)).is_ok());
    assert!(derived.receive(&call("POST", Some(SECRET), br#"{"update_id":1}"#)).is_err());
    assert!(!TOKEN.contains(&made));

    telegram(&[("TELEGRAM_API_URL", &api.url)], None).prepare().await.unwrap();
    assert_eq!(api.bodies("deleteWebhook"), [json!({"drop_pending_updates": false})]);
}

#[tokio::test]
async fn the_menu_is_set_in_every_locale_and_nothing_depends_on_it() {
    let api = BotApi::start().await;
    api.fail("setMyCommands", Fault::refusal(400, "Bad Request: command is invalid"));
    at(&api.url).prepare().await.unwrap();
    let menus = api.bodies("setMyCommands");
    let languages: Vec<_> = menus.iter().map(|menu| menu["language_code"].as_str()).collect();
    assert_eq!(languages, [None, Some("en")]);
    assert_eq!(menus[0]["commands"][1], json!({"command": "officer", "description": "التحدث إلى موظف"}));
}

#[tokio::test]
async fn a_press_is_acknowledged_and_nothing_depends_on_it() {
    let api = BotApi::start().await;
    api.fail("answerCallbackQuery", Fault::refusal(400, "Bad Request: query is too old"));
    at(&api.url).acknowledge("4382").await;
    assert_eq!(api.bodies("answerCallbackQuery"), [json!({"callback_query_id": "4382"})]);
}

#[tokio::test]
async fn the_check_says_what_to_do() {
    let api = BotApi::start().await;
    let hook = format!("{SITE}/hooks/telegram");
    let info = |url: &str, waiting: i64, error: Option<&str>| {
        let mut info = json!({"url": url, "has_custom_certificate": false, "pending_update_count": waiting});
        if let Some(error) = error {
            info["last_error_message"] = json!(error);
        }
        info
    };
    let cases: &[(Option<&str>, Value, bool, &str)] = &[
        (Some(SITE), info(&hook, 0, None), true, "0 updates wait"),
        (Some(SITE), info(&hook, 0, Some("Connection timed out")), true, "0 updates wait"),
        (Some(SITE), info(&hook, 4, Some("Connection timed out")), false, "Connection timed out"),
        (Some(SITE), info("https://old.example/x", 0, None), false, "start `awasir serve`"),
        (None, info("", 2, None), true, "polling; 2"),
        (None, info("https://old.example/x", 0, None), false, "takes it away"),
    ];
    for (public_url, info, good, words) in cases {
        api.answer("getWebhookInfo", info.clone());
        let checks = telegram(&[("TELEGRAM_API_URL", &api.url)], *public_url).check().await;
        let (Probe::Good(note) | Probe::Bad(note)) = &checks[1].found else { panic!("{checks:?}") };
        assert!(note.contains(words), "{note} without {words}");
        assert_eq!(matches!(checks[1].found, Probe::Good(_)), *good, "{note}");
    }
    api.fail("getMe", Fault::refusal(401, "Unauthorized"));
    let checks = at(&api.url).check().await;
    assert!(
        matches!(&checks[..], [one] if matches!(&one.found, Probe::Bad(what) if what.contains("TELEGRAM_BOT_TOKEN")))
    );
}

#[test]
fn no_debug_output_tells_the_token_or_the_secret() {
    let shown = format!("{:?}", at("http://127.0.0.1:9"));
    assert!(!shown.contains("AAtest") && !shown.contains(SECRET), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever an officer or a person writes arrives as it was written, and the call keeps to the contract.
    #[test]
    fn any_words_arrive_as_they_are(pieces in proptest::collection::vec(("[ -~ء-ي😀<>&\"']{1,40}", any::<bool>()), 1..6)) {
        let mut rich = Rich::default();
        for (words, bold) in &pieces {
            rich.push(words, *bold);
        }
        prop_assume!(!rich.to_plain().trim().is_empty());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sent = runtime.block_on(async {
            let api = BotApi::start().await;
            at(&api.url).send(&part(rich.clone(), &[("menu:menu", "القائمة")])).await.unwrap();
            api.bodies("sendMessage")
        });
        prop_assert_eq!(shown(sent[0]["text"].as_str().unwrap()), Some(rich.to_plain()));
    }
}
