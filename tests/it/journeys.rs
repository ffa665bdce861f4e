//! Journeys: one message from its acceptance to its answer, with a fault at each hop, on both databases, under a clock that
//! stands still.
use crate::support::database::{Bench, each_database};
use crate::support::fake::{Fault, World};
use awasir::app::StaffTarget;
use awasir::channels::{Scope, SendError};
use awasir::model::{Content, DeliveryStatus, TicketKind, TicketStatus};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

async fn each_world<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    each_database(|bench| async { test(World::start(bench).await).await }).await;
}

fn retry(after: Option<Duration>, scope: Scope) -> Fault {
    Fault::Refuse(SendError::Retry { after, scope })
}

#[tokio::test]
async fn a_message_is_answered_once_however_often_the_platform_repeats_it() {
    each_world(|world| async move {
        for _ in 0..50 {
            world.receive("7", "77", Content::Text { text: "القائمة".into() }).await;
            world.settle().await;
        }
        assert_eq!(world.fake.shown_to("7").len(), 1);
        assert_eq!(world.bench.count("turns").await, 1);
    })
    .await;
}

#[tokio::test]
async fn ids_and_words_that_no_database_can_keep_are_taken_once_all_the_same() {
    each_world(|world| async move {
        let nasty = "a\0b".repeat(300);
        for _ in 0..2 {
            world.receive("7\0", &nasty, Content::Choice { data: nasty.clone() }).await;
            world
                .receive("7\0", "x", Content::Reaction { emoji: nasty.clone(), provider_id: Some(nasty.clone()) })
                .await;
            world.receive("7\0", "y", Content::Unsupported { what: nasty.clone() }).await;
            world.settle().await;
        }
        assert_eq!(world.bench.count("inbox").await, 3);
        let before = world.fake.shown_to("7\0").len();
        world.write("7\0", "القائمة").await;
        assert_eq!(world.fake.shown_to("7\0").len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn messages_of_one_person_are_answered_in_their_order() {
    each_world(|world| async move {
        world.write("7", "القائمة").await;
        world.receive("7", "a", Content::Text { text: "شكرا".into() }).await;
        world.receive("7", "b", Content::Text { text: "المسار".into() }).await;
        // The first answer meets a fault, so the second waits for it.
        world.fake.then([retry(None, Scope::Person)]);
        world.settle().await;
        assert_eq!(world.fake.shown_to("7").len(), 1);
        world.pass(2 * SECOND).await;
        let shown = world.fake.shown_to("7");
        assert_eq!(shown.len(), 3);
        assert!(shown[1].contains("العفو"), "{}", shown[1]);
    })
    .await;
}

#[tokio::test]
async fn who_must_wait_waits_as_long_as_told_and_others_go_on() {
    each_world(|world| async move {
        world.fake.then([retry(Some(30 * SECOND), Scope::Person)]);
        world.write("7", "القائمة").await;
        world.write("8", "القائمة").await;
        assert_eq!((world.fake.shown_to("7").len(), world.fake.shown_to("8").len()), (0, 1));
        world.pass(29 * SECOND).await;
        assert_eq!(world.fake.shown_to("7").len(), 0);
        world.pass(SECOND).await;
        assert_eq!(world.fake.shown_to("7").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_delay_for_the_account_holds_everybody() {
    each_world(|world| async move {
        world.fake.then([retry(Some(30 * SECOND), Scope::Account)]);
        world.write("7", "القائمة").await;
        world.write("8", "القائمة").await;
        assert_eq!(world.fake.shown().len(), 0);
        world.pass(31 * SECOND).await;
        assert_eq!(world.fake.shown().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_platform_that_is_away_tells_an_officer_after_ten_minutes_and_is_tried_on() {
    each_world(|world| async move {
        world.fake.then(std::iter::repeat_n(retry(None, Scope::Person), 20));
        world.write("7", "القائمة").await;
        for _ in 0..16 {
            world.pass(2 * MINUTE).await;
        }
        let tickets = world.bench.store.tickets(false).await.unwrap();
        assert_eq!(tickets.iter().map(|ticket| ticket.kind).collect::<Vec<_>>(), [TicketKind::Undelivered]);
        for _ in 0..10 {
            world.pass(2 * MINUTE).await;
        }
        assert_eq!(world.fake.shown_to("7").len(), 1, "delivered once the platform is back");
        assert_eq!(world.bench.count("tickets").await, 1, "told once");
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_said_once_more_after_a_minute_and_marked() {
    each_world(|world| async move {
        world.fake.then([Fault::LostAnswer]);
        world.write("7", "القائمة").await;
        world.pass(59 * SECOND).await;
        assert_eq!(world.fake.shown_to("7").len(), 1);
        world.pass(2 * SECOND).await;
        assert_eq!(world.fake.shown_to("7").len(), 2);
        let rows = world.bench.store.deliveries_of(world.conversation("7").await).await.unwrap();
        assert!(rows[0].maybe_repeated && rows[0].status == DeliveryStatus::Sent);
    })
    .await;
}

#[tokio::test]
async fn an_answer_lost_twice_is_not_said_a_third_time_and_an_officer_is_told() {
    each_world(|world| async move {
        world.fake.then([Fault::LostAnswer, Fault::LostAnswer]);
        world.write("7", "القائمة").await;
        for _ in 0..5 {
            world.pass(61 * SECOND).await;
        }
        assert_eq!(world.fake.shown_to("7").len(), 2);
        assert_eq!(world.bench.store.tickets(false).await.unwrap()[0].kind, TicketKind::Undelivered);
    })
    .await;
}

#[tokio::test]
async fn a_crash_in_the_middle_of_a_call_loses_nothing() {
    each_database(|bench: Bench| async move {
        let world = World::start(bench.clone()).await;
        world.fake.then([Fault::Crash]);
        world.write("7", "القائمة").await;
        assert_eq!(world.fake.shown().len(), 0);
        drop(world);
        let next = World::start(bench).await;
        next.pass(89 * SECOND).await;
        assert_eq!(next.fake.shown().len(), 0, "the lease of the dead process still holds");
        next.pass(2 * SECOND).await;
        next.pass(MINUTE).await;
        assert_eq!(next.fake.shown_to("7").len(), 1);
        let rows = next.bench.store.deliveries_of(next.conversation("7").await).await.unwrap();
        assert!(rows[0].maybe_repeated);
    })
    .await;
}

#[tokio::test]
async fn who_blocked_us_is_left_alone() {
    each_world(|world| async move {
        world.fake.then([Fault::Refuse(SendError::Gone)]);
        world.write("7", "القائمة").await;
        world.pass(MINUTE).await;
        let address = world.bench.store.address_of(world.conversation("7").await).await.unwrap().unwrap();
        assert!(address.unreachable_at.is_some());
        assert_eq!(world.bench.count("tickets").await, 0);
        assert_eq!(world.fake.shown().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_bot_is_silent_while_an_officer_has_it_and_answers_again_after() {
    each_world(|world| async move {
        world.write("7", "موظف").await;
        let ticket = world.bench.store.tickets(false).await.unwrap().remove(0);
        world.app.ticket_take(&ticket.reference, "noura").await.unwrap();
        world.settle().await;
        let before = world.fake.shown_to("7").len();
        world.write("7", "متى ترد علي السفارة").await;
        assert_eq!(world.fake.shown_to("7").len(), before, "silent");
        assert!(world.app.ticket_take(&ticket.reference, "sara").await.is_err());
        world.app.ticket_reply(&ticket.reference, "noura", "أهلًا بكم، كيف نساعدكم؟").await.unwrap();
        world.settle().await;
        assert!(world.fake.shown_to("7").last().unwrap().contains("كيف نساعدكم"));
        world.app.ticket_close(&ticket.reference, "noura").await.unwrap();
        world.settle().await;
        world.write("7", "القائمة").await;
        assert!(world.fake.shown_to("7").len() >= before + 3);
        let entries = world.bench.store.ticket_entries(ticket.id).await.unwrap();
        assert!(entries.iter().any(|entry| entry.body.as_deref() == Some("متى ترد علي السفارة")));
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_says_nothing_gives_the_conversation_back() {
    each_world(|world| async move {
        world.write("7", "موظف").await;
        let ticket = world.bench.store.tickets(false).await.unwrap().remove(0);
        world.app.ticket_take(&ticket.reference, "noura").await.unwrap();
        world.settle().await;
        let before = world.fake.shown_to("7").len();
        world.pass(4 * 60 * MINUTE + MINUTE).await;
        assert_eq!(world.fake.shown_to("7").len(), before + 1, "it says so");
        let again = world.bench.store.ticket(&ticket.reference).await.unwrap().unwrap();
        assert_eq!(again.status, TicketStatus::Open);
        world.write("7", "القائمة").await;
        assert_eq!(world.fake.shown_to("7").len(), before + 2);
    })
    .await;
}

#[tokio::test]
async fn erasing_leaves_no_words_and_still_says_goodbye() {
    each_world(|world| async move {
        world.write("7", "موظف").await;
        world.write("7", "احذف بياناتي").await;
        let before = world.fake.shown_to("7").len();
        world.write("7", "نعم").await;
        assert_eq!(world.fake.shown_to("7").len(), before + 1);
        world.pass(11 * MINUTE).await;
        world.app.retain().await.unwrap();
        assert_eq!(world.bench.count("inbox where event is not null").await, 0);
        assert_eq!(world.bench.count("deliveries where payload is not null").await, 0);
        assert_eq!(world.bench.count("ticket_entries where body is not null").await, 0);
        assert_eq!(world.bench.count("addresses").await, 0);
        assert_eq!(world.bench.count("audit").await, 1);
        world.write("7", "القائمة").await;
        assert_eq!(world.fake.shown_to("7").len(), before + 2, "and it begins anew");
    })
    .await;
}

#[tokio::test]
async fn what_is_past_its_time_is_gone_and_nothing_else() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    each_world(|world| async move {
        world.write("7", "موظف").await;
        world.write("7", "أبي أشكر الموظفة وأسأل عن طلبي").await;
        let open = world.bench.store.tickets(false).await.unwrap();
        world.pass(DAY * 600).await;
        world.write("8", "القائمة").await;
        let kept = "inbox where event is not null";
        let both = world.bench.count(kept).await;
        world.pass(DAY * 131).await;
        world.app.retain().await.unwrap();
        let entries = "ticket_entries where body is not null and author = 'person'";
        let waiting = world.bench.count(entries).await;
        assert!(waiting > 0, "an open ticket keeps its words");
        assert!(world.bench.count(kept).await < both);
        assert_eq!(world.bench.count("deliveries where payload is not null and status = 'sent'").await, 1);
        assert_eq!(world.bench.count("conversations").await, 1, "the one used since");
        for ticket in open {
            world.app.ticket_close(&ticket.reference, "sara").await.unwrap();
        }
        world.app.retain().await.unwrap();
        assert_eq!(world.bench.count(entries).await, 0);
        let before = world.fake.shown_to("7").len();
        world.write("7", "القائمة").await;
        assert!(world.fake.shown_to("7").len() > before, "who comes back is answered");
    })
    .await;
}

#[tokio::test]
async fn an_event_that_cannot_be_stepped_is_put_aside_and_the_next_one_answered() {
    each_world(|world| async move {
        world.receive("7", "broken", Content::Text { text: "القائمة".into() }).await;
        world.bench.break_events().await;
        world.receive("7", "whole", Content::Text { text: "القائمة".into() }).await;
        for _ in 0..6 {
            world.settle().await;
            world.pass(MINUTE).await;
        }
        assert_eq!(world.fake.shown_to("7").len(), 1);
        assert_eq!(world.bench.count("inbox where status = 2").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_replay_comes_to_the_same() {
    each_world(|world| async move {
        for text in ["السلام عليكم", "المسار", "1", "السفارة", "بياناتي", "موظف", "👍", "شكوى", "نعم", "تأخر الرد علي"]
        {
            world.write("7", text).await;
            world.bench.clock.advance(MINUTE);
        }
        let report = world.app.replay(world.conversation("7").await).await.unwrap();
        assert_eq!(report.turns.len(), 10);
        for turn in &report.turns {
            assert!(turn.same && turn.changed.is_empty(), "{turn:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn staff_are_told_of_a_ticket_until_somebody_takes_it() {
    each_database(|bench| async move {
        let world = World::start_with(bench, Some(StaffTarget::Telegram("99".into()))).await;
        world.write("7", "موظف").await;
        let ticket = world.bench.store.tickets(false).await.unwrap().remove(0);
        assert_eq!(world.app.tell_staff().await.unwrap(), 1);
        assert_eq!(world.app.tell_staff().await.unwrap(), 0, "not again at once");
        world.bench.clock.advance(3 * 60 * MINUTE);
        assert_eq!(world.app.tell_staff().await.unwrap(), 1);
        let told = world.fake.shown_to("99");
        assert!(told.iter().all(|text| text.contains(ticket.reference.as_str())), "{told:?}");
        world.app.ticket_take(&ticket.reference, "noura").await.unwrap();
        world.bench.clock.advance(24 * 60 * MINUTE);
        assert_eq!(world.app.tell_staff().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_people_send_never_stops_a_conversation() {
    each_world(|world| async move {
        let deep = "[".repeat(5_000);
        let strange = [
            "a".repeat(100_000),
            "😀".repeat(3_000),
            "\u{0}\u{0}".into(),
            "\u{202e}abc\u{2066}\u{2066}".into(),
            "ً".repeat(9_000),
            deep,
            " ".into(),
        ];
        for (place, text) in strange.into_iter().enumerate() {
            let before = world.fake.shown_to("7").len();
            world.write("7", &text).await;
            assert!(world.fake.shown_to("7").len() > before, "message {place} got no answer");
        }
        assert_eq!(world.bench.count("inbox where status <> 1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_article_whose_review_is_overdue_is_not_said() {
    each_database(|bench| async move {
        let before = World::start(bench.clone()).await.app.library().articles.len();
        assert!(before > 0);
        // Every shipped article is to be reviewed within two years of this clock's day.
        bench.clock.advance(2 * 366 * 24 * 60 * MINUTE);
        assert_eq!(World::start(bench).await.app.library().articles.len(), 0);
    })
    .await;
}
