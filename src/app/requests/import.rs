//! Many reports at once, from a file: all of it is tried first, and nothing is changed where anything is wrong.
use super::forecast::{Forecast, Tally};
use super::{How, ImportFault, ImportRow, Reported, RequestError};
use crate::app::App;
use crate::store::StoreError;

/// Reports of one transaction: SQLite's one writer is never held for longer than a turn is.
const GROUP: usize = 100;

/// What a file comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Requests that are new.
    pub new: usize,
    /// Requests with news: stage, ruling, papers.
    pub news: usize,
    /// Requests that changed otherwise.
    pub changed: usize,
    /// Rows that say nothing new.
    pub known: usize,
    /// The batch under which notices wait to be released.
    pub batch: String,
    /// Whom it tells of what.
    pub forecast: Forecast,
    /// What is wrong; nothing was changed where there is anything.
    pub faults: Vec<ImportFault>,
}

impl App {
    /// Takes the rows of a file. They are all tried first; only where every one fits, and `dry_run` is not set, they are
    /// written. A crash in between leaves whole groups; the same file again writes the rest.
    /// `progress` is told how many rows are done, of both rounds together.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn requests_import(
        &self,
        rows: &[ImportRow],
        dry_run: bool,
        mut progress: impl FnMut(usize),
    ) -> Result<Imported, StoreError> {
        let batch = self.clock().now().to_string().chars().filter(char::is_ascii_digit).collect::<String>();
        let tried = self.import_round(rows, &batch, false, &mut progress).await?;
        if dry_run || !tried.faults.is_empty() {
            return Ok(tried);
        }
        let done = self.import_round(rows, &batch, true, &mut |done| progress(rows.len() + done)).await?;
        Ok(Imported { forecast: tried.forecast, ..done })
    }

    async fn import_round(
        &self,
        rows: &[ImportRow],
        batch: &str,
        keep: bool,
        progress: &mut impl FnMut(usize),
    ) -> Result<Imported, StoreError> {
        let tally = Tally::default();
        let how = How { hold: Some(batch), trial: !keep, tally: (!keep).then_some(&tally) };
        let mut imported = Imported { batch: batch.to_owned(), ..Imported::default() };
        for (place, group) in rows.chunks(GROUP).enumerate() {
            let mut tx = self.store().begin().await?;
            for row in group {
                match self.report_in(&mut tx, &row.reference, &row.report, &how).await {
                    Ok(Reported::New) => imported.new += 1,
                    Ok(Reported::News) => imported.news += 1,
                    Ok(Reported::Changed) => imported.changed += 1,
                    Ok(Reported::Known) => imported.known += 1,
                    Err(RequestError::Store(error)) => return Err(error),
                    Err(error) => {
                        let reason = error.to_string();
                        imported.faults.push(ImportFault { line: row.line, column: String::new(), reason });
                    }
                }
            }
            if keep {
                tx.commit().await?;
            }
            progress(place * GROUP + group.len());
        }
        imported.forecast = tally.taken();
        Ok(imported)
    }
}
