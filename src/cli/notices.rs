//! `awasir notices`: notices of imports, held until an officer has looked at them.
use super::Failure;
use super::setup::{Config, start_logs};
use clap::{Args, Subcommand};
use serde_json::json;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Notices {
    /// Batches that wait, with how many people on which channel
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
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
