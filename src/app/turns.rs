//! Turns: waiting events are claimed, stepped through the engine and committed, many conversations at a time.
use super::render::{self, RenderedPart};
use super::state::App;
use crate::channels;
use crate::engine::{Conversation, Decided, Effect, EngineSettings, Outcome, Owner, Query, World, step};
use crate::model::{
    DeliveryId, Event, EventId, EventKind, LocaleTag, OutboundPart, Piece, QueryAnswer, Say, TicketId, TicketKind,
    TicketReference, TicketSummary, Timestamp, Urgency,
};
use crate::store::{
    ClaimedEvent, ConversationWrite, NewConsent, NewDelivery, NewMessage, NewRating, NewTicket, StoreError,
    TicketEntry, TimerWrite, TurnRow, TurnWrite, Tx,
};
use sha2::Digest as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Conversations stepped in one transaction at most: bounds how long the one writer of SQLite is held.
const GROUP: i64 = 64;
/// Queries of one turn at most (design.md §4, hop 6).
const QUERIES: usize = 3;
/// Times an event is tried before it is put aside and an officer told.
const TRIES: u16 = 5;

/// A turn that was stepped and is to be written.
struct Turn {
    claimed: ClaimedEvent,
    salt: u32,
    stepped_at: Timestamp,
    answers: Vec<QueryAnswer>,
    conversation: Conversation,
    effects: Vec<Effect>,
}

/// Why an event could not be stepped.
#[derive(Debug, thiserror::Error)]
enum TurnError {
    /// The engine broke an invariant; the payload of a panic may hold words, so it is not kept.
    #[error("the engine panicked")]
    Panicked,
    /// The database refused it.
    #[error("turn not written")]
    Store(#[from] StoreError),
}

impl App {
    /// Steps what waits, at most [`GROUP`] conversations. Returns how many events were decided: zero where nothing waits.
    ///
    /// # Errors
    /// Where the database does not answer; what was claimed waits on.
    pub async fn run_turns(&self) -> Result<usize, StoreError> {
        let began = std::time::Instant::now();
        let mut tx = self.store().begin().await?;
        let now = self.clock().now();
        let claimed = tx.inbox_claim(now, GROUP).await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        let count = claimed.len();
        let mut turns = Vec::with_capacity(count);
        let mut failed = Vec::new();
        for event in claimed {
            match event {
                Ok(event) => match self.step_event(&mut tx, event.clone()).await {
                    Ok(turn) => turns.push(turn),
                    Err(error) => failed.push((event.id, event.attempts, Some(event), error)),
                },
                Err((id, error)) => failed.push((id, TRIES, None, TurnError::Store(error))),
            }
        }
        let written = self.write_turns(&mut tx, &turns).await;
        match written {
            Ok(()) => tx.commit().await?,
            // One bad turn must not undo the others: each again, alone.
            Err(_) => {
                drop(tx);
                for turn in turns {
                    let claimed = turn.claimed;
                    if let Err(error) = self.run_alone(claimed.clone()).await {
                        failed.push((claimed.id, claimed.attempts, Some(claimed), error));
                    }
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

    /// Steps and writes one event in a transaction of its own.
    async fn run_alone(&self, claimed: ClaimedEvent) -> Result<(), TurnError> {
        let mut tx = self.store().begin().await?;
        // Claimed again: another process may have been here since the group was undone.
        let now = self.clock().now();
        let again = tx.inbox_claim(now, GROUP).await?;
        let Some(claimed) = again.into_iter().flatten().find(|event| event.id == claimed.id) else { return Ok(()) };
        let turn = self.step_event(&mut tx, claimed).await?;
        self.write_turns(&mut tx, std::slice::from_ref(&turn)).await?;
        Ok(tx.commit().await?)
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

    fn ticket_for(
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
            conversation: event.conversation,
            contact: event.contact,
            channel: event.channel.clone(),
            kind,
            urgency,
            topic,
            at,
        }
    }

    /// Steps one event, answering the engine's queries in between.
    async fn step_event(&self, tx: &mut Tx, claimed: ClaimedEvent) -> Result<Turn, TurnError> {
        let library = self.library();
        let stepped_at = self.clock().now();
        let salt = u32::from(claimed.attempts);
        let world = World {
            now: stepped_at,
            library: &library,
            catalog: self.catalog(),
            settings: &self.settings().engine,
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
            let answer = answer(tx, &query, &claimed).await?;
            answers.push(answer.clone());
            event.kind = EventKind::Answered { answer };
        }
        Ok(Turn { claimed, salt, stepped_at, answers, conversation, effects })
    }

    /// Writes turns and all that they want done, in few statements over many rows.
    async fn write_turns(&self, tx: &mut Tx, turns: &[Turn]) -> Result<(), StoreError> {
        let now = self.clock().now();
        // An erasure comes first: what the same turn still says is said after it.
        for turn in turns.iter().filter(|turn| turn.erases()) {
            tx.contact_erase(turn.claimed.contact, now).await?;
            tx.audit(&**self.clock(), "person", "erase", &turn.claimed.contact.to_string()).await?;
        }
        let kept: Vec<&Turn> = turns.iter().filter(|turn| !turn.erases()).collect();
        let states: Vec<ConversationWrite> = kept
            .iter()
            .map(|turn| ConversationWrite {
                id: turn.claimed.conversation,
                state: turn.conversation.clone(),
                at: turn.stepped_at,
            })
            .collect();
        tx.conversations_write(&states).await?;
        let rows: Vec<TurnWrite> = kept.iter().map(|turn| self.turn_row(turn)).collect();
        tx.turns_insert(&rows).await?;
        let mut messages = Vec::new();
        let mut deliveries = Vec::new();
        for turn in turns {
            self.say_all(turn, &mut messages, &mut deliveries);
        }
        tx.messages_insert(&messages).await?;
        tx.deliveries_insert(&deliveries).await?;
        let locales: Vec<_> = kept.iter().filter_map(|turn| turn.locale_set()).collect();
        tx.contacts_locale(&locales).await?;
        let consents: Vec<NewConsent> = kept.iter().flat_map(|turn| self.consents(turn)).collect();
        tx.consents_insert(&consents).await?;
        for turn in kept {
            self.carry_out(tx, turn).await?;
        }
        let done: Vec<EventId> = turns.iter().map(|turn| turn.claimed.id).collect();
        tx.inbox_done(&done, now).await
    }

    fn turn_row(&self, turn: &Turn) -> TurnWrite {
        let (decided, article, confidence) = turn.decided();
        TurnWrite {
            conversation: turn.claimed.conversation,
            row: TurnRow {
                inbox_seq: turn.claimed.seq,
                event: turn.claimed.id,
                number: i64::try_from(turn.claimed.state.turns).unwrap_or(i64::MAX),
                stepped_at: turn.stepped_at,
                library_revision: self.library().revision,
                settings_revision: self.settings_revision().to_owned(),
                model_revision: crate::knowledge::MODEL_REVISION.to_owned(),
                salt: i32::try_from(turn.salt).unwrap_or(0),
                answers: turn.answers.clone(),
                outcome: outcome_hash(&turn.conversation, &turn.effects),
                decided: decided.map(str::to_owned),
                article,
                confidence,
            },
        }
    }

    fn say_all(&self, turn: &Turn, messages: &mut Vec<NewMessage>, deliveries: &mut Vec<NewDelivery>) {
        let origin = match turn.claimed.event {
            EventKind::OfficerReplied { .. } => "officer",
            _ => "bot",
        };
        for effect in &turn.effects {
            let Effect::Say { message, say } = effect else { continue };
            messages.push(NewMessage {
                id: *message,
                conversation: turn.claimed.conversation,
                event: turn.claimed.id,
                lane: say.lane,
                origin,
                article: said_article(say),
                at: turn.stepped_at,
            });
            let parts = self.render(&turn.claimed, say);
            deliveries.extend(parts.into_iter().enumerate().map(|(place, part)| NewDelivery {
                part: OutboundPart {
                    delivery: DeliveryId(self.clock().id()),
                    conversation: turn.claimed.conversation,
                    to: turn.claimed.to.clone(),
                    text: part.text,
                    choices: part.choices,
                    locale: say.locale.clone(),
                },
                message: *message,
                transport: turn.claimed.transport.clone(),
                account: turn.claimed.account.clone(),
                lane: say.lane,
                place: u16::try_from(place).unwrap_or(u16::MAX),
                at: turn.stepped_at,
            }));
        }
    }

    fn render(&self, claimed: &ClaimedEvent, say: &Say) -> Vec<RenderedPart> {
        let limits = channels::limits_of(&claimed.transport);
        render::render(say, self.catalog(), &self.library(), limits, &self.settings().contacts)
    }

    fn consents(&self, turn: &Turn) -> Vec<NewConsent> {
        let consent = |effect: &Effect| match effect {
            Effect::Consent { kind, text_version } => Some(NewConsent {
                id: self.clock().id(),
                contact: turn.claimed.contact,
                channel: turn.claimed.channel.clone(),
                kind: kind.clone(),
                text_version: text_version.clone(),
                at: turn.stepped_at,
            }),
            _ => None,
        };
        turn.effects.iter().filter_map(consent).collect()
    }

    /// Carries out the effects that are rarer than saying something.
    async fn carry_out(&self, tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
        let claimed = &turn.claimed;
        let at = turn.stepped_at;
        if let Some(reference) = turn.given_back()
            && let Some(ticket) = tx.ticket_find(reference).await?
        {
            tx.ticket_reopen(ticket.id, at).await?;
        }
        for effect in &turn.effects {
            match effect {
                Effect::OpenTicket { reference, kind, urgency, topic, text } => {
                    let made = self.ticket_for(claimed, *kind, *urgency, topic.clone(), at);
                    let ticket = NewTicket { reference: reference.clone(), ..made };
                    tx.ticket_open(&ticket).await?;
                    self.add_words(tx, ticket.id, text, at).await?;
                }
                Effect::AddToTicket { reference, text } => {
                    if let Some(ticket) = tx.ticket_find(reference).await? {
                        self.add_words(tx, ticket.id, text, at).await?;
                    }
                }
                Effect::SetTimer { name, at } => {
                    let conversation = claimed.conversation;
                    tx.timer_write(&TimerWrite { conversation, name: name.clone(), due_at: Some(*at) }).await?;
                }
                Effect::ClearTimer { name } => {
                    let conversation = claimed.conversation;
                    tx.timer_write(&TimerWrite { conversation, name: name.clone(), due_at: None }).await?;
                }
                Effect::Rate { message, article, revision, score } => {
                    let rating = NewRating {
                        message: *message,
                        conversation: claimed.conversation,
                        article: article.clone(),
                        revision: *revision,
                        score: *score,
                        at,
                    };
                    tx.rating_put(&rating).await?;
                }
                Effect::OptOut { out } => tx.contact_opt_out(claimed.contact, out.then_some(at)).await?,
                Effect::Reachable { reachable } => {
                    tx.address_reachable(claimed.conversation, (!reachable).then_some(at)).await?;
                }
                Effect::Say { .. }
                | Effect::Consent { .. }
                | Effect::SetLocale { .. }
                | Effect::Erase
                | Effect::Decided(_) => {}
            }
        }
        Ok(())
    }

    async fn add_words(&self, tx: &mut Tx, ticket: TicketId, text: &str, at: Timestamp) -> Result<(), StoreError> {
        if text.is_empty() {
            return Ok(());
        }
        let entry = TicketEntry { at, author: "person".into(), body: Some(text.to_owned()) };
        tx.ticket_entry(self.clock().id(), ticket, &entry).await
    }
}

impl Turn {
    fn erases(&self) -> bool {
        self.effects.contains(&Effect::Erase)
    }

    /// The ticket whose officer has been silent for too long: open again, staff are told anew.
    fn given_back(&self) -> Option<&TicketReference> {
        match (&self.claimed.event, &self.claimed.state.owner, &self.conversation.owner) {
            (EventKind::TimerFired { .. }, Owner::Officer { reference, .. }, Owner::Bot) => Some(reference),
            _ => None,
        }
    }

    fn locale_set(&self) -> Option<(crate::model::ContactId, LocaleTag)> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SetLocale { locale } => Some((self.claimed.contact, locale.clone())),
            _ => None,
        })
    }

    fn decided(&self) -> (Option<&'static str>, Option<String>, Option<f32>) {
        let found = self.effects.iter().find_map(|effect| match effect {
            Effect::Decided(decided) => Some(decided),
            _ => None,
        });
        match found {
            None => (None, None, None),
            Some(Decided::Answered { article, confidence }) => {
                (Some("answered"), Some(article.clone()), Some(*confidence))
            }
            Some(Decided::Offered { articles }) => (Some("offered"), articles.first().cloned(), None),
            Some(Decided::Chosen { article }) => (Some("chosen"), Some(article.clone()), None),
            Some(Decided::NotUnderstood) => (Some("not_understood"), None, None),
            Some(Decided::Urgent { topic }) => (Some("urgent"), Some(topic.clone()), None),
        }
    }
}

/// Answers a query of the engine inside the turn's transaction.
async fn answer(tx: &mut Tx, query: &Query, claimed: &ClaimedEvent) -> Result<QueryAnswer, StoreError> {
    match query {
        Query::MyData => {
            let data = tx.contact_data(claimed.contact).await?;
            let tickets = tx.tickets_of_contact(claimed.contact).await?;
            Ok(QueryAnswer::MyData {
                received: u32::try_from(data.received).unwrap_or(u32::MAX),
                sent: u32::try_from(data.sent).unwrap_or(u32::MAX),
                since: data.since,
                consents: data.consents,
                tickets: tickets
                    .into_iter()
                    .map(|ticket| TicketSummary {
                        reference: ticket.reference,
                        kind: ticket.kind,
                        status: ticket.status,
                        opened_at: ticket.created_at,
                    })
                    .collect(),
            })
        }
    }
}

fn said_article(say: &Say) -> Option<(String, i64)> {
    say.pieces.iter().find_map(|piece| match piece {
        Piece::Article { id, revision } => Some((id.clone(), *revision)),
        Piece::Phrase { .. } | Piece::ArticleTitle { .. } | Piece::Verbatim { .. } => None,
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
