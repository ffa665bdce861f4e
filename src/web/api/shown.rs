//! What is shown of requests, as far as a key's scopes go.
use super::shapes::{ContactWord, HolderWord, PaperWord, RulingWord, StageWord};
use crate::app::{ApiDone, Reported, RequestFile};
use crate::model::Timestamp;
use crate::store::{RequestRow, StageRow};
use serde::Serialize;
use utoipa::ToSchema;

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Request {
    /// Its reference, as the association writes it.
    #[schema(example = "AW-2026-0000014")]
    reference: String,
    /// The embassy's own number for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    embassy_reference: Option<String>,
    /// Where it is.
    stage: StageWord,
    /// Who has it.
    holder: HolderWord,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<RulingWord>,
    /// When the stage began.
    #[schema(format = DateTime)]
    since: String,
    /// Who reported the stage: `ministry`, `embassy`, `import`, `officer`, `api:<name>`.
    #[schema(example = "embassy")]
    source: String,
    /// When the association received it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    received_at: Option<String>,
    /// The country it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// When anything of it changed last.
    #[schema(format = DateTime)]
    updated_at: String,
    /// The name in its file; with `requests:contacts` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<String>,
}

/// A paper of a request.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Paper {
    /// Its name.
    #[serde(rename = "paper")]
    name: String,
    /// Where it is.
    state: PaperWord,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
}

/// A contact in a request's file.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contact {
    /// What it is.
    kind: ContactWord,
    /// The telephone or the address.
    value: String,
    /// Whether it is recorded that the person agreed to be written to there.
    consent: bool,
}

/// A request with its papers, and its contacts where the key may see them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WholeRequest {
    #[serde(flatten)]
    request: Request,
    /// Its papers, the oldest first.
    papers: Vec<Paper>,
    /// Contacts in its file; with `requests:contacts` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Contact>>,
}

/// A stage that was reported.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportedStage {
    /// Which.
    stage: StageWord,
    /// Who had the request from then on.
    holder: HolderWord,
    /// What was decided, if that was it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<RulingWord>,
    /// When it happened.
    #[schema(format = DateTime)]
    at: String,
    /// Who reported it.
    source: String,
    /// A note for staff; with `requests:contacts` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The stages of a request.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Stages {
    /// In the order in which they were reported.
    items: Vec<ReportedStage>,
}

/// A page of requests.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Requests {
    /// In the order of their last change, the oldest first.
    pub(super) items: Vec<Request>,
    /// Where the next page is, also in the header `Link`. Left out on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri-reference")]
    pub(super) next: Option<String>,
    /// Give this as `updated_since` when you come back: a minute before now, so that changes under way are not missed.
    /// What you have seen may come again.
    #[schema(format = DateTime)]
    pub(super) as_of: String,
}

/// What a report came to.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Came {
    /// The request is new.
    New,
    /// Stage, ruling or papers changed: whoever proved that the request is theirs is told that there is news.
    News,
    /// Something changed that nobody is told of.
    Changed,
    /// All of it was known.
    Known,
}

/// What came of a call.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Outcome {
    /// The request's reference, as the association writes it.
    #[schema(example = "AW-2026-0000014")]
    pub(super) reference: String,
    /// What it came to.
    result: Came,
    /// The batch under which notices wait, as `awasir notices list` shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<String>,
}

/// Who reported, without the officer's name: other systems need none.
fn source(source: String) -> String {
    if source.starts_with("officer:") { "officer".to_owned() } else { source }
}

fn told(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}

impl Request {
    /// What a key may see of it: with contacts, or without.
    pub(super) fn of(row: RequestRow, contacts: bool) -> Self {
        Self {
            reference: row.reference,
            embassy_reference: row.embassy_reference,
            stage: StageWord(row.stage),
            holder: HolderWord(row.holder),
            ruling: row.ruling.map(RulingWord),
            since: row.since.to_string(),
            source: source(row.source),
            received_at: told(row.received_at),
            country: row.country,
            updated_at: row.updated_at.to_string(),
            applicant: row.applicant.filter(|_| contacts),
        }
    }
}

impl WholeRequest {
    /// The same with its papers.
    pub(super) fn of(file: RequestFile, contacts: bool) -> Self {
        let paper = |row: crate::store::PaperRow| Paper {
            name: row.kind,
            state: PaperWord(row.state),
            since: row.since.to_string(),
        };
        let contact = |row: crate::store::ContactRow| Contact {
            kind: ContactWord(row.kind),
            value: row.value,
            consent: row.consent,
        };
        Self {
            request: Request::of(file.row, contacts),
            papers: file.papers.into_iter().map(paper).collect(),
            contacts: contacts.then(|| file.contacts.into_iter().map(contact).collect()),
        }
    }
}

impl Stages {
    /// A request's history; its notes only with contacts.
    pub(super) fn of(rows: Vec<StageRow>, notes: bool) -> Self {
        let stage = |row: StageRow| ReportedStage {
            stage: StageWord(row.stage),
            holder: HolderWord(row.holder),
            ruling: row.ruling.map(RulingWord),
            at: row.at.to_string(),
            source: source(row.source),
            note: row.note.filter(|_| notes),
        };
        Self { items: rows.into_iter().map(stage).collect() }
    }
}

impl From<ApiDone> for Outcome {
    fn from(done: ApiDone) -> Self {
        let result = match done.reported {
            Reported::New => Came::New,
            Reported::News => Came::News,
            Reported::Changed => Came::Changed,
            Reported::Known => Came::Known,
        };
        Self { reference: done.reference, result, batch: done.batch }
    }
}
