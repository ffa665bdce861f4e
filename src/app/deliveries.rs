//! Deliveries: due parts are claimed (the try is written down), sent outside of any transaction, and settled together.
use super::commit::Job;
use super::decide::{Decision, Tried, Unknown, decide, decide_unknown};
use super::keys::{provider_key, short};
use super::places::{Place, Places};
use super::state::App;
use super::turns::seed;
use crate::channels::Transport;
use crate::clock::Clock;
use crate::model::{
    AccountName, ConversationId, Lane, TicketId, TicketKind, TicketReference, Timestamp, TransportName, Urgency,
};
use crate::seal::KeyRing;
use crate::store::{ClaimedDelivery, NewDelivery, NewTicket, Settlement, StoreError, TicketEntry, Tx, Wake};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// How long a claimed part is this process's. Longer than the longest call (`net`'s timeout), so that a slow call is not
/// taken for a lost one.
const LEASE: Duration = Duration::from_secs(90);
/// Parts claimed in one transaction at most.
const GROUP: usize = 64;

/// The end of a try, to be written.
#[derive(Debug)]
pub(super) struct Settled {
    transport: TransportName,
    account: AccountName,
    conversation: ConversationId,
    settlement: Settlement,
    decision: Decision,
}

/// Parts that this process sends as soon as the turns that decided them are committed: no claim, no wait.
#[derive(Debug, Default)]
pub(super) struct Direct(Vec<(Arc<dyn Transport>, Place, ClaimedDelivery)>);

impl App {
    /// Sends what is due on a transport, as far as it has free places. Returns how many calls were begun.
    pub(super) async fn run_deliveries(
        &self,
        transport: &Arc<dyn Transport>,
        places: &Places,
    ) -> Result<usize, StoreError> {
        let replies = places.free().min(GROUP);
        if replies == 0 {
            return Ok(0);
        }
        let begun = self.claim_and_send(transport, places, false, replies).await?;
        let notices = places.free_for_notices(begun);
        if notices == 0 {
            return Ok(begun);
        }
        Ok(begun + self.claim_and_send(transport, places, true, notices).await?)
    }

    /// Marks those of `deliveries` that can be sent at once as this process's: the first part of each conversation to which
    /// no reply is on its way, on a transport of ours that is not held and has a place free. The others wait to be claimed.
    pub(super) async fn take_direct(
        &self,
        tx: &mut Tx,
        deliveries: &mut [NewDelivery],
        now: Timestamp,
    ) -> Result<Direct, StoreError> {
        let mut seen = HashSet::new();
        let mut taken = Vec::new();
        for (place, one) in deliveries.iter().enumerate() {
            if one.lane == Lane::Notice || !seen.insert(one.part.conversation) {
                continue;
            }
            if let Some((transport, free)) = self.outlets().try_take(&(one.transport.clone(), one.account.clone())) {
                taken.push((place, transport, free));
            }
        }
        if taken.is_empty() {
            return Ok(Direct::default());
        }
        let held = tx.accounts_paused(now).await?;
        let conversations: Vec<ConversationId> =
            taken.iter().map(|(place, ..)| deliveries[*place].part.conversation).collect();
        let before = tx.deliveries_before(&conversations).await?;
        let mut direct = Vec::with_capacity(taken.len());
        for (place, transport, free) in taken {
            let one = &mut deliveries[place];
            let account = (one.transport.as_str().to_owned(), one.account.as_str().to_owned());
            if before.contains(&one.part.conversation) || held.contains(&account) {
                continue;
            }
            one.first_try = Some((now, now + LEASE));
            let claimed = ClaimedDelivery {
                message: one.message,
                lane: one.lane,
                part: one.part.clone(),
                attempt: 1,
                maybe_repeated: false,
                created_at: one.at,
                country: None,
            };
            direct.push((transport, free, claimed));
        }
        Ok(Direct(direct))
    }

    /// Begins the calls. Only after the commit.
    pub(super) fn send_direct(&self, direct: Direct) {
        let now = self.clock().now();
        for (transport, place, delivery) in direct.0 {
            self.begin_call(transport, place, delivery, now);
        }
    }

    /// Sends a part in a task of its own, and has its end written.
    fn begin_call(
        &self,
        transport: Arc<dyn Transport>,
        mut place: Place,
        delivery: ClaimedDelivery,
        started_at: Timestamp,
    ) {
        let app = self.clone();
        tokio::spawn(async move {
            let settled = app.send_one(&*transport, &delivery, started_at).await;
            place.call_over(&app);
            app.settle_one(settled).await;
            place.settled(&app);
        });
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
        let mut claimed = tx.deliveries_claim((&name, &account), notices, now, now + LEASE, limit).await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        if notices {
            // Held up by a platform, a notice may have come into its person's night.
            for late in claimed.extract_if(.., |one| self.quiet_until(now, one.country.as_deref()) > now) {
                tx.delivery_defer(&late, self.quiet_until(now, late.country.as_deref())).await?;
            }
        }
        tx.commit().await?;
        let count = claimed.len();
        places.claimed(count == most);
        for delivery in claimed {
            let place = places.take(delivery.lane).await;
            self.begin_call(transport.clone(), place, delivery, now);
        }
        Ok(count)
    }

    /// One call to the platform, and what it came to.
    async fn send_one(&self, transport: &dyn Transport, delivery: &ClaimedDelivery, started_at: Timestamp) -> Settled {
        let result = match self.pictures().drawn_for(&delivery.part).await {
            Some(png) => transport.send_picture(&delivery.part, png).await,
            None => transport.send(&delivery.part).await,
        };
        let now = self.clock().now();
        let decision = decide(result, tried(delivery), now);
        metrics::counter!("awasir_sends_total", "transport" => transport.name().as_str().to_owned(), "outcome" => decision.outcome)
            .increment(1);
        if decision.outcome == "accepted" {
            metrics::histogram!("awasir_delivery_seconds", "transport" => transport.name().as_str().to_owned())
                .record(delivery.created_at.until(now).as_secs_f64());
        }
        settled(self.store().ring(), transport, delivery, decision, started_at, now)
    }

    /// Writes the end of a try, together with others.
    async fn settle_one(&self, settled: Settled) {
        let delivery = settled.settlement.delivery;
        if let Err(error) = self.writer().commit_patiently(Job::Settled(settled)).await {
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
        tx.codes_over(now - super::codes::CODE_LIFE).await?;
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
            self.settle_one(settled(self.store().ring(), transport, &delivery, decision, now, now)).await;
        }
        Ok(())
    }
}

/// Writes the ends of tries.
pub(super) async fn write(tx: &mut Tx, clock: &dyn Clock, all: &[&Settled]) -> Result<(), StoreError> {
    let now = clock.now();
    let settlements: Vec<Settlement> = all.iter().map(|one| one.settlement.clone()).collect();
    tx.deliveries_settle(&settlements).await?;
    let conversations: Vec<ConversationId> = all.iter().map(|one| one.conversation).collect();
    if tx.deliveries_wait(&conversations).await? {
        // The part before it was what the next part waited for.
        tx.wake(Wake::Deliveries);
    }
    if tx.receipts_wait().await? {
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
            tell_officer(tx, clock, one, now).await?;
        }
    }
    Ok(())
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
        conversation: Some(one.conversation),
        contact: Some(address.contact),
        request: None,
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
        // `store::notice` knows by these words that it may have gone through.
        detail: Some("outcome never known".to_owned()),
        pause: None,
        unreachable: false,
        ticket,
    }
}

fn settled(
    ring: &KeyRing,
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
            detail: decision.detail.as_deref().map(short),
            status: decision.status,
            due_at: decision.due_at,
            provider_id: decision.provider_id.as_deref().map(|id| provider_key(ring, id)),
        },
        decision,
    }
}
