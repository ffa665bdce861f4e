//! "Tell me when it reaches you": watches of numbers that were not with us when they were named.
//!
//! A watch must not become the oracle that the uniform sentence is not. So it fires only on a request that arrives after it was
//! set (one that is there already has sent its code to the contact on file in the same step), and once a number. And it speaks
//! to the person only where their channel vouches for a contact of that very file: an estranged relative who knows the number
//! and waits for it hears nothing. Everybody else's watch becomes a task for staff, who make sure first; until then nothing
//! that the person can see (messages, tickets, "my data") differs from a watch of a number that never came.
use super::proofs::SETTLED;
use super::state::App;
use super::tasks::Task;
use crate::model::{ChannelName, ConversationId, RequestId, TicketKind, Timestamp, Urgency};
use crate::settings::{Reader, Setting};
use crate::store::{StoreError, TimerWrite, Tx};
use std::time::Duration;

/// Numbers that one address may wait for; a further one takes the place of the oldest.
pub(super) const MOST_WATCHES: i64 = 5;
/// The staff's word for a watched request that has arrived.
const ARRIVED: &str = "watch-arrived";

const WATCH_DAYS: Setting = Setting {
    name: "WATCH_DAYS",
    default: Some("365"),
    form: "days, 1 to 3650",
    help: "How long somebody who asked to be told when a request reaches the association is remembered.",
    secret: false,
};
/// All of them.
pub(super) const SETTINGS: &[Setting] = &[WATCH_DAYS];

/// Reads for how many days a watch is kept.
pub(super) fn read(reader: &mut Reader) -> u32 {
    let days = reader.parse_with(&WATCH_DAYS, |text| text.parse().ok().filter(|days| (1..=3650).contains(days)));
    days.unwrap_or(365)
}

impl App {
    /// Keeps that an address waits for a number.
    pub(super) async fn watch(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        key: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let life = Duration::from_hours(24) * self.settings().engine.watch_days;
        tx.watch_set(conversation, key, (at, at + life), MOST_WATCHES).await
    }

    /// Forgets on an address what was proved, what its channel vouched for, and what it waits for.
    pub(super) async fn unlink(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        tx.proofs_end(conversation, at).await?;
        tx.watches_end(conversation).await?;
        tx.attested_end(conversation).await
    }

    /// A request has arrived, under this key and perhaps an embassy's: those who wait for it, now or when the batch `hold` is
    /// released.
    pub(super) async fn fire_watches(
        &self,
        tx: &mut Tx,
        request: RequestId,
        keys: (&str, Option<&str>),
        hold: Option<&str>,
    ) -> Result<(), StoreError> {
        for conversation in tx.watches_fire(keys, request, hold, self.clock().now()).await? {
            if hold.is_none() {
                self.tell_watcher(tx, conversation, request).await?;
            }
        }
        Ok(())
    }

    /// Lets a batch's watches go, or forgets them where `tell` is not set. Returns whose they were.
    pub(super) async fn release_watches(
        &self,
        tx: &mut Tx,
        batch: &str,
        tell: bool,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let taken = tx.watches_take(batch).await?;
        for (conversation, request) in taken.iter().filter(|_| tell) {
            self.tell_watcher(tx, *conversation, *request).await?;
        }
        Ok(taken.into_iter().map(|(conversation, _)| conversation).collect())
    }

    async fn tell_watcher(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        request: RequestId,
    ) -> Result<(), StoreError> {
        let matches = tx.attested_matches(conversation).await?;
        if let Some(one) = matches.iter().find(|one| one.request == request) {
            // Once the contact counts for a proof, so that whoever is told can prove at once.
            let due_at = Some((one.recorded_at + SETTLED).max(self.clock().now()));
            let name = crate::engine::WATCH_TIMER.to_owned();
            return tx.timer_write(&TimerWrite { conversation, name, due_at }).await;
        }
        if tx.ticket_about(request, ARRIVED).await? {
            return Ok(());
        }
        let words = format!(
            "a request that was watched has arrived. Somebody in conversation {conversation} asked to be told. Make sure that \
             it is theirs (call the contact on file), then run `awasir requests prove REFERENCE --conversation \
             {conversation}`; say nothing there before"
        );
        let task = Task {
            kind: TicketKind::Call,
            urgency: Urgency::Normal,
            topic: ARRIVED,
            request: Some(request),
            contact: None,
            channel: ChannelName::new("telephone"),
            words,
        };
        self.open_task(tx, task).await.map(drop)
    }
}
