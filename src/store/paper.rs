//! Files of papers that people sent. The bytes lie elsewhere (`files`), under the row's id: the row is there first and goes last.
use super::db::{Sql, on, statements};
use super::{StoreError, Tx};
use crate::model::{ConversationId, FileState, PaperForm, RequestId, TicketReference, Timestamp};
use uuid::Uuid;

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "select id, request_id, paper, conversation_id, hash, form, bytes, state, received_at from paper_files ",
            $rest
        )
    };
}

statements! {
    INSERT = Sql::same("insert into paper_files (id, request_id, paper, conversation_id, hash, form, bytes, state, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    FIND = Sql::same(columns!("where request_id = $1 and paper = $2 and hash = $3"));
    BY_ID = Sql::same(columns!("where id = $1"));
    OF = Sql::same(columns!("where request_id = $1 and paper = $2 and state <> 'going' order by received_at, id"));
    IN = Sql::same(columns!("where state = $1 and received_at < $2 order by received_at limit $3"));
    STATE = Sql::same("update paper_files set state = $2 where id = $1");
    OLD = Sql::same("update paper_files set state = 'going' where (state in ('unscanned', 'clean') and received_at < $1)
        or (state = 'infected' and received_at < $2)");
    FORGET = Sql::same("delete from paper_files where id = $1 and state in ('going', 'writing')");
    SINCE = Sql::same("select count(*) from paper_files where request_id = $1 and received_at > $2");
    TICKET = Sql::same("select reference from tickets where conversation_id = $1 and topic = $2 and status <> 'closed'
        order by created_at desc limit 1");
}

/// A file of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its id: the file's name, and what its bytes are sealed for.
    pub id: Uuid,
    /// The request it belongs to.
    pub request: RequestId,
    /// The paper's name.
    pub paper: String,
    /// Whose conversation brought it. None once erased.
    pub conversation: Option<ConversationId>,
    /// The keyed hash of the bytes that came.
    pub hash: Vec<u8>,
    /// What it is.
    pub form: PaperForm,
    /// How many bytes are kept, unsealed.
    pub bytes: i64,
    /// Where it stands.
    pub state: FileState,
    /// When it came.
    pub received_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    request_id: Uuid,
    paper: String,
    conversation_id: Option<Uuid>,
    hash: Vec<u8>,
    form: String,
    bytes: i64,
    state: String,
    received_at: i64,
}

impl TryFrom<Row> for FileRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            request: RequestId(row.request_id),
            paper: row.paper,
            conversation: row.conversation_id.map(ConversationId),
            hash: row.hash,
            form: PaperForm::parse(&row.form).ok_or(StoreError::Word("paper_files.form"))?,
            bytes: row.bytes,
            state: FileState::parse(&row.state).ok_or(StoreError::Word("paper_files.state"))?,
            received_at: Timestamp::from_micros(row.received_at),
        })
    }
}

impl Tx {
    /// Keeps that a file is about to be written.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where the same bytes are there for this paper.
    pub async fn paper_file_put(&mut self, row: &FileRow) -> Result<(), StoreError> {
        on!(self, INSERT, |c, q| sqlx::query(q)
            .bind(row.id)
            .bind(row.request.0)
            .bind(&row.paper)
            .bind(row.conversation.map(|id| id.0))
            .bind(&row.hash)
            .bind(row.form.as_str())
            .bind(row.bytes)
            .bind(row.state.as_str())
            .bind(row.received_at.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// The file of a paper with these bytes, whatever became of it.
    pub async fn paper_file_find(
        &mut self,
        (request, paper): (RequestId, &str),
        hash: &[u8],
    ) -> Result<Option<FileRow>, StoreError> {
        let row: Option<Row> =
            on!(self, FIND, |c, q| sqlx::query_as(q).bind(request.0).bind(paper).bind(hash).fetch_optional(c).await?);
        row.map(FileRow::try_from).transpose()
    }

    /// A file by its id.
    pub async fn paper_file(&mut self, id: Uuid) -> Result<Option<FileRow>, StoreError> {
        let row: Option<Row> = on!(self, BY_ID, |c, q| sqlx::query_as(q).bind(id).fetch_optional(c).await?);
        row.map(FileRow::try_from).transpose()
    }

    /// The files of a paper, the oldest first, without those that are to be deleted.
    pub async fn paper_files(&mut self, request: RequestId, paper: &str) -> Result<Vec<FileRow>, StoreError> {
        let rows: Vec<Row> = on!(self, OF, |c, q| sqlx::query_as(q).bind(request.0).bind(paper).fetch_all(c).await?);
        rows.into_iter().map(FileRow::try_from).collect()
    }

    /// Files in a state that came before `before`, the oldest first.
    pub async fn paper_files_in(
        &mut self,
        state: FileState,
        before: Timestamp,
        most: i64,
    ) -> Result<Vec<FileRow>, StoreError> {
        let rows: Vec<Row> = on!(self, IN, |c, q| sqlx::query_as(q)
            .bind(state.as_str())
            .bind(before.as_micros())
            .bind(most)
            .fetch_all(c)
            .await?);
        rows.into_iter().map(FileRow::try_from).collect()
    }

    /// Says where a file stands.
    pub async fn paper_file_state(&mut self, id: Uuid, state: FileState) -> Result<(), StoreError> {
        on!(self, STATE, |c, q| sqlx::query(q).bind(id).bind(state.as_str()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Marks files that came before `before` to be deleted; those in quarantine only before `quarantine`.
    pub async fn paper_files_old(&mut self, before: Timestamp, quarantine: Timestamp) -> Result<(), StoreError> {
        on!(self, OLD, |c, q| sqlx::query(q)
            .bind(before.as_micros())
            .bind(quarantine.as_micros())
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Forgets a file whose bytes are deleted.
    pub async fn paper_file_forget(&mut self, id: Uuid) -> Result<(), StoreError> {
        on!(self, FORGET, |c, q| sqlx::query(q).bind(id).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Files of a request since `since`.
    pub async fn paper_files_since(&mut self, request: RequestId, since: Timestamp) -> Result<i64, StoreError> {
        let (count,): (i64,) =
            on!(self, SINCE, |c, q| sqlx::query_as(q).bind(request.0).bind(since.as_micros()).fetch_one(c).await?);
        Ok(count)
    }

    /// The open ticket of a conversation about `topic`.
    pub async fn ticket_open_about(
        &mut self,
        conversation: ConversationId,
        topic: &str,
    ) -> Result<Option<TicketReference>, StoreError> {
        let row: Option<(String,)> =
            on!(self, TICKET, |c, q| sqlx::query_as(q).bind(conversation.0).bind(topic).fetch_optional(c).await?);
        Ok(row.and_then(|(reference,)| TicketReference::parse(&reference)))
    }
}
