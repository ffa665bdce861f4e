//! Notices under fire: what could tell one person twice.
use crate::support::database::each_database;
use crate::support::fake::{Fault, World};
use awasir::app::{ImportRow, Report};
use awasir::channels::SendError;
use awasir::model::{ContactKind, Stage};
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
const REFERENCE: &str = "2026/1234-5";
const PHONE: &str = "+96555512345";

fn at_stage(stage: Stage) -> Report {
    let contacts = vec![(ContactKind::Telephone, PHONE.into(), true)];
    Report { stage: Some(stage), contacts, source: "officer:noura".into(), ..Report::default() }
}

/// A program that reaches telephones, and requests with a telephone on file.
async fn each_world<F: Future<Output = ()>>(references: &[&str], test: impl Fn(World) -> F) {
    each_database(|bench| async {
        let world = World::start_texting(bench).await;
        for reference in references {
            world.app.request_report(reference, &at_stage(Stage::Studying)).await.unwrap();
        }
        world.bench.clock.advance(DAY * 2);
        test(world).await;
    })
    .await;
}

async fn prove(world: &World, who: &str, reference: &str) {
    world.write(who, "طلبي").await;
    let conversation = world.conversation(who).await;
    world.app.prove_by_officer(reference, conversation, "noura").await.unwrap();
    world.settle().await;
}

async fn news(world: &World, stage: Stage) {
    world.app.request_report(REFERENCE, &at_stage(stage)).await.unwrap();
    world.settle().await;
}

fn texted(world: &World) -> usize {
    let texts = world.phone.as_ref().unwrap().shown_to(PHONE);
    texts.iter().filter(|text| text.starts_with("من جمعية أواصر")).count()
}

#[tokio::test]
async fn a_contact_on_file_is_not_written_to_again_where_the_outcome_is_unknown() {
    each_world(&[REFERENCE], |world| async move {
        world.phone.as_ref().unwrap().then([Fault::LostAnswer, Fault::LostAnswer, Fault::LostAnswer]);
        news(&world, Stage::Confirming).await;
        for _ in 0..6 {
            world.pass(MINUTE * 32).await;
        }
        assert_eq!(texted(&world), 1, "each of these texts arrived");
    })
    .await;
}

#[tokio::test]
async fn two_people_who_are_not_reached_come_to_one_text_to_the_contact_on_file() {
    each_world(&[REFERENCE], |world| async move {
        prove(&world, "mother", REFERENCE).await;
        prove(&world, "son", REFERENCE).await;
        world.fake.then([Fault::Refuse(SendError::Gone), Fault::Refuse(SendError::Gone)]);
        news(&world, Stage::Confirming).await;
        for _ in 0..3 {
            world.pass(MINUTE).await;
        }
        assert_eq!(texted(&world), 1);
    })
    .await;
}

#[tokio::test]
async fn a_batch_with_three_requests_of_one_person_is_told_once() {
    let references = [REFERENCE, "2026/2222-2", "2026/3333-3"];
    each_world(&references, |world| async move {
        for reference in references {
            prove(&world, "mother", reference).await;
        }
        let row = |(line, reference): (usize, &str)| ImportRow {
            line,
            reference: reference.to_owned(),
            report: at_stage(Stage::Confirming),
        };
        let rows: Vec<ImportRow> = references.into_iter().enumerate().map(row).collect();
        let done = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        world.app.notices_release(&done.batch, "noura", true).await.unwrap();
        world.settle().await;
        let told = world.fake.shown_to("mother").into_iter().filter(|text| text.starts_with("من أواصر")).count();
        assert_eq!(told, 1, "the words are the same for each");
    })
    .await;
}
