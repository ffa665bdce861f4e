//! The JSON of the API: what is reported, and what is shown.
use super::fields::{Batch, ContactValue, Country, Moment, Name, Note, Number};
use super::input::Object;
use super::rules::{self, Check};
use crate::app::Report;
use crate::model::{ContactKind, Holder, PaperState, Ruling, Stage};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A word of the model's, with its values in the document.
macro_rules! word {
    ($name:ident, $of:ident, $called:literal, $about:literal) => {
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) $of);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = $of::ALL.iter().map(|word| word.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).description(Some($about)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                $called.into()
            }
        }
    };
}

word!(StageWord, Stage, "Stage", "Where a request is.");
word!(HolderWord, Holder, "Holder", "Who has a request now.");
word!(RulingWord, Ruling, "Ruling", "What was decided.");
word!(PaperWord, PaperState, "PaperState", "Where a paper is.");
word!(ContactWord, ContactKind, "ContactKind", "What kind of contact it is.");

/// A contact in the request's file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactReport {
    /// A telephone as E.164, or an e-mail address.
    #[schema(value_type = ContactValue)]
    pub(super) value: String,
    /// The person agreed to be written to there, and that is recorded.
    pub(super) consent: bool,
}

/// A paper of the request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperReport {
    /// Its name, as the person should read it.
    #[schema(value_type = Name)]
    paper: String,
    /// Where it is.
    state: PaperWord,
}

/// What is known of a request. What is left out, or null, stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestReport {
    /// The embassy's own number for it.
    #[schema(value_type = Option<Number>)]
    embassy_reference: Option<String>,
    /// Where it is. A new one begins as `received` where nothing is said.
    stage: Option<StageWord>,
    /// Who has it, where that is not the usual one at this stage.
    holder: Option<HolderWord>,
    /// What was decided: with `decided` and `closed` only, and `decided` needs it.
    ruling: Option<RulingWord>,
    /// When the stage began; now, where nothing is said.
    #[schema(value_type = Option<Moment>)]
    at: Option<String>,
    /// When the association received it.
    #[schema(value_type = Option<Moment>)]
    received_at: Option<String>,
    /// The country it comes from, ISO 3166-1.
    #[schema(value_type = Option<Country>)]
    country: Option<String>,
    /// The name in its file.
    #[schema(value_type = Option<Name>)]
    applicant: Option<String>,
    /// Contacts in its file. Those that are known stay.
    #[schema(max_items = 20, value_type = Option<Vec<ContactReport>>)]
    contacts: Option<Vec<Object<ContactReport>>>,
    /// Papers, and where they are. Those that are known and not named stay as they are.
    #[schema(max_items = 50, value_type = Option<Vec<PaperReport>>)]
    papers: Option<Vec<Object<PaperReport>>>,
    /// A note for staff.
    #[schema(value_type = Option<Note>)]
    note: Option<String>,
    /// Holds the notices to people back under this name until staff release them (`awasir notices release`).
    #[schema(value_type = Option<Batch>)]
    batch: Option<String>,
}

/// A request has gone to another stage.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StageReport {
    /// Where it is now.
    stage: StageWord,
    /// Who has it, where that is not the usual one at this stage.
    holder: Option<HolderWord>,
    /// What was decided: with `decided` and `closed` only, and `decided` needs it.
    ruling: Option<RulingWord>,
    /// When the stage began; now, where nothing is said.
    #[schema(value_type = Option<Moment>)]
    at: Option<String>,
    /// A note for staff.
    #[schema(value_type = Option<Note>)]
    note: Option<String>,
    /// Holds the notices to people back under this name until staff release them (`awasir notices release`).
    #[schema(value_type = Option<Batch>)]
    batch: Option<String>,
}

/// What became of papers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PapersReport {
    /// Papers, and where they are. Those that are known and not named stay as they are.
    #[schema(min_items = 1, max_items = 50, value_type = Vec<PaperReport>)]
    papers: Vec<Object<PaperReport>>,
    /// Since when they are there; now, where nothing is said.
    #[schema(value_type = Option<Moment>)]
    at: Option<String>,
    /// Holds the notices to people back under this name until staff release them (`awasir notices release`).
    #[schema(value_type = Option<Batch>)]
    batch: Option<String>,
}

/// A report that holds to its rules, and the batch that holds its notices back.
pub(super) type Held = (Report, Option<String>);

impl RequestReport {
    /// The report, once every field holds to its rule.
    pub(super) fn read(self, source: &str) -> Result<Held, super::problem::Problem> {
        let mut check = Check::default();
        check.reference("embassy_reference", self.embassy_reference.as_deref());
        check.country("country", self.country.as_deref());
        check.line("applicant", self.applicant.as_deref(), rules::LONGEST_NAME);
        check.lines("note", self.note.as_deref(), rules::LONGEST_NOTE);
        check.batch("batch", self.batch.as_deref());
        let at = check.moment("at", self.at.as_deref());
        let received_at = check.moment("received_at", self.received_at.as_deref());
        let contacts = self.contacts.unwrap_or_default();
        if contacts.len() > rules::MOST_CONTACTS {
            check.wrong("contacts", format!("at most {}", rules::MOST_CONTACTS));
        }
        let contact = |(place, Object(contact)): (usize, Object<ContactReport>)| {
            (check.contact(format!("contacts[{place}].value"), &contact.value), contact.value, contact.consent)
        };
        let contacts = contacts.into_iter().enumerate().map(contact).collect();
        let papers = papers(&mut check, self.papers.unwrap_or_default());
        check.done()?;
        let report = Report {
            embassy_reference: self.embassy_reference,
            stage: self.stage.map(|word| word.0),
            holder: self.holder.map(|word| word.0),
            ruling: self.ruling.map(|word| word.0),
            at,
            received_at,
            country: self.country,
            applicant: self.applicant,
            contacts,
            papers,
            note: self.note,
            source: source.to_owned(),
        };
        Ok((report, self.batch))
    }
}

impl StageReport {
    /// The report, once every field holds to its rule.
    pub(super) fn read(self, source: &str) -> Result<Held, super::problem::Problem> {
        let mut check = Check::default();
        check.lines("note", self.note.as_deref(), rules::LONGEST_NOTE);
        check.batch("batch", self.batch.as_deref());
        let at = check.moment("at", self.at.as_deref());
        check.done()?;
        let report = Report {
            stage: Some(self.stage.0),
            holder: self.holder.map(|word| word.0),
            ruling: self.ruling.map(|word| word.0),
            at,
            note: self.note,
            source: source.to_owned(),
            ..Report::default()
        };
        Ok((report, self.batch))
    }
}

impl PapersReport {
    /// The report, once every field holds to its rule.
    pub(super) fn read(self, source: &str) -> Result<Held, super::problem::Problem> {
        let mut check = Check::default();
        check.batch("batch", self.batch.as_deref());
        let at = check.moment("at", self.at.as_deref());
        if self.papers.is_empty() {
            check.wrong("papers", "at least one");
        }
        let papers = papers(&mut check, self.papers);
        check.done()?;
        Ok((Report { at, papers, source: source.to_owned(), ..Report::default() }, self.batch))
    }
}

fn papers(check: &mut Check, papers: Vec<Object<PaperReport>>) -> Vec<(String, PaperState)> {
    if papers.len() > rules::MOST_PAPERS {
        check.wrong("papers", format!("at most {}", rules::MOST_PAPERS));
    }
    let paper = |(place, Object(paper)): (usize, Object<PaperReport>)| {
        check.line(&format!("papers[{place}].paper"), Some(&paper.paper), rules::LONGEST_NAME);
        (paper.paper, paper.state.0)
    };
    papers.into_iter().enumerate().map(paper).collect()
}
