//! What came and went by staffed channels, and people who have no address: names sealed, found by the keyed hashes of their words.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{ContactId, Direction, RequestId, StaffedChannel, Timestamp};
use crate::seal::Sealed;
use crate::text;
use uuid::Uuid;

statements! {
    NEW = Sql::same("insert into contacts (id, created_at, name) values ($1, $2, $3)");
    WORD = Sql::same("insert into contact_words (contact_id, hash) values ($1, $2) on conflict (contact_id, hash) do nothing");
    BY_WORD = Sql::same("select contact_id from contact_words where hash = $1 limit 1000");
    NAME = Sql::same("select name from contacts where id = $1");
    LOG = Sql::same("insert into contact_log (id, contact_id, request_id, channel, direction, officer, body, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)");
    OF_CONTACT = Sql::same("select id, channel, direction, officer, body, at from contact_log where contact_id = $1 order by at, id");
    OF_REQUEST = Sql::same("select id, channel, direction, officer, body, at from contact_log where request_id = $1 order by at, id");
    PEOPLE_OF = Sql::same("select contact_id from contact_log where request_id = $1 and contact_id is not null
        union select a.contact_id from proofs p join addresses a on a.id = p.conversation_id
        where p.request_id = $1 and p.ended_at is null");
    ONLY_STAFFED = Sql::same("select contact_id, channel from contact_log where request_id = $1 and contact_id is not null
        and not exists (select 1 from addresses a where a.contact_id = contact_log.contact_id) order by at desc limit 1");
    LAST_CHANNEL = Sql::same("select contact_id, channel from contact_log where contact_id = $1 order by at desc limit 1");
    HOLD = Sql::same("insert into held_calls (batch, request_id) values ($1, $2) on conflict (batch, request_id) do nothing");
    TAKE = Sql::same("delete from held_calls where batch = $1 returning request_id");
}

const NAME_COLUMN: &str = "contacts.name";
const BODY: &str = "contact_log.body";

/// Something that came or went by a staffed channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// By which.
    pub channel: StaffedChannel,
    /// Which way.
    pub direction: Direction,
    /// Who wrote it down.
    pub officer: String,
    /// In their words. None once erased.
    pub body: Option<String>,
    /// When.
    pub at: Timestamp,
}

type Row = (Uuid, String, String, String, Option<Vec<u8>>, i64);

impl Tx {
    /// Begins a person who has no address.
    pub async fn contact_begin(&mut self, id: ContactId, name: Option<&str>, at: Timestamp) -> Result<(), StoreError> {
        let sealed = name.map(|name| Sealed::seal(&self.ring, NAME_COLUMN, id.0, &name.to_owned()).into_bytes());
        on!(self, NEW, |c, q| sqlx::query(q).bind(id.0).bind(at.as_micros()).bind(sealed).execute(c).await.map(drop))?;
        for hash in word_hashes(&self.ring, name.unwrap_or_default()) {
            on!(self, WORD, |c, q| sqlx::query(q).bind(id.0).bind(hash).execute(c).await.map(drop))?;
        }
        Ok(())
    }

    /// Keeps what came or went.
    pub async fn contact_log(
        &mut self,
        id: Uuid,
        (contact, request): (ContactId, Option<RequestId>),
        entry: &LogEntry,
    ) -> Result<(), StoreError> {
        let body = entry.body.as_ref().map(|body| Sealed::seal(&self.ring, BODY, id, body).into_bytes());
        on!(self, LOG, |c, q| sqlx::query(q)
            .bind(id)
            .bind(contact.0)
            .bind(request.map(|request| request.0))
            .bind(entry.channel.as_str())
            .bind(entry.direction.as_str())
            .bind(&entry.officer)
            .bind(body)
            .bind(entry.at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Whom a request belongs to, as far as staff wrote down or somebody proved.
    pub async fn people_of_request(&mut self, request: RequestId) -> Result<Vec<ContactId>, StoreError> {
        let rows: Vec<(Uuid,)> = on!(self, PEOPLE_OF, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(id,)| ContactId(id)).collect())
    }

    /// The person of a request who has no address, and the staffed channel they used last. None where there is none.
    pub async fn only_staffed(
        &mut self,
        request: RequestId,
    ) -> Result<Option<(ContactId, StaffedChannel)>, StoreError> {
        let row: Option<(Uuid, String)> =
            on!(self, ONLY_STAFFED, |c, q| sqlx::query_as(q).bind(request.0).fetch_optional(c).await?);
        row.map(|(id, word)| Ok((ContactId(id), channel(&word)?))).transpose()
    }

    /// The staffed channel that a person used last.
    pub async fn last_staffed(&mut self, contact: ContactId) -> Result<Option<StaffedChannel>, StoreError> {
        let row: Option<(Option<Uuid>, String)> =
            on!(self, LAST_CHANNEL, |c, q| sqlx::query_as(q).bind(contact.0).fetch_optional(c).await?);
        row.map(|(_, word)| channel(&word)).transpose()
    }

    /// Keeps that a task for staff waits for a batch.
    pub async fn call_hold(&mut self, batch: &str, request: RequestId) -> Result<(), StoreError> {
        on!(self, HOLD, |c, q| sqlx::query(q).bind(batch).bind(request.0).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Takes the tasks that wait for a batch: about which requests.
    pub async fn calls_take(&mut self, batch: &str) -> Result<Vec<RequestId>, StoreError> {
        let rows: Vec<(Uuid,)> = on!(self, TAKE, |c, q| sqlx::query_as(q).bind(batch).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(id,)| RequestId(id)).collect())
    }
}

impl Store {
    /// People whose name has all these words, in any spelling.
    pub async fn contacts_named(&self, name: &str) -> Result<Vec<ContactId>, StoreError> {
        let mut found: Option<Vec<Uuid>> = None;
        for hash in word_hashes(self.ring(), name) {
            let rows: Vec<(Uuid,)> = read!(self, BY_WORD, |c, q| sqlx::query_as(q).bind(hash).fetch_all(c).await?);
            let these: Vec<Uuid> = rows.into_iter().map(|(id,)| id).collect();
            found = Some(match found {
                None => these,
                Some(before) => before.into_iter().filter(|id| these.contains(id)).collect(),
            });
        }
        Ok(found.unwrap_or_default().into_iter().map(ContactId).collect())
    }

    /// The name that staff wrote down. None where there is none, or nobody; the outer one where there is nobody.
    pub async fn contact_name(&self, contact: ContactId) -> Result<Option<Option<String>>, StoreError> {
        let row: Option<(Option<Vec<u8>>,)> =
            read!(self, NAME, |c, q| sqlx::query_as(q).bind(contact.0).fetch_optional(c).await?);
        let Some((name,)) = row else { return Ok(None) };
        let open = |bytes| Sealed::from_bytes(bytes).open(self.ring(), NAME_COLUMN, contact.0);
        let name = name.map(open).transpose();
        name.map(Some).map_err(|source| StoreError::Seal { column: NAME_COLUMN, source })
    }

    /// What came and went by staffed channels: of a person.
    pub async fn log_of_contact(&self, contact: ContactId) -> Result<Vec<LogEntry>, StoreError> {
        let rows: Vec<Row> = read!(self, OF_CONTACT, |c, q| sqlx::query_as(q).bind(contact.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.log_entry(row)).collect()
    }

    /// The same of a request.
    pub async fn log_of_request(&self, request: RequestId) -> Result<Vec<LogEntry>, StoreError> {
        let rows: Vec<Row> = read!(self, OF_REQUEST, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        rows.into_iter().map(|row| self.log_entry(row)).collect()
    }

    fn log_entry(&self, (id, word, way, officer, body, at): Row) -> Result<LogEntry, StoreError> {
        let body = body.map(|bytes| Sealed::from_bytes(bytes).open(self.ring(), BODY, id)).transpose();
        Ok(LogEntry {
            channel: channel(&word)?,
            direction: Direction::parse(&way).ok_or(StoreError::Word("contact_log.direction"))?,
            officer,
            body: body.map_err(|source| StoreError::Seal { column: BODY, source })?,
            at: Timestamp::from_micros(at),
        })
    }
}

fn channel(word: &str) -> Result<StaffedChannel, StoreError> {
    StaffedChannel::parse(word).ok_or(StoreError::Word("contact_log.channel"))
}

/// By what the words of a name are found, each once.
fn word_hashes(ring: &crate::seal::KeyRing, name: &str) -> Vec<Vec<u8>> {
    let folded = text::fold(name);
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|word| ring.hash(&[b"name", word.as_bytes()]).to_vec()).collect()
}
