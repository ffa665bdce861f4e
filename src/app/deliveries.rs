//! Deliveries: due parts are claimed (the try is written down), sent outside of any transaction, and settled together.
use super::decide::{Decision, Tried, Unknown, decide, decide_unknown};
use super::state::App;
use super::turns::seed;
use crate::channels::Transport;
use crate::clock::Clock;
use crate::model::{
    AccountName, ConversationId, Lane, TicketId, TicketKind, TicketReference, Timestamp, TransportName, Urgency,
};
use crate::store::{ClaimedDelivery, NewTicket, Settlement, Store, StoreError, TicketEntry, Tx, Wake};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long a claimed part is this process's. Longer than the longest call (`net`'s timeout), so that a slow call is not
/// taken for a lost one.
const LEASE: Duration = Duration::from_secs(90);
/// Tries of one transport whose end waits to be written, at most.
const OPEN: usize = 512;
/// Parts claimed in one transaction at most.
const GROUP: usize = 64;
/// One place in so many is for notices at most: replies and codes never wait behind them.
const NOTICE_SHARE: usize = 4;
/// While replies keep coming, notices are looked at every so many rounds: behind replies, but never starved.
const NOTICE_ROUND: u32 = 8;

/// The end of a try, to be written.
#[derive(Debug)]
pub(super) struct Settled {
    transport: TransportName,
    account: AccountName,
    conversation: ConversationId,
    settlement: Settlement,
    decision: Decision,
}

/// Places for calls under way on one transport.
#[derive(Debug, Clone)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    notices: Arc<Semaphore>,
    /// Tries whose end is not written yet: a call that is over gives its place free, not this.
    open: Arc<Semaphore>,
    /// The last claim filled every free place, so more may wait: whoever ends a call says that a place is free.
    full: Arc<AtomicBool>,
    rounds: Arc<AtomicU32>,
}

impl Places {
    pub(super) fn new(transport: &dyn Transport) -> Self {
        let all = transport.limits().in_flight.max(1);
        Self {
            all: Arc::new(Semaphore::new(all)),
            notices: Arc::new(Semaphore::new((all / NOTICE_SHARE).max(1))),
            open: Arc::new(Semaphore::new(OPEN)),
            full: Arc::default(),
            rounds: Arc::default(),
        }
    }

    /// Waits until nothing is under way, and every end is written.
    pub(super) async fn drained(&self) {
        let _ = self.open.acquire_many(u32::try_from(OPEN).unwrap_or(u32::MAX)).await;
    }
}

impl App {
    /// Sends what is due on a transport, as far as it has free places. Returns how many calls were begun.
    pub(super) async fn run_deliveries(
        &self,
        transport: &Arc<dyn Transport>,
        places: &Places,
    ) -> Result<usize, StoreError> {
        let replies = places.all.available_permits().min(places.open.available_permits()).min(GROUP);
        if replies == 0 {
            places.full.store(true, Ordering::SeqCst);
            return Ok(0);
        }
        let begun = self.claim_and_send(transport, places, false, replies).await?;
        // Looked at when no reply waits, and now and then while replies keep coming.
        if begun > 0 && !places.rounds.fetch_add(1, Ordering::Relaxed).is_multiple_of(NOTICE_ROUND) {
            return Ok(begun);
        }
        let notices = places.notices.available_permits().min(places.all.available_permits() / 2);
        if notices == 0 {
            return Ok(begun);
        }
        Ok(begun + self.claim_and_send(transport, places, true, notices).await?)
    }

    async fn claim_and_send(
        &self,
        transport: &Arc<dyn Transport>,
        places: &Places,
        notices: bool,
        most: usize,
    ) -> Result<usize, StoreError> {
        let (name, account) = (transport.name(), transport.account());
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let limit = i64::try_from(most).unwrap_or(1);
        let claimed = tx.deliveries_claim((&name, &account), notices, now, now + LEASE, limit).await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        tx.commit().await?;
        let count = claimed.len();
        places.full.store(count == most, Ordering::SeqCst);
        for delivery in claimed {
            let open = places.open.clone().acquire_owned().await.expect("places are never closed");
            let place = places.all.clone().acquire_owned().await.expect("places are never closed");
            let notice = match delivery.lane {
                Lane::Notice => Some(places.notices.clone().acquire_owned().await.expect("places are never closed")),
                Lane::Reply | Lane::Code => None,
            };
            let (app, transport, full) = (self.clone(), transport.clone(), places.full.clone());
            tokio::spawn(async move {
                let settled = app.send_one(&*transport, &delivery, now).await;
                // A free place may be what the next part waits for.
                let freed = || {
                    if full.swap(false, Ordering::SeqCst) {
                        app.store().wake(Wake::Deliveries);
                    }
                };
                drop((place, notice));
                freed();
                app.settle_one(settled).await;
                drop(open);
                freed();
            });
        }
        Ok(count)
    }

    /// One call to the platform, and what it came to.
    async fn send_one(&self, transport: &dyn Transport, delivery: &ClaimedDelivery, started_at: Timestamp) -> Settled {
        let result = transport.send(&delivery.part).await;
        let now = self.clock().now();
        let decision = decide(result, tried(delivery), now);
        metrics::counter!("awasir_sends_total", "transport" => transport.name().as_str().to_owned(), "outcome" => decision.outcome)
            .increment(1);
        if decision.outcome == "accepted" {
            metrics::histogram!("awasir_delivery_seconds", "transport" => transport.name().as_str().to_owned())
                .record(delivery.created_at.until(now).as_secs_f64());
        }
        settled(transport, delivery, decision, started_at, now)
    }

    /// Writes the end of a try, together with others.
    async fn settle_one(&self, settled: Settled) {
        let delivery = settled.settlement.delivery;
        if let Err(error) = self.settle_queue().commit_patiently(settled).await {
            // The try stays written down as under way; the sweeper finds it and treats it as unknown.
            tracing::error!(%delivery, error = %super::turns::chain(&error), "delivery not settled");
        }
    }

    /// Takes back what a crashed process left, and decides what is known of outcomes that nobody knew.
    pub(super) async fn sweep_deliveries(&self) -> Result<(), StoreError> {
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let wait = i64::try_from(super::decide::UNKNOWN_WAIT.as_micros()).unwrap_or(i64::MAX);
        let lost = tx.deliveries_sweep(now, wait).await?;
        tx.receipts_rejoin(now, &**self.clock()).await?;
        tx.commit().await?;
        if !lost.is_empty() {
            tracing::warn!(count = lost.len(), "took back deliveries of a process that went away");
        }
        for transport in self.transports() {
            self.resolve_unknown(&**transport).await?;
        }
        Ok(())
    }

    async fn resolve_unknown(&self, transport: &dyn Transport) -> Result<(), StoreError> {
        let (name, account) = (transport.name(), transport.account());
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let unknown = tx.deliveries_unknown((&name, &account), now, i64::try_from(GROUP).unwrap_or(i64::MAX)).await?;
        tx.commit().await?;
        for delivery in unknown {
            let looked_up = transport.look_up(&delivery.part).await;
            let now = self.clock().now();
            let decision = match looked_up {
                Some(Err(crate::channels::SendError::Unknown)) | None => match decide_unknown(tried(&delivery), now) {
                    Unknown::SendAgain => {
                        let mut tx = self.store().begin().await?;
                        tx.delivery_again(delivery.part.delivery, now).await?;
                        tx.wake(Wake::Deliveries);
                        tx.commit().await?;
                        continue;
                    }
                    Unknown::GiveUp { ticket } => give_up(now, ticket),
                },
                Some(result) => decide(result, tried(&delivery), now),
            };
            self.settle_one(settled(transport, &delivery, decision, now, now)).await;
        }
        Ok(())
    }
}

/// Writes the ends of tries in one transaction.
pub(super) async fn write(store: &Store, clock: &dyn Clock, all: &[Settled]) -> Result<(), StoreError> {
    let now = clock.now();
    let mut tx = store.begin().await?;
    let settlements: Vec<Settlement> = all.iter().map(|one| one.settlement.clone()).collect();
    tx.deliveries_settle(&settlements).await?;
    let conversations: Vec<ConversationId> = all.iter().map(|one| one.conversation).collect();
    if tx.deliveries_wait(&conversations).await? {
        // The part before it was what the next part waited for.
        tx.wake(Wake::Deliveries);
    }
    if store.receipts_wait().await? {
        for one in all {
            if let Some(provider_id) = &one.settlement.provider_id {
                let of = (&one.transport, &one.account);
                tx.receipts_join(of, std::slice::from_ref(provider_id), now, clock).await?;
            }
        }
    }
    for one in all {
        if let Some((until, reason)) = &one.decision.pause {
            tx.account_pause((&one.transport, &one.account), *until, reason).await?;
        }
        if one.decision.unreachable {
            tx.address_reachable(one.conversation, Some(now)).await?;
        }
        if one.decision.ticket {
            tell_officer(&mut tx, clock, one, now).await?;
        }
    }
    tx.commit().await
}

/// Opens a ticket about a reply that was not delivered, unless the conversation has one.
async fn tell_officer(tx: &mut Tx, clock: &dyn Clock, one: &Settled, now: Timestamp) -> Result<(), StoreError> {
    if tx.ticket_undelivered(one.conversation).await? {
        return Ok(());
    }
    // Erased meanwhile: there is nobody to be answered any more.
    let Some(address) = tx.address_facts(one.conversation).await? else { return Ok(()) };
    let id = clock.id();
    let ticket = NewTicket {
        id: TicketId(id),
        reference: TicketReference::from_seed(seed(id.as_bytes())),
        conversation: one.conversation,
        contact: address.contact,
        channel: address.channel,
        kind: TicketKind::Undelivered,
        urgency: Urgency::High,
        topic: Some(one.decision.outcome.to_owned()),
        at: now,
    };
    tx.ticket_open(&ticket).await?;
    let body = format!("delivery {} was not delivered: {}", one.settlement.delivery, one.decision.outcome);
    tx.ticket_entry(clock.id(), ticket.id, &TicketEntry { at: now, author: "system".into(), body: Some(body) }).await
}

fn tried(delivery: &ClaimedDelivery) -> Tried {
    Tried {
        lane: delivery.lane,
        attempt: delivery.attempt,
        created_at: delivery.created_at,
        maybe_repeated: delivery.maybe_repeated,
    }
}

fn give_up(now: Timestamp, ticket: bool) -> Decision {
    Decision {
        outcome: "unknown",
        status: crate::model::DeliveryStatus::Failed,
        due_at: now,
        provider_id: None,
        detail: Some("outcome never known".to_owned()),
        pause: None,
        unreachable: false,
        ticket,
    }
}

fn settled(
    transport: &dyn Transport,
    delivery: &ClaimedDelivery,
    decision: Decision,
    started_at: Timestamp,
    ended_at: Timestamp,
) -> Settled {
    Settled {
        transport: transport.name(),
        account: transport.account(),
        conversation: delivery.part.conversation,
        settlement: Settlement {
            delivery: delivery.part.delivery,
            attempt: delivery.attempt,
            started_at,
            ended_at,
            outcome: decision.outcome,
            detail: decision.detail.clone(),
            status: decision.status,
            due_at: decision.due_at,
            provider_id: decision.provider_id.clone(),
        },
        decision,
    }
}
