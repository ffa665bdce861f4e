//! Whoever has proved nothing yet, or is not reached any more: the contact on file, where the association recorded that it may
//! be written to; else a task for staff.
use super::{App, NoticeRow, Plan, judge};
use crate::app::codes::Carrier;
use crate::app::tasks::Task;
use crate::model::{
    ChannelName, ContactKind, ConversationId, DeliveryId, Lane, LocaleTag, MessageId, NoticeKind, OutboundPart,
    TicketKind, Timestamp, Urgency, Value,
};
use crate::net::Mailer;
use crate::store::{ContactRow, NewDelivery, NewTry, NoticeMove, NoticeTry, RequestRow, StoreError, Tx};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// Letters to one contact at most: a mail server that is away comes back.
const LETTERS: usize = 3;
/// The wait before a contact is tried again, and twice as long before the last time.
const AGAIN: Duration = Duration::from_mins(30);
/// Digits of a reference that are shown: enough to know which of two, too few to ask with.
const SHOWN: usize = 4;
/// The staff's word for somebody whom nothing reaches.
const UNREACHED: &str = "notice-unreached";
/// The staff's word for a decision to be told.
const DECISION: &str = "decision";

/// A mail on its way. Prints nothing of itself.
pub(super) struct Letter {
    notice: Uuid,
    place: i16,
    mailer: Mailer,
    to: String,
    subject: String,
    text: String,
}

impl App {
    /// Decides a notice that no address of the person's takes.
    pub(super) async fn plan_on_file(
        &self,
        tx: &mut Tx,
        notice: &NoticeRow,
        tries: &[NoticeTry],
        now: Timestamp,
        plan: &mut Plan,
    ) -> Result<(), StoreError> {
        let moved = |state, tries, due_at| NoticeMove { id: notice.id, state, tries, due_at, told_at: None };
        // A reminder is for those who asked; and the file's contact is told once, whoever else was.
        if notice.kind == NoticeKind::Reminder || tx.notice_told(notice.request, &notice.matter).await? {
            plan.moves.push(moved("nobody", notice.tries, now));
            return Ok(());
        }
        let Some(request) = tx.request_by_id(notice.request).await? else { return Ok(()) };
        let contacts = tx.request_contacts(notice.request).await?;
        // Somebody else's notice of the same has gone to the file, and may have arrived: what it comes to is its own matter.
        let by_another = tx.notice_on_file_elsewhere(notice.id, notice.request, &notice.matter).await?;
        if by_another || plan.tries.iter().any(|one| contacts.iter().any(|contact| contact.id == one.target)) {
            plan.moves.push(moved("nobody", notice.tries, now));
            return Ok(());
        }
        let Some((contact, carrier, before)) = self.next_contact(&contacts, tries) else {
            self.unreached_task(tx, &request, &contacts).await?;
            plan.moves.push(moved("nobody", notice.tries, now));
            return Ok(());
        };
        let country = request.country.as_deref();
        let rested = before.map_or(now, |(letters, last)| last + AGAIN * u32::try_from(letters).unwrap_or(1));
        let begins = self.quiet_until(rested.max(now), country);
        if begins > now {
            plan.moves.push(moved("trying", notice.tries, begins));
            return Ok(());
        }
        let mut message = None;
        match carrier {
            Carrier::Transport(transport) => {
                let delivery = self.file_delivery(&*transport, contact, &request, now);
                message = Some(delivery.message);
                tx.deliveries_insert(&[delivery]).await?;
            }
            Carrier::Mail(mailer) => plan.letters.push(Letter {
                notice: notice.id,
                place: notice.tries,
                mailer,
                to: contact.value.clone(),
                subject: self.file_words("notice-file-subject", &request).0,
                text: self.file_words("notice-file", &request).0,
            }),
        }
        plan.tries.push(NewTry { notice: notice.id, place: notice.tries, target: contact.id, event: None, message });
        plan.moves.push(moved("trying", notice.tries + 1, now + judge::FIRST_LOOK));
        Ok(())
    }

    /// The contact to write to: the one written to least, with how often and when last. One that a try may have reached is
    /// never written to again; a transport tries again by itself for as long as it knows that nothing went through.
    fn next_contact<'a>(
        &self,
        contacts: &'a [ContactRow],
        tries: &[NoticeTry],
    ) -> Option<(&'a ContactRow, Carrier, Option<(usize, Timestamp)>)> {
        let letters = |contact: &ContactRow| tries.iter().filter(|tried| tried.target == contact.id).count();
        let reached = |contact: &ContactRow| {
            tries.iter().any(|tried| tried.target == contact.id && tried.outcome.as_deref() != Some("failed"))
        };
        let may = contacts.iter().filter(|one| one.consent && letters(one) < LETTERS && !reached(one));
        let mut may: Vec<&ContactRow> = may.collect();
        may.sort_by_key(|contact| letters(contact));
        let (contact, carrier) = may.into_iter().find_map(|contact| Some((contact, self.carrier(contact.kind)?)))?;
        let last = tries.iter().filter(|tried| tried.target == contact.id).map(|tried| tried.at).max();
        Some((contact, carrier, last.map(|last| (letters(contact), last))))
    }

    fn file_delivery(
        &self,
        transport: &dyn crate::channels::Transport,
        contact: &ContactRow,
        request: &RequestRow,
        at: Timestamp,
    ) -> NewDelivery {
        NewDelivery {
            part: OutboundPart {
                delivery: DeliveryId(self.clock().id()),
                conversation: ConversationId(Uuid::nil()),
                to: contact.value.clone(),
                text: self.file_words("notice-file", request).1,
                choices: Vec::new(),
                share: None,
                picture: None,
                locale: LocaleTag::ARABIC,
            },
            message: MessageId(self.clock().id()),
            transport: transport.name(),
            account: transport.account(),
            lane: Lane::Notice,
            place: 0,
            at,
            due_at: at,
            country: request.country.clone(),
            first_try: None,
        }
    }

    /// What a contact on file reads, plain and rich: whose message it is and which request, nothing of what happened.
    fn file_words(&self, phrase: &str, request: &RequestRow) -> (String, crate::model::Rich) {
        let digits: Vec<char> = request.reference.chars().filter(char::is_ascii_alphanumeric).collect();
        let shown = digits[digits.len().saturating_sub(SHOWN.min(digits.len() / 2))..].iter().collect();
        let args = BTreeMap::from([("digits".to_owned(), Value::Text(shown))]);
        let rich = self.catalog().phrase(&LocaleTag::ARABIC, phrase, &args);
        (crate::text::strip_isolates(&rich.to_plain()).into_owned(), rich)
    }

    /// Sends a mail, and writes down what became of it. One whose end is not written down counts as maybe sent.
    pub(super) async fn send_letter(&self, letter: Letter) -> Result<(), StoreError> {
        let sent = letter.mailer.send(&letter.to, &letter.subject, letter.text).await.is_ok();
        let outcome = if sent { "accepted" } else { "failed" };
        metrics::counter!("awasir_file_notices_total", "outcome" => outcome).increment(1);
        let mut tx = self.store().begin().await?;
        tx.notice_outcome(letter.notice, letter.place, outcome).await?;
        tx.commit().await
    }

    /// Nothing reaches this person: staff call, or write.
    async fn unreached_task(
        &self,
        tx: &mut Tx,
        request: &RequestRow,
        contacts: &[ContactRow],
    ) -> Result<(), StoreError> {
        if tx.ticket_about(request.id, UNREACHED).await? {
            return Ok(());
        }
        let telephone = contacts.iter().any(|contact| contact.kind == ContactKind::Telephone);
        let task = Task {
            kind: if telephone { TicketKind::Call } else { TicketKind::Letter },
            urgency: Urgency::Normal,
            topic: UNREACHED,
            request: Some(request.id),
            contact: None,
            channel: ChannelName::new(if telephone { "telephone" } else { "letter" }),
            words: format!(
                "request {}: there is news and no channel reaches the family. `awasir requests show {}` has what is on file; \
                 `awasir contacts log` keeps what was said",
                request.reference, request.reference
            ),
        };
        self.open_task(tx, task).await.map(drop)
    }

    /// Where an officer tells decisions: that there is one to be told.
    pub(super) async fn decision_task(&self, tx: &mut Tx, notice: &NoticeRow) -> Result<(), StoreError> {
        if self.settings().engine.bot_tells_decision || tx.ticket_about(notice.request, DECISION).await? {
            return Ok(());
        }
        let Some(request) = tx.request_by_id(notice.request).await? else { return Ok(()) };
        let task = Task {
            kind: TicketKind::Call,
            urgency: Urgency::Normal,
            topic: DECISION,
            request: Some(request.id),
            contact: notice.person,
            channel: ChannelName::new("telephone"),
            words: format!(
                "request {}: it is decided and the family waits to hear it from you, in their daytime. `awasir requests show {}` has \
                 the decision and how they are reached",
                request.reference, request.reference
            ),
        };
        self.open_task(tx, task).await.map(drop)
    }
}
