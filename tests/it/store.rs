//! The store suite: the same on SQLite and PostgreSQL.
use crate::support::database::{Bench, each_database};
use awasir::clock::Clock as _;
use awasir::model::{
    AccountName, ChannelName, Content, ConversationId, DeliveryId, DeliveryStatus, EnvelopeId, EventId, EventKind,
    Lane, LocaleTag, MessageId, OutboundPart, Profile, ReceiptKind, Rich, Timestamp, TransportName,
};
use awasir::store::{
    ConversationWrite, Database, NewAddress, NewDelivery, NewEnvelope, NewEvent, NewMessage, NewReceipt, Settlement,
    Store,
};
use std::collections::HashSet;
use std::time::Duration;

const TRANSPORT: TransportName = TransportName::new("telegram");
const ACCOUNT: AccountName = AccountName::new("1");

fn address(value: &str) -> NewAddress {
    NewAddress {
        channel: ChannelName::new("telegram"),
        transport: TRANSPORT,
        account: ACCOUNT,
        value: value.to_owned(),
        profile: Profile { name: Some("أم خالد".into()), ..Profile::default() },
    }
}

async fn conversation(bench: &Bench, value: &str) -> ConversationId {
    let mut tx = bench.store.begin().await.unwrap();
    let ids = tx.addresses_ensure(&[address(value)], bench.clock.now(), &*bench.clock).await.unwrap();
    tx.commit().await.unwrap();
    ids[0]
}

fn event(bench: &Bench, conversation: ConversationId, external_id: &str, envelope: Option<EnvelopeId>) -> NewEvent {
    NewEvent {
        id: EventId(bench.clock.id()),
        conversation: Some(conversation),
        envelope,
        transport: TRANSPORT,
        account: ACCOUNT,
        external_id: external_id.to_owned(),
        event: Some(EventKind::Received {
            content: Content::Text { text: external_id.to_owned() },
            language_hint: None,
        }),
        received_at: bench.clock.now(),
    }
}

async fn insert(bench: &Bench, events: &[NewEvent]) -> HashSet<EventId> {
    let mut tx = bench.store.begin().await.unwrap();
    let fresh = tx.inbox_insert(&[], events).await.unwrap();
    tx.commit().await.unwrap();
    fresh
}

fn delivery(bench: &Bench, conversation: ConversationId, lane: Lane, text: &str) -> (NewMessage, NewDelivery) {
    let message = MessageId(bench.clock.id());
    let at = bench.clock.now();
    let part = OutboundPart {
        delivery: DeliveryId(bench.clock.id()),
        conversation,
        to: "42".into(),
        text: Rich::plain(text),
        choices: Vec::new(),
        share: None,
        picture: None,
        locale: LocaleTag::ARABIC,
    };
    let message_row = NewMessage {
        id: message,
        conversation,
        event: EventId(bench.clock.id()),
        lane,
        origin: "bot",
        article: None,
        at,
    };
    let row = NewDelivery {
        part,
        message,
        transport: TRANSPORT,
        account: ACCOUNT,
        lane,
        place: 0,
        at,
        due_at: at,
        first_try: None,
    };
    (message_row, row)
}

async fn enqueue(bench: &Bench, rows: &[(NewMessage, NewDelivery)]) {
    let mut tx = bench.store.begin().await.unwrap();
    let (messages, deliveries): (Vec<_>, Vec<_>) = rows.iter().cloned().unzip();
    tx.messages_insert(&messages).await.unwrap();
    tx.deliveries_insert(&deliveries).await.unwrap();
    tx.commit().await.unwrap();
}

async fn claim(bench: &Bench, notices: bool) -> Vec<String> {
    let mut tx = bench.store.begin().await.unwrap();
    let now = bench.clock.now();
    let lease = now + Duration::from_secs(90);
    let claimed = tx.deliveries_claim((&TRANSPORT, &ACCOUNT), notices, now, lease, 10).await.unwrap();
    tx.commit().await.unwrap();
    claimed.into_iter().map(|delivery| delivery.part.text.to_plain()).collect()
}

fn settlement(
    bench: &Bench,
    id: DeliveryId,
    attempt: i32,
    status: DeliveryStatus,
    provider_id: Option<&str>,
) -> Settlement {
    let now = bench.clock.now();
    Settlement {
        delivery: id,
        attempt,
        started_at: now,
        ended_at: now,
        outcome: if status == DeliveryStatus::Sent { "accepted" } else { "retry" },
        detail: None,
        status,
        due_at: now,
        provider_id: provider_id.map(str::to_owned),
    }
}

async fn settle(bench: &Bench, settlement: Settlement) {
    let mut tx = bench.store.begin().await.unwrap();
    let ids: Vec<String> = settlement.provider_id.clone().into_iter().collect();
    tx.deliveries_settle(&[settlement]).await.unwrap();
    tx.receipts_join((&TRANSPORT, &ACCOUNT), &ids, bench.clock.now(), &*bench.clock).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_statement_prepares_on_both_databases() {
    each_database(|bench| async move {
        for (name, sqlite, postgres) in Store::statements() {
            use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};
            let prepared = match bench.store.database() {
                Database::Sqlite { reader, .. } => reader.prepare(AssertSqlSafe(sqlite).into_sql_str()).await.map(drop),
                Database::Postgres(pool) => pool.prepare(AssertSqlSafe(postgres).into_sql_str()).await.map(drop),
            };
            assert!(prepared.is_ok(), "{name}: {prepared:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_repeated_event_is_kept_once_with_one_envelope() {
    each_database(|bench| async move {
        let conversation = conversation(&bench, "7").await;
        for round in 0..50 {
            let envelope = EnvelopeId(bench.clock.id());
            let raw = NewEnvelope {
                id: envelope,
                transport: TRANSPORT,
                account: ACCOUNT,
                received_at: bench.clock.now(),
                body: b"{}".to_vec(),
                reason: None,
            };
            let mut tx = bench.store.begin().await.unwrap();
            let fresh = tx.inbox_insert(&[raw], &[event(&bench, conversation, "77", Some(envelope))]).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(fresh.len(), usize::from(round == 0));
        }
        assert_eq!(bench.count("inbox").await, 1);
        assert_eq!(bench.count("envelopes").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_one_conversation_whoever_asks_first() {
    each_database(|bench| async move {
        let mut tx = bench.store.begin().await.unwrap();
        let wanted = [address("5"), address("6"), address("5")];
        let ids = tx.addresses_ensure(&wanted, bench.clock.now(), &*bench.clock).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ids[0], ids[2]);
        assert_ne!(ids[0], ids[1]);
        assert_eq!(conversation(&bench, "5").await, ids[0]);
        let facts = bench.store.address_of(ids[0]).await.unwrap().unwrap();
        assert_eq!((facts.value.as_str(), facts.profile.name.as_deref()), ("5", Some("أم خالد")));
        assert_eq!(bench.count("contacts").await, 2);
    })
    .await;
}

#[tokio::test]
async fn events_of_one_conversation_are_claimed_one_after_the_other() {
    each_database(|bench| async move {
        let (a, b) = (conversation(&bench, "1").await, conversation(&bench, "2").await);
        insert(&bench, &[event(&bench, a, "a1", None), event(&bench, a, "a2", None), event(&bench, b, "b1", None)])
            .await;
        let mut seen = Vec::new();
        loop {
            let mut tx = bench.store.begin().await.unwrap();
            let claimed = tx.inbox_claim(bench.clock.now(), 10).await.unwrap();
            if claimed.is_empty() {
                break;
            }
            let mut round = Vec::new();
            for claim in claimed {
                let claim = claim.unwrap();
                let state = ConversationWrite { id: claim.conversation, state: claim.state, at: bench.clock.now() };
                tx.conversations_write(&[state]).await.unwrap();
                tx.inbox_done(&[claim.id], bench.clock.now()).await.unwrap();
                let EventKind::Received { content, .. } = claim.event else { panic!("a message") };
                round.push(content.text().unwrap().to_owned());
            }
            tx.commit().await.unwrap();
            seen.push(round);
        }
        assert_eq!(seen, [vec!["a1".to_owned(), "b1".to_owned()], vec!["a2".to_owned()]]);
    })
    .await;
}

#[tokio::test]
async fn replies_keep_their_order_and_never_wait_behind_notices() {
    each_database(|bench| async move {
        let conversation = conversation(&bench, "1").await;
        let rows = [
            delivery(&bench, conversation, Lane::Notice, "notice"),
            delivery(&bench, conversation, Lane::Reply, "first"),
            delivery(&bench, conversation, Lane::Reply, "second"),
        ];
        enqueue(&bench, &rows).await;
        assert_eq!(claim(&bench, false).await, ["first"]);
        assert_eq!(claim(&bench, false).await, Vec::<String>::new());
        settle(&bench, settlement(&bench, rows[1].1.part.delivery, 1, DeliveryStatus::Queued, None)).await;
        assert_eq!(claim(&bench, false).await, ["first"]);
        settle(&bench, settlement(&bench, rows[1].1.part.delivery, 2, DeliveryStatus::Sent, Some("p1"))).await;
        assert_eq!(claim(&bench, false).await, ["second"]);
        assert_eq!(claim(&bench, true).await, ["notice"]);
    })
    .await;
}

#[tokio::test]
async fn only_the_try_under_way_settles_and_a_lost_one_becomes_unknown() {
    each_database(|bench| async move {
        let conversation = conversation(&bench, "1").await;
        let row = delivery(&bench, conversation, Lane::Reply, "lost");
        let id = row.1.part.delivery;
        enqueue(&bench, &[row]).await;
        claim(&bench, false).await;
        bench.clock.advance(Duration::from_secs(91));
        let mut tx = bench.store.begin().await.unwrap();
        assert_eq!(tx.deliveries_sweep(bench.clock.now(), 60_000_000).await.unwrap().len(), 1);
        assert!(tx.delivery_again(id, bench.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claim(&bench, false).await, ["lost"]);
        // The first try's word comes late and is about a try that is over.
        settle(&bench, settlement(&bench, id, 1, DeliveryStatus::Sent, Some("late"))).await;
        let row = bench.store.deliveries_of(conversation).await.unwrap().remove(0);
        assert_eq!((row.status, row.attempt, row.maybe_repeated), (DeliveryStatus::Sending, 2, true));
        settle(&bench, settlement(&bench, id, 2, DeliveryStatus::Sent, Some("now"))).await;
        let row = bench.store.deliveries_of(conversation).await.unwrap().remove(0);
        assert_eq!((row.status, row.provider_id.as_deref()), (DeliveryStatus::Sent, Some("now")));
    })
    .await;
}

#[tokio::test]
async fn receipts_only_move_forward_and_early_ones_are_joined() {
    each_database(|bench| async move {
        let conversation = conversation(&bench, "1").await;
        let row = delivery(&bench, conversation, Lane::Reply, "told");
        let id = row.1.part.delivery;
        enqueue(&bench, &[row]).await;
        claim(&bench, false).await;
        let apply = async |kind| {
            let receipt = NewReceipt {
                transport: TRANSPORT,
                account: ACCOUNT,
                provider_id: "p".into(),
                kind,
                at: bench.clock.now(),
                code: None,
            };
            let mut tx = bench.store.begin().await.unwrap();
            tx.receipt_apply(&receipt, bench.clock.now(), &*bench.clock).await.unwrap();
            tx.commit().await.unwrap();
            bench.store.deliveries_of(conversation).await.unwrap().remove(0).status
        };
        // It comes before our call has returned: kept, and joined with the settlement.
        assert_eq!(apply(ReceiptKind::Delivered).await, DeliveryStatus::Sending);
        settle(&bench, settlement(&bench, id, 1, DeliveryStatus::Sent, Some("p"))).await;
        assert_eq!(bench.store.deliveries_of(conversation).await.unwrap()[0].status, DeliveryStatus::Delivered);
        assert_eq!(apply(ReceiptKind::Sent).await, DeliveryStatus::Delivered);
        assert_eq!(apply(ReceiptKind::Failed).await, DeliveryStatus::Delivered);
        assert_eq!(apply(ReceiptKind::Read).await, DeliveryStatus::Read);
        assert_eq!(bench.count("receipts").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_leaves_no_text_and_no_address() {
    each_database(|bench| async move {
        let conversation = conversation(&bench, "9").await;
        insert(&bench, &[event(&bench, conversation, "secret words", None)]).await;
        enqueue(&bench, &[delivery(&bench, conversation, Lane::Reply, "answer")]).await;
        let contact = bench.store.contact_of(conversation).await.unwrap().unwrap();
        let mut tx = bench.store.begin().await.unwrap();
        tx.contact_erase(contact, bench.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        for table in ["contacts", "addresses", "conversations", "consents", "timers"] {
            assert_eq!(bench.count(table).await, 0, "{table}");
        }
        assert_eq!(bench.count("inbox where event is not null or conversation_id is not null").await, 0);
        assert_eq!(bench.count("deliveries where payload is not null or conversation_id is not null").await, 0);
        assert!(bench.store.erased_at(conversation).await.unwrap().is_some());
        // The platform's repeat is still caught.
        assert_eq!(bench.count("inbox").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_runs_out() {
    each_database(|bench| async move {
        let (one, two) = (bench.clock.id(), bench.clock.id());
        let take = async |holder| {
            let now = bench.clock.now();
            let mut tx = bench.store.begin().await.unwrap();
            let taken = tx.lease_take("pull", holder, now, now + Duration::from_secs(60)).await.unwrap();
            tx.commit().await.unwrap();
            taken
        };
        assert!(take(one).await);
        assert!(!take(two).await);
        assert!(take(one).await);
        bench.clock.advance(Duration::from_secs(61));
        assert!(take(two).await);
    })
    .await;
}

#[test]
fn both_schemas_have_the_same_files() {
    let names = |folder: &str| -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("migrations/sqlite"), names("migrations/postgres"));
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_columns_and_keys() {
    let mut shapes: Vec<Vec<String>> = Vec::new();
    let collected = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    each_database(|bench| {
        let collected = collected.clone();
        async move {
            let shape = bench.columns().await;
            collected.lock().unwrap().push(shape);
        }
    })
    .await;
    shapes.append(&mut collected.lock().unwrap());
    assert_eq!(shapes.len(), 2);
    assert!(shapes[0].len() > 100);
    assert_eq!(shapes[0], shapes[1]);
}

#[test]
fn a_time_says_itself_in_utc() {
    assert_eq!(Timestamp::from_seconds(0).to_string(), "1970-01-01T00:00:00Z");
}
