//! Notices: each person is told once, on one channel, in daytime, without its content; silence is broken once a period.
use crate::support::database::each_database;
use crate::support::fake::{Fault, World};
use awasir::app::{ImportRow, Report};
use awasir::channels::{Scope, SendError};
use awasir::model::{ContactKind, PaperState, Ruling, Stage};
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const REFERENCE: &str = "2026/1234-5";
const PHONE: &str = "+96555512345";
/// Words that a notice never says: stages, papers, decisions, the number.
const SECRETS: [&str; 8] = ["دراسة", "التأكد", "قرار", "قبول", "رفض", "جواز", "2026", "1234"];

fn at_stage(stage: Stage) -> Report {
    let ruling = (stage == Stage::Decided).then_some(Ruling::Refused);
    Report { stage: Some(stage), ruling, source: "officer:noura".into(), ..Report::default() }
}

/// A request with a telephone on file, and the mother, who has proved it, writing by Telegram.
async fn each_mother<F: Future<Output = ()>>(consent: bool, test: impl Fn(World) -> F) {
    each_database(|bench| async {
        let world = World::start_texting(bench).await;
        let report = Report {
            contacts: vec![(ContactKind::Telephone, PHONE.into(), consent)],
            papers: vec![("صورة الجواز".into(), PaperState::Missing)],
            ..at_stage(Stage::Studying)
        };
        world.app.request_report(REFERENCE, &report).await.unwrap();
        world.bench.clock.advance(DAY * 2);
        prove(&world, "mother").await;
        test(world).await;
    })
    .await;
}

async fn prove(world: &World, who: &str) {
    world.write(who, "طلبي").await;
    let conversation = world.conversation(who).await;
    world.app.prove_by_officer(REFERENCE, conversation, "noura").await.unwrap();
    world.settle().await;
}

async fn news(world: &World, stage: Stage) {
    world.app.request_report(REFERENCE, &at_stage(stage)).await.unwrap();
    world.settle().await;
}

/// Notices that a person was shown on Telegram.
fn told(world: &World, who: &str) -> Vec<String> {
    let notice = |text: &String| text.starts_with("من أواصر");
    world.fake.shown_to(who).into_iter().filter(notice).collect()
}

fn texted(world: &World) -> Vec<String> {
    let notice = |text: &String| text.starts_with("من جمعية أواصر");
    world.phone.as_ref().unwrap().shown_to(PHONE).into_iter().filter(notice).collect()
}

#[tokio::test]
async fn whoever_cannot_be_reached_is_told_on_the_contact_on_file_once() {
    each_mother(true, |world| async move {
        world.fake.then([Fault::Refuse(SendError::Gone)]);
        news(&world, Stage::Confirming).await;
        world.pass(MINUTE).await;
        assert_eq!((told(&world, "mother").len(), texted(&world).len()), (0, 1));
        let text = &texted(&world)[0];
        assert!(text.contains("345") && SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        world.pass(DAY).await;
        assert_eq!(texted(&world).len(), 1);
        assert_eq!(world.bench.count("notices where state = 'told'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_not_told_again_until_time_is_over_and_then_elsewhere() {
    each_mother(true, |world| async move {
        prove(&world, "mother-2").await;
        world.bench.join(world.conversation("mother").await, world.conversation("mother-2").await).await;
        world.fake.then([Fault::LostAnswer]);
        news(&world, Stage::Confirming).await;
        world.pass(MINUTE * 20).await;
        // The one she wrote on last; it arrived, but nobody knows.
        assert_eq!((told(&world, "mother-2").len(), told(&world, "mother").len()), (1, 0));
        world.pass(MINUTE * 12).await;
        world.pass(MINUTE).await;
        assert_eq!((told(&world, "mother-2").len(), told(&world, "mother").len()), (1, 1));
        world.pass(HOUR * 3).await;
        assert_eq!((told(&world, "mother").len(), texted(&world).len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn two_people_are_told_once_each_and_one_person_once_whatever_their_addresses() {
    each_mother(true, |world| async move {
        prove(&world, "son").await;
        prove(&world, "mother-2").await;
        world.bench.join(world.conversation("mother").await, world.conversation("mother-2").await).await;
        news(&world, Stage::Confirming).await;
        world.pass(HOUR).await;
        let mothers = told(&world, "mother").len() + told(&world, "mother-2").len();
        assert_eq!((mothers, told(&world, "son").len(), texted(&world).len()), (1, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn nobody_without_consent_is_told_and_staff_get_a_task() {
    each_mother(false, |world| async move {
        world.fake.then([Fault::Refuse(SendError::Gone)]);
        news(&world, Stage::Confirming).await;
        world.pass(HOUR).await;
        assert_eq!(texted(&world).len(), 0);
        assert_eq!(world.bench.count("tickets where topic = 'notice-unreached'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_stops_them_gets_none_that_still_waits_for_the_morning_and_no_text_instead() {
    each_mother(true, |world| async move {
        world.bench.clock.advance(HOUR * 11);
        news(&world, Stage::Confirming).await;
        assert_eq!(told(&world, "mother").len(), 0, "it is night");
        world.write("mother", "توقف").await;
        world.pass(HOUR * 12).await;
        news(&world, Stage::Studying).await;
        world.pass(HOUR).await;
        assert_eq!((told(&world, "mother").len(), texted(&world).len()), (0, 0));
        world.write("mother", "ابدأ").await;
        news(&world, Stage::Confirming).await;
        assert_eq!(told(&world, "mother").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_a_platform_held_up_into_the_night_waits_for_the_morning() {
    each_mother(true, |world| async move {
        // The clock stands at 14:06 in Riyadh; by 20:00 the platform wants five hours.
        world.bench.clock.advance(HOUR * 6);
        let after = Some(HOUR * 5);
        world.fake.then([Fault::Refuse(SendError::Retry { after, scope: Scope::Person })]);
        news(&world, Stage::Confirming).await;
        world.pass(HOUR * 5 + MINUTE).await;
        assert_eq!(told(&world, "mother").len(), 0, "it is one o'clock at night");
        world.pass(HOUR * 8).await;
        assert_eq!(told(&world, "mother").len() + texted(&world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn silence_is_broken_once_a_period_until_it_is_stopped_or_there_is_a_decision() {
    each_mother(true, |world| async move {
        let reminded = || told(&world, "mother").iter().filter(|text| text.contains("لم ننسَ")).count();
        for _ in 0..13 {
            world.pass(DAY).await;
        }
        assert_eq!(reminded(), 0);
        for _ in 0..14 {
            world.pass(DAY).await;
        }
        assert_eq!(reminded(), 1, "the first period is over");
        // A program that was away for long does not make up for it.
        world.pass(DAY * 60).await;
        for _ in 0..5 {
            world.pass(HOUR).await;
        }
        assert_eq!(reminded(), 2);
        news(&world, Stage::Confirming).await;
        world.pass(DAY * 13).await;
        assert_eq!(reminded(), 2, "news begins a period anew");
        world.write("mother", "إيقاف التذكير").await;
        world.pass(DAY * 20).await;
        world.pass(HOUR * 12).await;
        assert_eq!(reminded(), 2);
        let before = told(&world, "mother").len();
        news(&world, Stage::Studying).await;
        world.pass(HOUR * 12).await;
        assert_eq!(told(&world, "mother").len(), before + 1, "news comes all the same");
        world.write("mother", "ابدأ").await;
        news(&world, Stage::Decided).await;
        world.pass(DAY * 30).await;
        assert_eq!(reminded(), 2);
        assert!(told(&world, "mother").iter().all(|text| SECRETS.iter().all(|secret| !text.contains(secret))));
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_told_by_an_officer_and_a_rating_is_asked_once_after_the_end() {
    each_mother(true, |world| async move {
        news(&world, Stage::Decided).await;
        assert_eq!(world.bench.count("tickets where topic = 'decision' and status = 'open'").await, 1);
        world.write("mother", "طلبي").await;
        let shown = world.fake.shown_to("mother").last().cloned().unwrap();
        assert!(shown.contains("صدر قرار") && !shown.contains("اعتذر") && !shown.contains("اختياري"), "{shown}");
        news(&world, Stage::Closed).await;
        world.write("mother", "طلبي").await;
        let shown = world.fake.shown_to("mother").last().cloned().unwrap();
        assert!(shown.contains("ولا يؤثر في طلبكم"), "{shown}");
        world.write("mother", "طلبي").await;
        assert!(!world.fake.shown_to("mother").last().unwrap().contains("ولا يؤثر"), "asked once");
    })
    .await;
}

#[tokio::test]
async fn a_batch_is_told_once_a_person_whatever_it_changed_and_in_whatever_order_things_break() {
    each_mother(true, |world| async move {
        let row = |line, stage| ImportRow { line, reference: REFERENCE.to_owned(), report: at_stage(stage) };
        let rows = [row(2, Stage::Confirming), row(3, Stage::Studying)];
        let done = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        world.pass(MINUTE).await;
        assert_eq!(told(&world, "mother").len(), 0, "held");
        world.fake.then([Fault::Refuse(SendError::Retry { after: None, scope: Scope::Person })]);
        assert_eq!(world.app.notices_release(&done.batch, "noura", true).await.unwrap(), 1);
        world.settle().await;
        world.pass(MINUTE).await;
        world.pass(HOUR).await;
        assert_eq!((told(&world, "mother").len(), texted(&world).len()), (1, 0));
        assert_eq!(world.app.notices_release(&done.batch, "noura", true).await.unwrap(), 0);
        world.pass(HOUR).await;
        assert_eq!(told(&world, "mother").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn erasure_leaves_no_notice() {
    each_mother(true, |world| async move {
        news(&world, Stage::Confirming).await;
        world.write("mother", "احذف بياناتي").await;
        world.write("mother", "نعم").await;
        assert_eq!(world.bench.count("notices").await + world.bench.count("notice_tries").await, 0);
    })
    .await;
}
