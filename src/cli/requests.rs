//! `awasir requests`: the register of aid requests, until there is a console.
mod papers;
mod show;

use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::{self, App, Columns, Report};
use crate::documents::{LARGEST, read_table};
use crate::model::{ContactKind, ConversationId, Holder, PaperState, Ruling, Stage, Timestamp};
use crate::store::RequestRow;
use anyhow::Context as _;
use clap::{Args, Subcommand};
use show::{show, to_json};
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Requests {
    /// A new request; without a reference it gets one of ours
    Add {
        /// Its reference, as the association writes it
        reference: Option<String>,
        #[command(flatten)]
        facts: Box<Facts>,
        /// Where it is; received, where nothing is said
        #[arg(long, value_parser = parse_stage)]
        stage: Option<Stage>,
    },
    /// Requests, the newest stage first
    List {
        /// Of this stage only
        #[arg(long, value_parser = parse_stage)]
        stage: Option<Stage>,
        /// At most so many
        #[arg(long, default_value_t = 100)]
        most: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// One request with its stages, papers and contacts on file
    Show {
        /// Its reference, in any spelling
        reference: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// A request has gone to another stage
    Stage {
        /// Its reference, in any spelling
        reference: String,
        /// Where it is now
        #[arg(value_parser = parse_stage)]
        stage: Stage,
        #[command(flatten)]
        facts: Box<Facts>,
    },
    /// What became of papers, or what is missing
    Papers {
        /// The request's reference, in any spelling
        reference: String,
        /// Papers that are missing, as the person should read them
        #[arg(long)]
        missing: Vec<String>,
        /// Papers that came
        #[arg(long)]
        received: Vec<String>,
        /// Papers that are in order
        #[arg(long)]
        accepted: Vec<String>,
        /// A paper that somebody sent is in order
        #[arg(long, value_name = "NAME", conflicts_with_all = ["send_back", "missing", "received", "accepted"])]
        accept: Option<String>,
        /// A paper that somebody sent goes back, with a reason that they are told after proof
        #[arg(long = "return", value_name = "NAME", requires = "reason")]
        send_back: Option<String>,
        /// Why it goes back, in the person's language
        #[arg(long, requires = "send_back")]
        reason: Option<String>,
        /// Who reports: your name, `embassy` or `ministry`
        #[arg(long, env = "USER")]
        by: String,
    },
    /// Open the files of a paper that somebody sent; it is written down who did
    File {
        /// The request's reference, in any spelling
        reference: String,
        /// The paper's name, as `awasir requests show` has it
        paper: String,
        /// Where to write it; further pages get -2, -3 before the ending. Its ending is made to fit
        #[arg(long)]
        out: PathBuf,
        /// Your name, as colleagues know it
        #[arg(long, env = "USER")]
        officer: String,
    },
    /// You have made sure that a request belongs to whoever writes in a conversation
    Prove {
        /// Its reference, in any spelling
        reference: String,
        /// The conversation, as `awasir tickets show` names it
        #[arg(long)]
        conversation: ConversationId,
        /// Your name, as colleagues know it
        #[arg(long, env = "USER")]
        officer: String,
    },
    /// Take a sheet (.xlsx or CSV) of requests; nothing is changed where any row is wrong
    Import {
        /// The file
        file: PathBuf,
        /// Only say what it would come to
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct Facts {
    /// The day the stage began: 2026-11-23 or 1448/6/13
    #[arg(long, value_parser = parse_day)]
    at: Option<Timestamp>,
    /// The day the association received it
    #[arg(long, value_parser = parse_day)]
    received_at: Option<Timestamp>,
    /// What was decided: accepted or refused
    #[arg(long, value_parser = |word: &str| Ruling::parse(word).ok_or("expected `accepted` or `refused`"))]
    ruling: Option<Ruling>,
    /// Who has it, where that is not the usual one
    #[arg(long, value_parser = |word: &str| Holder::parse(word).ok_or("expected `embassy`, `ministry`, `association` or `applicant`"))]
    holder: Option<Holder>,
    /// The embassy's own number
    #[arg(long)]
    embassy_reference: Option<String>,
    /// The country it comes from
    #[arg(long)]
    country: Option<String>,
    /// The name in its file
    #[arg(long)]
    applicant: Option<String>,
    /// A telephone in its file, beginning with + and the country's number
    #[arg(long)]
    telephone: Vec<String>,
    /// An e-mail address in its file
    #[arg(long)]
    email: Vec<String>,
    /// The association has recorded that these contacts may be written to
    #[arg(long)]
    consent: bool,
    /// A note for staff
    #[arg(long)]
    note: Option<String>,
    /// Who reports: your name, `embassy` or `ministry`
    #[arg(long, env = "USER")]
    by: String,
}

impl Facts {
    fn report(self, stage: Option<Stage>) -> Report {
        let consent = self.consent;
        let of = move |kind| move |value| (kind, value, consent);
        Report {
            embassy_reference: self.embassy_reference,
            stage,
            holder: self.holder,
            ruling: self.ruling,
            at: self.at,
            received_at: self.received_at,
            country: self.country,
            applicant: self.applicant,
            contacts: (self.telephone.into_iter().map(of(ContactKind::Telephone)))
                .chain(self.email.into_iter().map(of(ContactKind::Email)))
                .collect(),
            papers: Vec::new(),
            note: self.note,
            source: source(&self.by),
        }
    }
}

fn source(by: &str) -> String {
    if matches!(by, "embassy" | "ministry") { by.to_owned() } else { format!("officer:{by}") }
}

fn parse_stage(word: &str) -> Result<Stage, String> {
    let all: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    Stage::parse(word).ok_or_else(|| format!("expected one of {}", all.join(", ")))
}

fn parse_day(text: &str) -> Result<Timestamp, &'static str> {
    app::day(text).ok_or("expected a day like 2026-11-23, 23/11/2026 or 1448/6/13")
}

impl Requests {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let source_of_words = config.source();
        let app = config.start(Vec::new(), false).await?;
        let code = match self {
            Self::Add { reference, facts, stage } => add(&app, reference, facts.report(stage)).await?,
            Self::List { stage, most, json } => list(&app, stage, most, json).await?,
            Self::Show { reference, json } => show(&app, &reference, json).await?,
            Self::Stage { reference, stage, facts } => {
                let reference = known(&app, &reference).await?.reference;
                println!("{:?}", app.request_report(&reference, &facts.report(Some(stage))).await?);
                ExitCode::SUCCESS
            }
            Self::Papers { reference, accept: Some(name), by, .. } => {
                app.paper_judge(&reference, &name, None, &by).await?;
                println!("accepted; whoever proved the request is told that there is an update");
                ExitCode::SUCCESS
            }
            Self::Papers { reference, send_back: Some(name), reason, by, .. } => {
                app.paper_judge(&reference, &name, reason.as_deref(), &by).await?;
                println!("sent back; the reason is told when they ask, after proof");
                ExitCode::SUCCESS
            }
            Self::File { reference, paper, out, officer } => {
                papers::write(&app, &reference, &paper, &out, &officer).await?
            }
            Self::Papers { reference, missing, received, accepted, by, .. } => {
                let reference = known(&app, &reference).await?.reference;
                let all = [
                    (missing, PaperState::Missing),
                    (received, PaperState::Received),
                    (accepted, PaperState::Accepted),
                ];
                let papers =
                    all.into_iter().flat_map(|(names, state)| names.into_iter().map(move |name| (name, state)));
                let report = Report { papers: papers.collect(), source: source(&by), ..Report::default() };
                println!("{:?}", app.request_report(&reference, &report).await?);
                ExitCode::SUCCESS
            }
            Self::Prove { reference, conversation, officer } => {
                app.prove_by_officer(&reference, conversation, &officer).await?;
                println!("proved there; the person is told, and can ask with «\u{637}\u{644}\u{628}\u{64a}»");
                ExitCode::SUCCESS
            }
            Self::Import { file, dry_run } => {
                let columns = Columns::read(&*source_of_words).map_err(anyhow::Error::msg)?;
                import(&app, &columns, &file, dry_run).await?
            }
        };
        app.store().close().await;
        Ok(code)
    }
}

async fn known(app: &App, reference: &str) -> Result<RequestRow, Failure> {
    let request = app.request(reference).await?;
    Ok(request.ok_or_else(|| app::RequestError::NotFound(reference.to_owned()))?.row)
}

async fn add(app: &App, reference: Option<String>, report: Report) -> Result<ExitCode, Failure> {
    let reference = match reference {
        Some(reference) if app.request(&reference).await?.is_some() => {
            return Err(Failure::Usage(format!("`{reference}` is there already; see `awasir requests stage`")));
        }
        Some(reference) => {
            app.request_report(&reference, &report).await?;
            reference
        }
        None => app.request_begin(&report).await?,
    };
    println!("{reference}");
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App, stage: Option<Stage>, most: u32, as_json: bool) -> Result<ExitCode, Failure> {
    let rows = app.store().requests(stage, i64::from(most)).await?;
    if as_json {
        let rows: Vec<_> = rows.iter().map(to_json).collect();
        println!("{}", serde_json::Value::Array(rows));
    } else if rows.is_empty() {
        println!("no requests");
    } else {
        for row in rows {
            let ruling = row.ruling.map_or("", Ruling::as_str);
            println!("{:<20}  {:<13}  {:<11}  {}  {ruling}", row.reference, row.stage, row.holder, row.since);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn import(app: &App, columns: &Columns, file: &Path, dry_run: bool) -> Result<ExitCode, Failure> {
    let lines = read_table(&read(file)?)?;
    let (rows, mut faults) = columns.rows(&lines);
    let rounds = if dry_run { 1 } else { 2 };
    let bar = std::io::stderr().is_terminal();
    let mut summary = None;
    if faults.is_empty() {
        let all = rows.len() * rounds;
        let imported = app.requests_import(&rows, dry_run, |done| {
            if bar {
                eprint!("\r  {:>3} %", done * 100 / all.max(1));
                let _ = std::io::stderr().flush();
            }
        });
        let imported = imported.await?;
        if bar {
            eprintln!();
        }
        faults.clone_from(&imported.faults);
        summary = Some(imported);
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.line);
        for fault in &faults {
            let column =
                if fault.column.is_empty() { String::new() } else { format!(", column \u{ab}{}\u{bb}", fault.column) };
            println!("row {}{column}: {}", fault.line, fault.reason);
        }
        println!("{} faults in {} rows: nothing was changed", faults.len(), lines.len().saturating_sub(1));
        return Ok(ExitCode::FAILURE);
    }
    if let Some(imported) = summary {
        let done = if dry_run { "would be" } else { "are" };
        println!(
            "{} rows: {} requests {done} new, {} have news, {} changed otherwise, {} were known",
            rows.len(),
            imported.new,
            imported.news,
            imported.changed,
            imported.known
        );
        print_forecast(&imported.forecast, !dry_run);
        let held: Vec<_> = app.store().notices_held().await?;
        let mut held = held.iter().filter(|one| one.batch == imported.batch).peekable();
        if held.peek().is_some() {
            let people: Vec<String> = held.map(|one| format!("{} on {}", one.people, one.channel)).collect();
            println!("held: {}; `awasir notices release {}` tells them", people.join(", "), imported.batch);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The bytes of a file, as many as a sheet may have: what is larger is refused before it is read, and a pipe has no size.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let name = || format!("`{}`", file.display());
    let opened = std::fs::File::open(file).with_context(name)?;
    let mut bytes = Vec::new();
    let size = opened.metadata().with_context(name)?.len();
    if size <= LARGEST as u64 {
        opened.take(LARGEST as u64 + 1).read_to_end(&mut bytes).with_context(name)?;
    }
    if size > LARGEST as u64 || bytes.len() > LARGEST {
        return Err(Failure::Failed(anyhow::anyhow!(
            "`{}` is too large: at most {} MiB; split it into several sheets",
            file.display(),
            LARGEST >> 20
        )));
    }
    Ok(bytes)
}

/// Whom it tells of what, one line a kind and channel.
fn print_forecast(forecast: &app::Forecast, done: bool) {
    let verb = if done { "are" } else { "would be" };
    for ((kind, channel), people) in &forecast.told {
        println!("  {people} {verb} told of news ({kind}) on {channel}, once the batch is released");
    }
    if forecast.watching > 0 {
        println!(
            "  {} wait for one of the new requests: told where their number is on file, else a task for staff",
            forecast.watching
        );
    }
    if forecast.nobody > 0 {
        println!("  {} requests have news that nobody can be told of here: no address is proved", forecast.nobody);
    }
    if *forecast == app::Forecast::default() {
        println!("  nobody {} told", if done { "is" } else { "would be" });
    }
}
