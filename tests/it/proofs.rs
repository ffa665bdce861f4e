//! Proof before telling: one answer for every number, codes to the contact on file only, locks that shut nobody else out.
use crate::support::database::each_database;
use crate::support::fake::World;
use awasir::app::{ImportRow, Report};
use awasir::model::{ContactKind, PaperState, Picture, Stage};
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
const REFERENCE: &str = "2026/1234-5";

/// A program that reaches telephones, and a request that was put on file two days ago.
async fn each_world<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    each_database(|bench| async {
        let world = World::start_texting(bench).await;
        let report = Report {
            stage: Some(Stage::Studying),
            contacts: vec![(ContactKind::Telephone, "+96555512345".into(), true)],
            papers: vec![("صورة الجواز".into(), PaperState::Missing)],
            source: "import".into(),
            ..Report::default()
        };
        world.app.request_report(REFERENCE, &report).await.unwrap();
        world.bench.clock.advance(DAY * 2);
        test(world).await;
    })
    .await;
}

/// The code in the last text message to the contact on file.
fn code(world: &World) -> String {
    let texts = world.phone.as_ref().unwrap().shown_to("+96555512345");
    let text = texts.last().expect("a code was sent");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits[..6].to_owned()
}

fn codes_sent(world: &World) -> usize {
    world.phone.as_ref().unwrap().shown().len()
}

fn last(world: &World, who: &str) -> String {
    world.fake.shown_to(who).last().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_person_proves_and_is_told_and_nobody_else_is() {
    each_world(|world| async move {
        world.write("7", "طلبي").await;
        world.write("7", REFERENCE).await;
        assert_eq!(codes_sent(&world), 1);
        let code = code(&world);
        // Somebody else has the code: it is good only where it was asked for.
        world.write("8", REFERENCE).await;
        world.write("8", &code).await;
        assert!(!last(&world, "8").contains("قيد الدراسة"));
        world.write("7", &code).await;
        let told = last(&world, "7");
        assert!(told.contains("قيد الدراسة") && told.contains("صورة الجواز"), "{told}");
        // The drawing goes with that answer alone.
        let shown = world.fake.pictures();
        let [(to, picture, bytes)] = &shown[..] else { panic!("{shown:?}") };
        assert_eq!((to.as_str(), picture.picture), ("7", Picture::Route(Stage::Studying)));
        assert!(*bytes > 10_000 && picture.alt.contains("دراسة الحالة"), "{bytes} bytes: {}", picture.alt);
        assert!(world.fake.shown_to("8").iter().all(|text| !text.contains("قيد الدراسة")));
        // What is kept of the message has no code, and a replay says the same.
        let conversation = world.conversation("7").await;
        let kept = world.bench.store.inbox_of(conversation).await.unwrap();
        assert!(kept.iter().all(|row| !format!("{:?}", row.event).contains(&code)));
        let replay = world.app.replay(conversation).await.unwrap();
        assert!(replay.turns.iter().all(|turn| turn.same), "{replay:?}");
        // A code is good once.
        world.write("7", "احذف ربط طلبي").await;
        world.write("7", "طلبي").await;
        assert!(!last(&world, "7").contains("قيد الدراسة"));
        world.write("7", REFERENCE).await;
        world.write("7", &code).await;
        assert!(!last(&world, "7").contains("قيد الدراسة"));
    })
    .await;
}

#[tokio::test]
async fn every_number_is_answered_in_the_same_words_and_with_the_same_rows() {
    each_world(|world| async move {
        let fresh =
            Report { contacts: vec![(ContactKind::Telephone, "+96555500000".into(), true)], ..Report::default() };
        world.app.request_report("2026/77", &fresh).await.unwrap();
        world.app.request_report("2026/78", &Report::default()).await.unwrap();
        let mut answers = Vec::new();
        // Known, unknown, without a contact, with one of today, and known once more to somebody who is locked.
        for (who, number) in [("1", REFERENCE), ("2", "2026/9999"), ("3", "2026/78"), ("4", "2026/77")] {
            world.write(who, "طلبي").await;
            let before = world.bench.count("messages").await;
            world.write(who, number).await;
            assert_eq!(world.bench.count("messages").await, before + 1);
            answers.push(last(&world, who));
        }
        assert_eq!(codes_sent(&world), 1, "only the first has a contact that counts");
        for wrong in ["111111", "222222", "333333"] {
            world.write("1", wrong).await;
        }
        world.write("1", REFERENCE).await;
        answers.push(last(&world, "1"));
        assert_eq!(codes_sent(&world), 1, "a locked address gets no code");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_eq!(world.bench.count("proof_asks where done_at is null").await, 0);
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_lock_longer_each_time_and_the_right_one_ends_it() {
    each_world(|world| async move {
        let lock = async |minutes: u64| {
            for wrong in ["000001", "000002", "000003"] {
                world.write("7", REFERENCE).await;
                world.write("7", wrong).await;
            }
            assert!(last(&world, "7").contains(&minutes.to_string()), "{minutes}: {}", last(&world, "7"));
            world.bench.clock.advance(MINUTE * u32::try_from(minutes).unwrap() + MINUTE);
        };
        lock(15).await;
        lock(60).await;
        lock(240).await;
        world.bench.clock.advance(DAY);
        world.write("7", REFERENCE).await;
        let late = code(&world);
        world.bench.clock.advance(MINUTE * 6);
        world.write("7", &late).await;
        assert!(!last(&world, "7").contains("قيد الدراسة"), "a code lives for five minutes");
        world.write("7", REFERENCE).await;
        world.write("7", &code(&world)).await;
        assert!(last(&world, "7").contains("قيد الدراسة"));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_who_asks_for_codes_all_day_does_not_shut_the_mother_out() {
    each_world(|world| async move {
        world.write("mother", REFERENCE).await;
        world.write("mother", &code(&world)).await;
        for _ in 0..20 {
            world.write("stranger", REFERENCE).await;
        }
        assert!(codes_sent(&world) <= 5, "{} codes", codes_sent(&world));
        world.write("mother", "طلبي").await;
        assert!(last(&world, "mother").contains("قيد الدراسة"));
        // An officer makes sure of her other address, where no code comes any more.
        world.write("mother-2", REFERENCE).await;
        let conversation = world.conversation("mother-2").await;
        world.app.prove_by_officer(REFERENCE, conversation, "noura").await.unwrap();
        world.settle().await;
        world.write("mother-2", "طلبي").await;
        assert!(last(&world, "mother-2").contains("قيد الدراسة"));
        assert!(world.app.prove_by_officer("2026/0000", conversation, "noura").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn news_is_told_once_without_saying_what_and_proof_runs_out() {
    each_world(|world| async move {
        world.write("7", REFERENCE).await;
        world.write("7", &code(&world)).await;
        world.write("8", REFERENCE).await;
        let before = (world.fake.shown_to("7").len(), world.fake.shown_to("8").len());
        let report = Report { stage: Some(Stage::Confirming), source: "officer:noura".into(), ..Report::default() };
        for _ in 0..3 {
            world.app.request_report(REFERENCE, &report).await.unwrap();
            world.settle().await;
        }
        let shown = world.fake.shown_to("7");
        assert_eq!(shown.len(), before.0 + 1, "told once");
        let notice = shown.last().unwrap();
        assert_eq!(world.fake.pictures().len(), 1, "a notice shows nothing");
        assert!(notice.contains("تحديث") && !notice.contains("التأكد") && !notice.contains("2026"), "{notice}");
        assert_eq!(world.fake.shown_to("8").len(), before.1, "nobody without proof is told");
        // At night it waits until eight in the morning of Riyadh; what a person asks is answered at any hour.
        world.bench.clock.advance(MINUTE * 60 * 9);
        let decided = Report { stage: Some(Stage::Studying), source: "officer:noura".into(), ..Report::default() };
        world.app.request_report(REFERENCE, &decided).await.unwrap();
        world.settle().await;
        assert_eq!(world.fake.shown_to("7").len(), shown.len(), "it is 23:06 in Riyadh");
        world.write("7", "طلبي").await;
        assert_eq!(world.fake.shown_to("7").len(), shown.len() + 1);
        world.pass(MINUTE * 60 * 9).await;
        assert_eq!(world.fake.shown_to("7").len(), shown.len() + 2);
        world.bench.clock.advance(DAY * 91);
        world.write("7", "طلبي").await;
        assert!(!last(&world, "7").contains("التأكد من البيانات"), "{}", last(&world, "7"));
        world.write("7", "احذف بياناتي").await;
        world.write("7", "نعم").await;
        assert_eq!(world.bench.count("proofs").await, 0);
    })
    .await;
}

#[tokio::test]
async fn news_of_an_import_waits_for_an_officer_and_is_told_once() {
    each_world(|world| async move {
        world.write("7", REFERENCE).await;
        world.write("7", &code(&world)).await;
        let before = world.fake.shown_to("7").len();
        let row = |stage| ImportRow {
            line: 2,
            reference: REFERENCE.to_owned(),
            report: Report { stage: Some(stage), source: "import".into(), ..Report::default() },
        };
        world.app.requests_import(&[row(Stage::Confirming)], true, |_| {}).await.unwrap();
        assert_eq!(world.bench.count("held_notices").await, 0, "a dry run holds nothing");
        let done = world.app.requests_import(&[row(Stage::Confirming)], false, |_| {}).await.unwrap();
        world.settle().await;
        assert_eq!(world.fake.shown_to("7").len(), before, "held");
        let held = world.bench.store.notices_held().await.unwrap();
        assert_eq!((held.len(), held[0].people, &held[0].batch), (1, 1, &done.batch));
        assert_eq!(world.app.notices_release(&done.batch, "noura", true).await.unwrap(), 1);
        assert_eq!(world.app.notices_release(&done.batch, "noura", true).await.unwrap(), 0);
        world.settle().await;
        assert_eq!(world.fake.shown_to("7").len(), before + 1);
    })
    .await;
}
