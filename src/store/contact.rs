//! Contacts: their language, their consents, what is kept of them, and its destruction.
use super::db::{Sql, on, on_rows, read, statements};
use super::rows::Rows;
use super::{Store, StoreError, Tx};
use crate::clock::Clock;
use crate::model::{ChannelName, ContactId, ConversationId, LocaleTag, Timestamp};
use uuid::Uuid;

statements! {
    OPT_OUT = Sql::same("update contacts set opted_out_at = $2 where id = $1");
    OF_CONVERSATION = Sql::same("select contact_id from addresses where id = $1");
    CONVERSATIONS = Sql::same("select id from addresses where contact_id = $1 order by created_at");
    COUNT_IN = Sql::same("select count(*), min(received_at) from inbox where event is not null
        and conversation_id in (select id from addresses where contact_id = $1) and transport <> 'awasir'");
    COUNT_OUT = Sql::same("select count(*) from messages
        where conversation_id in (select id from addresses where contact_id = $1)");
    CONSENTS = Sql::same("select kind, text_version, given_at from consents where contact_id = $1 and withdrawn_at is null
        order by given_at");
    AUDIT = Sql::same("insert into audit (id, at, actor, action, subject) values ($1, $2, $3, $4, $5)");
    ERASE_ENVELOPES = Sql::same("update envelopes set body = null where id in (select envelope_id from inbox
        where envelope_id is not null and conversation_id in (select id from addresses where contact_id = $1))");
    ERASE_TURNS = Sql::same("update turns set answers = null, conversation_id = null
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_INBOX = Sql::same("update inbox set event = null, conversation_id = null, status = 1
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_DELIVERIES = Sql::same("update deliveries set payload = null, conversation_id = null,
        status = case when status in ('queued', 'unknown') then 'superseded' else status end
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_MESSAGES = Sql::same("update messages set conversation_id = null
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_RATINGS = Sql::same("update ratings set conversation_id = null
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_ENTRIES = Sql::same("update ticket_entries set body = null
        where ticket_id in (select id from tickets where contact_id = $1)");
    ERASE_TICKETS = Sql::same("update tickets set contact_id = null, conversation_id = null, notify_at = null, status = 'closed'
        where contact_id = $1");
    ERASE_TIMERS = Sql::same("delete from timers where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_CONSENTS = Sql::same("delete from consents where contact_id = $1");
    ERASE_ASKS = Sql::same("delete from proof_asks where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_CODES = Sql::same("delete from proof_codes where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_LOCKS = Sql::same("delete from proof_locks where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_TRIES = Sql::same("delete from notice_tries where notice_id in (select id from notices where person = $1)
        or target in (select id from addresses where contact_id = $1)");
    ERASE_NOTICES = Sql::same("delete from notices where person = $1");
    ERASE_WATCHES = Sql::same("delete from watches where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_ATTESTED = Sql::same("delete from attested_contacts where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_PROOFS = Sql::same("delete from proofs where conversation_id in (select id from addresses where contact_id = $1)");
    // A paper that nobody has looked at is missing again; one that was accepted is in the association's file.
    ERASE_RECEIVED = Sql::same("update request_papers set state = 'missing' where state = 'received' and exists (
        select 1 from paper_files f where f.request_id = request_papers.request_id and f.paper = request_papers.kind
        and f.conversation_id in (select id from addresses where contact_id = $1))");
    ERASE_FILES = Sql::same("update paper_files set state = 'going', conversation_id = null
        where conversation_id in (select id from addresses where contact_id = $1)");
    ERASE_CONVERSATIONS = Sql::same("delete from conversations
        where id in (select id from addresses where contact_id = $1)");
    ERASE_ADDRESSES = Sql::same("delete from addresses where contact_id = $1");
    ERASE_CONTACT = Sql::same("delete from contacts where id = $1");
    NOTE_ERASURE = Sql::same("insert into erasures (conversation_id, at) values ($1, $2) on conflict (conversation_id) do nothing");
    ERASED_AT = Sql::same("select at from erasures where conversation_id = $1");
}

/// In the order that references demand.
const ERASE: &[Sql] = &[
    ERASE_ENVELOPES,
    ERASE_TURNS,
    ERASE_INBOX,
    ERASE_DELIVERIES,
    ERASE_MESSAGES,
    ERASE_RATINGS,
    ERASE_ENTRIES,
    ERASE_TICKETS,
    ERASE_TIMERS,
    ERASE_CONSENTS,
    ERASE_ASKS,
    ERASE_CODES,
    ERASE_LOCKS,
    ERASE_PROOFS,
    ERASE_TRIES,
    ERASE_NOTICES,
    ERASE_WATCHES,
    ERASE_ATTESTED,
    ERASE_RECEIVED,
    ERASE_FILES,
    ERASE_CONVERSATIONS,
    ERASE_ADDRESSES,
    ERASE_CONTACT,
];

const SET_LOCALES: Rows = Rows {
    head: "with v(id, locale) as (values ",
    row: "(?, ?)",
    typed: Some("(?::uuid, ?::text)"),
    tail: ") update contacts set locale = v.locale from v where contacts.id = v.id",
};
const INSERT_CONSENTS: Rows = Rows {
    head: "insert into consents (id, contact_id, channel, kind, text_version, given_at) values ",
    row: "(?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: "",
};

/// A consent, or that somebody was informed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub contact: ContactId,
    /// On which channel.
    pub channel: ChannelName,
    /// `informed` or `keep-ticket`.
    pub kind: String,
    /// The version of the text they were shown.
    pub text_version: String,
    /// When.
    pub at: Timestamp,
}

/// What is kept of a person, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyData {
    /// Messages of theirs.
    pub received: i64,
    /// Messages of ours.
    pub sent: i64,
    /// When the first was kept.
    pub since: Option<Timestamp>,
    /// Kind, version, when.
    pub consents: Vec<(String, String, Timestamp)>,
}

impl Tx {
    /// Keeps the languages of contacts.
    pub async fn contacts_locale(&mut self, all: &[(ContactId, LocaleTag)]) -> Result<(), StoreError> {
        on_rows!(self, SET_LOCALES, all, |query, row| query.bind(row.0.0).bind(row.1.as_str()));
        Ok(())
    }

    /// Keeps since when a person wants no messages nobody asked for; none: they do.
    pub async fn contact_opt_out(&mut self, contact: ContactId, since: Option<Timestamp>) -> Result<(), StoreError> {
        let at = since.map(Timestamp::as_micros);
        on!(self, OPT_OUT, |c, q| sqlx::query(q).bind(contact.0).bind(at).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Keeps consents.
    pub async fn consents_insert(&mut self, all: &[NewConsent]) -> Result<(), StoreError> {
        on_rows!(self, INSERT_CONSENTS, all, |query, row| query
            .bind(row.id)
            .bind(row.contact.0)
            .bind(row.channel.as_str())
            .bind(&row.kind)
            .bind(&row.text_version)
            .bind(row.at.as_micros()));
        Ok(())
    }

    /// Counts what is kept of a person.
    pub async fn contact_data(&mut self, contact: ContactId) -> Result<MyData, StoreError> {
        let (received, since): (i64, Option<i64>) =
            on!(self, COUNT_IN, |c, q| sqlx::query_as(q).bind(contact.0).fetch_one(c).await?);
        let (sent,): (i64,) = on!(self, COUNT_OUT, |c, q| sqlx::query_as(q).bind(contact.0).fetch_one(c).await?);
        let consents: Vec<(String, String, i64)> =
            on!(self, CONSENTS, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?);
        Ok(MyData {
            received,
            sent,
            since: since.map(Timestamp::from_micros),
            consents: consents
                .into_iter()
                .map(|(kind, version, at)| (kind, version, Timestamp::from_micros(at)))
                .collect(),
        })
    }

    /// Destroys what is kept of a person: texts, addresses, consents, state. What stays are keys that catch a platform's
    /// repeats, numbers without a person, and that an erasure took place.
    pub async fn contact_erase(&mut self, contact: ContactId, at: Timestamp) -> Result<(), StoreError> {
        let conversations: Vec<(Uuid,)> =
            on!(self, CONVERSATIONS, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?);
        for (conversation,) in conversations {
            on!(self, NOTE_ERASURE, |c, q| {
                sqlx::query(q).bind(conversation).bind(at.as_micros()).execute(c).await.map(drop)
            })?;
        }
        for statement in ERASE {
            on!(self, statement, |c, q| sqlx::query(q).bind(contact.0).execute(c).await.map(drop))?;
        }
        Ok(())
    }

    /// Keeps who did what to whose data.
    pub async fn audit(
        &mut self,
        clock: &dyn Clock,
        actor: &str,
        action: &str,
        subject: &str,
    ) -> Result<(), StoreError> {
        on!(self, AUDIT, |c, q| sqlx::query(q)
            .bind(clock.id())
            .bind(clock.now().as_micros())
            .bind(actor)
            .bind(action)
            .bind(subject)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// Whose a conversation is. None where it was erased.
    pub async fn contact_of(&self, conversation: ConversationId) -> Result<Option<ContactId>, StoreError> {
        let row: Option<(Uuid,)> =
            read!(self, OF_CONVERSATION, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_optional(c).await?);
        Ok(row.map(|(id,)| ContactId(id)))
    }

    /// A person's conversations.
    pub async fn conversations_of(&self, contact: ContactId) -> Result<Vec<ConversationId>, StoreError> {
        let rows: Vec<(Uuid,)> =
            read!(self, CONVERSATIONS, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
    }

    /// A person's consents: kind, version, when.
    pub async fn consents_of(&self, contact: ContactId) -> Result<Vec<(String, String, i64)>, StoreError> {
        Ok(read!(self, CONSENTS, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?))
    }

    /// When a conversation was erased. None where it was not.
    pub async fn erased_at(&self, conversation: ConversationId) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(i64,)> =
            read!(self, ERASED_AT, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_optional(c).await?);
        Ok(row.map(|(at,)| Timestamp::from_micros(at)))
    }
}
