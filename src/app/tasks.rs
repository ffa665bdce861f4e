//! Tasks for staff: tickets that nobody wrote. They belong to no conversation, so that taking and closing one says nothing.
use super::state::App;
use super::turns::seed;
use crate::model::{ChannelName, ContactId, RequestId, TicketId, TicketKind, TicketReference, Urgency};
use crate::store::{NewTicket, StoreError, TicketEntry, Tx};

/// Something that staff are to do.
pub(super) struct Task {
    pub(super) kind: TicketKind,
    pub(super) urgency: Urgency,
    /// What it is about in a word.
    pub(super) topic: &'static str,
    pub(super) request: Option<RequestId>,
    pub(super) contact: Option<ContactId>,
    pub(super) channel: ChannelName,
    /// What to do, for staff.
    pub(super) words: String,
}

impl App {
    /// Opens a ticket for staff. Returns its number.
    pub(super) async fn open_task(&self, tx: &mut Tx, task: Task) -> Result<TicketReference, StoreError> {
        let (id, at) = (self.clock().id(), self.clock().now());
        let ticket = NewTicket {
            id: TicketId(id),
            reference: TicketReference::from_seed(seed(id.as_bytes())),
            conversation: None,
            contact: task.contact,
            request: task.request,
            channel: task.channel,
            kind: task.kind,
            urgency: task.urgency,
            topic: Some(task.topic.to_owned()),
            at,
        };
        tx.ticket_open(&ticket).await?;
        let entry = TicketEntry { at, author: "system".into(), body: Some(task.words) };
        tx.ticket_entry(self.clock().id(), ticket.id, &entry).await?;
        Ok(ticket.reference)
    }
}
