//! What may be said: shipped at the first start, the database's own after, held as a snapshot and swapped when it changes.
use super::state::{App, Parts};
use super::teaching::{Model, School};
use crate::assets::Source;
use crate::clock::Clock;
use crate::knowledge::{ArticleFile, FormatError, Lesson, Library, Material, TextStatus};
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
    /// Training failed; the log says why.
    #[error("the examples of the articles could not be learnt")]
    Teaching,
}

/// Ships what is new, then loads.
pub(super) async fn seed_and_load(parts: &Parts) -> Result<Library, LibraryError> {
    let material = Material::read(&*parts.source);
    let version = shipped_version(&material.texts);
    if parts.store.fact(SHIPPED).await?.as_deref() != Some(version.as_str()) {
        ship(parts, &material, &version).await?;
    }
    let current = Current::read(&parts.store, today(&*parts.clock)).await?;
    let model = parts.school().model(Lesson::new(&current.texts, &material)).await?;
    Ok(current.library(material, model))
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

/// What the database holds now and may be said today.
struct Current {
    revision: i64,
    missions: Missions,
    texts: Vec<(LocaleTag, ArticleFile)>,
    /// The revision of each text.
    revisions: Vec<(String, LocaleTag, i64)>,
}

impl Current {
    /// Reads it. A text whose review is overdue is not said (design.md §5.8).
    async fn read(store: &Store, today: Date) -> Result<Self, LibraryError> {
        let revision = store.library_revision().await?;
        let missions = store.missions().await?;
        let mut current = Self { revision, missions, texts: Vec::new(), revisions: Vec::new() };
        for row in store.articles_current().await? {
            let mut file = parse(&row)?;
            if !file.may_be_said(today) {
                tracing::warn!(article = %row.id, locale = %row.locale, "review overdue: not said until it is approved anew");
                continue;
            }
            file.status = if row.status == "approved" { TextStatus::Approved } else { TextStatus::DraftInUse };
            current.revisions.push((row.id, row.locale.clone(), row.revision));
            current.texts.push((row.locale, file));
        }
        Ok(current)
    }

    /// The snapshot; names of countries and urgent words come from the files.
    fn library(self, material: Material, model: Model) -> Library {
        let Material { countries, urgent, .. } = material;
        let mut library = Library::new(self.revision, self.texts, self.missions, countries, urgent, model);
        for (id, locale, revision) in self.revisions {
            if let Some(text) = library.articles.get_mut(&id).and_then(|article| article.texts.get_mut(&locale)) {
                text.revision = revision;
            }
        }
        library
    }
}

fn parse(row: &ArticleRow) -> Result<ArticleFile, LibraryError> {
    ArticleFile::parse(&row.file).map_err(|source| LibraryError::Format {
        id: row.id.clone(),
        locale: row.locale.clone(),
        source,
    })
}

impl App {
    /// Swaps the snapshot where the database holds a newer one. Until then the old one serves.
    pub(super) async fn refresh_library(&self) -> Result<(), LibraryError> {
        let newest = self.store().library_revision().await?;
        let today = today(&**self.clock());
        // A new day can be the one on which a review is overdue.
        if newest == self.library().revision && self.library_day() == today {
            return Ok(());
        }
        let material = Material::read(&*self.parts().source);
        let current = Current::read(self.store(), today).await?;
        let lesson = Lesson::new(&current.texts, &material);
        let Some(model) = self.parts().school().model_in_turn(lesson).await? else {
            // Another process is learning it: found at the next look.
            return Ok(());
        };
        let library = current.library(material, model);
        tracing::info!(
            revision = library.revision,
            articles = library.articles.len(),
            model = library.model,
            "what may be said has changed"
        );
        self.set_library(library, today);
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
/// Its examples are learnt first, so that every process finds the model ready when it sees the approval.
///
/// # Errors
/// Where the database does not answer, or a text in it is no article file.
pub async fn approve_article(
    store: &Store,
    source: &dyn Source,
    (id, locale, revision): (&str, &LocaleTag, i64),
    officer: &str,
    clock: &dyn Clock,
) -> Result<bool, LibraryError> {
    let draft = store.articles_all().await?.into_iter();
    let mut draft = draft.filter(|row| row.id == id && row.locale == *locale && row.revision == revision);
    let Some(draft) = draft.next() else { return Ok(false) };
    let mut current = Current::read(store, today(clock)).await?;
    current.texts.retain(|(of, file)| of != locale || file.id != id);
    current.texts.push((locale.clone(), parse(&draft)?));
    let lesson = Lesson::new(&current.texts, &Material::read(source));
    School { store, clock, folder: None }.model(lesson).await?;
    let mut tx = store.begin().await?;
    let approved = tx.article_approve((id, locale, revision), officer, clock.now()).await?;
    if approved {
        tx.library_changed().await?;
    }
    tx.commit().await?;
    Ok(approved)
}

/// What the model of the articles in use is taught.
///
/// # Errors
/// Where the database does not answer, or a text in it is no article file.
pub async fn lesson(store: &Store, source: &dyn Source, clock: &dyn Clock) -> Result<Lesson, LibraryError> {
    Ok(Lesson::new(&Current::read(store, today(clock)).await?.texts, &Material::read(source)))
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
