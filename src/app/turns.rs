//! Turns: waiting events are claimed, stepped through the engine and committed, many conversations at a time.
use super::deliveries::Direct;
use super::effects::Turn;
use super::state::App;
use crate::engine::{Conversation, Effect, EngineSettings, Outcome, Query, World, step};
use crate::model::{
    Event, EventId, EventKind, QueryAnswer, TicketId, TicketKind, TicketReference, TicketSummary, Timestamp, Urgency,
};
use crate::store::{ClaimedEvent, NewTicket, StoreError, TicketEntry, TicketRow, Tx};
use sha2::Digest as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Conversations stepped in one transaction at most: bounds how long the one writer of SQLite is held.
const GROUP: i64 = 64;
/// Queries of one turn at most (design.md §4, hop 6).
const QUERIES: usize = 3;
/// Times an event is tried before it is put aside and an officer told.
const TRIES: u16 = 5;

/// Why an event could not be stepped.
#[derive(Debug, thiserror::Error)]
enum TurnError {
    /// The engine broke an invariant; the payload of a panic may hold words, so it is not kept.
    #[error("the engine panicked")]
    Panicked,
    /// It writes while it asks, and there is no transaction to write in.
    #[error("needs a transaction")]
    NeedsTransaction,
    /// The database refused it.
    #[error("turn not written")]
    Store(#[from] StoreError),
}

/// An event that was not decided: its id, tries before, itself where it opened, why.
type Failed = (EventId, u16, Option<ClaimedEvent>, TurnError);

impl App {
    /// Steps what waits, at most 64 conversations. Returns how many events were decided: zero where nothing waits.
    ///
    /// # Errors
    /// Where the database does not answer; what was claimed waits on.
    pub async fn run_turns(&self) -> Result<usize, StoreError> {
        let began = std::time::Instant::now();
        let now = self.clock().now();
        // On SQLite the group is stepped before the one writer is taken; what became stale meanwhile is stepped again below.
        let ahead = self.store().inbox_look(now, GROUP).await?;
        if let Some(count) = self.step_ahead(ahead).await? {
            metrics::histogram!("awasir_turns_seconds").record(began.elapsed().as_secs_f64());
            metrics::counter!("awasir_turns_total").increment(count as u64);
            return Ok(count);
        }
        let mut tx = self.store().begin().await?;
        let claimed = tx.inbox_claim(now, GROUP).await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        let count = claimed.len();
        let mut events = Vec::with_capacity(count);
        let mut failed = Vec::new();
        for event in claimed {
            match event {
                Ok(event) => events.push(event),
                Err((id, error)) => failed.push((id, TRIES, None, TurnError::Store(error))),
            }
        }
        let mut panicked = Vec::new();
        if let Ok(direct) = self.step_together(&mut tx, &events, &mut panicked).await {
            tx.commit().await?;
            self.send_direct(direct);
            failed.append(&mut panicked);
        } else {
            // One bad turn must not undo the others, and on PostgreSQL an error spoils the whole transaction: each alone.
            drop(tx);
            for claimed in events {
                if let Err(error) = self.run_alone(claimed.clone()).await {
                    failed.push((claimed.id, claimed.attempts, Some(claimed), error));
                }
            }
        }
        for (id, attempts, event, error) in failed {
            self.put_back(id, attempts, event, &error).await?;
        }
        metrics::histogram!("awasir_turns_seconds").record(began.elapsed().as_secs_f64());
        metrics::counter!("awasir_turns_total").increment(count as u64);
        Ok(count)
    }

    /// Steps a group that was read without a transaction, then writes it in a short one. None where that cannot be: on
    /// PostgreSQL, where an event cannot be opened or stepped, and where one does not wait any more.
    async fn step_ahead(
        &self,
        ahead: Option<Vec<Result<ClaimedEvent, (EventId, StoreError)>>>,
    ) -> Result<Option<usize>, StoreError> {
        let Some(Ok(events)) = ahead.map(|events| events.into_iter().collect::<Result<Vec<ClaimedEvent>, _>>()) else {
            return Ok(None);
        };
        let count = events.len();
        let mut turns = Vec::with_capacity(count);
        for event in events {
            match self.step_event(None, event).await {
                Ok(turn) => turns.push(turn),
                Err(_) => return Ok(None),
            }
        }
        if count > 0 {
            let rows = self.rows_of(&turns);
            let mut tx = self.store().begin().await?;
            let Ok(Some(direct)) = self.write_rows(&mut tx, &turns, rows).await else { return Ok(None) };
            tx.commit().await?;
            self.send_direct(direct);
        }
        Ok(Some(count))
    }

    /// Steps and writes a group. An event at which the engine panics is noted in `panicked` and left out.
    async fn step_together(
        &self,
        tx: &mut Tx,
        events: &[ClaimedEvent],
        panicked: &mut Vec<Failed>,
    ) -> Result<Direct, StoreError> {
        let mut turns = Vec::with_capacity(events.len());
        for event in events {
            match self.step_event(Some(&mut *tx), event.clone()).await {
                Ok(turn) => turns.push(turn),
                Err(TurnError::Store(error)) => return Err(error),
                Err(error @ (TurnError::Panicked | TurnError::NeedsTransaction)) => {
                    panicked.push((event.id, event.attempts, Some(event.clone()), error));
                }
            }
        }
        self.write_turns(tx, &turns).await
    }

    /// Steps and writes one event in a transaction of its own.
    async fn run_alone(&self, claimed: ClaimedEvent) -> Result<(), TurnError> {
        let mut tx = self.store().begin().await?;
        // Claimed again: another process may have been here since the group was undone.
        let now = self.clock().now();
        let again = tx.inbox_claim(now, GROUP).await?;
        let Some(claimed) = again.into_iter().flatten().find(|event| event.id == claimed.id) else { return Ok(()) };
        let turn = self.step_event(Some(&mut tx), claimed).await?;
        let direct = self.write_turns(&mut tx, std::slice::from_ref(&turn)).await?;
        tx.commit().await?;
        self.send_direct(direct);
        Ok(())
    }

    /// Counts a failed try. The last one puts the event aside, so that the conversation goes on, and tells an officer.
    async fn put_back(
        &self,
        id: EventId,
        attempts: u16,
        event: Option<ClaimedEvent>,
        error: &TurnError,
    ) -> Result<(), StoreError> {
        tracing::error!(event = %id, attempts, error = %chain(error), "turn failed");
        metrics::counter!("awasir_turns_failed_total").increment(1);
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        if attempts + 1 < TRIES {
            tx.inbox_retry(id, now + Duration::from_secs(1 << attempts.min(6))).await?;
        } else {
            tx.inbox_park(id, now).await?;
            if let Some(event) = event {
                let text = match &event.event {
                    EventKind::Received { content, .. } => content.text().unwrap_or_default().to_owned(),
                    _ => String::new(),
                };
                let ticket =
                    self.ticket_for(&event, TicketKind::Question, Urgency::High, Some("not-processed".into()), now);
                tx.ticket_open(&ticket).await?;
                let entry = TicketEntry { at: now, author: "person".into(), body: Some(text) };
                tx.ticket_entry(self.clock().id(), ticket.id, &entry).await?;
            }
        }
        tx.commit().await
    }

    pub(super) fn ticket_for(
        &self,
        event: &ClaimedEvent,
        kind: TicketKind,
        urgency: Urgency,
        topic: Option<String>,
        at: Timestamp,
    ) -> NewTicket {
        let id = self.clock().id();
        NewTicket {
            id: TicketId(id),
            reference: TicketReference::from_seed(seed(id.as_bytes())),
            conversation: Some(event.conversation),
            contact: Some(event.contact),
            request: None,
            channel: event.channel.clone(),
            kind,
            urgency,
            topic,
            at,
        }
    }

    /// Steps one event, answering the engine's queries in between, in `tx` or in a transaction that writes nothing.
    async fn step_event(&self, mut tx: Option<&mut Tx>, claimed: ClaimedEvent) -> Result<Turn, TurnError> {
        let library = self.library();
        let stepped_at = self.clock().now();
        let salt = u32::from(claimed.attempts);
        let world = World {
            now: stepped_at,
            library: &library,
            catalog: self.catalog(),
            settings: &self.settings().engine,
            shares_number: crate::channels::limits_of(&claimed.transport).shares_number,
            salt,
        };
        let mut event = Event { id: claimed.id, at: claimed.received_at, kind: claimed.event.clone() };
        let mut conversation = claimed.state.clone();
        let mut effects = Vec::new();
        let mut answers = Vec::new();
        loop {
            let stepped = catch_unwind(AssertUnwindSafe(|| step(&conversation, &event, &world)));
            let Outcome { conversation: next, effects: more, query } = stepped.map_err(|_| TurnError::Panicked)?;
            conversation = next;
            effects.extend(more);
            let Some(query) = query.filter(|_| answers.len() < QUERIES) else { break };
            let answer = match (&mut tx, &query) {
                (Some(tx), Query::TryCode { code }) => self.try_code(tx, &claimed, code).await?,
                (Some(tx), Query::Attested) => self.try_attested(tx, claimed.conversation).await?,
                (None, Query::TryCode { .. } | Query::Attested) => return Err(TurnError::NeedsTransaction),
                (Some(tx), _) => self.answer(tx, &query, &claimed).await?,
                (None, _) => self.answer(&mut self.store().look().await?, &query, &claimed).await?,
            };
            answers.push(answer.clone());
            event.kind = EventKind::Answered { answer };
        }
        Ok(Turn { claimed, salt, stepped_at, library, answers, conversation, effects })
    }

    /// Answers a query that only reads.
    async fn answer(&self, tx: &mut Tx, query: &Query, claimed: &ClaimedEvent) -> Result<QueryAnswer, StoreError> {
        match query {
            Query::MyData => my_data(tx, claimed).await,
            Query::MyRequests | Query::TryCode { .. } | Query::Attested => {
                let now = self.clock().now();
                let (requests, expired) = tx.proved(claimed.conversation, now, super::proofs::MOST_TOLD).await?;
                Ok(QueryAnswer::MyRequests { requests: self.with_page(requests), expired })
            }
        }
    }
}

async fn my_data(tx: &mut Tx, claimed: &ClaimedEvent) -> Result<QueryAnswer, StoreError> {
    let data = tx.contact_data(claimed.contact).await?;
    let tickets = tx.tickets_of_contact(claimed.contact).await?;
    let summary = |ticket: TicketRow| TicketSummary {
        reference: ticket.reference,
        kind: ticket.kind,
        status: ticket.status,
        opened_at: ticket.created_at,
    };
    Ok(QueryAnswer::MyData {
        received: u32::try_from(data.received).unwrap_or(u32::MAX),
        sent: u32::try_from(data.sent).unwrap_or(u32::MAX),
        since: data.since,
        consents: data.consents,
        tickets: tickets.into_iter().map(summary).collect(),
    })
}

/// What a replay of the same turn must come to.
pub(super) fn outcome_hash(conversation: &Conversation, effects: &[Effect]) -> Vec<u8> {
    let json = serde_json::to_vec(&(conversation, effects)).expect("our own types have only string keys");
    sha2::Sha256::digest(&json)[..16].to_vec()
}

/// A short name for the settings that a turn was stepped with.
pub(super) fn settings_revision(settings: &EngineSettings) -> String {
    hex::encode(&sha2::Sha256::digest(format!("{settings:?}"))[..6])
}

/// A number drawn from an id's bytes.
pub(super) fn seed(bytes: &[u8]) -> u64 {
    let hash = sha2::Sha256::digest(bytes);
    u64::from_be_bytes(hash[..8].try_into().expect("a hash is longer than eight bytes"))
}

/// An error with all its causes.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
