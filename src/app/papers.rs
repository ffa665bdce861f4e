//! Papers that people send on our own page: who may, what is taken, and the receipt. In this order, so that a crash leaves no
//! file without a row and nobody with a receipt for nothing:
//!
//! 1. a row `writing` is committed; 2. the sealed bytes are written under its id; 3. in one commit the row becomes `clean`,
//!    `unscanned` or `infected`, the paper `received`, the person and the officers are told.
//!
//! What stays `writing` was cut off: file and row are deleted after an hour. Who erases or outlives a file marks its row
//! `going` in the same transaction; then the file is deleted, then the row.
mod desk;
mod link;
mod settings;
mod tend;

pub(super) use settings::SETTINGS;
pub(super) use tend::QUARANTINE;

pub use settings::PaperSettings;

use super::intake::happen;
use super::proofs::MOST_TOLD;
use super::state::App;
use super::turns::seed;
use crate::documents::{Paper, read_paper};
use crate::files::{FileError, Files, Verdict};
use crate::model::{
    ConversationId, EventKind, FileState, PaperFacts, PaperFault, PaperState, RequestFacts, RequestId, TicketId,
    TicketKind, TicketReference, Timestamp, Urgency,
};
use crate::store::{FileRow, NewTicket, PaperRow, StoreError, TicketEntry, Tx};
use link::Link;
use std::time::Duration;
use uuid::Uuid;

/// What a file is sealed for, with its id.
const COLUMN: &[u8] = b"paper_files/";
/// Files of a request are counted over this time.
const HOUR: Duration = Duration::from_hours(1);
/// What tickets about papers are about.
const TOPIC: &str = "papers";
const TOPIC_INFECTED: &str = "papers-infected";

/// What the page shows: as little as it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersPage {
    /// The last digits of the request's reference.
    pub reference_end: String,
    /// Papers that are not in order yet.
    pub papers: Vec<PaperFacts>,
}

/// A file that somebody sends.
#[derive(Debug)]
pub struct Upload {
    /// What the link carried.
    pub token: String,
    /// The paper's name.
    pub paper: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is kept.
    Kept,
    /// It is kept, and will be scanned before anybody opens it.
    Unscanned,
    /// The same file was kept before.
    Known,
}

/// Why the page shows or takes nothing.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    /// Not a link of ours, too old, or the proof on that address has ended. All three look the same.
    #[error("no such link")]
    Link,
    /// No such paper is waited for.
    #[error("no such paper")]
    NoPaper,
    /// Enough for this hour.
    #[error("too many files")]
    TooMany,
    /// This file is not taken.
    #[error("refused: {0}")]
    Fault(PaperFault),
    /// Too many are looked at just now, or this one is being deleted: again in a moment.
    #[error("busy")]
    Busy,
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file was not written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl App {
    /// What the page of a link shows.
    ///
    /// # Errors
    /// [`PapersError::Link`], or where the database does not answer.
    pub async fn papers_page(&self, token: &str) -> Result<PapersPage, PapersError> {
        let (_, facts) = self.linked(token).await?;
        let digits: Vec<char> = facts.reference.chars().filter(char::is_ascii_digit).collect();
        let reference_end = digits[digits.len().saturating_sub(4)..].iter().collect();
        Ok(PapersPage { reference_end, papers: facts.papers })
    }

    /// Takes a file. On return it is kept for good.
    ///
    /// # Errors
    /// See [`PapersError`].
    pub async fn paper_take(&self, upload: Upload) -> Result<Taken, PapersError> {
        let (conversation, facts) = self.linked(&upload.token).await?;
        let paper = facts.papers.iter().find(|paper| super::requests::same_paper(&paper.name, &upload.paper));
        let paper = paper.ok_or(PapersError::NoPaper)?.name.clone();
        let files = self.settings().papers.files.clone().ok_or(PapersError::Busy)?;
        let hash = self.store().ring().hash(&[b"paper", &upload.bytes]).to_vec();
        self.room(&facts, &paper, &hash).await?;
        let (read, raw) = self.look_at(upload.bytes).await?;
        let verdict = self.scan(&raw).await;
        let (form, bytes) = match (&read, verdict) {
            // Quarantine keeps what came, for whoever looks into it.
            (_, Some(Verdict::Infected)) => (read.as_ref().map_or(crate::model::PaperForm::Pdf, |read| read.form), raw),
            (Err(fault), _) => return Err(PapersError::Fault(*fault)),
            (Ok(read), _) => (read.form, read.bytes.clone()),
        };
        let state = match verdict {
            Some(Verdict::Infected) => FileState::Infected,
            Some(Verdict::Clean) => FileState::Clean,
            None if self.settings().papers.scanner.is_none() => FileState::Clean,
            None => FileState::Unscanned,
        };
        let row = FileRow {
            id: self.clock().id(),
            request: facts.id,
            paper,
            conversation: Some(conversation),
            hash,
            form,
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            state,
            received_at: self.clock().now(),
        };
        self.keep(&files, row, bytes, &facts.reference).await
    }

    /// The conversation and the request of a link, where both still stand.
    async fn linked(&self, token: &str) -> Result<(ConversationId, RequestFacts), PapersError> {
        let now = self.clock().now();
        let link = Link::read(token, self.store().ring()).ok_or(PapersError::Link)?;
        if link.is_over(now, self.settings().papers.link_life) {
            return Err(PapersError::Link);
        }
        let (requests, _) = self.store().look().await?.proved(link.conversation, now, MOST_TOLD).await?;
        let facts = requests.into_iter().find(|facts| facts.id == link.request).ok_or(PapersError::Link)?;
        Ok((link.conversation, facts))
    }

    /// Whether another file may come: an early answer, before any work is done.
    async fn room(&self, facts: &RequestFacts, paper: &str, hash: &[u8]) -> Result<(), PapersError> {
        let now = self.clock().now();
        let mut tx = self.store().look().await?;
        let known = tx.paper_file_find((facts.id, paper), hash).await?;
        let full = tx.paper_files_since(facts.id, now - HOUR).await? >= self.settings().papers.per_hour;
        if known.is_none() && full { Err(PapersError::TooMany) } else { Ok(()) }
    }

    /// What a file is, found out on a thread of its own; few at once, because a picture may take half a gigabyte.
    async fn look_at(&self, bytes: Vec<u8>) -> Result<(Result<Paper, PaperFault>, Vec<u8>), PapersError> {
        let settings = &self.settings().papers;
        let permit = settings.hands.clone().acquire_owned().await.map_err(|_| PapersError::Busy)?;
        let looked = tokio::task::spawn_blocking(move || {
            let read = read_paper(&bytes);
            drop(permit);
            (read, bytes)
        });
        // A decoder that panics has met a file that nobody should open.
        looked.await.map_err(|_| PapersError::Fault(PaperFault::Damaged))
    }

    /// What the scanner says. None where there is none, or it does not answer.
    async fn scan(&self, bytes: &[u8]) -> Option<Verdict> {
        let scanner = self.settings().papers.scanner.as_ref()?;
        let found = scanner.scan(bytes).await;
        if let Err(error) = &found {
            tracing::warn!(%error, "scanner: `CLAMAV_ADDRESS`; files wait for it");
        }
        found.ok()
    }

    async fn keep(
        &self,
        files: &Files,
        mut row: FileRow,
        bytes: Vec<u8>,
        reference: &str,
    ) -> Result<Taken, PapersError> {
        let state = row.state;
        let mut tx = self.store().begin().await?;
        match tx.paper_file_find((row.request, &row.paper), &row.hash).await? {
            None => tx.paper_file_put(&FileRow { state: FileState::Writing, ..row.clone() }).await?,
            // Cut off before, or under way at the same time: the bytes are the same.
            Some(before) if before.state == FileState::Writing => row.id = before.id,
            Some(before) if before.state == FileState::Infected => {
                return Err(PapersError::Fault(PaperFault::Infected));
            }
            Some(before) if before.state == FileState::Going => return Err(PapersError::Busy),
            Some(_) => return Ok(Taken::Known),
        }
        tx.commit().await?;
        let (ring, id) = (self.store().ring().clone(), row.id);
        let sealed = tokio::task::spawn_blocking(move || ring.seal(&context(id), &bytes));
        files.put(id, sealed.await.map_err(|_| PapersError::Busy)?).await?;
        let mut tx = self.store().begin().await?;
        match tx.paper_file(id).await? {
            Some(now) if now.state == FileState::Writing => {}
            // Erased meanwhile, or finished by the same file sent twice at once.
            Some(now) if now.state != FileState::Going => return Ok(Taken::Known),
            _ => {
                files.delete(id).await?;
                return Err(PapersError::Link);
            }
        }
        tx.paper_file_state(id, state).await?;
        self.tell_taken(&mut tx, &row, reference).await?;
        tx.commit().await?;
        metrics::counter!("awasir_papers_total", "state" => state.as_str()).increment(1);
        match state {
            FileState::Infected => Err(PapersError::Fault(PaperFault::Infected)),
            FileState::Unscanned => Ok(Taken::Unscanned),
            FileState::Clean | FileState::Writing | FileState::Going => Ok(Taken::Kept),
        }
    }

    /// The paper is there: its state, the receipt in the chat, a ticket for officers.
    async fn tell_taken(&self, tx: &mut Tx, row: &FileRow, reference: &str) -> Result<(), StoreError> {
        let now = self.clock().now();
        let infected = row.state == FileState::Infected;
        if !infected {
            let paper = PaperRow { kind: row.paper.clone(), state: PaperState::Received, since: now, reason: None };
            tx.request_paper(row.request, &paper, "person").await?;
        }
        let Some(conversation) = row.conversation else { return Ok(()) };
        let kind = EventKind::PaperTaken { paper: row.paper.clone(), state: row.state };
        happen(tx, &**self.clock(), conversation, format!("paper:{}:{}", row.id, row.state), kind).await?;
        let words = format!("{reference}: {}", row.paper);
        let (topic, urgency) = if infected { (TOPIC_INFECTED, Urgency::High) } else { (TOPIC, Urgency::Normal) };
        self.ticket_on(tx, conversation, (topic, urgency), words, now).await
    }

    /// Adds to the open ticket about `topic`, or opens one.
    async fn ticket_on(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        (topic, urgency): (&str, Urgency),
        words: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(address) = tx.address_facts(conversation).await? else { return Ok(()) };
        let open = match tx.ticket_open_about(conversation, topic).await? {
            Some(reference) => tx.ticket_find(&reference).await?.map(|ticket| ticket.id),
            None => None,
        };
        let id = self.clock().id();
        let ticket = if let Some(open) = open {
            open
        } else {
            let ticket = NewTicket {
                id: TicketId(id),
                reference: TicketReference::from_seed(seed(id.as_bytes())),
                conversation: Some(conversation),
                contact: Some(address.contact),
                request: None,
                channel: address.channel,
                kind: TicketKind::Question,
                urgency,
                topic: Some(topic.to_owned()),
                at: now,
            };
            tx.ticket_open(&ticket).await?;
            ticket.id
        };
        let entry = TicketEntry { at: now, author: "person".into(), body: Some(words) };
        tx.ticket_entry(self.clock().id(), ticket, &entry).await
    }

    /// Facts, with whether our page can take papers for them.
    pub(super) fn with_page(&self, requests: Vec<RequestFacts>) -> Vec<RequestFacts> {
        let settings = &self.settings().papers;
        let page = settings.files.is_some() && settings.public_url.is_some();
        requests.into_iter().map(|facts| RequestFacts { page, ..facts }).collect()
    }

    /// A token for the page, for tests and tools: the bot's own links are made when they are said.
    #[must_use]
    pub fn papers_token(&self, conversation: ConversationId, request: RequestId) -> String {
        Link { conversation, request, at: self.clock().now() }.sign(self.store().ring())
    }
}

/// What a file's bytes are sealed for.
fn context(id: Uuid) -> Vec<u8> {
    [COLUMN, id.as_bytes()].concat()
}
