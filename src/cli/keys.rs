//! `awasir keys`: the keys with which other systems use the API.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::{self, KeyError};
use crate::model::{ApiKeyId, KeyOwner, Scope, Timestamp};
use crate::store::ApiKeyRow;
use clap::{Args, Subcommand};
use serde_json::json;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Make a key; it is shown once
    Add(Add),
    /// All keys, the oldest first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// A key opens nothing any more
    Revoke {
        /// Its id, as `awasir keys list` shows it
        id: ApiKeyId,
        /// Your name, as colleagues know it
        #[arg(long, env = "USER")]
        officer: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What you call it: small letters, digits, hyphens
    name: String,
    /// What it may do; several are allowed
    #[arg(long, required = true, value_parser = parse_scope)]
    scope: Vec<Scope>,
    /// The last day on which it opens anything: 2027-11-23 or 1449/6/13
    #[arg(long, value_parser = parse_day)]
    expires: Option<Timestamp>,
    /// Whose system it is: people are told that the Ministry or the embassy reported what its key reports
    #[arg(long, default_value = "association", value_parser = |word: &str| KeyOwner::parse(word).ok_or("expected `ministry`, `embassy` or `association`"))]
    source: KeyOwner,
    /// Your name, as colleagues know it
    #[arg(long, env = "USER")]
    officer: String,
}

fn parse_scope(word: &str) -> Result<Scope, String> {
    let all: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    Scope::parse(word).ok_or_else(|| format!("expected one of {}", all.join(", ")))
}

fn parse_day(text: &str) -> Result<Timestamp, &'static str> {
    app::day_end(text).ok_or("expected a day like 2027-11-23, 23/11/2027 or 1449/6/13")
}

impl Keys {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        let mut code = ExitCode::SUCCESS;
        match self {
            Self::Add(add) => {
                let made = app.api_key_add((&add.name, add.source), &add.scope, add.expires, &add.officer).await;
                let (row, text) = made.map_err(|error| match error {
                    KeyError::Store(error) => error.into(),
                    wrong => Failure::Usage(wrong.to_string()),
                })?;
                // The key alone on standard output, so that a script can take it.
                println!("{text}");
                eprintln!("key {} of `{}`: shown this once; `awasir keys revoke {}` ends it", row.id, row.name, row.id);
            }
            Self::List { json: as_json } => list(&app.store().api_keys().await?, as_json),
            Self::Revoke { id, officer } => {
                if app.api_key_revoke(id, &officer).await? {
                    println!("revoked");
                } else {
                    eprintln!("no key in use has the id `{id}`; `awasir keys list` shows them");
                    code = ExitCode::FAILURE;
                }
            }
        }
        app.store().close().await;
        Ok(code)
    }
}

fn list(keys: &[ApiKeyRow], as_json: bool) {
    if as_json {
        let moment = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let row = |key: &ApiKeyRow| {
            json!({"id": key.id, "name": key.name, "source": key.owner.source(&key.name), "scopes": key.scopes,
                "created_at": key.created_at.to_string(), "expires_at": moment(key.expires_at),
                "revoked_at": moment(key.revoked_at), "last_used_at": moment(key.last_used_at)})
        };
        println!("{}", keys.iter().map(row).collect::<serde_json::Value>());
    } else if keys.is_empty() {
        println!("no keys; `awasir keys add NAME --scope requests:read` makes one");
    } else {
        for key in keys {
            let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
            let used = key.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {at}"));
            let end = match (key.revoked_at, key.expires_at) {
                (Some(at), _) => format!("revoked {at}"),
                (None, Some(at)) => format!("until {at}"),
                (None, None) => "no end".to_owned(),
            };
            let source = key.owner.source(&key.name);
            println!("{}  {:<20}  {source:<12}  {}  {used}  {end}", key.id, key.name, scopes.join(" "));
        }
    }
}
