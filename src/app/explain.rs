//! Everything that happened to one message, for whoever asks why.
use super::state::App;
use crate::model::{ConversationId, DeliveryStatus, EventId, MessageId, Timestamp};
use crate::store::{DeliveryRow, EventRow, StoreError, TurnRow};
use serde::Serialize;
use std::fmt::Write as _;

/// What happened to a message. Ids, times and outcomes; words only where they are asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The event it began with. None where the id is a message of ours whose event is gone.
    pub event: Option<EventId>,
    /// Its conversation. None once erased.
    pub conversation: Option<ConversationId>,
    /// What happened, in order.
    pub steps: Vec<Step>,
}

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: String,
}

impl App {
    /// Explains the event or message `id`. None where neither is known.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn explain(&self, id: uuid::Uuid) -> Result<Option<Explanation>, StoreError> {
        if let Some(event) = self.store().inbox_event(EventId(id)).await? {
            return self.explain_event(event).await.map(Some);
        }
        let parts = self.store().deliveries_in(MessageId(id)).await?;
        let Some(first) = parts.first() else { return Ok(None) };
        let conversation = first.part.as_ref().map(|part| part.conversation);
        let mut steps = Vec::new();
        for part in &parts {
            self.explain_delivery(part, &mut steps).await?;
        }
        Ok(Some(Explanation { event: None, conversation, steps }))
    }

    async fn explain_event(&self, event: EventRow) -> Result<Explanation, StoreError> {
        let mut steps = vec![Step {
            at: event.received_at,
            what: format!("accepted from {} as `{}`", event.transport, event.external_id),
        }];
        if event.event.is_none() {
            steps
                .push(Step { at: event.received_at, what: "its text was destroyed by retention or an erasure".into() });
        }
        if event.attempts > 0 {
            steps.push(Step { at: event.received_at, what: format!("tried {} times before", event.attempts) });
        }
        if let Some(turn) = self.store().turn_of(event.id).await? {
            steps.push(Step { at: turn.stepped_at, what: describe(&turn) });
        }
        match (event.status, event.done_at) {
            (2, Some(at)) => steps.push(Step { at, what: "put aside; an officer was told".into() }),
            (0, _) => steps.push(Step { at: event.received_at, what: "waits for its turn".into() }),
            _ => {}
        }
        for part in self.store().deliveries_for(event.id).await? {
            self.explain_delivery(&part, &mut steps).await?;
        }
        Ok(Explanation { event: Some(event.id), conversation: event.conversation, steps })
    }

    async fn explain_delivery(&self, part: &DeliveryRow, steps: &mut Vec<Step>) -> Result<(), StoreError> {
        let id = part.id;
        steps.push(Step { at: part.created_at, what: format!("delivery {id} on {} ({})", part.transport, part.lane) });
        for (attempt, started, ended, outcome, detail) in self.store().attempts_of(id).await? {
            let took = Timestamp::from_micros(started).until(Timestamp::from_micros(ended)).as_millis();
            let detail = detail.map(|detail| format!(": {detail}")).unwrap_or_default();
            let at = Timestamp::from_micros(started);
            steps.push(Step { at, what: format!("try {attempt} of {id}: {outcome}{detail} ({took} ms)") });
        }
        let repeated = if part.maybe_repeated { ", maybe repeated" } else { "" };
        let at = part.settled_at.or(part.attempted_at).unwrap_or(part.created_at);
        let due = match part.status {
            DeliveryStatus::Queued | DeliveryStatus::Unknown => format!(", looked at again {}", part.due_at),
            _ => String::new(),
        };
        steps.push(Step { at, what: format!("delivery {id} is {}{repeated}{due}", part.status) });
        Ok(())
    }
}

fn describe(turn: &TurnRow) -> String {
    let mut text = format!("turn {}", turn.number);
    if let Some(decided) = &turn.decided {
        let _ = write!(text, ": {decided}");
    }
    if let Some(article) = &turn.article {
        let _ = write!(text, " `{article}`");
    }
    if let Some(confidence) = turn.confidence {
        let _ = write!(text, " ({confidence:.2})");
    }
    let _ = write!(
        text,
        "; articles {}, settings {}, model {}",
        turn.library_revision, turn.settings_revision, turn.model_revision
    );
    text
}
