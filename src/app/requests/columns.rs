//! How a file of requests names things, from `locales/shared/columns.toml`: rows of cells become reports.
use super::Report;
use crate::assets::Source;
use crate::documents::Line;
use crate::locale::read_day;
use crate::model::{ContactKind, Holder, PaperState, Ruling, Stage, Timestamp};
use crate::text::fold;
use std::collections::BTreeMap;

/// The file.
const FILE: &str = "shared/columns.toml";
/// Characters of a cell at most.
const LONGEST: usize = 2000;

/// Names of columns and of the words in them.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Columns(BTreeMap<String, BTreeMap<String, Vec<String>>>);

/// What is wrong with a file, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFault {
    /// The row, from 1.
    pub line: usize,
    /// The column's header. Empty where the whole row is meant.
    pub column: String,
    /// What is wrong, and what is expected.
    pub reason: String,
}

/// A row that says something of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The row, from 1.
    pub line: usize,
    /// The request's reference as it stands there.
    pub reference: String,
    /// What is reported.
    pub report: Report,
}

impl Columns {
    /// Reads the file of `source`.
    ///
    /// # Errors
    /// Where it is no TOML of this form; says where.
    pub fn read(source: &dyn Source) -> Result<Self, String> {
        let text = source.read(FILE).ok_or_else(|| format!("`{FILE}` is missing"))?;
        toml::from_str(&text).map_err(|error| format!("`{FILE}`: {error}"))
    }

    /// The word of `kind` (`columns`, `stage` …) that `text` means.
    fn word(&self, kind: &str, text: &str) -> Option<&str> {
        let text = fold(text);
        let means = |(word, names): (&'_ String, &Vec<String>)| {
            fold(word) == text || fold(&word.replace('_', " ")) == text || names.iter().any(|name| fold(name) == text)
        };
        self.0.get(kind)?.iter().find(|&(word, names)| means((word, names))).map(|(word, _)| word.as_str())
    }

    /// Reads the rows of a table whose first row holds the headers. Every fault of every row is found.
    #[must_use]
    pub fn rows(&self, lines: &[Line]) -> (Vec<ImportRow>, Vec<ImportFault>) {
        let mut faults = Vec::new();
        let Some((head, lines)) = lines.split_first() else {
            return (Vec::new(), vec![fault(1, "", "the file is empty")]);
        };
        let mut columns: Vec<Option<&str>> = Vec::new();
        for header in &head.cells {
            let column = self.word("columns", header);
            if column.is_none() && !header.is_empty() {
                faults.push(fault(head.number, header, &format!("unknown column; see `locales/{FILE}`")));
            }
            if column.is_some() && columns.contains(&column) {
                faults.push(fault(head.number, header, "a second column of the same meaning"));
            }
            columns.push(column);
        }
        if !columns.contains(&Some("reference")) {
            faults.push(fault(head.number, "", "no column for the request's number"));
            return (Vec::new(), faults);
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for line in lines {
            let before = faults.len();
            let row = self.row(line, &columns, &head.cells, &mut faults);
            let key = crate::text::reference_key(&row.reference);
            if key.is_empty() {
                faults.push(fault(line.number, "", "the request's number is missing"));
            } else if let Some(first) = seen.get(&key) {
                faults.push(fault(line.number, "", &format!("the same request as in row {first}")));
            } else {
                seen.insert(key, line.number);
            }
            if faults.len() == before {
                rows.push(row);
            }
        }
        (rows, faults)
    }

    fn row(
        &self,
        line: &Line,
        columns: &[Option<&str>],
        headers: &[String],
        faults: &mut Vec<ImportFault>,
    ) -> ImportRow {
        let mut report = Report { source: "import".to_owned(), ..Report::default() };
        let (mut reference, mut contacts, mut consent) = (String::new(), Vec::new(), false);
        for (place, cell) in line.cells.iter().enumerate() {
            let column = columns.get(place).copied().flatten();
            if cell.is_empty() {
                continue;
            }
            let header = headers.get(place).map_or("", String::as_str);
            let mut wrong = |reason: &str| faults.push(fault(line.number, header, reason));
            if cell.chars().count() > LONGEST {
                wrong("the cell is too long");
                continue;
            }
            match column {
                None if place >= headers.len() => wrong("a cell without a header: look for a stray separator"),
                None => {}
                Some("reference") => reference.clone_from(cell),
                Some("embassy_reference") => report.embassy_reference = Some(cell.clone()),
                Some("stage") => match self.word("stage", cell).and_then(Stage::parse) {
                    Some(stage) => report.stage = Some(stage),
                    None => wrong(&self.expected("stage", cell)),
                },
                Some("ruling") => match self.word("ruling", cell).and_then(Ruling::parse) {
                    Some(ruling) => report.ruling = Some(ruling),
                    None => wrong(&self.expected("ruling", cell)),
                },
                Some("holder") => match self.word("holder", cell).and_then(Holder::parse) {
                    Some(holder) => report.holder = Some(holder),
                    None => wrong(&self.expected("holder", cell)),
                },
                Some(column @ ("at" | "received_at")) => match day(cell) {
                    Some(at) if column == "at" => report.at = Some(at),
                    Some(at) => report.received_at = Some(at),
                    None => wrong(&format!("`{cell}` is no day like 2026-11-23, 23/11/2026 or 1448/6/13")),
                },
                Some("country") => report.country = Some(cell.clone()),
                Some("applicant") => report.applicant = Some(cell.clone()),
                Some("telephone") => contacts.push((ContactKind::Telephone, cell.clone())),
                Some("email") => contacts.push((ContactKind::Email, cell.clone())),
                Some("consent") => match self.word("yes", cell) {
                    Some(word) => consent = word == "yes",
                    None => wrong(&self.expected("yes", cell)),
                },
                Some("missing") => report.papers.extend(papers(cell)),
                Some(_) => report.note = Some(cell.clone()),
            }
        }
        report.contacts = contacts.into_iter().map(|(kind, value)| (kind, value, consent)).collect();
        ImportRow { line: line.number, reference, report }
    }

    fn expected(&self, kind: &str, cell: &str) -> String {
        let words: Vec<&str> = self.0.get(kind).into_iter().flatten().map(|(word, _)| word.as_str()).collect();
        format!("`{cell}` is not understood; expected {}, or a word of `locales/{FILE}`", words.join(", "))
    }
}

/// Papers of one cell, separated as people do.
fn papers(cell: &str) -> impl Iterator<Item = (String, PaperState)> {
    let names = cell.split(['\u{060C}', ',', ';', '\u{061B}', '\n', '+', '|']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(|name| (name.to_owned(), PaperState::Missing))
}

/// The noon of a day in Riyadh, so that it is the same day wherever it is read.
pub(crate) fn day(text: &str) -> Option<Timestamp> {
    let noon = read_day(text)?.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp::from_micros(noon.timestamp().as_microsecond()))
}

/// The end of a day in Riyadh.
pub(crate) fn day_end(text: &str) -> Option<Timestamp> {
    Some(day(text)? + std::time::Duration::from_hours(12))
}

fn fault(line: usize, column: &str, reason: &str) -> ImportFault {
    ImportFault { line, column: column.to_owned(), reason: reason.to_owned() }
}
