//! What a transport delivered becomes rows of the inbox, once, before the platform is answered.
use super::commit::{CommitError, Job};
use super::keys::{event_key, provider_key, short};
use super::requests::contact;
use super::state::App;
use crate::channels::{HookCall, InboundEvent, Received, Rejection, Transport};
use crate::clock::Clock;
use crate::model::{
    AccountName, Attested, ChannelName, Content, ConversationId, EnvelopeId, EventId, EventKind, Timestamp,
    TransportName,
};
use crate::seal::KeyRing;
use crate::store::{NewAddress, NewEnvelope, NewEvent, NewReceipt, StoreError, Tx};
use crate::text;
use std::sync::Arc;

/// The transport's name of events that this program makes itself.
const OURS: TransportName = TransportName::new("awasir");

/// One delivery of a transport, to be kept whole or not at all.
#[derive(Debug)]
pub struct Intake {
    transport: TransportName,
    channel: ChannelName,
    account: AccountName,
    body: Vec<u8>,
    at: Timestamp,
    what: What,
    /// Where a pulled transport goes on once this is committed.
    cursor: Option<String>,
}

#[derive(Debug)]
enum What {
    Events(Received),
    NotUnderstood(&'static str),
}

/// Why a delivery was not taken.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Signature missing or wrong: 401.
    #[error("forged")]
    Forged,
    /// The queue is full: 503, so that the platform repeats.
    #[error("busy")]
    Busy,
    /// The database refused it: 500, so that the platform repeats.
    #[error("not kept")]
    Store(#[source] Arc<StoreError>),
}

impl From<CommitError> for IntakeError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Busy => Self::Busy,
            CommitError::Store(source) => Self::Store(source),
        }
    }
}

impl App {
    /// Takes one call of a platform: returns once everything in it is committed, or it is known to have been before.
    ///
    /// # Errors
    /// See [`IntakeError`]: what the platform is answered.
    pub async fn take_call(&self, transport: &dyn Transport, call: &HookCall) -> Result<(), IntakeError> {
        self.take(transport, call, None).await
    }

    /// The same for a pulled body; `cursor` is kept in the same transaction.
    pub(super) async fn take(
        &self,
        transport: &dyn Transport,
        call: &HookCall,
        cursor: Option<String>,
    ) -> Result<(), IntakeError> {
        let name = transport.name();
        let what = match transport.receive(call) {
            Ok(received) => What::Events(received),
            Err(Rejection::Forged) => {
                count(&name, "forged");
                return Err(IntakeError::Forged);
            }
            Err(Rejection::NotUnderstood(reason)) => What::NotUnderstood(reason),
        };
        let acknowledge: Vec<String> = match &what {
            What::Events(received) => received.events.iter().filter_map(|event| event.acknowledge.clone()).collect(),
            What::NotUnderstood(_) => Vec::new(),
        };
        let nothing =
            matches!(&what, What::Events(received) if received.events.is_empty() && received.receipts.is_empty());
        if nothing && cursor.is_none() {
            count(&name, "nothing");
            return Ok(());
        }
        count(&name, if matches!(what, What::NotUnderstood(_)) { "not_understood" } else { "accepted" });
        let (account, channel) = (transport.account(), transport.channel());
        let body = call.body.to_vec();
        self.writer()
            .commit(Job::Intake(Intake {
                transport: name.clone(),
                channel,
                account: account.clone(),
                body,
                at: call.now,
                what,
                cursor,
            }))
            .await
            .inspect_err(|_| count(&name, "refused"))?;
        if let Some(transport) = self.account(&name, &account).filter(|_| !acknowledge.is_empty()).cloned() {
            // Best effort: the button stops spinning. Nothing waits for it.
            tokio::spawn(async move {
                for token in acknowledge {
                    transport.acknowledge(&token).await;
                }
            });
        }
        Ok(())
    }

    /// Takes events that our own pages or terminal hand in.
    ///
    /// # Errors
    /// [`IntakeError::Busy`] or [`IntakeError::Store`].
    pub async fn accept(&self, transport: &dyn Transport, events: Vec<InboundEvent>) -> Result<(), IntakeError> {
        let received = Received { events, receipts: Vec::new() };
        let intake = Intake {
            transport: transport.name(),
            channel: transport.channel(),
            account: transport.account(),
            body: Vec::new(),
            at: self.clock().now(),
            what: What::Events(received),
            cursor: None,
        };
        count(&transport.name(), "accepted");
        Ok(self.writer().commit(Job::Intake(intake)).await?)
    }
}

/// Lets something of ours happen to a conversation, once under `key`, in the caller's transaction.
pub(super) async fn happen(
    tx: &mut Tx,
    clock: &dyn Clock,
    conversation: ConversationId,
    key: String,
    kind: EventKind,
) -> Result<(), StoreError> {
    let event = NewEvent {
        id: EventId(clock.id()),
        conversation: Some(conversation),
        envelope: None,
        transport: OURS,
        account: AccountName::new(""),
        external_id: key,
        event: Some(kind),
        received_at: clock.now(),
    };
    tx.inbox_insert(&[], &[event]).await.map(drop)
}

/// Writes what transports delivered.
pub(super) async fn write(tx: &mut Tx, ring: &KeyRing, clock: &dyn Clock, all: &[&Intake]) -> Result<(), StoreError> {
    let wanted: Vec<NewAddress> = all.iter().flat_map(|intake| addresses(intake)).collect();
    let mut conversations = match all.iter().map(|intake| intake.at).max() {
        Some(now) if !wanted.is_empty() => tx.addresses_ensure(&wanted, now, clock).await?.into_iter(),
        _ => Vec::new().into_iter(),
    };
    let mut rows = Rows::default();
    for intake in all {
        plan(ring, intake, clock, &mut conversations, &mut rows);
    }
    tx.inbox_insert(&rows.envelopes, &rows.events).await?;
    for (conversation, attested, at) in rows.attested {
        tx.attest(conversation, &attested, at).await?;
    }
    for (receipt, at) in rows.receipts {
        tx.receipt_apply(&receipt, at, clock).await?;
    }
    for intake in all {
        if let Some(cursor) = &intake.cursor {
            tx.cursor_put(&intake.transport, &intake.account, cursor).await?;
        }
    }
    Ok(())
}

/// What deliveries become.
#[derive(Default)]
struct Rows {
    envelopes: Vec<NewEnvelope>,
    events: Vec<NewEvent>,
    receipts: Vec<(NewReceipt, Timestamp)>,
    /// Contacts that a channel vouches for.
    attested: Vec<(ConversationId, Attested, Timestamp)>,
}

fn addresses(intake: &Intake) -> Vec<NewAddress> {
    let What::Events(received) = &intake.what else { return Vec::new() };
    let address = |event: &InboundEvent| NewAddress {
        channel: intake.channel.clone(),
        transport: intake.transport.clone(),
        account: intake.account.clone(),
        value: event.address.clone(),
        profile: event.profile.clone(),
    };
    received.events.iter().map(address).collect()
}

/// Turns one delivery into rows. `conversations` yields those of its events, in their order.
fn plan(
    ring: &KeyRing,
    intake: &Intake,
    clock: &dyn Clock,
    conversations: &mut impl Iterator<Item = ConversationId>,
    rows: &mut Rows,
) {
    let envelope = (!intake.body.is_empty()).then(|| EnvelopeId(clock.id()));
    let row = |conversation, external_id, event, transport: &TransportName| NewEvent {
        id: EventId(clock.id()),
        conversation,
        envelope,
        transport: transport.clone(),
        account: intake.account.clone(),
        external_id,
        event,
        received_at: intake.at,
    };
    let mut reason = None;
    match &intake.what {
        What::Events(received) => {
            for event in &received.events {
                let kind = EventKind::Received {
                    content: bounded(&event.content),
                    language_hint: event.profile.language.clone(),
                };
                let key = event_key(ring, &event.external_id);
                let conversation = conversations.next();
                rows.attested.extend(conversation.zip(attested(event)).map(|(id, one)| (id, one, intake.at)));
                rows.events.push(row(conversation, key, Some(kind), &intake.transport));
            }
            rows.receipts
                .extend(received.receipts.iter().map(|receipt| (new_receipt(ring, intake, receipt), intake.at)));
        }
        What::NotUnderstood(why) => {
            reason = Some(*why);
            // The body's own keyed hash is the key: a body repeated fifty times is kept once.
            let key = format!("body:{}", hex::encode(ring.hash(&[b"body", &intake.body])));
            rows.events.push(row(None, key, None, &intake.transport));
        }
    }
    if let Some(id) = envelope {
        rows.envelopes.push(NewEnvelope {
            id,
            transport: intake.transport.clone(),
            account: intake.account.clone(),
            received_at: intake.at,
            body: intake.body.clone(),
            reason,
        });
    }
}

/// What the channel vouches for, written as contacts on file are.
fn attested(event: &InboundEvent) -> Option<Attested> {
    let Attested { kind, value } = event.attested.as_ref()?;
    Some(Attested { kind: *kind, value: contact(*kind, value)? })
}

fn new_receipt(ring: &KeyRing, intake: &Intake, receipt: &crate::channels::Receipt) -> NewReceipt {
    NewReceipt {
        transport: intake.transport.clone(),
        account: intake.account.clone(),
        provider_id: provider_key(ring, &receipt.provider_id),
        kind: receipt.kind,
        at: receipt.at,
        code: receipt.code.as_deref().map(short),
    }
}

/// The content as the engine sees it: controls that turn text round are gone, and its length is bounded.
fn bounded(content: &Content) -> Content {
    let clean = |words: &str| -> String { text::clean(words).chars().take(Content::MAX_TEXT).collect() };
    match content {
        Content::Text { text } => Content::Text { text: clean(text) },
        Content::Edited { text } => Content::Edited { text: clean(text) },
        Content::Media { kind, caption } => Content::Media { kind: *kind, caption: caption.as_deref().map(clean) },
        Content::Choice { data } => Content::Choice { data: short(data) },
        Content::Reaction { emoji, provider_id } => {
            Content::Reaction { emoji: short(emoji), provider_id: provider_id.as_deref().map(short) }
        }
        Content::Unsupported { what } => Content::Unsupported { what: short(what) },
        Content::Shared | Content::Deleted | Content::Opened | Content::Blocked => content.clone(),
    }
}

fn count(transport: &TransportName, outcome: &'static str) {
    metrics::counter!("awasir_intake_total", "transport" => transport.as_str().to_owned(), "outcome" => outcome)
        .increment(1);
}
