//! `awasir notices`: notices of imports, held until an officer has looked at them.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::App;
use crate::model::{LocaleTag, Value};
use clap::{Args, Subcommand};
use serde_json::json;
use std::collections::BTreeMap;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Notices {
    /// Batches that wait, with how many people on which channel
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// The very words that people of a batch would read, and how many on which channel
    Preview {
        /// The batch, as `awasir notices list` names it
        batch: String,
    },
    /// Let everybody of a batch know that there is an update on their request
    Release(Batch),
    /// Forget a batch: nobody is told
    Drop(Batch),
}

#[derive(Debug, Args)]
pub(super) struct Batch {
    /// The batch, as `awasir notices list` names it
    batch: String,
    /// Your name, as colleagues know it
    #[arg(long, env = "USER")]
    officer: String,
}

impl Notices {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        match self {
            Self::List { json: as_json } => {
                let held = app.store().notices_held().await?;
                if as_json {
                    let row = |one: &crate::store::HeldNotices| json!({"batch": one.batch, "channel": one.channel, "people": one.people, "since": one.since.to_string()});
                    println!("{}", held.iter().map(row).collect::<serde_json::Value>());
                } else if held.is_empty() {
                    println!("no notices wait");
                } else {
                    for one in held {
                        println!("{}  {:<10}  {} people  since {}", one.batch, one.channel, one.people, one.since);
                    }
                }
            }
            Self::Preview { batch } => preview(&app, &batch).await?,
            Self::Release(batch) => {
                let people = app.notices_release(&batch.batch, &batch.officer, true).await?;
                println!("{people} people are told that there is an update");
            }
            Self::Drop(batch) => {
                let people = app.notices_release(&batch.batch, &batch.officer, false).await?;
                println!("forgotten: {people} people are not told");
            }
        }
        app.store().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

async fn preview(app: &App, batch: &str) -> Result<(), Failure> {
    let held = app.store().notices_held().await?;
    let held: Vec<_> = held.into_iter().filter(|one| one.batch == batch).collect();
    if held.is_empty() {
        return Err(anyhow::anyhow!("no batch `{batch}` waits; `awasir notices list` shows them").into());
    }
    for one in &held {
        println!("{:<16}  {} people", one.channel, one.people);
    }
    let words = |phrase: &str, locale: &LocaleTag| {
        let digits = BTreeMap::from([("digits".to_owned(), Value::Text("…".to_owned()))]);
        app.catalog().phrase(locale, phrase, &digits).to_plain()
    };
    println!("\nto those who have proved that a request is theirs, in their language:");
    for locale in app.catalog().locales() {
        println!("  {locale}  {}", words("notice-update", locale));
    }
    if held.iter().any(|one| one.channel.starts_with("file")) {
        println!("\nto a contact on file, with the last digits of the request's number:");
        println!("  ar  {}", words("notice-file", &LocaleTag::ARABIC));
    }
    Ok(())
}
