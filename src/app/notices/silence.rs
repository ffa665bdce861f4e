//! Long silence: people hear that their request is not forgotten, once a period, until there is news or they stop it.
use super::{App, NoticeKind};
use crate::store::{NewNotice, StoreError};
use std::time::Duration;

/// Reminders made in one transaction.
const GROUP: i64 = 200;
/// One process at a time looks for silence.
const LEASE: &str = "heartbeat";
/// For so long the lease is held: far longer than a round takes.
const LEASE_LIFE: Duration = Duration::from_mins(5);

impl App {
    /// Makes reminders for those who have heard nothing for a period. Returns how many.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn run_heartbeats(&self) -> Result<usize, StoreError> {
        let Some(period) = self.settings().notices.heartbeat else { return Ok(0) };
        let now = self.clock().now();
        // Everybody's silence is read through: beside SQLite's one writer, which is taken only where there is something to say.
        if self.store().look().await?.notices_silent(now - period, 1).await?.is_empty() {
            return Ok(0);
        }
        let mut tx = self.store().begin().await?;
        if !tx.lease_take(LEASE, self.process(), now, now + LEASE_LIFE).await? {
            return Ok(0);
        }
        let silent = tx.notices_silent(now - period, GROUP).await?;
        let reminder = |(request, person)| NewNotice {
            id: self.clock().id(),
            request,
            person: Some(person),
            kind: NoticeKind::Reminder,
            matter: format!("{}:{}", NoticeKind::Reminder, now.as_micros()),
            batch: None,
        };
        let reminders: Vec<NewNotice> = silent.into_iter().map(reminder).collect();
        tx.notices_add(&reminders, now).await?;
        tx.lease_give_back(LEASE, self.process()).await?;
        tx.commit().await?;
        Ok(reminders.len())
    }
}
