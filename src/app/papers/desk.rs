//! What officers do with papers: look, accept, send back.
use super::super::requests::{RequestError, same_paper};
use super::App;
use crate::model::{FileState, PaperForm, PaperState};
use crate::store::PaperRow;

impl App {
    /// Says that a paper is in order, or sends it back with a reason that is told after proof. The notice says neither.
    ///
    /// # Errors
    /// [`RequestError::NotFound`], [`RequestError::NoPaper`], or where the database does not answer.
    pub async fn paper_judge(
        &self,
        reference: &str,
        name: &str,
        reason: Option<&str>,
        officer: &str,
    ) -> Result<(), RequestError> {
        let file = self.request(reference).await?.ok_or_else(|| RequestError::NotFound(reference.to_owned()))?;
        let paper = file.papers.iter().find(|paper| same_paper(&paper.kind, name));
        let paper = paper.ok_or_else(|| RequestError::NoPaper(name.to_owned()))?;
        let state = if reason.is_some() { PaperState::Returned } else { PaperState::Accepted };
        let judged =
            PaperRow { kind: paper.kind.clone(), state, since: self.clock().now(), reason: reason.map(str::to_owned) };
        if judged.state == paper.state && judged.reason == paper.reason {
            return Ok(());
        }
        let by = format!("officer:{officer}");
        let mut tx = self.store().begin().await?;
        tx.request_paper(file.row.id, &judged, &by).await?;
        tx.audit(&**self.clock(), &by, &format!("paper-{state}"), &file.row.id.to_string()).await?;
        self.tell_news(&mut tx, file.row.id, crate::model::NoticeKind::Update, None).await?;
        Ok(tx.commit().await?)
    }

    /// The files of a paper, opened for an officer: what each is, and its bytes.
    ///
    /// # Errors
    /// [`RequestError::NotFound`], [`RequestError::NoPaper`], [`RequestError::NoFile`] where none is there or the scanner has
    /// not seen one yet, or where the database does not answer.
    pub async fn paper_open(
        &self,
        reference: &str,
        name: &str,
        officer: &str,
    ) -> Result<Vec<(PaperForm, Vec<u8>)>, RequestError> {
        let file = self.request(reference).await?.ok_or_else(|| RequestError::NotFound(reference.to_owned()))?;
        let paper = file.papers.iter().find(|paper| same_paper(&paper.kind, name));
        let paper = paper.ok_or_else(|| RequestError::NoPaper(name.to_owned()))?;
        let mut tx = self.store().begin().await?;
        let rows = tx.paper_files(file.row.id, &paper.kind).await?;
        let ready: Vec<_> = rows.iter().filter(|row| row.state == FileState::Clean).collect();
        let waits = rows.iter().any(|row| row.state == FileState::Unscanned);
        if ready.is_empty() {
            return Err(RequestError::NoFile(if waits { "the scanner has not seen it yet" } else { "none came" }));
        }
        // Written down before anything is shown.
        let subject = format!("{} {}", file.row.id, ready.len());
        tx.audit(&**self.clock(), &format!("officer:{officer}"), "paper-open", &subject).await?;
        tx.commit().await?;
        let mut opened = Vec::new();
        for row in ready {
            let bytes = self.open_file(row.id).await.ok_or(RequestError::NoFile("it cannot be read; see the log"))?;
            opened.push((row.form, bytes));
        }
        Ok(opened)
    }
}
