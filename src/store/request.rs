//! Requests: where each is, how it came there, what is missing, and whom its file names.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{ContactKind, Holder, PaperFacts, PaperState, RequestFacts, RequestId, Ruling, Stage, Timestamp};
use crate::seal::Sealed;
use uuid::Uuid;

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "select id, reference, embassy_reference, stage, holder, ruling, since, source, received_at, country, applicant, updated_at
                from requests ",
            $rest
        )
    };
}

pub(super) mod list;

pub use list::RequestList;

statements! {
    PUT = Sql::same("insert into requests (id, reference, folded, embassy_reference, embassy_folded, stage, holder, ruling,
        since, source, received_at, country, applicant, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
        on conflict (id) do update set embassy_reference = excluded.embassy_reference, embassy_folded = excluded.embassy_folded,
        stage = excluded.stage, holder = excluded.holder, ruling = excluded.ruling, since = excluded.since,
        source = excluded.source, received_at = excluded.received_at, country = excluded.country,
        applicant = excluded.applicant, updated_at = excluded.updated_at");
    FIND = Sql::same(columns!("where folded = $1"));
    FIND_EMBASSY = Sql::same(columns!("where embassy_folded = $1 limit 2"));
    BY_ID = Sql::same(columns!("where id = $1"));
    COUNTRY = Sql::same("select country from requests where id = $1");
    LIST = Sql::same(columns!("where $1 = '' or stage = $1 order by since desc limit $2"));
    STAGE = Sql::same("insert into request_stages (id, request_id, stage, holder, ruling, at, source, note, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    STAGES = Sql::same("select id, stage, holder, ruling, at, source, note from request_stages where request_id = $1
        order by recorded_at, id");
    PAPER = Sql::same("insert into request_papers (request_id, kind, state, since, source, reason)
        values ($1, $2, $3, $4, $5, $6) on conflict (request_id, kind) do update set state = excluded.state,
        since = excluded.since, source = excluded.source, reason = excluded.reason");
    PAPERS = Sql::same("select kind, state, since, reason from request_papers where request_id = $1 order by since, kind");
    CONTACT = Sql::same("insert into request_contacts (id, request_id, kind, value, hash, consent, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (request_id, hash) do update set consent = excluded.consent where request_contacts.consent <> excluded.consent");
    CONTACTS = Sql::same("select id, kind, value, consent, recorded_at from request_contacts where request_id = $1
        order by recorded_at, id");
    COUNT_UP = Sql::same("insert into counters (name, value) values ($1, 1)
        on conflict (name) do update set value = counters.value + 1 returning value");
}

const APPLICANT: &str = "requests.applicant";
const NOTE: &str = "request_stages.note";
const REASON: &str = "request_papers.reason";
const VALUE: &str = "request_contacts.value";

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Its id.
    pub id: RequestId,
    /// Its reference, as the association writes it.
    pub reference: String,
    /// The embassy's own number for it.
    pub embassy_reference: Option<String>,
    /// Where it is.
    pub stage: Stage,
    /// Who has it.
    pub holder: Holder,
    /// What was decided.
    pub ruling: Option<Ruling>,
    /// Since when it is there.
    pub since: Timestamp,
    /// Who reported that.
    pub source: String,
    /// When the association received it.
    pub received_at: Option<Timestamp>,
    /// The country it comes from, ISO 3166-1.
    pub country: Option<String>,
    /// The name in its file.
    pub applicant: Option<String>,
    /// When anything of it changed last.
    pub updated_at: Timestamp,
}

/// A stage that was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRow {
    /// Which.
    pub stage: Stage,
    /// Who had the request from then on.
    pub holder: Holder,
    /// What was decided, if that was it.
    pub ruling: Option<Ruling>,
    /// When it happened.
    pub at: Timestamp,
    /// Who reported it.
    pub source: String,
    /// A note for staff.
    pub note: Option<String>,
}

/// A paper of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// The name staff gave it.
    pub kind: String,
    /// Where it is.
    pub state: PaperState,
    /// Since when.
    pub since: Timestamp,
    /// Why it went back, for the person.
    pub reason: Option<String>,
}

/// A contact that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: ContactKind,
    /// The telephone or the address.
    pub value: String,
    /// Whether the association recorded that it may be written to.
    pub consent: bool,
    /// When the association recorded it.
    pub recorded_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    embassy_reference: Option<String>,
    stage: String,
    holder: String,
    ruling: Option<String>,
    since: i64,
    source: String,
    received_at: Option<i64>,
    country: Option<String>,
    applicant: Option<Vec<u8>>,
    updated_at: i64,
}

fn stage(word: &str) -> Result<Stage, StoreError> {
    Stage::parse(word).ok_or(StoreError::Word("requests.stage"))
}

fn holder(word: &str) -> Result<Holder, StoreError> {
    Holder::parse(word).ok_or(StoreError::Word("requests.holder"))
}

fn ruling(word: Option<String>) -> Result<Option<Ruling>, StoreError> {
    word.map(|word| Ruling::parse(&word).ok_or(StoreError::Word("requests.ruling"))).transpose()
}

impl Row {
    fn open(self, ring: &crate::seal::KeyRing) -> Result<RequestRow, StoreError> {
        let open = |bytes: Vec<u8>| Sealed::from_bytes(bytes).open(ring, APPLICANT, self.id);
        let applicant = self.applicant.map(open).transpose();
        Ok(RequestRow {
            id: RequestId(self.id),
            reference: self.reference,
            embassy_reference: self.embassy_reference,
            stage: stage(&self.stage)?,
            holder: holder(&self.holder)?,
            ruling: ruling(self.ruling)?,
            since: Timestamp::from_micros(self.since),
            source: self.source,
            received_at: self.received_at.map(Timestamp::from_micros),
            country: self.country,
            applicant: applicant.map_err(|source| StoreError::Seal { column: APPLICANT, source })?,
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

impl Tx {
    /// Keeps a request as `row` says; the reference of one that is there stays. `folded` is its key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where another request has the reference.
    pub async fn request_put(
        &mut self,
        row: &RequestRow,
        (folded, embassy_folded): (&str, Option<&str>),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let applicant =
            row.applicant.as_ref().map(|name| Sealed::seal(&self.ring, APPLICANT, row.id.0, name).into_bytes());
        on!(self, PUT, |c, q| sqlx::query(q)
            .bind(row.id.0)
            .bind(&row.reference)
            .bind(folded)
            .bind(&row.embassy_reference)
            .bind(embassy_folded)
            .bind(row.stage.as_str())
            .bind(row.holder.as_str())
            .bind(row.ruling.map(Ruling::as_str))
            .bind(row.since.as_micros())
            .bind(&row.source)
            .bind(row.received_at.map(Timestamp::as_micros))
            .bind(&row.country)
            .bind(applicant)
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The request of a reference's key.
    pub async fn request_find(&mut self, folded: &str) -> Result<Option<RequestRow>, StoreError> {
        let row: Option<Row> = on!(self, FIND, |c, q| sqlx::query_as(q).bind(folded).fetch_optional(c).await?);
        row.map(|row| row.open(&self.ring)).transpose()
    }

    /// A request by its id.
    pub async fn request_by_id(&mut self, id: RequestId) -> Result<Option<RequestRow>, StoreError> {
        let row: Option<Row> = on!(self, BY_ID, |c, q| sqlx::query_as(q).bind(id.0).fetch_optional(c).await?);
        row.map(|row| row.open(&self.ring)).transpose()
    }

    /// The country a request comes from. None where that is not known.
    pub async fn request_country(&mut self, id: RequestId) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> =
            on!(self, COUNTRY, |c, q| sqlx::query_as(q).bind(id.0).fetch_optional(c).await?);
        Ok(row.and_then(|(country,)| country))
    }

    /// The one request with this number of the embassy's. None where there are several: numbers of two embassies may be equal.
    pub async fn request_of_embassy(&mut self, folded: &str) -> Result<Option<RequestRow>, StoreError> {
        let rows: Vec<Row> = on!(self, FIND_EMBASSY, |c, q| sqlx::query_as(q).bind(folded).fetch_all(c).await?);
        match <[Row; 1]>::try_from(rows) {
            Ok([row]) => row.open(&self.ring).map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Notes that a stage was reported.
    pub async fn request_stage(
        &mut self,
        id: Uuid,
        request: RequestId,
        row: &StageRow,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let note = row.note.as_ref().map(|note| Sealed::seal(&self.ring, NOTE, id, note).into_bytes());
        on!(self, STAGE, |c, q| sqlx::query(q)
            .bind(id)
            .bind(request.0)
            .bind(row.stage.as_str())
            .bind(row.holder.as_str())
            .bind(row.ruling.map(Ruling::as_str))
            .bind(row.at.as_micros())
            .bind(&row.source)
            .bind(note)
            .bind(now.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Says where a paper is.
    pub async fn request_paper(&mut self, request: RequestId, row: &PaperRow, source: &str) -> Result<(), StoreError> {
        let reason = row.reason.as_ref();
        let reason = reason.map(|words| Sealed::seal(&self.ring, &reason_of(&row.kind), request.0, words).into_bytes());
        on!(self, PAPER, |c, q| sqlx::query(q)
            .bind(request.0)
            .bind(&row.kind)
            .bind(row.state.as_str())
            .bind(row.since.as_micros())
            .bind(source)
            .bind(reason)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The papers of a request, the oldest first.
    pub async fn request_papers(&mut self, request: RequestId) -> Result<Vec<PaperRow>, StoreError> {
        let rows: Vec<(String, String, i64, Option<Vec<u8>>)> =
            on!(self, PAPERS, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        rows.into_iter().map(|row| paper(&self.ring, request, row)).collect()
    }

    /// Keeps a contact that a file names. Once under its value.
    pub async fn request_contact(&mut self, request: RequestId, row: &ContactRow) -> Result<(), StoreError> {
        let hash = contact_hash(&self.ring, row.kind, &row.value);
        let value = Sealed::seal(&self.ring, VALUE, row.id, &row.value).into_bytes();
        on!(self, CONTACT, |c, q| sqlx::query(q)
            .bind(row.id)
            .bind(request.0)
            .bind(row.kind.as_str())
            .bind(value)
            .bind(hash)
            .bind(row.consent)
            .bind(row.recorded_at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The contacts that a request's file names.
    pub async fn request_contacts(&mut self, request: RequestId) -> Result<Vec<ContactRow>, StoreError> {
        type Row = (Uuid, String, Vec<u8>, bool, i64);
        let rows: Vec<Row> = on!(self, CONTACTS, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        rows.into_iter()
            .map(|(id, kind, value, consent, recorded_at)| {
                Ok(ContactRow {
                    id,
                    kind: ContactKind::parse(&kind).ok_or(StoreError::Word("request_contacts.kind"))?,
                    value: Sealed::from_bytes(value)
                        .open(&self.ring, VALUE, id)
                        .map_err(|source| StoreError::Seal { column: VALUE, source })?,
                    consent,
                    recorded_at: Timestamp::from_micros(recorded_at),
                })
            })
            .collect()
    }

    /// What may be told of a request to whom it is proved.
    pub async fn request_facts(&mut self, request: RequestId) -> Result<Option<RequestFacts>, StoreError> {
        let row: Option<Row> = on!(self, BY_ID, |c, q| sqlx::query_as(q).bind(request.0).fetch_optional(c).await?);
        let Some(row) = row.map(|row| row.open(&self.ring)).transpose()? else { return Ok(None) };
        let wanted = |paper: &PaperRow| matches!(paper.state, PaperState::Missing | PaperState::Returned);
        let papers = self.request_papers(request).await?;
        let missing = papers.iter().filter(|paper| wanted(paper)).map(|paper| paper.kind.clone()).collect();
        let open = papers.into_iter().filter(|paper| paper.state != PaperState::Accepted);
        let papers = open.map(|row| PaperFacts { name: row.kind, state: row.state, reason: row.reason }).collect();
        Ok(Some(RequestFacts {
            id: row.id,
            reference: row.reference,
            stage: row.stage,
            holder: row.holder,
            since: row.since,
            source: row.source,
            received_at: row.received_at,
            ruling: row.ruling,
            missing,
            papers,
            page: false,
        }))
    }

    /// The next number of a counter, from 1.
    pub async fn count_up(&mut self, name: &str) -> Result<i64, StoreError> {
        let (value,): (i64,) = on!(self, COUNT_UP, |c, q| sqlx::query_as(q).bind(name).fetch_one(c).await?);
        Ok(value)
    }
}

impl Store {
    /// Requests, the newest stage first; of one stage, or of all.
    pub async fn requests(&self, stage: Option<Stage>, most: i64) -> Result<Vec<RequestRow>, StoreError> {
        let stage = stage.map_or("", Stage::as_str);
        let rows: Vec<Row> = read!(self, LIST, |c, q| sqlx::query_as(q).bind(stage).bind(most).fetch_all(c).await?);
        rows.into_iter().map(|row| row.open(self.ring())).collect()
    }

    /// Every stage of a request that was reported, in order.
    pub async fn request_stages(&self, request: RequestId) -> Result<Vec<StageRow>, StoreError> {
        type Stages = (Uuid, String, String, Option<String>, i64, String, Option<Vec<u8>>);
        let rows: Vec<Stages> = read!(self, STAGES, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        rows.into_iter()
            .map(|(id, word, has, ruled, at, source, note)| {
                let note = note.map(|bytes| Sealed::from_bytes(bytes).open(self.ring(), NOTE, id)).transpose();
                Ok(StageRow {
                    stage: stage(&word)?,
                    holder: holder(&has)?,
                    ruling: ruling(ruled)?,
                    at: Timestamp::from_micros(at),
                    source,
                    note: note.map_err(|source| StoreError::Seal { column: NOTE, source })?,
                })
            })
            .collect()
    }
}

fn paper(
    ring: &crate::seal::KeyRing,
    request: RequestId,
    (kind, state, since, reason): (String, String, i64, Option<Vec<u8>>),
) -> Result<PaperRow, StoreError> {
    let state = PaperState::parse(&state).ok_or(StoreError::Word("request_papers.state"))?;
    let reason = reason.map(|bytes| Sealed::from_bytes(bytes).open(ring, &reason_of(&kind), request.0)).transpose();
    let reason = reason.map_err(|source| StoreError::Seal { column: REASON, source })?;
    Ok(PaperRow { kind, state, since: Timestamp::from_micros(since), reason })
}

/// What a reason is sealed for: its paper, and with the request's id its row.
fn reason_of(paper: &str) -> String {
    format!("{REASON}/{paper}")
}

/// By what a contact is found without being opened.
pub(super) fn contact_hash(ring: &crate::seal::KeyRing, kind: ContactKind, value: &str) -> Vec<u8> {
    ring.hash(&[b"contact", kind.as_str().as_bytes(), value.as_bytes()]).to_vec()
}
