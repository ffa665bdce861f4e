//! One timeline a person or request: messages, officers' words, stages, and what came by staffed channels as staff wrote it down.
use super::proofs::named;
use super::state::App;
use super::tasks::Task;
use crate::model::{
    ChannelName, ContactId, ConversationId, Direction, RequestId, StaffedChannel, TicketKind, TicketReference,
    Timestamp, Urgency,
};
use crate::store::{LogEntry, StoreError, TicketRow, Tx};
use crate::text::reference_key;
use serde::Serialize;

/// Whom something by a staffed channel is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Whoever a request belongs to; a person without an address is begun where nobody is known.
    Request(String),
    /// Whoever writes in a conversation.
    Conversation(ConversationId),
    /// Somebody who is known already.
    Contact(ContactId),
    /// Somebody new, by their name.
    Name(String),
}

/// Why nothing was written down; each says what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum TimelineError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No request has this reference.
    #[error("no request has the reference `{0}`; `awasir requests list` shows them")]
    NoRequest(String),
    /// Nobody is kept under this.
    #[error("nobody is kept under this; `awasir contacts find` looks for people")]
    Nobody,
    /// A request of several people.
    #[error("several people belong to this request: say whom with `--contact`, one of {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Several(Vec<ContactId>),
    /// Nothing to write down.
    #[error("nothing was said: write in a sentence what came")]
    Empty,
}

/// One moment of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// `telegram`, `telephone`, `ticket`, `request`…
    pub channel: String,
    /// `in`, `out` or `note`.
    pub direction: &'static str,
    /// `person`, `bot`, `officer:<name>` or who reported.
    pub author: String,
    /// The words. None once erased or purged, and where something has none.
    pub text: Option<String>,
}

impl App {
    /// Writes down what came by a staffed channel. Returns whose timeline it stands on.
    ///
    /// # Errors
    /// See [`TimelineError`]; nothing is kept then.
    pub async fn log_staffed(
        &self,
        whom: &Whom,
        channel: StaffedChannel,
        officer: &str,
        words: &str,
    ) -> Result<ContactId, TimelineError> {
        if words.trim().is_empty() {
            return Err(TimelineError::Empty);
        }
        let mut tx = self.store().begin().await?;
        let (contact, request) = self.find_or_begin(&mut tx, whom).await?;
        let entry = LogEntry {
            channel,
            direction: Direction::In,
            officer: officer.to_owned(),
            body: Some(words.trim().to_owned()),
            at: self.clock().now(),
        };
        tx.contact_log(self.clock().id(), (contact, request), &entry).await?;
        tx.audit(&**self.clock(), &format!("officer:{officer}"), "contact-log", &contact.to_string()).await?;
        tx.commit().await?;
        Ok(contact)
    }

    async fn find_or_begin(&self, tx: &mut Tx, whom: &Whom) -> Result<(ContactId, Option<RequestId>), TimelineError> {
        let now = self.clock().now();
        match whom {
            Whom::Contact(contact) => {
                self.store().contact_name(*contact).await?.ok_or(TimelineError::Nobody)?;
                Ok((*contact, None))
            }
            Whom::Conversation(conversation) => {
                let address = tx.address_facts(*conversation).await?.ok_or(TimelineError::Nobody)?;
                Ok((address.contact, None))
            }
            Whom::Name(name) => {
                let contact = ContactId(self.clock().id());
                tx.contact_begin(contact, Some(name.trim()), now).await?;
                Ok((contact, None))
            }
            Whom::Request(reference) => {
                let request = named(tx, &[reference_key(reference)]).await?;
                let request = request.ok_or_else(|| TimelineError::NoRequest(reference.clone()))?;
                let people = tx.people_of_request(request.id).await?;
                match people.as_slice() {
                    [one] => Ok((*one, Some(request.id))),
                    [] => {
                        let contact = ContactId(self.clock().id());
                        tx.contact_begin(contact, request.applicant.as_deref(), now).await?;
                        Ok((contact, Some(request.id)))
                    }
                    _ => Err(TimelineError::Several(people)),
                }
            }
        }
    }

    /// A task for staff about news of a request whose person has only staffed channels: now, or with the batch `hold`.
    pub(super) async fn task_of_news(
        &self,
        tx: &mut Tx,
        request: RequestId,
        hold: Option<&str>,
    ) -> Result<(), StoreError> {
        let Some((contact, channel)) = tx.only_staffed(request).await? else { return Ok(()) };
        if let Some(batch) = hold {
            return tx.call_hold(batch, request).await;
        }
        if tx.ticket_about(request, NEWS).await? {
            return Ok(());
        }
        let words = "there is an update on this person's request: tell them, after making sure who they are".to_owned();
        self.open_task(tx, task(contact, Some(request), channel, NEWS, words)).await.map(drop)
    }

    /// An officer's reply to somebody who has no address becomes a task: to call, or to write a letter.
    pub(super) async fn task_of_reply(
        &self,
        tx: &mut Tx,
        ticket: &TicketRow,
        contact: ContactId,
        words: &str,
    ) -> Result<TicketReference, StoreError> {
        let channel = tx.last_staffed(contact).await?.unwrap_or(StaffedChannel::Telephone);
        self.open_task(tx, task(contact, ticket.request, channel, "reply", words.to_owned())).await
    }

    /// Writes down how a task ended, on the timeline of whom it was about.
    pub(super) async fn log_outcome(
        &self,
        tx: &mut Tx,
        ticket: &TicketRow,
        officer: &str,
        outcome: &str,
    ) -> Result<(), StoreError> {
        let Some(contact) = ticket.contact else { return Ok(()) };
        let channel = match (StaffedChannel::parse(ticket.channel.as_str()), ticket.kind) {
            (Some(channel), _) => channel,
            (None, TicketKind::Letter) => StaffedChannel::Letter,
            (None, _) => StaffedChannel::Telephone,
        };
        let entry = LogEntry {
            channel,
            direction: Direction::Out,
            officer: officer.to_owned(),
            body: Some(outcome.to_owned()),
            at: self.clock().now(),
        };
        tx.contact_log(self.clock().id(), (contact, ticket.request), &entry).await
    }

    /// Everything on a person's timeline, the oldest first. None where nobody is kept under this id.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn timeline(&self, contact: ContactId, officer: &str) -> Result<Option<Vec<Moment>>, StoreError> {
        if self.store().contact_name(contact).await?.is_none() {
            return Ok(None);
        }
        let mut moments: Vec<Moment> = self.store().log_of_contact(contact).await?.into_iter().map(of_log).collect();
        for conversation in self.store().conversations_of(contact).await? {
            self.moments_of(conversation, &mut moments).await?;
        }
        let mut tx = self.store().begin().await?;
        let tickets = tx.tickets_of_contact(contact).await?;
        tx.audit(&**self.clock(), &format!("officer:{officer}"), "timeline", &contact.to_string()).await?;
        tx.commit().await?;
        for ticket in tickets {
            for entry in self.store().ticket_entries(ticket.id).await? {
                let (channel, author) = (format!("ticket {}", ticket.reference), entry.author);
                moments.push(Moment { at: entry.at, channel, direction: "note", author, text: entry.body });
            }
        }
        moments.sort_by_key(|moment| moment.at);
        Ok(Some(moments))
    }

    async fn moments_of(&self, conversation: ConversationId, moments: &mut Vec<Moment>) -> Result<(), StoreError> {
        let address = self.store().address_of(conversation).await?;
        let channel = address.map_or_else(String::new, |address| address.channel.to_string());
        for row in self.store().inbox_of(conversation).await? {
            let Some(crate::model::EventKind::Received { content, .. }) = &row.event else { continue };
            let text = content.text().map(str::to_owned);
            let (channel, author) = (channel.clone(), "person".to_owned());
            moments.push(Moment { at: row.received_at, channel, direction: "in", author, text });
        }
        for row in self.store().deliveries_of(conversation).await? {
            let text = row.part.map(|part| part.text.to_plain());
            let (channel, author) = (channel.clone(), "bot".to_owned());
            moments.push(Moment { at: row.created_at, channel, direction: "out", author, text });
        }
        Ok(())
    }

    /// A request's timeline: its stages, and what came by staffed channels about it. None where there is no such request.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn timeline_of_request(&self, reference: &str) -> Result<Option<Vec<Moment>>, StoreError> {
        let Some(file) = self.request(reference).await? else { return Ok(None) };
        let mut moments: Vec<Moment> =
            self.store().log_of_request(file.row.id).await?.into_iter().map(of_log).collect();
        moments.extend(file.stages.into_iter().map(|stage| Moment {
            at: stage.at,
            channel: "request".to_owned(),
            direction: "note",
            author: stage.source,
            text: Some([stage.stage.as_str(), stage.note.as_deref().unwrap_or_default()].join(" ").trim().to_owned()),
        }));
        moments.sort_by_key(|moment| moment.at);
        Ok(Some(moments))
    }

    /// People by the words of their name, or by a request's reference: id, and the name that staff wrote down.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn contacts_find(&self, what: &str) -> Result<Vec<(ContactId, Option<String>)>, StoreError> {
        let mut tx = self.store().begin().await?;
        let mut found = match named(&mut tx, &[reference_key(what)]).await? {
            Some(request) => tx.people_of_request(request.id).await?,
            None => Vec::new(),
        };
        drop(tx);
        found.extend(self.store().contacts_named(what).await?);
        let mut people = Vec::new();
        for contact in found {
            people.extend(self.store().contact_name(contact).await?.map(|name| (contact, name)));
        }
        Ok(people)
    }
}

/// The staff's word for news that somebody without an address is to be told of.
const NEWS: &str = "news";

fn task(
    contact: ContactId,
    request: Option<RequestId>,
    channel: StaffedChannel,
    topic: &'static str,
    words: String,
) -> Task {
    let kind = match channel {
        StaffedChannel::Telephone | StaffedChannel::Interview => TicketKind::Call,
        StaffedChannel::Letter | StaffedChannel::Embassy => TicketKind::Letter,
    };
    let channel = ChannelName::new(channel.as_str());
    Task { kind, urgency: Urgency::Normal, topic, request, contact: Some(contact), channel, words }
}

fn of_log(entry: LogEntry) -> Moment {
    Moment {
        at: entry.at,
        channel: entry.channel.as_str().to_owned(),
        direction: entry.direction.as_str(),
        author: format!("officer:{}", entry.officer),
        text: entry.body,
    }
}
