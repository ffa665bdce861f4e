//! Article revisions and the small facts of the installation. Not personal, so not sealed.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx, Wake};
use crate::model::{LocaleTag, Timestamp};

statements! {
    CURRENT = Sql::same("select id, locale, revision, status, file, file_hash, origin, author, created_at, approved_by, approved_at
        from articles a where status in ('approved', 'draft-in-use') and not exists (select 1 from articles n where n.id = a.id
        and n.locale = a.locale and n.revision > a.revision and n.status in ('approved', 'draft-in-use', 'retired'))
        order by id, locale");
    ALL = Sql::same("select id, locale, revision, status, file, file_hash, origin, author, created_at, approved_by, approved_at
        from articles order by id, locale, revision");
    INSERT = Sql::same("insert into articles (id, locale, revision, status, file, file_hash, origin, author, created_at,
        approved_by, approved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    APPROVE = Sql::same("update articles set status = 'approved', approved_by = $4, approved_at = $5
        where id = $1 and locale = $2 and revision = $3 and status in ('draft', 'draft-in-use') and author <> $4");
    FACT = Sql::same("select value from facts where name = $1");
    FACT_PUT = Sql::same("insert into facts (name, value) values ($1, $2)
        on conflict (name) do update set value = excluded.value");
    REVISION_UP = Sql::same("insert into facts (name, value) values ('library-revision', '1')
        on conflict (name) do update set value = cast(cast(facts.value as bigint) + 1 as text)");
}

/// A revision to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArticle {
    /// The article's id.
    pub id: String,
    /// The language of this text.
    pub locale: LocaleTag,
    /// Its number, from 1 in each language.
    pub revision: i64,
    /// `approved`, `draft-in-use`, `draft` or `retired`.
    pub status: String,
    /// The whole file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal: tells an edited text from a shipped one.
    pub file_hash: String,
    /// `shipped` or `import`.
    pub origin: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<Timestamp>,
}

/// A revision as it is kept.
pub type ArticleRow = NewArticle;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    locale: String,
    revision: i64,
    status: String,
    file: String,
    file_hash: String,
    origin: String,
    author: String,
    created_at: i64,
    approved_by: Option<String>,
    approved_at: Option<i64>,
}

impl From<Row> for ArticleRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            locale: LocaleTag::new(row.locale),
            revision: row.revision,
            status: row.status,
            file: row.file,
            file_hash: row.file_hash,
            origin: row.origin,
            author: row.author,
            created_at: Timestamp::from_micros(row.created_at),
            approved_by: row.approved_by,
            approved_at: row.approved_at.map(Timestamp::from_micros),
        }
    }
}

impl Tx {
    /// Keeps a revision.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where somebody else was first with this number: read again and take the next.
    pub async fn article_insert(&mut self, article: &NewArticle) -> Result<(), StoreError> {
        on!(self, INSERT, |c, q| sqlx::query(q)
            .bind(&article.id)
            .bind(article.locale.as_str())
            .bind(article.revision)
            .bind(&article.status)
            .bind(&article.file)
            .bind(&article.file_hash)
            .bind(&article.origin)
            .bind(&article.author)
            .bind(article.created_at.as_micros())
            .bind(&article.approved_by)
            .bind(article.approved_at.map(Timestamp::as_micros))
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Approves a draft. False where there is no such draft, or `officer` wrote it: approval needs a second person.
    pub async fn article_approve(
        &mut self,
        (id, locale, revision): (&str, &LocaleTag, i64),
        officer: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = on!(self, APPROVE, |c, q| sqlx::query(q)
            .bind(id)
            .bind(locale.as_str())
            .bind(revision)
            .bind(officer)
            .bind(at.as_micros())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Counts that what may be said has changed, and wakes whoever holds a snapshot.
    pub async fn library_changed(&mut self) -> Result<(), StoreError> {
        on!(self, REVISION_UP, |c, q| sqlx::query(q).execute(c).await.map(drop))?;
        self.wake(Wake::Library);
        Ok(())
    }

    /// Keeps a small fact of the installation.
    pub async fn fact_put(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        on!(self, FACT_PUT, |c, q| sqlx::query(q).bind(name).bind(value).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The newest text in use of every article and language.
    pub async fn articles_current(&self) -> Result<Vec<ArticleRow>, StoreError> {
        let rows: Vec<Row> = read!(self, CURRENT, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        Ok(rows.into_iter().map(ArticleRow::from).collect())
    }

    /// Every revision of every article.
    pub async fn articles_all(&self) -> Result<Vec<ArticleRow>, StoreError> {
        let rows: Vec<Row> = read!(self, ALL, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        Ok(rows.into_iter().map(ArticleRow::from).collect())
    }

    /// A small fact of the installation. None where it was never kept.
    pub async fn fact(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = read!(self, FACT, |c, q| sqlx::query_as(q).bind(name).fetch_optional(c).await?);
        Ok(row.map(|(value,)| value))
    }

    /// How often what may be said has changed.
    pub async fn library_revision(&self) -> Result<i64, StoreError> {
        Ok(self.fact("library-revision").await?.and_then(|value| value.parse().ok()).unwrap_or(0))
    }
}
