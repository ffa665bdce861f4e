//! The register of requests: the one use case by which the command line, an import and later the API change it.
use super::state::App;
use crate::model::{ContactKind, ConversationId, Holder, PaperState, RequestId, Ruling, Stage, Timestamp};
use crate::store::{ContactRow, PaperRow, RequestRow, StageRow, StoreError, Tx};
use crate::text::reference_key;
use serde::{Deserialize, Serialize};

mod columns;
mod forecast;
mod form;
mod import;
mod merge;
mod moves;
mod settings;

pub use columns::{Columns, ImportFault, ImportRow};
pub(crate) use columns::{day, day_end};
pub use forecast::Forecast;
pub use form::ReferenceForm;
pub use import::Imported;
pub(super) use merge::contact;
use merge::{checked, merged};
pub use moves::Moves;
pub use settings::RequestSettings;
pub(super) use settings::SETTINGS;

/// What somebody reports of a request. What is None is not reported, and stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The embassy's own number.
    pub embassy_reference: Option<String>,
    /// Where it is.
    pub stage: Option<Stage>,
    /// Who has it, where that is not the usual one at this stage.
    pub holder: Option<Holder>,
    /// What was decided.
    pub ruling: Option<Ruling>,
    /// When the stage began. None: now.
    pub at: Option<Timestamp>,
    /// When the association received it.
    pub received_at: Option<Timestamp>,
    /// The country it comes from, ISO 3166-1.
    pub country: Option<String>,
    /// The name in its file.
    pub applicant: Option<String>,
    /// Telephones and e-mails in its file, and whether the association recorded that they may be written to.
    pub contacts: Vec<(ContactKind, String, bool)>,
    /// Papers, and where they are.
    pub papers: Vec<(String, PaperState)>,
    /// A note for staff.
    pub note: Option<String>,
    /// Who reports: `import`, `api`, `embassy`, `ministry`, `officer:<name>`.
    pub source: String,
}

/// How a report is taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How<'a> {
    /// Nobody is told before this batch is released.
    hold: Option<&'a str>,
    /// Only what it would come to.
    trial: bool,
    /// Counts whom it would tell.
    tally: Option<&'a forecast::Tally>,
}

impl<'a> How<'a> {
    /// For good; nobody is told before `hold` is released, where it is one.
    pub(super) fn held_in(hold: Option<&'a str>) -> Self {
        Self { hold, ..Self::default() }
    }
}

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// The request is new.
    New,
    /// Its stage, ruling or papers changed: those who watch it are told that there is news.
    News,
    /// Something changed that nobody is told of.
    Changed,
    /// Everything was known already.
    Known,
}

/// Why a report was refused; each says what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No digit or letter in it.
    #[error("`{0}` is no reference: it needs letters or digits")]
    Reference(String),
    /// It looks like one of ours, and its check digit is wrong.
    #[error("`{0}` has the form of our references, and its check digit is wrong: look for a slip of a digit")]
    CheckDigit(String),
    /// No request has this reference.
    #[error("no request has the reference `{0}`; `awasir requests list` shows them")]
    NotFound(String),
    /// The settings allow no such step.
    #[error("from `{from}` a request may not go to `{to}`; allowed: {} (`REQUEST_MOVES`)", words(allowed))]
    Move {
        /// Where it is.
        from: &'static str,
        /// Where it was to go.
        to: Stage,
        /// Where it may go.
        allowed: Vec<Stage>,
    },
    /// The request has no such paper.
    #[error("this request has no paper `{0}`; `awasir requests show` names them")]
    NoPaper(String),
    /// There is no file to open.
    #[error("no file: {0}")]
    NoFile(&'static str),
    /// Nobody writes in this conversation.
    #[error("no conversation has the id `{0}`; `awasir tickets show` names it")]
    NoConversation(ConversationId),
    /// A decision without what was decided, or the other way round.
    #[error("a ruling belongs to `decided` and `closed`, and `decided` needs one: accepted or refused")]
    Ruling,
    /// A stage earlier than the one that is known.
    #[error("it is at `{stage}` since {since}: an earlier date cannot follow")]
    Backwards {
        /// Where it is.
        stage: Stage,
        /// Since when.
        since: Timestamp,
    },
    /// A date that has not come yet.
    #[error("{0} has not come yet")]
    Future(Timestamp),
    /// Not a telephone or an e-mail address.
    #[error("`{0}` is no {1}: a telephone begins with + and the country's number, an e-mail has an @")]
    Contact(String, ContactKind),
}

/// Everything kept of a request, for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFile {
    /// The request.
    pub row: RequestRow,
    /// Its stages, in the order in which they were reported.
    pub stages: Vec<StageRow>,
    /// Its papers.
    pub papers: Vec<PaperRow>,
    /// Contacts in its file.
    pub contacts: Vec<ContactRow>,
}

impl App {
    /// Takes a report about the request of `reference`. A new one begins where the report says, else as received.
    ///
    /// # Errors
    /// See [`RequestError`]; nothing is changed then.
    pub async fn request_report(&self, reference: &str, report: &Report) -> Result<Reported, RequestError> {
        let mut tx = self.store().begin().await?;
        let reported = self.report_in(&mut tx, reference, report, &How::default()).await?;
        tx.commit().await?;
        Ok(reported)
    }

    /// Begins a request with a reference of our own. Returns the reference.
    ///
    /// # Errors
    /// See [`RequestError`]; nothing is changed then.
    pub async fn request_begin(&self, report: &Report) -> Result<String, RequestError> {
        let mut tx = self.store().begin().await?;
        let reference = self.begin_in(&mut tx, report, &How::default()).await?;
        tx.commit().await?;
        Ok(reference)
    }

    /// The same in the caller's transaction.
    pub(super) async fn begin_in(&self, tx: &mut Tx, report: &Report, how: &How<'_>) -> Result<String, RequestError> {
        let form = &self.settings().requests.form;
        let year = super::library::today(&**self.clock()).year();
        let reference = loop {
            let number = tx.count_up(&format!("requests.{year}")).await?;
            let made = form.make(year, number.unsigned_abs());
            // One that was imported may have it.
            if tx.request_find(&reference_key(&made)).await?.is_none() {
                break made;
            }
        };
        self.report_in(tx, &reference, report, how).await?;
        Ok(reference)
    }

    /// Everything kept of the request of `reference`, ours or the embassy's. None where there is none.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn request(&self, reference: &str) -> Result<Option<RequestFile>, StoreError> {
        let mut tx = self.store().look().await?;
        let Some(row) = named(&mut tx, reference).await? else { return Ok(None) };
        let papers = tx.request_papers(row.id).await?;
        let contacts = tx.request_contacts(row.id).await?;
        drop(tx);
        let stages = self.store().request_stages(row.id).await?;
        Ok(Some(RequestFile { row, stages, papers, contacts }))
    }

    /// The same in the caller's transaction, for many at once.
    pub(super) async fn report_in(
        &self,
        tx: &mut Tx,
        reference: &str,
        report: &Report,
        how: &How<'_>,
    ) -> Result<Reported, RequestError> {
        let now = self.clock().now();
        let settings = &self.settings().requests;
        let reference = reference.trim();
        let folded = checked(reference, report, now)?;
        if !how.trial {
            tx.request_lock(&folded).await?;
        }
        let known = tx.request_find(&folded).await?;
        if known.is_none() && settings.form.is_slip(&folded) {
            return Err(RequestError::CheckDigit(reference.to_owned()));
        }
        let (row, moved) = merged(known.as_ref(), reference, report, &settings.moves, now, &**self.clock())?;
        let embassy_folded = row.embassy_reference.as_deref().map(reference_key);
        let changed = known.as_ref() != Some(&row);
        if changed && !how.trial {
            tx.request_put(&row, (&folded, embassy_folded.as_deref()), now).await?;
        }
        let arrives = known.as_ref().is_none_or(|known| known.embassy_reference != row.embassy_reference);
        let noted = tx.request_note_is_new(known.as_ref().map(|row| row.id), report.note.as_deref()).await?;
        if !how.trial && (moved || noted) {
            let stage = StageRow {
                stage: row.stage,
                holder: row.holder,
                ruling: row.ruling,
                at: if moved { row.since } else { now },
                source: report.source.clone(),
                note: report.note.clone(),
            };
            tx.request_stage(self.clock().id(), row.id, &stage, now).await?;
        }
        let papers = self.papers_in(tx, (row.id, known.is_some()), report, how).await?;
        if let Some(tally) = how.tally.filter(|_| known.is_some() && (moved || papers)) {
            self.foretell(tx, tally, row.id, forecast::kind(moved, row.stage)).await?;
        }
        if let Some(tally) = how.tally.filter(|_| arrives) {
            self.foretell_watches(tx, tally, (&folded, embassy_folded.as_deref())).await?;
        }
        if !how.trial && known.is_some() && (moved || papers) {
            self.tell_news(tx, row.id, merge::news(moved, &row), how.hold).await?;
        }
        let contacts = self.contacts_in(tx, (row.id, known.is_some()), report, how).await?;
        if !how.trial && !changed && (papers || contacts || noted) {
            tx.request_touch(row.id, now).await?;
        }
        if arrives && !how.trial {
            // After the contacts: whose number they are decides whom a watch may tell.
            self.fire_watches(tx, row.id, (&folded, embassy_folded.as_deref()), how.hold).await?;
        }
        Ok(match known {
            None => Reported::New,
            Some(_) if moved || papers => Reported::News,
            Some(_) if changed || contacts || noted => Reported::Changed,
            Some(_) => Reported::Known,
        })
    }

    /// Writes the papers that are elsewhere than was known. True where there were some.
    async fn papers_in(
        &self,
        tx: &mut Tx,
        (request, known): (RequestId, bool),
        report: &Report,
        how: &How<'_>,
    ) -> Result<bool, RequestError> {
        if report.papers.is_empty() {
            return Ok(false);
        }
        let now = self.clock().now();
        let known = if known { tx.request_papers(request).await? } else { Vec::new() };
        let mut news = false;
        for (kind, state) in &report.papers {
            // Staff spell a name as they like: it stays as it was first written.
            let kind = known.iter().map(|paper| &paper.kind).find(|name| same_paper(name, kind)).unwrap_or(kind);
            if known.iter().any(|paper| paper.kind == *kind && paper.state == *state) {
                continue;
            }
            let paper = PaperRow { kind: kind.clone(), state: *state, since: report.at.unwrap_or(now), reason: None };
            if !how.trial {
                tx.request_paper(request, &paper, &report.source).await?;
            }
            news = true;
        }
        Ok(news)
    }

    /// Writes the contacts that were not known so. True where there were some.
    async fn contacts_in(
        &self,
        tx: &mut Tx,
        (request, known): (RequestId, bool),
        report: &Report,
        how: &How<'_>,
    ) -> Result<bool, RequestError> {
        if report.contacts.is_empty() {
            return Ok(false);
        }
        let now = self.clock().now();
        let known = if known { tx.request_contacts(request).await? } else { Vec::new() };
        let mut changed = false;
        for (kind, value, consent) in &report.contacts {
            let value = contact(*kind, value).ok_or_else(|| RequestError::Contact(value.clone(), *kind))?;
            if known.iter().any(|row| row.kind == *kind && row.value == value && row.consent == *consent) {
                continue;
            }
            let row = ContactRow { id: self.clock().id(), kind: *kind, value, consent: *consent, recorded_at: now };
            if !how.trial {
                tx.request_contact(request, &row).await?;
            }
            changed = true;
        }
        Ok(changed)
    }
}

/// The request of a reference, ours or the embassy's.
pub(super) async fn named(tx: &mut Tx, reference: &str) -> Result<Option<RequestRow>, StoreError> {
    let key = reference_key(reference);
    match tx.request_find(&key).await? {
        Some(row) => Ok(Some(row)),
        None => tx.request_of_embassy(&key).await,
    }
}

fn words(stages: &[Stage]) -> String {
    let words: Vec<&str> = stages.iter().map(|stage| stage.as_str()).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// Whether two names are the same paper's.
pub(super) fn same_paper(one: &str, other: &str) -> bool {
    one == other || crate::text::fold(one) == crate::text::fold(other)
}
