//! `awasir articles` and `awasir locales`: what may be said, and the words for it.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app;
use crate::clock::{Clock as _, SystemClock};
use crate::knowledge::{self, ArticleFile, Finding, Material};
use crate::locale::{self, Catalog};
use crate::model::LocaleTag;
use anyhow::Context as _;
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Articles {
    /// Look for what is wrong with the article files
    Check {
        /// A folder like `locales/` laid over the shipped one
        folder: Option<PathBuf>,
        /// Hints too: dialects that lack example questions
        #[arg(long)]
        hints: bool,
    },
    /// The articles in use, with revision and status
    List {
        /// Drafts and old revisions too
        #[arg(long)]
        all: bool,
    },
    /// Keep article files as drafts; a second officer approves them
    Import {
        /// A folder like `locales/`: `<tag>/articles/*.md`
        folder: PathBuf,
        /// Your name; who imports cannot approve
        #[arg(long, env = "USER")]
        officer: String,
    },
    /// Approve a draft, as somebody who did not write it: from then on it is said
    Approve {
        /// The article's id
        id: String,
        /// The language, like `ar`
        locale: String,
        /// The revision, as `articles list --all` shows it
        revision: i64,
        /// Your name
        #[arg(long, env = "USER")]
        officer: String,
    },
    /// What people asked that could become an example; nothing is taught without approval
    Suggest {
        /// Look back so many days
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// Write article files with the questions whose title was chosen, to be edited and imported
        #[arg(long)]
        write: Option<PathBuf>,
    },
    /// Which articles are taken for each other, and questions that stand under two
    Confusions {
        /// Pairs shown
        #[arg(long, default_value_t = 20)]
        most: usize,
    },
    /// Write the articles in use as files
    Export {
        /// Where to
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Locales {
    /// Check that every phrase exists in every language with the same variables
    Check {
        /// Only this language
        tag: Option<String>,
    },
}

impl Articles {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        match self {
            Self::Check { folder, hints } => check(&config, folder.as_deref(), hints),
            Self::List { all } => list(&config, all).await,
            Self::Import { folder, officer } => import(&config, &folder, &officer).await,
            Self::Approve { id, locale, revision, officer } => {
                let store = config.store().await?;
                let locale = LocaleTag::new(locale);
                let approved =
                    app::approve_article(&store, &*config.source(), (&id, &locale, revision), &officer, &SystemClock)
                        .await
                        .context("what may be said")?;
                store.close().await;
                if !approved {
                    let why = "there is no such draft, or you wrote it: approval needs a second officer";
                    return Err(anyhow::anyhow!("`{id}` ({locale}) revision {revision} was not approved: {why}").into());
                }
                println!("approved: every process says it within seconds");
                Ok(ExitCode::SUCCESS)
            }
            Self::Suggest { days, write } => super::learn::suggest(config, days, write.as_deref()).await,
            Self::Confusions { most } => super::learn::confused(&config, most).await,
            Self::Export { folder } => export(&config, &folder).await,
        }
    }
}

fn check(config: &Config, folder: Option<&Path>, hints: bool) -> Result<ExitCode, Failure> {
    let source = match folder {
        Some(folder) => std::sync::Arc::new(crate::assets::Overlay::new(folder)),
        None => config.source(),
    };
    let material = Material::read(&*source);
    let catalog = Catalog::load(&*source).context("words")?;
    let findings = knowledge::check(&material, catalog.locales(), today());
    let (bad, hinted): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|finding| !finding.fault.is_hint());
    for problem in &material.problems {
        println!("{problem}");
    }
    for finding in &bad {
        println!("{finding}");
    }
    if hints {
        for finding in &hinted {
            println!("hint: {finding}");
        }
    }
    let articles = material.texts.iter().filter(|(locale, _)| *locale == LocaleTag::ARABIC).count();
    let wrong = bad.len() + material.problems.len();
    println!("{articles} articles, {wrong} wrong, {} hints", hinted.len());
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn list(config: &Config, all: bool) -> Result<ExitCode, Failure> {
    let store = config.store().await?;
    let rows = if all { store.articles_all().await? } else { store.articles_current().await? };
    store.close().await;
    for row in rows {
        let by = row.approved_by.as_deref().unwrap_or(&row.author);
        println!("{:<28} {:<3} {:>3}  {:<13} {:<8} {by}", row.id, row.locale, row.revision, row.status, row.origin);
    }
    Ok(ExitCode::SUCCESS)
}

async fn import(config: &Config, folder: &Path, officer: &str) -> Result<ExitCode, Failure> {
    let mut files = Vec::new();
    for locale in read_folder(folder)? {
        let Some(tag) = locale.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        let articles = locale.join("articles");
        if !articles.is_dir() {
            continue;
        }
        for path in read_folder(&articles)? {
            let text = std::fs::read_to_string(&path).with_context(|| format!("`{}`", path.display()))?;
            let file = ArticleFile::parse(&text).with_context(|| format!("`{}`", path.display()))?;
            files.push((LocaleTag::new(tag.clone()), file));
        }
    }
    if files.is_empty() {
        return Err(Failure::Usage(format!("`{}`: expected `<tag>/articles/*.md` in it", folder.display())));
    }
    let store = config.store().await?;
    let kept = app::import_articles(&store, files, officer, SystemClock.now()).await?;
    store.close().await;
    for (id, locale, revision) in &kept {
        println!("draft: {id} ({locale}) revision {revision}");
    }
    println!("{} drafts; another officer approves each with `awasir articles approve ID LOCALE REVISION`", kept.len());
    Ok(ExitCode::SUCCESS)
}

async fn export(config: &Config, folder: &Path) -> Result<ExitCode, Failure> {
    let store = config.store().await?;
    let files = app::export_articles(&store).await?;
    store.close().await;
    for (path, text) in &files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("`{}`", parent.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("`{}`", path.display()))?;
    }
    println!("{} files written to `{}`", files.len(), folder.display());
    Ok(ExitCode::SUCCESS)
}

fn read_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("folder `{}`", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

impl Locales {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let Self::Check { tag } = self;
        let config = Config::read()?;
        let catalog = Catalog::load(&*config.source()).context("words")?;
        let findings: Vec<String> = locale::check(&catalog)
            .into_iter()
            .filter(|line| tag.as_ref().is_none_or(|tag| line.starts_with(&format!("{tag}:"))))
            .collect();
        for line in &findings {
            println!("{line}");
        }
        println!("{} languages, {} findings", catalog.locales().len(), findings.len());
        Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// Today's date in UTC.
pub(super) fn today() -> jiff::civil::Date {
    let now = jiff::Timestamp::from_microsecond(SystemClock.now().as_micros()).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
