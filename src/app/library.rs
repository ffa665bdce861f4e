//! What may be said: shipped at the first start, the database's own after, held as a snapshot and swapped when it changes.
use super::state::{App, Parts};
use crate::clock::Clock;
use crate::knowledge::{ArticleFile, FormatError, Library, Material, TextStatus};
use crate::model::{LocaleTag, Missions, Timestamp};
use crate::store::{ArticleRow, NewArticle, Store, StoreError, Tx};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::time::Duration;

/// Only one process ships at a time.
const LEASE: &str = "ship";
/// The fact that names what was shipped last.
const SHIPPED: &str = "shipped-articles";
/// The fact that says that missions were loaded: after that they are staff's own.
const MISSIONS: &str = "missions-loaded";

/// Why what may be said cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A text in the database is not an article file.
    #[error("article `{id}` ({locale})")]
    Format {
        /// Which article.
        id: String,
        /// In which language.
        locale: LocaleTag,
        /// Why.
        #[source]
        source: FormatError,
    },
}

/// Ships what is new, then loads.
pub(super) async fn seed_and_load(parts: &Parts) -> Result<Library, LibraryError> {
    let material = Material::read(&*parts.source);
    let version = shipped_version(&material.texts);
    if parts.store.fact(SHIPPED).await?.as_deref() != Some(version.as_str()) {
        ship(parts, &material, &version).await?;
    }
    load(&parts.store, material, today(&*parts.clock)).await
}

async fn ship(parts: &Parts, material: &Material, version: &str) -> Result<(), StoreError> {
    let now = parts.clock.now();
    let holder = parts.clock.id();
    let mut tx = parts.store.begin().await?;
    if !tx.lease_take(LEASE, holder, now, now + Duration::from_mins(1)).await? {
        // Another process is shipping the same; what it commits is loaded by the next look at the revision.
        return Ok(());
    }
    let mut newest: BTreeMap<(String, LocaleTag), ArticleRow> = BTreeMap::new();
    for row in parts.store.articles_all().await? {
        newest.insert((row.id.clone(), row.locale.clone()), row);
    }
    for (locale, file) in &material.texts {
        let text = file.print();
        let hash = file_hash(&text);
        let before = newest.get(&(file.id.clone(), locale.clone()));
        // An upgrade overwrites no text that staff have edited.
        let skip = before.is_some_and(|row| row.origin != "shipped" || row.file_hash == hash);
        if skip {
            continue;
        }
        let article = NewArticle {
            id: file.id.clone(),
            locale: locale.clone(),
            revision: before.map_or(1, |row| row.revision + 1),
            status: status_word(file.status).to_owned(),
            file: text,
            file_hash: hash,
            origin: "shipped".to_owned(),
            author: "awasir".to_owned(),
            created_at: now,
            approved_by: None,
            approved_at: None,
        };
        tx.article_insert(&article).await?;
    }
    if parts.store.fact(MISSIONS).await?.is_none() {
        ship_missions(&mut tx, &material.missions).await?;
    }
    tx.fact_put(SHIPPED, version).await?;
    tx.library_changed().await?;
    tx.lease_give_back(LEASE, holder).await?;
    tx.commit().await
}

async fn ship_missions(tx: &mut Tx, missions: &Missions) -> Result<(), StoreError> {
    for mission in missions.by_country.values().flatten() {
        tx.mission_put(mission).await?;
    }
    for coverage in missions.coverage.values() {
        tx.coverage_put(coverage).await?;
    }
    tx.fact_put(MISSIONS, "1").await
}

/// Builds the snapshot of what the database holds now; names of countries and urgent words come from the files.
/// A text whose review is overdue is not said (design.md §5.8).
async fn load(store: &Store, material: Material, today: Date) -> Result<Library, LibraryError> {
    let revision = store.library_revision().await?;
    let missions = store.missions().await?;
    let mut texts = Vec::new();
    let mut revisions = Vec::new();
    for row in store.articles_current().await? {
        let mut file = ArticleFile::parse(&row.file).map_err(|source| LibraryError::Format {
            id: row.id.clone(),
            locale: row.locale.clone(),
            source,
        })?;
        if !file.may_be_said(today) {
            tracing::warn!(article = %row.id, locale = %row.locale, "review overdue: not said until it is approved anew");
            continue;
        }
        file.status = if row.status == "approved" { TextStatus::Approved } else { TextStatus::DraftInUse };
        revisions.push((row.id, row.locale.clone(), row.revision));
        texts.push((row.locale, file));
    }
    let mut library = Library::build(revision, texts, missions, material.countries, material.urgent);
    for (id, locale, revision) in revisions {
        if let Some(text) = library.articles.get_mut(&id).and_then(|article| article.texts.get_mut(&locale)) {
            text.revision = revision;
        }
    }
    Ok(library)
}

impl App {
    /// Swaps the snapshot where the database holds a newer one. Until then the old one serves.
    pub(super) async fn refresh_library(&self) -> Result<(), LibraryError> {
        let newest = self.store().library_revision().await?;
        let today = today(&**self.clock());
        // A new day can be the one on which a review is overdue.
        if newest != self.library().revision || self.library_day_changed(today) {
            let library = load(self.store(), Material::read(&*self.parts().source), today).await?;
            tracing::info!(
                revision = library.revision,
                articles = library.articles.len(),
                "what may be said has changed"
            );
            self.set_library(library);
        }
        Ok(())
    }
}

/// Keeps article files as drafts, for a second officer to approve. Returns what was kept: id, language, revision.
///
/// # Errors
/// Where the database does not answer; nothing is kept then.
pub async fn import_articles(
    store: &Store,
    files: Vec<(LocaleTag, ArticleFile)>,
    author: &str,
    now: Timestamp,
) -> Result<Vec<(String, LocaleTag, i64)>, StoreError> {
    let mut newest: BTreeMap<(String, LocaleTag), ArticleRow> = BTreeMap::new();
    for row in store.articles_all().await? {
        newest.insert((row.id.clone(), row.locale.clone()), row);
    }
    let mut tx = store.begin().await?;
    let mut kept = Vec::new();
    for (locale, file) in files {
        let text = file.print();
        let hash = file_hash(&text);
        let before = newest.get(&(file.id.clone(), locale.clone()));
        if before.is_some_and(|row| row.file_hash == hash) {
            continue;
        }
        let revision = before.map_or(1, |row| row.revision + 1);
        let article = NewArticle {
            id: file.id.clone(),
            locale: locale.clone(),
            revision,
            status: "draft".to_owned(),
            file: text,
            file_hash: hash,
            origin: "import".to_owned(),
            author: author.to_owned(),
            created_at: now,
            approved_by: None,
            approved_at: None,
        };
        tx.article_insert(&article).await?;
        kept.push((file.id, locale, revision));
    }
    tx.commit().await?;
    Ok(kept)
}

/// Approves a draft: from now on it is said. False where there is no such draft, or `officer` wrote it themselves.
///
/// # Errors
/// Where the database does not answer.
pub async fn approve_article(
    store: &Store,
    (id, locale, revision): (&str, &LocaleTag, i64),
    officer: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    let approved = tx.article_approve((id, locale, revision), officer, now).await?;
    if approved {
        tx.library_changed().await?;
    }
    tx.commit().await?;
    Ok(approved)
}

/// The texts in use, as files: path under `locales/` and contents.
///
/// # Errors
/// Where the database does not answer.
pub async fn export_articles(store: &Store) -> Result<Vec<(String, String)>, StoreError> {
    let rows = store.articles_current().await?;
    Ok(rows.into_iter().map(|row| (format!("{}/articles/{}.md", row.locale, row.id), row.file)).collect())
}

/// The day in UTC, by which reviews are overdue.
pub(super) fn today(clock: &dyn Clock) -> Date {
    let now = jiff::Timestamp::from_microsecond(clock.now().as_micros()).unwrap_or_default();
    now.to_zoned(TimeZone::UTC).date()
}

const fn status_word(status: TextStatus) -> &'static str {
    match status {
        TextStatus::Approved => "approved",
        TextStatus::DraftInUse => "draft-in-use",
    }
}

fn file_hash(text: &str) -> String {
    hex::encode(sha2::Sha256::digest(text))
}

fn shipped_version(files: &[(LocaleTag, ArticleFile)]) -> String {
    let mut hash = sha2::Sha256::new();
    for (locale, file) in files {
        hash.update(locale.as_str());
        hash.update(file.print());
    }
    hex::encode(&hash.finalize()[..12])
}
