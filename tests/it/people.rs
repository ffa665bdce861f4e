//! People and proof: numbers that are waited for, numbers that a channel attests, codes on their way, and who can shut out whom.
use crate::support::database::each_database;
use crate::support::fake::{Fault, World};
use awasir::app::Report;
use awasir::channels::{InboundEvent, Profile, SendError};
use awasir::clock::Clock as _;
use awasir::model::{Attested, ContactKind, Content, Stage};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);
const REFERENCE: &str = "2026/1234-5";
const MOTHER: &str = "+96555512345";

fn report() -> Report {
    Report {
        stage: Some(Stage::Studying),
        contacts: vec![(ContactKind::Telephone, MOTHER.into(), true)],
        source: "import".into(),
        ..Report::default()
    }
}

/// A program that reaches telephones.
async fn each_world<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    each_database(|bench| async { test(World::start_texting(bench).await).await }).await;
}

/// The same with a request that was put on file two days ago.
async fn each_with_request<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    each_world(|world| async {
        world.app.request_report(REFERENCE, &report()).await.unwrap();
        world.bench.clock.advance(DAY * 2);
        test(world).await;
    })
    .await;
}

fn last(world: &World, who: &str) -> String {
    world.fake.shown_to(who).last().cloned().unwrap_or_default()
}

fn codes(world: &World) -> Vec<String> {
    let texts = world.phone.as_ref().unwrap().shown_to(MOTHER);
    texts.iter().map(|text| text.chars().filter(char::is_ascii_digit).take(6).collect()).collect()
}

/// Somebody shares the number of their own account.
async fn share(world: &World, who: &str, number: &str) {
    let event = InboundEvent {
        external_id: world.bench.clock.id().to_string(),
        address: who.to_owned(),
        profile: Profile::default(),
        sent_at: None,
        content: Content::Shared,
        attested: Some(Attested { kind: ContactKind::Telephone, value: number.to_owned() }),
        acknowledge: None,
    };
    world.app.accept(&*world.fake, vec![event]).await.unwrap();
    world.settle().await;
}

#[tokio::test]
async fn a_watch_speaks_only_to_whom_the_file_names_and_says_only_that_there_is_news() {
    each_world(|world| async move {
        for who in ["mother", "father"] {
            world.write(who, "طلبي").await;
            world.write(who, REFERENCE).await;
            world.write(who, "أخبروني إذا وصل").await;
            assert!(last(&world, who).contains("365"), "{}", last(&world, who));
        }
        share(&world, "mother", MOTHER).await;
        let silent = world.fake.shown_to("father").len();
        world.app.request_report(REFERENCE, &report()).await.unwrap();
        world.settle().await;
        assert!(!last(&world, "mother").contains("هناك جديد"), "the contact does not count for a proof yet");
        world.pass(DAY + Duration::from_mins(1)).await;
        let news = last(&world, "mother");
        assert!(news.contains("هناك جديد") && !news.contains("2026") && !news.contains("الدراسة"), "{news}");
        // Who only knows the number sees nothing: no message, no ticket of theirs. Staff make sure first.
        assert_eq!(world.fake.shown_to("father").len(), silent);
        let tickets = world.app.store().tickets(false).await.unwrap();
        assert!(tickets.iter().any(|ticket| ticket.topic.as_deref() == Some("watch-arrived")), "{tickets:?}");
        world.write("father", "بياناتي").await;
        let before = last(&world, "father");
        assert!(tickets.iter().all(|ticket| !before.contains(ticket.reference.as_str())), "{before}");
        // Once.
        let told = world.fake.shown_to("mother").len();
        world.app.request_report(REFERENCE, &Report { stage: Some(Stage::Confirming), ..report() }).await.unwrap();
        world.pass(DAY * 3).await;
        assert_eq!(world.fake.shown_to("mother").len(), told);
        // And the proof is at hand.
        share(&world, "mother", MOTHER).await;
        assert!(last(&world, "mother").contains("قيد التأكد"), "{}", last(&world, "mother"));
    })
    .await;
}

#[tokio::test]
async fn a_watch_of_a_number_that_is_there_or_over_or_ended_never_fires() {
    each_world(|world| async move {
        world.app.request_report("2026/1", &report()).await.unwrap();
        for (who, number) in [("there", "2026/1"), ("over", "2026/2"), ("ended", "2026/3"), ("gone", "2026/4")] {
            share(&world, who, MOTHER).await;
            world.write(who, number).await;
            world.write(who, "أخبروني إذا وصل").await;
        }
        assert_eq!(world.bench.count("watches").await, 4);
        world.write("ended", "أوقف التنبيه").await;
        world.write("gone", "احذف بياناتي").await;
        world.write("gone", "نعم").await;
        assert_eq!(world.bench.count("watches").await, 2);
        let said: usize = ["there", "over", "ended"].iter().map(|who| world.fake.shown_to(who).len()).sum();
        world.app.request_report("2026/1", &Report { stage: Some(Stage::Confirming), ..report() }).await.unwrap();
        for number in ["2026/3", "2026/4"] {
            world.app.request_report(number, &report()).await.unwrap();
        }
        world.bench.clock.advance(DAY * 366);
        world.app.request_report("2026/2", &report()).await.unwrap();
        world.pass(DAY * 2).await;
        let after: usize = ["there", "over", "ended"].iter().map(|who| world.fake.shown_to(who).len()).sum();
        assert_eq!(after, said);
        world.app.retain().await.unwrap();
        assert_eq!(world.bench.count("watches").await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_address_waits_for_five_numbers_at_most_and_for_each_once() {
    each_world(|world| async move {
        for number in [11, 12, 13, 14, 15, 16, 16] {
            world.write("7", &format!("2026/{number}0")).await;
            world.write("7", "أخبروني إذا وصل").await;
            world.bench.clock.advance(Duration::from_secs(5));
        }
        assert_eq!(world.bench.count("watches").await, 5);
    })
    .await;
}

#[tokio::test]
async fn watches_of_an_import_wait_for_its_release() {
    each_world(|world| async move {
        world.write("7", REFERENCE).await;
        world.write("7", "أخبروني إذا وصل").await;
        let row = awasir::app::ImportRow { line: 2, reference: REFERENCE.into(), report: report() };
        let imported = world.app.requests_import(&[row], false, |_| {}).await.unwrap();
        assert_eq!(imported.new, 1);
        let open = async || world.app.store().tickets(false).await.unwrap().len();
        assert_eq!(open().await, 0);
        world.app.notices_release(&imported.batch, "سارة", true).await.unwrap();
        assert_eq!(open().await, 1);
        world.app.notices_release(&imported.batch, "سارة", true).await.unwrap();
        assert_eq!(open().await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_shared_number_on_file_proves_and_every_other_hears_the_same_words() {
    each_with_request(|world| async move {
        let fresh = Report { contacts: vec![(ContactKind::Telephone, "+96555500000".into(), true)], ..report() };
        world.app.request_report("2026/77", &fresh).await.unwrap();
        let mut answers = Vec::new();
        // On file since today, on nobody's file.
        for (who, number) in [("1", "+96555500000"), ("2", "+4915112345678")] {
            world.write(who, "طلبي").await;
            share(&world, who, number).await;
            answers.push(last(&world, who));
        }
        assert_eq!(answers[0], answers[1]);
        share(&world, "7", "0096555512345").await;
        assert!(last(&world, "7").contains("قيد الدراسة"), "{}", last(&world, "7"));
        assert_eq!(codes(&world).len(), 0, "no code was needed");
        let kept = world.bench.count("proofs where method = 'attested:telegram'").await;
        assert_eq!(kept, 1);
        let replay = world.app.replay(world.conversation("7").await).await.unwrap();
        assert!(replay.turns.iter().all(|turn| turn.same), "{replay:?}");
        // Named by its number while the word is fresh: proved without a code, too.
        world.write("7", "احذف ربط طلبي").await;
        share(&world, "8", MOTHER).await;
        world.bench.clock.advance(Duration::from_hours(2));
        world.write("8", "احذف ربط طلبي").await;
        world.write("8", REFERENCE).await;
        assert_eq!(codes(&world).len(), 1, "unlinking forgets the number as well");
    })
    .await;
}

#[tokio::test]
async fn hammering_strangers_cannot_shut_the_family_out() {
    each_with_request(|world| async move {
        // The mother proves once, on her own address.
        world.write("mother", REFERENCE).await;
        let code = codes(&world)[0].clone();
        world.write("mother", &code).await;
        assert!(last(&world, "mother").contains("قيد الدراسة"));
        // Strangers ask for codes and guess, day after day, from many accounts.
        for round in 0..4 {
            for _ in 0..4 {
                world.write(&format!("stranger{round}"), REFERENCE).await;
                world.write(&format!("stranger{round}"), "111111").await;
            }
        }
        let strangers = codes(&world).len() - 1;
        // Her own first code was of that budget as well.
        assert_eq!(strangers, 7, "a request's budget for new addresses is spent");
        let tickets = world.app.store().tickets(false).await.unwrap();
        let spent: Vec<_> = tickets.iter().filter(|ticket| ticket.topic.as_deref() == Some("codes-spent")).collect();
        assert_eq!(spent.len(), 1, "staff are told once: {tickets:?}");
        // She is still told, and gets codes on her address.
        world.write("mother", "طلبي").await;
        assert!(last(&world, "mother").contains("قيد الدراسة"));
        world.write("mother", "احذف ربط طلبي").await;
        world.write("mother", REFERENCE).await;
        let code = codes(&world).last().unwrap().clone();
        world.write("mother", &code).await;
        assert!(last(&world, "mother").contains("قيد الدراسة"), "{}", last(&world, "mother"));
        // On a new telephone her shared number opens it without a code.
        share(&world, "mother2", MOTHER).await;
        assert!(last(&world, "mother2").contains("قيد الدراسة"));
        // An erasure fills no budget.
        world.write("stranger0", "احذف بياناتي").await;
        world.write("stranger0", "نعم").await;
        let before = codes(&world).len();
        world.write("stranger0", REFERENCE).await;
        assert_eq!(codes(&world).len(), before);
        world.bench.clock.advance(DAY + Duration::from_hours(1));
        world.write("new", REFERENCE).await;
        assert_eq!(codes(&world).len(), before + 1, "a day later there are codes again");
    })
    .await;
}

#[tokio::test]
async fn a_code_survives_a_crash_is_never_sent_twice_and_leaves_no_trace() {
    each_with_request(|world| async move {
        let phone = world.phone.as_ref().unwrap();
        // The platform asks to wait: the code is sent once it takes it.
        let wait = SendError::Retry { after: None, scope: awasir::channels::Scope::Person };
        phone.then([Fault::Refuse(wait)]);
        world.write("7", REFERENCE).await;
        assert_eq!(codes(&world).len(), 0);
        world.pass(Duration::from_secs(5)).await;
        assert_eq!(codes(&world).len(), 1, "it waited in the outbox");
        // Its answer is lost: nobody knows, and it is not sent again.
        phone.then([Fault::LostAnswer]);
        world.write("8", REFERENCE).await;
        world.pass(Duration::from_mins(2)).await;
        assert_eq!(codes(&world).len(), 2);
        // Only while it is good can it be read, and it belongs to no conversation.
        let readable = "deliveries where lane = 'code' and payload is not null";
        assert_eq!(world.bench.count(readable).await, 2);
        assert_eq!(world.bench.count("deliveries where lane = 'code' and conversation_id is not null").await, 0);
        let code = codes(&world)[0].clone();
        world.write("7", &code).await;
        assert!(last(&world, "7").contains("قيد الدراسة"));
        assert_eq!(world.bench.count(readable).await, 1, "the one that was used");
        world.pass(Duration::from_mins(6)).await;
        assert_eq!(world.bench.count(readable).await, 0, "and those whose time is over");
        let copy = world.app.export(world.conversation("7").await, "test").await.unwrap().unwrap();
        assert!(!copy.to_string().contains(&code), "nor does a copy of somebody's data show it");
        let text = phone.shown_to(MOTHER).remove(0);
        assert!(text.contains("أواصر") && text.contains("رمز الاطلاع"), "whose it is and what it is for: {text}");
    })
    .await;
}
