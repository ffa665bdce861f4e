//! The officers' desk, as far as the command line needs it: list, show, take, reply, close.
use super::intake::happen;
use super::state::App;
use crate::model::{EventKind, TicketReference, TicketStatus};
use crate::store::{StoreError, TicketEntry, TicketRow, Tx};

/// Why an officer's step was not done; each says what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No ticket has this number.
    #[error("no ticket has the number `{0}`; `awasir tickets list` shows them")]
    NotFound(TicketReference),
    /// Another officer has it.
    #[error("`{officer}` has this ticket")]
    Taken {
        /// Who.
        officer: String,
    },
    /// It is closed.
    #[error("this ticket is closed")]
    Closed,
    /// The person asked for their data to be destroyed.
    #[error("the person's data were erased: there is nobody to write to")]
    Erased,
    /// Nothing to say.
    #[error("an empty reply is not sent")]
    Empty,
}

impl App {
    /// Gives a ticket to an officer: the bot falls silent in its conversation.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn ticket_take(&self, reference: &TicketReference, officer: &str) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        let ticket = find(&mut tx, reference).await?;
        self.take_in(&mut tx, &ticket, officer).await?;
        Ok(tx.commit().await?)
    }

    /// Sends an officer's words to the person; takes the ticket where nobody has it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn ticket_reply(&self, reference: &TicketReference, officer: &str, text: &str) -> Result<(), DeskError> {
        if text.trim().is_empty() {
            return Err(DeskError::Empty);
        }
        let mut tx = self.store().begin().await?;
        let ticket = find(&mut tx, reference).await?;
        if ticket.status == TicketStatus::Open {
            self.take_in(&mut tx, &ticket, officer).await?;
        } else if ticket.officer.as_deref() != Some(officer) {
            return Err(taken(&ticket));
        }
        let now = self.clock().now();
        let entry = TicketEntry { at: now, author: format!("officer:{officer}"), body: Some(text.to_owned()) };
        let id = self.clock().id();
        tx.ticket_entry(id, ticket.id, &entry).await?;
        let Some(conversation) = ticket.conversation else {
            // Who only calls or writes letters is called or written to.
            let contact = ticket.contact.ok_or(DeskError::Erased)?;
            self.task_of_reply(&mut tx, &ticket, contact, text).await?;
            return Ok(tx.commit().await?);
        };
        let kind = EventKind::OfficerReplied {
            reference: reference.clone(),
            officer: officer.to_owned(),
            text: text.to_owned(),
        };
        happen(&mut tx, &**self.clock(), conversation, format!("reply:{id}"), kind).await?;
        Ok(tx.commit().await?)
    }

    /// Closes a ticket: the bot answers again.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn ticket_close(&self, reference: &TicketReference, officer: &str) -> Result<(), DeskError> {
        self.ticket_close_with(reference, officer, None).await
    }

    /// The same, with how it ended: written on the timeline of whom it was about.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn ticket_close_with(
        &self,
        reference: &TicketReference,
        officer: &str,
        outcome: Option<&str>,
    ) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        let ticket = find(&mut tx, reference).await?;
        if ticket.status == TicketStatus::Taken && ticket.officer.as_deref() != Some(officer) {
            return Err(taken(&ticket));
        }
        let now = self.clock().now();
        if !tx.ticket_close(ticket.id, officer, now).await? {
            return Err(DeskError::Closed);
        }
        if let Some(outcome) = outcome {
            let entry = TicketEntry { at: now, author: format!("officer:{officer}"), body: Some(outcome.to_owned()) };
            tx.ticket_entry(self.clock().id(), ticket.id, &entry).await?;
            self.log_outcome(&mut tx, &ticket, officer, outcome).await?;
        }
        if let Some(conversation) = ticket.conversation {
            let kind = EventKind::OfficerClosed { reference: reference.clone() };
            happen(&mut tx, &**self.clock(), conversation, format!("close:{}", ticket.id), kind).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn take_in(&self, tx: &mut Tx, ticket: &TicketRow, officer: &str) -> Result<(), DeskError> {
        let now = self.clock().now();
        if !tx.ticket_take(ticket.id, officer, now).await? {
            return Err(taken(ticket));
        }
        // A task of staff has no conversation: there is nobody to tell.
        let Some(conversation) = ticket.conversation else { return Ok(()) };
        let kind = EventKind::OfficerTook { reference: ticket.reference.clone(), officer: officer.to_owned() };
        let key = format!("take:{}:{}", ticket.id, now.as_micros());
        happen(tx, &**self.clock(), conversation, key, kind).await?;
        Ok(())
    }
}

async fn find(tx: &mut Tx, reference: &TicketReference) -> Result<TicketRow, DeskError> {
    let ticket = tx.ticket_find(reference).await?.ok_or_else(|| DeskError::NotFound(reference.clone()))?;
    if ticket.status == TicketStatus::Closed {
        return Err(DeskError::Closed);
    }
    Ok(ticket)
}

fn taken(ticket: &TicketRow) -> DeskError {
    DeskError::Taken { officer: ticket.officer.clone().unwrap_or_else(|| "somebody else".to_owned()) }
}
