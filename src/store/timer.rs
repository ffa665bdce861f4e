//! Timers: a conversation's wish to be woken.
use super::db::{Sql, on, statements};
use super::{StoreError, Tx};
use crate::model::{ConversationId, Timestamp};
use uuid::Uuid;

macro_rules! due {
    ($lock:literal) => {
        concat!("select conversation_id, name from timers where due_at <= $1 order by due_at limit $2", $lock)
    };
}

statements! {
    SET = Sql::same("insert into timers (conversation_id, name, due_at) values ($1, $2, $3)
        on conflict (conversation_id, name) do update set due_at = excluded.due_at");
    CLEAR = Sql::same("delete from timers where conversation_id = $1 and name = $2");
    DUE = Sql { sqlite: due!(""), postgres: due!(" for update skip locked") };
}

/// A change to a conversation's timers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimerWrite {
    /// Whose.
    pub conversation: ConversationId,
    /// Its name.
    pub name: String,
    /// When it is due. None: forget it.
    pub due_at: Option<Timestamp>,
}

impl Tx {
    /// Sets, moves or forgets a timer.
    pub async fn timer_write(&mut self, write: &TimerWrite) -> Result<(), StoreError> {
        let id = write.conversation.0;
        match write.due_at {
            Some(due) => on!(self, SET, |c, q| {
                sqlx::query(q).bind(id).bind(&write.name).bind(due.as_micros()).execute(c).await.map(drop)
            })?,
            None => on!(self, CLEAR, |c, q| sqlx::query(q).bind(id).bind(&write.name).execute(c).await.map(drop))?,
        }
        Ok(())
    }

    /// Takes due timers away; the caller puts their events in the inbox in the same transaction.
    pub async fn timers_take(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<(ConversationId, String)>, StoreError> {
        let due: Vec<(Uuid, String)> =
            on!(self, DUE, |c, q| sqlx::query_as(q).bind(now.as_micros()).bind(limit).fetch_all(c).await?);
        let mut taken = Vec::with_capacity(due.len());
        for (id, name) in due {
            let conversation = ConversationId(id);
            self.timer_write(&TimerWrite { conversation, name: name.clone(), due_at: None }).await?;
            taken.push((conversation, name));
        }
        Ok(taken)
    }
}
