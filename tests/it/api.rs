//! The API for other systems: what a key opens, what happens once, what is listed. On both databases.
use crate::support::caller::{ALL, Answer, Caller};
use crate::support::database::each_database;
use crate::support::fake::World;
use awasir::app::{ImportRow, Report};
use awasir::model::{ApiKeyId, ContactKind, KeyOwner, PaperState, Ruling, Scope, Stage};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);
const MINUTE: Duration = Duration::from_mins(1);
const REQUESTS: &str = "/api/v1/requests";
/// «٢٠٢٦/١٢٣٤-٥», as it stands in an address.
const ARABIC: &str = "/api/v1/requests/%D9%A2%D9%A0%D9%A2%D9%A6%2F%D9%A1%D9%A2%D9%A3%D9%A4-%D9%A5";

async fn each_caller<F: Future<Output = ()>>(scopes: &[Scope], test: impl Fn(World, Caller) -> F) {
    each_database(|bench| async {
        let world = World::start_texting(bench).await;
        let caller = Caller::start(&world, scopes, &[]).await;
        test(world, caller).await;
    })
    .await;
}

/// The problem's name, where the answer is a whole one.
fn problem(answer: &Answer) -> String {
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{answer:?}");
    assert_eq!(answer.body["status"], answer.status.as_u16());
    assert!(answer.body["title"].is_string());
    answer.body["type"].as_str().unwrap().strip_prefix("/api/#problem-").unwrap().to_owned()
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_say_until_it_is_revoked_or_over() {
    each_caller(ALL, |world, caller| async move {
        let report =
            json!({"applicant": "نورة", "note": "x", "contacts": [{"value": "+96555512345", "consent": true}]});
        assert_eq!(caller.put(ARABIC, &report).await.status, StatusCode::CREATED);
        let seen = caller.get(ARABIC).await.body;
        assert_eq!((&seen["applicant"], &seen["contacts"][0]["kind"]), (&json!("نورة"), &json!("telephone")));
        let expires = Some(world.bench.clock_now() + DAY);
        let made = world.app.api_key_add(("reader", KeyOwner::Embassy), &[Scope::RequestsRead], expires, "noura").await;
        let (row, text) = made.unwrap();
        let reader = caller.with(&text);
        let seen = reader.get(ARABIC).await.body;
        assert_eq!((seen.get("applicant"), seen.get("contacts"), &seen["papers"]), (None, None, &json!([])));
        let stages = reader.get(&format!("{ARABIC}/stages")).await.body;
        assert_eq!((&stages["items"][0]["source"], stages["items"][0].get("note")), (&json!("ministry"), None));
        assert_eq!(caller.get(&format!("{ARABIC}/stages")).await.body["items"][0]["note"], "x");
        let refused = reader.put(ARABIC, &json!({})).await;
        assert_eq!((refused.status, problem(&refused).as_str()), (StatusCode::FORBIDDEN, "scope-missing"));
        assert!(refused.headers["www-authenticate"].to_str().unwrap().contains("requests:write"));
        // Unknown, over, revoked: nobody can tell them apart.
        let unknown = caller.with("awasir_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").get(ARABIC).await;
        assert_eq!(problem(&unknown), "unauthorized");
        assert!(unknown.headers.contains_key("www-authenticate"));
        world.bench.clock.advance(DAY);
        let over = reader.get(ARABIC).await;
        assert_eq!((over.status, &over.body), (unknown.status, &unknown.body));
        let keys = world.app.store().api_keys().await.unwrap();
        let mine: ApiKeyId = keys.iter().find(|key| key.id != row.id).unwrap().id;
        assert!(world.app.api_key_revoke(mine, "noura").await.unwrap());
        assert!(!world.app.api_key_revoke(mine, "noura").await.unwrap());
        let revoked = caller.get(ARABIC).await;
        assert_eq!((revoked.status, &revoked.body), (unknown.status, &unknown.body));
        assert_eq!(world.bench.count("audit where action like 'key-%'").await, 3);
        assert!(!format!("{keys:?}").contains(&caller.key));
    })
    .await;
}

#[tokio::test]
async fn last_use_is_written_once_a_minute_and_wrong_keys_make_their_address_wait() {
    each_database(|bench| async {
        let world = World::start(bench).await;
        let caller =
            Caller::start(&world, ALL, &[("API_FAILURES_PER_MINUTE", "2"), ("API_CALLS_PER_MINUTE", "4")]).await;
        let used = || async { world.app.store().api_keys().await.unwrap()[0].last_used_at };
        let first = world.bench.clock_now();
        caller.get(REQUESTS).await;
        world.bench.clock.advance(MINUTE / 2);
        caller.get(REQUESTS).await;
        assert_eq!(used().await, Some(first));
        world.bench.clock.advance(MINUTE);
        caller.get(REQUESTS).await;
        assert_eq!(used().await, Some(world.bench.clock_now()));
        caller.get(REQUESTS).await;
        let often = caller.get(REQUESTS).await;
        assert_eq!((often.status, problem(&often).as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many"));
        assert!(often.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
        let wrong = caller.with("awasir_x");
        for _ in 0..2 {
            assert_eq!(wrong.get(REQUESTS).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(wrong.get(REQUESTS).await.status, StatusCode::TOO_MANY_REQUESTS);
        // A right guess could not be told from a wrong one any more.
        let (_, other) = world.app.api_key_add(("other", KeyOwner::Association), ALL, None, "noura").await.unwrap();
        assert_eq!(caller.with(&other).get(REQUESTS).await.status, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test]
async fn one_idempotency_key_is_one_effect_however_often_and_at_once_it_comes() {
    each_caller(ALL, |world, caller| async move {
        let body = json!({"stage": "received"});
        let all = futures::future::join_all((0..12).map(|_| caller.post(REQUESTS, "first", &body))).await;
        let begun = caller.post(REQUESTS, "first", &body).await;
        assert_eq!(begun.status, StatusCode::CREATED);
        for answer in &all {
            match answer.status {
                StatusCode::CREATED => assert_eq!(answer.body, begun.body),
                _ => assert_eq!(problem(answer), "under-way"),
            }
        }
        assert_eq!(world.bench.count("requests").await, 1);
        // A process that died and another that goes on: what was kept is kept.
        let again = World::start(world.bench.clone()).await;
        let restarted = Caller::start(&again, ALL, &[]).await;
        let other = restarted.with(&caller.key);
        assert_eq!(other.post(REQUESTS, "\"first\"", &body).await.body, begun.body);
        let reused = caller.post(REQUESTS, "first", &json!({})).await;
        assert_eq!(
            (reused.status, problem(&reused).as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused")
        );
        let (_, key) = world.app.api_key_add(("other", KeyOwner::Embassy), ALL, None, "noura").await.unwrap();
        let another = caller.with(&key).post(REQUESTS, "first", &body).await;
        assert_ne!(another.body["reference"], begun.body["reference"], "keys share nothing");
        let missing = caller.raw(Method::POST, REQUESTS, &[("content-type", "application/json")], b"{}".to_vec()).await;
        assert_eq!((missing.status, problem(&missing).as_str()), (StatusCode::BAD_REQUEST, "idempotency-key-missing"));
        // What was refused left nothing: the same key may try again.
        let way = format!("{REQUESTS}/{}/stages", begun.body["reference"].as_str().unwrap());
        assert_eq!(caller.post(&way, "second", &json!({"stage": "closed"})).await.status, StatusCode::CONFLICT);
        assert_eq!(caller.post(&way, "second", &json!({"stage": "studying"})).await.status, StatusCode::CREATED);
        assert_eq!(world.bench.count("request_stages").await, 3);
        let kept = world.bench.count("api_calls").await;
        world.bench.clock.advance(DAY);
        world.app.retain().await.unwrap();
        assert_eq!(world.bench.count("api_calls").await, kept);
        world.bench.clock.advance(DAY + MINUTE);
        world.app.retain().await.unwrap();
        assert_eq!(world.bench.count("api_calls").await, 0);
    })
    .await;
}

#[tokio::test]
async fn reports_of_one_request_at_once_lose_nothing() {
    each_caller(ALL, |world, caller| async move {
        let address = format!("{REQUESTS}/2026%2F77");
        let papers: Vec<Value> =
            (0..8).map(|n| json!({"papers": [{"paper": format!("paper {n}"), "state": "missing"}]})).collect();
        let all = futures::future::join_all(papers.iter().map(|body| caller.put(&address, body))).await;
        let created = all.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert_eq!((created, all.iter().filter(|answer| answer.status == StatusCode::OK).count()), (1, 7));
        assert_eq!((world.bench.count("requests").await, world.bench.count("request_papers").await), (1, 8));
    })
    .await;
}

#[tokio::test]
async fn every_request_is_on_some_page_also_while_they_change() {
    each_caller(ALL, |world, caller| async move {
        for number in 0..23 {
            caller.put(&format!("{REQUESTS}/N-{number}"), &json!({"embassy_reference": "KW 7"})).await;
            world.bench.clock.advance(MINUTE);
        }
        let mut seen = BTreeSet::new();
        let mut next = Some(format!("{REQUESTS}?limit=5"));
        let mut pages = 0;
        while let Some(path) = next {
            let page = caller.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{page:?}");
            seen.extend(page.body["items"].as_array().unwrap().iter().map(|item| item["reference"].to_string()));
            next = page.body["next"].as_str().map(str::to_owned);
            let link = page.headers.get("link").map(|link| link.to_str().unwrap().to_owned());
            assert_eq!(link, next.as_ref().map(|next| format!("<{next}>; rel=\"next\"")));
            // One that was seen and one that was not move to the end.
            for number in [pages, 22 - pages] {
                caller
                    .put(
                        &format!("{REQUESTS}/N-{number}/papers"),
                        &json!({"papers": [{"paper": format!("p{pages}"), "state": "missing"}]}),
                    )
                    .await;
            }
            world.bench.clock.advance(MINUTE);
            pages += 1;
        }
        assert_eq!(seen.len(), 23);
        let since = world.bench.clock_now() - MINUTE;
        let changed = caller.get(&format!("{REQUESTS}?updated_since={since}")).await.body;
        assert!(!changed["items"].as_array().unwrap().is_empty() && changed["items"].as_array().unwrap().len() <= 2);
        assert!(changed["as_of"].as_str().unwrap() <= since.to_string().as_str());
        assert_eq!(
            caller.get(&format!("{REQUESTS}?embassy_reference=kw-7&stage=received&limit=200")).await.body["items"]
                .as_array()
                .unwrap()
                .len(),
            23
        );
        assert_eq!(caller.get(&format!("{REQUESTS}?stage=closed")).await.body["items"], json!([]));
        // A cursor is good for its own list only.
        let page = caller.get(&format!("{REQUESTS}?limit=1")).await.body;
        let strange = page["next"].as_str().unwrap().replace("&limit=1", "&stage=received");
        assert_eq!(problem(&caller.get(&strange).await), "cursor-unknown");
        let wrong = caller.get(&format!("{REQUESTS}?limit=0&stage=x&color=red")).await;
        let fields: Vec<&str> =
            wrong.body["fields"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["limit", "stage", "color"]);
    })
    .await;
}

#[tokio::test]
async fn every_refusal_is_a_problem() {
    each_caller(ALL, |_, caller| async move {
        let json = [("content-type", "application/json"), ("idempotency-key", "k")];
        let post = async |body: &[u8]| problem(&caller.raw(Method::POST, REQUESTS, &json, body.to_vec()).await);
        for body in [&b""[..], b"{", b"{\"note\": \"\xff\"}", b"{} {}", b"{\"note\": \"\\ud800\"}"] {
            assert_eq!(post(body).await, "bad-json", "{}", String::from_utf8_lossy(body));
        }
        for body in [
            "[]",
            "{\"stage\":\"lost\"}",
            "{\"color\":1}",
            "{\"note\":1}",
            "{\"note\":\"\\u0000\"}",
            "{\"at\":\"yesterday\"}",
            "{\"contacts\":[[\"+96555512345\",true]]}",
            "{\"note\":\"a\",\"note\":\"b\"}",
            "{\"country\":\"kw\"}",
        ] {
            assert_eq!(post(body.as_bytes()).await, "invalid-fields", "{body}");
        }
        assert_eq!(post(&vec![b' '; 1024 * 1024 + 1]).await, "too-large");
        let text = caller.raw(Method::POST, REQUESTS, &[("idempotency-key", "k")], b"{}".to_vec()).await;
        assert_eq!((text.status, problem(&text).as_str()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json"));
        let method = caller.raw(Method::DELETE, REQUESTS, &[], Vec::new()).await;
        assert_eq!((method.status, problem(&method).as_str()), (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"));
        assert_eq!(method.headers["allow"], "GET,HEAD,POST");
        assert_eq!(problem(&caller.get("/api/v1/nowhere").await), "not-found");
        assert_eq!(problem(&caller.get(&format!("{REQUESTS}/%D9")).await), "bad-address");
        assert_eq!(problem(&caller.get(&format!("{REQUESTS}?stage=%f")).await), "bad-address");
        assert_eq!(problem(&caller.get(&format!("{REQUESTS}/nothing")).await), "invalid-fields");
        let unknown = caller.get(&format!("{REQUESTS}/2026-1")).await;
        assert_eq!(
            (problem(&unknown).as_str(), &unknown.headers["cache-control"]),
            ("request-unknown", &"no-store".parse().unwrap())
        );
        caller.put(ARABIC, &json!({"stage": "received", "at": "2026-11-01T09:00:00Z"})).await;
        let put = async |body: Value| caller.put(ARABIC, &body).await;
        let refused = put(json!({"stage": "closed"})).await;
        assert_eq!((refused.status, problem(&refused).as_str()), (StatusCode::CONFLICT, "move-refused"));
        assert_eq!(refused.body["allowed"], json!(["studying", "completing", "returned"]));
        assert_eq!(problem(&put(json!({"ruling": "accepted"})).await), "ruling-misplaced");
        assert_eq!(problem(&put(json!({"stage": "studying", "at": "2026-10-01T00:00:00Z"})).await), "backwards");
        assert_eq!(problem(&put(json!({"stage": "studying", "at": "9999-12-31T23:59:59Z"})).await), "not-yet");
        let slip = caller.put(&format!("{REQUESTS}/AW-2026-0000010"), &json!({})).await;
        assert_eq!(problem(&slip), "check-digit");
    })
    .await;
}

#[tokio::test]
async fn the_api_an_import_and_the_command_line_leave_the_same() {
    each_caller(ALL, |world, caller| async move {
        let report = Report {
            embassy_reference: Some("KW-1".into()),
            stage: Some(Stage::Decided),
            ruling: Some(Ruling::Accepted),
            country: Some("KW".into()),
            applicant: Some("نورة".into()),
            contacts: vec![(ContactKind::Email, "a@b.example".into(), true)],
            papers: vec![("عقد".into(), PaperState::Missing)],
            note: Some("x".into()),
            source: "ministry".into(),
            ..Report::default()
        };
        world.app.request_report("2026/1", &report).await.unwrap();
        let row = ImportRow { line: 2, reference: "2026/2".into(), report };
        world.app.requests_import(&[row], false, |_| {}).await.unwrap();
        let body = json!({"embassy_reference": "KW-1", "stage": "decided", "ruling": "accepted", "country": "KW", "applicant": "نورة",
            "contacts": [{"value": "a@b.example", "consent": true}], "papers": [{"paper": "عقد", "state": "missing"}], "note": "x"});
        let put = async || caller.put(&format!("{REQUESTS}/2026%2F3"), &body).await;
        assert_eq!(put().await.status, StatusCode::CREATED);
        assert_eq!(put().await.body["result"], "known", "the same report again says nothing new, its note included");
        let file = async |reference: &str| {
            let mut file = world.app.request(reference).await.unwrap().unwrap();
            file.row.id = awasir::model::RequestId(uuid::Uuid::nil());
            file.row.reference.clear();
            file.contacts.iter_mut().for_each(|contact| contact.id = uuid::Uuid::nil());
            file
        };
        let first = file("2026/1").await;
        assert_eq!((&first, &first), (&file("2026/2").await, &file("2026/3").await));
    })
    .await;
}

#[tokio::test]
async fn news_is_told_once_or_waits_for_an_officer() {
    each_caller(ALL, |world, caller| async move {
        caller
            .put(ARABIC, &json!({"stage": "studying", "contacts": [{"value": "+96555512345", "consent": true}]}))
            .await;
        world.bench.clock.advance(DAY * 2);
        world.write("7", "طلبي").await;
        world.write("7", "2026/1234-5").await;
        let texts = world.phone.as_ref().unwrap().shown_to("+96555512345");
        let code: String = texts.last().unwrap().chars().filter(char::is_ascii_digit).take(6).collect();
        world.write("7", &code).await;
        let shown = || world.fake.shown_to("7").len();
        let before = shown();
        let stages = format!("{ARABIC}/stages");
        for _ in 0..3 {
            let told = caller.post(&stages, "a", &json!({"stage": "confirming"})).await;
            assert_eq!((told.status, &told.body["result"]), (StatusCode::CREATED, &json!("news")));
            assert_eq!(caller.put(ARABIC, &json!({"stage": "confirming"})).await.body["result"], "known");
        }
        world.settle().await;
        assert_eq!(shown(), before + 1);
        let held = caller.post(&stages, "b", &json!({"stage": "decided", "ruling": "accepted", "batch": "nov"})).await;
        assert_eq!(held.body["batch"], "ministry:nov");
        world.settle().await;
        assert_eq!(shown(), before + 1);
        assert_eq!(world.app.notices_release("ministry:nov", "noura", true).await.unwrap(), 1);
        world.settle().await;
        assert_eq!(shown(), before + 2);
    })
    .await;
}

#[tokio::test]
async fn the_document_and_its_page_name_every_call_and_every_problem() {
    let site = crate::support::site::Site::open(&[]).await;
    let get = async |path: &str| {
        let answer = site.client.get(format!("{}{path}", site.base)).send().await.unwrap();
        (answer.headers().clone(), answer.text().await.unwrap())
    };
    let (_, text) = get("/api/openapi.json").await;
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    // Whatever it refers to is there.
    for place in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(place).is_some(), "{place}");
    }
    for lang in ["ar", "en"] {
        let (headers, page) = get(&format!("/api/?lang={lang}")).await;
        assert!(
            headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; style-src 'self'")
        );
        assert!(!page.contains("<script") && page.contains(&format!("<html lang=\"{lang}\"")));
        for call in [
            "listRequests",
            "beginRequest",
            "showRequest",
            "reportRequest",
            "listStages",
            "reportStage",
            "reportPapers",
        ] {
            assert!(page.contains(&format!("<article id=\"{call}\"")), "{call}");
        }
        for link in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
        }
        assert!(page.contains("id=\"problem-move-refused\""));
    }
}
